//! Where the pattern of a step, rule or lint holds in a product.
//!
//! In: a [`Pattern`] with its plans. Out: [`Match`]es, each established or assumed. Never: every thing tried with every other;
//! the plans follow references, and candidates are only ever looked up.

use crate::base::{Name, Place};
use crate::graph::{Oracle, Product, Scope, Stance, Truth, Val};
use crate::model::{Domain, Expr, Pattern, Slot, ThingId, Value, Via};

/// Values of a pattern's variables under which its conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// One per variable.
    pub values: Vec<Value>,
    /// The attributes without which it would not hold and that nobody said; empty and established, or assumed.
    pub hangs_on: Vec<(ThingId, Name)>,
    /// Whether it holds only with defaults filled in.
    pub is_assumed: bool,
}

impl Match {
    fn tidy(mut self) -> Match {
        self.hangs_on.sort();
        self.hangs_on.dedup();
        self
    }
}

/// Finds matches in one product.
pub struct Finder<'a> {
    pub(super) product: &'a Product,
    /// Only what somebody said.
    pub(super) stated: Scope<'a>,
    /// With defaults.
    pub(super) filled: Scope<'a>,
}

impl<'a> Finder<'a> {
    /// Before scores exist.
    pub fn new(product: &'a Product, today: i32) -> Finder<'a> {
        Finder {
            product,
            stated: Scope::new(product, today, Stance::Stated),
            filled: Scope::new(product, today, Stance::Filled),
        }
    }

    /// With a finished assessment to ask.
    pub fn with_oracle(product: &'a Product, today: i32, oracle: &'a dyn Oracle) -> Finder<'a> {
        let finder = Finder::new(product, today);
        Finder {
            stated: finder.stated.with_oracle(oracle),
            filled: finder.filled.with_oracle(oracle),
            product,
        }
    }

    /// Every match of a pattern, in the order of its things.
    pub fn matches(&self, pattern: &Pattern) -> Vec<Match> {
        let mut out = Vec::new();
        let cheapest = pattern.plans.iter().min_by_key(|plan| {
            let first = plan.binds.first().and_then(|bind| pattern.variables.get(bind.variable));
            match first.map(|variable| &variable.domain) {
                Some(Domain::Each(things)) => self.product.count_of_type(things),
                _ => 0,
            }
        });
        let Some(plan) = cheapest else { return out };
        let mut blank = Match {
            values: vec![Value::Unknown; pattern.variables.len()],
            hangs_on: Vec::new(),
            is_assumed: false,
        };
        if plan.binds.is_empty() {
            let all: Vec<usize> = (0..pattern.conditions.len()).collect();
            if self.check(pattern, &all, &mut blank) {
                out.push(blank.tidy());
            }
            return out;
        }
        self.extend(pattern, plan, 0, &mut blank, &mut out);
        out.sort_by(|a, b| things_of(&a.values).cmp(things_of(&b.values)));
        out
    }

    /// Goes on with what is found so far, and leaves it as it was.
    fn extend(
        &self,
        pattern: &Pattern,
        plan: &crate::model::Plan,
        depth: usize,
        so_far: &mut Match,
        out: &mut Vec<Match>,
    ) {
        let Some(bind) = plan.binds.get(depth) else {
            out.push(so_far.clone().tidy());
            return;
        };
        let Some(variable) = pattern.variables.get(bind.variable) else { return };
        let (hung, was_assumed) = (so_far.hangs_on.len(), so_far.is_assumed);
        for (value, is_assumed) in self.candidates(&variable.domain, &bind.via) {
            self.bind(bind.variable, &value);
            if let Some(place) = so_far.values.get_mut(bind.variable) {
                *place = value;
            }
            if is_assumed {
                so_far.is_assumed = true;
                so_far.hangs_on.extend(self.filled.take_asked());
            }
            if self.check(pattern, &bind.checks, so_far) {
                self.extend(pattern, plan, depth + 1, so_far, out);
            }
            so_far.hangs_on.truncate(hung);
            so_far.is_assumed = was_assumed;
        }
    }

    /// Whether some conditions hold; what they hang on is added to the match.
    fn check(&self, pattern: &Pattern, checks: &[usize], found: &mut Match) -> bool {
        for check in checks {
            let Some(condition) = pattern.conditions.get(*check) else { continue };
            match self.holds(condition) {
                Holds::No => return false,
                Holds::Stated => {}
                Holds::Assumed(hangs_on) => {
                    found.is_assumed = true;
                    found.hangs_on.extend(hangs_on);
                }
            }
        }
        true
    }

