//! Paths that name things, in headers, clauses and tests.
//!
//! In: a path and what is around it. Out: the thing. Never: a silent miss.

use super::check::Frame;
use super::collect::Item;
use super::lower::{Lower, at};
use super::{ThingId, ThingType, Type, errors};
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
            if let Some(name) = path.segments.first().filter(|name| item.tree.text(**name) == "self") {
                self.problems.push(errors::self_outside_a_kind(at(item, name.span)));
                return None;
            }
            let first = path.segments.first().map_or("", |name| item.tree.text(*name));
            let frame = Frame::new(item, scope);
            let near = self.nearest_thing(&frame, first);
            let (spelling, span) = match near {
                Some(_) => (first.to_owned(), path.segments.first().map_or(path.span(), |name| name.span)),
                None => (item.tree.path_text(path), path.span()),
            };
            self.problems.push(errors::unknown_name(&spelling, near.as_deref(), at(item, span)));
        }
        found
    }

    pub(super) fn any_thing_quietly(
        &self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
    ) -> Option<ThingId> {
        let (first, rest) = path.segments.split_first()?;
        let mut thing = self.thing_outward(scope, item.tree.text(*first))?;
        for name in rest {
            thing = self.thing_inside(Some(thing), item.tree.text(*name))?;
        }
        Some(thing)
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
}
