//! Points, sizes and rectangles, in pixels, with y growing downwards.
//!
//! In: numbers. Out: numbers. Never: any knowledge of what is drawn.

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// An extent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A rectangle with upright sides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Point {
    /// A place.
    pub const fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// The place `by` further.
    pub fn moved(self, by: Point) -> Point {
        Point { x: self.x + by.x, y: self.y + by.y }
    }
}

impl Size {
    /// An extent.
    pub const fn new(width: f64, height: f64) -> Size {
        Size { width, height }
    }
}

impl Rect {
    /// The rectangle of that size whose upper left corner is `at`.
    pub const fn at(at: Point, size: Size) -> Rect {
        Rect { x: at.x, y: at.y, width: size.width, height: size.height }
    }

    /// The smallest one that holds both ends of a line.
    pub fn between(a: Point, b: Point) -> Rect {
        Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
    }

    /// Its right side.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Its lower side.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn middle(self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// Larger by `by` on every side; smaller when it is negative.
    pub fn grown(self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Whether the insides of the two have a point in common. Touching is not overlapping.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies within, sides included.
    pub fn holds(self, other: Rect) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The smallest one that holds both.
    pub fn union(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Rect { x, y, width: right - x, height: bottom - y }
    }

    /// The same, `by` further.
    pub fn moved(self, by: Point) -> Rect {
        Rect { x: self.x + by.x, y: self.y + by.y, ..self }
    }

    /// Whether the line from `a` to `b` runs through the inside.
    pub fn crossed_by(self, a: Point, b: Point) -> bool {
        // Liang and Barsky: the part of the line within each pair of sides, until nothing is left.
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let sides =
            [(-dx, a.x - self.x), (dx, self.right() - a.x), (-dy, a.y - self.y), (dy, self.bottom() - a.y)];
        for (towards, distance) in sides {
            if towards == 0.0 {
                if distance <= 0.0 {
                    return false;
                }
            } else if towards < 0.0 {
                enters = enters.max(distance / towards);
            } else {
                leaves = leaves.min(distance / towards);
            }
        }
        enters < leaves
    }
}
