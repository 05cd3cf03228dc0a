//! Two deployments side by side: what is declared otherwise, and what that does to the risks.
//!
//! In: two deployments of one analysis. Out: text, or JSON. Never: a difference that hides what it costs, or a cost without what
//! it comes from.

mod json;

pub use self::json::json;
use super::Material;
use super::moved::{Moved, columns, moved, rows};
use super::summary::{Paint, nothing, shown};
use crate::assess::Assessed;
use crate::graph::{Difference, Product, Truth, Unlike, differences};
use crate::model::Keyword;

/// A deployment and its risks.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it has.
    pub product: &'a Product,
    /// What was found out about it.
    pub assessed: &'a Assessed,
}

/// Two deployments of one analysis.
pub struct Comparison<'a> {
    material: &'a Material<'a>,
    first: Side<'a>,
    second: Side<'a>,
    /// What is declared otherwise.
    declared: Vec<Difference>,
    /// Risks that one has and the other has not, or not so high.
    risks: Vec<Moved>,
}

impl<'a> Comparison<'a> {
    /// Compares two deployments.
    pub fn of(material: &'a Material<'a>, first: Side<'a>, second: Side<'a>) -> Comparison<'a> {
        let declared = differences(first.product, second.product);
        Comparison { material, first, second, declared, risks: moved(first.assessed, second.assessed) }
    }
}

/// The comparison for people.
pub fn difference(comparison: &Comparison<'_>, paint: Paint) -> String {
    let Comparison { first, second, declared, risks, .. } = comparison;
    let names = [title(*first), title(*second)];
    let mut out = String::new();
    let constants = &comparison.material.assessment.constants;
    for side in [first, second] {
        let worst = side.assessed.highest.map(|highest| highest.residual);
        let told = worst.map_or_else(
            || nothing(side.assessed),
            |risk| {
                let band = risk.band(constants);
                paint.band(band, &format!("{} {}", band.word().to_uppercase(), shown(risk)))
            },
        );
        out.push_str(&format!("{}  {told}\n", paint.strong(&title(*side))));
    }
    if declared.is_empty() && risks.is_empty() {
        out.push_str("\nthey are alike\n");
        return out;
    }
    for (at, name) in names.iter().enumerate() {
        let only: Vec<String> = declared.iter().filter_map(|difference| only_in(difference, at)).collect();
        section(&mut out, paint, &format!("only in {name}"), &only);
    }
    let changed: Vec<[String; 3]> =
        declared.iter().filter_map(|difference| changed(comparison, difference)).collect();
    columns(&mut out, paint, ["declared otherwise", &names[0], &names[1]], &changed);
    let exposed: Vec<[String; 3]> = declared.iter().filter_map(exposed).collect();
    columns(&mut out, paint, ["exposed to the internet", &names[0], &names[1]], &exposed);
    for (heading, losses) in [("losses", true), ("weaknesses", false)] {
        let rows = rows(constants, risks.iter().filter(|moved| moved.is_loss == losses));
        columns(&mut out, paint, [heading, &names[0], &names[1]], &rows);
    }
    out
}

fn title(side: Side<'_>) -> String {
    side.product.name().to_string()
}

fn only_in(difference: &Difference, side: usize) -> Option<String> {
    let is_here = matches!((&difference.what, side), (Unlike::First(_), 0) | (Unlike::Second(_), 1));
    is_here.then(|| called(difference))
}

/// `control waf`, `run orders`.
fn called(difference: &Difference) -> String {
    match &*difference.path {
        "" => Keyword::Deployment.word().to_owned(),
        path => format!("{} {path}", difference.keyword.word()),
    }
}

fn changed(comparison: &Comparison<'_>, difference: &Difference) -> Option<[String; 3]> {
    let Unlike::Attribute { name, first, second } = &difference.what else { return None };
    let told = |said: &crate::graph::Said| {
        let place = said.reading.place.filter(|place| comparison.material.is_own(place.file));
        let place = place.map(|place| format!(" ({})", comparison.material.shown_place(place)));
        let assumed = if said.reading.is_stated() { "" } else { ", assumed" };
        let assumed = if said.reading.source.is_none() { "" } else { assumed };
        format!("{}{assumed}{}", said.words, place.unwrap_or_default())
    };
    Some([format!("{}.{name}", called(difference)), told(first), told(second)])
}

fn exposed(difference: &Difference) -> Option<[String; 3]> {
    let Unlike::Exposure { first, second } = difference.what else { return None };
    Some([difference.path.to_string(), in_a_word(first).to_owned(), in_a_word(second).to_owned()])
}

/// A truth as an answer.
fn in_a_word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    }
}

fn section(out: &mut String, paint: Paint, heading: &str, lines: &[String]) {
    if !lines.is_empty() {
        out.push_str(&format!("\n{}\n", paint.strong(heading)));
        lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
}
