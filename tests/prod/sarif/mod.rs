//! SARIF: what consumers rely on, checked on every example, for every reader.

use std::collections::BTreeSet;
use std::fs;

use prod::cli::Exit;
use serde_json::Value;

use crate::package::{files_below, root};
use crate::run::{package, prodc};

mod shape;

const EXAMPLES: [&str; 3] = ["payments", "ledger", "assistant"];
const PROFILES: [&str; 5] = ["github", "gitlab", "azure", "defectdojo", "generic"];

fn sarif(example: &str, profile: &str) -> Value {
    let path = format!("examples/{example}");
    let ran = prodc(&root(), &["risks", &path, "--format", "sarif", "--sarif-profile", profile]);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{example}: {error}: {}", ran.err))
}

#[test]
fn every_file_is_sound() {
    for example in EXAMPLES {
        for profile in PROFILES {
            let log = sarif(example, profile);
            check_shape(&log, &format!("{example}, {profile}"));
            assert!(log["$schema"].as_str().unwrap().ends_with(".json"));
            let run = &log["runs"][0];
            let rules = list(&run["tool"]["driver"]["rules"]);
            check_rules(rules, run);
            let mut last = f64::INFINITY;
            for result in list(&run["results"]) {
                check_result(result, rules, run);
                let is_question = result["kind"] == "review";
                let rank = if is_question { -1.0 } else { result["rank"].as_f64().unwrap() };
                assert!(rank <= last, "{example}: results are not sorted");
                last = rank;
            }
        }
    }
}

