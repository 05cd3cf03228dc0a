//! Clauses of steps, rules, losses, lints, threats, deployments and tests.

use chumsky::prelude::*;

use super::expr::expr;
use super::types::ty;
use super::{Extra, Grammar, bracketed, commas, here, name, path};
use crate::base::Span;
use crate::syntax::ast::{Binding, BindingSource, Body, Clause, ClauseKind, Expectation, Guard, Path};
use crate::syntax::token::Token;

/// A clause.
pub fn clause<'a, E: Extra<'a>>(body: impl Grammar<'a, Body, E>) -> impl Grammar<'a, Clause, E> {
    choice((patterns().boxed(), physics().boxed(), words().boxed(), changes(body).boxed()))
        .map_with(|(keyword_span, kind), e| Clause { span: here(e), keyword_span, kind })
}

type Spoken = (Span, ClauseKind);

fn word<'a, E: Extra<'a>>(token: Token) -> impl Grammar<'a, Span, E> {
    just(token).map_with(|_, e| here(e))
}

fn two_words<'a, E: Extra<'a>>(
    first: Token,
    second: Token,
    label: &'static str,
) -> impl Grammar<'a, Span, E> {
    just(first).then(just(second).labelled(label)).map_with(|_, e| here(e))
}

fn patterns<'a, E: Extra<'a>>() -> impl Grammar<'a, Spoken, E> {
    let each = just(Token::Colon).ignore_then(ty()).map(BindingSource::Each);
    let among = just(Token::In).ignore_then(expr()).map(BindingSource::In);
    let source = each.or(among).labelled("`:` and a kind, or `in` and a list");
    let binding = name().then(source).map(|(name, source)| Binding { name, source });
    choice((
        word(Token::For).then(commas(binding).map(ClauseKind::For)),
        word(Token::Where).then(expr().map(ClauseKind::Where)),
        word(Token::Reports).then(commas(expr()).map(ClauseKind::Reports)),
        two_words(Token::Flag, Token::When, "`when`").then(expr().map(ClauseKind::FlagWhen)),
        word(Token::On).then(expr().map(ClauseKind::On)),
    ))
}

fn physics<'a, E: Extra<'a>>() -> impl Grammar<'a, Spoken, E> {
    let causes = just(Token::Cause).ignore_then(commas(expr())).or_not().map(Option::unwrap_or_default);
    let chance = expr().then(causes).map(|(value, causes)| ClauseKind::Chance { value, causes });
    choice((
        word(Token::Needs).then(expr().map(ClauseKind::Needs)),
        word(Token::Gives).then(commas(expr()).map(ClauseKind::Gives)),
        word(Token::Chance).then(chance),
        two_words(Token::Resisted, Token::By, "`by`").then(commas(expr()).map(ClauseKind::ResistedBy)),
        two_words(Token::Guarded, Token::By, "`by`").then(guard().map(ClauseKind::GuardedBy)),
        two_words(Token::Recovered, Token::By, "`by`").then(guard().map(ClauseKind::RecoveredBy)),
        word(Token::When).then(expr().map(ClauseKind::When)),
        word(Token::Impact).then(expr().map(ClauseKind::Impact)),
    ))
}

fn guard<'a, E: Extra<'a>>() -> impl Grammar<'a, Guard, E> {
    let together = path().separated_by(just(Token::Plus)).at_least(1).collect::<Vec<_>>();
    let on = just(Token::On).ignore_then(expr()).or_not();
    bracketed(together)
        .labelled("a list of control kinds")
        .then(on)
        .map(|(alternatives, on)| Guard { alternatives, on })
}

fn words<'a, E: Extra<'a>>() -> impl Grammar<'a, Spoken, E> {
    let what = select! { Token::No => Expectation::No, Token::Question => Expectation::Question };
    let what = what.or_not().map(|what| what.unwrap_or(Expectation::Risk));
    let on = just(Token::On).ignore_then(path()).or_not();
    let expect = what.then(path().labelled("the name of a rule")).then(on);
    choice((
        word(Token::Say).then(expr().map(ClauseKind::Say)),
        word(Token::Fix).then(expr().map(ClauseKind::Fix)),
        word(Token::Expect).then(expect.map(|((what, rule), on)| ClauseKind::Expect { what, rule, on })),
        word(Token::Assert).then(expr().map(ClauseKind::Assert)),
        word(Token::In).then(path().map(ClauseKind::In)),
    ))
}

fn changes<'a, E: Extra<'a>>(body: impl Grammar<'a, Body, E>) -> impl Grammar<'a, Spoken, E> {
    let targets = bracketed(path()).or(path().map(|one| vec![one]));
    let with = targets
        .clone()
        .then(body.clone())
        .map(|(targets, body): (Vec<Path>, Body)| ClauseKind::With { targets, body });
    choice((
        word(Token::With).then(with),
        word(Token::Without).then(targets.map(ClauseKind::Without)),
        word(Token::Model).then(body.map(ClauseKind::Model)),
    ))
}
