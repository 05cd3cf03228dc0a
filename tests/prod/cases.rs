//! The worked cases of the risk model: products whose bands experts agree on, each with the small difference that moves it.
//!
//! What the bands are stands in the files, as tests of the language. Here: that each case is small and says nothing about the
//! numbers themselves, and that its verdicts hang neither on names nor on the absence of one more component.

use std::collections::BTreeSet;
use std::path::PathBuf;

use prod::base::Id;
use prod::model::{Keyword, Model};
use prod::workspace::{self, Analysis, Depth};

use crate::package::{files_below, root, standard};

/// A product has at most so many lines, and a difference at most so many changes.
const MOST_LINES: usize = 60;
const MOST_CHANGES: usize = 5;

/// A component that has nothing to do with the case.
const BYSTANDER: &str = "one-more";

/// The cases, by path, with their texts.
fn cases() -> Vec<(PathBuf, String)> {
    let found = files_below(&root().join("tests/corpus/cases"), "prod");
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn a_case_is_a_small_product_and_a_small_difference() {
    let cases = cases();
    assert!(cases.len() >= 6);
    for (path, text) in cases {
        let path = path.display();
        let (product, tests) = text.split_once("\ntest ").unwrap();
        let lines = product.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines < MOST_LINES, "{path}: {lines} lines");
        let begins =
            |line: &str, words: &[&str]| words.iter().any(|word| line.trim_start().starts_with(word));
        for line in text.lines() {
            let tampers = begins(line, &["chance", "class", "enum", "override", "kind", "step", "rule"]);
            assert!(!tampers, "{path}: a case changes no number of the library: {line}");
        }
        for test in tests.split("\ntest ") {
            let changes = test.lines().filter(|line| begins(line, &["with ", "without "])).count();
            assert!(changes <= MOST_CHANGES, "{path}: {changes} changes in test {test}");
        }
    }
}

#[test]
fn a_case_hangs_on_no_name_and_stands_with_one_more_component() {
    for (path, text) in cases() {
        let path = path.display();
        let model = analysed(&text).model.clone();
        let changed = renamed(&with_bystander(&text, &model), &model);
        assert_ne!(changed, text);
        let (_, settings) = standard();
        let analysis = analysed(&changed);
        assert!(analysis.compiles(), "{path}\n{changed}\n{:#?}", analysis.problems);
        let outcomes = analysis.test(&settings);
        assert!(!outcomes.is_empty(), "{path} has no tests");
        for outcome in outcomes {
            let failures: Vec<&str> = outcome.failures.iter().map(|failure| &*failure.message).collect();
            assert!(failures.is_empty(), "{path}: {}: {failures:?}", outcome.title);
        }
    }
}

fn analysed(text: &str) -> Analysis {
    let (library, settings) = standard();
    let file = workspace::Text { path: "case.prod".into(), text: text.into() };
    workspace::analyse(&library, &[file], Depth::Check, &settings)
}

/// Adds a worker that the first component of the product calls, in the first deployment.
fn with_bystander(text: &str, model: &Model) -> String {
    let own = model.things.iter().filter(|thing| !thing.is_foreign && thing.keyword == Keyword::Component);
    let caller = own.min_by_key(|thing| (thing.place.file.index(), thing.place.span.lo)).unwrap();
    let head = text.lines().find(|line| line.starts_with("deployment ")).unwrap();
    let room = match head.strip_suffix('}') {
        Some(whole) => format!("{whole}; run {BYSTANDER} }}"),
        None => format!("{head}\n  run {BYSTANDER}"),
    };
    let added = format!(
        "component {BYSTANDER}: service.Worker\nflow {} -> {BYSTANDER} over https {{ authn = mtls }}\n{room}",
        caller.path
    );
    text.replacen(head, &added, 1)
}

/// Gives everything that the product declares another name, wherever it stands.
fn renamed(text: &str, model: &Model) -> String {
    let own = model.things.iter().filter(|thing| !thing.is_foreign);
    let names: BTreeSet<&str> = own.map(|thing| &*thing.name).filter(|name| !name.contains("->")).collect();
    let mut out = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let word = word(rest);
        let taken = word.len().max(character.len_utf8());
        out.push_str(&rest[..taken]);
        if names.contains(word) {
            out.push_str("-by-another-name");
        }
        rest = &rest[taken..];
    }
    out
}

/// The name that a text begins with; empty where it begins with none. A hyphen is of a name where a name goes on behind it.
fn word(text: &str) -> &str {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let goes_on = |next: char| next.is_alphanumeric() || next == '_';
        let is_hyphen = character == '-' && at > 0 && text[at + 1..].chars().next().is_some_and(goes_on);
        if !goes_on(character) && !is_hyphen {
            break;
        }
        end = at + character.len_utf8();
    }
    &text[..end]
}
