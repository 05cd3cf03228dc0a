//! The grammar, chapter by chapter, as combinators over plain tokens.
//!
//! In: the tokens of one top-level unit. Out: numbers of nodes pushed into the [`Builder`].
//! Never: a look at a text. The same functions run twice: fast and mute, then, where that failed, with words and recovery.

mod body;
mod clause;
mod decl;
mod expr;
mod header;
mod types;

use chumsky::extra::ParserExtra;
use chumsky::input::MapExtra;
use chumsky::inspector::SimpleState;
use chumsky::label::LabelError;
use chumsky::prelude::*;

use super::ast;
use super::literal;
use super::token::Token;
use crate::base::{Id, Span};

pub use decl::unit;

/// What the combinators read.
pub type Input<'a> = &'a [Token];

/// Where nodes go: the file being built and the places of the tokens.
pub struct Builder<'a> {
    /// The tree so far.
    pub file: ast::File,
    /// The places of the unit's tokens.
    pub spans: &'a [Span],
    /// The text, for the values written in it.
    pub text: &'a str,
    /// What is wrong with values written out: where and why.
    pub bad_values: Vec<(Span, String)>,
    /// How deep each expression of the unit is, from the unit's first one on.
    pub depths: Vec<u16>,
    /// How many expressions came before the unit.
    first: usize,
    /// The first expression that was too deep to keep.
    pub too_deep: Option<Span>,
}

/// Expressions deeper than this are dropped: no author writes them, and every later walk may recurse.
pub const DEEPEST_EXPRESSION: u16 = 256;

/// The two ways to run the grammar: any error type that takes labels.
pub trait Extra<'a>:
    ParserExtra<
        'a,
        Input<'a>,
        State = SimpleState<Builder<'a>>,
        Context = (),
        Error: LabelError<'a, Input<'a>, &'static str>,
    > + 'a
{
}

impl<'a, E> Extra<'a> for E where
    E: ParserExtra<
            'a,
            Input<'a>,
            State = SimpleState<Builder<'a>>,
            Context = (),
            Error: LabelError<'a, Input<'a>, &'static str>,
        > + 'a
{
}

/// A piece of the grammar.
pub trait Grammar<'a, O, E: Extra<'a>>: Parser<'a, Input<'a>, O, E> + Clone + 'a {}

impl<'a, O, E: Extra<'a>, P: Parser<'a, Input<'a>, O, E> + Clone + 'a> Grammar<'a, O, E> for P {}

impl<'a> Builder<'a> {
    /// A builder that adds the nodes of one unit to `file`.
    ///
    /// `depths` is only room to work in: handing it on from unit to unit saves getting it anew.
    pub fn new(file: ast::File, spans: &'a [Span], text: &'a str, mut depths: Vec<u16>) -> Builder<'a> {
        let first = file.exprs.len();
        depths.clear();
        Builder { file, spans, text, bad_values: Vec::new(), depths, first, too_deep: None }
    }

    /// The bytes that a range of tokens covers; an empty range is the end of the token before it.
    pub fn span(&self, tokens: SimpleSpan<usize>) -> Span {
        let place = |at: usize| self.spans.get(at).copied();
        let before = tokens.start.checked_sub(1).and_then(place).map_or(0, |span| span.hi);
        if tokens.start >= tokens.end {
            return Span::empty(before);
        }
        let first = place(tokens.start).unwrap_or(Span::empty(before));
        let last = place(tokens.end - 1).unwrap_or(first);
        first.to(last)
    }

    fn expr(&mut self, span: Span, kind: ast::ExprKind) -> ast::ExprId {
        let depth_of = |id: ast::ExprId| {
            let at = id.index().checked_sub(self.first).and_then(|at| self.depths.get(at));
            at.copied().unwrap_or(0)
        };
        let depth = kind.children().map(depth_of).max().unwrap_or(0) + 1;
        if depth > DEEPEST_EXPRESSION {
            self.too_deep.get_or_insert(span);
            self.depths.push(1);
            return self.file.exprs.push(ast::Expr { span, kind: ast::ExprKind::Missing });
        }
        self.depths.push(depth);
        self.file.exprs.push(ast::Expr { span, kind })
    }
}

/// The bytes that a parser just read.
fn here<'a, E: Extra<'a>>(extra: &mut MapExtra<'a, '_, Input<'a>, E>) -> Span {
    let tokens = extra.span();
    builder(extra).span(tokens)
}

/// Adds an expression that covers what was just read.
fn push<'a, E: Extra<'a>>(extra: &mut MapExtra<'a, '_, Input<'a>, E>, kind: ast::ExprKind) -> ast::ExprId {
    let span = here(extra);
    builder(extra).expr(span, kind)
}

/// The file being built.
fn builder<'b, 'a, E: Extra<'a>>(extra: &'b mut MapExtra<'a, '_, Input<'a>, E>) -> &'b mut Builder<'a> {
    let state: &mut SimpleState<Builder<'a>> = extra.state();
    &mut state.0
}

/// Adds the value that was just read; one that does not exist is noted and missing.
fn written<'a, E: Extra<'a>>(token: Token, extra: &mut MapExtra<'a, '_, Input<'a>, E>) -> ast::ExprId {
    let span = here(extra);
    let builder = builder(extra);
    match literal::read(token, span.slice(builder.text)) {
        Ok(value) => builder.expr(span, ast::ExprKind::Literal(value)),
        Err(why) => {
            builder.bad_values.push((span, why));
            builder.expr(span, ast::ExprKind::Missing)
        }
    }
}

/// A bare name, in backticks or not.
fn name<'a, E: Extra<'a>>() -> impl Grammar<'a, ast::Ident, E> {
    any()
        .filter(|token: &Token| token.is_word())
        .map_with(|_, e| ast::Ident { span: here(e) })
        .labelled("a name")
}

/// A name, or a reserved word that stands for a thing: `self`, `internet`, `anywhere`.
fn place_name<'a, E: Extra<'a>>() -> impl Grammar<'a, ast::Ident, E> {
    any()
        .filter(|token: &Token| token.can_name())
        .map_with(|_, e| ast::Ident { span: here(e) })
        .labelled("a name")
}

/// A name behind a dot: any word will do.
fn member_name<'a, E: Extra<'a>>() -> impl Grammar<'a, ast::Ident, E> {
    any()
        .filter(|token: &Token| token.is_word() || token.is_reserved())
        .map_with(|_, e| ast::Ident { span: here(e) })
        .labelled("a name")
}

/// `shop.api`
fn path<'a, E: Extra<'a>>() -> impl Grammar<'a, ast::Path, E> {
    let first = place_name().map(ast::Path::of);
    first.foldl(just(Token::Dot).ignore_then(member_name()).repeated(), |mut path, name| {
        path.segments.push(name);
        path
    })
}

/// One or more, separated by commas.
fn commas<'a, O: 'a, E: Extra<'a>>(item: impl Grammar<'a, O, E>) -> impl Grammar<'a, Vec<O>, E> {
    item.separated_by(just(Token::Comma)).at_least(1).collect()
}

/// `[a, b]`: items separated by commas or line ends, a last comma allowed.
fn bracketed<'a, O: 'a, E: Extra<'a>>(item: impl Grammar<'a, O, E>) -> impl Grammar<'a, Vec<O>, E> {
    let separator =
        just(Token::Comma).then(just(Token::End).or_not()).ignored().or(just(Token::End).ignored());
    item.separated_by(separator)
        .allow_trailing()
        .collect()
        .delimited_by(just(Token::OpenBracket), just(Token::CloseBracket).labelled("`]`"))
}
