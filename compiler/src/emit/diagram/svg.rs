//! The native picture: SVG that stands alone and reads well in the light, in the dark, on paper and by ear.
//!
//! In: a picture. Out: the text of an SVG file. Never: a script, a reference to anything outside, an unescaped text.

use super::geometry::{Point, Rect, Size};
use super::layout::Placed;
use super::legend;
use super::marks::{Marks, numbered};
use super::measure::{
    self, BADGE_HEIGHT, CAPTION_LEADING, CHIP, Fitted, FittedChip, FittedNode, NAME_LEADING, STEP, STEP_ROW,
};
use super::picture::{Band, Border, Colour, Frame, Node, Picture};
use super::place::place;
use super::samples;
use super::shapes;
use super::story::Story;
use super::text::Font;
use super::theme::{self, GROUPS, ROOT};
use super::xml::{Xml, id, number as n};

/// Around everything.
const MARGIN: f64 = 24.0;
/// The height of the title and the line under it.
const HEADER: f64 = 52.0;
/// A legend is laid out for at least this width.
const NARROWEST: f64 = 420.0;
const TITLE: Font = Font::bold(18.0);
const SUBTITLE: Font = Font::regular(12.0);

/// The picture as an SVG file.
pub fn svg(picture: &Picture) -> String {
    let fitted = measure::fit(picture);
    let placed = place(&measure::sizes(picture, &fitted));
    draw(picture, &fitted, &placed)
}

/// The picture as an SVG file, with everything where `placed` says.
pub fn draw(picture: &Picture, fitted: &Fitted, placed: &Placed) -> String {
    let header = TITLE.width(&picture.title).max(SUBTITLE.width(&picture.subtitle));
    let width = placed.size.width.max(NARROWEST).max(header);
    let sections = legend::sections(picture);
    let flowed = legend::flow(&sections, width);
    let top = MARGIN + HEADER;
    let story = Story::new(&picture.story, width);
    let story_top = top + placed.size.height + 20.0;
    let legend_top = story_top + story.height() + if picture.story.is_empty() { 14.0 } else { 28.0 };
    let page = Size::new(
        (width + 2.0 * MARGIN).ceil(),
        (if sections.is_empty() { story_top + story.height() } else { legend_top + flowed.height } + MARGIN)
            .ceil(),
    );
    let mut xml = Xml::default();
    begin(&mut xml, picture, page);
    let left = MARGIN + ((width - placed.size.width) / 2.0).round();
    xml.open("g", &[("transform", format!("translate({} {})", n(left), n(top)))]);
    let pen = Pen { picture, fitted, placed };
    pen.frames(&mut xml);
    let marks = Marks { picture, fitted, placed };
    marks.lines(&mut xml);
    pen.nodes(&mut xml);
    pen.chips(&mut xml);
    marks.labels(&mut xml);
    xml.close("g");
    if !picture.story.is_empty() {
        let at = format!("translate({} {})", n(MARGIN), n(story_top));
        xml.open("g", &[("class", "story".to_owned()), ("transform", at)]);
        story.draw(&mut xml);
        xml.close("g");
    }
    if !sections.is_empty() {
        let at = format!("translate({} {})", n(MARGIN), n(legend_top));
        xml.open("g", &[("class", "legend".to_owned()), ("transform", at)]);
        xml.empty("path", &[("class", "rule".to_owned()), ("d", format!("M0 -16H{}", n(width)))]);
        samples::legend(&mut xml, &sections, &flowed);
        xml.close("g");
    }
    xml.close("svg");
    xml.finish()
}

fn begin(xml: &mut Xml, picture: &Picture, page: Size) {
    let title_id = id(&picture.id, "title");
    let desc_id = id(&picture.id, "desc");
    xml.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
            ("class", ROOT.to_owned()),
            ("width", n(page.width)),
            ("height", n(page.height)),
            ("viewBox", format!("0 0 {} {}", n(page.width), n(page.height))),
            ("role", "img".to_owned()),
            ("aria-labelledby", format!("{title_id} {desc_id}")),
        ],
    );
    xml.text("title", &[("id", title_id)], &picture.title);
    xml.text("desc", &[("id", desc_id)], &describe(picture));
    xml.text("style", &[], &theme::css());
    let whole = Rect::at(Point::default(), page);
    xml.empty(
        "rect",
        &[("class", "page".to_owned()), ("width", n(whole.width)), ("height", n(whole.height))],
    );
    xml.text("text", &place_of("title", Point::new(MARGIN, MARGIN + 15.0)), &picture.title);
    xml.text("text", &place_of("subtitle soft", Point::new(MARGIN, MARGIN + 34.0)), &picture.subtitle);
}

