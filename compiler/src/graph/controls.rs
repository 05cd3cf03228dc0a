//! Controls: which are in force, and what they cover.
//!
//! In: declared controls. Out: the controls that cover a thing. Never: a planned control, or one of a wall that the thing is
//! not behind.

use super::Product;
use super::reading::things_in;
use crate::model::{Keyword, KindId, ThingId};

impl Product {
    pub(super) fn gather_controls(&mut self) {
        let words = self.model.words.clone();
        for control in self.things(Keyword::Control).to_vec() {
            if self.word(control, words.status) == Some(words.planned) {
                continue;
            }
            let reading = self.read(control, words.protects);
            if !reading.is_stated() {
                self.everywhere.push(control);
                continue;
            }
            for thing in things_in(&reading.value) {
                self.protecting.entry(self.here(thing)).or_default().push(control);
            }
        }
    }

    /// Whether an implemented control of a kind covers a thing.
    pub fn covered(&self, thing: ThingId, kind: KindId) -> bool {
        self.covering(thing).into_iter().any(|control| self.is_kind(control, kind))
    }

    /// Whether a thing is of a kind or one below it.
    pub fn is_kind(&self, thing: ThingId, kind: KindId) -> bool {
        self.model.kinds[self.model.things[thing].kind].is_a(kind)
    }

    /// The implemented controls that cover a thing, in order of declaration.
    ///
    /// They name it, something it is a part of, a zone it lies in, the deployment, or nothing at all. A flow is covered by
    /// what names the flow, and by a wall around a zone whose edge it crosses; a finding by what names the finding.
    pub fn covering(&self, thing: ThingId) -> Vec<ThingId> {
        let mut found = self.everywhere.clone();
        let mut add = |around: ThingId, by_wall: bool| {
            let naming = self.protecting.get(&around).into_iter().flatten();
            found.extend(naming.filter(|control| self.is_wall(**control, around) == by_wall));
        };
        let keyword = self.model.things[thing].keyword;
        add(thing, false);
        match keyword {
            Keyword::Flow => {
                for zone in self.crossed_by(thing) {
                    add(zone, true);
                }
                if let Some(deployment) = self.deployment {
                    add(deployment, false);
                }
            }
            Keyword::Finding => {}
            Keyword::Run => {
                if let Some(component) = self.reference(thing, self.model.words.component) {
                    add(component, false);
                }
                self.all_zones(thing).into_iter().for_each(|zone| add(zone, false));
            }
            _ => {
                let parts = std::iter::successors(self.model.things[thing].parent, |next| {
                    self.model.things[*next].parent
                });
                let parts: Vec<ThingId> = parts.filter(|part| !self.is(*part, Keyword::Zone)).collect();
                parts.into_iter().for_each(|part| add(part, false));
                self.all_zones(thing).into_iter().for_each(|zone| add(zone, false));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// A boundary control on a zone covers only what crosses the zone's edge.
    fn is_wall(&self, control: ThingId, around: ThingId) -> bool {
        self.is(around, Keyword::Zone) && self.flag(control, self.model.words.boundary)
    }

    /// The zones whose edge a flow crosses: exactly one of its ends lies inside.
    fn crossed_by(&self, flow: ThingId) -> Vec<ThingId> {
        let words = &self.model.words;
        let (Some(from), Some(to)) = (self.reference(flow, words.from), self.reference(flow, words.to))
        else {
            return Vec::new();
        };
        let (inner, outer) = (self.all_zones(from), self.all_zones(to));
        let only = |a: &[ThingId], b: &[ThingId]| -> Vec<ThingId> {
            a.iter().filter(|zone| !b.contains(zone)).copied().collect()
        };
        [only(&inner, &outer), only(&outer, &inner)].concat()
    }

    /// The implemented control that answers what another detects.
    pub fn answering(&self, control: ThingId) -> Option<ThingId> {
        let words = &self.model.words;
        let answer = self.reference(control, words.answered_by)?;
        (self.word(answer, words.status) != Some(words.planned)).then_some(answer)
    }

    /// Whether a control only notices.
    pub fn detects(&self, control: ThingId) -> bool {
        self.word(control, self.model.words.layer) == Some(self.model.words.detect)
    }
}
