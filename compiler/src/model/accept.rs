//! Acceptances: what is accepted, and whether everything about it is said.
//!
//! In: `accept` declarations. Out: problems. Never: a risk that somebody takes without an end or a reason.

use super::collect::Item;
use super::lower::{Lower, at};
use super::{ThingId, errors};
use crate::base::{Place, Span, nearest};

impl Lower {
    pub(super) fn accepted_rule(&mut self, spelling: &str, place: Place) {
        let Some(name) = self.model.names.find(spelling) else {
            self.problems.push(errors::unknown_rule("rule", spelling, None, place));
            return;
        };
        let index = &self.model.index;
        if index.rules.contains_key(&name)
            || index.lints.contains_key(&name)
            || index.losses.contains_key(&name)
        {
            return;
        }
        let names = index.rules.keys().chain(index.losses.keys()).chain(index.lints.keys());
        let near = nearest(spelling, names.map(|name| self.model.names.text(*name))).map(str::to_owned);
        self.problems.push(errors::unknown_rule("rule", spelling, near.as_deref(), place));
    }

    pub(super) fn complete_acceptance(&mut self, thing: ThingId, item: Item<'_>) {
        let required = ["as", "owner", "until", "because", "max_score"];
        let missing: Vec<&str> = required
            .into_iter()
            .filter(|word| {
                let name = self.model.names.find(word);
                name.is_none_or(|name| self.model.things[thing].setting(name).is_none())
            })
            .collect();
        if missing.is_empty() || !item.is_whole() {
            return;
        }
        let end = item.get().body.as_ref().map(|body| at(item, Span::empty(body.span.hi.saturating_sub(1))));
        self.problems.push(errors::acceptance_incomplete(&missing, self.model.things[thing].place, end));
    }
}
