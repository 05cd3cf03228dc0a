//! Edges, and what is written on them.
//!
//! In: a picture and its places. Out: SVG. Never: a line that ends short of the outline it belongs to.

use super::geometry::{Point, Rect, Size};
use super::layout::{Placed, PlacedEdge};
use super::measure::{BADGE_HEIGHT, Fitted, FittedLabel, LABEL_LEADING, MARK, STEP, badge_room};
use super::picture::{Edge, Link, Picture, Timing};
use super::shapes;
use super::svg::{badge_at, place_of, rectangle};
use super::xml::{Xml, id, number as n};

/// The radius of a bend.
const BEND: f64 = 6.0;
/// An arrow's head: its length, and half its width.
pub(super) const HEAD: (f64, f64) = (9.0, 4.2);
/// The same on the broader line of an attack.
pub(super) const ATTACK_HEAD: (f64, f64) = (12.0, 6.0);

/// Draws the edges of a picture.
pub(super) struct Marks<'a> {
    pub picture: &'a Picture,
    pub fitted: &'a Fitted,
    pub placed: &'a Placed,
}

impl Marks<'_> {
    /// All lines with their heads; those of an attack last, on top of the others.
    pub fn lines(&self, xml: &mut Xml) {
        let (attack, others): (Vec<_>, Vec<_>) =
            self.picture.edges.iter().zip(&self.placed.edges).partition(|(edge, _)| !edge.steps.is_empty());
        for (edge, placed) in others.into_iter().chain(attack) {
            let points = self.ends_on_outlines(edge, placed);
            xml.open(
                "g",
                &[
                    ("id", id(&format!("{}-edge", self.picture.id), &edge.id)),
                    ("class", format!("edge {}", classes(edge))),
                    ("data-id", edge.id.clone()),
                ],
            );
            xml.text("title", &[], &self.tooltip(edge));
            arrow(xml, &points, edge.timing, if edge.steps.is_empty() { HEAD } else { ATTACK_HEAD });
            xml.close("g");
        }
    }

    /// What is written on the edges.
    pub fn labels(&self, xml: &mut Xml) {
        let edges = self.picture.edges.iter().zip(&self.placed.edges).zip(&self.fitted.labels);
        for ((edge, placed), label) in edges {
            if let (Some(rect), Some(label)) = (placed.label, label) {
                written(xml, edge, label, rect);
            }
        }
    }

    /// Layouts end edges at rectangles; what is drawn there is rounder.
    fn ends_on_outlines(&self, edge: &Edge, placed: &PlacedEdge) -> Vec<Point> {
        let mut points = placed.points.clone();
        let landing = |node, at: Point| {
            let (Some(node_at), Some(rect)) = (self.picture.nodes.find(node), self.placed.nodes.find(node))
            else {
                return at;
            };
            shapes::landing(node_at.shape, *rect, at)
        };
        if let Some(first) = points.first_mut() {
            *first = landing(edge.from, *first);
        }
        if let Some(last) = points.last_mut() {
            *last = landing(edge.to, *last);
        }
        points
    }

    fn tooltip(&self, edge: &Edge) -> String {
        let name = |node| self.picture.nodes.find(node).map_or("", |node| node.label.as_str());
        let link = match edge.link {
            Link::Encrypted => "encrypted",
            Link::Plain => "not encrypted",
            Link::Unknown => "encryption unknown",
        };
        let label = if edge.label.is_empty() { String::new() } else { format!("{}: ", edge.label) };
        let found = edge.found.in_words().map_or_else(String::new, |found| format!(": {found}"));
        let note = if edge.note.is_empty() { String::new() } else { format!(". {}", edge.note) };
        format!("{label}{} → {}, {link}{found}{note}", name(edge.from), name(edge.to))
    }
}

fn classes(edge: &Edge) -> String {
    let attack = if edge.steps.is_empty() { "" } else { " attack" };
    format!("{}{attack}", style(edge.link, edge.timing))
}

/// The classes of an edge's style.
pub(super) fn style(link: Link, timing: Timing) -> String {
    let link = match link {
        Link::Encrypted => "encrypted",
        Link::Plain => "plain",
        Link::Unknown => "unknown",
    };
    let timing = if timing == Timing::Asynchronous { " asynchronous" } else { "" };
    format!("{link}{timing}")
}

