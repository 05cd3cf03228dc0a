//! From places and problems to what the protocol calls them.
//!
//! In: bytes and texts. Out: lines and UTF-16 units from 0. Never: a position outside its text.

use prod::base::{Diagnostic, Place, Severity, Source, Sources};
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::Url;

use crate::analysis::Report;

/// A report as the diagnostics of its file.
pub fn diagnostics(report: &Report) -> Vec<lsp::Diagnostic> {
    report.problems.iter().map(|problem| diagnostic(report, problem)).collect()
}

fn diagnostic(report: &Report, problem: &Diagnostic) -> lsp::Diagnostic {
    let mut message = problem.message.clone();
    for line in std::iter::once(&problem.primary.text).chain(&problem.help).filter(|line| !line.is_empty()) {
        message.push('\n');
        message.push_str(line);
    }
    let related: Vec<lsp::DiagnosticRelatedInformation> = problem
        .related
        .iter()
        .filter_map(|label| {
            let path = report.paths.get(&*report.sources.get(label.place.file).path)?;
            let location = lsp::Location::new(url(path)?, range(&report.sources, label.place));
            Some(lsp::DiagnosticRelatedInformation { location, message: label.text.clone() })
        })
        .collect();
    lsp::Diagnostic {
        range: range(&report.sources, problem.primary.place),
        severity: Some(match problem.severity {
            Severity::Error => lsp::DiagnosticSeverity::ERROR,
            Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        }),
        code: Some(lsp::NumberOrString::String(problem.code.to_string())),
        source: Some("prod".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp::Diagnostic::default()
    }
}

fn range(sources: &Sources, place: Place) -> lsp::Range {
    let source = sources.get(place.file);
    lsp::Range::new(position(source, place.span.lo), position(source, place.span.hi))
}

/// A byte as line and UTF-16 units; one inside a letter is at its beginning, one behind the text at its end.
pub fn position(source: &Source, offset: u32) -> lsp::Position {
    let line = source.line_column(offset).line;
    let start = source.line_start(line).unwrap_or(0) as usize;
    let end = (offset as usize).min(source.text.len());
    let end = (start..=end).rev().find(|at| source.text.is_char_boundary(*at)).unwrap_or(start);
    let units = source.text.get(start..end).unwrap_or("").encode_utf16().count();
    lsp::Position::new(line.saturating_sub(1), units as u32)
}

/// A path as the client names it.
pub fn url(path: &std::path::Path) -> Option<Url> {
    Url::from_file_path(path).ok()
}

#[cfg(test)]
mod tests {
    use prod::base::Source;
    use tower_lsp::lsp_types::Position;

    use super::position;

    #[test]
    fn positions_count_utf16_units() {
        let source = Source::new("a.prod", "aé\u{1d11e}b\r\nsecond");
        assert_eq!(position(&source, 0), Position::new(0, 0));
        assert_eq!(position(&source, 3), Position::new(0, 2), "behind é");
        assert_eq!(position(&source, 7), Position::new(0, 4), "behind a letter of two units");
        assert_eq!(position(&source, 5), Position::new(0, 2), "inside a letter");
        assert_eq!(position(&source, 10), Position::new(1, 0));
        assert_eq!(position(&source, 4_000), Position::new(1, 6));
    }
}
