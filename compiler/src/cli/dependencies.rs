//! The packages that a package depends on, found by following paths.
//!
//! In: a package's settings and where it lies. Out: [`Found`] packages, each after those it depends on itself. Never: a
//! path that no `prod.toml` declares; a circle; two packages under one name.

use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::errors::{self, Problem};
use super::files::{Reader, read_text};
use super::settings::{Dependency, Manifest};
use crate::base::codes;
use crate::model::Identity;
use crate::workspace::Package;

/// More packages than this are refused: following them must end.
const MOST_PACKAGES: usize = 256;
/// What a package's settings are called.
pub const MANIFEST: &str = "prod.toml";

/// A package that another one depends on.
#[derive(Debug)]
pub struct Found {
    /// Its settings.
    pub manifest: Manifest,
    /// Where it lies, as seen from the package that is compiled.
    pub place: String,
    /// Its name, what it depends on, and its texts.
    pub package: Package,
}

impl Found {
    /// Its name.
    pub fn name(&self) -> &str {
        self.package.identity.name.as_deref().unwrap_or_default()
    }
}

/// A package that was met, whether its own dependencies are read or not.
struct Met {
    directory: PathBuf,
    name: Arc<str>,
    version: Option<String>,
    /// How it was come to: `shop`, `platform`.
    chain: Vec<String>,
}

/// A walk over packages.
struct Walk<'a> {
    root: &'a Path,
    reader: &'a mut Reader,
    met: Vec<Met>,
    found: Vec<Found>,
}

/// Reads everything that a package depends on.
pub fn read(root: &Path, manifest: &Manifest, reader: &mut Reader) -> Result<Vec<Found>, Problem> {
    let mut walk = Walk { root, reader, met: Vec::new(), found: Vec::new() };
    let mut open = vec![(root.to_owned(), manifest.label().to_owned())];
    walk.visit(manifest, &mut open)?;
    Ok(walk.found)
}

/// What a package may use.
pub fn identity(manifest: &Manifest) -> Identity {
    let depends_on = manifest.dependencies.iter().map(|dependency| dependency.name.clone()).collect();
    Identity { name: manifest.name.clone(), depends_on }
}

impl Walk<'_> {
    /// Reads what a package depends on; `open`: the packages on the way to it, itself last.
    fn visit(&mut self, manifest: &Manifest, open: &mut Vec<(PathBuf, String)>) -> Result<(), Problem> {
        for dependency in &manifest.dependencies {
            let from = open.last().map_or(self.root, |(directory, _)| directory.as_path()).to_owned();
            let directory = directory_of(&from, manifest, dependency)?;
            if let Some(at) = open.iter().position(|(other, _)| *other == directory) {
                let circle: Vec<&str> = open.iter().skip(at).map(|(_, name)| name.as_str()).collect();
                return Err(circle_of(manifest, dependency, &circle));
            }
            let chain = open.iter().map(|(_, name)| name.clone()).collect();
            if self.is_met(&directory, manifest, dependency, chain)? {
                continue;
            }
            self.enter(&directory, manifest, dependency, open)?;
        }
        Ok(())
    }

    /// Whether the package was read already. Another one under its name is refused.
    fn is_met(
        &mut self,
        directory: &Path,
        manifest: &Manifest,
        dependency: &Dependency,
        chain: Vec<String>,
    ) -> Result<bool, Problem> {
        let Some(known) = self.met.iter().find(|met| met.name == dependency.name) else {
            if self.met.len() >= MOST_PACKAGES {
                return Err(errors::too_many_packages(self.root, MOST_PACKAGES));
            }
            return Ok(false);
        };
        if known.directory == directory {
            return Ok(true);
        }
        let other = Met {
            version: own_manifest(directory, manifest, dependency)?.version,
            directory: directory.to_owned(),
            name: dependency.name.clone(),
            chain,
        };
        let tell = |met: &Met| {
            let version = met.version.as_ref().map_or(String::new(), |version| format!(" {version}"));
            let way = errors::arrows(met.chain.iter().map(String::as_str).chain([&*met.name]));
            format!("{way}{version} in `{}`", seen_from(self.root, &met.directory))
        };
        let message = format!("two packages are called `{}`", dependency.name);
        let help = format!("{}; {}; let both ways lead to the same one", tell(known), tell(&other));
        Err(manifest.origin.wrong(&codes::P0911, message, Some(help), Some(dependency.path.at.clone())))
    }

    fn enter(
        &mut self,
        directory: &Path,
        manifest: &Manifest,
        dependency: &Dependency,
        open: &mut Vec<(PathBuf, String)>,
    ) -> Result<(), Problem> {
        let own = own_manifest(directory, manifest, dependency)?;
        self.met.push(Met {
            directory: directory.to_owned(),
            name: dependency.name.clone(),
            version: own.version.clone(),
            chain: open.iter().map(|(_, name)| name.clone()).collect(),
        });
        open.push((directory.to_owned(), dependency.name.to_string()));
        self.visit(&own, open)?;
        open.pop();
        let place = seen_from(self.root, directory);
        let texts = self.reader.texts_below(directory, &place)?;
        let package = Package { identity: identity(&own), texts };
        self.found.push(Found { manifest: own, place, package });
        Ok(())
    }
}

