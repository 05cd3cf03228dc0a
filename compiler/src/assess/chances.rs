//! How likely something is, once with defaults and once at its most favourable.
//!
//! In: an expression that gives a share. Out: two numbers between 0 and 1. Never: a number above 1, or a favourable one that is
//! worse than the default.

use super::matching::Finder;
use crate::graph::{Truth, Val, eval};
use crate::model::{Expr, ExprKind, Type, Value};

/// What the expression is with defaults filled in, and the least that it can be whatever the answers are.
///
/// Where nothing at all is known it counts against the author: 1.
pub fn range(finder: &Finder<'_>, expr: &Expr) -> (f64, f64) {
    let filled = share(finder, &finder.filled.eval(expr)).unwrap_or(1.0);
    (filled, least(finder, expr).unwrap_or(filled).min(filled))
}

fn share(finder: &Finder<'_>, val: &Val) -> Option<f64> {
    match val {
        Val::One(value) | Val::AtLeast(value) => {
            eval::number(&finder.product.model, value).map(|share| share.clamp(0.0, 1.0))
        }
        _ => None,
    }
}

/// The least that an expression can be: what was said, or the lowest value that the attribute could have.
fn least(finder: &Finder<'_>, expr: &Expr) -> Option<f64> {
    if let Some(said) = share(finder, &finder.stated.eval(expr)) {
        return Some(said);
    }
    match &expr.kind {
        ExprKind::If(condition, then, otherwise) => match finder.stated.truth(condition) {
            Truth::True => least(finder, then),
            Truth::False => least(finder, otherwise),
            Truth::Unknown => Some(least(finder, then)?.min(least(finder, otherwise)?)),
        },
        ExprKind::Attribute { .. } => match &expr.ty {
            Type::Enum(of) => {
                let values = finder.product.model.enums[*of].values.iter();
                values.filter_map(|value| value.percent).reduce(f64::min)
            }
            // A plain share has no list of possible values: its default is the best there is.
            _ => share(finder, &finder.filled.eval(expr)),
        },
        ExprKind::Value(Value::Unknown) => None,
        _ => share(finder, &finder.filled.eval(expr)),
    }
}
