//! What an attribute is, and who said so.
//!
//! In: a thing and the name of an attribute. Out: a [`Reading`]. Never: a default passed off as something that was said.

use super::Product;
use super::eval::{Scope, Stance, Val};
use super::presence::list;
use crate::base::{Name, Place};
use crate::model::{Attribute, EnumPosition, Keyword, KindId, Slot, Source, ThingId, Value};

/// The value of an attribute and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value, defaults filled in; [`Value::Unknown`] where nobody said and nothing stands in.
    pub value: Value,
    /// Who said so; `None`: nobody, and nothing stands in.
    pub source: Option<Source>,
    /// Where it was written.
    pub place: Option<Place>,
}

impl Reading {
    /// Whether somebody said it.
    pub fn is_stated(&self) -> bool {
        matches!(self.source, Some(Source::Declared | Source::Observed))
    }
}

impl Product {
    /// The value of an attribute of a thing.
    pub fn read(&self, thing: ThingId, name: Name) -> Reading {
        if let Some(setting) = self.said(thing, name) {
            let value = self.localised(&setting.value);
            return Reading { value, source: Some(setting.source), place: Some(setting.place) };
        }
        if let Some(reading) = self.structural(thing, name) {
            return reading;
        }
        let kind = self.model.things[thing].kind;
        let attribute = self.model.kinds[kind].attributes.get(&name);
        if let Some(reading) = attribute.and_then(|attribute| self.derived(thing, attribute)) {
            return reading;
        }
        if let Some(default) = attribute.and_then(|attribute| attribute.default.as_ref()) {
            let is_settled = self.is_settled_by_kind(kind, name) && !self.is_open(thing, name);
            let source = if is_settled { Source::Declared } else { Source::Assumed };
            return Reading { value: default.clone(), source: Some(source), place: None };
        }
        self.stand_in_for(thing, name).unwrap_or(Reading { value: Value::Unknown, source: None, place: None })
    }

    /// Whether somebody said what an attribute is; cheaper than to read it, where much may have to stand in for it.
    pub fn is_stated(&self, thing: ThingId, name: Name) -> bool {
        let kind = self.model.things[thing].kind;
        let attribute = || self.model.kinds[kind].attributes.get(&name);
        let settled = || {
            attribute().is_some_and(|attribute| attribute.default.is_some())
                && self.is_settled_by_kind(kind, name)
                && !self.is_open(thing, name)
        };
        match self.said(thing, name) {
            Some(setting) => setting.source != Source::Assumed,
            None => {
                let follows = self.structural(thing, name).or_else(|| self.derived(thing, attribute()?));
                follows.map_or_else(settled, |reading| reading.is_stated())
            }
        }
    }

    /// What follows from the thing's other attributes where its kind says how. It is said where those that it needs are.
    fn derived(&self, thing: ThingId, attribute: &Attribute) -> Option<Reading> {
        let derived = attribute.derived.as_ref()?;
        let seen = |stance| {
            // No default reads the date.
            let scope = Scope::new(self, 0, stance);
            scope.bind(Slot(0), Value::Thing(thing));
            match scope.eval(derived) {
                Val::One(value) => Some(value),
                _ => None,
            }
        };
        let (value, source) = match seen(Stance::Stated) {
            Some(value) => (value, Source::Declared),
            None => (seen(Stance::Filled)?, Source::Assumed),
        };
        Some(Reading { value, source: Some(source), place: None })
    }

    /// The thing that an attribute names, if it names one that is here.
    pub fn reference(&self, thing: ThingId, name: Name) -> Option<ThingId> {
        match self.read(thing, name).value {
            Value::Thing(found) if self.has(found) => Some(found),
            _ => None,
        }
    }

    /// The things that a list attribute names, those that are here.
    pub fn references(&self, thing: ThingId, name: Name) -> Vec<ThingId> {
        things_in(&self.read(thing, name).value)
    }

    /// Whether an attribute is true, defaults filled in.
    pub fn flag(&self, thing: ThingId, name: Name) -> bool {
        self.read(thing, name).value == Value::Bool(true)
    }

    /// The value of an enum that an attribute has, defaults filled in.
    pub fn position(&self, thing: ThingId, name: Name) -> Option<EnumPosition> {
        match self.read(thing, name).value {
            Value::Enum(of, at) => Some((of, at)),
            _ => None,
        }
    }

    /// How the value of an enum that an attribute has is spelt.
    pub fn word(&self, thing: ThingId, name: Name) -> Option<Name> {
        self.model.word_of(&self.read(thing, name).value)
    }

