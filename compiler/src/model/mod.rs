//! What the files say: kinds, things, typed expressions, rules.
//!
//! In: the syntax trees of the standard library and of a package. Out: a [`Model`] and what is wrong with it.
//! Never: a look at a deployment as a whole, a score, a stop at the first mistake.

mod absent;
mod accept;
mod attainable;
mod check;
mod clauses;
mod collect;
mod constants;
mod deployments;
mod derived;
mod errors;
mod expr;
mod function;
mod headers;
mod index;
mod kind;
mod kinds;
mod lower;
mod monotone;
mod naming;
mod numbers;
mod overrides;
mod packages;
mod parts;
mod physics;
mod plan;
mod query;
mod references;
mod rule;
mod rule_errors;
mod settings;
mod shares;
mod taxonomy;
mod tests;
mod thing;
mod things;
mod types;
mod value;
mod what_if;
mod words;

use std::sync::Arc;

use crate::base::{IndexVec, Name, Names};

pub use crate::syntax::Keyword;
pub use crate::syntax::ast::Expectation;
pub use expr::{BinaryOp, Expr, ExprKind, Quantifier, Slot, Template, TemplatePart};
pub use function::{Function, Growth, Signature};
pub use index::Index;
pub use kind::{Attribute, Constant, Enum, EnumPosition, EnumValue, Kind, Parts, State};
pub use lower::{Built, Content, Tests, build};
pub use numbers::Changed;
pub use packages::{Identity, Packages, add_package};
pub use plan::{Bind, Plan, Via};
pub use query::query;
pub use rule::{
    Chance, Domain, Expected, Guard, Lint, Loss, Pattern, Physics, Rule, Stage, Statement, Step, Telling,
    Test, Variable,
};
pub use taxonomy::{Reference, reference};
pub use thing::{Change, Deployment, Thing, View};
pub use types::{ThingClass, ThingType, Type, is_declared_as};
pub use value::{Network, Setting, Source, Value};
pub use what_if::{Supposed, Supposition, suppose};
pub use words::Words;

crate::new_id! {
    /// A kind of the [`Model`].
    KindId
}
crate::new_id! {
    /// An enum of the [`Model`].
    EnumId
}
crate::new_id! {
    /// A thing of the [`Model`].
    ThingId
}
crate::new_id! {
    /// A state of the [`Model`].
    StateId
}
crate::new_id! {
    /// A step of the [`Model`].
    StepId
}
crate::new_id! {
    /// A loss of the [`Model`].
    LossId
}
crate::new_id! {
    /// A rule of the [`Model`].
    RuleId
}
crate::new_id! {
    /// A lint of the [`Model`].
    LintId
}

/// Everything that the files declare, resolved and typed. Things of the standard library come first.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// All spellings.
    pub names: Names,
    /// The spellings that the engine itself reads.
    pub words: Words,
    /// What things can be.
    pub kinds: IndexVec<KindId, Arc<Kind>>,
    /// Lists of values.
    pub enums: IndexVec<EnumId, Enum>,
    /// What the product consists of.
    pub things: IndexVec<ThingId, Thing>,
    /// The deployments, in source order, those of dependencies first.
    pub deployments: Vec<Deployment>,
    /// Capabilities an attacker can have.
    pub states: IndexVec<StateId, State>,
    /// Attack steps.
    pub steps: IndexVec<StepId, Arc<Step>>,
    /// What reaching a state costs.
    pub losses: IndexVec<LossId, Arc<Loss>>,
    /// What is reported.
    pub rules: IndexVec<RuleId, Arc<Rule>>,
    /// Checks of the model's quality.
    pub lints: IndexVec<LintId, Arc<Lint>>,
    /// Diagrams asked for.
    pub views: Vec<View>,
    /// Tests of the package.
    pub tests: Vec<Arc<Test>>,
    /// The zone that all deployments share; `None` in a model without things.
    pub internet: Option<ThingId>,
    /// What matches every zone in an `allow`.
    pub anywhere: Option<ThingId>,
    /// The zone in which a product without deployments stands; nothing can name it.
    pub inside: Option<ThingId>,
    /// What each spelling declares, space by space.
    pub index: Index,
    /// The product, if the package declares one.
    pub product: Option<ThingId>,
    /// The packages it stands on.
    pub packages: Packages,
    /// Numbers of the library and of other packages that a package says otherwise, in the order in which they are met.
    pub changed: Vec<Changed>,
}

impl Model {
    /// The spelling of a value of an enum.
    pub fn enum_value(&self, (of, at): EnumPosition) -> &str {
        self.enums[of].values.get(at as usize).map_or("", |value| self.names.text(value.name))
    }

    /// The strength or weight of a value of an enum.
    pub fn percent(&self, (of, at): EnumPosition) -> Option<f64> {
        self.enums[of].values.get(at as usize)?.percent
    }

    /// An attribute of a thing as it is written: `api.authn`.
    pub fn attribute_path(&self, (thing, name): (ThingId, Name)) -> String {
        format!("{}.{}", self.things[thing].path, self.names.text(name))
    }

    /// The deployments that the package itself declares: those of a dependency are for others to be like.
    pub fn own_deployments(&self) -> impl Iterator<Item = ThingId> {
        let all = self.deployments.iter().map(|deployment| deployment.thing);
        all.filter(|deployment| !self.things[*deployment].is_foreign)
    }

    /// The path of a thing, shared.
    pub fn path(&self, thing: ThingId) -> Arc<str> {
        self.things[thing].path.clone()
    }

    /// How the value of an enum is spelt.
    pub fn word_of(&self, value: &Value) -> Option<Name> {
        match value {
            Value::Enum(of, at) => self.enums[*of].values.get(*at as usize).map(|value| value.name),
            _ => None,
        }
    }

    /// The path of a thing as a file would write it.
    pub fn spelling(&self, thing: ThingId) -> String {
        let own = &self.things[thing];
        let name = crate::syntax::text::spelling(&own.name);
        match own.parent {
            Some(around) => format!("{}.{name}", self.spelling(around)),
            None => name.into_owned(),
        }
    }
}
