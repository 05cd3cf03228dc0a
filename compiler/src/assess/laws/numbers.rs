//! Laws of the numbers of one product: which is above which, and what follows from a number alone (P3, P4, P12).

use super::Law;
use super::assessed::{Seen, Verdict, check, graphs, losses, named, seen, seen_with, settings, value};
use super::made_up::Case;
use super::sketch::Sketch;
use super::worlds;
use crate::assess::attack_graph::Node;
use crate::assess::strongest::Strongest;
use crate::assess::view::View;
use crate::assess::{Band, Constants, Intervals, Numbers, Risk, Settings};

pub const IN_ORDER: Law =
    Law { says: "P3: inherent is above residual, and that above established", holds: in_order };
pub const INHERENT: Law = Law { says: "P3: inherent risk knows no control", holds: inherent };
pub const BOUND: Law =
    Law { says: "P4: no single attack is likelier than all, and nothing more than certain", holds: bound };
pub const BANDS: Law = Law { says: "P12: the band follows from the score alone", holds: bands };

pub const INTERVAL: Law = Law { says: "P13: what a score may be lies around it", holds: interval };

pub const ALL: &[Law] = &[IN_ORDER, INHERENT, BOUND, BANDS, INTERVAL];

/// All numbers of a product, losses and weaknesses.
fn numbers(seen: &Seen) -> impl Iterator<Item = (&str, Numbers)> {
    seen.deployments.iter().flat_map(|deployment| {
        let losses = deployment.losses.iter().map(|loss| (&*loss.id, loss.numbers));
        losses.chain(deployment.weaknesses.iter().map(|weakness| (&*weakness.id, weakness.numbers)))
    })
}

fn in_order(case: &Case) -> Verdict {
    for (id, numbers) in numbers(case.base()) {
        let pairs = [
            ("inherent", numbers.inherent, "residual", numbers.residual),
            ("residual", numbers.residual, "established", numbers.established),
            ("residual", numbers.residual, "code only", numbers.code_only),
        ];
        for (above, high, below, low) in pairs {
            check(high.value() >= low.value(), || {
                let (high, low) = (high.value(), low.value());
                format!("{id}: {above} {high} is below {below} {low}\n{}", case.base().text)
            })?;
        }
    }
    Ok(())
}

fn inherent(case: &Case) -> Verdict {
    let bare = seen(&Sketch { controls: Vec::new(), ..case.sketch.clone() }.declarations());
    for (one, other) in case.base().deployments.iter().zip(&bare.deployments) {
        let bare = losses(other);
        for (id, numbers) in losses(one) {
            let (with, without) = (numbers.inherent, value(&bare, &id).inherent);
            check(with == without, || format!("{id}: {without:?} without controls, {with:?} with them"))?;
        }
    }
    Ok(())
}

/// The product of the factors of the strongest attack is a probability that the worlds know as well.
fn bound(case: &Case) -> Verdict {
    for (_, numbers) in numbers(case.base()) {
        for (_, risk) in named(&numbers) {
            check((0.0..=1.0).contains(&risk.likelihood) && (0.0..=1.0).contains(&risk.impact), || {
                format!("{risk:?} is no risk")
            })?;
        }
    }
    let settings = worlds::many();
    for graph in graphs(&case.base().products, &settings) {
        let wiring = graph.wiring();
        for (view, counts) in View::TOLD.into_iter().zip(worlds::counts(&graph, &settings.constants)) {
            let strongest = Strongest::find(&graph, &wiring, view, &[]);
            for (id, node) in graph.nodes.iter_ids().filter(|(_, node)| matches!(node, Node::Loss(..))) {
                let (bound, share) = (strongest.reach(id), counts.node(id));
                check(bound <= share + worlds::error(bound.max(share)), || {
                    format!(
                        "{node:?}, {view:?}: one attack is {bound}, all are {share}\n{}",
                        case.base().text
                    )
                })?;
            }
        }
    }
    Ok(())
}

/// Both ends of what a loss may be lie around what it is.
fn interval(case: &Case) -> Verdict {
    let settings = Settings { intervals: Intervals::Found, ..settings() };
    let seen = seen_with(&[case.base().text.clone()], &settings);
    for loss in seen.deployments.iter().flat_map(|deployment| &deployment.losses) {
        let at = loss.numbers.residual.value();
        let is_around = loss.interval.is_some_and(|(low, high)| low.value() <= at && at <= high.value());
        check(is_around, || format!("{}: {at} is not in {:?}\n{}", loss.id, loss.interval, seen.text))?;
    }
    Ok(())
}

/// Where each band begins, as a score.
fn begins(constants: &Constants, band: Band) -> f64 {
    let cut = match band {
        Band::None => return 0.0,
        Band::Low => constants.bands.low,
        Band::Medium => constants.bands.medium,
        Band::High => constants.bands.high,
        Band::Critical => constants.bands.critical,
    };
    10.0 + 2.0 * cut.log10()
}

fn bands(case: &Case) -> Verdict {
    let constants = settings().constants;
    for (id, numbers) in numbers(case.base()) {
        for (view, risk) in named(&numbers) {
            let same = Risk { likelihood: risk.value(), impact: 1.0 };
            let (band, score) = (risk.band(&constants), risk.score());
            let next = Band::ALL.into_iter().find(|other| *other > band);
            let is_right = band == same.band(&constants)
                && score >= begins(&constants, band) - 1e-9
                && next.is_none_or(|next| score <= begins(&constants, next) + 1e-9);
            check(is_right, || format!("{id}, {view}: {score} is called {}", band.word()))?;
        }
    }
    Ok(())
}
