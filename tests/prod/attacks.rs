//! The strongest attacks: which one is printed, and which come next.

use prod::assess::{Attack, LossRisk, attacks};
use prod::workspace::{Analysis, Depth, Text, analyse};

use crate::package::{root, standard, text_of};

fn corpus(name: &str) -> Analysis {
    let (library, settings) = standard();
    let (path, text) = text_of(&root().join(format!("tests/corpus/assess/{name}.prod")), &root());
    analyse(&library, &[Text { path: path.into(), text: text.into() }], Depth::Assess, &settings)
}

fn loss<'a>(analysis: &'a Analysis, id: &str) -> &'a LossRisk {
    let assessment = analysis.assessment.as_ref().unwrap();
    let mut losses = assessment.deployments.iter().flat_map(|assessed| &assessed.losses);
    losses.find(|loss| *loss.id == *id).unwrap()
}

fn best(analysis: &Analysis, id: &str, most: usize) -> Vec<Attack> {
    let loss = loss(analysis, id);
    let product = &analysis.deployments[0];
    attacks(product, &analysis.deployments, &standard().1, (loss.loss, loss.args[0]), most)
}

fn names(attack: &Attack) -> Vec<&str> {
    attack.steps.iter().map(|step| &*step.name).collect()
}

#[test]
fn an_attack_is_as_likely_as_its_distinct_causes() {
    let analysis = corpus("one-cause");
    let loss = loss(&analysis, "arrival(goal)");
    let attack = loss.attack.as_ref().unwrap();
    assert_eq!(names(attack), ["begin", "go-on", "arrive"]);
    assert!((attack.probability - 0.6).abs() < 1e-12);
    let factors: Vec<f64> = attack.steps.iter().map(|step| step.probability).collect();
    assert_eq!(factors, [0.6, 1.0, 1.0], "what has come true is not asked again");
    let all = best(&analysis, "arrival(goal)", 5);
    assert_eq!(all.iter().map(names).collect::<Vec<_>>(), [vec!["begin", "go-on", "arrive"], vec!["jump"]]);
    assert_eq!(&all[0], attack);
}

#[test]
fn the_four_ways_over_the_bridge_in_order() {
    let found = best(&corpus("bridge"), "arrival(sink)", 9);
    let probabilities: Vec<f64> =
        found.iter().map(|attack| (attack.probability * 1e9).round() / 1e9).collect();
    assert_eq!(probabilities, [0.81, 0.81, 0.729, 0.729]);
    for attack in &found {
        let product: f64 = attack.steps.iter().map(|step| step.probability).product();
        assert!((product - attack.probability).abs() < 1e-12);
    }
    assert_eq!(best(&corpus("bridge"), "arrival(sink)", 1).len(), 1);
}

#[test]
fn across_deployments_the_next_best_attacks_come_in_order() {
    let found = best(&corpus("shared-things"), "disclosure(people)@production", 4);
    assert!(found.len() > 1);
    assert!(found.windows(2).all(|pair| pair[0].probability >= pair[1].probability));
    for attack in &found {
        let product: f64 = attack.steps.iter().map(|step| step.probability).product();
        assert!((product - attack.probability).abs() < 1e-12);
        assert!(attack.steps.iter().all(|step| (0.0..=1.0 + 1e-12).contains(&step.unguarded)));
    }
}
