//! Explanations: they replay, they say what each control is worth, and what would bring a risk down.

use prod::assess::{Assessed, explain};
use prod::cli::Exit;
use prod::emit::explain::{find, json};
use prod::workspace::{self, Analysis, Depth, Text};
use serde_json::Value;

use crate::cli::OPEN;
use crate::package::{files_below, root, standard, text_of};
use crate::run::{package, prodc};

/// The packages whose explanations are replayed: the examples, and the corpus of assessments.
fn packages() -> Vec<(String, Analysis)> {
    let (library, settings) = standard();
    let root = root();
    let mut packages: Vec<(String, Vec<Text>)> = Vec::new();
    for example in ["examples/payments", "examples/ledger", "examples/assistant"] {
        let files = files_below(&root.join(example), "prod");
        let texts = files
            .iter()
            .map(|file| text_of(file, &root))
            .map(|(path, text)| Text { path: path.as_str().into(), text: text.as_str().into() });
        packages.push((example.to_owned(), texts.collect()));
    }
    for file in files_below(&root.join("tests/corpus/assess"), "prod") {
        let (path, text) = text_of(&file, &root);
        packages.push((path.clone(), vec![Text { path: path.as_str().into(), text: text.as_str().into() }]));
    }
    let analysed = packages.into_iter().map(|(name, texts)| {
        let analysis = workspace::analyse(&library, &texts, Depth::Assess, &settings);
        (name, analysis)
    });
    analysed.filter(|(_, analysis)| analysis.compiles()).collect()
}

/// The worst losses and weaknesses of a deployment, and one that is rare.
fn some_ids(assessed: &Assessed) -> Vec<String> {
    let losses = assessed.losses.iter().filter(|loss| loss.numbers.residual.value() > 0.0);
    let mut ids: Vec<String> = losses.clone().take(2).map(|loss| loss.id.to_string()).collect();
    ids.extend(losses.rev().take(1).map(|loss| loss.id.to_string()));
    ids.extend(assessed.weaknesses.iter().take(2).map(|weakness| weakness.id.to_string()));
    ids.dedup();
    ids
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn same(what: &str, found: f64, printed: f64) {
    assert!((found - printed).abs() <= 1e-9 * printed.abs().max(1e-12), "{what}: {found} is not {printed}");
}

/// Multiplies the factors again, and compares what comes out with what is printed.
fn replay(id: &str, report: &Value) -> (bool, bool) {
    let risk = if report["loss"].is_object() { &report["loss"] } else { &report["weakness"] };
    let explanation = &report["explanation"];
    let numbers = &risk["numbers"]["residual"];
    let (likelihood, impact) = (number(&numbers["likelihood"]), number(&numbers["impact"]));
    let score = (10.0 + 2.0 * (likelihood * impact).log10()).clamp(0.0, 10.0);
    same(id, score, number(&numbers["score"]));

    let none = Vec::new();
    let steps = risk["attack"]["steps"].as_array().unwrap_or(&none);
    let factors = explanation["factors"].as_array().unwrap();
    assert_eq!(steps.len(), factors.len(), "{id}");
    let mut whole = 1.0;
    for (step, factors) in steps.iter().zip(factors) {
        let factors = factors.as_array().unwrap();
        let product: f64 = factors.iter().map(|factor| number(&factor["probability"])).product();
        same(&format!("{id}, {}", step["text"]), product, number(&step["probability"]));
        whole *= product;
    }
    if !steps.is_empty() {
        same(id, whole, number(&risk["attack"]["probability"]));
    }
    let Some(parts) = explanation["impact"].as_object() else { return (false, false) };
    same(id, ["declared", "held", "left"].map(|part| number(&parts[part])).iter().product(), impact);
    if let Some(worlds) = explanation["worlds"].as_object() {
        same(id, number(&worlds["had"]) / number(&worlds["of"]), likelihood);
        return (true, false);
    }
    let bound = explanation["bound"].as_array().unwrap();
    let powers = bound.iter().map(|step| number(&step["probability"]).powf(number(&step["times"])));
    same(id, powers.product(), likelihood);
    (false, true)
}

#[test]
fn explanations_replay() {
    let (_, settings) = standard();
    let (mut counted, mut rare, mut weak) = (0, 0, 0);
    for (name, analysis) in packages() {
        let material = analysis.material().unwrap();
        for (assessed, product) in material.assessment.deployments.iter().zip(analysis.deployments.iter()) {
            for id in some_ids(assessed) {
                let explained = explain(product, &analysis.deployments, &settings, &id);
                let explained = explained.unwrap_or_else(|| panic!("{name}: {id} is not explained"));
                let found = find(material.assessment, &id).unwrap();
                let report = json(&material, &found, Some(&explained), None, None);
                let (is_counted, is_rare) =
                    replay(&format!("{name}: {id}"), &serde_json::from_str(&report).unwrap());
                counted += usize::from(is_counted);
                rare += usize::from(is_rare);
                weak += usize::from(!is_counted && !is_rare);
            }
        }
    }
    assert!(counted > 10 && rare > 0 && weak > 5, "{counted} counted, {rare} rare, {weak} weaknesses");
}

#[test]
fn the_worst_loss_of_the_shop_has_its_cheapest_cure() {
    let ran = prodc(&root(), &["explain", "corruption(payments)@production", "examples/payments"]);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Clean, ""));
    insta::with_settings!({ snapshot_path => root().join("tests/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("explained-loss", ran.out);
    });
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("cheapest cure: `with webhook { replay_protection = nonce_timestamp }` -> high 7.2; then `with psp { assurance = assessed }` -> medium 6.8"), "{told}");
}

