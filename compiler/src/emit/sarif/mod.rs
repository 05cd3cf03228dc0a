//! SARIF 2.1.0: the weaknesses of a product for code scanning and for trackers of findings.
//!
//! In: [`Material`] and who reads it. Out: one file. Never: the same risk twice (losses stand in the results that feed
//! them), a path of the machine, bytes that differ from run to run.
//!
//! Consumers read the severity from the rule and not from the result, so a rule has one descriptor for each band in which
//! it is found: `saas-payment-replay/critical`.

mod fingerprint;
mod places;
mod results;
mod rules;
mod shapes;
mod taxa;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use self::places::Places;
use self::results::Found;
use self::shapes::{
    AutomationDetails, BaseId, DescriptorReference, Driver, Invocation, Level, Log, Message, Notification,
    Properties, Run, Tool,
};
use self::taxa::Taxa;
use super::{Material, VERSION};
use crate::base::{Diagnostic, Severity, codes};
use crate::graph::eval::in_words;
use crate::syntax::date_text;

/// Who reads the file; they differ in what they do with decided risks and with questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// GitHub code scanning: shows suppressed results as open, so decided ones are left out, and questions too.
    Github,
    /// GitLab.
    Gitlab,
    /// Azure DevOps: like GitHub, with an identity of its own.
    Azure,
    /// DefectDojo.
    Defectdojo,
    /// Everything, marked.
    #[default]
    Generic,
}

impl Profile {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Profile); 5] = [
        ("github", Profile::Github),
        ("gitlab", Profile::Gitlab),
        ("azure", Profile::Azure),
        ("defectdojo", Profile::Defectdojo),
        ("generic", Profile::Generic),
    ];

    fn shows_decided(self) -> bool {
        !matches!(self, Profile::Github | Profile::Azure)
    }

    fn shows_questions(self) -> bool {
        self != Profile::Github
    }

    fn run_id(self, product: &str) -> String {
        match self {
            Profile::Azure => format!("azuredevops/pipeline/build/prodc/{product}/"),
            _ => format!("prodc/{product}/"),
        }
    }
}

/// How to write.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Who reads it.
    pub profile: Profile,
    /// The package's directory as seen from the root of the sources, with `/`; empty where they are the same.
    pub prefix: String,
}

/// The name under which results find the root of the sources.
const ROOT: &str = "%SRCROOT%";

/// One analysis as SARIF.
pub fn sarif(material: &Material<'_>, options: &Options) -> String {
    let places = Places::of(material, options);
    let found = results::find(material, options.profile);
    let referred = found.iter().flat_map(|found| material.references(found.weakness.rule));
    let taxa = Taxa::of(referred);
    let rules = rules::descriptors(material, &found, &taxa);
    let results =
        found.iter().map(|found| results::result(material, &places, &rules, &taxa, found)).collect();
    let (notices, notifications) = notifications(material, &places);
    let driver = Driver {
        name: "prodc",
        full_name: format!("prodc {VERSION}, the compiler for Prod"),
        version: VERSION,
        semantic_version: VERSION,
        information_uri: "https://prod-lang.example/",
        rules: rules.descriptors,
        notifications: notices,
        supported_taxonomies: taxa.components(),
    };
    let root = BaseId { description: Message::new("The root of the sources.") };
    let run = Run {
        tool: Tool { driver },
        invocations: vec![Invocation {
            execution_successful: true,
            tool_execution_notifications: notifications,
        }],
        automation_details: AutomationDetails { id: options.profile.run_id(material.product_name()) },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
        taxonomies: taxa.tables(),
        results,
        properties: run_properties(material),
    };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: vec![run],
    };
    super::json::pretty(&log)
}

/// What is wrong with the texts, as notices of the run: it says nothing about the product.
fn notifications(
    material: &Material<'_>,
    places: &Places<'_>,
) -> (Vec<shapes::Descriptor>, Vec<Notification>) {
    let mut descriptors: Vec<shapes::Descriptor> = Vec::new();
    let mut notifications = Vec::new();
    for problem in material.problems.iter().filter(|problem| material.is_own(problem.primary.place.file)) {
        let known = descriptors.iter().position(|descriptor| *descriptor.id == *problem.code);
        let index = known.unwrap_or_else(|| {
            descriptors.push(rules::notice(&problem.code, &title_of(material, problem)));
            descriptors.len() - 1
        });
        notifications.push(Notification {
            descriptor: DescriptorReference { id: problem.code.to_string(), index },
            level: match problem.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
            },
            message: Message::new(problem.message.clone()),
            locations: vec![places.location(problem.primary.place)],
        });
    }
    (descriptors, notifications)
}

/// What a code or a lint is about.
fn title_of(material: &Material<'_>, problem: &Diagnostic) -> String {
    let lint = material.model.lints.iter().find(|lint| *lint.name == *problem.code);
    let code = codes::find(&problem.code).map(|code| code.title.to_owned());
    lint.map(|lint| lint.title.to_string()).or(code).unwrap_or_else(|| problem.code.to_string())
}

/// What the numbers hang on, and what they come to.
fn run_properties(material: &Material<'_>) -> Properties {
    let assessment = material.assessment;
    let deployments: Vec<Value> = assessment
        .deployments
        .iter()
        .map(|assessed| {
            json!({
                "name": &*assessed.name,
                "seriousLossProbability": assessed.serious,
                "exposure": assessed.exposure,
            })
        })
        .collect();
    let other_numbers: Vec<Value> = material
        .model
        .changed
        .iter()
        .map(|changed| json!({ "name": &*changed.name, "now": in_words(material.model, &changed.now) }))
        .collect();
    let mut properties = Properties::from([
        ("prod/constants", Value::from(&*assessment.constants.version)),
        ("prod/today", Value::from(date_text(assessment.today))),
        ("prod/deployments", Value::from(deployments)),
    ]);
    if !other_numbers.is_empty() {
        properties.insert("prod/otherNumbers", Value::from(other_numbers));
    }
    properties
}

/// A risk on its way into the file, for the sorting of rules and results.
type Ranked<'a> = [Found<'a>];
