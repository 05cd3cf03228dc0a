//! What the legend shows: a small one of everything that it explains.
//!
//! In: sections of a legend and their places. Out: SVG. Never: a sample that is drawn in another way than the picture.

use super::geometry::{Point, Rect, Size};
use super::legend::{Entry, Flowed, SAMPLE, Sample, Section, TEXT_AT};
use super::marks::{ATTACK_HEAD, HEAD, arrow, lock, numbered, style};
use super::picture::{Band, Border, Found, Link, Role, Shape, Timing};
use super::shapes;
use super::svg::{badge_at, place_of, rectangle, shape};
use super::theme;
use super::xml::{Xml, number as n};

/// Draws the legend.
pub(super) fn legend(xml: &mut Xml, sections: &[Section], flowed: &Flowed) {
    for (section, at) in sections.iter().zip(&flowed.headings) {
        let baseline = Point::new(at.x, at.y + SAMPLE.height / 2.0 + 4.0);
        xml.text("text", &place_of("heading", baseline), section.heading);
    }
    let entries = sections.iter().flat_map(|section| &section.entries);
    for (entry, at) in entries.zip(&flowed.entries) {
        sample(xml, entry, *at);
        let baseline = Point::new(at.x + TEXT_AT, at.y + SAMPLE.height / 2.0 + 4.0);
        xml.text("text", &place_of("", baseline), &entry.text);
    }
}

fn sample(xml: &mut Xml, entry: &Entry, at: Point) {
    let rect = Rect::at(at, SAMPLE);
    match entry.sample {
        Sample::Shape(kind) => outline(xml, kind, at),
        Sample::Role(role) => role_of(xml, role, rect),
        Sample::Border(border) => frame(xml, border, rect),
        Sample::Edge(link, timing) => edge(xml, link, timing, rect),
        Sample::Attack => attack(xml, rect),
        Sample::Band(band) => fill(xml, band, rect),
        Sample::Group(place) => {
            xml.open("g", &[("class", format!("node group-{}", place % theme::GROUPS))]);
            shape(xml, Shape::Card, rect);
            xml.close("g");
        }
    }
}

/// Outlines have corners and lids of a fixed size: they are drawn as large as in the picture, and made smaller.
fn outline(xml: &mut Xml, kind: Shape, at: Point) {
    let transform = format!("translate({} {}) scale(.5)", n(at.x), n(at.y));
    xml.open("g", &[("class", "node small".to_owned()), ("transform", transform)]);
    shape(xml, kind, Rect::at(Point::default(), Size::new(2.0 * SAMPLE.width, 2.0 * SAMPLE.height)));
    xml.close("g");
}

fn role_of(xml: &mut Xml, role: Role, rect: Rect) {
    xml.open("g", &[("class", format!("node {}", theme::role_class(role)))]);
    shape(xml, Shape::Card, rect);
    xml.close("g");
}

fn frame(xml: &mut Xml, border: Border, rect: Rect) {
    let (class, level) = match border {
        Border::Solid => ("frame solid", "level-0"),
        Border::Dashed => ("frame dashed", "level-1"),
        Border::Thin => ("frame thin", "level-2"),
    };
    xml.open("g", &[("class", class.to_owned())]);
    xml.empty("path", &[("class", level.to_owned()), ("d", shapes::rounded(rect, 4.0))]);
    xml.close("g");
}

fn fill(xml: &mut Xml, band: Band, rect: Rect) {
    xml.open("g", &[("class", format!("node {}", theme::band_class(band)))]);
    shape(xml, Shape::Card, rect);
    if let Some(letter) = (Found { band, count: 0 }).badge() {
        let badge = Rect::at(Point::new(rect.x + 8.0, rect.y + 2.0), Size::new(18.0, 16.0));
        badge_at(xml, band, &letter, badge);
    }
    xml.close("g");
}

fn attack(xml: &mut Xml, rect: Rect) {
    let y = rect.middle().y;
    xml.open("g", &[("class", "edge label attack".to_owned())]);
    arrow(xml, &[Point::new(rect.x, y), Point::new(rect.right(), y)], Timing::Synchronous, ATTACK_HEAD);
    numbered(xml, 1, Point::new(rect.x + 10.0, y));
    xml.close("g");
}

fn edge(xml: &mut Xml, link: Link, timing: Timing, rect: Rect) {
    let y = rect.middle().y;
    xml.open("g", &[("class", format!("edge {}", style(link, timing)))]);
    arrow(xml, &[Point::new(rect.x, y), Point::new(rect.right(), y)], timing, HEAD);
    if link != Link::Unknown {
        let tag = Rect::at(Point::new(rect.x + 6.0, y - 8.0), Size::new(13.0, 16.0));
        let mut attributes = vec![("class", "tag".to_owned())];
        attributes.extend(rectangle(tag, 3.0));
        xml.empty("rect", &attributes);
        lock(xml, link, Point::new(rect.x + 8.0, y));
    }
    xml.close("g");
}
