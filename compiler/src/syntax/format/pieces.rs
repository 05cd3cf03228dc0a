//! What is laid out: the tokens that the grammar reads, each with the comments and line ends before it.
//!
//! In: the text of a file. Out: [`Pieces`]. Never: a token or comment that no piece holds.

use std::ops::Range;

use super::spacing::{Glue, glue};
use crate::base::{FileId, Problems, Span};
use crate::syntax::layout;
use crate::syntax::lex::{Tokens, scan};
use crate::syntax::token::Token;

/// A token and what stands between it and the one before.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is.
    pub token: Token,
    /// Where it stands; empty for a comma that the text left to the line end.
    pub span: Span,
    /// Whether an entry ends before it.
    pub ends: bool,
    /// Whether it is the first of its entry, doc comments left out.
    pub starts: bool,
    /// How many line ends stand between it and the last comment before it, or the token before.
    pub breaks: usize,
    /// The comments before it, in [`Pieces::comments`].
    pub comments: Range<usize>,
    /// Of an opening bracket, the position of the closing one.
    pub partner: usize,
}

/// A comment that is no doc comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Whether it runs to the end of its line.
    pub is_line: bool,
    /// How many line ends stand between it and what is before it.
    pub breaks: usize,
    /// Whether a `;` ended the entry before it.
    pub behind_end: bool,
}

/// All pieces of a text; lists are separated by commas alone, no comma stands before a closing bracket,
/// and no `|` before the first value of an enum.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    /// The text.
    pub text: &'a str,
    list: Vec<Piece>,
    comments: Vec<Comment>,
    sums: Vec<Sums>,
    end: Piece,
}

/// Counts over all pieces up to one, itself included: a question about a range is a subtraction.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    width: usize,
    rigid: usize,
    opened: usize,
    lines: usize,
    tall: usize,
    braces: usize,
}

impl<'a> Pieces<'a> {
    /// Reads a text.
    pub fn read(text: &'a str, file: FileId) -> Pieces<'a> {
        let all = scan(text, file, &mut Problems::new());
        let kept = layout::entries(&all);
        let mut reader =
            Reader { all: &all, at: 0, list: Vec::new(), comments: Vec::new(), open: Vec::new() };
        let mut ends = false;
        for (token, span) in kept.kinds.iter().zip(&kept.spans) {
            if *token == Token::End {
                ends = true;
            } else {
                reader.take(*token, *span, ends);
                ends = false;
            }
        }
        let end = reader.piece(Token::End, Span::empty(text.len() as u32), true);
        let mut pieces = Pieces { text, list: reader.list, comments: reader.comments, sums: Vec::new(), end };
        pieces.sum();
        pieces
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The piece at a position; past the end, an entry end with what stands at the end of the text.
    pub fn piece(&self, at: usize) -> &Piece {
        self.list.get(at).unwrap_or(&self.end)
    }

    /// The token at a position.
    pub fn token(&self, at: usize) -> Token {
        self.piece(at).token
    }

    /// The token before a position.
    pub fn before(&self, at: usize) -> Option<Token> {
        Some(self.list.get(at.checked_sub(1)?)?.token)
    }

    /// How a token is written.
    pub fn written(&self, at: usize) -> &'a str {
        let piece = self.piece(at);
        if piece.token == Token::Comma { "," } else { piece.span.slice(self.text).trim_end() }
    }

    /// The comments before a piece.
    pub fn comments(&self, at: usize) -> &[Comment] {
        self.comments.get(self.piece(at).comments.clone()).unwrap_or(&[])
    }

    /// The words of a comment.
    pub fn said(&self, comment: &Comment) -> &'a str {
        comment.span.slice(self.text).trim_end()
    }

    /// Whether the author began a new line before a piece.
    pub fn broke(&self, at: usize) -> bool {
        self.piece(at).breaks > 0 || self.comments(at).iter().any(|comment| comment.breaks > 0)
    }

    /// Whether a range can stand on one line, and the author did not open a list in it.
    pub fn is_flat(&self, range: Range<usize>) -> bool {
        let (first, last) = self.inside(&range);
        first.rigid == last.rigid && first.opened == last.opened
    }

    /// Whether the author wrote a range on one line.
    pub fn is_on_one_line(&self, range: Range<usize>) -> bool {
        let (first, last) = self.inside(&range);
        first.rigid == last.rigid && first.lines == last.lines && first.tall == last.tall
    }

    /// Whether a text of several lines stands in a range.
    pub fn is_tall(&self, range: Range<usize>) -> bool {
        let before = range.start.checked_sub(1).and_then(|at| self.sums.get(at)).copied().unwrap_or_default();
        self.inside(&range).1.tall > before.tall
    }

    /// How many bodies open in a range.
    pub fn bodies(&self, range: Range<usize>) -> usize {
        let (first, last) = self.inside(&range);
        last.braces - first.braces
    }

    /// How many characters a range takes on one line.
    pub fn width(&self, range: Range<usize>) -> usize {
        if range.is_empty() {
            return 0;
        }
        let (first, last) = self.inside(&range);
        last.width - first.width + self.first_line(range.start)
    }

