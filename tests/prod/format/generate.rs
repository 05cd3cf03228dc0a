//! Random sound files: every declaration, clause and expression of the grammar.
//!
//! In: nothing but chance. Out: texts. Never: one that does not parse.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::scatter::Scatter;

/// Tokens. [`END`] stands where an entry ends, [`ITEM`] where a comma or a line end parts items.
type Words = Vec<String>;
type Gen = BoxedStrategy<Words>;

/// The end of an entry.
pub const END: &str = "\u{1}END";
/// A comma or a line end between the items of a list.
pub const ITEM: &str = "\u{1}ITEM";

/// A file in a random layout.
pub fn file() -> BoxedStrategy<String> {
    let declarations = vec(declaration(2), 1..5).prop_map(|all| all.join(&END.to_owned()));
    (declarations, vec(any::<u8>(), 32..96))
        .prop_map(|(words, chance)| Scatter::new(&words, chance).text())
        .boxed()
}

fn one(word: &str) -> Gen {
    Just(vec![word.to_owned()]).boxed()
}

fn chosen(words: &'static [&'static str]) -> Gen {
    select(words).prop_map(|word| vec![word.to_owned()]).boxed()
}

fn words(text: &str) -> Gen {
    Just(text.split(' ').map(str::to_owned).collect::<Words>()).boxed()
}

fn seq(parts: Vec<Gen>) -> Gen {
    parts.prop_map(|parts| parts.concat()).boxed()
}

fn maybe(part: Gen) -> Gen {
    option::of(part).prop_map(Option::unwrap_or_default).boxed()
}

fn any_of(parts: Vec<Gen>) -> Gen {
    proptest::strategy::Union::new(parts).boxed()
}

fn joined(item: Gen, sign: &'static str, most: usize) -> Gen {
    vec(item, 1..=most).prop_map(move |items| items.join(&sign.to_owned())).boxed()
}

/// `[a, b,]`
fn bracketed(item: Gen) -> Gen {
    let last = any_of(vec![one(ITEM), Just(Words::new()).boxed()]);
    let filled = seq(vec![one("["), joined(item, ITEM, 5), last, one("]")]);
    any_of(vec![filled.clone(), filled, words("[ ]")])
}

fn name() -> Gen {
    let names = &[
        "a",
        "checkout-api",
        "_x1",
        "größe",
        "`2048-game`",
        "`then`",
        "flow",
        "data",
        "model",
        "question",
        "port",
        "state",
        "EUR",
        "a_rather_long_name_for_a_thing",
        "on",
        "when",
        "cause",
    ];
    chosen(names)
}

/// A name where any word may stand, those that ask for more among them.
fn attribute_name() -> Gen {
    any_of(vec![name(), chosen(&["for", "over", "by", "needs", "with", "as", "like"])])
}

fn path() -> Gen {
    let member = any_of(vec![name(), chosen(&["in", "or", "no", "over", "by", "self"])]);
    let members = vec(member, 0..3)
        .prop_map(|all| all.into_iter().flat_map(|name| [vec![".".to_owned()], name].concat()).collect());
    seq(vec![name(), members.boxed()])
}

fn literal() -> Gen {
    let values = &[
        "1_000",
        "0",
        "0.5",
        "70%",
        "12h",
        "2w",
        "2026-11-23",
        "EUR 250_000",
        "5GiB",
        "10.0.0.0/16",
        "fd00::/8",
        "8000..9000",
        "true",
        "false",
        "unknown",
        "\"a text // of words\"",
        "\"with \\\" and ${f.from}\"",
        "\"\"\"\n  long\n    text\n  \"\"\"",
        "\"\"\"one line\"\"\"",
        "\"äöü — a rather long text that takes up most of a line by itself, as says do\"",
    ];
    chosen(values)
}

fn ty() -> Gen {
    let named = joined(path(), "|", 3);
    let list = seq(vec![one("["), named.clone(), one("]")]);
    any_of(vec![named, list])
}

