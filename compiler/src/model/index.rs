//! What each spelling declares, space by space: positions choose the space, so a component called `store` never hides `store.Postgres`.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::naming::{OWN_SPACES, own_spelling};
use super::{Constant, EnumId, Keyword, KindId, LintId, LossId, RuleId, StateId, StepId, ThingId};
use crate::base::{Name, Names};

/// The spaces of names. Dotted names of kinds and enums are one spelling.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// After `:`, `is`, `extends`, in `for x:`, `guarded by`, `covered`, `over`.
    pub kinds: FxHashMap<Name, KindId>,
    /// Where a type is asked for.
    pub enums: FxHashMap<Name, EnumId>,
    /// Things by the thing around them.
    pub things: Things,
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

/// Things by the thing around them and their name there.
type Things = FxHashMap<(Option<ThingId>, Name), ThingId>;

impl Index {
    /// What was added since `before`: the names that stand alone, and the things inside others, which no name of a
    /// package can hide.
    pub(super) fn since(&self, before: &Index) -> (Index, Things) {
        let (things, inner) =
            added(&self.things, &before.things).into_iter().partition(|((around, _), _)| around.is_none());
        let alone = Index {
            kinds: added(&self.kinds, &before.kinds),
            enums: added(&self.enums, &before.enums),
            things,
            states: added(&self.states, &before.states),
            steps: added(&self.steps, &before.steps),
            losses: added(&self.losses, &before.losses),
            rules: added(&self.rules, &before.rules),
            lints: added(&self.lints, &before.lints),
            constants: added(&self.constants, &before.constants),
            tags: added(&self.tags, &before.tags),
        };
        (alone, inner)
    }

    /// Whether anything that stands alone has the name.
    pub(super) fn has(&self, name: Name) -> bool {
        self.things.contains_key(&(None, name))
            || self.kinds.contains_key(&name)
            || self.enums.contains_key(&name)
            || self.states.contains_key(&name)
            || self.steps.contains_key(&name)
            || self.losses.contains_key(&name)
            || self.rules.contains_key(&name)
            || self.lints.contains_key(&name)
            || self.constants.contains_key(&name)
    }

    /// Takes in what a package publishes, each name behind that of the package.
    pub(super) fn open(&mut self, package: &str, published: &Index, names: &mut Names) {
        take_in(&mut self.kinds, &published.kinds, |name| under(package, name, names));
        take_in(&mut self.enums, &published.enums, |name| under(package, name, names));
        let used = format!("use {package}");
        take_in(&mut self.things, &published.things, |(_, name)| (None, under(&used, name, names)));
        take_in(&mut self.states, &published.states, |name| under(package, name, names));
        take_in(&mut self.steps, &published.steps, |name| under(package, name, names));
        take_in(&mut self.losses, &published.losses, |name| under(package, name, names));
        take_in(&mut self.rules, &published.rules, |name| under(package, name, names));
        take_in(&mut self.lints, &published.lints, |name| under(package, name, names));
        take_in(&mut self.constants, &published.constants, |name| under(package, name, names));
        take_in(&mut self.tags, &published.tags, |name| under(package, name, names));
    }
}

/// How a thing of a package stands in the index of those that use it: no name has a space in it without backticks, so
/// it is none of their own flow `platform.gateway->api`.
pub(super) fn thing_of(package: &str, name: &str) -> String {
    format!("use {package}.{name}")
}

/// A name of a package as others spell it: `platform.Service`. In a space of its own, the word of the space stays first.
fn under(package: &str, name: Name, names: &mut Names) -> Name {
    let text = names.text(name);
    let of_own_space = text.split_once(' ').and_then(|(word, name)| {
        let keyword = Keyword::find(word).filter(|keyword| OWN_SPACES.contains(keyword))?;
        Some(own_spelling(keyword, &format!("{package}.{name}")))
    });
    let text = of_own_space.unwrap_or_else(|| format!("{package}.{text}"));
    names.intern(&text)
}

fn take_in<K: Copy + Ord + Hash, V: Clone>(
    space: &mut FxHashMap<K, V>,
    published: &FxHashMap<K, V>,
    mut renamed: impl FnMut(K) -> K,
) {
    // Sorted, so that names get the same numbers every time.
    let mut sorted: Vec<(&K, &V)> = published.iter().collect();
    sorted.sort_by_key(|(key, _)| **key);
    space.extend(sorted.into_iter().map(|(key, value)| (renamed(*key), value.clone())));
}

fn added<K: Copy + Eq + Hash, V: Clone>(now: &FxHashMap<K, V>, before: &FxHashMap<K, V>) -> FxHashMap<K, V> {
    let new = now.iter().filter(|(key, _)| !before.contains_key(*key));
    new.map(|(key, value)| (*key, value.clone())).collect()
}

impl super::Model {
    /// The thing of a keyword that is called so directly inside another.
    pub fn inside(&self, scope: ThingId, keyword: super::Keyword, name: &str) -> Option<ThingId> {
        let spelling = super::naming::spelling_of(keyword, name);
        self.index.things.get(&(Some(scope), self.names.find(&spelling)?)).copied()
    }

    /// Whether a kind made the thing, as a part of something that it lies in.
    pub fn is_made(&self, thing: ThingId) -> bool {
        let path = &self.things[thing].path;
        let mut owners = std::iter::successors(self.things[thing].parent, |owner| self.things[*owner].parent);
        owners.any(|owner| {
            let owner = &self.things[owner];
            let parts = self.kinds[owner.kind].parts.as_ref();
            let below = path.strip_prefix(&*owner.path);
            parts.zip(below).is_some_and(|(parts, below)| parts.hold(below))
        })
    }
}
