//! Queries of the corpus: a package asks them itself, in comments.
//!
//! `//? EXPR` asks, and the `//=` lines behind it say what must come out: the values parted by commas, a question mark behind
//! one that is not established, the deployment in front where there are several, or the codes of what is wrong with the
//! expression. They are compared before the table is, which stands in a snapshot beside the package.

use std::fmt::Write as _;
use std::path::Path;

use prod::assess::{Answer, Settings};
use prod::emit::query::Answered;
use prod::emit::summary::Paint;
use prod::graph::eval::in_words;
use prod::model::Model;
use prod::render::{Colour, Renderer};
use prod::workspace::{self, Analysis, Depth, Text};

use crate::package::{files_below, root, standard, text_of};

#[test]
fn answers() {
    let directory = root().join("tests/corpus/query");
    let (library, settings) = standard();
    let mut wrong = Vec::new();
    let files = files_below(&directory, "prod");
    assert!(!files.is_empty(), "the corpus of queries is empty");
    for file in files {
        let (path, text) = text_of(&file, &directory);
        let files = [Text { path: path.as_str().into(), text: text.as_str().into() }];
        let analysis = workspace::analyse(&library, &files, Depth::Check, &settings);
        assert!(analysis.compiles(), "{path} does not compile: {:#?}", analysis.problems);
        let mut shown = String::new();
        for asked in questions(&text) {
            let (answer, table) = ask(&analysis, asked.expression, &settings);
            if answer != asked.answer {
                wrong.push(format!(
                    "{path}: {}\n  marked {:?}\n  found  {answer:?}",
                    asked.expression, asked.answer
                ));
            }
            writeln!(shown, "? {}\n{table}", asked.expression).unwrap();
        }
        compare(&file, &shown, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct Asked<'a> {
    expression: &'a str,
    answer: Vec<String>,
}

fn questions(text: &str) -> Vec<Asked<'_>> {
    let mut all: Vec<Asked<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(expression) = line.strip_prefix("//? ") {
            all.push(Asked { expression, answer: Vec::new() });
        } else if let (Some(expected), Some(asked)) = (line.strip_prefix("//="), all.last_mut()) {
            asked.answer.push(expected.trim().to_owned());
        }
    }
    assert!(all.iter().all(|asked| !asked.answer.is_empty()), "a query without an answer");
    all
}

/// What comes out, as the marks say it, and as people see it.
fn ask(analysis: &Analysis, expression: &str, settings: &Settings) -> (Vec<String>, String) {
    let asked = analysis.ask(expression, None, settings);
    if !asked.problems.is_empty() {
        let mut renderer = Renderer::new(&asked.sources, Colour::Plain);
        let codes: Vec<&str> = asked.problems.iter().map(|problem| &*problem.code).collect();
        let drawn = asked.problems.iter().map(|problem| renderer.draw(problem)).collect();
        return (vec![codes.join(" ")], drawn);
    }
    let found =
        asked.answers.iter().map(|answer| marked(&analysis.model, answer, asked.answers.len())).collect();
    let answered = Answered {
        sources: &asked.sources,
        model: &analysis.model,
        text: expression,
        answers: &asked.answers,
    };
    (found, answered.table(Paint { colour: Colour::Plain, width: 80 }))
}

fn marked(model: &Model, answer: &Answer, several: usize) -> String {
    let values = answer.rows.iter().map(|row| {
        let mark = if row.is_established { "" } else { "?" };
        format!("{}{mark}", in_words(model, &row.value))
    });
    let mut values: Vec<String> = values.collect();
    if answer.may_have_more {
        values.push("…".to_owned());
    }
    let values = values.join(", ");
    if several > 1 { format!("{}: {values}", answer.deployment).trim().to_owned() } else { values }
}

fn compare(file: &Path, shown: &str, wrong: &mut Vec<String>) {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(file.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // One differing snapshot must not hide the others.
    let compared = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        settings.bind(|| insta::assert_snapshot!(name, shown));
    }));
    if compared.is_err() {
        wrong.push(format!("{}: the answers differ from the snapshot", file.display()));
    }
}
