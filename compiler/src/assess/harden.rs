//! The cheapest way down: cures one after the other, each the one that saves most for what it takes.
//!
//! In: a product, a [`Goal`] and a band. Out: a [`Plan`]. Never: a stage that was not assessed as a whole; guesses and small
//! samples only say what is tried first.

use super::cure::Cure;
use super::goal::{Goal, excess};
use super::sharing::Draft;
use super::situation::{Intervals, Settings, Situation};
use super::trial::try_out;
use super::{Band, Method, Risk};
use crate::graph::Product;

/// A way down.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The worst of what is to be brought down, as it is now; nothing where nothing is.
    pub before: Option<Risk>,
    /// The exposure index as it is now.
    pub exposure: f64,
    /// One cure after the other.
    pub stages: Vec<Stage>,
    /// Whether everything is at or below the band in the end.
    pub is_reached: bool,
    /// Of everything that could be done first, what lowers the exposure index most, and how far.
    pub strongest_lever: Option<(Cure, f64)>,
}

/// A cure, and how things stand once it is in place.
#[derive(Clone, Debug)]
pub struct Stage {
    /// What is done.
    pub cure: Cure,
    /// The worst of what is to be brought down; nothing where it is gone.
    pub after: Option<Risk>,
    /// The exposure index.
    pub exposure: f64,
}

/// So many cures are tried at a time, the most promising first.
const BATCH: usize = 16;
/// So many batches are tried before it is said that nothing helps.
const MOST_BATCHES: usize = 4;
/// With this many worlds: enough to see which of two cures does more.
const FEW_SAMPLES: u32 = 2048;
/// So many are assessed as a whole.
const MOST_VERIFIED: usize = 3;
/// What saves fewer points than this does nothing.
const LEAST_POINTS: f64 = 0.005;

/// More cures than this nobody reads on the page of a risk.
const MOST_CURES: usize = 3;
/// Such a page does not plan farther down than this.
const FAR_ENOUGH: Band = Band::Medium;

/// The cheapest cure of one risk, and what would come next as long as it is grave.
pub fn cheapest_cure(
    product: &Product,
    all: &[Product],
    settings: &Settings,
    goal: Goal,
    risk: Risk,
) -> Plan {
    let band = risk.band(&settings.constants);
    let most = if band > FAR_ENOUGH { MOST_CURES } else { 1 };
    harden(product, all, settings, goal, band.below().min(FAR_ENOUGH), most)
}

/// The way down to a band in at most so many stages.
pub fn harden(
    product: &Product,
    all: &[Product],
    settings: &Settings,
    goal: Goal,
    band: Band,
    most: usize,
) -> Plan {
    let settings = &Settings { intervals: Intervals::Left, ..settings.clone() };
    let others = all.iter().filter(|other| other.deployment != product.deployment);
    let others: Vec<Draft<'_>> = others.map(|other| Draft::of(other, settings)).collect();
    let climb = Climb { product, others: &others, settings, goal, band };
    let mut so_far: Vec<Cure> = Vec::new();
    let now = climb.look(&so_far, settings);
    let (before, exposure) = (now.worst, now.exposure);
    let mut left = now.excess;
    let mut strongest_lever = None;
    while left > 0.0 && so_far.len() < most {
        let next = climb.next(&so_far, left);
        if so_far.is_empty() {
            strongest_lever = next.lever;
        }
        let Some((cure, after)) = next.best else { break };
        so_far.push(cure);
        left = after.excess;
    }
    if left <= 0.0 {
        climb.drop_needless(&mut so_far);
    }
    let mut stages = Vec::new();
    for done in 1..=so_far.len() {
        let Some(some) = so_far.get(..done) else { break };
        let seen = climb.look(some, settings);
        stages.extend(some.last().map(|cure| Stage {
            cure: cure.clone(),
            after: seen.worst,
            exposure: seen.exposure,
        }));
    }
    Plan { before, exposure, stages, is_reached: left <= 0.0, strongest_lever }
}

struct Climb<'a> {
    product: &'a Product,
    others: &'a [Draft<'a>],
    settings: &'a Settings,
    goal: Goal,
    band: Band,
}

/// How things stand.
#[derive(Clone, Copy)]
struct Seen {
    worst: Option<Risk>,
    exposure: f64,
    excess: f64,
}

