//! What each spelling declares, space by space: positions choose the space, so a component called `store` never hides `store.Postgres`.

use std::collections::HashMap;

use super::{Constant, EnumId, KindId, LintId, LossId, RuleId, StateId, StepId, ThingId};
use crate::base::Name;

/// The spaces of names. Dotted names of kinds and enums are one spelling.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// After `:`, `is`, `extends`, in `for x:`, `guarded by`, `covered`, `over`.
    pub kinds: HashMap<Name, KindId>,
    /// Where a type is asked for.
    pub enums: HashMap<Name, EnumId>,
    /// Things by the thing around them.
    pub things: HashMap<(Option<ThingId>, Name), ThingId>,
    /// In `needs`, `gives`, `when`.
    pub states: HashMap<Name, StateId>,
    /// In `reports`, `counters`.
    pub steps: HashMap<Name, StepId>,
    /// In `score(…)`, `expect`, `accept`.
    pub losses: HashMap<Name, LossId>,
    /// In `expect`, `accept`, `score`.
    pub rules: HashMap<Name, RuleId>,
    /// In `expect`, `accept`.
    pub lints: HashMap<Name, LintId>,
    /// Bare words in values.
    pub constants: HashMap<Name, Constant>,
    /// Things of keyword `tag`.
    pub tags: HashMap<Name, ThingId>,
}

impl super::Model {
    /// The thing of a keyword that is called so directly inside another.
    pub fn inside(&self, scope: ThingId, keyword: super::Keyword, name: &str) -> Option<ThingId> {
        let spelling = super::naming::spelling_of(keyword, name);
        self.index.things.get(&(Some(scope), self.names.find(&spelling)?)).copied()
    }
}
