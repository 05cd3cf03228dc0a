//! Every condition of a rule of the standard library matters: without it one of the rule's tests fails.
//!
//! A rule is taken out of its file and put, under another name, into a little package with the tests that name it. There it
//! must pass them; with `true` in the place of any one conjunct of its `where`, or of its `flag when`, it must not.

use prod::base::{Severity, Span};
use prod::model::Rule;
use prod::syntax::ast::{Decl, File};
use prod::syntax::{self, Keyword};
use prod::workspace::{self, Depth, Text};

use crate::package::{standard, std_library};

/// What the rule is called in the little package: the standard library keeps its own.
const RENAMED: &str = "-on-trial";

#[test]
fn every_condition_of_every_rule_matters() {
    let rules: Vec<&Rule> = std_library().model.rules.iter().map(|rule| &**rule).collect();
    let share = rules.len().div_ceil(std::thread::available_parallelism().map_or(1, usize::from));
    let mut survivors: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> =
            rules.chunks(share.max(1)).map(|rules| scope.spawn(|| survivors(rules))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    survivors.sort();
    assert!(survivors.is_empty(), "these could go, and no test would notice:\n{}", survivors.join("\n"));
}

#[test]
fn a_condition_that_does_nothing_is_noticed() {
    let rule = "rule idle \"Idle\" {\n  for f: flow, c: service.RestApi\n  where f.to == c and f.from == f.from\n  \
        reports declared-entry(f)\n  flag when c.authz == none\n  on c\n  say \"idle\"\n}\n";
    let test = "test \"idle fires\" {\n  model {\n    actor u: actor.User\n    component a: service.RestApi { authz = none }\n    \
        component b: service.RestApi { authz = policy }\n    flow u -> a over https\n  }\n  expect idle on a\n  \
        expect no idle on b\n  with a { authz = policy }\n  expect no idle\n}\n";
    let library = standard();
    let without = |conjunct: &str| wrong(&library, &format!("{}{test}", rule.replace(conjunct, "true")));
    assert_eq!(without("no such text"), Vec::<String>::new());
    assert_ne!(without("f.to == c"), Vec::<String>::new());
    assert_ne!(without("c.authz == none"), Vec::<String>::new());
    assert_eq!(without("f.from == f.from"), Vec::<String>::new());
}

type Standard = (workspace::Library, prod::assess::Settings);

/// Conditions of some rules that no test needs.
fn survivors(rules: &[&Rule]) -> Vec<String> {
    let library = standard();
    let mut survivors = Vec::new();
    for rule in rules {
        let trial = Trial::of(rule);
        let text = trial.text(None);
        assert!(!trial.tests.is_empty(), "nothing tries `{}`", rule.name);
        assert!(wrong(&library, &text).is_empty(), "{:?} in\n{text}", wrong(&library, &text));
        for condition in rule.pattern.conditions.iter().chain(&rule.flag_when) {
            let span = condition.place.span;
            if wrong(&library, &trial.text(Some(span))).is_empty() {
                survivors.push(format!("{}: {}", rule.name, span.slice(trial.source)));
            }
        }
    }
    survivors
}

/// A rule and the tests that name it, in the text of their file.
struct Trial<'a> {
    name: &'a str,
    source: &'a str,
    rule: Span,
    tests: Vec<Span>,
}

impl<'a> Trial<'a> {
    fn of(rule: &'a Rule) -> Trial<'a> {
        let source = &std_library().sources.get(rule.place.file).text;
        let file = syntax::parse(source, rule.place.file).file;
        let decls = |keyword| top(&file).filter(move |decl| decl.keyword == keyword).map(|decl| decl.span);
        let whole =
            decls(Keyword::Rule).find(|span| span.lo <= rule.place.span.lo && rule.place.span.hi <= span.hi);
        let tests = decls(Keyword::Test).filter(|span| names(span.slice(source), &rule.name)).collect();
        Trial { name: &rule.name, source, rule: whole.expect("a rule is declared"), tests }
    }

    /// The package, with `true` in the place of a condition.
    fn text(&self, without: Option<Span>) -> String {
        let rule = match without {
            None => self.rule.slice(self.source).to_owned(),
            Some(gone) => {
                let before = Span::new(self.rule.lo, gone.lo).slice(self.source);
                format!("{before}true{}", Span::new(gone.hi, self.rule.hi).slice(self.source))
            }
        };
        let tests = self.tests.iter().map(|test| test.slice(self.source));
        let whole: Vec<&str> = std::iter::once(rule.as_str()).chain(tests).collect();
        renamed(&whole.join("\n\n"), self.name)
    }
}

fn top(file: &File) -> impl Iterator<Item = &Decl> {
    file.top.iter().map(|id| &file.decls[*id])
}

/// Places where a text names a rule, and not another one whose name begins or ends like it.
fn places(text: &str, name: &str) -> Vec<usize> {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte));
    let bytes = text.as_bytes();
    let found = text.match_indices(name).map(|(at, _)| at);
    found.filter(|at| !is_part(bytes[..*at].last()) && !is_part(bytes.get(at + name.len()))).collect()
}

fn names(text: &str, name: &str) -> bool {
    !places(text, name).is_empty()
}

fn renamed(text: &str, name: &str) -> String {
    let mut renamed = text.to_owned();
    for at in places(text, name).into_iter().rev() {
        renamed.insert_str(at + name.len(), RENAMED);
    }
    renamed
}

/// What is wrong with a package: what keeps it from compiling, or what its tests found. A condition without which the rule
/// does not compile matters.
fn wrong((library, settings): &Standard, text: &str) -> Vec<String> {
    let files = [Text { path: "trial.prod".into(), text: text.into() }];
    let analysis = workspace::analyse(library, &files, Depth::Check, settings);
    let errors = analysis.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let failures = analysis.test(settings).into_iter().flat_map(|outcome| outcome.failures);
    errors.cloned().chain(failures).map(|problem| problem.message).collect()
}
