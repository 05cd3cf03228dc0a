//! The physics of attacks and its views: steps, losses, rules, lints.

use std::sync::Arc;

use super::{Expr, KindId, RuleId, Setting, Slot, StepId, Template, ThingId, ThingType, Type};
use crate::base::{Name, Place};

/// What binds the variables of a step, rule or lint.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    /// In order; slot n is the n-th variable. Slots above are those of quantifiers inside.
    pub variables: Vec<Variable>,
    /// The conjuncts of `where`.
    pub conditions: Vec<Expr>,
    /// How many slots its expressions use in all.
    pub slots: u16,
    /// Orders in which its variables can be found; the one that begins with the fewest things is taken.
    pub plans: Vec<super::Plan>,
}

/// A variable and what it runs over.
#[derive(Clone, Debug)]
pub struct Variable {
    /// What it is called.
    pub name: Name,
    /// What it may be.
    pub ty: Type,
    /// What it runs over.
    pub domain: Domain,
    /// Where it stands.
    pub place: Place,
}

/// What a variable runs over.
#[derive(Clone, Debug)]
pub enum Domain {
    /// All things of a keyword or kind.
    Each(ThingType),
    /// The members of a list.
    In(Expr),
}

/// What makes an attack step: what it needs and gives, how hard it is, what resists it.
#[derive(Clone, Debug, Default)]
pub struct Physics {
    /// States joined by `and`, `or`; `None`: nothing.
    pub needs: Option<Expr>,
    /// States.
    pub gives: Vec<Expr>,
    /// Difficulties, each with its causes.
    pub chances: Vec<Chance>,
    /// Native mitigations: attributes of bound things.
    pub resisted_by: Vec<Expr>,
    /// Controls.
    pub guards: Vec<Guard>,
}

/// How likely a step works with no control.
#[derive(Clone, Debug)]
pub struct Chance {
    /// A Percent.
    pub value: Expr,
    /// What names the chance variable; empty: the step's name and its first variable.
    pub causes: Vec<Expr>,
}

/// `guarded by [A + B, C] on THINGS`.
#[derive(Clone, Debug)]
pub struct Guard {
    /// One of these guards; the kinds inside must all work.
    pub alternatives: Vec<Vec<KindId>>,
    /// What the controls must cover: a thing or a list. For a step the first variable when nothing is said, for a rule its `on`.
    pub on: Expr,
    /// Where it stands.
    pub place: Place,
}

/// An attack step that is not itself reported.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub name: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What happens, with names filled in; without a `say`, the first sentence of its doc comment.
    pub say: Template,
    /// What it is about.
    pub pattern: Pattern,
    /// What it does.
    pub physics: Physics,
}

/// What it costs to reach a state.
#[derive(Clone, Debug)]
pub struct Loss {
    /// `disclosure`.
    pub name: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What it is about: all combinations that `when` can reach.
    pub params: Vec<Variable>,
    /// States joined by `and`, `or`.
    pub when: Expr,
    /// A Percent: a fraction of the reference loss.
    pub impact: Expr,
    /// Controls that make it less bad.
    pub recovered_by: Vec<Guard>,
}

/// Something that is reported: a weakness or an obligation. Threats of the author are rules too.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name: the id in every output.
    pub name: Arc<str>,
    /// The text after the name.
    pub title: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What it is about.
    pub pattern: Pattern,
    /// What it has to do with the attack graph.
    pub telling: Telling,
    /// When it is a weakness to report; `None`: whenever it stands.
    pub flag_when: Option<Expr>,
    /// The thing reported.
    pub on: Expr,
    /// The message.
    pub say: Template,
    /// The way out.
    pub fix: Template,
    /// `threat`, `refs` and what else the rule's kind has.
    pub settings: Vec<(Name, Setting)>,
}

/// What a rule has to do with the attack graph.
#[derive(Clone, Debug)]
pub enum Telling {
    /// It names steps that exist: each an [`super::ExprKind::Step`].
    Reports(Vec<Expr>),
    /// It is a step of its own.
    Own(Physics),
    /// It is a duty: scored by itself.
    Obligation {
        /// A Percent.
        impact: Expr,
        /// `needs` and `gives` are empty.
        physics: Physics,
    },
}

/// A check of the model's quality, or of the assessment itself.
#[derive(Clone, Debug)]
pub struct Lint {
    /// Its name.
    pub name: Arc<str>,
    /// The text after the name.
    pub title: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What it is about.
    pub pattern: Pattern,
    /// The thing it points at.
    pub on: Expr,
    /// The message.
    pub say: Template,
    /// The way out.
    pub fix: Template,
    /// When it can run.
    pub stage: Stage,
    /// What an editor can do about all that it finds in a deployment at once, as an enum of the library calls it.
    pub repair: Option<Name>,
}

/// How much of the pipeline an expression reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The declarations alone: once per product.
    Model,
    /// The graph vocabulary: once per deployment.
    Graph,
    /// Scores: once per deployment, when everything else is done.
    Assessment,
}

/// A test of the language.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows.
    pub title: Arc<str>,
    /// Where its title stands.
    pub place: Place,
    /// The isolated little product it is about; `None`: the package.
    pub model: Option<Arc<super::Model>>,
    /// In order.
    pub statements: Vec<Statement>,
    /// How many slots its expressions use.
    pub slots: u16,
}

/// A statement of a test. Things and rules are those of the test's model.
#[derive(Clone, Debug)]
pub enum Statement {
    /// `today = 2026-11-23`, in days since 1970-01-01.
    Today(i32),
    /// `in production`.
    In(ThingId),
    /// `with`, `without`.
    Change(super::Change),
    /// `let before = score(d)`.
    Let(Slot, Expr),
    /// `expect …`.
    Expect {
        /// What is expected of it.
        what: super::Expectation,
        /// A rule or lint.
        of: Expected,
        /// On what; `None`: anywhere.
        on: Option<ThingId>,
        /// Where it stands.
        place: Place,
    },
    /// `assert …`.
    Assert(Expr),
}

/// What an `expect` or `accept` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A rule.
    Rule(RuleId),
    /// A lint.
    Lint(super::LintId),
    /// A loss.
    Loss(super::LossId),
    /// A step, for `counters`.
    Step(StepId),
}
