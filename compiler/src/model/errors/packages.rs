//! What can be wrong with the use of other packages.

use super::list;
use super::names::offered;
use crate::base::{Diagnostic, Place, codes};

/// A package that this one does not depend on.
pub(in crate::model) fn unknown_package(
    name: &str,
    near: Option<&str>,
    known: &[&str],
    at: Place,
) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0209, format!("there is no package called `{name}` here"), at);
    let problem = problem.because("`prod.toml` does not say that this package depends on it");
    match (near, known) {
        (Some(_), _) => offered(problem, near),
        (None, []) => problem.help(format!(
            "write `{name} = {{ path = \"../{name}\" }}` below `[dependencies]` in `prod.toml`"
        )),
        (None, known) => problem.help(format!("it depends on {}", list(known, 8))),
    }
}

/// A `use` of names that are there anyway.
pub(in crate::model) fn use_of_known(name: &str, at: Place) -> Diagnostic {
    let whose = if name == "std" { "the standard library" } else { "this package itself" };
    Diagnostic::error(&codes::P0209, format!("`{name}` is {whose}"), at)
        .because("its names are known without this, and stand alone")
        .help("remove the line")
}

/// A package whose names could be taken for those of the standard library.
pub(in crate::model) fn package_like_the_library(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0209, format!("names behind `{name}.` belong to the standard library"), at)
        .because("a package of this name would be taken for it")
        .help("give the package another name in its `prod.toml`")
}

/// A name that a package does not declare.
pub(in crate::model) fn not_in_package(
    package: &str,
    name: &str,
    near: Option<&str>,
    at: Place,
) -> Diagnostic {
    let message = format!("nothing in the package `{package}` is called `{name}`");
    let problem = Diagnostic::error(&codes::P0201, message, at);
    offered(problem.because(format!("`{package}` declares no such thing or constant")), near)
}

/// A package in the place of something that it declares.
pub(in crate::model) fn package_is_no_thing(package: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0201, format!("`{package}` is a package"), at)
        .because("a name that it declares was expected here")
        .help(format!("write `{package}.NAME`"))
}
