//! Long lines: where they are broken, and how the rest is indented.
//!
//! In: a range of pieces in which no entry ends. Out: lines. Never: a line end that would end the entry.
//!
//! A range that fits stays on one line, unless its author broke it before one of its loosest operators: such breaks are kept
//! as long as every line fits. Otherwise it is broken before all of its loosest operators, and what is still too long
//! before the next tighter ones; where there are none, brackets open.

use std::ops::Range;

use super::WIDTH;
use super::entries::{Printer, STEP};
use super::spacing::{Glue, glue};
use crate::syntax::token::Token;

/// Where continued lines of a range begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indents {
    /// Where the line began on which the range begins: closing brackets go there.
    pub base: usize,
    /// Where lines go that continue the range.
    pub next: usize,
}

impl Indents {
    pub(super) fn of_entry(indent: usize) -> Indents {
        Indents { base: indent, next: indent + STEP }
    }

    pub(super) fn of_item(indent: usize) -> Indents {
        Indents { base: indent, next: indent + STEP }
    }

    fn inside_parens(indent: usize) -> Indents {
        Indents { base: indent, next: indent }
    }

    fn deeper(self) -> Indents {
        Indents { base: self.next, next: self.next + STEP }
    }
}

/// Operators that a line may begin with, the loosest first.
const LOOSE_TO_TIGHT: &[&[Token]] = &[
    &[Token::Else],
    &[Token::Or],
    &[Token::And],
    &[Token::Comma],
    &[Token::Arrow],
    &[Token::Bar],
    &[Token::OrElse],
    &[Token::Plus],
    &[Token::Star, Token::Slash],
];