/// Where a dependency lies.
fn directory_of(from: &Path, manifest: &Manifest, dependency: &Dependency) -> Result<PathBuf, Problem> {
    let said = from.join(&dependency.path.value);
    let wrong = |why: &str, help: &str| {
        let message =
            format!("the package `{}` is not at `{}`: {why}", dependency.name, dependency.path.value);
        no_package(manifest, message, help, dependency.path.at.clone())
    };
    let known = fs::metadata(&said).and_then(|known| Ok((known, fs::canonicalize(&said)?)));
    match known {
        Err(error) => {
            let help = "the path begins at the directory of this `prod.toml`";
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "nothing is there".to_owned(),
                _ => errors::reason(&error),
            };
            Err(wrong(&why, help))
        }
        Ok((known, _)) if !known.is_dir() => {
            Err(wrong("that is no directory", "name the directory in which its `prod.toml` lies"))
        }
        Ok((_, directory)) if !directory.join(MANIFEST).is_file() => {
            let help = "a package is a directory with a `prod.toml` that says `[package]` and its `name`";
            Err(wrong("there is no `prod.toml`", help))
        }
        Ok((_, directory)) => Ok(directory),
    }
}

/// The settings of a dependency, which must call it as its dependents do.
fn own_manifest(directory: &Path, manifest: &Manifest, dependency: &Dependency) -> Result<Manifest, Problem> {
    let path = directory.join(MANIFEST);
    let (text, _) = read_text(&path)?;
    let own = Manifest::read(&path, &text)?;
    let at = dependency.at.clone();
    match &own.name {
        Some(name) if *name == dependency.name => Ok(own),
        Some(name) => {
            let message = format!(
                "the package at `{}` is called `{name}`, not `{}`",
                dependency.path.value, dependency.name
            );
            Err(no_package(
                manifest,
                message,
                &format!("write `{name} = {{ path = … }}`: its names stand behind `{name}.`"),
                at,
            ))
        }
        None => {
            let message = format!("the package at `{}` has no name", dependency.path.value);
            let help = format!("write `name = \"{}\"` below `[package]` in its `prod.toml`", dependency.name);
            Err(no_package(manifest, message, &help, at))
        }
    }
}

fn no_package(manifest: &Manifest, message: String, help: &str, at: Range<usize>) -> Problem {
    manifest.origin.wrong(&codes::P0909, message, Some(help.to_owned()), Some(at))
}

fn circle_of(manifest: &Manifest, dependency: &Dependency, circle: &[&str]) -> Problem {
    let first = circle.first().copied();
    let message = format!(
        "packages depend on each other in a circle: {}",
        errors::arrows(circle.iter().copied().chain(first))
    );
    let help = "move what both need into a package of its own, on which both depend";
    manifest.origin.wrong(&codes::P0910, message, Some(help.to_owned()), Some(dependency.at.clone()))
}

/// A directory as seen from another, with `/`: `../platform`.
fn seen_from(root: &Path, directory: &Path) -> String {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (root.components().collect(), directory.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return directory.to_string_lossy().replace('\\', "/");
    }
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
