//! The language server of Prod.
//!
//! In: a client's messages. Out: diagnostics of every package that has an open document. Never: work on the thread that
//! reads messages, a look at a file that is open as it lies on the disk.
//!
//! Only [`server`], `convert` and the binary name tower-lsp; the analysis knows texts and paths.

mod analysis;
mod convert;
pub mod server;
