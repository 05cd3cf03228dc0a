//! What an attacker has to get past in a step, line by line.
//!
//! In: [`Material`] and the hurdles of a step. Out: lines. Never: a certain step that pretends to be one.

use crate::assess::{Fact, Hurdle, Trust, What};
use crate::emit::Material;
use crate::emit::summary::likelihood;
use crate::syntax::date_text;

/// A line for each hurdle that is worth one.
pub(super) fn lines(material: &Material<'_>, hurdles: &[Hurdle]) -> Vec<String> {
    hurdles.iter().map(|hurdle| line(material, hurdle)).collect()
}

fn line(material: &Material<'_>, hurdle: &Hurdle) -> String {
    let past = likelihood(hurdle.probability);
    let facts: Vec<String> = hurdle.facts.iter().map(|each| fact(material, each)).collect();
    let because = if facts.is_empty() { String::new() } else { format!(": {}", facts.join("; ")) };
    match &hurdle.what {
        What::Again => format!("x{:.2}, for steps before it hang on the same causes", hurdle.probability),
        What::Chance(cause) => format!("{past} by chance `{cause}`{because}"),
        What::Native(..) if hurdle.probability >= 1.0 => format!("nothing resists{because}"),
        What::Native(..) => format!("{past} gets past{because}"),
        What::Controls(controls) => {
            let told: Vec<String> = controls.iter().map(|trust| believed(material, trust)).collect();
            format!("{past} gets past {}", told.join(" together with "))
        }
    }
}

/// `waf (tested 2026-09-01, 83 days ago)`
fn believed(material: &Material<'_>, trust: &Trust) -> String {
    let Trust { control, evidence, verified, has_expired, .. } = trust;
    let age = verified.map(|day| {
        let days = material.assessment.today - day;
        let expired = if *has_expired { ", expired" } else { "" };
        format!(" {}, {days} {} ago{expired}", date_text(day), if days == 1 { "day" } else { "days" })
    });
    format!("{} (evidence {evidence}{})", material.model.path(*control), age.unwrap_or_default())
}

/// `webhook.replay_protection = none (flows.prod:58)`, or that it is only assumed.
pub(super) fn fact(material: &Material<'_>, fact: &Fact) -> String {
    let path = material.model.attribute_path((fact.thing, fact.name));
    let place = fact.place.map(|place| format!(" ({})", material.shown_place(place)));
    let source = if fact.is_stated { " (by its kind)" } else { " (a default: nobody said)" };
    format!("{path} = {}{}", fact.value, place.unwrap_or_else(|| source.to_owned()))
}
