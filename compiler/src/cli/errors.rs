//! What can keep a command from running, one function each, drawn by miette.
//!
//! In: what happened around the sources. Out: a [`Problem`]. Never: a mistake in a source; those are diagnostics.

use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use super::Exit;
use super::settings::Origin;
use crate::base::{Code, codes, nearest};
use crate::render::Colour;

/// What kept a command from running, and how the run ends because of it.
#[derive(Debug)]
pub struct Problem {
    /// How the run ends.
    pub exit: Exit,
    report: Report,
}

impl Problem {
    fn new(exit: Exit, diagnostic: MietteDiagnostic) -> Problem {
        Problem { exit, report: Report::new(diagnostic) }
    }

    /// Its code, where it has one.
    pub fn code(&self) -> Option<String> {
        self.report.code().map(|code| code.to_string())
    }

    /// The file and the line from 1 at which it is, where it is in one.
    pub fn line(&self) -> Option<(String, usize)> {
        let label = self.report.labels()?.next()?;
        let found = self.report.source_code()?.read_span(label.inner(), 0, 0).ok()?;
        Some((found.name()?.to_owned(), found.line() + 1))
    }

    /// The problem as text.
    pub fn draw(&self, colour: Colour) -> String {
        let theme = match colour {
            Colour::Terminal => GraphicalTheme::unicode(),
            Colour::Plain => GraphicalTheme::unicode_nocolor(),
        };
        let mut out = String::new();
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100);
        match handler.render_report(&mut out, self.report.as_ref()) {
            Ok(()) => out,
            Err(_) => format!("{}\n", self.report),
        }
    }
}

fn problem(code: &Code, message: impl Display) -> MietteDiagnostic {
    MietteDiagnostic::new(message.to_string()).with_code(code.id)
}

/// A date that is none.
pub fn no_date(text: &str) -> Problem {
    let problem = MietteDiagnostic::new(format!("`{text}` is not a date"));
    Problem::new(Exit::Usage, problem.with_help("a date is written like `2026-11-23`"))
}

/// A file or directory that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("`{}` cannot be read: {}", path.display(), reason(error));
    Problem::new(Exit::Usage, problem(&codes::P0903, message))
}

/// A package where one was to be begun.
pub fn package_is_there(settings: &Path) -> Problem {
    let problem = MietteDiagnostic::new(format!("`{}` is there already", settings.display()));
    Problem::new(Exit::Usage, problem.with_help("`prodc init` begins a package, and changes none"))
}

/// Something that is neither a file nor a directory.
pub fn not_a_file(path: &Path) -> Problem {
    let message = format!("`{}` is neither a file nor a directory", path.display());
    Problem::new(Exit::Usage, problem(&codes::P0903, message))
}

/// A file larger than any description.
pub fn too_large(path: &Path, most: u64) -> Problem {
    let message = format!("`{}` has more than {} MB and is not read", path.display(), most / 1_000_000);
    let help = "no description of a product is as large: is this the file that was meant?";
    Problem::new(Exit::Usage, problem(&codes::P0902, message).with_help(help))
}

/// A package larger than any description.
pub fn package_too_large(path: &Path, most: u64) -> Problem {
    let message =
        format!("the `.prod` files below `{}` have more than {} MB", path.display(), most / 1_000_000);
    Problem::new(Exit::Usage, problem(&codes::P0902, message).with_help("name a smaller directory"))
}

/// No `.prod` file anywhere.
pub fn nothing_to_compile(path: &Path, packages: &[String]) -> Problem {
    let message = format!("there is no `.prod` file in `{}`", path.display());
    let help = match packages {
        [] => "write one, or name the directory in which they are".to_owned(),
        some => format!("packages lie below it, name one of them: {}", quoted(some)),
    };
    Problem::new(Exit::Nothing, problem(&codes::P0904, message).with_help(help))
}

