//! `prodc init`: a small product that compiles, to be made one's own.
//!
//! In: a directory. Out: a `prod.toml` and, where there is no description yet, one of a small product with a test and a view.
//! Never: a question, a file that was there before changed.

use std::fs;
use std::path::Path;

use super::args::Init;
use super::load::Session;
use super::{Exit, Outcome, Streams, errors, output};
use crate::emit::VERSION;
use crate::syntax::RESERVED;

/// The description that a package begins with.
const PRODUCT: &str = include_str!("product.prod");

/// Leaves a package in a directory.
pub fn run(asked: &Init, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let directory = session.path(&asked.directory);
    let settings = directory.join("prod.toml");
    if settings.exists() {
        return Err(errors::package_is_there(&settings));
    }
    output::directory(&directory)?;
    let title = title(&directory);
    let name = identifier(&title);
    let is_described =
        has_descriptions(&directory).map_err(|error| errors::unreadable(&directory, &error))?;
    output::write(&settings, &manifest(&name), streams)?;
    let mut written = vec![settings];
    if !is_described {
        let file = directory.join(format!("{name}.prod"));
        let text = PRODUCT.replacen("first-product", &name, 1).replacen("First product", &title, 1);
        output::write(&file, &text, streams)?;
        written.push(file);
    }
    for file in &written {
        streams.print(&format!(
            "wrote {}\n",
            asked.directory.join(file.file_name().unwrap_or_default()).display()
        ));
    }
    let place = if asked.directory == Path::new(".") {
        String::new()
    } else {
        format!(" {}", asked.directory.display())
    };
    streams.note(&format!("next: `prodc risks{place}`, `prodc test{place}`, `prodc build{place} -o out`\n"));
    Ok(Exit::Clean)
}

/// What the directory is called; where it has no name that could be written in quotes, something that has.
fn title(directory: &Path) -> String {
    let whole = fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plain: String =
        name.chars().filter(|letter| !matches!(letter, '"' | '\\' | '$') && !letter.is_control()).collect();
    if plain.chars().any(char::is_alphanumeric) { plain } else { "First product".to_owned() }
}

/// A title as a name: small letters, digits, single hyphens.
fn identifier(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    let begins_well = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if begins_well && !RESERVED.contains(&name.as_str()) && name != "std" {
        name
    } else {
        format!("product-{name}").trim_end_matches('-').to_owned()
    }
}

fn manifest(name: &str) -> String {
    // Scores change only when the line about the library does; what it leaves open is filled in by fixes of it.
    let std = VERSION.rsplit_once('.').map_or(VERSION, |(minor, _)| minor);
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nstd = \"{std}\"\n\n[assess]\nfail_on = \"high\"\n"
    )
}

/// Whether descriptions stand in the directory already.
fn has_descriptions(directory: &Path) -> std::io::Result<bool> {
    for entry in fs::read_dir(directory)? {
        if entry?.path().extension().is_some_and(|ending| ending == "prod") {
            return Ok(true);
        }
    }
    Ok(false)
}
