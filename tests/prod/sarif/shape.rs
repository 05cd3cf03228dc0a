//! The shape of a SARIF 2.1.0 file, as far as Prod writes it, and what of a file does not fit it.
//!
//! In: a file. Out: a line for each misfit. Never: leniency; the standard knows more properties than are written here, and
//! one that is new to our files is written here first. The published schema is asked by `ci/validate-sarif.sh`, which needs
//! more than Rust.

use std::ops::RangeInclusive;

use serde_json::Value;

use Shape::{Bag, Flag, List, Number, Object, OneOf, Set, Text, Texts, Whole};

/// What a value must look like.
pub enum Shape {
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer from this number on.
    Whole(u64),
    Number(RangeInclusive<f64>),
    OneOf(&'static [&'static str]),
    /// At least so many, equal ones allowed.
    List(usize, &'static Shape),
    /// All of them different.
    Set(&'static Shape),
    /// Texts under names of any kind.
    Texts,
    /// Values of any kind under names of any kind, but `tags`, if there, is a set of texts.
    Bag,
    Object(&'static [Field]),
}

/// A property: whether it must be there, its name, and its shape.
pub struct Field(Needed, &'static str, &'static Shape);

#[derive(Clone, Copy, PartialEq)]
enum Needed {
    Must,
    May,
}

const fn must(name: &'static str, shape: &'static Shape) -> Field {
    Field(Needed::Must, name, shape)
}

const fn may(name: &'static str, shape: &'static Shape) -> Field {
    Field(Needed::May, name, shape)
}

/// A whole file.
pub static LOG: Shape =
    Object(&[must("$schema", &Text), must("version", &OneOf(&["2.1.0"])), must("runs", &List(1, &RUN))]);

static RUN: Shape = Object(&[
    must("tool", &Object(&[must("driver", &DRIVER)])),
    must("invocations", &List(1, &INVOCATION)),
    must("automationDetails", &Object(&[must("id", &Text)])),
    must("columnKind", &OneOf(&["utf16CodeUnits", "unicodeCodePoints"])),
    must("originalUriBaseIds", &Object(&[must("%SRCROOT%", &Object(&[must("description", &MESSAGE)]))])),
    may("taxonomies", &Set(&TAXONOMY)),
    must("results", &List(0, &RESULT)),
    may("properties", &Bag),
]);

static DRIVER: Shape = Object(&[
    must("name", &Text),
    must("fullName", &Text),
    must("version", &Text),
    must("semanticVersion", &Text),
    must("informationUri", &Text),
    must("rules", &Set(&DESCRIPTOR)),
    may("notifications", &Set(&DESCRIPTOR)),
    may("supportedTaxonomies", &Set(&COMPONENT_REFERENCE)),
]);

static DESCRIPTOR: Shape = Object(&[
    must("id", &Text),
    must("name", &Text),
    must("shortDescription", &MESSAGE),
    must("fullDescription", &MESSAGE),
    must("help", &Object(&[must("text", &Text), must("markdown", &Text)])),
    may("defaultConfiguration", &Object(&[must("level", &LEVEL)])),
    may("relationships", &Set(&RELATIONSHIP)),
    may("properties", &Bag),
]);

static RELATIONSHIP: Shape = Object(&[must("target", &TAXON_REFERENCE), must("kinds", &Set(&Text))]);

static TAXON_REFERENCE: Shape =
    Object(&[must("id", &Text), must("index", &Whole(0)), must("toolComponent", &COMPONENT_REFERENCE)]);

static COMPONENT_REFERENCE: Shape = Object(&[must("name", &Text), must("index", &Whole(0))]);

static TAXONOMY: Shape = Object(&[
    must("name", &Text),
    must("isComprehensive", &Flag),
    must("taxa", &Set(&Object(&[must("id", &Text)]))),
]);

static INVOCATION: Shape =
    Object(&[must("executionSuccessful", &Flag), may("toolExecutionNotifications", &List(0, &NOTIFICATION))]);

static NOTIFICATION: Shape = Object(&[
    must("descriptor", &Object(&[must("id", &Text), must("index", &Whole(0))])),
    must("level", &LEVEL),
    must("message", &MESSAGE),
    must("locations", &Set(&LOCATION)),
]);

static RESULT: Shape = Object(&[
    must("ruleId", &Text),
    must("ruleIndex", &Whole(0)),
    must("kind", &OneOf(&["notApplicable", "pass", "fail", "review", "open", "informational"])),
    must("level", &LEVEL),
    must("message", &MESSAGE),
    must("locations", &List(1, &LOCATION)),
    may("relatedLocations", &Set(&LOCATION)),
    may("codeFlows", &List(0, &CODE_FLOW)),
    must("partialFingerprints", &Texts),
    must("rank", &Number(0.0..=100.0)),
    may("suppressions", &Set(&SUPPRESSION)),
    may("taxa", &Set(&TAXON_REFERENCE)),
    may("properties", &Bag),
]);

static LEVEL: Shape = OneOf(&["none", "note", "warning", "error"]);

static MESSAGE: Shape = Object(&[must("text", &Text)]);

static LOCATION: Shape = Object(&[
    may("id", &Whole(0)),
    must("physicalLocation", &PHYSICAL_LOCATION),
    may("logicalLocations", &Set(&LOGICAL_LOCATION)),
    may("message", &MESSAGE),
]);

static PHYSICAL_LOCATION: Shape = Object(&[
    must("artifactLocation", &Object(&[must("uri", &Text), must("uriBaseId", &Text)])),
    must(
        "region",
        &Object(&[
            must("startLine", &Whole(1)),
            must("startColumn", &Whole(1)),
            must("endLine", &Whole(1)),
            must("endColumn", &Whole(1)),
        ]),
    ),
]);

static LOGICAL_LOCATION: Shape =
    Object(&[must("name", &Text), must("fullyQualifiedName", &Text), must("kind", &Text)]);

static CODE_FLOW: Shape = Object(&[
    must("message", &MESSAGE),
    must("threadFlows", &List(1, &Object(&[must("locations", &List(1, &FLOW_STEP))]))),
]);

static FLOW_STEP: Shape = Object(&[
    must("location", &LOCATION),
    must("executionOrder", &Whole(0)),
    must("importance", &OneOf(&["important", "essential", "unimportant"])),
]);

static SUPPRESSION: Shape = Object(&[
    must("kind", &OneOf(&["inSource", "external"])),
    may("status", &OneOf(&["accepted", "underReview", "rejected"])),
    may("justification", &Text),
    may("properties", &Bag),
]);

/// What of a value does not fit, each with the place where it stands.
pub fn misfits(value: &Value, shape: &Shape) -> Vec<String> {
    let mut found = Vec::new();
    compare(value, shape, "", &mut found);
    found
}

fn compare(value: &Value, shape: &Shape, at: &str, found: &mut Vec<String>) {
    match (shape, value) {
        (Text, Value::String(_)) | (Flag, Value::Bool(_)) => {}
        (Whole(least), value) if value.as_u64().is_some_and(|number| number >= *least) => {}
        (Number(range), value) if value.as_f64().is_some_and(|number| range.contains(&number)) => {}
        (OneOf(words), Value::String(word)) if words.contains(&word.as_str()) => {}
        (List(least, each), Value::Array(items)) if items.len() >= *least => every(items, each, at, found),
        (Set(each), Value::Array(items)) => {
            every(items, each, at, found);
            let twice = items.iter().enumerate().find(|(index, item)| items[..*index].contains(item));
            found.extend(twice.map(|(index, _)| format!("{at}/{index} is there twice")));
        }
        (Texts, Value::Object(fields)) => {
            for (name, value) in fields {
                compare(value, &Text, &format!("{at}/{name}"), found);
            }
        }
        (Bag, Value::Object(fields)) => {
            if let Some(tags) = fields.get("tags") {
                compare(tags, &Set(&Text), &format!("{at}/tags"), found);
            }
        }
        (Object(known), Value::Object(fields)) => {
            let missing =
                known.iter().filter(|field| field.0 == Needed::Must && !fields.contains_key(field.1));
            found.extend(missing.map(|field| format!("{at}/{} is missing", field.1)));
            for (name, value) in fields {
                let place = format!("{at}/{name}");
                match known.iter().find(|field| field.1 == name) {
                    Some(field) => compare(value, field.2, &place, found),
                    None => found.push(format!("{place} is nothing that SARIF has here")),
                }
            }
        }
        _ => found.push(format!("{at} cannot be {value}")),
    }
}

fn every(items: &[Value], shape: &Shape, at: &str, found: &mut Vec<String>) {
    for (index, item) in items.iter().enumerate() {
        compare(item, shape, &format!("{at}/{index}"), found);
    }
}
