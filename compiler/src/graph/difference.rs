//! What two products do not have alike: two deployments of one model, or two versions of one deployment.
//!
//! In: two [`Product`]s. Out: [`Difference`]s, by name. Never: a difference in numbers of the implementation or in places; what is
//! compared is what names say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::eval::in_words;
use super::{Product, Reading, Truth};
use crate::model::{Keyword, ThingId, Value};

/// Something that two products do not have alike.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Declared with which keyword.
    pub keyword: Keyword,
    /// What it is called in both: its path, the deployment left out; empty for the deployment itself.
    pub path: Arc<str>,
    /// In what they differ.
    pub what: Unlike,
}

/// In what two products differ.
#[derive(Clone, Debug)]
pub enum Unlike {
    /// Only the first has it.
    First(ThingId),
    /// Only the second has it.
    Second(ThingId),
    /// Both have it, and an attribute has another value.
    Attribute {
        /// Which attribute.
        name: Arc<str>,
        /// What the first says.
        first: Said,
        /// What the second says.
        second: Said,
    },
    /// Both have it, and it is not as open to the internet.
    Exposure {
        /// Whether it is exposed in the first.
        first: Truth,
        /// Whether it is exposed in the second.
        second: Truth,
    },
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub struct Said {
    /// The value in words.
    pub words: String,
    /// What was read.
    pub reading: Reading,
}

/// What two products do not have alike, by path, and by attribute within.
pub fn differences(first: &Product, second: &Product) -> Vec<Difference> {
    let (ours, theirs) = (by_path(first), by_path(second));
    let paths: BTreeSet<&(Arc<str>, Keyword)> = ours.keys().chain(theirs.keys()).collect();
    let mut found = Vec::new();
    for key in paths {
        let (path, keyword) = key.clone();
        let mut add = |what| found.push(Difference { keyword, path: path.clone(), what });
        match (ours.get(key), theirs.get(key)) {
            (Some(one), Some(other)) => {
                let unlike = attributes(first, *one, second, *other).into_iter();
                unlike.chain(exposure(first, *one, second, *other)).for_each(add);
            }
            (Some(one), None) => add(Unlike::First(*one)),
            (None, Some(other)) => add(Unlike::Second(*other)),
            (None, None) => {}
        }
    }
    found
}

/// What a product has, by what it is called in any deployment.
fn by_path(product: &Product) -> BTreeMap<(Arc<str>, Keyword), ThingId> {
    let own = product.all().filter(|thing| !product.model.things[*thing].is_foreign);
    own.map(|thing| ((local_path(product, thing), product.model.things[thing].keyword), thing)).collect()
}

/// A path without the deployment. A placement is called like what it places, wherever that stands: to move is no farewell.
fn local_path(product: &Product, thing: ThingId) -> Arc<str> {
    let model = &product.model;
    let declared = &model.things[thing];
    if declared.keyword == Keyword::Run
        && let Some(component) = product.reference(thing, model.words.component)
        && let [_] = product.placements(component)
    {
        return model.path(component);
    }
    match declared.deployment {
        Some(deployment) if deployment == thing => "".into(),
        Some(deployment) => {
            let inside = declared.path.strip_prefix(&*model.path(deployment));
            inside.map_or_else(|| declared.path.clone(), |inside| inside.trim_start_matches('.').into())
        }
        None if declared.keyword == Keyword::Deployment => "".into(),
        None => declared.path.clone(),
    }
}

fn attributes(first: &Product, one: ThingId, second: &Product, other: ThingId) -> Vec<Unlike> {
    let mut names = names_of(first, one);
    names.extend(names_of(second, other));
    let unlike = names.into_iter().filter_map(|name| {
        let (first, second) = (said(first, one, &name), said(second, other, &name));
        // What nobody wrote on either side follows from something else that is told.
        let is_told = first.reading.is_stated() || second.reading.is_stated();
        (is_told && first.words != second.words).then_some(Unlike::Attribute { name, first, second })
    });
    unlike.collect()
}

/// What nobody declares for itself and everybody asks first.
fn exposure(first: &Product, one: ThingId, second: &Product, other: ThingId) -> Option<Unlike> {
    if !first.is(one, Keyword::Component) {
        return None;
    }
    let (first, second) = (first.exposed(one), second.exposed(other));
    (first != second).then_some(Unlike::Exposure { first, second })
}

/// The attributes that a thing has, and for a placement where it stands.
fn names_of(product: &Product, thing: ThingId) -> BTreeSet<Arc<str>> {
    let model = &product.model;
    let declared = &model.things[thing];
    let of_kind = model.kinds[declared.kind].attributes.keys().copied();
    let place = (declared.keyword == Keyword::Run).then_some(model.words.zone);
    let written = declared.settings.iter().map(|(name, _)| *name);
    of_kind.chain(place).chain(written).map(|name| model.names.text(name).into()).collect()
}

fn said(product: &Product, thing: ThingId, name: &str) -> Said {
    let reading = match product.model.names.find(name) {
        Some(name) => product.read(thing, name),
        None => Reading { value: Value::Unknown, source: None, place: None },
    };
    Said { words: words(product, &reading.value), reading }
}

/// A value in words, things by what they are called in any deployment.
fn words(product: &Product, value: &Value) -> String {
    match value {
        Value::Thing(thing) => match &*local_path(product, *thing) {
            "" => "the deployment".to_owned(),
            path => path.to_owned(),
        },
        Value::List(items) => {
            let mut all: Vec<String> = items.iter().map(|item| words(product, item)).collect();
            all.sort();
            format!("[{}]", all.join(", "))
        }
        other => in_words(&product.model, other),
    }
}
