//! The same attack graph seen in several ways: with controls, established, inherent, code only, and at both ends of what it may be.
//!
//! In: the graph and a [`View`]. Out: which steps count, and with which probabilities. Never: another topology; what differs is
//! only what is switched off.

use super::attack_graph::Edge;
use super::likely::Likely;
use super::variables::{Barrier, Variable};
use crate::base::fault::{self, Fault};

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
    /// As residual, with every chance at the low end of its range and every strength at the high end.
    Low,
    /// As residual, with every chance at the high end of its range and every strength at the low end.
    High,
}

/// One of two probabilities of a variable whose luck is drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// With defaults; at the low end.
    First,
    /// At its most favourable; at the high end.
    Second,
}

impl View {
    /// All of them.
    pub const ALL: [View; 6] =
        [View::Residual, View::Established, View::Inherent, View::CodeOnly, View::Low, View::High];

    /// Those in which a risk is told.
    pub const TOLD: [View; 4] = [View::Residual, View::Established, View::Inherent, View::CodeOnly];

    /// The ends of what it may be.
    pub const ENDS: [View; 2] = [View::Low, View::High];

    /// Which of the two probabilities it reads that are drawn together.
    pub fn side(self) -> Side {
        match self {
            View::Established | View::High => Side::Second,
            View::Residual | View::Inherent | View::CodeOnly | View::Low => Side::First,
        }
    }

    /// Whether a step counts.
    pub fn has(self, edge: &Edge) -> bool {
        match self {
            View::Residual | View::Inherent | View::Low | View::High => true,
            View::Established => !edge.is_assumed,
            View::CodeOnly => !edge.is_beyond_code,
        }
    }

    /// Whether anything stands in the way.
    pub fn has_barriers(self) -> bool {
        self != View::Inherent || fault::is(Fault::InherentKeepsGuards)
    }

    /// A probability.
    pub fn read(self, likely: &Likely) -> f64 {
        match self {
            View::Residual | View::Inherent | View::CodeOnly => likely.residual,
            View::Established => likely.established,
            View::Low => likely.low,
            View::High => likely.high,
        }
    }

    /// The probability of a variable.
    pub fn probability(self, variable: &Variable) -> f64 {
        self.read(&variable.likely)
    }

    /// The probability that a barrier holds, at most.
    pub fn bound(self, barrier: &Barrier) -> f64 {
        if self.has_barriers() { self.read(&barrier.bound) } else { 0.0 }
    }
}
