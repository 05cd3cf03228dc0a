//! Texts that look other than they are (Trojan Source, CVE-2021-42574 and CVE-2021-42694).
//!
//! In: a text and its tokens. Out: problems. Never: a change of the text.

use unicode_script::{Script, UnicodeScript};

use super::errors;
use super::lex::Tokens;
use super::token::Token;
use crate::base::{FileId, Problems, Span, turns_direction};

/// Reports characters that turn the direction of a line, wherever they stand, and names that mix scripts.
pub fn check(text: &str, tokens: &Tokens, file: FileId, problems: &mut Problems) {
    if text.is_ascii() {
        return;
    }
    for (at, character) in text.char_indices().filter(|(_, character)| turns_direction(*character)) {
        let span = Span::new(at as u32, (at + character.len_utf8()) as u32);
        problems.push(errors::turns_direction(character, span.in_file(file)));
    }
    for (token, span) in tokens.kinds.iter().zip(&tokens.spans) {
        let name = span.slice(text);
        let is_name = matches!(token, Token::Word | Token::QuotedName);
        if is_name && !name.is_ascii() && mixes_scripts(name) {
            problems.push(errors::mixed_scripts(name, span.in_file(file)));
        }
    }
}

/// Whether letters of different scripts stand in one name. Japanese mixes three scripts by nature.
fn mixes_scripts(name: &str) -> bool {
    let mut seen: Option<Script> = None;
    for character in name.chars() {
        let script = match character.script() {
            Script::Common | Script::Inherited => continue,
            Script::Hiragana | Script::Katakana => Script::Han,
            script => script,
        };
        if seen.is_some_and(|other| other != script) {
            return true;
        }
        seen = Some(script);
    }
    false
}
