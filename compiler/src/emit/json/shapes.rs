//! The shapes of the stable JSON. A field keeps its name and meaning as long as the format has the same number; new
//! fields may be added.
//!
//! In: nothing. Out: structs whose fields stand in the order in which they are written. Never: a number rounded so far
//! that an order changes.

use serde::Serialize;

use crate::emit::what_if::WhatIf;

/// A whole file.
#[derive(Serialize)]
pub struct Report {
    /// The number of this format.
    pub format: u32,
    /// The version of the compiler.
    pub version: &'static str,
    /// The version of the engine's constants: scores of different versions do not compare.
    pub constants: String,
    /// The date for which evidence and acceptances were judged.
    pub today: String,
    /// How the likelihoods of losses were to be found, `worlds` or `exact`: see the `method` of each.
    pub likelihoods: &'static str,
    /// The product's title; empty where the package declares none.
    pub product: String,
    /// What a total loss would cost; `null` where the product does not say.
    pub reference_loss: Option<Money>,
    /// One per deployment in source order; one without a name where the package declares none.
    pub deployments: Vec<Deployment>,
    /// What is taken to be true without proof, in order of declaration.
    pub assumptions: Vec<Assumption>,
    /// Numbers of the library and of other packages that a package says otherwise: scores with others do not compare.
    pub other_numbers: Vec<OtherNumber>,
    /// Rules and lints that `prod.toml` switches off.
    pub switched_off: Vec<SwitchedOff>,
    /// What is wrong with the texts, sorted by place.
    pub problems: Vec<Problem>,
    /// What suppositions do to the risks; absent where nothing was supposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
}

/// An amount of money.
#[derive(Serialize)]
pub struct Money {
    /// `EUR`.
    pub currency: String,
    /// How much of it.
    pub amount: f64,
}

/// Something that is taken to be true without proof.
#[derive(Serialize)]
pub struct Assumption {
    /// What.
    pub assumption: String,
    /// The things that it is about, by path.
    pub about: Vec<String>,
    /// Who answers for it; `null` where nobody does.
    pub owner: Option<String>,
    /// When it must be looked at again; `null` where nobody said.
    pub review: Option<String>,
    /// Whether that day is past.
    pub overdue: bool,
    /// Where it stands.
    pub place: Place,
}

/// A number that is not the library's.
#[derive(Serialize)]
pub struct OtherNumber {
    /// `Difficulty.easy`, `control.Waf.class`, `opportunist.active`.
    pub name: String,
    /// What it was, as the language writes it; `null` where nothing stood in.
    pub was: Option<String>,
    /// What it is now.
    pub now: String,
    /// Where that is said.
    pub place: Place,
}

/// A rule or lint that is not counted.
#[derive(Serialize)]
pub struct SwitchedOff {
    /// Its name.
    pub name: String,
    /// Why.
    pub because: String,
}

/// One deployment.
#[derive(Serialize)]
pub struct Deployment {
    /// Its name; empty where the package declares none.
    pub name: String,
    /// The highest score of a loss; `null` where nothing can be lost.
    pub worst: Option<Risk>,
    /// The band that gates read: established, open risks alone.
    pub gate: &'static str,
    /// The probability that any serious loss happens within twelve months.
    pub serious: f64,
    /// Likelihood times impact over all losses.
    pub exposure: f64,
    /// The same in money, to two digits; `null` where the product has no reference loss.
    pub exposure_in_money: Option<Money>,
    /// How many losses would cost something, whether any attack reaches them or not.
    pub losable: usize,
    /// What can be lost, the worst first.
    pub losses: Vec<Loss>,
    /// What is weak whatever the answers are, the worst first.
    pub weaknesses: Vec<Weakness>,
    /// What is weak only because of what nobody said, the worst first.
    pub questions: Vec<Weakness>,
    /// Duties that are not met, the worst first.
    pub obligations: Vec<Weakness>,
    /// How large the attack graph is.
    pub graph: Graph,
}

/// How large an attack graph is.
#[derive(Serialize)]
pub struct Graph {
    /// States that anything gives or needs.
    pub states: usize,
    /// Steps.
    pub steps: usize,
    /// Chance variables and controls.
    pub variables: usize,
}

/// A risk as numbers.
#[derive(Serialize)]
pub struct Risk {
    /// 0 to 10; two points are ten times the risk.
    pub score: f64,
    /// `none`, `low`, `medium`, `high`, `critical`.
    pub band: &'static str,
    /// The probability within twelve months. 0: no sampled world had it, see `likelihood_below`.
    pub likelihood: f64,
    /// Present where the likelihood is 0: the true one is below this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood_below: Option<f64>,
    /// A fraction of the reference loss.
    pub impact: f64,
}

/// A risk as a number and a word.
#[derive(Serialize)]
pub struct Score {
    /// 0 to 10.
    pub score: f64,
    /// `none`, `low`, `medium`, `high`, `critical`.
    pub band: &'static str,
}

