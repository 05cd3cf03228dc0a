//! Descriptors of rules: one for each band in which a rule is found, and one for its questions.
//!
//! In: what was found. Out: [`Rules`]. Never: a descriptor that no result uses.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Ranked;
use super::results::Standing;
use super::shapes::{Configuration, Descriptor, Help, Message, Properties, Relationship};
use super::taxa::{self, Taxa};
use crate::assess::Band;
use crate::emit::Material;
use crate::model::{Rule, RuleId, TemplatePart};

/// Consumers keep ten tags of a rule.
const MOST_TAGS: usize = 10;

/// The descriptors, and where each stands.
pub struct Rules {
    /// In alphabetical order.
    pub descriptors: Vec<Descriptor>,
    positions: BTreeMap<(RuleId, Standing), usize>,
}

impl Rules {
    /// The position of a descriptor.
    pub fn position(&self, rule: RuleId, standing: Standing) -> usize {
        self.positions.get(&(rule, standing)).copied().unwrap_or(0)
    }
}

/// The descriptors of everything that was found.
pub fn descriptors(material: &Material<'_>, found: &Ranked<'_>, taxa: &Taxa) -> Rules {
    let mut worst: BTreeMap<(String, RuleId, Standing), f64> = BTreeMap::new();
    for found in found {
        let rule = found.weakness.rule;
        let key = (id(&material.model.rules[rule], found.standing), rule, found.standing);
        let score = worst.entry(key).or_insert(0.0);
        *score = score.max(found.weakness.numbers.residual.score());
    }
    let mut rules = Rules { descriptors: Vec::new(), positions: BTreeMap::new() };
    for ((_, rule, standing), score) in worst {
        rules.positions.insert((rule, standing), rules.descriptors.len());
        rules.descriptors.push(descriptor(material, rule, standing, score, taxa));
    }
    rules
}

/// `saas-payment-replay/critical`.
pub fn id(rule: &Rule, standing: Standing) -> String {
    format!("{}/{}", rule.name, standing.word())
}

fn descriptor(
    material: &Material<'_>,
    rule: RuleId,
    standing: Standing,
    score: f64,
    taxa: &Taxa,
) -> Descriptor {
    let references = material.references(rule);
    let threats = material.threats(rule);
    let declared = &material.model.rules[rule];
    let tags = std::iter::once("security".to_owned())
        .chain(references.iter().map(|reference| taxa::tag(reference)))
        .chain(threats.iter().map(|threat| threat.replace('_', "-")));
    let tags: Vec<Value> = tags.take(MOST_TAGS).map(Value::from).collect();
    let mut properties = Properties::from([
        ("tags", Value::from(tags)),
        ("precision", Value::from(if standing == Standing::Question { "low" } else { "high" })),
    ]);
    if standing != Standing::Question {
        properties.insert("security-severity", Value::from(severity(standing, score)));
    }
    let relationships = references.iter().filter_map(|reference| taxa.point(reference));
    Descriptor {
        id: id(declared, standing),
        name: pascal_case(&format!("{}-{}", declared.name, standing.word())),
        short_description: Message::new(sentence(&declared.title)),
        full_description: Message::new(full_description(declared)),
        help: help(declared, &references, &threats),
        default_configuration: Some(Configuration { level: standing.level() }),
        relationships: relationships.map(|target| Relationship { target, kinds: vec!["relevant"] }).collect(),
        properties,
    }
}

/// A kind of notice about the texts.
pub fn notice(code: &str, title: &str) -> Descriptor {
    let text = sentence(title);
    Descriptor {
        id: code.to_owned(),
        name: pascal_case(&format!("notice-{code}")),
        short_description: Message::new(text.clone()),
        full_description: Message::new(text.clone()),
        help: Help { markdown: format!("{text}\n\nRead more with `prodc explain {code}`.\n"), text },
        default_configuration: None,
        relationships: Vec::new(),
        properties: Properties::new(),
    }
}

/// The severity of a descriptor: the highest score among its results, inside the cuts that consumers make.
fn severity(standing: Standing, score: f64) -> String {
    let shown = (score * 10.0 + 1e-9).floor() / 10.0;
    let (least, most) = match standing {
        // "Over 9.0" is critical: the band begins above its cut there, and at its cut here.
        Standing::Risk(Band::Critical) => (9.1, 10.0),
        Standing::Risk(Band::High) => (7.0, 8.9),
        Standing::Risk(Band::Medium) => (4.0, 6.9),
        _ => (0.1, 3.9),
    };
    format!("{:.1}", shown.clamp(least, most))
}

fn full_description(rule: &Rule) -> String {
    if rule.doc.trim().is_empty() { sentence(&rule.title) } else { sentence(&rule.doc) }
}

/// What the rule means, what to do, and where to read on; once plain, once as Markdown.
fn help(rule: &Rule, references: &[&str], threats: &[&str]) -> Help {
    let fix = outline(rule);
    let mut text = full_description(rule);
    let mut markdown = format!("**{}**\n\n{}\n", sentence(&rule.title), full_description(rule));
    if !fix.is_empty() {
        text.push_str(&format!("\n\nWhat to do: {fix}"));
        markdown.push_str(&format!("\n**What to do:** {fix}\n"));
    }
    for (title, words) in [("Threat", threats), ("References", references)] {
        if !words.is_empty() {
            text.push_str(&format!("\n\n{title}: {}", words.join(", ")));
            markdown.push_str(&format!("\n**{title}:** {}\n", words.join(", ")));
        }
    }
    markdown.push_str(&format!("\nRead more with `prodc explain {}`.\n", rule.name));
    Help { text, markdown }
}

/// The way out with its holes left open: a descriptor is about no thing in particular.
fn outline(rule: &Rule) -> String {
    let pieces = rule.fix.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => text.to_string(),
        TemplatePart::Hole(_) => "…".to_owned(),
    });
    let text: String = pieces.collect();
    if text.is_empty() { text } else { sentence(&text) }
}

/// A text that ends like a sentence.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn pascal_case(words: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    words.split(|letter: char| !letter.is_alphanumeric()).map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, sentence, severity};
    use crate::assess::Band;
    use crate::emit::sarif::results::Standing;

    #[test]
    fn a_severity_stays_in_its_band() {
        assert_eq!(severity(Standing::Risk(Band::Critical), 9.02), "9.1");
        assert_eq!(severity(Standing::Risk(Band::High), 8.999), "8.9");
        assert_eq!(severity(Standing::Risk(Band::Medium), 5.26), "5.2");
        assert_eq!(severity(Standing::Risk(Band::None), 0.0), "0.1");
    }

    #[test]
    fn names_and_sentences_are_well_formed() {
        assert_eq!(pascal_case("saas-payment-replay-critical"), "SaasPaymentReplayCritical");
        assert_eq!(sentence("a thing "), "a thing.");
        assert_eq!(sentence("Is it?"), "Is it?");
    }
}
