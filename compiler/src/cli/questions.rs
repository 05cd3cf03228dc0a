//! `prodc questions`: what is unknown, by the risk that an answer would settle.
//!
//! In: a path. Out: questions. Never: a gate.

use super::args::Questions;
use super::load::Session;
use super::risks::known_deployment;
use super::{Exit, Outcome, Streams};
use crate::emit::summary::questions;
use crate::workspace::Depth;

/// Lists the questions.
pub fn run(asked: &Questions, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    known_deployment(&loaded, asked.deployment.as_deref())?;
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let text = questions(&material, asked.deployment.as_deref(), streams.paint());
    if text.is_empty() {
        streams.note("no risk hangs on what nobody has said\n");
    }
    streams.print(&text);
    Ok(Exit::Clean)
}
