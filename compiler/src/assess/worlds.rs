//! How likely each state is: the least fixpoint of the attack graph in many random worlds at once (risk model, section 7).
//!
//! In: an attack graph, a [`View`], what to count. Out: counts of worlds. Never: a result that depends on the number of threads.

use super::Constants;
use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::chance_bits::key;
use super::course::{Course, StateAt, StepAt};
use super::fixpoint::{Block, Draw, Seen, WORDS, ones};
use super::view::View;
use crate::base::{Id, IndexVec};

/// A number for each view.
type PerView = [u32; View::ALL.len()];

/// In how many worlds what happens.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// How many worlds there were.
    pub samples: u32,
    /// By state.
    pub nodes: Vec<u32>,
    /// By step.
    pub edges: Vec<u32>,
    /// In how many worlds any of the states to unite is had.
    pub union: u32,
}

impl Counts {
    /// The share of worlds in which a state is had.
    pub fn node(&self, node: NodeId) -> f64 {
        self.share(self.nodes.get(node.index()))
    }

    /// The share of worlds in which a step works.
    pub fn edge(&self, edge: EdgeId) -> f64 {
        self.share(self.edges.get(edge.index()))
    }

    /// The share of worlds in which any of the united states is had.
    pub fn united(&self) -> f64 {
        self.share(Some(&self.union))
    }

    fn share(&self, count: Option<&u32>) -> f64 {
        count.map_or(0.0, |count| f64::from(*count) / f64::from(self.samples.max(1)))
    }
}

/// Looks at many worlds, in every view. Blocks of worlds are shared out among `threads`; their counts add up to the same in
/// any order. `unite` says, view by view, of which states any counts as well.
pub fn count(
    graph: &AttackGraph,
    wiring: &Wiring,
    unite: &[Vec<NodeId>; View::ALL.len()],
    constants: &Constants,
    threads: usize,
) -> [Counts; View::ALL.len()] {
    let course = Course::of(graph, wiring);
    let draws = course.variables.all().iter().map(|variable| {
        let variable = graph.variables.of(*variable);
        Draw {
            key: key(&variable.name, constants.seed),
            usual: View::Residual.probability(variable),
            favourable: View::Established.probability(variable),
        }
    });
    let draws = draws.collect();
    let unite =
        unite.each_ref().map(|states| states.iter().filter_map(|id| course.states.place(*id)).collect());
    // Whole blocks, so that no world is half there.
    let words = (constants.samples as usize).div_ceil(64).max(1).next_multiple_of(WORDS);
    let blocks: Vec<usize> = (0..words / WORDS).collect();
    let share = blocks.len().div_ceil(threads.max(1)).max(1);
    let parts: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = blocks
            .chunks(share)
            .map(|blocks| scope.spawn(|| tally(&course, &draws, &unite, blocks)))
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let total = parts.into_iter().reduce(Tally::and).unwrap_or_default();
    total.by_view(graph, &course, (words * 64) as u32)
}

/// What some blocks add up to.
#[derive(Default)]
struct Tally {
    states: IndexVec<StateAt, PerView>,
    steps: IndexVec<StepAt, PerView>,
    union: PerView,
}

fn tally(
    course: &Course,
    draws: &IndexVec<super::course::VariableAt, Draw>,
    unite: &[Vec<StateAt>; View::ALL.len()],
    blocks: &[usize],
) -> Tally {
    let mut tally = Tally {
        states: course.states.all().iter().map(|_| PerView::default()).collect(),
        steps: course.steps.all().iter().map(|_| PerView::default()).collect(),
        union: PerView::default(),
    };
    let mut block = Block::new(course, draws);
    for number in blocks {
        block.work_out(*number, |step, works| add(&mut tally.steps[step], works));
        for (count, had) in tally.states.iter_mut().zip(block.had()) {
            add(count, had);
        }
        for (count, any) in tally.union.iter_mut().zip(block.any(unite)) {
            *count += ones(&any);
        }
    }
    tally
}

fn add(counts: &mut PerView, seen: &Seen) {
    counts.iter_mut().zip(seen).for_each(|(count, bits)| *count += ones(bits));
}

impl Tally {
    fn and(mut self, other: Tally) -> Tally {
        let add = |total: &mut PerView, part: &PerView| {
            total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
        };
        self.states.iter_mut().zip(other.states.iter()).for_each(|(total, part)| add(total, part));
        self.steps.iter_mut().zip(other.steps.iter()).for_each(|(total, part)| add(total, part));
        add(&mut self.union, &other.union);
        self
    }

    /// The same by view, and by the numbers that the graph has for its states and steps.
    fn by_view(&self, graph: &AttackGraph, course: &Course, samples: u32) -> [Counts; View::ALL.len()] {
        let mut all = self.union.map(|union| Counts {
            samples,
            nodes: vec![0; graph.nodes.len()],
            edges: vec![0; graph.edges.len()],
            union,
        });
        for (id, counted) in course.states.all().iter().zip(self.states.iter()) {
            for (counts, counted) in all.iter_mut().zip(counted) {
                counts.nodes.get_mut(id.index()).into_iter().for_each(|count| *count = *counted);
            }
        }
        for (id, counted) in course.steps.all().iter().zip(self.steps.iter()) {
            for (counts, counted) in all.iter_mut().zip(counted) {
                counts.edges.get_mut(id.index()).into_iter().for_each(|count| *count = *counted);
            }
        }
        all
    }
}
