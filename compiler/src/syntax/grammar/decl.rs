//! Declarations: `[abstract | override] KEYWORD head [{ body }]`.

use chumsky::prelude::*;

use super::body::{body, junk};
use super::header::{self, Head, docs};
use super::{Extra, Grammar, builder, here};
use crate::base::Span;
use crate::syntax::Keyword;
use crate::syntax::ast::{Decl, DeclId, Modifier};
use crate::syntax::token::Token;

/// One top-level declaration and nothing behind it.
pub fn unit<'a, E: Extra<'a>>() -> impl Grammar<'a, Option<DeclId>, E> {
    declaration()
        .map(Some)
        .then_ignore(end().labelled("the end of the line"))
        .recover_with(via_parser(junk().repeated().at_least(1).to(None)))
}

/// A declaration, nested ones included.
fn declaration<'a, E: Extra<'a>>() -> impl Grammar<'a, DeclId, E> {
    recursive(|declaration| {
        let modifier =
            select! { Token::Abstract => Modifier::Abstract, Token::Override => Modifier::Override };
        let start = overriding().or(modifier.or_not().then(headed()));
        let whole = start.then(body(declaration).or_not());
        let added = whole.map_with(|((modifier, (keyword, keyword_span, head)), body), e| {
            let span = here(e);
            builder(e).file.decls.push(Decl {
                span,
                doc: None,
                modifier,
                keyword,
                keyword_span,
                name: head.name,
                title: head.title,
                kind: head.kind,
                header: head.header,
                body,
            })
        });
        // The doc comment stands before the span: it is known first and set last.
        docs()
            .then(added)
            .map_with(|(doc, id), e| {
                builder(e).file.decls[id].doc = doc;
                id
            })
            .boxed()
    })
}

/// `override KEYWORD path`: a name and nothing more, whatever the head of the keyword is otherwise.
fn overriding<'a, E: Extra<'a>>() -> impl Grammar<'a, (Option<Modifier>, (Keyword, Span, Head)), E> {
    let keyword = any()
        .filter(|token: &Token| Keyword::of(*token).is_some())
        .map_with(|token, e| (Keyword::of(token).unwrap_or(Keyword::Component), here(e)));
    let is_all = just(Token::OpenBrace).ignored().rewind().or(end());
    just(Token::Override)
        .ignore_then(keyword)
        .then(header::reference())
        .then_ignore(is_all)
        .map(|((keyword, span), head)| (Some(Modifier::Override), (keyword, span, head)))
}

/// A keyword and the head that belongs to it.
fn headed<'a, E: Extra<'a>>() -> impl Grammar<'a, (Keyword, Span, Head), E> {
    use Keyword as K;
    let thing = any()
        .filter(|token: &Token| Keyword::of(*token).is_some_and(has_plain_head))
        .map_with(|token, e| (Keyword::of(token).unwrap_or(K::Component), here(e)))
        .labelled("a declaration");
    let thing = thing.then(header::thing()).map(|((keyword, span), head)| (keyword, span, head));
    choice((
        thing,
        with(K::Flow, header::flow()),
        with(K::Run, header::run()),
        with(K::Allow, header::allow()),
        with(K::Grant, header::grant()),
        with(K::Finding, header::on()),
        with(K::Threat, header::on()),
        with(K::Accept, header::accept()),
        with(K::Kind, header::kind_head()),
        with(K::Enum, header::enumeration()),
        with(K::Let, header::constant()),
        with(K::State, header::parameters()),
        with(K::Loss, header::parameters()),
        with(K::Use, header::package()),
    ))
    .boxed()
}

/// Whether what follows the keyword is a name, a title and a kind, and nothing of its own.
fn has_plain_head(keyword: Keyword) -> bool {
    use Keyword as K;
    let has_own = matches!(
        keyword,
        K::Flow
            | K::Run
            | K::Allow
            | K::Grant
            | K::Finding
            | K::Threat
            | K::Accept
            | K::Kind
            | K::Enum
            | K::Let
            | K::State
            | K::Loss
            | K::Use
    );
    !has_own
}

fn with<'a, E: Extra<'a>>(
    keyword: Keyword,
    head: impl Grammar<'a, Head, E>,
) -> impl Grammar<'a, (Keyword, Span, Head), E> {
    just(keyword.token())
        .map_with(|_, e| here(e))
        .labelled("a declaration")
        .then(head)
        .map(move |(span, head)| (keyword, span, head))
}
