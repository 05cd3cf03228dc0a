//! From a product to its risks: the rules, the attack graph, the worlds.
//!
//! In: [`crate::graph::Product`]s and the engine's constants. Out: an [`Assessment`]. Never: a rule, kind or control by name;
//! the engine knows states, steps and guards, and the library knows security.

mod acceptance;
mod attack_graph;
mod attacks;
mod barriers;
mod bdd;
mod chance_bits;
mod chances;
mod circles;
mod cone;
mod constants;
mod course;
mod credit;
mod cure;
mod edge_index;
mod engine;
mod errors;
mod exact;
mod explanation;
mod extract;
mod fixpoint;
mod generate;
mod goal;
mod harden;
mod hurdles;
mod impacts;
#[cfg(test)]
mod laws;
mod likely;
mod lints;
mod lists;
mod losses;
mod matching;
mod misses;
mod obligations;
mod oracle;
mod query;
mod repairs;
mod report;
mod score;
mod sharing;
mod situation;
mod strength;
mod strongest;
mod testing;
mod trial;
mod variables;
mod view;
mod weaknesses;
mod what_if;
mod worlds;

pub use constants::{Constants, Cuts};
pub use credit::{Credit, Credits, Safeguard};
pub use cure::{Act, Cure, NewControl};
pub use engine::{assess, assess_all, attacks};
pub use exact::together;
pub use explanation::{Bound, Explanation, FixValue, explain};
pub use goal::Goal;
pub use harden::{Plan, Stage, cheapest_cure, harden};
pub use hurdles::{Fact, Hurdle, Trust, What};
pub use impacts::ImpactParts;
pub use lints::{Finding, diagnostics, lint};
pub use oracle::Knowledge;
pub use query::{Answer, Row, ask};
pub use report::{
    Assessed, Assessment, Attack, AttackStep, GraphSize, LossRisk, Method, Numbers, Status, SwitchedOff,
    Weakness,
};
pub use score::{Band, Risk};
pub use situation::{Intervals, Settings};
pub use testing::{Outcome, run, run_all};
pub use what_if::absent_from;
