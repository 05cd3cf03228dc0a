//! How one risk comes about: every factor, what each safeguard is worth, what fixing one weakness brings.
//!
//! In: products and the id of a risk. Out: an [`Explanation`]. Never: in a plain run; it takes many counts of the worlds.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::attack_graph::{EdgeId, Origin};
use super::credit::{Credits, credits};
use super::extract::Extract;
use super::hurdles::{Fact, Hurdle, What, facts_of, hurdles};
use super::impacts::{ImpactParts, Impacts};
use super::losses::losses;
use super::sharing::Draft;
use super::situation::{Intervals, Losable, Settings, Situation};
use super::weaknesses::{Reported, report};
use super::{Attack, AttackStep, LossRisk, Risk, Weakness};
use crate::graph::Product;
use crate::model::Value;

/// How a risk comes about.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The hurdles of each step of the strongest attack, in the order of its steps.
    pub hurdles: Vec<Vec<Hurdle>>,
    /// In how many of how many worlds it happens; `None`: too rare for them, the strongest attack stands in, or worked out exactly.
    pub worlds: Option<(u32, u32)>,
    /// Where the strongest product of steps stands in: its steps.
    pub bound: Vec<Bound>,
    /// What its impact is made of, and who said so; a weakness has none of its own.
    pub impact: Option<(ImpactParts, Vec<Fact>)>,
    /// What each safeguard is worth; of losses.
    pub credits: Option<Credits>,
    /// What fixing one weakness alone brings.
    pub fixes: Vec<FixValue>,
}

/// A step of the strongest product, and how often it counts.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The step or rule.
    pub name: Arc<str>,
    /// How likely it works by itself.
    pub probability: f64,
    /// How often it counts.
    pub times: u32,
}

/// What it brings when one weakness alone is fixed.
#[derive(Clone, Debug)]
pub struct FixValue {
    /// The weakness.
    pub weakness: Arc<str>,
    /// The loss behind it.
    pub loss: Arc<str>,
    /// The loss as it is.
    pub before: Risk,
    /// Without the steps of the weakness.
    pub after: Risk,
    /// What the strongest attack that is left takes: weaknesses, or else a step in words.
    pub remains: Vec<String>,
}

/// Two ways to multiply the same numbers differ by less.
const LEAST_DIFFERENCE: f64 = 1e-9;

/// Explains the risk of a deployment that has an id; nothing where none has.
pub fn explain(product: &Product, all: &[Product], settings: &Settings, id: &str) -> Option<Explanation> {
    let settings = &Settings { intervals: Intervals::Left, ..settings.clone() };
    let others = all.iter().filter(|other| other.deployment != product.deployment);
    let others: Vec<Draft<'_>> = others.map(|other| Draft::of(other, settings)).collect();
    let own = Draft::of(product, settings);
    let case = Case::of(Situation::of(&own, &others, settings));
    if let Some((loss, way)) = case.losses.iter().find(|(loss, _)| *loss.id == *id) {
        return Some(case.of_loss(loss, way));
    }
    let (weakness, edges) = case.reported.weaknesses.iter().find(|(weakness, _)| *weakness.id == *id)?;
    Some(case.of_weakness(weakness, edges))
}

/// A deployment with everything that is reported of it.
struct Case<'a> {
    situation: Situation<'a>,
    losses: Vec<(LossRisk, Vec<EdgeId>)>,
    reported: Reported,
}

