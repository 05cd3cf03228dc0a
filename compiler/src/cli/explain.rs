//! `prodc explain`: the page of a code, what a rule means, how a risk comes about.
//!
//! In: a code, a name or an id. Out: a page. Never: a guess at what was meant; a near name is offered.

use super::args::{Answers, Explain};
use super::load::Session;
use super::{Exit, Outcome, Streams, errors};
use crate::assess::{Band, cheapest_cure, explain};
use crate::base::codes;
use crate::emit::explain::{find, ids, json, lint_page, page, rule_page};
use crate::emit::what_if::Effect;
use crate::emit::{Material, json as reports, narrow};
use crate::workspace::{Analysis, Depth, analyse};

/// Explains one thing.
pub fn run(asked: &Explain, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let is_risk = asked.what.contains('@') || asked.what.contains('(');
    if !is_risk && (asked.format == Answers::Json || !asked.supposed.what_if.is_empty()) {
        return Err(errors::only_risks(&asked.what));
    }
    if let Some(code) = codes::find(&asked.what) {
        streams.print(code.page);
        return Ok(Exit::Clean);
    }
    if is_risk {
        return risk(asked, session, streams);
    }
    // A rule of the standard library is explained wherever one stands.
    let library = analyse(&session.library, &[], Depth::Check, &session.settings);
    if let Some(page) = page_of(&library, &asked.what) {
        streams.print(&page);
        return Ok(Exit::Clean);
    }
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(super::load::Stop::Problem(problem)) if problem.exit != Exit::Nothing => return Err(problem),
        Err(_) => return Err(unknown(&library, &asked.what, Vec::new())),
    };
    match page_of(&loaded.analysis, &asked.what) {
        Some(page) => streams.print(&page),
        None => {
            return Err(unknown(
                &loaded.analysis,
                &asked.what,
                loaded.analysis.assessment.as_deref().map_or_else(Vec::new, ids),
            ));
        }
    }
    Ok(Exit::Clean)
}

fn risk(asked: &Explain, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let mut loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let Some(before) = loaded.analysis.assessment.clone() else { return Ok(Exit::Broken) };
    let statements = &asked.supposed.what_if;
    if !statements.is_empty() {
        loaded.analysis = match loaded.suppose(statements, session, streams) {
            Ok(analysis) => analysis,
            Err(exit) => return Ok(exit),
        };
    }
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let known = [ids(&before), ids(material.assessment)].concat();
    let id = whole_id(&asked.what, &known)?;
    let only = find(&before, id).or(find(material.assessment, id)).map(|found| &*found.assessed.name);
    let supposed =
        (!statements.is_empty()).then(|| Effect::of(statements, &before, material.assessment, only));
    let found = find(material.assessment, id);
    let products = &loaded.analysis.deployments;
    let product = found.and_then(|found| products.get(found.at));
    let explained = product.and_then(|product| explain(product, products, &session.settings, id));
    let goal = found.and_then(|found| found.goal()).zip(product);
    let cure =
        goal.map(|((goal, risk), product)| cheapest_cure(product, products, &session.settings, goal, risk));
    let paint = streams.paint();
    let text = match (&found, asked.format) {
        (Some(found), Answers::Table) => {
            supposed.map_or_else(String::new, |effect| effect.text(paint))
                + &page(&material, found, explained.as_ref(), cure.as_ref(), paint)
        }
        (Some(found), Answers::Json) => {
            json(&material, found, explained.as_ref(), cure.as_ref(), supposed.as_ref())
        }
        (None, Answers::Table) => {
            let effect = supposed.map_or_else(String::new, |effect| effect.text(paint));
            format!("{effect}`{id}` is gone\n")
        }
        (None, Answers::Json) => {
            let narrowed = narrow(material.assessment, only, Band::None);
            let material = Material { assessment: &narrowed, ..material };
            supposed.map_or_else(String::new, |effect| reports::json_supposed(&material, &effect))
        }
    };
    streams.print(&text);
    Ok(Exit::Clean)
}

/// An id as it was given; without its deployment, where only one has such a risk.
fn whole_id<'a>(asked: &'a str, known: &'a [String]) -> Result<&'a str, errors::Problem> {
    if known.iter().any(|id| id == asked) {
        return Ok(asked);
    }
    let mut longer: Vec<&'a String> =
        known.iter().filter(|id| id.strip_prefix(asked).is_some_and(|rest| rest.starts_with('@'))).collect();
    longer.sort();
    longer.dedup();
    match longer.as_slice() {
        [only] => Ok(only),
        _ => Err(errors::unknown_risk(asked, &longer, known)),
    }
}

fn page_of(analysis: &Analysis, name: &str) -> Option<String> {
    let model = &analysis.model;
    let rule = model.rules.iter().find(|rule| *rule.name == *name);
    let lint = || model.lints.iter().find(|lint| *lint.name == *name);
    let sources = &analysis.sources;
    rule.map(|rule| rule_page(model, sources, rule)).or_else(|| lint().map(|lint| lint_page(sources, lint)))
}

fn unknown(analysis: &Analysis, name: &str, mut known: Vec<String>) -> errors::Problem {
    known.extend(analysis.model.rules.iter().map(|rule| rule.name.to_string()));
    known.extend(analysis.model.lints.iter().map(|lint| lint.name.to_string()));
    errors::unknown("code, rule or risk", name, &known)
}
