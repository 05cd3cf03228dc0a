//! The lock, `prod.lock`: what the dependencies of a package were when somebody last looked.
//!
//! In: what was read of a package. Out: the text of the lock, and whether the one that is there holds. Never: a network,
//! a clock; the same packages give the same bytes on every machine.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use toml::Spanned;

use super::args::Package;
use super::dependencies::Found;
use super::errors::{self, Problem};
use super::files::{self, Files, read_text};
use super::load::Session;
use super::output;
use super::settings::Origin;
use super::{Exit, Outcome, Streams};
use crate::base::codes;

/// What the lock of a package is called.
pub const LOCK: &str = "prod.lock";
/// The number of its format.
const FORMAT: u32 = 1;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
    #[serde(default)]
    package: Vec<Locked>,
}

/// A dependency as it was.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "where it lay and which version it was is for people to read")]
struct Locked {
    name: Spanned<String>,
    version: Option<String>,
    path: String,
    hash: Spanned<String>,
}

/// `prodc lock`: writes the lock and says what is new in it.
pub fn run(asked: &Package, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let path = session.path(&asked.path);
    let files = files::read_package(&path)?;
    if files.manifest.origin.text.is_empty() {
        return Err(errors::no_settings(&path));
    }
    let file = files.root.join(LOCK);
    if files.dependencies.is_empty() && !file.is_file() {
        streams.note("this package depends on no other: there is nothing to lock\n");
        return Ok(Exit::Clean);
    }
    // Whatever is wrong with the old one, the new one takes its place.
    let known = kept(&file).ok().flatten().map_or(Vec::new(), |(_, written)| written.package);
    for found in &files.dependencies {
        let before = known.iter().find(|locked| *locked.name.get_ref() == found.name());
        let word = match before {
            None => "locked",
            Some(locked) if *locked.hash.get_ref() != hash(found) => "changed",
            Some(_) => "as before",
        };
        streams.print(&format!("{} ({}): {word}\n", label(found), found.place));
    }
    for gone in known
        .iter()
        .filter(|locked| !files.dependencies.iter().any(|found| found.name() == locked.name.get_ref()))
    {
        streams.print(&format!("{}: removed\n", gone.name.get_ref()));
    }
    output::write(&file, &text(&files.dependencies), streams)?;
    Ok(Exit::Clean)
}

/// Whether the dependencies are those that the lock names; a line to say where nothing is locked.
pub fn check(files: &Files) -> Result<Option<String>, Problem> {
    let file = files.root.join(LOCK);
    let Some((origin, written)) = kept(&file)? else {
        let names: Vec<&str> = files.dependencies.iter().map(Found::name).collect();
        let note = format!(
            "nothing says which content of {} was looked at: `prodc lock` writes a `{LOCK}`\n",
            errors::quoted(&names)
        );
        return Ok((!names.is_empty()).then_some(note));
    };
    let mut stale: Vec<(String, Option<Range<usize>>)> = Vec::new();
    for found in &files.dependencies {
        let locked = written.package.iter().find(|locked| *locked.name.get_ref() == found.name());
        match locked {
            None => stale.push((format!("`{}` is new", found.name()), None)),
            Some(locked) if *locked.hash.get_ref() != hash(found) => {
                stale.push((format!("`{}` has changed", found.name()), Some(locked.hash.span())));
            }
            Some(_) => {}
        }
    }
    for locked in &written.package {
        let name = locked.name.get_ref();
        if !files.dependencies.iter().any(|found| found.name() == name) {
            stale.push((format!("`{name}` is gone"), Some(locked.name.span())));
        }
    }
    if stale.is_empty() {
        return Ok(None);
    }
    let at = stale.iter().find_map(|(_, at)| at.clone());
    let told: Vec<String> = stale.into_iter().map(|(told, _)| told).collect();
    let message = format!("the dependencies are not those that were locked: {}", told.join(", "));
    let help = "look at what is different, then run `prodc lock`".to_owned();
    Err(origin.wrong(&codes::P0912, message, Some(help), at))
}

/// The lock that is there.
fn kept(file: &Path) -> Result<Option<(Origin, Written)>, Problem> {
    if !file.is_file() {
        return Ok(None);
    }
    let (text, _) = read_text(file)?;
    let origin = Origin::new(file, &text);
    let wrong = |message: String, at| {
        let help = "run `prodc lock`, which writes it anew".to_owned();
        origin.wrong(&codes::P0912, message, Some(help), at)
    };
    let written: Written = toml::from_str(&text).map_err(|error| {
        wrong(format!("the lock cannot be understood: {}", error.message()), error.span())
    })?;
    if written.format != FORMAT {
        return Err(wrong(
            format!("the lock has format {}, and this compiler reads {FORMAT}", written.format),
            None,
        ));
    }
    Ok(Some((origin, written)))
}

/// The text of the lock for some packages.
fn text(dependencies: &[Found]) -> String {
    let mut sorted: Vec<&Found> = dependencies.iter().collect();
    sorted.sort_by(|a, b| a.name().cmp(b.name()));
    let mut out = format!(
        "# Written by `prodc lock`: what the dependencies of this package were when it ran.\nformat = {FORMAT}\n"
    );
    for found in sorted {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        out.push_str(&format!("\n[[package]]\nname = {}\n", quoted(found.name())));
        if let Some(version) = &found.manifest.version {
            out.push_str(&format!("version = {}\n", quoted(version)));
        }
        out.push_str(&format!("path = {}\nhash = {}\n", quoted(&found.place), quoted(&hash(found))));
    }
    out
}

fn label(found: &Found) -> String {
    let version = found.manifest.version.as_ref().map_or(String::new(), |version| format!(" {version}"));
    format!("{}{version}", found.name())
}

/// The hash of everything that is read of a package. Line ends do not count: version control may change them.
fn hash(found: &Found) -> String {
    let mut hasher = Sha256::new();
    let mut take = |text: &str| {
        let text = text.replace("\r\n", "\n");
        // With its length in front, no two lists of texts look alike.
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    take(&found.manifest.origin.text);
    for text in &found.package.texts {
        // Where the package lies is no part of what it says.
        take(text.path.strip_prefix(&*found.place).unwrap_or(&text.path));
        take(&text.text);
    }
    let digest: Vec<String> = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", digest.concat())
}
