//! What expressions may ask of a finished assessment: scores, bands, likelihoods, shares, controls at work.
//!
//! In: an [`Assessed`] and a function with its arguments. Out: a value. Never: a new computation; it only looks up.

use super::situation::Settings;
use super::strength::effective;
use super::{Assessed, Band, Numbers, Risk, Status, Weakness};
use crate::graph::{Oracle, Product, Scope, Val};
use crate::model::{Expr, ExprKind, Function, LossId, RuleId, ThingId, Value};

/// A finished assessment that can be asked.
pub struct Knowledge<'a> {
    product: &'a Product,
    assessed: &'a Assessed,
    settings: &'a Settings,
}

impl<'a> Knowledge<'a> {
    /// What is known of a deployment.
    pub fn of(product: &'a Product, assessed: &'a Assessed, settings: &'a Settings) -> Knowledge<'a> {
        Knowledge { product, assessed, settings }
    }

    /// The numbers of a risk: one loss, the worst loss of a thing, or a rule on a thing.
    fn numbers(&self, scope: &Scope<'_>, args: &[Expr]) -> Option<Numbers> {
        let first = args.first()?;
        match &first.kind {
            ExprKind::Loss(loss, of) => {
                let thing = scope.eval(of.first()?).thing()?;
                Some(self.loss(*loss, thing))
            }
            ExprKind::Rule(rule) => {
                let thing = match args.get(1) {
                    Some(thing) => Some(scope.eval(thing).thing()?),
                    None => None,
                };
                Some(self.rule(*rule, thing))
            }
            _ => Some(self.thing(scope.eval(first).thing()?)),
        }
    }

    fn loss(&self, loss: LossId, thing: ThingId) -> Numbers {
        let mut losses = self.assessed.losses.iter();
        losses
            .find(|found| found.loss == loss && found.args.contains(&thing))
            .map(|found| found.numbers)
            .unwrap_or_default()
    }

    fn rule(&self, rule: RuleId, thing: Option<ThingId>) -> Numbers {
        let all = self.assessed.weaknesses.iter().chain(&self.assessed.obligations);
        let mut found =
            all.filter(|weakness| weakness.rule == rule && thing.is_none_or(|thing| weakness.thing == thing));
        found.next().map(|weakness| weakness.numbers).unwrap_or_default()
    }

    /// The worst loss of a thing; a thing that nothing is lost with answers for the weaknesses on it.
    fn thing(&self, thing: ThingId) -> Numbers {
        let mut losses = self.assessed.losses.iter();
        let loss = losses.find(|found| found.args.contains(&thing)).map(|found| found.numbers);
        let weakness = || self.on(thing).next().map(|weakness| weakness.numbers);
        loss.or_else(weakness).unwrap_or_default()
    }

    fn on(&self, thing: ThingId) -> impl Iterator<Item = &Weakness> {
        self.assessed
            .weaknesses
            .iter()
            .chain(&self.assessed.obligations)
            .filter(move |weakness| weakness.thing == thing)
    }

    fn band(&self, risk: Risk) -> Option<Val> {
        let model = &self.product.model;
        let of = *model.index.enums.get(&model.words.Band)?;
        let word = model.names.find(risk.band(&self.settings.constants).word())?;
        Some(Val::One(Value::Enum(of, model.enums[of].position(word)?)))
    }

    /// The share of the exposure whose strongest attack passes a thing.
    fn share(&self, thing: ThingId) -> f64 {
        let passes = |loss: &&super::LossRisk| {
            let mut steps = loss.attack.iter().flat_map(|attack| &attack.steps);
            steps.any(|step| step.things.contains(&thing))
        };
        let serious = self
            .assessed
            .losses
            .iter()
            .filter(|loss| loss.numbers.residual.band(&self.settings.constants) >= Band::Medium);
        let (mut through, mut all) = (0.0, 0.0);
        for loss in serious {
            let value = loss.numbers.residual.value();
            all += value;
            through += if passes(&loss) { value } else { 0.0 };
        }
        if all > 0.0 { through / all } else { 0.0 }
    }
}

impl Oracle for Knowledge<'_> {
    fn ask(&self, scope: &Scope<'_>, function: Function, args: &[Expr]) -> Option<Val> {
        let decimal = |value: f64| Some(Val::One(Value::Decimal(value)));
        match function {
            Function::Score => decimal(self.numbers(scope, args)?.residual.score()),
            Function::Established => decimal(self.numbers(scope, args)?.established.score()),
            Function::Inherent => decimal(self.numbers(scope, args)?.inherent.score()),
            Function::CodeOnly => decimal(self.numbers(scope, args)?.code_only.score()),
            Function::Likelihood => {
                Some(Val::One(Value::Percent(self.numbers(scope, args)?.residual.likelihood)))
            }
            Function::BandOf => self.band(self.numbers(scope, args)?.residual),
            Function::Share => Some(Val::One(Value::Percent(self.share(scope.eval(args.first()?).thing()?)))),
            Function::Guards => {
                let controls = self.product.covering(scope.eval(args.first()?).thing()?);
                Some(Val::List { items: controls.into_iter().map(Value::Thing).collect(), is_complete: true })
            }
            Function::Risks => {
                let thing = scope.eval(args.first()?).thing()?;
                let open = self
                    .on(thing)
                    .filter(|weakness| weakness.status == Status::Open && !weakness.is_question);
                let ids = open.map(|weakness| Value::Text(weakness.id.clone())).collect();
                Some(Val::List { items: ids, is_complete: true })
            }
            _ => None,
        }
    }

    fn effective(&self, control: ThingId) -> Option<f64> {
        Some(effective(self.product, &self.settings.constants, self.settings.today, control))
    }
}
