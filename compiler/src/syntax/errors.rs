//! What can be wrong with a text, one function each.

use crate::base::{Diagnostic, FileId, Place, Span, codes};

/// Characters that no word, value or sign begins with.
pub fn not_part_of_the_language(piece: &str, at: Place) -> Diagnostic {
    let shown: String = piece.chars().take(20).collect();
    Diagnostic::error(&codes::P0101, format!("`{shown}` is not part of the language"), at)
        .because("dropped here; the text around it is read on")
        .fix("remove it", at, "")
}

/// The grammar wanted something else.
pub fn expected(wanted: &str, found: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, format!("expected {wanted}, but {found}"), at)
        .because(format!("{wanted} was expected here"))
}

/// `a = ` and nothing.
pub fn value_missing(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, "the value after `=` is missing", at)
        .because("a value was expected here")
        .help("write the value, or `unknown` if nobody knows it")
}

/// `shop.` and nothing.
pub fn name_missing_after_dot(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, "the name after `.` is missing", at).because("a name was expected here")
}

/// `a == b` as an entry.
pub fn compares_instead_of_setting(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0103, "`==` compares, it does not set an attribute", at)
        .because("a single `=` was expected here")
        .fix("change to `=`", at, "=")
}

/// `a: 3` as an entry.
pub fn colon_instead_of_equals(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0103, "an attribute is set with `=`", at)
        .because("a colon says what a thing is, an equals sign what a value is")
        .fix("change to `=`", at, " =")
}

/// `componnt api`.
pub fn unknown_word(word: &str, near: Option<&str>, at_top: bool, at: Place) -> Diagnostic {
    let what = if at_top { "declaration" } else { "declaration or clause" };
    let problem = Diagnostic::error(&codes::P0104, format!("no {what} begins with `{word}`"), at)
        .because("this is no word of the language");
    match near {
        Some(near) => problem.did_you_mean(near, near),
        None if at_top => problem.help("a declaration begins with a word like `component`, `flow` or `data`"),
        None => problem.help("an attribute is written `name = value`"),
    }
}

/// `component in: …`.
pub fn reserved_word(word: &str, at: Place) -> Diagnostic {
    Diagnostic::error(
        &codes::P0105,
        format!("`{word}` is a word of the language and cannot be a bare name"),
        at,
    )
    .because("a name was expected here")
    .help("put it in backticks, or choose another name")
    .fix("put it in backticks", at, format!("`{word}`"))
}

/// `}` with nothing open.
pub fn nothing_to_close(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0106, "this `}` closes nothing", at).because("no `{` is open here").fix(
        "remove it",
        at,
        "",
    )
}

/// `]` or `)` with nothing open.
pub fn bracket_closes_nothing(sign: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0106, format!("this `{sign}` closes nothing"), at)
        .because("left out here; the text around it is read on")
        .fix("remove it", at, "")
}

/// `[a, b` and then something else.
pub fn bracket_not_closed(sign: &str, closing: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0102, format!("this `{sign}` is not closed"), at)
        .because(format!("its `{closing}` is missing"))
}

/// `&&` and its like from other languages.
pub fn written_otherwise(piece: &str, word: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0101, format!("`{piece}` is written `{word}`"), at)
        .because(format!("read as `{word}`"))
        .fix(format!("change to `{word}`"), at, word)
}

/// `'text'`.
pub fn single_quotes(words: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0101, "texts are written in double quotes", at).because("read as a text").fix(
        "change to double quotes",
        at,
        format!("\"{}\"", words.replace('"', "\\\"")),
    )
}

/// `owner "a"` as an entry.
pub fn equals_missing(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0103, format!("the `=` between `{name}` and its value is missing"), at)
        .because("`=` was expected here")
        .fix("add `=`", at, " =")
}

/// `"text` to the end of the line.
pub fn unclosed_text(at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0107, "this text is not closed", at)
        .because("the closing quote is missing")
        .help("a text ends on its line; longer ones stand between `\"\"\"`")
        .fix("add the closing quote", Span::empty(at.span.hi).in_file(at.file), "\"")
}

/// `/* …` to the end of the file.
pub fn unclosed_comment(at: Place) -> Diagnostic {
    let open = Span::new(at.span.lo, at.span.lo + 2).in_file(at.file);
    Diagnostic::error(&codes::P0107, "this comment is not closed", open)
        .because("`*/` is missing; comments nest, each needs its own")
}

/// `12abc`.
pub fn not_a_number(piece: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0108, format!("`{piece}` is not a value"), at)
        .because("digits followed by letters that are no unit")
        .help("units are `%`, `s m h d w y` and `B KiB MiB GiB TiB`; a name that begins with a digit stands in backticks")
}

/// `2026-02-30`; `meant`: the value that was, where that is plain.
pub fn no_such_value(why: &str, meant: Option<String>, at: Place) -> Diagnostic {
    let problem = Diagnostic::error(&codes::P0108, why, at).because("there is no such value");
    match meant {
        Some(meant) => problem.did_you_mean(&meant, meant.as_str()),
        None => problem,
    }
}

/// A hundred and more open brackets.
pub fn too_deep(most: usize, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0109, format!("brackets are nested deeper than {most}"), at)
        .because("the file is not read because of this")
        .help("give the inner parts names of their own")
}

/// Hundreds of operators in one expression.
pub fn expression_too_deep(at: Place) -> Diagnostic {
    let start = Span::new(at.span.lo, at.span.lo).in_file(at.file);
    Diagnostic::error(&codes::P0109, "this expression has too many parts inside each other", start)
        .because("it is left out because of this")
        .help("give the inner parts names of their own")
}

/// More than four thousand million bytes.
pub fn text_too_long(file: FileId) -> Diagnostic {
    Diagnostic::error(
        &codes::P0109,
        "this file is larger than 4 GiB and is not read",
        Span::empty(0).in_file(file),
    )
}

/// U+202E and its family.
pub fn turns_direction(character: char, at: Place) -> Diagnostic {
    let shown = format!("U+{:04X}", u32::from(character));
    Diagnostic::error(
        &codes::P0110,
        format!("the invisible character {shown} changes the direction of the text"),
        at,
    )
    .because("what a reader sees here is not what is compiled")
    .fix("remove it", at, "")
}

/// Latin and Cyrillic in one name.
pub fn mixed_scripts(name: &str, at: Place) -> Diagnostic {
    Diagnostic::error(&codes::P0110, format!("the name `{name}` mixes letters of different scripts"), at)
        .because("letters that look alike would make two names out of one")
        .help("write the name in one script")
}
