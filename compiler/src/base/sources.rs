//! The texts of one compilation, with their lines.

use std::sync::Arc;

use super::{Id, IndexVec};

crate::new_id! {
    /// One text among the [`Sources`].
    FileId
}

/// A text and what it is called. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is called in messages and outputs: a path relative to the package with `/`, or `std/…` for the standard library.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
    line_starts: Arc<[u32]>,
}

/// A position as people count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
}

impl Source {
    /// A text called `path`.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let newlines = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let line_starts = std::iter::once(0).chain(newlines).collect();
        Source { path: path.into(), text, line_starts }
    }

    /// Line and column of a byte; a byte past the end is at the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let end = (offset as usize).min(self.text.len());
        let before = self.text.get(start as usize..end).unwrap_or("");
        LineColumn { line: line as u32, column: before.chars().count() as u32 + 1 }
    }

    /// The byte at which line `line` (from 1) begins.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts.get((line as usize).checked_sub(1)?).copied()
    }

    /// How many lines there are, counting an empty last one.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }
}

/// All texts of one compilation: the standard library first, then the package's files by path. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Arc<IndexVec<FileId, Source>>,
}

impl Sources {
    /// Adds a text and says which one it is.
    pub fn add(&mut self, source: Source) -> FileId {
        Arc::make_mut(&mut self.files).push(source)
    }

    /// The text `file`.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file]
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter_ids()
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl FileId {
    /// The position among the [`Sources`].
    pub fn position(self) -> usize {
        self.index()
    }
}

/// Whether a character changes the direction of the text around it.
pub fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}
