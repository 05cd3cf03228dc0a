//! The laws of the risk model (`docs/risk-model.md`), tried on products made up at random.
//!
//! In: cases. Out: tests. Never: a law that nothing could break; each goes red under a fault of the engine that has a name.

mod assessed;
mod controls;
mod coverage;
mod exactly;
mod facts;
mod faults;
mod made_up;
mod network;
mod numbers;
mod sameness;
mod sketch;
mod worlds;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

pub use faults::noisy_or;

use assessed::Verdict;
use made_up::{Case, cases};

/// On how many products each law is tried, unless `PROPTEST_CASES` says more.
const MODELS: u32 = 512;

/// Something that holds for every product.
pub struct Law {
    /// What, with its number in the risk model.
    pub says: &'static str,
    /// Whether it holds for one.
    pub holds: fn(&Case) -> Verdict,
}

/// A case as it was made up, and what was wrong with it.
type Wrong = Box<TestError<(sketch::Sketch, made_up::More)>>;

/// Tries laws on the same products as every other run; the first that one does not hold for is made as small as it gets.
fn tried(laws: &[Law]) -> Result<(), Wrong> {
    try_all(|case| {
        let wrong_under = |law: &Law, wrong| TestCaseError::fail(format!("{}\n{wrong}", law.says));
        laws.iter().try_for_each(|law| (law.holds)(case).map_err(|wrong| wrong_under(law, wrong)))
    })
}

fn try_all(holds: impl Fn(&Case) -> Verdict) -> Result<(), Wrong> {
    let config = Config::default();
    let config = Config {
        cases: config.cases.max(MODELS),
        failure_persistence: None,
        max_shrink_iters: 256,
        ..config
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&cases(), |made_up| holds(&Case::new(made_up))).map_err(Box::new)
}

/// Asserts that laws hold.
fn hold(laws: &[Law]) {
    if let Err(wrong) = tried(laws) {
        panic!("{wrong}");
    }
}

#[test]
fn controls_never_raise_a_risk() {
    hold(&[controls::ADDED, controls::SHOWN, controls::WIDENED]);
}

#[test]
fn paper_earns_only_so_much() {
    hold(&[controls::EXPIRED, controls::ONCE, controls::HUNDREDFOLD, controls::GROUP, controls::RECOVERY]);
}

#[test]
fn facts_never_lower_a_risk() {
    hold(&[
        facts::FLOW,
        facts::OPENING,
        facts::RIGHT,
        facts::FINDING,
        facts::ACTOR,
        facts::WEAKENED,
        facts::ANSWERED,
    ]);
}

#[test]
fn numbers_are_in_order() {
    hold(&[
        numbers::IN_ORDER,
        numbers::INHERENT,
        numbers::BOUND,
        numbers::BANDS,
        numbers::INTERVAL,
        worlds::COUNTED,
    ]);
}

#[test]
fn what_must_not_matter_does_not() {
    hold(&[sameness::ORDER, sameness::NAMES, sameness::ACCEPTED, sameness::TWICE, sameness::THREADS]);
}

#[test]
fn things_fall_apart_as_they_are_apart() {
    hold(&[sameness::CELLS, sameness::APART, network::AT_HOME]);
}

#[test]
fn an_opening_only_ever_adds() {
    hold(&[network::GROWS, network::TURNED]);
}

#[test]
fn exact_likelihoods_keep_the_laws() {
    hold(exactly::ALL);
}
