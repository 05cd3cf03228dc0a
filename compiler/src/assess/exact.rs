//! How likely a state is, exactly: what must be so for it as a condition over chance, by Kleene's iteration over the attack
//! graph (risk model, section 7).
//!
//! In: an attack graph and states of it. Out: probabilities without any sampling, or that they cost too much. Never: a number
//! that is only nearly right; where the budget ends, there is none.

use rustc_hash::FxHashMap;

use super::attack_graph::{AttackGraph, EdgeId, Node, NodeId, Wiring};
use super::bdd::{Condition, Diagram, Level, TooLarge};
use super::cone::{Cone, Ranks};
use super::sharing::{Draft, joined, sharing_with};
use super::situation::Settings;
use super::strongest::probability;
use super::variables::VariableId;
use super::view::View;
use crate::base::IndexVec;
use crate::graph::Product;
use crate::model::{LossId, ThingId};

/// A probability for each view.
pub type PerView = [f64; View::ALL.len()];

/// Works out exact probabilities in one attack graph.
pub struct Exact<'a> {
    graph: &'a AttackGraph,
    wiring: &'a Wiring,
    ranks: Ranks,
    /// How many nodes a diagram may have.
    most: usize,
}

impl<'a> Exact<'a> {
    /// For a graph, with diagrams of at most `most` nodes.
    pub fn new(graph: &'a AttackGraph, wiring: &'a Wiring, most: usize) -> Exact<'a> {
        Exact { graph, wiring, ranks: Ranks::of(graph, wiring), most }
    }

    /// How likely a state is, view by view. All views share one diagram, since they have most of it in common.
    pub fn likelihood(&self, state: NodeId) -> Result<PerView, TooLarge> {
        let cone = Cone::to(&[state], self.graph, self.wiring, &self.ranks);
        let mut work = Work::new(self.graph, &cone, self.most);
        let mut all = [0.0; View::ALL.len()];
        for (likelihood, view) in all.iter_mut().zip(View::ALL) {
            let luck = work.luck(view);
            let had = work.reach(&cone, &luck)?;
            *likelihood = work.probability(&luck, had_in(&had, state));
        }
        Ok(all)
    }

    /// How likely it is that all of some states are had, in one view.
    pub fn together(&self, states: &[NodeId], view: View) -> Result<f64, TooLarge> {
        let cone = Cone::to(states, self.graph, self.wiring, &self.ranks);
        let mut work = Work::new(self.graph, &cone, self.most);
        let luck = work.luck(view);
        let had = work.reach(&cone, &luck)?;
        let mut all = Condition::ALWAYS;
        for state in states {
            all = work.diagram.and(all, had_in(&had, *state))?;
        }
        Ok(work.probability(&luck, all))
    }
}

/// How likely it is that all of some losses happen to a product, exactly and with controls at work: what is needed to ask how
/// likely one is, given another. None where one cannot happen at all, or where the diagram would be too large.
pub fn together(
    product: &Product,
    all: &[Product],
    settings: &Settings,
    losses: &[(LossId, ThingId)],
) -> Option<f64> {
    let (own, others) = (Draft::of(product, settings), sharing_with(product, all, settings));
    let graph = joined(&own, &others);
    let node = |(loss, thing): &(LossId, ThingId)| {
        let mut nodes = graph.nodes.iter_ids();
        nodes.find(|(_, node)| **node == Node::Loss(*loss, *thing)).map(|(id, _)| id)
    };
    let states: Option<Vec<NodeId>> = losses.iter().map(node).collect();
    let wiring = graph.wiring();
    let exact = Exact::new(&graph, &wiring, settings.constants.exact_nodes as usize);
    exact.together(&states?, View::Residual).ok()
}

/// How likely it is that the first step of an attack works, that the first two do, and so on, each cause counted once.
pub fn step_by_step(graph: &AttackGraph, view: View, steps: &[EdgeId], most: usize) -> Vec<f64> {
    let mut work = Work::new(graph, &Cone::along(steps, graph), most);
    let luck = work.luck(view);
    let mut so_far = Condition::ALWAYS;
    let mut all = Vec::new();
    let mut product = 1.0;
    for step in steps {
        let works =
            if view.has(&graph.edges[*step]) { work.open(&luck, *step) } else { Ok(Condition::NEVER) };
        let both = works.and_then(|works| work.diagram.and(so_far, works));
        product = match both {
            Ok(both) => {
                so_far = both;
                work.probability(&luck, both)
            }
            // Too much stands in the way to reckon with all of it together: a lower bound.
            Err(TooLarge) => product * probability(graph, view, *step),
        };
        all.push(product);
    }
    all
}

/// When each state is had.
type Had = FxHashMap<NodeId, Condition>;

fn had_in(had: &Had, state: NodeId) -> Condition {
    had.get(&state).copied().unwrap_or(Condition::NEVER)
}

