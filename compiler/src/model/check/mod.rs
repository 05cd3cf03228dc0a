//! Expressions get types: every name is resolved, every operator knows its sides.
//!
//! In: an expression of a tree and what is in scope. Out: an [`Expr`]. Never: the same mistake said twice
//! ([`Type::Error`] fits everything).

mod calls;
mod operators;
mod paths;
mod unknown;
mod values;

use self::calls::Callee;
use super::collect::Item;
use super::lower::{Lower, at};
use super::rule_errors;
use super::{Expr, ExprKind, Slot, ThingId, Type, Value, errors};
use crate::base::{Name, Place};
use crate::syntax::ast::{self, ExprId, Literal};
use crate::syntax::text;

/// What an expression can see.
pub(super) struct Frame<'a> {
    /// The declaration it stands in.
    pub item: Item<'a>,
    /// The thing whose members need no prefix.
    pub scope: Option<ThingId>,
    /// Bound variables, innermost last.
    pub variables: Vec<(Name, Slot, Type)>,
    /// The next free slot.
    pub slots: u16,
}

impl<'a> Frame<'a> {
    /// Nothing bound yet.
    pub fn new(item: Item<'a>, scope: Option<ThingId>) -> Frame<'a> {
        Frame { item, scope, variables: Vec::new(), slots: 0 }
    }

    /// Binds a variable in a slot of its own.
    pub fn bind(&mut self, name: Name, ty: Type) -> Slot {
        let slot = Slot(self.slots);
        self.slots = self.slots.saturating_add(1);
        self.variables.push((name, slot, ty));
        slot
    }

    fn place(&self, span: crate::base::Span) -> Place {
        at(self.item, span)
    }
}

impl Lower {
    /// Types an expression. `expected` is what the place asks for: it decides what a bare word means.
    pub(super) fn expr(&mut self, frame: &mut Frame<'_>, id: ExprId, expected: Option<&Type>) -> Expr {
        let tree = frame.item.tree;
        let node = &tree.exprs[id];
        let place = frame.place(node.span);
        match &node.kind {
            ast::ExprKind::Missing => error(place),
            ast::ExprKind::Literal(literal) => self.literal(literal, place, tree),
            ast::ExprKind::Name(_) | ast::ExprKind::Member { .. } => self.path(frame, id, expected),
            ast::ExprKind::Call { package, name, args } => {
                self.call(frame, &Callee::of(tree, *package, *name), args, place)
            }
            ast::ExprKind::List(items) => self.list(frame, items, place, expected),
            ast::ExprKind::Group(inner) => self.expr(frame, *inner, expected),
            ast::ExprKind::Unary { op: ast::UnaryOp::Not, operand } => {
                let operand = self.condition(frame, *operand);
                Expr { kind: ExprKind::Not(Box::new(operand)), ty: Type::Bool, place }
            }
            ast::ExprKind::Unary { op: ast::UnaryOp::Negate, operand } => {
                let operand = self.expr(frame, *operand, expected);
                let ty = operand.ty.clone();
                Expr { kind: ExprKind::Negate(Box::new(operand)), ty, place }
            }
            ast::ExprKind::Binary { op, left, right, .. } => self.binary(frame, *op, *left, *right, place),
            ast::ExprKind::Is { value, ty } => {
                let value = self.expr(frame, *value, None);
                let ast::TypeKind::Named(paths) = &ty.kind else { return error(place) };
                let things = self.thing_type(paths, frame.item);
                Expr { kind: ExprKind::Is(Box::new(value), things), ty: Type::Bool, place }
            }
            ast::ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(frame, *condition);
                let then = self.expr(frame, *then, expected);
                let known = expected.cloned().unwrap_or_else(|| then.ty.clone());
                let otherwise = self.expr(frame, *otherwise, Some(&known));
                let ty = then.ty.clone();
                Expr {
                    kind: ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
                    ty,
                    place,
                }
            }
            ast::ExprKind::Quantified { quantifier, variable, source, condition } => {
                let (slot, source, condition, _) = self.over_members(frame, *variable, *source, *condition);
                let kind = ExprKind::Quantified { quantifier: *quantifier, slot, source, condition };
                Expr { kind, ty: Type::Bool, place }
            }
            ast::ExprKind::Filter { variable, source, condition } => {
                let (slot, source, condition, ty) = self.over_members(frame, *variable, *source, *condition);
                Expr { kind: ExprKind::Filter { slot, source, condition }, ty, place }
            }
            ast::ExprKind::Over { quantifier, state } => {
                let state = self.expr(frame, *state, None);
                if state.ty != Type::State && state.ty != Type::Error {
                    self.problems.push(rule_errors::state_expected(place));
                }
                Expr { kind: ExprKind::Over(*quantifier, Box::new(state)), ty: Type::State, place }
            }
        }
    }

