//! Prod: products as code. The pipeline from `.prod` texts to risks and pictures, floor by floor.
//!
//! `base` → `syntax` → `model` → `graph` → `observe` → `assess` → `emit` → `workspace`; see ARCHITECTURE.md.

pub mod assess;
pub mod base;
pub mod cli;
pub mod emit;
pub mod graph;
pub mod model;
pub mod render;
pub mod syntax;
pub mod workspace;
