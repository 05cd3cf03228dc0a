//! From a product to its risks: the rules, the attack graph, the worlds.
//!
//! In: [`crate::graph::Product`]s and the engine's constants. Out: an [`Assessment`]. Never: a rule, kind or control by name;
//! the engine knows states, steps and guards, and the library knows security.

mod constants;
mod report;
mod score;

pub use constants::{Constants, Cuts};
pub use report::{Assessed, Assessment, Attack, AttackStep, GraphSize, LossRisk, Numbers, Status, Weakness};
pub use score::{Band, Risk};
