//! Parts of kinds: declarations that every thing of a kind has, checked once on a thing that stands for all of them.
//!
//! In: the bodies of kinds. Out: [`Part`]s with checked names and types. Never: a kind that contains itself, a part that
//! is left behind among the things of the product.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::collect::{Collected, Item, ThingItem};
use super::deployments::clause_word;
use super::lower::{Lower, at};
use super::naming::own_spelling;
use super::{Keyword, KindId, Part, Thing, ThingId, errors};
use crate::base::{Id, Place};
use crate::syntax::ast::{ClauseKind, Entry};

/// A kind with parts.
struct Holder {
    place: Place,
    /// What its parts are, inherited ones and parts of parts included.
    holds: Vec<KindId>,
}

impl Lower {
    /// Checks the parts of every kind of the package, parents first, so that inherited parts have names.
    pub(super) fn parts(&mut self, collected: &Collected<'_>) {
        let mut holders: BTreeMap<KindId, Holder> = BTreeMap::new();
        for (id, item) in self.parents_first(collected) {
            let parent = self.model.kinds[id].parent;
            let inherited = parent.map(|parent| self.model.kinds[parent].parts.clone()).unwrap_or_default();
            let known = parent.and_then(|parent| holders.get(&parent)).map(|holder| holder.holds.clone());
            let mut holds = known.unwrap_or_else(|| inherited.iter().map(|part| part.kind).collect());
            self.kind_mut(id).parts = inherited;
            holds.extend(self.parts_of(id, item));
            if !holds.is_empty() {
                holders.insert(id, Holder { place: item.place(), holds });
            }
        }
        self.refuse_endless_parts(&holders);
    }

    /// Checks the own parts of a kind; says which kinds they are of, parts of parts included.
    fn parts_of(&mut self, id: KindId, item: Item<'_>) -> Vec<KindId> {
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        if !entries.iter().any(|entry| matches!(entry, Entry::Decl(_) | Entry::Clause(_))) {
            return Vec::new();
        }
        let first = self.model.things.next_id();
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
            self.settle(*part);
            self.no_clauses(*part);
        }
        for entry in entries {
            let Entry::Clause(clause) = entry else { continue };
            match clause.kind {
                ClauseKind::With { .. } => {
                    self.clause_changes(clause, item, Some(stand_in), "a kind", &mut Vec::new());
                }
                _ => self.problems.push(errors::clause_not_here(
                    clause_word(clause, item),
                    "a kind",
                    at(item, clause.keyword_span),
                )),
            }
        }
        let own = out.things.iter().filter(|part| self.model.things[part.thing].parent == Some(stand_in));
        let own: Vec<Part> = own.map(|part| self.part(part)).collect();
        self.kind_mut(id).parts.extend(own);
        let holds = out.things.iter().map(|part| self.model.things[part.thing].kind).collect();
        self.forget_things_from(first);
        holds
    }

    fn part(&self, ThingItem { thing, item, .. }: &ThingItem<'_>) -> Part {
        let thing = &self.model.things[*thing];
        Part {
            keyword: thing.keyword,
            kind: thing.kind,
            name: thing.name.clone(),
            place: thing.place,
            decl: item.decl,
        }
    }

    /// A thing that stands for every thing of the kind, called `self`, with the inherited parts in it.
    fn stand_in(&mut self, id: KindId, item: Item<'_>) -> ThingId {
        let kind = self.model.kinds[id].clone();
        let thing =
            |keyword: Keyword, kind: KindId, name: &Arc<str>, parent: Option<ThingId>, place: Place| Thing {
                keyword,
                kind,
                path: name.clone(),
                name: name.clone(),
                title: None,
                doc: "".into(),
                place,
                whole: place,
                parent,
                deployment: None,
                is_foreign: false,
                settings: Vec::new(),
            };
        let name: Arc<str> = "self".into();
        let stand_in = self.model.things.push(thing(kind.root, id, &name, None, item.place()));
        let key = self.intern_text(&name);
        self.model.index.things.insert((Some(stand_in), key), stand_in);
        for part in &kind.parts {
            let made = thing(part.keyword, part.kind, &part.name, Some(stand_in), part.place);
            let made = self.model.things.push(made);
            let key = self.intern_text(&part.name);
            self.model.index.things.insert((Some(stand_in), key), made);
        }
        stand_in
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
            self.kind_mut(kind).parts.clear();
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

/// Declarations that are about the product as a whole and so cannot be a part of a thing.
const IMPOSSIBLE: [Keyword; 5] =
    [Keyword::Threat, Keyword::Accept, Keyword::Finding, Keyword::Run, Keyword::Assumption];