    /// References to what this deployment has in another's place.
    fn localised(&self, value: &Value) -> Value {
        match value {
            Value::Thing(thing) => Value::Thing(self.here(*thing)),
            Value::List(items) if items.iter().any(|item| matches!(item, Value::Thing(_))) => {
                let here = items.iter().map(|item| self.localised(item)).filter(|item| match item {
                    Value::Thing(thing) => self.has(*thing),
                    _ => true,
                });
                Value::List(here.collect())
            }
            other => other.clone(),
        }
    }

    /// Attributes that the language itself gives.
    fn structural(&self, thing: ThingId, name: Name) -> Option<Reading> {
        let words = &self.model.words;
        let declared = &self.model.things[thing];
        let text = |text: &str| Some(Product::follows(Value::Text(text.into()), Source::Declared));
        let stated = |thing: ThingId| Some(Product::follows(Value::Thing(thing), Source::Declared));
        if name == words.name {
            return text(&declared.name);
        }
        if name == words.path {
            return text(&declared.path);
        }
        if name == words.title {
            return text(declared.label());
        }
        match declared.keyword {
            Keyword::Flow if name == words.moves => Some(self.moves(thing)),
            Keyword::Flow if name == words.carries || name == words.returns => {
                Some(Product::follows(list([]), Source::Assumed))
            }
            Keyword::Flow => self.set_by_protocol(thing, name),
            Keyword::Run if name == words.zone => stated(self.zone_around(thing)?),
            Keyword::Run if name == words.host => stated(self.host_of(thing)?),
            Keyword::Zone | Keyword::Deployment | Keyword::Component if name == words.parent => {
                stated(self.zone_around(thing).filter(|around| *around != thing)?)
            }
            Keyword::Finding if name == words.id => {
                let cve = self.said(thing, words.cve).map(|setting| setting.value.clone());
                Some(Product::follows(cve.unwrap_or(Value::Text(declared.name.clone())), Source::Declared))
            }
            _ => None,
        }
    }

    /// What a flow carries and what comes back, together.
    fn moves(&self, flow: ThingId) -> Reading {
        let words = &self.model.words;
        let (carries, returns) = (self.read(flow, words.carries), self.read(flow, words.returns));
        let mut both = things_in(&carries.value);
        for data in things_in(&returns.value) {
            if !both.contains(&data) {
                both.push(data);
            }
        }
        let source =
            if carries.is_stated() && returns.is_stated() { Source::Declared } else { Source::Assumed };
        Reading { value: list(both), source: Some(source), place: carries.place.or(returns.place) }
    }

    fn set_by_protocol(&self, flow: ThingId, name: Name) -> Option<Reading> {
        let Some(Value::Kind(protocol)) =
            self.said(flow, self.model.words.protocol).map(|setting| &setting.value)
        else {
            return None;
        };
        let (_, value, place) = self.model.kinds[*protocol].sets.iter().find(|(set, ..)| *set == name)?;
        Some(Reading { value: value.clone(), source: Some(Source::Declared), place: Some(*place) })
    }

    /// What nobody said and no kind has a default for, but follows from the rest.
    fn stand_in_for(&self, thing: ThingId, name: Name) -> Option<Reading> {
        let declares = self.model.kinds[self.model.things[thing].kind].attributes.contains_key(&name);
        if name == self.model.words.processes && declares {
            return Some(Product::follows(list(self.moved_through(thing)), Source::Assumed));
        }
        None
    }

    /// Whether choosing a kind settles an attribute: what its place in the network is, and how sensitive its data is.
    ///
    /// Where the root kind speaks for data, nobody has classified it.
    pub(crate) fn is_settled_by_kind(&self, kind: KindId, name: Name) -> bool {
        let words = &self.model.words;
        let structure = [
            words.forwards,
            words.trust,
            words.is_host,
            words.admits,
            words.boundary,
            words.scope,
            words.shared,
            words.layer,
            words.class,
        ];
        let classification = [words.confidentiality, words.integrity, words.availability, words.untrusted];
        let is_root = self.model.kinds[kind].parent.is_none();
        structure.contains(&name) || (classification.contains(&name) && !is_root)
    }
}

/// The things in a list, or the one thing.
pub(super) fn things_in(value: &Value) -> Vec<ThingId> {
    match value {
        Value::Thing(thing) => vec![*thing],
        Value::List(items) => items
            .iter()
            .filter_map(|item| match item {
                Value::Thing(thing) => Some(*thing),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
