//! A probability, as views read it: with defaults, at its most favourable, and at both ends of what it may be.
//!
//! In: what is said, and by how much the odds may be off (risk model, section 5). Out: a [`Likely`]. Never: an end that is on the
//! wrong side; what is the least for a chance is the most for a strength.

use crate::base::fault::{self, Fault};

/// A probability with what it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likely {
    /// With defaults standing in for what nobody said.
    pub residual: f64,
    /// With every unset attribute at its most favourable value.
    pub established: f64,
    /// Where risks are at their lowest: a chance at the low end of its range, a strength at the high end.
    pub low: f64,
    /// Where risks are at their highest.
    pub high: f64,
}

impl Likely {
    /// The chance of a step; its odds may be off by a factor either way.
    pub fn chance(residual: f64, established: f64, factor: f64) -> Likely {
        let (residual, established) = (residual.clamp(0.0, 1.0), established.clamp(0.0, 1.0));
        let (low, high) = (with_odds(residual, 1.0 / factor), with_odds(residual, factor));
        Likely { residual, established, low, high }
    }

    /// How well something holds; its odds may be off by a factor either way.
    pub fn strength(residual: f64, established: f64, factor: f64) -> Likely {
        let chance = Likely::chance(residual, established, factor);
        if fault::is(Fault::StrengthIsTakenForChance) {
            chance
        } else {
            Likely { low: chance.high, high: chance.low, ..chance }
        }
    }

    /// What the model settles: no range.
    pub fn settled(probability: f64) -> Likely {
        Likely { residual: probability, established: probability, low: probability, high: probability }
    }

    /// What is left to a variable when others that it needs take it down to a share.
    pub fn over(self, share: f64) -> Likely {
        self.each(|probability| (probability / share).min(1.0))
    }

    /// At most this.
    pub fn at_most(self, most: f64) -> Likely {
        self.each(|probability| probability.min(most))
    }

    /// What something of this strength adds to another that shares its luck, so that the two together come to what that luck
    /// gives; `share` of it is left by what it needs besides.
    pub fn beyond(self, native: Likely, share: f64) -> Likely {
        self.both(native, |strength, native| {
            let neither = 1.0 - strength - native * (1.0 - share);
            if strength <= native * share { 0.0 } else { 1.0 - neither / (1.0 - native) }
        })
    }

    /// The smaller of each.
    pub fn min(self, other: Likely) -> Likely {
        self.both(other, f64::min)
    }

    /// The larger of each.
    pub fn max(self, other: Likely) -> Likely {
        self.both(other, f64::max)
    }

    fn each(self, of: impl Fn(f64) -> f64) -> Likely {
        let Likely { residual, established, low, high } = self;
        Likely { residual: of(residual), established: of(established), low: of(low), high: of(high) }
    }

    fn both(self, other: Likely, of: impl Fn(f64, f64) -> f64) -> Likely {
        Likely {
            residual: of(self.residual, other.residual),
            established: of(self.established, other.established),
            low: of(self.low, other.low),
            high: of(self.high, other.high),
        }
    }
}

/// A probability with its odds multiplied; what is certain or impossible stays so.
fn with_odds(probability: f64, factor: f64) -> f64 {
    if probability >= 1.0 { 1.0 } else { factor * probability / (1.0 + (factor - 1.0) * probability) }
}

#[cfg(test)]
mod tests {
    use super::Likely;

    #[test]
    fn odds_are_doubled_and_halved() {
        let even = Likely::chance(0.5, 0.5, 2.0);
        assert!((even.low - 1.0 / 3.0).abs() < 1e-12 && (even.high - 2.0 / 3.0).abs() < 1e-12);
        let guard = Likely::strength(0.5, 0.5, 2.0);
        assert_eq!((guard.low, guard.high), (even.high, even.low));
        for certain in [0.0, 1.0] {
            assert_eq!(Likely::chance(certain, certain, 2.0), Likely::settled(certain));
        }
    }
}
