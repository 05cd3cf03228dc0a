//! Clauses: entries that begin with a word of their own.

use super::{Body, ExprId, Ident, Path, Type};
use crate::base::Span;

/// A clause: a keyword and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// All of it.
    pub span: Span,
    /// Its keyword (`guarded by` and `flag when` are two words).
    pub keyword_span: Span,
    /// What it says.
    pub kind: ClauseKind,
}

/// What a clause says. Which clauses may stand in which declaration is checked with the names.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `for f: flow, d in f.carries`.
    For(Vec<Binding>),
    /// `where COND`.
    Where(ExprId),
    /// `needs STATES`: calls joined by `and`, `or`, `any`, `all`.
    Needs(ExprId),
    /// `gives STATE, STATE`.
    Gives(Vec<ExprId>),
    /// `chance P cause A, B`.
    Chance {
        /// The probability.
        value: ExprId,
        /// After `cause`; empty: the default cause.
        causes: Vec<ExprId>,
    },
    /// `resisted by f.encryption, …`.
    ResistedBy(Vec<ExprId>),
    /// `guarded by [A + B, C] on THINGS`.
    GuardedBy(Guard),
    /// `recovered by [A] on THINGS`.
    RecoveredBy(Guard),
    /// `reports step(args), …`.
    Reports(Vec<ExprId>),
    /// `flag when COND`.
    FlagWhen(ExprId),
    /// `on THING`.
    On(ExprId),
    /// `when STATES`, of a loss.
    When(ExprId),
    /// `impact P`.
    Impact(ExprId),
    /// `say "…"`.
    Say(ExprId),
    /// `fix "…"`.
    Fix(ExprId),
    /// `with x { … }`, `with [x, y] { … }`.
    With {
        /// What is changed.
        targets: Vec<Path>,
        /// The attributes it gets.
        body: Body,
    },
    /// `without x`, `without [x, y]`.
    Without(Vec<Path>),
    /// `in production`, of a test.
    In(Path),
    /// `expect [no | question] RULE [on THING]`.
    Expect {
        /// What is expected of it.
        what: Expectation,
        /// The rule, lint or loss.
        rule: Path,
        /// On what; missing: anywhere.
        on: Option<Path>,
    },
    /// `assert COND`.
    Assert(ExprId),
    /// `model { … }`.
    Model(Body),
}

/// The word after `expect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// An established risk.
    Risk,
    /// `no`: none, not even a question.
    No,
    /// `question`: one that holds only because of assumed values.
    Question,
}

/// `f: flow` or `d in f.carries`.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The variable.
    pub name: Ident,
    /// What it runs over.
    pub source: BindingSource,
}

/// What a variable runs over.
#[derive(Clone, Debug, PartialEq)]
pub enum BindingSource {
    /// All things of a keyword or kind.
    Each(Type),
    /// The members of a list.
    In(ExprId),
}

/// `[A + B, C] on THINGS`.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// Each member alone guards; the kinds inside one member must all work.
    pub alternatives: Vec<Vec<Path>>,
    /// What the controls must cover.
    pub on: Option<ExprId>,
}
