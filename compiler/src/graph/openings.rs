//! Openings: who is exposed by them, and what each lets from where to where.
//!
//! In: openings of the network and the walls they are in. Out: exposure, and the zones, things and flows of an opening.
//! Never: an opening that shuts anything; it only ever adds.

use std::collections::VecDeque;

use super::data::Known;
use super::eval::Stance;
use super::{Product, Truth};
use crate::base::Name;
use crate::model::{Keyword, Network, ThingId, Value};

impl Product {
    /// Whether somebody on the internet can open a connection to a thing itself.
    ///
    /// A declared flow from there counts whether or not an opening admits it: it works and carries attacks all the same.
    pub fn exposed(&self, thing: ThingId) -> Truth {
        let mut open = VecDeque::from([thing]);
        let mut seen = vec![thing];
        let mut exposed = Truth::False;
        // Backwards: what is opened to the internet directly, or stands behind something that only hands traffic on.
        while let Some(next) = open.pop_front() {
            exposed = exposed.or(self.is_opened(next));
            if exposed == Truth::True {
                break;
            }
            for flow in self.flows_to(next) {
                let Some(from) = self.reference(flow, self.model.words.from) else { continue };
                if self.flag(from, self.model.words.forwards) && !seen.contains(&from) {
                    seen.push(from);
                    open.push_back(from);
                }
            }
        }
        exposed
    }

    /// Whether traffic from the internet ends at a thing.
    fn is_opened(&self, thing: ThingId) -> Truth {
        if self.stands_on_internet(thing) {
            return Truth::from(self.is(thing, Keyword::Component));
        }
        let mut from =
            self.flows_to(thing).into_iter().filter_map(|flow| self.reference(flow, self.model.words.from));
        if from.any(|from| self.stands_on_internet(from)) {
            return Truth::True;
        }
        let into = self.openings_into(thing);
        let sources = into.iter().filter_map(|(allow, _)| self.source_on_internet(*allow));
        let mut tried: Vec<Value> = Vec::new();
        let mut opened = Truth::False;
        for source in sources {
            if opened != Truth::True && !tried.contains(&source) {
                opened = opened.or(self.gets_through(&source, thing, None));
                tried.push(source);
            }
        }
        opened
    }

    /// Whether any traffic at all gets from an end of an opening to a thing; any that `by` lets through, where it is given.
    pub(super) fn gets_through(&self, from: &Value, to: ThingId, by: Option<ThingId>) -> Truth {
        let starts = |allow: &ThingId| {
            self.takes_in_end(&self.end(*allow, self.model.words.from), from) != Truth::False
        };
        let into = self.openings_into(to).into_iter().map(|(allow, _)| allow);
        let samples = self.samples(&into.filter(starts).collect::<Vec<_>>()).into_iter();
        let each = samples.map(|sample| {
            let lets = by.map_or(Truth::True, |allow| self.lets(allow, sample));
            if lets == Truth::False { lets } else { lets.and(self.passes(from, to, sample)) }
        });
        each.fold(Truth::False, Truth::or)
    }

    /// Where on the internet an opening starts, if it starts there.
    pub(super) fn source_on_internet(&self, allow: ThingId) -> Option<Value> {
        let internet = self.model.internet?;
        match self.end(allow, self.model.words.from) {
            Value::Thing(end) if Some(end) == self.model.anywhere || end == internet => {
                Some(Value::Thing(internet))
            }
            Value::Thing(end) => self.stands_on_internet(end).then_some(Value::Thing(end)),
            Value::Network(network) => self.is_of_internet(network).then_some(Value::Network(network)),
            _ => None,
        }
    }

    /// Whether a thing stands on the internet.
    pub fn stands_on_internet(&self, thing: ThingId) -> bool {
        self.model.internet.is_some_and(|internet| self.zones(thing).contains(&internet))
    }