/// What a control is worth is what the whole assessment says without it.
#[test]
fn credit_is_what_a_rerun_says() {
    for (loss, deployment) in
        [("disclosure(customers)", "production"), ("corruption(payments)", "production")]
    {
        let id = format!("{loss}@{deployment}");
        let ran = prodc(&root(), &["explain", &id, "examples/payments", "--format", "json"]);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let controls = &report["explanation"]["controls"];
        let at_work = controls["at_work"].as_array().unwrap();
        assert!(at_work.len() > 3, "{controls}");
        let mut worth: Vec<(String, Value)> = at_work
            .iter()
            .map(|credit| (credit["of"].as_str().unwrap().to_owned(), credit["without"]["score"].clone()))
            .collect();
        let now = report["loss"]["numbers"]["residual"]["score"].clone();
        worth.extend(
            controls["idle"]
                .as_array()
                .unwrap()
                .iter()
                .map(|control| (control.as_str().unwrap().to_owned(), now.clone())),
        );
        for (control, score) in worth.into_iter().filter(|(of, _)| !of.contains('.')) {
            let without = format!("without {control}");
            let ran =
                prodc(&root(), &["risks", "examples/payments", "--format", "json", "--what-if", &without]);
            let report: Value = serde_json::from_str(&ran.out).unwrap();
            let losses = report["deployments"][0]["losses"].as_array().unwrap();
            let found = losses.iter().find(|each| each["id"] == *id).unwrap();
            assert_eq!(found["numbers"]["residual"]["score"], score, "{id} without {control}");
        }
    }
}

const TWO_HOLES: &[u8] = br#"product shop "Shop" { owner = "a@b.example" }
data card: data.Cardholder
actor someone: actor.User
component front: service.RestApi { authz = policy }
component back: service.RestApi { authz = policy }
component left: store.Postgres { stores = [card] }
flow someone -> front over https { authn = mfa }
flow a: front -> left over postgres { carries = [card]; authn = none; encryption = none }
flow b: back -> left over postgres { carries = [card]; authn = none; encryption = none }
flow someone -> back over https { authn = mfa }
"#;

#[test]
fn a_second_hole_is_named() {
    let directory = package(&[("main.prod", TWO_HOLES)]);
    let ran = prodc(directory.path(), &["risks", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let weaknesses = report["deployments"][0]["weaknesses"].as_array().unwrap();
    let mut named = 0;
    for weakness in weaknesses {
        let id = weakness["id"].as_str().unwrap();
        let ran = prodc(directory.path(), &["explain", id, "--format", "json"]);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        for fix in report["explanation"]["fixes"].as_array().unwrap() {
            let (before, after) = (number(&fix["before"]["score"]), number(&fix["after"]["score"]));
            assert!(after <= before, "{id}: fixing it makes nothing worse");
            if after > before - 0.05 {
                named += 1;
                assert!(!fix["remains"].as_array().unwrap().is_empty(), "{id}: {fix}");
                let page = prodc(directory.path(), &["explain", id]).out;
                assert!(page.contains("nothing changes for"), "{page}");
            }
        }
    }
    assert!(named > 0, "no weakness of {} has another beside it", weaknesses.len());
}

#[test]
fn defaults_and_age_are_marked() {
    let directory = package(&[("main.prod", OPEN)]);
    let ran = prodc(directory.path(), &["explain", "disclosure(card)"]);
    assert!(ran.out.contains("(a default: nobody said)"), "{}", ran.out);
    assert!(ran.out.contains("(by its kind)"), "{}", ran.out);
    let ran = prodc(
        &root(),
        &["explain", "disclosure(customers)@production", "examples/payments", "--today", "2027-08-01"],
    );
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("evidence audited 2026-05-01, 457 days ago, expired"), "{told}");
}

#[test]
fn what_cannot_be_explained_says_what_can() {
    for (what, arguments, help) in [
        ("corruption(paymens)", &[] as &[&str], "did you mean `corruption(payments)`"),
        ("corruption(payments)", &[], "`corruption(payments)@staging`"),
        ("nothing(here)@nowhere", &[], "prodc risks --format json"),
        ("saas-payment-replay", &["--format", "json"], "only risks are written as JSON"),
        ("P0201", &["--what-if", "without waf"], "only risks are written as JSON"),
    ] {
        let ran = prodc(&root(), &[&["explain", what, "examples/payments"], arguments].concat());
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""), "{what}");
        assert!(ran.err.contains(help), "{what}: {}", ran.err);
    }
}

#[test]
fn a_supposition_is_explained() {
    let nonce = ["--what-if", "with webhook { replay_protection = nonce_timestamp }"];
    let page = |id: &str| prodc(&root(), &[&["explain", id, "examples/payments"], &nonce[..]].concat());
    let ran = page("corruption(payments)@production");
    assert!(ran.out.contains("corruption(payments)  critical 9.4  high 7.2"), "{}", ran.out);
    assert!(ran.out.contains("HIGH 7.2 [6.1–8.2]  corruption of payments in production"), "{}", ran.out);
    assert!(!ran.out.contains("staging"), "only the deployment that the risk is in: {}", ran.out);
    let ran = page("saas-payment-replay@webhook");
    assert!(ran.out.contains("`saas-payment-replay@webhook@production` is gone"), "{}", ran.out);
}
