//! What is asked again and again, worked out once: things by what their attributes hold, and what flows lead to.
//!
//! In: a product. Out: indexes, made when they are first asked for. Never: a change of any answer; only of what it costs.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::eval::Stance;
use super::{Product, Truth};
use crate::base::Name;
use crate::base::fault::{self, Fault};
use crate::model::{Keyword, ThingId, Value};

/// Things by something that they hold, each list in order of declaration.
pub type Holders = FxHashMap<ThingId, Vec<ThingId>>;

/// A set of things, one bit each.
type Bits = Arc<[u64]>;

/// What an opening lets through to, and how surely.
type Targets = Arc<[(ThingId, Truth)]>;

/// The indexes of one product.
#[derive(Debug, Default)]
pub struct Indexes {
    holders: RwLock<FxHashMap<Name, Arc<Holders>>>,
    handlers: OnceLock<Holders>,
    reached: RwLock<FxHashMap<ThingId, Bits>>,
    openings: OnceLock<Openings>,
    targets: RwLock<FxHashMap<ThingId, Targets>>,
    parts: OnceLock<Holders>,
    pub(super) closures: super::takeover::Closures,
}

/// The openings by where they end.
#[derive(Debug, Default)]
struct Openings {
    at_things: Holders,
    at_networks: Vec<ThingId>,
}

/// A copy works its indexes out anew: what it is a copy of may be changed next.
impl Clone for Indexes {
    fn clone(&self) -> Indexes {
        Indexes::default()
    }
}

impl Product {
    /// Things by what an attribute of theirs holds, defaults filled in.
    pub fn holders(&self, name: Name) -> Arc<Holders> {
        let known = self.indexes.holders.read().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        known.unwrap_or_else(|| {
            let mut holders = Holders::default();
            for thing in self.all() {
                for held in self.references(thing, name) {
                    holders.entry(held).or_default().push(thing);
                }
            }
            let holders = Arc::new(holders);
            let mut all = self.indexes.holders.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(name).or_insert(holders).clone()
        })
    }

    /// The components and integrations that handle a data asset, defaults filled in.
    pub fn handlers_of(&self, data: ThingId) -> &[ThingId] {
        let handlers = self.indexes.handlers.get_or_init(|| {
            let mut handlers = Holders::default();
            for keyword in [Keyword::Component, Keyword::Integration] {
                for thing in self.things(keyword) {
                    for data in self.handles(*thing, Stance::Filled).things {
                        handlers.entry(data).or_default().push(*thing);
                    }
                }
            }
            handlers
        });
        handlers.get(&data).map_or(&[], Vec::as_slice)
    }

    /// The openings that end at exactly this thing or zone.
    pub(super) fn openings_to(&self, end: ThingId) -> &[ThingId] {
        self.openings().at_things.get(&end).map_or(&[], Vec::as_slice)
    }

    /// The openings that end at some network.
    pub(super) fn openings_to_networks(&self) -> &[ThingId] {
        &self.openings().at_networks
    }

    fn openings(&self) -> &Openings {
        self.indexes.openings.get_or_init(|| {
            let mut openings = Openings::default();
            let all = self.things(Keyword::Allow);
            let lost = if fault::is(Fault::LastOpeningCounts) { all.len().saturating_sub(1) } else { 0 };
            for allow in all.iter().skip(lost) {
                match self.read(*allow, self.model.words.to).value {
                    Value::Thing(end) => openings.at_things.entry(end).or_default().push(*allow),
                    Value::Network(_) => openings.at_networks.push(*allow),
                    _ => {}
                }
            }
            openings
        })
    }

    /// What an opening lets through to, found once.
    pub(super) fn gets_to(&self, allow: ThingId, find: impl FnOnce() -> Vec<(ThingId, Truth)>) -> Targets {
        let known = self.indexes.targets.read().unwrap_or_else(PoisonError::into_inner).get(&allow).cloned();
        known.unwrap_or_else(|| {
            let found: Targets = find().into();
            let mut all = self.indexes.targets.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(allow).or_insert(found).clone()
        })
    }

    /// A component or integration, and the components that are parts of it, however deep.
    pub(super) fn with_parts(&self, thing: ThingId) -> Vec<ThingId> {
        let mut found = vec![thing];
        let mut open = vec![thing];
        while let Some(next) = open.pop() {
            let inside = self.parts_of(next);
            found.extend(inside);
            open.extend(inside);
        }
        found
    }

    /// What is declared directly inside a component.
    pub(super) fn parts_of(&self, whole: ThingId) -> &[ThingId] {
        let parts = self.indexes.parts.get_or_init(|| {
            let mut parts = Holders::default();
            for part in self.things(Keyword::Component) {
                if let Some(whole) = self.model.things[*part].parent {
                    parts.entry(whole).or_default().push(*part);
                }
            }
            parts
        });
        parts.get(&whole).map_or(&[], Vec::as_slice)
    }

    /// Whether declared flows lead from one thing to another.
    pub fn reaches(&self, from: ThingId, to: ThingId, avoiding: Option<ThingId>) -> bool {
        if avoiding.is_some() {
            return self.reached_from(from, avoiding).contains(&to);
        }
        let (word, bit) = place_of(to);
        self.reached_bits(from).get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn reached_bits(&self, from: ThingId) -> Bits {
        let known = self.indexes.reached.read().unwrap_or_else(PoisonError::into_inner).get(&from).cloned();
        known.unwrap_or_else(|| {
            let mut bits = vec![0_u64; self.model.things.len().div_ceil(64)];
            for thing in self.reached_from(from, None) {
                let (word, bit) = place_of(thing);
                if let Some(bits) = bits.get_mut(word) {
                    *bits |= bit;
                }
            }
            let bits: Bits = bits.into();
            let mut all = self.indexes.reached.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(from).or_insert(bits).clone()
        })
    }
}

/// The word and the bit of a thing.
fn place_of(thing: ThingId) -> (usize, u64) {
    use crate::base::Id;
    (thing.index() / 64, 1 << (thing.index() % 64))
}
