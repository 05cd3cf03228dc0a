//! Where something stands: byte ranges in a text, and the text they belong to.

use super::FileId;

/// A range of bytes in one text, `lo` included, `hi` excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub lo: u32,
    /// The byte after the last one.
    pub hi: u32,
}

impl Span {
    /// The range `lo..hi`.
    pub const fn new(lo: u32, hi: u32) -> Span {
        Span { lo, hi }
    }

    /// The empty range at `at`: where something is missing.
    pub const fn empty(at: u32) -> Span {
        Span { lo: at, hi: at }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Whether the byte at `offset` lies inside, or right behind the last one (where a cursor stands).
    pub fn touches(self, offset: u32) -> bool {
        self.lo <= offset && offset <= self.hi
    }

    /// How many bytes it covers.
    pub fn len(self) -> u32 {
        self.hi - self.lo
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.lo == self.hi
    }

    /// The same range as the standard library spells it.
    pub fn range(self) -> std::ops::Range<usize> {
        self.lo as usize..self.hi as usize
    }

    /// The piece of `text` it covers; empty when it does not fit the text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same range in the file `file`.
    pub fn in_file(self, file: FileId) -> Place {
        Place { file, span: self }
    }
}

/// A range of bytes in one of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which source.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
}
