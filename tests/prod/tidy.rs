//! The house is kept: which room may use which, how long a file may be, where a crate may be named.
//!
//! The constant [`FLOORS`] is the architecture. A room uses its own floor and those below it.

use std::path::{Path, PathBuf};

use crate::package::{files_below, root};

/// The rooms of the compiler, from the ground up.
const FLOORS: [&str; 11] =
    ["base", "render", "syntax", "model", "graph", "observe", "assess", "emit", "workspace", "cli", "main"];

/// Longer files hold more than one concept.
const LONGEST_FILE: usize = 420;

/// Crates of which only one place may speak, the beginning of the paths that may.
const ONLY_IN: [(&str, &[&str]); 8] = [
    ("ariadne", &["compiler/src/render.rs"]),
    ("chumsky", &["compiler/src/syntax/"]),
    ("logos", &["compiler/src/syntax/"]),
    ("elkrs", &["compiler/src/emit/"]),
    ("clap", &["compiler/src/cli/", "compiler/src/cli.rs", "compiler/src/main.rs"]),
    ("miette", &["compiler/src/cli/", "compiler/src/cli.rs", "compiler/src/main.rs"]),
    ("sha2", &["compiler/src/cli/"]),
    ("tower_lsp", &["lsp/src/server.rs", "lsp/src/convert.rs", "lsp/src/main.rs"]),
];

/// Words that say nothing about what a file or a type is for.
const EMPTY_WORDS: [&str; 5] = ["util", "helper", "manager", "misc", "common"];

/// Every Rust file of the workspace with its path below the root.
fn rust_files() -> Vec<(String, String)> {
    let root = root();
    let places = ["compiler/src", "lsp/src", "stdlib/src", "tests/prod"];
    let files = places.iter().flat_map(|place| files_below(&root.join(place), "rs"));
    files.map(|file| (relative(&file, &root), std::fs::read_to_string(&file).unwrap())).collect()
}

fn relative(file: &Path, root: &Path) -> String {
    file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")
}

/// The room of a file of the compiler.
fn room(path: &str) -> Option<&str> {
    let below = path.strip_prefix("compiler/src/")?;
    let first = below.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (name != "lib").then_some(name)
}

/// The rooms that a text names, with the lines on which it does.
fn rooms_used(text: &str) -> Vec<(usize, &str)> {
    let mut used = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.split("//").next().unwrap_or("");
        for start in ["crate::", "prod::"] {
            for (at, _) in code.match_indices(start) {
                let before = code[..at].chars().next_back();
                if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
                    continue;
                }
                let rest = &code[at + start.len()..];
                let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_');
                used.push((number, &rest[..end.unwrap_or(rest.len())]));
            }
        }
    }
    used
}

#[test]
fn rooms_use_their_own_floor_and_those_below() {
    let floor = |room: &str| FLOORS.iter().position(|name| *name == room);
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let Some(room) = room(&path) else { continue };
        let Some(own) = floor(room) else {
            wrong.push(format!("{path}: `{room}` is no room of FLOORS"));
            continue;
        };
        for (line, used) in rooms_used(&text) {
            if floor(used).is_some_and(|used| used > own) {
                wrong.push(format!("{path}:{line}: `{room}` reaches up to `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_scan_of_rooms_sees_what_it_should() {
    let text =
        "use crate::model::Model;\nfn f(x: crate::graph::Product) {} // crate::cli\ncrate::new_id! {}\n";
    let used = rooms_used(text);
    assert_eq!(used, vec![(1, "model"), (2, "graph"), (3, "new_id")]);
    assert_eq!(room("compiler/src/model/check/mod.rs"), Some("model"));
    assert_eq!(room("compiler/src/render.rs"), Some("render"));
}

#[test]
fn files_are_short() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split by concept:\n{}", long.join("\n"));
}

#[test]
fn files_say_what_they_are_for() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "no `//!` at the top of:\n{}", silent.join("\n"));
}

#[test]
fn crates_are_named_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        if path.starts_with("tests/") {
            continue;
        }
        for (name, places) in ONLY_IN {
            let named = text.lines().map(code).any(|line| names_crate(line, name));
            if named && !places.iter().any(|place| path.starts_with(place)) {
                wrong.push(format!("{path}: names `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or("")
}

fn names_crate(line: &str, name: &str) -> bool {
    line.contains(&format!("use {name}::"))
        || line.contains(&format!(" {name}::"))
        || line.contains(&format!("({name}::"))
        || line.contains(&format!("<{name}::"))
}

#[test]
fn only_output_is_serialised() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let allowed = ["compiler/src/emit/", "lsp/", "tests/"].iter().any(|place| path.starts_with(place));
        let derives =
            text.lines().map(code).any(|line| line.contains("derive(") && line.contains("Serialize"));
        if derives && !allowed {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "`Serialize` belongs to emit/, not to:\n{}", wrong.join("\n"));
}

#[test]
fn names_say_something() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let stem = PathBuf::from(&path).file_stem().unwrap().to_string_lossy().to_lowercase();
        if EMPTY_WORDS.iter().any(|word| stem.contains(word)) {
            wrong.push(format!("{path}: the name of the file says nothing"));
        }
        for line in text.lines().map(code) {
            let declared = ["struct ", "enum ", "trait ", "mod "].iter().find_map(|word| {
                let (before, after) = line.split_once(word)?;
                let begins = before.trim().is_empty() || before.trim_start().starts_with("pub");
                begins.then(|| after.split(|c: char| !c.is_alphanumeric() && c != '_').next()).flatten()
            });
            let name = declared.unwrap_or("").to_lowercase();
            if EMPTY_WORDS.iter().any(|word| name.contains(word)) {
                wrong.push(format!("{path}: `{name}` says nothing"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_exported_by_a_star() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        for (number, line) in (1..).zip(text.lines()) {
            let line = code(line).trim();
            if line.starts_with("pub") && line.contains("use ") && line.ends_with("::*;") {
                wrong.push(format!("{path}:{number}"));
            }
        }
    }
    assert!(wrong.is_empty(), "glob re-exports:\n{}", wrong.join("\n"));
}

#[test]
fn no_identifier_of_the_library_is_written_in_rust() {
    // Words that the language itself defines, or that are too general to be meant as a rule or a kind.
    let names = std_names();
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        if !path.starts_with("compiler/src/") {
            continue;
        }
        for (number, line) in (1..).zip(text.lines()) {
            for literal in code(line).split('"').skip(1).step_by(2) {
                if names.contains(&literal.to_owned()) {
                    wrong.push(format!("{path}:{number}: `{literal}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the library knows security, the engine does not:\n{}", wrong.join("\n"));
}

/// Names of rules, lints and dotted kinds of the standard library.
fn std_names() -> Vec<String> {
    let model = &crate::package::std_library().model;
    let rules = model.rules.iter().map(|rule| rule.name.to_string());
    let lints = model.lints.iter().map(|lint| lint.name.to_string());
    let kinds = model.kinds.iter().map(|kind| kind.name.to_string()).filter(|name| name.contains('.'));
    rules.chain(lints).chain(kinds).collect()
}
