//! The same attack graph seen four ways: with controls, established, inherent, code only.
//!
//! In: the graph and a [`View`]. Out: which steps count, and with which probabilities. Never: another topology; what differs is
//! only what is switched off.

use super::attack_graph::Edge;
use super::variables::{Barrier, Variable};

/// How the attack graph is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// With controls at work, defaults standing in for what nobody said.
    Residual,
    /// With every unset attribute at its most favourable value, and without steps that only stand because of one.
    Established,
    /// With every control off, declared or native.
    Inherent,
    /// As residual, without third parties and findings.
    CodeOnly,
}

impl View {
    /// All of them.
    pub const ALL: [View; 4] = [View::Residual, View::Established, View::Inherent, View::CodeOnly];

    /// Whether a step counts.
    pub fn has(self, edge: &Edge) -> bool {
        match self {
            View::Residual | View::Inherent => true,
            View::Established => !edge.is_assumed,
            View::CodeOnly => !edge.is_beyond_code,
        }
    }

    /// Whether anything stands in the way.
    pub fn has_barriers(self) -> bool {
        self != View::Inherent
    }

    /// The probability of a variable.
    pub fn probability(self, variable: &Variable) -> f64 {
        match self {
            View::Established => variable.established,
            View::Residual | View::Inherent | View::CodeOnly => variable.residual,
        }
    }

    /// The probability that a barrier holds, at most.
    pub fn bound(self, barrier: &Barrier) -> f64 {
        match self {
            View::Inherent => 0.0,
            View::Established => barrier.established,
            View::Residual | View::CodeOnly => barrier.residual,
        }
    }
}
