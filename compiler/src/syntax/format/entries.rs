//! Entries and bodies: one line each, indented, with the blank lines and comments between them.
//!
//! In: the pieces of a file. Out: its text. Never: more than one blank line, or one behind `{` or before `}`.

use std::ops::Range;

use super::WIDTH;
use super::pieces::Pieces;
use super::spacing::Glue;
use super::writer::Writer;
use crate::syntax::token::Token;

/// How far the inside of a bracket is moved to the right.
pub(super) const STEP: usize = 2;

/// Writes pieces.
pub struct Printer<'a> {
    pub(super) pieces: &'a Pieces<'a>,
    pub(super) out: Writer,
}

/// An entry of a body, or a declaration of the file.
#[derive(Clone, Debug)]
struct Entry {
    /// All of it, doc comments included.
    all: Range<usize>,
    /// The first piece behind the doc comments.
    head: usize,
    /// Where its braces open and close.
    body: Option<(usize, usize)>,
    /// Whether it is `name = value`.
    is_attribute: bool,
    /// Whether it goes on one line, doc comments left out.
    is_short: bool,
}

/// What stands before an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The beginning of the file or a `{`.
    Opening,
    /// Another entry.
    Between,
    /// Another entry, from which a blank line must part it.
    Apart,
    /// Nothing follows but the `}` or the end of the file.
    Closing,
}