/// The picture in a sentence, for those who hear it.
fn describe(picture: &Picture) -> String {
    let count = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let mut text = format!(
        "{} in {} and {} between them",
        count(picture.nodes.len(), "thing"),
        count(picture.frames.len(), "frame"),
        count(picture.edges.len(), "flow"),
    );
    for &band in Band::ALL.iter().rev().filter(|band| **band != Band::None) {
        let names: Vec<&str> = picture
            .nodes
            .iter()
            .filter(|node| node.found.band == band)
            .map(|node| node.label.as_str())
            .collect();
        if !names.is_empty() {
            text.push_str(&format!("; {} risk on {}", band.word(), names.join(", ")));
        }
    }
    text
}

struct Pen<'a> {
    picture: &'a Picture,
    fitted: &'a Fitted,
    placed: &'a Placed,
}

impl Pen<'_> {
    fn frames(&self, xml: &mut Xml) {
        for (at, frame) in self.picture.frames.iter_ids() {
            let Some(placed) = self.placed.frames.find(at) else { continue };
            let border = match frame.border {
                Border::Solid => "solid",
                Border::Dashed => "dashed",
                Border::Thin => "thin",
            };
            let depth = self.picture.depth(at).min(3);
            xml.open("g", &self.of("frame", border, &frame.id));
            xml.text("title", &[], &titled(&frame.label, &frame.caption));
            let path = shapes::rounded(placed.rect, 6.0);
            xml.empty("path", &[("class", format!("level-{depth}")), ("d", path)]);
            xml.close("g");
        }
    }

    fn chips(&self, xml: &mut Xml) {
        for (at, frame) in self.picture.frames.iter_ids() {
            if let (Some(placed), Some(chip)) = (self.placed.frames.find(at), self.fitted.frames.find(at)) {
                self.chip(xml, frame, chip, placed.chip);
            }
        }
    }

    fn chip(&self, xml: &mut Xml, frame: &Frame, chip: &FittedChip, rect: Rect) {
        xml.open("g", &[("class", "chip".to_owned()), ("data-id", frame.id.clone())]);
        let mut plate = rectangle(rect, 4.0).to_vec();
        plate.push(("class", "plate".to_owned()));
        xml.empty("rect", &plate);
        let baseline = rect.y + rect.height / 2.0 + 4.0;
        xml.text("text", &place_of("name", Point::new(rect.x + 9.0, baseline)), &chip.name);
        if !chip.caption.is_empty() {
            let x = rect.x + 16.0 + CHIP.width(&chip.name);
            xml.text("text", &place_of("caption soft", Point::new(x, baseline)), &chip.caption);
        }
        if let Some(text) = &chip.badge {
            let room = measure::badge_room(text);
            let corner = Point::new(rect.right() - room - 3.0, rect.y + 2.0);
            badge_at(xml, frame.found.band, text, Rect::at(corner, Size::new(room, BADGE_HEIGHT)));
        }
        xml.close("g");
    }

    fn nodes(&self, xml: &mut Xml) {
        let groups = self.picture.groups();
        for (at, node) in self.picture.nodes.iter_ids() {
            let (Some(&rect), Some(fitted)) = (self.placed.nodes.find(at), self.fitted.nodes.find(at)) else {
                continue;
            };
            let fill = match self.picture.colour {
                Colour::Risk => theme::band_class(node.found.band).to_owned(),
                Colour::Group => {
                    let place = groups.iter().position(|group| Some(*group) == node.group.as_deref());
                    place.map_or_else(String::new, |place| format!("group-{}", place % GROUPS))
                }
            };
            self.node(xml, node, fitted, rect, &fill);
        }
    }

    fn node(&self, xml: &mut Xml, node: &Node, fitted: &FittedNode, rect: Rect, fill: &str) {
        let classes = [node.shape.word(), theme::role_class(node.role), fill];
        let classes: Vec<&str> = classes.into_iter().filter(|class| !class.is_empty()).collect();
        xml.open("g", &self.of("node", &classes.join(" "), &node.id));
        xml.text("title", &[], &tooltip(node));
        shape(xml, node.shape, rect);
        let inside = measure::inside(node.shape, rect);
        let badge = fitted.badge.as_deref().map_or(0.0, |text| measure::badge_room(text) + 6.0);
        let x = inside.x + (inside.width - badge) / 2.0;
        let height = measure::text_height(&fitted.name, &fitted.captions, node);
        let mut y = inside.y + (inside.height - height) / 2.0;
        for line in &fitted.name {
            xml.text("text", &place_of("name", Point::new(x, y + 12.5)), line);
            y += NAME_LEADING;
        }
        for line in &fitted.captions {
            xml.text("text", &place_of("caption soft", Point::new(x, y + 11.0)), line);
            y += CAPTION_LEADING;
        }
        let mut step_x = inside.x + (inside.width - node.steps.len() as f64 * STEP) / 2.0;
        for step in &node.steps {
            numbered(xml, *step, Point::new(step_x + STEP / 2.0, y + STEP_ROW / 2.0 + 1.0));
            step_x += STEP;
        }
        if let Some(text) = &fitted.badge {
            let room = measure::badge_room(text);
            let corner = Point::new(inside.right() - room + 3.0, inside.y - 1.0);
            badge_at(xml, node.found.band, text, Rect::at(corner, Size::new(room, BADGE_HEIGHT)));
        }
        xml.close("g");
    }

    /// The attributes of a group that stands for a thing.
    fn of(&self, what: &str, classes: &str, name: &str) -> [(&'static str, String); 3] {
        [
            ("id", id(&format!("{}-{what}", self.picture.id), name)),
            ("class", format!("{what} {classes}").trim_end().to_owned()),
            ("data-id", name.to_owned()),
        ]
    }
}

