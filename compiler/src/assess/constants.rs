//! The engine's constants: samples, seed, common-cause failures, cuts of bands.
//!
//! In: the text of `risk-defaults.toml`. Out: [`Constants`]. Never: a number of the risk model that stands only in code.

use std::sync::Arc;

/// What the engine reckons with. Every output names the version.
#[derive(Clone, Debug, PartialEq)]
pub struct Constants {
    /// The version: scores of different versions do not compare.
    pub version: Arc<str>,
    /// How many random worlds are looked at.
    pub samples: u32,
    /// The seed of their random numbers.
    pub seed: u64,
    /// How many nodes a diagram of conditions may have where exact numbers are asked for.
    pub exact_nodes: u32,
    /// By which factor the odds of every chance and every strength may be off, either way.
    pub odds: f64,
    /// The probability that all controls of one group fail together.
    pub group_failure: f64,
    /// The probability that all declared controls of a deployment fail together.
    pub environment_failure: f64,
    /// No control is better than this.
    pub best_control: f64,
    /// Recovery leaves at least this part of the impact.
    pub least_impact: f64,
    /// What evidence is worth once it has run out.
    pub expired_evidence: f64,
    /// A standard error of a score is told from here on.
    pub told_error: f64,
    /// From which impact on a loss counts as serious.
    pub serious_impact: f64,
    /// By how many points a score may exceed an acceptance before it lapses.
    pub acceptance_margin: f64,
    /// Where bands begin, as likelihood times impact.
    pub bands: Cuts,
}

/// Where bands begin, as likelihood times impact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cuts {
    /// From here on critical.
    pub critical: f64,
    /// From here on high.
    pub high: f64,
    /// From here on medium.
    pub medium: f64,
    /// Above this low.
    pub low: f64,
}

impl Constants {
    /// Reads the constants; a message where the text lacks one or is no TOML.
    pub fn read(text: &str) -> Result<Constants, String> {
        let table: toml::Table =
            text.parse().map_err(|error| format!("the constants are no TOML: {error}"))?;
        let empty = toml::Table::new();
        let bands = table.get("bands").and_then(toml::Value::as_table).unwrap_or(&empty);
        let number = |table: &toml::Table, name: &str| {
            let value = table.get(name);
            let float = value.and_then(toml::Value::as_float);
            let whole = value.and_then(toml::Value::as_integer).map(|whole| whole as f64);
            float.or(whole).ok_or_else(|| format!("the constants lack a number called `{name}`"))
        };
        let text = |name: &str| {
            let found = table.get(name).and_then(toml::Value::as_str);
            found.ok_or_else(|| format!("the constants lack a text called `{name}`"))
        };
        Ok(Constants {
            version: text("version")?.into(),
            samples: number(&table, "samples")? as u32,
            seed: number(&table, "seed")? as u64,
            exact_nodes: number(&table, "exact_nodes")? as u32,
            odds: number(&table, "odds")?,
            group_failure: number(&table, "group_failure")?,
            environment_failure: number(&table, "environment_failure")?,
            best_control: number(&table, "best_control")?,
            least_impact: number(&table, "least_impact")?,
            expired_evidence: number(&table, "expired_evidence")?,
            told_error: number(&table, "told_error")?,
            serious_impact: number(&table, "serious_impact")?,
            acceptance_margin: number(&table, "acceptance_margin")?,
            bands: Cuts {
                critical: number(bands, "critical")?,
                high: number(bands, "high")?,
                medium: number(bands, "medium")?,
                low: number(bands, "low")?,
            },
        })
    }
}
