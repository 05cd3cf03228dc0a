//! The strongest attacks on a state: the best single one, and those that differ from it in how something on the way is had
//! (risk model, section 7; after Lawler 1972, *A procedure for computing the k best solutions*).
//!
//! In: an attack graph and its strongest ways. Out: [`Known`] attacks, the most probable first, each reckoned over its distinct
//! variables. Never: an attack that needs what it has not; a search through the whole graph for one of them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::exact::step_by_step;
use super::strongest::{Strongest, probability, product};
use super::view::View;

/// An attack that differs has at least this part of the product of the strongest one's factors, unless more are asked for:
/// only what shares causes with itself can be stronger than its product says.
const CLOSE: f64 = 0.25;
/// Other ways to have one state that are tried.
const MOST_OTHERS: usize = 3;
/// States of one attack for which other ways are tried.
const MOST_STATES: usize = 40;

/// How many attacks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// One with the largest product of factors: enough where little is at stake.
    Likely,
    /// The strongest.
    Strongest,
    /// So many, the strongest first.
    Several(usize),
}

/// An attack, as steps.
#[derive(Clone, Debug)]
pub struct Known {
    /// Each after what it needs.
    pub steps: Vec<EdgeId>,
    /// The probability that all of it works, each cause counted once.
    pub probability: f64,
    /// How its states are had where that is not the strongest way.
    turns: FxHashMap<NodeId, EdgeId>,
}

/// The attacks of one view.
pub struct Attacks<'a> {
    pub graph: &'a AttackGraph,
    pub wiring: &'a Wiring,
    pub strongest: &'a Strongest,
    pub view: View,
    /// How many nodes a diagram may have.
    pub most_nodes: usize,
}

impl Attacks<'_> {
    /// The strongest attacks on a state, the most probable first; none where there is no way.
    pub fn on(&self, state: NodeId, wanted: Wanted) -> Vec<Known> {
        let (rounds, most, least) = match wanted {
            Wanted::Likely => (0, 1, CLOSE),
            Wanted::Strongest => (1, 1, CLOSE),
            Wanted::Several(count) => (count, count, 0.0),
        };
        let mut seen: FxHashSet<Vec<EdgeId>> = FxHashSet::default();
        let mut known: Vec<Known> = self.along(state, FxHashMap::default()).into_iter().collect();
        seen.extend(known.first().map(|best| in_order(&best.steps)));
        for round in 0..rounds {
            let Some(from) = known.get(round).cloned() else { break };
            for turns in self.turns(&from, least) {
                let Some(next) = self.along(state, turns) else { continue };
                if seen.insert(in_order(&next.steps)) {
                    known.push(next);
                }
            }
            // A stable order: of equals, what was found first stays first.
            known.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        }
        known.truncate(most);
        known
    }

    /// The attack that takes certain turns and goes the strongest way otherwise.
    fn along(&self, state: NodeId, turns: FxHashMap<NodeId, EdgeId>) -> Option<Known> {
        let steps = self.strongest.way_by(self.graph, state, &turns)?;
        let probability = step_by_step(self.graph, self.view, &steps, self.most_nodes).last().copied()?;
        (probability > 0.0).then_some(Known { steps, probability, turns })
    }

    /// What can be turned of an attack: one state of it had in another way.
    fn turns(&self, from: &Known, least: f64) -> Vec<FxHashMap<NodeId, EdgeId>> {
        let taken: FxHashSet<EdgeId> = from.steps.iter().copied().collect();
        let mut needed: Vec<NodeId> =
            from.steps.iter().flat_map(|step| self.graph.needs(*step)).copied().collect();
        needed.extend(from.steps.last().iter().flat_map(|step| self.graph.gives(**step)));
        let mut asked: FxHashSet<NodeId> = FxHashSet::default();
        needed.retain(|state| asked.insert(*state));
        let mut turns = Vec::new();
        for state in needed.into_iter().take(MOST_STATES) {
            let least = least * self.strongest.reach(state);
            let mut others: Vec<(f64, EdgeId)> = self
                .wiring
                .givers(state)
                .iter()
                .copied()
                .filter(|giver| !taken.contains(giver))
                .map(|giver| (self.product(giver), giver))
                .filter(|(product, _)| *product > 0.0 && *product >= least)
                .collect();
            others.sort_by(|(a, first), (b, second)| b.total_cmp(a).then_with(|| first.cmp(second)));
            for (_, giver) in others.into_iter().take(MOST_OTHERS) {
                let mut with = from.turns.clone();
                with.insert(state, giver);
                turns.push(with);
            }
        }
        turns
    }

    /// How likely a step is taken and works, as a product of factors.
    fn product(&self, edge: EdgeId) -> f64 {
        let needs = self.graph.needs(edge).iter().map(|need| self.strongest.reach(*need));
        product(needs) * probability(self.graph, self.view, edge)
    }
}

fn in_order(steps: &[EdgeId]) -> Vec<EdgeId> {
    let mut sorted = steps.to_vec();
    sorted.sort();
    sorted
}
