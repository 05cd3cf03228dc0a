//! The syntax tree of one file: flat vectors and numbers, no text and no meaning.
//!
//! Names are spans: their spelling is read from the file's text (see [`File::text`]).
//! What could not be read is a node of its own ([`ExprKind::Missing`], [`Ident`] of an empty span), so a tree always exists.

mod clause;
mod expr;
mod header;

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use super::Keyword;
use crate::base::{IndexVec, Span};

pub use clause::{Binding, BindingSource, Clause, ClauseKind, Expectation, Guard};
pub use expr::{Argument, BinaryOp, Expr, ExprKind, Literal, Network, Quantifier, UnaryOp};
pub use header::{AllowEnd, EnumValue, Header, Param, Service};

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
    /// Its names, outermost first. Hardly any path has more than two.
    pub segments: SmallVec<[Ident; 2]>,
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
    /// Whether every entry could be read. Where one could not, what it said is missed and not wrong.
    pub is_whole: bool,
}

/// One entry of a body: small, since most are attributes.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `name = value`.
    Attribute(Attribute),
    /// `name: Type = default`, in a kind.
    Field(Box<Field>),
    /// A nested declaration.
    Decl(DeclId),
    /// `where …`, `gives …`, `expect …`.
    Clause(Box<Clause>),
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
    /// The path of one name.
    pub fn of(name: Ident) -> Path {
        Path { segments: smallvec![name] }
    }

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
