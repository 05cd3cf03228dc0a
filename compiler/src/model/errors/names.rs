//! What can be wrong with names.

use std::sync::Arc;

use super::{list, noun};
use crate::base::{Diagnostic, Place, codes};
use crate::syntax::text::{path_spelling, spelling};

/// A name that nothing has.
pub(in crate::model) fn unknown_name(name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0201, format!("nothing is called `{name}`"), at)
        .because("not declared in this package, and not in the standard library");
    offered(problem, near)
}

/// A name that nothing inside a thing has.
pub(in crate::model) fn unknown_part(name: &str, around: &str, near: Option<&str>, at: Place) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0201, format!("nothing in `{around}` is called `{name}`"), at)
        .because(format!("not declared in the body of `{around}`"));
    offered(problem, near)
}

/// A kind that nobody declares.
pub(in crate::model) fn unknown_kind(name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0202, format!("there is no kind called `{name}`"), at)
        .because("neither this package nor the standard library declares it");
    offered_path(problem, near)
}

/// An attribute that the kind lacks.
pub(in crate::model) fn unknown_attribute(
    name: &str,
    kind: &str,
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0203, format!("`{kind}` has no attribute `{name}`"), at)
        .because("declared neither by this kind nor by one that it extends");
    attributes_to_choose(problem, near, known)
}

/// An attribute of a placement that neither its kind nor what is placed has.
pub(in crate::model) fn unknown_override(
    name: &str,
    [placement, placed]: [&str; 2],
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let message = format!("neither `{placed}` nor `{placement}` has an attribute `{name}`");
    let problem = Diagnostic::error(&codes::P0203, message, at)
        .because("a placement changes what is placed, or says something of the placement itself");
    attributes_to_choose(problem, near, known)
}

fn attributes_to_choose(problem: Diagnostic, near: Option<&str>, known: &[&str]) -> Diagnostic {
    match near {
        Some(_) => offered(problem, near),
        None if known.is_empty() => problem,
        None => problem.help(format!("it has {}", list(known, 8))),
    }
}

/// A reference to an entry that no taxonomy has. A warning, because taxonomies grow faster than the library.
pub(in crate::model) fn unknown_reference(
    id: &str,
    near: Option<&str>,
    beginnings: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::warning(&codes::P0210, format!("no taxonomy has an entry `{id}`"), at)
        .because("in none of the tables that come with the standard library");
    match near {
        Some(near) => problem.did_you_mean(near, format!("\"{near}\"")),
        None => problem.help(format!("references begin with {}", list(beginnings, beginnings.len()))),
    }
}

/// One name for two things in one place.
pub(in crate::model) fn declared_twice(what: &str, name: &str, at: Place, first: Place) -> Diagnostic {
    let what = noun(what);
    Diagnostic::error(&codes::P0204, format!("the {what} `{name}` is declared twice"), at)
        .because("declared again here")
        .see(first, "first declared here")
        .help("rename one of them, or put both into one declaration: nothing is merged silently")
}

/// A second declaration that is called by its ends, because it has no name of its own.
pub(in crate::model) fn ends_twice(keyword: &str, name: &str, at: Place, first: Place) -> Diagnostic {
    let what = noun(keyword);
    let arrow = name.replace("->", " -> ");
    Diagnostic::error(&codes::P0204, format!("the {what} `{name}` is declared twice"), at)
        .because("without a name it is called by its ends, like the other one")
        .see(first, "first declared here")
        .help(format!("give one of them a name of its own: `{keyword} NAME: {arrow}`"))
}

/// A declaration that must be called something.
pub(in crate::model) fn name_missing(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0205, format!("this {} has no name", noun(keyword)), at)
        .because("a name was expected behind this word")
        .help(format!("write `{keyword} name`: others refer to it by its name"))
}

/// A value of an enum that it lacks.
pub(in crate::model) fn unknown_value(
    name: &str,
    of: &str,
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0206, format!("`{name}` is no value of `{of}`"), at)
        .because(format!("a value of `{of}` was expected here"));
    match near {
        Some(_) => offered(problem, near),
        None => problem.help(format!("it is one of {}", list(known, 12))),
    }
}

/// A word for yes or no that this language does not have.
pub(in crate::model) fn unknown_truth(word: &str, meant: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0206, format!("`{word}` is no value of `Bool`"), at)
        .because("a Bool is `true` or `false`")
        .did_you_mean(meant, meant)
}

/// A bare word that could be a value of several enums.
pub(in crate::model) fn ambiguous_value(name: &str, enums: &[&str], at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0206,
        format!("`{name}` is a value of several enums, and nothing here says which"),
        at,
    )
    .because("the type of a bare word comes from the attribute or from the other side")
    .help(format!("it is a value of {}", list(enums, 6)))
}

/// A value of an enum where nothing asks for one.
pub(in crate::model) fn value_without_enum(name: &str, enums: &[&str], at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0206, format!("nothing here says of which enum `{name}` is a value"), at)
        .because("the type of a bare word comes from the attribute or from the other side")
        .help(format!("it is a value of {}", list(enums, 6)))
}

/// A chain of references that comes back to itself.
pub(in crate::model) fn cycle(what: &str, verb: &str, names: &[Arc<str>], at: Place) -> Diagnostic {
    let mut chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    chain.extend(chain.first().cloned());
    Diagnostic::error(&codes::P0207, format!("this {what} {verb} itself"), at)
        .because(chain.join(&format!(" {verb} ")))
        .help("break the circle at one of its members")
}

/// A rule, lint or loss that nobody declares.
pub(in crate::model) fn unknown_rule(what: &str, name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0208, format!("there is no {what} called `{name}`"), at)
        .because("neither this package nor the standard library declares it");
    offered_path(problem, near)
}

/// A state or function that nobody declares.
pub(in crate::model) fn unknown_function(name: &str, near: Option<&str>, at: Place) -> Diagnostic {
    offered_path(unknown_name(name, None, at), near)
}

/// Offers a name whose dots part those of a kind or set off its package, if there is one, as it is written.
pub(in crate::model) fn offered_path(problem: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => problem.did_you_mean(near, path_spelling(near)),
        None => problem,
    }
}

/// Offers a name, if there is one, as it is written.
pub(in crate::model) fn offered(problem: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => problem.did_you_mean(near, spelling(near)),
        None => problem,
    }
}
