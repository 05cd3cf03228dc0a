//! Parts of kinds: declarations that every thing of a kind has, checked once on a thing that stands for all of them, and
//! made anew in each.
//!
//! In: the bodies of kinds, and things. Out: the [`Parts`] of kinds, and the parts of things as things of their own. Never: a
//! kind that contains itself, a part that is left behind among the things of the product.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect::{Collected, Item};
use super::deployments::clause_word;
use super::lower::{Lower, at};
use super::naming::{own_spelling, spelling_of};
use super::{Change, Keyword, KindId, Parts, Thing, ThingId, Value, errors};
use crate::base::{Id, Place};
use crate::syntax::ast::{ClauseKind, Entry};

/// A kind with parts.
struct Holder {
    place: Place,
    /// What its parts are, inherited ones included.
    holds: Vec<KindId>,
}

/// A thing with more parts than this was not meant: kinds of kinds of parts multiply.
const MOST_PARTS: usize = 1_000;

impl Lower {
    /// Checks the parts of every kind of the package, those first that others stand on, and makes them in every thing.
    pub(super) fn parts(&mut self, collected: &Collected<'_>) {
        let holders = self.holders(collected);
        let items: BTreeMap<KindId, Item<'_>> = collected.kinds.iter().copied().collect();
        let mut done = BTreeSet::new();
        for (id, _) in self.parents_first(collected) {
            self.parts_in_order(id, &items, &holders, &mut done);
        }
        self.refuse_endless_parts(&holders);
        for thing in &collected.things {
            self.make_parts(thing.thing);
        }
    }

    /// Kinds by what their parts are, as far as that can be told by names.
    fn holders(&self, collected: &Collected<'_>) -> BTreeMap<KindId, Holder> {
        let mut holders: BTreeMap<KindId, Holder> = BTreeMap::new();
        for (id, item) in self.parents_first(collected) {
            let parent = self.model.kinds[id].parent;
            let known = parent.and_then(|parent| holders.get(&parent)).map(|holder| holder.holds.clone());
            let mut holds = known.unwrap_or_default();
            self.kinds_inside(item, &mut holds);
            if !holds.is_empty() {
                holders.insert(id, Holder { place: item.place(), holds });
            }
        }
        holders
    }

    fn kinds_inside(&self, item: Item<'_>, holds: &mut Vec<KindId>) {
        for child in item.children() {
            holds.extend(child.get().kind.as_ref().and_then(|path| self.kind_named_quietly(path, child)));
            self.kinds_inside(child, holds);
        }
    }

    /// Checks a kind's parts after those of the kinds that it extends and holds.
    fn parts_in_order(
        &mut self,
        id: KindId,
        items: &BTreeMap<KindId, Item<'_>>,
        holders: &BTreeMap<KindId, Holder>,
        done: &mut BTreeSet<KindId>,
    ) {
        let Some(item) = items.get(&id).filter(|_| done.insert(id)) else { return };
        let held = holders.get(&id).map(|holder| holder.holds.clone()).unwrap_or_default();
        for other in self.model.kinds[id].parent.into_iter().chain(held) {
            self.parts_in_order(other, items, holders, done);
        }
        self.parts_of(id, *item);
    }

    /// Checks the parts of a kind on a thing that stands for all of its things.
    fn parts_of(&mut self, id: KindId, item: Item<'_>) {
        let inherited = self.model.kinds[id].parent.and_then(|parent| self.model.kinds[parent].parts.clone());
        self.kind_mut(id).parts = inherited;
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        if !entries.iter().any(|entry| matches!(entry, Entry::Decl(_) | Entry::Clause(_))) {
            return;
        }
        let stand_in = self.stand_in(id, item);
        let mut out = Collected::default();
        for child in item.children() {
            if IMPOSSIBLE.contains(&child.get().keyword) {
                let place = at(child, child.get().keyword_span);
                self.problems.push(errors::only_at_top(child.get().keyword.word(), place));
            } else {
                self.collect_thing(child, Some(stand_in), &mut out);
            }
        }
        self.thing_kinds(&out);
        for part in &out.things {
            self.make_parts(part.thing);
        }
        for part in &out.things {
            self.settle(*part);
            self.no_clauses(*part);
        }
        self.change_parts(entries, item, stand_in);
        let first = stand_in.index() + 1;
        let things: Vec<Thing> = self.model.things.iter().skip(first).cloned().collect();
        if things.len() > MOST_PARTS {
            self.problems.push(errors::too_many_parts(
                &self.model.kinds[id].name,
                things.len(),
                item.place(),
            ));
        } else {
            self.kind_mut(id).parts = Some(Arc::new(Parts { stand_in, things }));
        }
        self.forget_things_from(stand_in);
    }

    /// `with proxy { … }` in a kind changes a part that it inherits.
    fn change_parts(&mut self, entries: &[Entry], item: Item<'_>, stand_in: ThingId) {
        let mut changes = Vec::new();
        for entry in entries {
            let Entry::Clause(clause) = entry else { continue };
            match clause.kind {
                ClauseKind::With { .. } => {
                    self.clause_changes(clause, item, Some(stand_in), "a kind", &mut changes);
                }
                _ => self.problems.push(errors::clause_not_here(
                    clause_word(clause, item),
                    "a kind",
                    at(item, clause.keyword_span),
                )),
            }
        }
        for change in changes {
            let Change::Set(thing, name, setting) = change else { continue };
            if thing.index() < stand_in.index() {
                let path = self.model.path(thing);
                self.problems.push(errors::not_a_part(&path, setting.place));
                continue;
            }
            let settings = &mut self.model.things[thing].settings;
            match settings.binary_search_by_key(&name, |(name, _)| *name) {
                Ok(at) => settings.splice(at..=at, [(name, setting)]).for_each(drop),
                Err(at) => settings.insert(at, (name, setting)),
            }
        }
    }

