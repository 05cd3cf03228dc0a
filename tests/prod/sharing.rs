//! What the command line does with packages that depend on packages: the lock, rules that are switched off, files outside.

use std::fs;
use std::path::Path;

use prod::cli::Exit;
use serde_json::Value;

use crate::run::{package, prodc};

const PLATFORM: &[u8] = b"kind Service extends service.RestApi {}\ncomponent gateway: Service\n";
const SHOP: &[u8] = b"use platform\ndata order: data.Personal { confidentiality = high }\nactor customer: actor.User\n\
component api: platform.Service { stores = [order] }\nflow customer -> platform.gateway over http { carries = [order] }\n\
flow platform.gateway -> api over http { carries = [order] }\n";
const OF_PLATFORM: &[u8] = b"[package]\nname = \"platform\"\nversion = \"1.0.0\"\n";
const OF_SHOP: &str = "[package]\nname = \"shop\"\n[dependencies]\nplatform = { path = \"../platform\" }\n";

/// A shop that stands on a platform, with more settings.
fn shop(settings: &str) -> tempfile::TempDir {
    let settings = format!("{OF_SHOP}{settings}");
    package(&[
        ("platform/prod.toml", OF_PLATFORM),
        ("platform/platform.prod", PLATFORM),
        ("shop/prod.toml", settings.as_bytes()),
        ("shop/shop.prod", SHOP),
    ])
}

fn lock_of(directory: &Path) -> String {
    fs::read_to_string(directory.join("shop/prod.lock")).unwrap()
}

#[test]
fn the_lock_holds_what_was_looked_at() {
    let directory = shop("");
    let run = |command: &str| prodc(directory.path(), &[command, "shop"]);
    let loose = run("check");
    assert_eq!(loose.exit, Exit::Clean, "{}", loose.err);
    assert!(loose.err.contains("nothing says which content of `platform` was looked at"), "{}", loose.err);

    assert_eq!(run("lock").out, "platform 1.0.0 (../platform): locked\n");
    let first = lock_of(directory.path());
    assert_eq!(run("lock").out, "platform 1.0.0 (../platform): as before\n");
    assert_eq!(lock_of(directory.path()), first, "the same packages give the same bytes");
    let held = run("check");
    assert!(held.exit == Exit::Clean && !held.err.contains("prodc lock"), "{}", held.err);

    let changed = [PLATFORM, b"component audit: Service\n"].concat();
    fs::write(directory.path().join("platform/platform.prod"), changed).unwrap();
    for command in ["check", "risks", "build", "test", "questions", "diagram"] {
        let ran = run(command);
        assert_eq!(ran.exit, Exit::Usage, "{command}");
        assert!(ran.err.contains("P0912") && ran.err.contains("run `prodc lock`"), "{command}: {}", ran.err);
    }
    assert_eq!(run("lock").out, "platform 1.0.0 (../platform): changed\n");
    assert_eq!(run("check").exit, Exit::Clean);
}

