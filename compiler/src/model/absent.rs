//! What a deployment changes or leaves out although it does not have it.
//!
//! In: the changes of deployments and of those that they are like. Out: problems. Never: a word on what another deployment has;
//! a thing taken for absent because of what a test or a what-if changes.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::collect::{Collected, ThingItem};
use super::lower::Lower;
use super::{Change, Keyword, Model, ThingId, errors};
use crate::base::{Id, Place};

/// What a deployment and those that it is like leave out, and where they say so first.
type Gone = FxHashMap<ThingId, Place>;

impl Lower {
    /// Reports changes of what is not there: it was left out already, or nothing places it.
    pub(super) fn changes_of_nothing(&mut self, collected: &Collected<'_>) {
        for ThingItem { thing, .. } in &collected.things {
            if self.model.things[*thing].keyword != Keyword::Deployment {
                continue;
            }
            let mut chain: Vec<ThingId> =
                std::iter::successors(Some(*thing), |next| self.model.like(*next)).collect();
            chain.reverse();
            let mut gone = Gone::default();
            let mut said: BTreeSet<ThingId> = BTreeSet::new();
            for level in &chain {
                for (target, place, is_left_out) in self.model.changes_of(*level) {
                    let first = self.left_out_at(&gone, target);
                    if let (Some(first), true, false) = (first, level == thing, said.contains(&target)) {
                        said.insert(target);
                        let name = self.model.path(target);
                        self.problems.push(errors::left_out_already(&name, place, first));
                    }
                    if is_left_out && first.is_none() {
                        gone.insert(target, place);
                    }
                }
            }
            self.changes_of_unplaced(*thing, &chain, &gone, &mut said);
        }
    }

    /// Where a thing is left out, or what it is declared inside of.
    fn left_out_at(&self, gone: &Gone, thing: ThingId) -> Option<Place> {
        let mut around = std::iter::successors(Some(thing), |next| self.model.things[*next].parent);
        around.find_map(|thing| gone.get(&thing).copied())
    }

    fn changes_of_unplaced(
        &mut self,
        deployment: ThingId,
        chain: &[ThingId],
        gone: &Gone,
        said: &mut BTreeSet<ThingId>,
    ) {
        let changes = self.model.changes_of(deployment);
        if changes.is_empty() {
            return;
        }
        let runs = self.model.things.iter_ids().filter(|(run, declared)| {
            let is_here = declared.deployment.is_some_and(|level| chain.contains(&level));
            declared.keyword == Keyword::Run && is_here && self.left_out_at(gone, *run).is_none()
        });
        let component = self.model.words.component;
        let placed: Vec<ThingId> = runs.filter_map(|(_, run)| run.reference(component)).collect();
        let unplaced = self.model.unplaced(&placed);
        for (target, place, _) in changes {
            let ends = [self.model.words.from, self.model.words.to].into_iter();
            let ends = ends.filter_map(|end| self.model.things[target].reference(end));
            let missing =
                std::iter::once(target).chain(ends).find(|thing| unplaced.binary_search(thing).is_ok());
            let Some(missing) = missing.filter(|_| !said.contains(&target)) else { continue };
            said.insert(target);
            let name = self.model.path(target);
            let (around, missing) = (self.model.path(deployment), self.model.spelling(missing));
            self.problems.push(errors::not_placed_here(&name, &around, &missing, place));
        }
    }
}

impl Change {
    /// What is changed, and where that is said.
    pub fn subject(&self) -> (ThingId, Place) {
        match self {
            Change::Without(target, place) => (*target, *place),
            Change::Set(target, _, setting) => (*target, setting.place),
        }
    }
}

impl Model {
    /// The deployment that one is like.
    pub(super) fn like(&self, deployment: ThingId) -> Option<ThingId> {
        self.deployments.iter().find(|found| found.thing == deployment)?.like
    }

    /// What a deployment changes, where it says so, and whether it leaves that out.
    fn changes_of(&self, deployment: ThingId) -> Vec<(ThingId, Place, bool)> {
        let found = self.deployments.iter().find(|found| found.thing == deployment);
        let changes = found.iter().flat_map(|found| &found.changes);
        let subject = |change: &Change| {
            let (target, place) = change.subject();
            (target, place, matches!(change, Change::Without(..)))
        };
        changes.map(subject).collect()
    }

    /// The components that are absent from a deployment that places these, in order of declaration: where it places
    /// anything, what it does not place is not there.
    ///
    /// Components that can say themselves where they stand (those whose kind has a `zone`) need no placement, and those
    /// of another package run somewhere whether this one knows where or not.
    pub(crate) fn unplaced(&self, placed: &[ThingId]) -> Vec<ThingId> {
        if placed.is_empty() {
            return Vec::new();
        }
        let mut is_placed = vec![false; self.things.len()];
        for component in placed {
            if let Some(flag) = is_placed.get_mut(component.index()) {
                *flag = true;
            }
        }
        let is_placed = |thing: ThingId| is_placed.get(thing.index()).copied().unwrap_or(false);
        let mut unplaced = Vec::new();
        for (thing, declared) in self.things.iter_ids() {
            let stands_alone = self.kinds[declared.kind].attributes.contains_key(&self.words.zone);
            if declared.keyword != Keyword::Component || stands_alone || declared.is_foreign {
                continue;
            }
            let mut around = std::iter::successors(Some(thing), |next| self.things[*next].parent);
            if !around.any(is_placed) {
                unplaced.push(thing);
            }
        }
        unplaced
    }
}
