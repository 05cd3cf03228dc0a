//! The pages of the codes: what they call wrong is wrong in just that way, what they call right is right.

use prod::assess::Settings;
use prod::base::codes;
use prod::workspace::{Depth, Library, Text, analyse};

use crate::package::standard;
use crate::pages::example;

#[test]
fn wrong_examples_report_their_code_and_nothing_else() {
    let standard = standard();
    let mut wrong = Vec::new();
    for code in about_texts() {
        let Some(text) = example(code.page, "wrong") else {
            wrong.push(format!("{}: the page has no `prod wrong` block", code.id));
            continue;
        };
        let found = found(&standard, &text);
        if found.is_empty() || found.iter().any(|problem| !problem.starts_with(code.id)) {
            wrong.push(format!("{}: the wrong example reports {found:#?}", code.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn right_examples_are_right() {
    let standard = standard();
    let mut wrong = Vec::new();
    for code in about_texts() {
        let Some(text) = example(code.page, "right") else {
            wrong.push(format!("{}: the page has no `prod right` block", code.id));
            continue;
        };
        let found = found(&standard, &text);
        if !found.is_empty() {
            wrong.push(format!("{}: the right example reports {found:#?}", code.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_begin_with_code_and_title() {
    for code in codes::ALL {
        let expected = format!("# {}: {}\n", code.id, code.title);
        assert!(code.page.starts_with(&expected), "the page of {} does not begin with `{expected}`", code.id);
    }
}

#[test]
fn codes_are_in_order_and_found_in_any_case() {
    let ids: Vec<&str> = codes::ALL.iter().map(|code| code.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    assert_eq!(codes::find("p0201").map(|code| code.id), Some("P0201"));
    assert!(codes::find("P9999").is_none());
}

/// Codes of packages and files have no text for an example: what they are about happens around it.
fn about_texts() -> impl Iterator<Item = &'static &'static prod::base::Code> {
    codes::ALL.iter().filter(|code| !code.id.starts_with("P09"))
}

/// The codes and messages that a text earns, tests that do not hold included.
fn found(standard: &(Library, Settings), text: &str) -> Vec<String> {
    let (library, settings) = standard;
    let text = Text { path: "main.prod".into(), text: text.into() };
    let analysis = analyse(library, &[text], Depth::Check, settings);
    let failures = analysis.test(settings).into_iter().flat_map(|outcome| outcome.failures);
    let with_code = analysis.problems.iter().filter(|problem| codes::find(&problem.code).is_some());
    let all = with_code.cloned().chain(failures);
    all.map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}
