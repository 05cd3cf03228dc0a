//! What is where: the data that things handle, how sensitive it is, and whether outsiders wrote it.
//!
//! In: readings of attributes, and a stance. Out: lists and levels, and whether more could be there than was said.
//! Never: unknown data taken for none.

use super::Product;
use super::eval::Stance;
use crate::base::Name;
use crate::model::{Keyword, ThingId, Value};

/// Things that were said, and whether there may be others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Those that are known.
    pub things: Vec<ThingId>,
    /// Whether somebody said that these are all.
    pub is_complete: bool,
}

impl Product {
    /// A list attribute under a stance.
    pub(super) fn list_of(&self, thing: ThingId, name: Name, stance: Stance) -> Known {
        let words = &self.model.words;
        if name == words.moves {
            let (carries, returns) =
                (self.list_of(thing, words.carries, stance), self.list_of(thing, words.returns, stance));
            let mut both = carries.things;
            both.extend(returns.things);
            return Known { things: sorted(both), is_complete: carries.is_complete && returns.is_complete };
        }
        if stance == Stance::Stated && !self.is_stated(thing, name) {
            return Known { things: Vec::new(), is_complete: false };
        }
        Known { things: self.references(thing, name), is_complete: true }
    }

    /// The data that a thing stores and processes. Flows handle what they move; people handle nothing.
    pub fn handles(&self, thing: ThingId, stance: Stance) -> Known {
        let words = &self.model.words;
        match self.model.things[thing].keyword {
            Keyword::Component | Keyword::Integration => {
                let stores = self.list_of(thing, words.stores, stance);
                let processes = self.list_of(thing, words.processes, stance);
                let mut both = stores.things;
                both.extend(processes.things);
                Known { things: sorted(both), is_complete: stores.is_complete && processes.is_complete }
            }
            Keyword::Flow => self.list_of(thing, words.moves, stance),
            Keyword::Data => Known { things: vec![thing], is_complete: true },
            Keyword::Zone | Keyword::Deployment => {
                let mut all = Known { things: Vec::new(), is_complete: true };
                for member in self.members(thing) {
                    let handled = self.handles(member, stance);
                    all.things.extend(handled.things);
                    all.is_complete = all.is_complete && handled.is_complete;
                }
                Known { things: sorted(all.things), is_complete: all.is_complete }
            }
            Keyword::Run => match self.reference(thing, words.component) {
                Some(component) => self.handles(component, stance),
                None => Known { things: Vec::new(), is_complete: true },
            },
            _ => Known { things: Vec::new(), is_complete: true },
        }
    }

    /// The highest level that the data of a thing has in one respect; the lowest there is where it has none.
    pub(super) fn sensitivity(&self, thing: ThingId, respect: Name, stance: Stance) -> Level {
        let handled = self.handles(thing, stance);
        let mut level = Level { value: self.lowest_level(), is_complete: handled.is_complete };
        for data in handled.things {
            let reading = self.read(data, respect);
            if stance == Stance::Stated && !reading.is_stated() {
                level.is_complete = false;
                continue;
            }
            if let (Value::Enum(of, at), Some(Value::Enum(_, highest))) = (&reading.value, &level.value)
                && at > highest
            {
                level.value = Some(Value::Enum(*of, *at));
            }
        }
        level
    }

    fn lowest_level(&self) -> Option<Value> {
        let of = self.model.index.enums.get(&self.model.words.Level)?;
        Some(Value::Enum(*of, 0))
    }

    /// Whether untrusted content arrives at a thing: along an arrow that ends there, or back along one that starts there.
    pub(super) fn tainted(&self, thing: ThingId, stance: Stance) -> super::Truth {
        let words = &self.model.words;
        let arriving = self.flows_to(thing).into_iter().map(|flow| (flow, words.carries));
        let returning = self.flows_from(thing).into_iter().map(|flow| (flow, words.returns));
        let mut truth = super::Truth::False;
        for (flow, side) in arriving.chain(returning) {
            let moved = self.list_of(flow, side, stance);
            if !moved.is_complete {
                truth = truth.or(super::Truth::Unknown);
            }
            for data in moved.things {
                let reading = self.read(data, words.untrusted);
                let known = stance == Stance::Filled || reading.is_stated();
                let untrusted = if known { Some(reading.value == Value::Bool(true)) } else { None };
                truth = truth.or(untrusted.into());
            }
        }
        truth
    }
}

/// A level, and whether it could be higher than what was said.
pub(super) struct Level {
    pub value: Option<Value>,
    pub is_complete: bool,
}

fn sorted(mut things: Vec<ThingId>) -> Vec<ThingId> {
    things.sort();
    things.dedup();
    things
}
