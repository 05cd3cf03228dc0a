//! The newline rule: which line ends end an entry.
//!
//! In: all tokens of a file, line ends and comments included. Out: what the grammar reads, with [`Token::End`] where an entry ends.
//! Never: two ends in a row, an end right after an opening or right before a closing bracket.

use super::lex::Tokens;
use super::token::Token;
use crate::base::Span;

/// Drops comments, and makes a line end count unless
/// we are inside `( )`, the line ends in a word or sign that needs more, or the next line begins with one that goes on.
/// Inside `[ ]` a line end that counts separates items as a comma does.
pub fn entries(all: &Tokens) -> Tokens {
    let mut out = Tokens { cut_short: all.cut_short, ..Tokens::default() };
    out.kinds.reserve(all.len());
    out.spans.reserve(all.len());
    let mut brackets: Vec<Token> = Vec::new();
    let mut pending: Option<Span> = None;
    let mut kept =
        all.kinds.iter().zip(&all.spans).filter(|(token, _)| !token.is_trivia() || **token == Token::Newline);
    let mut next = kept.next();
    while let Some((&token, &span)) = next {
        next = kept.next();
        if token == Token::Newline || token == Token::End {
            let in_parens = brackets.last() == Some(&Token::OpenParen);
            if token == Token::End || (pending.is_none() && !in_parens) {
                pending = Some(span);
            }
            continue;
        }
        if let Some(end) = pending.take() {
            let follower = next.map(|(token, _)| *token);
            let last = |back: usize| out.kinds.len().checked_sub(back).and_then(|at| out.kind(at));
            if needs_end([last(2), last(1)], token, follower) {
                out.push(Token::End, end);
            }
        }
        match token {
            Token::OpenBrace | Token::OpenBracket | Token::OpenParen => brackets.push(token),
            Token::CloseBrace | Token::CloseBracket | Token::CloseParen => {
                brackets.pop();
            }
            _ => {}
        }
        out.push(token, span);
    }
    out
}

/// Whether a line end ends an entry (or, in `[ ]`, an item) between the last two tokens before it and the two behind it.
pub fn needs_end(before: [Option<Token>; 2], after: Token, follower: Option<Token>) -> bool {
    let [earlier, Some(before)] = before else { return false };
    if before == Token::Doc || before == Token::End || opens(before) {
        return false;
    }
    if matches!(after, Token::CloseBrace | Token::CloseBracket | Token::CloseParen) {
        return false;
    }
    // `owner =` and an attribute or a declaration on the next line: the value is missing, and the line is one of its own.
    let begins_attribute = follower == Some(Token::Assign) && after.is_word();
    let begins_declaration = follower == Some(Token::Word) && after.begins_declaration();
    let is_open = asks_for_more(before) && !is_name_behind(earlier, before);
    if is_open && !begins_attribute && !begins_declaration {
        return false;
    }
    // `then = 3` on a new line is an attribute, even though `then` alone would go on.
    !goes_on(after) || follower == Some(Token::Assign)
}

/// Whether a word is a name because of what stands before it: behind a dot all are, and behind a sign that asks for
/// something a word of a header or a clause is that something. `channel = over` is whole.
fn is_name_behind(earlier: Option<Token>, word: Token) -> bool {
    match earlier {
        Some(Token::Dot) => word.is_word() || word.is_reserved(),
        Some(Token::OpenBrace) | None => false,
        Some(sign) => word.is_word() && !sign.is_word() && (asks_for_more(sign) || opens(sign)),
    }
}

fn opens(token: Token) -> bool {
    matches!(token, Token::OpenBrace | Token::OpenBracket | Token::OpenParen)
}

/// Whether a line cannot end here.
fn asks_for_more(token: Token) -> bool {
    use Token::*;
    matches!(
        token,
        Colon
            | Comma
            | Assign
            | Arrow
            | Bar
            | Equal
            | NotEqual
            | Less
            | LessOrEqual
            | Greater
            | GreaterOrEqual
            | OrElse
            | Plus
            | Minus
            | Star
            | Slash
            | And
            | Or
            | Not
            | In
            | Is
            | If
            | Then
            | Else
            | Over
            | Extends
            | By
            | May
            | Where
            | Needs
            | Gives
            | Reports
            | For
    )
}

/// Whether a line that begins so belongs to the one before.
fn goes_on(token: Token) -> bool {
    use Token::*;
    matches!(
        token,
        And | Or
            | OrElse
            | Then
            | Else
            | Dot
            | Arrow
            | Bar
            | Plus
            | Star
            | Slash
            | Equal
            | NotEqual
            | LessOrEqual
            | GreaterOrEqual
            | Less
            | Greater
    )
}
