//! What the made-up products cover: a law says little about what never occurs.
//!
//! In: the cases of the laws. Out: a printed table, and a failure where something has become too rare. Never: a look at how the
//! cases are made; what counts is what the engine sees.

use proptest::test_runner::TestCaseError;

use super::assessed::{graphs, losses, seen, settings};
use super::exactly;
use super::made_up::Case;
use super::sketch::Sketch;
use super::try_all;
use crate::assess::attack_graph::{AttackGraph, Node};
use crate::assess::circles::groups;
use crate::assess::variables::Barrier;

/// How it is seen in a product and its attack graphs.
type IsThere = fn(&Case, &[AttackGraph]) -> bool;

/// What products are to have, the least share of them that must, and how it is seen.
const KINDS: &[(&str, f64, IsThere)] = &[
    ("a circle of steps", 0.9, |_, graphs| graphs.iter().any(has_circle)),
    ("a guard of several controls", 0.05, |_, graphs| {
        any_barrier(graphs, |barrier| barrier.controls.len() > 1)
    }),
    ("a control at work", 0.5, |_, graphs| any_barrier(graphs, |barrier| !barrier.controls.is_empty())),
    ("controls of one group", 0.25, |case, _| {
        case.sketch.controls.iter().filter(|control| control.grouped).count() > 1
    }),
    ("several deployments", 0.3, |case, _| case.base().deployments.len() > 1),
    ("shared things", 0.15, |case, _| case.base().deployments.len() > 1 && case.sketch.shares),
    ("an attack from another deployment", 0.15, |_, graphs| graphs.iter().any(is_led_into)),
    ("a trust cell of several", 0.1, |case, _| has_cell(case)),
    ("a finding", 0.5, |case, _| !case.sketch.findings.is_empty()),
    ("an opening", 0.6, |case, _| !case.sketch.allows.is_empty()),
    ("a loss between 0.001 and 0.999", 0.95, |case, _| has_loss(case, |p| p > 0.001 && p < 0.999)),
    ("a loss between 0.1 and 0.9", 0.75, |case, _| has_loss(case, |p| p > 0.1 && p < 0.9)),
    ("all of the first losses exactly", 0.8, |_, graphs| {
        graphs.iter().all(|graph| exactly::exact(graph).len() == 3)
    }),
    ("a loss that hangs on a question", 0.9, |case, _| hangs_on_question(case)),
    ("a loss that one more control lowers", 0.3, |case, _| {
        moves(case, |sketch| sketch.controls.push(case.more.control.clone()))
    }),
    ("a loss that one more flow raises", 0.25, |case, _| {
        moves(case, |sketch| sketch.flows.push(case.more.flow.clone()))
    }),
    ("a loss that one more opening raises", 0.15, |case, _| {
        moves(case, |sketch| sketch.allows.push(case.more.allow))
    }),
];

fn has_circle(graph: &AttackGraph) -> bool {
    groups(graph, &graph.wiring()).iter().any(|group| group.len() > 1)
}

fn any_barrier(graphs: &[AttackGraph], is_meant: impl Fn(&Barrier) -> bool) -> bool {
    graphs.iter().any(|graph| graph.barriers.iter().any(&is_meant))
}

fn is_led_into(graph: &AttackGraph) -> bool {
    graph.nodes.iter().any(|node| matches!(node, Node::Elsewhere(..)))
}

fn has_cell(case: &Case) -> bool {
    let fits = case.sketch.components.iter().filter(|component| component.runs_as && component.zone % 6 == 5);
    fits.count() > 1
}

fn has_loss(case: &Case, is_meant: impl Fn(f64) -> bool) -> bool {
    let mut losses = case.base().deployments.iter().flat_map(|deployment| &deployment.losses);
    losses.any(|loss| is_meant(loss.numbers.residual.likelihood))
}

fn hangs_on_question(case: &Case) -> bool {
    let mut losses = case.base().deployments.iter().flat_map(|deployment| &deployment.losses);
    losses.any(|loss| loss.numbers.residual != loss.numbers.established)
}

fn moves(case: &Case, change: impl FnOnce(&mut Sketch)) -> bool {
    let mut sketch = case.sketch.clone();
    change(&mut sketch);
    let changed = seen(&sketch.declarations());
    let pairs = case.base().deployments.iter().zip(&changed.deployments);
    pairs.into_iter().any(|(one, other)| {
        losses(one).iter().any(|(id, numbers)| {
            losses(other).get(id).is_some_and(|other| other.residual != numbers.residual)
        })
    })
}

#[test]
#[allow(clippy::print_stdout, reason = "the table is for whoever runs this test with --nocapture")]
fn the_products_have_what_the_laws_are_about() {
    let mut seen_in = vec![0_u32; KINDS.len()];
    let mut models = 0;
    let counted = std::cell::RefCell::new((&mut seen_in, &mut models));
    let outcome = try_all(|case| {
        let graphs = graphs(&case.base().products, &settings());
        let mut counted = counted.borrow_mut();
        *counted.1 += 1;
        for (count, (_, _, has)) in counted.0.iter_mut().zip(KINDS) {
            *count += u32::from(has(case, &graphs));
        }
        Ok::<(), TestCaseError>(())
    });
    assert!(outcome.is_ok());
    println!("{models} products, of which have");
    let mut rare = Vec::new();
    for (count, (what, least, _)) in seen_in.into_iter().zip(KINDS) {
        let share = f64::from(count) / f64::from(models);
        println!("{:>6.1}%  {what} (at least {:.0}%)", share * 100.0, least * 100.0);
        if share < *least {
            rare.push(*what);
        }
    }
    assert!(rare.is_empty(), "too rare: {rare:?}");
}
