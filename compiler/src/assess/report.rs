//! What an assessment says: losses, weaknesses, questions, obligations, attacks.
//!
//! In: nothing; these are the shapes that the engine fills in and the emitters read. Out: –.
//! Never: a format; what a shape looks like in JSON or SARIF is for the emitters to say.

use std::sync::Arc;

use super::{Band, Constants, Risk};
use crate::base::{Name, Place};
use crate::model::{LossId, Model, RuleId, ThingId};

/// Everything that was found out about a product.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The engine's constants that were used, with their version.
    pub constants: Constants,
    /// The injected date, in days since 1970-01-01.
    pub today: i32,
    /// How the likelihoods of losses were to be found.
    pub method: Method,
    /// One per deployment, in source order; one for the whole product where there is none.
    pub deployments: Vec<Assessed>,
    /// Rules and lints that the package does not want to hear of.
    pub off: Vec<SwitchedOff>,
}

/// A rule or lint that is not reported, by a decision of the package. What its steps do to losses stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// Its name.
    pub name: Arc<str>,
    /// Why.
    pub because: Arc<str>,
}

impl Assessment {
    /// Marks what rules report that are switched off.
    pub fn switch_off(&mut self, off: &[SwitchedOff], model: &Model) {
        for assessed in &mut self.deployments {
            for weakness in assessed.weaknesses.iter_mut().chain(&mut assessed.obligations) {
                let rule = &model.rules[weakness.rule].name;
                if let Some(off) = off.iter().find(|off| off.name == *rule) {
                    weakness.status = Status::Off { because: off.because.clone() };
                }
            }
        }
        self.off = off.to_vec();
    }
}

/// How the likelihoods of losses are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Counted in random worlds.
    #[default]
    Worlds,
    /// Worked out exactly, where the budget suffices.
    Exact,
}

impl Method {
    /// How it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Method::Worlds => "worlds",
            Method::Exact => "exact",
        }
    }
}

/// What was found out about one deployment.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The deployment; `None`: the model declares none.
    pub deployment: Option<ThingId>,
    /// Its name; empty where there is none.
    pub name: Arc<str>,
    /// What can be lost, the highest score first.
    pub losses: Vec<LossRisk>,
    /// What is weak, the highest score first, questions included ([`Weakness::is_question`]).
    pub weaknesses: Vec<Weakness>,
    /// Duties that are not met, the highest score first.
    pub obligations: Vec<Weakness>,
    /// The highest of each number over all losses; `None`: nothing that can be lost can be reached.
    pub highest: Option<Numbers>,
    /// How many losses would cost something, whether any attack reaches them or not.
    pub losable: usize,
    /// The highest band of a loss or weakness that is established and about which nothing was decided: what gates read.
    pub gate: Band,
    /// The probability that any loss of medium impact or more happens, as an exact union in the same worlds.
    pub serious: f64,
    /// The sum of likelihood times impact over all losses.
    pub exposure: f64,
    /// How many steps, variables and states the attack graph has.
    pub size: GraphSize,
}

/// How large an attack graph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GraphSize {
    /// States that anything gives or needs.
    pub states: usize,
    /// Steps, alternatives counted each.
    pub steps: usize,
    /// Chance variables and controls.
    pub variables: usize,
}

/// One risk seen four ways.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    /// With controls at work, and defaults standing in for what nobody said.
    pub residual: Risk,
    /// The same with every unset attribute at its most favourable value: what holds whatever the answers are.
    pub established: Risk,
    /// With every control off, declared or native.
    pub inherent: Risk,
    /// When only own code and infrastructure are looked at: no integrations, no findings.
    pub code_only: Risk,
}

impl Numbers {
    /// The higher of each.
    pub fn highest(self, other: Numbers) -> Numbers {
        Numbers {
            residual: self.residual.higher(other.residual),
            established: self.established.higher(other.established),
            inherent: self.inherent.higher(other.inherent),
            code_only: self.code_only.higher(other.code_only),
        }
    }
}

