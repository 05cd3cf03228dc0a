//! Equality and order of values.
//!
//! In: two values. Out: how they compare, or nothing where they do not. Never: money of two currencies, or a total order of
//! what has none.

use std::cmp::Ordering;

use crate::model::{Model, Value};

/// A value as a number, where it is one: percentages are fractions, values of enums their strength or weight.
pub fn number(model: &Model, value: &Value) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Decimal(value) | Value::Percent(value) => Some(*value),
        Value::Enum(of, at) => model.percent((*of, *at)),
        _ => None,
    }
}

/// How two values of one type compare; `None` where they cannot be compared, or one is unknown.
pub fn order(model: &Model, a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Enum(of, a), Value::Enum(other, b)) if of == other => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
        (Value::Size(a), Value::Size(b)) => Some(a.cmp(b)),
        (Value::Money { currency, cents }, Value::Money { currency: other, cents: b })
            if currency == other =>
        {
            Some(cents.cmp(b))
        }
        _ => number(model, a)?.partial_cmp(&number(model, b)?),
    }
}

/// Whether two values are the same; `None` where one is unknown.
pub(super) fn same(model: &Model, a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        (Value::Enum(of, a), Value::Enum(other, b)) if of == other => Some(a == b),
        (Value::Kind(a), Value::Kind(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) => Some(a == b),
        _ if a == b => Some(true),
        _ => match (number(model, a), number(model, b)) {
            (Some(a), Some(b)) => Some(a.total_cmp(&b) == Ordering::Equal),
            _ => Some(false),
        },
    }
}
