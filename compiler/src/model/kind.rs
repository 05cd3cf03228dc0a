//! Kinds, enums and states: what things can be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{EnumId, KindId, Thing, ThingId, Type, Value};
use crate::base::{Name, Place};
use crate::syntax::Keyword;

/// What a thing can be. Root kinds are called like their keyword.
#[derive(Clone, Debug)]
pub struct Kind {
    /// `store.Postgres`.
    pub name: Arc<str>,
    /// The `///` text, markers removed.
    pub doc: Arc<str>,
    /// Where its name stands; `None` for a root kind that no file declares.
    pub place: Option<Place>,
    /// The keyword whose things can be of this kind.
    pub root: Keyword,
    /// The kind it extends; `None` for a root.
    pub parent: Option<KindId>,
    /// Itself and every kind above it, root first: `lineage[depth]` answers "is a" at once.
    pub lineage: Vec<KindId>,
    /// Cannot be used directly.
    pub is_abstract: bool,
    /// Every attribute that its things have, inherited ones included, with the default that holds here.
    pub attributes: BTreeMap<Name, Attribute>,
    /// What a protocol sets on its flows.
    pub sets: Vec<(Name, Value, Place)>,
    /// Narrowed built-in attributes: `from`, `to` of a protocol, `children` of a holder.
    pub narrows: Vec<(Name, Type)>,
    /// What is made anew inside every thing of the kind; `None`: nothing.
    pub parts: Option<Arc<Parts>>,
}

/// What every thing of a kind has inside, inherited parts and parts of parts included, as it is on a thing that stands for all.
#[derive(Clone, Debug)]
pub struct Parts {
    /// What stands for the thing. The parts had the numbers right behind it when they were checked, and name each other by them.
    pub(super) stand_in: ThingId,
    /// In order; paths begin with `self`.
    pub(super) things: Vec<Thing>,
}

impl Parts {
    /// Whether one of them has this path below the thing: `.proxy`, `.proxy.cache`.
    pub(super) fn hold(&self, below: &str) -> bool {
        self.things.iter().any(|part| part.path.strip_prefix("self") == Some(below))
    }
}

/// An attribute of a kind.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// What it may hold.
    pub ty: Type,
    /// What stands in when nobody says.
    pub default: Option<Value>,
    /// The same where it follows from the thing's other attributes: an expression with the thing in slot 0.
    pub derived: Option<Arc<super::Expr>>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where it is declared; `None`: built in.
    pub place: Option<Place>,
    /// The kind that declares it.
    pub declared_in: KindId,
    /// The kind whose default it is: this one, or one above it.
    pub said_by: KindId,
}

impl Kind {
    /// Whether its things are things of `kind`.
    pub fn is_a(&self, kind: KindId) -> bool {
        self.lineage.contains(&kind)
    }
}

/// A list of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// `Level`.
    pub name: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// In order.
    pub values: Vec<EnumValue>,
    /// Whether they compare by `<`.
    pub ordered: bool,
    /// Whether some `resisted by` names an attribute of it: its percentages are strengths, not weights.
    pub is_strength: bool,
}

/// One value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// `tls`.
    pub name: Name,
    /// Its strength or weight, as a fraction.
    pub percent: Option<f64>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where it stands.
    pub place: Place,
}

/// A capability an attacker can have.
#[derive(Clone, Debug)]
pub struct State {
    /// `reach`.
    pub name: Arc<str>,
    /// The `///` text.
    pub doc: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What it is about.
    pub params: Vec<(Name, Type)>,
}

/// A constant (`let`).
#[derive(Clone, Debug)]
pub struct Constant {
    /// What it is.
    pub ty: Type,
    /// Its value.
    pub value: Value,
    /// Where its name stands.
    pub place: Place,
}

impl Enum {
    /// The position of a value.
    pub fn position(&self, name: Name) -> Option<u32> {
        self.values.iter().position(|value| value.name == name).map(|at| at as u32)
    }
}

/// The enum and position of a value: `Value::Enum` taken apart.
pub type EnumPosition = (EnumId, u32);
