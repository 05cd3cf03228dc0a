//! The strongest single attack on every state, and the worst loss behind every state.
//!
//! In: an attack graph and a [`View`]. Out: lower bounds of probabilities, and the ways that give them. Never: a way that uses
//! what it has not reached before (Knuth 1977, *A generalization of Dijkstra's algorithm*).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::view::View;
use crate::base::Id;
use crate::base::fault::{self, Fault};

/// The strongest ways of one view of an attack graph.
#[derive(Clone, Debug)]
pub struct Strongest {
    /// By state: the largest product of probabilities over any way to it, 0 where there is none, and the step that such a way
    /// ends with.
    reach: Vec<(f64, Option<EdgeId>)>,
    /// By state: the largest product of an impact and the probabilities on the way to it, and the step that such a way begins
    /// with; `None` at a loss.
    behind: Vec<(f64, Option<EdgeId>)>,
}

/// An attack as it is put together. Its sets grow with the attack, not with the product.
#[derive(Default)]
struct Way {
    /// Each after what it needs.
    steps: Vec<EdgeId>,
    taken: FxHashSet<EdgeId>,
    /// The states whose steps are in it, or about to be.
    had: FxHashSet<NodeId>,
    /// Those whose steps are in it.
    done: FxHashSet<NodeId>,
    /// How a state is had, where that is not the strongest way.
    turns: FxHashMap<NodeId, EdgeId>,
}

impl Way {
    /// Adds a step, unless it is in already.
    fn take(&mut self, edge: EdgeId) -> bool {
        let is_new = self.taken.insert(edge);
        if is_new {
            self.steps.push(edge);
        }
        is_new
    }
}

/// A state in a queue, the most probable first, ties by number.
#[derive(PartialEq)]
struct Waiting {
    value: f64,
    node: NodeId,
}

impl Eq for Waiting {}

