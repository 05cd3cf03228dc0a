//! The explanation of a risk for programs, every factor in full.
//!
//! In: [`Material`], a risk, its [`Explanation`]. Out: JSON. Never: a factor rounded; who multiplies them gets the number again.

use serde::Serialize;

use super::risk::{Found, Which};
use crate::assess::{Bound, Credit, Explanation, Fact, FixValue, Hurdle, Plan, Risk, Safeguard, Trust, What};
use crate::emit::Material;
use crate::emit::harden::{StageShape, stages};
use crate::emit::json::{
    FORMAT, LossShape, Placed, Score, WeaknessShape, loss, placed, pretty, score, weakness,
};
use crate::emit::what_if::{Effect, WhatIf};
use crate::syntax::date_text;

#[derive(Serialize)]
struct Report {
    format: u32,
    constants: String,
    today: String,
    deployment: String,
    /// One of the two is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<LossShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weakness: Option<WeaknessShape>,
    /// `null` for a duty: it has no attack.
    explanation: Option<Explained>,
    /// The cheapest cure, and what would come next.
    cure: Vec<StageShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIf>,
}

#[derive(Serialize)]
struct Explained {
    /// In how many worlds it happens; `null` where it is too rare for them.
    worlds: Option<Worlds>,
    /// Where the strongest product of steps stands in for the worlds: its steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bound: Vec<BoundShape>,
    /// Multiplied, the three give the impact; `null` for a weakness.
    impact: Option<Impact>,
    /// By step of the attack: multiplied, the factors of a step give its probability.
    factors: Vec<Vec<Factor>>,
    /// What each safeguard is worth; `null` for a weakness.
    controls: Option<Controls>,
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
struct Worlds {
    had: u32,
    of: u32,
}

/// A step that stands in: its probability, and how often it counts.
#[derive(Serialize)]
struct BoundShape {
    step: String,
    probability: f64,
    times: u32,
}

#[derive(Serialize)]
struct Impact {
    declared: f64,
    held: f64,
    left: f64,
    facts: Vec<FactShape>,
}

#[derive(Serialize)]
struct Factor {
    /// `chance`, `native`, `controls`; `again` where steps before hang on the same causes, a factor above 1.
    what: &'static str,
    /// The probability that the attacker gets past.
    probability: f64,
    /// The cause that is decided once, wherever it comes up.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<FactShape>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<TrustShape>,
}

#[derive(Serialize)]
struct FactShape {
    attribute: String,
    value: String,
    /// Whether somebody said it; otherwise a default stands in.
    stated: bool,
    place: Option<Placed>,
}

#[derive(Serialize)]
struct TrustShape {
    control: String,
    strength: f64,
    evidence: String,
    verified: Option<String>,
    expired: bool,
}

#[derive(Serialize)]
struct Controls {
    at_work: Vec<CreditShape>,
    idle: Vec<String>,
}

#[derive(Serialize)]
struct CreditShape {
    /// A control by its path, or an attribute as `thing.attribute`.
    of: String,
    without: Score,
}

#[derive(Serialize)]
struct Fix {
    weakness: String,
    loss: String,
    before: Score,
    after: Score,
    remains: Vec<String>,
}

/// The explanation of a risk as JSON.
pub fn json(
    material: &Material<'_>,
    found: &Found<'_>,
    explained: Option<&Explanation>,
    cure: Option<&Plan>,
    effect: Option<&Effect<'_>>,
) -> String {
    let writer = Writer { material };
    let assessment = material.assessment;
    let (loss, weakness) = match found.risk {
        Which::Loss(risk) => (Some(loss(material, found.assessed, risk)), None),
        Which::Weakness(risk) => (None, Some(weakness(material, found.assessed, risk))),
    };
    pretty(&Report {
        format: FORMAT,
        constants: assessment.constants.version.to_string(),
        today: date_text(assessment.today),
        deployment: found.assessed.name.to_string(),
        loss,
        weakness,
        explanation: explained.map(|explained| writer.explained(explained)),
        cure: cure.map_or_else(Vec::new, |plan| stages(material, plan)),
        what_if: effect.map(Effect::shape),
    })
}

fn bound(step: &Bound) -> BoundShape {
    BoundShape { step: step.name.to_string(), probability: step.probability, times: step.times }
}

struct Writer<'a> {
    material: &'a Material<'a>,
}

impl Writer<'_> {
    fn explained(&self, explained: &Explanation) -> Explained {
        Explained {
            worlds: explained.worlds.map(|(had, of)| Worlds { had, of }),
            bound: explained.bound.iter().map(bound).collect(),
            impact: explained.impact.as_ref().map(|(parts, facts)| Impact {
                declared: parts.declared,
                held: parts.held,
                left: parts.left,
                facts: self.facts(facts),
            }),
            factors: explained
                .hurdles
                .iter()
                .map(|hurdles| hurdles.iter().map(|hurdle| self.factor(hurdle)).collect())
                .collect(),
            controls: explained.credits.as_ref().map(|credits| Controls {
                at_work: credits.at_work.iter().map(|credit| self.credit(credit)).collect(),
                idle: credits
                    .idle
                    .iter()
                    .map(|control| self.material.model.path(*control).to_string())
                    .collect(),
            }),
            fixes: explained.fixes.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn factor(&self, hurdle: &Hurdle) -> Factor {
        let (what, cause, controls) = match &hurdle.what {
            What::Chance(cause) => ("chance", Some(cause.to_string()), Vec::new()),
            What::Again => ("again", None, Vec::new()),
            What::Native(..) => ("native", None, Vec::new()),
            What::Controls(controls) => {
                ("controls", None, controls.iter().map(|each| self.trust(each)).collect())
            }
        };
        Factor { what, probability: hurdle.probability, cause, facts: self.facts(&hurdle.facts), controls }
    }

    fn facts(&self, facts: &[Fact]) -> Vec<FactShape> {
        let shape = |fact: &Fact| FactShape {
            attribute: self.material.model.attribute_path((fact.thing, fact.name)),
            value: fact.value.clone(),
            stated: fact.is_stated,
            place: fact.place.map(|place| placed(self.material.sources, place)),
        };
        facts.iter().map(shape).collect()
    }

    fn trust(&self, trust: &Trust) -> TrustShape {
        TrustShape {
            control: self.material.model.path(trust.control).to_string(),
            strength: trust.strength,
            evidence: trust.evidence.clone(),
            verified: trust.verified.map(date_text),
            expired: trust.has_expired,
        }
    }

    fn credit(&self, credit: &Credit) -> CreditShape {
        let model = self.material.model;
        let of = match credit.of {
            Safeguard::Control(control) => model.path(control).to_string(),
            Safeguard::Native(thing, name) => model.attribute_path((thing, name)),
        };
        CreditShape { of, without: self.score(credit.without) }
    }

    fn fix(&self, fix: &FixValue) -> Fix {
        Fix {
            weakness: fix.weakness.to_string(),
            loss: fix.loss.to_string(),
            before: self.score(fix.before),
            after: self.score(fix.after),
            remains: fix.remains.clone(),
        }
    }

    fn score(&self, risk: Risk) -> Score {
        score(risk, &self.material.assessment.constants)
    }
}
