//! Expressions that are asked of a model from outside its texts.
//!
//! In: a model and the tree of one expression. Out: the typed expression and what is wrong with it. Never: a change of the model.

use super::check::Frame;
use super::collect::Item;
use super::lower::Lower;
use super::{Expr, ExprKind, Model, Stage, Type, errors};
use crate::base::{FileId, Problems};
use crate::syntax::ast::{self, Header};

/// Types an expression that stands alone, as [`crate::syntax::parse_expression`] reads it; nothing where none could be read.
pub fn query(model: &Model, file: FileId, tree: &ast::File) -> (Option<Expr>, Problems) {
    let mut lower = Lower::resume(model.clone());
    let asked = tree.top.first().and_then(|decl| match &tree.decls[*decl].header {
        Header::Let(value) => Some((*decl, *value)),
        _ => None,
    });
    let expr = asked.map(|(decl, value)| {
        let expr = lower.expr(&mut Frame::new(Item { file, tree, decl }, None), value, None);
        if matches!(expr.ty, Type::State | Type::Risk) {
            let found = lower.describe_found(&expr.ty);
            lower.problems.push(errors::wrong_type("a value", &found, expr.place));
        }
        expr
    });
    (expr, lower.problems)
}

impl Expr {
    /// Whether only a finished assessment can answer it.
    pub fn reads_assessment(&self, model: &Model) -> bool {
        let reads = match &self.kind {
            ExprKind::Call { function, .. } => function.stage() == Stage::Assessment,
            ExprKind::Attribute { name, .. } => *name == model.words.effective,
            _ => false,
        };
        reads || self.children().into_iter().any(|child| child.reads_assessment(model))
    }
}
