//! What a picture shows by itself, and what it folds into something else so that it stays readable.
//!
//! In: the things that somebody wants to see. Out: a [`Selection`]. Never: a thing that vanishes; whatever is folded counts
//! where it went.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Product;
use crate::model::{Keyword, ThingId};

/// Beyond this many nodes nobody reads a picture.
const MOST: usize = 30;

/// What somebody wants to see.
#[derive(Default)]
pub(super) struct Wish {
    /// Everything, parts that kinds made included.
    pub all: BTreeSet<ThingId>,
    /// Those asked for by themselves: of parts that kinds made, only these do not fold.
    pub themselves: BTreeSet<ThingId>,
    /// Those that do not fold however large the picture is.
    pub fixed: BTreeSet<ThingId>,
    /// How many flows away from it something may be to be shown as well.
    pub neighbours: usize,
}

/// Parties that a picture shows, and what stands for those that it folds.
pub(super) struct Selection<'a> {
    product: &'a Product,
    /// Parties, and zones that stand for what is in them.
    pub shown: BTreeSet<ThingId>,
    /// Those that are only shown because of others.
    pub neighbours: BTreeSet<ThingId>,
    /// What was folded, and where it went.
    folded: BTreeMap<ThingId, ThingId>,
}

impl<'a> Selection<'a> {
    /// Shows what is wished for: parts that kinds made fold into their thing, the rest until the picture is readable.
    pub fn new(product: &'a Product, wish: &Wish) -> Selection<'a> {
        let unfolded = |things: &BTreeSet<ThingId>| -> BTreeSet<ThingId> {
            things.iter().map(|thing| maker_of(product, *thing, &wish.themselves)).collect()
        };
        let (shown, fixed) = (unfolded(&wish.all), unfolded(&wish.fixed));
        let mut selection =
            Selection { product, shown, neighbours: BTreeSet::new(), folded: BTreeMap::new() };
        for _ in 0..wish.neighbours {
            if !selection.add_neighbours() {
                break;
            }
        }
        while selection.shown.len() > MOST && selection.fold_parts(&fixed) {}
        while selection.shown.len() > MOST && selection.fold_a_zone(&fixed) {}
        selection
    }

    /// Adds what flows lead to or from, as far as the picture shows their other end; says whether there was anything.
    fn add_neighbours(&mut self) -> bool {
        let words = &self.product.model.words;
        let mut found = BTreeSet::new();
        for flow in self.product.things(Keyword::Flow) {
            let end = |name| self.product.reference(*flow, name);
            let (Some(from), Some(to)) = (end(words.from), end(words.to)) else { continue };
            match (self.standing_for(from), self.standing_for(to)) {
                (Some(_), None) => found.insert(to),
                (None, Some(_)) => found.insert(from),
                _ => false,
            };
        }
        let before = self.shown.len();
        for thing in found.into_iter().filter(|thing| is_party(self.product, *thing)) {
            let neighbour = maker_of(self.product, thing, &BTreeSet::new());
            if self.shown.insert(neighbour) {
                self.neighbours.insert(neighbour);
            }
        }
        self.shown.len() > before
    }

    /// What stands for a thing in the picture: itself, what it was folded into, or what it is a part of.
    pub fn standing_for(&self, thing: ThingId) -> Option<ThingId> {
        let mut next = Some(thing);
        while let Some(thing) = next {
            if self.shown.contains(&thing) {
                return Some(thing);
            }
            next = self.folded.get(&thing).copied().or_else(|| part_of(self.product, thing));
        }
        None
    }

    /// Everything that each shown thing stands for, itself included.
    pub fn groups(&self) -> BTreeMap<ThingId, Vec<ThingId>> {
        let mut groups: BTreeMap<ThingId, Vec<ThingId>> = BTreeMap::new();
        for thing in parties(self.product) {
            if let Some(shown) = self.standing_for(thing) {
                groups.entry(shown).or_default().push(thing);
            }
        }
        groups
    }

    /// Folds the innermost parts into what they are parts of.
    fn fold_parts(&mut self, fixed: &BTreeSet<ThingId>) -> bool {
        let depth = |thing: ThingId| {
            std::iter::successors(part_of(self.product, thing), |&outer| part_of(self.product, outer)).count()
        };
        let free =
            self.shown.iter().filter(|thing| !fixed.contains(thing)).map(|&thing| (depth(thing), thing));
        let free: Vec<(usize, ThingId)> = free.filter(|(depth, _)| *depth > 0).collect();
        let Some(deepest) = free.iter().map(|(depth, _)| *depth).max() else { return false };
        for (_, part) in free.into_iter().filter(|(depth, _)| *depth == deepest) {
            if let Some(whole) = part_of(self.product, part) {
                self.fold(part, whole);
            }
        }
        true
    }

    /// Folds what stands in the innermost zone that holds most into the zone.
    fn fold_a_zone(&mut self, fixed: &BTreeSet<ThingId>) -> bool {
        let mut members: BTreeMap<ThingId, Vec<ThingId>> = BTreeMap::new();
        for &thing in &self.shown {
            let zone = self.product.zones(thing).into_iter().find(|zone| {
                self.product.model.things[*zone].keyword == Keyword::Zone
                    && Some(*zone) != self.product.model.internet
            });
            if let Some(zone) = zone {
                members.entry(zone).or_default().push(thing);
            }
        }
        let holds_fixed = |things: &[ThingId]| things.iter().any(|thing| fixed.contains(thing));
        let foldable = members.iter().filter(|(_, things)| things.len() > 1 && !holds_fixed(things));
        let deep = |zone: ThingId| self.product.outward(zone).count();
        let best =
            foldable.max_by_key(|(zone, things)| (deep(**zone), things.len(), std::cmp::Reverse(**zone)));
        let Some((&zone, things)) = best else { return false };
        for thing in things.clone() {
            self.fold(thing, zone);
        }
        true
    }

    fn fold(&mut self, thing: ThingId, into: ThingId) {
        self.shown.remove(&thing);
        self.shown.insert(into);
        self.folded.insert(thing, into);
    }
}

/// Everything that can be a node: components, integrations, actors.
pub(super) fn parties(product: &Product) -> impl Iterator<Item = ThingId> {
    let keywords = [Keyword::Component, Keyword::Integration, Keyword::Actor];
    keywords.into_iter().flat_map(|keyword| product.things(keyword).iter().copied())
}

/// Whether a thing can be a node.
pub(super) fn is_party(product: &Product, thing: ThingId) -> bool {
    let keyword = product.model.things[thing].keyword;
    product.has(thing) && matches!(keyword, Keyword::Component | Keyword::Integration | Keyword::Actor)
}

/// The component that a component is a part of.
pub(super) fn part_of(product: &Product, thing: ThingId) -> Option<ThingId> {
    let parent = product.model.things[thing].parent?;
    (is_party(product, thing) && is_party(product, parent)).then_some(parent)
}

/// The thing itself, or what a kind made it a part of, unless it is one of some that are wanted by themselves.
fn maker_of(product: &Product, thing: ThingId, themselves: &BTreeSet<ThingId>) -> ThingId {
    let mut thing = thing;
    while product.model.is_made(thing)
        && !themselves.contains(&thing)
        && let Some(whole) = part_of(product, thing)
    {
        thing = whole;
    }
    thing
}

/// A component, and everything in it.
pub(super) fn with_parts(product: &Product, whole: ThingId) -> BTreeSet<ThingId> {
    let is_inside = |thing: &ThingId| {
        std::iter::successors(Some(*thing), |inner| part_of(product, *inner)).any(|outer| outer == whole)
    };
    parties(product).filter(is_inside).collect()
}

/// The parties behind whatever somebody names: the ends of a flow, what lies in a zone, what a finding is on, what handles
/// data, what acts under an identity.
pub(super) fn parties_of(product: &Product, thing: ThingId) -> Vec<ThingId> {
    let words = &product.model.words;
    let ends = |names: &[crate::base::Name]| {
        let ends = names.iter().filter_map(|name| product.reference(thing, *name));
        ends.filter(|end| is_party(product, *end)).collect()
    };
    match product.model.things[thing].keyword {
        Keyword::Component | Keyword::Integration | Keyword::Actor => {
            Some(thing).filter(|thing| is_party(product, *thing)).into_iter().collect()
        }
        Keyword::Flow => ends(&[words.from, words.to]),
        Keyword::Data => product.handlers_of(thing).to_vec(),
        Keyword::Identity => {
            let acting = product.holders(words.runs_as);
            let acting = acting.get(&thing).into_iter().flatten().copied();
            acting.filter(|party| is_party(product, *party)).collect()
        }
        Keyword::Run => ends(&[words.component]),
        Keyword::Finding => ends(&[words.on]),
        Keyword::Zone | Keyword::Deployment => {
            product.members(thing).into_iter().filter(|member| is_party(product, *member)).collect()
        }
        _ => Vec::new(),
    }
}
