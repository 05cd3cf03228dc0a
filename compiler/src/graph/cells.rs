//! Trust cells: components that fall together, because control of one is control of all.
//!
//! In: identities, hosts and zones of components. Out: the cell of each. Never: a cell that rests on something nobody said.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Product;
use crate::base::fault::{self, Fault};
use crate::model::{Keyword, ThingId, Value};

/// What components of one cell have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// They say so.
    Named(Arc<str>),
    /// They run as one identity, on one host, in one zone.
    Shared(ThingId, ThingId, Vec<ThingId>),
}

impl Product {
    pub(super) fn gather_cells(&mut self) {
        let mut cells: BTreeMap<Key, Vec<ThingId>> = BTreeMap::new();
        for component in self.things(Keyword::Component) {
            if let Some(key) = self.cell_key(*component).filter(|_| !fault::is(Fault::CellsAreForgotten)) {
                cells.entry(key).or_default().push(*component);
            }
        }
        for mut members in cells.into_values().filter(|members| members.len() > 1) {
            // The first one names the cell, and the order of declarations must not.
            members.sort_by_cached_key(|member| self.model.path(*member));
            let members: Arc<[ThingId]> = members.into();
            for member in members.iter() {
                self.cells.insert(*member, members.clone());
            }
        }
    }

    fn cell_key(&self, component: ThingId) -> Option<Key> {
        let words = &self.model.words;
        if let Value::Text(name) = self.read(component, words.cell).value {
            return Some(Key::Named(name));
        }
        let identity = self.reference(component, words.runs_as)?;
        let host = self.placements(component).iter().find_map(|run| self.host_of(*run))?;
        let mut zones = self.zones(component);
        zones.sort();
        Some(Key::Shared(identity, host, zones))
    }

    /// The cell of a thing as a name: what its components have in common, or its own path where it is alone.
    pub fn cell(&self, thing: ThingId) -> Arc<str> {
        if let Value::Text(name) = self.read(thing, self.model.words.cell).value {
            return name;
        }
        let first = self.cells.get(&thing).and_then(|members| members.first().copied());
        self.model.path(first.unwrap_or(thing))
    }

    /// The other components of its cell.
    pub fn cellmates(&self, thing: ThingId) -> Vec<ThingId> {
        let members = self.cells.get(&thing).map_or(&[] as &[ThingId], |members| members);
        members.iter().copied().filter(|other| *other != thing).collect()
    }
}
