//! What leads to a state, and nothing else of an attack graph.
//!
//! In: an attack graph and states of it. Out: [`Cone`]s. Never: a walk over the rest of the graph for each of them.

use rustc_hash::FxHashSet;

use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::circles;
use super::variables::VariableId;
use crate::base::IndexVec;

/// Where each step stands in the order of the fixpoint, and in which group. Made once for a graph.
pub struct Ranks {
    by_edge: IndexVec<EdgeId, Rank>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    group: u32,
    place: u32,
}

/// What leads to some states.
#[derive(Debug, Default)]
pub struct Cone {
    /// The states, and those that any way to them passes.
    pub states: FxHashSet<NodeId>,
    /// Its steps in groups: what a group hangs on stands before it; one of several steps is a circle.
    pub stretches: Vec<Vec<EdgeId>>,
    /// What chance decides in it, as first met on a walk back from the states, one way to the end before the next.
    pub variables: Vec<VariableId>,
}

impl Ranks {
    /// Looks through a graph once.
    pub fn of(graph: &AttackGraph, wiring: &Wiring) -> Ranks {
        let mut by_edge: IndexVec<EdgeId, Rank> = graph.edges.ids().map(|_| Rank::default()).collect();
        for (group, edges) in circles::groups(graph, wiring).iter().enumerate() {
            for (place, edge) in edges.iter().enumerate() {
                by_edge[*edge] = Rank { group: group as u32, place: place as u32 };
            }
        }
        Ranks { by_edge }
    }
}

impl Cone {
    /// Everything that leads to some states.
    pub fn to(targets: &[NodeId], graph: &AttackGraph, wiring: &Wiring, ranks: &Ranks) -> Cone {
        let mut walk = Walk::default();
        walk.back_from(targets, graph, wiring);
        let mut steps = walk.steps;
        steps.sort_by_key(|edge| ranks.by_edge[*edge]);
        let is_one_group = |a: &EdgeId, b: &EdgeId| ranks.by_edge[*a].group == ranks.by_edge[*b].group;
        Cone {
            states: walk.states,
            stretches: steps.chunk_by(is_one_group).map(<[EdgeId]>::to_vec).collect(),
            variables: walk.variables,
        }
    }
}

impl Cone {
    /// The steps of one attack, in its order. Their variables stand by name, so that equal attacks give equal numbers to the
    /// last bit.
    pub fn along(steps: &[EdgeId], graph: &AttackGraph) -> Cone {
        let mut walk = Walk::default();
        steps.iter().for_each(|step| walk.meet(graph, *step));
        let name = |variable: &VariableId| &graph.variables.of(*variable).name;
        walk.variables.sort_by(|a, b| name(a).cmp(name(b)));
        Cone { variables: walk.variables, ..Cone::default() }
    }
}

/// A walk from states back to where attacks begin. Its sets grow with the cone, not with the product.
#[derive(Default)]
struct Walk {
    states: FxHashSet<NodeId>,
    taken: FxHashSet<EdgeId>,
    steps: Vec<EdgeId>,
    met: FxHashSet<VariableId>,
    variables: Vec<VariableId>,
}

/// What a walk comes to.
#[derive(Clone, Copy)]
enum Stop {
    State(NodeId),
    Step(EdgeId),
}

impl Walk {
    fn back_from(&mut self, targets: &[NodeId], graph: &AttackGraph, wiring: &Wiring) {
        let mut open: Vec<Stop> = targets.iter().rev().map(|node| Stop::State(*node)).collect();
        while let Some(stop) = open.pop() {
            match stop {
                Stop::State(node) if self.states.insert(node) => {
                    open.extend(wiring.givers(node).iter().rev().map(|edge| Stop::Step(*edge)));
                }
                Stop::Step(edge) if self.taken.insert(edge) => {
                    self.steps.push(edge);
                    self.meet(graph, edge);
                    open.extend(graph.needs(edge).iter().rev().map(|node| Stop::State(*node)));
                }
                Stop::State(_) | Stop::Step(_) => {}
            }
        }
    }

    fn meet(&mut self, graph: &AttackGraph, edge: EdgeId) {
        let barriers = graph.barriers(edge).iter();
        let members = barriers.flat_map(|barrier| &graph.barriers[*barrier].members);
        for variable in graph.chances(edge).iter().chain(members) {
            if self.met.insert(*variable) {
                self.variables.push(*variable);
            }
        }
    }
}