/// Settings, or a lock, that are wrong at one place.
pub fn in_settings(
    code: &Code,
    origin: &Origin,
    message: String,
    help: Option<String>,
    at: Option<Range<usize>>,
) -> Problem {
    let mut diagnostic = problem(code, message);
    diagnostic.help = help;
    let name = origin.path.to_string_lossy();
    match at {
        None => {
            diagnostic.message = format!("`{name}`: {}", diagnostic.message);
            Problem::new(Exit::Usage, diagnostic)
        }
        Some(at) => {
            let label = LabeledSpan::at(at, "here");
            let report = Report::new(diagnostic.with_labels(Some(label)));
            let source = NamedSource::new(name, origin.text.clone());
            Problem { exit: Exit::Usage, report: report.with_source_code(source) }
        }
    }
}

/// More packages than anybody depends on.
pub fn too_many_packages(root: &Path, most: usize) -> Problem {
    let message = format!("`{}` depends on more than {most} packages", root.display());
    Problem::new(Exit::Usage, problem(&codes::P0902, message))
}

/// A command about a package, where there is none.
pub fn no_settings(path: &Path) -> Problem {
    let message = format!("`{}` belongs to no package: there is no `prod.toml` above it", path.display());
    Problem::new(Exit::Usage, problem(&codes::P0909, message))
}

/// An output that cannot be written.
pub fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("`{}` cannot be written: {}", path.display(), reason(error));
    Problem::new(Exit::Usage, problem(&codes::P0906, message))
}

/// A name that nothing of a sort has.
pub fn unknown(what: &str, name: &str, known: &[String]) -> Problem {
    let near = nearest(name, known.iter().map(String::as_str));
    let help = match (near, known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => format!("there is no {what} at all"),
        (None, some) if some.len() <= 12 => format!("there are {}", quoted(some)),
        (None, _) => "see `prodc explain --help`".to_owned(),
    };
    let message = format!("there is no {what} called `{name}`");
    Problem::new(Exit::Usage, problem(&codes::P0907, message).with_help(help))
}

/// A risk that is not there, or that several deployments have.
pub fn unknown_risk(id: &str, longer: &[&String], known: &[String]) -> Problem {
    // The end that names the deployment may be left out, and is no part of the mistake then.
    let short = known.iter().filter_map(|id| Some(id.rsplit_once('@')?.0));
    let near = nearest(id, known.iter().map(String::as_str).chain(short));
    let listed = "every risk of `prodc risks --format json` has its `id`";
    let (message, help) = match (longer, near) {
        ([], Some(near)) => {
            (format!("there is no risk called `{id}`"), format!("did you mean `{near}`? {listed}"))
        }
        ([], None) => (format!("there is no risk called `{id}`"), listed.to_owned()),
        (several, _) => {
            (format!("several deployments have `{id}`"), format!("it is one of {}", quoted(several)))
        }
    };
    Problem::new(Exit::Usage, problem(&codes::P0907, message).with_help(help))
}

/// What only a risk has, asked of something else.
pub fn only_risks(what: &str) -> Problem {
    let problem =
        MietteDiagnostic::new(format!("`{what}` is no risk: only risks are written as JSON or supposed"));
    Problem::new(
        Exit::Usage,
        problem.with_help("the id of a risk has a bracket or an `@`: `disclosure(card)@production`"),
    )
}

/// A format for findings, asked of what is only supposed.
pub fn nothing_found(format: &str) -> Problem {
    let problem = MietteDiagnostic::new(format!("what is only supposed is not written as {format}"));
    Problem::new(Exit::Usage, problem.with_help("leave `--what-if` out, or ask for `human` or `json`"))
}

/// A program that should stand beside this one.
pub fn no_server(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("the language server `{}` does not start: {}", path.display(), reason(error));
    let diagnostic = MietteDiagnostic::new(message).with_help("install `prod-lsp` beside `prodc`");
    Problem::new(Exit::Usage, diagnostic)
}

/// The library that is built in cannot be read: a mistake in the compiler.
pub fn bad_library(message: &str) -> Problem {
    Problem::new(Exit::Usage, MietteDiagnostic::new(format!("the standard library is broken: {message}")))
}

/// Names for a message.
pub fn quoted(names: &[impl Display]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Names on a way.
pub fn arrows<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    quoted.join(" -> ")
}

/// Why, in words that say nothing of system calls.
pub fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "it is not there".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is no directory".to_owned(),
        _ => error.to_string(),
    }
}
