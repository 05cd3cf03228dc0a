//! What can be wrong with names, types, structure and rules, one function each.

use std::sync::Arc;

use crate::base::{Diagnostic, Place, codes};

pub(super) fn list(names: &[&str], most: usize) -> String {
    let shown: Vec<String> = names.iter().take(most).map(|name| format!("`{name}`")).collect();
    let rest = if names.len() > most { format!(" and {} more", names.len() - most) } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

// ---- P02xx: names

/// A name that nothing has.
pub(super) fn unknown_name(name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0201, format!("nothing is called `{name}`"), at)
        .because("not declared in this package, and not in the standard library")
        .did_you_mean(near)
}

/// A kind that nobody declares.
pub(super) fn unknown_kind(name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0202, format!("there is no kind called `{name}`"), at)
        .because("neither this package nor the standard library declares it")
        .did_you_mean(near)
}

/// An attribute that the kind lacks.
pub(super) fn unknown_attribute(
    name: &str,
    kind: &str,
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0203, format!("`{kind}` has no attribute `{name}`"), at)
        .because("nobody would read this");
    match near {
        Some(_) => problem.did_you_mean(near),
        None if known.is_empty() => problem,
        None => problem.help(format!("it has {}", list(known, 8))),
    }
}

/// One name for two things in one place.
pub(super) fn declared_twice(what: &str, name: &str, at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0204, format!("the {what} `{name}` is declared twice"), at)
        .because("declared again here")
        .see(first, "first declared here")
        .help("rename one of them, or put both into one declaration: nothing is merged silently")
}

/// A declaration that must be called something.
pub(super) fn name_missing(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0205, format!("this {keyword} has no name"), at)
        .because("a name was expected behind this word")
        .help(format!("write `{keyword} name`: others refer to it by its name"))
}

/// A value of an enum that it lacks.
pub(super) fn unknown_value(
    name: &str,
    of: &str,
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0206, format!("`{name}` is no value of `{of}`"), at)
        .because(format!("a value of `{of}` was expected here"));
    match near {
        Some(_) => problem.did_you_mean(near),
        None => problem.help(format!("it is one of {}", list(known, 12))),
    }
}

/// A bare word that could be a value of several enums.
pub(super) fn ambiguous_value(name: &str, enums: &[&str], at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0206,
        format!("`{name}` is a value of several enums, and nothing here says which"),
        at,
    )
    .because("the type of a bare word comes from the attribute or from the other side")
    .help(format!("it is a value of {}", list(enums, 6)))
}

/// A value of an enum where nothing asks for one.
pub(super) fn value_without_enum(name: &str, enums: &[&str], at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0206, format!("nothing here says of which enum `{name}` is a value"), at)
        .because("the type of a bare word comes from the attribute or from the other side")
        .help(format!("it is a value of {}", list(enums, 6)))
}

/// A chain of references that comes back to itself.
pub(super) fn cycle(what: &str, verb: &str, names: &[Arc<str>], at: Place) -> Diagnostic {
    let mut chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    chain.extend(chain.first().cloned());
    Diagnostic::error(&codes::P0207, format!("this {what} {verb} itself"), at)
        .because(chain.join(&format!(" {verb} ")))
        .help("break the circle at one of its members")
}

/// A rule, lint or loss that nobody declares.
pub(super) fn unknown_rule(what: &str, name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0208, format!("there is no {what} called `{name}`"), at)
        .because("neither this package nor the standard library declares it")
        .did_you_mean(near)
}

// ---- P03xx: types

/// A value of another type.
pub(super) fn wrong_type(expected: &str, found: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0301, format!("expected {expected}, found {found}"), at)
        .because(format!("this is {found}"))
}

/// One value where a list belongs.
pub(super) fn list_expected(source: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0302, "a list is expected here", at)
        .because("this is one value alone")
        .help("put the value in brackets")
        .fix("put it in brackets", at, format!("[{source}]"))
}

