//! The corpus: files that say themselves what is wrong with them.
//!
//! `//~ P0201` at the end of a line says that the line has this problem; several codes are several problems, `//~^` speaks
//! of the line above, `//~^^` of the one above that. The marks are compared before any snapshot, so accepting snapshots
//! can never bless a wrong verdict. A directory that holds `.prod` files directly under a phase is one package.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use prod::base::{Diagnostic, Severity, Sources};
use prod::render::{Colour, Renderer};

use prod::workspace::{self, Depth};

use crate::package::{Text, files_below, parse_only, read, root, standard, text_of};

#[test]
fn lex() {
    check_phase("lex", parse_only);
}

#[test]
fn parse() {
    check_phase("parse", parse_only);
}

#[test]
fn resolve() {
    check_phase("resolve", read_whole);
}

#[test]
fn check() {
    check_phase("check", read_whole);
}

#[test]
fn graph() {
    check_phase("graph", |texts| assessed(texts, Lints::Left));
}

#[test]
fn rules() {
    check_phase("rules", |texts| assessed(texts, Lints::Left));
}

#[test]
fn assess() {
    check_phase("assess", |texts| assessed(texts, Lints::Left));
}

#[test]
fn cases() {
    check_phase("cases", |texts| assessed(texts, Lints::Told));
}

#[test]
fn lints() {
    check_phase("lints", |texts| assessed(texts, Lints::Told));
}

/// Whether what lints say belongs to the verdict.
#[derive(PartialEq)]
enum Lints {
    Told,
    Left,
}

/// Everything that is wrong with a package, tests that do not hold included.
fn assessed(texts: &[Text], lints: Lints) -> (Sources, Vec<Diagnostic>) {
    let (library, settings) = standard();
    let files: Vec<workspace::Text> = texts
        .iter()
        .map(|(path, text)| workspace::Text { path: path.as_str().into(), text: text.as_str().into() })
        .collect();
    let analysis = workspace::analyse(&library, &files, Depth::Check, &settings);
    let mut problems: Vec<Diagnostic> = analysis
        .problems
        .iter()
        .filter(|problem| lints == Lints::Told || problem.severity == Severity::Error)
        .cloned()
        .collect();
    for outcome in analysis.test(&settings) {
        problems.extend(outcome.failures);
    }
    problems.sort_by_key(|problem| problem.primary.place);
    (analysis.sources, problems)
}

fn read_whole(texts: &[Text]) -> (Sources, Vec<Diagnostic>) {
    let read = read(texts);
    (read.sources, read.problems)
}

/// One case of the corpus: a file, or a directory of files.
struct Case {
    path: PathBuf,
    texts: Vec<Text>,
}

/// The cases of a phase, by path.
fn of_phase(phase: &str) -> Vec<Case> {
    let directory = root().join("tests/corpus").join(phase);
    let mut packages: BTreeMap<PathBuf, Vec<Text>> = BTreeMap::new();
    for file in files_below(&directory, "prod") {
        let below = file.strip_prefix(&directory).unwrap();
        let first = directory.join(below.components().next().unwrap());
        let base = if first == file { directory.clone() } else { first.clone() };
        packages.entry(first).or_default().push(text_of(&file, &base));
    }
    packages.into_iter().map(|(path, texts)| Case { path, texts }).collect()
}

fn check_phase(phase: &str, run: impl Fn(&[Text]) -> (Sources, Vec<Diagnostic>)) {
    let cases = of_phase(phase);
    assert!(!cases.is_empty(), "the corpus of `{phase}` is empty");
    let mut wrong = Vec::new();
    for case in &cases {
        let (sources, problems) = run(&case.texts);
        let (marked, reported) = (marked(&case.texts), reported(&sources, &problems));
        let drawn = draw(&sources, &problems);
        if marked != reported {
            wrong.push(format!("{}\n{}\n{drawn}", case.path.display(), difference(&marked, &reported)));
        } else if let Some(failure) = compare_snapshot(&case.path, &drawn) {
            wrong.push(failure);
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// How often each code stands on each line of each file.
type Verdict = BTreeMap<(String, u32, String), usize>;

fn marked(texts: &[Text]) -> Verdict {
    let mut out = Verdict::new();
    for (path, text) in texts {
        for (line, content) in (1..).zip(text.lines()) {
            let Some((_, mark)) = content.rsplit_once("//~") else { continue };
            let up = mark.chars().take_while(|character| *character == '^').count() as u32;
            for code in mark.trim_start_matches('^').split_whitespace() {
                *out.entry((path.clone(), line - up, code.to_owned())).or_default() += 1;
            }
        }
    }
    out
}

fn reported(sources: &Sources, problems: &[Diagnostic]) -> Verdict {
    let mut out = Verdict::new();
    for problem in problems {
        let source = sources.get(problem.primary.place.file);
        let line = source.line_column(problem.primary.place.span.lo).line;
        *out.entry((source.path.to_string(), line, problem.code.to_string())).or_default() += 1;
    }
    out
}

fn difference(marked: &Verdict, reported: &Verdict) -> String {
    let mut out = String::new();
    let mut keys: Vec<_> = marked.keys().chain(reported.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (expected, found) =
            (marked.get(key).copied().unwrap_or(0), reported.get(key).copied().unwrap_or(0));
        if expected != found {
            let (path, line, code) = key;
            out.push_str(&format!("  {path}:{line}: {code}: marked {expected}, reported {found}\n"));
        }
    }
    out
}

fn draw(sources: &Sources, problems: &[Diagnostic]) -> String {
    let mut renderer = Renderer::new(sources, Colour::Plain);
    let drawn: Vec<String> = problems.iter().map(|problem| renderer.draw(problem)).collect();
    drawn.join("\n")
}

/// Compares the messages with the snapshot beside the case; a clean case has none.
pub fn compare_snapshot(case: &Path, drawn: &str) -> Option<String> {
    let name = case.file_stem().unwrap().to_string_lossy().into_owned();
    let directory = case.parent().unwrap().to_owned();
    if drawn.is_empty() {
        let stale = directory.join(format!("{name}.snap"));
        return stale.exists().then(|| format!("{}: nothing is wrong any more, remove it", stale.display()));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(directory);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // One differing snapshot must not hide the others.
    let compared = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        settings.bind(|| insta::assert_snapshot!(name, drawn));
    }));
    compared.err().map(|_| format!("{}: the messages differ from the snapshot", case.display()))
}
