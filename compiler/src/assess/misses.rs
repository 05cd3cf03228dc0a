//! What came nearest to a pattern that does not hold: how far the conditions went, and the one that stopped it.
//!
//! In: a pattern, values that some of its variables must have. Out: a [`Miss`], or that it holds. Never: a second opinion; the
//! plans and the conditions are those that matching uses.

use super::matching::{Finder, Holds};
use crate::base::{Label, Place};
use crate::graph::{Val, eval};
use crate::model::{BinaryOp, Domain, Expr, ExprKind, Pattern, Plan, Rule, Slot, Telling, ThingId, Value};

/// How near a pattern came.
pub(super) struct Miss {
    /// What stopped it, and why, as labels: the condition first, then what its parts are worth, then what the variables stand for.
    pub labels: Vec<Label>,
    /// How many conditions held before.
    held: usize,
}

/// More labels than this say less.
const MOST_VALUES: usize = 6;

/// What keeps a rule from being reported on a thing, or anywhere; nothing where it holds.
pub(super) fn of_rule(finder: &Finder<'_>, rule: &Rule, on: Option<ThingId>) -> Option<Miss> {
    let on = on.map(Value::Thing);
    let fixed: Vec<Option<Value>> = match rule.on.kind {
        ExprKind::Variable(Slot(slot)) => {
            let is_on = |at: usize| if at == usize::from(slot) { on.clone() } else { None };
            (0..rule.pattern.variables.len()).map(is_on).collect()
        }
        _ => Vec::new(),
    };
    let values = match of_pattern(finder, &rule.pattern, &fixed) {
        Near::Miss(miss) => return Some(miss),
        Near::Holds(values) => values,
        Near::Nothing => return None,
    };
    finder.bind_all(&values);
    if let Some(flag) = &rule.flag_when
        && matches!(finder.holds(flag), Holds::No)
    {
        return Some(missed(finder, &rule.pattern, flag, rule.pattern.conditions.len(), &values));
    }
    let Telling::Reports(steps) = &rule.telling else { return None };
    steps.iter().find_map(|step| of_step(finder, step))
}

/// What keeps a step that a rule reports from standing, for the values bound now.
fn of_step(finder: &Finder<'_>, reported: &Expr) -> Option<Miss> {
    let ExprKind::Step(step, args) = &reported.kind else { return None };
    let step = &finder.product.model.steps[*step];
    let value = |arg: &Expr| finder.filled.eval(arg).thing().map(Value::Thing);
    let fixed: Vec<Option<Value>> = args.iter().map(|arg| arg.as_ref().and_then(value)).collect();
    let Near::Miss(mut miss) = of_pattern(finder, &step.pattern, &fixed) else { return None };
    let text = format!("the step `{}` that it reports does not stand", step.name);
    miss.labels.push(Label { place: reported.place, text });
    Some(miss)
}

/// How near a pattern comes.
enum Near {
    /// It holds, first for these values.
    Holds(Vec<Value>),
    /// It does not.
    Miss(Miss),
    /// There is nothing that it could be about.
    Nothing,
}

fn of_pattern(finder: &Finder<'_>, pattern: &Pattern, fixed: &[Option<Value>]) -> Near {
    let is_fixed = |variable: usize| matches!(fixed.get(variable), Some(Some(_)));
    // A way that begins with what is known looks at that alone.
    let first = |plan: &Plan| plan.binds.first().is_some_and(|bind| is_fixed(bind.variable));
    let Some(plan) = pattern.plans.iter().find(|plan| first(plan)).or(pattern.plans.first()) else {
        return Near::Nothing;
    };
    let mut search = Search { finder, pattern, fixed, nearest: None };
    let values = vec![Value::Unknown; pattern.variables.len()];
    match (search.go(plan, 0, 0, values), search.nearest) {
        (Some(values), _) => Near::Holds(values),
        (None, Some(miss)) => Near::Miss(miss),
        (None, None) => Near::Nothing,
    }
}

struct Search<'a> {
    finder: &'a Finder<'a>,
    pattern: &'a Pattern,
    fixed: &'a [Option<Value>],
    nearest: Option<Miss>,
}

