//! How much room everything needs: texts are broken into lines and measured before anything is placed.
//!
//! In: a picture. Out: [`Fitted`], the lines of every text and the size of what holds them. Never: a position on the page.

use super::geometry::{Rect, Size};
use super::layout::{EdgeSize, FrameSize, NodeSize, Sizes};
use super::picture::{Colour, Edge, Frame, FrameId, Link, Node, NodeId, Picture, Shape};
use super::text::Font;
use crate::base::IndexVec;

/// The name of a node.
pub const NAME: Font = Font::bold(13.0);
/// What a node is.
pub const CAPTION: Font = Font::regular(10.5);
/// What is written on an edge.
pub const LABEL: Font = Font::regular(11.0);
/// The name of a frame.
pub const CHIP: Font = Font::bold(11.0);
/// What a frame is.
pub const CHIP_CAPTION: Font = Font::regular(10.0);
/// The letter and the count on a node.
pub const BADGE: Font = Font::bold(10.0);

/// From one baseline of a name to the next.
pub const NAME_LEADING: f64 = 16.0;
/// From one baseline of a caption to the next.
pub const CAPTION_LEADING: f64 = 14.0;
/// From one baseline of an edge's label to the next.
pub const LABEL_LEADING: f64 = 13.0;
/// The height of a badge.
pub const BADGE_HEIGHT: f64 = 16.0;
/// The side of the lock in front of a label, and the gap behind it.
pub const MARK: f64 = 14.0;
/// The diameter of a step's number, and the gap behind it.
pub const STEP: f64 = 19.0;
/// The height of the row of steps in a node.
pub const STEP_ROW: f64 = 22.0;
/// The height of a frame's chip.
pub const CHIP_HEIGHT: f64 = 20.0;
/// The room for head and shoulders beside a person's name.
pub const FIGURE: f64 = 26.0;

/// Texts of one line become two beyond this width, or end in an ellipsis.
const WIDEST_NAME: f64 = 150.0;
const WIDEST_LABEL: f64 = 124.0;
const WIDEST_CHIP: f64 = 230.0;
/// Room between a text and what is around it: an eighth of the widest text fits in twice.
const PADDING: f64 = 12.0;

/// A picture whose texts are broken into lines.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Node by node.
    pub nodes: IndexVec<NodeId, FittedNode>,
    /// Frame by frame.
    pub frames: IndexVec<FrameId, FittedChip>,
    /// Edge by edge; `None`: nothing is written on it.
    pub labels: Vec<Option<FittedLabel>>,
}

/// The texts of a node.
#[derive(Clone, Debug)]
pub struct FittedNode {
    /// Its name.
    pub name: Vec<String>,
    /// Under the name, in small letters.
    pub captions: Vec<String>,
    /// What stands in its badge.
    pub badge: Option<String>,
    /// The room that all of it needs, outline included.
    pub size: Size,
}

/// The texts of a frame's chip.
#[derive(Clone, Debug)]
pub struct FittedChip {
    /// The frame's name.
    pub name: String,
    /// What it is.
    pub caption: String,
    /// What stands in its badge.
    pub badge: Option<String>,
    /// The room that all of it needs.
    pub size: Size,
}

/// The text of an edge.
#[derive(Clone, Debug)]
pub struct FittedLabel {
    /// What is written; may be empty where only a mark is drawn.
    pub lines: Vec<String>,
    /// The room that it needs, marks included.
    pub size: Size,
}

/// Measures the whole picture.
pub fn fit(picture: &Picture) -> Fitted {
    Fitted {
        nodes: picture.nodes.iter().map(|each| node(each, picture.colour)).collect(),
        frames: picture.frames.iter().map(chip).collect(),
        labels: picture.edges.iter().map(label).collect(),
    }
}

/// What a layout has to know.
pub fn sizes(picture: &Picture, fitted: &Fitted) -> Sizes {
    let frames = picture.frames.iter_ids().map(|(id, _)| FrameSize {
        parent: picture.parent(id),
        chip: fitted.frames.find(id).map_or_else(Size::default, |chip| chip.size),
        least_width: 0.0,
    });
    let nodes = picture.nodes.iter_ids().map(|(id, node)| NodeSize {
        frame: node.frame.filter(|&frame| picture.frames.find(frame).is_some()),
        size: fitted.nodes.find(id).map_or_else(Size::default, |node| node.size),
    });
    let edges = picture.edges.iter().zip(&fitted.labels).map(|(edge, label)| EdgeSize {
        from: edge.from,
        to: edge.to,
        label: label.as_ref().map(|label| label.size),
    });
    Sizes {
        direction: picture.direction,
        frames: frames.collect(),
        nodes: nodes.collect(),
        edges: edges.collect(),
    }
}

/// The part of a node in which its texts stand, badge included: what is left inside its outline.
pub fn inside(shape: Shape, outer: Rect) -> Rect {
    let margin = margin(shape);
    Rect {
        x: outer.x + margin.left,
        y: outer.y + margin.top,
        width: outer.width - margin.left - margin.right,
        height: outer.height - margin.top - margin.bottom,
    }
}

