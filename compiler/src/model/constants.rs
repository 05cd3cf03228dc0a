//! Constants: each gets its value after those that it names.
//!
//! In: collected `let`s. Out: [`Constant`]s in the index. Never: a constant that depends on itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::check::Frame;
use super::collect::{Collected, Item};
use super::lower::Lower;
use super::{Constant, errors};
use crate::base::Name;
use crate::syntax::ast::{self, Header};

impl Lower {
    /// Constants, each after those that it names.
    pub(super) fn constants(&mut self, collected: &Collected<'_>) {
        let waiting: HashMap<Name, Item<'_>> = collected.constants.iter().copied().collect();
        let mut done: Vec<Name> = Vec::new();
        for (name, _) in &collected.constants {
            self.one_constant(*name, &waiting, &mut done, &mut Vec::new());
        }
    }

    fn one_constant(
        &mut self,
        name: Name,
        waiting: &HashMap<Name, Item<'_>>,
        done: &mut Vec<Name>,
        open: &mut Vec<Name>,
    ) {
        let Some(item) = waiting.get(&name).copied() else { return };
        if self.model.index.constants.contains_key(&name) || done.contains(&name) {
            return;
        }
        if let Some(from) = open.iter().position(|other| *other == name) {
            let names: Vec<Arc<str>> =
                open.iter().skip(from).map(|name| Arc::from(self.model.names.text(*name))).collect();
            self.problems.push(errors::cycle("constant", "depends on", &names, item.place()));
            done.push(name);
            return;
        }
        let Header::Let(value) = &item.get().header else { return };
        open.push(name);
        // Nesting is bounded by the parser's bracket depth; a chain of constants is as long as the file.
        if open.len() < 500 {
            for other in mentioned(item.tree, *value) {
                let other = self.intern(item.tree, other);
                self.one_constant(other, waiting, done, open);
            }
        }
        open.pop();
        if done.contains(&name) {
            return;
        }
        let mut frame = Frame::new(item, None);
        let expr = self.expr(&mut frame, *value, None);
        let ty = expr.ty.clone();
        if let Some(value) = self.constant(*value, &ty, item, None) {
            self.model.index.constants.insert(name, Constant { ty, value, place: item.place() });
        }
    }
}

/// The bare names of an expression.
fn mentioned(tree: &ast::File, id: ast::ExprId) -> Vec<ast::Ident> {
    let mut out = Vec::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        match &tree.exprs[next].kind {
            ast::ExprKind::Name(name) => out.push(*name),
            ast::ExprKind::List(items) => open.extend(items.iter().rev()),
            ast::ExprKind::Group(inner) | ast::ExprKind::Unary { operand: inner, .. } => open.push(*inner),
            ast::ExprKind::Binary { left, right, .. } => open.extend([*right, *left]),
            _ => {}
        }
    }
    out
}
