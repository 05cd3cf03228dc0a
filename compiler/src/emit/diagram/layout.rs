//! The seam between a picture and whatever decides where things go.
//!
//! In: [`Sizes`]. Out: [`Placed`]. Never: a text or a meaning; a layout knows rectangles and lines alone.

use super::geometry::{Point, Rect, Size};
use super::picture::{Direction, FrameId, NodeId};
use crate::base::IndexVec;

/// Decides where things go.
pub trait Layout {
    /// The places of everything, or why it cannot say.
    fn place(&self, sizes: &Sizes) -> Result<Placed, Failure>;
}

/// Why a layout has no answer. A picture is drawn all the same, by a simpler one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// Everything that needs room.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Where the picture grows.
    pub direction: Direction,
    /// Frames, outer ones before inner ones.
    pub frames: IndexVec<FrameId, FrameSize>,
    /// Nodes.
    pub nodes: IndexVec<NodeId, NodeSize>,
    /// Edges.
    pub edges: Vec<EdgeSize>,
}

/// A frame.
#[derive(Clone, Debug)]
pub struct FrameSize {
    /// The frame it lies in.
    pub parent: Option<FrameId>,
    /// The room for its title.
    pub chip: Size,
    /// It should be no narrower than this.
    pub least_width: f64,
}

/// A node.
#[derive(Clone, Debug)]
pub struct NodeSize {
    /// The frame it lies in.
    pub frame: Option<FrameId>,
    /// The least room it needs; a layout may make it larger, so that all its edges find a place.
    pub size: Size,
}

/// An edge.
#[derive(Clone, Debug)]
pub struct EdgeSize {
    /// Where it starts.
    pub from: NodeId,
    /// Where it ends.
    pub to: NodeId,
    /// The room for what is written on it.
    pub label: Option<Size>,
}

/// Where everything is. The upper left corner of the whole is the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Of the whole.
    pub size: Size,
    /// Frames.
    pub frames: IndexVec<FrameId, PlacedFrame>,
    /// Nodes.
    pub nodes: IndexVec<NodeId, Rect>,
    /// Edges.
    pub edges: Vec<PlacedEdge>,
}

/// A frame and its title.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlacedFrame {
    /// The border.
    pub rect: Rect,
    /// The title.
    pub chip: Rect,
}

/// An edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacedEdge {
    /// From the border of its start over the bends to the border of its end.
    pub points: Vec<Point>,
    /// What is written on it.
    pub label: Option<Rect>,
}

impl PlacedEdge {
    /// Its straight pieces.
    pub fn pieces(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.points.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((*a, *b)),
            _ => None,
        })
    }
}

/// Room between a frame and what lies in it: on three sides, and above, where the title stands.
pub const FRAME_PADDING: f64 = 18.0;
/// The same above.
pub const FRAME_HEAD: f64 = 38.0;
/// From the border of a frame to its title.
pub const CHIP_INSET: f64 = 9.0;