#[test]
fn what_the_corpus_gives_has_the_shape() {
    let mut seen = 0;
    for phase in ["assess", "graph", "rules", "lints"] {
        for file in files_below(&root().join("tests/corpus").join(phase), "prod") {
            let name = file.to_string_lossy();
            let ran = prodc(&root(), &["risks", &name, "--format", "sarif"]);
            if ran.exit == Exit::Clean {
                let log = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{name}: {error}"));
                check_shape(&log, &name);
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "only {seen} files of the corpus give SARIF");
}

fn check_shape(log: &Value, name: &str) {
    let misfits = shape::misfits(log, &shape::LOG);
    assert!(misfits.is_empty(), "{name}: {misfits:#?}");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn check_rules(rules: &[Value], run: &Value) {
    let mut ids = BTreeSet::new();
    for rule in rules {
        let id = text(&rule["id"]);
        assert!(ids.insert(id), "the rule `{id}` is there twice");
        assert_ne!(id, text(&rule["name"]));
        for field in [
            &rule["shortDescription"]["text"],
            &rule["fullDescription"]["text"],
            &rule["help"]["text"],
            &rule["help"]["markdown"],
        ] {
            assert!(!text(field).trim().is_empty(), "{id}");
        }
        let tags = list(&rule["properties"]["tags"]);
        assert!(tags.len() <= 10 && tags[0] == "security", "{id}: {tags:?}");
        let cwes = tags.iter().filter(|tag| text(tag).contains("cwe"));
        assert!(cwes.into_iter().all(|tag| text(tag).starts_with("external/cwe/cwe-")), "{id}: {tags:?}");
        let question = id.ends_with("/question");
        let severity = &rule["properties"]["security-severity"];
        assert_eq!(question, severity.is_null(), "{id}");
        if !question {
            let number: f64 = text(severity).parse().unwrap();
            let range = match id.rsplit('/').next().unwrap() {
                "critical" => 9.1..=10.0,
                "high" => 7.0..=8.9,
                "medium" => 4.0..=6.9,
                _ => 0.1..=3.9,
            };
            assert!(range.contains(&number), "{id}: {number}");
        }
        let level = text(&rule["defaultConfiguration"]["level"]);
        assert!(["note", "warning", "error"].contains(&level));
        for relationship in list(&rule["relationships"]) {
            check_taxon(&relationship["target"], run);
        }
    }
}

fn check_taxon(reference: &Value, run: &Value) {
    let component = &reference["toolComponent"];
    let taxonomy = &run["taxonomies"][component["index"].as_u64().unwrap() as usize];
    assert_eq!(taxonomy["name"], component["name"]);
    let taxon = &taxonomy["taxa"][reference["index"].as_u64().unwrap() as usize];
    assert_eq!(taxon["id"], reference["id"]);
    assert_eq!(run["taxonomies"][0]["name"], "CWE");
}

fn check_result(result: &Value, rules: &[Value], run: &Value) {
    let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], result["ruleId"]);
    let (kind, level) = (text(&result["kind"]), text(&result["level"]));
    match kind {
        "fail" => assert!(["note", "warning", "error"].contains(&level), "{level}"),
        // The standard: a result of any other kind has no level.
        "review" => assert_eq!(level, "none"),
        other => panic!("a result of kind `{other}`"),
    }
    let locations = list(&result["locations"]);
    assert_eq!(locations.len(), 1);
    check_location(&locations[0]);
    let message = text(&result["message"]["text"]);
    let related = list(&result["relatedLocations"]);
    for (at, location) in related.iter().enumerate() {
        check_location(location);
        assert_eq!(location["id"].as_u64(), Some(at as u64 + 1));
        assert!(message.contains(&format!("]({})", at + 1)), "{message}");
    }
    assert!(!message.contains(&format!("]({})", related.len() + 1)), "{message}");
    assert!(message.ends_with('.'));
    for flow in list(&result["codeFlows"]) {
        let steps = list(&flow["threadFlows"][0]["locations"]);
        assert!(!steps.is_empty());
        for step in steps {
            check_location(&step["location"]);
            assert!(!text(&step["location"]["message"]["text"]).is_empty());
        }
    }
    let prints = &result["partialFingerprints"];
    let (hash, count) = text(&prints["primaryLocationLineHash"]).split_once(':').unwrap();
    assert!(u64::from_str_radix(hash, 16).is_ok() && count.parse::<u32>().is_ok());
    assert!(text(&prints["prodRisk/v1"]).contains('@'));
    let rank = result["rank"].as_f64().unwrap();
    assert!((0.0..=100.0).contains(&rank));
    for taxon in list(&result["taxa"]) {
        check_taxon(taxon, run);
    }
    for suppression in list(&result["suppressions"]) {
        assert_eq!(suppression["status"], "accepted");
        assert!(!text(&suppression["justification"]).is_empty());
    }
}

/// A location is a relative path to a file that is there, and a region inside it.
fn check_location(location: &Value) {
    let physical = &location["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let uri = text(&physical["artifactLocation"]["uri"]);
    assert!(
        !uri.starts_with('/') && !uri.contains(':') && !uri.contains('\\') && !uri.contains(".."),
        "{uri}"
    );
    let below = uri.split_once("examples/").map_or(uri, |(_, below)| below);
    let source = fs::read_to_string(root().join("examples").join(below))
        .unwrap_or_else(|error| panic!("{uri}: {error}"));
    let lines: Vec<&str> = source.split('\n').collect();
    let number = |name: &str| physical["region"][name].as_u64().unwrap() as usize;
    for (line, column) in [("startLine", "startColumn"), ("endLine", "endColumn")] {
        let line = lines[number(line) - 1];
        assert!(number(column) >= 1 && number(column) <= line.chars().count() + 1, "{uri}: {physical}");
    }
    let (start, end) = ("startLine", "endLine");
    assert!((number(start), number("startColumn")) <= (number(end), number("endColumn")));
}

#[test]
fn a_weakness_carries_its_attack() {
    let log = sarif("payments", "github");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "saas-payment-replay/critical");
    assert_eq!(result["level"], "error");
    assert_eq!(result["partialFingerprints"]["prodRisk/v1"], "saas-payment-replay@webhook@production");
    let steps = list(&result["codeFlows"][0]["threadFlows"][0]["locations"]);
    assert!(steps.len() > 1);
    let ids: Vec<&str> = list(&result["taxa"]).iter().map(|taxon| text(&taxon["id"])).collect();
    assert_eq!(ids, ["CWE-294", "CAPEC-60", "API6:2023"]);
}

#[test]
fn questions_are_for_those_who_want_them() {
    let kinds = |profile| {
        let log = sarif("ledger", profile);
        let kinds = list(&log["runs"][0]["results"]).iter().map(|result| text(&result["kind"]).to_owned());
        kinds.collect::<BTreeSet<_>>()
    };
    assert!(!kinds("github").contains("review"));
    assert!(kinds("generic").contains("review"));
}

const ACCEPTED: &str = r#"product shop "Shop"
data order: data.Transaction
integration psp: saas.Payment
component api: service.RestApi
flow webhook: psp -> api over https { carries = [order]; replay_protection = none }
accept saas-payment-replay on webhook {
  as       = accepted
  owner    = "security@shop.example"
  until    = 2027-01-31
  because  = "see [the note](1)"
  max_score = 10
}
"#;

#[test]
fn decided_risks_are_marked_or_left_out() {
    let directory = package(&[("a b.prod", ACCEPTED.as_bytes())]);
    let found = |profile: &str| {
        let ran = prodc(directory.path(), &["risks", "--format", "sarif", "--sarif-profile", profile]);
        let log: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        check_shape(&log, profile);
        let results = list(&log["runs"][0]["results"]).to_vec();
        results.into_iter().find(|result| text(&result["ruleId"]).starts_with("saas-payment-replay/"))
    };
    for profile in ["github", "azure"] {
        assert!(found(profile).is_none(), "{profile}");
    }
    for profile in ["gitlab", "defectdojo", "generic"] {
        let result = found(profile).unwrap_or_else(|| panic!("{profile}"));
        let suppression = &result["suppressions"][0];
        assert_eq!(suppression["kind"], "inSource");
        assert_eq!(suppression["properties"]["expires"], "2027-01-31");
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "a%20b.prod");
    }
}

