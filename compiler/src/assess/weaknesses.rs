//! What is weak: rules where they hold, scored by what their steps add to the losses behind them.
//!
//! In: a [`Situation`] and the model's rules. Out: [`Weakness`]es and obligations, the worst first. Never: two reports of one rule
//! on one thing; a weakness scored by its rule alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attack_graph::{EdgeId, Origin};
use super::edge_index::EdgeIndex;
use super::losses::worse_first;
use super::matching::{Holds, Match};
use super::situation::Situation;
use super::{Numbers, Risk, Status, Weakness, acceptance, obligations};
use crate::base::{Name, Place};
use crate::graph::Product;
use crate::model::{Expr, ExprKind, Rule, RuleId, Telling, ThingId, Value};

/// A rule where it holds.
pub(super) struct Instance {
    /// Under which values.
    pub values: Vec<Value>,
    /// The steps that it is about.
    pub edges: Vec<EdgeId>,
    /// How bad.
    pub numbers: Numbers,
    /// Whether it holds only because of what nobody said.
    pub is_assumed: bool,
    /// What would settle that.
    pub hangs_on: Vec<(ThingId, Name)>,
}

/// What the rules report.
#[derive(Default)]
pub(super) struct Reported {
    /// Weaknesses, the worst first, each with its steps.
    pub weaknesses: Vec<(Weakness, Vec<EdgeId>)>,
    /// Duties that are not met, the worst first.
    pub obligations: Vec<Weakness>,
}

/// Evaluates every rule.
pub(super) fn report(situation: &Situation<'_>) -> Reported {
    let index = EdgeIndex::new(&situation.graph);
    let mut reported = Reported::default();
    for (id, rule) in situation.product.model.rules.iter_ids() {
        let mut by_thing: BTreeMap<ThingId, Vec<Instance>> = BTreeMap::new();
        for found in situation.finder.matches(&rule.pattern) {
            if let Some((thing, instance)) = instance(situation, &index, id, rule, found) {
                by_thing.entry(thing).or_default().push(instance);
            }
        }
        for (thing, instances) in by_thing {
            let (weakness, edges) = weakness(situation, id, rule, thing, instances);
            match rule.telling {
                Telling::Obligation { .. } => reported.obligations.push(weakness),
                Telling::Own(_) | Telling::Reports(_) => reported.weaknesses.push((weakness, edges)),
            }
        }
    }
    let order = |a: &Weakness, b: &Weakness| {
        let worse = worse_first(a.numbers.residual, b.numbers.residual);
        worse.then_with(|| worse_first(a.numbers.inherent, b.numbers.inherent)).then_with(|| a.id.cmp(&b.id))
    };
    reported.weaknesses.sort_by(|(a, _), (b, _)| order(a, b));
    reported.obligations.sort_by(order);
    reported
}

fn instance(
    situation: &Situation<'_>,
    index: &EdgeIndex<'_>,
    id: RuleId,
    rule: &Rule,
    found: Match,
) -> Option<(ThingId, Instance)> {
    let finder = &situation.finder;
    finder.bind_all(&found.values);
    let mut hangs_on = found.hangs_on;
    let mut is_assumed = found.is_assumed;
    match rule.flag_when.as_ref().map_or(Holds::Stated, |flag| finder.holds(flag)) {
        Holds::No => return None,
        Holds::Stated => {}
        Holds::Assumed(attributes) => {
            is_assumed = true;
            hangs_on.extend(attributes);
        }
    }
    let thing = finder.filled.eval(&rule.on).thing()?;
    if situation.product.is_out_of_scope(thing) {
        return None;
    }
    let (edges, numbers) = match &rule.telling {
        Telling::Obligation { impact, physics } => {
            (Vec::new(), obligations::numbers(situation, impact, physics))
        }
        Telling::Own(_) => {
            let values: Vec<Option<Value>> = found.values.iter().cloned().map(Some).collect();
            let edges = index.find(Origin::Rule(id), &values);
            let numbers = worst_of(situation, &edges)?;
            (edges, numbers)
        }
        Telling::Reports(steps) => {
            let edges: Vec<EdgeId> =
                steps.iter().flat_map(|step| reported_edges(situation, index, step)).collect();
            let numbers = worst_of(situation, &edges)?;
            (edges, numbers)
        }
    };
    let numbers = if is_assumed { Numbers { established: Risk::default(), ..numbers } } else { numbers };
    hangs_on.sort();
    hangs_on.dedup();
    Some((thing, Instance { values: found.values, edges, numbers, is_assumed, hangs_on }))
}

/// The steps that a rule names, for the values bound now.
fn reported_edges(situation: &Situation<'_>, index: &EdgeIndex<'_>, step: &Expr) -> Vec<EdgeId> {
    let ExprKind::Step(step, args) = &step.kind else { return Vec::new() };
    let thing = |arg: &Expr| situation.finder.filled.eval(arg).thing().map_or(Value::Unknown, Value::Thing);
    let values: Vec<Option<Value>> = args.iter().map(|arg| arg.as_ref().map(thing)).collect();
    index.find(Origin::Step(*step), &values)
}