impl<'a> Printer<'a> {
    /// A printer of a file.
    pub fn new(pieces: &'a Pieces<'a>) -> Printer<'a> {
        Printer { pieces, out: Writer::like(pieces.text) }
    }

    /// The file, laid out.
    pub fn print(mut self) -> String {
        self.block(0..self.pieces.len(), 0);
        self.out.finish()
    }

    /// The entries of a body, and the comments before its end.
    fn block(&mut self, range: Range<usize>, indent: usize) {
        let entries = self.entries(range.clone(), indent);
        let names = self.name_widths(&entries, indent);
        let mut last_was_short = true;
        for (number, (entry, name_width)) in entries.iter().zip(names).enumerate() {
            let is_apart = indent == 0 && !(entry.is_short && last_was_short);
            let place = match number {
                0 => Place::Opening,
                _ if is_apart => Place::Apart,
                _ => Place::Between,
            };
            self.lead(entry.all.start, indent, place);
            self.entry(entry, indent, name_width);
            last_was_short = entry.is_short;
        }
        let place = if entries.is_empty() { Place::Opening } else { Place::Between };
        if !self.pieces.comments(range.end).is_empty() {
            let place = if place == Place::Between { Place::Closing } else { place };
            self.lead(range.end, indent, place);
        }
    }

    /// Comments, line ends and blank lines before an entry, or before the end of a body.
    fn lead(&mut self, at: usize, indent: usize, place: Place) {
        let pieces = self.pieces;
        let is_end = matches!(pieces.token(at), Token::CloseBrace | Token::End);
        let own = self.remarks(at);
        let comments = pieces.comments(at).get(own..).unwrap_or(&[]);
        let breaks =
            comments.iter().map(|comment| comment.breaks).chain((!is_end).then_some(pieces.piece(at).breaks));
        let has_blank = breaks.skip(usize::from(place == Place::Opening)).any(|breaks| breaks > 1);
        let mut must_part = place == Place::Apart && !has_blank;
        let mut is_first = place == Place::Opening && !(self.out.is_empty() && own > 0);
        let mut may_share = false;
        for comment in comments {
            if may_share && comment.breaks == 0 {
                self.out.spaces(1);
            } else {
                if must_part || (comment.breaks > 1 && !is_first) {
                    self.out.blank();
                }
                self.out.line(indent);
            }
            self.out.word(pieces.said(comment));
            (is_first, must_part, may_share) = (false, false, !comment.is_line);
        }
        let breaks = pieces.piece(at).breaks;
        match (is_end, may_share && breaks == 0) {
            (true, _) => {}
            (false, true) => self.out.spaces(1),
            (false, false) => {
                if must_part || (breaks > 1 && !is_first) {
                    self.out.blank();
                }
                self.out.line(indent);
            }
        }
    }

    /// Writes the comments before a piece that belong to the line before, and says how many there are.
    fn remarks(&mut self, at: usize) -> usize {
        let pieces = self.pieces;
        let comments = pieces.comments(at);
        let near = comments.iter().take_while(|comment| comment.breaks == 0).count();
        let to_line_end = comments.iter().take(near).position(|comment| comment.is_line).map(|last| last + 1);
        let next_breaks = comments.get(near).map_or(pieces.piece(at).breaks, |comment| comment.breaks);
        let own = to_line_end.unwrap_or_else(|| {
            let is_over = next_breaks > 0 || pieces.token(at) == Token::CloseBrace;
            let behind_brace = pieces.before(at) == Some(Token::OpenBrace);
            let before_end = || comments.iter().take(near).filter(|comment| !comment.behind_end).count();
            if is_over {
                near
            } else if behind_brace {
                0
            } else {
                before_end()
            }
        });
        // At the beginning of the file there is no line before.
        let own = if at == 0 { 0 } else { own };
        for comment in comments.iter().take(own) {
            self.out.spaces(1);
            self.out.word(pieces.said(comment));
        }
        own
    }

    /// One entry; the names of attributes are filled up to `name_width`.
    fn entry(&mut self, entry: &Entry, indent: usize, name_width: usize) {
        for at in entry.all.start..entry.head {
            self.out.word(self.pieces.written(at));
            self.gap(at + 1, Glue::Space, indent);
        }
        if entry.is_attribute {
            self.attribute(entry, indent, name_width);
        } else if entry.is_short {
            self.run(entry.head..entry.all.end, indent);
        } else {
            let (head, room) = match entry.body {
                Some((open, _)) => (entry.head..open, 2),
                None => (entry.head..entry.all.end, 0),
            };
            self.head(head, indent, room);
            if let Some((open, close)) = entry.body {
                self.gap(open, Glue::Space, indent);
                self.body(open, close, indent);
            }
        }
    }

    fn attribute(&mut self, entry: &Entry, indent: usize, name_width: usize) {
        let (name, value) = (entry.head, entry.head + 2);
        let missing = name_width.saturating_sub(self.pieces.width(name..name + 1));
        self.out.word(self.pieces.written(name));
        self.out.spaces(missing);
        self.gap(name + 1, Glue::Space, indent + STEP);
        self.out.word("=");
        self.gap(value, Glue::Space, indent + STEP);
        self.value(value..entry.all.end, indent);
    }

    fn body(&mut self, open: usize, close: usize, indent: usize) {
        self.out.word("{");
        if close > open + 1 || !self.pieces.comments(close).is_empty() {
            self.block(open + 1..close, indent + STEP);
            self.out.line(indent);
        }
        self.out.word("}");
    }

    /// The entries of a range.
    fn entries(&self, range: Range<usize>, indent: usize) -> Vec<Entry> {
        let pieces = self.pieces;
        let mut entries = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let (mut at, mut body) = (start, None);
            while at < range.end && (at == start || !pieces.piece(at).ends) {
                let partner = pieces.piece(at).partner;
                if pieces.token(at) == Token::OpenBrace {
                    body = Some((at, partner));
                }
                at = partner.max(at) + 1;
            }
            let head = (start..at).find(|at| pieces.token(*at) != Token::Doc).unwrap_or(at);
            let is_attribute =
                pieces.token(head).is_word() && pieces.token(head + 1) == Token::Assign && head + 2 < at;
            let mut entry = Entry { all: start..at, head, body, is_attribute, is_short: false };
            entry.is_short = self.is_short(&entry, indent);
            entries.push(entry);
            start = at;
        }
        entries
    }

    /// Whether an entry goes on one line: it fits, and its author did not begin a line in its body.
    fn is_short(&self, entry: &Entry, indent: usize) -> bool {
        let pieces = self.pieces;
        let all = entry.head..entry.all.end;
        let body_is_short = entry.body.is_none_or(|(open, close)| {
            let bodies = pieces.bodies(open..close);
            let is_single = self.ends(open + 1..close) == 0;
            let inside = open..close + 1;
            pieces.is_on_one_line(inside) && (bodies == 0 || (bodies == 1 && is_single))
        });
        body_is_short
            && self.splits(all.clone()).iter().all(|at| !pieces.broke(*at))
            && pieces.is_flat(all.clone())
            && !pieces.is_tall(all.clone())
            && indent + pieces.width(all) <= WIDTH
    }

    /// How many entries of a range end before another of the same body.
    fn ends(&self, range: Range<usize>) -> usize {
        let (mut at, mut ends) = (range.start, 0);
        while at < range.end {
            ends += usize::from(self.pieces.piece(at).ends);
            at = self.pieces.piece(at).partner.max(at) + 1;
        }
        ends
    }

    /// For each entry, the width to which its name is filled up: neighbours that set attributes on one line agree on one.
    fn name_widths(&self, entries: &[Entry], indent: usize) -> Vec<usize> {
        let pieces = self.pieces;
        let mut widths = vec![0; entries.len()];
        let joins = |entry: &Entry| entry.is_attribute && entry.is_short && entry.all.start == entry.head;
        let mut first = 0;
        while first < entries.len() {
            let run = entries.iter().skip(first).enumerate().take_while(|(number, entry)| {
                joins(entry) && (*number == 0 || !self.is_parted(entry.all.start))
            });
            let run: Vec<&Entry> = run.map(|(_, entry)| entry).collect();
            let name = |entry: &Entry| pieces.width(entry.head..entry.head + 1);
            let widest = run.iter().map(|entry| name(entry)).max().unwrap_or(0);
            for (entry, width) in run.iter().zip(widths.iter_mut().skip(first)) {
                let filled = indent + pieces.width(entry.head..entry.all.end) + widest - name(entry);
                // One that would no longer fit stands by itself.
                *width = if filled <= WIDTH { widest } else { 0 };
            }
            first += run.len().max(1);
        }
        widths
    }

    /// Whether a blank line stands before an entry.
    fn is_parted(&self, at: usize) -> bool {
        self.pieces.piece(at).breaks > 1 || self.pieces.comments(at).iter().any(|comment| comment.breaks > 1)
    }
}