    /// Whether a condition holds for the values bound now.
    pub(super) fn holds(&self, condition: &Expr) -> Holds {
        match self.stated.truth(condition) {
            Truth::True => return Holds::Stated,
            Truth::False => return Holds::No,
            Truth::Unknown => {}
        }
        self.stated.forget_asked();
        self.filled.forget_asked();
        match self.filled.truth(condition) {
            Truth::False => Holds::No,
            // What nobody said and nothing stands in for counts against the author.
            Truth::True | Truth::Unknown => Holds::Assumed(self.filled.take_asked()),
        }
    }

    /// The chains of facts behind some conditions, link by link, each once; every link leads to the next.
    pub(super) fn told_chains<'e>(&self, conditions: impl Iterator<Item = &'e Expr>) -> Vec<(Place, String)> {
        let mut told: Vec<(Place, String)> = Vec::new();
        for hop in conditions.flat_map(|condition| self.filled.proof(condition)).flatten() {
            let link = (hop.place, hop.in_words(&self.product.model));
            if !told.contains(&link) {
                told.push(link);
            }
        }
        told
    }

    /// Binds a variable in both stances.
    pub(super) fn bind(&self, variable: usize, value: &Value) {
        let slot = Slot(variable as u16);
        self.stated.bind(slot, value.clone());
        self.filled.bind(slot, value.clone());
    }

    /// Binds every variable of a match. What was read for others before does not pile up.
    pub(super) fn bind_all(&self, values: &[Value]) {
        self.stated.forget_asked();
        self.filled.forget_asked();
        for (variable, value) in values.iter().enumerate() {
            self.bind(variable, value);
        }
    }

    /// Values a variable may have, each once, and whether it is only assumed to be among them.
    pub(super) fn candidates(&self, domain: &Domain, via: &[Via]) -> Vec<(Value, bool)> {
        match domain {
            Domain::Each(things) => {
                let mut found: Vec<ThingId> = match via {
                    [Via::All] => return self.product.of_type(things).into_iter().map(stated).collect(),
                    _ => via.iter().flat_map(|via| self.reached_by(via)).collect(),
                };
                found.sort();
                found.dedup();
                let model = &self.product.model;
                found.retain(|thing| self.product.has(*thing) && things.holds(model, *thing));
                found.into_iter().map(stated).collect()
            }
            Domain::In(list) => {
                self.filled.forget_asked();
                let Val::List { items, .. } = self.filled.eval(list) else { return Vec::new() };
                let known = match self.stated.eval(list) {
                    Val::List { items, .. } => items.to_vec(),
                    _ => Vec::new(),
                };
                let mut found: Vec<(Value, bool)> = Vec::new();
                for item in items.iter().filter(|item| **item != Value::Unknown) {
                    if !found.iter().any(|(other, _)| other == item) {
                        found.push((item.clone(), !known.contains(item)));
                    }
                }
                found
            }
        }
    }

    fn reached_by(&self, via: &Via) -> Vec<ThingId> {
        match via {
            Via::All => Vec::new(),
            Via::Value(expr) => self.filled.eval(expr).things(),
            Via::Having(name, expr) => {
                let holders = self.product.holders(*name);
                let held = self.filled.eval(expr).things();
                held.iter().flat_map(|thing| holders.get(thing).into_iter().flatten().copied()).collect()
            }
            Via::Around(expr) => {
                let inside = self.filled.eval(expr).things();
                // A zone is never a member of itself; a thing that is no zone is alone with itself.
                inside
                    .iter()
                    .flat_map(|thing| self.product.all_zones(*thing).into_iter().chain([*thing]))
                    .collect()
            }
            Via::Reaching(expr) => {
                let goals = self.filled.eval(expr).things();
                goals.iter().flat_map(|goal| self.product.leading_to(*goal)).collect()
            }
            Via::Entitled(expr) => {
                let holders = self.filled.eval(expr).things();
                holders.iter().flat_map(|holder| self.product.entitled(*holder)).collect()
            }
        }
    }
}

/// Whether a condition holds, and on what it hangs.
pub(super) enum Holds {
    /// It does not.
    No,
    /// What was said alone proves it.
    Stated,
    /// With defaults for what nobody said.
    Assumed(Vec<(ThingId, Name)>),
}

fn stated(thing: ThingId) -> (Value, bool) {
    (Value::Thing(thing), false)
}

/// What matches are put in order by; a value that is no thing has no place of its own.
fn things_of(values: &[Value]) -> impl Iterator<Item = Option<ThingId>> {
    values.iter().map(|value| match value {
        Value::Thing(thing) => Some(*thing),
        _ => None,
    })
}
