//! One deployment from product to report: losses, weaknesses, obligations, each in order and pointing at the others.
//!
//! In: products and the settings. Out: an [`Assessed`] each. Never: a look at another deployment where nothing is shared with it.

use rustc_hash::FxHashMap;

use super::attack_graph::EdgeId;
use super::attacks::Wanted;
use super::losses::losses;
use super::sharing::{Draft, sharing_with};
use super::situation::{Settings, Situation};
use super::view::View;
use super::weaknesses::{Reported, report};
use super::{Assessed, Assessment, Attack, Band, Constants, GraphSize, LossRisk, Numbers, Status, Weakness};
use crate::graph::Product;
use crate::model::{LossId, ThingId};

/// Assesses every deployment.
pub fn assess_all(products: &[Product], settings: &Settings) -> Assessment {
    let drafts: Vec<Draft<'_>> = products.iter().map(|product| Draft::of(product, settings)).collect();
    Assessment {
        constants: settings.constants.clone(),
        today: settings.today,
        method: settings.method,
        deployments: drafts.iter().map(|own| assessed(own, &drafts, settings)).collect(),
        off: Vec::new(),
    }
}

/// Assesses one deployment of several; the others count as far as what they share with it leads into it.
pub fn assess(product: &Product, all: &[Product], settings: &Settings) -> Assessed {
    assessed(&Draft::of(product, settings), &sharing_with(product, all, settings), settings)
}

/// The strongest attacks on one loss, the most probable first: what explains it, and what remains when that is cured.
pub fn attacks(
    product: &Product,
    all: &[Product],
    settings: &Settings,
    (loss, thing): (LossId, ThingId),
    most: usize,
) -> Vec<Attack> {
    let mut settings = Settings::new(settings.constants.clone(), settings.today);
    // Attacks are found without worlds.
    settings.constants.samples = 1;
    let (own, others) = (Draft::of(product, &settings), sharing_with(product, all, &settings));
    let situation = Situation::of(&own, &others, &settings);
    let found = situation.losable.iter().find(|losable| (losable.loss, losable.thing) == (loss, thing));
    let attacks = found.map(|losable| situation.attacks_on(losable.node, Wanted::Several(most)));
    attacks.into_iter().flatten().map(|(attack, _)| attack).collect()
}

fn assessed(own: &Draft<'_>, all: &[Draft<'_>], settings: &Settings) -> Assessed {
    let situation = Situation::of(own, all, settings);
    let product = situation.product;
    let (mut losses, ways): (Vec<_>, Vec<_>) = losses(&situation).into_iter().unzip();
    let Reported { weaknesses, obligations } = report(&situation);
    let (mut weaknesses, edges): (Vec<_>, Vec<_>) = weaknesses.into_iter().unzip();

    let by_thing: FxHashMap<(LossId, ThingId), usize> = losses
        .iter()
        .enumerate()
        .filter_map(|(at, loss)| Some(((loss.loss, loss.args.first().copied()?), at)))
        .collect();
    for weakness in &mut weaknesses {
        let reported = |at: &usize| {
            let losable = situation.losable.get(*at)?;
            by_thing.get(&(losable.loss, losable.thing)).copied()
        };
        weakness.losses = weakness.losses.iter().filter_map(reported).collect();
    }
    let mut by_edge: FxHashMap<EdgeId, Vec<usize>> = FxHashMap::default();
    for (at, edges) in edges.iter().enumerate() {
        for edge in edges {
            by_edge.entry(*edge).or_default().push(at);
        }
    }
    for (loss, way) in losses.iter_mut().zip(ways) {
        let mut feeding: Vec<usize> =
            way.iter().flat_map(|edge| by_edge.get(edge).into_iter().flatten().copied()).collect();
        feeding.sort_unstable();
        feeding.dedup();
        loss.weaknesses = feeding;
    }
    Assessed {
        deployment: product.deployment,
        name: product.name(),
        highest: losses.iter().map(|loss| loss.numbers).reduce(Numbers::highest),
        losable: situation.losable.iter().filter(|loss| loss.impact.seen(View::Inherent) > 0.0).count(),
        gate: gate(&losses, weaknesses.iter().chain(&obligations), &settings.constants),
        exposure: losses.iter().map(|loss| loss.numbers.residual.value()).sum(),
        serious: situation.serious(),
        size: GraphSize {
            states: situation.graph.nodes.len(),
            steps: situation.graph.edges.len(),
            variables: situation.graph.variables.len(),
        },
        losses,
        weaknesses,
        obligations,
    }
}

/// The highest band that is established, and about which nothing was decided.
fn gate<'a>(losses: &[LossRisk], weak: impl Iterator<Item = &'a Weakness>, constants: &Constants) -> Band {
    let losses = losses.iter().map(|loss| (&loss.status, loss.numbers.established));
    let weak = weak.filter(|weakness| !weakness.is_question);
    let weak = weak.map(|weakness| (&weakness.status, weakness.numbers.established));
    let open = losses.chain(weak).filter(|(status, _)| **status == Status::Open);
    open.map(|(_, risk)| risk.band(constants)).max().unwrap_or_default()
}
