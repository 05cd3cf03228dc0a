//! Where things stand: zones, placements, hosts.
//!
//! In: what is present. Out: the zones of every thing and what lies in every zone. Never: a zone that the deployment lacks.

use super::Product;
use super::eval::Stance;
use crate::base::Name;
use crate::model::{EnumPosition, Keyword, ThingId, Value};

impl Product {
    pub(super) fn place_things(&mut self) {
        let words = self.model.words.clone();
        for run in self.things(Keyword::Run).to_vec() {
            if let (Some(component), Some(zone)) =
                (self.reference(run, words.component), self.zone_around(run))
            {
                self.placements.entry(component).or_default().push(run);
                self.stand(component, zone);
            }
        }
        let outermost = self.deployment.or(self.model.inside);
        for keyword in [Keyword::Component, Keyword::Integration, Keyword::Actor] {
            for thing in self.things(keyword).to_vec() {
                if self.zones.contains_key(&thing) {
                    continue;
                }
                // Parts come after what they are a part of, so that its zones are known.
                let around =
                    self.model.things[thing].parent.and_then(|parent| self.zones.get(&parent).cloned());
                let own = match around {
                    Some(zones) => zones,
                    None if self.declares(thing, words.zone) => {
                        self.reference(thing, words.zone).or(self.model.internet).into_iter().collect()
                    }
                    None => outermost.into_iter().collect(),
                };
                for zone in own {
                    self.stand(thing, zone);
                }
            }
        }
        for zone in self.things(Keyword::Zone).to_vec() {
            if let Some(around) = self.zone_around(zone).filter(|around| *around != zone) {
                self.inside.entry(around).or_default().push(zone);
            }
        }
    }

    fn stand(&mut self, thing: ThingId, zone: ThingId) {
        let zones = self.zones.entry(thing).or_default();
        if !zones.contains(&zone) {
            zones.push(zone);
            self.inside.entry(zone).or_default().push(thing);
        }
    }

    fn declares(&self, thing: ThingId, name: Name) -> bool {
        self.model.kinds[self.model.things[thing].kind].attributes.contains_key(&name)
    }

    /// The zone that a zone or placement stands in: what it is declared inside of, this deployment for an inherited one.
    pub(super) fn zone_around(&self, thing: ThingId) -> Option<ThingId> {
        let declared = &self.model.things[thing];
        let parent = self.here(declared.parent?);
        let is_zone = self.is(parent, Keyword::Zone) || declared.keyword == Keyword::Component;
        (self.has(parent) && is_zone).then_some(parent)
    }

    /// The nearest zone around a placement that is a machine.
    pub(super) fn host_of(&self, run: ThingId) -> Option<ThingId> {
        let zone = self.zone_around(run)?;
        self.outward(zone).find(|zone| self.flag(*zone, self.model.words.is_host))
    }

    /// A zone and those around it, inside out.
    pub fn outward(&self, zone: ThingId) -> impl Iterator<Item = ThingId> {
        std::iter::successors(Some(zone), |zone| self.zone_around(*zone).filter(|around| around != zone))
    }

    /// The innermost zones that a thing is in, or that a flow passes.
    pub fn zones(&self, thing: ThingId) -> Vec<ThingId> {
        let words = &self.model.words;
        match self.model.things[thing].keyword {
            Keyword::Flow => {
                let mut zones: Vec<ThingId> = Vec::new();
                for end in [words.from, words.to].into_iter().filter_map(|end| self.reference(thing, end)) {
                    zones.extend(self.zones(end));
                }
                zones.sort();
                zones.dedup();
                zones
            }
            Keyword::Zone | Keyword::Deployment | Keyword::Run => {
                self.zone_around(thing).into_iter().collect()
            }
            Keyword::Finding => self.reference(thing, words.on).map_or_else(Vec::new, |on| self.zones(on)),
            _ => self.zones.get(&thing).cloned().unwrap_or_default(),
        }
    }

    /// All zones around a thing, the inner ones first, each once.
    pub fn all_zones(&self, thing: ThingId) -> Vec<ThingId> {
        let mut all: Vec<ThingId> = Vec::new();
        for zone in self.zones(thing) {
            for around in self.outward(zone) {
                if !all.contains(&around) {
                    all.push(around);
                }
            }
        }
        all
    }