/// One risk seen four ways.
#[derive(Serialize)]
pub struct Numbers {
    /// With controls at work, and defaults standing in for what nobody said.
    pub residual: Risk,
    /// The same with every unset attribute at its most favourable value: what gates read.
    pub established: Risk,
    /// With every control off.
    pub inherent: Risk,
    /// When only own code and infrastructure are looked at.
    pub code_only: Risk,
}

/// What can be lost.
#[derive(Serialize)]
pub struct Loss {
    /// `disclosure(card)@production`.
    pub id: String,
    /// `disclosure`.
    pub loss: String,
    /// The things that it is about, by path.
    pub things: Vec<String>,
    /// In words.
    pub title: String,
    /// How bad.
    pub numbers: Numbers,
    /// The scores between which it lies when every chance and every strength is as far off as `odds` of the constants says.
    pub interval: Option<Interval>,
    /// The standard error of the score; `null` where it is too small to matter, or nothing was sampled.
    pub standard_error: Option<f64>,
    /// How its likelihoods were found: counted in random `worlds`, or `exact`.
    pub method: &'static str,
    /// What was decided about it.
    pub status: Status,
    /// Where the thing is declared.
    pub place: Place,
    /// The strongest attack; `null` where there is none.
    pub attack: Option<Attack>,
    /// Declared controls on that attack, by path.
    pub controls: Vec<String>,
    /// The ids of the weaknesses that it takes.
    pub weaknesses: Vec<String>,
}

/// Two scores.
#[derive(Serialize)]
pub struct Interval {
    /// Every chance at the low end, every strength at the high end.
    pub low: f64,
    /// The other way round.
    pub high: f64,
}

/// Something that is weak, or a duty that is not met.
#[derive(Serialize)]
pub struct Weakness {
    /// `saas-payment-replay@webhook@production`.
    pub id: String,
    /// The rule's name.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// On what, by path.
    pub thing: String,
    /// What is wrong.
    pub message: String,
    /// The way out; may be empty.
    pub fix: String,
    /// Entries of taxonomies.
    pub refs: Vec<String>,
    /// Kinds of threat.
    pub threat: Vec<String>,
    /// How bad.
    pub numbers: Numbers,
    /// What was decided about it.
    pub status: Status,
    /// Whether it holds only because of what nobody said.
    pub question: bool,
    /// The attributes that would settle the question, as `thing.attribute`.
    pub hangs_on: Vec<String>,
    /// Other messages of the same rule on the same thing.
    pub also: Vec<String>,
    /// The ids of the losses behind it, the worst first.
    pub losses: Vec<String>,
    /// Where the thing is declared.
    pub place: Place,
    /// The facts that make it weak, and where they stand.
    pub facts: Vec<Fact>,
    /// The strongest attack that takes one of its steps; `null` where there is none.
    pub attack: Option<Attack>,
}

/// A fact and where it stands.
#[derive(Serialize)]
pub struct Fact {
    /// `replay_protection = none`.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// What was decided about a risk.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// Nothing: it counts.
    Open,
    /// An acceptance holds: it does not gate.
    Accepted {
        /// `accepted`, `false_positive`, `transferred`, `planned`.
        decision: String,
        /// Who decided.
        owner: String,
        /// Why.
        because: String,
        /// Until when.
        until: String,
    },
    /// The rule is switched off: it does not gate.
    Off {
        /// Why.
        because: String,
    },
}

/// A way from outside to a loss.
#[derive(Serialize)]
pub struct Attack {
    /// The probability that all of it works, on its own.
    pub probability: f64,
    /// In order.
    pub steps: Vec<Step>,
}

/// One thing that happens in an attack.
#[derive(Serialize)]
pub struct Step {
    /// The step or rule that it is an instance of.
    pub step: String,
    /// What happens.
    pub text: String,
    /// The other deployment in which it happens; left out in this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// The things that it binds, by path; none of another deployment.
    pub things: Vec<String>,
    /// The probability that it works once it can be tried.
    pub probability: f64,
    /// The same with every control off.
    pub unguarded: f64,
    /// Declared controls that stand in its way, by path.
    pub controls: Vec<String>,
    /// The chains of facts behind its conditions, link by link.
    pub because: Vec<Fact>,
    /// Where.
    pub place: Place,
}

/// A range in a text: lines and characters from 1, the end excluded.
#[derive(Serialize)]
pub struct Place {
    /// Relative to the package, with `/`; `std/…` is the standard library.
    pub path: String,
    /// The first line.
    pub line: u32,
    /// The first character in it.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The character behind the last one.
    pub end_column: u32,
}

/// Something that is wrong with the texts.
#[derive(Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// `P0201`, or the name of a lint.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Vec<String>,
    /// Where.
    pub place: Place,
}