impl Ord for Waiting {
    fn cmp(&self, other: &Waiting) -> Ordering {
        self.value.total_cmp(&other.value).then_with(|| other.node.cmp(&self.node))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The probability that a step works once its needs are met, each of its causes by itself.
pub fn probability(graph: &AttackGraph, view: View, edge: EdgeId) -> f64 {
    if !view.has(&graph.edges[edge]) {
        return 0.0;
    }
    let chances = graph.chances(edge).iter().map(|chance| view.probability(graph.variables.of(*chance)));
    let met = if fault::is(Fault::StrongestMeetsNoGuard) { &[] } else { graph.barriers(edge) };
    let barriers = met.iter().map(|barrier| 1.0 - view.bound(&graph.barriers[*barrier]));
    product(chances.chain(barriers))
}

/// The product of some probabilities, to the last bit the same in whatever order they come: the order of declarations must
/// not show in any number.
pub fn product(factors: impl IntoIterator<Item = f64>) -> f64 {
    let mut factors = factors.into_iter();
    match (factors.next(), factors.next(), factors.next()) {
        (None, ..) => 1.0,
        (Some(only), None, _) => only,
        // Two commute: there is nothing to put in order.
        (Some(first), Some(second), None) => first * second,
        (Some(first), Some(second), Some(third)) => {
            let mut all: Vec<f64> = [first, second, third].into_iter().chain(factors).collect();
            all.sort_by(f64::total_cmp);
            all.into_iter().product()
        }
    }
}

impl Strongest {
    /// Finds the strongest ways; `impacts` says which states are losses, and how bad.
    pub fn find(graph: &AttackGraph, wiring: &Wiring, view: View, impacts: &[(NodeId, f64)]) -> Strongest {
        let works: Vec<f64> = graph.edges.ids().map(|edge| probability(graph, view, edge)).collect();
        let nodes = graph.nodes.len();
        let mut found = Strongest { reach: vec![(0.0, None); nodes], behind: vec![(0.0, None); nodes] };
        found.forward(graph, wiring, &works);
        found.backward(graph, wiring, &works, impacts);
        found
    }

    /// How likely the strongest way to a state works.
    pub fn reach(&self, node: NodeId) -> f64 {
        self.reach.get(node.index()).map_or(0.0, |(reach, _)| *reach)
    }

    /// The worst that can follow from a state, as impact times probability.
    pub fn behind(&self, node: NodeId) -> f64 {
        self.behind.get(node.index()).map_or(0.0, |(behind, _)| *behind)
    }

    /// The steps of the strongest way to a state that takes certain turns, each after what it needs; none where there is no
    /// way, or where it would need what it is to give.
    pub fn way_by(
        &self,
        graph: &AttackGraph,
        node: NodeId,
        turns: &FxHashMap<NodeId, EdgeId>,
    ) -> Option<Vec<EdgeId>> {
        let mut way = Way { turns: turns.clone(), ..Way::default() };
        let is_way = self.collect(graph, node, &mut way) && !way.steps.is_empty();
        is_way.then_some(way.steps)
    }

    /// The step that the strongest way to a state ends with.
    pub fn giver(&self, node: NodeId) -> Option<EdgeId> {
        self.reach.get(node.index())?.1
    }

    /// The steps of the strongest way that takes a step and ends in the worst loss behind it, and that loss.
    pub fn way_through(&self, graph: &AttackGraph, edge: EdgeId) -> (Vec<EdgeId>, Option<NodeId>) {
        let mut way = Way::default();
        let mut at = Some(edge);
        let mut last = None;
        while let Some(edge) = at {
            for need in graph.needs(edge) {
                self.collect(graph, *need, &mut way);
            }
            if !way.take(edge) {
                break;
            }
            let gives = graph.gives(edge);
            way.had.extend(gives);
            way.done.extend(gives);
            let worst = gives
                .iter()
                .copied()
                .max_by(|a, b| self.behind(*a).total_cmp(&self.behind(*b)).then_with(|| b.cmp(a)));
            last = worst;
            at = worst.and_then(|node| self.behind.get(node.index())?.1);
        }
        (way.steps, last)
    }

    /// Steps to a state, without recursion: an attack may be as long as the product is large. False where they go round.
    fn collect(&self, graph: &AttackGraph, node: NodeId, way: &mut Way) -> bool {
        let mut open: Vec<(NodeId, bool)> = vec![(node, false)];
        while let Some((node, is_ready)) = open.pop() {
            let strongest = self.reach.get(node.index()).and_then(|(_, edge)| *edge);
            let Some(edge) = way.turns.get(&node).copied().or(strongest) else { continue };
            if is_ready {
                way.take(edge);
                way.done.insert(node);
            } else if way.had.insert(node) {
                open.push((node, true));
                open.extend(graph.needs(edge).iter().rev().map(|need| (*need, false)));
            } else if !way.done.contains(&node) {
                return false;
            }
        }
        true
    }

    fn forward(&mut self, graph: &AttackGraph, wiring: &Wiring, works: &[f64]) {
        // How many needs of each step are not reached yet, and what it is worth so far.
        let needs = graph.edges.ids().map(|edge| graph.needs(edge).len());
        let mut pending: Vec<(usize, f64)> = needs.zip(works.iter().copied()).collect();
        let mut is_settled = vec![false; graph.nodes.len()];
        let mut queue = BinaryHeap::new();
        for edge in graph.edges.ids().filter(|edge| graph.needs(*edge).is_empty()) {
            self.offer(graph, edge, works.get(edge.index()).copied().unwrap_or(0.0), &mut queue);
        }
        while let Some(Waiting { value, node }) = queue.pop() {
            match is_settled.get_mut(node.index()) {
                Some(flag) if !*flag => *flag = true,
                _ => continue,
            }
            for edge in wiring.dependents(node) {
                let Some((missing, product)) = pending.get_mut(edge.index()) else { continue };
                *product *= value;
                *missing -= 1;
                if *missing == 0 {
                    self.offer(graph, *edge, *product, &mut queue);
                }
            }
        }
    }

    fn offer(&mut self, graph: &AttackGraph, edge: EdgeId, value: f64, queue: &mut BinaryHeap<Waiting>) {
        if value <= 0.0 {
            return;
        }
        for given in graph.gives(edge) {
            let Some((reach, by)) = self.reach.get_mut(given.index()) else { continue };
            if value > *reach {
                *reach = value;
                *by = Some(edge);
                queue.push(Waiting { value, node: *given });
            }
        }
    }

    fn backward(&mut self, graph: &AttackGraph, wiring: &Wiring, works: &[f64], impacts: &[(NodeId, f64)]) {
        let mut is_settled = vec![false; graph.nodes.len()];
        let mut queue = BinaryHeap::new();
        for (node, impact) in impacts {
            if let Some((behind, _)) = self.behind.get_mut(node.index())
                && *impact > *behind
            {
                *behind = *impact;
                queue.push(Waiting { value: *impact, node: *node });
            }
        }
        while let Some(Waiting { value, node }) = queue.pop() {
            match is_settled.get_mut(node.index()) {
                Some(flag) if !*flag => *flag = true,
                _ => continue,
            }
            for id in wiring.givers(node) {
                let needs = graph.needs(*id);
                let work = works.get(id.index()).copied().unwrap_or(0.0);
                for need in needs {
                    let others = needs.iter().filter(|other| *other != need).map(|other| self.reach(*other));
                    let through = value * work * product(others);
                    let Some((behind, onward)) = self.behind.get_mut(need.index()) else { continue };
                    if through > *behind {
                        *behind = through;
                        *onward = Some(*id);
                        queue.push(Waiting { value: through, node: *need });
                    }
                }
            }
        }
    }
}
