//! Decisions to live with a risk, and whether they still hold.
//!
//! In: the acceptances of a product. Out: a [`Status`]. Never: another number; what was accepted is counted as before.

use super::{Constants, Status};
use crate::graph::Product;
use crate::model::{Keyword, ThingId, Value};

/// What was decided about the risk that a rule or loss called `name` poses to a thing.
pub fn status(
    product: &Product,
    constants: &Constants,
    today: i32,
    name: &str,
    thing: ThingId,
    score: f64,
) -> Status {
    let accepted =
        product.things(Keyword::Accept).iter().filter(|accept| is_about(product, **accept, name, thing));
    let holding = accepted.filter_map(|accept| decision(product, *accept));
    let mut holding = holding.filter(|decision| {
        today <= decision.until && score <= decision.max_score + constants.acceptance_margin
    });
    holding.next().map_or(Status::Open, |decision| Status::Accepted {
        decision: decision.word.into(),
        owner: decision.owner.into(),
        because: decision.because.into(),
        until: decision.until,
    })
}

/// What an acceptance says.
struct Decision {
    word: String,
    owner: String,
    because: String,
    until: i32,
    max_score: f64,
}

fn is_about(product: &Product, accept: ThingId, name: &str, thing: ThingId) -> bool {
    let words = &product.model.words;
    let rule = product.read(accept, words.rule).value;
    let here = match product.said(accept, words.deployment).map(|setting| &setting.value) {
        Some(Value::Thing(deployment)) => Some(*deployment) == product.deployment,
        _ => true,
    };
    here && rule == Value::Text(name.into()) && product.reference(accept, words.on) == Some(thing)
}

fn decision(product: &Product, accept: ThingId) -> Option<Decision> {
    let words = &product.model.words;
    let text = |name| match product.read(accept, name).value {
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let Value::Date(until) = product.read(accept, words.until).value else { return None };
    let max_score = crate::graph::eval::number(&product.model, &product.read(accept, words.max_score).value)?;
    let name = product.model.names.find("as")?;
    let word = product.word(accept, name).map(|word| product.model.names.text(word).to_owned());
    Some(Decision { word: word?, owner: text(words.owner), because: text(words.because), until, max_score })
}
