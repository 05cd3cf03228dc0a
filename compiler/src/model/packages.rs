//! Packages: each sees its own names, those of the standard library, and what it `use`s of others under their names.
//!
//! In: what stands below a package, and its files. Out: a [`Model`] that others can stand on, with the package's names
//! put away until somebody uses them. Never: a name of a package that means something else because of who depends on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect::Item;
use super::lower::{Built, Content, Lower, at, items};
use super::{EnumId, Index, Keyword, KindId, Model, ThingId, errors};
use crate::base::{Diagnostic, FileId, Name, Place, Span, nearest};
use crate::syntax::ast;
use crate::syntax::text::is_bare;

/// The packages that a model stands on, as far as names are concerned.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    /// What each publishes, by its name.
    published: BTreeMap<Arc<str>, Arc<Index>>,
    /// The one whose files are read.
    pub(super) reader: Identity,
    /// Those that it uses, with the first place that says so.
    opened: BTreeMap<Arc<str>, Place>,
    /// All that each package stands on, directly or not.
    below: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
    /// Which package overrode what, and where.
    pub(super) overridden: BTreeMap<Overridden, Override>,
}

/// Something that a package says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Overridden {
    /// An attribute of a thing.
    Attribute(ThingId, Name),
    /// The number of a value of an enum.
    Value(EnumId, Name),
    /// The default of a kind's attribute.
    Default(KindId, Name),
}

/// Who says otherwise.
#[derive(Clone, Debug)]
pub(super) struct Override {
    /// The package.
    pub by: Option<Arc<str>>,
    /// Where.
    pub place: Place,
}

/// What a package is called, and which others it may use.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Its name; `None` for one without settings.
    pub name: Option<Arc<str>>,
    /// The names of those that it depends on.
    pub depends_on: Vec<Arc<str>>,
}

/// Reads a package that others depend on, on top of those that it depends on itself.
///
/// Everything it declares stays in the model; its names wait under the package's name.
pub fn add_package(
    below: &Model,
    package: &Identity,
    files: &[(FileId, Arc<ast::File>)],
    content: Content,
) -> Built {
    let items = items(files, content);
    let below = below.clone().read_by(package.clone());
    let mut lower = Lower::on(Some(&below));
    lower.prefix.clone_from(&package.name);
    lower.uses(&items);
    let before = lower.model.index.clone();
    lower.declare(&items);
    let mut built = lower.finish();
    let (published, inner) = built.model.index.since(&before);
    built.model.index = below.index;
    built.model.index.things.extend(inner);
    if let Some(name) = &package.name {
        built.model.packages.published.insert(name.clone(), Arc::new(published));
        let below = built.model.packages.below_reader();
        built.model.packages.below.insert(name.clone(), below);
    }
    built.model.product = None;
    built
}

impl Model {
    /// The same model for the files of a package.
    pub fn read_by(mut self, reader: Identity) -> Model {
        self.packages.reader = reader;
        self.packages.opened.clear();
        self
    }
}

impl Packages {
    /// What is known of a package that is used.
    fn used(&self, name: &str) -> Option<&Index> {
        self.opened.get(name).and_then(|_| self.published.get(name)).map(|index| &**index)
    }

    /// Where a package is used first.
    pub(super) fn place_of_use(&self, name: &str) -> Option<Place> {
        self.opened.get(name).copied()
    }

    /// Forgets what was used: every package says so itself.
    pub(super) fn close(&mut self) {
        self.opened.clear();
    }

    /// Whether the package that is read stands on another, directly or not.
    pub(super) fn stands_on(&self, other: Option<&str>) -> bool {
        other.is_some_and(|other| self.below_reader().contains(other))
    }

    fn below_reader(&self) -> BTreeSet<Arc<str>> {
        let direct = self.reader.depends_on.iter();
        let further = direct.clone().filter_map(|name| self.below.get(name)).flatten();
        direct.chain(further).cloned().collect()
    }
}

