//! What bodies say: attributes, each of the type that its kind declares.
//!
//! In: the entries of a body and the kinds that apply. Out: [`Setting`]s. Never: an attribute that nobody declared.

use super::collect::Item;
use super::lower::{Lower, at};
use super::{Keyword, KindId, Setting, Source, ThingId, Type, errors};
use crate::base::{Name, Span};
use crate::syntax::ast::Entry;

impl Lower {
    /// The attributes that a body sets, on top of what is set already.
    pub(super) fn body_settings(
        &mut self,
        item: Item<'_>,
        kinds: &[KindId],
        scope: Option<ThingId>,
        settings: &mut Vec<(Name, Setting)>,
    ) {
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        self.entry_settings(entries, item, kinds, scope, settings);
    }

    /// The kinds whose attributes may be set on a thing: its own, and for a placement that of the component placed.
    pub(super) fn kinds_of(&self, thing: ThingId, placed: Option<ThingId>) -> Vec<KindId> {
        std::iter::once(thing).chain(placed).map(|thing| self.model.things[thing].kind).collect()
    }

    pub(super) fn entry_settings(
        &mut self,
        entries: &[Entry],
        item: Item<'_>,
        kinds: &[KindId],
        scope: Option<ThingId>,
        settings: &mut Vec<(Name, Setting)>,
    ) {
        let Some(kind) = kinds.first().copied() else { return };
        for entry in entries {
            let attribute = match entry {
                Entry::Attribute(attribute) => attribute,
                Entry::Field(field) => {
                    let place = at(item, Span::new(field.name.span.hi, field.ty.span.lo));
                    self.problems.push(errors::colon_in_thing(place));
                    continue;
                }
                Entry::Decl(_) | Entry::Clause(_) => continue,
            };
            let name = self.intern(item.tree, attribute.name);
            let name_place = at(item, attribute.name.span);
            if let Some((_, first)) = settings.iter().find(|(other, _)| *other == name) {
                let text = item.tree.text(attribute.name);
                self.problems.push(errors::set_twice(text, name_place, first.place));
                continue;
            }
            let root = self.model.kinds[kind].root;
            let declared = kinds.iter().find_map(|kind| self.model.kinds[*kind].attributes.get(&name));
            let declared = declared.map(|attribute| attribute.ty.clone());
            let Some(ty) = declared.or_else(|| self.settable(root, name)) else {
                self.unknown_attribute(item.tree.text(attribute.name), kinds, name_place);
                continue;
            };
            let words = &self.model.words;
            if root == Keyword::View && name == words.include {
                continue;
            }
            if let Some(value) = self.constant(attribute.value, &ty, item, scope) {
                let place = at(item, item.tree.exprs[attribute.value].span);
                settings.push((name, Setting { value, place, source: Source::Declared }));
            }
        }
    }

    /// Built-in attributes that a body may set.
    fn settable(&mut self, keyword: Keyword, name: Name) -> Option<Type> {
        let words = &self.model.words;
        let allowed = [words.carries, words.returns, words.include];
        allowed.contains(&name).then(|| self.structural(keyword, name)).flatten()
    }
}
