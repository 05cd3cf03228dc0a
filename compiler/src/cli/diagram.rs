//! `prodc diagram`: one view of a package, drawn.
//!
//! In: a path and a view. Out: a picture. Never: a decision about what a picture shows.

use std::path::Path;

use super::args::{Diagram, Drawing};
use super::load::{Loaded, Session};
use super::{Exit, Outcome, Streams, errors, output};
use crate::emit::diagram::{self, Picture, dot, mermaid, svg};
use crate::workspace::Depth;

/// Draws one view.
pub fn run(asked: &Diagram, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let pictures = pictures(&loaded);
    let found = match &asked.view {
        None => pictures.first(),
        Some(name) => pictures.iter().find(|picture| picture.id == *name),
    };
    let Some(picture) = found else {
        let known: Vec<String> = pictures.iter().map(|picture| picture.id.clone()).collect();
        return Err(errors::unknown("view", asked.view.as_deref().unwrap_or(""), &known));
    };
    streams.print(&drawn(picture, asked.format));
    Ok(Exit::Clean)
}

/// Writes every view into a directory.
pub fn write_all(
    loaded: &Loaded,
    drawing: Drawing,
    directory: &Path,
    streams: &mut Streams<'_>,
) -> Result<(), errors::Problem> {
    output::directory(directory)?;
    for picture in pictures(loaded) {
        let path = directory.join(format!("{}.{}", file_name(&picture.id), ending(drawing)));
        output::write(&path, &drawn(&picture, drawing), streams)?;
    }
    Ok(())
}

fn pictures(loaded: &Loaded) -> Vec<Picture> {
    let analysis = &loaded.analysis;
    diagram::pictures(&analysis.deployments, analysis.assessment.as_deref())
}

fn drawn(picture: &Picture, drawing: Drawing) -> String {
    match drawing {
        Drawing::Svg => svg(picture),
        Drawing::Dot => dot(picture),
        Drawing::Mermaid => mermaid(picture),
    }
}

fn ending(drawing: Drawing) -> &'static str {
    match drawing {
        Drawing::Svg => "svg",
        Drawing::Dot => "dot",
        Drawing::Mermaid => "mmd",
    }
}

/// A name that any file system takes.
fn file_name(id: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    id.chars().map(plain).collect()
}
