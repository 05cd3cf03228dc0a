//! The files of a package.
//!
//! In: a path. Out: [`Files`]: their texts, named by their path below the package, and the packages it depends on. Never:
//! a file outside the package and those that its settings name, a read without a bound, a symbolic link followed.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::dependencies::{self, Found, MANIFEST};
use super::errors::{self, Problem};
use super::settings::Manifest;
use crate::workspace::{Library, Package, Text};

/// A larger file is refused.
const MOST_BYTES: u64 = 64_000_000;
/// A larger package is refused, its dependencies counted.
const MOST_BYTES_IN_ALL: u64 = 512_000_000;
/// Directories deeper than this are not looked into.
const DEEPEST: usize = 64;
/// Directories that hold what tools made.
const MADE_BY_TOOLS: [&str; 2] = ["target", "node_modules"];

/// What was read of a package.
#[derive(Debug)]
pub struct Files {
    /// The directory that paths begin at.
    pub root: PathBuf,
    /// Its settings.
    pub manifest: Manifest,
    /// The texts by path.
    pub texts: Vec<Text>,
    /// Texts whose bytes are not UTF-8 all through, and the first byte that is not.
    pub broken: Vec<(String, usize)>,
    /// The packages it depends on, each after those that it depends on itself.
    pub dependencies: Vec<Found>,
}

impl Files {
    /// What the package stands on: the library with its dependencies on top.
    pub fn base(&self, library: &Library) -> Library {
        if self.dependencies.is_empty() && self.manifest.name.is_none() {
            return library.clone();
        }
        let packages: Vec<Package> = self.dependencies.iter().map(|found| found.package.clone()).collect();
        library.with_packages(&packages, dependencies::identity(&self.manifest))
    }
}

/// Reads texts, and not too many of them.
#[derive(Debug, Default)]
pub struct Reader {
    bytes: u64,
    /// Texts that are no UTF-8, and the first byte that is not.
    broken: Vec<(String, usize)>,
}

impl Reader {
    /// The `.prod` files of a package, their names behind `place`.
    pub fn texts_below(&mut self, root: &Path, place: &str) -> Result<Vec<Text>, Problem> {
        let (paths, _) = below(root)?;
        self.texts(root, place, &paths)
    }

    fn texts(&mut self, root: &Path, place: &str, paths: &[PathBuf]) -> Result<Vec<Text>, Problem> {
        let mut texts = Vec::new();
        for path in paths {
            let name = name_below(root, path);
            let name = if place.is_empty() { name } else { format!("{place}/{name}") };
            let (text, broken_at) = read_text(path)?;
            self.bytes += text.len() as u64;
            if self.bytes > MOST_BYTES_IN_ALL {
                return Err(errors::package_too_large(root, MOST_BYTES_IN_ALL));
            }
            self.broken.extend(broken_at.map(|at| (name.clone(), at)));
            texts.push(Text { path: name.into(), text: text.into() });
        }
        Ok(texts)
    }
}

/// Reads the package that a path belongs to.
pub fn read_package(path: &Path) -> Result<Files, Problem> {
    let metadata = fs::metadata(path).map_err(|error| errors::unreadable(path, &error))?;
    let absolute = fs::canonicalize(path).map_err(|error| errors::unreadable(path, &error))?;
    if !metadata.is_dir() && !metadata.is_file() {
        return Err(errors::not_a_file(path));
    }
    let directory =
        if metadata.is_dir() { absolute.as_path() } else { absolute.parent().unwrap_or(&absolute) };
    let found = directory.ancestors().find(|above| above.join(MANIFEST).is_file());
    let root = found.unwrap_or(directory).to_owned();
    let manifest = match found {
        Some(root) => {
            let file = root.join(MANIFEST);
            let (text, _) = read_text(&file)?;
            Manifest::read(&file, &text)?
        }
        None => Manifest::default(),
    };
    let (paths, inner) = match found {
        None if metadata.is_file() => (vec![absolute.clone()], Vec::new()),
        _ => below(&root)?,
    };
    if paths.is_empty() {
        return Err(errors::nothing_to_compile(path, &inner));
    }
    let mut reader = Reader::default();
    let texts = reader.texts(&root, "", &paths)?;
    let dependencies = dependencies::read(&root, &manifest, &mut reader)?;
    Ok(Files { root, manifest, texts, broken: reader.broken, dependencies })
}

/// The `.prod` files below a directory by path, and the packages inside it, which are none of its business.
pub fn below(directory: &Path) -> Result<(Vec<PathBuf>, Vec<String>), Problem> {
    let mut found = Vec::new();
    let mut inner = Vec::new();
    let mut open = vec![(directory.to_owned(), 0)];
    while let Some((next, depth)) = open.pop() {
        let entries = fs::read_dir(&next).map_err(|error| errors::unreadable(&next, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| errors::unreadable(&next, &error))?;
            let path = entry.path();
            // This asks about a link itself, not about what it points to.
            let kind = entry.file_type().map_err(|error| errors::unreadable(&path, &error))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if kind.is_file() && path.extension().is_some_and(|extension| extension == "prod") {
                found.push(path);
            } else if kind.is_dir() && !name.starts_with('.') && !MADE_BY_TOOLS.contains(&&*name) {
                if path.join(MANIFEST).is_file() {
                    inner.push(name_below(directory, &path));
                } else if depth < DEEPEST {
                    open.push((path, depth + 1));
                }
            }
        }
    }
    found.sort_by_key(|path| name_below(directory, path));
    inner.sort();
    Ok((found, inner))
}

/// The text of a file, and the first byte that is no UTF-8: what cannot be read is replaced there and behind it.
pub fn read_text(path: &Path) -> Result<(String, Option<usize>), Problem> {
    let unreadable = |error| errors::unreadable(path, &error);
    if fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(errors::too_large(path, MOST_BYTES));
    }
    let mut bytes = Vec::new();
    // The size was a promise: what is read is bounded by itself.
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(errors::too_large(path, MOST_BYTES));
    }
    Ok(decoded(bytes))
}

/// Bytes as text.
pub fn decoded(bytes: Vec<u8>) -> (String, Option<usize>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    }
}

/// A path below another, with `/`.
pub fn name_below(directory: &Path, path: &Path) -> String {
    let below = path.strip_prefix(directory).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
