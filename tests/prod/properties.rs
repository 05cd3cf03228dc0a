//! Laws of the risk model, over generated products with circles, groups, several deployments, findings and rights.
//!
//! Each law is a theorem of the construction (risk model, section 9), so it holds to the last bit: worlds are keyed by name,
//! and a comparison of two products compares the same worlds.

use std::collections::BTreeMap;

use prod::assess::{Assessed, Settings};
use prod::workspace::{Analysis, Depth, Library, Text, analyse};
use proptest::prelude::*;

use crate::package::standard;

mod network;
mod sketch;

use sketch::{Allow, CONTROLS, Component, Control, Flow, Sketch, allows, controls, sketches};

/// All that is known of some declarations.
fn analysed(library: &Library, settings: &Settings, declarations: &[String]) -> Analysis {
    let text = declarations.join("\n");
    let file = Text { path: "p.prod".into(), text: text.as_str().into() };
    let analysis = analyse(library, &[file], Depth::Assess, settings);
    assert!(analysis.compiles(), "{text}\n{:#?}", analysis.problems);
    analysis
}

/// The assessed deployments of some declarations.
fn assessed(library: &Library, settings: &Settings, declarations: &[String]) -> Vec<Assessed> {
    analysed(library, settings, declarations).assessment.unwrap().deployments.clone()
}

/// What is compared between two assessments of one deployment: value of each loss, of each weakness.
fn values(assessed: &Assessed) -> (BTreeMap<String, f64>, BTreeMap<String, f64>) {
    let losses =
        assessed.losses.iter().map(|loss| (loss.id.to_string(), loss.numbers.residual.value())).collect();
    let weaknesses =
        assessed.weaknesses.iter().map(|weak| (weak.id.to_string(), weak.numbers.residual.value())).collect();
    (losses, weaknesses)
}

