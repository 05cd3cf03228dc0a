//! What an attacker has to get past in one step: chances, native mitigations, controls, with the facts behind each.
//!
//! In: a step of a [`Situation`]. Out: [`Hurdle`]s. Never: a hurdle that the step's probability does not hold; multiplied, they
//! give it.

use std::sync::Arc;

use super::attack_graph::{EdgeId, Origin};
use super::situation::Situation;
use super::strength::{effective, is_out_of_date};
use super::view::View;
use crate::base::{Name, Place};
use crate::graph::eval;
use crate::model::{Expr, ExprKind, Physics, Telling, ThingId, Value};

/// Something that an attacker has to get past.
#[derive(Clone, Debug)]
pub struct Hurdle {
    /// What it is.
    pub what: What,
    /// The probability that the attacker gets past.
    pub probability: f64,
    /// The attributes that decide it, and who said them.
    pub facts: Vec<Fact>,
}

/// What a hurdle is.
#[derive(Clone, Debug)]
pub enum What {
    /// How hard the step is; the name of the cause: one cause is decided once, wherever it comes up.
    Chance(Arc<str>),
    /// An attribute that resists by itself, or a control that stands for it.
    Native(ThingId, Name),
    /// Controls that must all work.
    Controls(Vec<Trust>),
    /// Causes on which steps before this one hang as well: where those worked, this one is likelier.
    Again,
}

/// How far a control is believed.
#[derive(Clone, Debug)]
pub struct Trust {
    /// Which.
    pub control: ThingId,
    /// The probability that it holds, by itself.
    pub strength: f64,
    /// Why it is believed.
    pub evidence: String,
    /// When that was last seen to be so, in days since 1970-01-01.
    pub verified: Option<i32>,
    /// Whether that is too long ago to count.
    pub has_expired: bool,
}

/// What an attribute is, and who said so.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Of what.
    pub thing: ThingId,
    /// Which.
    pub name: Name,
    /// What it is, in words.
    pub value: String,
    /// Whether somebody said it; otherwise a default stands in.
    pub is_stated: bool,
    /// Where it was said.
    pub place: Option<Place>,
}

/// The hurdles of a step with controls at work.
pub(super) fn hurdles(situation: &Situation<'_>, edge: EdgeId) -> Vec<Hurdle> {
    let graph = &situation.graph;
    let mut hurdles = Vec::new();
    let model = situation.product.model.clone();
    let none = Physics::default();
    let physics = match graph.edges[edge].origin {
        Origin::Step(step) => &model.steps[step].physics,
        Origin::Rule(rule) => match &model.rules[rule].telling {
            Telling::Own(physics) => physics,
            Telling::Reports(_) | Telling::Obligation { .. } => &none,
        },
        Origin::Loss(_) => &none,
    };
    situation.finder_of(&graph.edges[edge]).bind_all(graph.values(edge));
    for (chance, variable) in physics.chances.iter().zip(graph.chances(edge)) {
        let variable = graph.variables.of(*variable);
        hurdles.push(Hurdle {
            what: What::Chance(variable.name.strip_prefix("chance ").unwrap_or(&variable.name).into()),
            probability: View::Residual.probability(variable),
            facts: facts(situation, edge, &chance.value),
        });
    }
    for attribute in &physics.resisted_by {
        hurdles.extend(native(situation, edge, attribute));
    }
    for barrier in graph.barriers(edge).iter().map(|barrier| &graph.barriers[*barrier]) {
        if barrier.native.is_none() {
            hurdles.push(Hurdle {
                what: What::Controls(
                    barrier.controls.iter().map(|control| trust(situation, edge, *control)).collect(),
                ),
                probability: 1.0 - View::Residual.bound(barrier),
                facts: Vec::new(),
            });
        }
    }
    hurdles
}

/// A native mitigation, also one that resists nothing.
fn native(situation: &Situation<'_>, edge: EdgeId, attribute: &Expr) -> Option<Hurdle> {
    let ExprKind::Attribute { of, name } = &attribute.kind else { return None };
    let graph = &situation.graph;
    let thing = situation.finder_of(&graph.edges[edge]).filled.eval(of).thing()?;
    let mut barriers = graph.barriers(edge).iter().map(|barrier| &graph.barriers[*barrier]);
    let barrier = barriers.find(|barrier| barrier.native == Some((thing, *name)));
    let bound = barrier.map_or(0.0, |barrier| View::Residual.bound(barrier));
    Some(Hurdle {
        what: What::Native(thing, *name),
        probability: 1.0 - bound,
        facts: facts(situation, edge, attribute),
    })
}

fn trust(situation: &Situation<'_>, edge: EdgeId, control: ThingId) -> Trust {
    let product = situation.finder_of(&situation.graph.edges[edge]).product;
    let settings = situation.settings;
    let words = &product.model.words;
    Trust {
        control,
        strength: effective(product, &settings.constants, settings.today, control),
        evidence: eval::in_words(&product.model, &product.read(control, words.evidence).value),
        verified: match product.read(control, words.verified).value {
            Value::Date(day) => Some(day),
            _ => None,
        },
        has_expired: is_out_of_date(product, settings.today, control),
    }
}

/// The attributes that an expression reads, for the values bound now.
fn facts(situation: &Situation<'_>, edge: EdgeId, expr: &Expr) -> Vec<Fact> {
    facts_of(situation.finder_of(&situation.graph.edges[edge]), expr)
}

/// The attributes that an expression reads, for the values bound in a finder.
pub(super) fn facts_of(finder: &super::matching::Finder<'_>, expr: &Expr) -> Vec<Fact> {
    let model = &finder.product.model;
    let mut facts: Vec<Fact> = Vec::new();
    let mut open = vec![expr];
    while let Some(part) = open.pop() {
        open.extend(part.children());
        let ExprKind::Attribute { of, name } = &part.kind else { continue };
        let Some(thing) = finder.filled.eval(of).thing() else { continue };
        let reading = finder.product.read(thing, *name);
        let fact = Fact {
            thing,
            name: *name,
            value: eval::in_words(model, &reading.value),
            is_stated: reading.is_stated(),
            place: reading.place,
        };
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    facts
}
