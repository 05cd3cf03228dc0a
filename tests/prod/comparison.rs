//! `prodc diff`: deployments side by side.

use prod::cli::Exit;

use crate::package::root;
use crate::run::{package, prodc};

#[test]
fn deployments_are_compared() {
    let compared = |format: &str| {
        let asked =
            ["diff", "examples/payments", "--deployments", "production", "staging", "--format", format];
        let ran = prodc(&root(), &asked);
        assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
        ran.out
    };
    let text = compared("human");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let has = |wanted: &[&str]| {
        text.lines().any(|line| {
            words(line).starts_with(&wanted.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        })
    };
    assert!(has(&["flow", "webhook.replay_protection", "none"]), "{text}");
    assert!(has(&["saas-payment-replay@webhook", "critical", "9.4", "-"]), "{text}");
    assert!(has(&["control", "waf"]), "{text}");
    // What nobody wrote on either side, and what is the same on both, is no difference.
    assert!(!text.contains("component storefront") && !text.contains("deployment.region"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&compared("json")).unwrap();
    let gone = json["declared"].as_array().unwrap().iter().find(|change| change["path"] == "waf").unwrap();
    assert_eq!(gone["change"], "first");
    assert_eq!(json["weaknesses"][0]["id"], "saas-payment-replay@webhook");
    assert!(json["weaknesses"][0]["second"].is_null());

    let ran = prodc(&root(), &["diff", "examples/payments", "--deployments", "staging", "staging"]);
    assert!(ran.out.contains("they are alike"), "{}", ran.out);
    let ran = prodc(&root(), &["diff", "examples/payments", "--deployments", "stagin", "production"]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.err.contains("`stagin`") && ran.err.contains("`staging`"), "{}", ran.err);
}

#[test]
fn what_is_open_to_the_internet_in_one_alone_is_told() {
    let text = b"component db: store.Postgres
deployment open: aws.Account {
  zone a: aws.PublicSubnet { run db; allow way: internet -> db over postgres }
}
deployment closed like open { without a.way }
";
    let directory = package(&[("main.prod", text)]);
    let ran = prodc(directory.path(), &["-q", "diff", "--deployments", "open", "closed"]);
    let words: Vec<&str> = ran.out.split_whitespace().collect();
    let told = ["exposed", "to", "the", "internet", "open", "closed", "db", "yes", "no"];
    assert!(words.windows(told.len()).any(|window| window == told), "{}{}", ran.out, ran.err);
}
