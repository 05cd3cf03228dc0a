//! The command line: arguments and files in, texts and an exit code out. All reading and writing of the compiler is here.
//!
//! In: arguments, streams, what is known of the surroundings. Out: an [`Exit`]. Never: a decision about a product;
//! machine output anywhere but on the output stream, or anything else on it.

mod args;
mod build;
mod check;
mod clock;
mod dependencies;
mod diagram;
mod diff;
mod errors;
mod explain;
mod files;
mod format;
mod gate;
mod harden;
mod init;
mod load;
mod lock;
mod lsp;
mod output;
mod query;
mod questions;
mod risks;
mod settings;
mod streams;
mod test;

use std::ffi::OsString;

use clap::Parser as _;
use clap::error::ErrorKind;

use self::args::{Command, Line};
pub use self::clock::today;
pub use self::errors::Problem;
pub use self::files::{Files, read_package};
use self::load::Session;
pub use self::lock::check as check_lock;
pub use self::settings::Manifest;
pub use self::streams::{Streams, Surroundings};

/// How a run ends; the numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything is well.
    Clean = 0,
    /// Risks at the gate, tests that failed, files that are not laid out.
    Findings = 1,
    /// Wrong arguments or settings, files that cannot be read or written.
    Usage = 2,
    /// There is nothing to compile.
    Nothing = 3,
    /// The model does not compile.
    Broken = 4,
}

/// What a command hands back: how it ended, or what kept it from running.
type Outcome = Result<Exit, errors::Problem>;

/// Runs a command. The first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Exit {
    let line = match Line::try_parse_from(arguments) {
        Ok(line) => line,
        Err(error) => return usage(&error, streams),
    };
    streams.settle(line.global.color, line.global.quiet);
    let exit_zero = line.global.exit_zero;
    let exit = match dispatch(line, streams) {
        Ok(exit) => exit,
        Err(problem) => {
            let drawn = problem.draw(streams.err_colour());
            streams.error(&drawn);
            problem.exit
        }
    };
    let exit = if streams.has_lost_output { exit.max(Exit::Usage) } else { exit };
    // Findings are what `--exit-zero` is about: what could not run at all still says so.
    if exit_zero && exit == Exit::Findings { Exit::Clean } else { exit }
}

fn dispatch(line: Line, streams: &mut Streams<'_>) -> Outcome {
    let session = Session::new(&line.global, &line.command, streams)?;
    match line.command {
        Command::Check(asked) => check::run(&asked, &session, streams),
        Command::Build(asked) => build::run(&asked, &session, streams),
        Command::Risks(asked) => risks::run(&asked, &session, streams),
        Command::Explain(asked) => explain::run(&asked, &session, streams),
        Command::Questions(asked) => questions::run(&asked, &session, streams),
        Command::Harden(asked) => harden::run(&asked, &session, streams),
        Command::Query(asked) => query::run(&asked, &session, streams),
        Command::Diagram(asked) => diagram::run(&asked, &session, streams),
        Command::Diff(asked) => diff::run(&asked, &session, streams),
        Command::Fmt(asked) => format::run(&asked, &session, streams),
        Command::Test(asked) => test::run(&asked, &session, streams),
        Command::Init(asked) => init::run(&asked, &session, streams),
        Command::Lock(asked) => lock::run(&asked, &session, streams),
        Command::Lsp => lsp::run(),
    }
}

/// Help and versions are answers; anything else that clap has to say is about wrong arguments.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> Exit {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            streams.print(&text);
            Exit::Clean
        }
        _ => {
            streams.error(&text);
            Exit::Usage
        }
    }
}
