//! Rows of risks, aligned, in the width of a terminal.
//!
//! In: rows. Out: lines. Never: a line wider than asked for, unless it could say nothing at all.

use super::paint::Paint;
use super::story::LEAST_LIKELIHOOD;
use crate::assess::{Band, Constants, LossRisk, Numbers, Risk};

/// A risk as a row.
pub struct Row {
    /// What it is about.
    pub title: String,
    /// How bad.
    pub numbers: Numbers,
    /// What is to be said about it: lines below the row.
    pub notes: Vec<String>,
}

/// The columns behind the title, with their widths.
const COLUMNS: [(&str, usize); 4] = [("score", 6), ("established", 12), ("inherent", 9), ("code-only", 10)];
/// Room for the word of a band and what stands around it.
const BAND: usize = 11;
/// A title is not cut shorter than this.
const LEAST_TITLE: usize = 12;

/// The table: a heading, then one line per row; the rest is counted.
pub fn table(heading: &str, rows: &[Row], most: usize, constants: &Constants, paint: Paint) -> String {
    let numbers: usize = COLUMNS.iter().map(|(_, width)| width).sum();
    let title_width = paint.width.saturating_sub(BAND + numbers).max(LEAST_TITLE);
    let mut out = paint.strong(&padded(heading, BAND + title_width));
    for (name, width) in COLUMNS {
        out.push_str(&format!("{name:>width$}"));
    }
    out.push('\n');
    for row in rows.iter().take(most) {
        let band = row.numbers.residual.band(constants);
        out.push_str("  ");
        out.push_str(&paint.band(band, &padded(band.word(), BAND - 2)));
        out.push_str(&padded(&shortened(&row.title, title_width - 1), title_width));
        let Numbers { residual, established, inherent, code_only } = row.numbers;
        for (risk, (_, width)) in [residual, established, inherent, code_only].into_iter().zip(COLUMNS) {
            out.push_str(&format!("{:>width$}", shown(risk)));
        }
        out.push('\n');
        for note in &row.notes {
            out.push_str(&paint.wrapped(note, "    ", "      "));
        }
    }
    if let Some(more) = rows.len().checked_sub(most).filter(|more| *more > 0) {
        let rest = rows.iter().skip(most);
        let worst = rest.map(|row| row.numbers.residual.band(constants)).max().unwrap_or(Band::None);
        out.push_str(&format!("  and {more} more, at most {}\n", worst.word()));
    }
    out
}

/// A score for a column: a bound where the worlds saw nothing, a dash where nothing can be lost.
pub fn shown(risk: Risk) -> String {
    if risk.value() > 0.0 {
        risk.shown()
    } else if risk.impact > 0.0 {
        format!("<{}", Risk { likelihood: LEAST_LIKELIHOOD, ..risk }.shown())
    } else {
        "-".to_owned()
    }
}

/// The score of a loss with what it may be and how well the worlds know it: `9.4 [8.9–9.7] ±0.2`.
pub fn doubted(loss: &LossRisk, constants: &Constants) -> String {
    let mut text = shown(loss.numbers.residual);
    if let Some((low, high)) = loss.interval {
        text.push_str(&format!(" [{}–{}]", shown(low), shown(high)));
    }
    if let Some(error) = loss.error(constants) {
        text.push_str(&format!(" ±{error:.1}"));
    }
    text
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

/// A text cut to a width, the cut marked.
fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