/// The check of the shape is no mere nod: whatever is broken in a file is seen.
#[test]
fn a_broken_file_is_refused() {
    let mut log = sarif("payments", "generic");
    // One of each is enough, and keeps the test short.
    for list in ["/runs/0/results", "/runs/0/tool/driver/rules"] {
        log.pointer_mut(list).and_then(Value::as_array_mut).unwrap().truncate(2);
    }
    let mut places = Vec::new();
    places_below(&log, String::new(), &mut places);
    assert!(places.len() > 100, "the file has only {} places", places.len());
    for place in &places {
        let is_bag = place.ends_with("/properties") || place.ends_with("/partialFingerprints");
        // Nothing may be a list in a list, and only bags take names of any kind.
        for broken in [Value::from(vec![Vec::<Value>::new()]), Value::Null] {
            refused(&log, place, |value| *value = broken.clone());
        }
        if log.pointer(place).is_some_and(Value::is_object) && !is_bag {
            refused(&log, place, |value| value["surplus"] = Value::from(1));
        }
    }
    let result = "/runs/0/results/0";
    let step = format!("{result}/codeFlows/0/threadFlows/0/locations");
    refused(&log, "/version", |version| *version = Value::from("2.0.0"));
    refused(&log, result, |result| result["kind"] = Value::from("bogus"));
    refused(&log, result, |result| result["level"] = Value::from("fatal"));
    refused(&log, result, |result| result["rank"] = Value::from(100.5));
    refused(&log, result, |result| result["ruleIndex"] = Value::from(0.5));
    refused(&log, result, |result| result["partialFingerprints"]["other"] = Value::from(1));
    refused(&log, &step, |steps| *steps = Value::Array(Vec::new()));
    refused(&log, &format!("{result}/locations/0/physicalLocation/region/startLine"), |line| {
        *line = Value::from(0);
    });
    refused(&log, &format!("{result}/taxa"), |taxa| {
        let first = taxa[0].clone();
        taxa.as_array_mut().unwrap().push(first);
    });
    for (parent, name) in
        [("", "runs"), ("/runs/0", "tool"), ("/runs/0/tool/driver", "name"), (result, "message")]
    {
        refused(&log, parent, |value| {
            value.as_object_mut().unwrap().remove(name).unwrap();
        });
    }
}

/// Where something stands in a file, what is in bags of properties left out.
fn places_below(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !at.ends_with("/properties") => {
            for (name, value) in fields {
                places_below(value, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places_below(value, format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(at);
}

fn refused(log: &Value, place: &str, break_it: impl Fn(&mut Value)) {
    let mut broken = log.clone();
    break_it(broken.pointer_mut(place).unwrap_or_else(|| panic!("nothing stands at `{place}`")));
    let misfits = shape::misfits(&broken, &shape::LOG);
    assert!(!misfits.is_empty(), "a file broken at `{place}` is taken");
}