/// A diagram while it is put together.
struct Work<'a> {
    graph: &'a AttackGraph,
    diagram: Diagram,
    variables: IndexVec<Level, VariableId>,
    levels: FxHashMap<VariableId, Level>,
}

/// The variables as a view sees them.
struct Luck {
    view: View,
    /// The probability at each level.
    chances: IndexVec<Level, f64>,
    /// Of variables with one name, which have the same luck, each is true only where the next likelier one is.
    within: FxHashMap<VariableId, VariableId>,
}

impl<'a> Work<'a> {
    fn new(graph: &'a AttackGraph, cone: &Cone, most: usize) -> Work<'a> {
        let variables: IndexVec<Level, VariableId> = cone.variables.iter().copied().collect();
        let levels = variables.iter_ids().map(|(level, variable)| (*variable, level)).collect();
        Work { graph, diagram: Diagram::new(most), variables, levels }
    }

    fn luck(&self, view: View) -> Luck {
        let chance = |variable: VariableId| view.probability(self.graph.variables.of(variable));
        let mut by_name: FxHashMap<&str, Vec<Level>> = FxHashMap::default();
        for (level, variable) in self.variables.iter_ids() {
            by_name.entry(&self.graph.variables.of(*variable).name).or_default().push(level);
        }
        let mut luck = Luck {
            view,
            chances: self.variables.iter().map(|variable| chance(*variable)).collect(),
            within: FxHashMap::default(),
        };
        for (_, variable) in self.variables.iter_ids() {
            // Each name once: its levels are taken out.
            let Some(mut kin) = by_name.remove(&*self.graph.variables.of(*variable).name) else { continue };
            kin.sort_by(|a, b| luck.chances[*b].total_cmp(&luck.chances[*a]).then_with(|| a.cmp(b)));
            for pair in kin.windows(2).rev() {
                let [likelier, level] = pair else { continue };
                luck.within.insert(self.variables[*level], self.variables[*likelier]);
                let given = luck.chances[*likelier];
                let share = if given > 0.0 { luck.chances[*level] / given } else { 0.0 };
                luck.chances[*level] = share;
            }
        }
        luck
    }

    fn probability(&self, luck: &Luck, of: Condition) -> f64 {
        self.diagram.probability(of, |level| luck.chances[level])
    }

    /// The least fixpoint: group after group, a circle until nothing changes.
    fn reach(&mut self, cone: &Cone, luck: &Luck) -> Result<Had, TooLarge> {
        let mut had = Had::default();
        for stretch in &cone.stretches {
            let counts = stretch.iter().filter(|edge| luck.view.has(&self.graph.edges[**edge]));
            let mut open: Vec<(EdgeId, Condition)> = Vec::new();
            for edge in counts {
                open.push((*edge, self.open(luck, *edge)?));
            }
            let mut is_news = true;
            while is_news {
                is_news = false;
                for (edge, open) in &open {
                    is_news |= self.take(cone, *edge, *open, &mut had)?;
                }
                // One step alone gives nothing new the second time.
                is_news &= open.len() > 1;
            }
        }
        Ok(had)
    }

    /// When a step works once its needs are met: its chances are true, and no barrier holds.
    fn open(&mut self, luck: &Luck, edge: EdgeId) -> Result<Condition, TooLarge> {
        let mut open = self.all(luck, self.graph.chances(edge))?;
        if luck.view.has_barriers() {
            for barrier in self.graph.barriers(edge) {
                let holds = self.all(luck, &self.graph.barriers[*barrier].members)?;
                open = self.diagram.without(open, holds)?;
            }
        }
        Ok(open)
    }

    /// Where all of some variables are true. What is certain in a view takes no room in the diagram.
    fn all(&mut self, luck: &Luck, variables: &[VariableId]) -> Result<Condition, TooLarge> {
        let mut all = Condition::ALWAYS;
        for variable in variables {
            let mut next = Some(*variable);
            while let Some(variable) = next {
                let Some(level) = self.levels.get(&variable) else { break };
                let is_true = match luck.chances[*level] {
                    chance if chance >= 1.0 => Condition::ALWAYS,
                    chance if chance > 0.0 => self.diagram.variable(*level),
                    _ => Condition::NEVER,
                };
                all = self.diagram.and(all, is_true)?;
                next = luck.within.get(&variable).copied();
            }
        }
        Ok(all)
    }

    /// Takes a step as often as its needs are met, and says whether that gives anything new.
    fn take(&mut self, cone: &Cone, edge: EdgeId, open: Condition, had: &mut Had) -> Result<bool, TooLarge> {
        let mut works = open;
        for need in self.graph.needs(edge) {
            works = self.diagram.and(works, had_in(had, *need))?;
        }
        let mut is_news = false;
        for given in self.graph.gives(edge).iter().filter(|given| cone.states.contains(given)) {
            let before = had_in(had, *given);
            let after = self.diagram.or(before, works)?;
            is_news |= after != before;
            had.insert(*given, after);
        }
        Ok(is_news)
    }
}
