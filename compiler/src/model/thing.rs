//! Things: what the product consists of, with what the author said of them.

use std::sync::Arc;

use super::{KindId, Setting, ThingId, Value};
use crate::base::{Name, Place};
use crate::syntax::Keyword;

/// A declaration that stands for something in the product: a component, a flow, a control, …
///
/// What a header says (`from`, `to`, `protocol`, `who`, `what`, `actions`, `ports`, `component`, `on`) is in `settings` like any attribute.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Declared with which keyword.
    pub keyword: Keyword,
    /// What it is.
    pub kind: KindId,
    /// Its whole path, the stable id: `api`, `api.login`, `production.edge`, `web->api`, `pay.2`.
    pub path: Arc<str>,
    /// Its own last name.
    pub name: Arc<str>,
    /// The text after the name.
    pub title: Option<Arc<str>>,
    /// The `///` text, markers removed.
    pub doc: Arc<str>,
    /// Where its name stands, or its header when it has none.
    pub place: Place,
    /// The whole declaration.
    pub whole: Place,
    /// What it is declared inside of: a component, a zone, a deployment, the kind's thing for a part.
    pub parent: Option<ThingId>,
    /// The deployment in which alone it exists; `None`: in every one.
    pub deployment: Option<ThingId>,
    /// Whether it comes from the standard library or a dependency.
    pub is_foreign: bool,
    /// What was set, sorted by name, each once.
    pub settings: Vec<(Name, Setting)>,
}

impl Thing {
    /// What was set for the attribute, if anything.
    pub fn setting(&self, name: Name) -> Option<&Setting> {
        let at = self.settings.binary_search_by_key(&name, |(name, _)| *name).ok()?;
        self.settings.get(at).map(|(_, setting)| setting)
    }

    /// The thing that an attribute names, if it was set to one.
    pub fn reference(&self, name: Name) -> Option<ThingId> {
        match self.setting(name)?.value {
            Value::Thing(thing) => Some(thing),
            _ => None,
        }
    }

    /// How a person calls it: the title if there is one, else the name.
    pub fn label(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

/// What one deployment makes of the things declared outside it.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// The deployment itself.
    pub thing: ThingId,
    /// The deployment it inherits from. Cycles are refused: following it ends.
    pub like: Option<ThingId>,
    /// In source order. A later change of the same attribute wins over an inherited one.
    pub changes: Vec<Change>,
}

/// A difference, of a deployment (`with`, `without`), a test or a what-if.
#[derive(Clone, Debug)]
pub enum Change {
    /// The thing, and what hangs on it, does not exist.
    Without(ThingId, Place),
    /// An attribute has another value.
    Set(ThingId, Name, Setting),
}

/// A diagram that the author asked for.
#[derive(Clone, Debug)]
pub struct View {
    /// The view itself.
    pub thing: ThingId,
    /// What it shows; `None`: everything.
    pub include: Option<super::Expr>,
}