    /// The zones that an opening lets out of: where an attacker has to stand to use it.
    pub fn sources(&self, allow: ThingId, stance: Stance) -> Known {
        match self.end(allow, self.model.words.from) {
            Value::Thing(end) if Some(end) == self.model.anywhere => {
                Known { things: self.everywhere().collect(), is_complete: true }
            }
            Value::Thing(end) if self.is(end, Keyword::Zone) => {
                Known { things: vec![end], is_complete: true }
            }
            Value::Network(network) => {
                let zones = self.things(Keyword::Zone).iter().copied();
                let truths = zones.map(|zone| (zone, self.is_source(zone, network)));
                known(truths, stance)
            }
            _ => Known { things: Vec::new(), is_complete: true },
        }
    }

    /// Whether somebody in a zone has an address of a network. Of a zone that only holds others, those say it.
    fn is_source(&self, zone: ThingId, network: Network) -> Truth {
        if Some(zone) == self.model.internet {
            return Truth::from(self.is_of_internet(network));
        }
        let may_have_any = self.holds_things(zone) || self.addresses(zone).is_some();
        if may_have_any { self.within(zone, network) } else { Truth::False }
    }

    /// The zones that together are anywhere: whoever stands deeper inside stands in one of them too.
    fn everywhere(&self) -> impl Iterator<Item = ThingId> {
        self.model.internet.into_iter().chain(self.deployment.or(self.model.inside))
    }

    /// The components and integrations that an opening lets somebody through to, all walls on the way being open.
    pub fn targets(&self, allow: ThingId, stance: Stance) -> Known {
        known(self.gets_to(allow, || self.find_targets(allow)).iter().copied(), stance)
    }

    fn find_targets(&self, allow: ThingId) -> Vec<(ThingId, Truth)> {
        let from: Vec<Value> = match self.end(allow, self.model.words.from) {
            Value::Thing(end) if Some(end) == self.model.anywhere => {
                self.everywhere().map(Value::Thing).collect()
            }
            end => vec![end],
        };
        let to = self.end(allow, self.model.words.to);
        let ends = match &to {
            Value::Thing(end) if Some(*end) != self.model.anywhere => match self.is(*end, Keyword::Zone) {
                true => self.members(*end),
                false => self.with_parts(*end),
            },
            _ => [Keyword::Component, Keyword::Integration].map(|keyword| self.things(keyword)).concat(),
        };
        let things = ends.into_iter().filter(|thing| !self.is(*thing, Keyword::Actor));
        let truths = things.map(|thing| {
            let ends_there = self.takes_in(&to, thing);
            let gets_there = match ends_there {
                Truth::False => Truth::False,
                _ => from
                    .iter()
                    .map(|from| self.gets_through(from, thing, Some(allow)))
                    .fold(Truth::False, Truth::or),
            };
            (thing, ends_there.and(gets_there))
        });
        truths.collect()
    }

    /// Whether an opening lets a declared flow through, whatever other walls there are.
    pub fn lets_flow(&self, allow: ThingId, flow: ThingId) -> Truth {
        let words = &self.model.words;
        let takes_in = |end: Name| match self.reference(flow, end) {
            Some(thing) => self.takes_in(&self.end(allow, end), thing),
            None => Truth::False,
        };
        match takes_in(words.from).and(takes_in(words.to)) {
            Truth::False => Truth::False,
            ends => ends.and(self.lets(allow, self.traffic(flow))),
        }
    }
}

/// Those for which something is true; where nobody knows, it is assumed.
fn known(truths: impl Iterator<Item = (ThingId, Truth)>, stance: Stance) -> Known {
    let mut known = Known { things: Vec::new(), is_complete: true };
    for (thing, truth) in truths {
        match truth {
            Truth::True => known.things.push(thing),
            Truth::Unknown if stance == Stance::Filled => known.things.push(thing),
            Truth::Unknown => known.is_complete = false,
            Truth::False => {}
        }
    }
    known.things.sort();
    known.things.dedup();
    known
}