struct Margin {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// What an outline takes away on each side, beyond the padding of every node.
fn margin(shape: Shape) -> Margin {
    let (left, top, right, bottom) = match shape {
        Shape::Card => (0.0, 0.0, 0.0, 0.0),
        Shape::Person => (FIGURE, 0.0, 4.0, 0.0),
        Shape::Window => (0.0, 12.0, 0.0, 0.0),
        Shape::Hexagon => (12.0, 0.0, 12.0, 0.0),
        Shape::Cylinder => (0.0, 14.0, 0.0, 6.0),
        Shape::Tube => (8.0, 0.0, 16.0, 0.0),
        Shape::Bucket => (10.0, 12.0, 10.0, 2.0),
        Shape::Double => (4.0, 4.0, 4.0, 4.0),
    };
    Margin { left: left + PADDING, top: top + 9.0, right: right + PADDING, bottom: bottom + 9.0 }
}

fn node(node: &Node, colour: Colour) -> FittedNode {
    let name = NAME.wrap(&node.label, WIDEST_NAME, 2);
    let mut captions = Vec::new();
    // A colour alone says nothing to those who cannot see it: what it stands for is written as well.
    let group = match colour {
        Colour::Group => node.group.as_deref().filter(|group| *group != node.caption),
        Colour::Risk => None,
    };
    for text in [Some(node.caption.as_str()), group].into_iter().flatten().filter(|text| !text.is_empty()) {
        captions.push(CAPTION.shorten(text, WIDEST_NAME + 20.0));
    }
    match node.hidden {
        0 => {}
        1 => captions.push("1 part inside".to_owned()),
        hidden => captions.push(format!("{hidden} parts inside")),
    }
    captions.extend(node.role.caption().map(str::to_owned));
    let badge = node.found.badge();
    let widest = name.iter().map(|line| NAME.width(line));
    let widest = widest.chain(captions.iter().map(|line| CAPTION.width(line))).fold(0.0, f64::max);
    let badge_width = badge.as_deref().map_or(0.0, |badge| badge_room(badge) + 6.0);
    let steps = node.steps.len() as f64 * STEP;
    let texts = Size::new((widest + badge_width).max(56.0).max(steps), text_height(&name, &captions, node));
    let margin = margin(node.shape);
    let size = Size::new(
        even(texts.width + margin.left + margin.right),
        even((texts.height + margin.top + margin.bottom).max(44.0)),
    );
    FittedNode { name, captions, badge, size }
}

/// The height of everything that is written in a node.
pub fn text_height(name: &[String], captions: &[String], node: &Node) -> f64 {
    let steps = if node.steps.is_empty() { 0.0 } else { STEP_ROW };
    name.len() as f64 * NAME_LEADING + captions.len() as f64 * CAPTION_LEADING + steps
}

/// The width of a badge.
pub fn badge_room(text: &str) -> f64 {
    (BADGE.width(text) + 11.0).ceil()
}

fn chip(frame: &Frame) -> FittedChip {
    let name = CHIP.shorten(&frame.label, WIDEST_CHIP);
    let left = (WIDEST_CHIP - CHIP.width(&name)).max(0.0);
    let caption = if left < 40.0 { String::new() } else { CHIP_CAPTION.shorten(&frame.caption, left) };
    let gap = if caption.is_empty() { 0.0 } else { 7.0 };
    let badge = frame.found.badge();
    let badge_width = badge.as_deref().map_or(0.0, |badge| badge_room(badge) + 4.0);
    let width = CHIP.width(&name) + gap + CHIP_CAPTION.width(&caption) + 18.0 + badge_width;
    FittedChip { name, caption, badge, size: Size::new(even(width), CHIP_HEIGHT) }
}

fn label(edge: &Edge) -> Option<FittedLabel> {
    let text = match (edge.link, edge.label.as_str()) {
        (Link::Plain, "") => "plain".to_owned(),
        (Link::Plain, label) => format!("{label} ·\u{A0}plain"),
        (_, label) => label.to_owned(),
    };
    let marks = label_marks(edge);
    if text.is_empty() && marks == 0.0 {
        return None;
    }
    let lines = if text.is_empty() { Vec::new() } else { LABEL.wrap(&text, WIDEST_LABEL, 2) };
    let widest = lines.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max);
    let padding = if lines.is_empty() { 5.0 } else { 12.0 };
    let size = Size::new(even(marks + widest + padding), 6.0 + lines.len().max(1) as f64 * LABEL_LEADING);
    Some(FittedLabel { lines, size })
}

/// The room in front of a label's text for step numbers, the badge and the lock.
pub fn label_marks(edge: &Edge) -> f64 {
    let lock = if edge.link == Link::Unknown { 0.0 } else { MARK };
    let badge = edge.found.badge().map_or(0.0, |badge| badge_room(&badge) + 4.0);
    edge.steps.len() as f64 * STEP + badge + lock
}

/// The next even number of pixels: middles then fall on whole ones.
fn even(length: f64) -> f64 {
    (length / 2.0).ceil() * 2.0
}
