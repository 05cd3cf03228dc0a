//! Exposure in money, for products that say what a total loss would cost them.
//!
//! In: [`Material`] and an exposure. Out: an amount, or nothing. Never: money where nobody gave a reference loss, or more
//! digits than a ranking carries.

use super::Material;
use crate::model::Value;

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// `EUR`.
    pub currency: String,
    /// In hundredths of the currency.
    pub cents: i64,
}

impl Amount {
    /// What a total loss would cost, where the product says so.
    pub fn at_stake(material: &Material<'_>) -> Option<Amount> {
        let model = material.model;
        let setting = model.things[model.product?].setting(model.words.reference_loss)?;
        let Value::Money { currency, cents } = &setting.value else { return None };
        Some(Amount { currency: String::from_utf8_lossy(currency).into_owned(), cents: *cents })
    }

    /// A share of it, to two digits: the numbers behind it are good for no more.
    pub fn share(&self, share: f64) -> Amount {
        let exact = self.cents as f64 * share;
        let step = 10_f64.powf((exact.abs().max(1.0).log10().floor() - 1.0).max(0.0));
        Amount { currency: self.currency.clone(), cents: ((exact / step).round() * step) as i64 }
    }

    /// `EUR 1_100_000`, as the language writes it.
    pub fn shown(&self) -> String {
        let whole = (self.cents / 100).to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push('_');
            }
            grouped.push(digit);
        }
        match self.cents % 100 {
            0 => format!("{} {grouped}", self.currency),
            part => format!("{} {grouped}.{part:02}", self.currency),
        }
    }
}
