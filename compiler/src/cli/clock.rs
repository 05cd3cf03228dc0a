//! Today's date, and dates that people write.
//!
//! In: the clock, the only time that anything reads it. Out: days since 1970-01-01. Never: a time of day.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::syntax::days_since_1970;

/// Today, in UTC.
#[expect(clippy::disallowed_methods, reason = "the command line is where the date comes in")]
pub fn today() -> i32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i32::try_from(since.as_secs() / 86_400).unwrap_or(i32::MAX)
}

/// `2026-11-23`.
pub fn read(text: &str) -> Option<i32> {
    let mut parts = text.splitn(3, '-').map(str::parse::<i32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    days_since_1970(year, month, day)
}
