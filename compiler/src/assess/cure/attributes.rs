//! Attributes that a step reads, and the values that they could have instead.
//!
//! In: an expression of a step whose variables are bound. Out: changes of attributes. Never: an attribute that nobody decides on.

use super::{MOST_POINTS, Search, points};
use crate::base::Name;
use crate::graph::eval;
use crate::model::{EnumId, Expr, ExprKind, Keyword, ThingId, Type, Value};

/// Which other values of an attribute are worth a try.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    /// Those that resist more.
    Stronger,
    /// Those that are less likely.
    Rarer,
    /// Any.
    Otherwise,
}

impl Search<'_, '_> {
    /// The attributes that an expression reads.
    pub(super) fn attributes_in(&mut self, expr: &Expr, better: Better) {
        let mut open = vec![expr];
        while let Some(part) = open.pop() {
            // What a quantifier binds is not bound here.
            if !matches!(part.kind, ExprKind::Quantified { .. } | ExprKind::Filter { .. }) {
                open.extend(part.children());
            }
            self.attribute(part, better);
        }
    }

    /// Values that an attribute could have instead.
    pub(super) fn attribute(&mut self, attribute: &Expr, better: Better) {
        let ExprKind::Attribute { of, name } = &attribute.kind else { return };
        let Some(thing) = self.finder().filled.eval(of).thing() else { return };
        if !self.may_be_changed(thing, *name) {
            return;
        }
        let now = self.product().read(thing, *name).value;
        match &attribute.ty {
            Type::Enum(of) => self.enum_values(thing, *name, *of, &now, better),
            Type::Bool if better != Better::Stronger => {
                let value = Value::Bool(now != Value::Bool(true));
                self.set(better, thing, *name, value, MOST_POINTS);
            }
            _ => {}
        }
    }

    fn enum_values(&mut self, thing: ThingId, name: Name, of: EnumId, now: &Value, better: Better) {
        let model = self.product().model.clone();
        let current = eval::number(&model, now);
        for (at, value) in model.enums[of].values.iter().enumerate() {
            let other = Value::Enum(of, at as u32);
            // A value that says how strong or how likely tells by itself whether it is better.
            let promise = match (better, value.percent) {
                (Better::Stronger, Some(share)) => points(1.0 - current.unwrap_or(0.0), 1.0 - share),
                (Better::Rarer, Some(share)) => points(current.unwrap_or(1.0), share),
                (Better::Otherwise, None) => MOST_POINTS,
                _ => continue,
            };
            if other != *now && promise > 0.0 {
                self.set(better, thing, name, other, promise);
            }
        }
    }

    /// Whether an author decides on an attribute: not on what a thing is, how bad its loss would be, or how it stands to us.
    fn may_be_changed(&self, thing: ThingId, name: Name) -> bool {
        let model = &self.product().model;
        let declared = &model.things[thing];
        let is_decided = !matches!(
            declared.keyword,
            Keyword::Data
                | Keyword::Actor
                | Keyword::Attacker
                | Keyword::Product
                | Keyword::Finding
                | Keyword::Control
        );
        let is_set_by_kind = self.product().is_settled_by_kind(declared.kind, name);
        !declared.is_foreign && is_decided && !is_set_by_kind && name != model.words.holds
    }
}
