//! What is offered can be written: a problem is gone once its fix is made, and the text reads no worse.

use std::collections::BTreeMap;

use prod::base::{Diagnostic, Fix, Sources};

use crate::package::{Text, files_below, read, root, text_of};

#[test]
fn what_is_offered_can_be_written() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for phase in ["lex", "parse", "resolve"] {
        let directory = root().join("tests/corpus").join(phase);
        for file in files_below(&directory, "prod") {
            let before = text_of(&file, &directory);
            let found = read(std::slice::from_ref(&before));
            for problem in &found.problems {
                for fix in problem.fixes.iter().filter(|fix| fix.title.starts_with("change to")) {
                    tried += 1;
                    let after = read(&[made(fix, &before)]);
                    let (before, after) = (counted(&found.problems), counted(&after.problems));
                    // The nearest name may be one of another type; but it must be one that is there, and readable.
                    let grown = after.iter().any(|(code, count)| {
                        code.starts_with("P01") && before.get(code).is_none_or(|was| count > was)
                    });
                    let code = problem.code.to_string();
                    if grown || after.get(&code).copied().unwrap_or(0) >= before[&code] {
                        let at = place(&found.sources, problem);
                        wrong.push(format!("{at}: {}: {}: {after:?}", problem.message, fix.title));
                    }
                }
            }
        }
    }
    assert!(tried > 20, "only {tried} fixes were tried");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn made(fix: &Fix, (path, text): &Text) -> Text {
    let mut text = text.clone();
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
    for edit in edits {
        let span = edit.place.span;
        text.replace_range(span.lo as usize..span.hi as usize, &edit.text);
    }
    (path.clone(), text)
}

/// How often each code occurs.
fn counted(problems: &[Diagnostic]) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for problem in problems {
        *out.entry(problem.code.to_string()).or_default() += 1;
    }
    out
}

fn place(sources: &Sources, problem: &Diagnostic) -> String {
    let source = sources.get(problem.primary.place.file);
    format!("{}:{}", source.path, source.line_column(problem.primary.place.span.lo).line)
}
