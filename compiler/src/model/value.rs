//! Values of attributes and constants.

use std::sync::Arc;

use super::{EnumId, KindId, StepId, ThingId};
use crate::base::{Name, Place};
use crate::syntax::Keyword;
pub use crate::syntax::ast::Network;

/// What an attribute can hold. Percent is a fraction: `70%` is 0.7.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The author wrote `unknown`: nobody knows.
    Unknown,
    /// `true`, `false`.
    Bool(bool),
    /// `3`.
    Int(i64),
    /// `0.5`.
    Decimal(f64),
    /// `70%`, as 0.7.
    Percent(f64),
    /// Decoded text.
    Text(Arc<str>),
    /// Days since 1970-01-01.
    Date(i32),
    /// Seconds.
    Duration(i64),
    /// Hundredths of a currency.
    Money {
        /// Three capital letters.
        currency: [u8; 3],
        /// Hundredths.
        cents: i64,
    },
    /// Bytes.
    Size(u64),
    /// An address range.
    Network(Network),
    /// Ports, both ends included.
    Ports(u16, u16),
    /// The value of an enum, by position.
    Enum(EnumId, u32),
    /// A thing.
    Thing(ThingId),
    /// A protocol.
    Kind(KindId),
    /// A step, in `counters`.
    Step(StepId),
    /// An attribute of a keyword's things, in `realises`: `flow.encryption`.
    Attribute(Keyword, Name),
    /// `[a, b]`.
    List(Arc<[Value]>),
}

/// A value that somebody set.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// What it was set to.
    pub value: Value,
    /// Where: the value.
    pub place: Place,
    /// Who said so.
    pub source: Source,
}

/// Who said what an attribute's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The author wrote it.
    Declared,
    /// An importer or scanner saw it.
    Observed,
    /// Nobody said; the kind's default stands in.
    Assumed,
}
