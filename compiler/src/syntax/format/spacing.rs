//! What stands between two tokens on one line: nothing, or a space.
//!
//! In: a position. Out: a [`Glue`]. Never: two tokens so close that they would read as one.

use super::pieces::Pieces;
use crate::syntax::token::Token;

/// What stands between a token and the one before it, on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glue {
    /// Nothing.
    Tight,
    /// A space.
    Space,
    /// `;` and a space: an entry ends.
    End,
}

/// What stands before the token at `at`.
pub fn glue(pieces: &Pieces<'_>, at: usize) -> Glue {
    let Some(before) = pieces.before(at) else { return Glue::Tight };
    let token = pieces.token(at);
    if pieces.piece(at).ends {
        return Glue::End;
    }
    let tight = match (before, token) {
        (Token::OpenBrace, Token::CloseBrace) => true,
        (Token::OpenBracket | Token::OpenParen | Token::Dot, _) => true,
        (_, Token::CloseBracket | Token::CloseParen | Token::Comma | Token::Dot) => true,
        // `flow -> b` and `component "…": Kind` are read as they are spoken.
        (_, Token::Colon) => true,
        (_, Token::OpenParen) => is_called(pieces, at - 1),
        (Token::Minus, _) => is_sign(pieces, at - 1),
        _ => false,
    };
    if tight { Glue::Tight } else { Glue::Space }
}

/// Whether the bracket behind the token at `at` belongs to it: `covered(x)`, and not `where (a or b)`.
fn is_called(pieces: &Pieces<'_>, at: usize) -> bool {
    let token = pieces.token(at);
    let is_plain = matches!(
        token,
        Token::Word | Token::QuotedName | Token::SelfWord | Token::Internet | Token::Anywhere
    );
    let is_keyword =
        pieces.piece(at).starts || (pieces.before(at).is_some_and(ends_operand) && !opens_clause(pieces, at));
    is_plain || (token.is_word() && !is_keyword)
}

/// Whether the `-` at `at` is a sign of what follows and takes nothing away.
fn is_sign(pieces: &Pieces<'_>, at: usize) -> bool {
    opens_clause(pieces, at) || !pieces.before(at).is_some_and(ends_operand)
}

/// Whether the token before `at` is the whole keyword of a clause or of a declaration, so that something new begins at `at`.
fn opens_clause(pieces: &Pieces<'_>, at: usize) -> bool {
    let begins = at > 0 && pieces.piece(at - 1).starts;
    let has_second_word =
        matches!(pieces.before(at), Some(Token::Guarded | Token::Resisted | Token::Recovered | Token::Flag));
    begins && !has_second_word
}

/// Whether a value or a name can end here.
fn ends_operand(token: Token) -> bool {
    let is_value_word = matches!(
        token,
        Token::True
            | Token::False
            | Token::Unknown
            | Token::SelfWord
            | Token::Internet
            | Token::Anywhere
            | Token::Any
            | Token::All
            | Token::No
    );
    token.is_word()
        || token.is_value()
        || is_value_word
        || matches!(token, Token::CloseBracket | Token::CloseParen | Token::CloseBrace)
}
