//! Expressions, from literals up to `if … then … else`.

use chumsky::pratt::{infix, left, prefix};
use chumsky::prelude::*;

use super::types::ty;
use super::{Extra, Grammar, Input, bracketed, here, member_name, name, push, written};
use crate::syntax::ast::{Argument, BinaryOp, ExprId, ExprKind, Ident, Quantifier, UnaryOp};
use crate::syntax::token::Token;

/// An expression.
pub fn expr<'a, E: Extra<'a>>() -> impl Grammar<'a, ExprId, E> {
    recursive(|expr| {
        let atom = choice((
            literal(),
            bracket(expr.clone()),
            group(expr.clone()),
            condition(expr.clone()),
            over(expr.clone()),
            call_or_name(expr),
        ))
        .labelled("a value");
        alone().or(operators(members(atom)))
    })
}

/// A value or name with nothing behind it that could go on: most expressions are, and need no operator tried.
fn alone<'a, E: Extra<'a>>() -> impl Grammar<'a, ExprId, E> {
    let ends = one_of([Token::End, Token::Comma, Token::CloseBrace, Token::CloseBracket, Token::CloseParen]);
    let one = any()
        .filter(|token: &Token| is_literal(*token) || is_name(*token))
        .then_ignore(ends.rewind())
        .map_with(|token, e| {
            if is_literal(token) {
                return written(token, e);
            }
            let name = Ident { span: here(e) };
            push(e, ExprKind::Name(name))
        });
    let list = bracketed(one).then_ignore(ends.rewind());
    one.or(list.map_with(|items, e| push(e, ExprKind::List(items))))
}

fn is_literal(token: Token) -> bool {
    token.is_value() || matches!(token, Token::True | Token::False | Token::Unknown)
}

/// Whether a token names something by itself, reserved words that stand for things included.
fn is_name(token: Token) -> bool {
    token.is_word() || matches!(token, Token::SelfWord | Token::Internet | Token::Anywhere)
}

fn literal<'a, E: Extra<'a>>() -> impl Grammar<'a, ExprId, E> {
    any().filter(|token: &Token| is_literal(*token)).map_with(|token, e| written(token, e))
}

/// `[a, b]` or `[x in xs: cond]`.
fn bracket<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    let filter = name()
        .then_ignore(just(Token::In))
        .then(expr.clone())
        .then_ignore(just(Token::Colon).labelled("`:`"))
        .then(expr.clone())
        .delimited_by(just(Token::OpenBracket), just(Token::CloseBracket).labelled("`]`"))
        .map_with(|((variable, source), condition), e| {
            push(e, ExprKind::Filter { variable, source, condition })
        });
    let is_filter = just(Token::OpenBracket).then(name()).then(just(Token::In)).rewind();
    let list = bracketed(expr).map_with(|items, e| push(e, ExprKind::List(items)));
    is_filter.ignore_then(filter).or(list)
}

fn group<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    expr.delimited_by(just(Token::OpenParen), just(Token::CloseParen).labelled("`)`"))
        .map_with(|inner, e| push(e, ExprKind::Group(inner)))
}

fn condition<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    just(Token::If)
        .ignore_then(expr.clone())
        .then_ignore(just(Token::Then).labelled("`then`"))
        .then(expr.clone())
        .then_ignore(just(Token::Else).labelled("`else`"))
        .then(expr)
        .map_with(|((condition, then), otherwise), e| push(e, ExprKind::If { condition, then, otherwise }))
}

/// `any x in xs: cond`, `any at(zones(f))`, and `any` alone, which leaves a parameter free.
fn over<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    let quantifier = select! {
        Token::Any => Quantifier::Any,
        Token::All => Quantifier::All,
        Token::No => Quantifier::No,
    };
    let is_quantified = name().then(just(Token::In)).rewind();
    let quantified = is_quantified
        .ignore_then(name())
        .then_ignore(just(Token::In))
        .then(expr.clone())
        .then_ignore(just(Token::Colon).labelled("`:`"))
        .then(expr.clone())
        .map(|((variable, source), condition)| Rest::Quantified(variable, source, condition));
    let state = call_or_name(expr).map(Rest::State);
    quantifier.then(quantified.or(state).or_not()).map_with(|(quantifier, rest), e| {
        let kind = match rest {
            Some(Rest::Quantified(variable, source, condition)) => {
                ExprKind::Quantified { quantifier, variable, source, condition }
            }
            Some(Rest::State(state)) => ExprKind::Over { quantifier, state },
            None => ExprKind::Name(Ident { span: here(e) }),
        };
        push(e, kind)
    })
}

