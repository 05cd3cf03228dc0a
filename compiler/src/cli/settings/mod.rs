//! The settings of a package, `prod.toml`.
//!
//! In: the text of the file. Out: [`Manifest`]. Never: a look at another file; a key that is ignored without a word.

mod section;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use self::section::Section;
pub use self::section::{At, Origin};
use super::errors::{self, Problem};
use crate::assess::{Band, SwitchedOff};
use crate::base::codes;
use crate::emit::VERSION;
use crate::syntax::RESERVED;
use crate::syntax::text::is_bare;

/// What `prod.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The file itself.
    pub origin: Origin,
    /// What the package is called.
    pub name: Option<Arc<str>>,
    /// Its version.
    pub version: Option<String>,
    /// What it depends on, by name.
    pub dependencies: Vec<Dependency>,
    /// The band at which a run ends with 1.
    pub fail_on: Option<Band>,
    /// Rules and lints that are not reported, by name, and where that is said.
    pub off: Vec<At<SwitchedOff>>,
    /// Whether it says what was observed.
    pub observes: bool,
}

/// A package that another one depends on.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// What it is called.
    pub name: Arc<str>,
    /// Where its name stands.
    pub at: Range<usize>,
    /// Where it lies, from the directory of the one that depends on it.
    pub path: At<String>,
}

impl Manifest {
    /// Reads the text of the file at `path`.
    pub fn read(path: &Path, text: &str) -> Result<Manifest, Problem> {
        let origin = Origin::new(path, text);
        let table = origin.parse()?;
        let top = Section::top(&origin, table.get_ref());
        top.only(&["package", "dependencies", "assess", "observe"])?;
        let mut manifest = Manifest::default();
        if let Some(package) = top.section("package")? {
            manifest.package(&package, &origin)?;
        }
        if let Some(dependencies) = top.section("dependencies")? {
            manifest.dependencies = read_dependencies(&dependencies)?;
        }
        if let Some(assess) = top.section("assess")? {
            manifest.assess(&assess)?;
        }
        if let Some(observe) = top.section("observe")? {
            observed(&observe)?;
            manifest.observes = true;
        }
        drop(table);
        manifest.origin = origin;
        Ok(manifest)
    }

    /// What the package is called in messages about several.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or("this package")
    }

    fn package(&mut self, section: &Section<'_>, origin: &Origin) -> Result<(), Problem> {
        section.only(&["name", "version", "std"])?;
        if let Some(name) = section.text("name")? {
            self.name = Some(package_name(section, name)?);
        }
        self.version = section.text("version")?.map(|version| version.value);
        match section.text("std")? {
            Some(std) if !ships(&std.value) => {
                let message = format!(
                    "{} asks for version {} of the standard library, and this compiler ships {VERSION}",
                    self.name
                        .as_ref()
                        .map_or("this package".to_owned(), |name| format!("the package `{name}`")),
                    std.value
                );
                let help = format!(
                    "use a compiler that ships {}, or read what changed and write `std = \"{VERSION}\"`",
                    std.value
                );
                Err(origin.wrong(&codes::P0908, message, Some(help), Some(std.at)))
            }
            _ => Ok(()),
        }
    }

    fn assess(&mut self, section: &Section<'_>) -> Result<(), Problem> {
        section.only(&["fail_on", "rules"])?;
        if let Some(word) = section.text("fail_on")? {
            let band = Band::find(&word.value).filter(|band| *band != Band::None);
            let message = "a band is one of `low`, `medium`, `high`, `critical`";
            self.fail_on = Some(band.ok_or_else(|| section.wrong(message, None, word.at))?);
        }
        let Some(rules) = section.section("rules")? else { return Ok(()) };
        for (rule, said) in rules.sections()? {
            let inner = said.names_of_sections();
            if let Some(inner) = inner.first() {
                let help = format!("a name with a dot stands in quotes: `rules.\"{}.{inner}\"`", rule.value);
                return Err(said.wrong(format!("`{}` is no rule", rule.value), Some(help), rule.at));
            }
            said.only(&["off"])?;
            let reason = said.text("off")?.filter(|reason| !reason.value.trim().is_empty());
            let Some(reason) = reason else {
                let help = format!("write `rules.{} = {{ off = \"why\" }}`", rule.value);
                let message = format!("why `{}` is switched off is not said", rule.value);
                return Err(said.wrong(message, Some(help), rule.at));
            };
            let off = SwitchedOff { name: rule.value.into(), because: reason.value.into() };
            self.off.push(At { value: off, at: rule.at });
        }
        Ok(())
    }
}

/// A name that other packages can write in front of a dot.
fn package_name(section: &Section<'_>, name: At<String>) -> Result<Arc<str>, Problem> {
    if is_bare(&name.value) && !RESERVED.contains(&name.value.as_str()) && !name.value.starts_with('`') {
        return Ok(name.value.into());
    }
    let help = "a name begins with a letter and goes on with letters, digits, `_` and single hyphens; reserved words are none";
    Err(section.wrong(format!("`{}` is no name for a package", name.value), Some(help.to_owned()), name.at))
}

fn read_dependencies(section: &Section<'_>) -> Result<Vec<Dependency>, Problem> {
    let mut all = Vec::new();
    for (name, said) in section.sections()? {
        said.only(&["path"])?;
        let at = name.at.clone();
        let Some(path) = said.text("path")? else {
            let help = format!("write `{} = {{ path = \"../{}\" }}`", name.value, name.value);
            return Err(said.wrong(format!("where `{}` lies is not said", name.value), Some(help), at));
        };
        all.push(Dependency { name: package_name(section, name)?, at, path });
    }
    Ok(all)
}

/// What was observed has an effect once findings can be read; that it is well-formed is checked already.
fn observed(section: &Section<'_>) -> Result<(), Problem> {
    const KINDS: [&str; 2] = ["findings", "sbom"];
    let deployments = section.names_of_sections();
    let known: Vec<&str> = KINDS.into_iter().chain(deployments.iter().copied()).collect();
    section.only(&known)?;
    for kind in KINDS {
        section.texts(kind)?;
    }
    for deployment in deployments {
        if let Some(inner) = section.section(deployment)? {
            inner.only(&KINDS)?;
            for kind in KINDS {
                inner.texts(kind)?;
            }
        }
    }
    Ok(())
}

/// Whether a version, or the beginning of one, is that of the library that is built in.
fn ships(asked: &str) -> bool {
    VERSION == asked || VERSION.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
}

/// A rule or lint that is switched off and that nobody declares.
pub fn unknown_rule<'a>(
    manifest: &Manifest,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<Problem> {
    let off = manifest.off.iter().find(|off| !known.clone().any(|name| *name == *off.value.name))?;
    let name = &off.value.name;
    let help = crate::base::nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    let message = format!("there is no rule or lint called `{name}`");
    Some(errors::in_settings(&codes::P0905, &manifest.origin, message, help, Some(off.at.clone())))
}
