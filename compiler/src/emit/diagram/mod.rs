//! Diagrams: the product as a picture, for eyes and for other programs.
//!
//! In: an analysis, or a [`Picture`] of one's own. Out: SVG, DOT, Mermaid. Never: an edge that is left out without
//! saying so, a picture that depends on the machine.

mod assembly;
mod dot;
mod elk;
mod found;
mod geometry;
mod layout;
mod legend;
mod marks;
mod measure;
mod mermaid;
mod of;
mod outline;
mod picture;
mod place;
mod samples;
mod selection;
mod shapes;
mod story;
mod svg;
mod text;
mod theme;
mod wishes;
mod xml;

pub use dot::dot;
pub use elk::Elk;
pub use geometry::{Point, Rect, Size};
pub use layout::{Failure, Layout, Placed, PlacedEdge, PlacedFrame, Sizes};
pub use measure::{Fitted, fit, sizes};
pub use mermaid::mermaid;
pub use of::{attacks, pictures};
pub use outline::Outline;
pub use picture::{
    Band, Border, Colour, Direction, Edge, Found, Frame, FrameId, Link, Node, NodeId, Picture, Role, Shape,
    Timing,
};
pub use place::{place, place_with};
pub use svg::{draw, svg};
