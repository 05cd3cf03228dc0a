//! Laws of what must not matter: order, files, names, threads, acceptances, saying a thing twice, other deployments, and how
//! finely a cell is cut (P5, P6, P7, P9, P10, P14).

use super::Law;
use super::assessed::{
    FEW_WORLDS, Verdict, check, losses, named, no_loss_falls, nothing_changes, seen, seen_with, settings,
    value,
};
use super::made_up::Case;
use super::sketch::{Component, Sketch};
use super::worlds;
use crate::assess::{Constants, Settings};

pub const ORDER: Law =
    Law { says: "P5: the order of declarations and their spread over files mean nothing", holds: order };
pub const NAMES: Law = Law { says: "P5: names mean nothing but other dice", holds: names };
pub const CELLS: Law =
    Law { says: "P6: a component that is split inside its cell keeps every band", holds: cells };
pub const APART: Law = Law { says: "P7: a deployment that goes away changes no other", holds: apart };
pub const ACCEPTED: Law = Law { says: "P9: an acceptance changes no number", holds: accepted };
pub const TWICE: Law = Law { says: "P10: a finding that is reported twice counts once", holds: twice };
pub const THREADS: Law =
    Law { says: "P14: two runs with any number of threads are the same to the last byte", holds: threads };

pub const ALL: &[Law] = &[ORDER, NAMES, CELLS, APART, ACCEPTED, TWICE, THREADS];

fn order(case: &Case) -> Verdict {
    let mut turned: Vec<String> = case.sketch.declarations().into_iter().rev().collect();
    // Deployments are reported in source order, and one that is like another stays behind it.
    turned.sort_by_key(|declaration| declaration.contains("like production"));
    let (first, second) = turned.split_at(case.more.at % turned.len());
    nothing_changes(case.base(), &seen_with(&[first.join("\n"), second.join("\n")], &settings()))
}

fn names(case: &Case) -> Verdict {
    let plain = seen_with(&[case.sketch.declarations().join("\n")], &worlds::many());
    let renamed = Sketch { is_renamed: true, ..case.sketch.clone() };
    let other = seen_with(&[renamed.declarations().join("\n")], &worlds::many());
    for (one, other) in plain.deployments.iter().zip(&other.deployments) {
        let others =
            losses(other).into_iter().map(|(id, numbers)| (renamed.old_names(id), numbers)).collect();
        for (id, numbers) in losses(one) {
            for ((view, a), (_, b)) in named(&numbers).into_iter().zip(named(&value(&others, &id))) {
                let (a, b) = (a.likelihood, b.likelihood);
                check((a - b).abs() <= 1.5 * worlds::error(a.max(b)), || {
                    format!("{id}, {view}: {a} became {b}\n{}", plain.text)
                })?;
            }
        }
    }
    Ok(())
}

/// A component of a machine and a second one beside it that does the same work: their cell has its flaws once.
/// What the design of each holds off is its own, so both say that this is nothing.
fn cells(case: &Case) -> Verdict {
    let mut sketch = case.sketch.clone();
    let at = case.component();
    sketch.components[at] = Component { zone: 5, runs_as: true, ..sketch.components[at].clone() };
    let (whole, split) = (seen(&sketch.bare_of_design(at)), seen(&sketch.split(at)));
    for (one, other) in whole.deployments.iter().zip(&split.deployments) {
        let others = losses(other);
        for (id, numbers) in losses(one) {
            for ((view, a), (_, b)) in named(&numbers).into_iter().zip(named(&value(&others, &id))) {
                let bands = [a, b].map(|risk| risk.band(&settings().constants));
                check(bands[0] == bands[1], || {
                    format!("{id}, {view}: {a:?} became {b:?}\n{}\n---\n{}", whole.text, split.text)
                })?;
            }
        }
    }
    Ok(())
}

fn apart(case: &Case) -> Verdict {
    let with = |has_staging: bool| seen(&Sketch { has_staging, ..case.sketch.clone() }.declarations());
    let (both, alone) = (with(true), with(false));
    if case.sketch.shares {
        // What is shared may carry an attack over; what goes away takes only that along.
        return no_loss_falls(&alone, &both);
    }
    nothing_changes(&both.first(), &alone)
}

fn accepted(case: &Case) -> Verdict {
    let mut declarations = case.sketch.declarations();
    let decision = "as = accepted; owner = \"x\"; until = 2030-01-01; because = \"y\"; max_score = 10.0";
    declarations.extend(
        ["disclosure", "corruption", "unavailability"]
            .map(|loss| format!("accept {loss} on gold {{ {decision} }}")),
    );
    let after = seen(&declarations);
    nothing_changes(case.base(), &after)?;
    for loss in after.deployments.iter().flat_map(|deployment| &deployment.losses) {
        let is_accepted = loss.status != crate::assess::Status::Open;
        check(is_accepted == loss.id.contains("gold"), || format!("{}: {:?}", loss.id, loss.status))?;
    }
    Ok(())
}

fn twice(case: &Case) -> Verdict {
    let mut sketch = case.sketch.clone();
    sketch.findings.push(case.more.finding.clone());
    let last = sketch.findings.len() - 1;
    let mut again = sketch.declarations();
    again.push(sketch.finding(last + 1, last));
    let (once, twice) = (seen(&sketch.declarations()), seen(&again));
    no_loss_falls(&once, &twice)?;
    no_loss_falls(&twice, &once)
}

fn threads(case: &Case) -> Verdict {
    let run = |threads: usize| {
        // Worlds enough that each thread has some.
        let settings = Settings { threads, ..settings() };
        let constants = Constants { samples: 2 * FEW_WORLDS, ..settings.constants };
        let seen = seen_with(&[case.base().text.clone()], &Settings { constants, ..settings });
        format!("{:?}", seen.deployments)
    };
    check(run(1) == run(2), || format!("with two threads it differs\n{}", case.base().text))
}
