//! Tests of the language: statements run in order, each change holds from where it stands.
//!
//! In: the tests of a model. Out: an [`Outcome`] each. Never: a test that passes because nothing was asked.

use std::rc::Rc;
use std::sync::Arc;

use super::engine::assess;
use super::lints::{Finding, lint};
use super::matching::Finder;
use super::oracle::Knowledge;
use super::situation::Settings;
use super::what_if::absent;
use super::{Assessed, Weakness, errors, misses, sharing};
use crate::base::{Diagnostic, Label, Place};
use crate::graph::{Product, Val};
use crate::model::{Change, Expectation, Expected, Expr, Model, Slot, Statement, Test, ThingId, Value};

/// How a test went.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it shows.
    pub title: Arc<str>,
    /// Where its title stands.
    pub place: Place,
    /// What did not hold, with what was found instead and what came nearest; empty where it passed.
    pub failures: Vec<Diagnostic>,
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
        missed: Vec::new(),
        kept: Vec::new(),
        built: Vec::new(),
    };
    let mut failures = Vec::new();
    for statement in &test.statements {
        failures.extend(bench.run(statement));
    }
    let asks = |statement: &Statement| matches!(statement, Statement::Expect { .. } | Statement::Assert(_));
    if !test.statements.iter().any(asks) {
        failures.push(errors::asks_nothing(test.place));
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
    /// What was to be changed and is not there.
    missed: Vec<ThingId>,
    /// Values that `let` keeps, by slot.
    kept: Vec<(Slot, Value)>,
    /// What was built since the last change.
    built: Vec<Rc<Built>>,
}

/// A deployment as the statements so far make it.
struct Built {
    deployment: Option<ThingId>,
    product: Product,
    assessed: Assessed,
    lints: Vec<Finding>,
}

impl Bench {
    fn run(&mut self, statement: &Statement) -> Option<Diagnostic> {
        match statement {
            Statement::Today(day) => {
                self.settings.today = *day;
                self.built.clear();
            }
            Statement::In(deployment) => self.deployment = Some(*deployment),
            Statement::Change(change) => {
                let problem = self.changes_nothing(change);
                self.changes.push(change.clone());
                self.built.clear();
                return problem;
            }
            Statement::Let(slot, value) => {
                let found = match self.evaluate(value) {
                    Ok(Val::One(value)) => value,
                    Ok(_) => Value::Unknown,
                    Err(message) => return Some(errors::does_not_hold(message, value.place)),
                };
                self.kept.push((*slot, found));
            }
            Statement::Expect { what, of, on, place } => {
                let message = self.expect(*what, *of, *on)?;
                let nearest = self.nearest(*what, *of, *on);
                return Some(errors::does_not_hold(message, *place).seeing(nearest));
            }
            Statement::Assert(condition) => {
                let message = self.assert(condition)?;
                return Some(
                    errors::does_not_hold(message, condition.place).seeing(self.readings(condition)),
                );
            }
        }
        None
    }

    /// The one deployment that a statement is about.
    fn single(&self) -> Result<Option<ThingId>, String> {
        let own: Vec<ThingId> = self.model.own_deployments().collect();
        match (self.deployment, own.as_slice()) {
            (Some(deployment), _) => Ok(Some(deployment)),
            (None, []) => Ok(None),
            (None, [only]) => Ok(Some(*only)),
            (None, several) => {
                let names: Vec<String> =
                    several.iter().map(|deployment| format!("`{}`", self.model.path(*deployment))).collect();
                Err(format!("there are several deployments ({}): say `in` which one", names.join(", ")))
            }
        }
    }

    /// What is wrong with a change of something that none of the deployments has which the test is about; said once.
    fn changes_nothing(&mut self, change: &Change) -> Option<Diagnostic> {
        let (target, _) = change.subject();
        if self.missed.contains(&target) {
            return None;
        }
        let problem = absent(&self.model, self.deployment, &self.changes, change)?;
        if self.leads_here(target) {
            return None;
        }
        self.missed.push(target);
        Some(problem)
    }