impl Lower {
    /// Opens the packages that the files use. All files of a package share one space, so one `use` is enough.
    pub(super) fn uses(&mut self, items: &[Item<'_>]) {
        for item in items {
            if item.get().keyword == Keyword::Use
                && let Some(path) = &item.get().name
            {
                self.open(&item.tree.path_text(path), at(*item, path.span()));
            }
        }
    }

    fn open(&mut self, name: &str, place: Place) {
        let packages = &self.model.packages;
        if packages.opened.contains_key(name) {
            return;
        }
        if packages.reader.name.as_deref() == Some(name) || name == "std" {
            self.problems.push(errors::use_of_known(name, place));
            return;
        }
        let usable = packages.reader.depends_on.iter().find(|other| ***other == *name).cloned();
        let Some((name, published)) = usable.and_then(|name| {
            let published = packages.published.get(&name)?.clone();
            Some((name, published))
        }) else {
            let known = packages.reader.depends_on.iter().map(|other| &**other);
            let near = nearest(name, known.clone()).map(str::to_owned);
            let known: Vec<&str> = known.collect();
            self.problems.push(errors::unknown_package(name, near.as_deref(), &known, place));
            return;
        };
        if self.is_word_of_the_library(&name) {
            self.problems.push(errors::package_like_the_library(&name, place));
            return;
        }
        self.model.packages.opened.insert(name.clone(), place);
        self.model.index.open(&name, &published, &mut self.model.names);
    }

    /// Whether names of the standard library begin with the word: `store.Postgres`.
    fn is_word_of_the_library(&self, word: &str) -> bool {
        let begins = |name: &str| name.split('.').next() == Some(word);
        let index = &self.model.index;
        let mut words = index.kinds.keys().chain(index.enums.keys()).map(|name| self.model.names.text(*name));
        words.any(begins) || self.thing_inside(None, word).is_some()
    }

    /// The name of an own declaration as others know it: under that of the package, in a package that others use.
    ///
    /// What only backticks can write stands in them: `gateway->api` of a package is no flow from its `gateway` to an `api`
    /// of ours, which is called `platform.gateway->api`.
    pub(super) fn known_as(&self, name: &str) -> Arc<str> {
        match &self.prefix {
            Some(package) if name.split('.').all(is_bare) => format!("{package}.{name}").into(),
            Some(package) => format!("{package}.`{name}`").into(),
            None => name.into(),
        }
    }

    /// Says of an unknown name what packages have to do with it.
    pub(super) fn about_packages(&self, problem: Diagnostic, spelling: &str, item: Item<'_>) -> Diagnostic {
        let packages = &self.model.packages;
        let Some((package, _)) = spelling.split_once('.') else {
            let opened = packages.opened.keys();
            let having = opened
                .filter(|package| packages.used(package).is_some_and(|index| self.has(index, spelling)));
            let near: Vec<String> = having.map(|package| format!("{package}.{spelling}")).collect();
            return if problem.fixes.is_empty() {
                errors::offered_path(problem, near.first().map(String::as_str))
            } else {
                problem
            };
        };
        if packages.opened.contains_key(package) {
            return problem.because(format!("the package `{package}` does not declare it"));
        }
        if !packages.reader.depends_on.iter().any(|other| **other == *package) {
            return problem;
        }
        let top = Span::empty(0).in_file(item.file);
        problem.help(format!("this package depends on `{package}`, and `use {package}` gives its names")).fix(
            format!("add `use {package}`"),
            top,
            format!("use {package}\n"),
        )
    }

    fn has(&self, index: &Index, spelling: &str) -> bool {
        self.model.names.find(spelling).is_some_and(|name| index.has(name))
    }

    /// The name nearest to one that a used package lacks, with the package's name before it.
    pub(super) fn nearest_in_package(&self, package: &str, name: &str) -> Option<String> {
        let published = self.model.packages.used(package)?;
        let things = published.things.keys().map(|(_, name)| self.model.names.text(*name));
        let constants = published.constants.keys().map(|name| self.model.names.text(*name));
        nearest(name, things.chain(constants)).map(str::to_owned)
    }
}
