//! What comes out: everything that is written for people and for other programs.
//!
//! In: an analysis. Out: texts. Never: a decision about the product, any IO.

pub mod diagram;
