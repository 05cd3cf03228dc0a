//! The order of files and of declarations never matters.

use prod::base::{FileId, Id};
use proptest::prelude::*;

use crate::package::{Text, files_below, read, root, text_of};

/// The declarations of a text, each with the comments before it.
fn declarations(text: &str) -> Vec<String> {
    let text = std::sync::Arc::from(text);
    let parsed = prod::syntax::parse(&text, FileId::from_index(0));
    let mut starts: Vec<usize> = parsed
        .file
        .top
        .iter()
        .map(|decl| &parsed.file.decls[*decl])
        .map(|decl| decl.doc.map_or(decl.span.lo, |doc| doc.lo) as usize)
        .collect();
    starts.sort_unstable();
    starts.push(text.len());
    starts.windows(2).map(|pair| text[pair[0]..pair[1]].trim_end().to_owned()).collect()
}

/// What is wrong with a package, whatever the places: codes and messages, sorted.
fn problems(texts: &[Text]) -> Vec<String> {
    let found = read(texts).problems;
    let mut said: Vec<String> =
        found.iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect();
    said.sort();
    said
}

/// Packages whose declarations are shuffled: the examples, and files of the corpus that parse.
///
/// Circles and duplicates are left out: the verdict is the same, but it stands at another of the members.
fn packages() -> Vec<Vec<Text>> {
    let root = root();
    let mut packages = Vec::new();
    for example in ["examples/payments", "examples/ledger", "tests/corpus/rules/language-3-7"] {
        let directory = root.join(example);
        packages.push(files_below(&directory, "prod").iter().map(|file| text_of(file, &directory)).collect());
    }
    let singles = [
        "check/declarations.prod",
        "check/types.prod",
        "check/expressions.prod",
        "check/rules.prod",
        "check/tests.prod",
        "check/networks.prod",
        "resolve/unknown-names.prod",
        "resolve/unknown-kinds.prod",
        "resolve/unknown-attributes.prod",
        "resolve/unknown-values.prod",
        "resolve/scopes.prod",
    ];
    packages.extend(singles.map(|file| vec![text_of(&root.join("tests/corpus").join(file), &root)]));
    packages
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_packages_say_the_same(seed in any::<u64>()) {
        for texts in packages() {
            let expected = problems(&texts);
            let mut all: Vec<String> = texts.iter().flat_map(|(_, text)| declarations(text)).collect();
            shuffle(&mut all, seed);
            // Into two files, in an order of their own.
            let half = all.len() / 2;
            let files = [
                ("z.prod".to_owned(), all[..half].join("\n")),
                ("a.prod".to_owned(), all[half..].join("\n")),
            ];
            prop_assert_eq!(problems(&files), expected, "{}", &texts[0].0);
        }
    }
}

/// A shuffle that the seed alone decides.
fn shuffle(items: &mut [String], seed: u64) {
    let mut state = seed | 1;
    for at in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (state >> 33) as usize % (at + 1));
    }
}
