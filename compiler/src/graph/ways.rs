//! Ways along flows, and why something is exposed or tainted: the shortest, ties by name.
//!
//! In: the flows and openings that are here. Out: [`Hop`]s. Never: a way that the vocabulary denies.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::proof::{Hop, How};
use super::{Product, Stance, Truth};
use crate::model::{Keyword, ThingId, Value};

impl Product {
    /// The things on a shortest way along declared flows, ends included; empty where there is none.
    pub fn path(&self, from: ThingId, to: ThingId) -> Vec<ThingId> {
        if from == to {
            return vec![from];
        }
        let hops = self.why_reaches(from, to, None).unwrap_or_default();
        let start = hops.first().map(|hop| hop.from);
        start.into_iter().chain(hops.iter().map(|hop| hop.to)).collect()
    }

    /// A shortest way along declared flows, flow by flow; nothing where there is none.
    ///
    /// Backwards and no farther than needed: much can be reached from an entrance, and little leads to one thing.
    pub fn why_reaches(&self, from: ThingId, to: ThingId, avoiding: Option<ThingId>) -> Option<Vec<Hop>> {
        let mut next: FxHashMap<ThingId, (usize, Hop)> = FxHashMap::default();
        let mut open = VecDeque::from([(to, 0)]);
        while let Some((at, distance)) = open.pop_front() {
            // Everything as near as this was looked at: no other way is as short.
            if next.get(&from).is_some_and(|(length, _)| *length <= distance) {
                break;
            }
            for hop in self.calls_to(at).into_iter().filter(|hop| Some(hop.from) != avoiding) {
                match next.get_mut(&hop.from) {
                    Some((known, best)) if *known == distance + 1 && self.is_before(&hop, best) => {
                        *best = hop
                    }
                    Some(_) => {}
                    None => {
                        next.insert(hop.from, (distance + 1, hop));
                        if hop.from != to {
                            open.push_back((hop.from, distance + 1));
                        }
                    }
                }
            }
        }
        let (length, _) = *next.get(&from)?;
        let hops = std::iter::successors(next.get(&from), |(_, hop)| next.get(&hop.to));
        Some(hops.take(length).map(|(_, hop)| *hop).collect())
    }

    /// The flows that end at a thing.
    fn calls_to(&self, to: ThingId) -> Vec<Hop> {
        let words = &self.model.words;
        let hop = |flow| {
            let from = self.reference(flow, words.from)?;
            Some(Hop::new(from, How::Calls(flow), to, self.model.things[flow].place))
        };
        self.flows_to(to).into_iter().filter_map(hop).collect()
    }

    /// Whether a hop comes before another from the same thing: by the name of where it ends, then by that of its flow.
    fn is_before(&self, a: &Hop, b: &Hop) -> bool {
        let order = self.by_name(a.to, b.to).then_with(|| match (a.by(), b.by()) {
            (Some(a), Some(b)) => self.by_name(a, b),
            _ => std::cmp::Ordering::Equal,
        });
        order.is_lt()
    }

    /// How somebody on the internet gets to a thing itself; nothing where nobody does.
    pub fn why_exposed(&self, thing: ThingId) -> Option<Vec<Hop>> {
        let words = &self.model.words;
        // Backwards: each thing with the hops from it to the one asked about.
        let mut open = VecDeque::from([(thing, Vec::new())]);
        let mut seen = vec![thing];
        while let Some((at, behind)) = open.pop_front() {
            if let Some(first) = self.way_in(at) {
                return Some(first.into_iter().chain(behind).collect());
            }
            let mut flows = self.flows_to(at);
            flows.sort_by(|a, b| self.by_name(*a, *b));
            for flow in flows {
                let Some(from) = self.reference(flow, words.from) else { continue };
                if seen.contains(&from) || !self.flag(from, words.forwards) {
                    continue;
                }
                seen.push(from);
                let hop = Hop::new(from, How::HandsOn(flow), at, self.model.things[flow].place);
                open.push_back((from, std::iter::once(hop).chain(behind.iter().copied()).collect()));
            }
        }
        None
    }

    /// What lets the internet through to a thing directly.
    fn way_in(&self, thing: ThingId) -> Option<Vec<Hop>> {
        let words = &self.model.words;
        let internet = self.model.internet?;
        let place = |of: ThingId| self.model.things[of].place;
        if self.stands_on_internet(thing) {
            let stands = Hop::new(internet, How::Contains, thing, place(thing));
            return self.is(thing, Keyword::Component).then(|| vec![stands]);
        }
        let mut openings: Vec<ThingId> =
            self.openings_into(thing).into_iter().map(|(allow, _)| allow).collect();
        openings.sort_by(|a, b| self.by_name(*a, *b));
        let opened = openings.into_iter().find_map(|opening| {
            let source = self.source_on_internet(opening)?;
            let from = match source {
                Value::Thing(from) => from,
                _ => internet,
            };
            let gets_in = self.gets_through(&source, thing, Some(opening)) == Truth::True;
            gets_in.then(|| vec![Hop::new(from, How::IsLetThrough(opening), thing, place(opening))])
        });
        if opened.is_some() {
            return opened;
        }
        let mut hops: Vec<Hop> = self
            .flows_to(thing)
            .into_iter()
            .filter_map(|flow| {
                let from = self.reference(flow, words.from)?;
                self.stands_on_internet(from).then(|| Hop::new(from, How::Calls(flow), thing, place(flow)))
            })
            .collect();
        hops.sort_by(|a, b| self.by_name(a.from, b.from));
        hops.into_iter().next().map(|hop| vec![hop])
    }

    /// The flow that brings untrusted content to a thing, and the content; nothing where none is known to.
    pub fn why_tainted(&self, thing: ThingId, stance: Stance) -> Option<Vec<Hop>> {
        let words = &self.model.words;
        let arriving = self.flows_to(thing).into_iter().map(|flow| (flow, words.carries, How::Carries));
        let returning = self.flows_from(thing).into_iter().map(|flow| (flow, words.returns, How::Returns));
        let mut hops: Vec<Hop> = Vec::new();
        for (flow, side, how) in arriving.chain(returning) {
            for data in self.list_of(flow, side, stance).things {
                let untrusted = self.read(data, words.untrusted);
                let counts = stance == Stance::Filled || untrusted.is_stated();
                if counts && untrusted.value == Value::Bool(true) {
                    let place = self.read(flow, side).place.unwrap_or(self.model.things[flow].place);
                    hops.push(Hop::new(flow, how, data, place));
                }
            }
        }
        hops.sort_by(|a, b| self.by_name(a.from, b.from).then_with(|| self.by_name(a.to, b.to)));
        hops.into_iter().next().map(|hop| vec![hop])
    }
}
