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
    P0106 "a brace that closes nothing"
    P0107 "a text or comment that is not closed"
    P0108 "not a value"
    P0109 "too deep or too large"
    P0110 "text that looks other than it is"

    // P02xx: names

    // P03xx: types

    // P04xx: structure

    // P05xx: rules and tests

    // P09xx: packages and files
}
