//! Fingerprints of lines: the same value that the upload action of code scanning reckons, so that an alert stays one alert.
//!
//! In: a text. Out: one fingerprint per line. Never: anything of the path, which may change.
//!
//! The algorithm is public (`fingerprints.ts` of the upload action): a rolling hash over a hundred UTF-16 units from the
//! first one of a line that is no space; equal hashes are told apart by their number.

use std::collections::{BTreeMap, VecDeque};

/// How many units a hash looks at.
const WINDOW: usize = 100;
/// The base of the polynomial.
const BASE: u64 = 37;
/// What stands behind the last unit.
const END_OF_FILE: u16 = 65535;

/// The fingerprint of every line, the first one first.
pub fn line_fingerprints(text: &str) -> Vec<String> {
    let mut hashes = Hashes::new();
    let units: Vec<u16> = text.encode_utf16().chain([END_OF_FILE]).collect();
    let mut starts_line = true;
    let mut line = 0;
    let mut after_return = false;
    for unit in units {
        let is_skipped =
            unit == u16::from(b' ') || unit == u16::from(b'\t') || (after_return && unit == u16::from(b'\n'));
        if is_skipped {
            after_return = false;
            continue;
        }
        after_return = unit == u16::from(b'\r');
        let unit = if after_return { u16::from(b'\n') } else { unit };
        let opens = starts_line.then_some(line);
        starts_line = unit == u16::from(b'\n');
        if starts_line {
            line += 1;
        }
        hashes.take(unit, opens);
    }
    hashes.finish()
}

/// A window that moves over the units.
struct Hashes {
    window: VecDeque<(u16, Option<usize>)>,
    hash: u64,
    /// `BASE` to the power of the window's length.
    leaving: u64,
    lines: Vec<String>,
    seen: BTreeMap<u64, usize>,
}

impl Hashes {
    fn new() -> Hashes {
        let leaving = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let window = std::iter::repeat_n((0, None), WINDOW).collect();
        Hashes { window, hash: 0, leaving, lines: Vec::new(), seen: BTreeMap::new() }
    }

    /// Moves on by one unit; `opens` is the line that begins with it. A line is done when its first unit is the oldest one.
    fn take(&mut self, unit: u16, opens: Option<usize>) {
        let (left, _) = self.window.pop_front().unwrap_or((0, None));
        let first = u64::from(left).wrapping_mul(self.leaving);
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(first);
        self.window.push_back((unit, opens));
        if let Some((_, Some(_))) = self.window.front() {
            let count = self.seen.entry(self.hash).or_insert(0);
            *count += 1;
            self.lines.push(format!("{:x}:{count}", self.hash));
        }
    }

    fn finish(mut self) -> Vec<String> {
        for _ in 1..WINDOW {
            self.take(0, None);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::line_fingerprints;

    #[test]
    fn the_published_values_are_met() {
        assert_eq!(line_fingerprints(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_fingerprints(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
    }

    #[test]
    fn line_ends_do_not_matter_and_equal_lines_are_counted() {
        let unix = line_fingerprints("a\nb\n");
        assert_eq!(unix.len(), 3);
        assert_eq!(unix.last().map(String::as_str), Some("c129715d7a2bc9a3:1"));
        assert_eq!(line_fingerprints("a\r\nb\r\n"), unix);
        let long = format!("{}\n", "x".repeat(200));
        let twice = line_fingerprints(&format!("{long}{long}"));
        let hash = |at: usize| twice.get(at).and_then(|line| line.split_once(':'));
        assert_eq!(hash(0).map(|(hash, _)| hash), hash(1).map(|(hash, _)| hash));
        assert_eq!(hash(1).map(|(_, count)| count), Some("2"));
    }
}
