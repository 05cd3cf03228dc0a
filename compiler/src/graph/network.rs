//! What the network lets through: openings, exposure, what crosses a trust boundary.
//!
//! In: zones, flows and openings. Out: who can open a connection to whom. Never: a flow that is dropped because nothing
//! admits it; that is for a lint to say.

use std::collections::VecDeque;

use super::Product;
use super::reading::things_in;
use crate::model::{Keyword, ThingId, Value};

impl Product {
    /// Whether the ends of a flow differ in trust.
    pub fn crosses(&self, flow: ThingId) -> Option<bool> {
        let words = &self.model.words;
        let (from, to) = (self.reference(flow, words.from)?, self.reference(flow, words.to)?);
        Some(self.trust(from)? != self.trust(to)?)
    }

    /// Whether the network lets a flow through. It does wherever the deployment states no opening at all.
    pub fn admitted(&self, flow: ThingId) -> bool {
        let words = &self.model.words;
        let allows = self.things(Keyword::Allow);
        if allows.is_empty() {
            return true;
        }
        let (Some(from), Some(to)) = (self.reference(flow, words.from), self.reference(flow, words.to))
        else {
            return true;
        };
        let shares_a_zone = self.zones(from).iter().any(|zone| self.zones(to).contains(zone));
        let protocol = match self.read(flow, words.protocol).value {
            Value::Kind(protocol) => Some(protocol),
            _ => None,
        };
        shares_a_zone
            || self
                .openings_into(to)
                .into_iter()
                .any(|allow| self.opens(allow, words.from, from) && self.serves(allow, protocol))
    }

    /// The openings that let something through to a thing: they end at it, at what it is a part of, at a zone around it.
    pub(super) fn openings_into(&self, thing: ThingId) -> Vec<ThingId> {
        let parts = std::iter::successors(Some(thing), |next| self.model.things[*next].parent);
        let ends = parts.chain(self.all_zones(thing)).chain(self.model.anywhere);
        let mut openings: Vec<ThingId> = ends.flat_map(|end| self.openings_to(end)).copied().collect();
        openings.sort();
        openings.dedup();
        openings
    }

    /// Whether an end of an opening is a thing, a zone around it, or anywhere.
    fn opens(&self, allow: ThingId, end: crate::base::Name, thing: ThingId) -> bool {
        let Value::Thing(end) = self.read(allow, end).value else { return false };
        let is_anywhere = Some(end) == self.model.anywhere;
        is_anywhere || end == thing || self.all_zones(thing).contains(&end) || self.is_part_of(thing, end)
    }

    fn is_part_of(&self, thing: ThingId, whole: ThingId) -> bool {
        std::iter::successors(self.model.things[thing].parent, |next| self.model.things[*next].parent)
            .any(|around| around == whole)
    }

    /// Whether an opening lets a protocol through: it names none, or this one, or one above it.
    fn serves(&self, allow: ThingId, protocol: Option<crate::model::KindId>) -> bool {
        let (Value::List(served), Some(protocol)) =
            (self.read(allow, self.model.words.protocol).value, protocol)
        else {
            return true;
        };
        served.iter().any(|kind| match kind {
            Value::Kind(kind) => self.model.kinds[protocol].is_a(*kind),
            _ => false,
        })
    }

    /// Whether somebody on the internet can open a connection to a thing itself.
    pub fn exposed(&self, thing: ThingId) -> bool {
        let mut open = VecDeque::from([thing]);
        let mut seen = vec![thing];
        // Backwards: what is opened to the internet directly, or stands behind something that only hands traffic on.
        while let Some(next) = open.pop_front() {
            if self.is_opened(next) {
                return true;
            }
            for flow in self.flows_to(next) {
                let Some(from) = self.reference(flow, self.model.words.from) else { continue };
                let hands_on = self.flag(from, self.model.words.forwards) && self.admitted(flow);
                if hands_on && !seen.contains(&from) {
                    seen.push(from);
                    open.push_back(from);
                }
            }
        }
        false
    }

    /// Whether admitted traffic from the internet ends at a thing.
    fn is_opened(&self, thing: ThingId) -> bool {
        let words = &self.model.words;
        let allows = self.things(Keyword::Allow);
        if self.stands_on_internet(thing) {
            return self.is(thing, Keyword::Component);
        }
        if allows.is_empty() {
            let mut from =
                self.flows_to(thing).into_iter().filter_map(|flow| self.reference(flow, words.from));
            return from.any(|from| self.stands_on_internet(from));
        }
        self.openings_into(thing).into_iter().any(|allow| self.comes_from_internet(allow))
    }

    pub(super) fn comes_from_internet(&self, allow: ThingId) -> bool {
        let ends = things_in(&self.read(allow, self.model.words.from).value);
        ends.iter().any(|end| {
            Some(*end) == self.model.internet
                || Some(*end) == self.model.anywhere
                || self.stands_on_internet(*end)
        })
    }

    /// Whether a thing stands on the internet.
    pub fn stands_on_internet(&self, thing: ThingId) -> bool {
        self.model.internet.is_some_and(|internet| self.zones(thing).contains(&internet))
    }
}
