//! The syntax tree of one file: flat vectors and numbers, no text and no meaning.
//!
//! Names are spans: their spelling is read from the file's text (see [`File::text`]).
//! What could not be read is a node of its own ([`ExprKind::Missing`], [`Ident`] of an empty span), so a tree always exists.

use std::sync::Arc;

use super::Keyword;
use crate::base::{IndexVec, Span};

crate::new_id! {
    /// A declaration of a [`File`].
    DeclId
}
crate::new_id! {
    /// An expression of a [`File`].
    ExprId
}

/// One file. Its declarations are in source order; those of a body are pushed before the one around them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The text that every span is a range of.
    pub text: Arc<str>,
    /// The declarations that stand in no other one.
    pub top: Vec<DeclId>,
    /// All declarations.
    pub decls: IndexVec<DeclId, Decl>,
    /// All expressions.
    pub exprs: IndexVec<ExprId, Expr>,
}

/// A word that names something, without its backticks. An empty span: the name is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ident {
    /// Where it stands, backticks included.
    pub span: Span,
}

/// Names joined by dots: `shop.api`, `store.Postgres`. Never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its names, outermost first.
    pub segments: Vec<Ident>,
}

/// A declaration: `KEYWORD [name] ["title"] [: Kind] [header] [{ body }]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Decl {
    /// All of it, doc comment left out.
    pub span: Span,
    /// The `///` lines before it, the first to the last.
    pub doc: Option<Span>,
    /// `abstract` or `override` before the keyword.
    pub modifier: Option<Modifier>,
    /// What it declares.
    pub keyword: Keyword,
    /// Where the keyword stands.
    pub keyword_span: Span,
    /// What it is called. Kinds and enums may have a dotted name; all else has one segment.
    pub name: Option<Path>,
    /// The text after the name, quotes included.
    pub title: Option<Span>,
    /// What comes after the colon.
    pub kind: Option<Path>,
    /// What only this keyword has.
    pub header: Header,
    /// What stands in its braces.
    pub body: Option<Body>,
}

/// A word before the keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// `abstract kind`: cannot be used directly.
    Abstract,
    /// `override attacker`: changes a thing of std or of a dependency.
    Override,
}

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

/// A type as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub kind: TypeKind,
}

/// What a type says.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// `Text`, `Level`, `component`, `store.Postgres`; several: `A | B`. Never empty.
    Named(Vec<Path>),
    /// `[T]`.
    List(Box<Type>),
    /// Could not be read.
    Missing,
}

/// What stands between braces.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Braces included.
    pub span: Span,
    /// In source order.
    pub entries: Vec<Entry>,
}

/// One entry of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `name = value`.
    Attribute(Attribute),
    /// `name: Type = default`, in a kind.
    Field(Field),
    /// A nested declaration.
    Decl(DeclId),
    /// `where …`, `gives …`, `expect …`.
    Clause(Clause),
}

/// `name = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// What is set.
    pub name: Ident,
    /// To what.
    pub value: ExprId,
}

/// `name: Type = default`, in a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The `///` lines before it.
    pub doc: Option<Span>,
    /// The attribute it declares.
    pub name: Ident,
    /// What it may hold.
    pub ty: Type,
    /// What stands in when nobody says.
    pub default: Option<ExprId>,
}

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
    /// `name(args)`.
    Call {
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

impl File {
    /// The spelling of a name, without backticks.
    pub fn text(&self, name: Ident) -> &str {
        name.span.slice(&self.text).trim_matches('`')
    }

    /// The spelling of a path: names joined by dots.
    pub fn path_text(&self, path: &Path) -> String {
        let names: Vec<&str> = path.segments.iter().map(|name| self.text(*name)).collect();
        names.join(".")
    }
}

impl Path {
    /// From the first name to the last.
    pub fn span(&self) -> Span {
        let first = self.segments.first().map(|name| name.span).unwrap_or_default();
        self.segments.iter().fold(first, |span, name| span.to(name.span))
    }

    /// The last name.
    pub fn last(&self) -> Option<Ident> {
        self.segments.last().copied()
    }
}