    fn built(&mut self, deployment: Option<ThingId>) -> Rc<Built> {
        if let Some(built) = self.built.iter().find(|built| built.deployment == deployment) {
            return built.clone();
        }
        let product = Product::build(&self.model, deployment, &self.changes);
        let assessed = assess(&product, &self.beside(deployment), &self.settings);
        let lints = lint(&product, Some(&assessed), &self.settings);
        let built = Rc::new(Built { deployment, product, assessed, lints });
        self.built.push(built.clone());
        built
    }

    /// Whether something that the deployment lacks is in another one that shares things with it.
    fn leads_here(&self, target: ThingId) -> bool {
        let own = Product::build(&self.model, self.deployment, &self.changes);
        let others = self.beside(self.deployment);
        others.iter().any(|other| other.has(other.canonical(target)) && sharing::share(&own, other))
    }

    /// The other deployments, which are assessed only as far as they share things with this one.
    fn beside(&self, deployment: Option<ThingId>) -> Vec<Product> {
        let others = self.model.own_deployments().map(Some).filter(|other| *other != deployment);
        others.map(|other| Product::build(&self.model, other, &self.changes)).collect()
    }

    /// What is wrong with an expectation; nothing where it holds.
    fn expect(&mut self, what: Expectation, of: Expected, on: Option<ThingId>) -> Option<String> {
        let deployments: Vec<Option<ThingId>> = match (what, self.deployment) {
            (Expectation::No, None) if self.model.own_deployments().next().is_some() => {
                self.model.own_deployments().map(Some).collect()
            }
            _ => match self.single() {
                Ok(deployment) => vec![deployment],
                Err(message) => return Some(message),
            },
        };
        let model = self.model.clone();
        deployments.into_iter().find_map(|deployment| {
            let built = self.built(deployment);
            let on = on.map(|thing| built.product.canonical(thing));
            let seen = seen(&built, of, on);
            verdict(&model, what, of, on, &seen)
        })
    }

    fn assert(&mut self, condition: &Expr) -> Option<String> {
        match self.evaluate(condition) {
            Err(message) => Some(message),
            Ok(Val::One(Value::Bool(true))) => None,
            Ok(Val::Unknown) => Some("it is unknown".to_owned()),
            Ok(_) => Some("it is false".to_owned()),
        }
    }

    /// What the parts of an `assert` are worth, and the chains of facts that decide it, link by link.
    fn readings(&mut self, condition: &Expr) -> Vec<Label> {
        let told = self.asking(|finder| {
            let links = finder.told_chains(std::iter::once(condition)).into_iter();
            let mut told = misses::readings(finder, condition);
            told.extend(links.map(|(place, text)| Label { place, text }));
            told
        });
        told.unwrap_or_default()
    }

    /// What came nearest to a rule that was expected and is not there.
    fn nearest(&mut self, what: Expectation, of: Expected, on: Option<ThingId>) -> Vec<Label> {
        let Expected::Rule(rule) = of else { return Vec::new() };
        let model = self.model.clone();
        if what == Expectation::No {
            return Vec::new();
        }
        let miss = self.asking(|finder| {
            let on = on.map(|thing| finder.product.canonical(thing));
            misses::of_rule(finder, &model.rules[rule], on)
        });
        miss.ok().flatten().map(|miss| miss.labels).unwrap_or_default()
    }

    fn evaluate(&mut self, expr: &Expr) -> Result<Val, String> {
        self.asking(|finder| finder.filled.eval(expr))
    }

    /// Asks the one deployment that a statement is about, as the statements so far make it; a message where it is not one.
    fn asking<T>(&mut self, question: impl FnOnce(&Finder<'_>) -> T) -> Result<T, String> {
        let deployment = self.single()?;
        let (kept, settings) = (self.kept.clone(), self.settings.clone());
        let built = self.built(deployment);
        let knowledge = Knowledge::of(&built.product, &built.assessed, &settings);
        let finder = Finder::with_oracle(&built.product, settings.today, &knowledge);
        for (Slot(slot), value) in kept {
            finder.bind(usize::from(slot), &value);
        }
        Ok(question(&finder))
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
