//! The legend: what occurs in a picture, and nothing else.
//!
//! In: a picture. Out: entries in a fixed order, and how they flow into rows. Never: an entry for something that is not there.

use super::geometry::{Point, Size};
use super::picture::{Band, Border, Colour, Link, Picture, Shape, Timing};
use super::text::Font;

/// One thing that the legend explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is shown.
    pub sample: Sample,
    /// What it means.
    pub text: String,
}

/// What an entry shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// An outline.
    Shape(Shape),
    /// A border.
    Border(Border),
    /// An edge.
    Edge(Link, Timing),
    /// An edge that an attack takes.
    Attack,
    /// The fill and the letter of a band.
    Band(Band),
    /// The fill of a group, by its place among the groups.
    Group(usize),
}

/// What the picture has to explain.
pub fn entries(picture: &Picture) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |occurs: bool, sample: Sample, text: &str| {
        if occurs {
            entries.push(Entry { sample, text: text.to_owned() });
        }
    };
    for &(shape, ref name) in &picture.shape_names {
        add(picture.nodes.iter().any(|node| node.shape == shape), Sample::Shape(shape), name);
    }
    let framed = |border| picture.frames.iter().any(|frame| frame.border == border);
    add(framed(Border::Solid), Sample::Border(Border::Solid), "deployment");
    add(framed(Border::Dashed), Sample::Border(Border::Dashed), "zone");
    let edges = [
        (Link::Encrypted, Timing::Synchronous, "encrypted"),
        (Link::Plain, Timing::Synchronous, "not encrypted"),
        (Link::Unknown, Timing::Synchronous, "encryption unknown"),
        (Link::Encrypted, Timing::Asynchronous, "encrypted, asynchronous"),
        (Link::Plain, Timing::Asynchronous, "not encrypted, asynchronous"),
        (Link::Unknown, Timing::Asynchronous, "encryption unknown, asynchronous"),
    ];
    for (link, timing, text) in edges {
        let occurs = picture.edges.iter().any(|edge| edge.link == link && edge.timing == timing);
        add(occurs, Sample::Edge(link, timing), text);
    }
    add(picture.edges.iter().any(|edge| !edge.steps.is_empty()), Sample::Attack, "attack, step by step");
    let by_risk = picture.colour == Colour::Risk;
    for &band in Band::ALL {
        let occurs = picture.nodes.iter().any(|node| node.risk.band == band);
        let text = match band {
            Band::None => "no risk found".to_owned(),
            band => format!("worst risk: {}", band.word()),
        };
        add(occurs && (band != Band::None || by_risk), Sample::Band(band), &text);
    }
    if picture.colour == Colour::Group {
        for (at, group) in picture.groups().into_iter().enumerate() {
            add(true, Sample::Group(at), group);
        }
    }
    entries
}

/// The text of an entry.
pub const FONT: Font = Font::regular(11.0);
/// The room for a sample, and the gap behind it.
pub const SAMPLE: Size = Size::new(34.0, 20.0);
const GAP: f64 = 8.0;
const COLUMN: f64 = 22.0;
const ROW: f64 = 28.0;

/// Where each entry begins when rows are `width` wide, and how high all rows are.
pub fn flow(entries: &[Entry], width: f64) -> (Vec<Point>, f64) {
    let mut at = Point::default();
    let mut places = Vec::new();
    for entry in entries {
        let needed = SAMPLE.width + GAP + FONT.width(&entry.text);
        if at.x > 0.0 && at.x + needed > width {
            at = Point::new(0.0, at.y + ROW);
        }
        places.push(at);
        at.x += needed.ceil() + COLUMN;
    }
    (places, if entries.is_empty() { 0.0 } else { at.y + SAMPLE.height })
}

/// Where the text of an entry begins.
pub const TEXT_AT: f64 = SAMPLE.width + GAP;
