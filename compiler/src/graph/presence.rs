//! What is there: which things a deployment has, and which of their attributes it changes.
//!
//! In: the model's deployments and further changes. Out: presence, overrides, and which inherited thing a repeated one
//! stands for. Never: a placement or a connection; those need to know what is there first.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Product;
use crate::base::{Id, Name};
use crate::model::{Change, Deployment, Keyword, Setting, Source, ThingId, Value};

impl Product {
    pub(super) fn settle_presence(&mut self, changes: &[Change]) {
        let chain = self.chain();
        self.levels = chain.iter().map(|level| level.thing).collect();
        self.admit_declared();
        for (depth, level) in chain.iter().enumerate() {
            self.stand_in(level.thing, depth);
            self.apply(&level.changes);
        }
        self.apply(changes);
        self.drop_unplaced();
        self.drop_dangling();
    }

    /// The deployments this one is like, the furthest first, and itself last.
    fn chain(&self) -> Vec<Deployment> {
        let find = |thing| self.model.deployments.iter().find(|deployment| deployment.thing == thing);
        let mut chain = Vec::new();
        let mut next = self.deployment.and_then(find);
        while let Some(deployment) = next {
            chain.push(deployment.clone());
            next = deployment.like.and_then(find);
        }
        chain.reverse();
        chain
    }

    /// What stands outside all deployments is in each; what stands in one is in those that are like it.
    fn admit_declared(&mut self) {
        let model = self.model.clone();
        for ((thing, declared), present) in model.things.iter_ids().zip(&mut self.present) {
            *present = match declared.deployment {
                Some(deployment) => self.levels.contains(&deployment),
                None if Some(thing) == model.inside => self.deployment.is_none(),
                None => match declared.keyword {
                    Keyword::Deployment => Some(thing) == self.deployment,
                    // The product of another package is not the one that is looked at.
                    Keyword::Product => Some(thing) == model.product,
                    _ => true,
                },
            };
        }
    }

    /// A thing that an inherited one of the same keyword and place is called like: a zone or placement goes on with it,
    /// anything else takes its place.
    fn stand_in(&mut self, level: ThingId, depth: usize) {
        let model = self.model.clone();
        if let Some(above) = depth.checked_sub(1).and_then(|depth| self.levels.get(depth)).copied() {
            // The deployment is its own outermost zone; what the one it is like says of itself holds here too.
            let inherited = self.overrides[above].clone();
            self.override_all(level, model.things[above].settings.clone());
            self.override_all(level, inherited);
            self.override_all(level, model.things[level].settings.clone());
        }
        let inherited_runs = self.runs_by_component(level);
        for (thing, declared) in model.things.iter_ids().filter(|(_, thing)| thing.deployment == Some(level))
        {
            match (declared.keyword, self.inherited(thing, level)) {
                (Keyword::Run, _) => self.place_again(thing, level, &inherited_runs),
                (Keyword::Zone, Some(inherited)) => self.go_on_with(thing, inherited),
                (_, Some(inherited)) => self.remove(inherited),
                (_, None) => {}
            }
        }
    }

    /// The placements that a level inherits.
    fn runs_by_component(&self, level: ThingId) -> FxHashMap<ThingId, Vec<ThingId>> {
        let mut runs: FxHashMap<ThingId, Vec<ThingId>> = FxHashMap::default();
        for (thing, declared) in self.model.things.iter_ids() {
            if declared.keyword == Keyword::Run
                && self.has(thing)
                && declared.deployment.is_some_and(|other| self.is_above(other, level))
                && let Some(component) = declared.reference(self.model.words.component)
            {
                runs.entry(component).or_default().push(thing);
            }
        }
        runs
    }

    fn is_above(&self, other: ThingId, level: ThingId) -> bool {
        self.levels.iter().take_while(|above| **above != level).any(|above| *above == other)
    }

    /// The thing of the same keyword and name in the same place of a deployment further up.
    fn inherited(&self, thing: ThingId, level: ThingId) -> Option<ThingId> {
        let own = &self.model.things[thing];
        let around = own.parent?;
        let scopes: Vec<ThingId> = if around == level {
            self.levels.iter().copied().take_while(|above| *above != level).collect()
        } else {
            vec![self.same.get(&around).copied()?]
        };
        let found =
            scopes.iter().rev().find_map(|scope| self.model.inside(*scope, own.keyword, &own.name))?;
        (self.has(found) && self.model.things[found].keyword == own.keyword).then_some(found)
    }

    fn go_on_with(&mut self, thing: ThingId, inherited: ThingId) {
        let settings = self.model.things[thing].settings.clone();
        self.override_all(inherited, settings);
        self.same.insert(thing, inherited);
        self.hide(thing);
    }

    /// What a `run` says of its component holds here. Below `like` it changes the inherited placement, and moves it only where
    /// it stands in a zone.
    fn place_again(&mut self, run: ThingId, level: ThingId, inherited: &FxHashMap<ThingId, Vec<ThingId>>) {
        let model = self.model.clone();
        let words = &model.words;
        let own = &model.things[run];
        let Some(component) = own.reference(words.component) else { return };
        let above = inherited.get(&component).map_or(&[] as &[ThingId], Vec::as_slice);
        let mut said = own.settings.clone();
        said.retain(|(name, _)| *name != words.component && *name != words.zone);
        let moves = own.parent.is_some_and(|parent| parent != level);
        match above.first() {
            Some(first) if !moves => {
                for inherited in above {
                    self.override_all(*inherited, said.clone());
                }
                self.same.insert(run, *first);
                self.hide(run);
            }
            _ => {
                for inherited in above {
                    let mut settings = model.things[*inherited].settings.clone();
                    settings.retain(|(name, _)| *name != words.zone);
                    self.override_all(run, settings);
                    self.hide(*inherited);
                }
                self.override_all(run, said);
            }
        }
    }

    fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Without(thing, _) => self.remove(self.canonical(*thing)),
                Change::Set(thing, name, setting) => {
                    let target = self.target_of(self.canonical(*thing), *name);
                    self.override_one(target, *name, setting.clone());
                }
            }
        }
    }

    /// An attribute that a placement sets and its kind lacks is one of the component.
    fn target_of(&self, thing: ThingId, name: Name) -> ThingId {
        let declared = &self.model.things[thing];
        let words = &self.model.words;
        let is_own = self.model.kinds[declared.kind].attributes.contains_key(&name);
        if declared.keyword != Keyword::Run || is_own || name == words.component || name == words.zone {
            return thing;
        }
        declared.reference(words.component).unwrap_or(thing)
    }

    pub(super) fn override_all(&mut self, thing: ThingId, settings: Vec<(Name, Setting)>) {
        for (name, setting) in settings {
            let target = self.target_of(thing, name);
            self.override_one(target, name, setting);
        }
    }

    fn override_one(&mut self, thing: ThingId, name: Name, setting: Setting) {
        let list = &mut self.overrides[thing];
        match list.binary_search_by_key(&name, |(name, _)| *name) {
            Ok(at) => {
                if let Some(entry) = list.get_mut(at) {
                    entry.1 = setting;
                }
            }
            Err(at) => list.insert(at, (name, setting)),
        }
    }

    fn hide(&mut self, thing: ThingId) {
        if let Some(present) = self.present.get_mut(thing.index()) {
            *present = false;
        }
    }

    /// The thing, and everything declared inside it: that comes after it.
    fn remove(&mut self, thing: ThingId) {
        self.hide(thing);
        let model = self.model.clone();
        let mut gone: FxHashSet<ThingId> = std::iter::once(thing).collect();
        for (inner, declared) in model.things.iter_ids().skip(thing.index()) {
            if declared.parent.is_some_and(|parent| gone.contains(&parent)) {
                gone.insert(inner);
                self.hide(inner);
            }
        }
    }

    /// In a deployment that places anything, a component that nothing places is absent.
    fn drop_unplaced(&mut self) {
        let component = self.model.words.component;
        let runs = self.model.things.iter_ids().filter(|(_, thing)| thing.keyword == Keyword::Run);
        let here = runs.filter(|(run, _)| self.has(*run));
        let placed: Vec<ThingId> = here.filter_map(|(_, run)| run.reference(component)).collect();
        self.model.unplaced(&placed).into_iter().for_each(|absent| self.hide(absent));
    }

    /// What hangs on something that is not here is not here either. Ends when nothing changes: each round hides more.
    fn drop_dangling(&mut self) {
        let model = self.model.clone();
        let words = &model.words;
        loop {
            let mut gone: Vec<ThingId> = Vec::new();
            for (thing, declared) in model.things.iter_ids().filter(|(thing, _)| self.has(*thing)) {
                let ends: &[Name] = match declared.keyword {
                    Keyword::Flow | Keyword::Allow => &[words.from, words.to],
                    Keyword::Grant => &[words.who, words.what],
                    Keyword::Run => &[words.component, words.zone],
                    Keyword::Finding => &[words.on],
                    _ => &[],
                };
                let parent = declared.parent.map(|parent| self.canonical(parent));
                let orphan = parent.is_some_and(|parent| !self.has(parent) && !self.stands_for(parent));
                let missing = ends.iter().filter_map(|name| declared.reference(*name)).any(|end| {
                    let end = self.canonical(end);
                    !self.has(end) && !self.stands_for(end)
                });
                if orphan || missing {
                    gone.push(thing);
                }
            }
            if gone.is_empty() {
                return;
            }
            for thing in gone {
                self.hide(thing);
            }
        }
    }

    /// Whether a thing is the deployment that this one is like: its place is taken, what it holds is inherited.
    fn stands_for(&self, thing: ThingId) -> bool {
        self.levels.contains(&thing)
    }

    /// The thing itself, or this deployment where one that it is like is meant.
    pub(super) fn here(&self, thing: ThingId) -> ThingId {
        let thing = self.canonical(thing);
        match self.deployment {
            Some(own) if thing != own && self.stands_for(thing) => own,
            _ => thing,
        }
    }

    /// What somebody said of an attribute, here or where the thing is declared.
    pub fn said(&self, thing: ThingId, name: Name) -> Option<&Setting> {
        self.written(thing, name).filter(|setting| setting.value != Value::Unknown)
    }

    /// Whether somebody said that nobody knows.
    pub(super) fn is_open(&self, thing: ThingId, name: Name) -> bool {
        self.written(thing, name).is_some_and(|setting| setting.value == Value::Unknown)
    }

    fn written(&self, thing: ThingId, name: Name) -> Option<&Setting> {
        let list = &self.overrides[thing];
        let at = list.binary_search_by_key(&name, |(name, _)| *name);
        let here = at.ok().and_then(|at| list.get(at)).map(|(_, setting)| setting);
        here.or_else(|| self.model.things[thing].setting(name))
    }

    /// A setting that nobody wrote, for a value that follows from others.
    pub(super) fn follows(value: Value, source: Source) -> super::Reading {
        super::Reading { value, source: Some(source), place: None }
    }
}

/// Shared lists of things as values.
pub(super) fn list(things: impl IntoIterator<Item = ThingId>) -> Value {
    let values: Vec<Value> = things.into_iter().map(Value::Thing).collect();
    Value::List(Arc::from(values))
}
