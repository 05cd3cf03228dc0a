//! Which steps of an attack graph must be looked at together, and in what order the others follow each other (Tarjan 1972,
//! *Depth-first search and linear graph algorithms*).
//!
//! In: an attack graph. Out: groups of its steps; what a group hangs on stands before it, except for the group itself, which
//! is a circle where it has more than one step. Never: recursion; an attack may be as long as the product is large.

use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::lists::Lists;
use crate::base::{Id, IndexVec};

crate::new_id! {
    /// A state, or behind all of these a step.
    Vertex
}

/// What has not been found yet.
const NEW: u32 = 0;

/// What stands in a group already.
const SETTLED: u32 = u32::MAX;

/// The steps of a graph in groups.
pub fn groups(graph: &AttackGraph, wiring: &Wiring) -> Lists<EdgeId> {
    let vertices = graph.nodes.len() + graph.edges.len();
    let mut search = Search {
        graph,
        wiring,
        found: (0..vertices).map(|_| NEW).collect(),
        earliest: (0..vertices).map(|_| NEW).collect(),
        clock: NEW,
        open: Vec::new(),
        groups: Lists::default(),
    };
    // Losses are reached by the last steps: from there, what leads to one loss stays together.
    for edge in graph.edges.ids().rev() {
        search.from(Vertex::from_index(graph.nodes.len() + edge.index()));
    }
    search.groups
}

struct Search<'a> {
    graph: &'a AttackGraph,
    wiring: &'a Wiring,
    /// When a vertex was found.
    found: IndexVec<Vertex, u32>,
    /// When the earliest vertex was found that it is known to hang on, among those without a group.
    earliest: IndexVec<Vertex, u32>,
    clock: u32,
    /// What was found and has no group, in the order of being found.
    open: Vec<Vertex>,
    groups: Lists<EdgeId>,
}

impl Search<'_> {
    fn from(&mut self, root: Vertex) {
        let mut path: Vec<(Vertex, usize)> = Vec::new();
        if self.found[root] == NEW {
            self.find(root, &mut path);
        }
        while let Some((vertex, at)) = path.last_mut() {
            let vertex = *vertex;
            if let Some(next) = self.hangs_on(vertex, *at) {
                *at += 1;
                if self.found[next] == NEW {
                    self.find(next, &mut path);
                } else {
                    self.earliest[vertex] = self.earliest[vertex].min(self.found[next]);
                }
                continue;
            }
            path.pop();
            let earliest = self.earliest[vertex];
            if earliest == self.found[vertex] {
                self.settle(vertex);
            } else if let Some((after, _)) = path.last() {
                self.earliest[*after] = self.earliest[*after].min(earliest);
            }
        }
    }

    fn find(&mut self, vertex: Vertex, path: &mut Vec<(Vertex, usize)>) {
        self.clock += 1;
        self.found[vertex] = self.clock;
        self.earliest[vertex] = self.clock;
        self.open.push(vertex);
        path.push((vertex, 0));
    }

    /// What a state or step hangs on: a state on the steps that give it, a step on the states that it needs.
    fn hangs_on(&self, vertex: Vertex, at: usize) -> Option<Vertex> {
        let states = self.graph.nodes.len();
        match vertex.index().checked_sub(states) {
            None => {
                let giver = self.wiring.givers(NodeId::from_index(vertex.index())).get(at)?;
                Some(Vertex::from_index(states + giver.index()))
            }
            Some(edge) => {
                let need = self.graph.needs(EdgeId::from_index(edge)).get(at)?;
                Some(Vertex::from_index(need.index()))
            }
        }
    }

    /// Everything found since a vertex hangs on it, and it on that: they are one group. What was found last comes first.
    fn settle(&mut self, first: Vertex) {
        let mut steps: Vec<EdgeId> = Vec::new();
        while let Some(vertex) = self.open.pop() {
            self.found[vertex] = SETTLED;
            steps.extend(vertex.index().checked_sub(self.graph.nodes.len()).map(EdgeId::from_index));
            if vertex == first {
                break;
            }
        }
        if !steps.is_empty() {
            self.groups.push(steps);
        }
    }
}
