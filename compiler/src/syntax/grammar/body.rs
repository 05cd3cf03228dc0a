//! Bodies: `{`, entries at line ends, `}`.

use chumsky::prelude::*;

use super::clause::clause;
use super::expr::expr;
use super::header::docs;
use super::types::ty;
use super::{Extra, Grammar, here, name};
use crate::syntax::ast::{Attribute, Body, DeclId, Entry, ExprId, Field, Type};
use crate::syntax::token::Token;

/// A body. An entry that cannot be read is skipped to its end; the others live on.
pub fn body<'a, E: Extra<'a>>(declaration: impl Grammar<'a, DeclId, E>) -> impl Grammar<'a, Body, E> {
    recursive(|body| {
        let entry = entry(declaration, body)
            .map(Some)
            .then_ignore(
                one_of([Token::End, Token::CloseBrace]).rewind().ignored().labelled("the end of the line"),
            )
            .recover_with(via_parser(junk().repeated().at_least(1).to(None)));
        let ends = just(Token::End).repeated();
        entry
            .then_ignore(ends)
            .repeated()
            .collect::<Vec<_>>()
            .delimited_by(
                just(Token::OpenBrace).then(ends),
                docs()
                    .then(just(Token::CloseBrace).labelled("`}`"))
                    .recover_with(via_parser(end().to((None, Token::CloseBrace)))),
            )
            .map_with(|entries, e| Body {
                span: here(e),
                is_whole: entries.iter().all(Option::is_some),
                entries: entries.into_iter().flatten().collect(),
            })
            .boxed()
    })
}

fn entry<'a, E: Extra<'a>>(
    declaration: impl Grammar<'a, DeclId, E>,
    body: impl Grammar<'a, Body, E>,
) -> impl Grammar<'a, Entry, E> {
    let set = just(Token::Assign).ignore_then(expr()).map(Named::Set);
    let declared = just(Token::Colon)
        .ignore_then(ty())
        .then(just(Token::Assign).ignore_then(expr()).or_not())
        .map(|(ty, default)| Named::Declared(ty, default));
    // A word is an attribute or a field by what stands behind it, whatever else it could begin.
    let named = docs().then(name()).then(set.or(declared)).map(|((doc, name), named)| match named {
        Named::Set(value) => Entry::Attribute(Attribute { name, value }),
        Named::Declared(ty, default) => Entry::Field(Box::new(Field { doc, name, ty, default })),
    });
    let clause = docs().then(clause_word()).rewind().ignore_then(docs()).ignore_then(clause(body));
    choice((named, clause.map(|clause| Entry::Clause(Box::new(clause))), declaration.map(Entry::Decl)))
        .boxed()
}

/// What stands behind a name that an entry begins with.
enum Named {
    /// `= value`
    Set(ExprId),
    /// `: Type = default`
    Declared(Type, Option<ExprId>),
}

fn clause_word<'a, E: Extra<'a>>() -> impl Grammar<'a, (), E> {
    any().filter(|token: &Token| token.begins_clause()).ignored().labelled("a clause")
}

/// One thing of an entry that could not be read: a token, or a whole bracket.
pub fn junk<'a, E: Extra<'a>>() -> impl Grammar<'a, (), E> {
    recursive(|junk| {
        let inside = junk.or(just(Token::End).ignored()).repeated();
        let bracket = |open, close| inside.clone().delimited_by(just(open), just(close)).ignored();
        choice((
            bracket(Token::OpenBrace, Token::CloseBrace),
            bracket(Token::OpenBracket, Token::CloseBracket),
            bracket(Token::OpenParen, Token::CloseParen),
            any().filter(|token: &Token| !token.is_bracket() && *token != Token::End).ignored(),
        ))
        .boxed()
    })
}
