//! The part of an attack graph that can lead to one state, and what becomes of the state when something in it is off.
//!
//! In: an attack graph and a state. Out: an [`Extract`], and likelihoods of the state. Never: another likelihood than the whole graph
//! gives; what cannot lead to a state does not change it, and luck goes by name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::attack_graph::{AttackGraph, EdgeId, NodeId, Wiring};
use super::exact::Exact;
use super::likely::Likely;
use super::situation::Settings;
use super::strongest::Strongest;
use super::variables::{Barrier, BarrierId, VariableId};
use super::view::View;
use super::{Method, circles, worlds};
use crate::base::{Id, Name};
use crate::model::ThingId;

/// Everything that can lead to a state.
#[derive(Clone)]
pub struct Extract {
    graph: AttackGraph,
    target: NodeId,
    /// Which steps of the whole graph its own are, in order.
    steps: Vec<EdgeId>,
}

/// The variable of what never holds.
const NEVER: &str = "never";

impl Extract {
    /// The steps that can lead to a state, some steps left out.
    pub fn of(graph: &AttackGraph, wiring: &Wiring, target: NodeId, left_out: &FxHashSet<EdgeId>) -> Extract {
        let mut steps: Vec<EdgeId> = Vec::new();
        let mut taken: FxHashSet<EdgeId> = left_out.clone();
        let mut had: FxHashSet<NodeId> = std::iter::once(target).collect();
        let mut open = vec![target];
        while let Some(node) = open.pop() {
            for edge in wiring.givers(node) {
                if taken.insert(*edge) {
                    steps.push(*edge);
                    open.extend(graph.needs(*edge).iter().copied().filter(|need| had.insert(*need)));
                }
            }
        }
        steps.sort();
        Part {
            whole: graph,
            variables: FxHashMap::default(),
            barriers: FxHashMap::default(),
            part: AttackGraph::default(),
        }
        .of_steps(steps, target)
    }

    /// How likely the state is with controls at work.
    pub fn likelihood(&self, settings: &Settings) -> f64 {
        let wiring = self.graph.wiring();
        if settings.method == Method::Exact {
            let exact = Exact::new(&self.graph, &wiring, settings.constants.exact_nodes as usize);
            let found = exact.likelihood(self.target).ok();
            if let Some(likelihood) = found.and_then(|found| found.get(View::Residual as usize).copied()) {
                return likelihood;
            }
        }
        let groups = circles::groups(&self.graph, &wiring);
        let views = [(View::Residual, &[] as &[NodeId])];
        let [residual] =
            worlds::count(&self.graph, groups.iter(), views, &settings.constants, settings.threads);
        let strongest = Strongest::find(&self.graph, &wiring, View::Residual, &[]);
        residual.node(self.target).max(strongest.reach(self.target)).min(1.0)
    }

    /// The steps of the strongest attack on the state, by their numbers in the whole graph.
    pub fn strongest(&self) -> Vec<EdgeId> {
        let wiring = self.graph.wiring();
        let found = Strongest::find(&self.graph, &wiring, View::Residual, &[]);
        let way = found.way_by(&self.graph, self.target, &FxHashMap::default()).unwrap_or_default();
        way.into_iter().filter_map(|edge| self.steps.get(edge.index()).copied()).collect()
    }

    /// The declared controls in it, in order of declaration.
    pub fn controls(&self) -> Vec<ThingId> {
        let mut controls: Vec<ThingId> =
            self.barriers().flat_map(|barrier| barrier.controls.iter().copied()).collect();
        controls.sort();
        controls.dedup();
        controls
    }

    fn barriers(&self) -> impl Iterator<Item = &Barrier> {
        self.graph.barriers.iter()
    }

    /// The same with one control off.
    pub fn without_control(&self, control: ThingId) -> Extract {
        self.without(|barrier| barrier.controls.contains(&control))
    }

    /// The same without a native mitigation; controls that stand for it stay.
    pub fn without_native(&self, attribute: (ThingId, Name)) -> Extract {
        self.without(|barrier| barrier.native == Some(attribute))
    }

    /// The same with some barriers that never hold. Others that hang on the same variables stay as they are.
    fn without(&self, is_off: impl Fn(&Barrier) -> bool) -> Extract {
        let mut rest = self.clone();
        let never = rest.graph.variables.cause(NEVER, Likely::settled(0.0));
        for barrier in rest.graph.barriers.iter_mut().filter(|barrier| is_off(barrier)) {
            (barrier.bound, barrier.members) = (Likely::settled(0.0), vec![never]);
        }
        rest
    }
}

/// A part of a graph while it is copied.
struct Part<'a> {
    whole: &'a AttackGraph,
    variables: FxHashMap<VariableId, VariableId>,
    barriers: FxHashMap<BarrierId, BarrierId>,
    part: AttackGraph,
}

impl Part<'_> {
    fn of_steps(mut self, steps: Vec<EdgeId>, target: NodeId) -> Extract {
        let target = self.part.node(self.whole.nodes[target].clone());
        for edge in &steps {
            let whole = self.whole;
            let nodes = |part: &mut AttackGraph, nodes: &[NodeId]| -> Vec<NodeId> {
                nodes.iter().map(|node| part.node(whole.nodes[*node].clone())).collect()
            };
            let (needs, gives) =
                (nodes(&mut self.part, whole.needs(*edge)), nodes(&mut self.part, whole.gives(*edge)));
            let chances: Vec<VariableId> =
                whole.chances(*edge).iter().map(|variable| self.variable(*variable)).collect();
            let barriers: Vec<BarrierId> =
                whole.barriers(*edge).iter().map(|barrier| self.barrier(*barrier)).collect();
            self.part.step(whole.edges[*edge], whole.values(*edge), &needs, &gives, &chances, &barriers);
        }
        Extract { graph: self.part, target, steps }
    }

    fn variable(&mut self, id: VariableId) -> VariableId {
        *self.variables.entry(id).or_insert_with(|| self.part.variables.beside(self.whole.variables.of(id)))
    }

    fn barrier(&mut self, id: BarrierId) -> BarrierId {
        if let Some(known) = self.barriers.get(&id) {
            return *known;
        }
        let barrier = self.whole.barriers[id].clone();
        let members = barrier.members.iter().map(|member| self.variable(*member)).collect();
        let copied = self.part.barriers.push(Barrier { members, ..barrier });
        self.barriers.insert(id, copied);
        copied
    }
}
