//! Who talks to whom: the directed graph of flows, and what can be reached along it.
//!
//! In: the flows that are here. Out: neighbours and reachability. Never: a judgement of how hard a way is.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::Product;
use super::reading::things_in;
use crate::model::{Keyword, ThingId};

/// Parties and the flows between them. Parallel flows are edges of their own.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    graph: DiGraph<ThingId, ThingId>,
    nodes: FxHashMap<ThingId, NodeIndex>,
}

impl Flows {
    fn node(&mut self, thing: ThingId) -> NodeIndex {
        match self.nodes.get(&thing) {
            Some(node) => *node,
            None => {
                let node = self.graph.add_node(thing);
                self.nodes.insert(thing, node);
                node
            }
        }
    }

    /// The flows that start or end at a thing, in order of declaration.
    fn at(&self, thing: ThingId, direction: Direction) -> Vec<ThingId> {
        let Some(node) = self.nodes.get(&thing) else { return Vec::new() };
        let mut flows: Vec<ThingId> =
            self.graph.edges_directed(*node, direction).map(|edge| *edge.weight()).collect();
        flows.sort();
        flows
    }
}

impl Product {
    pub(super) fn connect(&mut self) {
        let words = self.model.words.clone();
        for flow in self.things(Keyword::Flow).to_vec() {
            let ends = (self.reference(flow, words.from), self.reference(flow, words.to));
            if let (Some(from), Some(to)) = ends {
                let (from, to) = (self.flows.node(from), self.flows.node(to));
                self.flows.graph.add_edge(from, to, flow);
            }
        }
    }

    /// The flows that start at a thing.
    pub fn flows_from(&self, thing: ThingId) -> Vec<ThingId> {
        self.flows.at(thing, Direction::Outgoing)
    }

    /// The flows that end at a thing.
    pub fn flows_to(&self, thing: ThingId) -> Vec<ThingId> {
        self.flows.at(thing, Direction::Incoming)
    }

    /// The data that any flow brings to a thing or takes from it, each once.
    pub(super) fn moved_through(&self, thing: ThingId) -> Vec<ThingId> {
        let mut data: Vec<ThingId> = Vec::new();
        for flow in self.flows_from(thing).into_iter().chain(self.flows_to(thing)) {
            data.extend(things_in(&self.read(flow, self.model.words.moves).value));
        }
        data.sort();
        data.dedup();
        data
    }

    /// Everything that declared flows lead to from a thing, itself left out unless a circle leads back.
    pub fn reached_from(&self, from: ThingId, avoiding: Option<ThingId>) -> Vec<ThingId> {
        self.search(from, Direction::Outgoing, avoiding)
    }

    /// Everything from which declared flows lead to a thing.
    pub fn leading_to(&self, to: ThingId) -> Vec<ThingId> {
        self.search(to, Direction::Incoming, None)
    }

    fn search(&self, from: ThingId, direction: Direction, avoiding: Option<ThingId>) -> Vec<ThingId> {
        let Some(start) = self.flows.nodes.get(&from) else { return Vec::new() };
        let mut seen: Vec<bool> = vec![false; self.flows.graph.node_count()];
        let mut open = VecDeque::from([*start]);
        let mut found = Vec::new();
        while let Some(node) = open.pop_front() {
            for next in self.flows.graph.neighbors_directed(node, direction) {
                let thing = self.flows.graph.node_weight(next).copied();
                let Some(flag) = seen.get_mut(next.index()) else { continue };
                if *flag || (thing == avoiding && thing.is_some()) {
                    continue;
                }
                *flag = true;
                open.push_back(next);
                found.extend(thing);
            }
        }
        found
    }
}