fn expr() -> Gen {
    let leaf = any_of(vec![literal(), path(), words("( any )"), words("self"), words("internet"), path()]);
    leaf.prop_recursive(4, 48, 5, |inner| {
        let inner: Gen = inner.boxed();
        let around = |inner: Gen| seq(vec![one("("), inner, one(")")]);
        let argument = seq(vec![maybe(seq(vec![attribute_name(), one("=")])), inner.clone()]);
        let arguments = vec(argument, 0..4).prop_map(|all| all.join(&",".to_owned())).boxed();
        let call = seq(vec![name(), around(arguments)]);
        let grouped = around(inner.clone());
        let signs = &["or", "and", "or", "and", "==", "<=", "in", "??", "+", "-", "*", "/"];
        let sign = chosen(signs);
        let calculated = seq(vec![grouped.clone(), sign, grouped.clone()]);
        let chain = joined(call.clone(), "or", 6);
        let both = joined(any_of(vec![call.clone(), chain.clone()]), "and", 4);
        let is = seq(vec![call.clone(), one("is"), ty()]);
        let decided =
            seq(vec![one("if"), inner.clone(), one("then"), inner.clone(), one("else"), inner.clone()]);
        let quantifier = any_of(vec![one("any"), one("all"), one("no")]);
        let source = seq(vec![name(), one("in"), grouped.clone(), one(":"), inner.clone()]);
        let asked = seq(vec![quantifier, source.clone()]);
        let filter = seq(vec![one("["), source, one("]")]);
        let negated = seq(vec![any_of(vec![one("not"), words("- -"), one("-")]), grouped.clone()]);
        let over = seq(vec![one("all"), call.clone()]);
        any_of(vec![
            call,
            grouped,
            calculated,
            chain,
            both,
            is,
            around(decided.clone()),
            decided,
            around(asked.clone()),
            asked,
            filter,
            negated,
            over,
            bracketed(inner),
        ])
    })
    .boxed()
}

fn clause(depth: u32) -> Gen {
    let binding = seq(vec![name(), any_of(vec![seq(vec![one(":"), ty()]), seq(vec![one("in"), expr()])])]);
    let guard = seq(vec![bracketed(joined(path(), "+", 3)), maybe(seq(vec![one("on"), expr()]))]);
    let list = || joined(expr(), ",", 3);
    let targets = any_of(vec![path(), bracketed(path())]);
    let attributes = body(any_of(vec![attribute()]), 3);
    let after = |keyword: &str, rest: Gen| seq(vec![words(keyword), rest]);
    any_of(vec![
        after("for", joined(binding, ",", 3)),
        after("where", expr()),
        after("needs", expr()),
        after("gives", list()),
        seq(vec![one("chance"), expr(), maybe(after("cause", list()))]),
        after("resisted by", list()),
        after("guarded by", guard.clone()),
        after("recovered by", guard),
        after("reports", list()),
        after("flag when", expr()),
        after("on", expr()),
        after("when", expr()),
        after("impact", expr()),
        after("say", literal()),
        after("fix", literal()),
        seq(vec![one("with"), targets.clone(), attributes]),
        after("without", targets),
        after("in", path()),
        seq(vec![
            one("expect"),
            maybe(any_of(vec![one("no"), one("question")])),
            // A rule called `question` would be read as the word.
            seq(vec![plain_name(), one("."), name()]),
            maybe(after("on", path())),
        ]),
        after("assert", expr()),
        after("model", body(if depth == 0 { attribute() } else { declaration(depth - 1) }, 2)),
    ])
}

fn attribute() -> Gen {
    seq(vec![attribute_name(), one("="), expr()])
}

fn field() -> Gen {
    seq(vec![doc(), attribute_name(), one(":"), ty(), maybe(seq(vec![one("="), expr()]))])
}

fn doc() -> Gen {
    let lines = vec(select(&["/// What it is.", "///", "/// `//` and /* */ are words here  "][..]), 0..3);
    lines.prop_map(|lines| lines.into_iter().map(str::to_owned).collect()).boxed()
}

