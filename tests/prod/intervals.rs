//! How far scores may be off: both ends of every interval, and the error that sampling leaves.

use prod::assess::{Intervals, LossRisk, Method, Risk, Settings};
use prod::workspace::{Depth, Text, analyse};

use crate::package::{files_below, root, standard, text_of};
use crate::run::prodc;

/// The packages of the corpus that are about numbers.
fn corpus() -> Vec<Vec<(String, String)>> {
    let corpus = root().join("tests/corpus/assess");
    files_below(&corpus, "prod").into_iter().map(|file| vec![text_of(&file, &corpus)]).collect()
}

/// The same, and an example.
fn packages() -> Vec<Vec<(String, String)>> {
    let example = root().join("examples/ledger");
    let example = files_below(&example, "prod").iter().map(|file| text_of(file, &example)).collect();
    [corpus(), vec![example]].concat()
}

fn losses(packages: &[Vec<(String, String)>], settings: &Settings) -> Vec<LossRisk> {
    let library = standard().0;
    let assessed = packages.iter().flat_map(|texts| {
        let text =
            |(path, text): &(String, String)| Text { path: path.as_str().into(), text: text.as_str().into() };
        let texts: Vec<Text> = texts.iter().map(text).collect();
        let assessment = analyse(&library, &texts, Depth::Assess, settings).assessment.unwrap();
        assessment.deployments.iter().flat_map(|assessed| assessed.losses.clone()).collect::<Vec<_>>()
    });
    assessed.collect()
}

#[test]
fn every_interval_holds_its_score() {
    let plain = standard().1;
    let narrow = losses(&packages(), &Settings { intervals: Intervals::Found, ..plain.clone() });
    assert!(narrow.len() > 50);
    for loss in &narrow {
        let (low, high) = loss.interval.unwrap();
        let value = loss.numbers.residual.value();
        assert!(low.value() <= value && value <= high.value(), "{}: {low:?} {high:?}", loss.id);
        assert_eq!((low.impact, high.impact), (loss.numbers.residual.impact, loss.numbers.residual.impact));
    }
    assert!(narrow.iter().any(|loss| loss.interval.unwrap().1.score() > loss.numbers.residual.score() + 1.0));
    // What is more in doubt has wider intervals, and no doubt none at all.
    let with_odds = |odds: f64| {
        let mut settings = Settings { intervals: Intervals::Found, ..plain.clone() };
        settings.constants.odds = odds;
        losses(&packages(), &settings)
    };
    for (narrow, wide) in narrow.iter().zip(with_odds(4.0)) {
        let (narrow, wide) = (narrow.interval.unwrap(), wide.interval.unwrap());
        assert!(wide.0.value() <= narrow.0.value() && narrow.1.value() <= wide.1.value());
    }
    for sure in with_odds(1.0) {
        assert_eq!(sure.interval, Some((sure.numbers.residual, sure.numbers.residual)));
    }
}

#[test]
fn exact_intervals_hold_exact_scores() {
    let settings = Settings { intervals: Intervals::Found, method: Method::Exact, ..standard().1 };
    for loss in losses(&corpus(), &settings).iter().filter(|loss| loss.method == Method::Exact) {
        let (low, high) = loss.interval.unwrap();
        let value = loss.numbers.residual.value();
        assert!(low.value() <= value * (1.0 + 1e-12) && value <= high.value() * (1.0 + 1e-12), "{}", loss.id);
        assert_eq!(loss.error(&settings.constants), None);
    }
}

#[test]
fn asking_for_intervals_changes_no_other_number() {
    let plain = standard().1;
    let (without, with) = (
        losses(&packages(), &plain),
        losses(&packages(), &Settings { intervals: Intervals::Found, ..plain.clone() }),
    );
    for (without, with) in without.iter().zip(&with) {
        assert_eq!((&without.id, without.numbers, without.interval), (&with.id, with.numbers, None));
    }
}

#[test]
fn a_sampled_score_says_how_well_it_is_known() {
    let risk = |likelihood| Risk { likelihood, impact: 1.0 };
    // .87 times the root of (1 - L) / (L n).
    assert!((risk(0.001).error(16_384) - 0.8686 * (0.999_f64 / 16.384).sqrt()).abs() < 1e-4);
    assert_eq!(risk(1.0).error(16_384), 0.0);
    let constants = standard().1.constants;
    for loss in losses(&packages(), &standard().1) {
        let told = loss.error(&constants);
        let likelihood = loss.numbers.residual.likelihood;
        assert_eq!(told.is_some(), likelihood > 0.0 && likelihood < 0.004_583, "{} {likelihood}", loss.id);
    }
}

#[test]
fn outputs_tell_both() {
    let directory = root().join("tests/corpus/assess");
    let told = prodc(&directory, &["risks", "shared-causes.prod"]).out;
    assert!(told.contains("arrival of d, 9.6 [9.4–9.8], likelihood 0.70"), "{told}");
    let page = prodc(&directory, &["explain", "arrival(dark)", "fault-trees.prod"]).out;
    // .00207 in the worlds of this seed, and its error.
    assert!(page.contains("MEDIUM 4.") && page.contains("±0.2"), "{page}");
    let json = prodc(&directory, &["risks", "fault-trees.prod", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let losses = json["deployments"][0]["losses"].as_array().unwrap();
    let dark = losses.iter().find(|loss| loss["id"] == "arrival(dark)").unwrap();
    assert!(dark["interval"]["low"].as_f64() < dark["numbers"]["residual"]["score"].as_f64());
    assert!(dark["standard_error"].as_f64() > Some(0.1));
}