    /// A thing that stands for every thing of the kind, called `self`, with the inherited parts in it.
    fn stand_in(&mut self, id: KindId, item: Item<'_>) -> ThingId {
        let name: Arc<str> = "self".into();
        let stand_in = self.model.things.push(Thing {
            keyword: self.model.kinds[id].root,
            kind: id,
            path: name.clone(),
            name: name.clone(),
            title: None,
            doc: "".into(),
            place: item.place(),
            whole: item.place(),
            parent: None,
            deployment: None,
            is_foreign: false,
            settings: Vec::new(),
        });
        let key = self.intern_text(&name);
        self.model.index.things.insert((Some(stand_in), key), stand_in);
        self.make_parts(stand_in);
        stand_in
    }

    /// Makes the parts that the kind of a thing has anew inside it.
    fn make_parts(&mut self, owner: ThingId) {
        let Thing { kind, path, deployment, is_foreign, place, whole, .. } = self.model.things[owner].clone();
        let Some(parts) = self.model.kinds[kind].parts.clone() else { return };
        let first = self.model.things.next_id();
        let here = |thing: ThingId| match thing.index().checked_sub(parts.stand_in.index()) {
            // Something that stands outside of the kind.
            None => thing,
            Some(0) => owner,
            Some(at) => ThingId::from_index(first.index() + at - 1),
        };
        for part in &parts.things {
            let inner = part.path.strip_prefix("self").unwrap_or(&part.path);
            // A part of a kind of somebody else's stands, for its author, where the thing stands.
            let is_own = part.place.file >= self.first_file;
            let made = Thing {
                path: format!("{path}{inner}").into(),
                parent: part.parent.map(here),
                deployment,
                is_foreign,
                place: if is_own { part.place } else { place },
                whole: if is_own { part.whole } else { whole },
                settings: part
                    .settings
                    .iter()
                    .cloned()
                    .map(|(name, mut setting)| {
                        setting.value = moved(&setting.value, &here);
                        (name, setting)
                    })
                    .collect(),
                ..part.clone()
            };
            let (parent, keyword, name) = (made.parent, made.keyword, made.name.clone());
            let made = self.model.things.push(made);
            let key = self.intern_text(&spelling_of(keyword, &name));
            if let Some(own) = self.model.index.things.insert((parent, key), made) {
                let own = self.model.things[own].place;
                self.problems.push(errors::declared_twice(keyword.word(), &name, own, part.place));
            }
        }
    }

    /// Takes stand-ins and their parts out of the model again.
    fn forget_things_from(&mut self, first: ThingId) {
        for at in first.index()..self.model.things.len() {
            let thing = ThingId::from_index(at);
            let Thing { parent, keyword, name, .. } = self.model.things[thing].clone();
            for spelling in [name.to_string(), own_spelling(keyword, &name)] {
                let key = self.intern_text(&spelling);
                self.model.index.things.remove(&(parent, key));
                self.model.index.things.remove(&(Some(thing), key));
            }
        }
        self.model.things.truncate(first.index());
    }

    /// Reports kinds whose things would hold things of the same kind without end.
    fn refuse_endless_parts(&mut self, holders: &BTreeMap<KindId, Holder>) {
        let mut reported: Vec<KindId> = Vec::new();
        // Parents first: a kind that inherits endless parts is not told off for them.
        let mut order: Vec<(&KindId, &Holder)> = holders.iter().collect();
        order.sort_by_key(|(kind, _)| self.model.kinds[**kind].lineage.len());
        for (kind, holder) in order {
            if reported.iter().any(|other| self.model.kinds[*kind].is_a(*other)) {
                continue;
            }
            if let Some(circle) = self.circle_of_parts(*kind, holders) {
                let names: Vec<Arc<str>> =
                    circle.iter().map(|kind| self.model.kinds[*kind].name.clone()).collect();
                self.problems.push(errors::contains_itself(&names, holder.place));
                reported.extend(circle);
            }
        }
        for kind in reported {
            self.kind_mut(kind).parts = None;
        }
    }

    /// The kinds from one through its parts back to itself. Only kinds with parts can be on the way.
    fn circle_of_parts(&self, start: KindId, holders: &BTreeMap<KindId, Holder>) -> Option<Vec<KindId>> {
        let mut came_from: BTreeMap<KindId, KindId> = BTreeMap::new();
        let mut open = vec![start];
        while let Some(kind) = open.pop() {
            for held in holders.get(&kind).iter().flat_map(|holder| &holder.holds) {
                if self.model.kinds[*held].is_a(start) {
                    let mut circle = vec![kind];
                    let mut last = kind;
                    while let Some(before) = came_from.get(&last).filter(|_| last != start) {
                        circle.push(*before);
                        last = *before;
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if holders.contains_key(held) && !came_from.contains_key(held) {
                    came_from.insert(*held, kind);
                    open.push(*held);
                }
            }
        }
        None
    }
}

/// A value with what stands for a thing of the kind replaced by the thing itself.
fn moved(value: &Value, here: &impl Fn(ThingId) -> ThingId) -> Value {
    match value {
        Value::Thing(thing) => Value::Thing(here(*thing)),
        Value::List(items) => Value::List(items.iter().map(|item| moved(item, here)).collect()),
        other => other.clone(),
    }
}

/// Declarations that are about the product as a whole and so cannot be a part of a thing.
const IMPOSSIBLE: [Keyword; 5] =
    [Keyword::Threat, Keyword::Accept, Keyword::Finding, Keyword::Run, Keyword::Assumption];
