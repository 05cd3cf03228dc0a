//! What a supposition does to the risks: before and after, risk by risk.
//!
//! In: two assessments of one package. Out: text, or the shapes of JSON. Never: a risk that did not move.

use serde::Serialize;

use super::moved::{Moved, Shape, columns, moved, rows};
use super::summary::Paint;
use crate::assess::{Assessment, Constants};

/// What suppositions do to the risks.
pub struct Effect<'a> {
    statements: &'a [String],
    constants: &'a Constants,
    /// By the name of a deployment.
    deployments: Vec<(String, Vec<Moved>)>,
}

impl<'a> Effect<'a> {
    /// Compares two assessments; `only`: of one deployment.
    pub fn of(
        statements: &'a [String],
        before: &'a Assessment,
        after: &Assessment,
        only: Option<&str>,
    ) -> Effect<'a> {
        let wanted =
            before.deployments.iter().filter(|assessed| only.is_none_or(|name| *assessed.name == *name));
        let pairs = wanted.filter_map(|first| {
            let second = after.deployments.iter().find(|second| second.name == first.name)?;
            Some((first.name.to_string(), moved(first, second)))
        });
        Effect { statements, constants: &before.constants, deployments: pairs.collect() }
    }

    /// What moved, deployment by deployment.
    pub fn text(&self, paint: Paint) -> String {
        let statements: Vec<String> = self.statements.iter().map(|text| format!("`{text}`")).collect();
        let mut out = paint.wrapped(&format!("what if {}", statements.join(" and ")), "", "  ");
        for (name, moved) in &self.deployments {
            let around = if name.is_empty() { String::new() } else { format!(" in {name}") };
            if moved.is_empty() {
                out.push_str(&format!("\nno risk changes{around}\n"));
            }
            for (heading, losses) in [("losses", true), ("weaknesses", false)] {
                let rows = rows(self.constants, moved.iter().filter(|moved| moved.is_loss == losses));
                columns(&mut out, paint, [&format!("{heading}{around}"), "before", "after"], &rows);
            }
        }
        out.push('\n');
        out
    }

    /// The same for programs.
    pub fn shape(&self) -> WhatIf {
        let deployments = self.deployments.iter().map(|(name, moved)| {
            let risks = |losses: bool| {
                let some = moved.iter().filter(move |moved| moved.is_loss == losses);
                some.map(|moved| moved.shape(self.constants)).collect()
            };
            Deployment { name: name.clone(), losses: risks(true), weaknesses: risks(false) }
        });
        WhatIf { statements: self.statements.to_vec(), deployments: deployments.collect() }
    }
}

/// What suppositions do.
#[derive(Serialize)]
pub struct WhatIf {
    /// As they were given.
    statements: Vec<String>,
    deployments: Vec<Deployment>,
}

/// What moved in a deployment; `first` is before, `second` after.
#[derive(Serialize)]
struct Deployment {
    name: String,
    losses: Vec<Shape>,
    weaknesses: Vec<Shape>,
}
