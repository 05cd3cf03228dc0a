//! The stable JSON of an analysis: everything that the other outputs say, for programs.
//!
//! In: [`Material`]. Out: one file. Never: a change of a field's meaning under the same [`FORMAT`].

mod shapes;

use serde::Serialize;

use self::shapes as out;
pub(super) use self::shapes::{Loss as LossShape, Place as Placed, Score, Weakness as WeaknessShape};
use super::assumptions::{Assumption, assumptions};
use super::money::Amount;
use super::what_if::Effect;
use super::{Material, VERSION};
use crate::assess::{self, Assessed, Constants, Numbers, Risk};
use crate::base::{Diagnostic, Place, Severity, Sources};
use crate::graph::eval::in_words;
use crate::model::{Changed, ThingId};
use crate::syntax::date_text;

/// The number of the format.
pub const FORMAT: u32 = 1;

/// One analysis as JSON.
pub fn json(material: &Material<'_>) -> String {
    pretty(&report(material))
}

/// One analysis as JSON, with what suppositions made of it.
pub fn json_supposed(material: &Material<'_>, effect: &Effect<'_>) -> String {
    pretty(&out::Report { what_if: Some(effect.shape()), ..report(material) })
}

fn report(material: &Material<'_>) -> out::Report {
    let assessment = material.assessment;
    let writer = Writer { material };
    out::Report {
        format: FORMAT,
        version: VERSION,
        constants: assessment.constants.version.to_string(),
        today: date_text(assessment.today),
        likelihoods: assessment.method.word(),
        product: material.product_title().to_owned(),
        reference_loss: Amount::at_stake(material).map(money),
        deployments: assessment.deployments.iter().map(|assessed| writer.deployment(assessed)).collect(),
        assumptions: assumptions(material).iter().map(|each| writer.assumption(each)).collect(),
        other_numbers: material.model.changed.iter().map(|changed| writer.changed(changed)).collect(),
        switched_off: assessment.off.iter().map(switched_off).collect(),
        problems: material.problems.iter().map(|problem| writer.problem(problem)).collect(),
        what_if: None,
    }
}

/// A loss as JSON has it.
pub(super) fn loss(material: &Material<'_>, assessed: &Assessed, loss: &assess::LossRisk) -> out::Loss {
    Writer { material }.loss(assessed, loss)
}

/// A weakness as JSON has it.
pub(super) fn weakness(
    material: &Material<'_>,
    assessed: &Assessed,
    weakness: &assess::Weakness,
) -> out::Weakness {
    Writer { material }.weakness(assessed, weakness)
}

/// A risk as a number and a word.
pub(super) fn score(risk: Risk, constants: &Constants) -> Score {
    Score { score: risk.score(), band: risk.band(constants).word() }
}

