//! What must hold of every picture, read from the places that a layout gave.

use std::time::Duration;

use prod::emit::diagram::{
    Direction, Elk, Failure, FrameId, Layout, NodeId, Outline, Picture, Placed, Point, Rect, Sizes, fit,
    place, place_with, sizes,
};

use super::pictures::{generated, shop};

/// Everything wrong with a picture, in words.
struct Look<'a> {
    picture: &'a Picture,
    placed: &'a Placed,
    wrong: Vec<String>,
}

pub fn wrong_with(picture: &Picture, placed: &Placed) -> Vec<String> {
    let mut look = Look { picture, placed, wrong: Vec::new() };
    look.everything_is_there();
    look.boxes();
    look.edges();
    look.clearance();
    look.labels();
    look.titles();
    look.wrong
}

impl Look<'_> {
    fn say(&mut self, bad: bool, what: impl FnOnce() -> String) {
        if bad {
            self.wrong.push(what());
        }
    }

    fn node(&self, id: NodeId) -> Rect {
        self.placed.nodes[id]
    }

    fn frame(&self, id: FrameId) -> Rect {
        self.placed.frames[id].rect
    }

    /// The frame and all those around it.
    fn around(&self, frame: Option<FrameId>) -> Vec<FrameId> {
        std::iter::successors(frame, |&inner| self.picture.parent(inner)).collect()
    }

    fn everything_is_there(&mut self) {
        assert_eq!(self.placed.nodes.len(), self.picture.nodes.len());
        assert_eq!(self.placed.frames.len(), self.picture.frames.len());
        assert_eq!(self.placed.edges.len(), self.picture.edges.len());
        let fitted = fit(self.picture);
        let page = Rect { x: 0.0, y: 0.0, width: self.placed.size.width, height: self.placed.size.height };
        for (at, edge) in self.placed.edges.iter().enumerate() {
            self.say(edge.points.len() < 2, || format!("edge {at} is not drawn"));
            let size = edge.label.map(|label| (label.width, label.height));
            let asked = fitted.labels[at].as_ref().map(|label| (label.size.width, label.size.height));
            self.say(size != asked, || format!("the label of edge {at} has {size:?} instead of {asked:?}"));
        }
        let labels = self.placed.edges.iter().filter_map(|edge| edge.label);
        let frames = self.placed.frames.iter().flat_map(|frame| [frame.rect, frame.chip]);
        let all: Vec<Rect> = labels.chain(frames).chain(self.placed.nodes.iter().copied()).collect();
        for rect in all {
            self.say(!page.grown(0.01).holds(rect), || format!("{rect:?} is outside the picture"));
        }
    }

    fn boxes(&mut self) {
        let fitted = fit(self.picture);
        for (id, node) in self.picture.nodes.iter_ids() {
            let rect = self.node(id);
            let least = fitted.nodes[id].size;
            let small = rect.width < least.width - 0.6 || rect.height < least.height - 0.6;
            self.say(small, || format!("the texts of node {id:?} do not fit"));
            let frames = self.around(node.frame);
            for (frame, _) in self.picture.frames.iter_ids() {
                let outer = self.frame(frame);
                if frames.contains(&frame) {
                    self.say(!outer.holds(rect), || format!("node {id:?} sticks out of {frame:?}"));
                } else {
                    self.say(outer.grown(8.0).overlaps(rect), || {
                        format!("node {id:?} is at the foreign {frame:?}")
                    });
                }
            }
            for (other, _) in self.picture.nodes.iter_ids().filter(|(other, _)| *other > id) {
                let near = self.node(other).grown(8.0).overlaps(rect);
                self.say(near, || format!("nodes {id:?} and {other:?} are too near"));
            }
        }
        for (id, _) in self.picture.frames.iter_ids() {
            for (other, _) in self.picture.frames.iter_ids().filter(|(other, _)| *other > id) {
                if self.around(Some(other)).contains(&id) {
                    let inside = self.frame(id).holds(self.frame(other));
                    self.say(!inside, || format!("frame {other:?} sticks out of {id:?}"));
                } else {
                    let near = self.frame(id).grown(8.0).overlaps(self.frame(other));
                    self.say(near, || format!("frames {id:?} and {other:?} are too near"));
                }
            }
        }
    }

    fn edges(&mut self) {
        for at in 0..self.picture.edges.len() {
            let edge = &self.picture.edges[at];
            let (from, to) = (edge.from, edge.to);
            let points = &self.placed.edges[at].points;
            let (first, last) = (points[0], points[points.len() - 1]);
            self.say(!on_border(self.node(from), first), || format!("edge {at} does not start at its node"));
            self.say(!on_border(self.node(to), last), || format!("edge {at} does not end at its node"));
            let pieces: Vec<(Point, Point)> = self.placed.edges[at].pieces().collect();
            for (node, _) in self.picture.nodes.iter_ids() {
                let rect = self.node(node);
                let room = if node == from || node == to { -0.6 } else { 6.0 };
                let hit = pieces.iter().any(|&(a, b)| rect.grown(room).crossed_by(a, b));
                self.say(hit, || format!("edge {at} runs through or along {node:?}"));
            }
            let mut own = self.around(self.picture.nodes[from].frame);
            own.extend(self.around(self.picture.nodes[to].frame));
            for (frame, _) in self.picture.frames.iter_ids().filter(|(frame, _)| !own.contains(frame)) {
                let hit = pieces.iter().any(|&(a, b)| self.frame(frame).crossed_by(a, b));
                self.say(hit, || format!("edge {at} runs through the foreign {frame:?}"));
            }
        }
        self.ports();
    }

    /// Lines that run side by side keep apart, so that an eye can follow one of them.
    fn clearance(&mut self) {
        for at in 0..self.placed.edges.len() {
            for other in at + 1..self.placed.edges.len() {
                let (one, two) = (&self.placed.edges[at], &self.placed.edges[other]);
                let near = one.pieces().any(|a| two.pieces().any(|b| side_by_side(a, b)));
                self.say(near, || format!("edges {at} and {other} run too near to each other"));
            }
        }
    }

    /// Edges that end at one side of a node keep their arrows apart.
    fn ports(&mut self) {
        for (id, _) in self.picture.nodes.iter_ids() {
            let rect = self.node(id);
            let mut ends = Vec::new();
            for (edge, placed) in self.picture.edges.iter().zip(&self.placed.edges) {
                ends.extend((edge.from == id).then(|| placed.points[0]));
                ends.extend((edge.to == id).then(|| placed.points[placed.points.len() - 1]));
            }
            for (nth, a) in ends.iter().enumerate() {
                for b in &ends[nth + 1..] {
                    let apart = (a.x - b.x).hypot(a.y - b.y);
                    self.say(apart < 11.9, || format!("two edges end {apart} apart at {id:?} {rect:?}"));
                }
            }
        }
    }

    fn labels(&mut self) {
        for at in 0..self.picture.edges.len() {
            let Some(label) = self.placed.edges[at].label else { continue };
            for (node, _) in self.picture.nodes.iter_ids() {
                let hit = label.overlaps(self.node(node));
                self.say(hit, || format!("the label of edge {at} is on {node:?}"));
            }
            for other in 0..self.picture.edges.len() {
                if other == at {
                    continue;
                }
                let edge = &self.placed.edges[other];
                let hit = edge.pieces().any(|(a, b)| label.crossed_by(a, b));
                self.say(hit, || format!("edge {other} runs through the label of edge {at}"));
                let hit = other > at && edge.label.is_some_and(|other| other.overlaps(label));
                self.say(hit, || format!("the labels of {at} and {other} overlap"));
            }
        }
    }

    fn titles(&mut self) {
        for (frame, _) in self.picture.frames.iter_ids() {
            let chip = self.placed.frames[frame].chip;
            self.say(!self.frame(frame).holds(chip), || format!("the title of {frame:?} sticks out"));
            for (node, _) in self.picture.nodes.iter_ids() {
                let hit = chip.overlaps(self.node(node));
                self.say(hit, || format!("the title of {frame:?} is on {node:?}"));
            }
            for (other, _) in self.picture.frames.iter_ids().filter(|(other, _)| *other != frame) {
                let hit = chip.overlaps(self.placed.frames[other].chip);
                self.say(hit, || format!("the titles of {frame:?} and {other:?} overlap"));
            }
            for at in 0..self.picture.edges.len() {
                let edge = &self.placed.edges[at];
                let hit = edge.pieces().any(|(a, b)| chip.crossed_by(a, b));
                self.say(hit, || format!("edge {at} runs through the title of {frame:?}"));
                let hit = edge.label.is_some_and(|label| label.overlaps(chip));
                self.say(hit, || format!("the label of edge {at} is on the title of {frame:?}"));
            }
        }
    }
}