/// What can be lost.
#[derive(Clone, Debug)]
pub struct LossRisk {
    /// `disclosure(card)@production`: stable under moves between files.
    pub id: Arc<str>,
    /// Which loss.
    pub loss: LossId,
    /// What of.
    pub args: Vec<ThingId>,
    /// `disclosure of card`.
    pub title: String,
    /// How bad.
    pub numbers: Numbers,
    /// The least and the most that the residual risk may be, where that was asked for.
    pub interval: Option<(Risk, Risk)>,
    /// How its likelihoods were found: worlds also where exact numbers were asked for and cost too much.
    pub method: Method,
    /// The strongest single attack, if there is any.
    pub attack: Option<Attack>,
    /// Declared controls on that attack, in order of declaration.
    pub controls: Vec<ThingId>,
    /// The weaknesses whose steps the strongest attack takes, as positions in [`Assessed::weaknesses`].
    pub weaknesses: Vec<usize>,
    /// What was decided about it.
    pub status: Status,
    /// Where the thing is declared.
    pub place: Place,
}

impl LossRisk {
    /// The standard error of the score, where worlds leave one that is worth a word.
    pub fn error(&self, constants: &Constants) -> Option<f64> {
        let risk = self.numbers.residual;
        let error = risk.error(constants.samples);
        let is_told = self.method == Method::Worlds && risk.value() > 0.0 && error > constants.told_error;
        is_told.then_some(error)
    }
}

/// Something that is weak, or a duty that is not met.
#[derive(Clone, Debug)]
pub struct Weakness {
    /// `saas-payment-replay@webhook@production`: stable under moves between files.
    pub id: Arc<str>,
    /// Which rule.
    pub rule: RuleId,
    /// On what.
    pub thing: ThingId,
    /// What is wrong, with names filled in.
    pub message: String,
    /// The way out, with names filled in; may be empty.
    pub fix: String,
    /// How bad: what its steps add to the losses behind them.
    pub numbers: Numbers,
    /// Whether it holds only because of what nobody said.
    pub is_question: bool,
    /// The attributes that would settle the question.
    pub hangs_on: Vec<(ThingId, Name)>,
    /// Other things bound by the same rule on the same thing, as messages.
    pub also: Vec<String>,
    /// The losses behind it, as positions in [`Assessed::losses`], the worst first.
    pub losses: Vec<usize>,
    /// The strongest attack that takes one of its steps and ends in a loss.
    pub attack: Option<Attack>,
    /// What was decided about it.
    pub status: Status,
    /// Where the thing is declared.
    pub place: Place,
    /// Where the facts stand that make it weak: attributes that its condition names.
    pub facts: Vec<(Place, String)>,
}

/// What was decided about a risk.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Status {
    /// Nothing: it counts.
    #[default]
    Open,
    /// An acceptance holds: it is shown and does not gate.
    Accepted {
        /// `accepted`, `false_positive`, `transferred`, `planned`.
        decision: Arc<str>,
        /// Who decided.
        owner: Arc<str>,
        /// Why.
        because: Arc<str>,
        /// Until when, in days since 1970-01-01.
        until: i32,
    },
    /// The settings of the package switch the rule off: it is listed and does not gate.
    Off {
        /// Why.
        because: Arc<str>,
    },
}

/// A way from outside to a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Attack {
    /// What happens, in order; each needs only what stands before it.
    pub steps: Vec<AttackStep>,
    /// The probability that all of it works, each cause counted once.
    pub probability: f64,
}

/// One thing that happens in an attack.
#[derive(Clone, Debug, PartialEq)]
pub struct AttackStep {
    /// `replay`: the step or rule it is an instance of.
    pub name: Arc<str>,
    /// What happens, with names filled in.
    pub text: String,
    /// The other deployment in which it happens, and from which it leads here by what both share.
    pub elsewhere: Option<Arc<str>>,
    /// The thing it happens at: the first that it binds. None of another deployment.
    pub thing: Option<ThingId>,
    /// Everything that it binds, in the order of its variables.
    pub things: Vec<ThingId>,
    /// Where it stands in the author's files, or where the step is declared.
    pub place: Place,
    /// The probability that it works where all before it did: 1 where it has to do with nothing but what they had to do with.
    pub probability: f64,
    /// The same with every control off.
    pub unguarded: f64,
    /// Declared controls that stand in its way.
    pub controls: Vec<ThingId>,
    /// The chains of facts behind its conditions, link by link: who may become whom, what is reached how.
    pub because: Vec<(Place, String)>,
}

impl Assessed {
    /// What holds only because of what nobody said.
    pub fn questions(&self) -> impl Iterator<Item = &Weakness> {
        self.weaknesses.iter().chain(&self.obligations).filter(|weakness| weakness.is_question)
    }

    /// What is weak whatever the answers are.
    pub fn established(&self) -> impl Iterator<Item = &Weakness> {
        self.weaknesses.iter().filter(|weakness| !weakness.is_question)
    }
}
