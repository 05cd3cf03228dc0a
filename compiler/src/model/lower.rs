//! From trees to the model: the order of the passes, and what they share.
//!
//! In: a library and the trees of a package. Out: [`Built`]. Never: a pass that reads what a later one makes.

use std::borrow::Cow;
use std::sync::Arc;

use super::collect::{Collected, Item};
use super::{Keyword, Model, ThingId};
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

/// Reads the files of a package on top of what it stands on (the standard library itself is built on nothing).
///
/// Tests are read only when asked for: nobody runs those of a library.
pub fn build(library: Option<&Model>, files: &[(FileId, Arc<ast::File>)], tests: Tests<'_>) -> Built {
    let items = items(files, Content::All);
    let mut lower = Lower::on(library);
    let collected = lower.lower(&items);
    match tests {
        Tests::Skip => {}
        Tests::Read => lower.tests(&collected, &items, library),
        Tests::ReadOn(words) => lower.tests(&collected, &items, Some(words)),
    }
    lower.finish()
}

/// The declarations of files that stand in no other one.
pub(super) fn items(files: &[(FileId, Arc<ast::File>)], content: Content) -> Vec<Item<'_>> {
    let all = files
        .iter()
        .flat_map(|(file, tree)| tree.top.iter().map(move |decl| Item { file: *file, tree, decl: *decl }));
    all.filter(|item| content == Content::All || is_word(item.get().keyword)).collect()
}

/// Whether the tests of the files are read.
#[derive(Clone, Copy, Debug)]
pub enum Tests<'a> {
    /// They are part of the package.
    Read,
    /// They are, and a test's own model stands on this: the words of the packages below without their things.
    ReadOn(&'a Model),
    /// They belong to a library.
    Skip,
}

/// How much of some files is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    All,
    /// Kinds, rules and whatever else things are described with; no things.
    Words,
}

/// Whether a declaration is part of a package's vocabulary and not of its product.
pub(super) fn is_word(keyword: Keyword) -> bool {
    use Keyword::{Enum, Kind, Let, Lint, Loss, Rule, State, Step, Tag, Use};
    matches!(keyword, Enum | Kind | Let | Lint | Loss | Rule | State | Step | Tag | Use)
}

/// The model while it is being built.
pub(super) struct Lower {
    pub(super) model: Model,
    pub(super) problems: Problems,
    /// Things below this one come from the library.
    pub(super) first_own: ThingId,
    /// Files below this one belong to the library.
    pub(super) first_file: FileId,
    /// The name of the package where it is one that others use: what its declarations are known by outside.
    pub(super) prefix: Option<Arc<str>>,
}

impl Lower {
    pub(super) fn on(library: Option<&Model>) -> Lower {
        let mut model = library.cloned().unwrap_or_default();
        if library.is_none() {
            model.words = super::Words::intern(&mut model.names);
        }
        model.tests.clear();
        model.packages.close();
        model.things.iter_mut().for_each(|thing| thing.is_foreign = true);
        Lower::resume(model)
    }

    /// Everything but the tests.
    pub(super) fn lower<'a>(&mut self, items: &[Item<'a>]) -> Collected<'a> {
        self.uses(items);
        self.declare(items)
    }

    /// What the files declare, once the packages that they use are open.
    pub(super) fn declare<'a>(&mut self, items: &[Item<'a>]) -> Collected<'a> {
        self.first_file = items.iter().map(|item| item.file).min().unwrap_or(self.first_file);
        let collected = self.collect(items);
        let overridden =
            |keyword| collected.overrides.iter().filter(move |item| item.get().keyword == keyword);
        for item in overridden(Keyword::Enum) {
            self.override_enum(*item);
        }
        self.kinds(&collected);
        self.built_in_things();
        self.thing_kinds(&collected);
        self.constants(&collected);
        self.defaults(&collected);
        for item in overridden(Keyword::Kind) {
            self.override_kind(*item);
        }
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
        let problems = Problems::new();
        Lower { model, problems, first_own, first_file: FileId::from_index(0), prefix: None }
    }

    pub(super) fn finish(self) -> Built {
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
