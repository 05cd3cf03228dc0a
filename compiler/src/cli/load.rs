//! From a path to an analysis, with everything that is wrong on the error stream.
//!
//! In: a path and how deep to look. Out: an analysis that compiles, or the end of the run. Never: an output of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Command, Global};
use super::errors::{self, Problem};
use super::files::{self, Files};
use super::settings::{self, Manifest};
use super::{Exit, Streams, clock, lock};
use crate::assess::{Settings, SwitchedOff};
use crate::base::{Diagnostic, Problems, Severity, Sources, Span, codes};
use crate::render::Renderer;
use crate::workspace::{Analysis, Depth, Library, analyse};

/// More problems than this are counted and not drawn.
const MOST_DRAWN: usize = 100;

/// What all commands of a run share.
pub struct Session {
    /// The standard library.
    pub library: Library,
    /// The engine's settings.
    pub settings: Settings,
    /// Where relative paths begin.
    directory: PathBuf,
}

/// A package and what was found out about it.
pub struct Loaded {
    /// Everything known about it.
    pub analysis: Analysis,
    /// Its directory.
    pub root: PathBuf,
    /// Its settings.
    pub manifest: Manifest,
    /// What it stands on.
    base: Library,
}

impl Session {
    /// Reads the library and settles the date.
    pub fn new(global: &Global, command: &Command, streams: &Streams<'_>) -> Result<Session, Problem> {
        let library = Library::standard().map_err(|message| errors::bad_library(&message))?;
        let today = match &global.today {
            None => clock::today(),
            Some(text) => clock::read(text).ok_or_else(|| errors::no_date(text))?,
        };
        let constants = library.constants.clone();
        let settings = Settings {
            constants,
            today,
            threads: streams.surroundings.threads,
            method: command.method(),
            intervals: command.intervals(),
        };
        Ok(Session { library, settings, directory: streams.surroundings.directory.clone() })
    }

    /// A path as the author of the command meant it.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// Reads and analyses a package, and draws what is wrong with it. `Err(Ok(exit))`: it does not compile.
    pub fn load(&self, path: &Path, depth: Depth, streams: &mut Streams<'_>) -> Result<Loaded, Stop> {
        let files = files::read_package(&self.path(path))?;
        if files.manifest.observes {
            streams.note("warning: `observe` in prod.toml is understood and has no effect yet\n");
        }
        if let Some(note) = lock::check(&files)? {
            streams.note(&note);
        }
        let base = files.base(&self.library);
        let Files { root, manifest, texts, broken, .. } = files;
        let depth = if broken.is_empty() { depth } else { Depth::Check };
        let mut analysis = analyse(&base, &texts, depth, &self.settings);
        if !broken.is_empty() {
            add(&mut analysis, &broken);
        }
        let analysis = switch_off(analysis, &manifest)?;
        draw(&analysis.sources, &analysis.problems, streams);
        if analysis.compiles() { Ok(Loaded { analysis, root, manifest, base }) } else { Err(Stop::Broken) }
    }
}

impl Loaded {
    /// The same package as if some statements held, drawn where they are wrong: then they are wrong arguments.
    pub fn suppose(
        &self,
        statements: &[String],
        session: &Session,
        streams: &mut Streams<'_>,
    ) -> Result<Analysis, Exit> {
        let texts: Vec<Arc<str>> = statements.iter().map(|text| text.as_str().into()).collect();
        let analysis = self.analysis.suppose(&self.base, &texts, &session.settings);
        if analysis.compiles() {
            return Ok(analysis.without_rules(&off(&self.manifest)));
        }
        // What a lint says of a product that is not there interests nobody.
        let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
        let wrong: Vec<Diagnostic> = analysis.problems.iter().filter(is_error).cloned().collect();
        draw(&analysis.sources, &wrong, streams);
        Err(Exit::Usage)
    }
}

/// What the settings switch off.
fn off(manifest: &Manifest) -> Vec<SwitchedOff> {
    manifest.off.iter().map(|off| off.value.clone()).collect()
}

/// Why a command stops before it begins.
pub enum Stop {
    /// The model does not compile; that was said.
    Broken,
    /// Something around it.
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Problem(problem)
    }
}

impl Stop {
    /// How the run ends.
    pub fn outcome(self) -> super::Outcome {
        match self {
            Stop::Broken => Ok(Exit::Broken),
            Stop::Problem(problem) => Err(problem),
        }
    }
}

/// Leaves out what the settings switch off, which must be there.
fn switch_off(analysis: Analysis, manifest: &Manifest) -> Result<Analysis, Problem> {
    let model = &analysis.model;
    let rules = model.rules.iter().map(|rule| &*rule.name);
    let known = rules.chain(model.lints.iter().map(|lint| &*lint.name));
    match settings::unknown_rule(manifest, known) {
        // Where a package does not compile, its rules may be what is wrong.
        Some(problem) if analysis.compiles() => Err(problem),
        _ => Ok(analysis.without_rules(&off(manifest))),
    }
}

/// Says which files are no text.
fn add(analysis: &mut Analysis, broken: &[(String, usize)]) {
    let mut problems = Problems::new();
    problems.extend(analysis.problems.iter().cloned());
    for (path, at) in broken {
        let files: Vec<_> = analysis.sources.iter().filter(|(_, source)| *source.path == **path).collect();
        // The package's file, not one of the library that has the same path.
        if let Some((file, _)) = files.last() {
            let place = Span::empty(*at as u32).in_file(*file);
            problems.push(not_utf8(*at, place));
        }
    }
    analysis.problems = problems.into_sorted().into();
    analysis.assessment = None;
}

fn not_utf8(at: usize, place: crate::base::Place) -> Diagnostic {
    Diagnostic::error(&codes::P0901, format!("this file is not UTF-8: byte {at} begins no letter"), place)
        .because("it is text up to here")
        .help("save it as UTF-8")
}

/// Draws what is wrong, the first of it at length.
pub fn draw(sources: &Sources, problems: &[Diagnostic], streams: &mut Streams<'_>) {
    let mut renderer = Renderer::new(sources, streams.err_colour());
    for problem in problems.iter().take(MOST_DRAWN) {
        let drawn = renderer.draw(problem);
        match problem.severity {
            Severity::Error => streams.error(&drawn),
            Severity::Warning => streams.note(&drawn),
        }
    }
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let told = format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning"));
        if errors > 0 { streams.error(&told) } else { streams.note(&told) }
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
