//! What is to be brought down, how far, and how far away it still is.
//!
//! In: a [`Situation`]. Out: the risks that count, and what feeds them. Never: a risk about which something was decided; what was
//! accepted is not to be cured.

use super::attack_graph::EdgeId;
use super::attacks::Wanted;
use super::cure::{Cure, cures, recoveries};
use super::losses::worse_first;
use super::situation::{Losable, Situation};
use super::weaknesses::report;
use super::{Band, Constants, Risk, Status, acceptance};
use crate::model::{LossId, RuleId, ThingId};

/// What is to be brought down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Every loss of the deployment about which nothing was decided.
    Losses,
    /// One loss.
    Loss(LossId, ThingId),
    /// One weakness.
    Weakness(RuleId, ThingId),
}

/// Attacks on this many of the worst losses are looked at for cures: those behind them come up when these are lower.
const MOST_LOSSES: usize = 4;

impl Goal {
    /// The risks that count, the worst first.
    pub(super) fn risks(self, situation: &Situation<'_>) -> Vec<Risk> {
        let mut risks: Vec<Risk> = match self {
            Goal::Weakness(rule, thing) => {
                weak(situation, rule, thing).map(|(risk, _)| risk).into_iter().collect()
            }
            Goal::Losses | Goal::Loss(..) => self
                .losses(situation)
                .into_iter()
                .map(|loss| situation.numbers_of_loss(loss).residual)
                .collect(),
        };
        risks.sort_by(|a, b| worse_first(*a, *b));
        risks
    }

    /// What could be done about those that are above a band.
    pub(super) fn cures(self, situation: &Situation<'_>, band: Band) -> Vec<Cure> {
        let constants = &situation.settings.constants;
        if let Goal::Weakness(rule, thing) = self {
            return weak(situation, rule, thing).map_or_else(Vec::new, |(_, edges)| cures(situation, &edges));
        }
        let mut above: Vec<(&Losable, Risk)> = Vec::new();
        for loss in self.losses(situation) {
            let risk = situation.numbers_of_loss(loss).residual;
            if risk.band(constants) > band {
                above.push((loss, risk));
            }
        }
        above.sort_by(|(_, a), (_, b)| worse_first(*a, *b));
        let mut all: Vec<Cure> = Vec::new();
        for (loss, _) in above.into_iter().take(MOST_LOSSES) {
            let attacks = situation.attacks_on(loss.node, Wanted::Strongest).into_iter();
            let way = attacks.map(|(_, way)| way).next().unwrap_or_default();
            let mut found = cures(situation, &way);
            let recovered_by = &situation.product.model.losses[loss.loss].recovered_by;
            found.extend(recoveries(situation, recovered_by, loss.thing));
            for cure in found {
                if !all.iter().any(|known| known.statement == cure.statement) {
                    all.push(cure);
                }
            }
        }
        all
    }

    fn losses<'s>(self, situation: &'s Situation<'_>) -> Vec<&'s Losable> {
        let counts = |losable: &&Losable| match self {
            Goal::Loss(loss, thing) => (losable.loss, losable.thing) == (loss, thing),
            Goal::Losses | Goal::Weakness(..) => is_open(situation, losable),
        };
        situation.losable.iter().filter(counts).collect()
    }
}

fn is_open(situation: &Situation<'_>, losable: &Losable) -> bool {
    let (product, settings) = (situation.product, situation.settings);
    let name = &product.model.losses[losable.loss].name;
    let score = situation.numbers_of_loss(losable).residual.score();
    acceptance::status(product, &settings.constants, settings.today, name, losable.thing, score)
        == Status::Open
}

/// A weakness, if it still is one, and its steps.
fn weak(situation: &Situation<'_>, rule: RuleId, thing: ThingId) -> Option<(Risk, Vec<EdgeId>)> {
    let reported = report(situation).weaknesses.into_iter();
    let mut found = reported.filter(|(weakness, _)| (weakness.rule, weakness.thing) == (rule, thing));
    found.next().map(|(weakness, edges)| (weakness.numbers.residual, edges))
}

/// How many points some risks are above a band, all together.
pub(super) fn excess(risks: &[Risk], band: Band, constants: &Constants) -> f64 {
    let above = risks.iter().filter(|risk| risk.band(constants) > band);
    // What has only just passed the cut is still something to go.
    above.map(|risk| (risk.score() - band.end(constants)).max(1e-6)).sum()
}
