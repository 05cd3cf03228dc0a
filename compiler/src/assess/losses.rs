//! The headline risks: what can be lost, how likely, and by which attack.
//!
//! In: a [`Situation`]. Out: [`LossRisk`]s, the worst first. Never: a loss that nothing leads to.

use super::acceptance;
use super::attack_graph::EdgeId;
use super::attacks::Wanted;
use super::situation::{Losable, Situation};
use super::{Band, LossRisk, Method, Numbers, Risk, Status};
use crate::base::Id;
use crate::base::fault::{self, Fault};

/// Every loss that some attack reaches, the worst first, with the steps of its strongest attack.
pub(super) fn losses(situation: &Situation<'_>) -> Vec<(LossRisk, Vec<EdgeId>)> {
    let mut risks: Vec<(LossRisk, Vec<EdgeId>)> =
        situation.losable.iter().filter_map(|loss| risk(situation, loss)).collect();
    risks.sort_by(|(a, _), (b, _)| {
        worse_first(a.numbers.residual, b.numbers.residual).then_with(|| a.id.cmp(&b.id))
    });
    risks
}

/// Larger risks first.
pub(super) fn worse_first(a: Risk, b: Risk) -> std::cmp::Ordering {
    b.value().total_cmp(&a.value())
}

fn risk(situation: &Situation<'_>, losable: &Losable) -> Option<(LossRisk, Vec<EdgeId>)> {
    let product = situation.product;
    let numbers = situation.numbers_of_loss(losable);
    if numbers.inherent.likelihood <= 0.0 {
        return None;
    }
    let loss = &product.model.losses[losable.loss];
    let thing = &product.model.things[losable.thing];
    let constants = &situation.settings.constants;
    let is_serious = numbers.residual.band(constants) >= Band::Medium;
    let wanted = if is_serious { Wanted::Strongest } else { Wanted::Likely };
    let found = situation.attacks_on(losable.node, wanted).into_iter().next();
    let (attack, way) = found.map_or((None, Vec::new()), |(attack, way)| (Some(attack), way));
    let mut controls: Vec<_> =
        attack.iter().flat_map(|attack| &attack.steps).flat_map(|step| step.controls.clone()).collect();
    controls.sort_by_key(|control| control.index());
    controls.dedup();
    let score = numbers.residual.score();
    let today = situation.settings.today;
    let status = acceptance::status(product, constants, today, &loss.name, losable.thing, score);
    let lowered = status != Status::Open && fault::is(Fault::AcceptanceLowers);
    let risk = LossRisk {
        id: super::weaknesses::id(product, &format!("{}({})", loss.name, thing.path), None),
        loss: losable.loss,
        args: vec![losable.thing],
        title: format!("{} of {}", loss.name, thing.path),
        numbers: if lowered { Numbers::default() } else { numbers },
        interval: situation.interval_of_loss(losable),
        method: if losable.exact.is_some() { Method::Exact } else { Method::Worlds },
        attack,
        controls,
        weaknesses: Vec::new(),
        status,
        place: thing.place,
    };
    Some((risk, way))
}
