//! `prodc build`: assess a package and write everything asked for.
//!
//! In: a path and a list of outputs. Out: the outputs, and the summary. Never: an output of a model that does
//! not compile.

use std::path::{Path, PathBuf};

use super::args::{Build, Drawing, Kind};
use super::load::{Loaded, Session};
use super::{Exit, Outcome, Streams, diagram, gate, output};
use crate::emit::summary::{Extent, summary};
use crate::emit::{json, sarif};
use crate::workspace::Depth;

/// The usual set, below the directory that was named.
const USUAL: [(Kind, &str); 6] = [
    (Kind::Sarif, "risks.sarif"),
    (Kind::Json, "risks.json"),
    (Kind::Summary, "summary.txt"),
    (Kind::Diagrams(Drawing::Svg), "diagrams"),
    (Kind::Diagrams(Drawing::Dot), "diagrams"),
    (Kind::Diagrams(Drawing::Mermaid), "diagrams"),
];

/// Writes the outputs, then the summary on the terminal.
pub fn run(asked: &Build, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let loaded = match session.load(&asked.package.path, Depth::Assess, streams) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.outcome(),
    };
    let Some(material) = loaded.analysis.material() else { return Ok(Exit::Broken) };
    let usual =
        asked.output.iter().flat_map(|directory| USUAL.map(|(kind, name)| (kind, directory.join(name))));
    let wanted: Vec<(Kind, PathBuf)> = usual.chain(asked.emit.iter().cloned()).collect();
    if let Some(directory) = &asked.output {
        output::directory(&session.path(directory))?;
    }
    for (kind, path) in wanted {
        let path = if path == Path::new("-") { path } else { session.path(&path) };
        match kind {
            Kind::Sarif => {
                let options = sarif_options(asked.sarif_profile, &loaded);
                output::write(&path, &sarif::sarif(&material, &options), streams)?;
            }
            Kind::Json => output::write(&path, &json::json(&material), streams)?,
            Kind::Summary => {
                let text = summary(&material, None, Extent::Top, Streams::plain());
                output::write(&path, &text, streams)?;
            }
            Kind::Diagrams(drawing) => diagram::write_all(&loaded, drawing, &path, streams)?,
        }
    }
    let told = summary(&material, None, Extent::Top, streams.paint());
    // Where an output goes to the output stream, the table would stand in the middle of it.
    let is_taken = asked.emit.iter().any(|(_, path)| path == Path::new("-"));
    if is_taken {
        streams.note(&told)
    } else {
        streams.accompany(&told)
    }
    Ok(gate::end(asked.gate, &loaded, None, streams))
}

/// SARIF names files from the root of the sources: the nearest directory above the package that is under version control.
pub fn sarif_options(profile: sarif::Profile, loaded: &Loaded) -> sarif::Options {
    let root = loaded.root.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&loaded.root);
    sarif::Options { profile, prefix: super::files::name_below(root, &loaded.root) }
}
