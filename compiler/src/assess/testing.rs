//! Tests of the language: statements run in order, each change holds from where it stands.
//!
//! In: the tests of a model. Out: an [`Outcome`] each. Never: a test that passes because nothing was asked.

use std::sync::Arc;

use super::engine::assess;
use super::lints::{Finding, lint};
use super::oracle::Knowledge;
use super::situation::Settings;
use super::{Assessed, Weakness};
use crate::base::Place;
use crate::graph::{Product, Scope, Stance, Val, eval};
use crate::model::{Change, Expectation, Expected, Expr, ExprKind, Model, Statement, Test, ThingId, Value};

/// How a test went.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it shows.
    pub title: Arc<str>,
    /// Where its title stands.
    pub place: Place,
    /// What did not hold; empty where it passed.
    pub failures: Vec<Failure>,
}

/// Something that did not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Which statement.
    pub place: Place,
    /// What was found instead.
    pub message: String,
}

/// Runs every test of a model.
pub fn run_all(model: &Arc<Model>, settings: &Settings) -> Vec<Outcome> {
    model.tests.iter().map(|test| run(model, test, settings)).collect()
}

/// Runs one test.
pub fn run(model: &Arc<Model>, test: &Test, settings: &Settings) -> Outcome {
    let model = test.model.as_ref().unwrap_or(model);
    let mut bench = Bench {
        model: model.clone(),
        settings: settings.clone(),
        deployment: None,
        changes: Vec::new(),
        kept: Vec::new(),
        built: Vec::new(),
    };
    let mut failures = Vec::new();
    for statement in &test.statements {
        failures.extend(bench.run(statement));
    }
    let asks = |statement: &Statement| matches!(statement, Statement::Expect { .. } | Statement::Assert(_));
    if !test.statements.iter().any(asks) {
        let message = "it asks nothing: add `expect` or `assert`".to_owned();
        failures.push(Failure { place: test.place, message });
    }
    Outcome { title: test.title.clone(), place: test.place, failures }
}

/// A test while it runs.
struct Bench {
    model: Arc<Model>,
    settings: Settings,
    /// What `in` said.
    deployment: Option<ThingId>,
    changes: Vec<Change>,
    /// Values that `let` keeps, by slot.
    kept: Vec<(crate::model::Slot, Value)>,
    /// What was built since the last change.
    built: Vec<Built>,
}

/// A deployment as the statements so far make it.
struct Built {
    deployment: Option<ThingId>,
    product: Product,
    assessed: Assessed,
    lints: Vec<Finding>,
}

impl Bench {
    fn run(&mut self, statement: &Statement) -> Option<Failure> {
        match statement {
            Statement::Today(day) => {
                self.settings.today = *day;
                self.built.clear();
            }
            Statement::In(deployment) => self.deployment = Some(*deployment),
            Statement::Change(change) => {
                self.changes.push(change.clone());
                self.built.clear();
            }
            Statement::Let(slot, value) => {
                let found = match self.evaluate(value) {
                    Ok(Val::One(value)) => value,
                    Ok(_) => Value::Unknown,
                    Err(message) => return Some(Failure { place: value.place, message }),
                };
                self.kept.push((*slot, found));
            }
            Statement::Expect { what, of, on, place } => {
                let message = self.expect(*what, *of, *on)?;
                return Some(Failure { place: *place, message });
            }
            Statement::Assert(condition) => {
                let message = self.assert(condition)?;
                return Some(Failure { place: condition.place, message });
            }
        }
        None
    }

    /// The one deployment that a statement is about.
    fn single(&self) -> Result<Option<ThingId>, String> {
        match (self.deployment, self.model.deployments.as_slice()) {
            (Some(deployment), _) => Ok(Some(deployment)),
            (None, []) => Ok(None),
            (None, [only]) => Ok(Some(only.thing)),
            (None, several) => {
                let names: Vec<String> = several
                    .iter()
                    .map(|deployment| format!("`{}`", self.model.path(deployment.thing)))
                    .collect();
                Err(format!("there are several deployments ({}): say `in` which one", names.join(", ")))
            }
        }
    }

    fn built(&mut self, deployment: Option<ThingId>) -> Option<&Built> {
        let known = self.built.iter().position(|built| built.deployment == deployment);
        let at = known.unwrap_or_else(|| {
            let product = Product::build(&self.model, deployment, &self.changes);
            let assessed = assess(&product, &self.settings);
            let lints = lint(&product, Some(&assessed), &self.settings);
            self.built.push(Built { deployment, product, assessed, lints });
            self.built.len() - 1
        });
        self.built.get(at)
    }

    /// What is wrong with an expectation; nothing where it holds.
    fn expect(&mut self, what: Expectation, of: Expected, on: Option<ThingId>) -> Option<String> {
        let deployments: Vec<Option<ThingId>> = match (what, self.deployment) {
            (Expectation::No, None) if !self.model.deployments.is_empty() => {
                self.model.deployments.iter().map(|deployment| Some(deployment.thing)).collect()
            }
            _ => match self.single() {
                Ok(deployment) => vec![deployment],
                Err(message) => return Some(message),
            },
        };
        let model = self.model.clone();
        deployments.into_iter().find_map(|deployment| {
            let built = self.built(deployment)?;
            let on = on.map(|thing| built.product.canonical(thing));
            let seen = seen(built, of, on);
            verdict(&model, what, of, on, &seen)
        })
    }

