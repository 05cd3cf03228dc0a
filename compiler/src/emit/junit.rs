//! JUnit XML of the tests of a package, as build servers read it.
//!
//! In: what became of the tests, and their texts. Out: XML. Never: a time; the same tests give the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::assess::Outcome;
use crate::base::Sources;
use crate::render::{Colour, Renderer};

/// One suite per file, one case per test; a failure carries its message, and is drawn in full as its text.
pub fn junit(sources: &Sources, outcomes: &[Outcome]) -> String {
    let mut renderer = Renderer::new(sources, Colour::Plain);
    let mut report = Report::new("prod");
    for in_file in outcomes.chunk_by(|a, b| a.place.file == b.place.file) {
        let Some(first) = in_file.first() else { continue };
        let path = &*sources.get(first.place.file).path;
        let mut suite = TestSuite::new(path);
        suite.add_test_cases(in_file.iter().map(|outcome| case(path, sources, outcome, &mut renderer)));
        report.add_test_suite(suite);
    }
    // Writing into memory cannot fail, and the library has no other error.
    report.to_string().unwrap_or_default()
}

fn case(path: &str, sources: &Sources, outcome: &Outcome, renderer: &mut Renderer<'_>) -> TestCase {
    let status = match outcome.failures.as_slice() {
        [] => TestCaseStatus::success(),
        failures => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let messages: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
            let drawn: Vec<String> = failures.iter().map(|failure| renderer.draw(failure)).collect();
            status.set_message(messages.join("; ")).set_description(drawn.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(&*outcome.title, status);
    let line = sources.get(outcome.place.file).line_column(outcome.place.span.lo).line;
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}
