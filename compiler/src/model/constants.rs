//! Constants: each gets its value after those that it names.
//!
//! In: collected `let`s. Out: [`Constant`]s in the index. Never: a constant that depends on itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::check::Frame;
use super::collect::{Collected, Item};
use super::lower::Lower;
use super::{Constant, Type, Value, errors};
use crate::base::Name;
use crate::syntax::ast::{self, Header};

/// How far a constant is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Waits for those that it names.
    Open,
    /// Has its value, or is known to have none.
    Done,
}

impl Lower {
    /// Constants, each after those that it names.
    pub(super) fn constants(&mut self, collected: &Collected<'_>) {
        let waiting: HashMap<Name, Item<'_>> = collected.constants.iter().copied().collect();
        let mut progress: HashMap<Name, Progress> = HashMap::new();
        for (name, _) in &collected.constants {
            self.constant_with_those_it_names(*name, &waiting, &mut progress);
        }
    }

    /// A walk with a stack of its own: a chain of constants may be as long as the file.
    fn constant_with_those_it_names(
        &mut self,
        name: Name,
        waiting: &HashMap<Name, Item<'_>>,
        progress: &mut HashMap<Name, Progress>,
    ) {
        let mut open = vec![name];
        while let Some(name) = open.last().copied() {
            let Some(item) = waiting.get(&name) else {
                open.pop();
                continue;
            };
            match progress.get(&name) {
                None => {
                    progress.insert(name, Progress::Open);
                    for other in self.named_in(*item).into_iter().rev() {
                        match progress.get(&other) {
                            None if waiting.contains_key(&other) => open.push(other),
                            Some(Progress::Open) => self.circle(other, &open, progress, *item),
                            _ => {}
                        }
                    }
                }
                Some(Progress::Open) => {
                    open.pop();
                    progress.insert(name, Progress::Done);
                    self.evaluate(name, *item);
                }
                Some(Progress::Done) => {
                    open.pop();
                }
            }
        }
    }

    fn named_in(&mut self, item: Item<'_>) -> Vec<Name> {
        let Header::Let(value) = &item.get().header else { return Vec::new() };
        mentioned(item.tree, *value).into_iter().map(|name| self.intern(item.tree, name)).collect()
    }

    /// Reports that `name`, which waits for its value, is named by a constant that it waits for.
    fn circle(&mut self, name: Name, open: &[Name], progress: &HashMap<Name, Progress>, item: Item<'_>) {
        // Names that wait beside the circle were pushed and not begun.
        let begun = |other: &&Name| progress.get(other) == Some(&Progress::Open);
        let names: Vec<Arc<str>> = open
            .iter()
            .filter(begun)
            .skip_while(|other| **other != name)
            .map(|name| Arc::from(self.model.names.text(*name)))
            .collect();
        self.problems.push(errors::cycle("constant", "depends on", &names, item.place()));
        self.forget(name, item);
    }

    /// Gives a constant without a value: whoever uses it is not told off once more.
    fn forget(&mut self, name: Name, item: Item<'_>) {
        let nothing = Constant { ty: Type::Error, value: Value::Unknown, place: item.place() };
        self.model.index.constants.entry(name).or_insert(nothing);
    }

    fn evaluate(&mut self, name: Name, item: Item<'_>) {
        let Header::Let(value) = &item.get().header else { return };
        if self.model.index.constants.contains_key(&name) {
            return;
        }
        let mut frame = Frame::new(item, None);
        let expr = self.expr(&mut frame, *value, None);
        match self.value_of(&expr) {
            Some(value) => {
                let constant = Constant { ty: expr.ty, value, place: item.place() };
                self.model.index.constants.insert(name, constant);
            }
            None => self.forget(name, item),
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
