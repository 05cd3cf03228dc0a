//! `prodc explain`: the page of a code, what a rule means, how a risk comes about.
//!
//! In: a code, a name or an id. Out: a page. Never: a guess at what was meant; a near name is offered.

use super::args::Explain;
use super::load::{Loaded, Session};
use super::{Exit, Outcome, Streams, errors};
use crate::base::codes;
use crate::emit::explain::{lint_page, risk_page, rule_page};
use crate::workspace::{Depth, analyse};

/// Explains one thing.
pub fn run(asked: &Explain, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    if let Some(code) = codes::find(&asked.what) {
        streams.print(code.page);
        return Ok(Exit::Clean);
    }
    if asked.what.contains('@') || asked.what.contains('(') {
        return risk(asked, session, streams);
    }
    // A rule of the standard library is explained wherever one stands.
    let library = analyse(&session.library, &[], Depth::Check, &session.settings);
    if let Some(page) = page(&library, &asked.what) {
        streams.print(&page);
        return Ok(Exit::Clean);
    }
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(super::load::Stop::Problem(problem)) if problem.exit != Exit::Nothing => return Err(problem),
        Err(_) => return Err(unknown(&library, &asked.what, Vec::new())),
    };
    match page(&loaded.analysis, &asked.what) {
        Some(page) => streams.print(&page),
        None => return Err(unknown(&loaded.analysis, &asked.what, ids(&loaded))),
    }
    Ok(Exit::Clean)
}

fn risk(asked: &Explain, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let page =
        loaded.analysis.material().and_then(|material| risk_page(&material, &asked.what, streams.paint()));
    match page {
        Some(page) => streams.print(&page),
        None => return Err(errors::unknown("risk", &asked.what, &ids(&loaded))),
    }
    Ok(Exit::Clean)
}

fn page(analysis: &crate::workspace::Analysis, name: &str) -> Option<String> {
    let model = &analysis.model;
    let rule = model.rules.iter().find(|rule| *rule.name == *name);
    let lint = || model.lints.iter().find(|lint| *lint.name == *name);
    let sources = &analysis.sources;
    rule.map(|rule| rule_page(model, sources, rule)).or_else(|| lint().map(|lint| lint_page(sources, lint)))
}

fn unknown(analysis: &crate::workspace::Analysis, name: &str, mut known: Vec<String>) -> errors::Problem {
    known.extend(analysis.model.rules.iter().map(|rule| rule.name.to_string()));
    known.extend(analysis.model.lints.iter().map(|lint| lint.name.to_string()));
    errors::unknown("code, rule or risk", name, &known)
}

/// The ids of all risks.
fn ids(loaded: &Loaded) -> Vec<String> {
    let Some(assessment) = &loaded.analysis.assessment else { return Vec::new() };
    let mut ids = Vec::new();
    for assessed in &assessment.deployments {
        ids.extend(assessed.losses.iter().map(|loss| loss.id.to_string()));
        let all = assessed.weaknesses.iter().chain(&assessed.obligations);
        ids.extend(all.map(|weakness| weakness.id.to_string()));
    }
    ids
}
