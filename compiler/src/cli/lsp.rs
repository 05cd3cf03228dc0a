//! `prodc lsp`: starts the language server that stands beside this program.
//!
//! In: nothing but the streams of this process. Out: the server's end. Never: a word of the protocol.

use std::process::Command;

use super::{Exit, Outcome, errors};

/// Starts the server on the streams of this process, and ends as it does.
pub fn run() -> Outcome {
    let beside = std::env::current_exe().ok().and_then(|own| Some(own.parent()?.to_owned()));
    let name = format!("prod-lsp{}", std::env::consts::EXE_SUFFIX);
    let server = beside.map(|directory| directory.join(&name)).unwrap_or_else(|| name.into());
    let ended = Command::new(&server).status().map_err(|error| errors::no_server(&server, &error))?;
    Ok(if ended.success() { Exit::Clean } else { Exit::Findings })
}
