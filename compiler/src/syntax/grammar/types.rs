//! Types: `Text`, `[data]`, `store.Postgres | store.Redis`.

use chumsky::prelude::*;

use super::{Extra, Grammar, bracketed, here, path};
use crate::syntax::ast::{Type, TypeKind};
use crate::syntax::token::Token;

/// A type.
pub fn ty<'a, E: Extra<'a>>() -> impl Grammar<'a, Type, E> {
    let named = path()
        .separated_by(just(Token::Bar))
        .at_least(1)
        .collect()
        .map_with(|paths, e| Type { span: here(e), kind: TypeKind::Named(paths) });
    let list = bracketed(named.clone()).map_with(|mut members: Vec<Type>, e| {
        let kind = match members.pop() {
            Some(member) => TypeKind::List(Box::new(member)),
            None => TypeKind::Missing,
        };
        Type { span: here(e), kind }
    });
    list.or(named).labelled("a type")
}
