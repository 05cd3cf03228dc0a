//! The outlines of nodes, and where on an outline an edge ends.
//!
//! In: a shape and the rectangle that a layout gave it. Out: SVG paths; points. Never: a colour, a text.

use super::geometry::{Point, Rect};
use super::measure::FIGURE;
use super::picture::Shape;
use super::xml::number as n;

/// The paths of a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Filled with the colour of the node.
    pub body: String,
    /// Lines within it.
    pub lines: Option<String>,
    /// Filled with the colour of the lines.
    pub figure: Option<String>,
}

/// The half height of the lid of a cylinder.
const LID: f64 = 7.0;
/// The half width of the end of a tube.
const END: f64 = 8.0;
/// How much narrower a bucket is at its bottom, on each side.
const SLANT: f64 = 9.0;
/// How far a bucket's bottom hangs down.
const SAG: f64 = 4.0;
/// The half height of a bucket's rim.
const RIM: f64 = 6.0;
/// How far a hexagon's points stand out.
const POINT: f64 = 13.0;
/// The radius of ordinary corners.
const CORNER: f64 = 8.0;
/// The height of a window's bar.
const BAR: f64 = 13.0;

/// The outline of a shape in `r`.
pub fn outline(shape: Shape, r: Rect) -> Outline {
    let plain = |body: String| Outline { body, lines: None, figure: None };
    match shape {
        Shape::Card => plain(rounded(r, CORNER)),
        Shape::Double => {
            Outline { lines: Some(rounded(r.grown(-4.0), CORNER - 3.0)), ..plain(rounded(r, CORNER)) }
        }
        Shape::Window => Outline {
            lines: Some(format!("M{} {}H{}", n(r.x), n(r.y + BAR), n(r.right()))),
            figure: Some(
                (0..3).map(|at| disc(r.x + 11.0 + 7.0 * f64::from(at), r.y + BAR / 2.0, 1.8)).collect(),
            ),
            ..plain(rounded(r, CORNER))
        },
        Shape::Person => Outline { figure: Some(figure(r)), ..plain(rounded(r, person_corner(r))) },
        Shape::Hexagon => plain(hexagon(r)),
        Shape::Cylinder => cylinder(r),
        Shape::Tube => tube(r),
        Shape::Bucket => bucket(r),
    }
}

/// Where an edge that a layout ends at `at`, on the border of `r`, meets the outline.
pub fn landing(shape: Shape, r: Rect, at: Point) -> Point {
    let close = |a: f64, b: f64| (a - b).abs() < 0.6;
    if close(at.y, r.y) || close(at.y, r.bottom()) {
        let depth = depth_from_above(shape, r, at.x, close(at.y, r.bottom()));
        let y = if close(at.y, r.y) { r.y + depth } else { r.bottom() - depth };
        return Point::new(at.x, y);
    }
    if close(at.x, r.x) || close(at.x, r.right()) {
        let depth = depth_from_the_side(shape, r, at.y);
        let x = if close(at.x, r.x) { r.x + depth } else { r.right() - depth };
        return Point::new(x, at.y);
    }
    at
}

/// How far below its rectangle's upper side a shape begins at `x`, or above the lower one when `below`.
fn depth_from_above(shape: Shape, r: Rect, x: f64, below: bool) -> f64 {
    let aside = (x - r.x).min(r.right() - x).max(0.0);
    let across = ((x - r.middle().x) / (r.width / 2.0)).clamp(-1.0, 1.0);
    match shape {
        Shape::Card | Shape::Double | Shape::Window => arc(CORNER, aside),
        Shape::Person => arc(person_corner(r), aside),
        Shape::Hexagon => r.height / 2.0 * (1.0 - aside / POINT).max(0.0),
        Shape::Tube => r.height / 2.0 * (1.0 - circle((1.0 - aside / END).max(0.0))),
        Shape::Cylinder => LID * (1.0 - circle(across)),
        Shape::Bucket if below => SAG * (across * r.width / (r.width - 2.0 * SLANT)).clamp(-1.0, 1.0).powi(2),
        Shape::Bucket => RIM * (1.0 - circle(across)),
    }
}

