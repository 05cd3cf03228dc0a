//! What stands between a declaration's keyword and its body.

use chumsky::prelude::*;

use super::expr::expr;
use super::types::ty;
use super::{Extra, Grammar, commas, here, name, path, written};
use crate::base::Span;
use crate::syntax::ast::{AllowEnd, EnumValue, Header, Param, Path, Service};
use crate::syntax::token::Token;

/// Everything between keyword and body.
#[derive(Clone)]
pub struct Head {
    pub name: Option<Path>,
    pub title: Option<Span>,
    pub kind: Option<Path>,
    pub header: Header,
}

fn title<'a, E: Extra<'a>>() -> impl Grammar<'a, Span, E> {
    // A title that nobody closed was reported by the lexer; the declaration lives on.
    one_of([Token::Text, Token::UnclosedText]).map_with(|_, e| here(e)).labelled("a title in quotes")
}

fn kind<'a, E: Extra<'a>>() -> impl Grammar<'a, Option<Path>, E> {
    just(Token::Colon).ignore_then(path().labelled("a kind")).or_not()
}

/// `platform.gateway`
pub fn reference<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    path().map(|path| Head { name: Some(path), title: None, kind: None, header: Header::None })
}

/// `[name] ["title"] [: Kind] [like other]`
pub fn thing<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let like = just(Token::Like).ignore_then(path()).map(Header::Like).or_not();
    name().or_not().then(title().or_not()).then(kind()).then(like).map(|(((name, title), kind), like)| Head {
        name: name.map(Path::of),
        title,
        kind,
        header: like.unwrap_or(Header::None),
    })
}

/// `[name ["title"]:]` before the ends of a flow, allow or grant.
fn label<'a, E: Extra<'a>>() -> impl Grammar<'a, (Option<Path>, Option<Span>), E> {
    let label = name().or_not().then(title().or_not()).then_ignore(just(Token::Colon));
    label.or_not().map(|label| match label {
        Some((name, title)) => (name.map(Path::of), title),
        None => (None, None),
    })
}

/// `[name:] A -> B -> C [over protocol]`
pub fn flow<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let arrow = just(Token::Arrow).labelled("`->`");
    let ends = path().or_not().then(arrow.ignore_then(path()).repeated().at_least(1).collect::<Vec<_>>());
    let over = just(Token::Over).ignore_then(path().labelled("a protocol")).or_not();
    label().then(ends).then(over).map(|(((name, title), (from, to)), protocol)| Head {
        name,
        title,
        kind: None,
        header: Header::Flow { from, to, protocol },
    })
}

/// `[name:] A -> B [over proto port 443, 8000..9000]`
pub fn allow<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let network = just(Token::Network).map_with(|token, e| AllowEnd::Network(written(token, e)));
    let end = network.or(path().map(AllowEnd::Thing)).labelled("a zone, a thing or a network");
    let ports = just(Token::Port).ignore_then(commas(port())).or_not();
    let service = path()
        .labelled("a protocol")
        .then(ports)
        .map(|(protocol, ports)| Service { protocol, ports: ports.unwrap_or_default() });
    let over = just(Token::Over).ignore_then(commas(service)).or_not();
    label().then(end.clone()).then_ignore(just(Token::Arrow).labelled("`->`")).then(end).then(over).map(
        |((((name, title), from), to), services)| Head {
            name,
            title,
            kind: None,
            header: Header::Allow { from, to, services: services.unwrap_or_default() },
        },
    )
}

fn port<'a, E: Extra<'a>>() -> impl Grammar<'a, crate::syntax::ast::ExprId, E> {
    any()
        .filter(|token: &Token| matches!(token, Token::Int | Token::Ports))
        .map_with(|token, e| written(token, e))
        .labelled("a port")
}

/// `[name:] who -> what may read, write`
pub fn grant<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let may = just(Token::May).labelled("`may` and what is allowed").ignore_then(commas(name()));
    label().then(path()).then_ignore(just(Token::Arrow).labelled("`->`")).then(path()).then(may).map(
        |((((name, title), who), what), actions)| Head {
            name,
            title,
            kind: None,
            header: Header::Grant { who, what, actions },
        },
    )
}

