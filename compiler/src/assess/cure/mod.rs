//! What could be done about a step: better values of attributes that it reads, controls that it names and nobody has put there.
//!
//! In: a step of an attack graph. Out: [`Cure`]s, each with its cost and a guess at what it saves. Never: a cure known by its
//! name; the model says what a step reads, and the library which control kinds stand in its way and what they cost.

mod attributes;
mod controls;

use self::attributes::Better;
pub use self::controls::NewControl;
use super::attack_graph::{EdgeId, Origin};
use super::matching::Finder;
use super::situation::Situation;
use crate::base::{Name, Place};
use crate::graph::{Product, eval};
use crate::model::{Expr, Guard, KindId, Physics, Telling, ThingId, Type, Value};

/// Something that could be done.
#[derive(Clone, Debug)]
pub struct Cure {
    /// What.
    pub act: Act,
    /// The same as the language says it: a change, or declarations.
    pub statement: String,
    /// What it takes, as a share of the largest effort.
    pub cost: f64,
    /// Where the thing is declared that it is about.
    pub place: Place,
    /// How many points it saves at most where the step decides alone: what to try first.
    pub(super) promise: f64,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// An attribute gets another value.
    Set(ThingId, Name, Value),
    /// Controls are put there.
    Put(Vec<NewControl>),
}

/// More points than this nothing is guessed to save: a step that is gone may stand beside another.
const MOST_POINTS: f64 = 4.0;

/// Everything that could be done about some steps, each once, in the order of the steps.
pub(super) fn cures(situation: &Situation<'_>, edges: &[EdgeId]) -> Vec<Cure> {
    let mut search = Search { situation, found: Vec::new() };
    for edge in edges {
        search.step(*edge);
    }
    search.found
}

/// What could be done about a loss that has happened.
pub(super) fn recoveries(situation: &Situation<'_>, guards: &[Guard], thing: ThingId) -> Vec<Cure> {
    let mut search = Search { situation, found: Vec::new() };
    situation.finder.bind_all(&[Value::Thing(thing)]);
    guards.iter().for_each(|guard| search.guard(guard));
    search.found
}

struct Search<'a, 's> {
    situation: &'a Situation<'s>,
    found: Vec<Cure>,
}

impl<'s> Search<'_, 's> {
    fn product(&self) -> &'s Product {
        self.situation.product
    }

    fn finder(&self) -> &Finder<'s> {
        self.situation.finder
    }

    fn step(&mut self, edge: EdgeId) {
        let model = self.product().model.clone();
        let step = &self.situation.graph.edges[edge];
        // What is done there is for the other deployment to decide.
        if step.elsewhere.is_some() {
            return;
        }
        let (physics, conditions): (&Physics, &[Expr]) = match step.origin {
            Origin::Step(step) => (&model.steps[step].physics, &model.steps[step].pattern.conditions),
            Origin::Rule(rule) => match &model.rules[rule].telling {
                Telling::Own(physics) => (physics, &model.rules[rule].pattern.conditions),
                Telling::Reports(_) | Telling::Obligation { .. } => return,
            },
            Origin::Loss(_) => return,
        };
        let origin = step.origin;
        let first = self.situation.graph.values(edge).first().cloned();
        self.situation.finder.bind_all(self.situation.graph.values(edge));
        for attribute in &physics.resisted_by {
            self.attribute(attribute, Better::Stronger);
        }
        for chance in &physics.chances {
            self.attributes_in(&chance.value, Better::Rarer);
        }
        for condition in conditions {
            self.attributes_in(condition, Better::Otherwise);
        }
        for guard in &physics.guards {
            self.guard(guard);
        }
        if let (Origin::Step(step), Some(Value::Thing(thing))) = (origin, first) {
            self.countering(step, thing);
        }
    }

    fn set(&mut self, better: Better, thing: ThingId, name: Name, value: Value, promise: f64) {
        self.set_at(self.effort_of_change(better), thing, name, value, promise);
    }

    fn set_at(&mut self, cost: f64, thing: ThingId, name: Name, value: Value, promise: f64) {
        let model = &self.product().model;
        let words = eval::in_words(model, &value);
        let statement = format!("with {} {{ {} = {words} }}", model.spelling(thing), model.names.text(name));
        self.keep(Cure {
            act: Act::Set(thing, name, value),
            statement,
            cost,
            place: model.things[thing].place,
            promise,
        });
    }

    fn keep(&mut self, cure: Cure) {
        if !self.found.iter().any(|known| known.statement == cure.statement) {
            self.found.push(cure);
        }
    }

    /// What it takes to put a control of a kind there; none where nobody can.
    fn effort(&self, kind: KindId) -> Option<f64> {
        let model = &self.product().model;
        match model.kinds[kind].attributes.get(&model.words.effort) {
            Some(effort) => eval::number(model, effort.default.as_ref()?),
            None => Some(1.0),
        }
    }

    /// What it takes to change an attribute: the least effort that the library knows where something is only made better, the
    /// largest where a thing no longer is or does what it did.
    fn effort_of_change(&self, better: Better) -> f64 {
        let model = &self.product().model;
        let known = model.kinds.iter().find_map(|kind| match kind.attributes.get(&model.words.effort)?.ty {
            Type::Enum(of) => Some(model.enums[of].values.iter().filter_map(|value| value.percent)),
            _ => None,
        });
        let extreme: fn(f64, f64) -> f64 = if better == Better::Otherwise { f64::max } else { f64::min };
        known.and_then(|mut efforts| efforts.by_ref().reduce(extreme)).unwrap_or(1.0)
    }
}

/// The points between two probabilities.
fn points(before: f64, after: f64) -> f64 {
    (2.0 * (before.max(1e-9) / after.max(1e-9)).log10()).min(MOST_POINTS)
}
