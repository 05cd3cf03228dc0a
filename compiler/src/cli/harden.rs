//! `prodc harden`: the cheapest way that brings every loss down to a band.
//!
//! In: a path, a deployment, a band. Out: a plan for each deployment. Never: a change of a file; whether a cure is worth it is for
//! people to say.

use super::args::{Answers, Harden};
use super::load::Session;
use super::risks::known_deployment;
use super::{Exit, Outcome, Streams};
use crate::assess::{Goal, harden};
use crate::emit::harden::{Planned, json, text};
use crate::workspace::Depth;

/// More cures than this are no plan.
const MOST_STAGES: usize = 40;

/// Plans the way down; ends with 1 where it does not get there.
pub fn run(asked: &Harden, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let only = asked.deployment.as_deref();
    known_deployment(&loaded, only)?;
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let products = &loaded.analysis.deployments;
    let wanted = material.assessment.deployments.iter().zip(products.iter());
    let wanted = wanted.filter(|(assessed, _)| only.is_none_or(|name| *assessed.name == *name));
    let plans: Vec<Planned<'_>> = wanted
        .map(|(assessed, product)| Planned {
            assessed,
            band: asked.to,
            plan: harden(product, products, &session.settings, Goal::Losses, asked.to, MOST_STAGES),
        })
        .collect();
    streams.print(&match asked.format {
        Answers::Table => text(&material, &plans, streams.paint()),
        Answers::Json => json(&material, &plans, asked.to),
    });
    let is_reached = plans.iter().all(|planned| planned.plan.is_reached);
    Ok(if is_reached { Exit::Clean } else { Exit::Findings })
}
