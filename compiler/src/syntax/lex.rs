//! From text to tokens, and from lines to entries.
//!
//! In: the text of a file. Out: [`Tokens`], what the grammar reads, with the place of each token; what could not be read.
//! Never: a lost declaration over a bad character. It is reported and dropped.

use logos::Logos;

use super::token::Token;
use super::{brackets, errors, layout, trojan};
use crate::base::{FileId, Problems, Span, turns_direction};

/// Tokens and their places, side by side: the grammar runs over a plain slice of small numbers.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// What stands there.
    pub kinds: Vec<Token>,
    /// Where.
    pub spans: Vec<Span>,
    /// A text or comment that nobody closed runs to the end: what is missing there is no mistake of its own.
    pub cut_short: bool,
}

impl Tokens {
    /// Adds a token at the end.
    pub fn push(&mut self, kind: Token, span: Span) {
        self.kinds.push(kind);
        self.spans.push(span);
    }

    /// The token at a position.
    pub fn kind(&self, at: usize) -> Option<Token> {
        self.kinds.get(at).copied()
    }

    /// The place of the token at a position; past the end, the end of the last one.
    pub fn span(&self, at: usize) -> Span {
        match self.spans.get(at) {
            Some(span) => *span,
            None => Span::empty(self.spans.last().map_or(0, |last| last.hi)),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }
}

/// Everything that stands in the text, comments and line ends included; bad characters are reported and left out.
pub fn scan(text: &str, file: FileId, problems: &mut Problems) -> Tokens {
    let mut tokens = Tokens::default();
    // A rough guess that saves most of the growing: the languages of this family have four to five bytes a token.
    tokens.kinds.reserve(text.len() / 4);
    tokens.spans.reserve(text.len() / 4);
    let mut bad: Option<Span> = None;
    let mut lexer = Token::lexer(text);
    while let Some(token) = lexer.next() {
        let range = lexer.span();
        let span = Span::new(range.start as u32, range.end as u32);
        if token == Ok(Token::Money) && lexer.remainder().starts_with('%') {
            // `LOW 5%` looks like money up to the sign.
            lexer.bump(1);
            push_name_and_percent(&mut tokens, Span::new(span.lo, span.hi + 1), text);
            continue;
        }
        let Ok(token) = token else {
            let is_mark = range.start == 0 && text.starts_with('\u{feff}');
            match bad {
                _ if is_mark => {}
                Some(run) if run.hi == span.lo => bad = Some(run.to(span)),
                _ => {
                    close_bad(&mut bad, &mut tokens, text, file, problems);
                    bad = Some(span);
                }
            }
            continue;
        };
        if bad.is_some() {
            close_bad(&mut bad, &mut tokens, text, file, problems);
        }
        let piece = span.slice(text);
        if token == Token::BlockComment && (piece.len() < 4 || !closes_comment(piece)) {
            tokens.cut_short = true;
            problems.push(errors::unclosed_comment(span.in_file(file)));
        }
        if token == Token::Text
            && piece.starts_with("\"\"\"")
            && (piece.len() < 6 || !piece.ends_with("\"\"\""))
        {
            tokens.cut_short = true;
            problems.push(errors::unclosed_text(Span::new(span.lo, span.lo + 3).in_file(file)));
        }
        if token == Token::UnclosedText {
            let written = push_unclosed(&mut tokens, span, text);
            problems.push(errors::unclosed_text(written.in_file(file)));
            continue;
        }
        if token == Token::SingleQuoted {
            let inside = Span::new(span.lo + 1, span.hi - 1);
            problems.push(errors::single_quotes(inside.slice(text), span.in_file(file)));
            tokens.push(Token::Text, inside);
            continue;
        }
        if token == Token::BadNumber {
            problems.push(errors::not_a_number(piece, span.in_file(file)));
        }
        tokens.push(token, span);
    }
    close_bad(&mut bad, &mut tokens, text, file, problems);
    trojan::check(text, &tokens, file, problems);
    tokens
}

/// What the grammar reads: comments left out, line ends that count made into [`Token::End`].
pub fn lex(text: &str, file: FileId, problems: &mut Problems) -> Tokens {
    let all = scan(text, file, problems);
    layout::entries(&brackets::balance(all, file, problems))
}

/// A name of three capital letters, spaces, a percentage.
fn push_name_and_percent(tokens: &mut Tokens, span: Span, text: &str) {
    let spaces = span.slice(text).bytes().skip(3).take_while(|byte| *byte == b' ').count() as u32;
    tokens.push(Token::Word, Span::new(span.lo, span.lo + 3));
    tokens.push(Token::Percent, Span::new(span.lo + 3 + spaces, span.hi));
}

/// A text that nobody closed: where it stands. Of a title, the kind and the brace behind it are read as what they are.
fn push_unclosed(tokens: &mut Tokens, span: Span, text: &str) -> Span {
    let follows_word = tokens.kinds.last().is_some_and(|before| before.is_word());
    let piece = span.slice(text);
    let end = span.lo + if follows_word { title_in(piece) } else { piece.len() } as u32;
    let written = Span::new(span.lo, end);
    tokens.push(Token::UnclosedText, written);
    for (token, range) in Token::lexer(Span::new(end, span.hi).slice(text)).spanned() {
        if let Ok(token) = token {
            tokens.push(token, Span::new(end + range.start as u32, end + range.end as u32));
        }
    }
    written
}

/// How much of a title that nobody closed is the title: what stands before the brace at the end of its line, and before the
/// kind in front of that.
fn title_in(piece: &str) -> usize {
    let Some(before) = piece.trim_end().strip_suffix('{') else { return piece.len() };
    let is_kind = |kind: &str| {
        let kind = kind.trim();
        !kind.is_empty() && !kind.contains(char::is_whitespace)
    };
    let title = match before.rsplit_once(':') {
        Some((title, kind)) if is_kind(kind) => title,
        _ => before,
    };
    title.trim_end().len()
}

/// Whether the last `*/` of a comment closes its first `/*`.
fn closes_comment(comment: &str) -> bool {
    let mut open = 0_usize;
    let mut rest = comment;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("/*") {
            open += 1;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("*/") {
            open = open.saturating_sub(1);
            rest = after;
        } else {
            let mut chars = rest.chars();
            chars.next();
            rest = chars.as_str();
        }
    }
    open == 0
}

/// Reports a run of bad characters. Signs of other languages are read as the words that they stand for.
fn close_bad(bad: &mut Option<Span>, tokens: &mut Tokens, text: &str, file: FileId, problems: &mut Problems) {
    let Some(span) = bad.take() else { return };
    let piece = span.slice(text);
    let meant = match piece {
        "&&" => Some((Token::And, "and")),
        "!" => Some((Token::Not, "not")),
        _ => None,
    };
    match meant {
        Some((token, word)) => {
            problems.push(errors::written_otherwise(piece, word, span.in_file(file)));
            tokens.push(token, span);
        }
        // What turns the direction of a line is reported as that.
        None if piece.chars().all(turns_direction) => {}
        None => problems.push(errors::not_part_of_the_language(piece, span.in_file(file))),
    }
}
