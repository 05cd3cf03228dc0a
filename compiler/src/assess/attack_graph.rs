//! The attack graph: states that an attacker can have (OR), steps that give them (AND).
//!
//! In: states and steps as they are found. Out: an [`AttackGraph`]. Never: a state twice, or a step that knows what security is.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::variables::{Barrier, VariableId, Variables};
use crate::base::IndexVec;
use crate::model::{LossId, RuleId, StateId, StepId, ThingId, Value};

crate::new_id! {
    /// A state of an attack graph.
    NodeId
}
crate::new_id! {
    /// A step of an attack graph.
    EdgeId
}

/// What a state of the graph stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A capability with its arguments.
    State(StateId, Vec<ThingId>),
    /// A loss that has happened, with its arguments.
    Loss(LossId, Vec<ThingId>),
}

/// Where a step comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A step of the language.
    Step(StepId),
    /// A rule that is a step of its own.
    Rule(RuleId),
    /// The reaching of a loss.
    Loss(LossId),
}

/// A step with everything that decides whether it works.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Where it comes from.
    pub origin: Origin,
    /// What its variables are bound to.
    pub values: Arc<[Value]>,
    /// States that must all be had.
    pub needs: Vec<NodeId>,
    /// States that it gives.
    pub gives: Vec<NodeId>,
    /// Chance variables that must all be true.
    pub chances: Vec<VariableId>,
    /// Each keeps it from working by itself.
    pub barriers: Vec<Barrier>,
    /// It stands only because of what nobody said.
    pub is_assumed: bool,
    /// It has to do with a third party or a finding, and the code alone does not show it.
    pub is_beyond_code: bool,
}

/// States and steps of one deployment.
#[derive(Clone, Debug, Default)]
pub struct AttackGraph {
    /// What can be had.
    pub nodes: IndexVec<NodeId, Node>,
    /// How it is had.
    pub edges: IndexVec<EdgeId, Edge>,
    /// What chance decides.
    pub variables: Variables,
    by_node: FxHashMap<Node, NodeId>,
}

impl AttackGraph {
    /// The state, which is in the graph from now on.
    pub fn node(&mut self, node: Node) -> NodeId {
        match self.by_node.get(&node) {
            Some(known) => *known,
            None => {
                let id = self.nodes.push(node.clone());
                self.by_node.insert(node, id);
                id
            }
        }
    }

    /// For each state, the steps that need it.
    pub fn dependents(&self) -> Adjacency {
        Adjacency::of(self.nodes.len(), self.edges.iter_ids().map(|(id, edge)| (id, edge.needs.as_slice())))
    }

    /// For each state, the steps that give it.
    pub fn givers(&self) -> Adjacency {
        Adjacency::of(self.nodes.len(), self.edges.iter_ids().map(|(id, edge)| (id, edge.gives.as_slice())))
    }
}

/// Steps by state, in one vector.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    starts: Vec<u32>,
    edges: Vec<EdgeId>,
}

impl Adjacency {
    fn of<'a>(nodes: usize, edges: impl Iterator<Item = (EdgeId, &'a [NodeId])> + Clone) -> Adjacency {
        use crate::base::Id;
        let mut starts = vec![0_u32; nodes + 1];
        for (_, at) in edges.clone() {
            for node in at {
                if let Some(count) = starts.get_mut(node.index() + 1) {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut sorted = vec![EdgeId::from_index(0); total as usize];
        for (edge, at) in edges {
            for node in at {
                if let Some(place) = next.get_mut(node.index())
                    && let Some(slot) = sorted.get_mut(*place as usize)
                {
                    *slot = edge;
                    *place += 1;
                }
            }
        }
        Adjacency { starts, edges: sorted }
    }

    /// The steps of a state, in order.
    pub fn at(&self, node: NodeId) -> &[EdgeId] {
        use crate::base::Id;
        let start = self.starts.get(node.index()).copied().unwrap_or(0) as usize;
        let end = self.starts.get(node.index() + 1).copied().unwrap_or(0) as usize;
        self.edges.get(start..end).unwrap_or(&[])
    }
}