/// The worst of some steps, view by view; nothing where there is no step.
fn worst_of(situation: &Situation<'_>, edges: &[EdgeId]) -> Option<Numbers> {
    edges.iter().map(|edge| situation.numbers_of_step(*edge)).reduce(Numbers::highest)
}

/// One report of a rule on a thing. What is established speaks before what is assumed, the worse before the less bad.
fn weakness(
    situation: &Situation<'_>,
    id: RuleId,
    rule: &Rule,
    thing: ThingId,
    instances: Vec<Instance>,
) -> (Weakness, Vec<EdgeId>) {
    let product = situation.product;
    let mut told: Vec<(Instance, String)> = instances
        .into_iter()
        .map(|instance| {
            situation.finder.bind_all(&instance.values);
            let message = situation.finder.filled.render(&rule.say);
            (instance, message)
        })
        .collect();
    told.sort_by(|(a, message), (b, other)| {
        let worse = worse_first(a.numbers.residual, b.numbers.residual);
        a.is_assumed.cmp(&b.is_assumed).then(worse).then_with(|| message.cmp(other))
    });
    let numbers =
        told.iter().map(|(instance, _)| instance.numbers).reduce(Numbers::highest).unwrap_or_default();
    let is_question = told.iter().all(|(instance, _)| instance.is_assumed);
    let edges: Vec<EdgeId> = told.iter().flat_map(|(instance, _)| instance.edges.iter().copied()).collect();
    let mut weakness = Weakness {
        id: self::id(product, &rule.name, Some(thing)),
        rule: id,
        thing,
        message: String::new(),
        fix: String::new(),
        numbers,
        is_question,
        hangs_on: Vec::new(),
        also: Vec::new(),
        losses: Vec::new(),
        attack: None,
        status: status(situation, rule, thing, numbers),
        place: product.model.things[thing].place,
        facts: Vec::new(),
    };
    if let Some((first, message)) = told.first() {
        situation.finder.bind_all(&first.values);
        weakness.fix = situation.finder.filled.render(&rule.fix);
        weakness.facts = facts(situation, rule);
        weakness.message.clone_from(message);
        if is_question {
            weakness.hangs_on.clone_from(&first.hangs_on);
        }
        let strongest = first.edges.iter().copied().max_by(|a, b| {
            let value = |edge: EdgeId| situation.numbers_of_step(edge).residual.value();
            value(*a).total_cmp(&value(*b)).then_with(|| b.cmp(a))
        });
        if let Some((attack, _, end)) = strongest.and_then(|edge| situation.attack_through(edge)) {
            weakness.attack = Some(attack);
            // A position among what can be lost, for now; the assessment puts the reported losses in order.
            weakness.losses.extend(end);
        }
    }
    weakness.also =
        told.into_iter().map(|(_, message)| message).filter(|message| *message != weakness.message).collect();
    weakness.also.dedup();
    (weakness, edges)
}

fn status(situation: &Situation<'_>, rule: &Rule, thing: ThingId, numbers: Numbers) -> Status {
    let score = numbers.residual.score();
    acceptance::status(
        situation.product,
        &situation.settings.constants,
        situation.settings.today,
        &rule.name,
        thing,
        score,
    )
}

/// Attributes that the rule's condition names and that somebody wrote, with what they say.
fn facts(situation: &Situation<'_>, rule: &Rule) -> Vec<(Place, String)> {
    let mut facts: Vec<(Place, String)> = Vec::new();
    let conditions = rule.flag_when.iter().chain(&rule.pattern.conditions);
    let mut open: Vec<&Expr> = conditions.clone().collect();
    while let Some(expr) = open.pop() {
        open.extend(expr.children());
        let ExprKind::Attribute { of, name } = &expr.kind else { continue };
        let Some(thing) = situation.finder.filled.eval(of).thing() else { continue };
        let model = &situation.product.model;
        let is_foreign = model.things[thing].is_foreign;
        let reading = situation.product.read(thing, *name);
        if let (Some(place), false, true) = (reading.place, is_foreign, reading.is_stated()) {
            let value = crate::graph::eval::in_words(model, &reading.value);
            facts.push((place, format!("{} = {value}", model.names.text(*name))));
        }
    }
    facts.sort();
    facts.dedup();
    facts.extend(situation.finder.told_chains(conditions));
    facts
}

/// `rule@path@deployment`: unique, and stable under moves between files.
pub(super) fn id(product: &Product, what: &str, thing: Option<ThingId>) -> Arc<str> {
    let mut id = what.to_owned();
    if let Some(thing) = thing {
        id.push('@');
        id.push_str(&product.model.path(thing));
    }
    if product.deployment.is_some() {
        id.push('@');
        id.push_str(&product.name());
    }
    id.into()
}
