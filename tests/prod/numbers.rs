//! Numbers that are not the library's stand in every output: scores with them compare with none of others.

use serde_json::Value;

use crate::run::{package, prodc};

const SHOP: &str = "product shop\n\
override enum Difficulty { easy = 40% }\n\
override kind control.Waf { class = weak }\n\
override attacker opportunist { active = 20% }\n\
override attacker opportunist { from = internet }\n\
data card: data.Cardholder\n\
component api: service.RestApi { processes = [card] }\n";

#[test]
fn numbers_that_are_not_the_librarys_are_listed_with_what_they_were() {
    let directory = package(&[("shop.prod", SHOP.as_bytes())]);
    let summary = prodc(directory.path(), &["risks"]).out;
    let listed = "numbers that are not the library's\n  Difficulty.easy is 40% instead of 80% (shop.prod:2)\n  \
                  control.Waf.class is weak instead of moderate (shop.prod:3)\n  \
                  opportunist.active is 20% instead of 95% (shop.prod:4)\n";
    assert!(summary.contains(listed), "{summary}");

    let json: Value =
        serde_json::from_str(&prodc(directory.path(), &["risks", "--format", "json"]).out).unwrap();
    let numbers = json["other_numbers"].as_array().unwrap();
    assert_eq!(numbers.len(), 3);
    assert_eq!(numbers[0]["name"], "Difficulty.easy");
    assert_eq!((&numbers[0]["was"], &numbers[0]["now"]), (&Value::from("80%"), &Value::from("40%")));
    assert_eq!(numbers[1]["place"]["line"], 3);

    let sarif: Value =
        serde_json::from_str(&prodc(directory.path(), &["risks", "--format", "sarif"]).out).unwrap();
    let numbers = &sarif["runs"][0]["properties"]["prod/otherNumbers"];
    assert_eq!(numbers[1], serde_json::json!({ "name": "control.Waf.class", "now": "weak" }));
}

#[test]
fn a_package_that_changes_no_number_lists_none() {
    let directory =
        package(&[("shop.prod", b"product shop { owner = \"a@b.example\" }\ndata card: data.Cardholder\n")]);
    let summary = prodc(directory.path(), &["risks"]).out;
    assert!(!summary.contains("not the library's"), "{summary}");
    let sarif = prodc(directory.path(), &["risks", "--format", "sarif"]).out;
    assert!(sarif.contains("prod/constants") && !sarif.contains("otherNumbers"));
}
