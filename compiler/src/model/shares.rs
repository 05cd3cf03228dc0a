//! Shares: probabilities, strengths, coverage. Whatever is written as one lies between nothing and all.
//!
//! In: values, and expressions that give a share. Out: problems. Never: a share that is cut off in silence.

use super::lower::Lower;
use super::{BinaryOp, Expr, ExprKind, Type, Value, errors};
use crate::base::Place;

impl Lower {
    /// A value where a share may stand, or nothing where it is above all or below nothing.
    pub(super) fn share(&mut self, value: Value, ty: &Type, place: Place) -> Option<Value> {
        let value = match (value, ty) {
            (Value::Decimal(part), Type::Percent) => Value::Percent(part),
            (Value::Int(whole), Type::Percent) => Value::Percent(whole as f64),
            (Value::List(values), Type::List(member)) => {
                let shares: Option<Vec<Value>> =
                    values.iter().map(|value| self.share(value.clone(), member, place)).collect();
                return Some(Value::List(shares?.into()));
            }
            (value, _) => value,
        };
        let is_a_share = matches!(ty, Type::Percent | Type::Enum(_));
        match value {
            Value::Percent(share) if is_a_share && !self.lies_between(share, place) => None,
            value => Some(value),
        }
    }

    /// Whether a share lies between nothing and all; reported where it does not.
    pub(super) fn lies_between(&mut self, share: f64, place: Place) -> bool {
        let is_one = (0.0..=1.0).contains(&share);
        if !is_one {
            self.problems.push(errors::no_share(share, place));
        }
        is_one
    }

    /// Looks at every share that an expression can come to without looking at any thing.
    pub(super) fn shares_of(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::If(_, then, otherwise) => {
                self.shares_of(then);
                self.shares_of(otherwise);
            }
            _ => {
                if let Some(share) = plain(expr) {
                    self.lies_between(share, expr.place);
                }
            }
        }
    }
}

/// The number that an expression of numbers alone comes to.
fn plain(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Value(Value::Percent(value) | Value::Decimal(value)) => Some(*value),
        ExprKind::Value(Value::Int(value)) => Some(*value as f64),
        ExprKind::Negate(inner) => Some(-plain(inner)?),
        ExprKind::Binary(op, left, right) => {
            let (left, right) = (plain(left)?, plain(right)?);
            match op {
                BinaryOp::Add => Some(left + right),
                BinaryOp::Subtract => Some(left - right),
                BinaryOp::Multiply => Some(left * right),
                BinaryOp::Divide if right != 0.0 => Some(left / right),
                _ => None,
            }
        }
        _ => None,
    }
}
