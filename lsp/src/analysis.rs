//! The analysis: one thread that owns the open documents and says what is wrong with their packages.
//!
//! In: [`Event`]s. Out: [`Report`]s, handed to a function. Never: a word of the protocol; a result for a text that was
//! replaced while it was being made and whose next edit is already here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use prod::assess::Settings;
use prod::base::{Diagnostic, Sources};
use prod::cli::{read_package, today};
use prod::workspace::{Depth, Library, Text, analyse};

/// What happened to the client or a document.
pub enum Event {
    /// The directories that the client has open.
    Roots(Vec<PathBuf>),
    /// It is open, or has another text.
    Text {
        /// Which.
        path: PathBuf,
        /// The client's number of the text.
        version: i32,
        /// All of it.
        text: Arc<str>,
    },
    /// It lies on the disk alone.
    Closed(PathBuf),
    /// A file on the disk is another one.
    Saved,
}

/// What is wrong with one file.
pub struct Report {
    /// Which.
    pub path: PathBuf,
    /// The client's number of the text, where it is open.
    pub version: Option<i32>,
    /// The texts that places are about.
    pub sources: Sources,
    /// Where each text lies; those of the standard library lie nowhere.
    pub paths: BTreeMap<String, PathBuf>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Edits that come closer together than this are one.
const PAUSE: Duration = Duration::from_millis(30);

/// The open documents and what was said about their packages.
struct Desk {
    library: Library,
    settings: Settings,
    roots: Vec<PathBuf>,
    /// By where they really lie: a client may have come through a link.
    open: BTreeMap<PathBuf, Document>,
    /// Files about which something was said that may have to be taken back.
    told: BTreeSet<PathBuf>,
}

/// An open document.
struct Document {
    /// Its path as the client says it.
    path: PathBuf,
    version: i32,
    text: Arc<str>,
}

/// Works until nobody can send an event any more.
pub fn work(events: &Receiver<Event>, mut tell: impl FnMut(Report)) {
    let Ok(library) = Library::standard() else { return };
    let settings = Settings::new(library.constants.clone(), today());
    let mut desk =
        Desk { library, settings, roots: Vec::new(), open: BTreeMap::new(), told: BTreeSet::new() };
    while let Ok(event) = events.recv() {
        desk.take(event);
        loop {
            match events.recv_timeout(PAUSE) {
                Ok(event) => desk.take(event),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        desk.report(&mut tell);
    }
}

impl Desk {
    fn take(&mut self, event: Event) {
        match event {
            Event::Roots(roots) => self.roots = roots.iter().map(|root| real(root)).collect(),
            Event::Text { path, version, text } => {
                self.open.insert(real(&path), Document { path, version, text });
            }
            Event::Closed(path) => {
                self.open.remove(&real(&path));
            }
            Event::Saved => {}
        }
    }

    /// Says what is wrong with every package that has an open document, and takes back what holds no longer.
    fn report(&mut self, tell: &mut impl FnMut(Report)) {
        let mut said = BTreeSet::new();
        let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.open.keys().cloned().collect::<Vec<_>>() {
            if seen.contains(&path) {
                continue;
            }
            let (root, texts, base) = self.package(&path);
            seen.extend(texts.iter().map(|text| root.join(&*text.path)));
            self.report_package(&root, &texts, &base, &mut said, tell);
        }
        for path in self.told.difference(&said) {
            tell(Report {
                path: path.clone(),
                version: None,
                sources: Sources::default(),
                paths: BTreeMap::new(),
                problems: Vec::new(),
            });
        }
        self.told = said;
    }

    fn report_package(
        &self,
        root: &Path,
        texts: &[Text],
        base: &Library,
        said: &mut BTreeSet<PathBuf>,
        tell: &mut impl FnMut(Report),
    ) {
        let analysis = analyse(base, texts, Depth::Check, &self.settings);
        let paths: BTreeMap<String, PathBuf> =
            texts.iter().map(|text| (text.path.to_string(), root.join(&*text.path))).collect();
        // Files of the package stand behind those of what it stands on, which are reported where they are edited.
        let own = analysis.sources.iter().skip(analysis.first_own);
        for (file, source) in own {
            let Some(path) = paths.get(&*source.path) else { continue };
            let about = analysis.problems.iter().filter(|problem| problem.primary.place.file == file);
            let document = self.open.get(path);
            let path = document.map_or(path, |document| &document.path);
            said.insert(path.clone());
            tell(Report {
                path: path.clone(),
                version: document.map(|document| document.version),
                sources: analysis.sources.clone(),
                paths: paths.clone(),
                problems: about.cloned().collect(),
            });
        }
    }

    /// Where to look for the package of a document: at itself where settings stand above it, else at the directory that
    /// the client has open around it.
    fn start<'a>(&'a self, path: &'a Path) -> &'a Path {
        let directory = path.parent().unwrap_or(path);
        if directory.ancestors().any(|above| above.join("prod.toml").is_file()) {
            return directory;
        }
        let around = self.roots.iter().filter(|root| path.starts_with(root));
        around.max_by_key(|root| root.components().count()).map_or(path, PathBuf::as_path)
    }

    /// The package of a document, open texts in the place of those on the disk, and what it stands on.
    fn package(&self, path: &Path) -> (PathBuf, Vec<Text>, Library) {
        let known = read_package(self.start(path));
        let (root, mut texts, base) = match known {
            Ok(files) => {
                let base = files.base(&self.library);
                (files.root, files.texts, base)
            }
            // What cannot be read must not keep an open text from being looked at.
            Err(_) => (path.parent().unwrap_or(path).to_owned(), Vec::new(), self.library.clone()),
        };
        let belongs =
            |open: &PathBuf| open == path || texts.iter().any(|text| root.join(&*text.path) == *open);
        let open: Vec<(&PathBuf, Arc<str>)> = self
            .open
            .iter()
            .filter(|(open, _)| belongs(open))
            .map(|(open, document)| (open, document.text.clone()))
            .collect();
        for (open, text) in open {
            let name: Arc<str> = name_below(&root, open).into();
            match texts.iter_mut().find(|known| known.path == name) {
                Some(known) => known.text = text,
                None => texts.push(Text { path: name, text }),
            }
        }
        (root, texts, base)
    }
}

/// Where a file really lies; one that is not there yet lies in its directory.
fn real(path: &Path) -> PathBuf {
    let beside = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// A path below another, with `/`.
fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
