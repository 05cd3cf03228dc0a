//! `prodc query`: any expression of the language, asked of a package.
//!
//! In: an expression, a path, a deployment, a format. Out: the answers on the output stream. Never: a gate; a change of
//! anything.

use super::args::{Answers, Query};
use super::load::{self, Session};
use super::risks::known_deployment;
use super::{Exit, Outcome, Streams};
use crate::emit::query::Answered;
use crate::workspace::Depth;

/// Answers a query.
pub fn run(asked: &Query, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Check, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let only = asked.deployment.as_deref();
    known_deployment(&loaded, only)?;
    let found = loaded.analysis.ask(&asked.expression, only, &session.settings);
    if !found.problems.is_empty() {
        // The expression is an argument of the command, and it is wrong.
        load::draw(&found.sources, &found.problems, streams);
        return Ok(Exit::Usage);
    }
    let answered = Answered {
        sources: &found.sources,
        model: &loaded.analysis.model,
        text: &asked.expression,
        answers: &found.answers,
    };
    streams.print(&match asked.format {
        Answers::Table => answered.table(streams.paint()),
        Answers::Json => answered.json(),
    });
    Ok(Exit::Clean)
}
