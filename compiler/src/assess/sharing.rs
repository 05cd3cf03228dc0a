//! What leads from one deployment into another: steps elsewhere that end in a state of shared things.
//!
//! In: the attack graphs of all deployments, each by itself. Out: the graph of one with what leads into it. Never: a step of
//! another deployment that ends in nothing shared; where nothing is shared, deployments are apart.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::attack_graph::{AttackGraph, Edge, EdgeId, Node, NodeId, Wiring};
use super::generate;
use super::matching::Finder;
use super::situation::Settings;
use super::variables::{Barrier, BarrierId, VariableId};
use crate::base::fault::{self, Fault};
use crate::graph::Product;
use crate::model::ThingId;

/// A deployment with its own attack graph.
pub(super) struct Draft<'a> {
    pub finder: Finder<'a>,
    pub graph: AttackGraph,
}

impl<'a> Draft<'a> {
    pub fn of(product: &'a Product, settings: &Settings) -> Draft<'a> {
        let finder = Finder::new(product, settings.today);
        let graph = generate::generate(&finder, &settings.constants, settings.today);
        Draft { finder, graph }
    }

    fn product(&self) -> &'a Product {
        self.finder.product
    }
}

/// The graph of one deployment among all, with the steps of the others that lead into it.
pub(super) fn joined<'g>(own: &'g Draft<'_>, all: &'g [Draft<'_>]) -> Cow<'g, AttackGraph> {
    let others = all.iter().filter(|other| other.product().deployment != own.product().deployment);
    let mut leading = Leading::into(own, others.collect());
    leading.gather(&own.graph);
    let mut graph = Cow::Borrowed(&own.graph);
    for (other, cone) in leading.others.iter().zip(&leading.cones) {
        if let (Some(deployment), false) = (other.product().deployment, cone.steps.is_empty()) {
            let to = graph.to_mut();
            Import { from: &other.graph, deployment, shared: &leading.shared, to }.take(cone);
        }
    }
    graph
}

/// The deployments that share anything with one of them.
pub(super) fn sharing_with<'a>(own: &Product, all: &'a [Product], settings: &Settings) -> Vec<Draft<'a>> {
    let others = all.iter().filter(|other| other.deployment != own.deployment && share(own, other));
    others.map(|other| Draft::of(other, settings)).collect()
}

/// Whether two deployments share anything.
pub(super) fn share(own: &Product, other: &Product) -> bool {
    own.all().any(|thing| own.is_shared(thing) && other.has(thing) && other.is_shared(thing))
}

