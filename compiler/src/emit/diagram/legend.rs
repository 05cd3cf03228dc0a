//! The legend: what occurs in a picture, and nothing else.
//!
//! In: a picture. Out: entries under headings, and how they flow into rows. Never: an entry for something that is not there.

use super::geometry::{Point, Size};
use super::picture::{Band, Border, Colour, Link, Picture, Role, Shape, Timing};
use super::text::Font;

/// Entries that explain the same kind of thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub heading: &'static str,
    /// At least one.
    pub entries: Vec<Entry>,
}

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
    /// What a thing looks like that the picture is not about.
    Role(Role),
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
pub fn sections(picture: &Picture) -> Vec<Section> {
    let all = [
        ("Things", things(picture)),
        ("Boundaries", borders(picture)),
        ("Flows", flows(picture)),
        ("Risk", bands(picture)),
        ("Colours", groups(picture)),
    ];
    let occurring = all.into_iter().filter(|(_, entries)| !entries.is_empty());
    occurring.map(|(heading, entries)| Section { heading, entries }).collect()
}

fn entry(sample: Sample, text: &str) -> Entry {
    Entry { sample, text: text.to_owned() }
}

fn things(picture: &Picture) -> Vec<Entry> {
    let named = picture.shape_names.iter();
    let occurring = named.filter(|(shape, _)| picture.nodes.iter().any(|node| node.shape == *shape));
    let shapes = occurring.map(|(shape, name)| entry(Sample::Shape(*shape), name));
    let roles = Role::ALL.into_iter().filter(|role| picture.nodes.iter().any(|node| node.role == *role));
    let roles = roles.filter_map(|role| Some(entry(Sample::Role(role), role.word()?)));
    shapes.chain(roles).collect()
}

fn borders(picture: &Picture) -> Vec<Entry> {
    let all =
        [(Border::Solid, "deployment"), (Border::Dashed, "zone"), (Border::Thin, "thing with its parts")];
    let occurring = all.into_iter().filter(|(border, _)| picture.frames.iter().any(|f| f.border == *border));
    occurring.map(|(border, text)| entry(Sample::Border(border), text)).collect()
}

fn flows(picture: &Picture) -> Vec<Entry> {
    let all = [
        (Link::Encrypted, Timing::Synchronous, "encrypted"),
        (Link::Encrypted, Timing::Asynchronous, "encrypted, asynchronous"),
        (Link::Plain, Timing::Synchronous, "not encrypted"),
        (Link::Plain, Timing::Asynchronous, "not encrypted, asynchronous"),
        (Link::Unknown, Timing::Synchronous, "encryption unknown"),
        (Link::Unknown, Timing::Asynchronous, "encryption unknown, asynchronous"),
    ];
    let occurs = |link, timing| picture.edges.iter().any(|edge| edge.link == link && edge.timing == timing);
    let occurring = all.into_iter().filter(|(link, timing, _)| occurs(*link, *timing));
    let mut entries: Vec<Entry> =
        occurring.map(|(link, timing, text)| entry(Sample::Edge(link, timing), text)).collect();
    if picture.edges.iter().any(|edge| !edge.steps.is_empty()) {
        entries.push(entry(Sample::Attack, "attack, step by step"));
    }
    entries
}

/// Letters stand on badges whatever the fill means; the fill of a thing without risk is explained where fills mean risk.
fn bands(picture: &Picture) -> Vec<Entry> {
    let on_edges = picture.edges.iter().map(|edge| edge.found.band).filter(|band| *band != Band::None);
    let on_frames = picture.frames.iter().map(|frame| frame.found.band).filter(|band| *band != Band::None);
    let on_nodes = picture.nodes.iter().map(|node| node.found.band);
    let bands: Vec<Band> = on_nodes.chain(on_edges).chain(on_frames).collect();
    let occurs = |band| bands.contains(&band);
    let explained = |band: &Band| *band != Band::None || picture.colour == Colour::Risk;
    let bands = Band::ALL.into_iter().filter(|band| occurs(*band) && explained(band));
    bands
        .map(|band| match band {
            Band::None => entry(Sample::Band(band), "no open risk"),
            band => entry(Sample::Band(band), band.word()),
        })
        .collect()
}

fn groups(picture: &Picture) -> Vec<Entry> {
    match picture.colour {
        Colour::Risk => Vec::new(),
        Colour::Group => {
            let groups = picture.groups().into_iter().enumerate();
            groups.map(|(at, group)| entry(Sample::Group(at), group)).collect()
        }
    }
}

/// The text of an entry.
pub const FONT: Font = Font::regular(11.0);
/// The room for a sample, and the gap behind it.
pub const SAMPLE: Size = Size::new(34.0, 20.0);
/// Where the text of an entry begins.
pub const TEXT_AT: f64 = SAMPLE.width + 8.0;
/// The room for the headings.
const HEADINGS: f64 = 80.0;
const COLUMN: f64 = 20.0;
const ROW: f64 = 28.0;

/// Where everything in the legend goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flowed {
    /// The upper left corner of each section's heading.
    pub headings: Vec<Point>,
    /// The upper left corner of each entry, section by section.
    pub entries: Vec<Point>,
    /// Of all rows together.
    pub height: f64,
}

/// Lets the entries of each section flow into rows `width` wide.
pub fn flow(sections: &[Section], width: f64) -> Flowed {
    let mut flowed = Flowed::default();
    let mut at = Point::default();
    for section in sections {
        flowed.headings.push(Point::new(0.0, at.y));
        at.x = HEADINGS;
        for entry in &section.entries {
            let needed = (TEXT_AT + FONT.width(&entry.text)).ceil();
            if at.x > HEADINGS && at.x + needed > width {
                at = Point::new(HEADINGS, at.y + ROW);
            }
            flowed.entries.push(at);
            at.x += needed + COLUMN;
        }
        at.y += ROW;
        flowed.height = at.y - (ROW - SAMPLE.height);
    }
    flowed
}
