//! Problems drawn into the texts they are about; the only user of ariadne.
//!
//! In: diagnostics and their sources. Out: text for a person at a terminal, or plain for a log.
//! Never: a decision about colour (the caller knows where the text goes), a second reading of the same source.

use std::collections::BTreeMap;
use std::sync::Arc;

use ariadne::{CharSet, Color, Config, IndexType, Report, ReportKind};

use crate::base::{Diagnostic, FileId, Label, Severity, Source, Sources, Span, turns_direction};

/// Whether what is drawn has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Escape codes of a terminal.
    Terminal,
    /// Letters and lines alone.
    Plain,
}

/// Draws problems one after the other; each text is prepared once, however many problems it has.
pub struct Renderer<'a> {
    sources: &'a Sources,
    colour: Colour,
    prepared: BTreeMap<FileId, ariadne::Source<Arc<str>>>,
}

impl<'a> Renderer<'a> {
    /// A renderer of problems in `sources`.
    pub fn new(sources: &'a Sources, colour: Colour) -> Renderer<'a> {
        Renderer { sources, colour, prepared: BTreeMap::new() }
    }

    /// One problem: its message, the places in their texts, what to do. Ends with a line end.
    pub fn draw(&mut self, problem: &Diagnostic) -> String {
        if self.has_endless_line(problem) {
            return self.in_words(problem);
        }
        let config = Config::new()
            .with_index_type(IndexType::Byte)
            .with_char_set(CharSet::Unicode)
            .with_color(self.colour == Colour::Terminal);
        let (kind, loud) = match problem.severity {
            Severity::Error => (ReportKind::Error, Color::Red),
            Severity::Warning => (ReportKind::Warning, Color::Yellow),
        };
        let mut report = Report::build(kind, self.range(&problem.primary))
            .with_config(config)
            .with_labels(self.labels(problem, loud));
        for help in &problem.help {
            report.add_help(help);
        }
        let mut out = Vec::new();
        // Writing into memory cannot fail.
        let _ = report.finish().write(&mut *self, &mut out);
        let drawn = String::from_utf8_lossy(&out);
        // ariadne begins with a line of its own that has colours in any case.
        let (_, places) = drawn.split_once('\n').unwrap_or(("", &drawn));
        format!("{}\n{}", self.headline(problem), without_trailing_spaces(places))
    }

    /// Whether a place stands on a line that nobody could read on a screen.
    fn has_endless_line(&self, problem: &Diagnostic) -> bool {
        let labels = std::iter::once(&problem.primary).chain(&problem.related);
        labels.map(|label| label.place).any(|place| {
            let text = &self.sources.get(place.file).text;
            let (before, behind) = text.split_at_checked(place.span.lo as usize).unwrap_or((text, ""));
            let start = before.rfind('\n').map_or(before.len(), |at| before.len() - at);
            start + behind.find('\n').unwrap_or(behind.len()) > LONGEST_LINE
        })
    }

    /// A problem without the line that it stands on.
    fn in_words(&self, problem: &Diagnostic) -> String {
        let mut out = format!("{}\n", self.headline(problem));
        for label in std::iter::once(&problem.primary).chain(&problem.related) {
            let source = self.sources.get(label.place.file);
            let at = source.line_column(label.place.span.lo);
            out.push_str(&format!("   at {}:{}:{}  {}\n", source.path, at.line, at.column, label.text));
        }
        for help in &problem.help {
            out.push_str(&format!("   Help: {help}\n"));
        }
        out
    }

    /// `error[P0201]: nothing is called …`
    fn headline(&self, Diagnostic { severity, code, message, .. }: &Diagnostic) -> String {
        // What is wrong may be the very character that a terminal would obey.
        let message = harmless(&Arc::from(message.as_str()));
        let word = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        match (self.colour, severity) {
            (Colour::Plain, _) => format!("{word}[{code}]: {message}"),
            (Colour::Terminal, Severity::Error) => format!("\x1b[1;31m{word}[{code}]\x1b[0m: {message}"),
            (Colour::Terminal, Severity::Warning) => format!("\x1b[1;33m{word}[{code}]\x1b[0m: {message}"),
        }
    }

    /// The places of a problem, ascending within each file and the file of the problem first: ariadne opens a section
    /// whenever the next label is elsewhere or further up.
    fn labels(&self, problem: &Diagnostic, loud: Color) -> Vec<ariadne::Label<Range>> {
        let home = problem.primary.place.file;
        let primary = std::iter::once((&problem.primary, loud));
        let related = problem.related.iter().map(|label| (label, Color::Cyan));
        let mut all: Vec<(Range, &Label, Color)> =
            primary.chain(related).map(|(label, colour)| (self.range(label), label, colour)).collect();
        all.sort_by_key(|(range, ..)| (range.file != home, range.file, range.hi, range.lo));
        let drawn = all.into_iter().map(|(range, label, colour)| {
            // Without words ariadne draws no line under the place.
            let words = if label.text.is_empty() { "here" } else { &label.text };
            ariadne::Label::new(range).with_color(colour).with_message(words)
        });
        drawn.collect()
    }

    /// The bytes of a label, on whole characters and without the line end behind them: ariadne trusts its callers in both.
    fn range(&self, label: &Label) -> Range {
        let place = label.place;
        let text = &self.sources.get(place.file).text;
        let snapped =
            |at: u32| (0..=(at as usize).min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let lo = snapped(place.span.lo).unwrap_or(0);
        let hi = snapped(place.span.hi).unwrap_or(lo).max(lo);
        let visible = Span::new(lo as u32, hi as u32).slice(text).trim_end().len();
        Range { file: place.file, lo, hi: if visible == 0 { hi.min(lo) } else { lo + visible } }
    }
}

/// A range of bytes as ariadne asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    file: FileId,
    lo: usize,
    hi: usize,
}

impl ariadne::Span for Range {
    type SourceId = FileId;
    fn source(&self) -> &FileId {
        &self.file
    }
    fn start(&self) -> usize {
        self.lo
    }
    fn end(&self) -> usize {
        self.hi
    }
}

impl ariadne::Cache<FileId> for &mut Renderer<'_> {
    type Storage = Arc<str>;

