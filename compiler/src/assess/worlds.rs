//! How likely each state is: the least fixpoint of the attack graph in many random worlds at once (risk model, section 7).
//!
//! In: an attack graph, a [`View`], what to count. Out: counts of worlds. Never: a result that depends on the number of threads.

use std::collections::VecDeque;

use super::Constants;
use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::chance_bits::{key, worlds};
use super::variables::VariableId;
use super::view::View;
use crate::base::Id;

/// Words of 64 worlds that are worked on together: small enough to stay in the cache, large enough to amortise the queue.
const BLOCK: usize = 8;

/// One bit per world of a block.
type Bits = [u64; BLOCK];

/// Every world of a block.
const FULL: Bits = [u64::MAX; BLOCK];

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
    let keys: Vec<u64> = graph.variables.iter().map(|variable| key(&variable.name, constants.seed)).collect();
    // Whole blocks, so that no world is half there.
    let words = (constants.samples as usize).div_ceil(64).max(1).next_multiple_of(BLOCK);
    let blocks: Vec<usize> = (0..words / BLOCK).collect();
    let starts: Vec<EdgeId> = graph.edges.ids().filter(|edge| graph.needs(*edge).is_empty()).collect();
    let run = Run { graph, wiring, starts: &starts, keys: &keys, unite };
    let zero = || {
        View::ALL.map(|_| Counts {
            samples: (words * 64) as u32,
            nodes: vec![0; graph.nodes.len()],
            edges: vec![0; graph.edges.len()],
            union: 0,
        })
    };
    let share = blocks.len().div_ceil(threads.max(1)).max(1);
    let parts: Vec<[Counts; View::ALL.len()]> = std::thread::scope(|scope| {
        let workers: Vec<_> = blocks
            .chunks(share)
            .map(|blocks| {
                let (run, mut counts) = (&run, zero());
                scope.spawn(move || {
                    for block in blocks {
                        run.block(*block, &mut counts);
                    }
                    counts
                })
            })
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    parts.into_iter().fold(zero(), added)
}

fn added(mut total: [Counts; View::ALL.len()], part: [Counts; View::ALL.len()]) -> [Counts; View::ALL.len()] {
    let add =
        |total: &mut [u32], part: &[u32]| total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
    for (total, part) in total.iter_mut().zip(part) {
        add(&mut total.nodes, &part.nodes);
        add(&mut total.edges, &part.edges);
        total.union += part.union;
    }
    total
}

/// What all blocks share.
struct Run<'a> {
    graph: &'a AttackGraph,
    wiring: &'a Wiring,
    /// Steps that need nothing.
    starts: &'a [EdgeId],
    keys: &'a [u64],
    unite: &'a [Vec<NodeId>; View::ALL.len()],
}

