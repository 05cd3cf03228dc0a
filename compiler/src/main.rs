//! The command `prodc`: the process around [`prod::cli`].

use std::io::{stderr, stdin, stdout};
use std::process::ExitCode;

use prod::cli::{Streams, Surroundings, run};

fn main() -> miette::Result<ExitCode> {
    let surroundings = Surroundings::of_process().map_err(|error| {
        miette::miette!(
            help = "start it in a directory that exists",
            "there is no working directory: {error}"
        )
    })?;
    let (mut out, mut err, mut input) = (stdout(), stderr(), stdin());
    let mut streams = Streams::new(&mut out, &mut err, &mut input, surroundings);
    Ok(ExitCode::from(run(std::env::args_os(), &mut streams) as u8))
}
