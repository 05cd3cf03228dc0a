//! The manual is true: its examples compile, its tests pass, its commands print what it says they print.
//!
//! What a fenced block claims stands in its first line:
//!
//! - `prod runnable`: a package by itself; it compiles, and its tests pass.
//! - `prod file NAME`: a file of the page's package, in place of an earlier one of that name; the package compiles, and at
//!   the next command its tests pass.
//!   On a page with a file `NAME/prod.toml` there are several packages, and all of them hold at the next command.
//! - `prod wrong CODE`: has just this problem.
//! - `prod quoted`, `toml quoted`: stands in the standard library or an example, word for word.
//! - `prod`: parses.
//! - `console`: lines that begin with `$` are commands, run on the page's package, or at the root of the repository where
//!   the page has none; below each stands what it prints. A line `…` stands for any number of lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use prod::base::{Diagnostic, Severity};
use prod::cli::Exit;
use prod::workspace::{self, Analysis, Depth};

use crate::package::{files_below, parse_only, root, standard};
use crate::run::{package, prodc};

/// A fenced block of a page.
struct Block {
    page: String,
    line: usize,
    /// What stands behind the fence.
    claim: String,
    text: String,
}

impl Block {
    fn at(&self) -> String {
        format!("docs/{}:{}", self.page, self.line)
    }
}

/// The pages of the manual, by name.
fn pages() -> Vec<(String, String)> {
    let directory = root().join("docs");
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&directory).unwrap().to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(&path).unwrap())
    };
    files_below(&directory, "md").into_iter().map(named).collect()
}

