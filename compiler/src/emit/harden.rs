//! A way down, cure by cure, for people and for programs.
//!
//! In: [`Material`] and a [`Plan`]. Out: text, or JSON. Never: a cure without what it brings, or a plan that claims more than it
//! reaches.

use serde::Serialize;

use super::Material;
use super::json::{FORMAT, Placed, Score, placed, pretty, score};
use super::summary::{Paint, nothing, shown};
use crate::assess::{Act, Assessed, Band, Constants, Plan, Risk, Stage};

/// A plan for one deployment.
pub struct Planned<'a> {
    /// The deployment.
    pub assessed: &'a Assessed,
    /// How far down.
    pub band: Band,
    /// The way.
    pub plan: Plan,
}

/// The plans for people.
pub fn text(material: &Material<'_>, plans: &[Planned<'_>], paint: Paint) -> String {
    let mut out = String::new();
    let mut has_new_control = false;
    for planned in plans {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&deployment(material, planned, paint));
        has_new_control |= planned.plan.stages.iter().any(|stage| matches!(stage.cure.act, Act::Put(_)));
    }
    if has_new_control {
        out.push_str("\na control that is new counts as tested; say of it what is true once it is there\n");
    }
    out
}

fn deployment(material: &Material<'_>, planned: &Planned<'_>, paint: Paint) -> String {
    let constants = &material.assessment.constants;
    let Planned { band, plan, .. } = planned;
    let name = if planned.assessed.name.is_empty() { "the product" } else { &*planned.assessed.name };
    let before = plan.before.map_or_else(|| nothing(planned.assessed), |risk| told(risk, constants, paint));
    let mut out = format!("{}  {before}\n", paint.strong(name));
    for (at, stage) in plan.stages.iter().enumerate() {
        out.push_str(&self::stage(material, at + 1, stage, paint));
    }
    out.push_str(&paint.wrapped(&verdict(plan, *band), "", "  "));
    if let Some((cure, exposure)) = &plan.strongest_lever {
        let lever = format!(
            "the exposure index moves most with `{}`: {:.2} -> {exposure:.2}",
            cure.statement, plan.exposure
        );
        out.push_str(&paint.wrapped(&lever, "", "  "));
    }
    out
}

fn stage(material: &Material<'_>, number: usize, stage: &Stage, paint: Paint) -> String {
    let constants = &material.assessment.constants;
    let after = stage.after.map_or_else(|| "nothing is left".to_owned(), |risk| told(risk, constants, paint));
    let mut lines = stage.cure.statement.lines();
    let mut out = format!("{number:>3} {}\n", lines.next().unwrap_or_default());
    lines.for_each(|line| out.push_str(&format!("    {line}\n")));
    let place = material.shown_place(stage.cure.place);
    out.push_str(&format!("    -> {after}, exposure {:.2} ({place})\n", stage.exposure));
    out
}

/// `CRITICAL 9.4`
fn told(risk: Risk, constants: &Constants, paint: Paint) -> String {
    let band = risk.band(constants);
    paint.band(band, &format!("{} {}", band.word().to_uppercase(), shown(risk)))
}

fn verdict(plan: &Plan, band: Band) -> String {
    let word = band.word();
    match (plan.is_reached, plan.stages.as_slice()) {
        (true, []) => format!("every loss is at most {word} already"),
        (true, _) => format!("then every loss is at most {word}"),
        (false, []) => {
            format!(
                "nothing that the model or the library knows of brings a loss nearer to {word}: take away a way in, or what is kept"
            )
        }
        (false, _) => format!(
            "nothing more that the model or the library knows of helps, and not every loss is at most {word}: take away a way in, or what is kept"
        ),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    /// How far down.
    to: &'static str,
    deployments: Vec<Deployment<'a>>,
}

#[derive(Serialize)]
struct Deployment<'a> {
    name: &'a str,
    /// `null` where there is nothing to lose.
    before: Option<Score>,
    exposure: f64,
    /// Whether every loss is at or below the band in the end.
    reached: bool,
    stages: Vec<StageShape>,
    /// What lowers the exposure index most by itself.
    lever: Option<Lever>,
}

/// A cure and how things stand with it.
#[derive(Serialize)]
pub struct StageShape {
    /// What to write: a change, or declarations.
    statement: String,
    /// What it takes, as a share of the largest effort.
    cost: f64,
    place: Placed,
    /// The worst of what is to be brought down; `null` where it is gone.
    after: Option<Score>,
    exposure: f64,
}

#[derive(Serialize)]
struct Lever {
    statement: String,
    exposure: f64,
}

/// The plans for programs.
pub fn json(material: &Material<'_>, plans: &[Planned<'_>], to: Band) -> String {
    let deployments = plans.iter().map(|planned| {
        let plan = &planned.plan;
        Deployment {
            name: &planned.assessed.name,
            before: plan.before.map(|risk| score(risk, &material.assessment.constants)),
            exposure: plan.exposure,
            reached: plan.is_reached,
            stages: stages(material, plan),
            lever: plan
                .strongest_lever
                .as_ref()
                .map(|(cure, exposure)| Lever { statement: cure.statement.clone(), exposure: *exposure }),
        }
    });
    pretty(&Report { format: FORMAT, to: to.word(), deployments: deployments.collect() })
}

/// The stages of a plan for programs.
pub fn stages(material: &Material<'_>, plan: &Plan) -> Vec<StageShape> {
    let shape = |stage: &Stage| StageShape {
        statement: stage.cure.statement.clone(),
        cost: stage.cure.cost,
        place: placed(material.sources, stage.cure.place),
        after: stage.after.map(|risk| score(risk, &material.assessment.constants)),
        exposure: stage.exposure,
    };
    plan.stages.iter().map(shape).collect()
}
