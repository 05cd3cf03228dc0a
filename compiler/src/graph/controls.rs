//! Controls: which are in force, and what they cover.
//!
//! In: declared controls. Out: the controls that cover a thing, and why they do. Never: a planned control, or one of a wall that the thing is
//! not behind.

use super::Product;
use super::proof::{Hop, How};
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
        let around = self.covers_of(thing).into_iter();
        found.extend(around.flat_map(|(around, how)| self.naming(around, how)));
        found.sort();
        found.dedup();
        found
    }

    /// The nearest control of a kind that covers a thing, ties by name, and by what; nothing where none does.
    pub fn why_covered(&self, thing: ThingId, kind: KindId) -> Option<Vec<Hop>> {
        let first = |controls: &mut dyn Iterator<Item = ThingId>| {
            controls.filter(|control| self.is_kind(*control, kind)).min_by(|a, b| self.by_name(*a, *b))
        };
        for (around, how) in self.covers_of(thing) {
            let Some(control) = first(&mut self.naming(around, how)) else { continue };
            let said = self.read(control, self.model.words.protects).place;
            let place = said.unwrap_or(self.model.things[control].place);
            let mut hops = vec![Hop::new(control, How::Protects, around, place)];
            if around != thing {
                let place = match how {
                    How::Contains => self.place_in_zone(thing),
                    _ => self.model.things[thing].place,
                };
                hops.push(Hop::new(around, how, thing, place));
            }
            return Some(hops);
        }
        let control = first(&mut self.everywhere.iter().copied())?;
        Some(vec![Hop::new(control, How::ProtectsAll, thing, self.model.things[control].place)])
    }

    /// What a control may name so that it covers a thing, the nearest first, and how the thing hangs on that.
    fn covers_of(&self, thing: ThingId) -> Vec<(ThingId, How)> {
        let mut around = vec![(thing, How::Contains)];
        let zones = || self.all_zones(thing).into_iter().map(|zone| (zone, How::Contains));
        match self.model.things[thing].keyword {
            Keyword::Flow => {
                around.extend(self.crossed_by(thing).into_iter().map(|zone| (zone, How::IsCrossedBy)));
                around.extend(self.deployment.map(|deployment| (deployment, How::Contains)));
            }
            Keyword::Finding => {}
            Keyword::Run => {
                let component = self.reference(thing, self.model.words.component);
                around.extend(component.map(|component| (component, How::IsPlacedAs)));
                around.extend(zones());
            }
            _ => {
                let next = |thing: &ThingId| self.model.things[*thing].parent;
                let parts = std::iter::successors(next(&thing), next);
                around.extend(
                    parts.filter(|part| !self.is(*part, Keyword::Zone)).map(|part| (part, How::Contains)),
                );
                around.extend(zones());
            }
        }
        around
    }

    /// The controls that name a thing and cover what hangs on it in this way: walls what crosses them, others the rest.
    fn naming(&self, around: ThingId, how: How) -> impl Iterator<Item = ThingId> {
        let naming = self.protecting.get(&around).into_iter().flatten().copied();
        naming.filter(move |control| self.is_wall(*control, around) == (how == How::IsCrossedBy))
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
