//! What stands in the way of a step: native mitigations and declared controls (risk model, section 3).
//!
//! In: the `resisted by` and `guarded by` of a step, for the values bound now. Out: [`Barrier`]s. Never: a control that does
//! not cover the thing; detection that nobody answers.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Constants;
use super::likely::Likely;
use super::matching::Finder;
use super::strength::effective;
use super::variables::{Barrier, BarrierId, Variable, VariableId, Variables};
use crate::base::fault::{self, Fault};
use crate::base::{IndexVec, Name};
use crate::graph::{Product, eval};
use crate::model::{Expr, ExprKind, Guard, Keyword, KindId, Physics, StepId, ThingId, Value};

/// Makes barriers, each once; controls have the same variable wherever they stand.
pub struct Barriers<'a> {
    product: &'a Product,
    constants: &'a Constants,
    today: i32,
    all: IndexVec<BarrierId, Barrier>,
    /// What comes of controls that must all hold.
    by_controls: FxHashMap<Vec<ThingId>, Option<BarrierId>>,
    /// What comes of a native mitigation.
    by_attribute: FxHashMap<(ThingId, Name), Rc<[BarrierId]>>,
    strengths: RefCell<FxHashMap<ThingId, f64>>,
    covering: RefCell<FxHashMap<ThingId, Rc<[ThingId]>>>,
    /// The controls whose kind says by itself which step it counters, by that step.
    countering: OnceCell<FxHashMap<StepId, Vec<ThingId>>>,
}

