//! What can be wrong with types and values.

use super::{article, list};
use crate::base::{Diagnostic, Place, codes};

/// A value of another type.
pub(in crate::model) fn wrong_type(expected: &str, found: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0301, format!("expected {expected}, found {found}"), at)
        .because("this does not fit here")
}

/// One value where a list belongs.
pub(in crate::model) fn list_expected(source: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0302, "a list is expected here", at)
        .because("this is one value alone")
        .help("put the value in brackets")
        .fix("put it in brackets", at, format!("[{source}]"))
}

/// A computed value where a constant belongs.
pub(in crate::model) fn not_constant(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0303, "the value of an attribute must be a constant", at)
        .because("this is computed")
        .help("write a value, the name of a thing, or a `let`")
}

/// A kind of another keyword.
pub(in crate::model) fn kind_of_another_keyword(
    kind: &str,
    root: &str,
    keyword: &str,
    at: Place,
) -> Diagnostic {
    Diagnostic::error(
        &codes::P0304,
        format!("`{kind}` says what {} is, not {}", article(root), article(keyword)),
        at,
    )
    .because(format!("this is a kind of {root}"))
    .help(format!("declare it as `{root}`, or choose a kind of `{keyword}`"))
}

/// A kind where only those of one keyword can stand: behind `over`, in `guarded by`.
pub(in crate::model) fn kind_not_taken(kind: &str, root: &str, keyword: &str, at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0304,
        format!("`{kind}` says what {} is, not {}", article(root), article(keyword)),
        at,
    )
    .because(format!("a kind of {keyword} was expected here"))
}

/// An enum where a kind belongs.
pub(in crate::model) fn enum_is_no_kind(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0202, format!("`{name}` is an enum and not a kind"), at)
        .because("a kind was expected here")
        .help("an enum can be the type of an attribute, a kind says what a thing is")
}

/// A kind that is only there to be extended.
pub(in crate::model) fn kind_is_abstract(kind: &str, below: &[&str], at: Place) -> Diagnostic {
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
pub(in crate::model) fn cannot_compare(left: &str, right: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0306, format!("{left} and {right} cannot be compared"), at)
        .because("the two sides are of different types")
}

/// `<` between values without an order.
pub(in crate::model) fn no_order(what: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0306, format!("{what} has no order"), at)
        .because("these are put in order here")
        .help("only numbers, dates, durations and enums declared with `<` can be put in order")
}

/// A function called with too few or too many arguments.
pub(in crate::model) fn wrong_arguments(name: &str, params: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0307, format!("`{name}` is called as `{name}({params})`"), at)
        .because("the number of arguments does not fit")
}

/// A member of something that has no members.
pub(in crate::model) fn no_members(what: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0308, format!("{what} has no attributes"), at)
        .because("there is nothing behind this dot")
}

/// An attribute that only some of the things have.
pub(in crate::model) fn attribute_of_some(name: &str, lacking: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0308, format!("`{lacking}` has no attribute `{name}`"), at)
        .because("the value here may be such a thing")
}

/// A kind without `extends`.
pub(in crate::model) fn kind_without_parent(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0309, format!("the kind `{name}` extends nothing"), at)
        .because("nothing says where this kind may stand")
        .help("write `extends` and a kind, or a keyword such as `component`")
}

/// A share above all or below nothing.
pub(in crate::model) fn no_share(share: f64, at: Place) -> Diagnostic {
    let percent = format!("{}%", (share * 10_000.0).round() / 100.0);
    let problem = Diagnostic::error(
        &codes::P0310,
        format!("a share lies between 0% and 100%, and this is {percent}"),
        at,
    )
    .because("no probability, strength or coverage is more than all or less than nothing");
    let as_percent = share / 100.0;
    if (0.0..=1.0).contains(&as_percent) && share > 1.0 && share.fract() == 0.0 {
        return problem.help(format!("`{share}%` is what `{share}` of a hundred is written as"));
    }
    problem.help("an attribute that may hold more is a `Decimal`")
}

/// Another number for a value of an enum that has none.
pub(in crate::model) fn value_without_number(name: &str, of: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0408, format!("`{name}` of `{of}` has no number"), at)
        .because("there is nothing here that could be said otherwise")
}

/// A default that looks at more than the thing itself.
pub(in crate::model) fn looks_beyond(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0303, "a default follows from the attributes of the thing alone", at)
        .because("this looks beyond the thing")
        .help("read attributes of `self`; what depends on other things belongs in a step or a rule")
}
