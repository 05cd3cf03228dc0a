//! Expressions and the values written in them.

use super::{ExprId, Ident, Type};
use crate::base::Span;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub kind: ExprKind,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// Could not be read; reported already.
    Missing,
    /// A value written out.
    Literal(Literal),
    /// A bare word, `self` and reserved words that are values (`internet`, `anywhere`, `any`) among them.
    Name(Ident),
    /// `base.name`.
    Member {
        /// Before the dot.
        base: ExprId,
        /// After it.
        name: Ident,
    },
    /// `name(args)`, `package.name(args)`.
    Call {
        /// The package before the dot.
        package: Option<Ident>,
        /// A function, state, step, loss or kind of control.
        name: Ident,
        /// In order.
        args: Vec<Argument>,
    },
    /// `[a, b]`.
    List(Vec<ExprId>),
    /// `(e)`.
    Group(ExprId),
    /// `not e`, `-e`.
    Unary {
        /// Which.
        op: UnaryOp,
        /// Of what.
        operand: ExprId,
    },
    /// `a OP b`.
    Binary {
        /// Which.
        op: BinaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// Left side.
        left: ExprId,
        /// Right side.
        right: ExprId,
    },
    /// `x is Kind`.
    Is {
        /// What is asked about.
        value: ExprId,
        /// The kind or keyword; several: `A | B`.
        ty: Type,
    },
    /// `if c then a else b`.
    If {
        /// The condition.
        condition: ExprId,
        /// When it holds.
        then: ExprId,
        /// When it does not.
        otherwise: ExprId,
    },
    /// `any x in xs: cond`.
    Quantified {
        /// Which.
        quantifier: Quantifier,
        /// The variable.
        variable: Ident,
        /// The list.
        source: ExprId,
        /// Asked of each.
        condition: ExprId,
    },
    /// `any at(zones(x))`: a state over a list.
    Over {
        /// `any` or `all`.
        quantifier: Quantifier,
        /// The state.
        state: ExprId,
    },
    /// `[x in xs: cond]`.
    Filter {
        /// The variable.
        variable: Ident,
        /// The list.
        source: ExprId,
        /// Asked of each.
        condition: ExprId,
    },
}

impl ExprKind {
    /// The expressions directly inside, in source order.
    pub fn children(&self) -> impl Iterator<Item = ExprId> {
        let (few, items, arguments): ([Option<ExprId>; 3], &[ExprId], &[Argument]) = match self {
            ExprKind::Missing | ExprKind::Literal(_) | ExprKind::Name(_) => ([None; 3], &[], &[]),
            ExprKind::Member { base: inner, .. }
            | ExprKind::Group(inner)
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Is { value: inner, .. }
            | ExprKind::Over { state: inner, .. } => ([Some(*inner), None, None], &[], &[]),
            ExprKind::Call { args, .. } => ([None; 3], &[], args),
            ExprKind::List(items) => ([None; 3], items, &[]),
            ExprKind::Binary { left, right, .. } => ([Some(*left), Some(*right), None], &[], &[]),
            ExprKind::If { condition, then, otherwise } => {
                ([Some(*condition), Some(*then), Some(*otherwise)], &[], &[])
            }
            ExprKind::Quantified { source, condition, .. } | ExprKind::Filter { source, condition, .. } => {
                ([Some(*source), Some(*condition), None], &[], &[])
            }
        };
        let arguments = arguments.iter().map(|argument| argument.value);
        few.into_iter().flatten().chain(items.iter().copied()).chain(arguments)
    }
}

/// An argument of a call: `x` or `avoiding = x`.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Before `=`.
    pub name: Option<Ident>,
    /// The value.
    pub value: ExprId,
}

/// A value written out.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`, `false`.
    Bool(bool),
    /// `unknown`.
    Unknown,
    /// `"…"`, `"""…"""`: the text is decoded when it is needed ([`super::text`]).
    Text,
    /// `1_000`.
    Int(i64),
    /// `0.5`.
    Decimal(f64),
    /// `70%`, as the fraction 0.7.
    Percent(f64),
    /// `12h`, in seconds.
    Duration(i64),
    /// `2026-11-23`, in days since 1970-01-01.
    Date(i32),
    /// `EUR 250_000`, in hundredths.
    Money {
        /// Three capital letters.
        currency: [u8; 3],
        /// Hundredths of the unit.
        cents: i64,
    },
    /// `5GiB`, in bytes.
    Size(u64),
    /// `10.0.0.0/16`.
    Network(Network),
    /// `8000..9000`, both included.
    Ports(u16, u16),
}

/// An address range. The bits behind the prefix are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The first address.
    pub address: std::net::IpAddr,
    /// How many leading bits are fixed.
    pub prefix: u8,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `??`
    OrElse,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A word that asks about a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `all`
    All,
    /// `no`
    No,
}
