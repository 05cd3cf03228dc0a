//! What can be wrong with a test, and with what is supposed.

use crate::base::codes::P0509;
use crate::base::{Diagnostic, Place};

/// A statement that does not hold; the message says what was found instead.
pub fn does_not_hold(message: String, at: Place) -> Diagnostic {
    Diagnostic::error(&P0509, message, at)
}

/// A test that cannot fail.
pub fn asks_nothing(test: Place) -> Diagnostic {
    Diagnostic::error(&P0509, "it asks nothing: add `expect` or `assert`", test)
}

/// `with` or `without` something that is not there, or not any more.
pub fn changes_nothing(name: &str, around: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&P0509, format!("`{name}` is not {around}"), at)
        .because("nothing is here to change or to leave out")
        .help("name something that is there, or say `in` which deployment")
}
