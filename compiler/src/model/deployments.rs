//! Deployments: which one each is like, and what it changes.
//!
//! In: collected deployments, clauses of tests. Out: [`Deployment`]s, [`Change`]s. Never: a deployment that is like itself.

use std::sync::Arc;

use super::collect::{Collected, Item, ThingItem};
use super::lower::{Lower, at};
use super::{Change, Deployment, Keyword, ThingId, ThingType, errors};
use crate::syntax::ast::{self, Clause, ClauseKind, Entry, Header};

impl Lower {
    pub(super) fn deployment(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        let like = match &item.get().header {
            Header::Like(path) => self.thing_of(
                path,
                item,
                None,
                &ThingType::keyword(Keyword::Deployment),
                "what a deployment is like",
            ),
            _ => None,
        };
        self.model.deployments.push(Deployment { thing, like, changes: Vec::new() });
    }

    pub(super) fn break_like_cycles(&mut self, collected: &Collected<'_>) {
        for ThingItem { thing, item, .. } in &collected.things {
            let mut seen = vec![*thing];
            let mut next = self.model.like(*thing);
            while let Some(other) = next {
                if other == *thing {
                    let names: Vec<Arc<str>> = seen.iter().map(|thing| self.model.path(*thing)).collect();
                    self.problems.push(errors::cycle("deployment", "is like", &names, item.place()));
                    if let Some(found) = self.model.deployments.iter_mut().find(|found| found.thing == *thing)
                    {
                        found.like = None;
                    }
                    break;
                }
                if seen.contains(&other) {
                    break;
                }
                seen.push(other);
                next = self.model.like(other);
            }
        }
    }

    pub(super) fn changes(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        let mut changes = Vec::new();
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            if let Entry::Clause(clause) = entry {
                self.clause_changes(clause, item, Some(thing), "a deployment", &mut changes);
            }
        }
        if let Some(deployment) =
            self.model.deployments.iter_mut().find(|deployment| deployment.thing == thing)
        {
            deployment.changes = changes;
        }
    }

    /// `with` and `without`, of a deployment or a test.
    pub(super) fn clause_changes(
        &mut self,
        clause: &Clause,
        item: Item<'_>,
        scope: Option<ThingId>,
        around: &str,
        changes: &mut Vec<Change>,
    ) {
        match &clause.kind {
            ClauseKind::Without(targets) => {
                for path in targets {
                    let found = self.changeable(path, item, scope);
                    changes.extend(found.map(|thing| Change::Without(thing, at(item, path.span()))));
                }
            }
            ClauseKind::With { targets, body } => {
                for path in targets {
                    let Some(target) = self.changeable(path, item, scope) else { continue };
                    let kinds = self
                        .kinds_of(target, self.model.things[target].reference(self.model.words.component));
                    let mut settings = Vec::new();
                    self.entry_settings(&body.entries, item, &kinds, scope, &mut settings);
                    changes.extend(
                        settings.into_iter().map(|(name, setting)| Change::Set(target, name, setting)),
                    );
                }
            }
            _ => self.problems.push(errors::clause_not_here(
                clause_word(clause, item),
                around,
                at(item, clause.keyword_span),
            )),
        }
    }

    /// The thing that a path names, which must exist in the deployment that changes it.
    fn changeable(&mut self, path: &ast::Path, item: Item<'_>, scope: Option<ThingId>) -> Option<ThingId> {
        let thing = self.any_thing(path, item, scope)?;
        let around = scope.filter(|scope| self.model.things[*scope].keyword == Keyword::Deployment);
        let (Some(around), Some(exists_in)) = (around, self.deployment_of(thing)) else {
            return Some(thing);
        };
        if self.inherits(around, exists_in) {
            return Some(thing);
        }
        let (name, around) = (self.model.path(thing), self.model.path(around));
        self.problems.push(errors::in_another_deployment(&name, &around, at(item, path.span())));
        None
    }

    /// The deployment in which alone a thing exists; of a deployment, itself.
    pub(super) fn deployment_of(&self, thing: ThingId) -> Option<ThingId> {
        let declared = &self.model.things[thing];
        if declared.keyword == Keyword::Deployment { Some(thing) } else { declared.deployment }
    }

    /// Whether a deployment has what is declared in another one: it is that, or like it.
    pub(super) fn inherits(&self, deployment: ThingId, other: ThingId) -> bool {
        std::iter::successors(Some(deployment), |next| self.model.like(*next)).any(|above| above == other)
    }
}

/// The words that a clause begins with, as written.
pub(super) fn clause_word<'a>(clause: &Clause, item: Item<'a>) -> &'a str {
    clause.keyword_span.slice(&item.tree.text)
}
