//! Faults of the engine, each with the laws that go red under it.
//!
//! In: a fault by its name. Out: a test for each, which finds a product that breaks the law under the fault and keeps it without.
//! Never: a law that no fault breaks.

use std::collections::BTreeSet;

use proptest::test_runner::TestError;

use super::made_up::Case;
use super::{Law, controls, exactly, facts, network, numbers, sameness, tried, worlds};
use crate::assess::attack_graph::{AttackGraph, Node};
use crate::assess::worlds::Counts;
use crate::base::Id;
use crate::base::fault::{self, Fault};

/// Asserts that a law goes red under a fault, for a product for which it holds without.
fn goes_red(fault: Fault, law: &Law) {
    let Err(wrong) = fault::during(fault, || tried(std::slice::from_ref(law))) else {
        panic!("{fault:?} breaks no product of `{}`", law.says);
    };
    let TestError::Fail(_, made_up) = *wrong else { panic!("{wrong}") };
    let sound = (law.holds)(&Case::new(made_up));
    assert!(sound.is_ok(), "{} is wrong without any fault: {sound:?}", law.says);
}

/// A test for each fault, and a table of all of them.
macro_rules! faults {
    ($($name:ident: $fault:ident breaks $($law:expr),+;)+) => {
        $(
            #[test]
            fn $name() {
                $(goes_red(Fault::$fault, &$law);)+
            }
        )+

        const BREAKS: &[(Fault, &[Law])] = &[$((Fault::$fault, &[$($law),+])),+];
    };
}

faults! {
    guards_are_ignored: GuardsAreIgnored breaks worlds::COUNTED, exactly::NEAR;
    the_last_guard_counts: LastGuardCounts breaks controls::ADDED, exactly::CONTROL;
    a_control_is_credited_twice: ControlIsCreditedTwice breaks controls::ONCE;
    full_evidence_is_lost: FullEvidenceIsLost breaks controls::SHOWN;
    full_coverage_is_lost: FullCoverageIsLost breaks controls::WIDENED;
    expired_evidence_counts_fully: ExpiredCountsFully breaks controls::EXPIRED;
    the_failure_of_a_group_is_forgotten: GroupIsForgotten breaks controls::GROUP;
    the_failure_of_a_deployment_is_forgotten: DeploymentIsForgotten breaks controls::HUNDREDFOLD;
    recovery_is_unbounded: RecoveryIsUnbounded breaks controls::RECOVERY;
    the_last_chance_counts: LastChanceCounts breaks facts::FINDING, exactly::FACT;
    the_newest_fact_hides_the_others: LastStepCounts breaks facts::FLOW, facts::RIGHT, facts::ACTOR;
    the_last_opening_counts: LastOpeningCounts breaks network::GROWS, network::TURNED;
    what_nobody_opens_is_shut: UnopenedIsShut breaks facts::OPENING;
    the_unset_is_absent: UnsetIsAbsent breaks facts::ANSWERED, numbers::IN_ORDER;
    strength_is_weakness: StrengthIsWeakness breaks facts::WEAKENED;
    inherent_risk_keeps_its_guards: InherentKeepsGuards breaks numbers::INHERENT;
    the_strongest_attack_meets_no_guard: StrongestMeetsNoGuard breaks numbers::BOUND;
    a_strength_is_taken_for_a_chance: StrengthIsTakenForChance breaks numbers::INTERVAL;
    a_band_looks_at_the_impact: BandLooksAtImpact breaks numbers::BANDS;
    ways_are_taken_for_independent: NoisyOr breaks worlds::COUNTED, exactly::NEAR, sameness::TWICE;
    each_step_has_its_own_cause: OneCausePerStep breaks sameness::TWICE;
    luck_hangs_on_order: LuckHangsOnOrder breaks sameness::ORDER;
    luck_hangs_on_names: LuckHangsOnLength breaks sameness::NAMES;
    luck_hangs_on_threads: LuckHangsOnThreads breaks sameness::THREADS;
    cells_are_forgotten: CellsAreForgotten breaks sameness::CELLS;
    everything_is_shared: EverythingIsShared breaks sameness::APART, network::AT_HOME;
    an_acceptance_lowers_a_number: AcceptanceLowers breaks sameness::ACCEPTED;
}

#[test]
fn every_law_has_a_fault_that_breaks_it() {
    let broken: BTreeSet<&str> =
        BREAKS.iter().flat_map(|(_, laws)| laws.iter().map(|law| law.says)).collect();
    let groups = [
        controls::ALL,
        exactly::ALL,
        facts::ALL,
        numbers::ALL,
        sameness::ALL,
        network::ALL,
        &[worlds::COUNTED],
    ];
    let laws: BTreeSet<&str> = groups.iter().flat_map(|laws| laws.iter().map(|law| law.says)).collect();
    assert_eq!(broken, laws);
}

/// What the counts would be if the ways to a state did not share anything: the mistake that worlds are there to avoid.
pub fn noisy_or(graph: &AttackGraph, counts: &mut Counts) {
    if !fault::is(Fault::NoisyOr) {
        return;
    }
    let wiring = graph.wiring();
    let samples = f64::from(counts.samples);
    let missed = |counts: &Counts, node| -> f64 {
        wiring.givers(node).iter().map(|edge| 1.0 - counts.edge(*edge)).product()
    };
    for node in graph.nodes.ids() {
        counts.nodes[node.index()] = ((1.0 - missed(counts, node)) * samples) as u32;
    }
    // A loss is as likely as what it is the loss of.
    for (node, _) in graph.nodes.iter_ids().filter(|(_, node)| matches!(node, Node::Loss(..))) {
        let needs = wiring.givers(node).iter().flat_map(|edge| graph.needs(*edge));
        counts.nodes[node.index()] = needs.map(|need| counts.nodes[need.index()]).max().unwrap_or(0);
    }
}
