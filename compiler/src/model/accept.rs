//! Acceptances: what is accepted, whether everything about it is said, and said once.
//!
//! In: `accept` declarations. Out: problems. Never: a risk that somebody takes without an end or a reason.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::collect::{Collected, Item, ThingItem};
use super::lower::{Lower, at};
use super::{Keyword, ThingId, Value, errors};
use crate::base::{Id, Place, Span, nearest};

impl Lower {
    /// The full name of the rule, lint or loss that an acceptance is about; as it is spelt where nobody declares it.
    pub(super) fn accepted_rule(&mut self, spelling: &str, place: Place, item: Item<'_>) -> Arc<str> {
        let name = self.intern_text(spelling);
        let (model, index) = (&self.model, &self.model.index);
        // What the package itself declares has its number already and gets its content when things are done.
        let is_own = [
            index.rules.get(&name).map(|rule| rule.index() >= model.rules.len()),
            index.lints.get(&name).map(|lint| lint.index() >= model.lints.len()),
            index.losses.get(&name).map(|loss| loss.index() >= model.losses.len()),
        ];
        match is_own.into_iter().flatten().next() {
            Some(true) => return self.known_as(spelling),
            Some(false) => return spelling.into(),
            None => {}
        }
        let names = index.rules.keys().chain(index.losses.keys()).chain(index.lints.keys());
        let near = nearest(spelling, names.map(|name| self.model.names.text(*name))).map(str::to_owned);
        let problem = errors::unknown_rule("rule", spelling, near.as_deref(), place);
        let problem = self.about_packages(problem, spelling, item);
        self.problems.push(problem);
        spelling.into()
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

    /// Reports decisions about a risk in one deployment beside a decision about it in all of them.
    ///
    /// Two about the same deployment have one name, and are reported by it.
    pub(super) fn acceptances_apart(&mut self, collected: &Collected<'_>) {
        let accepts = collected.things.iter().filter(|entry| entry.item.get().keyword == Keyword::Accept);
        let mut everywhere: FxHashMap<(Arc<str>, ThingId), Place> = FxHashMap::default();
        let mut somewhere: Vec<((Arc<str>, ThingId), Place)> = Vec::new();
        for ThingItem { thing, .. } in accepts {
            let (words, accept) = (&self.model.words, &self.model.things[*thing]);
            let Some(Value::Text(rule)) = accept.setting(words.rule).map(|setting| &setting.value) else {
                continue;
            };
            let Some(on) = accept.reference(words.on) else { continue };
            let risk = (rule.clone(), on);
            match accept.setting(words.deployment) {
                Some(_) => somewhere.push((risk, accept.place)),
                None => {
                    everywhere.entry(risk).or_insert(accept.place);
                }
            }
        }
        for (risk, place) in somewhere {
            if let Some(first) = everywhere.get(&risk) {
                let thing = self.model.path(risk.1);
                self.problems.push(errors::accepted_twice(&risk.0, &thing, place, *first));
            }
        }
    }
}
