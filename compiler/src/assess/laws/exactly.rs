//! Laws of exact likelihoods: the worlds come near them, no single attack is above them, and they move the same way (P1, P2, P4).
//!
//! In: cases whose diagrams are small. Out: verdicts. Never: a share of worlds taken for what is so.

use std::collections::BTreeMap;

use super::Law;
use super::assessed::{Seen, Verdict, check, graphs, seen};
use super::made_up::Case;
use super::worlds;
use crate::assess::attack_graph::{AttackGraph, Node, NodeId};
use crate::assess::exact::{Exact, PerView};
use crate::assess::strongest::Strongest;
use crate::assess::view::View;

pub const NEAR: Law =
    Law { says: "P4: the worlds come near the exact likelihood, and no attack is above it", holds: near };
pub const CONTROL: Law =
    Law { says: "P1: a control that is added raises no exact likelihood", holds: control };
pub const FACT: Law = Law { says: "P2: a finding that is added lowers no exact likelihood", holds: fact };

pub const ALL: &[Law] = &[NEAR, CONTROL, FACT];

/// How large a diagram may be: most losses of little products need far less.
const MOST: usize = 10_000;

/// The last digits of a sum of products.
const DIGITS: f64 = 1e-9;

/// The losses of a graph whose exact likelihoods cost little.
pub fn exact(graph: &AttackGraph) -> Vec<(NodeId, &Node, PerView)> {
    let wiring = graph.wiring();
    let exact = Exact::new(graph, &wiring, MOST);
    let losses = graph.nodes.iter_ids().filter(|(_, node)| matches!(node, Node::Loss(..)));
    losses.take(3).filter_map(|(id, node)| Some((id, node, exact.likelihood(id).ok()?))).collect()
}

fn near(case: &Case) -> Verdict {
    let settings = worlds::many();
    for graph in graphs(&case.base().products, &settings) {
        let wiring = graph.wiring();
        let counts = worlds::counts(&graph, &settings.constants);
        for (id, node, exact) in exact(&graph) {
            for ((view, counts), exact) in View::TOLD.into_iter().zip(&counts).zip(exact) {
                let (share, bound) = (counts.node(id), Strongest::find(&graph, &wiring, view, &[]).reach(id));
                let is_near = (share - exact).abs() <= worlds::error(exact) && bound <= exact + DIGITS;
                check(is_near, || {
                    let text = &case.base().text;
                    format!(
                        "{node:?}, {view:?}: {exact} exactly, {share} in the worlds, {bound} at least\n{text}"
                    )
                })?;
            }
        }
    }
    Ok(())
}

/// The exact likelihoods of a product, by deployment and by what is lost.
fn likelihoods(seen: &Seen) -> BTreeMap<String, PerView> {
    let graphs = graphs(&seen.products, &super::assessed::settings());
    let mut all = BTreeMap::new();
    for (product, graph) in seen.products.iter().zip(&graphs) {
        for (_, node, exact) in exact(graph) {
            if let Node::Loss(loss, thing) = node {
                let (loss, thing) = (&product.model.losses[*loss].name, product.model.path(*thing));
                all.insert(format!("{loss}({thing})@{}", product.name()), exact);
            }
        }
    }
    all
}

/// Nothing is likelier in `less` than in `more`, in any view.
fn none_is_likelier(less: &Seen, more: &Seen) -> Verdict {
    let above = likelihoods(more);
    for (id, below) in likelihoods(less) {
        for (below, above) in above.get(&id).into_iter().flat_map(|above| below.into_iter().zip(above)) {
            check(below <= above + DIGITS, || {
                format!("{id}: {below} is above {above}\n{}\n---\n{}", less.text, more.text)
            })?;
        }
    }
    Ok(())
}

fn control(case: &Case) -> Verdict {
    none_is_likelier(case.added(), case.base())
}

fn fact(case: &Case) -> Verdict {
    let mut sketch = case.sketch.clone();
    sketch.findings.push(case.more.finding.clone());
    none_is_likelier(case.base(), &seen(&sketch.declarations()))
}
