//! Brackets that do not match: a missing `)` or `]` is put where it was forgotten, one too many is left out.
//!
//! In: all tokens of a file, line ends included. Out: the same with `( )` and `[ ]` balanced, and what was wrong.
//! Never: a change to braces (a missing `}` is found where the next declaration begins), a change to a text that is right.

use super::errors;
use super::lex::Tokens;
use super::token::Token;
use crate::base::{FileId, Problems, Span};

/// An opening bracket that waits for its end.
struct Open {
    token: Token,
    span: Span,
    /// The first line end behind which an entry begins: no list and no call goes on there.
    entry_begins: Option<usize>,
}

/// Balances round and square brackets.
pub fn balance(tokens: Tokens, file: FileId, problems: &mut Problems) -> Tokens {
    let mut open: Vec<Open> = Vec::new();
    let mut missing: Vec<(usize, Token)> = Vec::new();
    let mut surplus: Vec<usize> = Vec::new();
    for (at, (&token, &span)) in tokens.kinds.iter().zip(&tokens.spans).enumerate() {
        match token {
            Token::OpenBrace | Token::OpenBracket | Token::OpenParen => {
                open.push(Open { token, span, entry_begins: None });
            }
            Token::CloseBracket | Token::CloseParen => {
                let opening = opening_of(token);
                let inner = open.iter().rev().take_while(|open| open.token != Token::OpenBrace);
                match inner.map(|open| open.token).position(|token| token == opening) {
                    Some(unclosed) => {
                        for _ in 0..unclosed {
                            forgotten(open.pop(), at, &mut missing, file, problems);
                        }
                        open.pop();
                    }
                    None => {
                        surplus.push(at);
                        problems.push(errors::bracket_closes_nothing(sign(token), span.in_file(file)));
                    }
                }
            }
            Token::CloseBrace => {
                while open.last().is_some_and(|open| open.token != Token::OpenBrace) {
                    forgotten(open.pop(), at, &mut missing, file, problems);
                }
                open.pop();
            }
            Token::Newline if begins_entry(&tokens, at + 1) => {
                let waiting = open.iter_mut().rev();
                let waiting =
                    waiting.take_while(|open| open.token != Token::OpenBrace && open.entry_begins.is_none());
                waiting.for_each(|open| open.entry_begins = Some(at));
            }
            _ => {}
        }
    }
    while let Some(last) = open.pop() {
        if last.token != Token::OpenBrace && !tokens.cut_short {
            forgotten(Some(last), tokens.len(), &mut missing, file, problems);
        }
    }
    if missing.is_empty() && surplus.is_empty() { tokens } else { repaired(&tokens, missing, &surplus) }
}

fn forgotten(
    open: Option<Open>,
    at: usize,
    missing: &mut Vec<(usize, Token)>,
    file: FileId,
    problems: &mut Problems,
) {
    let Some(Open { token, span, entry_begins }) = open else { return };
    let closing = if token == Token::OpenParen { Token::CloseParen } else { Token::CloseBracket };
    missing.push((entry_begins.unwrap_or(at), closing));
    problems.push(errors::bracket_not_closed(sign(token), sign(closing), span.in_file(file)));
}

fn repaired(tokens: &Tokens, mut missing: Vec<(usize, Token)>, surplus: &[usize]) -> Tokens {
    // Stable: of two brackets that are closed at one place, the inner one was noted first.
    missing.sort_by_key(|(at, _)| *at);
    let mut missing = missing.into_iter().peekable();
    let mut surplus = surplus.iter().peekable();
    let mut out = Tokens { cut_short: tokens.cut_short, ..Tokens::default() };
    for at in 0..=tokens.len() {
        while let Some((_, closing)) = missing.next_if(|(place, _)| *place == at) {
            let behind = out.spans.last().map_or(0, |last| last.hi);
            out.push(closing, Span::empty(behind));
        }
        if surplus.next_if(|place| **place == at).is_some() {
            continue;
        }
        if let Some(token) = tokens.kind(at) {
            out.push(token, tokens.span(at));
        }
    }
    out
}

/// Whether a line begins with `WORD =`, `WORD:`, a declaration or a clause.
fn begins_entry(tokens: &Tokens, at: usize) -> bool {
    let Some(first) = tokens.kind(at) else { return false };
    let next = tokens.kind(at + 1);
    let is_item = matches!(
        next,
        None | Some(Token::Comma | Token::Newline | Token::CloseBracket | Token::CloseParen | Token::Dot)
    );
    match next {
        Some(Token::Assign | Token::Colon) => first.is_word(),
        _ => (first.begins_declaration() || first.begins_clause()) && !is_item,
    }
}

fn opening_of(closing: Token) -> Token {
    if closing == Token::CloseParen { Token::OpenParen } else { Token::OpenBracket }
}

fn sign(bracket: Token) -> &'static str {
    match bracket {
        Token::OpenParen => "(",
        Token::CloseParen => ")",
        Token::OpenBracket => "[",
        _ => "]",
    }
}
