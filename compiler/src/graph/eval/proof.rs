//! Why a condition is what it is: the chains behind the functions of the graph that decide it.
//!
//! In: a condition under a [`Scope`]. Out: chains of [`Hop`]s, in the order in which the condition names their functions.
//! Never: a chain for what does not hold.

use super::{Scope, Truth, Val};
use crate::graph::proof::Hop;
use crate::model::{BinaryOp, Expr, ExprKind, Function, Quantifier, Slot, Type, Value};

impl Scope<'_> {
    /// The chains that make a condition true, or false: what stands under `not` proves it false.
    pub fn proof(&self, condition: &Expr) -> Vec<Vec<Hop>> {
        let mut chains = Vec::new();
        match self.truth(condition) {
            Truth::Unknown => {}
            found => self.prove(condition, found, &mut chains),
        }
        chains
    }

    /// Chains for a condition that has this truth.
    fn prove(&self, condition: &Expr, found: Truth, chains: &mut Vec<Vec<Hop>>) {
        match &condition.kind {
            ExprKind::Call { function, args } if found == Truth::True => {
                chains.extend(self.way_of(*function, args));
            }
            ExprKind::Not(inner) => self.prove(inner, found.negated(), chains),
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or, left, right) => {
                for side in [left, right] {
                    if self.truth(side) == found {
                        self.prove(side, found, chains);
                    }
                }
            }
            // What is compared explains the comparison, whichever way it goes.
            ExprKind::Binary(_, left, right) => {
                chains.extend([left, right].into_iter().filter_map(|side| self.way_to(side)));
            }
            ExprKind::If(condition, then, otherwise) => match self.truth(condition) {
                Truth::True => self.prove(then, found, chains),
                Truth::False => self.prove(otherwise, found, chains),
                Truth::Unknown => {}
            },
            ExprKind::Quantified { quantifier, slot, source, condition } => {
                let decisive = match (quantifier, found) {
                    (Quantifier::Any, Truth::True) | (Quantifier::No, Truth::False) => Truth::True,
                    (Quantifier::All, Truth::False) => Truth::False,
                    _ => return,
                };
                self.prove_by_one(*slot, source, condition, decisive, chains);
            }
            _ => {}
        }
    }

    /// Chains for the first member of a list that decides a quantifier.
    fn prove_by_one(
        &self,
        slot: Slot,
        source: &Expr,
        condition: &Expr,
        decisive: Truth,
        chains: &mut Vec<Vec<Hop>>,
    ) {
        let Val::List { items, .. } = self.eval(source) else { return };
        for item in items.iter() {
            self.bind(slot, item.clone());
            if self.truth(condition) == decisive {
                self.prove(condition, decisive, chains);
                return;
            }
        }
    }

    /// The chain behind a value that is not a truth.
    pub fn way_to(&self, expr: &Expr) -> Option<Vec<Hop>> {
        match &expr.kind {
            ExprKind::Call { function, args } if expr.ty != Type::Bool => self.way_of(*function, args),
            _ => None,
        }
    }

    /// The chain behind one call of a function of the graph, where it has one.
    fn way_of(&self, function: Function, args: &[Expr]) -> Option<Vec<Hop>> {
        let thing = |at: usize| args.get(at).and_then(|arg| self.eval(arg).thing());
        let product = self.product;
        match function {
            Function::Can => {
                let Some(Val::One(Value::Enum(of, at))) = args.get(1).map(|arg| self.eval(arg)) else {
                    return None;
                };
                let action = product.model.enums[of].values.get(at as usize)?.name;
                product.why_can(thing(0)?, action, thing(2)?, self.stance)
            }
            Function::Reaches | Function::Path => product.why_reaches(thing(0)?, thing(1)?, thing(2)),
            Function::Exposed => product.why_exposed(thing(0)?),
            Function::Tainted => product.why_tainted(thing(0)?, self.stance),
            Function::Admitted => product.why_admitted(thing(0)?),
            Function::Crosses => product.why_crosses(thing(0)?, self.stance),
            Function::Blast => product.why_blast(thing(0)?, self.stance),
            Function::Covered => match args.get(1).map(|arg| &arg.kind) {
                Some(ExprKind::Kind(kind)) => product.why_covered(thing(0)?, *kind),
                _ => None,
            },
            _ => None,
        }
    }
}
