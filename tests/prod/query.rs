//! Queries: those of the corpus, which a package asks itself in comments, and the command.
//!
//! `//? EXPR` asks, and the `//=` lines behind it say what must come out: the values parted by commas, a question mark behind
//! one that is not established, the deployment in front where there are several, or the codes of what is wrong with the
//! expression. They are compared before the table is, which stands in a snapshot beside the package.

use std::fmt::Write as _;
use std::path::Path;

use prod::assess::{Answer, Settings};
use prod::cli::Exit;
use prod::emit::query::Answered;
use prod::emit::summary::Paint;
use prod::graph::eval::in_words;
use prod::model::Model;
use prod::render::{Colour, Renderer};
use prod::workspace::{self, Analysis, Depth, Text};
use serde_json::Value;

use crate::package::{files_below, root, standard, text_of};
use crate::run::{package, prodc};

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

/// Two deployments, and a right that nobody states.
const RIGHTS: &[u8] = b"component db: store.Postgres\ncomponent job: service.Job\nidentity ann: identity.Human\nidentity eve: identity.Human\ngrant ann -> db may read, write\ngrant eve -> job may deploy\ndeployment production { run db; run job }\ndeployment staging like production { without ann }\n";

#[test]
fn queries_are_asked_of_each_deployment_with_what_proves_them() {
    let directory = package(&[("main.prod", RIGHTS)]);
    let ran = prodc(directory.path(), &["query", "[i in identity: can(i, write, db)]"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    let row = "ann  identity.Human  main.prod:3\n     1 `ann` may write `db` (main.prod:5)\n";
    assert_eq!(ran.out, format!("production\n  {row}staging\n  none\n"));
    let staging = ["query", "count(identity)", "main.prod", "--in", "staging"];
    assert_eq!(prodc(directory.path(), &staging).out, "1\n");
    let ran = prodc(directory.path(), &["query", "can(eve, read, db)", "--in", "production"]);
    assert!(ran.out.starts_with("unknown  (nobody has said what job.runs_as is"), "{}", ran.out);
    assert_eq!(ran.exit, Exit::Clean);
}

#[test]
fn queries_have_a_format_for_programs() {
    let directory = package(&[("main.prod", RIGHTS)]);
    let ran = prodc(directory.path(), &["query", "[i in identity: can(i, read, db)]", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(all["format"], 1);
    let production = &all["deployments"][0];
    assert_eq!((&production["deployment"], &production["list"]), (&"production".into(), &true.into()));
    let row = &production["rows"][0];
    assert_eq!((&row["value"], &row["kind"]), (&"ann".into(), &"identity.Human".into()));
    assert_eq!((&row["place"]["line"], &row["established"]), (&3.into(), &true.into()));
    let link = &row["proof"][0][0];
    assert_eq!((&link["from"], &link["how"], &link["to"]), (&"ann".into(), &"may read".into(), &"db".into()));
    assert_eq!(all["deployments"][1]["rows"].as_array().unwrap().len(), 0);
    let ran =
        prodc(directory.path(), &["query", "can(eve, read, db)", "--format", "json", "--in", "production"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    let row = &all["deployments"][0]["rows"][0];
    assert_eq!((&row["value"], &row["established"]), (&false.into(), &false.into()));
    assert_eq!(row["hangs_on"][0], "job.runs_as");
}

#[test]
fn mistakes_in_a_query_are_drawn_in_it() {
    let directory = package(&[("main.prod", RIGHTS)]);
    for (query, expected) in [
        ("can(ann, wriet, db)", "query:1:10"),
        ("exposed(dbb)", "did you mean `db`?"),
        ("[i in identity: can(i, read, db)", "P0102"),
        ("", "expected an expression"),
        ("own(db)", "P0301"),
    ] {
        let ran = prodc(directory.path(), &["query", query]);
        assert_eq!(ran.exit, Exit::Usage, "{query}: {}", ran.err);
        assert!(ran.err.contains(expected) && ran.out.is_empty(), "{query}: {}", ran.err);
    }
    let ran = prodc(directory.path(), &["query", "db", "--in", "nowhere"]);
    assert_eq!(ran.exit, Exit::Usage, "{}", ran.err);
}

#[test]
fn a_package_that_does_not_compile_is_not_asked() {
    let broken = package(&[("main.prod", b"component api: service.RestApy\n")]);
    for query in ["api", "exposed(nothing)", "api and"] {
        let ran = prodc(broken.path(), &["query", query, "--format", "json"]);
        assert_eq!(ran.exit, Exit::Broken, "{query}: {}", ran.err);
        let says = ran.err.contains("there is no kind called `service.RestApy`");
        assert!(says && ran.err.contains("1 error,") && ran.out.is_empty(), "{query}: {}", ran.err);
    }
}

#[test]
fn comments_and_line_ends_change_no_answer() {
    let directory = package(&[("main.prod", RIGHTS)]);
    let asked = |query: &str| prodc(directory.path(), &["query", query, "--in", "production"]);
    let plain = asked("can(ann, read, db)").out;
    assert!(plain.starts_with("true\n"), "{plain}");
    for query in [
        "can(ann, read, db)\n",
        "can(ann, read, db)\r\n",
        "can(ann, read, db);",
        "can(ann, read, db) // whether she may",
        "can(ann, read, db) /* whether she may */\n\n",
        "can(ann, read, db) /// whether she may\n",
        "// Whether she may.\ncan(ann, read, db)",
        "/// Whether she may.\ncan(ann, read, db)",
        "can(\n  ann, // she\n  read,\n  db\n)\n",
    ] {
        let ran = asked(query);
        assert_eq!((ran.exit, ran.out), (Exit::Clean, plain.clone()), "{query:?}: {}", ran.err);
    }
    let ran = asked("can(ann, read, db) /* whether");
    assert!(ran.exit == Exit::Usage && ran.err.contains("P0107"), "{}", ran.err);
}
