//! `prodc check`: what is wrong with a package, and nothing more.
//!
//! In: a path. Out: diagnostics, and an exit. Never: an assessment.

use super::args::Package;
use super::load::Session;
use super::{Exit, Outcome, Streams};
use crate::workspace::Depth;

/// Says what is wrong.
pub fn run(asked: &Package, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    match session.load(&asked.path, Depth::Check, streams) {
        Ok(_) => Ok(Exit::Clean),
        Err(stop) => stop.outcome(),
    }
}
