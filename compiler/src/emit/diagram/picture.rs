//! What a picture shows, before anybody decides where: nested frames, nodes in them, edges between them.
//!
//! In: whatever builds one. Out: a [`Picture`], the same for every format. Never: a coordinate, a colour's value,
//! any knowledge of what a kind means: the shape of a node comes with it, as data.

use crate::base::{Id, IndexVec};

pub use crate::assess::Band;

crate::new_id! {
    /// A node of a [`Picture`].
    NodeId
}
crate::new_id! {
    /// A frame of a [`Picture`].
    FrameId
}

/// A diagram of some part of a product.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The stable name: of the file, and in front of the id of every element.
    pub id: String,
    /// What is written above it.
    pub title: String,
    /// One more line under the title: the deployment, what is left out.
    pub subtitle: String,
    /// Where it grows.
    pub direction: Direction,
    /// What the fill of nodes means.
    pub colour: Colour,
    /// Frames around nodes. A frame comes after the one it lies in.
    pub frames: IndexVec<FrameId, Frame>,
    /// What it is about.
    pub nodes: IndexVec<NodeId, Node>,
    /// What goes where.
    pub edges: Vec<Edge>,
    /// What the legend calls the shapes; a shape without a name is not in the legend.
    pub shape_names: Vec<(Shape, String)>,
    /// The attack that the steps belong to, step by step, written below the picture.
    pub story: Vec<String>,
}

/// Where a picture grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From the top.
    #[default]
    Down,
    /// From the left.
    Right,
    /// From the bottom.
    Up,
    /// From the right.
    Left,
}

/// What the fill of nodes means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// The band of the worst risk on it.
    #[default]
    Risk,
    /// Its [`Node::group`].
    Group,
}

/// Something that other things lie in.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The stable name of what it stands for.
    pub id: String,
    /// What is written on its chip.
    pub label: String,
    /// What it is, in small letters behind the label.
    pub caption: String,
    /// How its border is drawn.
    pub border: Border,
    /// What was found on it.
    pub found: Found,
    /// The frame it lies in.
    pub parent: Option<FrameId>,
}

/// How the border of a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// A whole environment.
    Solid,
    /// A trust boundary within one.
    Dashed,
    /// A thing with its parts.
    Thin,
}

/// A thing.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The stable name of what it stands for.
    pub id: String,
    /// How a person calls it.
    pub label: String,
    /// What it is.
    pub caption: String,
    /// Its outline.
    pub shape: Shape,
    /// The innermost frame around it.
    pub frame: Option<FrameId>,
    /// What was found on it.
    pub found: Found,
    /// Its places in the attack that the picture tells, counted from one.
    pub steps: Vec<usize>,
    /// What it is coloured by when colours mean groups: an owner, a class of data.
    pub group: Option<String>,
    /// How many parts of it the picture leaves out.
    pub hidden: usize,
    /// Why it is there.
    pub role: Role,
    /// A sentence for whoever points at it.
    pub note: String,
}

/// Why a thing is in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The picture is about it.
    #[default]
    Subject,
    /// It has to do with what the picture is about.
    Neighbour,
    /// It is there, and nothing is reported on it.
    OutOfScope,
}

/// What was found on something: the worst band, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The worst.
    pub band: Band,
    /// How many.
    pub count: usize,
}

macro_rules! shapes {
    ($($(#[$meta:meta])* $name:ident $word:literal)*) => {
        /// The outline of a node. The words are those of data, so that a kind says how its things look.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Shape {
            $($(#[$meta])* $name,)*
        }

        impl Shape {
            /// All of them, in the order of the legend.
            pub const ALL: &[Shape] = &[$(Shape::$name),*];

            /// How data calls it.
            pub const fn word(self) -> &'static str {
                match self { $(Shape::$name => $word,)* }
            }
        }
    };
}

shapes! {
    /// A head and shoulders beside the text.
    Person "person"
    /// A box with a bar along its top.
    Window "window"
    /// A box with round corners.
    #[default]
    Card "card"
    /// A hexagon.
    Hexagon "hexagon"
    /// An upright cylinder.
    Cylinder "cylinder"
    /// A cylinder on its side.
    Tube "tube"
    /// Wider above than below.
    Bucket "bucket"
    /// A box with a second border.
    Double "double"
}

impl Shape {
    /// The shape that data calls `word`.
    pub fn of(word: &str) -> Option<Shape> {
        Shape::ALL.iter().copied().find(|shape| shape.word() == word)
    }
}

/// Something that goes from one node to another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The stable name of what it stands for.
    pub id: String,
    /// Where it starts.
    pub from: NodeId,
    /// Where it ends.
    pub to: NodeId,
    /// What is written on it.
    pub label: String,
    /// Whether others can read along.
    pub link: Link,
    /// Whether the sender waits.
    pub timing: Timing,
    /// What was found on it.
    pub found: Found,
    /// Its places in the attack that the picture tells, counted from one.
    pub steps: Vec<usize>,
    /// A sentence for whoever points at it.
    pub note: String,
}

/// Whether others can read along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// They cannot.
    Encrypted,
    /// They can.
    Plain,
    /// Nobody said.
    #[default]
    Unknown,
}

/// Whether the sender waits for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timing {
    /// It does.
    #[default]
    Synchronous,
    /// It does not.
    Asynchronous,
}

impl Picture {
    /// The frame that `frame` lies in. A frame that claims to lie in a later one lies in none: nesting always ends.
    pub fn parent(&self, frame: FrameId) -> Option<FrameId> {
        self.frames.find(frame)?.parent.filter(|parent| parent.index() < frame.index())
    }

    /// How many frames lie around `frame`.
    pub fn depth(&self, frame: FrameId) -> usize {
        std::iter::successors(self.parent(frame), |&outer| self.parent(outer)).count()
    }

    /// How many things the picture leaves out.
    pub fn hidden(&self) -> usize {
        self.nodes.iter().map(|node| node.hidden).sum()
    }

    /// The groups that occur, in alphabetical order: a group's place in it decides its colour.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = self.nodes.iter().filter_map(|node| node.group.as_deref()).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 3] = [Role::Subject, Role::Neighbour, Role::OutOfScope];

    /// How it is called, where it is not what one expects.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Role::Subject => None,
            Role::Neighbour => Some("neighbour"),
            Role::OutOfScope => Some("out of scope"),
        }
    }

    /// What is written on the thing: how a neighbour looks is enough for a neighbour.
    pub fn caption(self) -> Option<&'static str> {
        self.word().filter(|_| self == Role::OutOfScope)
    }
}

impl Found {
    /// The letter and the count on a badge; nothing was found: no badge.
    pub fn badge(self) -> Option<String> {
        let letter = match self.band {
            Band::None => return None,
            Band::Low => 'L',
            Band::Medium => 'M',
            Band::High => 'H',
            Band::Critical => 'C',
        };
        Some(if self.count == 0 { letter.to_string() } else { format!("{letter} {}", self.count) })
    }

    /// In a sentence.
    pub fn in_words(self) -> Option<String> {
        let risks = if self.count == 1 { "risk" } else { "risks" };
        (self.band != Band::None).then(|| format!("{} {risks}, the worst {}", self.count, self.band.word()))
    }
}
