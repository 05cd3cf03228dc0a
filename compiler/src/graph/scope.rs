//! How far a thing counts: in this deployment alone or in all, and whether an author wants to hear of it.
//!
//! In: a product. Out: whether a thing is shared, whether it is out of scope. Never: a step of an attack that is missing for it; what is out of
//! scope is still a source of attacks.

use super::Product;
use crate::base::Name;
use crate::model::{Keyword, ThingId};

impl Product {
    /// Whether a thing is one and the same in all deployments: it says so, or what it is a part of does and it does not say
    /// otherwise.
    pub fn is_shared(&self, thing: ThingId) -> bool {
        let shared = self.model.words.shared;
        let whole = self.model.things[thing].parent.filter(|_| self.said(thing, shared).is_none());
        self.flag(thing, shared) || whole.is_some_and(|whole| self.is_shared(whole))
    }

    /// Whether nothing is to be reported on a thing: it says so, or what it belongs to does and it does not say otherwise.
    ///
    /// A part belongs to its whole, a component to its zones, a placement to its component, a finding or threat to what it
    /// is on. What has two ends (a flow, an opening, a right) is out of scope when both are.
    pub fn is_out_of_scope(&self, thing: ThingId) -> bool {
        let words = &self.model.words;
        let declared = &self.model.things[thing];
        if self.said(thing, words.scope).is_some() {
            return self.word(thing, words.scope) == Some(words.out);
        }
        let all_out = |names: &[Name]| {
            let all = names.iter().map(|name| self.reference(thing, *name));
            all.into_iter().all(|end| end.is_some_and(|end| end != thing && self.is_out_of_scope(end)))
        };
        match declared.keyword {
            Keyword::Flow | Keyword::Allow => all_out(&[words.from, words.to]),
            Keyword::Grant => all_out(&[words.who, words.what]),
            Keyword::Run => all_out(&[words.component]),
            Keyword::Finding | Keyword::Threat => all_out(&[words.on]),
            _ => {
                self.word(thing, words.scope) == Some(words.out)
                    || declared.parent.is_some_and(|whole| self.is_out_of_scope(whole))
                    || self.stands_out_of_scope(thing)
            }
        }
    }

    /// Whether all that a component stands in is out of scope.
    fn stands_out_of_scope(&self, thing: ThingId) -> bool {
        let zones = match self.model.things[thing].keyword {
            Keyword::Component | Keyword::Integration | Keyword::Actor => self.zones(thing),
            _ => Vec::new(),
        };
        !zones.is_empty() && zones.into_iter().all(|zone| self.is_out_of_scope(zone))
    }
}
