//! How well a control works: its class, discounted by coverage, evidence and age (risk model, section 3).
//!
//! In: a control of a product and the date. Out: a probability that it holds. Never: a control better than the best, or one
//! credited for evidence that has run out or is still to come.

use super::Constants;
use crate::base::fault::{self, Fault};
use crate::graph::{Product, eval};
use crate::model::{ThingId, Value};

/// The effectiveness of a control: `min(best, class × coverage × evidence)`.
pub fn effective(product: &Product, constants: &Constants, today: i32, control: ThingId) -> f64 {
    let words = &product.model.words;
    let share = |name| eval::number(&product.model, &product.read(control, name).value).unwrap_or(0.0);
    let evidence = if is_out_of_date(product, today, control) && !fault::is(Fault::ExpiredCountsFully) {
        share(words.evidence).min(constants.expired_evidence)
    } else {
        share(words.evidence)
    };
    let coverage = share(words.coverage).clamp(0.0, 1.0);
    let evidence = if fault::is(Fault::FullEvidenceIsLost) && evidence >= 1.0 { 0.0 } else { evidence };
    let coverage = if fault::is(Fault::FullCoverageIsLost) && coverage >= 1.0 { 0.0 } else { coverage };
    let effective = share(words.class) * coverage * evidence;
    effective.clamp(0.0, constants.best_control)
}

/// Whether the evidence was last seen longer ago than it counts, or will only be seen.
pub fn is_out_of_date(product: &Product, today: i32, control: ThingId) -> bool {
    const DAY: i64 = 86_400;
    let words = &product.model.words;
    match (product.read(control, words.verified).value, product.read(control, words.valid_for).value) {
        (Value::Date(day), Value::Duration(time)) => {
            day > today || (i64::from(today) - i64::from(day)) * DAY > time
        }
        (Value::Date(day), _) => day > today,
        _ => false,
    }
}
