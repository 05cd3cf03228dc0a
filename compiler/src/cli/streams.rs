//! The streams of a run, and what is known of the surroundings.
//!
//! In: the process's streams, or a test's. Out: writing that never fails loudly. Never: a panic because a reader has gone.

use std::io::{ErrorKind, IsTerminal as _, Read, Write};
use std::path::PathBuf;

use super::args::When;
use crate::emit::summary::Paint;
use crate::render::Colour;

/// What a run knows of the world it runs in.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Where relative paths begin.
    pub directory: PathBuf,
    /// Whether the output is read by a person.
    pub out_is_terminal: bool,
    /// Whether errors are read by a person.
    pub err_is_terminal: bool,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set.
    pub force_color: bool,
    /// How wide the terminal is, in characters.
    pub width: usize,
    /// How many threads may work.
    pub threads: usize,
}

impl Surroundings {
    /// Those of this process.
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
    pub fn of_process() -> std::io::Result<Surroundings> {
        let word = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        Ok(Surroundings {
            directory: std::env::current_dir()?,
            out_is_terminal: std::io::stdout().is_terminal(),
            err_is_terminal: std::io::stderr().is_terminal(),
            no_color: word("NO_COLOR").is_some(),
            force_color: word("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            width: columns.filter(|width| *width >= 40).unwrap_or(80),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        })
    }
}

/// The streams of a run.
pub struct Streams<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// What is known of the world.
    pub surroundings: Surroundings,
    when: When,
    is_quiet: bool,
    /// Something that was asked for could not be written.
    pub(super) has_lost_output: bool,
}

impl<'a> Streams<'a> {
    /// Streams of a process or a test.
    pub fn new(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        input: &'a mut dyn Read,
        surroundings: Surroundings,
    ) -> Streams<'a> {
        Streams { out, err, input, surroundings, when: When::Auto, is_quiet: false, has_lost_output: false }
    }

    pub(super) fn settle(&mut self, when: When, is_quiet: bool) {
        self.when = when;
        self.is_quiet = is_quiet;
    }

    /// Writes what was asked for. A reader that has gone wants no more of it, and that is no error.
    pub fn print(&mut self, text: &str) {
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.has_lost_output = true;
            self.error(&format!("the output cannot be written: {error}\n"));
        }
    }

    /// Writes what goes with an output to the output stream, unless only what was asked for is wanted.
    pub fn accompany(&mut self, text: &str) {
        if !self.is_quiet {
            self.print(text);
        }
    }

    /// Writes what went wrong. Where not even that can be written, nobody is there to be told.
    pub fn error(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Writes what is good to know.
    pub fn note(&mut self, text: &str) {
        if !self.is_quiet {
            self.error(text);
        }
    }

    /// How errors look.
    pub fn err_colour(&self) -> Colour {
        self.colour(self.surroundings.err_is_terminal)
    }

    /// How tables on the output look.
    pub fn paint(&self) -> Paint {
        Paint { colour: self.colour(self.surroundings.out_is_terminal), width: self.surroundings.width }
    }

    /// How tables in a file look.
    pub fn plain() -> Paint {
        Paint { colour: Colour::Plain, width: 80 }
    }

    fn colour(&self, is_terminal: bool) -> Colour {
        let around = &self.surroundings;
        let wanted = match self.when {
            When::Always => true,
            When::Never => false,
            When::Auto => around.force_color || (is_terminal && !around.no_color),
        };
        if wanted { Colour::Terminal } else { Colour::Plain }
    }
}
