//! What each spelling declares, space by space: positions choose the space, so a component called `store` never hides `store.Postgres`.

use rustc_hash::FxHashMap;

use super::{Constant, EnumId, KindId, LintId, LossId, RuleId, StateId, StepId, ThingId};
use crate::base::Name;

/// The spaces of names. Dotted names of kinds and enums are one spelling.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// After `:`, `is`, `extends`, in `for x:`, `guarded by`, `covered`, `over`.
    pub kinds: FxHashMap<Name, KindId>,
    /// Where a type is asked for.
    pub enums: FxHashMap<Name, EnumId>,
    /// Things by the thing around them.
    pub things: FxHashMap<(Option<ThingId>, Name), ThingId>,
    /// In `needs`, `gives`, `when`.
    pub states: FxHashMap<Name, StateId>,
    /// In `reports`, `counters`.
    pub steps: FxHashMap<Name, StepId>,
    /// In `score(…)`, `expect`, `accept`.
    pub losses: FxHashMap<Name, LossId>,
    /// In `expect`, `accept`, `score`.
    pub rules: FxHashMap<Name, RuleId>,
    /// In `expect`, `accept`.
    pub lints: FxHashMap<Name, LintId>,
    /// Bare words in values.
    pub constants: FxHashMap<Name, Constant>,
    /// Things of keyword `tag`.
    pub tags: FxHashMap<Name, ThingId>,
}

impl super::Model {
    /// The thing of a keyword that is called so directly inside another.
    pub fn inside(&self, scope: ThingId, keyword: super::Keyword, name: &str) -> Option<ThingId> {
        let spelling = super::naming::spelling_of(keyword, name);
        self.index.things.get(&(Some(scope), self.names.find(&spelling)?)).copied()
    }
}
