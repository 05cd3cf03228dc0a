//! From trees to the model: the order of the passes, and what they share.
//!
//! In: a library and the trees of a package. Out: [`Built`]. Never: a pass that reads what a later one makes.

use std::borrow::Cow;
use std::sync::Arc;

use super::collect::{Collected, Item};
use super::{Model, ThingId};
use crate::base::{FileId, Id, Name, Place, Problems, Span};
use crate::syntax::ast;

/// A model and what is wrong with its texts.
#[derive(Clone, Debug)]
pub struct Built {
    /// What the files say.
    pub model: Model,
    /// What is wrong.
    pub problems: Problems,
}

/// Reads the files of a package on top of a library (the standard library, itself built on nothing).
///
/// Tests are read only when asked for: nobody runs those of a library.
pub fn build(library: Option<&Model>, files: &[(FileId, Arc<ast::File>)], tests: Tests) -> Built {
    let items: Vec<Item<'_>> = files
        .iter()
        .flat_map(|(file, tree)| tree.top.iter().map(move |decl| Item { file: *file, tree, decl: *decl }))
        .collect();
    let mut lower = Lower::on(library);
    let collected = lower.lower(&items);
    if tests == Tests::Read {
        lower.tests(&collected, &items, library);
    }
    lower.finish()
}

/// Whether the tests of the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tests {
    /// They are part of the package.
    Read,
    /// They belong to a library.
    Skip,
}

/// The model while it is being built.
pub(super) struct Lower {
    pub(super) model: Model,
    pub(super) problems: Problems,
    /// Things below this one come from the library.
    pub(super) first_own: ThingId,
    /// Files below this one belong to the library.
    pub(super) first_file: FileId,
}

impl Lower {
    fn on(library: Option<&Model>) -> Lower {
        let mut model = library.cloned().unwrap_or_default();
        if library.is_none() {
            model.words = super::Words::intern(&mut model.names);
        }
        model.tests.clear();
        model.things.iter_mut().for_each(|thing| thing.is_foreign = true);
        let first_own = model.things.next_id();
        Lower { model, problems: Problems::new(), first_own, first_file: FileId::from_index(0) }
    }

    /// Everything but the tests.
    fn lower<'a>(&mut self, items: &[Item<'a>]) -> Collected<'a> {
        self.first_file = items.iter().map(|item| item.file).min().unwrap_or(self.first_file);
        let collected = self.collect(items);
        self.kinds(&collected);
        self.built_in_things();
        self.thing_kinds(&collected);
        self.constants(&collected);
        self.defaults(&collected);
        self.parts(&collected);
        self.things(&collected);
        self.states(&collected);
        self.physics(&collected);
        collected
    }

    /// The model of a test's `model { … }`: the library, the package's own words, and the block's things.
    pub(super) fn isolated(library: Option<&Model>, words: &[Item<'_>], block: &[Item<'_>]) -> Built {
        let mut lower = Lower::on(library);
        let items: Vec<Item<'_>> = words.iter().chain(block).copied().collect();
        lower.lower(&items);
        lower.finish()
    }

    /// Goes on with a model that is built already.
    pub(super) fn resume(model: Model) -> Lower {
        let first_own = model.things.next_id();
        Lower { model, problems: Problems::new(), first_own, first_file: FileId::from_index(0) }
    }

    fn finish(self) -> Built {
        Built { model: self.model, problems: self.problems }
    }

    /// The interned spelling of a name; composed characters compare equal however they are written (NFC).
    pub(super) fn intern(&mut self, tree: &ast::File, name: ast::Ident) -> Name {
        self.intern_text(tree.text(name))
    }

    /// The interned spelling of a text.
    pub(super) fn intern_text(&mut self, text: &str) -> Name {
        self.model.names.intern(&composed(text))
    }

    pub(super) fn is_own(&self, thing: ThingId) -> bool {
        thing.index() >= self.first_own.index()
    }
}

/// A spelling in its composed form (NFC), in which names compare.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// A span in an item's file.
pub(super) fn at(item: Item<'_>, span: Span) -> Place {
    span.in_file(item.file)
}