    /// Whether both say the same: the same tokens, entries and comments.
    pub fn reads_like(&self, other: &Pieces<'_>) -> bool {
        let words = |pieces: &Pieces<'_>, at: usize| without_returns(pieces.written(at));
        let said = |pieces: &Pieces<'_>, comment: &Comment| without_returns(pieces.said(comment));
        let same = |at: usize| {
            let (one, two) = (self.piece(at), other.piece(at));
            one.token == two.token && one.ends == two.ends && words(self, at) == words(other, at)
        };
        self.len() == other.len()
            && (0..self.len()).all(same)
            && self.comments.len() == other.comments.len()
            && self.comments.iter().zip(&other.comments).all(|(one, two)| said(self, one) == said(other, two))
    }

    /// The sums behind the first and the last piece of a range.
    fn inside(&self, range: &Range<usize>) -> (Sums, Sums) {
        let sums = |at: usize| self.sums.get(at).copied().unwrap_or_default();
        (sums(range.start), sums(range.end.saturating_sub(1).max(range.start)))
    }

    fn first_line(&self, at: usize) -> usize {
        self.written(at).lines().next().unwrap_or("").chars().count()
    }

    fn sum(&mut self) {
        let mut sums = Sums::default();
        self.sums.reserve(self.list.len());
        for at in 0..self.list.len() {
            let comments = self.comments(at);
            let spoken: usize = comments.iter().map(|comment| self.said(comment).chars().count() + 1).sum();
            let has_lines =
                comments.iter().any(|comment| comment.is_line || self.said(comment).contains('\n'));
            let is_doc = self.token(at) == Token::Doc || self.before(at) == Some(Token::Doc);
            let between = match glue(self, at) {
                Glue::Tight => 0,
                Glue::Space => 1,
                Glue::End => 2,
            };
            let is_opened = self.before(at) == Some(Token::OpenBracket) && self.broke(at);
            sums.width += between + spoken + self.first_line(at);
            sums.rigid += usize::from(has_lines || is_doc);
            sums.opened += usize::from(is_opened && self.token(at) != Token::CloseBracket);
            sums.lines += usize::from(self.broke(at));
            sums.tall += usize::from(self.written(at).contains('\n'));
            sums.braces += usize::from(self.token(at) == Token::OpenBrace);
            self.sums.push(sums);
        }
    }
}

fn without_returns(text: &str) -> String {
    text.replace("\r\n", "\n")
}

struct Reader<'a> {
    all: &'a Tokens,
    at: usize,
    list: Vec<Piece>,
    comments: Vec<Comment>,
    open: Vec<usize>,
}

impl Reader<'_> {
    /// Takes a token in.
    fn take(&mut self, token: Token, span: Span, ends: bool) {
        let mut piece = self.piece(token, span, ends);
        // `enum Level = | low` says no more than `= low`.
        let leads = self.list.last().is_some_and(|last| {
            last.token == Token::Bar
                && self.list.iter().rev().nth(1).is_some_and(|one| one.token == Token::Assign)
        });
        if leads && let Some(bar) = self.list.pop() {
            piece.comments.start = bar.comments.start;
        }
        let enclosing = self.open.last().and_then(|at| self.list.get(*at)).map(|open| open.token);
        if ends && enclosing == Some(Token::OpenBracket) {
            let comments = piece.comments.start..piece.comments.start;
            (piece.ends, piece.starts) = (false, false);
            let span = Span::empty(span.lo);
            self.list.push(Piece { token: Token::Comma, span, comments, breaks: 0, ..piece });
        }
        match token {
            Token::OpenBrace | Token::OpenBracket | Token::OpenParen => self.open.push(self.list.len()),
            Token::CloseBrace | Token::CloseBracket | Token::CloseParen => {
                if let Some(comma) = self.list.pop_if(|last| last.token == Token::Comma) {
                    piece.comments.start = comma.comments.start;
                }
                let here = self.list.len();
                if let Some(open) = self.open.pop().and_then(|at| self.list.get_mut(at)) {
                    open.partner = here;
                }
            }
            _ => {}
        }
        self.list.push(piece);
    }

    /// A token and the comments before it that nobody has taken yet.
    fn piece(&mut self, token: Token, span: Span, ends: bool) -> Piece {
        let first = self.comments.len();
        let mut breaks = 0;
        let mut behind_end = false;
        while let Some((kind, place)) = self.all.kinds.get(self.at).zip(self.all.spans.get(self.at)) {
            self.at += 1;
            match kind {
                Token::Newline => breaks += 1,
                Token::LineComment | Token::BlockComment => {
                    let is_line = *kind == Token::LineComment;
                    self.comments.push(Comment { span: *place, is_line, breaks, behind_end });
                    breaks = 0;
                }
                Token::End => behind_end = true,
                _ => break,
            }
        }
        let before = self.list.last().map(|last| last.token);
        let starts = ends || matches!(before, None | Some(Token::OpenBrace | Token::Doc));
        Piece { token, span, ends, starts, breaks, comments: first..self.comments.len(), partner: 0 }
    }
}