/// Asserts that nothing in `more` is below what it is in `less`.
fn assert_not_less(less: &[Assessed], more: &[Assessed]) -> Result<(), TestCaseError> {
    for (less, more) in less.iter().zip(more) {
        let (below, above) = (values(less).0, values(more).0);
        for (id, value) in &below {
            let other = above.get(id).copied().unwrap_or(0.0);
            prop_assert!(other >= *value, "{id}: {value} became {other}");
        }
        prop_assert!(more.serious >= less.serious);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// P1: a control added, or shown to work better, raises no loss and no weakness.
    #[test]
    fn controls_never_raise_a_risk(sketch in sketches(), control in controls()) {
        let (library, settings) = standard();
        let before = assessed(&library, &settings, &sketch.declarations());
        let mut stronger = sketch.clone();
        stronger.controls.push(Control { grouped: false, ..control });
        let added = assessed(&library, &settings, &stronger.declarations());
        assert_not_less(&added, &before)?;
        for (after, before) in added.iter().zip(&before) {
            let (after, before) = (values(after).1, values(before).1);
            for (id, value) in after {
                prop_assert!(value <= before.get(&id).copied().unwrap_or(f64::MAX), "{id} rose to {value}");
            }
        }
        let shown = Sketch {
            controls: stronger.controls.iter().map(|control| Control { evidence: 4, ..control.clone() }).collect(),
            ..stronger
        };
        let shown = assessed(&library, &settings, &shown.declarations());
        assert_not_less(&shown, &added)?;
    }

    /// P2: a flow, a finding, a right or an opening added, or a mitigation weakened, lowers no loss.
    #[test]
    fn facts_never_lower_a_risk(
        sketch in sketches(),
        from in 0..9_usize,
        to in 0..9_usize,
        effect in 0..3_u8,
        allow in allows(),
    ) {
        let (library, settings) = standard();
        let before = assessed(&library, &settings, &sketch.declarations());
        let mut more = sketch.clone();
        more.flows.push(Flow { from, to, authn: 0, replay: 0, carries: true, forwards: true });
        let with_flow = assessed(&library, &settings, &more.declarations());
        assert_not_less(&before, &with_flow)?;
        more.allows.push(allow);
        let with_opening = assessed(&library, &settings, &more.declarations());
        assert_not_less(&with_flow, &with_opening)?;
        more.findings.push((to, effect, 0));
        more.grants.push((from, effect));
        let with_all = assessed(&library, &settings, &more.declarations());
        assert_not_less(&with_opening, &with_all)?;
        let weak = Sketch {
            components: more.components.iter().map(|component| Component { authz: 0, ..component.clone() }).collect(),
            ..more
        };
        assert_not_less(&with_all, &assessed(&library, &settings, &weak.declarations()))?;
    }

    /// P3, P4, P12: inherent is at least residual, residual at least established; one attack is never likelier than all, and
    /// nothing likelier than certain; the band follows from the number alone.
    #[test]
    fn numbers_are_in_order(sketch in sketches()) {
        let (library, settings) = standard();
        for deployment in assessed(&library, &settings, &sketch.declarations()) {
            let losses = deployment.losses.iter().map(|loss| (&loss.numbers, loss.attack.as_ref()));
            let weaknesses = deployment.weaknesses.iter().map(|weakness| (&weakness.numbers, None));
            for (numbers, attack) in losses.chain(weaknesses) {
                prop_assert!(numbers.inherent.value() >= numbers.residual.value());
                prop_assert!(numbers.residual.value() >= numbers.established.value());
                prop_assert!(numbers.residual.value() >= numbers.code_only.value());
                for risk in [numbers.inherent, numbers.residual, numbers.established, numbers.code_only] {
                    prop_assert!((0.0..=1.0).contains(&risk.likelihood) && (0.0..=1.0).contains(&risk.impact));
                    prop_assert!((0.0..=10.0).contains(&risk.score()));
                    let same = prod::assess::Risk { likelihood: risk.value(), impact: 1.0 };
                    prop_assert_eq!(risk.band(&settings.constants), same.band(&settings.constants));
                }
                if let Some(attack) = attack {
                    prop_assert!(attack.probability <= numbers.residual.likelihood + 1e-12);
                    prop_assert!(attack.steps.iter().all(|step| step.probability <= step.unguarded));
                }
            }
        }
    }

    /// P5, P14: the order of declarations, their spread over files and the number of threads change nothing.
    #[test]
    fn order_files_and_threads_change_nothing(sketch in sketches(), cut in 0..40_usize) {
        let (library, settings) = standard();
        let declarations = sketch.declarations();
        let before = assessed(&library, &settings, &declarations);
        let mut turned: Vec<String> = declarations.iter().rev().cloned().collect();
        // Deployments are reported in source order, and one that is like another stays behind it.
        turned.sort_by_key(|declaration| declaration.contains("like production"));
        let cut = cut % turned.len();
        let files: Vec<Text> = [&turned[..cut], &turned[cut..]]
            .iter()
            .enumerate()
            .map(|(at, part)| Text { path: format!("{at}.prod").into(), text: part.join("\n").into() })
            .collect();
        let threads = Settings { threads: 3, ..settings };
        let analysis = analyse(&library, &files, Depth::Assess, &threads);
        let after = &analysis.assessment.unwrap().deployments;
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(after) {
            prop_assert_eq!(values(before), values(after));
            prop_assert_eq!(before.serious, after.serious);
        }
    }

    /// P7: a deployment that goes away changes no other.
    #[test]
    fn deployments_are_apart(sketch in sketches()) {
        let (library, settings) = standard();
        let both = Sketch { has_staging: true, ..sketch.clone() };
        let both = assessed(&library, &settings, &both.declarations());
        let alone = Sketch { has_staging: false, ..sketch };
        let alone = assessed(&library, &settings, &alone.declarations());
        prop_assert_eq!(values(&both[0]), values(&alone[0]));
    }

    /// P8: evidence that has run out counts like a claim.
    #[test]
    fn expired_is_claimed(sketch in sketches()) {
        let (library, settings) = standard();
        let dated = |evidence: &str, verified: &str| -> Vec<String> {
            let mut declarations = sketch.declarations();
            declarations.push(format!(
                "control old: control.ObjectAuthorisation {{ protects = [c0]; evidence = {evidence}; verified = {verified} }}"
            ));
            declarations
        };
        let expired = assessed(&library, &settings, &dated("tested", "2021-01-01"));
        let claimed = assessed(&library, &settings, &dated("claimed", "2026-11-01"));
        prop_assert_eq!(values(&expired[0]), values(&claimed[0]));
    }

    /// P9: an acceptance changes no number.
    #[test]
    fn acceptance_changes_no_number(sketch in sketches()) {
        let (library, settings) = standard();
        let before = assessed(&library, &settings, &sketch.declarations());
        let mut declarations = sketch.declarations();
        declarations.push(
            "accept corruption on gold { as = accepted; owner = \"x\"; until = 2030-01-01; because = \"y\"; max_score = 10.0 }"
                .to_owned(),
        );
        let after = assessed(&library, &settings, &declarations);
        prop_assert_eq!(values(&before[0]), values(&after[0]));
        let is_accepted = |loss: &prod::assess::LossRisk| loss.status != prod::assess::Status::Open;
        let corruption = after[0].losses.iter().find(|loss| loss.id.starts_with("corruption"));
        prop_assert!(corruption.is_none_or(is_accepted));
    }

    /// P11: all declared controls together earn at most a hundredfold in likelihood.
    #[test]
    fn paper_earns_a_hundredfold_at_most(sketch in sketches()) {
        let (library, settings) = standard();
        let all: Vec<Control> = (0..sketch.components.len() * CONTROLS.len())
            .map(|at| Control { kind: (at % CONTROLS.len()) as u8, on: at / CONTROLS.len(), evidence: 4, grouped: false })
            .collect();
        let guarded = assessed(&library, &settings, &Sketch { controls: all, ..sketch.clone() }.declarations());
        let bare = assessed(&library, &settings, &Sketch { controls: Vec::new(), ..sketch }.declarations());
        let likelihoods = |deployment: &Assessed| -> BTreeMap<String, f64> {
            deployment.losses.iter().map(|loss| (loss.id.to_string(), loss.numbers.residual.likelihood)).collect()
        };
        let (guarded, bare) = (likelihoods(&guarded[0]), likelihoods(&bare[0]));
        for (id, value) in &bare {
            let left = guarded.get(id).copied().unwrap_or(0.0);
            // Worlds are counted: where a hundredth of them is a handful, the count may be off by its own error.
            let error = 4.0 * (value / 100.0 / 16_384.0).sqrt();
            prop_assert!(left >= value / 100.0 - error, "{id}: {value} became {left}");
        }
    }
}
