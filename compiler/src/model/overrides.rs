//! `override`: what a package says otherwise of things that the standard library or another package declares.
//!
//! In: declarations with the modifier. Out: settings of those things. Never: two packages that say otherwise of one
//! attribute where neither stands on the other: nobody could tell who is right.

use super::collect::Item;
use super::lower::{Lower, at};
use super::numbers::Changed;
use super::packages::{Overridden, Override};
use super::{Value, errors, is_declared_as};
use crate::base::{Name, Place};

impl Lower {
    /// `override attacker opportunist { … }`
    pub(super) fn override_thing(&mut self, item: Item<'_>) {
        let keyword = item.get().keyword;
        let Some(path) = &item.get().name else {
            self.problems.push(errors::name_missing(keyword.word(), item.place()));
            return;
        };
        let Some(thing) = self.any_thing(path, item, None) else { return };
        if self.is_own(thing) {
            let place = self.model.things[thing].place;
            self.problems.push(errors::override_of_own(&item.tree.path_text(path), item.place(), place));
            return;
        }
        if !is_declared_as(self.model.things[thing].keyword, keyword) {
            let (expected, found) = (errors::article(keyword.word()), self.model.path(thing));
            let place = at(item, path.span());
            self.problems.push(errors::wrong_end("what is overridden", &expected, &found, place));
            return;
        }
        let kinds = self.kinds_of(thing, None);
        let mut settings = Vec::new();
        self.body_settings(item, &kinds, Some(thing), &mut settings);
        settings.retain(|(name, setting)| {
            self.may_override(Overridden::Attribute(thing, *name), *name, setting.place)
        });
        for (name, setting) in &settings {
            if matches!(setting.value, Value::Percent(_)) {
                let default = self.model.kinds[self.model.things[thing].kind].attributes.get(name);
                let said = self.model.things[thing].setting(*name).map(|setting| setting.value.clone());
                let was = said.or_else(|| default.and_then(|attribute| attribute.default.clone()));
                let name = self.model.attribute_path((thing, *name)).into();
                self.changed(Changed { name, was, now: setting.value.clone(), place: setting.place });
            }
        }
        let target = &mut self.model.things[thing].settings;
        target.retain(|(name, _)| !settings.iter().any(|(other, _)| other == name));
        target.append(&mut settings);
        target.sort_by_key(|(name, _)| *name);
    }

    /// Whether nobody else has overridden it, or only a package that this one stands on.
    pub(super) fn may_override(&mut self, what: Overridden, name: Name, place: Place) -> bool {
        let packages = &mut self.model.packages;
        let reader = packages.reader.name.clone();
        let known = packages.overridden.get(&what);
        if let Some(known) = known.filter(|known| !packages.stands_on(known.by.as_deref())) {
            let spelling = self.model.names.text(name);
            let problem = errors::set_twice(spelling, place, known.place);
            self.problems.push(match &known.by {
                Some(other) if known.by != reader => problem.help(format!(
                    "the package `{other}` overrides it too, and neither package stands on the other"
                )),
                _ => problem,
            });
            return false;
        }
        packages.overridden.insert(what, Override { by: reader, place });
        true
    }
}