    /// Types a condition: something that is true, false or unknown.
    pub(super) fn condition(&mut self, frame: &mut Frame<'_>, id: ExprId) -> Expr {
        self.typed(frame, id, &Type::Bool)
    }

    /// Types an expression that must be of a type.
    pub(super) fn typed(&mut self, frame: &mut Frame<'_>, id: ExprId, ty: &Type) -> Expr {
        let expr = self.expr(frame, id, Some(ty));
        if !self.fits(&expr.ty, ty) {
            let expected = if *ty == Type::Bool { "a condition".to_owned() } else { self.describe(ty) };
            let found = self.describe_found(&expr.ty);
            self.problems.push(errors::wrong_type(&expected, &found, expr.place));
            return error(expr.place);
        }
        expr
    }

    fn literal(&mut self, literal: &Literal, place: Place, tree: &ast::File) -> Expr {
        let (value, ty) = match literal {
            Literal::Bool(value) => (Value::Bool(*value), Type::Bool),
            Literal::Unknown => (Value::Unknown, Type::Error),
            Literal::Text => {
                let words = text::decode(place.span.slice(&tree.text));
                (Value::Text(words.into()), Type::Text)
            }
            Literal::Int(value) => (Value::Int(*value), Type::Int),
            Literal::Decimal(value) => (Value::Decimal(*value), Type::Decimal),
            Literal::Percent(value) => (Value::Percent(*value), Type::Percent),
            Literal::Duration(value) => (Value::Duration(*value), Type::Duration),
            Literal::Date(value) => (Value::Date(*value), Type::Date),
            Literal::Money { currency, cents } => {
                (Value::Money { currency: *currency, cents: *cents }, Type::Money)
            }
            Literal::Size(value) => (Value::Size(*value), Type::Size),
            Literal::Network(value) => (Value::Network(*value), Type::Network),
            Literal::Ports(first, last) => (Value::Ports(*first, *last), Type::Ports),
        };
        Expr { kind: ExprKind::Value(value), ty, place }
    }

    fn list(
        &mut self,
        frame: &mut Frame<'_>,
        items: &[ExprId],
        place: Place,
        expected: Option<&Type>,
    ) -> Expr {
        let member = match expected {
            Some(Type::List(member)) => Some(&**member),
            other => other,
        };
        let mut ty = member.cloned();
        let mut typed = Vec::with_capacity(items.len());
        for item in items {
            let expr = self.expr(frame, *item, ty.as_ref().or(member));
            if ty.is_none() && expr.ty != Type::Error {
                ty = Some(expr.ty.clone());
            }
            if let (Type::Thing(found), Some(Type::Thing(all)), None) = (&expr.ty, &mut ty, member) {
                all.alternatives.extend(found.alternatives.iter().copied());
                all.alternatives.sort();
                all.alternatives.dedup();
            } else if let Some(ty) = &ty
                && !self.fits(&expr.ty, ty)
            {
                let (expected, found) = (self.describe(ty), self.describe_found(&expr.ty));
                self.problems.push(errors::wrong_type(&expected, &found, expr.place));
            }
            typed.push(expr);
        }
        let ty = Type::List(Box::new(ty.unwrap_or(Type::Error)));
        Expr { kind: ExprKind::List(typed), ty, place }
    }

    /// The parts of a quantifier or filter: its variable bound to the members of its list.
    fn over_members(
        &mut self,
        frame: &mut Frame<'_>,
        variable: ast::Ident,
        source: ExprId,
        condition: ExprId,
    ) -> (Slot, Box<Expr>, Box<Expr>, Type) {
        let source = self.expr(frame, source, None);
        let member = self.member_type(&source);
        let name = self.intern(frame.item.tree, variable);
        let slot = frame.bind(name, member);
        let condition = self.condition(frame, condition);
        frame.variables.pop();
        let ty = source.ty.clone();
        (slot, Box::new(source), Box::new(condition), ty)
    }

    /// What the members of a list are.
    pub(super) fn member_type(&mut self, list: &Expr) -> Type {
        match &list.ty {
            Type::List(member) => (**member).clone(),
            Type::Error => Type::Error,
            other => {
                let found = self.describe_found(other);
                self.problems.push(errors::wrong_type("a list", &found, list.place));
                Type::Error
            }
        }
    }
}

/// Something that was reported already.
pub(super) fn error(place: Place) -> Expr {
    Expr { kind: ExprKind::Error, ty: Type::Error, place }
}
