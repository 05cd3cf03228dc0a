//! Laws of facts: whatever is added to a product or weakened in it lowers no loss (P2).

use super::Law;
use super::assessed::{Verdict, check, losses, no_loss_falls, seen, value};
use super::made_up::Case;
use super::sketch::{AUTHZ, Component, Flow, Sketch};

pub const FLOW: Law = Law { says: "P2: a flow that is added lowers no loss", holds: flow };
pub const OPENING: Law = Law { says: "P2: an opening that is added lowers no loss", holds: opening };
pub const RIGHT: Law = Law { says: "P2: a right that is added lowers no loss", holds: right };
pub const FINDING: Law = Law { says: "P2: a finding that is added lowers no loss", holds: finding };
pub const ACTOR: Law = Law { says: "P2: an actor that is added lowers no loss", holds: actor };
pub const WEAKENED: Law = Law { says: "P2: an attribute that is weakened lowers no loss", holds: weakened };
pub const ANSWERED: Law = Law { says: "P2: no answer is better than what is established", holds: answered };

pub const ALL: &[Law] = &[FLOW, OPENING, RIGHT, FINDING, ACTOR, WEAKENED, ANSWERED];

/// The product after a change.
fn changed(case: &Case, change: impl FnOnce(&mut Sketch)) -> Verdict {
    let mut sketch = case.sketch.clone();
    change(&mut sketch);
    no_loss_falls(case.base(), &seen(&sketch.declarations()))
}

fn flow(case: &Case) -> Verdict {
    changed(case, |sketch| sketch.flows.push(case.more.flow.clone()))
}

fn opening(case: &Case) -> Verdict {
    changed(case, |sketch| sketch.allows.push(case.more.allow))
}

fn right(case: &Case) -> Verdict {
    changed(case, |sketch| sketch.grants.push(case.more.grant))
}

fn finding(case: &Case) -> Verdict {
    changed(case, |sketch| sketch.findings.push(case.more.finding.clone()))
}

/// Somebody new, and what he calls.
fn actor(case: &Case) -> Verdict {
    let trust = ["anonymous", "partner", "employee"][case.more.at % 3];
    let mut declarations = case.sketch.declarations();
    declarations.push(format!("actor stranger: actor.User {{ trust = {trust} }}"));
    declarations
        .push(format!("flow visit: stranger -> {} over https", case.sketch.name('c', case.component())));
    no_loss_falls(case.base(), &seen(&declarations))
}

/// One component and one flow lose what they have by themselves.
fn weakened(case: &Case) -> Verdict {
    changed(case, |sketch| {
        let at = case.component();
        sketch.components[at] = Component { authz: 0, ..sketch.components[at].clone() };
        let at = case.more.at % sketch.flows.len();
        sketch.flows[at] = Flow { authn: 0, replay: 0, ..sketch.flows[at].clone() };
    })
}

/// What nobody has said of one component is said: nothing is lower than it was established to be.
fn answered(case: &Case) -> Verdict {
    let at = case.component();
    let with = |authz: u8| {
        let mut sketch = case.sketch.clone();
        sketch.components[at] = Component { authz, ..sketch.components[at].clone() };
        seen(&sketch.declarations())
    };
    let open = with(AUTHZ.len() as u8);
    let answered = with(case.more.control.evidence % AUTHZ.len() as u8);
    for (open, answered) in open.deployments.iter().zip(&answered.deployments) {
        let answers = losses(answered);
        for (id, numbers) in losses(open) {
            let (floor, answer) = (numbers.established.value(), value(&answers, &id).established.value());
            check(answer >= floor, || {
                format!("{id}: {floor} was established, and an answer makes it {answer}")
            })?;
        }
    }
    Ok(())
}
