//! The gate: which risks end a run with 1.
//!
//! In: an assessment and what was asked for. Out: an [`Exit`], and a line that says why. Never: a decided risk, or one that
//! holds only because of what nobody said, unless that was asked for.

use super::args::Gate;
use super::load::Loaded;
use super::{Exit, Streams};
use crate::assess::{Assessed, Assessment, Band, Constants, Status};

/// How a run ends that assessed a package; `only`: one deployment.
pub fn end(gate: Gate, loaded: &Loaded, only: Option<&str>, streams: &mut Streams<'_>) -> Exit {
    let Some(assessment) = &loaded.analysis.assessment else { return Exit::Clean };
    let Some(limit) = gate.fail_on.or(loaded.manifest.fail_on) else { return Exit::Clean };
    let above: Vec<String> = highest(assessment, gate, only)
        .filter(|(_, band)| *band >= limit)
        .map(|(assessed, band)| match &*assessed.name {
            "" => band.word().to_owned(),
            name => format!("{} in {name}", band.word()),
        })
        .collect();
    if above.is_empty() {
        return Exit::Clean;
    }
    streams.note(&format!("open risks reach `{}`: {}\n", limit.word(), above.join(", ")));
    Exit::Findings
}

fn highest<'a>(
    assessment: &'a Assessment,
    gate: Gate,
    only: Option<&str>,
) -> impl Iterator<Item = (&'a Assessed, Band)> {
    let constants = &assessment.constants;
    let wanted = only.map(str::to_owned);
    let some = assessment.deployments.iter();
    let some = some.filter(move |assessed| wanted.as_ref().is_none_or(|name| **name == *assessed.name));
    some.map(move |assessed| {
        let band = if gate.fail_on_questions { with_questions(assessed, constants) } else { assessed.gate };
        (assessed, band)
    })
}

/// The highest band of an open risk with defaults standing in for what nobody said.
fn with_questions(assessed: &Assessed, constants: &Constants) -> Band {
    let losses = assessed.losses.iter().map(|loss| (&loss.status, loss.numbers.residual));
    let all = assessed.weaknesses.iter().chain(&assessed.obligations);
    let all = losses.chain(all.map(|weakness| (&weakness.status, weakness.numbers.residual)));
    let open = all.filter(|(status, _)| **status == Status::Open);
    open.map(|(_, risk)| risk.band(constants)).max().unwrap_or_default()
}
