//! An attack as a sentence, and likelihoods as people read them.
//!
//! In: an attack. Out: words. Never: a likelihood of 0.

use crate::assess::{Attack, AttackStep};

/// Below this the worlds say nothing but "less".
pub const LEAST_LIKELIHOOD: f64 = 1e-4;
/// More steps than this are told from both ends.
const MOST_STEPS: usize = 6;

/// A likelihood with two digits that count, or its bound.
pub fn likelihood(probability: f64) -> String {
    if probability < LEAST_LIKELIHOOD {
        format!("<{LEAST_LIKELIHOOD}")
    } else if probability < 0.01 {
        format!("{probability:.4}")
    } else {
        format!("{probability:.2}")
    }
}

/// What happens, in order, as one sentence: what could also have gone otherwise, and how it ends.
pub fn story(attack: &Attack) -> String {
    let last = attack.steps.len().saturating_sub(1);
    let told = attack.steps.iter().enumerate().filter(|(at, step)| *at == last || is_uncertain(step));
    let texts: Vec<&str> = told.map(|(_, step)| step.text.trim_end_matches('.')).collect();
    let told = match texts.len().checked_sub(MOST_STEPS) {
        None | Some(0) => texts.join("; then "),
        Some(left_out) => {
            let first = texts.iter().take(MOST_STEPS / 2).copied();
            let note = format!("{left_out} more steps");
            let last = texts.iter().skip(texts.len() - MOST_STEPS / 2).copied();
            let all: Vec<&str> = first.chain([note.as_str()]).chain(last).collect();
            all.join("; then ")
        }
    };
    format!("{told} ({} on its own)", likelihood(attack.probability))
}

/// Whether a step is left to chance, or something stands in its way. The others follow from where things stand.
fn is_uncertain(step: &AttackStep) -> bool {
    step.probability < 1.0 || step.unguarded < 1.0 || !step.controls.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{likelihood, story};
    use crate::assess::Attack;

    #[test]
    fn a_likelihood_is_never_nothing() {
        assert_eq!(likelihood(0.0), "<0.0001");
        assert_eq!(likelihood(0.00213), "0.0021");
        assert_eq!(likelihood(0.5), "0.50");
    }

    #[test]
    fn an_attack_without_steps_has_a_likelihood() {
        assert_eq!(story(&Attack { steps: Vec::new(), probability: 1.0 }), " (1.00 on its own)");
    }
}