/// Whether two upright or two level pieces are less than 4 apart over some length.
fn side_by_side(a: (Point, Point), b: (Point, Point)) -> bool {
    let (one, two) = (Rect::between(a.0, a.1), Rect::between(b.0, b.1));
    let upright = one.width == 0.0 && two.width == 0.0;
    let level = one.height == 0.0 && two.height == 0.0;
    let shared_height = one.bottom().min(two.bottom()) - one.y.max(two.y);
    let shared_width = one.right().min(two.right()) - one.x.max(two.x);
    (upright && (one.x - two.x).abs() < 4.0 && shared_height > 0.5)
        || (level && (one.y - two.y).abs() < 4.0 && shared_width > 0.5)
}

fn on_border(rect: Rect, at: Point) -> bool {
    let outside = rect.grown(0.6);
    let within =
        outside.x <= at.x && at.x <= outside.right() && outside.y <= at.y && at.y <= outside.bottom();
    let inside = rect.grown(-0.6);
    within && !(inside.x < at.x && at.x < inside.right() && inside.y < at.y && at.y < inside.bottom())
}

/// Every size from 5 to 40 nodes twice, with nested frames, parallel edges and edges that go back.
fn corpus() -> impl Iterator<Item = Picture> {
    let directions = [Direction::Down, Direction::Right, Direction::Up, Direction::Left];
    directions.into_iter().map(shop).chain((0..72).map(|seed| generated(1000 + seed, 5 + seed as usize % 36)))
}

