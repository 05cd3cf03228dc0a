//! The worst that an identity can touch: by which chain of rights it gets to the most sensitive data.
//!
//! In: the closure of rights of an identity, and what things handle. Out: [`Hop`]s to one piece of data. Never: a chain
//! where nothing that is touched is sensitive at all.

use std::cmp::Reverse;

use super::proof::{Hop, How};
use super::takeover::Closure;
use super::{Product, Stance};
use crate::model::{ThingId, Value};

/// A right on something, and data that it handles.
struct Touch {
    /// The position of who has the right.
    holder: usize,
    grant: ThingId,
    what: ThingId,
    data: ThingId,
}

impl Product {
    /// The shortest chain to data of the highest level that an identity can touch, ties by name.
    ///
    /// A chain of stated facts is shown where it gives as high a level as one that hangs on what nobody said.
    pub fn why_blast(&self, identity: ThingId, stance: Stance) -> Option<Vec<Hop>> {
        let stances: &[Stance] = match stance {
            Stance::Stated => &[Stance::Stated],
            Stance::Filled => &[Stance::Stated, Stance::Filled],
        };
        let mut best: Option<(u32, Vec<Hop>)> = None;
        for stance in stances {
            let closure = self.taken_over_by(identity, *stance);
            let Some((level, touch)) = self.worst_of(&closure, *stance) else { continue };
            if best.as_ref().is_none_or(|(known, _)| level > *known) {
                best = self.hops_of(&closure, &touch).map(|hops| (level, hops)).or(best);
            }
        }
        best.map(|(_, hops)| hops)
    }

    /// The nearest right on the most sensitive data, and its level; nothing where all data is of the lowest.
    fn worst_of(&self, closure: &Closure, stance: Stance) -> Option<(u32, Touch)> {
        let touches = closure.rights().flat_map(|(what, _)| {
            closure.rights_on(what).iter().flat_map(move |(holder, grant)| {
                let touch = move |data| Touch { holder: *holder, grant: *grant, what, data };
                self.handles(what, stance).things.into_iter().map(touch)
            })
        });
        let levels = touches.map(|touch| (self.level_of(touch.data, stance), touch));
        levels.filter(|(level, _)| *level > 0).min_by(|(a, first), (b, second)| {
            let nearer = (Reverse(a), first.holder).cmp(&(Reverse(b), second.holder));
            let by_grant = || self.by_name(first.grant, second.grant);
            nearer.then_with(by_grant).then_with(|| self.by_name(first.data, second.data))
        })
    }

    /// The highest of the three sensitivities of data.
    fn level_of(&self, data: ThingId, stance: Stance) -> u32 {
        let words = &self.model.words;
        let levels = [words.confidentiality, words.integrity, words.availability].map(|respect| {
            let reading = self.read(data, respect);
            match reading.value {
                Value::Enum(_, at) if stance == Stance::Filled || reading.is_stated() => at,
                _ => 0,
            }
        });
        levels.into_iter().max().unwrap_or(0)
    }

    fn hops_of(&self, closure: &Closure, touch: &Touch) -> Option<Vec<Hop>> {
        let Touch { holder, grant, what, data } = *touch;
        let place = |thing: ThingId| self.model.things[thing].place;
        let mut hops = self.hops_to(closure, holder);
        let action = self.actions(grant).first().copied()?;
        hops.push(Hop::new(closure.thing(holder)?, How::May(action), what, place(grant)));
        if what == data {
            return Some(hops);
        }
        let keeper = match self.hop_to_data(what, data) {
            Some(hop) => Some(hop),
            None => {
                let mut members = self.members(what);
                members.sort_by(|a, b| self.by_name(*a, *b));
                members.into_iter().find_map(|member| self.hop_to_data(member, data))
            }
        }?;
        if keeper.from != what {
            hops.push(Hop::new(what, How::Contains, keeper.from, self.place_in_zone(keeper.from)));
        }
        hops.push(keeper);
        Some(hops)
    }

    /// What a thing does with data itself.
    fn hop_to_data(&self, thing: ThingId, data: ThingId) -> Option<Hop> {
        let words = &self.model.words;
        let ways = [
            (words.stores, How::Keeps),
            (words.processes, How::Handles),
            (words.carries, How::Carries),
            (words.returns, How::Returns),
        ];
        let (name, how) = ways.into_iter().find(|(name, _)| self.references(thing, *name).contains(&data))?;
        let place = self.read(thing, name).place.unwrap_or(self.model.things[thing].place);
        Some(Hop::new(thing, how, data, place))
    }
}
