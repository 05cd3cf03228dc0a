//! Paths that name things and kinds, in headers, clauses and tests.
//!
//! In: a path and what is around it. Out: the thing or kind. Never: a silent miss.

use super::check::Frame;
use super::collect::Item;
use super::index::thing_of;
use super::lower::{Lower, at, composed};
use super::{KindId, ThingId, ThingType, Type, errors};
use crate::base::{Diagnostic, Span, nearest};
use crate::syntax::ast;

impl Lower {
    /// The thing that a path names, of whatever sort.
    pub(super) fn any_thing(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
    ) -> Option<ThingId> {
        let found = self.any_thing_quietly(path, item, scope);
        if found.is_none() {
            let problem = self.missing(path, item, scope);
            self.problems.push(problem);
        }
        found
    }

    /// What is wrong with a path that names nothing: its first name, or the first that is no part of the one before.
    fn missing(&self, path: &ast::Path, item: Item<'_>, scope: Option<ThingId>) -> Diagnostic {
        let names: Vec<(&str, Span)> =
            path.segments.iter().map(|name| (item.tree.text(*name), name.span)).collect();
        let word = |at: usize| names.get(at).map(|(text, _)| *text);
        let Some((first, used)) = self.first_thing(scope, word(0).unwrap_or_default(), word(1)) else {
            return self.missing_first(&names, item, scope);
        };
        let mut around = first;
        for (text, span) in names.iter().skip(used) {
            match self.thing_inside(Some(around), text) {
                Some(thing) => around = thing,
                None => {
                    let parts = self.model.things.iter().filter(|thing| thing.parent == Some(around));
                    let near = nearest(text, parts.map(|thing| &*thing.name));
                    let path = &self.model.things[around].path;
                    return errors::unknown_part(text, path, near, at(item, *span));
                }
            }
        }
        errors::unknown_name(&item.tree.path_text(path), None, at(item, path.span()))
    }

    fn missing_first(&self, names: &[(&str, Span)], item: Item<'_>, scope: Option<ThingId>) -> Diagnostic {
        let Some((text, span)) = names.first() else {
            return errors::unknown_name("", None, item.place());
        };
        let place = at(item, *span);
        if *text == "self" {
            return errors::self_outside_a_kind(place);
        }
        if let Some(problem) = self.missing_in_package(names, item) {
            return problem;
        }
        let near = self.nearest_thing(&Frame::new(item, scope), text);
        let problem = errors::unknown_name(text, near.as_deref(), place);
        let words: Vec<&str> = names.iter().map(|(text, _)| *text).collect();
        self.about_packages(problem, &words.join("."), item)
    }

    /// What is wrong with a path that begins with a package which is used.
    pub(super) fn missing_in_package(&self, names: &[(&str, Span)], item: Item<'_>) -> Option<Diagnostic> {
        let (package, span) = names.first()?;
        self.model.packages.place_of_use(package)?;
        Some(match names.get(1) {
            None => errors::package_is_no_thing(package, at(item, *span)),
            Some((name, span)) => {
                let near = self.nearest_in_package(package, name);
                errors::not_in_package(package, name, near.as_deref(), at(item, *span))
            }
        })
    }

    pub(super) fn any_thing_quietly(
        &self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
    ) -> Option<ThingId> {
        let mut names = path.segments.iter().map(|name| item.tree.text(*name));
        let (first, used) = self.first_thing(scope, names.next()?, names.next())?;
        let mut rest = path.segments.iter().skip(used).map(|name| item.tree.text(*name));
        rest.try_fold(first, |thing, name| self.thing_inside(Some(thing), name))
    }

    /// The thing that a path begins with, and how many of its names that takes: a package and a name in it are two.
    pub(super) fn first_thing(
        &self,
        scope: Option<ThingId>,
        first: &str,
        second: Option<&str>,
    ) -> Option<(ThingId, usize)> {
        if let Some(thing) = self.thing_outward(scope, first) {
            return Some((thing, 1));
        }
        self.model.packages.place_of_use(first)?;
        let thing = self.thing_inside(None, &thing_of(first, second?))?;
        Some((thing, 2))
    }

    /// The thing that a path names, which must be one of `class`; `what` says what it is for.
    pub(super) fn thing_of(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
        class: &ThingType,
        what: &str,
    ) -> Option<ThingId> {
        let thing = self.any_thing(path, item, scope)?;
        if class.holds(&self.model, thing) {
            return Some(thing);
        }
        let (expected, found) = (self.describe(&Type::Thing(class.clone())), self.model.path(thing));
        self.problems.push(errors::wrong_end(what, &expected, &found, at(item, path.span())));
        None
    }

    /// The kind that a path names.
    pub(super) fn kind_named(&mut self, path: &ast::Path, item: Item<'_>) -> Option<KindId> {
        if let Some(kind) = self.kind_named_quietly(path, item) {
            return Some(kind);
        }
        let spelling = item.tree.path_text(path);
        let name = self.intern_text(&spelling);
        if self.model.index.enums.contains_key(&name) {
            self.problems.push(errors::enum_is_no_kind(&spelling, at(item, path.span())));
            return None;
        }
        let kinds = self.model.index.kinds.keys().map(|name| self.model.names.text(*name));
        let near = nearest(&spelling, kinds).map(str::to_owned);
        let problem = errors::unknown_kind(&spelling, near.as_deref(), at(item, path.span()));
        let problem = self.about_packages(problem, &spelling, item);
        self.problems.push(problem);
        None
    }

    /// The kind that a path names, if there is one; nothing is said where there is none.
    pub(super) fn kind_named_quietly(&self, path: &ast::Path, item: Item<'_>) -> Option<KindId> {
        let name = self.model.names.find(&composed(&item.tree.path_text(path)))?;
        self.model.index.kinds.get(&name).copied()
    }
}
