//! What texts and doc comments say, once quotes, escapes and markers are gone.
//!
//! In: the source of a text. Out: its words. Never: a failure; an unknown escape stays as it stands.

use std::borrow::Cow;
use std::sync::Arc;

use logos::Logos;

use super::token::Token;
use crate::base::Span;

/// The words of a text: `"…"` with its escapes, or `"""…"""` with the common indent removed.
pub fn decode(source: &str) -> String {
    match source.strip_prefix("\"\"\"") {
        Some(long) => unescape(&without_indent(long.strip_suffix("\"\"\"").unwrap_or(long))),
        None => {
            let inner = source.strip_prefix('"').unwrap_or(source);
            unescape(inner.strip_suffix('"').unwrap_or(inner))
        }
    }
}

/// A piece of a text with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Text(String),
    /// `${a.b}`: the names, and where the hole stands in the text's source.
    Hole(Vec<String>, Span),
}

/// The pieces of a text whose `${path}` are to be filled in.
pub fn parts(source: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = source;
    let mut offset = 0_usize;
    let mut words = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        words.push_str(before);
        let start = offset + before.len();
        let Some((inside, behind)) = after.split_once('}') else {
            words.push_str("${");
            rest = after;
            offset = start + 2;
            continue;
        };
        let end = start + 2 + inside.len() + 1;
        out.push(Part::Text(std::mem::take(&mut words)));
        let names = inside.split('.').map(|name| name.trim().trim_matches('`').to_owned()).collect();
        out.push(Part::Hole(names, Span::new(start as u32, end as u32)));
        rest = behind;
        offset = end;
    }
    words.push_str(rest);
    out.push(Part::Text(words));
    // Quotes and escapes belong to the words around the holes.
    let last = out.len() - 1;
    for (at, part) in out.iter_mut().enumerate() {
        if let Part::Text(words) = part {
            let open = if at == 0 { words.trim_start_matches('"') } else { words.as_str() };
            let closed = if at == last { open.trim_end_matches('"') } else { open };
            *words = unescape(closed);
        }
    }
    out
}

/// A name as it is written: in backticks where it is no bare name.
pub fn spelling(name: &str) -> Cow<'_, str> {
    if is_bare(name) { Cow::Borrowed(name) } else { Cow::Owned(format!("`{name}`")) }
}

/// Names joined by dots as they are written.
pub fn path_spelling(path: &str) -> String {
    let words: Vec<_> = path.split('.').map(spelling).collect();
    words.join(".")
}

/// Whether a text is one name that needs no backticks.
pub fn is_bare(name: &str) -> bool {
    let mut lexer = Token::lexer(name);
    lexer.next().is_some_and(|token| token.is_ok_and(Token::can_name)) && lexer.remainder().is_empty()
}

/// The text of a run of `///` lines, markers and one space after them removed.
pub fn doc(comment: Option<Span>, source: &str) -> Arc<str> {
    let Some(span) = comment else { return Arc::from("") };
    let lines = span.slice(source).lines().map(str::trim).filter_map(|line| line.strip_prefix("///"));
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").into()
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('"') => out.push('"'),
            Some('\\') => out.push('\\'),
            Some('u') => match unicode(characters.as_str()) {
                Some((character, behind)) => {
                    out.push(character);
                    rest = behind;
                    continue;
                }
                None => out.push_str("\\u"),
            },
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// `{1F600}` and what follows it.
fn unicode(text: &str) -> Option<(char, &str)> {
    let (digits, behind) = text.strip_prefix('{')?.split_once('}')?;
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((character, behind))
}

fn without_indent(text: &str) -> String {
    let text = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
    let indent = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(indent..).unwrap_or("").trim_end()).collect();
    lines.join("\n").trim_end().to_owned()
}