#[test]
fn every_picture_is_clean() {
    let mut wrong = Vec::new();
    for picture in corpus() {
        let sizes = sizes(&picture, &fit(&picture));
        let placed = place(&sizes);
        assert_ne!(placed, place_with(&Outline, &sizes), "{}: the engine gave up", picture.title);
        wrong.extend(wrong_with(&picture, &placed).iter().map(|what| format!("{}: {what}", picture.title)));
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_outline_that_stands_in_for_the_engine_is_clean_too() {
    let mut wrong = Vec::new();
    for picture in corpus() {
        let placed = place_with(&Outline, &sizes(&picture, &fit(&picture)));
        wrong.extend(wrong_with(&picture, &placed).iter().map(|what| format!("{}: {what}", picture.title)));
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_engine_out_of_time_leaves_the_outline() {
    let picture = shop(Direction::Down);
    let sizes = sizes(&picture, &fit(&picture));
    let placed = place_with(&Elk { limit: Duration::ZERO }, &sizes);
    assert_eq!(placed, place_with(&Outline, &sizes));
}

/// An engine that refuses.
struct Broken;

impl Layout for Broken {
    fn place(&self, _: &Sizes) -> Result<Placed, Failure> {
        Err(Failure("broken".to_owned()))
    }
}

#[test]
fn an_engine_that_fails_leaves_the_outline() {
    let picture = shop(Direction::Down);
    let sizes = sizes(&picture, &fit(&picture));
    let placed = place_with(&Broken, &sizes);
    assert_eq!(placed, place_with(&Outline, &sizes));
    assert_eq!(placed.edges.len(), picture.edges.len());
}

#[test]
fn an_empty_picture_has_places_too() {
    let picture = Picture::default();
    let placed = place(&sizes(&picture, &fit(&picture)));
    assert!(placed.nodes.is_empty() && placed.frames.is_empty() && placed.edges.is_empty());
}
