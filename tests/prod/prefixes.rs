//! Half-written files: every beginning of every text is read without a crash, and no problem points outside of it.

use std::sync::Arc;

use prod::base::{FileId, Id};
use prod::model::Tests;

use crate::package::{files_below, root, std_library, text_of};

/// Every text of the repository that is written in the language.
fn all_texts() -> Vec<(String, String)> {
    let root = root();
    let places = ["tests/corpus", "stdlib", "examples"];
    let files = places.iter().flat_map(|place| files_below(&root.join(place), "prod"));
    files.map(|file| text_of(&file, &root)).collect()
}

/// The beginnings of a text: all of them where it is short, a few hundred spread over it where it is long.
fn beginnings(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let step = (text.len() / most).max(1);
    (0..=text.len()).step_by(step).filter_map(|end| text.get(..end))
}

#[test]
fn every_beginning_parses() {
    let file = FileId::from_index(0);
    for (path, text) in all_texts() {
        let of_the_parser =
            ["tests/corpus/lex", "tests/corpus/parse"].iter().any(|place| path.starts_with(place));
        let most = if of_the_parser { 500 } else { 40 };
        for start in beginnings(&text, most) {
            let parsed = prod::syntax::parse(&Arc::from(start), file);
            for problem in parsed.problems.iter() {
                let labels = std::iter::once(&problem.primary).chain(&problem.related);
                for label in labels {
                    let span = label.place.span;
                    let fits = span.lo <= span.hi && start.get(span.range()).is_some();
                    assert!(fits, "{path}, first {} bytes: {} points outside", start.len(), problem.message);
                }
                for edit in problem.fixes.iter().flat_map(|fix| &fix.edits) {
                    let fits = start.get(edit.place.span.range()).is_some();
                    assert!(fits, "{path}, first {} bytes: a fix points outside", start.len());
                }
            }
        }
    }
}

#[test]
fn beginnings_build() {
    let library = std_library();
    let file = library.files.len();
    for (path, text) in all_texts() {
        for start in beginnings(&text, 8) {
            let file = FileId::from_index(file);
            let parsed = prod::syntax::parse(&Arc::from(start), file);
            let files = [(file, Arc::new(parsed.file))];
            let built = prod::model::build(Some(&library.model), &files, Tests::Read);
            for problem in built.problems.iter().filter(|problem| problem.primary.place.file == file) {
                let span = problem.primary.place.span;
                let fits = start.get(span.range()).is_some();
                assert!(fits, "{path}, first {} bytes: {} points outside", start.len(), problem.message);
            }
        }
    }
}
