//! What a loss costs here: its impact, what the deployment really holds, what recovery saves.
//!
//! In: a loss and what it is about. Out: an impact for every view. Never: a recovery that no control promises.

use rustc_hash::FxHashMap;

use super::matching::Finder;
use super::strength::effective;
use super::strongest::product;
use super::view::View;
use super::{Constants, chances};
use crate::base::fault::{self, Fault};
use crate::graph::{Product, Stance};
use crate::model::{Guard, Keyword, KindId, Loss, ThingId};

/// What a loss costs, as a fraction of the reference loss.
#[derive(Clone, Copy, Debug, Default)]
pub struct Impact {
    residual: f64,
    established: f64,
    inherent: f64,
}

impl Impact {
    /// The impact in a view.
    pub fn seen(self, view: View) -> f64 {
        match view {
            View::Residual | View::CodeOnly | View::Low | View::High => self.residual,
            View::Established => self.established,
            View::Inherent => self.inherent,
        }
    }
}

/// What an impact is made of; the product of its parts is the impact with controls at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImpactParts {
    /// What the loss says, defaults filled in.
    pub declared: f64,
    /// What the deployment really holds.
    pub held: f64,
    /// What recovery leaves.
    pub left: f64,
}

/// Knows what each thing of a deployment really holds, and what stores each data asset.
pub struct Impacts<'a> {
    product: &'a Product,
    constants: &'a Constants,
    today: i32,
    /// The largest factor among the things that handle a data asset.
    held: FxHashMap<ThingId, f64>,
    stored_by: FxHashMap<ThingId, Vec<ThingId>>,
    /// A control that does not count.
    off: Option<ThingId>,
}

impl<'a> Impacts<'a> {
    /// Looks through a product once.
    pub fn new(product: &'a Product, constants: &'a Constants, today: i32) -> Impacts<'a> {
        let mut impacts = Impacts {
            product,
            constants,
            today,
            held: FxHashMap::default(),
            stored_by: FxHashMap::default(),
            off: None,
        };
        for keyword in [Keyword::Component, Keyword::Integration] {
            for thing in product.things(keyword) {
                let factor = impacts.factor_of_place(*thing);
                for data in product.handles(*thing, Stance::Filled).things {
                    let held = impacts.held.entry(data).or_insert(factor);
                    *held = held.max(factor);
                }
                for data in product.references(*thing, product.model.words.stores) {
                    impacts.stored_by.entry(data).or_default().push(*thing);
                }
            }
        }
        impacts
    }

    /// What a loss of a thing costs; its variables must be bound in the finder.
    pub fn of(&self, finder: &Finder<'_>, loss: &Loss, thing: ThingId) -> Impact {
        let ImpactParts { declared, held, left } = self.parts(finder, loss, thing);
        let (_, least) = chances::range(finder, &loss.impact);
        Impact {
            residual: declared * held * left,
            established: least * held * left,
            inherent: declared * held,
        }
    }

    /// What such an impact is made of.
    pub fn parts(&self, finder: &Finder<'_>, loss: &Loss, thing: ThingId) -> ImpactParts {
        let (declared, _) = chances::range(finder, &loss.impact);
        let floor = if fault::is(Fault::RecoveryIsUnbounded) { 0.0 } else { self.constants.least_impact };
        let left = self.recovery(finder, loss).max(floor);
        ImpactParts { declared, held: self.factor(thing), left }
    }

    /// The same where a control does not count.
    pub fn without(&mut self, control: Option<ThingId>) {
        self.off = control;
    }

    /// The controls that recover a loss, in order of declaration; its variables must be bound in the finder.
    pub fn recovering_from(&self, finder: &Finder<'_>, loss: &Loss) -> Vec<ThingId> {
        let mut used: Vec<ThingId> = Vec::new();
        for guard in &loss.recovered_by {
            for thing in finder.filled.eval(&guard.on).things() {
                used.extend(self.recovering(guard, thing));
            }
        }
        used.sort();
        used.dedup();
        used
    }

    /// What the thing really is here: real, masked, synthetic.
    fn factor(&self, thing: ThingId) -> f64 {
        if self.product.is(thing, Keyword::Data) {
            return self.held.get(&thing).copied().unwrap_or_else(|| self.factor_of_deployment());
        }
        self.factor_of_place(thing)
    }

    fn factor_of_place(&self, thing: ThingId) -> f64 {
        self.product.holds(thing).unwrap_or_else(|| self.factor_of_deployment())
    }

    fn factor_of_deployment(&self) -> f64 {
        let around = self.product.deployment.and_then(|deployment| self.product.holds_of_zone(deployment));
        around.unwrap_or(1.0)
    }

    /// What is left of the impact after recovery: the product of what each control leaves.
    fn recovery(&self, finder: &Finder<'_>, loss: &Loss) -> f64 {
        self.left(&self.recovering_from(finder, loss))
    }

    /// Controls of a guard's kinds that cover a thing, and those of the store that is left with most: what cannot be brought
    /// back in one place is lost.
    fn recovering(&self, guard: &Guard, thing: ThingId) -> Vec<ThingId> {
        let kinds: Vec<KindId> = guard.alternatives.iter().flatten().copied().collect();
        let of_kinds = |thing: ThingId| {
            let mut controls = self.product.covering(thing);
            controls.retain(|control| {
                Some(*control) != self.off && kinds.iter().any(|kind| self.product.is_kind(*control, *kind))
            });
            controls
        };
        let direct = of_kinds(thing);
        let stores = self.stored_by.get(&thing).map_or(&[] as &[ThingId], Vec::as_slice);
        let with_store = stores.iter().map(|store| {
            let mut controls = of_kinds(*store);
            controls.extend(&direct);
            controls.sort();
            controls.dedup();
            controls
        });
        let most_left =
            with_store.reduce(|most, other| if self.left(&other) > self.left(&most) { other } else { most });
        most_left.unwrap_or(direct)
    }

    /// What some controls leave, each by itself.
    fn left(&self, controls: &[ThingId]) -> f64 {
        let works = |control: &ThingId| effective(self.product, self.constants, self.today, *control);
        product(controls.iter().map(|control| 1.0 - works(control)))
    }
}
