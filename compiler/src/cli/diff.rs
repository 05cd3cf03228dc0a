//! `prodc diff --deployments A B`: what differs between two deployments of one product.
//!
//! In: two names and a path. Out: the differences on the output stream. Never: a gate; to differ is no mistake.

use super::args::{Answers, Diff};
use super::load::{Loaded, Session};
use super::risks::known_deployment;
use super::{Exit, Outcome, Streams};
use crate::emit::difference::{Comparison, Side, difference, json};
use crate::workspace::Depth;

/// Compares two deployments.
pub fn run(asked: &Diff, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    for name in &asked.deployments {
        known_deployment(&loaded, Some(name))?;
    }
    let [first, second] = asked.deployments.as_slice() else { return Ok(Exit::Usage) };
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let (Some(first), Some(second)) = (side(&loaded, first), side(&loaded, second)) else {
        return Ok(Exit::Broken);
    };
    let comparison = Comparison::of(&material, first, second);
    let text = match asked.format {
        Answers::Table => difference(&comparison, streams.paint()),
        Answers::Json => json(&comparison),
    };
    streams.print(&text);
    Ok(Exit::Clean)
}

/// A deployment by its name.
fn side<'a>(loaded: &'a Loaded, name: &str) -> Option<Side<'a>> {
    let product = loaded.analysis.deployments.iter().find(|product| &*product.name() == name)?;
    let mut assessed = loaded.analysis.assessment.as_ref()?.deployments.iter();
    Some(Side { product, assessed: assessed.find(|assessed| &*assessed.name == name)? })
}
