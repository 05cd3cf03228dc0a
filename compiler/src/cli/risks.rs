//! `prodc risks`: the risks of a package, for people and for programs.
//!
//! In: a path, a deployment, a band, a format. Out: the risks on the output stream. Never: a gate that reads
//! less because less is shown.

use super::args::{Format, Risks};
use super::build::sarif_options;
use super::load::{Loaded, Session};
use super::{Exit, Outcome, Streams, errors, gate};
use crate::emit::summary::{Extent, summary};
use crate::emit::what_if::Effect;
use crate::emit::{json, narrow, sarif};
use crate::workspace::Depth;

/// Lists the risks.
pub fn run(asked: &Risks, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let mut loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let only = asked.deployment.as_deref();
    known_deployment(&loaded, only)?;
    let statements = &asked.supposed.what_if;
    let before = if statements.is_empty() { None } else { loaded.analysis.assessment.clone() };
    if before.is_some() {
        if asked.format == Format::Sarif {
            return Err(errors::nothing_found("SARIF"));
        }
        loaded.analysis = match loaded.suppose(statements, session, streams) {
            Ok(analysis) => analysis,
            Err(exit) => return Ok(exit),
        };
    }
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let effect = before.as_ref().map(|before| Effect::of(statements, before, material.assessment, only));
    let narrowed = narrow(material.assessment, only, asked.min.unwrap_or_default());
    let material = crate::emit::Material { assessment: &narrowed, ..material };
    let paint = streams.paint();
    let text = match (asked.format, &effect) {
        (Format::Human, None) => summary(&material, None, Extent::All, paint),
        (Format::Human, Some(effect)) => effect.text(paint) + &summary(&material, None, Extent::All, paint),
        (Format::Json, None) => json::json(&material),
        (Format::Json, Some(effect)) => json::json_supposed(&material, effect),
        (Format::Sarif, _) => sarif::sarif(&material, &sarif_options(asked.sarif_profile, &loaded)),
    };
    streams.print(&text);
    Ok(gate::end(asked.gate, &loaded, only, streams))
}

/// A deployment that was named must be there.
pub fn known_deployment(loaded: &Loaded, only: Option<&str>) -> Result<(), errors::Problem> {
    let Some(name) = only else { return Ok(()) };
    let deployments = loaded.analysis.deployments.iter();
    let known: Vec<String> = deployments.map(|product| product.name().to_string()).collect();
    if known.iter().any(|known| known == name) {
        Ok(())
    } else {
        let known: Vec<String> = known.into_iter().filter(|name| !name.is_empty()).collect();
        Err(errors::unknown("deployment", name, &known))
    }
}
