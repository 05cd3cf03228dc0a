//! Checks of the model's quality and of the assessment itself. They are never counted among the risks.
//!
//! In: products, with their assessments for lints that read scores. Out: diagnostics under the lints' own names.
//! Never: the same thing said once for each deployment.

use std::collections::BTreeMap;

use super::Assessed;
use super::matching::Finder;
use super::oracle::Knowledge;
use super::repairs::repairs;
use super::situation::Settings;
use crate::base::{Diagnostic, Sources};
use crate::graph::Product;
use crate::model::{LintId, Stage, ThingId};

/// What a lint found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which lint.
    pub lint: LintId,
    /// On what.
    pub thing: ThingId,
    /// What is wrong.
    pub message: String,
    /// The way out; may be empty.
    pub fix: String,
}

/// What the lints find in one deployment; those that read scores only where there is an assessment.
pub fn lint(product: &Product, assessed: Option<&Assessed>, settings: &Settings) -> Vec<Finding> {
    let knowledge = assessed.map(|assessed| Knowledge::of(product, assessed, settings));
    let finder = match &knowledge {
        Some(knowledge) => Finder::with_oracle(product, settings.today, knowledge),
        None => Finder::new(product, settings.today),
    };
    let mut found = Vec::new();
    for (id, lint) in product.model.lints.iter_ids() {
        if lint.stage == Stage::Assessment && knowledge.is_none() {
            continue;
        }
        for matched in finder.matches(&lint.pattern) {
            finder.bind_all(&matched.values);
            let Some(thing) = finder.filled.eval(&lint.on).thing() else { continue };
            if product.model.things[thing].is_foreign || product.is_out_of_scope(thing) {
                continue;
            }
            found.push(Finding {
                lint: id,
                thing,
                message: finder.filled.render(&lint.say),
                fix: finder.filled.render(&lint.fix),
            });
        }
    }
    found
}

/// Findings of all deployments as diagnostics, each thing once; those that not every deployment shares say where.
pub fn diagnostics(products: &[Product], findings: &[Vec<Finding>], sources: &Sources) -> Vec<Diagnostic> {
    let mut places: BTreeMap<(LintId, ThingId, &str), (&str, Vec<usize>)> = BTreeMap::new();
    for (at, found) in findings.iter().enumerate() {
        for finding in found {
            let key = (finding.lint, finding.thing, finding.message.as_str());
            let (_, here) = places.entry(key).or_insert_with(|| (&finding.fix, Vec::new()));
            if here.last() != Some(&at) {
                here.push(at);
            }
        }
    }
    let repairs = repairs(products, findings, sources);
    let mut out = Vec::new();
    for ((lint, thing, message), (fix, here)) in &places {
        let Some(model) = products.first().map(|product| &product.model) else { continue };
        let mut problem = Diagnostic::lint(&model.lints[*lint].name, *message, model.things[*thing].place);
        if here.len() < products.len() {
            let names: Vec<String> = here
                .iter()
                .filter_map(|at| products.get(*at))
                .map(|product| product.name().to_string())
                .collect();
            problem = problem.because(format!("in {}", names.join(", ")));
        }
        if !fix.is_empty() {
            problem = problem.help(*fix);
        }
        let settle = repairs
            .iter()
            .filter(|repair| repair.lint == *lint && repair.things.binary_search(thing).is_ok());
        problem.fixes.extend(settle.map(|repair| repair.fix.clone()));
        out.push(problem);
    }
    out
}
