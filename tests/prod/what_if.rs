//! What is only supposed: the difference it makes, in which words it is said, and what is wrong with it.

use prod::cli::Exit;
use serde_json::Value;

use crate::cli::OPEN;
use crate::package::root;
use crate::run::{package, prodc};

const NONCE: &str = "with webhook { replay_protection = nonce_timestamp }";

fn risks(statements: &[&str], format: &str) -> (Exit, String, String) {
    let mut arguments = vec!["risks", "examples/payments", "--min", "medium", "--format", format];
    statements.iter().for_each(|statement| arguments.extend(["--what-if", statement]));
    let ran = prodc(&root(), &arguments);
    (ran.exit, ran.out, ran.err)
}

#[test]
fn the_difference_stands_before_the_risks() {
    let (exit, out, err) = risks(&[NONCE, "in production; with psp { assurance = assessed }"], "human");
    assert_eq!((exit, err.as_str()), (Exit::Clean, ""));
    let mut looks = insta::Settings::clone_current();
    looks.set_snapshot_path("../snapshots");
    looks.set_prepend_module_to_snapshot(false);
    looks.bind(|| insta::assert_snapshot!("what-if", out));
}

#[test]
fn programs_are_told_before_and_after() {
    let (_, out, _) = risks(&[NONCE], "json");
    let report: Value = serde_json::from_str(&out).unwrap();
    let production = &report["what_if"]["deployments"][0];
    assert_eq!(production["name"], "production");
    let moved = &production["losses"][0];
    assert_eq!((&moved["id"], &moved["first"]["band"]), (&"corruption(payments)".into(), &"critical".into()));
    assert_eq!(moved["second"]["band"], "high");
    let gone = &production["weaknesses"][0];
    assert_eq!((&gone["id"], &gone["second"]), (&"saas-payment-replay@webhook".into(), &Value::Null));
    assert_eq!(report["deployments"][0]["worst"]["band"], "high", "what follows is the product as supposed");
    let (_, plain, _) = risks(&[], "json");
    assert!(!plain.contains("what_if"));
}

#[test]
fn a_control_that_is_not_there_yet_may_be_declared() {
    let second = "control second: control.VendorAssessment { protects = [psp]; evidence = tested }";
    let (_, out, _) = risks(&[NONCE, second], "human");
    assert!(out.contains("corruption(payments)  critical 9.4  medium"), "{out}");
    let (_, out, _) = risks(&[NONCE, &format!("in staging; {second}")], "human");
    assert!(out.contains("corruption(payments)  critical 9.4  high"), "it is in staging alone: {out}");
    assert!(out.contains("corruption(payments)  medium 6.0  medium"), "{out}");
}

#[test]
fn a_control_may_be_left_out() {
    let (_, out, _) = risks(&["without ownership-checks"], "human");
    assert!(out.contains("disclosure(customers)") && out.contains("before"), "{out}");
}

#[test]
fn the_gate_reads_what_is_supposed() {
    let gated = |supposed: &[&str]| {
        let arguments = ["risks", "examples/payments", "--in", "production", "--fail-on", "critical"];
        prodc(&root(), &[&arguments, supposed].concat()).exit
    };
    assert_eq!(gated(&[]), Exit::Findings);
    assert_eq!(gated(&["--what-if", NONCE]), Exit::Clean);
}

#[test]
fn what_is_wrong_is_shown_where_it_is() {
    let directory = package(&[("main.prod", OPEN)]);
    for (statement, code, place) in [
        ("with apii { authz = policy }", "P0201", "what-if:1:6"),
        ("with api { authz = perfect }", "P0206", "what-if:1:20"),
        ("with api { authz = policy", "P0102", "what-if:1:10"),
        ("without api }", "P0106", "what-if:1:13"),
        ("without api; without api", "P0509", "what-if:1:22"),
        ("assert exposed(api)", "P0405", "what-if:1:1"),
        ("authz = policy", "P0405", "what-if:1:1"),
        ("control c: control.Nothing {}", "P0202", "what-if:1:12"),
        ("in api", "P0404", "what-if:1:4"),
        ("test \"x\" { assert true }", "P0405", "what-if:1:1"),
        ("control api: control.Waf", "P0204", "what-if:1:9"),
    ] {
        let ran = prodc(directory.path(), &["risks", "--what-if", statement]);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""), "{statement}: {}", ran.err);
        assert!(ran.err.contains(code) && ran.err.contains(place), "{statement}: {}", ran.err);
    }
    let ran = prodc(directory.path(), &["risks", "--format", "sarif", "--what-if", "without api"]);
    assert_eq!(ran.exit, Exit::Usage, "{}", ran.err);
    assert_eq!(prodc(directory.path(), &["risks", "--what-if", ""]).exit, Exit::Clean);
}
