//! What makes an attack possible only grows: the restriction that makes "a control never raises risk" a theorem.
//!
//! In: the typed conditions of steps and rules. Out: problems. Never: a restriction on `flag when`, `say` or lints.

use super::collect::Collected;
use super::rule_errors;

use super::lower::Lower;
use super::{Expr, ExprKind, Function, Growth, Pattern, Physics, Telling, Type};
use crate::syntax::ast::{BinaryOp, Quantifier};

/// How a condition may depend on facts that can be added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Polarity {
    /// More facts may make it true.
    Positive,
    /// It must not depend on them.
    Fixed,
}

impl Lower {
    pub(super) fn monotone(&mut self, collected: &Collected<'_>) {
        for (id, _) in &collected.steps {
            let step = self.model.steps[*id].clone();
            self.monotone_pattern(&step.pattern);
            self.monotone_physics(&step.physics);
        }
        for (id, _) in &collected.rules {
            let rule = self.model.rules[*id].clone();
            match &rule.telling {
                Telling::Reports(_) => self.monotone_pattern(&rule.pattern),
                Telling::Own(physics) => {
                    self.monotone_pattern(&rule.pattern);
                    self.monotone_physics(physics);
                }
                // A duty is no part of the attack graph.
                Telling::Obligation { .. } => {}
            }
        }
    }

    fn monotone_pattern(&mut self, pattern: &Pattern) {
        for condition in &pattern.conditions {
            self.monotone_expr(condition, Polarity::Positive);
        }
    }

    fn monotone_physics(&mut self, physics: &Physics) {
        for expr in physics.needs.iter().chain(&physics.gives) {
            self.monotone_expr(expr, Polarity::Positive);
        }
        for chance in &physics.chances {
            self.monotone_expr(&chance.value, Polarity::Fixed);
        }
    }

    fn monotone_expr(&mut self, expr: &Expr, polarity: Polarity) {
        if let Type::Enum(of) = &expr.ty
            && self.model.enums[*of].is_strength
            && matches!(expr.kind, ExprKind::Attribute { .. })
        {
            self.problems
                .push(rule_errors::not_monotone("this is a strength: a mitigation, not a fact", expr.place));
            return;
        }
        match &expr.kind {
            ExprKind::Call { function, .. } if function.growth() == Growth::Barred => {
                self.problems.push(rule_errors::not_monotone(
                    "this reads controls, strengths or what is known",
                    expr.place,
                ));
            }
            ExprKind::Call { function, args } => {
                if function.growth() == Growth::Grows
                    && polarity == Polarity::Fixed
                    && !is_of_given_list(*function, args)
                {
                    self.problems
                        .push(rule_errors::not_monotone("this can grow when facts are added", expr.place));
                }
                self.monotone_all(args, polarity);
            }
            ExprKind::All(_) if polarity == Polarity::Fixed => {
                self.problems
                    .push(rule_errors::not_monotone("this list can grow when facts are added", expr.place));
            }
            ExprKind::Not(inner) => self.monotone_expr(inner, Polarity::Fixed),
            ExprKind::Binary(op, left, right) => self.monotone_binary(*op, left, right, polarity),
            ExprKind::Quantified { quantifier, source, condition, .. } => {
                let inner = if *quantifier == Quantifier::Any { polarity } else { Polarity::Fixed };
                self.monotone_expr(source, inner);
                self.monotone_expr(
                    condition,
                    if *quantifier == Quantifier::No { Polarity::Fixed } else { polarity },
                );
            }
            ExprKind::If(condition, then, otherwise) => {
                self.monotone_expr(condition, Polarity::Fixed);
                self.monotone_expr(then, polarity);
                self.monotone_expr(otherwise, polarity);
            }
            _ => {
                for child in expr.children() {
                    self.monotone_expr(child, polarity);
                }
            }
        }
    }

    fn monotone_all(&mut self, exprs: &[Expr], polarity: Polarity) {
        for expr in exprs {
            self.monotone_expr(expr, polarity);
        }
    }

    fn monotone_binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, polarity: Polarity) {
        use Polarity::{Fixed, Positive};
        let (of_left, of_right) = match op {
            BinaryOp::And | BinaryOp::Or | BinaryOp::In => (polarity, polarity),
            BinaryOp::Greater | BinaryOp::GreaterOrEqual if polarity == Positive => (Positive, Fixed),
            BinaryOp::Less | BinaryOp::LessOrEqual if polarity == Positive => (Fixed, Positive),
            BinaryOp::OrElse => {
                self.problems.push(rule_errors::not_monotone("`??` asks what is known", left.place));
                (polarity, polarity)
            }
            _ => (Fixed, Fixed),
        };
        self.monotone_expr(left, of_left);
        self.monotone_expr(right, of_right);
    }
}

/// `max` and its like of a list that is given and not looked up do not grow by themselves.
fn is_of_given_list(function: Function, args: &[Expr]) -> bool {
    matches!(function, Function::Count | Function::Max | Function::Sum)
        && args.iter().all(|arg| matches!(arg.kind, ExprKind::List(_)))
}
