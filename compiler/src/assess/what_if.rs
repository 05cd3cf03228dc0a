//! What a test or a what-if changes, and whether it is there at all.
//!
//! In: changes and the deployments that they are about. Out: problems. Never: a change that is dropped without a word.

use std::sync::Arc;

use super::errors;
use crate::base::Diagnostic;
use crate::graph::Product;
use crate::model::{Change, Model, Supposition, ThingId};

/// What is wrong with suppositions about what is not there; once for each thing.
pub fn absent_from(model: &Arc<Model>, supposed: &[Supposition]) -> Vec<Diagnostic> {
    let mut missed: Vec<ThingId> = Vec::new();
    let mut problems = Vec::new();
    for (at, supposition) in supposed.iter().enumerate() {
        let (target, place) = supposition.change.subject();
        // That a new thing is absent where it was not declared is no news.
        let is_own_absence = place == model.things[target].place;
        if missed.contains(&target) || is_own_absence {
            continue;
        }
        let before = Supposition::changes_in(supposed.get(..at).unwrap_or_default(), supposition.deployment);
        if let Some(problem) = absent(model, supposition.deployment, &before, &supposition.change) {
            missed.push(target);
            problems.push(problem);
        }
    }
    problems
}

/// What is wrong with a change of something that none of the deployments has which it is about; `None`: about all of them.
pub(super) fn absent(
    model: &Arc<Model>,
    deployment: Option<ThingId>,
    before: &[Change],
    change: &Change,
) -> Option<Diagnostic> {
    let (target, place) = change.subject();
    let own: Vec<ThingId> = model.own_deployments().collect();
    let about: Vec<Option<ThingId>> = match (deployment, own.is_empty()) {
        (None, false) => own.into_iter().map(Some).collect(),
        (deployment, _) => vec![deployment],
    };
    let has_it = |deployment: &Option<ThingId>| {
        let product = Product::build(model, *deployment, before);
        product.has(product.canonical(target))
    };
    if about.iter().any(has_it) {
        return None;
    }
    let around = match about.as_slice() {
        [Some(deployment)] => format!("in `{}`", model.path(*deployment)),
        [None] => "here".to_owned(),
        _ => "in any deployment".to_owned(),
    };
    Some(errors::changes_nothing(&model.path(target), &around, place))
}
