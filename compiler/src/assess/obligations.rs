//! Duties: rules without an attack, scored by their own chance and impact.
//!
//! In: a rule that states an impact, for the values bound now. Out: its numbers. Never: a place in the attack graph.

use super::barriers::Barriers;
use super::situation::Situation;
use super::variables::Variables;
use super::{Numbers, Risk, chances};
use crate::model::{Expr, Physics};

/// How bad it is that a duty is not met: its chance, times what its controls leave, times its impact.
pub(super) fn numbers(situation: &Situation<'_>, impact: &Expr, physics: &Physics) -> Numbers {
    let finder = &situation.finder;
    let settings = situation.settings;
    let (impact, least_impact) = chances::range(finder, impact);
    let (mut chance, mut least_chance) = (1.0, 1.0);
    for stated in &physics.chances {
        let (filled, least) = chances::range(finder, &stated.value);
        chance *= filled;
        least_chance *= least;
    }
    let mut barriers = Barriers::new(situation.product, &settings.constants, settings.today);
    let found = barriers.of(finder, physics, None, &mut Variables::default());
    let barriers = barriers.into_all();
    let barriers: Vec<_> = found.into_iter().map(|barrier| &barriers[barrier]).collect();
    let left: f64 = barriers.iter().map(|barrier| 1.0 - barrier.bound.residual).product();
    let least_left: f64 = barriers.iter().map(|barrier| 1.0 - barrier.bound.established).product();
    let residual = Risk { likelihood: chance * left, impact };
    Numbers {
        residual,
        established: Risk { likelihood: least_chance * least_left, impact: least_impact },
        inherent: Risk { likelihood: chance, impact },
        // A duty towards third parties is not seen in the code.
        code_only: Risk::default(),
    }
}
