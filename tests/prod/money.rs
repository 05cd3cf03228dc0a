//! Money stands in outputs only where the product says what a total loss would cost, and zeros never stand in for nothing.

use serde_json::Value;

use crate::run::{package, prodc};

const SHOP: &str = "data card: data.Cardholder\n\
actor customer: actor.User\n\
component api: service.RestApi { processes = [card]; authz = none }\n\
flow customer -> api over https { carries = [card]; authn = mfa }\n";

fn told(product: &str) -> (String, Value) {
    let directory = package(&[("shop.prod", product.as_bytes())]);
    let summary = prodc(directory.path(), &["risks"]).out;
    let json = prodc(directory.path(), &["risks", "--format", "json"]).out;
    (summary, serde_json::from_str(&json).unwrap())
}

#[test]
fn exposure_is_told_in_money_where_a_total_loss_has_a_price() {
    let (summary, json) = told(&format!("product shop {{ reference_loss = EUR 2_000_000 }}\n{SHOP}"));
    let exposure = json["deployments"][0]["exposure"].as_f64().unwrap();
    let amount = json["deployments"][0]["exposure_in_money"]["amount"].as_f64().unwrap();
    assert!(exposure > 0.3);
    assert!((amount - exposure * 2_000_000.0).abs() <= 50_000.0, "{amount} for {exposure}");
    assert_eq!(amount % 10_000.0, 0.0, "two digits are all that the numbers carry: {amount}");
    assert_eq!(json["deployments"][0]["exposure_in_money"]["currency"], "EUR");
    assert_eq!(json["reference_loss"], serde_json::json!({ "currency": "EUR", "amount": 2_000_000.0 }));
    let grouped = format!("{}", amount as i64);
    let grouped = match grouped.len() {
        7 => format!("{}_{}_{}", &grouped[..1], &grouped[1..4], &grouped[4..]),
        _ => format!("{}_{}", &grouped[..3], &grouped[3..]),
    };
    let told = format!("\n  in money: EUR {grouped} a year, where a total loss costs EUR 2_000_000\n");
    assert!(summary.contains(&told), "{summary}");
}

#[test]
fn without_a_price_there_is_no_money() {
    let (summary, json) = told(&format!("product shop {{ owner = \"a@b.example\" }}\n{SHOP}"));
    assert_eq!(
        (&json["reference_loss"], &json["deployments"][0]["exposure_in_money"]),
        (&Value::Null, &Value::Null)
    );
    assert!(summary.contains("exposure ") && !summary.contains("in money"), "{summary}");
}

#[test]
fn nothing_to_lose_and_no_way_in_are_said_and_not_printed_as_zero() {
    let (summary, json) = told("product shop { reference_loss = EUR 5 }\nactor customer: actor.User\n");
    assert!(summary.starts_with("shop  nothing to lose is declared\n"), "{summary}");
    assert_eq!(
        (&json["deployments"][0]["worst"], &json["deployments"][0]["losable"]),
        (&Value::Null, &Value::from(0))
    );

    let (summary, json) = told(
        "product shop\ndata card: data.Cardholder\ncomponent api: messaging.Queue { stores = [card] }\n",
    );
    let said = "shop  no way in is declared: nothing reaches any of the 5 losses that it could suffer\n";
    assert!(summary.starts_with(said), "{summary}");
    assert_eq!(json["deployments"][0]["losable"], 5);
    assert!(!summary.contains("0.0"), "{summary}");
}