/// A line through `points` with a head at its end.
pub(super) fn arrow(xml: &mut Xml, points: &[Point], timing: Timing, head: (f64, f64)) {
    let [.., before, tip] = points else { return };
    let length = (tip.x - before.x).hypot(tip.y - before.y).max(0.01);
    let along = Point::new((tip.x - before.x) / length, (tip.y - before.y) / length);
    let back = |by: f64, aside: f64| {
        Point::new(tip.x - along.x * by - along.y * aside, tip.y - along.y * by + along.x * aside)
    };
    // A filled head covers the end of the line: the line stops inside it, or it would show at the tip.
    let end = if timing == Timing::Synchronous { back(head.0.min(length) - 1.0, 0.0) } else { *tip };
    let mut line = points.to_vec();
    if let Some(last) = line.last_mut() {
        *last = end;
    }
    xml.empty("path", &[("class", "line".to_owned()), ("d", bent(&line))]);
    let (left, right) = (back(head.0, head.1), back(head.0, -head.1));
    let close = if timing == Timing::Synchronous { "z" } else { "" };
    let head = format!(
        "M{} {}L{} {}L{} {}{close}",
        n(left.x),
        n(left.y),
        n(tip.x),
        n(tip.y),
        n(right.x),
        n(right.y)
    );
    xml.empty("path", &[("class", "head".to_owned()), ("d", head)]);
}

/// The path through `points`, with round bends.
fn bent(points: &[Point]) -> String {
    let mut path = String::new();
    if let Some(first) = points.first() {
        path.push_str(&format!("M{} {}", n(first.x), n(first.y)));
    }
    for three in points.windows(3) {
        let [before, bend, after] = three else { continue };
        let (from, to) = (towards(*bend, *before), towards(*bend, *after));
        path.push_str(&format!(
            "L{} {}Q{} {} {} {}",
            n(from.x),
            n(from.y),
            n(bend.x),
            n(bend.y),
            n(to.x),
            n(to.y)
        ));
    }
    if let [_, .., last] = points {
        path.push_str(&format!("L{} {}", n(last.x), n(last.y)));
    }
    path
}

/// The place on the way from `bend` to `other` where the bend begins.
fn towards(bend: Point, other: Point) -> Point {
    let length = (other.x - bend.x).hypot(other.y - bend.y);
    if length == 0.0 {
        return bend;
    }
    let part = BEND.min(length / 2.0) / length;
    Point::new(bend.x + (other.x - bend.x) * part, bend.y + (other.y - bend.y) * part)
}

/// What is written on an edge: the numbers of its steps, its lock, its text.
fn written(xml: &mut Xml, edge: &Edge, label: &FittedLabel, rect: Rect) {
    xml.open("g", &[("class", format!("label {}", classes(edge))), ("data-id", edge.id.clone())]);
    let mut tag = vec![("class", "tag".to_owned())];
    tag.extend(rectangle(rect, 4.0));
    xml.empty("rect", &tag);
    let middle = rect.middle().y;
    let mut x = rect.x + if label.lines.is_empty() { 3.0 } else { 5.0 };
    for step in &edge.steps {
        numbered(xml, *step, Point::new(x + 8.0, middle));
        x += STEP;
    }
    if let Some(badge) = edge.found.badge() {
        let room = badge_room(&badge);
        let corner = Point::new(x, middle - BADGE_HEIGHT / 2.0);
        badge_at(xml, edge.found.band, &badge, Rect::at(corner, Size::new(room, BADGE_HEIGHT)));
        x += room + 4.0;
    }
    if edge.link != Link::Unknown {
        lock(xml, edge.link, Point::new(x + 1.0, middle));
        x += MARK;
    }
    let first = middle - (label.lines.len() as f64 - 1.0) * LABEL_LEADING / 2.0 + 4.0;
    for (at, line) in label.lines.iter().enumerate() {
        let baseline = first + at as f64 * LABEL_LEADING;
        xml.text("text", &place_of("words", Point::new(x, baseline)), line);
    }
    xml.close("g");
}

pub(super) fn numbered(xml: &mut Xml, step: usize, middle: Point) {
    xml.open("g", &[("class", "step".to_owned())]);
    xml.empty("circle", &[("cx", n(middle.x)), ("cy", n(middle.y)), ("r", "8".to_owned())]);
    xml.text("text", &place_of("number", Point::new(middle.x, middle.y + 3.6)), &step.to_string());
    xml.close("g");
}

/// A lock of nine by eleven pixels; an open one has its shackle beside it.
pub(super) fn lock(xml: &mut Xml, link: Link, left: Point) {
    let (x, y) = (left.x, left.y);
    let shackle = match link {
        Link::Plain => format!("M{} {}v-2.2a2.4 2.4 0 0 1 4.8 0v1.4", n(x + 4.9), n(y - 0.6)),
        _ => format!("M{} {}v-2a2.5 2.5 0 0 1 5 0v2", n(x + 1.8), n(y - 0.6)),
    };
    let body = Rect::at(Point::new(x, y - 0.8), Size::new(8.6, 6.2));
    xml.open("g", &[("class", "lock".to_owned())]);
    xml.empty("path", &[("class", "shackle".to_owned()), ("d", shackle)]);
    let mut attributes = rectangle(body, 1.4).to_vec();
    attributes.push(("stroke", "none".to_owned()));
    xml.empty("rect", &attributes);
    xml.close("g");
}
