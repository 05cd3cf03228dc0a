//! What was found on every thing of a deployment, for the badges of its picture.
//!
//! In: an assessment. Out: a [`Found`] for any set of things. Never: a question, or a risk about which something was
//! decided: a badge counts what is established and open.

use std::collections::BTreeMap;

use super::picture::Found;
use crate::assess::{Assessed, Constants, Status};
use crate::graph::Product;
use crate::model::{Keyword, ThingId};

/// Weaknesses by the thing that a picture shows them on.
#[derive(Default)]
pub(super) struct Findings {
    by_thing: BTreeMap<ThingId, Found>,
}

impl Findings {
    /// Those of a deployment.
    pub fn of(product: &Product, assessed: &Assessed, constants: &Constants) -> Findings {
        let mut findings = Findings::default();
        for weakness in assessed.established().filter(|weakness| weakness.status == Status::Open) {
            let band = weakness.numbers.residual.band(constants);
            let found = findings.by_thing.entry(shown_on(product, weakness.thing)).or_default();
            *found = Found { band: found.band.max(band), count: found.count + 1 };
        }
        findings
    }

    /// Those on any of some things.
    pub fn on(&self, things: &[ThingId]) -> Found {
        let found = things.iter().filter_map(|thing| self.by_thing.get(thing));
        found.fold(Found::default(), |all, one| Found {
            band: all.band.max(one.band),
            count: all.count + one.count,
        })
    }
}

/// A placement is drawn as the component that it places, a finding as what it is on.
fn shown_on(product: &Product, thing: ThingId) -> ThingId {
    let words = &product.model.words;
    let shown = match product.model.things[thing].keyword {
        Keyword::Run => product.reference(thing, words.component),
        Keyword::Finding => product.reference(thing, words.on).map(|on| shown_on(product, on)),
        _ => None,
    };
    shown.unwrap_or(thing)
}