#[test]
fn line_ends_and_the_place_of_a_package_are_no_change() {
    let directory = shop("");
    assert_eq!(prodc(directory.path(), &["lock", "shop"]).exit, Exit::Clean);
    let path = directory.path().join("platform/platform.prod");
    let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(path, text).unwrap();
    fs::rename(directory.path().join("platform"), directory.path().join("base")).unwrap();
    let settings = OF_SHOP.replace("../platform", "../base");
    fs::write(directory.path().join("shop/prod.toml"), settings).unwrap();
    let ran = prodc(directory.path(), &["check", "shop"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
}

#[test]
fn a_lock_that_is_none_is_written_anew() {
    let directory = shop("");
    for bad in
        ["no toml", "format = 7\n", "format = 1\nsurprise = 2\n", "format = 1\n[[package]]\nname = 3\n"]
    {
        fs::write(directory.path().join("shop/prod.lock"), bad).unwrap();
        let ran = prodc(directory.path(), &["check", "shop"]);
        assert!(ran.exit == Exit::Usage && ran.err.contains("P0912"), "{bad}: {}", ran.err);
        assert_eq!(prodc(directory.path(), &["lock", "shop"]).exit, Exit::Clean, "{bad}");
        assert_eq!(prodc(directory.path(), &["check", "shop"]).exit, Exit::Clean, "{bad}");
    }
}

#[test]
fn without_settings_there_is_nothing_to_lock_or_use() {
    let directory = package(&[("main.prod", b"use platform\ncomponent api: service.RestApi\n")]);
    let locked = prodc(directory.path(), &["lock"]);
    assert!(locked.exit == Exit::Usage && locked.err.contains("P0909"), "{}", locked.err);
    let checked = prodc(directory.path(), &["check", "main.prod"]);
    assert_eq!(checked.exit, Exit::Broken);
    assert!(checked.err.contains("P0209") && checked.err.contains("[dependencies]"), "{}", checked.err);

    let alone = package(&[("prod.toml", b"[package]\nname = \"a\"\n"), ("main.prod", PLATFORM)]);
    let ran = prodc(alone.path(), &["lock"]);
    assert!(ran.exit == Exit::Clean && ran.err.contains("depends on no other"), "{}", ran.err);
    assert!(!alone.path().join("prod.lock").exists());
}

#[cfg(unix)]
#[test]
fn links_in_a_dependency_are_not_followed_out_of_it() {
    let outside = package(&[("secret.prod", b"component broken: no.Such.Kind\n")]);
    let directory = shop("");
    let platform = directory.path().join("platform");
    std::os::unix::fs::symlink(outside.path(), platform.join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.prod"), platform.join("s.prod")).unwrap();
    let ran = prodc(directory.path(), &["check", "shop"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
}

#[test]
fn a_rule_that_is_switched_off_is_listed_and_does_not_gate() {
    let rule = "flow-cleartext-sensitive";
    let gated = ["risks", "shop", "--format", "json", "--fail-on", "low"];
    let on = shop("");
    let on: Value = serde_json::from_str(&prodc(on.path(), &gated).out).unwrap();
    assert!(weakness(&on, rule)["status"]["is"] == "open", "{on}");

    let directory = shop(&format!("[assess]\nrules.{rule} = {{ off = \"plain on purpose\" }}\n"));
    let off: Value = serde_json::from_str(&prodc(directory.path(), &gated).out).unwrap();
    assert_eq!(off["switched_off"][0]["name"], rule);
    assert_eq!(off["switched_off"][0]["because"], "plain on purpose");
    assert_eq!(weakness(&off, rule)["status"]["is"], "off");
    assert_eq!(weakness(&off, rule)["numbers"], weakness(&on, rule)["numbers"]);
    assert_eq!(off["deployments"][0]["losses"], on["deployments"][0]["losses"], "attacks are what they were");

    let summary = prodc(directory.path(), &["risks", "shop"]).out;
    assert!(!summary.contains(&format!("{rule} on ")), "{summary}");
    assert!(summary.contains(&format!("{rule} (2 not counted): plain on purpose")), "{summary}");

    let sarif = prodc(directory.path(), &["risks", "shop", "--format", "sarif"]).out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"].as_str().unwrap().starts_with(rule)).unwrap();
    assert_eq!(result["suppressions"][0]["status"], "accepted");
    assert!(result["suppressions"][0]["justification"].as_str().unwrap().contains("plain on purpose"));
    let github = ["risks", "shop", "--format", "sarif", "--sarif-profile", "github"];
    assert!(!prodc(directory.path(), &github).out.contains(rule));
}

#[test]
fn a_lint_that_is_switched_off_is_silent() {
    let lint = "model-owner-missing";
    let with = |settings: &str| {
        let directory = shop(settings);
        fs::write(directory.path().join("shop/product.prod"), "product shop {}\n").unwrap();
        prodc(directory.path(), &["check", "shop"]).err
    };
    assert!(with("").contains(lint));
    let silent = with(&format!("[assess]\nrules.{lint} = {{ off = \"everybody knows\" }}\n"));
    assert!(!silent.contains(lint), "{silent}");
}

fn weakness<'a>(report: &'a Value, rule: &str) -> &'a Value {
    let all = report["deployments"][0]["weaknesses"].as_array().unwrap();
    all.iter().find(|weakness| weakness["rule"] == rule).unwrap_or_else(|| panic!("{report}"))
}
