//! What the author takes to be true without proof, for the outputs that list it.
//!
//! In: [`Material`]. Out: [`Assumption`]s, in order of declaration. Never: one of a package that this one stands on: its
//! own authors look after it.

use super::Material;
use crate::base::{Name, Place};
use crate::model::{Keyword, Thing, ThingId, Value};

/// Something that is taken to be true.
pub(super) struct Assumption<'a> {
    /// What, in the author's words.
    pub what: &'a str,
    /// What it is about.
    pub about: Vec<ThingId>,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// When it must be looked at again, in days since 1970-01-01.
    pub review: Option<i32>,
    /// Whether that day is past.
    pub is_overdue: bool,
    /// Where it stands.
    pub place: Place,
}

/// All assumptions of a package.
pub(super) fn assumptions<'a>(material: &Material<'a>) -> Vec<Assumption<'a>> {
    let things = material.model.things.iter();
    let own = things.filter(|thing| thing.keyword == Keyword::Assumption && !thing.is_foreign);
    own.map(|thing| assumption(material, thing)).collect()
}

fn assumption<'a>(material: &Material<'a>, thing: &'a Thing) -> Assumption<'a> {
    let words = &material.model.words;
    let said = |name: Name| thing.setting(name).map(|setting| &setting.value);
    let review = match said(words.review) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    let items = match said(words.about) {
        Some(Value::List(items)) => items,
        _ => &[] as &[Value],
    };
    let about = items.iter().filter_map(|item| match item {
        Value::Thing(thing) => Some(*thing),
        _ => None,
    });
    Assumption {
        what: thing.label(),
        about: about.collect(),
        owner: match said(words.owner) {
            Some(Value::Text(owner)) => Some(owner),
            _ => None,
        },
        review,
        is_overdue: review.is_some_and(|day| day < material.assessment.today),
        place: thing.place,
    }
}