/// The blocks of a page in order.
fn blocks(page: &str, text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for (line, content) in (1..).zip(text.lines()) {
        match (open.as_mut(), content.strip_prefix("```")) {
            (None, Some(claim)) => {
                open =
                    Some(Block { page: page.to_owned(), line, claim: claim.to_owned(), text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(content);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "docs/{page} does not close its last block");
    found
}

#[test]
fn the_examples_of_the_manual_hold() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (page, text) in pages() {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for block in blocks(&page, &text) {
            let claim: Vec<&str> = block.claim.split(' ').collect();
            let found = match claim.as_slice() {
                ["prod", "runnable"] => {
                    whole(&BTreeMap::from([("main.prod".to_owned(), block.text.clone())]))
                }
                ["prod" | "toml", "file", name] => {
                    files.insert((*name).to_owned(), block.text.clone());
                    if packages(&files).is_empty() { compiled(&files).0 } else { Vec::new() }
                }
                ["prod", "wrong", code] => wrong_as_said(&block.text, code),
                ["prod" | "toml", "quoted"] => quoted(&block.text),
                ["prod"] => said(&parse_only(&[("main.prod".to_owned(), block.text.clone())]).1),
                ["console"] => [whole(&files), console(&block.text, &files)].concat(),
                ["prod", ..] => vec!["nobody knows this claim".to_owned()],
                _ => continue,
            };
            seen += 1;
            if !found.is_empty() {
                wrong.push(format!("{} ({}):\n{}", block.at(), block.claim, found.join("\n")));
            }
        }
    }
    assert!(seen > 20, "the manual has only {seen} examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Everything that is wrong with a package, tests included; lints are no errors.
fn whole(files: &BTreeMap<String, String>) -> Vec<String> {
    let packages = packages(files);
    if !packages.is_empty() {
        let directory = written(files);
        let runs = packages.iter().map(|package| prodc(directory.path(), &["test", package]));
        return runs.filter(|ran| ran.exit != Exit::Clean).map(|ran| ran.out + &ran.err).collect();
    }
    let (mut found, analysis) = compiled(files);
    for outcome in analysis.test(&standard().1) {
        let failed = outcome.failures.iter();
        found.extend(failed.map(|failure| format!("test `{}`: {}", outcome.title, failure.message)));
    }
    found
}

/// The directories of packages, on a page that has several.
fn packages(files: &BTreeMap<String, String>) -> Vec<&str> {
    files.keys().filter_map(|name| name.strip_suffix("/prod.toml")).collect()
}

/// A package without its tests.
fn compiled(files: &BTreeMap<String, String>) -> (Vec<String>, Analysis) {
    let (library, settings) = standard();
    let texts = files.iter().filter(|(path, _)| path.ends_with(".prod"));
    let texts: Vec<workspace::Text> = texts
        .map(|(path, text)| workspace::Text { path: path.as_str().into(), text: text.as_str().into() })
        .collect();
    let analysis = workspace::analyse(&library, &texts, Depth::Check, &settings);
    (said(&analysis.problems), analysis)
}

fn said(problems: &[Diagnostic]) -> Vec<String> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

fn wrong_as_said(text: &str, code: &str) -> Vec<String> {
    let found = whole(&BTreeMap::from([("main.prod".to_owned(), text.to_owned())]));
    match found.as_slice() {
        [only] if only.starts_with(code) => Vec::new(),
        [] => vec![format!("nothing is wrong, and {code} should be")],
        _ => found,
    }
}

fn quoted(text: &str) -> Vec<String> {
    let root = root();
    let mut sources = vec![prod_stdlib::RISK_DEFAULTS.to_owned()];
    for directory in ["stdlib", "examples"] {
        let files = files_below(&root.join(directory), "prod");
        sources.extend(files.iter().map(|file| std::fs::read_to_string(file).unwrap()));
    }
    let stands = sources.iter().any(|source| source.contains(text.trim_end()));
    if stands { Vec::new() } else { vec!["this stands nowhere in the library or the examples".to_owned()] }
}

/// The files of a page on the disk.
fn written(files: &BTreeMap<String, String>) -> tempfile::TempDir {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    package(&files)
}

/// Commands, each with what it should print.
fn console(text: &str, files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    let package = written(files);
    let root = root();
    let directory: &Path = if files.is_empty() { &root } else { package.path() };
    let mut exit = 0;
    for command in text.strip_prefix("$ ").unwrap_or(text).split("\n$ ") {
        let (line, expected) = command.split_once('\n').unwrap_or((command, ""));
        let words = words(line);
        let printed = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["echo", "$?"] => format!("{exit}\n"),
            ["prodc", arguments @ ..] => {
                let ran = prodc(directory, arguments);
                exit = ran.exit as i32;
                format!("{}{}", ran.out, ran.err)
            }
            _ => {
                found.push(format!("`{line}` is no command that can be run here"));
                continue;
            }
        };
        if !fits(expected, &printed) {
            found.push(format!("`{line}` prints\n{printed}"));
        }
    }
    found
}

/// The words of a command; single quotes keep one together.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('\'').enumerate();
    pieces
        .flat_map(|(at, piece)| match at % 2 {
            0 => piece.split_whitespace().map(str::to_owned).collect(),
            _ => vec![piece.to_owned()],
        })
        .collect()
}

/// Whether a text is what was expected; a line `…` stands for any number of lines.
fn fits(expected: &str, printed: &str) -> bool {
    let lines = |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    let (expected, mut rest) = (lines(expected), lines(printed));
    let pieces: Vec<&[String]> = expected.split(|line| line == "…").collect();
    let last = pieces.len() - 1;
    for (at, piece) in pieces.iter().enumerate() {
        let found = match at {
            0 => rest.starts_with(piece).then_some(0),
            _ if at == last && piece.is_empty() => Some(0),
            _ if at == last => rest.ends_with(piece).then(|| rest.len() - piece.len()),
            _ => rest.windows(piece.len().max(1)).position(|lines| lines == *piece),
        };
        let Some(found) = found else { return false };
        if at == last && at == 0 && rest.len() != piece.len() {
            return false;
        }
        rest.drain(..found + piece.len());
    }
    true
}

#[test]
fn elided_lines_fit_and_others_do_not() {
    assert!(fits("a\nb", "a\nb\n"));
    assert!(!fits("a", "a\nb\n"));
    assert!(fits("a\n…", "a\nb\nc\n"));
    assert!(fits("a\n…\nc", "a\nb\nc\n"));
    assert!(fits("…\nb\n…", "a\nb\nc\n"));
    assert!(!fits("…\nx\n…", "a\nb\nc\n"));
    assert!(!fits("b\n…", "a\nb\n"));
}

#[test]
fn every_page_is_a_chapter() {
    let pages = pages();
    let summary = &pages.iter().find(|(name, _)| name == "SUMMARY.md").unwrap().1;
    for (name, _) in pages.iter().filter(|(name, _)| name != "SUMMARY.md") {
        assert!(summary.contains(&format!("]({name})")), "docs/SUMMARY.md does not list {name}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let directory = root().join("docs");
    let mut wrong = Vec::new();
    for (name, text) in pages().iter().filter(|(name, _)| name != "SUMMARY.md") {
        for rest in text.split("](").skip(1) {
            let target = rest.split(')').next().unwrap_or_default();
            let file = target.split('#').next().unwrap_or_default();
            let is_page = file.ends_with(".md") && !file.contains("://");
            if is_page && !directory.join(file).is_file() {
                wrong.push(format!("docs/{name}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The derivation by hand in the chapter on the risk model, from the factors that the example gives today.
#[test]
fn the_worked_derivation_recomputes() {
    let ran = prodc(&root(), &["risks", "examples/payments", "--format", "json", "--in", "production"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let losses = report["deployments"][0]["losses"].as_array().unwrap();
    let loss = losses.iter().find(|loss| loss["id"] == "corruption(payments)@production").unwrap();
    let steps = loss["attack"]["steps"].as_array().unwrap();
    let factors: Vec<f64> = steps.iter().map(|step| step["probability"].as_f64().unwrap()).collect();
    let expected = [0.60, 1.0, 1.0, 1.0, 0.80];
    assert_eq!(factors.len(), expected.len());
    assert!(
        factors.iter().zip(expected).all(|(factor, expected)| (factor - expected).abs() < 1e-9),
        "{factors:?}"
    );
    let alone: f64 = factors.iter().product();
    assert!((alone - 0.48).abs() < 1e-9, "{alone}");
    assert!((loss["attack"]["probability"].as_f64().unwrap() - alone).abs() < 1e-9);
    let residual = &loss["numbers"]["residual"];
    let (likelihood, impact) =
        (residual["likelihood"].as_f64().unwrap(), residual["impact"].as_f64().unwrap());
    assert!((likelihood - 0.52).abs() < 0.005, "{likelihood}");
    assert!(likelihood >= alone, "the worlds are at least as likely as one attack");
    assert_eq!(impact, 1.0);
    let score = 10.0 + 2.0 * (likelihood * impact).log10();
    assert!((score - residual["score"].as_f64().unwrap()).abs() < 1e-9);
    assert_eq!(format!("{:.1}", (score * 10.0).floor() / 10.0), "9.4");
}