impl Printer<'_> {
    /// What stands before a body, or all of an entry without one. `room` characters must stay free behind it.
    pub(super) fn head(&mut self, range: Range<usize>, indent: usize, room: usize) {
        if self.pieces.token(range.start) == Token::Enum {
            self.enumeration(range, indent);
        } else {
            self.lay(range, Indents::of_entry(indent), room);
        }
    }

    /// What stands behind the `=` of an attribute.
    pub(super) fn value(&mut self, range: Range<usize>, indent: usize) {
        self.lay(range, Indents::of_entry(indent), 0);
    }

    /// A range, broken where it must be.
    pub(super) fn lay(&mut self, range: Range<usize>, indents: Indents, room: usize) {
        let splits = self.splits(range.clone());
        let kept: Vec<usize> = splits.iter().copied().filter(|at| self.pieces.broke(*at)).collect();
        if kept.is_empty() && self.fits(range.clone(), self.out.column(), room) {
            self.run(range, indents.next);
        } else if splits.is_empty() {
            self.brackets(range, indents, room);
        } else {
            let keeps = !kept.is_empty() && self.all_fit(range.clone(), &kept, indents, room);
            let chosen = if keeps { kept } else { splits };
            self.broken(range, &chosen, indents, room);
        }
    }

    /// Lines that begin at `splits`.
    fn broken(&mut self, range: Range<usize>, splits: &[usize], indents: Indents, room: usize) {
        let mut start = range.start;
        for end in splits.iter().copied().chain([range.end]) {
            if start > range.start {
                self.begin_line(start, indents.next);
            }
            let room = if end == range.end { room } else { 0 };
            self.lay(start..end, indents.deeper(), room);
            start = end;
        }
    }

    /// Where a range may be broken: at its loosest operators outside brackets.
    pub(super) fn splits(&self, range: Range<usize>) -> Vec<usize> {
        let in_parens = self.pieces.before(range.start) == Some(Token::OpenParen);
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); LOOSE_TO_TIGHT.len()];
        let mut at = range.start;
        while at < range.end {
            let token = self.pieces.token(at);
            let level = LOOSE_TO_TIGHT.iter().position(|tokens| tokens.contains(&token));
            // Behind a dot every word is a name, and a comma ends its line.
            let is_operator = at > range.start && self.pieces.before(at) != Some(Token::Dot);
            let here = if token == Token::Comma { at + 1 } else { at };
            if let (Some(level), true) = (level, is_operator && here < range.end)
                && let Some(places) = found.get_mut(level)
            {
                places.push(here);
            }
            at = self.pieces.piece(at).partner.max(at) + 1;
        }
        let commas = LOOSE_TO_TIGHT.iter().position(|tokens| tokens.contains(&Token::Comma));
        let arguments =
            commas.filter(|_| in_parens).and_then(|commas| found.get_mut(commas)).map(std::mem::take);
        arguments
            .filter(|places| !places.is_empty())
            .or_else(|| found.into_iter().find(|places| !places.is_empty()))
            .unwrap_or_default()
    }

    /// Whether a range fits on one line that begins with `column` characters and leaves `room` free.
    pub(super) fn fits(&self, range: Range<usize>, column: usize, room: usize) -> bool {
        self.pieces.is_flat(range.clone()) && column + self.pieces.width(range) + room <= WIDTH
    }

    fn all_fit(&self, range: Range<usize>, splits: &[usize], indents: Indents, room: usize) -> bool {
        let mut start = range.start;
        splits.iter().copied().chain([range.end]).all(|end| {
            let column = if start == range.start { self.out.column() } else { indents.next };
            let fits = self.fits(start..end, column, if end == range.end { room } else { 0 });
            start = end;
            fits
        })
    }

    /// A range without operators that a line could begin with: the last bracket that helps opens.
    fn brackets(&mut self, range: Range<usize>, indents: Indents, room: usize) {
        let mut at = range.start;
        while at < range.end {
            if at > range.start {
                self.gap(at, glue(self.pieces, at), indents.next);
            }
            let partner = self.pieces.piece(at).partner;
            if partner <= at + 1 {
                self.out.word(self.pieces.written(at));
                at += 1;
                continue;
            }
            let next = (partner + 1..range.end).find(|next| self.pieces.piece(*next).partner > 0);
            let next = next.unwrap_or(range.end);
            let room = if next == range.end { room } else { 0 };
            if self.fits(at..next, self.out.column(), room) {
                self.run(at..partner + 1, indents.next);
            } else {
                self.open(at, partner, indents.base);
            }
            at = partner + 1;
        }
    }

    /// A bracket whose inside stands on lines of its own.
    fn open(&mut self, open: usize, close: usize, base: usize) {
        self.out.word(self.pieces.written(open));
        let inside = base + STEP;
        if self.pieces.token(open) == Token::OpenBracket && !self.is_filter(open) {
            self.rows(open + 1..close, inside);
        } else {
            self.begin_line(open + 1, inside);
            self.lay(open + 1..close, Indents::inside_parens(inside), 0);
        }
        self.between(close, Glue::Space, inside);
        self.out.line(base);
        self.out.word(self.pieces.written(close));
    }

    /// Whether a bracket is `[x in xs: …]`.
    fn is_filter(&self, open: usize) -> bool {
        self.pieces.token(open + 1).is_word() && self.pieces.token(open + 2) == Token::In
    }

    /// A range on one line, but for comments that end theirs.
    pub(super) fn run(&mut self, range: Range<usize>, indent: usize) {
        for at in range.clone() {
            if at > range.start {
                self.gap(at, glue(self.pieces, at), indent);
            }
            self.out.word(self.pieces.written(at));
        }
    }

    /// What stands between a token and the one before it.
    pub(super) fn gap(&mut self, at: usize, glue: Glue, indent: usize) {
        let fresh = self.between(at, glue, indent);
        let has_comments = !self.pieces.comments(at).is_empty();
        let hugs = matches!(self.pieces.token(at), Token::Comma | Token::Dot);
        if fresh {
            self.out.line(indent);
        } else if glue != Glue::Tight || (has_comments && !hugs) {
            self.out.spaces(1);
        }
    }

    /// The comments before a token, and a new line.
    pub(super) fn begin_line(&mut self, at: usize, indent: usize) {
        self.between(at, Glue::Space, indent);
        self.out.line(indent);
    }

    /// Writes the comments before a token and the `;` between entries; says whether a line must begin.
    fn between(&mut self, at: usize, glue: Glue, indent: usize) -> bool {
        let pieces = self.pieces;
        let mut fresh = pieces.before(at) == Some(Token::Doc);
        let mut ended = glue != Glue::End;
        for comment in pieces.comments(at) {
            if !ended && comment.behind_end {
                self.out.word(";");
                ended = true;
            }
            if fresh || (comment.is_line && comment.breaks > 0) {
                self.out.line(indent);
            } else {
                self.out.spaces(1);
            }
            self.out.word(pieces.said(comment));
            fresh = comment.is_line;
        }
        if !ended {
            self.out.word(";");
        }
        fresh
    }
}
