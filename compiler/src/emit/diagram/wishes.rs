//! What the pictures of a product are to show: what a view includes, and components that are worth a picture.
//!
//! In: an expression, a deployment. Out: a [`Wish`]. Never: a thing that is left out because too little is known of it.

use std::collections::{BTreeMap, BTreeSet};

use super::selection::{Wish, part_of, parties, parties_of};
use crate::graph::{Product, Scope, Truth};
use crate::model::{Expr, ExprKind, Keyword, ThingId, Value};

/// A product with more components of several parts than this gets pictures of those that have most.
const MOST_INSIDES: usize = 30;

/// What a view includes, in one deployment.
///
/// What is named never folds, however large the picture is; what a query finds does where there is too much of it. A part
/// that a kind made is shown when it is named or found, and not because a zone around it is.
pub(super) fn included(product: &Product, scope: &Scope<'_>, include: &Expr) -> Wish {
    let things = found(scope, include);
    let is_zone =
        |thing: &ThingId| matches!(product.model.things[*thing].keyword, Keyword::Zone | Keyword::Deployment);
    let behind = |things: &mut dyn Iterator<Item = ThingId>| -> BTreeSet<ThingId> {
        things.flat_map(|thing| parties_of(product, thing)).collect()
    };
    Wish {
        all: behind(&mut things.iter().copied()),
        themselves: behind(&mut things.iter().copied().filter(|thing| !is_zone(thing))),
        fixed: behind(&mut named(include).into_iter()),
        neighbours: 0,
    }
}

/// The things that an expression stands for. Those of which a query cannot tell, defaults filled in, count against the author.
fn found(scope: &Scope<'_>, include: &Expr) -> Vec<ThingId> {
    let ExprKind::Filter { slot, source, condition } = &include.kind else {
        return scope.eval(include).things();
    };
    let all = scope.eval(source).things().into_iter();
    let is_kept = |thing: &ThingId| {
        scope.bind(*slot, Value::Thing(*thing));
        scope.truth(condition) != Truth::False
    };
    all.filter(is_kept).collect()
}

/// The things that an expression calls by their names.
fn named(include: &Expr) -> Vec<ThingId> {
    match &include.kind {
        ExprKind::Value(Value::Thing(thing)) => vec![*thing],
        ExprKind::Value(Value::List(items)) => {
            let things = items.iter().filter_map(|item| match item {
                Value::Thing(thing) => Some(*thing),
                _ => None,
            });
            things.collect()
        }
        ExprKind::List(items) => items.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

/// Top-level components with parts; of very many, those with most.
pub(super) fn with_insides(product: &Product) -> Vec<ThingId> {
    let mut parts: BTreeMap<ThingId, usize> = BTreeMap::new();
    for part in parties(product) {
        let outermost = std::iter::successors(Some(part), |inner| part_of(product, *inner)).last();
        if let Some(whole) = outermost.filter(|whole| *whole != part) {
            *parts.entry(whole).or_default() += 1;
        }
    }
    let mut wholes: Vec<(ThingId, usize)> = parts.into_iter().collect();
    wholes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    wholes.truncate(MOST_INSIDES);
    let mut wholes: Vec<ThingId> = wholes.into_iter().map(|(whole, _)| whole).collect();
    wholes.sort_unstable();
    wholes
}
