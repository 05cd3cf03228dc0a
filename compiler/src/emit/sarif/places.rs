//! Places in the package as locations.
//!
//! In: places. Out: locations with relative, percent-encoded paths. Never: a file of the standard library, which no reader has.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::fingerprint::line_fingerprints;
use super::shapes::{ArtifactLocation, Location, LogicalLocation, Message, PhysicalLocation, Region};
use super::{Options, ROOT};
use crate::base::{FileId, Place};
use crate::emit::Material;
use crate::model::ThingId;

/// Makes locations; fingerprints of a file are reckoned once.
pub struct Places<'a> {
    material: &'a Material<'a>,
    prefix: String,
    fingerprints: RefCell<BTreeMap<FileId, Vec<String>>>,
}

impl<'a> Places<'a> {
    /// For the files of a package.
    pub fn of(material: &'a Material<'a>, options: &Options) -> Places<'a> {
        let prefix = match options.prefix.trim_matches('/') {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        Places { material, prefix, fingerprints: RefCell::default() }
    }

    /// A place as a location.
    pub fn location(&self, place: Place) -> Location {
        let (start, end) = self.material.lines(place);
        let path = &self.material.sources.get(place.file).path;
        let artifact_location = ArtifactLocation {
            uri: encoded(&straight(&format!("{}{path}", self.prefix))),
            uri_base_id: ROOT,
        };
        let region = Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        };
        let physical_location = PhysicalLocation { artifact_location, region };
        Location { id: None, physical_location, logical_locations: Vec::new(), message: None }
    }

    /// A place with words.
    pub fn told(&self, place: Place, text: &str) -> Location {
        Location { message: Some(Message::new(text)), ..self.location(place) }
    }

    /// A thing by its path.
    pub fn logical(&self, thing: ThingId) -> LogicalLocation {
        let thing = &self.material.model.things[thing];
        LogicalLocation {
            name: thing.name.to_string(),
            fully_qualified_name: thing.path.to_string(),
            kind: thing.keyword.word(),
        }
    }

    /// The fingerprint of the line on which a place begins.
    pub fn line_fingerprint(&self, place: Place) -> Option<String> {
        let source = self.material.sources.get(place.file);
        let line = source.line_column(place.span.lo).line as usize;
        let mut known = self.fingerprints.borrow_mut();
        let lines = known.entry(place.file).or_insert_with(|| line_fingerprints(&source.text));
        lines.get(line.checked_sub(1)?).cloned()
    }
}

/// A path without ways up and down again: a file of a dependency lies beside the package.
fn straight(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path as part of a URI.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