impl<'a> Case<'a> {
    fn of(situation: Situation<'a>) -> Case<'a> {
        let (losses, reported) = (losses(&situation), report(&situation));
        Case { situation, losses, reported }
    }

    fn of_loss(&self, loss: &LossRisk, way: &[EdgeId]) -> Explanation {
        let situation = &self.situation;
        let is_it = |losable: &&Losable| losable.loss == loss.loss && loss.args.contains(&losable.thing);
        let losable = situation.losable.iter().find(is_it);
        let takes = |edges: &[EdgeId]| edges.iter().any(|edge| way.contains(edge));
        let worlds = losable
            .filter(|losable| losable.exact.is_none())
            .and_then(|losable| situation.worlds_with(losable));
        let rare = losable.filter(|losable| worlds.is_none() && losable.exact.is_none());
        let feeding = self.reported.weaknesses.iter().filter(|(_, edges)| takes(edges));
        Explanation {
            hurdles: self.hurdles(way, loss.attack.as_ref()),
            worlds,
            bound: rare.map_or_else(Vec::new, |losable| self.bound(losable)),
            impact: losable.map(|losable| self.impact(losable)),
            credits: losable.map(|losable| credits(situation, losable, way)),
            fixes: losable.map_or_else(Vec::new, |losable| {
                feeding.map(|(weakness, edges)| self.fixed(weakness, edges, losable)).collect()
            }),
        }
    }

    fn of_weakness(&self, weakness: &Weakness, edges: &[EdgeId]) -> Explanation {
        let situation = &self.situation;
        let taken = edges.iter().filter_map(|edge| situation.attack_through(*edge));
        let told = taken.map(|(attack, way, _)| (Some(attack), way));
        let way = told
            .into_iter()
            .find(|(attack, _)| *attack == weakness.attack)
            .map(|(_, way)| way)
            .unwrap_or_default();
        let behind = weakness.losses.first().and_then(|at| situation.losable.get(*at));
        Explanation {
            hurdles: self.hurdles(&way, weakness.attack.as_ref()),
            worlds: None,
            bound: Vec::new(),
            impact: None,
            credits: None,
            fixes: behind.map(|losable| self.fixed(weakness, edges, losable)).into_iter().collect(),
        }
    }

    /// The hurdles of each step. A step is told how likely it works where those before it did.
    fn hurdles(&self, way: &[EdgeId], attack: Option<&Attack>) -> Vec<Vec<Hurdle>> {
        let steps = attack.map_or(&[] as &[AttackStep], |attack| &attack.steps);
        let each = way.iter().zip(steps).map(|(edge, step)| {
            let mut hurdles = hurdles(&self.situation, *edge);
            let alone: f64 = hurdles.iter().map(|hurdle| hurdle.probability).product();
            let again = if alone > 0.0 { step.probability / alone } else { 1.0 };
            if (again - 1.0).abs() > LEAST_DIFFERENCE {
                hurdles.push(Hurdle { what: What::Again, probability: again, facts: Vec::new() });
            }
            hurdles
        });
        each.collect()
    }

    fn bound(&self, losable: &Losable) -> Vec<Bound> {
        let model = &self.situation.product.model;
        let bound = self.situation.bound_of(losable.node).into_iter().map(|(edge, probability, times)| {
            let name = match self.situation.graph.edges[edge].origin {
                Origin::Step(step) => model.steps[step].name.clone(),
                Origin::Rule(rule) => model.rules[rule].name.clone(),
                Origin::Loss(loss) => model.losses[loss].name.clone(),
            };
            Bound { name, probability, times }
        });
        bound.collect()
    }

    fn impact(&self, losable: &Losable) -> (ImpactParts, Vec<Fact>) {
        let Situation { product, settings, finder, .. } = &self.situation;
        finder.bind_all(&[Value::Thing(losable.thing)]);
        let loss = &product.model.losses[losable.loss];
        let parts =
            Impacts::new(product, &settings.constants, settings.today).parts(finder, loss, losable.thing);
        (parts, facts_of(finder, &loss.impact))
    }

    /// A loss once the steps of a weakness are gone.
    fn fixed(&self, weakness: &Weakness, edges: &[EdgeId], losable: &Losable) -> FixValue {
        let situation = &self.situation;
        let graph = &situation.graph;
        let gone: FxHashSet<EdgeId> = edges.iter().copied().collect();
        let cone = Extract::of(graph, &graph.wiring(), losable.node, &gone);
        let before = situation.numbers_of_loss(losable).residual;
        let after = Risk { likelihood: cone.likelihood(situation.settings), ..before };
        let name = &situation.product.model.losses[losable.loss].name;
        let path = situation.product.model.path(losable.thing);
        FixValue {
            weakness: weakness.id.clone(),
            loss: super::weaknesses::id(situation.product, &format!("{name}({path})"), None),
            before,
            after,
            remains: self.remaining(&cone.strongest()),
        }
    }

    /// What an attack takes: the weaknesses that are known, or else the last step that is not certain.
    fn remaining(&self, way: &[EdgeId]) -> Vec<String> {
        let takes = |edges: &[EdgeId]| edges.iter().any(|edge| way.contains(edge));
        let known = self.reported.weaknesses.iter().filter(|(_, edges)| takes(edges));
        let ids: Vec<String> = known.map(|(weakness, _)| weakness.id.to_string()).collect();
        if !ids.is_empty() {
            return ids;
        }
        let attack = self.situation.told(way.to_vec());
        let steps = attack.map(|(attack, _)| attack.steps).unwrap_or_default();
        let uncertain = steps.iter().rev().find(|step| step.unguarded < 1.0).or(steps.last());
        uncertain.map(|step| step.text.clone()).into_iter().collect()
    }
}
