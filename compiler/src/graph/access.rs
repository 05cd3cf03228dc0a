//! Who may do what: rights, and the identities that one identity can become.
//!
//! In: grants, and what runs as whom. Out: direct rights and their closure. Never: a right that no chain of facts gives.

use super::Product;
use crate::base::Name;
use crate::model::{Keyword, ThingId, Value};

impl Product {
    pub(super) fn gather_grants(&mut self) {
        for grant in self.things(Keyword::Grant).to_vec() {
            if let Some(who) = self.reference(grant, self.model.words.who) {
                self.granted.entry(who).or_default().push(grant);
            }
        }
    }

    /// What is granted to an identity directly, each thing once.
    pub fn granted(&self, identity: ThingId) -> Vec<ThingId> {
        let mut things: Vec<ThingId> = self
            .grants_of(identity)
            .iter()
            .filter_map(|grant| self.reference(*grant, self.model.words.what))
            .collect();
        things.sort();
        things.dedup();
        things
    }

    fn grants_of(&self, identity: ThingId) -> &[ThingId] {
        self.granted.get(&identity).map_or(&[], Vec::as_slice)
    }

    /// Whether an identity can act on a thing, by whatever chain of rights.
    pub fn can(&self, identity: ThingId, action: Name, thing: ThingId) -> bool {
        self.becomes(identity).into_iter().any(|who| {
            self.grants_of(who).iter().any(|grant| {
                let what = self.reference(*grant, self.model.words.what);
                what.is_some_and(|what| self.lies_in(thing, what)) && self.permits(*grant, action)
            })
        })
    }

    /// The identity itself and all that it can become: by taking a role over, or by owning what runs as another.
    pub(super) fn becomes(&self, identity: ThingId) -> Vec<ThingId> {
        let words = &self.model.words;
        let taking_over =
            [words.assume, words.impersonate, words.pass_role, words.edit_policy, words.create_key];
        let mut found = vec![identity];
        let mut at = 0;
        while let Some(who) = found.get(at).copied() {
            at += 1;
            for grant in self.grants_of(who) {
                let Some(what) = self.reference(*grant, words.what) else { continue };
                let mut next: Vec<ThingId> = Vec::new();
                if self.is(what, Keyword::Identity) {
                    if taking_over.iter().any(|action| self.permits(*grant, *action)) {
                        next.push(what);
                    }
                } else if self.permits(*grant, words.deploy) {
                    next.extend(
                        self.members(what).iter().filter_map(|owned| self.reference(*owned, words.runs_as)),
                    );
                }
                for identity in next {
                    if !found.contains(&identity) {
                        found.push(identity);
                    }
                }
            }
        }
        found
    }

    /// Whether a grant names an action, or `admin`, which implies all of them.
    fn permits(&self, grant: ThingId, action: Name) -> bool {
        let words = &self.model.words;
        let Value::List(actions) = self.read(grant, words.actions).value else { return false };
        actions.iter().any(|granted| match granted {
            Value::Enum(of, at) => {
                let name = self.model.enums[*of].values.get(*at as usize).map(|value| value.name);
                name == Some(action) || name == Some(words.admin)
            }
            _ => false,
        })
    }

    /// Whether a thing is another, lies in it, is a part of it, or is data that it keeps.
    fn lies_in(&self, thing: ThingId, whole: ThingId) -> bool {
        let parts = std::iter::successors(Some(thing), |next| self.model.things[*next].parent);
        let is_kept = self.is(thing, Keyword::Data)
            && self
                .members(whole)
                .iter()
                .any(|member| self.references(*member, self.model.words.stores).contains(&thing));
        thing == whole
            || is_kept
            || self.all_zones(thing).contains(&whole)
            || parts.skip(1).any(|part| part == whole)
    }

    /// Everything that an identity can touch, by whatever chain.
    pub(super) fn touches(&self, identity: ThingId) -> Vec<ThingId> {
        let mut things: Vec<ThingId> = Vec::new();
        for who in self.becomes(identity) {
            things.extend(self.granted(who));
        }
        things.sort();
        things.dedup();
        things
    }
}
