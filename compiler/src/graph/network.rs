//! What the network lets through: walls, and the openings in them.
//!
//! In: zones, flows and openings. Out: whether something gets to a thing. Never: a flow that is dropped because nothing
//! admits it; that is for a lint to say.
//!
//! A zone is a wall around what is in it, unless it says that it is none. An opening that ends at a thing opens every wall
//! around it; one that ends at a zone opens that zone and those around it, and leaves the walls inside shut. All walls on
//! the way must be open, and of those that ask for one of several, one.

use super::eval::Stance;
use super::services::Traffic;
use super::{Product, Truth};
use crate::base::Name;
use crate::model::{Keyword, ThingId, Value};

impl Product {
    /// Whether the ends of a flow differ in trust.
    pub fn crosses(&self, flow: ThingId, stance: Stance) -> Truth {
        let words = &self.model.words;
        let trust = |end| self.trust(self.reference(flow, end)?, stance);
        match (trust(words.from), trust(words.to)) {
            (Some(from), Some(to)) => Truth::from(from != to),
            _ => Truth::Unknown,
        }
    }

    /// Whether the network lets a flow through. It does wherever the deployment states no opening at all.
    pub fn admitted(&self, flow: ThingId) -> Truth {
        let words = &self.model.words;
        let ends = (self.reference(flow, words.from), self.reference(flow, words.to));
        let (Some(from), Some(to)) = ends else { return Truth::True };
        if self.things(Keyword::Allow).is_empty() || self.are_neighbours(from, to) {
            return Truth::True;
        }
        self.passes(&Value::Thing(from), to, self.traffic(flow))
    }

    /// Whether one thing sees another in a network of both: what is no wall does not part them, a filter around each does.
    fn are_neighbours(&self, from: ThingId, to: ThingId) -> bool {
        self.shared_network(from, to).is_some()
    }

    /// The network in which one thing sees another.
    pub(super) fn shared_network(&self, from: ThingId, to: ThingId) -> Option<ThingId> {
        let networks = |thing: ThingId| -> Vec<ThingId> {
            let zones = self.zones(thing).into_iter();
            let is_wall = |zone: &ThingId| self.admission(*zone) != Admission::Free;
            zones.filter_map(|zone| self.outward(zone).find(is_wall)).collect()
        };
        let is_filtered = self.all_zones(to).into_iter().any(|zone| self.admission(zone) == Admission::Some);
        let of_to = networks(to);
        networks(from).into_iter().find(|zone| !is_filtered && of_to.contains(zone))
    }

    /// Whether some traffic from what an end of an opening stands for gets to a thing.
    pub(super) fn passes(&self, from: &Value, to: ThingId, traffic: Traffic) -> Truth {
        let open: Vec<(Value, Truth)> = self
            .openings_into(to)
            .into_iter()
            .map(|(allow, ends_there)| {
                let starts_there = self.takes_in_end(&self.end(allow, self.model.words.from), from);
                let lets = ends_there.and(starts_there).and(self.lets(allow, traffic));
                (self.end(allow, self.model.words.to), lets)
            })
            .filter(|(_, lets)| *lets != Truth::False)
            .collect();
        let any = |opens: &dyn Fn(&Value) -> bool| {
            let lets = open.iter().filter(|(end, _)| opens(end)).map(|(_, lets)| *lets);
            lets.fold(Truth::False, Truth::or)
        };
        let walls = self.walls(from, to);
        let through = |wall: ThingId| any(&|end| self.opens_wall(end, to, wall));
        let (of_several, each): (Vec<ThingId>, Vec<ThingId>) =
            walls.into_iter().partition(|wall| self.admission(*wall) == Admission::Some);
        let one = of_several.iter().map(|wall| through(*wall)).reduce(Truth::or).unwrap_or(Truth::True);
        let all = each.into_iter().map(through).fold(Truth::True, Truth::and);
        any(&|_| true).and(one).and(all)
    }

    /// The zones around a thing that somebody elsewhere has to get into.
    pub(super) fn walls(&self, from: &Value, to: ThingId) -> Vec<ThingId> {
        let is_inside = |zone: ThingId| match from {
            Value::Thing(from) => *from == zone || self.all_zones(*from).contains(&zone),
            Value::Network(network) => self.holds_network(zone, *network) == Truth::True,
            _ => false,
        };
        let around = self.all_zones(to).into_iter();
        around
            .filter(|zone| match self.admission(*zone) {
                Admission::Free => false,
                Admission::Some => true,
                Admission::Every => !is_inside(*zone),
            })
            .collect()
    }

    /// Whether an opening that ends somewhere opens a wall around a thing.
    pub(super) fn opens_wall(&self, end: &Value, to: ThingId, wall: ThingId) -> bool {
        match end {
            Value::Thing(end) if self.is(*end, Keyword::Zone) && self.all_zones(to).contains(end) => {
                self.outward(*end).any(|around| around == wall)
            }
            _ => true,
        }
    }

    pub(super) fn admission(&self, zone: ThingId) -> Admission {
        let words = &self.model.words;
        match self.word(zone, words.admits) {
            Some(word) if word == words.some => Admission::Some,
            Some(word) if word == words.free => Admission::Free,
            _ => Admission::Every,
        }
    }

    /// What an opening says of one of its ends.
    pub(super) fn end(&self, allow: ThingId, end: Name) -> Value {
        self.read(allow, end).value
    }

    /// The openings that may end at a thing: at it, at what it is a part of, at a zone around it, at a network.
    pub(super) fn openings_into(&self, thing: ThingId) -> Vec<(ThingId, Truth)> {
        let parts = std::iter::successors(Some(thing), |next| self.model.things[*next].parent);
        let ends = parts.chain(self.all_zones(thing)).chain(self.model.anywhere);
        let named = ends.flat_map(|end| self.openings_to(end)).map(|allow| (*allow, Truth::True));
        let to_network = self
            .openings_to_networks()
            .iter()
            .map(|allow| (*allow, self.takes_in(&self.end(*allow, self.model.words.to), thing)));
        let mut openings: Vec<(ThingId, Truth)> =
            named.chain(to_network).filter(|(_, ends_there)| *ends_there != Truth::False).collect();
        openings.sort_by_key(|(allow, _)| *allow);
        openings.dedup_by_key(|(allow, _)| *allow);
        openings
    }
}

/// What a zone asks of traffic into it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// It must be let in here.
    Every,
    /// It must be let in here or by another one of this sort.
    Some,
    /// Nothing: the zone is no wall.
    Free,
}
