//! Did you mean: the spelling that the author most likely had in mind.

use std::cmp::Reverse;

/// The candidate nearest to `word`, if one is near enough to be worth offering.
///
/// Distance is optimal string alignment (insert, drop, replace or swap one letter), case ignored;
/// near enough is a third of the word's length, at least one letter of two. Ties go to the candidate that begins more like
/// the word, then to the first in alphabetical order. The word itself is never offered: it was written and did not do.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(word, candidates.into_iter().map(|candidate| (candidate, candidate)))
}

/// Like [`nearest`], for candidates that carry something with their spelling.
pub fn nearest_of<'a, T>(word: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let letters = lower(word);
    // One letter replaced by another is no misspelling.
    let near_enough = if letters.len() < 2 { 0 } else { (letters.len() / 3).max(1) };
    let mut best: Option<(usize, Reverse<usize>, &str, T)> = None;
    for (spelling, item) in candidates.into_iter().filter(|(spelling, _)| *spelling != word) {
        let candidate = lower(spelling);
        if candidate.len().abs_diff(letters.len()) > near_enough {
            continue;
        }
        let distance = alignment_distance(&letters, &candidate);
        let shared = Reverse(letters.iter().zip(&candidate).take_while(|(a, b)| a == b).count());
        let better = best.as_ref().is_none_or(|(d, p, s, _)| (distance, shared, spelling) < (*d, *p, *s));
        if distance <= near_enough && better {
            best = Some((distance, shared, spelling, item));
        }
    }
    best.map(|(.., item)| item)
}

fn lower(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).take(LONGEST).collect()
}

/// Letters beyond this are not compared: nobody misspells a name of that length, and the work stays bounded.
const LONGEST: usize = 64;

#[expect(clippy::indexing_slicing, reason = "rows are one longer than `b`, and columns run to its length")]
fn alignment_distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &y) in b.iter().enumerate() {
            let replace = last[j] + usize::from(x != y);
            row[j + 1] = replace.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y;
            if swapped {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
