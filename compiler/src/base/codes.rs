//! The table of diagnostic codes: each is declared once, here, with its page in `codes/`.
//!
//! P01xx syntax, P02xx names, P03xx types, P04xx structure, P05xx rules and tests, P09xx packages and files.
//! A code is never used again for something else. A page without a file does not compile; the example that a page
//! calls wrong and the one that it calls right run as tests.

/// A kind of problem that can be looked up with `prodc explain`.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `P0201`.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The page: Markdown with a `prod wrong` and a `prod right` block.
    pub page: &'static str,
}

/// The code with this id.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.id.eq_ignore_ascii_case(id)).copied()
}

macro_rules! codes {
    ($($id:ident $title:literal)*) => {
        $(
            #[doc = $title]
            pub static $id: Code = Code {
                id: stringify!($id),
                title: $title,
                page: include_str!(concat!("codes/", stringify!($id), ".md")),
            };
        )*
        /// Every code, in order.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    // P01xx: syntax
    P0101 "text that is not part of the language"
    P0102 "something is missing or in the wrong place"
    P0103 "an attribute is set with `=`"
    P0104 "no declaration begins with this word"
    P0105 "a reserved word is no bare name"
    P0106 "a bracket that closes nothing"
    P0107 "a text or comment that is not closed"
    P0108 "not a value"
    P0109 "too deep or too large"
    P0110 "text that looks other than it is"

    // P02xx: names
    P0201 "nothing has this name"
    P0202 "no such kind"
    P0203 "no such attribute"
    P0204 "declared twice"
    P0205 "a name is missing"
    P0206 "no such value"
    P0207 "a circle"
    P0208 "no such rule"
    P0209 "no such package"
    P0210 "no such entry of a taxonomy"

    // P03xx: types
    P0301 "a value of another type"
    P0302 "a list is expected"
    P0303 "not a constant"
    P0304 "a kind of another keyword"
    P0305 "an abstract kind"
    P0306 "values that cannot be compared"
    P0307 "arguments that do not fit"
    P0308 "no such member"
    P0309 "a kind that extends nothing"
    P0310 "no share"

    // P04xx: structure
    P0401 "set twice"
    P0402 "a second product"
    P0403 "a flow to itself"
    P0404 "the wrong sort of thing"
    P0405 "not in this place"
    P0406 "not in this deployment"
    P0407 "an incomplete acceptance"
    P0408 "nothing to override"
    P0409 "two decisions about one risk"
    P0410 "a control that protects nothing"

    // P05xx: rules and tests
    P0501 "a clause is missing"
    P0502 "a clause said twice"
    P0503 "a condition that facts can undo"
    P0504 "not a state or a step"
    P0505 "nothing that resists"
    P0506 "a view and a step at once"
    P0507 "not in a test"
    P0508 "a pattern that falls apart"
    P0509 "a test that does not hold"
    P0510 "needs that are never met"

    // P09xx: packages and files
    P0901 "a file that is no text"
    P0902 "a file that is too large"
    P0903 "a file that cannot be read"
    P0904 "nothing to compile"
    P0905 "settings that cannot be understood"
    P0906 "an output that cannot be written"
    P0907 "nothing of this name to show"
    P0908 "another version of the standard library"
    P0909 "no package where one is expected"
    P0910 "packages in a circle"
    P0911 "two packages of one name"
    P0912 "a dependency that was not locked like this"
}
