//! What is taken to be true without proof stands in every output that lists the state of a product.

use serde_json::Value;

use crate::run::{package, prodc};

const SHOP: &str = "let team = \"payments@acme.example\"\n\
product shop { owner = team }\n\
integration psp: saas.Payment\n\
assumption \"The provider validates card data\" { about = [psp]; owner = team; review = 2026-11-22 }\n\
assumption network \"The network is flat\" { review = 2026-11-23 }\n\
assumption bare\n";

#[test]
fn assumptions_are_listed_and_those_overdue_are_told_apart() {
    let directory = package(&[("shop.prod", SHOP.as_bytes())]);
    let summary = prodc(directory.path(), &["risks"]);
    let listed = "assumptions\n  The provider validates card data, about psp, by payments@acme.example, review\n    \
                  2026-11-22, overdue\n  The network is flat, review 2026-11-23\n  bare\n";
    assert!(summary.out.contains(listed), "{}", summary.out);

    let json = prodc(directory.path(), &["risks", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let all = json["assumptions"].as_array().unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["assumption"], "The provider validates card data");
    assert_eq!(all[0]["about"], serde_json::json!(["psp"]));
    assert_eq!(all[0]["owner"], "payments@acme.example");
    assert_eq!((&all[0]["review"], &all[0]["overdue"]), (&Value::from("2026-11-22"), &Value::from(true)));
    assert_eq!(all[1]["overdue"], false);
    assert_eq!((&all[2]["owner"], &all[2]["review"]), (&Value::Null, &Value::Null));
    assert_eq!(all[1]["place"]["line"], 5);

    let checked = prodc(directory.path(), &["check"]);
    assert_eq!(checked.err.matches("model-assumption-overdue").count(), 1, "{}", checked.err);
}

#[test]
fn a_package_without_assumptions_has_no_such_section() {
    let directory = package(&[("shop.prod", b"product shop { owner = \"a@b.example\" }\n")]);
    let summary = prodc(directory.path(), &["risks"]);
    assert!(!summary.out.contains("assumptions\n"), "{}", summary.out);
}