impl<'a> Barriers<'a> {
    /// For one deployment.
    pub fn new(product: &'a Product, constants: &'a Constants, today: i32) -> Barriers<'a> {
        Barriers {
            product,
            constants,
            today,
            all: IndexVec::new(),
            by_controls: FxHashMap::default(),
            by_attribute: FxHashMap::default(),
            strengths: RefCell::default(),
            covering: RefCell::default(),
            countering: OnceCell::new(),
        }
    }

    /// Everything that was made.
    pub fn into_all(self) -> IndexVec<BarrierId, Barrier> {
        self.all
    }

    /// The barriers of a step for the values that are bound. `at` is the step of the library with its first thing, so that
    /// a kind of control which `counters` it guards it as if the step named the kind.
    pub fn of(
        &mut self,
        finder: &Finder<'_>,
        physics: &Physics,
        at: Option<(StepId, ThingId)>,
        variables: &mut Variables,
    ) -> Vec<BarrierId> {
        let mut barriers: Vec<BarrierId> = Vec::new();
        for attribute in &physics.resisted_by {
            barriers.extend(self.native(finder, attribute, variables).iter());
        }
        for guard in &physics.guards {
            self.declared(finder, guard, variables, &mut barriers);
        }
        for control in at.map_or_else(Vec::new, |(step, thing)| self.countering(step, thing)) {
            barriers.extend(self.together(&[control], variables));
        }
        barriers.dedup_by(|a, b| self.all[*a].members == self.all[*b].members);
        barriers
    }

    /// A native mitigation: one variable per thing, attribute and deployment; and controls that stand for the attribute.
    fn native(
        &mut self,
        finder: &Finder<'_>,
        attribute: &Expr,
        variables: &mut Variables,
    ) -> Rc<[BarrierId]> {
        let ExprKind::Attribute { of, name } = &attribute.kind else { return Rc::default() };
        let Some(thing) = finder.filled.eval(of).thing() else { return Rc::default() };
        if let Some(known) = self.by_attribute.get(&(thing, *name)) {
            return known.clone();
        }
        let ids: Rc<[BarrierId]> = self
            .resisting(thing, *name, variables)
            .into_iter()
            .map(|barrier| self.all.push(barrier))
            .collect();
        self.by_attribute.insert((thing, *name), ids.clone());
        ids
    }

    /// The attribute, and each control that stands for it with more strength. They share their luck, so that together they
    /// are hardly more than the larger one; what is declared also fails with whatever it shares with other controls.
    fn resisting(&self, thing: ThingId, name: Name, variables: &mut Variables) -> Vec<Barrier> {
        let (residual, established) = self.resistance(thing, name);
        let cause = format!("native {}@{}", self.native_cause(thing, name), self.product.name());
        let native = Likely::strength(residual, established, self.constants.odds);
        let mut barriers = Vec::new();
        if residual > 0.0 || established > 0.0 {
            let members = vec![variables.cause(&cause, native)];
            barriers.push(Barrier {
                members,
                bound: native,
                controls: Vec::new(),
                native: Some((thing, name)),
            });
        }
        for control in self.realising(thing, name) {
            let (cap, strength) = (self.cap(control), self.strength(control));
            let strength = Likely::strength(strength, strength, self.constants.odds).at_most(cap);
            let alone = strength.over(cap);
            if alone.residual <= native.residual {
                continue;
            }
            let mut members =
                vec![variables.beside(&Variable { name: cause.as_str().into(), likely: alone })];
            members.extend(self.common_causes(control, variables));
            let bound = strength.beyond(native, cap);
            let barrier = Barrier { members, bound, controls: vec![control], native: None };
            barriers.push(barrier.sorted());
        }
        barriers
    }

    /// What a native mitigation is one variable with: itself, or for a finding what other reports of it say alike, so that saying
    /// it twice changes nothing.
    fn native_cause(&self, thing: ThingId, name: Name) -> String {
        let (model, words) = (&self.product.model, &self.product.model.words);
        let (path, attribute) = (model.path(thing), model.names.text(name));
        let on = self.product.reference(thing, words.on).filter(|_| self.product.is(thing, Keyword::Finding));
        match (on, self.product.read(thing, words.id).value) {
            (Some(on), Value::Text(id)) => {
                let value = eval::in_words(model, &self.product.read(thing, name).value);
                format!("{}.{id}.{attribute}={value}", model.path(on))
            }
            _ => format!("{path}.{attribute}"),
        }
    }

    /// The strength of an attribute: as it is said or assumed, and at its most favourable.
    fn resistance(&self, thing: ThingId, name: Name) -> (f64, f64) {
        let model = &self.product.model;
        let reading = self.product.read(thing, name);
        let residual = eval::number(model, &reading.value).unwrap_or(0.0);
        let residual = if fault::is(Fault::StrengthIsWeakness) { 1.0 - residual } else { residual };
        if reading.is_stated() {
            return (residual, residual);
        }
        let declared =
            model.kinds[model.things[thing].kind].attributes.get(&name).map(|attribute| &attribute.ty);
        let best = match declared {
            _ if fault::is(Fault::UnsetIsAbsent) => 0.0,
            Some(crate::model::Type::Enum(of)) => {
                model.enums[*of].values.iter().filter_map(|value| value.percent).fold(residual, f64::max)
            }
            _ => residual,
        };
        (residual, best)
    }

    /// Implemented controls whose kind stands for an attribute of a thing that they cover.
    fn realising(&self, thing: ThingId, name: Name) -> Vec<ThingId> {
        let keyword = self.product.model.things[thing].keyword;
        let realises = self.product.model.words.realises;
        let stands_for = |control: &ThingId| {
            self.product.read(*control, realises).value == Value::Attribute(keyword, name)
        };
        self.covering(thing).iter().copied().filter(stands_for).collect()
    }

    /// Covering controls whose kind says by itself that it counters a step.
    fn countering(&self, step: StepId, thing: ThingId) -> Vec<ThingId> {
        let countering = self.countering.get_or_init(|| countering(self.product));
        let Some(countering) = countering.get(&step) else { return Vec::new() };
        let names_it = |control: &ThingId| countering.binary_search(control).is_ok();
        self.covering(thing).iter().copied().filter(names_it).collect()
    }

    /// Every combination of covering controls that satisfies a guard.
    fn declared(
        &mut self,
        finder: &Finder<'_>,
        guard: &Guard,
        variables: &mut Variables,
        out: &mut Vec<BarrierId>,
    ) {
        let mut covering: Vec<ThingId> = Vec::new();
        for thing in finder.filled.eval(&guard.on).things() {
            covering.extend(self.covering(thing).iter());
        }
        covering.sort();
        covering.dedup();
        for together in &guard.alternatives {
            if let [kind] = together.as_slice() {
                for control in covering.iter().filter(|control| self.product.is_kind(**control, *kind)) {
                    out.extend(self.together(std::slice::from_ref(control), variables));
                }
                continue;
            }
            let mut combinations: Vec<Vec<ThingId>> = vec![Vec::new()];
            for kind in together {
                let of_kind = self.of_kind(&covering, *kind);
                combinations = combinations
                    .iter()
                    .flat_map(|so_far| {
                        of_kind.iter().map(|control| [so_far.as_slice(), &[*control]].concat())
                    })
                    .collect();
            }
            for controls in combinations {
                out.extend(self.together(&controls, variables));
            }
        }
    }

    fn of_kind(&self, controls: &[ThingId], kind: KindId) -> Vec<ThingId> {
        controls.iter().copied().filter(|control| self.product.is_kind(*control, kind)).collect()
    }

    /// The barrier of controls that must all hold, made once.
    fn together(&mut self, controls: &[ThingId], variables: &mut Variables) -> Option<BarrierId> {
        if let Some(known) =
            self.by_controls.get(controls).filter(|_| !fault::is(Fault::ControlIsCreditedTwice))
        {
            return *known;
        }
        let barrier = self.barrier(controls, variables);
        let id = barrier.map(|barrier| self.all.push(barrier));
        self.by_controls.insert(controls.to_vec(), id);
        id
    }

    /// The barrier of controls that must all hold; none where one of them only notices and nobody answers.
    fn barrier(&self, controls: &[ThingId], variables: &mut Variables) -> Option<Barrier> {
        let mut all = controls.to_vec();
        for control in controls {
            if self.product.detects(*control) {
                all.push(self.product.answering(*control)?);
            }
        }
        let mut members = Vec::new();
        let mut bound = Likely::settled(1.0);
        for control in &all {
            let strength = self.strength(*control);
            if strength <= 0.0 {
                return None;
            }
            let likely = Likely::strength(strength, strength, self.constants.odds);
            bound = bound.min(likely.at_most(self.cap(*control)));
            members.extend(self.members(*control, likely, variables));
        }
        let barrier = Barrier { members, bound, controls: all, native: None };
        Some(barrier.sorted())
    }

    /// The variables that a control needs: its own, that of its group, that of all controls of the deployment.
    ///
    /// Its own is larger than its strength by what the common causes take away, so that the product is its strength again.
    fn members(&self, control: ThingId, likely: Likely, variables: &mut Variables) -> Vec<VariableId> {
        let model = &self.product.model;
        let alone = likely.over(self.cap(control));
        let luck = if fault::is(Fault::ControlIsCreditedTwice) { self.all.len() } else { 0 };
        let own = format!("control {}{}", model.path(control), "#".repeat(luck));
        let mut members = vec![variables.cause(&own, alone)];
        members.extend(self.common_causes(control, variables));
        members
    }

    /// What a control shares with all others of the deployment, and with those of its group.
    fn common_causes(&self, control: ThingId, variables: &mut Variables) -> Vec<VariableId> {
        let environment = Likely::settled(self.environment());
        let mut members = vec![variables.cause(&format!("controls of {}", self.product.name()), environment)];
        if let Some(group) = self.group(control) {
            let works = Likely::settled(1.0 - self.constants.group_failure);
            members.push(variables.cause(&format!("group {group}"), works));
        }
        members
    }

    /// How strong a control can be at most, given what it shares with others.
    fn cap(&self, control: ThingId) -> f64 {
        let in_group = self.group(control).is_some();
        let group = if in_group { 1.0 - self.constants.group_failure } else { 1.0 };
        group * self.environment()
    }

    /// What a control fails together with.
    fn group(&self, control: ThingId) -> Option<Arc<str>> {
        match self.product.read(control, self.product.model.words.group).value {
            Value::Text(group) if !fault::is(Fault::GroupIsForgotten) => Some(group),
            _ => None,
        }
    }

    /// How likely the controls of the deployment do not all fail together.
    fn environment(&self) -> f64 {
        if fault::is(Fault::DeploymentIsForgotten) { 1.0 } else { 1.0 - self.constants.environment_failure }
    }

    fn strength(&self, control: ThingId) -> f64 {
        *self
            .strengths
            .borrow_mut()
            .entry(control)
            .or_insert_with(|| effective(self.product, self.constants, self.today, control))
    }

    fn covering(&self, thing: ThingId) -> Rc<[ThingId]> {
        let mut known = self.covering.borrow_mut();
        known.entry(thing).or_insert_with(|| self.product.covering(thing).into()).clone()
    }
}

/// The controls that counter each step, in order of declaration.
fn countering(product: &Product) -> FxHashMap<StepId, Vec<ThingId>> {
    let mut by_step: FxHashMap<StepId, Vec<ThingId>> = FxHashMap::default();
    for control in product.things(Keyword::Control) {
        if let Value::List(steps) = product.read(*control, product.model.words.counters).value {
            for step in steps.iter() {
                if let Value::Step(step) = step {
                    by_step.entry(*step).or_default().push(*control);
                }
            }
        }
    }
    by_step
}
