//! What stands between a declaration's name and its body.

use super::{ExprId, Ident, Path, Type};
use crate::base::Span;

/// What only one keyword has between name and body.
#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    /// Nothing of its own.
    None,
    /// `flow A -> B -> C over https`. Inside a component `flow -> B` has no first end.
    Flow {
        /// Where it starts; missing inside a component: there it starts at the component.
        from: Option<Path>,
        /// The ends after each arrow, at least one.
        to: Vec<Path>,
        /// After `over`.
        protocol: Option<Path>,
    },
    /// `allow A -> B over https, tcp port 443, 8000..9000`.
    Allow {
        /// Where it starts.
        from: AllowEnd,
        /// Where it ends.
        to: AllowEnd,
        /// After `over`; empty: everything.
        services: Vec<Service>,
    },
    /// `grant who -> what may read, write`.
    Grant {
        /// The identity.
        who: Path,
        /// What it may act on.
        what: Path,
        /// After `may`.
        actions: Vec<Ident>,
    },
    /// `run x as y`. The placement kind is [`Decl::kind`].
    Run {
        /// The component placed.
        what: Path,
        /// After `as`: what the placement is called.
        alias: Option<Ident>,
    },
    /// `on THING`, of a finding or a threat.
    On(Path),
    /// `accept RULE on THING in DEPLOYMENT`.
    Accept {
        /// The rule, lint or loss accepted.
        rule: Path,
        /// On what.
        on: Path,
        /// Where; missing: everywhere.
        deployment: Option<Path>,
    },
    /// `like other`, of a deployment.
    Like(Path),
    /// `extends parent`, of a kind.
    Extends(Path),
    /// `= none 0% | tls 97%` or `= low < high`.
    Enum {
        /// The values in order.
        values: Vec<EnumValue>,
        /// Whether `<` stands between them.
        ordered: bool,
    },
    /// `= value`, of a constant.
    Let(ExprId),
    /// `(x: thing)`, of a state or a loss.
    Params(Vec<Param>),
    /// `use platform` (the name is [`Decl::name`]).
    Use,
}

/// An end of an `allow`.
#[derive(Clone, Debug, PartialEq)]
pub enum AllowEnd {
    /// A zone, component, integration, `internet` or `anywhere`.
    Thing(Path),
    /// A network: `10.0.0.0/8`.
    Network(ExprId),
}

/// What an `allow` lets through.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The protocol.
    pub protocol: Path,
    /// After `port`: integers and port ranges.
    pub ports: Vec<ExprId>,
}

/// `tls 97%` of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value's name.
    pub name: Ident,
    /// Its strength or weight.
    pub percent: Option<ExprId>,
    /// The `///` lines before it.
    pub doc: Option<Span>,
}

/// `x: component | integration` of a state or a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// What it is called.
    pub name: Ident,
    /// What may stand there.
    pub ty: Type,
}