/// The things of a deployment that are one in all that have them.
fn shared_things(own: &Product, others: &[&Draft<'_>]) -> FxHashSet<ThingId> {
    let is_shared_by_all = |thing: &ThingId| {
        let mut having = others.iter().map(|other| other.product()).filter(|other| other.has(*thing));
        let is_shared = own.is_shared(*thing) && having.all(|other| other.is_shared(*thing));
        is_shared || fault::is(Fault::EverythingIsShared)
    };
    if others.is_empty() { FxHashSet::default() } else { own.all().filter(is_shared_by_all).collect() }
}

/// Whether a state is the same in all deployments: it is about shared things alone.
fn is_shared(shared: &FxHashSet<ThingId>, node: &Node) -> bool {
    match node {
        Node::State(_, args) => {
            let things = args.as_slice();
            !things.is_empty() && things.iter().all(|thing| shared.contains(thing))
        }
        Node::Loss(..) | Node::Elsewhere(..) => false,
    }
}

/// The search for what leads into one deployment.
struct Leading<'g, 'a> {
    others: Vec<&'g Draft<'a>>,
    shared: FxHashSet<ThingId>,
    /// What is taken of each other deployment.
    cones: Vec<Cone>,
    /// States whose givers are still to be taken.
    open: Vec<(usize, NodeId)>,
}

/// What is taken of a deployment.
#[derive(Default)]
struct Cone {
    /// Made when its first state is wanted.
    wiring: Option<Wiring>,
    states: FxHashSet<NodeId>,
    steps: FxHashSet<EdgeId>,
}

impl<'g, 'a> Leading<'g, 'a> {
    fn into(own: &Draft<'_>, others: Vec<&'g Draft<'a>>) -> Leading<'g, 'a> {
        let cones = others.iter().map(|_| Cone::default()).collect();
        Leading { shared: shared_things(own.product(), &others), others, cones, open: Vec::new() }
    }

    /// Everything behind the shared states that steps of the deployment itself need.
    fn gather(&mut self, own: &AttackGraph) {
        if self.shared.is_empty() {
            return;
        }
        let needed: FxHashSet<NodeId> = own.edges.ids().flat_map(|edge| own.needs(edge)).copied().collect();
        for (_, node) in own.nodes.iter_ids().filter(|(id, _)| needed.contains(id)) {
            if is_shared(&self.shared, node) {
                self.want(node);
            }
        }
        while let Some((at, node)) = self.open.pop() {
            let (Some(draft), Some(cone)) = (self.others.get(at).copied(), self.cones.get_mut(at)) else {
                continue;
            };
            let wiring = cone.wiring.get_or_insert_with(|| draft.graph.wiring());
            let fresh: Vec<EdgeId> =
                wiring.givers(node).iter().copied().filter(|edge| cone.steps.insert(*edge)).collect();
            for need in fresh.into_iter().flat_map(|edge| draft.graph.needs(edge)) {
                let state = &draft.graph.nodes[*need];
                if is_shared(&self.shared, state) {
                    self.want(state);
                } else {
                    self.want_in(at, *need);
                }
            }
        }
    }

    /// A shared state is given by steps of every other deployment that has it.
    fn want(&mut self, state: &Node) {
        let known: Vec<(usize, NodeId)> = self
            .others
            .iter()
            .enumerate()
            .filter_map(|(at, other)| Some((at, other.graph.find(state)?)))
            .collect();
        known.into_iter().for_each(|(at, node)| self.want_in(at, node));
    }

    fn want_in(&mut self, at: usize, node: NodeId) {
        if self.cones.get_mut(at).is_some_and(|cone| cone.states.insert(node)) {
            self.open.push((at, node));
        }
    }
}

/// The taking over of steps from the graph of another deployment.
struct Import<'g> {
    from: &'g AttackGraph,
    deployment: ThingId,
    shared: &'g FxHashSet<ThingId>,
    to: &'g mut AttackGraph,
}

impl Import<'_> {
    fn take(mut self, cone: &Cone) {
        let mut variables: FxHashMap<VariableId, VariableId> = FxHashMap::default();
        let mut barriers: FxHashMap<BarrierId, BarrierId> = FxHashMap::default();
        for edge in self.from.edges.ids().filter(|edge| cone.steps.contains(edge)) {
            let needs: Vec<NodeId> = self.from.needs(edge).iter().map(|node| self.node(*node)).collect();
            // What else the step gives here leads nowhere.
            let gives = self.from.gives(edge).iter().filter(|node| cone.states.contains(node));
            let gives: Vec<NodeId> =
                gives.copied().collect::<Vec<_>>().into_iter().map(|node| self.node(node)).collect();
            let chances: Vec<VariableId> =
                self.from.chances(edge).iter().map(|id| self.variable(*id, &mut variables)).collect();
            let barred: Vec<BarrierId> = self
                .from
                .barriers(edge)
                .iter()
                .map(|id| match barriers.get(id) {
                    Some(known) => *known,
                    None => {
                        let barrier = self.barrier(*id, &mut variables);
                        barriers.insert(*id, barrier);
                        barrier
                    }
                })
                .collect();
            let step = Edge { elsewhere: Some(self.deployment), ..self.from.edges[edge] };
            self.to.step(step, self.from.values(edge), &needs, &gives, &chances, &barred);
        }
    }

    fn node(&mut self, id: NodeId) -> NodeId {
        let node = self.from.nodes[id].clone();
        let is_shared = is_shared(self.shared, &node);
        self.to.node(if is_shared { node } else { Node::Elsewhere(self.deployment, Box::new(node)) })
    }

    fn variable(&mut self, id: VariableId, known: &mut FxHashMap<VariableId, VariableId>) -> VariableId {
        *known.entry(id).or_insert_with(|| self.to.variables.beside(self.from.variables.of(id)))
    }

    fn barrier(&mut self, id: BarrierId, known: &mut FxHashMap<VariableId, VariableId>) -> BarrierId {
        let barrier = &self.from.barriers[id];
        let members = barrier.members.iter().map(|member| self.variable(*member, known)).collect();
        let barrier = Barrier { members, ..barrier.clone() };
        self.to.barriers.push(barrier.sorted())
    }
}
