//! `prodc test`: the tests of a package.
//!
//! In: a path. Out: how each test went. Never: a test that passes in silence.

use super::args::{Test, Verdicts};
use super::load::{Session, counted};
use super::{Exit, Outcome, Streams};
use crate::assess;
use crate::base::Sources;
use crate::emit;
use crate::render::Renderer;
use crate::workspace::Depth;

/// Runs the tests and shows what was found instead.
pub fn run(asked: &Test, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Check, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let outcomes = loaded.analysis.test(&session.settings);
    let sources = &loaded.analysis.sources;
    let text = match asked.format {
        Verdicts::Human => listed(sources, &outcomes, streams),
        Verdicts::Junit => emit::junit(sources, &outcomes),
    };
    streams.print(&text);
    let all_hold = outcomes.iter().all(|outcome| outcome.failures.is_empty());
    Ok(if all_hold { Exit::Clean } else { Exit::Findings })
}

fn listed(sources: &Sources, outcomes: &[assess::Outcome], streams: &Streams<'_>) -> String {
    let mut renderer = Renderer::new(sources, streams.paint().colour);
    let mut failed = 0;
    let mut out = String::new();
    for assess::Outcome { title, failures, .. } in outcomes {
        out.push_str(&format!("{} {title}\n", if failures.is_empty() { "ok    " } else { "FAILED" }));
        failed += usize::from(!failures.is_empty());
        for failure in failures {
            out.push_str(&renderer.draw(failure));
            out.push('\n');
        }
    }
    out.push_str(&format!("{}, {failed} failed\n", counted(outcomes.len(), "test")));
    out
}