/// A computed value where a constant belongs.
pub(super) fn not_constant(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0303, "the value of an attribute must be a constant", at)
        .because("this is computed")
        .help("write a value, the name of a thing, or a `let`")
}

/// A kind of another keyword.
pub(super) fn kind_of_another_keyword(kind: &str, root: &str, keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0304,
        format!("`{kind}` says what {} is, not {}", article(root), article(keyword)),
        at,
    )
    .because(format!("this is a kind of {root}"))
    .help(format!("declare it as `{root}`, or choose a kind of {}", article(keyword)))
}

/// A kind that is only there to be extended.
pub(super) fn kind_is_abstract(kind: &str, below: &[&str], at: Place) -> Diagnostic {
    let problem = Diagnostic::error(
        &codes::P0305,
        format!("the kind `{kind}` is abstract: nothing can be just that"),
        at,
    )
    .because("this kind is there to be extended");
    if below.is_empty() {
        problem
    } else {
        problem.help(format!("use one of the kinds that extend it: {}", list(below, 6)))
    }
}

/// Two sides that cannot be compared.
pub(super) fn cannot_compare(left: &str, right: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0306, format!("{left} and {right} cannot be compared"), at)
        .because("the two sides are of different types")
}

/// `<` between values without an order.
pub(super) fn no_order(what: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0306, format!("{what} has no order"), at)
        .because("these are put in order here")
        .help("only numbers, dates, durations and enums declared with `<` can be put in order")
}

/// A function called with too few or too many arguments.
pub(super) fn wrong_arguments(name: &str, params: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0307, format!("`{name}` is called as `{name}({params})`"), at)
        .because("the number of arguments does not fit")
}

/// A member of something that has no members.
pub(super) fn no_members(what: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0308, format!("{what} has no attributes"), at)
        .because("there is nothing behind this dot")
}

/// An attribute that only some of the things have.
pub(super) fn attribute_of_some(name: &str, lacking: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0308, format!("`{lacking}` has no attribute `{name}`"), at)
        .because("the value here may be such a thing")
}

// ---- P04xx: structure

/// An attribute set a second time.
pub(super) fn set_twice(name: &str, at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0401, format!("`{name}` is set twice"), at)
        .because("set again here")
        .see(first, "first set here")
}

/// Two products in one package.
pub(super) fn second_product(at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0402, "a package holds one product", at)
        .because("a second product")
        .see(first, "the product")
}

/// A flow from a thing to itself.
pub(super) fn flow_to_itself(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0403, format!("this flow goes from `{name}` to itself"), at)
        .because("both ends are the same thing")
        .help("model the two sides as components of their own, or leave the flow out")
}

/// A flow, allow, grant or control that names the wrong sort of thing.
pub(super) fn wrong_end(what: &str, expected: &str, found: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0404, format!("{what} is {expected}, and `{found}` is not"), at)
        .because(format!("{expected} was expected here"))
}

/// A declaration in a body where it has no meaning.
pub(super) fn only_at_top(keyword: &str, at: Place) -> Diagnostic {
    let what = article(keyword);
    Diagnostic::error(&codes::P0405, format!("{what} cannot be declared inside something else"), at)
        .because("this stands in the body of another declaration")
        .help("move it to the top level of the file")
}

/// A declaration in the body of something that holds none.
pub(super) fn holds_no_declarations(keyword: &str, around: &str, at: Place) -> Diagnostic {
    let (what, around) = (article(keyword), article(around));
    Diagnostic::error(&codes::P0405, format!("{what} cannot be declared inside {around}"), at)
        .because(format!("this stands in the body of {around}"))
        .help("declare it beside the other and refer to it by its name")
}

/// A placement that is in no zone.
pub(super) fn placed_nowhere(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, "`run` places a component in a zone, and there is none around it", at)
        .because("this stands in no deployment and in no zone")
        .help("put it into the `zone` or the `deployment` that it runs in")
}

/// `flow -> b` outside anything that a flow can start at.
pub(super) fn flow_without_start(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, "this flow has no start", at)
        .because("only inside a component, an integration or an actor may the start be left out")
        .help("write `flow a -> b`")
}

