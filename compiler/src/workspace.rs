//! Everything known about a package at one instant: from texts to an [`Analysis`].
//!
//! In: the texts of a package and what was asked for. Out: an [`Analysis`], cheap to clone, never changed.
//! Never: IO, a clock; the command line, the language server and the tests bring the texts and the date.

use std::sync::Arc;

use crate::assess::Assessment;
use crate::base::{Diagnostic, Severity, Sources};
use crate::graph::Product;
use crate::model::Model;

/// Everything known about a package at one instant.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The texts: the standard library first, then the package's files by path.
    pub sources: Sources,
    /// What the files say.
    pub model: Arc<Model>,
    /// The product as each deployment has it; empty where the model does not compile.
    pub deployments: Arc<[Product]>,
    /// The risks; `None` where the model does not compile or nobody asked for them.
    pub assessment: Option<Arc<Assessment>>,
    /// What is wrong, sorted by place, lints included.
    pub problems: Arc<[Diagnostic]>,
}

impl Analysis {
    /// Whether nothing keeps the model from compiling.
    pub fn compiles(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }
}
