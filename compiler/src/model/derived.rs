//! Defaults that follow from the other attributes of a thing: `feasible: Percent = if self.privileges == none then …`.
//!
//! In: the expression of a default. Out: the same, typed, with the thing in slot 0. Never: a look beyond the thing itself, or a
//! default that follows from itself.

use std::sync::Arc;

use super::check::Frame;
use super::collect::Item;
use super::lower::Lower;
use super::{Expr, ExprKind, KindId, Slot, Stage, ThingClass, ThingType, Type, errors};
use crate::base::{Name, Place};
use crate::syntax::ast::{self, ExprId};

impl Lower {
    /// A default that speaks of `self`; `None` where it is another sort of expression, or wrong and reported.
    pub(super) fn derived(
        &mut self,
        kind: KindId,
        name: Name,
        default: ExprId,
        ty: &Type,
        item: Item<'_>,
    ) -> Option<Arc<Expr>> {
        let mut frame = Frame::new(item, None);
        let this = self.intern_text("self");
        frame.bind(this, Type::Thing(ThingType::one(ThingClass::Kind(kind))));
        let expr = self.expr(&mut frame, default, Some(ty));
        if !self.fits(&expr.ty, ty) {
            let (expected, found) = (self.describe(ty), self.describe_found(&expr.ty));
            self.problems.push(errors::wrong_type(&expected, &found, expr.place));
            return None;
        }
        if matches!(ty, Type::Percent | Type::Enum(_)) {
            self.shares_of(&expr);
        }
        if let Some(place) = beyond(&expr) {
            self.problems.push(errors::looks_beyond(place));
            return None;
        }
        if let Some(names) = self.follows_from_itself(kind, name, &expr) {
            self.problems.push(errors::cycle("default", "follows from", &names, expr.place));
            return None;
        }
        Some(Arc::new(expr))
    }

    /// The attributes of a circle that the default would close.
    fn follows_from_itself(&self, kind: KindId, name: Name, expr: &Expr) -> Option<Vec<Arc<str>>> {
        let mut open: Vec<(Name, Vec<Name>)> =
            read(expr).into_iter().map(|next| (next, vec![name])).collect();
        let mut seen: Vec<Name> = Vec::new();
        while let Some((next, way)) = open.pop() {
            if next == name {
                return Some(way.into_iter().map(|name| self.model.names.text(name).into()).collect());
            }
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            let attribute = self.model.kinds[kind].attributes.get(&next);
            let derived = attribute.and_then(|attribute| attribute.derived.as_deref());
            for behind in derived.map(read).unwrap_or_default() {
                open.push((behind, [way.as_slice(), &[next]].concat()));
            }
        }
        None
    }
}

/// Whether the text of a default speaks of `self`.
pub(super) fn speaks_of_self(tree: &ast::File, id: ExprId) -> bool {
    let node = &tree.exprs[id];
    match &node.kind {
        ast::ExprKind::Name(name) => tree.text(*name) == "self",
        ast::ExprKind::Member { base, .. } => speaks_of_self(tree, *base),
        ast::ExprKind::Group(inner) | ast::ExprKind::Unary { operand: inner, .. } => {
            speaks_of_self(tree, *inner)
        }
        ast::ExprKind::Binary { left, right, .. } => {
            speaks_of_self(tree, *left) || speaks_of_self(tree, *right)
        }
        ast::ExprKind::If { condition, then, otherwise } => {
            [condition, then, otherwise].into_iter().any(|part| speaks_of_self(tree, *part))
        }
        ast::ExprKind::Call { args, .. } => args.iter().any(|arg| speaks_of_self(tree, arg.value)),
        ast::ExprKind::List(items) => items.iter().any(|item| speaks_of_self(tree, *item)),
        ast::ExprKind::Quantified { source, condition, .. }
        | ast::ExprKind::Filter { source, condition, .. } => {
            speaks_of_self(tree, *source) || speaks_of_self(tree, *condition)
        }
        _ => false,
    }
}

/// The attributes of the thing that an expression reads.
fn read(expr: &Expr) -> Vec<Name> {
    match &expr.kind {
        ExprKind::Attribute { of, name } if matches!(of.kind, ExprKind::Variable(Slot(0))) => vec![*name],
        _ => expr.children().into_iter().flat_map(read).collect(),
    }
}

/// Where an expression looks at anything but the thing's own attributes.
fn beyond(expr: &Expr) -> Option<Place> {
    let leaves = match &expr.kind {
        ExprKind::Attribute { of, .. } => !matches!(of.kind, ExprKind::Variable(Slot(0))),
        ExprKind::Call { function, .. } => function.stage() != Stage::Model,
        ExprKind::Deployment | ExprKind::Product | ExprKind::Today | ExprKind::All(_) => true,
        _ => false,
    };
    if leaves { Some(expr.place) } else { expr.children().into_iter().find_map(beyond) }
}
