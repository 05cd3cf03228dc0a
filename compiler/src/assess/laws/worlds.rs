//! Laws of the worlds: they count what the model says they count, and how far a count may be off.

use super::Law;
use super::assessed::{Verdict, check, graphs, settings};
use super::made_up::Case;
use crate::assess::attack_graph::{AttackGraph, NodeId};
use crate::assess::chance_bits::{key, worlds};
use crate::assess::circles::groups;
use crate::assess::view::View;
use crate::assess::worlds::{Counts, count};
use crate::assess::{Constants, Settings};
use crate::base::Id;

pub const COUNTED: Law =
    Law { says: "worlds: a state is had where the steps of its world give it", holds: counted };

/// How many worlds laws look at that are about shares of them.
const MANY: u32 = 4096;

/// Settings with worlds enough to compare shares.
pub fn many() -> Settings {
    let settings = settings();
    Settings { constants: Constants { samples: MANY, ..settings.constants }, ..settings }
}

/// How far a share of the worlds is from a probability at most: four times its standard error, and a few worlds.
pub fn error(p: f64) -> f64 {
    let (p, n) = (p.clamp(0.0, 1.0), f64::from(MANY));
    4.0 * (p * (1.0 - p) / n).sqrt() + 4.0 / n
}

/// The counts of a graph, view by view.
pub fn counts(graph: &AttackGraph, constants: &Constants) -> [Counts; View::TOLD.len()] {
    let groups = groups(graph, &graph.wiring());
    count(graph, groups.iter(), View::TOLD.map(|view| (view, &[] as &[NodeId])), constants, 1)
}

/// The counts are those of a plain search: world by world, step by step, until nothing changes.
fn counted(case: &Case) -> Verdict {
    let settings = settings();
    for graph in graphs(&case.base().products, &settings) {
        for (view, counts) in View::TOLD.into_iter().zip(counts(&graph, &settings.constants)) {
            let plain = plainly(&graph, view, &settings.constants);
            check(counts.nodes == plain, || {
                format!("{view:?}: {:?}\nby hand {plain:?}\n{}", counts.nodes, case.base().text)
            })?;
        }
    }
    Ok(())
}

/// How often each state is had, as the model defines it: steps fire where their needs are had, their chances are true and no
/// guard holds, until nothing new comes.
fn plainly(graph: &AttackGraph, view: View, constants: &Constants) -> Vec<u32> {
    let mut counts = vec![0; graph.nodes.len()];
    for word in 0..u64::from(constants.samples / 64) {
        let luck = |variable| {
            let variable = graph.variables.of(variable);
            worlds(key(&variable.name, constants.seed), word, view.probability(variable))
        };
        let steps = graph.edges.ids().filter(|edge| view.has(&graph.edges[*edge]));
        let open: Vec<_> = steps
            .map(|edge| {
                let chances = graph.chances(edge).iter().fold(u64::MAX, |bits, chance| bits & luck(*chance));
                let guards = graph.barriers(edge).iter().filter(|_| view.has_barriers());
                let held = guards.fold(0, |bits, barrier| {
                    let members = graph.barriers[*barrier].members.iter();
                    bits | members.fold(u64::MAX, |bits, member| bits & luck(*member))
                });
                (edge, chances & !held)
            })
            .collect();
        let mut had = vec![0_u64; graph.nodes.len()];
        let mut is_new = true;
        while is_new {
            is_new = false;
            for (edge, open) in &open {
                let works = graph.needs(*edge).iter().fold(*open, |bits, need| bits & had[need.index()]);
                for given in graph.gives(*edge) {
                    is_new |= works & !had[given.index()] != 0;
                    had[given.index()] |= works;
                }
            }
        }
        counts.iter_mut().zip(had).for_each(|(count, had)| *count += had.count_ones());
    }
    counts
}
