//! The tests of the workspace, one binary.
//!
//! They test texts, not interfaces: a `.prod` file of the corpus carries its meaning in marks, and its looks in a snapshot beside it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on stops"
)]

mod assumptions;
mod attacks;
mod beginning;
mod cases;
mod cli;
mod codes;
mod comparison;
mod corpus;
mod diagram;
mod exact;
mod examples;
mod explain;
mod fixes;
mod format;
mod grammar;
mod harden;
mod intervals;
mod limits;
mod lsp;
mod manual;
mod money;
mod mutations;
mod numbers;
mod order;
mod package;
mod packages;
mod pages;
mod prefixes;
mod query;
mod repairs;
mod rights;
mod run;
mod sarif;
mod settings;
mod sharing;
mod tidy;
mod tree;
mod what_if;
