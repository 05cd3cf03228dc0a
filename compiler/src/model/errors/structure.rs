//! What can be wrong with the structure: what stands where, and what is said twice.

use std::sync::Arc;

use super::{article, list};
use crate::base::{Diagnostic, Place, codes};

/// An attribute set a second time.
pub(in crate::model) fn set_twice(name: &str, at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0401, format!("`{name}` is set twice"), at)
        .because("set again here")
        .see(first, "first set here")
}

/// Two products in one package.
pub(in crate::model) fn second_product(at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0402, "a package holds one product", at)
        .because("a second product")
        .see(first, "the product")
}

/// A flow from a thing to itself.
pub(in crate::model) fn flow_to_itself(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0403, format!("this flow goes from `{name}` to itself"), at)
        .because("both ends are the same thing")
        .help("model the two sides as components of their own, or leave the flow out")
}

/// A flow, allow, grant or control that names the wrong sort of thing.
pub(in crate::model) fn wrong_end(what: &str, expected: &str, found: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0404, format!("{what} is {expected}, and `{found}` is not"), at)
        .because(format!("{expected} was expected here"))
}

/// A declaration in a body where it has no meaning.
pub(in crate::model) fn only_at_top(keyword: &str, at: Place) -> Diagnostic {
    let what = article(keyword);
    Diagnostic::error(&codes::P0405, format!("{what} cannot be declared inside something else"), at)
        .because("this stands in the body of another declaration")
        .help("move it to the top level of the file")
}

/// A declaration in the body of something that holds none.
pub(in crate::model) fn holds_no_declarations(keyword: &str, around: &str, at: Place) -> Diagnostic {
    let (what, around) = (article(keyword), article(around));
    Diagnostic::error(&codes::P0405, format!("{what} cannot be declared inside {around}"), at)
        .because(format!("this stands in the body of {around}"))
        .help("declare it beside the other and refer to it by its name")
}

/// A placement that is in no zone.
pub(in crate::model) fn placed_nowhere(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, "`run` places a component in a zone, and there is none around it", at)
        .because("this stands in no deployment and in no zone")
        .help("put it into the `zone` or the `deployment` that it runs in")
}

/// `flow -> b` outside anything that a flow can start at.
pub(in crate::model) fn flow_without_start(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, "this flow has no start", at)
        .because("only inside a component, an integration or an actor may the start be left out")
        .help("write `flow a -> b`")
}

/// `self` where there is no such thing.
pub(in crate::model) fn self_outside_a_kind(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0201, "there is no `self` here", at)
        .because("`self` is the thing of a kind, in the declarations of the kind's body")
        .help("write the name of the thing")
}

/// A kind whose things would hold a thing of the same kind, and so on without end.
pub(in crate::model) fn contains_itself(names: &[Arc<str>], at: Place) -> Diagnostic {
    let mut chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    chain.extend(chain.first().cloned());
    Diagnostic::error(&codes::P0207, "this kind contains itself through its parts", at)
        .because(chain.join(" has a part of "))
        .help("refer to the other thing by an attribute instead of declaring it as a part")
}

/// A kind whose things would be crowded.
pub(in crate::model) fn too_many_parts(kind: &str, count: usize, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0109, format!("every `{kind}` would have {count} parts"), at)
        .because("parts of parts included")
        .help("declare what is needed where it is needed")
}

/// `with` in a kind, for something that is no part of its things.
pub(in crate::model) fn not_a_part(path: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("`{path}` is no part of this kind"), at)
        .because("`with` in a kind changes a part that its things have")
}

/// A clause in a body where it has no meaning.
pub(in crate::model) fn clause_not_here(clause: &str, declaration: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("`{clause}` has no meaning in {declaration}"), at)
        .because("this clause does not belong here")
}

/// `protocol https`.
pub(in crate::model) fn protocol_is_a_kind(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, "a protocol is a kind", at)
        .because("nothing is declared with this word alone")
        .help("write `kind https extends protocol { … }`")
}

/// Something that exists only in another deployment.
pub(in crate::model) fn in_another_deployment(name: &str, around: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0406, format!("`{name}` does not exist in `{around}`"), at)
        .because("this is of another deployment, and each is a world of its own")
        .help("declare it outside the deployments, where all have it, or name something that this one has")
}

/// `with` or `without` something that was left out before.
pub(in crate::model) fn left_out_already(name: &str, at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0406, format!("`{name}` is left out already"), at)
        .because("nothing is left here to change or to leave out")
        .see(first, "left out here")
        .help("drop one of the two")
}

/// `with` or `without` something that a deployment lacks because it does not place it, or an end of it.
pub(in crate::model) fn not_placed_here(name: &str, around: &str, missing: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0406, format!("`{name}` is not in `{around}`"), at)
        .because(format!("`{around}` places other components and not `{missing}`"))
        .help(format!("place it with `run {missing}`, or drop this"))
}

/// An acceptance that lacks a part.
pub(in crate::model) fn acceptance_incomplete(
    missing: &[&str],
    at: Place,
    body_end: Option<Place>,
) -> Diagnostic {
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
pub(in crate::model) fn narrowed(what: &str, by: &str, expected: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0404, format!("{what} of `{by}` is {expected}"), at)
        .because("this is something else")
}

/// `name: Type` in a thing's body.
pub(in crate::model) fn colon_in_thing(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0103, "an attribute is set with `=`", at)
        .because("a colon says what a thing is, an equals sign what a value is")
        .fix("change to `=`", at, " = ")
}

/// A port above 65535.
pub(in crate::model) fn port_out_of_range(port: i64, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0108, format!("ports go from 0 to 65535, `{port}` is none"), at)
        .because("there is no such port")
}

/// `override` of something that the package declares itself.
pub(in crate::model) fn override_of_own(name: &str, at: Place, declared: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0408, format!("`{name}` is declared in this package"), at)
        .because("`override` changes things of other packages")
        .see(declared, "change it here")
}

/// `abstract component`.
pub(in crate::model) fn abstract_thing(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("{} cannot be abstract", article(keyword)), at)
        .because("only a kind can be there just to be extended")
}

/// `override rule`.
pub(in crate::model) fn override_of_words(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0405, format!("{} cannot be overridden", article(keyword)), at)
        .because("only things, numbers of enums and defaults of kinds can be changed so")
        .help("declare one of your own under another name")
}

/// A decision about a risk in one deployment, beside one about it in all.
pub(in crate::model) fn accepted_twice(rule: &str, thing: &str, at: Place, first: Place) -> Diagnostic {
    let message = format!("two decisions about `{rule}` on `{thing}` hold at once");
    Diagnostic::error(&codes::P0409, message, at)
        .because("this one is for one deployment")
        .see(first, "and this one for all of them")
        .help("say `in` which deployment each is about, or drop one")
}

/// `protects = []`.
pub(in crate::model) fn protects_nothing(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0410, format!("the control `{name}` protects nothing"), at)
        .because("an empty list names nothing to protect")
        .help("name what it protects, or leave `protects` out: then it protects the whole product")
}
