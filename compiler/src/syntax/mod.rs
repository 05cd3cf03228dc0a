//! From text to tree, and from text to well-laid-out text.
//!
//! In: the text of one file. Out: [`Parsed`], a tree and what is wrong with the text.
//! Never: a failure (what cannot be read is a node of its own), a look at another file, a meaning.

pub mod ast;
mod keyword;

pub use keyword::{CLAUSES, HEADER_WORDS, Keyword, RESERVED};