    /// What lies in a zone, recursively, in order of declaration; anything else is alone with itself.
    pub fn members(&self, zone: ThingId) -> Vec<ThingId> {
        if !self.is(zone, Keyword::Zone) {
            return vec![zone];
        }
        let mut members = Vec::new();
        let mut open = vec![zone];
        while let Some(next) = open.pop() {
            for inside in self.inside.get(&next).into_iter().flatten() {
                if self.is(*inside, Keyword::Zone) {
                    open.push(*inside);
                } else {
                    members.push(*inside);
                }
            }
        }
        members.sort();
        members.dedup();
        members
    }

    /// Whether anything but other zones stands directly in a zone.
    pub(super) fn holds_things(&self, zone: ThingId) -> bool {
        self.inside
            .get(&zone)
            .is_some_and(|inside| inside.iter().any(|thing| !self.is(*thing, Keyword::Zone)))
    }

    /// Whether a thing is among the members of a zone.
    pub fn is_member(&self, thing: ThingId, zone: ThingId) -> bool {
        if !self.is(zone, Keyword::Zone) {
            return thing == zone;
        }
        let mut zones = self.zones.get(&thing).into_iter().flatten();
        zones.any(|inner| self.outward(*inner).any(|around| around == zone))
    }

    /// The placements of a component.
    pub fn placements(&self, component: ThingId) -> &[ThingId] {
        self.placements.get(&component).map_or(&[], Vec::as_slice)
    }

    /// The lowest trust of the zones that a thing is in, as far as the stance knows. The internet has none at all.
    pub fn trust(&self, thing: ThingId, stance: Stance) -> Option<EnumPosition> {
        if self.is(thing, Keyword::Zone) {
            return self.trust_of_zone(thing, stance);
        }
        let zones = self.zones(thing);
        let known: Vec<EnumPosition> =
            zones.iter().filter_map(|zone| self.trust_of_zone(*zone, stance)).collect();
        let lowest = known.iter().copied().min_by_key(|(_, at)| *at);
        // What nobody said can be lower than all that is known, but not lower than none.
        let is_settled = known.len() == zones.len() || lowest.is_some_and(|(_, at)| at == 0);
        if zones.is_empty() { self.default_trust() } else { lowest.filter(|_| is_settled) }
    }

    fn trust_of_zone(&self, zone: ThingId, stance: Stance) -> Option<EnumPosition> {
        let reading = self.read(zone, self.model.words.trust);
        let Value::Enum(of, at) = reading.value else { return None };
        let is_known = stance == Stance::Filled || reading.is_stated();
        if Some(zone) == self.model.internet { Some((of, 0)) } else { is_known.then_some((of, at)) }
    }

    /// The trust of what stands nowhere: that of a zone of which nothing is known.
    fn default_trust(&self) -> Option<EnumPosition> {
        let root = self.model.names.find(Keyword::Zone.word())?;
        let kind = self.model.index.kinds.get(&root)?;
        match self.model.kinds[*kind].attributes.get(&self.model.words.trust)?.default {
            Some(Value::Enum(of, at)) => Some((of, at)),
            _ => None,
        }
    }

    /// What the data in a zone really is, where the zone or one around it says so.
    pub fn holds_of_zone(&self, zone: ThingId) -> Option<f64> {
        self.outward(zone).find_map(|zone| self.holds_said_of(zone))
    }

    fn holds_said_of(&self, thing: ThingId) -> Option<f64> {
        match self.said(thing, self.model.words.holds)?.value {
            Value::Enum(of, at) => self.model.percent((of, at)),
            _ => None,
        }
    }

    /// What the data of a thing really is here, as a factor of the impact: said by its placement, or by the nearest zone.
    pub fn holds(&self, thing: ThingId) -> Option<f64> {
        let placed = self.placements(thing).iter().filter_map(|run| {
            let around = || self.zone_around(*run).and_then(|zone| self.holds_of_zone(zone));
            self.holds_said_of(*run).or_else(around)
        });
        let around = || self.zones(thing).into_iter().filter_map(|zone| self.holds_of_zone(zone));
        placed.reduce(f64::max).or_else(|| around().reduce(f64::max))
    }
}