    fn assert(&mut self, condition: &Expr) -> Option<String> {
        match self.evaluate(condition) {
            Err(message) => Some(message),
            Ok(Val::One(Value::Bool(true))) => None,
            Ok(val) => {
                let what = if val == Val::Unknown { "it is unknown" } else { "it is false" };
                let sides = self.sides(condition);
                Some(if sides.is_empty() { what.to_owned() } else { format!("{what}: {sides}") })
            }
        }
    }

    /// What stands on both sides of a comparison.
    fn sides(&mut self, condition: &Expr) -> String {
        let ExprKind::Binary(_, left, right) = &condition.kind else { return String::new() };
        let model = self.model.clone();
        let mut shown = Vec::new();
        for (side, name) in [(left, "left"), (right, "right")] {
            if let Ok(val) = self.evaluate(side)
                && !matches!(side.kind, ExprKind::Value(_))
            {
                let value = match &val {
                    Val::One(Value::Decimal(value)) => format!("{value:.2}"),
                    other => eval::on_screen(&model, other),
                };
                shown.push(format!("the {name} side is {value}"));
            }
        }
        shown.join(", ")
    }

    fn evaluate(&mut self, expr: &Expr) -> Result<Val, String> {
        let deployment = self.single()?;
        let kept = self.kept.clone();
        let settings = self.settings.clone();
        let Some(built) = self.built(deployment) else { return Ok(Val::Unknown) };
        let knowledge = Knowledge::of(&built.product, &built.assessed, &settings);
        let scope = Scope::new(&built.product, settings.today, Stance::Filled).with_oracle(&knowledge);
        for (slot, value) in kept {
            scope.bind(slot, value);
        }
        let val = scope.eval(expr);
        Ok(val)
    }
}

/// What there is of something expected.
struct Seen {
    /// Established: message by message.
    established: Vec<String>,
    /// Assumed: message by message, with what it hangs on.
    assumed: Vec<String>,
    /// The same rule on other things.
    elsewhere: Vec<String>,
}

fn seen(built: &Built, of: Expected, on: Option<ThingId>) -> Seen {
    let mut seen = Seen { established: Vec::new(), assumed: Vec::new(), elsewhere: Vec::new() };
    let model = &built.product.model;
    let here = |thing: ThingId| on.is_none_or(|on| on == thing);
    match of {
        Expected::Rule(rule) => {
            let all = built.assessed.weaknesses.iter().chain(&built.assessed.obligations);
            for weakness in all.filter(|weakness| weakness.rule == rule) {
                let list = match (here(weakness.thing), weakness.is_question) {
                    (false, _) => &mut seen.elsewhere,
                    (true, true) => &mut seen.assumed,
                    (true, false) => &mut seen.established,
                };
                list.push(described(model, weakness));
            }
        }
        Expected::Lint(lint) => {
            for found in built.lints.iter().filter(|found| found.lint == lint) {
                let list = if here(found.thing) { &mut seen.established } else { &mut seen.elsewhere };
                list.push(found.message.clone());
            }
        }
        Expected::Loss(loss) => {
            for risk in built.assessed.losses.iter().filter(|risk| risk.loss == loss) {
                let is_here = risk.args.iter().any(|thing| here(*thing));
                let list = if is_here { &mut seen.established } else { &mut seen.elsewhere };
                list.push(risk.title.clone());
            }
        }
        Expected::Step(_) => {}
    }
    seen
}

fn described(model: &Model, weakness: &Weakness) -> String {
    let path = model.path(weakness.thing);
    let hangs_on: Vec<String> = weakness
        .hangs_on
        .iter()
        .map(|(thing, name)| format!("`{}.{}`", model.path(*thing), model.names.text(*name)))
        .collect();
    match hangs_on.as_slice() {
        [] => format!("on `{path}`: {}", weakness.message),
        _ => format!("on `{path}`, for nobody says what {} is", hangs_on.join(", ")),
    }
}

/// Why an expectation does not hold; nothing where it does.
fn verdict(
    model: &Model,
    what: Expectation,
    of: Expected,
    on: Option<ThingId>,
    seen: &Seen,
) -> Option<String> {
    let name: Arc<str> = match of {
        Expected::Rule(rule) => model.rules[rule].name.clone(),
        Expected::Lint(lint) => model.lints[lint].name.clone(),
        Expected::Loss(loss) => model.losses[loss].name.clone(),
        Expected::Step(step) => model.steps[step].name.clone(),
    };
    let place = on.map(|thing| format!(" on `{}`", model.path(thing))).unwrap_or_default();
    let elsewhere = if seen.elsewhere.is_empty() {
        String::new()
    } else {
        format!("; it is found {}", seen.elsewhere.join("; "))
    };
    match what {
        Expectation::Risk if !seen.established.is_empty() => None,
        Expectation::Risk if !seen.assumed.is_empty() => {
            Some(format!("`{name}`{place} is only a question: {}", seen.assumed.join("; ")))
        }
        Expectation::Risk => Some(format!("`{name}`{place} is not found{elsewhere}")),
        Expectation::Question if !seen.assumed.is_empty() => None,
        Expectation::Question if !seen.established.is_empty() => {
            Some(format!("`{name}`{place} is no question but established: {}", seen.established.join("; ")))
        }
        Expectation::Question => Some(format!("`{name}`{place} is not found{elsewhere}")),
        Expectation::No => {
            let found = seen.established.first().or(seen.assumed.first())?;
            Some(format!("`{name}`{place} is found {found}"))
        }
    }
}
