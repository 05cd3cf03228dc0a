//! Results: every weakness and every duty that is not met, the worst first.
//!
//! In: an assessment. Out: results. Never: a loss as a result of its own; it is told in the results that feed it, and
//! counted once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Profile;
use super::places::Places;
use super::rules::{self, Rules, sentence};
use super::shapes::{
    CodeFlow, FlowStep, Level, Location, Message, Properties, SarifResult, Suppression, ThreadFlow,
};
use super::taxa::Taxa;
use crate::assess::{Assessed, Attack, Band, Status, Weakness};
use crate::emit::Material;
use crate::syntax::date_text;

/// A weakness and the deployment it is in.
pub struct Found<'a> {
    /// The deployment.
    pub assessed: &'a Assessed,
    /// What is weak.
    pub weakness: &'a Weakness,
    /// Which descriptor it belongs to.
    pub standing: Standing,
}

/// What decides the descriptor of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It holds whatever the answers are.
    Risk(Band),
    /// It holds only because of what nobody said.
    Question,
}

impl Standing {
    /// The last part of the rule's id.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Risk(band) => band.word(),
            Standing::Question => "question",
        }
    }

    /// How loud its results are.
    pub fn level(self) -> Level {
        match self {
            Standing::Risk(Band::Critical | Band::High) => Level::Error,
            Standing::Risk(Band::Medium) => Level::Warning,
            Standing::Risk(Band::Low | Band::None) | Standing::Question => Level::Note,
        }
    }
}

/// What goes into the file, by score, then by id: readers keep the first of too many.
pub fn find<'a>(material: &Material<'a>, profile: Profile) -> Vec<Found<'a>> {
    let constants = &material.assessment.constants;
    let mut all = Vec::new();
    for assessed in &material.assessment.deployments {
        for weakness in assessed.weaknesses.iter().chain(&assessed.obligations) {
            let is_decided = weakness.status != Status::Open;
            if (is_decided && !profile.shows_decided())
                || (weakness.is_question && !profile.shows_questions())
            {
                continue;
            }
            let standing = match weakness.is_question {
                true => Standing::Question,
                false => Standing::Risk(weakness.numbers.residual.band(constants)),
            };
            all.push(Found { assessed, weakness, standing });
        }
    }
    let key = |found: &Found<'_>| (found.weakness.is_question, found.weakness.numbers.residual.value());
    all.sort_by(|a, b| {
        let ((a_asks, a_value), (b_asks, b_value)) = (key(a), key(b));
        a_asks.cmp(&b_asks).then(b_value.total_cmp(&a_value)).then_with(|| a.weakness.id.cmp(&b.weakness.id))
    });
    all
}

/// One weakness as a result.
pub fn result(
    material: &Material<'_>,
    places: &Places<'_>,
    rules: &Rules,
    taxa: &Taxa,
    found: &Found<'_>,
) -> SarifResult {
    let Found { weakness, standing, .. } = found;
    let rule = &material.model.rules[weakness.rule];
    let home = home(material, weakness);
    let mut location = places.location(home);
    location.logical_locations = vec![places.logical(weakness.thing)];
    let (message, related_locations) = message(material, places, found);
    let (kind, level) = match standing {
        Standing::Risk(_) => ("fail", standing.level()),
        // A result of any other kind than a failure has no level: its descriptor says that it is a note.
        Standing::Question => ("review", Level::None),
    };
    let mut partial_fingerprints = BTreeMap::from([("prodRisk/v1", weakness.id.to_string())]);
    if let Some(line) = places.line_fingerprint(home) {
        partial_fingerprints.insert("primaryLocationLineHash", line);
    }
    let references = material.references(weakness.rule);
    SarifResult {
        rule_id: rules::id(rule, *standing),
        rule_index: rules.position(weakness.rule, *standing),
        kind,
        level,
        message,
        locations: vec![location],
        related_locations,
        code_flows: weakness.attack.iter().map(|attack| code_flow(material, places, attack, home)).collect(),
        partial_fingerprints,
        rank: shown(weakness.numbers.residual.score() * 10.0),
        suppressions: suppressions(&weakness.status),
        taxa: references.iter().filter_map(|reference| taxa.point(reference)).collect(),
        properties: properties(material, found),
    }
}

/// Where a weakness is shown: the thing, or, where the library declares it, the first fact of the package about it.
fn home(material: &Material<'_>, weakness: &Weakness) -> crate::base::Place {
    let facts = weakness.facts.iter().map(|(place, _)| *place);
    let own = std::iter::once(weakness.place).chain(facts).find(|place| material.is_own(place.file));
    let product = || material.model.product.map(|product| material.model.things[product].place);
    own.or_else(product).unwrap_or(weakness.place)
}

