//! Paths that name things, in headers, clauses and tests.
//!
//! In: a path and what is around it. Out: the thing. Never: a silent miss.

use super::check::Frame;
use super::collect::Item;
use super::lower::{Lower, at};
use super::{ThingId, ThingType, Type, errors};
use crate::base::{Diagnostic, nearest};
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
        let mut around: Option<ThingId> = None;
        for name in &path.segments {
            let text = item.tree.text(*name);
            let place = at(item, name.span);
            let found = match around {
                None => self.thing_outward(scope, text),
                Some(around) => self.thing_inside(Some(around), text),
            };
            match (found, around) {
                (Some(thing), _) => around = Some(thing),
                (None, None) if text == "self" => return errors::self_outside_a_kind(place),
                (None, None) => {
                    let near = self.nearest_thing(&Frame::new(item, scope), text);
                    return errors::unknown_name(text, near.as_deref(), place);
                }
                (None, Some(around)) => {
                    let parts = self.model.things.iter().filter(|thing| thing.parent == Some(around));
                    let near = nearest(text, parts.map(|thing| &*thing.name));
                    return errors::unknown_part(text, &self.model.things[around].path, near, place);
                }
            }
        }
        errors::unknown_name(&item.tree.path_text(path), None, at(item, path.span()))
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
