//! Needs that can never be met: states that no step gives, or only steps that wait for each other.
//!
//! In: the steps, rules and losses of a package, on those below it. Out: warnings. Never: a look at a product; what no product
//! at all could meet is a slip of the pen.

use std::collections::BTreeSet;

use super::collect::Collected;
use super::lower::Lower;
use super::{BinaryOp, Expr, ExprKind, Physics, StateId, Telling, rule_errors};

impl Lower {
    /// Reports what the package itself needs and nothing ever gives.
    pub(super) fn unattainable(&mut self, collected: &Collected<'_>) {
        let attainable = self.attainable();
        let steps = collected.steps.iter().filter_map(|(id, _)| self.model.steps.find(*id));
        let steps = steps.filter_map(|step| step.physics.needs.as_ref());
        let rules = collected.rules.iter().filter_map(|(id, _)| self.model.rules.find(*id));
        let rules = rules.filter_map(|rule| match &rule.telling {
            Telling::Own(physics) => physics.needs.as_ref(),
            Telling::Reports(_) | Telling::Obligation { .. } => None,
        });
        let losses = collected.losses.iter().filter_map(|(id, _)| self.model.losses.find(*id));
        let losses = losses.map(|loss| &loss.when);
        let mut problems = Vec::new();
        for needs in steps.chain(rules).chain(losses).filter(|needs| !can_hold(needs, &attainable)) {
            let missing = missing(needs, &attainable);
            let names: Vec<&str> = missing.iter().map(|state| &*self.model.states[*state].name).collect();
            problems.push(rule_errors::never_met(&names, needs.place));
        }
        self.problems.extend(problems);
    }

    /// The states that some order of steps gives, whatever the product looks like.
    fn attainable(&self) -> BTreeSet<StateId> {
        let steps = self.model.steps.iter().map(|step| &step.physics);
        let rules = self.model.rules.iter().filter_map(|rule| match &rule.telling {
            Telling::Own(physics) => Some(physics),
            Telling::Reports(_) | Telling::Obligation { .. } => None,
        });
        let mut waiting: Vec<&Physics> = steps.chain(rules).collect();
        let mut attainable = BTreeSet::new();
        loop {
            let before = waiting.len();
            waiting.retain(|physics| {
                let works = physics.needs.as_ref().is_none_or(|needs| can_hold(needs, &attainable));
                if works {
                    attainable.extend(physics.gives.iter().flat_map(states));
                }
                !works
            });
            if waiting.len() == before {
                return attainable;
            }
        }
    }
}

/// Whether states joined by `and` and `or` can be had.
fn can_hold(needs: &Expr, attainable: &BTreeSet<StateId>) -> bool {
    match &needs.kind {
        ExprKind::State(state, _) => attainable.contains(state),
        ExprKind::Over(_, state) => can_hold(state, attainable),
        ExprKind::Binary(BinaryOp::Or, left, right) => {
            can_hold(left, attainable) || can_hold(right, attainable)
        }
        ExprKind::Binary(_, left, right) => can_hold(left, attainable) && can_hold(right, attainable),
        // What could not be read is reported already.
        _ => true,
    }
}

/// The states of an expression.
fn states(expr: &Expr) -> Vec<StateId> {
    match &expr.kind {
        ExprKind::State(state, _) => vec![*state],
        ExprKind::Over(_, state) => states(state),
        ExprKind::Binary(_, left, right) => [states(left), states(right)].concat(),
        ExprKind::List(items) => items.iter().flat_map(states).collect(),
        _ => Vec::new(),
    }
}

/// The states of an expression that nothing gives, each once, in order of declaration.
fn missing(needs: &Expr, attainable: &BTreeSet<StateId>) -> BTreeSet<StateId> {
    states(needs).into_iter().filter(|state| !attainable.contains(state)).collect()
}
