//! Types of attributes, variables and expressions.

use super::{EnumId, KindId, Model, ThingId};
use crate::syntax::Keyword;

/// What an expression can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `Bool`, and every condition.
    Bool,
    /// `Int`.
    Int,
    /// `Decimal`.
    Decimal,
    /// `Percent`.
    Percent,
    /// `Text`.
    Text,
    /// `Ref`: a text that names an entry of a taxonomy.
    Ref,
    /// `Date`.
    Date,
    /// `Duration`.
    Duration,
    /// `Money`.
    Money,
    /// `Size`.
    Size,
    /// `Network`.
    Network,
    /// `Ports`.
    Ports,
    /// An enum.
    Enum(EnumId),
    /// A thing.
    Thing(ThingType),
    /// A protocol: `f.protocol`.
    Protocol,
    /// The name of a step, in `counters`.
    Step,
    /// The name of an attribute, in `realises`.
    Attribute,
    /// A state with its arguments, in `needs`, `gives` and `when`.
    State,
    /// A loss or a rule with its arguments, in `score(…)`.
    Risk,
    /// A list.
    List(Box<Type>),
    /// Not known because of an error that was reported: fits everything, so that nothing is reported twice.
    Error,
}

/// Which things a reference may name: one of several keywords or kinds. Sorted, without repeats; empty: no thing at all.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ThingType {
    /// The alternatives.
    pub alternatives: Vec<ThingClass>,
}

/// A keyword or a kind as a set of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThingClass {
    /// Everything declared with the keyword. A deployment is a zone too.
    Keyword(Keyword),
    /// Everything of the kind or one below it.
    Kind(KindId),
}

impl ThingType {
    /// Exactly the things of `class`.
    pub fn one(class: ThingClass) -> ThingType {
        ThingType { alternatives: vec![class] }
    }

    /// Everything declared with `keyword`.
    pub fn keyword(keyword: Keyword) -> ThingType {
        ThingType::one(ThingClass::Keyword(keyword))
    }

    /// Whether `thing` is one of them.
    pub fn holds(&self, model: &Model, thing: ThingId) -> bool {
        self.alternatives.iter().any(|class| class.holds(model, thing))
    }
}

impl ThingClass {
    /// Whether `thing` is one of them.
    pub fn holds(self, model: &Model, thing: ThingId) -> bool {
        let thing = &model.things[thing];
        match self {
            ThingClass::Keyword(keyword) => is_declared_as(thing.keyword, keyword),
            ThingClass::Kind(kind) => model.kinds[thing.kind].is_a(kind),
        }
    }
}

/// Whether things of the keyword `keyword` are things of the keyword `asked`.
pub fn is_declared_as(keyword: Keyword, asked: Keyword) -> bool {
    keyword == asked || (keyword == Keyword::Deployment && asked == Keyword::Zone)
}
