//! The formatter: how it lays out, and the laws that it keeps on every text.
//!
//! In: the corpus, the standard library, the examples, generated files. Never: a file whose meaning changes, or a comment that goes.

mod generate;
mod scatter;

use std::sync::Arc;

use prod::base::{FileId, Id};
use prod::syntax::{Formatted, format, parse};
use proptest::prelude::*;

use crate::package::{files_below, root};
use crate::tree::dump;

fn file() -> FileId {
    FileId::from_index(0)
}

/// A sound text, laid out.
fn formatted(text: &str) -> String {
    match format(&Arc::from(text), file()) {
        Formatted::Whole(laid_out) => laid_out,
        Formatted::Broken(problems) => panic!("{problems:?}\n{text}"),
    }
}

fn tree(text: &str) -> String {
    dump(&parse(&Arc::from(text), file()).file)
}

/// All comments of a text, doc comments among them, in order.
fn comments(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if rest.starts_with("\"\"\"") {
            closing(rest, "\"\"\"")
        } else if character == '"' || character == '`' {
            closing(rest, if character == '"' { "\"" } else { "`" })
        } else {
            character.len_utf8()
        };
        if rest.starts_with("//") || rest.starts_with("/*") {
            out.push(rest[..length].trim_end().replace("\r\n", "\n"));
        }
        rest = &rest[length..];
    }
    out
}

fn block_comment(text: &str) -> usize {
    let (mut at, mut open) = (0, 0_usize);
    while at < text.len() {
        let step = match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => {
                open += 1;
                2
            }
            [b'*', b'/', ..] => {
                open -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if open == 0 {
            break;
        }
    }
    at
}

/// Where a text ends that `quote` opens.
fn closing(text: &str, quote: &str) -> usize {
    let mut at = quote.len();
    while at < text.len() && !text[at..].starts_with(quote) {
        let escaped = text[at..].starts_with('\\');
        at += text[at..].chars().take(if escaped { 2 } else { 1 }).map(char::len_utf8).sum::<usize>();
    }
    at + quote.len()
}

/// What holds of every sound text. Gives the text laid out.
fn assert_laws(text: &str) -> String {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "a second time changes something:\n{text}");
    assert_eq!(tree(&once), tree(text), "the meaning changed:\n{text}\nbecame\n{once}");
    assert_eq!(comments(&once), comments(text), "comments changed:\n{text}\nbecame\n{once}");
    for line in once.lines() {
        assert_eq!(line, line.trim_end(), "a space at the end of a line:\n{once}");
    }
    assert!(!once.starts_with('\n') && !once.contains("\n\n\n"), "too many blank lines:\n{once}");
    assert!(once.is_empty() || (once.ends_with('\n') && !once.ends_with("\n\n")), "{once}");
    once
}

/// The standard library and the examples: path and text.
fn shipped() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        prod_stdlib::FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for path in files_below(&root().join("examples"), "prod") {
        files.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    }
    files.sort();
    assert!(files.len() > 40, "the examples have moved");
    files
}

#[test]
fn corpus_is_laid_out() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../corpus/format");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../corpus/format", "*.prod", |path| {
            let text = std::fs::read_to_string(path).unwrap();
            insta::assert_snapshot!("formatted", assert_laws(&text));
        });
    });
}

#[test]
fn shipped_files_are_laid_out_already() {
    for (path, text) in shipped() {
        assert_eq!(assert_laws(&text), text, "{path} is not laid out");
    }
}

/// Without any indent, all is found again: what the formatter writes does not hang on what it found.
#[test]
fn unindented_files_get_their_layout_back() {
    for (path, text) in shipped() {
        let flush: String = text.lines().map(|line| format!("{}\n", line.trim_start())).collect();
        assert_eq!(assert_laws(&flush), text, "{path}");
        assert_eq!(assert_laws(&spread_out(&text)), text, "{path}");
    }
}

/// Spaces where nobody wants them, texts and comments left alone.
fn spread_out(text: &str) -> String {
    let spread = |line: &str| match line.contains('"') || line.contains("//") {
        true => format!("\t{line}   \n"),
        false => {
            format!(" {}\t\n", line.replace(" = ", "   =\t ").replace(", ", " ,  ").replace("->", "  -> "))
        }
    };
    text.lines().map(spread).collect()
}

/// A file on one line: entries ended by `;`, comments gone.
fn minified(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut out = String::new();
    for line in lines {
        let goes_on =
            ["and ", "or ", "else ", "|", "<", "]", ")", "}"].iter().any(|word| line.starts_with(word));
        let asks = ["{", "[", "(", ",", "=", "|"].iter().any(|sign| out.ends_with(sign));
        let is_open = out.is_empty() || asks;
        out.push_str(if is_open || goes_on { " " } else { "; " });
        out.push_str(line);
    }
    out
}

#[test]
fn minified_files_are_laid_out() {
    for (path, text) in shipped() {
        let one_line = minified(&text);
        let laid_out = assert_laws(&one_line);
        assert!(laid_out.lines().count() > 1 || one_line.len() < 110, "{path}:\n{laid_out}");
        let widest =
            laid_out.lines().filter(|line| !line.contains('"')).map(|line| line.chars().count()).max();
        assert!(widest.unwrap_or(0) <= prod::syntax::FORMAT_WIDTH, "{path}:\n{laid_out}");
    }
}

#[test]
fn windows_line_ends_stay() {
    for (path, text) in shipped() {
        let windows = text.replace('\n', "\r\n");
        assert_eq!(assert_laws_of_windows(&windows), windows, "{path}");
    }
    let mixed = "data a {\r\n/* one\ntwo */\n  x = \"\"\"\n  long\r\n  \"\"\"\n}";
    let laid_out = assert_laws_of_windows(mixed);
    assert_eq!(laid_out.matches('\n').count(), laid_out.matches("\r\n").count());
}

fn assert_laws_of_windows(text: &str) -> String {
    let once = formatted(text);
    assert_eq!(formatted(&once), once);
    assert_eq!(tree(&once), tree(text));
    assert_eq!(comments(&once), comments(text));
    once
}

#[test]
fn a_byte_order_mark_goes() {
    assert_eq!(formatted("\u{feff}data   a\n"), "data a\n");
}

#[test]
fn nothing_stays_nothing() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted(" \n\n\t\n"), "");
    assert_eq!(formatted("\n\n// only this  \n\n"), "// only this\n");
}

#[test]
fn a_text_with_mistakes_is_left_alone() {
    for text in [
        "component {",
        "data a\n}\n",
        "data a { x = }",
        "data a: \u{202e}b",
        "data a { x = 2026-02-30 }",
        "§",
    ] {
        let Formatted::Broken(problems) = format(&Arc::from(text), file()) else { panic!("{text}") };
        assert!(!problems.is_empty());
    }
}

/// A long list and a long condition: the layout looks at each token a few times, however many there are.
#[test]
fn long_entries_are_broken() {
    let items = vec!["(a.b == c and d or f(x, [y, z]))"; 200];
    let condition = assert_laws(&format!("lint l {{ where {} }}", items.join(" or ")));
    assert_eq!(condition.lines().count(), 202);
    let list = assert_laws(&format!("view v {{ include = [{}] }}", vec!["x.y"; 20_000].join(",")));
    assert_eq!(list.lines().count(), 20_004);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn generated_files_keep_the_laws(text in generate::file()) {
        assert_laws(&text);
    }
}
