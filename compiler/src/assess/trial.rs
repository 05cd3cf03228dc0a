//! A product as some cures would make it, among the other deployments as they are.
//!
//! In: a product and cures. Out: the product with them, and what attacks on it then do. Never: a change of the model that others
//! look at; a control that nobody has declared is declared in a copy.

use std::sync::Arc;

use super::cure::{Act, Cure};
use super::sharing::Draft;
use super::situation::{Settings, Situation};
use crate::graph::Product;
use crate::model::{Change, Model, Setting, Source};

/// Looks at a deployment among all as some cures would make it.
pub(super) fn try_out<'c, T>(
    product: &Product,
    others: &[Draft<'_>],
    settings: &Settings,
    cures: impl IntoIterator<Item = &'c Cure>,
    look: impl FnOnce(&Situation<'_>) -> T,
) -> T {
    let product = cured(product, cures);
    let own = Draft::of(&product, settings);
    look(&Situation::of(&own, others, settings))
}

/// The product once the cures are in place.
fn cured<'c>(product: &Product, cures: impl IntoIterator<Item = &'c Cure>) -> Product {
    let mut changes: Vec<Change> = Vec::new();
    let mut declared = Vec::new();
    for cure in cures {
        match &cure.act {
            Act::Set(thing, name, value) => {
                let setting = Setting { value: value.clone(), place: cure.place, source: Source::Declared };
                changes.push(Change::Set(*thing, *name, setting));
            }
            Act::Put(controls) => declared.extend(controls.iter().map(|control| control.thing(cure.place))),
        }
    }
    if declared.is_empty() {
        return product.with(&product.model, &changes);
    }
    let mut model = Model::clone(&product.model);
    declared.into_iter().for_each(|thing| {
        model.things.push(thing);
    });
    product.with(&Arc::new(model), &changes)
}
