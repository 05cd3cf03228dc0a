//! `override` of the vocabulary: other numbers for the values of an enum, other defaults for a kind.
//!
//! In: declarations with the modifier. Out: enums and kinds of other packages with those numbers, and a list of what was
//! changed, which outputs name. Never: a value or an attribute that was not there before.

use std::sync::Arc;

use super::collect::Item;
use super::lower::{Lower, at};
use super::packages::Overridden;
use super::{EnumId, KindId, Type, Value, errors};
use crate::base::{Place, nearest};
use crate::syntax::ast::{Attribute, Entry};

/// A number of the library, or of another package, that a package says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// `Difficulty.easy`, `control.Waf.class`, `opportunist.active`.
    pub name: Arc<str>,
    /// What it was; `None`: nothing stood in.
    pub was: Option<Value>,
    /// What it is now.
    pub now: Value,
    /// Where that is said.
    pub place: Place,
}

impl Lower {
    /// `override enum Difficulty { easy = 85% }`
    pub(super) fn override_enum(&mut self, item: Item<'_>) {
        let Some(path) = &item.get().name else {
            self.problems.push(errors::name_missing("enum", item.place()));
            return;
        };
        let spelling = item.tree.path_text(path);
        let name = self.intern_text(&spelling);
        let Some(of) = self.model.index.enums.get(&name).copied() else {
            let known = self.model.index.enums.keys().map(|name| self.model.names.text(*name));
            let near = nearest(&spelling, known).map(str::to_owned);
            let problem = errors::unknown_kind(&spelling, near.as_deref(), at(item, path.span()));
            let problem = self.about_packages(problem, &spelling, item);
            self.problems.push(problem);
            return;
        };
        let declared = self.model.enums[of].place;
        if declared.file >= self.first_file {
            self.problems.push(errors::override_of_own(&spelling, item.place(), declared));
            return;
        }
        for attribute in attributes(item) {
            self.override_value(of, attribute, item);
        }
    }

    fn override_value(&mut self, of: EnumId, attribute: &Attribute, item: Item<'_>) {
        let name = self.intern(item.tree, attribute.name);
        let place = at(item, item.tree.exprs[attribute.value].span);
        let Some(at_value) = self.model.enums[of].position(name) else {
            let declared = &self.model.enums[of];
            let known: Vec<&str> =
                declared.values.iter().map(|value| self.model.names.text(value.name)).collect();
            let text = item.tree.text(attribute.name);
            let near = nearest(text, known.iter().copied());
            let name_place = at(item, attribute.name.span);
            self.problems.push(errors::unknown_value(text, &declared.name, near, &known, name_place));
            return;
        };
        let Some(now @ Value::Percent(share)) = self.constant(attribute.value, &Type::Percent, item, None)
        else {
            return;
        };
        let enum_name = self.model.enums[of].name.clone();
        let values = &self.model.enums[of].values;
        let Some(was) = values.get(at_value as usize).and_then(|value| value.percent) else {
            self.problems.push(errors::value_without_number(
                item.tree.text(attribute.name),
                &enum_name,
                place,
            ));
            return;
        };
        if !self.may_override(Overridden::Value(of, name), name, place) {
            return;
        }
        if let Some(value) = self.model.enums[of].values.get_mut(at_value as usize) {
            value.percent = Some(share);
        }
        let name = format!("{enum_name}.{}", item.tree.text(attribute.name)).into();
        self.changed(Changed { name, was: Some(Value::Percent(was)), now, place });
    }

    /// `override kind control.Waf { class = weak }`: it holds for the kinds below that do not say otherwise themselves.
    pub(super) fn override_kind(&mut self, item: Item<'_>) {
        let Some(path) = &item.get().name else {
            self.problems.push(errors::name_missing("kind", item.place()));
            return;
        };
        let Some(kind) = self.kind_named(path, item) else { return };
        if let Some(declared) = self.model.kinds[kind].place.filter(|place| place.file >= self.first_file) {
            self.problems.push(errors::override_of_own(&item.tree.path_text(path), item.place(), declared));
            return;
        }
        for attribute in attributes(item) {
            self.override_default(kind, attribute, item);
        }
    }

    fn override_default(&mut self, kind: KindId, attribute: &Attribute, item: Item<'_>) {
        let name = self.intern(item.tree, attribute.name);
        let text = item.tree.text(attribute.name);
        let Some(declared) = self.model.kinds[kind].attributes.get(&name).cloned() else {
            self.unknown_attribute(text, &[kind], at(item, attribute.name.span));
            return;
        };
        let place = at(item, item.tree.exprs[attribute.value].span);
        let Some(now) = self.constant(attribute.value, &declared.ty, item, None) else { return };
        if !self.may_override(Overridden::Default(kind, name), name, place) {
            return;
        }
        let spoken_for = &self.model.kinds[kind].lineage;
        let follows = |other: KindId, model: &super::Model| {
            let below = &model.kinds[other];
            let says = below.attributes.get(&name).map(|attribute| attribute.said_by);
            below.is_a(kind) && says.is_some_and(|says| spoken_for.contains(&says))
        };
        let below: Vec<KindId> =
            self.model.kinds.ids().filter(|other| follows(*other, &self.model)).collect();
        for other in below {
            if let Some(attribute) = self.kind_mut(other).attributes.get_mut(&name) {
                attribute.default = Some(now.clone());
                attribute.derived = None;
                attribute.said_by = kind;
            }
        }
        let name = format!("{}.{text}", self.model.kinds[kind].name).into();
        self.changed(Changed { name, was: declared.default, now, place });
    }

    /// Notes a number that is no longer what the library says; only the last word on each stays.
    pub(super) fn changed(&mut self, changed: Changed) {
        let all = &mut self.model.changed;
        match all.iter_mut().find(|known| known.name == changed.name) {
            Some(known) => (known.now, known.place) = (changed.now, changed.place),
            None => all.push(changed),
        }
    }
}

fn attributes<'a>(item: Item<'a>) -> Vec<&'a Attribute> {
    let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
    let set = |entry: &'a Entry| match entry {
        Entry::Attribute(attribute) => Some(attribute),
        Entry::Field(_) | Entry::Decl(_) | Entry::Clause(_) => None,
    };
    entries.iter().filter_map(set).collect()
}
