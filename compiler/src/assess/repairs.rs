//! What an editor can do about all that a lint finds in a deployment at once.
//!
//! In: what lints found, products, texts. Out: [`Repair`]s. Never: a change of what is there already; a repair only adds.

use std::collections::{BTreeMap, BTreeSet};

use super::lints::Finding;
use crate::base::{Edit, Fix, Place, Sources, Span};
use crate::graph::Product;
use crate::model::{Keyword, LintId, Model, ThingId, Value};
use crate::syntax::text;

/// A change that settles what a lint found on some things.
pub(super) struct Repair {
    pub lint: LintId,
    /// In order, each once.
    pub things: Vec<ThingId>,
    pub fix: Fix,
}

/// The repairs of all deployments. What is missing in a deployment that another one is like is added there alone.
pub(super) fn repairs(products: &[Product], findings: &[Vec<Finding>], sources: &Sources) -> Vec<Repair> {
    let on = |at: usize, lint: LintId| -> Vec<ThingId> {
        let found = findings.get(at).into_iter().flatten().filter(|finding| finding.lint == lint);
        found.map(|finding| finding.thing).collect()
    };
    let mut out = Vec::new();
    for (at, product) in products.iter().enumerate() {
        let model = &product.model;
        let repaired = |lint: &LintId| model.lints[*lint].repair == Some(model.words.add_allows);
        for lint in model.lints.ids().filter(repaired) {
            let above: BTreeSet<ThingId> = (0..products.len())
                .filter(|other| {
                    let other = products.get(*other).and_then(|other| other.deployment);
                    other.is_some_and(|other| product.inherits().contains(&other))
                })
                .flat_map(|other| on(other, lint))
                .collect();
            let mut things = on(at, lint);
            things.sort();
            things.dedup();
            things.retain(|thing| model.things[*thing].keyword == Keyword::Flow && !above.contains(thing));
            out.extend(allow_all(product, &things, sources).map(|fix| Repair { lint, things, fix }));
        }
    }
    out
}

/// The one change that adds an opening for each of some flows.
fn allow_all(product: &Product, flows: &[ThingId], sources: &Sources) -> Option<Fix> {
    let model = &product.model;
    let mut services: BTreeMap<(ThingId, ThingId), Vec<Option<String>>> = BTreeMap::new();
    for flow in flows {
        let end = |name| product.reference(*flow, name).and_then(|thing| end_of(product, thing));
        let (from, to) = (end(model.words.from)?, end(model.words.to)?);
        let known = services.entry((from, to)).or_default();
        let service = service(product, *flow);
        if !known.contains(&service) {
            known.push(service);
        }
    }
    let mut taken: Vec<String> =
        product.things(Keyword::Allow).iter().map(|allow| model.things[*allow].name.to_string()).collect();
    let mut lines = Vec::new();
    for ((from, to), services) in services {
        let (from, to) = (model.spelling(from), model.spelling(to));
        let name = fresh_name(&format!("{from}->{to}"), &mut taken)
            .map_or(String::new(), |name| format!("{}: ", text::spelling(&name)));
        // A flow that does not say how it talks needs everything.
        let over = services.into_iter().collect::<Option<Vec<String>>>();
        let over = over.map_or(String::new(), |over| format!(" over {}", over.join(", ")));
        lines.push(format!("allow {name}{from} -> {to}{over}"));
    }
    let (place, text) = insertion(product, &lines, sources)?;
    let openings = if lines.len() == 1 {
        "the missing `allow`".to_owned()
    } else {
        format!("all {} missing `allow`s", lines.len())
    };
    let to =
        product.deployment.map_or(String::new(), |deployment| format!(" to `{}`", model.path(deployment)));
    Some(Fix { title: format!("add {openings}{to}"), edits: vec![Edit { place, text: text.into() }] })
}

/// What an opening calls an end of a flow: people stand in a network and are no end themselves.
fn end_of(product: &Product, thing: ThingId) -> Option<ThingId> {
    if product.is(thing, Keyword::Actor) { product.zones(thing).first().copied() } else { Some(thing) }
}

/// The protocol of a flow, with its ports where the flow itself says them.
fn service(product: &Product, flow: ThingId) -> Option<String> {
    let words = &product.model.words;
    let Value::Kind(protocol) = product.read(flow, words.protocol).value else { return None };
    let name = &product.model.kinds[protocol].name;
    Some(match product.said(flow, words.port).map(|setting| &setting.value) {
        Some(Value::Ports(first, last)) if first == last => format!("{name} port {first}"),
        Some(Value::Ports(first, last)) => format!("{name} port {first}..{last}"),
        _ => name.to_string(),
    })
}

/// A name for an opening whose own one, made of its ends, is taken; noted as taken.
fn fresh_name(ends: &str, taken: &mut Vec<String>) -> Option<String> {
    let is_free = |name: &str, taken: &[String]| taken.iter().all(|other| other != name);
    if is_free(ends, taken) {
        taken.push(ends.to_owned());
        return None;
    }
    let words = ends.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let base = words.collect::<Vec<_>>().join("-");
    let name = (2..).map(|number| format!("{base}-{number}")).find(|name| is_free(name, taken))?;
    taken.push(name.clone());
    Some(name)
}

/// Where declarations are added to a deployment, and the text that adds them there.
fn insertion(product: &Product, lines: &[String], sources: &Sources) -> Option<(Place, String)> {
    let model: &Model = &product.model;
    let Some(deployment) = product.deployment else {
        // Without deployments, openings stand at the top level: after the last one.
        let last = product.things(Keyword::Allow).last()?;
        let Place { file, span } = model.things[*last].whole;
        let place = Span::empty(span.hi).in_file(file);
        return Some((place, lines.iter().map(|line| format!("\n{line}")).collect()));
    };
    let Place { file, span } = model.things[deployment].whole;
    let source = &sources.get(file).text;
    let indented: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    if !span.slice(source).ends_with('}') {
        return Some((Span::empty(span.hi).in_file(file), format!(" {{\n{indented}}}")));
    }
    let brace = span.hi.saturating_sub(1);
    let before = source.get(..brace as usize).unwrap_or_default();
    let is_alone = before.trim_end_matches([' ', '\t']).ends_with('\n');
    let start = if is_alone { "" } else { "\n" };
    Some((Span::empty(brace).in_file(file), format!("{start}{indented}")))
}