fn body(entry: Gen, most: usize) -> Gen {
    let inside = vec(entry, 0..=most).prop_map(|all| all.join(&END.to_owned())).boxed();
    seq(vec![one("{"), inside, one("}")])
}

/// A declaration of any kind; `depth` bodies may stand in it.
fn declaration(depth: u32) -> Gen {
    let entry = match depth {
        0 => any_of(vec![attribute(), attribute(), field()]),
        _ => any_of(vec![attribute(), attribute(), field(), clause(depth - 1), declaration(depth - 1)]),
    };
    let modifier = maybe(any_of(vec![one("abstract"), one("override")]));
    seq(vec![doc(), modifier, head(), maybe(body(entry, 4))])
}

fn head() -> Gen {
    let title = || maybe(one("\"A title\""));
    let kind = || maybe(seq(vec![one(":"), path()]));
    // In a body a keyword right before `:` is a field, so what has no name has a title.
    let title_alone = || one("\"A title\"");
    let label = || maybe(seq(vec![any_of(vec![seq(vec![name(), title()]), title_alone()]), one(":")]));
    let things = &[
        "product",
        "component",
        "integration",
        "actor",
        "data",
        "deployment",
        "zone",
        "identity",
        "control",
        "attacker",
        "assumption",
        "tag",
        "view",
        "test",
        "step",
        "rule",
        "lint",
        "protocol",
    ];
    let thing = chosen(things);
    let over = maybe(seq(vec![one("over"), path()]));
    let ports = joined(any_of(vec![one("443"), one("8000..9000")]), ",", 3);
    let service = seq(vec![path(), maybe(seq(vec![one("port"), ports]))]);
    let services = maybe(seq(vec![one("over"), joined(service, ",", 2)]));
    let end = any_of(vec![path(), one("10.0.0.0/8"), one("anywhere")]);
    let value = |sign: &'static str| joined(seq(vec![doc(), name(), maybe(one("70%"))]), sign, 12);
    let values = seq(vec![maybe(one("|")), any_of(vec![value("|"), value("<")])]);
    let param = seq(vec![name(), one(":"), ty()]);
    let params = vec(param, 0..3).prop_map(|all| all.join(&",".to_owned())).boxed();
    let called = seq(vec![name(), title(), one("("), params, one(")")]);
    any_of(vec![
        // Without a name before it, `like` would be the name.
        seq(vec![thing.clone(), name(), title(), kind(), maybe(seq(vec![one("like"), path()]))]),
        seq(vec![thing.clone(), title_alone(), kind()]),
        thing,
        seq(vec![one("flow"), label(), maybe(path()), one("->"), joined(path(), "->", 4), over]),
        seq(vec![one("run"), path(), maybe(seq(vec![one("as"), name()])), kind()]),
        seq(vec![one("allow"), label(), end.clone(), one("->"), end, services]),
        seq(vec![one("grant"), label(), path(), one("->"), path(), one("may"), joined(name(), ",", 3)]),
        seq(vec![
            any_of(vec![one("finding"), one("threat")]),
            any_of(vec![seq(vec![plain_name(), title()]), one("\"A title\"")]),
            kind(),
            one("on"),
            path(),
        ]),
        seq(vec![one("accept"), path(), one("on"), path(), maybe(seq(vec![one("in"), path()]))]),
        seq(vec![one("kind"), path(), title(), maybe(seq(vec![one("extends"), path()]))]),
        seq(vec![one("enum"), plain_name(), one("="), values]),
        seq(vec![one("let"), name(), one("="), expr()]),
        seq(vec![any_of(vec![one("state"), one("loss")]), called]),
        seq(vec![one("use"), name()]),
    ])
}

/// A name that is no word of the language: before `on`, `on` itself would be read as the word.
fn plain_name() -> Gen {
    chosen(&["a", "skip-approval", "`1st`"])
}
