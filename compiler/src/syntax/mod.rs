//! From text to tree, and from text to well-laid-out text.
//!
//! In: the text of one file. Out: [`Parsed`], a tree and what is wrong with the text.
//! Never: a failure (what cannot be read is missing in the tree), a look at another file, a meaning.

pub mod ast;
mod brackets;
mod errors;
mod explain;
mod format;
mod grammar;
mod keyword;
mod layout;
mod lex;
mod literal;
mod parse;
pub mod text;
mod token;
mod trojan;

pub use format::{Formatted, WIDTH as FORMAT_WIDTH, format};
pub use keyword::{CLAUSES, HEADER_WORDS, Keyword, RESERVED};
pub use literal::{date_text, days_since_1970, network};
pub use parse::{Parsed, parse, parse_expression, parse_statements};