/// A value as JSON with line ends.
pub(super) fn pretty<T: Serialize>(value: &T) -> String {
    // Shapes with text keys and finite numbers always serialise.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// A place as JSON has it.
pub(super) fn placed(sources: &Sources, place: Place) -> out::Place {
    let source = sources.get(place.file);
    let (start, end) = (source.line_column(place.span.lo), source.line_column(place.span.hi));
    out::Place {
        path: source.path.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// An amount as JSON has it.
fn money(amount: Amount) -> out::Money {
    out::Money { amount: amount.cents as f64 / 100.0, currency: amount.currency }
}

struct Writer<'a> {
    material: &'a Material<'a>,
}

impl Writer<'_> {
    fn changed(&self, changed: &Changed) -> out::OtherNumber {
        let in_words = |value| in_words(self.material.model, value);
        out::OtherNumber {
            name: changed.name.to_string(),
            was: changed.was.as_ref().map(in_words),
            now: in_words(&changed.now),
            place: self.place(changed.place),
        }
    }

    fn deployment(&self, assessed: &Assessed) -> out::Deployment {
        let constants = &self.material.assessment.constants;
        let at_stake = Amount::at_stake(self.material);
        let all = |questions: bool| {
            let some = assessed.weaknesses.iter().filter(move |weakness| weakness.is_question == questions);
            some.map(|weakness| self.weakness(assessed, weakness)).collect()
        };
        out::Deployment {
            name: assessed.name.to_string(),
            worst: assessed.highest.map(|highest| risk(highest.residual, constants)),
            gate: assessed.gate.word(),
            serious: assessed.serious,
            exposure: assessed.exposure,
            exposure_in_money: at_stake.map(|at_stake| money(at_stake.share(assessed.exposure))),
            losable: assessed.losable,
            losses: assessed.losses.iter().map(|loss| self.loss(assessed, loss)).collect(),
            weaknesses: all(false),
            questions: all(true),
            obligations: assessed.obligations.iter().map(|duty| self.weakness(assessed, duty)).collect(),
            graph: out::Graph {
                states: assessed.size.states,
                steps: assessed.size.steps,
                variables: assessed.size.variables,
            },
        }
    }

    fn loss(&self, assessed: &Assessed, loss: &assess::LossRisk) -> out::Loss {
        let fed_by = loss.weaknesses.iter().filter_map(|at| assessed.weaknesses.get(*at));
        out::Loss {
            id: loss.id.to_string(),
            loss: self.material.model.losses[loss.loss].name.to_string(),
            things: self.paths(&loss.args),
            title: loss.title.clone(),
            numbers: self.numbers(&loss.numbers),
            interval: loss.interval.map(|(low, high)| out::Interval { low: low.score(), high: high.score() }),
            standard_error: loss.error(&self.material.assessment.constants),
            method: loss.method.word(),
            status: status(&loss.status),
            place: self.place(loss.place),
            attack: loss.attack.as_ref().map(|attack| self.attack(attack)),
            controls: self.paths(&loss.controls),
            weaknesses: fed_by.map(|weakness| weakness.id.to_string()).collect(),
        }
    }

    fn weakness(&self, assessed: &Assessed, weakness: &assess::Weakness) -> out::Weakness {
        let rule = &self.material.model.rules[weakness.rule];
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let losses = weakness.losses.iter().filter_map(|at| assessed.losses.get(*at));
        out::Weakness {
            id: weakness.id.to_string(),
            rule: rule.name.to_string(),
            title: rule.title.to_string(),
            thing: self.material.model.path(weakness.thing).to_string(),
            message: weakness.message.clone(),
            fix: weakness.fix.clone(),
            refs: owned(self.material.references(weakness.rule)),
            threat: owned(self.material.threats(weakness.rule)),
            numbers: self.numbers(&weakness.numbers),
            status: status(&weakness.status),
            question: weakness.is_question,
            hangs_on: self.material.hangs_on(weakness),
            also: weakness.also.clone(),
            losses: losses.map(|loss| loss.id.to_string()).collect(),
            place: self.place(weakness.place),
            facts: self.facts(&weakness.facts),
            attack: weakness.attack.as_ref().map(|attack| self.attack(attack)),
        }
    }

    fn facts(&self, facts: &[(Place, String)]) -> Vec<out::Fact> {
        let fact =
            |(place, text): &(Place, String)| out::Fact { text: text.clone(), place: self.place(*place) };
        facts.iter().map(fact).collect()
    }

    fn attack(&self, attack: &assess::Attack) -> out::Attack {
        let steps = attack.steps.iter().map(|step| out::Step {
            step: step.name.to_string(),
            text: step.text.clone(),
            elsewhere: step.elsewhere.as_deref().map(str::to_owned),
            things: self.paths(&step.things),
            probability: step.probability,
            unguarded: step.unguarded,
            controls: self.paths(&step.controls),
            because: self.facts(&step.because),
            place: self.place(step.place),
        });
        out::Attack { probability: attack.probability, steps: steps.collect() }
    }

    fn numbers(&self, numbers: &Numbers) -> out::Numbers {
        let constants = &self.material.assessment.constants;
        out::Numbers {
            residual: risk(numbers.residual, constants),
            established: risk(numbers.established, constants),
            inherent: risk(numbers.inherent, constants),
            code_only: risk(numbers.code_only, constants),
        }
    }

    fn assumption(&self, assumption: &Assumption<'_>) -> out::Assumption {
        out::Assumption {
            assumption: assumption.what.to_owned(),
            about: self.paths(&assumption.about),
            owner: assumption.owner.map(str::to_owned),
            review: assumption.review.map(date_text),
            overdue: assumption.is_overdue,
            place: self.place(assumption.place),
        }
    }

    fn problem(&self, problem: &Diagnostic) -> out::Problem {
        out::Problem {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code.to_string(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            place: self.place(problem.primary.place),
        }
    }

    fn place(&self, place: Place) -> out::Place {
        placed(self.material.sources, place)
    }

    fn paths(&self, things: &[ThingId]) -> Vec<String> {
        things.iter().map(|thing| self.material.model.path(*thing).to_string()).collect()
    }
}

fn risk(risk: Risk, constants: &Constants) -> out::Risk {
    let nobody_saw_it = risk.likelihood <= 0.0 && risk.impact > 0.0;
    out::Risk {
        score: risk.score(),
        band: risk.band(constants).word(),
        likelihood: risk.likelihood,
        likelihood_below: nobody_saw_it.then(|| least_likelihood(constants)),
        impact: risk.impact,
    }
}

/// What the worlds cannot tell from nothing: less than one of them.
pub(super) fn least_likelihood(constants: &Constants) -> f64 {
    1.0 / f64::from(constants.samples.max(1))
}

fn switched_off(off: &assess::SwitchedOff) -> out::SwitchedOff {
    out::SwitchedOff { name: off.name.to_string(), because: off.because.to_string() }
}

fn status(status: &assess::Status) -> out::Status {
    match status {
        assess::Status::Open => out::Status::Open,
        assess::Status::Accepted { decision, owner, because, until } => out::Status::Accepted {
            decision: decision.to_string(),
            owner: owner.to_string(),
            because: because.to_string(),
            until: date_text(*until),
        },
        assess::Status::Off { because } => out::Status::Off { because: because.to_string() },
    }
}
