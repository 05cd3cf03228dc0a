//! Lists over several lines: rows between brackets, and the values of an enum.
//!
//! In: a range of items. Out: lines. Never: a row that runs into the next one: a comma stays where a line end would not part them.

use std::ops::Range;

use super::WIDTH;
use super::entries::{Printer, STEP};
use super::lines::Indents;
use super::spacing::Glue;
use crate::syntax::layout;
use crate::syntax::token::Token;

impl Printer<'_> {
    /// The items between `[` and `]`: in the rows of the author where he made any that fit, else one to a line.
    pub(super) fn rows(&mut self, range: Range<usize>, indent: usize) {
        let items = self.items(range.clone());
        let has_rows = self.pieces.broke(range.start);
        let mut rest = items.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            let in_row = behind.iter().take_while(|item| has_rows && !self.pieces.broke(item.start)).count();
            let end = behind.get(..in_row).and_then(<[_]>::last).unwrap_or(first).end;
            let row = if self.fits(first.start..end, indent, 0) { in_row } else { 0 };
            let end = behind.get(..row).and_then(<[_]>::last).unwrap_or(first).end;
            self.begin_line(first.start, indent);
            if row == 0 {
                self.lay(first.clone(), Indents::of_item(indent), 1);
            } else {
                self.run(first.start..end, indent);
            }
            if end < range.end {
                self.part(end, indent);
            }
            rest = behind.get(row..).unwrap_or(&[]);
        }
    }

    /// The comma at the end of a row, where the line end alone would not do.
    fn part(&mut self, comma: usize, indent: usize) {
        let (pieces, next) = (self.pieces, comma + 1);
        let follower = (next + 1 < pieces.len()).then(|| pieces.token(next + 1));
        let before = pieces.before(comma);
        let earlier = comma.checked_sub(1).and_then(|at| pieces.before(at));
        let does = layout::needs_end([earlier, before], pieces.token(next), follower);
        if !does {
            self.gap(comma, Glue::Tight, indent);
            self.out.word(",");
        } else if !pieces.comments(comma).is_empty() {
            self.gap(comma, Glue::Tight, indent);
        }
    }

    /// The ranges between commas.
    fn items(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut items = Vec::new();
        let (mut start, mut at) = (range.start, range.start);
        while at < range.end {
            if self.pieces.token(at) == Token::Comma {
                items.push(start..at);
                start = at + 1;
            }
            at = self.pieces.piece(at).partner.max(at) + 1;
        }
        items.push(start..range.end);
        items
    }

    /// `enum Name = a | b`: lines that continue it begin below the `=`.
    pub(super) fn enumeration(&mut self, range: Range<usize>, indent: usize) {
        let pieces = self.pieces;
        let assign = range.clone().find(|at| pieces.token(*at) == Token::Assign).unwrap_or(range.start);
        let bars = (assign + 2..range.end)
            .filter(|at| matches!(pieces.token(*at), Token::Bar | Token::Less))
            .collect::<Vec<_>>();
        if range.clone().any(|at| pieces.token(at) == Token::Doc) {
            return self.documented(range, assign, indent);
        }
        let column = indent + pieces.width(range.start..assign + 1) - 1;
        let end = |number: usize| bars.get(number).copied().unwrap_or(range.end);
        let kept: Vec<usize> = bars.iter().copied().filter(|at| pieces.broke(*at)).collect();
        let lines = kept.iter().copied().zip(kept.iter().copied().skip(1).chain([range.end]));
        let first_end = kept.first().copied().unwrap_or(range.end);
        let keeps = self.fits(range.start..first_end, indent, 0)
            && lines.into_iter().all(|(start, end)| self.fits(start..end, column, 0));
        self.run(range.start..end(0), column);
        let is_flat = pieces.is_flat(range.clone());
        for (number, at) in bars.iter().copied().enumerate() {
            let value = at..end(number + 1);
            let is_full = self.out.column() + 1 + pieces.width(value.clone()) > WIDTH;
            let begins = if keeps { pieces.broke(at) } else { is_full || !is_flat };
            if begins {
                self.begin_line(at, column);
            } else {
                self.gap(at, Glue::Space, column);
            }
            self.run(value, column);
        }
    }

    /// An enum whose values have doc comments: each on lines of its own, the sign between two at the end of the first.
    fn documented(&mut self, range: Range<usize>, assign: usize, indent: usize) {
        let inside = indent + STEP;
        self.run(range.start..assign + 1, inside);
        for at in assign + 1..range.end {
            match self.pieces.before(at) {
                Some(Token::Assign | Token::Bar | Token::Less | Token::Doc) => self.begin_line(at, inside),
                _ => self.gap(at, Glue::Space, inside),
            }
            self.out.word(self.pieces.written(at));
        }
    }
}
