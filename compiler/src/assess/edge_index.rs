//! Steps of an attack graph by what they are bound to.
//!
//! In: where a step comes from, and the values of some of its variables. Out: the steps. Never: a step of another deployment, or
//! a walk over all of them for each question; an index is made for each variable that is asked about.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::attack_graph::{AttackGraph, EdgeId, Origin};
use crate::model::{ThingId, Value};

/// Steps of one origin by the thing that one of their variables is bound to.
type ByThing = Rc<FxHashMap<ThingId, Vec<EdgeId>>>;

/// Finds steps.
pub struct EdgeIndex<'a> {
    graph: &'a AttackGraph,
    by_origin: FxHashMap<Origin, Vec<EdgeId>>,
    by_thing: RefCell<FxHashMap<(Origin, usize), ByThing>>,
}

impl<'a> EdgeIndex<'a> {
    /// Sorts the steps by where they come from.
    pub fn new(graph: &'a AttackGraph) -> EdgeIndex<'a> {
        let mut by_origin: FxHashMap<Origin, Vec<EdgeId>> = FxHashMap::default();
        for (id, edge) in graph.edges.iter_ids().filter(|(_, edge)| edge.elsewhere.is_none()) {
            by_origin.entry(edge.origin).or_default().push(id);
        }
        EdgeIndex { graph, by_origin, by_thing: RefCell::default() }
    }

    /// The steps whose variables have these values; `None` leaves one free.
    pub fn find(&self, origin: Origin, values: &[Option<Value>]) -> Vec<EdgeId> {
        let fits = |edge: &EdgeId| {
            let bound = self.graph.values(*edge);
            values
                .iter()
                .zip(bound.iter())
                .all(|(asked, bound)| asked.as_ref().is_none_or(|asked| asked == bound))
        };
        let first = values.iter().enumerate().find_map(|(at, value)| match value {
            Some(Value::Thing(thing)) => Some((at, *thing)),
            _ => None,
        });
        match first {
            Some((at, thing)) => {
                let index = self.by_variable(origin, at);
                index.get(&thing).into_iter().flatten().copied().filter(fits).collect()
            }
            None => self.by_origin.get(&origin).into_iter().flatten().copied().filter(fits).collect(),
        }
    }

    fn by_variable(&self, origin: Origin, at: usize) -> ByThing {
        if let Some(known) = self.by_thing.borrow().get(&(origin, at)) {
            return known.clone();
        }
        let mut index: FxHashMap<ThingId, Vec<EdgeId>> = FxHashMap::default();
        for edge in self.by_origin.get(&origin).into_iter().flatten() {
            if let Some(Value::Thing(thing)) = self.graph.values(*edge).get(at) {
                index.entry(*thing).or_default().push(*edge);
            }
        }
        let index = Rc::new(index);
        self.by_thing.borrow_mut().insert((origin, at), index.clone());
        index
    }
}
