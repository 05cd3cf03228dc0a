//! Two deployments side by side: what is declared otherwise, and what that does to the risks.
//!
//! In: two deployments of one analysis. Out: text, or JSON. Never: a difference that hides what it costs, or a cost without what
//! it comes from.

mod json;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use self::json::json;
use super::Material;
use super::summary::{Paint, nothing, shown};
use crate::assess::{Assessed, Band, Constants, Numbers};
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

/// A risk in two deployments.
struct Moved {
    /// `disclosure(card)`, `saas-payment-replay@webhook`.
    id: String,
    /// Whether it is a loss: losses and weaknesses are never counted together.
    is_loss: bool,
    first: Option<Numbers>,
    second: Option<Numbers>,
}

impl<'a> Comparison<'a> {
    /// Compares two deployments.
    pub fn of(material: &'a Material<'a>, first: Side<'a>, second: Side<'a>) -> Comparison<'a> {
        let declared = differences(first.product, second.product);
        let (ours, theirs) = (risks(first.assessed), risks(second.assessed));
        let mut ids: Vec<&(bool, String)> = ours.keys().chain(theirs.keys()).collect();
        ids.sort();
        ids.dedup();
        let moved = ids.into_iter().map(|key| Moved {
            is_loss: key.0,
            id: key.1.clone(),
            first: ours.get(key).copied(),
            second: theirs.get(key).copied(),
        });
        let mut risks: Vec<Moved> = moved.filter(Moved::is_seen).collect();
        // The largest move first: that is what the reader came for.
        risks.sort_by(|a, b| b.distance().total_cmp(&a.distance()).then_with(|| a.id.cmp(&b.id)));
        Comparison { material, first, second, declared, risks }
    }
}

impl Moved {
    fn distance(&self) -> f64 {
        let score = |numbers: Option<Numbers>| numbers.map_or(0.0, |numbers| numbers.residual.score());
        (score(self.first) - score(self.second)).abs()
    }

    /// The higher of the two bands.
    fn band(&self, constants: &Constants) -> Band {
        let bands = [self.first, self.second].into_iter().flatten();
        bands.map(|numbers| numbers.residual.band(constants)).max().unwrap_or_default()
    }

    /// Whether the two are unlike as people are told.
    fn is_seen(&self) -> bool {
        let told = |numbers: Option<Numbers>| numbers.map(|numbers| shown(numbers.residual));
        told(self.first) != told(self.second)
    }
}

/// The risks of a deployment, without its name; questions are no risks.
fn risks(assessed: &Assessed) -> BTreeMap<(bool, String), Numbers> {
    let end = format!("@{}", assessed.name);
    let id = |id: &Arc<str>| id.strip_suffix(&end).unwrap_or(id).to_owned();
    let can_be_lost = assessed.losses.iter().filter(|loss| loss.numbers.inherent.value() > 0.0);
    let losses = can_be_lost.map(|loss| ((true, id(&loss.id)), loss.numbers));
    let weak = assessed.weaknesses.iter().chain(&assessed.obligations).filter(|weak| !weak.is_question);
    let weak = weak.map(|weak| ((false, id(&weak.id)), weak.numbers));
    losses.chain(weak).collect()
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
        let moved = risks.iter().filter(|moved| moved.is_loss == losses);
        let (told, slight): (Vec<&Moved>, Vec<&Moved>) =
            moved.partition(|moved| moved.band(constants) >= Band::Medium);
        let mut rows: Vec<[String; 3]> = told.into_iter().map(|moved| row(constants, moved)).collect();
        if !slight.is_empty() {
            let most = slight.iter().map(|moved| moved.band(constants)).max().unwrap_or_default();
            let more = if rows.is_empty() { "" } else { " more" };
            rows.push([format!("{}{more}, at most {}", slight.len(), most.word()), "".into(), "".into()]);
        }
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

fn row(constants: &Constants, moved: &Moved) -> [String; 3] {
    let told = |numbers: Option<Numbers>| match numbers {
        Some(Numbers { residual, .. }) => format!("{} {}", residual.band(constants).word(), shown(residual)),
        None => "-".to_owned(),
    };
    [moved.id.clone(), told(moved.first), told(moved.second)]
}

fn section(out: &mut String, paint: Paint, heading: &str, lines: &[String]) {
    if !lines.is_empty() {
        out.push_str(&format!("\n{}\n", paint.strong(heading)));
        lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
}

/// Three columns, each as wide as its widest text.
fn columns(out: &mut String, paint: Paint, heads: [&str; 3], rows: &[[String; 3]]) {
    if rows.is_empty() {
        return;
    }
    let width = |at: usize| {
        let texts = rows.iter().filter_map(|row| row.get(at)).map(|text| text.chars().count());
        texts.chain(heads.get(at).map(|head| head.chars().count())).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let [heading, one, other] = heads;
    out.push('\n');
    out.push_str(&paint.strong(&format!("{heading:first$}    {one:second$}  {other}")));
    out.push('\n');
    for [what, one, other] in rows {
        let line = format!("  {what:first$}  {one:second$}  {other}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
