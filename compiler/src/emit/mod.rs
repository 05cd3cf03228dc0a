//! What comes out: everything that is written for people and for other programs.
//!
//! In: [`Material`], what an analysis found. Out: texts. Never: a decision about the product, any IO.

mod assumptions;
pub mod diagram;
pub mod difference;
pub mod explain;
pub mod harden;
pub mod json;
mod junit;
mod material;
mod money;
mod moved;
mod narrow;
pub mod query;
pub mod sarif;
pub mod summary;
pub mod what_if;

pub use junit::junit;
pub use material::Material;
pub use narrow::narrow;

/// The version of the compiler, which every output names.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
