//! Typed expressions: every name resolved, every type known.

use std::sync::Arc;

use super::{KindId, LossId, RuleId, StateId, StepId, ThingType, Type, Value};
use crate::base::{Name, Place};
pub use crate::syntax::ast::{BinaryOp, Quantifier};

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// What it gives.
    pub ty: Type,
    /// Where it stands.
    pub place: Place,
}

/// The number of a variable in its rule, step, lint or test; quantifiers and filters have numbers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u16);

/// What an expression says.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Value(Value),
    /// A bound variable.
    Variable(Slot),
    /// The deployment being assessed.
    Deployment,
    /// The product.
    Product,
    /// The injected date.
    Today,
    /// All things of a keyword or kind.
    All(ThingType),
    /// `of.name`. Over a list it maps, and lists of lists are one list.
    Attribute {
        /// A thing or a list of things.
        of: Box<Expr>,
        /// Which attribute, built-in ones included.
        name: Name,
    },
    /// A function of the vocabulary.
    Call {
        /// Which.
        function: super::Function,
        /// In order; left-out optional ones are absent.
        args: Vec<Expr>,
    },
    /// A state with its arguments, in `needs`, `gives`, `when`.
    State(StateId, Vec<Expr>),
    /// `any at(zones(x))`: the state's argument is a list; one of them, or all of them.
    Over(Quantifier, Box<Expr>),
    /// A loss with its arguments, in `score(disclosure(d))`.
    Loss(LossId, Vec<Expr>),
    /// A rule on a thing, in `score(RULE, thing)`.
    Rule(RuleId),
    /// A step with its arguments, in `reports`; `None` leaves one free.
    Step(StepId, Vec<Option<Expr>>),
    /// A kind, as an argument of `covered`.
    Kind(KindId),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `not e`.
    Not(Box<Expr>),
    /// `-e`.
    Negate(Box<Expr>),
    /// `a OP b`.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x is Kind`.
    Is(Box<Expr>, ThingType),
    /// `if c then a else b`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `any x in xs: cond`.
    Quantified {
        /// Which.
        quantifier: Quantifier,
        /// The variable.
        slot: Slot,
        /// The list.
        source: Box<Expr>,
        /// Asked of each.
        condition: Box<Expr>,
    },
    /// `[x in xs: cond]`.
    Filter {
        /// The variable.
        slot: Slot,
        /// The list.
        source: Box<Expr>,
        /// Asked of each.
        condition: Box<Expr>,
    },
    /// Something that was reported already. Evaluates to unknown.
    Error,
}

impl Expr {
    /// The expressions directly inside it.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Attribute { of, .. } => vec![of],
            ExprKind::Call { args, .. }
            | ExprKind::State(_, args)
            | ExprKind::Loss(_, args)
            | ExprKind::List(args) => args.iter().collect(),
            ExprKind::Step(_, args) => args.iter().flatten().collect(),
            ExprKind::Over(_, inner)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Is(inner, _) => vec![inner],
            ExprKind::Binary(_, left, right) => vec![left, right],
            ExprKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
            ExprKind::Quantified { source, condition, .. } | ExprKind::Filter { source, condition, .. } => {
                vec![source, condition]
            }
            _ => Vec::new(),
        }
    }
}

/// A text with holes: `say`, `fix` and texts of tests.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// In order.
    pub parts: Vec<TemplatePart>,
}

/// A piece of a [`Template`].
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// As it stands.
    Text(Arc<str>),
    /// The value of an expression.
    Hole(Expr),
}
