//! What can be wrong with rules, steps, losses, lints and tests, one function each.

use super::errors::{article, list};
use crate::base::{Diagnostic, Place, codes};

/// A clause that must be there.
pub(super) fn clause_missing(clause: &str, what: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0501, format!("this {what} has no `{clause}`"), at)
        .because(format!("without `{clause}` it says nothing"))
}

/// A rule that names steps and is one.
pub(super) fn reports_and_step(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0506, "this rule reports steps and is a step of its own", at)
        .because("one of the two is too much")
        .help("keep `reports`, or keep `needs` and `gives`")
}

/// A thing declared among the statements of a test.
pub(super) fn only_in_model(keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0507,
        format!("{} cannot be declared among the statements of a test", article(keyword)),
        at,
    )
    .because("a test states facts about a product")
    .help("put it into `model { … }`")
}

/// A clause that may be there once.
pub(super) fn clause_twice(clause: &str, at: Place, first: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0502, format!("`{clause}` is said twice"), at)
        .because("said again here")
        .see(first, "first said here")
}

/// A condition that adding a fact could make false.
pub(super) fn not_monotone(why: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0503, "what makes an attack possible must not vanish when facts are added", at)
        .because(why)
        .help("say it in `flag when`, which decides what is reported, not what an attacker can do")
}

/// Variables that nothing joins.
pub(super) fn falls_apart(joined: &[String], apart: &[String], at: Place) -> Diagnostic {
    let quoted = |names: &[String]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        list(&names, 6)
    };
    Diagnostic::error(&codes::P0508, format!("nothing joins {} to {}", quoted(apart), quoted(joined)), at)
        .because("every thing would have to be tried with every other one")
        .help("add a condition that leads from one to the other, such as `f.to == c` or `c in members(z)`")
}

/// A state where none belongs, or something else where one does.
pub(super) fn state_expected(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0504, "a state such as `reach(x)` is expected here", at)
        .because("this is no state")
}

/// `reports` with something that is no step.
pub(super) fn step_expected(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0504, "a step such as `replay(f, d)` is expected here", at)
        .because("this is no step")
}

/// `resisted by` with something that has no strength.
pub(super) fn strength_expected(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0505, "only an attribute whose values have strengths can resist", at)
        .because("the values of this have no strengths")
        .help("its enum gives each value a percentage: `enum Replay = none 0% | nonce 97%`")
}

/// Needs that no order of steps ever meets.
pub(super) fn never_met(states: &[&str], at: Place) -> Diagnostic {
    let (subject, gives) = match states {
        [only] => (format!("`{only}`"), "no step that can come before gives it"),
        several => (list(several, 6), "no step that can come before gives them"),
    };
    Diagnostic::warning(&codes::P0510, format!("this can never hold: nothing gives {subject}"), at)
        .because(gives)
        .help("declare a `step` that gives the state, or need another one")
}
