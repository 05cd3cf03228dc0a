//! The ground floor: what every other room needs and none of them owns.
//!
//! In: nothing. Out: places in texts, interned names, typed indexes, the table of diagnostic codes, diagnostics.
//! Never: any meaning of the language, any IO, any dependency outside the standard library.

pub mod codes;
mod diagnostic;
pub(crate) mod fault;
mod index;
mod names;
mod nearest;
mod sources;
mod span;

pub use codes::Code;
pub use diagnostic::{Diagnostic, Edit, Fix, Label, Problems, Severity};
pub use index::{Id, IndexVec};
pub use names::{Name, Names};
pub use nearest::{nearest, nearest_of};
pub use sources::{FileId, LineColumn, Source, Sources, turns_direction};
pub use span::{Place, Span};