/// `x [as y] [: Kind]`
pub fn run<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let alias = just(Token::As).ignore_then(name()).or_not();
    path().then(alias).then(kind()).map(|((what, alias), kind)| Head {
        name: None,
        title: None,
        kind,
        header: Header::Run { what, alias },
    })
}

/// `name ["title"] on THING`
pub fn on<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let on = just(Token::On).labelled("`on` and a thing").ignore_then(path());
    name().or_not().then(title().or_not()).then(kind()).then(on).map(|(((name, title), kind), on)| Head {
        name: name.map(Path::of),
        title,
        kind,
        header: Header::On(on),
    })
}

/// `RULE on THING [in DEPLOYMENT]`
pub fn accept<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let on = just(Token::On).labelled("`on` and a thing").ignore_then(path());
    let deployment = just(Token::In).ignore_then(path()).or_not();
    path().then(on).then(deployment).map(|((rule, on), deployment)| Head {
        name: None,
        title: None,
        kind: None,
        header: Header::Accept { rule, on, deployment },
    })
}

/// `store.Postgres [extends parent]`
pub fn kind_head<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let extends = just(Token::Extends).ignore_then(path().labelled("a kind")).or_not();
    path().then(title().or_not()).then(extends).map(|((name, title), extends)| Head {
        name: Some(name),
        title,
        kind: None,
        header: extends.map_or(Header::None, Header::Extends),
    })
}

/// `Level = low 0.1% < high 20%`
pub fn enumeration<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let percent = just(Token::Percent).map_with(|token, e| written(token, e));
    let value = docs().then(name()).then(percent.or_not()).map(|((doc, name), percent)| EnumValue {
        name,
        percent,
        doc,
    });
    // The doc comment of the first value may stand before the `|` or behind it.
    let first = docs()
        .then_ignore(just(Token::Bar).or_not())
        .then(value.clone())
        .map(|(doc, value)| EnumValue { doc: value.doc.or(doc), ..value });
    let alternatives = just(Token::Bar)
        .ignore_then(value.clone())
        .repeated()
        .at_least(1)
        .collect::<Vec<_>>()
        .map(|rest| (rest, false));
    let steps = just(Token::Less)
        .ignore_then(value.clone())
        .repeated()
        .at_least(1)
        .collect::<Vec<_>>()
        .map(|rest| (rest, true));
    let rest = alternatives.or(steps).or_not().map(Option::unwrap_or_default);
    let values = first.then(rest);
    path().then_ignore(just(Token::Assign).labelled("`=`")).then(values).map(
        |(name, (first, (rest, ordered)))| Head {
            name: Some(name),
            title: None,
            kind: None,
            header: Header::Enum { values: std::iter::once(first).chain(rest).collect(), ordered },
        },
    )
}

/// `name = value`
pub fn constant<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    name().then_ignore(just(Token::Assign).labelled("`=`")).then(expr()).map(|(name, value)| Head {
        name: Some(Path::of(name)),
        title: None,
        kind: None,
        header: Header::Let(value),
    })
}

/// `name(x: thing)`
pub fn parameters<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    let param = name()
        .then_ignore(just(Token::Colon).labelled("`:`"))
        .then(ty())
        .map(|(name, ty)| Param { name, ty });
    let params = param
        .separated_by(just(Token::Comma))
        .allow_trailing()
        .collect()
        .delimited_by(just(Token::OpenParen).labelled("`(`"), just(Token::CloseParen).labelled("`)`"));
    name().then(title().or_not()).then(params).map(|((name, title), params)| Head {
        name: Some(Path::of(name)),
        title,
        kind: None,
        header: Header::Params(params),
    })
}

/// `platform`
pub fn package<'a, E: Extra<'a>>() -> impl Grammar<'a, Head, E> {
    name().map(|name| Head { name: Some(Path::of(name)), title: None, kind: None, header: Header::Use })
}

/// The run of doc comments before something.
pub fn docs<'a, E: Extra<'a>>() -> impl Grammar<'a, Option<Span>, E> {
    just(Token::Doc).repeated().at_least(1).map_with(|(), e| here(e)).or_not()
}