/// The message, with a link for every other place that it names.
fn message(material: &Material<'_>, places: &Places<'_>, found: &Found<'_>) -> (Message, Vec<Location>) {
    let Found { assessed, weakness, standing } = found;
    let mut text = unlinked(&sentence(&weakness.message));
    let mut related: Vec<Location> = Vec::new();
    let mut link = |words: &str, place| {
        let id = related.len() + 1;
        related.push(Location { id: Some(id), ..places.told(place, words) });
        format!("[{}]({id})", escaped(words))
    };
    let own = |place: &crate::base::Place| material.is_own(place.file);
    let facts = weakness.facts.iter().filter(|(place, _)| own(place));
    let facts: Vec<String> = facts.map(|(place, fact)| link(fact, *place)).collect();
    if !facts.is_empty() {
        text.push_str(&format!(" Because of {}.", facts.join(", ")));
    }
    let losses = weakness.losses.iter().filter_map(|at| assessed.losses.get(*at)).take(3);
    let losses: Vec<String> = losses
        .filter(|loss| own(&loss.place))
        .map(|loss| format!("{} ({})", link(&loss.title, loss.place), loss.numbers.residual.shown()))
        .collect();
    if !losses.is_empty() {
        text.push_str(&format!(" Leads to {}.", losses.join(", ")));
    }
    if *standing == Standing::Question {
        let attributes = material.hangs_on(weakness);
        text.push_str(&format!(" Nobody has said what {} is.", quoted(&attributes)));
    }
    if !weakness.fix.is_empty() {
        text.push_str(&format!(" To cure it, {}", unlinked(&sentence(&weakness.fix))));
    }
    if !assessed.name.is_empty() {
        text.push_str(&format!(" Deployment '{}'.", assessed.name));
    }
    (Message::new(text), related)
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Text of the author inside a link.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// Text of the author that must not be taken for a link.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

/// The strongest attack; a step that the library alone knows stands where the weakness does.
fn code_flow(
    material: &Material<'_>,
    places: &Places<'_>,
    attack: &Attack,
    home: crate::base::Place,
) -> CodeFlow {
    let mut locations: Vec<FlowStep> = Vec::new();
    let mut tell = |location, importance| {
        locations.push(FlowStep { location, execution_order: locations.len() + 1, importance });
    };
    for step in &attack.steps {
        // The chain that makes a step possible comes before it, link by link.
        for (place, fact) in &step.because {
            let place = if material.is_own(place.file) { *place } else { home };
            tell(places.told(place, &sentence(&unlinked(fact))), "important");
        }
        let mut location = places.told(material.own_place(step).unwrap_or(home), &sentence(&step.text));
        location.logical_locations = step.thing.iter().map(|thing| places.logical(*thing)).collect();
        tell(location, "essential");
    }
    if locations.is_empty() {
        // A flow without a location is not valid, and a loss that needs nothing needs no way to it.
        locations.push(FlowStep {
            location: places.told(home, "nothing has to happen first"),
            execution_order: 1,
            importance: "essential",
        });
    }
    CodeFlow {
        message: Message::new(format!("The strongest attack, {:.2} on its own.", attack.probability)),
        thread_flows: vec![ThreadFlow { locations }],
    }
}

fn suppressions(status: &Status) -> Vec<Suppression> {
    match status {
        Status::Open => Vec::new(),
        Status::Accepted { decision, owner, because, until } => vec![Suppression {
            kind: "inSource",
            status: "accepted",
            justification: format!("{decision} by {owner} until {}: {because}", date_text(*until)),
            properties: Properties::from([("expires", Value::from(date_text(*until)))]),
        }],
        Status::Off { because } => vec![Suppression {
            kind: "external",
            status: "accepted",
            justification: format!("the rule is switched off in prod.toml: {because}"),
            properties: Properties::new(),
        }],
    }
}

fn properties(material: &Material<'_>, found: &Found<'_>) -> Properties {
    let Found { assessed, weakness, .. } = found;
    let numbers = weakness.numbers;
    let constants = &material.assessment.constants;
    let mut properties = Properties::from([
        ("security-severity", Value::from(numbers.residual.shown())),
        ("prod/id", Value::from(&*weakness.id)),
        ("prod/thing", Value::from(&*material.model.things[weakness.thing].path)),
        ("prod/band", Value::from(numbers.residual.band(constants).word())),
        ("prod/likelihood", Value::from(numbers.residual.likelihood)),
        ("prod/impact", Value::from(numbers.residual.impact)),
        ("prod/established", Value::from(shown(numbers.established.score()))),
        ("prod/inherent", Value::from(shown(numbers.inherent.score()))),
        ("prod/codeOnly", Value::from(shown(numbers.code_only.score()))),
    ]);
    if !assessed.name.is_empty() {
        properties.insert("prod/deployment", Value::from(&*assessed.name));
    }
    if !weakness.also.is_empty() {
        properties.insert("prod/also", Value::from(weakness.also.clone()));
    }
    let losses = weakness.losses.iter().filter_map(|at| assessed.losses.get(*at));
    let losses: Vec<Value> = losses.map(|loss| Value::from(&*loss.id)).collect();
    if !losses.is_empty() {
        properties.insert("prod/losses", Value::from(losses));
    }
    properties
}

/// A number as it is printed, truncated to one decimal.
fn shown(number: f64) -> f64 {
    (number * 10.0 + 1e-9).floor() / 10.0
}
