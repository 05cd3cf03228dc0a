//! The product as one deployment has it: what is there, where it stands, what goes where, who may do what.
//!
//! In: a [`Model`] and the changes that a deployment, a test or a what-if makes. Out: a [`Product`], and answers to what
//! expressions ask of it. Never: a score, an attack, a change of the model.

mod access;
mod addresses;
mod admission;
mod asked;
mod blast;
mod cells;
mod controls;
mod data;
mod difference;
pub mod eval;
mod flows;
mod index;
mod network;
mod openings;
mod placement;
mod presence;
pub mod proof;
mod reading;
mod scope;
mod services;
mod takeover;
mod truth;
mod ways;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::{Id, IndexVec, Name};
use crate::model::{
    Change, Keyword, KindId, Model, Setting, Supposition, ThingClass, ThingId, ThingType, is_declared_as,
};

pub use difference::{Difference, Said, Unlike, differences};
pub use eval::{Oracle, Scope, Stance, Val, Without};
pub use flows::Flows;
pub use index::Holders;
pub use reading::Reading;
pub use truth::Truth;

/// One deployment of a product. Things that it does not have are never handed out.
#[derive(Clone, Debug)]
pub struct Product {
    /// What the files say.
    pub model: Arc<Model>,
    /// The deployment; `None` where the model declares none and the product as a whole stands for it.
    pub deployment: Option<ThingId>,
    /// The deployments whose declarations it has: those it is like, the furthest first, and itself.
    levels: Vec<ThingId>,
    /// Whether a thing is here, thing by thing.
    present: Vec<bool>,
    /// Attributes that have another value here than where the thing is declared; each list sorted by name.
    overrides: IndexVec<ThingId, Vec<(Name, Setting)>>,
    /// A zone or placement that is written again below `like`, and the inherited one that it stands for.
    same: FxHashMap<ThingId, ThingId>,
    /// What is here, by keyword.
    by_keyword: Vec<Vec<ThingId>>,
    /// What is here, by kind, sub-kinds included.
    by_kind: FxHashMap<KindId, Vec<ThingId>>,
    /// Where each thing stands: innermost zones. Only what stands somewhere has an entry.
    zones: FxHashMap<ThingId, Vec<ThingId>>,
    /// What stands directly in a zone: parties and other zones.
    inside: FxHashMap<ThingId, Vec<ThingId>>,
    /// The placements of each component.
    placements: FxHashMap<ThingId, Vec<ThingId>>,
    /// Who talks to whom.
    flows: Flows,
    /// Components that fall together.
    cells: FxHashMap<ThingId, Arc<[ThingId]>>,
    /// The implemented controls that name a thing in `protects`.
    protecting: FxHashMap<ThingId, Vec<ThingId>>,
    /// The implemented controls that protect everything.
    everywhere: Vec<ThingId>,
    /// Open findings by what they are on.
    findings: FxHashMap<ThingId, Vec<ThingId>>,
    /// Rights by who has them.
    granted: FxHashMap<ThingId, Vec<ThingId>>,
    /// What was supposed of it, beside what its deployment says.
    supposed: Vec<Change>,
    /// What was asked for already.
    indexes: index::Indexes,
}

impl Product {
    /// The product as `deployment` has it, with further changes on top.
    ///
    /// Changes of the deployments it is like come first, its own next, `changes` last: the later one wins.
    pub fn build(model: &Arc<Model>, deployment: Option<ThingId>, changes: &[Change]) -> Product {
        let mut product = Product {
            model: model.clone(),
            deployment,
            levels: Vec::new(),
            present: vec![false; model.things.len()],
            overrides: model.things.iter().map(|_| Vec::new()).collect(),
            same: FxHashMap::default(),
            by_keyword: vec![Vec::new(); Keyword::ALL.len()],
            by_kind: FxHashMap::default(),
            zones: FxHashMap::default(),
            inside: FxHashMap::default(),
            placements: FxHashMap::default(),
            flows: Flows::default(),
            cells: FxHashMap::default(),
            protecting: FxHashMap::default(),
            everywhere: Vec::new(),
            findings: FxHashMap::default(),
            granted: FxHashMap::default(),
            supposed: changes.to_vec(),
            indexes: index::Indexes::default(),
        };
        product.settle_presence(changes);
        product.sort_by_class();
        product.place_things();
        product.connect();
        product.gather_cells();
        product.gather_controls();
        product.gather_findings();
        product.gather_grants();
        product
    }

