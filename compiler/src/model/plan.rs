//! How the variables of a pattern are found: along references and lists, never by trying every thing with every other.
//!
//! In: the variables and conditions of a step, rule or lint. Out: [`Plan`]s, one for each variable that can come first.
//! Never: a cross product; a pattern whose variables have nothing to do with each other is refused.

use std::sync::Arc;

use super::collect::Collected;
use super::lower::Lower;
use super::rule_errors;
use super::{Domain, Expr, ExprKind, Function, Pattern, Slot, Type};
use crate::base::Name;
use crate::syntax::ast::BinaryOp;

/// An order in which the variables of a pattern can be found.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One per variable.
    pub binds: Vec<Bind>,
}

/// How one variable is found, once those before it are.
#[derive(Clone, Debug)]
pub struct Bind {
    /// Which one, as a position in [`Pattern::variables`].
    pub variable: usize,
    /// Where its candidates come from; all of them together.
    pub via: Vec<Via>,
    /// The conditions that can be asked as soon as it is bound, as positions in [`Pattern::conditions`].
    pub checks: Vec<usize>,
}

/// Where candidates of a variable come from. A superset is enough: every condition is asked again.
#[derive(Clone, Debug)]
pub enum Via {
    /// All things of its domain.
    All,
    /// The thing or things that an expression gives: `f.from`, `members(z)`, its own list.
    Value(Expr),
    /// Things whose attribute holds what an expression gives: `x.to == c`, `d in x.carries`.
    Having(Name, Expr),
    /// Zones around what an expression gives: `c in members(x)`.
    Around(Expr),
    /// Things that flows lead from to what an expression gives: `reaches(x, c)`.
    Reaching(Expr),
    /// Things that what an expression gives has any right on: `can(i, write, x)`.
    Entitled(Expr),
}

impl Via {
    /// How many candidates it tends to give: the plan takes the way that tends to give least.
    fn cost(&self) -> u32 {
        match self {
            Via::Value(_) => 0,
            Via::Around(_) => 1,
            Via::Having(..) => 2,
            Via::Reaching(_) | Via::Entitled(_) => 3,
            Via::All => 100,
        }
    }
}

impl Lower {
    /// Plans every step, rule and lint of the package.
    pub(super) fn plan(&mut self, collected: &Collected<'_>) {
        for (id, _) in &collected.steps {
            let place = self.model.steps[*id].place;
            let mut step = self.model.steps[*id].clone();
            self.plan_pattern(&mut Arc::make_mut(&mut step).pattern, place);
            self.model.steps[*id] = step;
        }
        for (id, _) in &collected.rules {
            let place = self.model.rules[*id].place;
            let mut rule = self.model.rules[*id].clone();
            self.plan_pattern(&mut Arc::make_mut(&mut rule).pattern, place);
            self.model.rules[*id] = rule;
        }
        for (id, _) in &collected.lints {
            let place = self.model.lints[*id].place;
            let mut lint = self.model.lints[*id].clone();
            self.plan_pattern(&mut Arc::make_mut(&mut lint).pattern, place);
            self.model.lints[*id] = lint;
        }
    }

    fn plan_pattern(&mut self, pattern: &mut Pattern, place: crate::base::Place) {
        let starts = pattern.variables.iter().enumerate().filter(|(_, variable)| starts(variable, pattern));
        let attempts: Vec<Result<Plan, Vec<usize>>> = starts.map(|(first, _)| plan(pattern, first)).collect();
        if pattern.variables.is_empty() {
            pattern.plans = vec![Plan::default()];
            return;
        }
        let has_errors = pattern.variables.iter().any(|variable| variable.ty == Type::Error);
        let stuck = attempts.iter().find_map(|attempt| attempt.as_ref().err().cloned());
        pattern.plans = attempts.into_iter().filter_map(Result::ok).collect();
        if let (true, false, Some(stuck)) = (pattern.plans.is_empty(), has_errors, stuck) {
            let name = |at: &usize| {
                pattern.variables.get(*at).map(|variable| self.model.names.text(variable.name).to_owned())
            };
            let apart: Vec<String> = stuck.iter().filter_map(name).collect();
            let joined = (0..pattern.variables.len()).filter(|at| !stuck.contains(at));
            let joined: Vec<String> = joined.filter_map(|at| name(&at)).collect();
            self.problems.push(rule_errors::falls_apart(&joined, &apart, place));
        }
    }
}

/// Whether a search can begin with a variable: what it runs over needs no other one.
fn starts(variable: &super::Variable, pattern: &Pattern) -> bool {
    match &variable.domain {
        Domain::Each(_) => true,
        Domain::In(list) => variables_of(list, pattern).is_empty(),
    }
}