/// `self` where there is no such thing.
pub(super) fn self_outside_a_kind(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0201, "there is no `self` here", at)
        .because("`self` is the thing of a kind, in the declarations of the kind's body")
        .help("write the name of the thing")
}

/// A kind whose things would hold a thing of the same kind, and so on without end.
pub(super) fn contains_itself(names: &[Arc<str>], at: Place) -> Diagnostic {
    let mut chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    chain.extend(chain.first().cloned());
    Diagnostic::error(&codes::P0207, "this kind contains itself through its parts", at)
        .because(chain.join(" has a part of "))
        .help("refer to the other thing by an attribute instead of declaring it as a part")
}

/// A clause in a body where it has no meaning.
pub(super) fn clause_not_here(clause: &str, declaration: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("`{clause}` has no meaning in {declaration}"), at)
        .because("this clause does not belong here")
}

/// `protocol https`.
pub(super) fn protocol_is_a_kind(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, "a protocol is a kind", at)
        .because("nothing is declared with this word alone")
        .help("write `kind https extends protocol { … }`")
}

/// `with` or `without` something that exists only in another deployment.
pub(super) fn nothing_to_leave_out(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0406, format!("`{name}` cannot be left out or changed here"), at)
        .because("it does not exist in this deployment")
}

/// An acceptance that lacks a part.
pub(super) fn acceptance_incomplete(missing: &[&str], at: Place, body_end: Option<Place>) -> Diagnostic {
    let problem =
        Diagnostic::error(&codes::P0407, format!("this acceptance does not say {}", list(missing, 9)), at)
            .because("somebody takes this risk")
            .help("an accepted risk needs an owner, an end, a reason and a highest score");
    match body_end {
        Some(end) => {
            let lines: Vec<String> = missing.iter().map(|name| format!("  {name} = unknown\n")).collect();
            problem.fix("add what is missing", end, lines.concat())
        }
        None => problem,
    }
}

/// A kind that the protocol, or the thing around, does not take.
pub(super) fn narrowed(what: &str, by: &str, expected: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0404, format!("{what} of `{by}` is {expected}"), at)
        .because("this is something else")
}

/// `name: Type` in a thing's body.
pub(super) fn colon_in_thing(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0103, "an attribute is set with `=`", at)
        .because("a colon says what a thing is, an equals sign what a value is")
        .fix("change to `=`", at, " = ")
}

/// A port above 65535.
pub(super) fn port_out_of_range(port: i64, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0108, format!("ports go from 0 to 65535, `{port}` is none"), at)
        .because("there is no such port")
}

/// `override` of something that the package declares itself.
pub(super) fn override_of_own(name: &str, at: Place, declared: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0408, format!("`{name}` is declared in this package"), at)
        .because("`override` changes things of other packages")
        .see(declared, "change it here")
}

/// `abstract component`.
pub(super) fn abstract_thing(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("{} cannot be abstract", article(keyword)), at)
        .because("only a kind can be there just to be extended")
}

/// `override rule`.
pub(super) fn override_of_words(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("{} cannot be overridden", article(keyword)), at)
        .because("only things can be changed so: a component, a control, an attacker")
        .help("declare one of your own under another name")
}

/// A kind without `extends`.
pub(super) fn kind_without_parent(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0309, format!("the kind `{name}` extends nothing"), at)
        .because("nothing says where this kind may stand")
        .help("write `extends` and a kind, or a keyword such as `component`")
}

/// A word of the language with its article.
pub(super) fn article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    match word {
        "data" => "a data asset".to_owned(),
        "let" => "a constant".to_owned(),
        "run" => "a placement".to_owned(),
        "allow" => "an opening of the network".to_owned(),
        "use" => "the use of a package".to_owned(),
        "accept" => "an acceptance".to_owned(),
        _ if vowel => format!("an {word}"),
        _ => format!("a {word}"),
    }
}
