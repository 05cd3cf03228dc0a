//! How likely each state is: the least fixpoint of the attack graph in many random worlds at once (risk model, section 7).
//!
//! In: an attack graph, a [`View`], what to count. Out: counts of worlds. Never: a result that depends on the number of threads.

use super::Constants;
use super::attack_graph::{AttackGraph, EdgeId, NodeId};
use super::chance_bits::key;
use super::course::{Course, StateAt, StepAt, VariableAt};
use super::fixpoint::{Block, Draw, Seen, WORDS, ones};
use super::view::{Side, View};
use crate::base::fault::{self, Fault};
use crate::base::{Id, IndexVec};

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

/// Looks at many worlds, in some views, through steps of a graph in groups. Blocks of worlds are shared out among `threads`;
/// their counts add up to the same in any order. Each view says of which states any counts as well.
pub fn count<'a, const VIEWS: usize>(
    graph: &AttackGraph,
    groups: impl Iterator<Item = &'a [EdgeId]>,
    views: [(View, &[NodeId]); VIEWS],
    constants: &Constants,
    threads: usize,
) -> [Counts; VIEWS] {
    let unite = views.map(|(_, unite)| unite);
    let views = views.map(|(view, _)| view);
    let course = Course::of(graph, groups, views);
    let read = |side| views.into_iter().find(|view| view.side() == side).unwrap_or(View::Residual);
    let (first, second) = (read(Side::First), read(Side::Second));
    let seed = if fault::is(Fault::LuckHangsOnThreads) { threads as u64 } else { constants.seed };
    let draws = course.variables.all().iter().map(|variable| {
        let variable = graph.variables.of(*variable);
        Draw {
            key: if fault::is(Fault::LuckHangsOnLength) {
                variable.name.len() as u64
            } else {
                key(&variable.name, seed)
            },
            first: first.probability(variable),
            second: second.probability(variable),
        }
    });
    let draws: IndexVec<VariableAt, Draw> = draws.collect();
    let unite = unite.map(|states| states.iter().filter_map(|id| course.states.place(*id)).collect());
    // Whole blocks, so that no world is half there.
    let words = (constants.samples as usize).div_ceil(64).max(1).next_multiple_of(WORDS);
    let blocks: Vec<usize> = (0..words / WORDS).collect();
    let share = blocks.len().div_ceil(threads.max(1)).max(1);
    let parts: Vec<Tally<VIEWS>> = std::thread::scope(|scope| {
        let mut shares = blocks.chunks(share);
        // This thread has a share of its own.
        let own = shares.next();
        let work = |blocks| tally(&course, &draws, &unite, blocks);
        let workers: Vec<_> = shares.map(|blocks| scope.spawn(move || work(blocks))).collect();
        let own = own.map(work);
        own.into_iter().chain(workers.into_iter().filter_map(|worker| worker.join().ok())).collect()
    });
    let total = parts.into_iter().fold(Tally::nothing(&course), Tally::and);
    total.by_view(graph, &course, (words * 64) as u32)
}

/// What some blocks add up to.
struct Tally<const VIEWS: usize> {
    states: IndexVec<StateAt, [u32; VIEWS]>,
    steps: IndexVec<StepAt, [u32; VIEWS]>,
    union: [u32; VIEWS],
}

fn tally<const VIEWS: usize>(
    course: &Course<VIEWS>,
    draws: &IndexVec<VariableAt, Draw>,
    unite: &[Vec<StateAt>; VIEWS],
    blocks: &[usize],
) -> Tally<VIEWS> {
    let mut tally = Tally::nothing(course);
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

fn add<const VIEWS: usize>(counts: &mut [u32; VIEWS], seen: &Seen<VIEWS>) {
    counts.iter_mut().zip(seen).for_each(|(count, bits)| *count += ones(bits));
}

impl<const VIEWS: usize> Tally<VIEWS> {
    fn nothing(course: &Course<VIEWS>) -> Tally<VIEWS> {
        Tally {
            states: course.states.all().iter().map(|_| [0; VIEWS]).collect(),
            steps: course.steps.all().iter().map(|_| [0; VIEWS]).collect(),
            union: [0; VIEWS],
        }
    }

    fn and(mut self, other: Tally<VIEWS>) -> Tally<VIEWS> {
        let add = |total: &mut [u32; VIEWS], part: &[u32; VIEWS]| {
            total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
        };
        self.states.iter_mut().zip(other.states.iter()).for_each(|(total, part)| add(total, part));
        self.steps.iter_mut().zip(other.steps.iter()).for_each(|(total, part)| add(total, part));
        add(&mut self.union, &other.union);
        self
    }

    /// The same by view, and by the numbers that the graph has for its states and steps.
    fn by_view(&self, graph: &AttackGraph, course: &Course<VIEWS>, samples: u32) -> [Counts; VIEWS] {
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
        #[cfg(test)]
        all.iter_mut().for_each(|counts| super::laws::noisy_or(graph, counts));
        all
    }
}
