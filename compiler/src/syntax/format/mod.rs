//! From text to well-laid-out text.
//!
//! In: the text of a file. Out: [`Formatted`]: the same tokens and comments in the same order, with other space between
//! them. Never: a lost comment, an entry that ends elsewhere, a change of a text with mistakes in it.
//!
//! The layout works on tokens, not on the tree: what is written is what was read, so there is nothing to forget.
//! The tree only vouches that the text is whole. At the end the result is read again, and compared.

mod entries;
mod lines;
mod lists;
mod pieces;
mod spacing;
mod writer;

use std::sync::Arc;

use self::entries::Printer;
use self::pieces::Pieces;
use super::parse::parse;
use crate::base::{FileId, Problems};

/// Lines are broken where they would be longer than this, in characters.
pub const WIDTH: usize = 110;

/// What became of a text.
#[derive(Clone, Debug)]
pub enum Formatted {
    /// The text, laid out.
    Whole(String),
    /// The text has these mistakes and is better left as it is: what cannot be read cannot be laid out.
    Broken(Problems),
}

/// Lays out a file. Doing it twice is doing it once.
///
/// Lines end as the first one does, with LF or with CRLF; a byte order mark goes.
pub fn format(text: &Arc<str>, file: FileId) -> Formatted {
    let problems = parse(text, file).problems;
    if !problems.is_empty() {
        return Formatted::Broken(problems);
    }
    let pieces = Pieces::read(text, file);
    let laid_out = Printer::new(&pieces).print();
    // A net that nothing is known to fall into: a layout that reads otherwise is not handed out.
    if pieces.reads_like(&Pieces::read(&laid_out, file)) {
        Formatted::Whole(laid_out)
    } else {
        Formatted::Whole(text.to_string())
    }
}
