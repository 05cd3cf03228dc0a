//! Operators between values.
//!
//! In: both sides. Out: a truth or a value. Never: an overflow or a division by nothing that passes for a number.

use std::cmp::Ordering;

use super::compare::{number, order, same};
use super::{Scope, Truth, Val};
use crate::model::{BinaryOp, Expr, ExprKind, Function, ThingId, Value};

impl Scope<'_> {
    pub(super) fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Val {
        use BinaryOp::{
            Add, And, Divide, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, Multiply, NotEqual, Or,
            OrElse, Subtract,
        };
        match op {
            And => match self.truth(left) {
                Truth::False => Truth::False.into(),
                known => known.and(self.truth(right)).into(),
            },
            Or => match self.truth(left) {
                Truth::True => Truth::True.into(),
                known => known.or(self.truth(right)).into(),
            },
            Equal => self.equal(left, right).into(),
            NotEqual if self.lacks_reference(left, right) => Truth::False.into(),
            NotEqual => self.equal(left, right).negated().into(),
            Less | LessOrEqual | Greater | GreaterOrEqual => {
                self.ordered(op, &self.eval(left), &self.eval(right)).into()
            }
            In => self.contains(left, right).into(),
            OrElse => match self.eval(left) {
                Val::Unknown => self.eval(right),
                known => known,
            },
            Add | Subtract | Multiply | Divide => self.arithmetic(op, &self.eval(left), &self.eval(right)),
        }
    }

    fn lacks_reference(&self, left: &Expr, right: &Expr) -> bool {
        let lacks = |side: &Expr| Scope::is_reference(side) && self.eval(side) == Val::Unknown;
        lacks(left) || lacks(right)
    }

    fn equal(&self, left: &Expr, right: &Expr) -> Truth {
        let (a, b) = (self.eval(left), self.eval(right));
        match (&a, &b) {
            (Val::One(a), Val::One(b)) => same(&self.product.model, a, b).into(),
            (Val::List { items: a, is_complete: true }, Val::List { items: b, is_complete: true }) => {
                Truth::from(a == b)
            }
            _ if Scope::is_reference(left) || Scope::is_reference(right) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn ordered(&self, op: BinaryOp, a: &Val, b: &Val) -> Truth {
        let holds = |ordering: Ordering| match op {
            BinaryOp::Less => ordering == Ordering::Less,
            BinaryOp::LessOrEqual => ordering != Ordering::Greater,
            BinaryOp::Greater => ordering == Ordering::Greater,
            _ => ordering != Ordering::Less,
        };
        let compare = |a: &Value, b: &Value| order(&self.product.model, a, b).map(holds);
        let grows = matches!(op, BinaryOp::Greater | BinaryOp::GreaterOrEqual);
        match (a, b) {
            (Val::One(a), Val::One(b)) => compare(a, b).into(),
            // It may be more than that: what is true of a lower bound stays true upwards, and false downwards.
            (Val::AtLeast(a), Val::One(b)) => match compare(a, b) {
                Some(true) if grows => Truth::True,
                Some(false) if !grows => Truth::False,
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        }
    }

    fn contains(&self, left: &Expr, right: &Expr) -> Truth {
        let Val::One(item) = self.eval(left) else {
            return if Scope::is_reference(left) { Truth::False } else { Truth::Unknown };
        };
        if let (Value::Thing(thing), Some(zone)) = (&item, self.zone_of_members(right)) {
            return self.product.is_member(*thing, zone).into();
        }
        let Val::List { items, is_complete } = self.eval(right) else { return Truth::Unknown };
        let mut found = Truth::from(if is_complete { Some(false) } else { None });
        for other in items.iter() {
            found = found.or(same(&self.product.model, &item, other).into());
        }
        found
    }

    /// The zone of `members(zone)`: whether something is among them is cheaper to ask than to list them.
    fn zone_of_members(&self, list: &Expr) -> Option<ThingId> {
        match &list.kind {
            ExprKind::Call { function: Function::Members, args } => self.eval(args.first()?).thing(),
            _ => None,
        }
    }

    fn arithmetic(&self, op: BinaryOp, a: &Val, b: &Val) -> Val {
        let (Val::One(a), Val::One(b)) = (a, b) else { return Val::Unknown };
        self.computed(op, a, b).map_or(Val::Unknown, Val::One)
    }

    fn computed(&self, op: BinaryOp, a: &Value, b: &Value) -> Option<Value> {
        use BinaryOp::{Add, Divide, Multiply, Subtract};
        const DAY: i64 = 86_400;
        let whole = |a: i64, b: i64| match op {
            Add => a.checked_add(b),
            Subtract => a.checked_sub(b),
            Multiply => a.checked_mul(b),
            _ => None,
        };
        match (a, b) {
            (Value::Int(a), Value::Int(b)) if op != Divide => whole(*a, *b).map(Value::Int),
            (Value::Date(a), Value::Date(b)) if op == Subtract => {
                Some(Value::Duration((i64::from(*a) - i64::from(*b)) * DAY))
            }
            (Value::Date(day), Value::Duration(time)) => {
                let day = whole(i64::from(*day), time / DAY)?;
                i32::try_from(day).ok().map(Value::Date)
            }
            (Value::Duration(a), Value::Duration(b)) => whole(*a, *b).map(Value::Duration),
            (Value::Money { currency, cents }, Value::Money { currency: other, cents: b })
                if currency == other =>
            {
                Some(Value::Money { currency: *currency, cents: whole(*cents, *b)? })
            }
            (Value::Size(a), Value::Size(b)) => match op {
                Add => a.checked_add(*b).map(Value::Size),
                Subtract => a.checked_sub(*b).map(Value::Size),
                _ => None,
            },
            (Value::Duration(time), factor) => {
                scaled(op, *time, number(&self.product.model, factor)?).map(Value::Duration)
            }
            (Value::Money { currency, cents }, factor) => {
                let cents = scaled(op, *cents, number(&self.product.model, factor)?)?;
                Some(Value::Money { currency: *currency, cents })
            }
            _ => {
                let (x, y) = (number(&self.product.model, a)?, number(&self.product.model, b)?);
                let result = match op {
                    Add => x + y,
                    Subtract => x - y,
                    Multiply => x * y,
                    _ => x / y,
                };
                let is_share = |value: &Value| matches!(value, Value::Percent(_) | Value::Enum(..));
                let both_shares = is_share(a) && is_share(b);
                result.is_finite().then_some(if both_shares {
                    Value::Percent(result)
                } else {
                    Value::Decimal(result)
                })
            }
        }
    }
}

/// A whole amount times or divided by a factor, where the result fits.
fn scaled(op: BinaryOp, amount: i64, factor: f64) -> Option<i64> {
    let result = match op {
        BinaryOp::Multiply => amount as f64 * factor,
        BinaryOp::Divide => amount as f64 / factor,
        _ => return None,
    };
    (result.is_finite() && result.abs() < 9.0e18).then_some(result as i64)
}

pub(super) fn negated(val: Val) -> Val {
    match val {
        Val::One(Value::Int(value)) => {
            value.checked_neg().map_or(Val::Unknown, |value| Val::One(Value::Int(value)))
        }
        Val::One(Value::Decimal(value)) => Val::One(Value::Decimal(-value)),
        Val::One(Value::Percent(value)) => Val::One(Value::Percent(-value)),
        Val::One(Value::Duration(value)) => {
            value.checked_neg().map_or(Val::Unknown, |value| Val::One(Value::Duration(value)))
        }
        _ => Val::Unknown,
    }
}
