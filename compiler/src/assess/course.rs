//! An attack graph laid out in the order in which its fixpoint is worked out, so that one walk through memory does it.
//!
//! In: an attack graph. Out: a [`Course`]: the same graph, every part of it numbered by when it is first met. Never: a change of
//! what is had; the least fixpoint is the same in any order.

use std::ops::Range;

use super::attack_graph::{AttackGraph, EdgeId, NodeId};
use super::lists::Lists;
use super::variables::{BarrierId, VariableId};
use super::view::View;
use crate::base::fault::{self, Fault};
use crate::base::{Id, IndexVec};

crate::new_id! {
    /// Where a step stands in a course.
    StepAt
}
crate::new_id! {
    /// Where a state stands in a course.
    StateAt
}
crate::new_id! {
    /// Where a variable stands in a course.
    VariableAt
}
crate::new_id! {
    /// Where a barrier stands in a course.
    BarrierAt
}

/// A graph in the order of its fixpoint.
#[derive(Debug)]
pub struct Course<const VIEWS: usize> {
    /// How the graph is looked at.
    pub views: [View; VIEWS],
    /// One after the other; each needs only what it has itself and what stands before it.
    pub stretches: Vec<Stretch>,
    pub steps: Order<EdgeId, StepAt>,
    pub states: Order<NodeId, StateAt>,
    pub variables: Order<VariableId, VariableAt>,
    pub barriers: Order<BarrierId, BarrierAt>,
    /// In which views each step counts.
    pub seen: IndexVec<StepAt, [bool; VIEWS]>,
    /// By step.
    pub needs: Lists<StateAt>,
    pub gives: Lists<StateAt>,
    pub chances: Lists<VariableAt>,
    pub barred: Lists<BarrierAt>,
    /// By barrier.
    pub members: Lists<VariableAt>,
    /// By state: the steps that need it.
    pub dependents: Lists<StepAt>,
}

/// Steps that are worked on together: one, or a circle.
#[derive(Debug)]
pub struct Stretch {
    pub steps: Range<usize>,
    /// How many states, variables and barriers were met when it ends.
    pub states: usize,
    pub variables: usize,
    pub barriers: usize,
}

/// Things by when they were first met.
#[derive(Debug)]
pub struct Order<I, P> {
    met: IndexVec<P, I>,
    places: Vec<Option<P>>,
}

impl<I: Id, P: Id> Default for Order<I, P> {
    fn default() -> Self {
        Order { met: IndexVec::new(), places: Vec::new() }
    }
}

impl<I: Id, P: Id> Order<I, P> {
    /// The place of a thing; a new one at the end if it was not met before.
    fn meet(&mut self, id: I) -> P {
        if self.places.len() <= id.index() {
            self.places.resize(id.index() + 1, None);
        }
        let place = self.place(id).unwrap_or_else(|| self.met.push(id));
        if let Some(known) = self.places.get_mut(id.index()) {
            *known = Some(place);
        }
        place
    }

    /// The place of a thing that was met.
    pub fn place(&self, id: I) -> Option<P> {
        self.places.get(id.index()).copied().flatten()
    }

    /// Everything that was met, in order.
    pub fn all(&self) -> &IndexVec<P, I> {
        &self.met
    }
}

impl<const VIEWS: usize> Course<VIEWS> {
    /// Lays steps of a graph out, which come in groups: what a group hangs on stands before it.
    pub fn of<'a>(
        graph: &AttackGraph,
        groups: impl Iterator<Item = &'a [EdgeId]>,
        views: [View; VIEWS],
    ) -> Course<VIEWS> {
        let mut course = Course {
            views,
            stretches: Vec::new(),
            steps: Order::default(),
            states: Order::default(),
            variables: Order::default(),
            barriers: Order::default(),
            seen: IndexVec::new(),
            needs: Lists::default(),
            gives: Lists::default(),
            chances: Lists::default(),
            barred: Lists::default(),
            members: Lists::default(),
            dependents: Lists::default(),
        };
        for group in groups {
            let first = course.steps.all().len();
            for edge in group {
                course.take(graph, *edge);
            }
            course.stretches.push(Stretch {
                steps: first..course.steps.all().len(),
                states: course.states.all().len(),
                variables: course.variables.all().len(),
                barriers: course.barriers.all().len(),
            });
        }
        course.dependents = course.needs.inverse(course.states.all().len());
        course
    }

    fn take(&mut self, graph: &AttackGraph, edge: EdgeId) {
        self.steps.meet(edge);
        self.seen.push(self.views.map(|view| view.has(&graph.edges[edge])));
        self.needs.push(graph.needs(edge).iter().map(|node| self.states.meet(*node)));
        let is_given_later =
            |node: &NodeId| graph.edges.ids().any(|other| other > edge && graph.gives(other).contains(node));
        let is_lost = |node: &NodeId| fault::is(Fault::LastStepCounts) && is_given_later(node);
        let gives = graph.gives(edge).iter().filter(|node| !is_lost(node));
        self.gives.push(gives.map(|node| self.states.meet(*node)));
        self.chances.push(graph.chances(edge).iter().map(|variable| self.variables.meet(*variable)));
        let met = if fault::is(Fault::GuardsAreIgnored) { &[] } else { graph.barriers(edge) };
        for barrier in met {
            if self.barriers.place(*barrier).is_none() {
                self.barriers.meet(*barrier);
                let members = graph.barriers[*barrier].members.iter();
                self.members.push(members.map(|member| self.variables.meet(*member)));
            }
        }
        self.barred.push(met.iter().filter_map(|barrier| self.barriers.place(*barrier)));
    }
}