    /// Every deployment of a model, in source order; the whole product where there is none. What is supposed comes on top.
    pub fn of_all_deployments(model: &Arc<Model>, supposed: &[Supposition]) -> Vec<Product> {
        let own: Vec<Option<ThingId>> = model.own_deployments().map(Some).collect();
        let own = if own.is_empty() { vec![None] } else { own };
        let build =
            |deployment| Product::build(model, deployment, &Supposition::changes_in(supposed, deployment));
        own.into_iter().map(build).collect()
    }

    /// The same product in a model that has more, with more changes on top.
    pub fn with(&self, model: &Arc<Model>, more: &[Change]) -> Product {
        Product::build(model, self.deployment, &[&self.supposed, more].concat())
    }

    /// Everything that is here, in order of declaration.
    pub fn all(&self) -> impl Iterator<Item = ThingId> {
        self.model.things.ids().filter(|thing| self.has(*thing))
    }

    /// What it is called in ids and titles; empty where the model declares no deployment.
    pub fn name(&self) -> Arc<str> {
        self.deployment.map_or_else(|| "".into(), |deployment| self.model.path(deployment))
    }

    /// The deployments that it is like, the furthest first.
    pub fn inherits(&self) -> &[ThingId] {
        self.levels.split_last().map_or(&[], |(_, above)| above)
    }

    /// Whether a thing is here.
    pub fn has(&self, thing: ThingId) -> bool {
        self.present.get(thing.index()).copied().unwrap_or(false)
    }

    /// The thing that stands for `thing` here: an inherited zone for the one that opens it again.
    pub fn canonical(&self, thing: ThingId) -> ThingId {
        self.same.get(&thing).copied().unwrap_or(thing)
    }

    /// Whether a thing that is here was declared with a keyword.
    pub fn is(&self, thing: ThingId, keyword: Keyword) -> bool {
        is_declared_as(self.model.things[thing].keyword, keyword)
    }

    /// Everything here that was declared with a keyword, in order of declaration.
    pub fn things(&self, keyword: Keyword) -> &[ThingId] {
        self.by_keyword.get(keyword as usize).map_or(&[], Vec::as_slice)
    }

    /// Everything here of a class, in order of declaration.
    pub fn of_class(&self, class: ThingClass) -> &[ThingId] {
        match class {
            ThingClass::Keyword(keyword) => self.things(keyword),
            ThingClass::Kind(kind) => self.by_kind.get(&kind).map_or(&[], Vec::as_slice),
        }
    }

    /// Everything here of one of several classes, in order of declaration, each once.
    pub fn of_type(&self, ty: &ThingType) -> Vec<ThingId> {
        let mut all: Vec<ThingId> =
            ty.alternatives.iter().flat_map(|class| self.of_class(*class)).copied().collect();
        if ty.alternatives.len() > 1 {
            all.sort();
            all.dedup();
        }
        all
    }

    /// How many things [`Product::of_type`] would give, at most.
    pub fn count_of_type(&self, ty: &ThingType) -> usize {
        ty.alternatives.iter().map(|class| self.of_class(*class).len()).sum()
    }

    /// Open findings on a thing.
    pub fn findings(&self, thing: ThingId) -> &[ThingId] {
        self.findings.get(&thing).map_or(&[], Vec::as_slice)
    }

    fn sort_by_class(&mut self) {
        let model = self.model.clone();
        for (thing, declared) in model.things.iter_ids() {
            if !self.has(thing) || Some(thing) == model.anywhere {
                continue;
            }
            let keywords = Keyword::ALL.iter().filter(|asked| is_declared_as(declared.keyword, **asked));
            for keyword in keywords {
                if let Some(list) = self.by_keyword.get_mut(*keyword as usize) {
                    list.push(thing);
                }
            }
            for kind in &model.kinds[declared.kind].lineage {
                self.by_kind.entry(*kind).or_default().push(thing);
            }
        }
    }

    /// A finding that was fixed is none any more.
    fn gather_findings(&mut self) {
        let words = self.model.words.clone();
        for finding in self.things(Keyword::Finding).to_vec() {
            let is_fixed = self.word(finding, words.status).is_some_and(|status| status == words.fixed);
            if let (false, Some(on)) = (is_fixed, self.reference(finding, words.on)) {
                self.findings.entry(on).or_default().push(finding);
            }
        }
    }
}
