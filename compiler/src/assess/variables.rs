//! What chance decides: whether a step works, whether a control holds. One variable per cause, not per edge.
//!
//! In: names of causes with their probabilities. Out: [`Variables`]. Never: two variables of one name in one deployment; what
//! shares a cause shares its luck.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::likely::Likely;
use crate::base::fault::{self, Fault};
use crate::base::{Id, IndexVec, Name};
use crate::model::ThingId;

crate::new_id! {
    /// A variable of an attack graph.
    VariableId
}
crate::new_id! {
    /// A barrier of an attack graph.
    BarrierId
}

/// Something that is so with a probability, and independent of every other one.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The cause, which is also the seed of its random numbers: the same name has the same luck everywhere.
    pub name: Arc<str>,
    /// How likely it is.
    pub likely: Likely,
}

/// All variables of an attack graph, by name.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    all: IndexVec<VariableId, Variable>,
    by_name: FxHashMap<Arc<str>, VariableId>,
}

impl Variables {
    /// The variable of a cause; where a step gives it another probability than one before, the larger one counts.
    pub fn cause(&mut self, name: &str, likely: Likely) -> VariableId {
        match self.by_name.get(name) {
            Some(known) => {
                let variable = &mut self.all[*known];
                let before = if fault::is(Fault::LastChanceCounts) { likely } else { variable.likely };
                variable.likely = before.max(likely);
                *known
            }
            None => {
                let name: Arc<str> = name.into();
                let id = self.all.push(Variable { name: name.clone(), likely });
                self.by_name.insert(name, id);
                id
            }
        }
    }

    /// The variable of a cause as another deployment has it: the same one where it is as likely there, else one with the same
    /// luck and a probability of its own.
    pub fn beside(&mut self, other: &Variable) -> VariableId {
        let known = self.by_name.get(&other.name).copied();
        match known.filter(|known| self.all[*known] == *other) {
            Some(known) => known,
            None => self.all.push(other.clone()),
        }
    }

    /// A variable.
    pub fn of(&self, id: VariableId) -> &Variable {
        &self.all[id]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }
}

/// Something that keeps a step from working as long as all its members hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Barrier {
    /// What must hold, sorted.
    pub members: Vec<VariableId>,
    /// An upper bound of the probability that it holds.
    pub bound: Likely,
    /// The declared controls in it: those that must all hold.
    pub controls: Vec<ThingId>,
    /// The attribute that it is, where it is a native mitigation.
    pub native: Option<(ThingId, Name)>,
}

impl Barrier {
    /// Puts its parts in order, so that equal barriers are equal.
    pub fn sorted(mut self) -> Barrier {
        self.members.sort_by_key(|member| member.index());
        self.members.dedup();
        self.controls.sort();
        self.controls.dedup();
        self
    }
}