    fn fetch(&mut self, file: &FileId) -> Result<&ariadne::Source<Arc<str>>, impl std::fmt::Debug> {
        let Source { text, .. } = self.sources.get(*file);
        let prepared = self.prepared.entry(*file).or_insert_with(|| ariadne::Source::from(harmless(text)));
        Ok::<_, std::convert::Infallible>(&*prepared)
    }

    fn display<'a>(&self, file: &'a FileId) -> Option<impl std::fmt::Display + 'a> {
        Some(self.sources.get(*file).path.clone())
    }
}

/// Lines longer than this, in bytes, are not drawn.
const LONGEST_LINE: usize = 2_000;

/// A text without what a terminal would obey: control characters, and characters that turn the direction of a line.
/// Each is replaced by one of the same length, so that every place stays where it is.
fn harmless(text: &Arc<str>) -> Arc<str> {
    let is_harmful = |character: char| {
        let is_layout = matches!(character, '\n' | '\r' | '\t');
        (character.is_control() && !is_layout) || turns_direction(character)
    };
    if !text.contains(is_harmful) {
        return text.clone();
    }
    let replaced = text.chars().map(|character| match (is_harmful(character), character.len_utf8()) {
        (false, _) => character,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => char::REPLACEMENT_CHARACTER,
    });
    replaced.collect::<String>().into()
}

/// Lines of a drawing end in spaces where nothing is drawn; a snapshot or a log is better off without.
fn without_trailing_spaces(drawn: &str) -> String {
    let mut out = String::with_capacity(drawn.len());
    for line in drawn.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
