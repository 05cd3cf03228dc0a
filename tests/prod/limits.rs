//! Texts that nobody writes: they are refused in a sentence, not with a crash, and in a time that grows with their length.

use std::sync::Arc;
use std::time::{Duration, Instant};

use prod::base::{FileId, Id};

use crate::package::{Read, read_one};

fn codes(read: &Read) -> Vec<String> {
    read.problems.iter().map(|problem| problem.code.to_string()).collect()
}

#[test]
fn a_hundred_thousand_nested_brackets_are_refused_once() {
    for (open, close) in [("[", "]"), ("(", ")"), ("{", "}")] {
        let deep = format!("component before: service.RestApi\nlet deep = {}1", open.repeat(100_000));
        assert!(codes(&read_one(&deep)).contains(&"P0109".to_owned()), "{open} open");
        let closed = format!("{deep}{}\n", close.repeat(100_000));
        assert_eq!(codes(&read_one(&closed)), ["P0109"], "{open} closed");
    }
}

#[test]
fn brackets_of_a_reasonable_depth_are_read() {
    let text = format!("let deep = {}1{}\n", "[".repeat(120), "]".repeat(120));
    assert_eq!(codes(&read_one(&text)), Vec::<String>::new());
}

#[test]
fn long_chains_of_operators_are_refused_once() {
    for piece in ["1 + ", "not ", "- ", "1 == 1 and ", "if true then 1 else "] {
        let text = format!(
            "lint l \"L\" {{\n  for c: component\n  where {}1\n  say \"x\"\n}}\n",
            piece.repeat(20_000)
        );
        let found = codes(&read_one(&text));
        assert_eq!(found.iter().filter(|code| *code == "P0109").count(), 1, "{piece}: {found:?}");
    }
    let members = format!(
        "lint l \"L\" {{\n  for c: component\n  where c{}\n  say \"x\"\n}}\n",
        ".owner".repeat(20_000)
    );
    assert!(!codes(&read_one(&members)).is_empty());
}

#[test]
fn long_chains_of_names_are_read() {
    let constants: String = (0..5_000).map(|at| format!("let x{at} = x{}\n", at + 1)).collect();
    assert_eq!(codes(&read_one(&format!("{constants}let x5000 = 3\n"))), Vec::<String>::new());
    let flow = format!(
        "flow f: {}b\ncomponent a: service.RestApi\ncomponent b: service.RestApi\n",
        "a -> b -> ".repeat(1_000)
    );
    assert!(!codes(&read_one(&flow)).is_empty(), "the last hop goes from `b` to itself");
    let comments = format!("{}{}component a: service.RestApi\n", "/* ".repeat(50_000), "*/ ".repeat(50_000));
    assert_eq!(codes(&read_one(&comments)), Vec::<String>::new());
}

/// How long a text of `count` declarations takes to parse; the best of three, since the machine has other work.
fn time_to_parse(piece: &str, count: usize) -> Duration {
    let text: Arc<str> = Arc::from(piece.repeat(count));
    let once = || {
        let start = Instant::now();
        let parsed = prod::syntax::parse(&text, FileId::from_index(0));
        assert!(parsed.file.decls.len() + parsed.problems.len() >= count);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn parsing_takes_a_time_in_proportion_to_the_text() {
    let good = "component api: service.RestApi {\n  owner = \"a\"\n  stores = [a, b]\n}\n";
    let bad = "componnt api: service.RestApi {\n  owner = \"a\n  stores = [a, b\n}\n";
    for piece in [good, bad] {
        let (small, large) = (time_to_parse(piece, 100), time_to_parse(piece, 2_000));
        // Twenty times the text; a quadratic step would show as four hundred times the time.
        assert!(large < small * 120, "{piece}: {small:?} for 100, {large:?} for 2000");
    }
}