/// How far inside its rectangle's left or right side a shape begins at `y`.
fn depth_from_the_side(shape: Shape, r: Rect, y: f64) -> f64 {
    let aside = (y - r.y).min(r.bottom() - y).max(0.0);
    let across = ((y - r.middle().y) / (r.height / 2.0)).clamp(-1.0, 1.0);
    match shape {
        Shape::Card | Shape::Double | Shape::Window => arc(CORNER, aside),
        Shape::Person => arc(person_corner(r), aside),
        Shape::Hexagon => POINT * across.abs(),
        Shape::Tube => END * (1.0 - circle(across)),
        Shape::Cylinder => 0.0,
        Shape::Bucket => SLANT * ((y - r.y - RIM) / (r.height - RIM - SAG)).clamp(0.0, 1.0),
    }
}

/// The height of the unit circle at `x`.
fn circle(x: f64) -> f64 {
    (1.0 - x.abs().min(1.0).powi(2)).sqrt()
}

/// How far a round corner of that radius has drawn back at `aside` from the side.
fn arc(radius: f64, aside: f64) -> f64 {
    radius * (1.0 - circle((1.0 - aside / radius).max(0.0)))
}

fn person_corner(r: Rect) -> f64 {
    (r.height / 2.0).min(24.0)
}

/// A rectangle with round corners.
pub fn rounded(r: Rect, radius: f64) -> String {
    let c = n(radius);
    format!(
        "M{} {}H{}a{c} {c} 0 0 1 {c} {c}V{}a{c} {c} 0 0 1 -{c} {c}H{}a{c} {c} 0 0 1 -{c} -{c}V{}a{c} {c} 0 0 1 {c} -{c}z",
        n(r.x + radius),
        n(r.y),
        n(r.right() - radius),
        n(r.bottom() - radius),
        n(r.x + radius),
        n(r.y + radius),
    )
}

/// A filled circle.
fn disc(x: f64, y: f64, radius: f64) -> String {
    let (r, across) = (n(radius), n(2.0 * radius));
    format!("M{} {}a{r} {r} 0 0 1 {across} 0a{r} {r} 0 0 1 -{across} 0z", n(x - radius), n(y))
}

/// Head and shoulders at the left of `r`.
fn figure(r: Rect) -> String {
    let (x, y) = (r.x + FIGURE - 5.0, r.middle().y);
    let shoulders = format!("M{} {}a9 9 0 0 1 18 0z", n(x - 9.0), n(y + 10.5));
    format!("{}{shoulders}", disc(x, y - 6.0, 5.0))
}

fn hexagon(r: Rect) -> String {
    format!(
        "M{} {}H{}L{} {}L{} {}H{}L{} {}z",
        n(r.x + POINT),
        n(r.y),
        n(r.right() - POINT),
        n(r.right()),
        n(r.middle().y),
        n(r.right() - POINT),
        n(r.bottom()),
        n(r.x + POINT),
        n(r.x),
        n(r.middle().y),
    )
}

fn cylinder(r: Rect) -> Outline {
    let (rx, ry) = (n(r.width / 2.0), n(LID));
    let (left, right, top, bottom) = (n(r.x), n(r.right()), n(r.y + LID), n(r.bottom() - LID));
    Outline {
        body: format!(
            "M{left} {top}A{rx} {ry} 0 0 1 {right} {top}V{bottom}A{rx} {ry} 0 0 1 {left} {bottom}z"
        ),
        lines: Some(format!("M{left} {top}A{rx} {ry} 0 0 0 {right} {top}")),
        figure: None,
    }
}

fn tube(r: Rect) -> Outline {
    let (rx, ry) = (n(END), n(r.height / 2.0));
    let (left, right, top, bottom) = (n(r.x + END), n(r.right() - END), n(r.y), n(r.bottom()));
    Outline {
        body: format!(
            "M{left} {top}H{right}A{rx} {ry} 0 0 1 {right} {bottom}H{left}A{rx} {ry} 0 0 1 {left} {top}z"
        ),
        lines: Some(format!("M{right} {top}A{rx} {ry} 0 0 0 {right} {bottom}")),
        figure: None,
    }
}

fn bucket(r: Rect) -> Outline {
    let (rx, ry) = (n(r.width / 2.0), n(RIM));
    let (left, right, top) = (n(r.x), n(r.right()), n(r.y + RIM));
    let (low_left, low_right, low) = (n(r.x + SLANT), n(r.right() - SLANT), n(r.bottom() - SAG));
    let (middle, hang) = (n(r.middle().x), n(r.bottom() + SAG));
    Outline {
        body: format!(
            "M{left} {top}A{rx} {ry} 0 0 1 {right} {top}L{low_right} {low}Q{middle} {hang} {low_left} {low}z"
        ),
        lines: Some(format!("M{left} {top}A{rx} {ry} 0 0 0 {right} {top}")),
        figure: None,
    }
}
