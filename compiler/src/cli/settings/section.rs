//! TOML read key by key, with the place of everything.
//!
//! In: a text. Out: [`Section`]s and their values. Never: a key that is ignored without a word.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::{Code, codes, nearest};
use crate::cli::errors::{self, Problem};

/// A file of settings: what messages about it show.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Where it lies.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
}

/// A table and how messages call it.
#[derive(Clone)]
pub struct Section<'a> {
    origin: &'a Origin,
    name: String,
    table: &'a DeTable<'a>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub at: Range<usize>,
}

impl Origin {
    /// The text of a file at a path.
    pub fn new(path: &Path, text: &str) -> Origin {
        Origin { path: path.to_owned(), text: text.to_owned() }
    }

    /// The tables of the text.
    pub fn parse(&self) -> Result<Spanned<DeTable<'_>>, Problem> {
        DeTable::parse(&self.text).map_err(|error| {
            let message = format!("this is not TOML: {}", error.message());
            self.wrong(&codes::P0905, message, None, error.span())
        })
    }

    /// Something that is wrong at one place.
    pub fn wrong(
        &self,
        code: &Code,
        message: impl Into<String>,
        help: Option<String>,
        at: Option<Range<usize>>,
    ) -> Problem {
        errors::in_settings(code, self, message.into(), help, at)
    }
}

impl<'a> Section<'a> {
    /// The file as a whole.
    pub fn top(origin: &'a Origin, table: &'a DeTable<'a>) -> Section<'a> {
        Section { origin, name: String::new(), table }
    }

    /// Refuses keys that mean nothing here.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let Some((key, _)) = self.table.iter().find(|(key, _)| !known.contains(&&**key.get_ref())) else {
            return Ok(());
        };
        let word = &**key.get_ref();
        let around = if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) };
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there may be {}", errors::quoted(known)),
        };
        Err(self.wrong(format!("nothing is called `{word}`{around}"), Some(help), key.span()))
    }

    /// A text.
    pub fn text(&self, key: &str) -> Result<Option<At<String>>, Problem> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        self.text_of(key, value).map(Some)
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Result<Vec<At<String>>, Problem> {
        match self.table.get(key) {
            None => Ok(Vec::new()),
            Some(value) => match value.get_ref() {
                DeValue::Array(items) => items.iter().map(|item| self.text_of(key, item)).collect(),
                _ => Err(self.mistyped(key, "a list of texts such as `[\"scan/*.sarif\"]`", value)),
            },
        }
    }

    /// A table inside this one.
    pub fn section(&self, key: &str) -> Result<Option<Section<'a>>, Problem> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        self.section_of(key, value).map(Some)
    }

    /// Every table inside this one, with its key, in alphabetical order.
    pub fn sections(&self) -> Result<Vec<(At<String>, Section<'a>)>, Problem> {
        let each = self.table.iter().map(|(key, value)| {
            let name = At { value: key.get_ref().to_string(), at: key.span() };
            Ok((name, self.section_of(key.get_ref(), value)?))
        });
        let mut all: Vec<(At<String>, Section<'a>)> = each.collect::<Result<_, Problem>>()?;
        all.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        Ok(all)
    }

    /// The keys whose values are tables.
    pub fn names_of_sections(&self) -> Vec<&'a str> {
        let tables = self.table.iter().filter(|(_, value)| matches!(value.get_ref(), DeValue::Table(_)));
        tables.map(|(key, _)| &**key.get_ref()).collect()
    }

    /// Something that is wrong here.
    pub fn wrong(&self, message: impl Into<String>, help: Option<String>, at: Range<usize>) -> Problem {
        self.origin.wrong(&codes::P0905, message, help, Some(at))
    }

    fn text_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<At<String>, Problem> {
        match value.get_ref() {
            DeValue::String(text) => Ok(At { value: text.to_string(), at: value.span() }),
            _ => Err(self.mistyped(key, "a text in quotes", value)),
        }
    }

    fn section_of(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Result<Section<'a>, Problem> {
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        match value.get_ref() {
            DeValue::Table(table) => Ok(Section { origin: self.origin, name, table }),
            _ => Err(self.mistyped(key, "a table: something in braces, or a heading in brackets", value)),
        }
    }

    fn mistyped(&self, key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Problem {
        self.wrong(format!("`{key}` is {expected}"), None, value.span())
    }
}