/// The plan that begins with a variable, or the variables that it cannot reach.
fn plan(pattern: &Pattern, first: usize) -> Result<Plan, Vec<usize>> {
    let mut bound: Vec<usize> = Vec::new();
    let mut asked: Vec<usize> = Vec::new();
    let mut binds = Vec::new();
    let mut next = Some((first, vec![first_via(pattern, first)]));
    while let Some((variable, via)) = next {
        bound.push(variable);
        let is_bound = |expr: &Expr| variables_of(expr, pattern).iter().all(|other| bound.contains(other));
        let fresh = pattern.conditions.iter().enumerate();
        let checks: Vec<usize> = fresh
            .filter(|(at, condition)| !asked.contains(at) && is_bound(condition))
            .map(|(at, _)| at)
            .collect();
        asked.extend(&checks);
        binds.push(Bind { variable, via, checks });
        let open = (0..pattern.variables.len()).filter(|at| !bound.contains(at));
        let ways = open.filter_map(|at| Some((at, way_to(pattern, at, &bound)?)));
        next = ways.min_by_key(|(at, via)| (via.iter().map(Via::cost).max(), *at));
    }
    let missing: Vec<usize> = (0..pattern.variables.len()).filter(|at| !bound.contains(at)).collect();
    if missing.is_empty() { Ok(Plan { binds }) } else { Err(missing) }
}

fn first_via(pattern: &Pattern, first: usize) -> Via {
    match pattern.variables.get(first).map(|variable| &variable.domain) {
        Some(Domain::In(list)) => Via::Value(list.clone()),
        _ => Via::All,
    }
}

/// The cheapest way to a variable from those that are bound.
fn way_to(pattern: &Pattern, variable: usize, bound: &[usize]) -> Option<Vec<Via>> {
    // A constant is no way: it would be the same for everything that is bound already.
    let known = |expr: &Expr| {
        let others = variables_of(expr, pattern);
        !others.is_empty() && others.iter().all(|other| bound.contains(other))
    };
    if let Domain::In(list) = &pattern.variables.get(variable)?.domain {
        // A list is the only way to its members, and membership is always asked again.
        return known(list).then(|| vec![Via::Value(list.clone())]);
    }
    let ways = pattern.conditions.iter().filter_map(|condition| ways_of(condition, variable, &known));
    ways.min_by_key(|ways| ways.iter().map(Via::cost).max())
}

/// The ways to a variable that a condition opens: one is enough of those joined by `and`, all of those joined by `or`.
fn ways_of(condition: &Expr, variable: usize, known: &dyn Fn(&Expr) -> bool) -> Option<Vec<Via>> {
    let is_it = |expr: &Expr| is_variable(expr, variable);
    match &condition.kind {
        ExprKind::Binary(BinaryOp::Or, left, right) => {
            let mut both = ways_of(left, variable, known)?;
            both.extend(ways_of(right, variable, known)?);
            Some(both)
        }
        ExprKind::Binary(BinaryOp::And, left, right) => {
            ways_of(left, variable, known).or_else(|| ways_of(right, variable, known))
        }
        ExprKind::Binary(BinaryOp::Equal, left, right) => {
            let one = |it: &Expr, other: &Expr| {
                if !known(other) {
                    return None;
                }
                if is_it(it) {
                    return Some(vec![Via::Value(other.clone())]);
                }
                attribute_of(it, variable).map(|name| vec![Via::Having(name, other.clone())])
            };
            one(left, right).or_else(|| one(right, left))
        }
        ExprKind::Binary(BinaryOp::In, item, list) => {
            if is_it(item) && known(list) {
                return Some(vec![Via::Value((**list).clone())]);
            }
            match &list.kind {
                ExprKind::Call { function: Function::Members, args } if known(item) => {
                    args.first().filter(|zone| is_it(zone)).map(|_| vec![Via::Around((**item).clone())])
                }
                _ if known(item) => {
                    attribute_of(list, variable).map(|name| vec![Via::Having(name, (**item).clone())])
                }
                _ => None,
            }
        }
        ExprKind::Call { function: Function::Reaches, args } => match args.as_slice() {
            [from, to] if is_it(from) && known(to) => Some(vec![Via::Reaching(to.clone())]),
            _ => None,
        },
        ExprKind::Call { function: Function::Can, args } => match args.as_slice() {
            [who, _, what] if is_it(what) && known(who) => Some(vec![Via::Entitled(who.clone())]),
            _ => None,
        },
        _ => None,
    }
}

/// `x.name`, where x is the variable.
fn attribute_of(expr: &Expr, variable: usize) -> Option<Name> {
    match &expr.kind {
        ExprKind::Attribute { of, name } if is_variable(of, variable) => Some(*name),
        _ => None,
    }
}

fn is_variable(expr: &Expr, variable: usize) -> bool {
    matches!(expr.kind, ExprKind::Variable(Slot(slot)) if usize::from(slot) == variable)
}

/// The pattern's variables that an expression names; those of its own quantifiers left out.
fn variables_of(expr: &Expr, pattern: &Pattern) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if let ExprKind::Variable(Slot(slot)) = expr.kind
            && usize::from(slot) < pattern.variables.len()
            && !found.contains(&usize::from(slot))
        {
            found.push(usize::from(slot));
        }
        open.extend(expr.children());
    }
    found
}
