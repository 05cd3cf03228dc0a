//! What is wrong, in words: from what the grammar expected to what the author should do.
//!
//! In: an error of the grammar and the tokens around it. Out: one [`Diagnostic`]. Never: the name of a token.

use chumsky::error::{Rich, RichPattern, RichReason};

use super::errors;
use super::keyword::{CLAUSES, Keyword};
use super::lex::Tokens;
use super::token::Token;
use crate::base::{Diagnostic, FileId, Span, nearest};

/// The problem that an error of the grammar stands for. `next` is the token behind the unit, if any.
pub fn problem(
    error: &Rich<'_, Token>,
    tokens: &Tokens,
    next: Option<Token>,
    text: &str,
    file: FileId,
) -> Diagnostic {
    let at = error.span().start.min(tokens.len());
    let found = Found { at, tokens, text, file, next };
    known_mistake(&found).unwrap_or_else(|| found.expected(&wanted(error.reason())))
}

/// Where the grammar stopped.
struct Found<'a> {
    at: usize,
    tokens: &'a Tokens,
    text: &'a str,
    file: FileId,
    next: Option<Token>,
}

impl Found<'_> {
    fn kind(&self, steps: isize) -> Option<Token> {
        self.tokens.kind(self.at.checked_add_signed(steps)?)
    }

    fn span(&self, steps: isize) -> Span {
        self.tokens.span(self.at.saturating_add_signed(steps))
    }

    fn piece(&self, steps: isize) -> &str {
        self.span(steps).slice(self.text)
    }

    /// Whether an entry or a declaration begins here.
    fn begins_entry(&self, steps: isize) -> bool {
        matches!(
            self.kind(steps - 1),
            None | Some(Token::End | Token::OpenBrace | Token::Doc | Token::Abstract | Token::Override)
        )
    }

    /// Where something is missing: behind the last thing that was read, line ends aside.
    fn behind(&self) -> Span {
        let before = (0..self.at).rev().find(|at| self.tokens.kind(*at) != Some(Token::End));
        before.map_or(self.span(0), |before| Span::empty(self.tokens.span(before).hi))
    }

    /// The innermost `{` that nothing closes.
    fn unclosed_brace(&self) -> Option<Span> {
        let mut open = Vec::new();
        for (token, span) in self.tokens.kinds.iter().zip(&self.tokens.spans) {
            match token {
                Token::OpenBrace => open.push(*span),
                Token::CloseBrace => drop(open.pop()),
                _ => {}
            }
        }
        open.pop()
    }

    fn is_over(&self) -> bool {
        matches!(self.kind(0), None | Some(Token::End))
    }

    fn expected(&self, wanted: &str) -> Diagnostic {
        let (place, found) = match self.kind(0) {
            None if self.next.is_none() => (self.behind(), "the file ends".to_owned()),
            None | Some(Token::End) => (self.behind(), "the line ends".to_owned()),
            Some(_) => (self.span(0), format!("found `{}`", self.piece(0))),
        };
        errors::expected(wanted, &found, place.in_file(self.file))
    }
}

/// Mistakes that authors are known to make, each with a message of its own.
fn known_mistake(found: &Found<'_>) -> Option<Diagnostic> {
    let here = found.span(0).in_file(found.file);
    let before = found.kind(-1);
    if found.kind(0).is_none()
        && let Some(brace) = found.unclosed_brace()
    {
        let end = found.behind().in_file(found.file);
        return Some(
            errors::bracket_not_closed("{", "}", brace.in_file(found.file)).fix("close it", end, "\n}"),
        );
    }
    if matches!(found.kind(0), Some(Token::Text | Token::UnclosedText)) && before == Some(Token::UnclosedText)
    {
        return None;
    }
    if before == Some(Token::Dot) {
        return Some(errors::name_missing_after_dot(found.behind().in_file(found.file)));
    }
    if before == Some(Token::Assign) && (found.is_over() || found.kind(0) == Some(Token::CloseBrace)) {
        return Some(errors::value_missing(found.behind().in_file(found.file)));
    }
    if found.kind(0) == Some(Token::Equal) && found.begins_entry(-1) {
        return Some(errors::compares_instead_of_setting(here));
    }
    let sets_with_colon = before == Some(Token::Colon) && found.kind(-2).is_some_and(Token::is_word);
    if sets_with_colon
        && found.begins_entry(-2)
        && found.kind(0).is_some_and(|token| token.is_value() || token.is_reserved())
    {
        return Some(errors::colon_instead_of_equals(found.span(-1).in_file(found.file)));
    }
    if found.kind(0).is_some_and(Token::is_reserved)
        && (before.and_then(Keyword::of).is_some()
            || (found.begins_entry(0) && found.kind(1) == Some(Token::Assign)))
    {
        return Some(errors::reserved_word(found.piece(0), here));
    }
    let is_name = found.kind(-2).and_then(Keyword::of).is_some();
    if is_name && before.is_some_and(Token::is_reserved) {
        return Some(errors::reserved_word(found.piece(-1), found.span(-1).in_file(found.file)));
    }
    unknown_word(found)
}

/// A word at the beginning of an entry that begins nothing.
fn unknown_word(found: &Found<'_>) -> Option<Diagnostic> {
    let steps = [0, -1].into_iter().find(|steps| {
        found.kind(*steps) == Some(Token::Word)
            && found.begins_entry(*steps)
            && found.kind(steps + 1) != Some(Token::Assign)
    })?;
    let word = found.piece(steps);
    let keywords = Keyword::ALL.iter().map(|keyword| keyword.word());
    let near = nearest(word, keywords.chain(CLAUSES.iter().copied()));
    let is_top = found.at.saturating_add_signed(steps) == 0;
    let sets = found.kind(steps + 1).is_some_and(|next| next.is_value() || next == Token::OpenBracket);
    if near.is_none() && sets && !is_top {
        let behind = Span::empty(found.span(steps).hi);
        return Some(errors::equals_missing(word, behind.in_file(found.file)));
    }
    Some(errors::unknown_word(word, near, is_top, found.span(steps).in_file(found.file)))
}

/// What the grammar would have taken, as a list in plain words: at most four, names of things before signs.
fn wanted(reason: &RichReason<'_, Token>) -> String {
    let RichReason::ExpectedFound { expected, .. } = reason else { return "something else".to_owned() };
    let mut labels: Vec<String> = expected
        .iter()
        .filter_map(|pattern| match pattern {
            RichPattern::Label(label) => Some(label.to_string()),
            _ => None,
        })
        .collect();
    labels.sort();
    labels.dedup();
    // At the end of an entry almost anything could go on; what matters is that it could have ended.
    if let Some(end) = labels.iter().find(|label| label.contains("end of the line")) {
        return end.clone();
    }
    labels.truncate(4);
    match labels.split_last() {
        None => "the end of the line".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