/// Draws the outline of a shape.
pub(super) fn shape(xml: &mut Xml, shape: super::picture::Shape, rect: Rect) {
    let outline = shapes::outline(shape, rect);
    xml.empty("path", &[("class", "body".to_owned()), ("d", outline.body)]);
    for (class, path) in [("lines", outline.lines), ("figure", outline.figure)] {
        if let Some(path) = path {
            xml.empty("path", &[("class", class.to_owned()), ("d", path)]);
        }
    }
}

/// Draws a letter and a count.
pub(super) fn badge_at(xml: &mut Xml, band: Band, text: &str, rect: Rect) {
    xml.open("g", &[("class", format!("badge {}", band.word()))]);
    xml.empty("rect", &rectangle(rect, rect.height / 2.0));
    xml.text("text", &place_of("", Point::new(rect.middle().x, rect.middle().y + 3.6)), text);
    xml.close("g");
}

/// The attributes of a rectangle with round corners.
pub(super) fn rectangle(rect: Rect, radius: f64) -> [(&'static str, String); 5] {
    [
        ("x", n(rect.x)),
        ("y", n(rect.y)),
        ("width", n(rect.width)),
        ("height", n(rect.height)),
        ("rx", n(radius)),
    ]
}

/// The attributes of a text.
pub(super) fn place_of(class: &str, at: Point) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    if !class.is_empty() {
        attributes.push(("class", class.to_owned()));
    }
    attributes.push(("x", n(at.x)));
    attributes.push(("y", n(at.y)));
    attributes
}

fn titled(label: &str, caption: &str) -> String {
    if caption.is_empty() { label.to_owned() } else { format!("{label} ({caption})") }
}

fn tooltip(node: &Node) -> String {
    let mut text = titled(&node.label, &node.caption);
    if let Some(role) = node.role.word() {
        text.push_str(&format!(", {role}"));
    }
    if let Some(found) = node.found.in_words() {
        text.push_str(&format!(": {found}"));
    }
    if !node.note.is_empty() {
        text.push_str(". ");
        text.push_str(&node.note);
    }
    text
}
