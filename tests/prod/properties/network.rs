//! Laws of the network: an opening only ever adds, the order of what is declared means nothing, deployments are apart.

use std::collections::BTreeMap;

use prod::graph::{Product, Truth};
use prod::model::Keyword;
use proptest::prelude::*;

use super::{Allow, Sketch, allows, analysed, assert_not_less, sketches, values};
use crate::package::standard;

/// How much of something is true: nothing, nobody knows, all.
fn rank(truth: Truth) -> u8 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}

/// What the network makes of each component and flow, by path.
fn exposed(product: &Product) -> BTreeMap<String, u8> {
    let components = product.things(Keyword::Component).iter();
    components.map(|thing| (product.model.path(*thing).to_string(), rank(product.exposed(*thing)))).collect()
}

fn admitted(product: &Product) -> BTreeMap<String, u8> {
    let flows = product.things(Keyword::Flow).iter();
    flows.map(|flow| (product.model.path(*flow).to_string(), rank(product.admitted(*flow)))).collect()
}

fn assert_grows(less: &BTreeMap<String, u8>, more: &BTreeMap<String, u8>) -> Result<(), TestCaseError> {
    for (path, rank) in less {
        prop_assert!(more.get(path).is_some_and(|other| other >= rank), "{path}: {rank} became {more:?}");
    }
    Ok(())
}

/// The same with what stands in the deployment's body turned round.
fn turned(sketch: &Sketch) -> Vec<String> {
    let mut declarations = sketch.declarations();
    for declaration in &mut declarations {
        let Some(body) = declaration.strip_prefix("deployment production { ") else { continue };
        let body = body.strip_suffix('}').unwrap();
        let mut depth = 0_i32;
        let mut parts: Vec<String> = vec![String::new()];
        for letter in body.chars() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            match parts.last_mut() {
                Some(last) if letter != ';' || depth > 0 => last.push(letter),
                _ => parts.push(String::new()),
            }
        }
        parts.reverse();
        *declaration = format!("deployment production {{ {} }}", parts.join(";"));
    }
    declarations
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// An opening makes nothing less exposed, nothing that was admitted shut, and no loss smaller. Where it is the first of its
    /// deployment, flows begin to need one; that they are not admitted is said, and takes nothing from their attacks.
    #[test]
    fn an_opening_only_ever_adds(sketch in sketches(), allow in allows()) {
        let (library, settings) = standard();
        let before = analysed(&library, &settings, &sketch.declarations());
        let had_openings = !sketch.allows.is_empty();
        let mut more = sketch;
        more.allows.push(allow);
        let after = analysed(&library, &settings, &more.declarations());
        for (before, after) in before.deployments.iter().zip(after.deployments.iter()) {
            assert_grows(&exposed(before), &exposed(after))?;
            if had_openings {
                assert_grows(&admitted(before), &admitted(after))?;
            }
        }
        assert_not_less(&before.assessment.unwrap().deployments, &after.assessment.unwrap().deployments)?;
    }

    /// The order of zones, placements and openings means nothing.
    #[test]
    fn the_order_in_a_deployment_changes_nothing(sketch in sketches()) {
        let (library, settings) = standard();
        let before = analysed(&library, &settings, &sketch.declarations());
        let after = analysed(&library, &settings, &turned(&sketch));
        for (before, after) in before.deployments.iter().zip(after.deployments.iter()) {
            prop_assert_eq!(exposed(before), exposed(after));
            prop_assert_eq!(admitted(before), admitted(after));
        }
        let (before, after) = (before.assessment.unwrap(), after.assessment.unwrap());
        for (before, after) in before.deployments.iter().zip(&after.deployments) {
            prop_assert_eq!(values(before), values(after));
        }
    }

    /// A deployment with openings of its own that goes away changes no other.
    #[test]
    fn openings_stay_in_their_deployment(sketch in sketches(), allow in allows()) {
        let (library, settings) = standard();
        let sketch = Sketch { has_staging: false, ..sketch };
        let alone = analysed(&library, &settings, &sketch.declarations());
        let mut declarations = sketch.declarations();
        let wild = Sketch { allows: vec![allow, Allow { from: 0, to: 9, over: 0 }], ..sketch };
        declarations.push(wild.deployment().replacen("production", "wild", 1));
        let both = analysed(&library, &settings, &declarations);
        prop_assert_eq!(exposed(&alone.deployments[0]), exposed(&both.deployments[0]));
        prop_assert_eq!(admitted(&alone.deployments[0]), admitted(&both.deployments[0]));
        let (alone, both) = (alone.assessment.unwrap(), both.assessment.unwrap());
        prop_assert_eq!(values(&alone.deployments[0]), values(&both.deployments[0]));
    }
}
