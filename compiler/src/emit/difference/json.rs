//! The comparison of two deployments for programs.
//!
//! In: a [`Comparison`]. Out: JSON. Never: anything that the text does not say.

use serde::Serialize;

use super::{Comparison, in_a_word};
use crate::emit::json::{FORMAT, pretty};
use crate::emit::moved::Shape;
use crate::graph::{Difference, Said, Unlike};

#[derive(Serialize)]
struct Report {
    format: u32,
    first: String,
    second: String,
    declared: Vec<Declared>,
    losses: Vec<Shape>,
    weaknesses: Vec<Shape>,
}

#[derive(Serialize)]
struct Declared {
    keyword: &'static str,
    /// Without the deployment; empty for the deployment itself.
    path: String,
    /// `first`, `second`: only there; `attribute`: in both, and otherwise; `exposure`: in both, and not as open to the internet.
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<Value>,
}

#[derive(Serialize)]
struct Value {
    value: String,
    /// Whether somebody said it.
    stated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

/// A comparison as JSON.
pub fn json(comparison: &Comparison<'_>) -> String {
    let constants = &comparison.material.assessment.constants;
    let risks = |losses: bool| {
        let some = comparison.risks.iter().filter(move |moved| moved.is_loss == losses);
        some.map(|moved| moved.shape(constants)).collect()
    };
    pretty(&Report {
        format: FORMAT,
        first: comparison.first.product.name().to_string(),
        second: comparison.second.product.name().to_string(),
        declared: comparison.declared.iter().map(|difference| declared(comparison, difference)).collect(),
        losses: risks(true),
        weaknesses: risks(false),
    })
}

fn declared(comparison: &Comparison<'_>, difference: &Difference) -> Declared {
    let (change, attribute, first, second) = match &difference.what {
        Unlike::First(_) => ("first", None, None, None),
        Unlike::Second(_) => ("second", None, None, None),
        Unlike::Attribute { name, first, second } => {
            let value = |said| Some(value(comparison, said));
            ("attribute", Some(name.to_string()), value(first), value(second))
        }
        Unlike::Exposure { first, second } => {
            // The graph says so: nobody stated it, and it stands nowhere.
            let value = |truth| Value { value: in_a_word(truth).to_owned(), stated: false, place: None };
            ("exposure", None, Some(value(*first)), Some(value(*second)))
        }
    };
    let (keyword, path) = (difference.keyword.word(), difference.path.to_string());
    Declared { keyword, path, change, attribute, first, second }
}

fn value(comparison: &Comparison<'_>, said: &Said) -> Value {
    let place = said.reading.place.filter(|place| comparison.material.is_own(place.file));
    Value {
        value: said.words.clone(),
        stated: said.reading.is_stated(),
        place: place.map(|place| comparison.material.shown_place(place)),
    }
}
