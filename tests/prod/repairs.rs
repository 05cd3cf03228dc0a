//! A fix that settles all of what a lint found in a deployment does so when it is applied.

use prod::base::{Diagnostic, Fix};
use prod::workspace::{Depth, Text, analyse};

use crate::package::{root, standard, text_of};

const LINT: &str = "net-flow-not-admitted";

/// What the lint says of a text, and whether the text compiles.
fn found(text: &str) -> Vec<Diagnostic> {
    let (library, settings) = standard();
    let file = Text { path: "main.prod".into(), text: text.into() };
    let analysis = analyse(&library, &[file], Depth::Check, &settings);
    assert!(analysis.compiles(), "{text}\n{:#?}", analysis.problems);
    analysis.problems.iter().filter(|problem| problem.code == LINT).cloned().collect()
}

/// The text after a fix.
fn applied(text: &str, fix: &Fix) -> String {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.place.span.range(), &edit.text);
    }
    text
}

/// Applies the fixes of the first problem until the lint is content; what each was called, and the text at the end.
fn repaired(text: &str) -> (Vec<String>, String) {
    let mut text = text.to_owned();
    let mut titles = Vec::new();
    while let Some(problem) = found(&text).first() {
        let fix = problem.fixes.first().unwrap_or_else(|| panic!("no fix for {}\n{text}", problem.message));
        titles.push(fix.title.clone());
        text = applied(&text, fix);
        assert!(titles.len() < 5, "no end to what is missing:\n{text}");
    }
    (titles, text)
}

#[test]
fn one_fix_for_each_deployment_adds_all_that_is_missing() {
    let (_, text) = text_of(&root().join("tests/corpus/lints/network.prod"), &root());
    let (titles, after) = repaired(&text);
    assert_eq!(
        titles,
        ["add all 4 missing `allow`s to `production`", "add the missing `allow` to `staging`"]
    );
    insta::with_settings!({ snapshot_path => root().join("tests/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("missing-allows", after);
    });
}

#[test]
fn deployments_of_every_shape_are_repaired() {
    let things = "actor clerk: actor.Employee { zone = live.office }
component a: service.RestApi
component b: service.RestApi
component other: service.RestApi
flow call: a -> b
flow odd: a -> b over grpc { port = 9000..9010 }
flow clerk -> a over https
flow a -> clerk over smtp\n";
    let bodies = [
        // All on one line, and the usual shape.
        "deployment live { zone office; zone x { run a }; zone y { run b; run other; allow other -> b over ssh } }",
        "deployment live {\n  zone office\n  zone x { run a }\n  zone y { run b; run other }\n  allow a -> b over ssh\n}",
        // What is missing stands in another deployment than the one that is like it, which has no body.
        "deployment live {\n  zone office\n  zone x { run a }\n  zone y { run b }\n  allow x -> y over ssh\n}\ndeployment twin like live",
    ];
    for body in bodies {
        let (titles, after) = repaired(&format!("{things}{body}\n"));
        assert_eq!(titles.len(), 1, "{titles:?}\n{after}");
    }
}

#[test]
fn a_deployment_without_a_body_gets_one() {
    let text = "component a: service.RestApi
component b: service.RestApi
integration psp: saas.Payment
flow hook: psp -> a over https
allow internet -> b over ssh
deployment live\n";
    let (titles, after) = repaired(text);
    assert_eq!(titles, ["add the missing `allow` to `live`"], "{after}");
    assert!(after.ends_with("deployment live {\n  allow psp -> a over https\n}\n"), "{after}");
}

#[test]
fn openings_at_the_top_level_are_repaired_there() {
    let text = "component a: service.RestApi
component b: service.RestApi
zone x { run a }
zone y { run b }
flow call: a -> b over https
allow a -> b over ssh\n";
    let (titles, after) = repaired(text);
    assert_eq!(titles, ["add the missing `allow`"], "{after}");
    assert!(after.ends_with("allow a-b-2: a -> b over https\n"), "{after}");
}
