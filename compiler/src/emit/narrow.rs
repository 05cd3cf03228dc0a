//! A part of an assessment: one deployment, or what reaches a band.
//!
//! In: an assessment. Out: a smaller one in which positions fit. Never: a number that changes.

use crate::assess::{Assessed, Assessment, Band, LossRisk, Weakness};

/// What is left of an assessment; `only`: one deployment.
pub fn narrow(assessment: &Assessment, only: Option<&str>, least: Band) -> Assessment {
    let reaches = |risk: crate::assess::Risk| risk.band(&assessment.constants) >= least;
    let wanted =
        assessment.deployments.iter().filter(|assessed| only.is_none_or(|name| *assessed.name == *name));
    let deployments = wanted.map(|assessed| {
        let losses = places(&assessed.losses, |loss| reaches(loss.numbers.residual));
        let weaknesses = places(&assessed.weaknesses, |weakness| reaches(weakness.numbers.residual));
        let moved = |at: &Vec<usize>, places: &[Option<usize>]| -> Vec<usize> {
            at.iter().filter_map(|at| places.get(*at).copied().flatten()).collect()
        };
        let kept_loss =
            |loss: &LossRisk| LossRisk { weaknesses: moved(&loss.weaknesses, &weaknesses), ..loss.clone() };
        let kept_weakness =
            |weakness: &Weakness| Weakness { losses: moved(&weakness.losses, &losses), ..weakness.clone() };
        let duties = assessed.obligations.iter().filter(|duty| reaches(duty.numbers.residual));
        Assessed {
            losses: kept(&assessed.losses, &losses).map(kept_loss).collect(),
            weaknesses: kept(&assessed.weaknesses, &weaknesses).map(kept_weakness).collect(),
            obligations: duties.map(kept_weakness).collect(),
            ..assessed.clone()
        }
    });
    Assessment { deployments: deployments.collect(), ..assessment.clone() }
}

/// Where each item stands among those that are kept.
fn places<T>(items: &[T], is_kept: impl Fn(&T) -> bool) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |item: &T| {
        is_kept(item).then(|| {
            next += 1;
            next - 1
        })
    };
    items.iter().map(place).collect()
}

fn kept<'a, T>(items: &'a [T], places: &'a [Option<usize>]) -> impl Iterator<Item = &'a T> {
    items.iter().zip(places).filter(|(_, place)| place.is_some()).map(|(item, _)| item)
}
