//! The attack graph: states that an attacker can have (OR), steps that give them (AND).
//!
//! In: states and steps as they are found. Out: an [`AttackGraph`]. Never: a state twice, or a step that knows what security is.

use rustc_hash::FxHashMap;

use super::lists::Lists;
use super::variables::{Barrier, BarrierId, VariableId, Variables};
use crate::base::fault::{self, Fault};
use crate::base::{Id, IndexVec};
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
    State(StateId, Args),
    /// A loss that has happened, and what of.
    Loss(LossId, ThingId),
    /// A state of another deployment, which is not the same as that of this one.
    Elsewhere(ThingId, Box<Node>),
}

/// What a state is about. Most are about one thing, which takes no memory of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Args {
    /// One thing.
    One(ThingId),
    /// Any other number of them.
    Several(Box<[ThingId]>),
}

impl Args {
    /// The things, in the order of the state's parameters.
    pub fn as_slice(&self) -> &[ThingId] {
        match self {
            Args::One(thing) => std::slice::from_ref(thing),
            Args::Several(things) => things,
        }
    }
}

impl From<&[ThingId]> for Args {
    fn from(things: &[ThingId]) -> Args {
        match things {
            [thing] => Args::One(*thing),
            _ => Args::Several(things.into()),
        }
    }
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

/// A step. What it binds, needs and gives and what decides whether it works is asked of the graph.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where it comes from.
    pub origin: Origin,
    /// It stands only because of what nobody said.
    pub is_assumed: bool,
    /// It has to do with a third party or a finding, and the code alone does not show it.
    pub is_beyond_code: bool,
    /// The other deployment in which it happens; `None` in this one.
    pub elsewhere: Option<ThingId>,
}

/// States and steps of one deployment, and those of others that lead into it by what they share.
#[derive(Clone, Debug, Default)]
pub struct AttackGraph {
    /// What can be had.
    pub nodes: IndexVec<NodeId, Node>,
    /// How it is had.
    pub edges: IndexVec<EdgeId, Edge>,
    /// What chance decides.
    pub variables: Variables,
    /// What stands in the way.
    pub barriers: IndexVec<BarrierId, Barrier>,
    by_node: FxHashMap<Node, NodeId>,
    bound: Lists<Value>,
    needed: Lists<NodeId>,
    given: Lists<NodeId>,
    tried: Lists<VariableId>,
    barred: Lists<BarrierId>,
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

    /// A state that is in the graph already.
    pub fn find(&self, node: &Node) -> Option<NodeId> {
        self.by_node.get(node).copied()
    }

    /// Adds a step with what it binds, the states that it needs and gives, its chances and its barriers.
    pub fn step(
        &mut self,
        edge: Edge,
        values: &[Value],
        needs: &[NodeId],
        gives: &[NodeId],
        chances: &[VariableId],
        barriers: &[BarrierId],
    ) {
        self.edges.push(edge);
        self.bound.push(values.iter().cloned());
        self.needed.push(needs.iter().copied());
        self.given.push(gives.iter().copied());
        self.tried.push(chances.iter().copied());
        let forgotten = if fault::is(Fault::LastGuardCounts) { barriers.len().saturating_sub(1) } else { 0 };
        self.barred.push(barriers.iter().skip(forgotten).copied());
    }

    /// What the variables of a step are bound to.
    pub fn values(&self, edge: EdgeId) -> &[Value] {
        self.bound.at(edge.index())
    }

    /// States that a step needs, all of them.
    pub fn needs(&self, edge: EdgeId) -> &[NodeId] {
        self.needed.at(edge.index())
    }

    /// States that a step gives.
    pub fn gives(&self, edge: EdgeId) -> &[NodeId] {
        self.given.at(edge.index())
    }

    /// Chance variables that must all be true for a step to work.
    pub fn chances(&self, edge: EdgeId) -> &[VariableId] {
        self.tried.at(edge.index())
    }

    /// What keeps a step from working, each by itself.
    pub fn barriers(&self, edge: EdgeId) -> &[BarrierId] {
        self.barred.at(edge.index())
    }

    /// The graph from the side of its states.
    pub fn wiring(&self) -> Wiring {
        let states = self.nodes.len();
        Wiring { dependents: self.needed.inverse(states), givers: self.given.inverse(states) }
    }
}

/// The steps around each state.
#[derive(Clone, Debug)]
pub struct Wiring {
    dependents: Lists<EdgeId>,
    givers: Lists<EdgeId>,
}

impl Wiring {
    /// The steps that need a state, in order.
    pub fn dependents(&self, node: NodeId) -> &[EdgeId] {
        self.dependents.at(node.index())
    }

    /// The steps that give a state, in order.
    pub fn givers(&self, node: NodeId) -> &[EdgeId] {
        self.givers.at(node.index())
    }
}
