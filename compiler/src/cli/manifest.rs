//! The settings of a package, `prod.toml`.
//!
//! In: the text of the file. Out: [`Manifest`]. Never: a key that is ignored without a word.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::errors::{self, Problem};
use crate::assess::Band;
use crate::emit::VERSION;

/// What `prod.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The band at which a run ends with 1.
    pub fail_on: Option<Band>,
    /// Sections that are understood and have no effect yet.
    pub idle: Vec<&'static str>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    package: Option<PackageSection>,
    dependencies: Option<toml::Table>,
    assess: Option<AssessSection>,
    observe: Option<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a name and a version must be texts, and that is all that is asked of them")]
struct PackageSection {
    name: Option<String>,
    version: Option<String>,
    std: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessSection {
    fail_on: Option<Spanned<String>>,
    rules: Option<toml::Table>,
}

impl Manifest {
    /// Reads the text of the file at `path`.
    pub fn read(path: &Path, text: &str) -> Result<Manifest, Problem> {
        let wrong = |message: &str, at| errors::bad_manifest(path, text.to_owned(), message, at);
        let written: Written = toml::from_str(text).map_err(|error| wrong(error.message(), error.span()))?;
        if let Some(std) = written.package.as_ref().and_then(|package| package.std.as_ref())
            && !ships(std.get_ref())
        {
            let message =
                format!("this compiler ships the standard library {VERSION}, not {}", std.get_ref());
            return Err(wrong(&message, Some(std.span())));
        }
        let mut manifest = Manifest::default();
        if let Some(assess) = &written.assess {
            if let Some(word) = &assess.fail_on {
                let band = Band::find(word.get_ref()).filter(|band| *band != Band::None);
                let message = "a band is one of `low`, `medium`, `high`, `critical`";
                manifest.fail_on = Some(band.ok_or_else(|| wrong(message, Some(word.span())))?);
            }
            manifest.idle.extend(assess.rules.as_ref().map(|_| "assess.rules"));
        }
        manifest.idle.extend(written.dependencies.as_ref().map(|_| "dependencies"));
        manifest.idle.extend(written.observe.as_ref().map(|_| "observe"));
        Ok(manifest)
    }
}

/// Whether a version, or the beginning of one, is that of the library that is built in.
fn ships(asked: &str) -> bool {
    VERSION == asked || VERSION.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
}
