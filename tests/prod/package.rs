//! Packages for tests: texts in, a model and its problems out, the standard library read once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use prod::assess::Settings;
use prod::base::{Diagnostic, FileId, Problems, Source, Sources};
use prod::model::{Built, Model, Tests};
use prod::syntax;
use prod::syntax::ast;

/// A text and what it is called.
pub type Text = (String, String);

/// What became of some texts.
pub struct Read {
    /// The texts, those of the standard library first.
    pub sources: Sources,
    /// What is wrong with them, sorted.
    pub problems: Vec<Diagnostic>,
}

/// The standard library, read once for the whole run.
pub struct Library {
    pub sources: Sources,
    pub files: Vec<(FileId, Arc<ast::File>)>,
    pub model: Model,
    pub problems: Vec<Diagnostic>,
}

/// The standard library.
pub fn std_library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut sources = Sources::default();
        let mut problems = Problems::new();
        let texts = prod_stdlib::FILES.iter().map(|(path, text)| (format!("std/{path}"), *text));
        let files = parse_all(texts, &mut sources, &mut problems);
        let built = prod::model::build(None, &files, Tests::Skip);
        problems.extend(built.problems);
        Library { sources, files, model: built.model, problems: problems.into_sorted() }
    })
}

/// Reads texts as one package.
pub fn read(texts: &[Text]) -> Read {
    let library = std_library();
    let mut sources = library.sources.clone();
    let mut problems = Problems::new();
    let texts = texts.iter().map(|(path, text)| (path.clone(), text.as_str()));
    let files = parse_all(texts, &mut sources, &mut problems);
    let Built { problems: found, .. } = prod::model::build(Some(&library.model), &files, Tests::Read);
    problems.extend(found);
    Read { sources, problems: problems.into_sorted() }
}

/// Reads one text as a package.
pub fn read_one(text: &str) -> Read {
    read(&[("main.prod".to_owned(), text.to_owned())])
}

/// Parses texts and nothing more.
pub fn parse_only(texts: &[Text]) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut problems = Problems::new();
    parse_all(texts.iter().map(|(path, text)| (path.clone(), text.as_str())), &mut sources, &mut problems);
    (sources, problems.into_sorted())
}

fn parse_all<'a>(
    texts: impl Iterator<Item = (String, &'a str)>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Vec<(FileId, Arc<ast::File>)> {
    let mut files = Vec::new();
    for (path, text) in texts {
        let text: Arc<str> = Arc::from(text);
        let file = sources.add(Source::new(path, text.clone()));
        let parsed = syntax::parse(&text, file);
        problems.extend(parsed.problems);
        files.push((file, Arc::new(parsed.file)));
    }
    files
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The files below a directory that end in `.ending`, by path.
pub fn files_below(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        let entries = std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A file with its name, for [`read`].
pub fn text_of(path: &Path, below: &Path) -> Text {
    let name = path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/");
    (name, std::fs::read_to_string(path).unwrap())
}

/// The standard library, and settings in which every test is the same on every day.
pub fn standard() -> (prod::workspace::Library, Settings) {
    let library = prod::workspace::Library::standard().unwrap();
    // 2026-11-23
    let settings = Settings::new(library.constants.clone(), 20_780);
    (library, settings)
}
