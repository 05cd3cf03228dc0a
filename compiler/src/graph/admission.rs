//! Why a flow is let through, and why it crosses into another trust.
//!
//! In: a flow that is admitted or crosses. Out: the [`Hop`]s that say so. Never: an opening that lets the flow through no
//! wall that others leave shut; a hop for what is not so.

use super::network::Admission;
use super::proof::{Hop, How};
use super::{Product, Stance, Truth};
use crate::model::{Keyword, ThingId, Value};

impl Product {
    /// What lets a flow through: the openings, the network that its ends share, or that no opening is stated.
    pub fn why_admitted(&self, flow: ThingId) -> Option<Vec<Hop>> {
        let words = &self.model.words;
        let (from, to) = (self.reference(flow, words.from)?, self.reference(flow, words.to)?);
        let place = |thing: ThingId| self.model.things[thing].place;
        if self.things(Keyword::Allow).is_empty() {
            let deployment = self.deployment?;
            return Some(vec![Hop::new(deployment, How::LetsAllThrough, flow, place(deployment))]);
        }
        if let Some(network) = self.shared_network(from, to) {
            return Some(vec![Hop::new(from, How::Shares(network), to, place(network))]);
        }
        let openings = self.openings_of(flow, from, to)?.into_iter();
        let hops = openings.map(|opening| {
            let end = match self.end(opening, words.to) {
                Value::Thing(end) if Some(end) != self.model.anywhere => end,
                _ => to,
            };
            Hop::new(from, How::IsLetThrough(opening), end, place(opening))
        });
        Some(hops.collect())
    }

    /// As few openings as open every wall on the way of a flow, ties by name.
    fn openings_of(&self, flow: ThingId, from: ThingId, to: ThingId) -> Option<Vec<ThingId>> {
        let start = Value::Thing(from);
        let traffic = self.traffic(flow);
        let starts_there = |allow| self.takes_in_end(&self.end(allow, self.model.words.from), &start);
        let lets = |(allow, ends_there): (ThingId, Truth)| {
            let lets = ends_there.and(starts_there(allow)).and(self.lets(allow, traffic));
            (lets == Truth::True).then_some(allow)
        };
        let mut open: Vec<ThingId> = self.openings_into(to).into_iter().filter_map(lets).collect();
        open.sort_by(|a, b| self.by_name(*a, *b));
        let (of_several, mut walls): (Vec<ThingId>, Vec<ThingId>) =
            self.walls(&start, to).into_iter().partition(|wall| self.admission(*wall) == Admission::Some);
        let opens = |opening: ThingId, wall: ThingId| {
            self.opens_wall(&self.end(opening, self.model.words.to), to, wall)
        };
        // Of several walls one is enough: the first that anything opens stands for all of them.
        let is_open = |wall: &ThingId| open.iter().any(|opening| opens(*opening, *wall));
        walls.extend(of_several.into_iter().find(is_open));
        let mut needed = Vec::new();
        while needed.is_empty() || !walls.is_empty() {
            let opened = |opening: &ThingId| walls.iter().filter(|wall| opens(*opening, **wall)).count();
            // Of equals, the last wins: the first by name.
            let best = open.iter().rev().copied().max_by_key(opened)?;
            let left = walls.len();
            walls.retain(|wall| !opens(best, *wall));
            if walls.len() == left && left > 0 {
                return None;
            }
            needed.push(best);
        }
        Some(needed)
    }

    /// The zones whose trust the ends of a flow have.
    pub fn why_crosses(&self, flow: ThingId, stance: Stance) -> Option<Vec<Hop>> {
        let words = &self.model.words;
        let hop = |end: ThingId| {
            let trust = self.trust(end, stance)?;
            let zone = self.zones(end).into_iter().find(|zone| self.trust(*zone, stance) == Some(trust))?;
            let said = self.read(zone, words.trust).place;
            let place = said.unwrap_or_else(|| self.place_in_zone(end));
            Some(Hop::new(zone, How::ContainsAt(trust), end, place))
        };
        Some(vec![hop(self.reference(flow, words.from)?)?, hop(self.reference(flow, words.to)?)?])
    }
}
