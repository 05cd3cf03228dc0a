//! From text to tree: unit by unit, fast first, with words and recovery where that failed.
//!
//! In: the text of a file. Out: [`Parsed`]. Never: a failure, or a mistake that reaches over into the next declaration.

use std::sync::Arc;

use chumsky::error::{EmptyErr, Rich};
use chumsky::extra::Full;
use chumsky::inspector::SimpleState;
use chumsky::prelude::*;

use super::ast;
use super::grammar::{Builder, unit};
use super::lex::{Tokens, lex};
use super::token::Token;
use super::{errors, explain, literal};
use crate::base::{Diagnostic, FileId, Problems, Span};

/// A tree and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree; what could not be read is missing in it.
    pub file: ast::File,
    /// What is wrong.
    pub problems: Problems,
}

/// Brackets deeper than this are refused: no author writes them, and every later walk may recurse.
const DEEPEST: usize = 128;

/// Reads a file.
pub fn parse(text: &Arc<str>, file: FileId) -> Parsed {
    let mut problems = Problems::new();
    let mut tree = ast::File { text: text.clone(), ..ast::File::default() };
    let Some((tokens, nesting)) = tokens_of(text, file, &mut problems) else {
        return Parsed { file: tree, problems };
    };
    let units = split(&tokens, &nesting, text, file, &mut problems);
    let parser = unit::<Mute<'_>>();
    let mut depths = Vec::new();
    for range in units {
        let (Some(kinds), Some(spans)) = (tokens.kinds.get(range.clone()), tokens.spans.get(range.clone()))
        else {
            continue;
        };
        let before = (tree.decls.len(), tree.exprs.len());
        let mut state = SimpleState(Builder::new(tree, spans, text, depths));
        let (declaration, wrong) = parser.parse_with_state(kinds, &mut state).into_output_errors();
        let builder = state.0;
        if let (Some(Some(declaration)), true) = (declaration, wrong.is_empty()) {
            problems.extend(unread_values(&builder, file));
            (tree, depths) = (builder.file, builder.depths);
            tree.top.push(declaration);
        } else {
            (tree, depths) = (builder.file, builder.depths);
            tree.decls.truncate(before.0);
            tree.exprs.truncate(before.1);
            let is_cut = tokens.cut_short && range.end == tokens.len();
            let pieces = Tokens { kinds: kinds.to_vec(), spans: spans.to_vec(), cut_short: is_cut };
            let builder = Builder::new(tree, spans, text, depths);
            (tree, depths) = read_aloud(builder, &pieces, tokens.kind(range.end), file, &mut problems);
        }
    }
    // Trees live as long as the files of a whole product are being read.
    tree.decls.shrink_to_fit();
    tree.exprs.shrink_to_fit();
    Parsed { file: tree, problems }
}

/// Reads an expression that stands alone. Its tree holds one `let` without a name, whose value it is.
pub fn parse_expression(text: &Arc<str>, file: FileId) -> Parsed {
    let mut problems = Problems::new();
    let tree = ast::File { text: text.clone(), ..ast::File::default() };
    let Some((tokens, _)) = tokens_of(text, file, &mut problems) else {
        return Parsed { file: tree, problems };
    };
    if tokens.kinds.iter().all(|token| matches!(token, Token::End | Token::Doc)) {
        problems.push(errors::expected("an expression", "there is nothing", Span::empty(0).in_file(file)));
        return Parsed { file: tree, problems };
    }
    let mut unit = Tokens { cut_short: tokens.cut_short, ..Tokens::default() };
    for token in [Token::Let, Token::Word, Token::Assign] {
        unit.push(token, Span::empty(0));
    }
    let mut depth = 0_usize;
    for (token, span) in tokens.kinds.iter().zip(&tokens.spans) {
        match token {
            Token::OpenBrace | Token::OpenBracket | Token::OpenParen => depth += 1,
            Token::CloseBrace | Token::CloseBracket | Token::CloseParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        // There is but one entry, and no declaration that a comment could belong to: between brackets a line end parts items,
        // elsewhere it parts nothing.
        if *token != Token::Doc && (*token != Token::End || depth > 0) {
            unit.push(*token, *span);
        }
    }
    let builder = Builder::new(tree, &unit.spans, text, Vec::new());
    let (tree, _) = read_aloud(builder, &unit, None, file, &mut problems);
    Parsed { file: tree, problems }
}

/// Reads statements that stand alone, as a test would hold them. Its tree holds one `test` without a name, whose body they are.
pub fn parse_statements(text: &Arc<str>, file: FileId) -> Parsed {
    let mut problems = Problems::new();
    let tree = ast::File { text: text.clone(), ..ast::File::default() };
    let Some((tokens, _)) = tokens_of(text, file, &mut problems) else {
        return Parsed { file: tree, problems };
    };
    let mut unit = Tokens { cut_short: tokens.cut_short, ..Tokens::default() };
    unit.push(Token::Test, Span::empty(0));
    unit.push(Token::OpenBrace, Span::empty(0));
    let mut open = Vec::new();
    for (token, span) in tokens.kinds.iter().zip(&tokens.spans) {
        match token {
            Token::OpenBrace => open.push(*span),
            // It would close the body that nobody wrote.
            Token::CloseBrace if open.pop().is_none() => {
                problems.push(errors::nothing_to_close(span.in_file(file)));
                continue;
            }
            _ => {}
        }
        unit.push(*token, *span);
    }
    for unclosed in open {
        problems.push(errors::bracket_not_closed("{", "}", unclosed.in_file(file)));
        unit.push(Token::CloseBrace, Span::empty(text.len() as u32));
    }
    unit.push(Token::CloseBrace, Span::empty(text.len() as u32));
    let builder = Builder::new(tree, &unit.spans, text, Vec::new());
    let (tree, _) = read_aloud(builder, &unit, None, file, &mut problems);
    Parsed { file: tree, problems }
}

/// The tokens of a text and its brackets; nothing where the text is too long or too deep to be read.
fn tokens_of(text: &str, file: FileId, problems: &mut Problems) -> Option<(Tokens, Nesting)> {
    if u32::try_from(text.len()).is_err() {
        problems.push(errors::text_too_long(file));
        return None;
    }
    let tokens = lex(text, file, problems);
    let nesting = nesting(&tokens);
    if let Some(too_deep) = nesting.too_deep {
        // What else is wrong with so many brackets was said a hundred thousand times over.
        *problems = Problems::new();
        problems.push(errors::too_deep(DEEPEST, tokens.span(too_deep).in_file(file)));
        return None;
    }
    Some((tokens, nesting))
}

/// Reads a unit with words and recovery. `next` is the token behind it, if any.
fn read_aloud<'a>(
    builder: Builder<'a>,
    pieces: &'a Tokens,
    next: Option<Token>,
    file: FileId,
    problems: &mut Problems,
) -> (ast::File, Vec<u16>) {
    let text = builder.text;
    let mut state = SimpleState(builder);
    let (declaration, wrong) =
        unit::<Spoken<'_>>().parse_with_state(&pieces.kinds, &mut state).into_output_errors();
    let mut builder = state.0;
    builder.file.top.extend(declaration.flatten());
    let wrong = wrong.iter().filter(|error| !pieces.cut_short || error.span().start < pieces.len());
    problems.extend(wrong.map(|error| explain::problem(error, pieces, next, text, file)));
    problems.extend(unread_values(&builder, file));
    (builder.file, builder.depths)
}