/// What may be done next.
struct Next {
    /// The cure that saves most for what it takes, and how things stand with it.
    best: Option<(Cure, Seen)>,
    /// Whatever lowers the exposure index most, and how far.
    lever: Option<(Cure, f64)>,
}

impl Climb<'_> {
    fn look(&self, cures: &[Cure], settings: &Settings) -> Seen {
        try_out(self.product, self.others, settings, cures, |situation| self.seen(situation))
    }

    fn seen(&self, situation: &Situation<'_>) -> Seen {
        let risks = self.goal.risks(situation);
        let all = situation.losable.iter().map(|loss| situation.numbers_of_loss(loss).residual.value());
        // Added up in the order of the report, so that not even the last digit differs.
        let mut all: Vec<f64> = all.collect();
        all.sort_by(|a, b| b.total_cmp(a));
        Seen {
            worst: risks.first().copied(),
            exposure: all.iter().sum(),
            excess: excess(&risks, self.band, &situation.settings.constants),
        }
    }

    /// What to do next.
    fn next(&self, so_far: &[Cure], left: f64) -> Next {
        let mut constants = self.settings.constants.clone();
        constants.samples = constants.samples.min(FEW_SAMPLES);
        let few = Settings { constants, method: Method::Worlds, ..self.settings.clone() };
        let (rough, mut candidates) = try_out(self.product, self.others, &few, so_far, |situation| {
            (self.seen(situation), self.goal.cures(situation, self.band))
        });
        candidates.sort_by(|a, b| (b.promise / b.cost).total_cmp(&(a.promise / a.cost)));
        let mut lever: Option<(Cure, f64)> = None;
        for batch in candidates.chunks(BATCH).take(MOST_BATCHES) {
            let mut tried: Vec<(f64, &Cure)> = Vec::new();
            for cure in batch {
                let with: Vec<Cure> = so_far.iter().chain([cure]).cloned().collect();
                let seen = self.look(&with, &few);
                tried.push(((rough.excess - seen.excess) / cure.cost, cure));
                if seen.exposure < lever.as_ref().map_or(rough.exposure, |(_, exposure)| *exposure) {
                    lever = Some((cure.clone(), seen.exposure));
                }
            }
            tried.sort_by(|(a, _), (b, _)| b.total_cmp(a));
            if let Some(best) = self.verified(so_far, left, &tried) {
                return Next { best: Some(best), lever: self.weighed(so_far, lever) };
            }
        }
        Next { best: None, lever: self.weighed(so_far, lever) }
    }

    /// The best of what did best in few worlds, assessed as a whole.
    fn verified(&self, so_far: &[Cure], left: f64, tried: &[(f64, &Cure)]) -> Option<(Cure, Seen)> {
        let mut best: Option<(f64, &Cure, Seen)> = None;
        for (_, cure) in tried.iter().filter(|(saves, _)| *saves > 0.0).take(MOST_VERIFIED) {
            let with: Vec<Cure> = so_far.iter().chain([*cure]).cloned().collect();
            let seen = self.look(&with, self.settings);
            let saves = left - seen.excess;
            let better = best.as_ref().is_none_or(|(most, ..)| saves / cure.cost > *most);
            if saves >= LEAST_POINTS && better {
                best = Some((saves / cure.cost, *cure, seen));
            }
        }
        best.map(|(_, cure, seen)| (cure.clone(), seen))
    }

    /// What the lever does in all worlds.
    fn weighed(&self, so_far: &[Cure], lever: Option<(Cure, f64)>) -> Option<(Cure, f64)> {
        let (cure, _) = lever?;
        let with: Vec<Cure> = so_far.iter().chain([&cure]).cloned().collect();
        let exposure = self.look(&with, self.settings).exposure;
        Some((cure, exposure))
    }

    /// Leaves out what later cures have made needless, the dearest first.
    fn drop_needless(&self, cures: &mut Vec<Cure>) {
        let mut order: Vec<String> = cures.iter().map(|cure| cure.statement.clone()).collect();
        let cost = |statement: &String| {
            cures.iter().find(|cure| cure.statement == *statement).map_or(0.0, |cure| cure.cost)
        };
        order.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
        for statement in order {
            if cures.len() < 2 {
                return;
            }
            let without: Vec<Cure> =
                cures.iter().filter(|cure| cure.statement != statement).cloned().collect();
            if self.look(&without, self.settings).excess <= 0.0 {
                *cures = without;
            }
        }
    }
}