enum Rest {
    Quantified(Ident, ExprId, ExprId),
    State(ExprId),
}

fn arguments<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, Vec<Argument>, E> {
    let named =
        name().then(just(Token::Assign)).rewind().ignore_then(name()).then_ignore(just(Token::Assign));
    let argument = named.or_not().then(expr).map(|(name, value)| Argument { name, value });
    argument
        .separated_by(just(Token::Comma))
        .allow_trailing()
        .collect()
        .delimited_by(just(Token::OpenParen), just(Token::CloseParen).labelled("`)`"))
}

fn call_or_name<'a, E: Extra<'a>>(expr: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    let word = any().filter(|token: &Token| is_name(*token)).map_with(|_, e| Ident { span: here(e) });
    // Only a bracket behind the second name makes the first one a package.
    let is_packaged = just(Token::Dot).then(member_name()).then(just(Token::OpenParen)).rewind();
    let packaged = is_packaged.ignore_then(just(Token::Dot)).ignore_then(member_name());
    let call = packaged.or_not().then(arguments(expr));
    word.then(call.or_not()).map_with(|(first, call), e| {
        let kind = match call {
            Some((Some(name), args)) => ExprKind::Call { package: Some(first), name, args },
            Some((None, args)) => ExprKind::Call { package: None, name: first, args },
            None => ExprKind::Name(first),
        };
        push(e, kind)
    })
}

/// `.name` behind an atom.
fn members<'a, E: Extra<'a>>(atom: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    atom.foldl_with(just(Token::Dot).ignore_then(member_name()).repeated(), |base, name, e| {
        push(e, ExprKind::Member { base, name })
    })
}

fn operators<'a, E: Extra<'a>>(operand: impl Grammar<'a, ExprId, E>) -> impl Grammar<'a, ExprId, E> {
    let op = |token: Token, op: BinaryOp| just(token).map_with(move |_, e| (op, here(e)));
    let comparison = select! {
        Token::Equal => BinaryOp::Equal,
        Token::NotEqual => BinaryOp::NotEqual,
        Token::LessOrEqual => BinaryOp::LessOrEqual,
        Token::Less => BinaryOp::Less,
        Token::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        Token::Greater => BinaryOp::Greater,
        Token::In => BinaryOp::In,
    };
    let product = select! { Token::Star => BinaryOp::Multiply, Token::Slash => BinaryOp::Divide };
    let sum = select! { Token::Plus => BinaryOp::Add, Token::Minus => BinaryOp::Subtract };
    let comparison = comparison.map_with(|op, e| (op, here(e)));
    let product = product.map_with(|op, e| (op, here(e)));
    let sum = sum.map_with(|op, e| (op, here(e)));
    let arithmetic = operand.pratt((
        prefix(7, just(Token::Minus), |_, operand, e| {
            push(e, ExprKind::Unary { op: UnaryOp::Negate, operand })
        }),
        infix(left(6), product, binary),
        infix(left(5), sum, binary),
        infix(left(4), op(Token::OrElse, BinaryOp::OrElse), binary),
    ));
    // Comparisons do not chain: at most one, and `is` beside them.
    let compared = arithmetic
        .clone()
        .then(
            comparison
                .then(arithmetic)
                .map(Tail::Compare)
                .or(just(Token::Is).ignore_then(ty()).map(Tail::Is))
                .or_not(),
        )
        .map_with(|(left, tail), e| match tail {
            None => left,
            Some(Tail::Compare(((op, op_span), right))) => {
                push(e, ExprKind::Binary { op, op_span, left, right })
            }
            Some(Tail::Is(ty)) => push(e, ExprKind::Is { value: left, ty }),
        });
    compared.pratt((
        prefix(3, just(Token::Not), |_, operand, e| push(e, ExprKind::Unary { op: UnaryOp::Not, operand })),
        infix(left(2), op(Token::And, BinaryOp::And), binary),
        infix(left(1), op(Token::Or, BinaryOp::Or), binary),
    ))
}

enum Tail {
    Compare(((BinaryOp, crate::base::Span), ExprId)),
    Is(crate::syntax::ast::Type),
}

fn binary<'a, E: Extra<'a>>(
    left: ExprId,
    (op, op_span): (BinaryOp, crate::base::Span),
    right: ExprId,
    e: &mut chumsky::input::MapExtra<'a, '_, Input<'a>, E>,
) -> ExprId {
    push(e, ExprKind::Binary { op, op_span, left, right })
}
