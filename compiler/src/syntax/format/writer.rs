//! Where the layout goes: a text that knows its column.
//!
//! In: words, spaces, line ends. Out: a text. Never: a space at the end of a line, a line end before the first word.

/// A text being written.
#[derive(Debug)]
pub struct Writer {
    out: String,
    column: usize,
    line_end: &'static str,
}

impl Writer {
    /// An empty text whose lines end as the first one of `text` does.
    pub fn like(text: &str) -> Writer {
        let returns = text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r'));
        Writer {
            out: String::with_capacity(text.len() + text.len() / 8),
            column: 0,
            line_end: if returns { "\r\n" } else { "\n" },
        }
    }

    /// How many characters stand on the line.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Writes a token or a comment. One of several lines keeps them as they are.
    pub fn word(&mut self, word: &str) {
        let mut lines = word.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let first = lines.next().unwrap_or("");
        self.out.push_str(first);
        self.column += first.chars().count();
        for line in lines {
            self.out.push_str(self.line_end);
            self.out.push_str(line);
            self.column = line.chars().count();
        }
    }

    /// Writes spaces between two words.
    pub fn spaces(&mut self, count: usize) {
        if !self.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', count));
            self.column += count;
        }
    }

    /// Begins a line.
    pub fn line(&mut self, indent: usize) {
        if !self.is_empty() {
            self.out.push_str(self.line_end);
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Leaves a line empty; the next thing written begins another.
    pub fn blank(&mut self) {
        if !self.is_empty() {
            self.out.push_str(self.line_end);
        }
    }

    /// The text, its last line ended.
    pub fn finish(mut self) -> String {
        if !self.is_empty() {
            self.out.push_str(self.line_end);
        }
        self.out
    }
}