impl Run<'_> {
    fn block(&self, block: usize, counts: &mut [Counts; View::ALL.len()]) {
        let usual = self.luck(block, View::Residual, None);
        let favourable = self.luck(block, View::Established, Some(&usual));
        for ((view, counts), unite) in View::ALL.into_iter().zip(counts).zip(self.unite) {
            let luck = if view == View::Established { &favourable } else { &usual };
            let open: Vec<Bits> = self.graph.edges.ids().map(|edge| self.open(view, edge, luck)).collect();
            let mut had: Vec<Bits> = vec![[0; BLOCK]; self.graph.nodes.len()];
            self.spread(&open, &mut had);
            for (count, bits) in counts.nodes.iter_mut().zip(&had) {
                *count += ones(bits);
            }
            for (id, count) in self.graph.edges.ids().zip(&mut counts.edges) {
                *count += ones(&self.works(id, &open, &had));
            }
            let mut any = [0; BLOCK];
            for node in unite {
                if let Some(bits) = had.get(node.index()) {
                    any.iter_mut().zip(bits).for_each(|(any, bits)| *any |= bits);
                }
            }
            counts.union += ones(&any);
        }
    }

    /// Every variable's luck in a block of worlds; what a view does not see otherwise is the `usual` one.
    fn luck(&self, block: usize, view: View, usual: Option<&[Bits]>) -> Vec<Bits> {
        let variables = self.graph.variables.iter().zip(self.keys).enumerate();
        let luck = variables.map(|(at, (variable, key))| {
            let p = view.probability(variable);
            match usual.and_then(|usual| usual.get(at)) {
                Some(usual) if p == View::Residual.probability(variable) => *usual,
                _ => self.draw(block, *key, p),
            }
        });
        luck.collect()
    }

    fn draw(&self, block: usize, key: u64, p: f64) -> Bits {
        std::array::from_fn(|at| worlds(key, (block * BLOCK + at) as u64, p))
    }

    /// The least fixpoint. First in, first out: a priority queue visits long circles many times more.
    fn spread(&self, open: &[Bits], had: &mut [Bits]) {
        let mut waiting: Vec<bool> = vec![false; self.graph.edges.len()];
        let mut queue: VecDeque<EdgeId> = self.starts.iter().copied().collect();
        while let Some(id) = queue.pop_front() {
            if let Some(flag) = waiting.get_mut(id.index()) {
                *flag = false;
            }
            let works = self.works(id, open, had);
            if is_empty(&works) {
                continue;
            }
            for given in self.graph.gives(id) {
                let Some(bits) = had.get_mut(given.index()) else { continue };
                let fresh = beyond(&works, bits);
                if is_empty(&fresh) {
                    continue;
                }
                bits.iter_mut().zip(&fresh).for_each(|(bits, fresh)| *bits |= fresh);
                for next in self.wiring.dependents(*given) {
                    if let Some(flag) = waiting.get_mut(next.index())
                        && !*flag
                    {
                        *flag = true;
                        queue.push_back(*next);
                    }
                }
            }
        }
    }

    /// In which worlds a step works once its needs are met: its chances are true, and no barrier holds.
    fn open(&self, view: View, edge: EdgeId, luck: &[Bits]) -> Bits {
        if !view.has(&self.graph.edges[edge]) {
            return [0; BLOCK];
        }
        let mut open = FULL;
        for chance in self.graph.chances(edge) {
            and(&mut open, luck.get(chance.index()));
        }
        if view.has_barriers() {
            for barrier in self.graph.barriers(edge) {
                let holds = self.holds(&self.graph.barriers[*barrier].members, luck);
                open.iter_mut().zip(&holds).for_each(|(open, holds)| *open &= !holds);
            }
        }
        open
    }

    /// In which worlds a step works.
    fn works(&self, id: EdgeId, open: &[Bits], had: &[Bits]) -> Bits {
        let mut works = open.get(id.index()).copied().unwrap_or([0; BLOCK]);
        for need in self.graph.needs(id) {
            and(&mut works, had.get(need.index()));
        }
        works
    }

    fn holds(&self, members: &[VariableId], luck: &[Bits]) -> Bits {
        let mut holds = FULL;
        for member in members {
            and(&mut holds, luck.get(member.index()));
        }
        holds
    }
}

fn and(bits: &mut Bits, other: Option<&Bits>) {
    match other {
        Some(other) => bits.iter_mut().zip(other).for_each(|(bits, other)| *bits &= other),
        None => *bits = [0; BLOCK],
    }
}

/// What is in the first and not in the second.
fn beyond(bits: &Bits, known: &Bits) -> Bits {
    let mut fresh = *bits;
    fresh.iter_mut().zip(known).for_each(|(fresh, known)| *fresh &= !known);
    fresh
}

fn is_empty(bits: &Bits) -> bool {
    bits.iter().fold(0, |any, word| any | word) == 0
}

fn ones(bits: &Bits) -> u32 {
    bits.iter().map(|word| word.count_ones()).sum()
}
