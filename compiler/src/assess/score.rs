//! From likelihood and impact to a score and a band.
//!
//! In: a likelihood and an impact. Out: numbers that people compare. Never: a band that the score does not give.

use std::cmp::Ordering;

use super::Constants;
use crate::base::fault::{self, Fault};

/// A risk as a number: likelihood times impact (risk model, section 5).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Risk {
    /// The probability that it happens within twelve months, 0 to 1.
    pub likelihood: f64,
    /// What it costs, as a fraction of the reference loss, 0 to 1.
    pub impact: f64,
}

impl Risk {
    /// Likelihood times impact.
    pub fn value(self) -> f64 {
        self.likelihood * self.impact
    }

    /// The higher of two; of equals the likelier, so that it does not matter which one comes first.
    pub fn higher(self, other: Risk) -> Risk {
        let by_likelihood = || other.likelihood.total_cmp(&self.likelihood);
        match other.value().total_cmp(&self.value()).then_with(by_likelihood) {
            Ordering::Greater => other,
            Ordering::Less => self,
            // Then only what cannot happen differs in what it would cost.
            Ordering::Equal => Risk { impact: self.impact.max(other.impact), ..self },
        }
    }

    /// `clamp(10 + 2 log10 r, 0, 10)`: two points are ten times the risk.
    pub fn score(self) -> f64 {
        let value = self.value();
        if value <= 0.0 { 0.0 } else { (10.0 + 2.0 * value.log10()).clamp(0.0, 10.0) }
    }

    /// The standard error of the score where the likelihood was counted in so many worlds (risk model, section 7).
    pub fn error(self, worlds: u32) -> f64 {
        let likelihood = self.likelihood;
        if likelihood <= 0.0 {
            return f64::INFINITY;
        }
        // Two over the natural logarithm of ten: what a relative error of the likelihood is in points.
        let points = 2.0 * std::f64::consts::LOG10_E;
        points * ((1.0 - likelihood).max(0.0) / (likelihood * f64::from(worlds.max(1)))).sqrt()
    }

    /// The score as it is printed: truncated to one decimal, so that no rounding lifts it into the next band.
    pub fn shown(self) -> String {
        // The smallest step of a float must not turn 9.0 into 8.9.
        format!("{:.1}", ((self.score() * 10.0 + 1e-9).floor()) / 10.0)
    }

    /// The band that the unrounded value gives.
    pub fn band(self, constants: &Constants) -> Band {
        let value =
            if fault::is(Fault::BandLooksAtImpact) { self.value() * self.impact } else { self.value() };
        let cuts = [
            (constants.bands.critical, Band::Critical),
            (constants.bands.high, Band::High),
            (constants.bands.medium, Band::Medium),
        ];
        let above = cuts.into_iter().find(|(cut, _)| value >= *cut).map(|(_, band)| band);
        above.unwrap_or(if value > constants.bands.low { Band::Low } else { Band::None })
    }
}

/// A band of scores. Its cuts are those of GitHub's `security-severity`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Nothing worth a name.
    #[default]
    None,
    /// Above nothing.
    Low,
    /// From 4.0.
    Medium,
    /// From 7.0.
    High,
    /// From 9.0.
    Critical,
}

impl Band {
    /// All of them, the lowest first.
    pub const ALL: [Band; 5] = [Band::None, Band::Low, Band::Medium, Band::High, Band::Critical];

    /// The score at which the next band begins.
    pub fn end(self, constants: &Constants) -> f64 {
        let cut = match self {
            Band::None => constants.bands.low,
            Band::Low => constants.bands.medium,
            Band::Medium => constants.bands.high,
            Band::High => constants.bands.critical,
            Band::Critical => 1.0,
        };
        Risk { likelihood: cut, impact: 1.0 }.score()
    }

    /// The band below it; the lowest has none and stays.
    pub fn below(self) -> Band {
        let below = Band::ALL.into_iter().rev().find(|band| *band < self);
        below.unwrap_or_default()
    }

    /// How it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Band::None => "none",
            Band::Low => "low",
            Band::Medium => "medium",
            Band::High => "high",
            Band::Critical => "critical",
        }
    }

    /// The band written `word`.
    pub fn find(word: &str) -> Option<Band> {
        Band::ALL.into_iter().find(|band| band.word() == word)
    }
}
