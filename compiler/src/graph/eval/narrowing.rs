//! Which members of a whole class a quantifier has to look at: those that its condition ties to what is bound already.
//!
//! In: the condition of `any x in component: …`. Out: the only things for which it can be true, where the condition says so.
//! Never: a thing left out for which the condition is true.

use super::{Scope, Stance, Val};
use crate::graph::reading::things_in;
use crate::model::{BinaryOp, Expr, ExprKind, Function, Slot, ThingId, Value};

/// The things a quantifier has to look at.
pub(super) struct Narrowed {
    pub things: Vec<ThingId>,
    /// Whether the condition is false for all others; else it may be unknown.
    pub is_exact: bool,
}

impl Scope<'_> {
    /// The things that one conjunct of a condition ties to what is bound already.
    pub(super) fn narrowed(&self, slot: Slot, condition: &Expr) -> Option<Narrowed> {
        let ExprKind::Binary(op, left, right) = &condition.kind else { return None };
        match op {
            BinaryOp::And => self.narrowed(slot, left).or_else(|| self.narrowed(slot, right)),
            BinaryOp::Equal => {
                self.by_reference(slot, left, right).or_else(|| self.by_reference(slot, right, left))
            }
            BinaryOp::In => self.by_member(slot, left, right),
            _ => None,
        }
    }

    /// `x.to == c`
    fn by_reference(&self, slot: Slot, side: &Expr, other: &Expr) -> Option<Narrowed> {
        let ExprKind::Attribute { of, name } = &side.kind else { return None };
        if !is_slot(of, slot) || mentions(other, slot) || !Scope::is_reference(side) {
            return None;
        }
        let thing = self.eval(other).thing();
        let holders = self.product.holders(*name);
        let things = thing.and_then(|thing| holders.get(&thing)).cloned().unwrap_or_default();
        Some(Narrowed { things, is_exact: true })
    }

    /// `d in x.carries`, `d in handles(x)`, `x in handles(c)`
    fn by_member(&self, slot: Slot, item: &Expr, list: &Expr) -> Option<Narrowed> {
        let is_exact = self.stance == Stance::Filled;
        if is_slot(item, slot) && !mentions(list, slot) {
            return match self.eval(list) {
                Val::List { items, is_complete } => {
                    Some(Narrowed { things: things_in(&Value::List(items)), is_exact: is_complete })
                }
                _ => None,
            };
        }
        if mentions(item, slot) {
            return None;
        }
        let held = self.eval(item).thing()?;
        match &list.kind {
            ExprKind::Attribute { of, name } if is_slot(of, slot) => {
                let things = self.product.holders(*name).get(&held).cloned().unwrap_or_default();
                Some(Narrowed { things, is_exact })
            }
            ExprKind::Call { function: Function::Handles, args } => {
                let asks = args.first().is_some_and(|arg| is_slot(arg, slot));
                asks.then(|| Narrowed { things: self.product.handlers_of(held).to_vec(), is_exact })
            }
            _ => None,
        }
    }
}

fn is_slot(expr: &Expr, slot: Slot) -> bool {
    matches!(expr.kind, ExprKind::Variable(found) if found == slot)
}

fn mentions(expr: &Expr, slot: Slot) -> bool {
    is_slot(expr, slot) || expr.children().into_iter().any(|child| mentions(child, slot))
}
