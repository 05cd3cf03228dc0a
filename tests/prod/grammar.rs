//! The grammar: every ambiguity that `docs/grammar.md` settles names a file of the corpus; here are the trees that they give.
//!
//! In: the manual and `tests/corpus/parse`. Out: trees. Never: a file with a mistake in it, or one that is not there.

use std::sync::Arc;

use prod::base::{FileId, Id};

use crate::package::root;
use crate::tree::dump;

/// The files that the manual names, in its order.
fn named_files() -> Vec<String> {
    let manual = std::fs::read_to_string(root().join("docs/grammar.md")).unwrap();
    let names = manual.split('`').skip(1).step_by(2).filter(|name| name.ends_with(".prod"));
    names.map(str::to_owned).collect()
}

#[test]
fn ambiguities_are_settled_as_the_manual_says() {
    let directory = root().join("tests/corpus/parse");
    let names = named_files();
    assert!(names.len() > 15, "the manual names only {names:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&directory);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in names {
        let text: Arc<str> = std::fs::read_to_string(directory.join(&name)).unwrap().into();
        let parsed = prod::syntax::parse(&text, FileId::from_index(0));
        assert!(parsed.problems.is_empty(), "{name}: {:?}", parsed.problems);
        let stem = name.trim_end_matches(".prod");
        settings.bind(|| insta::assert_snapshot!(format!("tree@{stem}"), dump(&parsed.file)));
    }
}
