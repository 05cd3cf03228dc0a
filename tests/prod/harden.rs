//! The way down: cures in order, what they bring, and that it is true.

use prod::cli::Exit;
use serde_json::Value;

use crate::cli::OPEN;
use crate::package::root;
use crate::run::{package, prodc};

fn plan(directory: &std::path::Path, arguments: &[&str]) -> (Exit, Value) {
    let ran = prodc(directory, &[&["harden", "--format", "json"], arguments].concat());
    (ran.exit, serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err)))
}

/// What stands in a plan, pasted into `--what-if`, brings what the plan says.
#[test]
fn plans_hold_when_they_are_pasted() {
    let root = root();
    let mut seen = 0;
    for example in ["examples/payments", "examples/ledger", "examples/assistant"] {
        let (exit, report) = plan(&root, &[example]);
        assert_eq!(exit, Exit::Clean, "{example}");
        for deployment in report["deployments"].as_array().unwrap() {
            let name = deployment["name"].as_str().unwrap();
            let stages = deployment["stages"].as_array().unwrap();
            let mut statements = format!("in {name}");
            for stage in stages {
                statements.push_str(&format!("\n{}", stage["statement"].as_str().unwrap()));
                let ran = prodc(
                    &root,
                    &["risks", example, "--in", name, "--format", "json", "--what-if", &statements],
                );
                assert_eq!(ran.exit, Exit::Clean, "{statements}: {}", ran.err);
                let report: Value = serde_json::from_str(&ran.out).unwrap();
                let after = &report["deployments"][0];
                assert_eq!(after["worst"]["score"], stage["after"]["score"], "{statements}");
                assert_eq!(after["exposure"], stage["exposure"], "{statements}");
                seen += 1;
            }
            let last = stages.last().map_or(&deployment["before"], |stage| &stage["after"]);
            assert!(last["score"].as_f64().unwrap() < 7.0, "{example}, {name}");
        }
    }
    assert!(seen > 6, "only {seen} stages");
}

#[test]
fn the_plan_of_a_bare_product_is_told() {
    let ran = prodc(&root(), &["harden", "examples/ledger"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    insta::with_settings!({ snapshot_path => root().join("tests/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("hardened", ran.out);
    });
}

#[test]
fn fewer_worlds_of_effort_are_not_needed() {
    let (_, report) = plan(&root(), &["examples/payments", "--in", "production"]);
    let stages = report["deployments"][0]["stages"].as_array().unwrap();
    let statements: Vec<&str> = stages.iter().map(|stage| stage["statement"].as_str().unwrap()).collect();
    assert_eq!(
        statements,
        ["with webhook { replay_protection = nonce_timestamp }", "with psp { assurance = assessed }"]
    );
    let (_, report) = plan(&root(), &["examples/payments", "--in", "production", "--to", "high"]);
    assert_eq!(report["deployments"][0]["stages"].as_array().unwrap().len(), 1, "one is enough for `high`");
}

const CALL_BACK: &[u8] = br#"product shop "Shop" { owner = "a@b.example" }
/// Payments above a limit wait for a call.
kind control.CallBack extends control { class = very_strong; counters = [replay]; effort = small }
data order: data.Transaction { integrity = very_high }
actor customer: actor.User
integration psp: saas.Payment { processes = [order]; assurance = assessed }
component api: service.RestApi { processes = [order]; authz = policy }
flow pay: customer -> psp over https { authn = mfa }
flow webhook: psp -> api over https { carries = [order]; authn = hmac; replay_protection = nonce }
"#;

#[test]
fn a_kind_of_ones_own_is_proposed_for_what_it_counters() {
    let directory = package(&[("main.prod", CALL_BACK)]);
    let ran = prodc(
        directory.path(),
        &["explain", "corruption(order)", "--what-if", "with webhook { replay_protection = none }"],
    );
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    let known = "control call-back-webhook: control.CallBack { protects = [webhook]; evidence = tested }";
    let told = |ran: &crate::run::Ran| ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told(&ran).contains("replay_protection = nonce_timestamp"),
        "what is supposed is what is cured: {}",
        ran.out
    );
    let ran = prodc(directory.path(), &["harden", "--to", "low"]);
    assert!(told(&ran).contains(known), "{}", ran.out);
}

#[test]
fn a_control_that_is_there_or_planned_is_made_better() {
    for (said, cure) in [
        ("status = planned; evidence = tested", "with hiding { status = implemented }"),
        ("evidence = tested; verified = 2020-01-01", "with hiding { verified = 2026-11-23 }"),
        ("evidence = claimed", "with hiding { evidence = tested }"),
    ] {
        let text = format!(
            "product p \"P\" {{ owner = \"a@b.example\" }}\ndata d: data.Personal\nstate got(d: data)\n\
             loss gone(d: data) {{ when got(d)\n impact very_high }}\n\
             step told {{ for d: data\n gives got(d)\n chance easy\n guarded by [control.Hiding] }}\n\
             /// It is put away.\nkind control.Hiding extends control {{ class = very_strong; effort = small }}\n\
             control hiding: control.Hiding {{ protects = [d]; {said} }}\n"
        );
        let directory = package(&[("main.prod", text.as_bytes())]);
        let ran = prodc(directory.path(), &["harden", "--to", "high"]);
        assert_eq!(ran.exit, Exit::Clean, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains(&format!("  1 {cure}\n")), "{said}: {}", ran.out);
        assert!(!ran.out.contains("  2 "), "{said}: {}", ran.out);
    }
}

#[test]
fn a_product_that_cannot_be_cured_says_so() {
    // Nobody guards against what is public by nature: the actor reads what the data is.
    let text = b"product p \"P\" { owner = \"a@b.example\" }\ndata d: data.Personal\nloss gone(d: data) { when got(d)\n impact very_high }\nstate got(d: data)\nstep told { for d: data\n gives got(d)\n chance easy }\n";
    let directory = package(&[("main.prod", text)]);
    let ran = prodc(directory.path(), &["harden"]);
    assert_eq!(ran.exit, Exit::Findings, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("nothing that the model or the library knows of"), "{}", ran.out);
    let empty = package(&[("main.prod", b"product p \"P\" { owner = \"a@b.example\" }\n")]);
    let ran = prodc(empty.path(), &["harden"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    assert!(ran.out.contains("nothing to lose is declared"), "{}", ran.out);
}

#[test]
fn wrong_words_end_with_2() {
    let directory = package(&[("main.prod", OPEN)]);
    for arguments in
        [&["harden", "--to", "none"] as &[&str], &["harden", "--in", "nowhere"], &["harden", "--to", "tiny"]]
    {
        assert_eq!(prodc(directory.path(), arguments).exit, Exit::Usage, "{arguments:?}");
    }
}
