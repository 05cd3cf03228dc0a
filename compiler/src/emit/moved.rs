//! Risks in two assessments: which are in one alone, which are not so high in the other.
//!
//! In: two assessed deployments. Out: what moved, and rows of it. Never: losses and weaknesses in one list.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::summary::{Paint, shown};
use crate::assess::{Assessed, Band, Constants, Numbers};

/// A risk in two assessments.
pub struct Moved {
    /// `disclosure(card)`, `saas-payment-replay@webhook`: without the deployment.
    pub id: String,
    /// Whether it is a loss: losses and weaknesses are never counted together.
    pub is_loss: bool,
    /// In the first; `None`: it is not there.
    pub first: Option<Numbers>,
    /// In the second.
    pub second: Option<Numbers>,
}

/// What people are told otherwise of in the second, the largest move first: that is what the reader came for.
pub fn moved(first: &Assessed, second: &Assessed) -> Vec<Moved> {
    let (ours, theirs) = (risks(first), risks(second));
    let mut ids: Vec<&(bool, String)> = ours.keys().chain(theirs.keys()).collect();
    ids.sort();
    ids.dedup();
    let moved = ids.into_iter().map(|key| Moved {
        is_loss: key.0,
        id: key.1.clone(),
        first: ours.get(key).copied(),
        second: theirs.get(key).copied(),
    });
    let mut moved: Vec<Moved> = moved.filter(Moved::is_seen).collect();
    moved.sort_by(|a, b| b.distance().total_cmp(&a.distance()).then_with(|| a.id.cmp(&b.id)));
    moved
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

    /// What moved, for programs.
    pub fn shape(&self, constants: &Constants) -> Shape {
        let score = |numbers: Numbers| Score {
            score: numbers.residual.score(),
            band: numbers.residual.band(constants).word(),
            established: numbers.established.score(),
        };
        Shape { id: self.id.clone(), first: self.first.map(score), second: self.second.map(score) }
    }
}

/// A risk that moved.
#[derive(Serialize)]
pub struct Shape {
    /// Without the deployment.
    id: String,
    /// `null` where it is not there.
    first: Option<Score>,
    second: Option<Score>,
}

#[derive(Serialize)]
struct Score {
    score: f64,
    band: &'static str,
    established: f64,
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

/// Rows of what moved; what is slight in both is counted.
pub fn rows<'a>(constants: &Constants, moved: impl Iterator<Item = &'a Moved>) -> Vec<[String; 3]> {
    let (told, slight): (Vec<&Moved>, Vec<&Moved>) =
        moved.partition(|moved| moved.band(constants) >= Band::Medium);
    let mut rows: Vec<[String; 3]> = told.into_iter().map(|moved| row(constants, moved)).collect();
    if !slight.is_empty() {
        let most = slight.iter().map(|moved| moved.band(constants)).max().unwrap_or_default();
        let more = if rows.is_empty() { "" } else { " more" };
        rows.push([format!("{}{more}, at most {}", slight.len(), most.word()), "".into(), "".into()]);
    }
    rows
}

fn row(constants: &Constants, moved: &Moved) -> [String; 3] {
    let told = |numbers: Option<Numbers>| match numbers {
        Some(Numbers { residual, .. }) => format!("{} {}", residual.band(constants).word(), shown(residual)),
        None => "-".to_owned(),
    };
    [moved.id.clone(), told(moved.first), told(moved.second)]
}

/// Three columns, each as wide as its widest text.
pub fn columns(out: &mut String, paint: Paint, heads: [&str; 3], rows: &[[String; 3]]) {
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
