//! Operators: what may stand on each side, and what comes out.

use super::Frame;
use crate::base::Place;
use crate::model::lower::Lower;
use crate::model::{Expr, ExprKind, Type, errors};
use crate::syntax::ast::{self, BinaryOp, ExprId};

impl Lower {
    pub(super) fn binary(
        &mut self,
        frame: &mut Frame<'_>,
        op: BinaryOp,
        left: ExprId,
        right: ExprId,
        place: Place,
    ) -> Expr {
        use BinaryOp::{
            Add, And, Divide, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, Multiply, NotEqual, Or,
            OrElse, Subtract,
        };
        let (left, right, ty) = match op {
            And | Or => return self.junction(frame, op, left, right, place),
            Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual => {
                let (left, right) = self.two_sides(frame, left, right);
                self.comparable(op, &left, &right, place);
                (left, right, Type::Bool)
            }
            In => {
                let (left, right) = self.member_and_list(frame, left, right);
                (left, right, Type::Bool)
            }
            OrElse => {
                let left = self.expr(frame, left, None);
                let known = left.ty.clone();
                let right = self.typed(frame, right, &known);
                (left, right, known)
            }
            Add | Subtract | Multiply | Divide => {
                let (left, right) = self.two_sides(frame, left, right);
                let ty = self.arithmetic(op, &left, &right, place);
                (left, right, ty)
            }
        };
        Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), ty, place }
    }

    /// `and` and `or` join conditions, and in `needs` and `when` states.
    fn junction(
        &mut self,
        frame: &mut Frame<'_>,
        op: BinaryOp,
        left: ExprId,
        right: ExprId,
        place: Place,
    ) -> Expr {
        let left = self.expr(frame, left, Some(&Type::Bool));
        let ty = if left.ty == Type::State { Type::State } else { Type::Bool };
        let right = self.typed(frame, right, &ty);
        if !self.fits(&left.ty, &ty) {
            let (expected, found) = (self.describe(&ty), self.describe_found(&left.ty));
            self.problems.push(errors::wrong_type(&expected, &found, left.place));
        }
        Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), ty, place }
    }

    /// Types both sides; a bare word takes its meaning from the other side.
    fn two_sides(&mut self, frame: &mut Frame<'_>, left: ExprId, right: ExprId) -> (Expr, Expr) {
        if self.is_bare_word(frame, left) && !self.is_bare_word(frame, right) {
            let right = self.expr(frame, right, None);
            let known = element(&right.ty).clone();
            let left = self.expr(frame, left, Some(&known));
            return (left, right);
        }
        let left = self.expr(frame, left, None);
        let known = element(&left.ty).clone();
        let right = self.expr(frame, right, Some(&known));
        (left, right)
    }

    fn member_and_list(&mut self, frame: &mut Frame<'_>, left: ExprId, right: ExprId) -> (Expr, Expr) {
        if self.is_bare_word(frame, left) {
            let right = self.expr(frame, right, None);
            let member = self.member_type(&right);
            let left = self.expr(frame, left, Some(&member));
            return (left, right);
        }
        let left = self.expr(frame, left, None);
        let list = Type::List(Box::new(left.ty.clone()));
        let right = self.expr(frame, right, Some(&list));
        self.member_type(&right);
        (left, right)
    }

    /// Whether an expression is one word that no variable has.
    fn is_bare_word(&mut self, frame: &Frame<'_>, id: ExprId) -> bool {
        let tree = frame.item.tree;
        match &tree.exprs[id].kind {
            ast::ExprKind::Name(name) => {
                let name = self.intern(tree, *name);
                !frame.variables.iter().any(|(other, ..)| *other == name)
            }
            _ => false,
        }
    }

    fn comparable(&mut self, op: BinaryOp, left: &Expr, right: &Expr, place: Place) {
        let (a, b) = (&left.ty, &right.ty);
        if !self.fits(a, b) && !self.fits(b, a) {
            let (a, b) = (self.describe_found(a), self.describe_found(b));
            self.problems.push(errors::cannot_compare(&a, &b, place));
            return;
        }
        let needs_order = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        if needs_order && !self.has_order(a) {
            let what = self.describe_found(a);
            self.problems.push(errors::no_order(&what, place));
        }
    }

    fn has_order(&self, ty: &Type) -> bool {
        match ty {
            Type::Int
            | Type::Decimal
            | Type::Percent
            | Type::Date
            | Type::Duration
            | Type::Money
            | Type::Size => true,
            Type::Error => true,
            Type::Enum(of) => self.model.enums[*of].ordered,
            _ => false,
        }
    }

    fn arithmetic(&mut self, op: BinaryOp, left: &Expr, right: &Expr, place: Place) -> Type {
        use Type::{Date, Decimal, Duration, Error, Int, Money, Percent, Size};
        let number = |ty: &Type| matches!(ty, Int | Decimal | Percent | Type::Enum(_));
        match (&left.ty, op, &right.ty) {
            (Error, ..) | (.., Error) => Error,
            (Int, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, Int) => Int,
            (Date, BinaryOp::Subtract, Date) => Duration,
            (Date, BinaryOp::Add | BinaryOp::Subtract, Duration) => Date,
            (Duration, BinaryOp::Add | BinaryOp::Subtract, Duration) => Duration,
            (Money, BinaryOp::Add | BinaryOp::Subtract, Money) => Money,
            (Size, BinaryOp::Add | BinaryOp::Subtract, Size) => Size,
            (Duration | Money | Size, BinaryOp::Multiply | BinaryOp::Divide, b) if number(b) => {
                left.ty.clone()
            }
            (Percent | Type::Enum(_), _, Percent | Type::Enum(_)) => Percent,
            (a, _, b) if number(a) && number(b) => Decimal,
            (a, _, b) => {
                let (a, b) = (self.describe_found(a), self.describe_found(b));
                self.problems.push(errors::cannot_compare(&a, &b, place));
                Error
            }
        }
    }
}

/// What a list holds; anything else is itself.
fn element(ty: &Type) -> &Type {
    match ty {
        Type::List(member) => member,
        other => other,
    }
}