/// What is wrong with the values and the depth of a unit that was read.
fn unread_values(builder: &Builder<'_>, file: FileId) -> Vec<Diagnostic> {
    let too_deep = builder.too_deep.map(|span| errors::expression_too_deep(span.in_file(file)));
    let mut bad_values = builder.bad_values.clone();
    bad_values.sort_by_key(|(span, _)| *span);
    bad_values.dedup();
    let bad_values = bad_values.into_iter().map(|(span, why)| {
        let meant = literal::turned_around(span.slice(builder.text));
        errors::no_such_value(&why, meant, span.in_file(file))
    });
    too_deep.into_iter().chain(bad_values).collect()
}

type Mute<'a> = Full<EmptyErr, SimpleState<Builder<'a>>, ()>;
type Spoken<'a> = Full<Rich<'a, Token>, SimpleState<Builder<'a>>, ()>;

/// How the brackets of a file stand.
struct Nesting {
    /// The first one that opens too deep.
    too_deep: Option<usize>,
    /// Whether every `}` closes a `{` and every `{` is closed.
    braces_match: bool,
}

fn nesting(tokens: &Tokens) -> Nesting {
    let mut depth = 0_usize;
    let (mut braces, mut braces_match) = (0_usize, true);
    for (at, token) in tokens.kinds.iter().enumerate() {
        match token {
            Token::OpenBrace => (depth, braces) = (depth + 1, braces + 1),
            Token::OpenBracket | Token::OpenParen => depth += 1,
            Token::CloseBracket | Token::CloseParen => depth = depth.saturating_sub(1),
            Token::CloseBrace => {
                depth = depth.saturating_sub(1);
                braces_match &= braces > 0;
                braces = braces.saturating_sub(1);
            }
            _ => continue,
        }
        if depth > DEEPEST {
            return Nesting { too_deep: Some(at), braces_match };
        }
    }
    Nesting { too_deep: None, braces_match: braces_match && braces == 0 }
}

/// The token ranges of the top-level declarations.
///
/// A unit ends where an entry ends outside all braces. Where the braces of the file do not balance, a declaration
/// keyword in the first column begins a unit too, so that a missing `}` costs one declaration and not the rest.
fn split(
    tokens: &Tokens,
    nesting: &Nesting,
    text: &str,
    file: FileId,
    problems: &mut Problems,
) -> Vec<std::ops::Range<usize>> {
    let resync = !nesting.braces_match;
    let mut units = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, &token) in tokens.kinds.iter().enumerate() {
        let cut = resync && depth > 0 && at > start && begins_in_first_column(tokens, at, text);
        if cut {
            units.push(start..at);
            (start, depth) = (at, 0);
        }
        match token {
            Token::OpenBrace | Token::OpenBracket | Token::OpenParen => depth += 1,
            Token::CloseBrace | Token::CloseBracket | Token::CloseParen if depth > 0 => depth -= 1,
            Token::CloseBrace => {
                problems.push(errors::nothing_to_close(tokens.span(at).in_file(file)));
                units.push(start..at);
                start = at + 1;
            }
            Token::End if depth == 0 => {
                units.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    units.push(start..tokens.len());
    units.retain(|range| {
        tokens
            .kinds
            .get(range.clone())
            .is_some_and(|unit| unit.iter().any(|token| *token != Token::Doc && *token != Token::End))
    });
    units
}

/// Whether a declaration begins here, in the first column: before `=`, `:`, `.` or `->` a keyword is a name.
fn begins_in_first_column(tokens: &Tokens, at: usize, text: &str) -> bool {
    let Some(token) = tokens.kind(at) else { return false };
    let lo = tokens.span(at).lo as usize;
    let first_column = lo == 0 || text.as_bytes().get(lo - 1) == Some(&b'\n');
    let is_name =
        matches!(tokens.kind(at + 1), None | Some(Token::Assign | Token::Colon | Token::Dot | Token::Arrow));
    let begins = token.begins_declaration() || token == Token::Doc;
    first_column && begins && (token == Token::Doc || !is_name)
}
