//! `prodc test`: the tests of a package.
//!
//! In: a path. Out: how each test went. Never: a test that passes in silence.

use super::args::Package;
use super::load::{Session, counted};
use super::{Exit, Outcome, Streams};
use crate::assess;
use crate::workspace::Depth;

/// Runs the tests and shows what was found instead.
pub fn run(asked: &Package, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.path, Depth::Check, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let outcomes = loaded.analysis.test(&session.settings);
    let sources = &loaded.analysis.sources;
    let mut failed = 0;
    let mut out = String::new();
    for assess::Outcome { title, failures, .. } in &outcomes {
        out.push_str(&format!("{} {title}\n", if failures.is_empty() { "ok    " } else { "FAILED" }));
        failed += usize::from(!failures.is_empty());
        for failure in failures {
            let source = sources.get(failure.place.file);
            let at = source.line_column(failure.place.span.lo);
            out.push_str(&format!("       {}:{}:{}: {}\n", source.path, at.line, at.column, failure.message));
        }
    }
    out.push_str(&format!("{}, {failed} failed\n", counted(outcomes.len(), "test")));
    streams.print(&out);
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}