impl Search<'_> {
    /// The first values for which everything holds; on the way, what came nearest.
    fn go(&mut self, plan: &Plan, depth: usize, held: usize, values: Vec<Value>) -> Option<Vec<Value>> {
        let Some(bind) = plan.binds.get(depth) else { return Some(values) };
        let variable = self.pattern.variables.get(bind.variable)?;
        let fixed = self.fixed.get(bind.variable).and_then(Option::as_ref);
        let checks = bind.checks.iter().filter_map(|check| self.pattern.conditions.get(*check));
        let candidates: Vec<Value> = match (fixed, &variable.domain) {
            // What was asked about is looked at even where the plan would not come to it.
            (Some(value), Domain::Each(things)) => {
                let is_one = |thing| things.holds(&self.finder.product.model, thing);
                let thing = Val::from(value.clone()).thing();
                thing.filter(|thing| is_one(*thing)).map(Value::Thing).into_iter().collect()
            }
            (fixed, domain) => {
                let found = self.finder.candidates(domain, &bind.via).into_iter().map(|(value, _)| value);
                found.filter(|value| fixed.is_none_or(|fixed| fixed == value)).collect()
            }
        };
        if candidates.is_empty() {
            self.finder.bind(bind.variable, &Value::Unknown);
            let miss = match (checks.clone().next(), &variable.domain) {
                (Some(condition), _) if fixed.is_none() => {
                    let mut miss = missed(self.finder, self.pattern, condition, held, &values);
                    if let Some(first) = miss.labels.first_mut() {
                        first.text = "nothing fits this".to_owned();
                    }
                    miss
                }
                (_, Domain::In(list)) => none_of(self.finder, list, fixed, held),
                _ => {
                    let text = match fixed.map(|value| self.finder.described(value)) {
                        Some(thing) => format!("{thing}, is none of these"),
                        None => "there is none".to_owned(),
                    };
                    Miss { labels: vec![label(variable.place, text)], held }
                }
            };
            self.keep(miss);
            return None;
        }
        for value in candidates {
            self.finder.bind(bind.variable, &value);
            let mut next = values.clone();
            if let Some(place) = next.get_mut(bind.variable) {
                *place = value;
            }
            let holds = |condition: &&Expr| !matches!(self.finder.holds(condition), Holds::No);
            let (passed, failing): (Vec<&Expr>, Vec<&Expr>) = checks.clone().partition(holds);
            let held = held + passed.len();
            match failing.first() {
                Some(failing) => self.keep(missed(self.finder, self.pattern, failing, held, &next)),
                None => {
                    if let Some(whole) = self.go(plan, depth + 1, held, next) {
                        return Some(whole);
                    }
                }
            }
        }
        None
    }

    /// The one that went farther stays; of equals the first.
    fn keep(&mut self, miss: Miss) {
        if self.nearest.as_ref().is_none_or(|nearest| miss.held > nearest.held) {
            self.nearest = Some(miss);
        }
    }
}

fn label(place: Place, text: String) -> Label {
    Label { place, text }
}

/// A condition that does not hold for the values bound now, with what it read.
fn missed(finder: &Finder<'_>, pattern: &Pattern, condition: &Expr, held: usize, values: &[Value]) -> Miss {
    let condition = narrowest(finder, condition);
    let mut labels = vec![label(condition.place, "this is false".to_owned())];
    labels.extend(readings(finder, condition));
    let model = &finder.product.model;
    for (variable, value) in pattern.variables.iter().zip(values) {
        if *value != Value::Unknown {
            labels.push(label(variable.place, format!("`{}`", eval::in_words(model, value))));
        }
    }
    Miss { labels, held }
}

/// The part of a conjunction that does not hold.
fn narrowest<'a>(finder: &Finder<'_>, condition: &'a Expr) -> &'a Expr {
    match &condition.kind {
        ExprKind::Binary(BinaryOp::And, left, _) if matches!(finder.holds(left), Holds::No) => {
            narrowest(finder, left)
        }
        ExprKind::Binary(BinaryOp::And, _, right) => narrowest(finder, right),
        _ => condition,
    }
}

/// A list that does not hold what was looked for.
fn none_of(finder: &Finder<'_>, list: &Expr, wanted: Option<&Value>, held: usize) -> Miss {
    let model = &finder.product.model;
    let found = worth(finder, list);
    let text = match wanted {
        Some(wanted) => format!("{found}, and not `{}`", eval::in_words(model, wanted)),
        None => found,
    };
    Miss { labels: vec![label(list.place, text)], held }
}

/// What the parts of a condition are worth, for the values bound now.
pub(super) fn readings(finder: &Finder<'_>, condition: &Expr) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut open = vec![condition];
    while let Some(part) = open.pop() {
        match &part.kind {
            ExprKind::Attribute { of, .. } => {
                labels.push(label(part.place, worth(finder, part)));
                open.push(of);
            }
            ExprKind::Call { args, .. } => {
                labels.push(label(part.place, worth(finder, part)));
                open.extend(args);
            }
            ExprKind::Is(value, _) => {
                labels.push(label(value.place, kind_of(finder, value)));
                open.extend(value.children());
            }
            // What a quantifier says of each member has no one value.
            ExprKind::Quantified { source, .. } | ExprKind::Filter { source, .. } => open.push(source),
            _ => open.extend(part.children()),
        }
    }
    labels.retain(|reading| reading.place != condition.place);
    labels.sort_by_key(|label| label.place);
    labels.dedup_by_key(|label| label.place);
    labels.truncate(MOST_VALUES);
    labels
}

/// What an expression is worth: as somebody said it, or as it is assumed.
fn worth(finder: &Finder<'_>, expr: &Expr) -> String {
    let model = &finder.product.model;
    let words = |val: &Val| match val {
        Val::List { items, is_complete: true } if items.is_empty() => "an empty list".to_owned(),
        Val::One(Value::Decimal(value)) => format!("`{value:.2}`"),
        Val::Unknown => "unknown".to_owned(),
        val => format!("`{}`", eval::on_screen(model, val)),
    };
    match (finder.stated.eval(expr), finder.filled.eval(expr)) {
        (Val::Unknown, Val::Unknown) => "unknown".to_owned(),
        (Val::Unknown, assumed) => format!("{}, assumed: nobody said", words(&assumed)),
        (stated, _) => words(&stated),
    }
}

fn kind_of(finder: &Finder<'_>, value: &Expr) -> String {
    match finder.filled.eval(value) {
        Val::One(thing @ Value::Thing(_)) => finder.described(&thing),
        _ => worth(finder, value),
    }
}

impl Finder<'_> {
    /// A value, and what a thing is.
    fn described(&self, value: &Value) -> String {
        let model = &self.product.model;
        let words = eval::in_words(model, value);
        match value {
            Value::Thing(thing) => {
                format!("`{words}`, of kind `{}`", model.kinds[model.things[*thing].kind].name)
            }
            _ => format!("`{words}`"),
        }
    }
}
