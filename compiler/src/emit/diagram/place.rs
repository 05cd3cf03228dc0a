//! From sizes to a finished arrangement, whatever the engine does.
//!
//! In: sizes and a layout. Out: places, titles included, tidied. Never: a failure, an edge that is left out.

use std::time::Duration;

use super::elk::Elk;
use super::geometry::{Point, Rect, Size};
use super::layout::{CHIP_INSET, Layout, Placed, PlacedFrame, Sizes};
use super::outline::Outline;
use super::picture::FrameId;
use crate::base::IndexVec;

/// How long the engine may think about one picture before a plainer one is drawn.
const LIMIT: Duration = Duration::from_secs(20);
/// How often a frame is widened until its title has a place of its own.
const ROUNDS: usize = 5;
/// Beyond this many nodes a round takes so long that a title on a line is the lesser evil.
const LARGE: usize = 120;
/// By how much more a frame is widened in each further round.
const SLACK: f64 = 40.0;
/// From a title to the next line.
const CLEARANCE: f64 = 5.0;

/// Places everything with the layered engine, or in an outline when it gives up.
pub fn place(sizes: &Sizes) -> Placed {
    place_with(&Elk { limit: LIMIT }, sizes)
}

/// Places everything with `layout`, or in an outline when it gives up.
pub fn place_with(layout: &dyn Layout, sizes: &Sizes) -> Placed {
    let mut sizes = sizes.clone();
    let mut best: Option<(usize, Placed)> = None;
    let rounds = if sizes.nodes.len() > LARGE { 2 } else { ROUNDS };
    for round in 0..rounds {
        let Ok(mut placed) = layout.place(&sizes) else { break };
        tidy(&mut placed);
        let crowded = titles(&mut placed, &sizes);
        for &(frame, width) in &crowded {
            // A wider frame moves what lies in it: each round leaves more room for that than the one before.
            sizes.frames[frame].least_width = width + SLACK * round as f64;
        }
        let better = best.as_ref().is_none_or(|(least, _)| crowded.len() < *least);
        let done = crowded.is_empty();
        if better {
            best = Some((crowded.len(), placed));
        }
        if done {
            break;
        }
    }
    let mut placed = match best {
        Some((_, placed)) => placed,
        // An outline never fails; were it to, an empty picture says less than a wrong one.
        None => Outline.place(&sizes).unwrap_or_else(|_| nothing()),
    };
    to_origin(&mut placed);
    placed
}

fn nothing() -> Placed {
    Placed { size: Size::default(), frames: IndexVec::new(), nodes: IndexVec::new(), edges: Vec::new() }
}

/// Puts everything on half pixels, so that lines are sharp and numbers short, and drops points that bend nothing.
fn tidy(placed: &mut Placed) {
    for id in placed.frames.ids() {
        placed.frames[id].rect = halved(placed.frames[id].rect);
    }
    for id in placed.nodes.ids() {
        placed.nodes[id] = halved(placed.nodes[id]);
    }
    for edge in &mut placed.edges {
        for point in &mut edge.points {
            *point = Point::new(half(point.x), half(point.y));
        }
        square(&mut edge.points);
        edge.points.dedup();
        straighten(&mut edge.points);
        edge.label = edge.label.map(halved);
    }
}

/// Makes pieces exactly upright or level that rounding has tilted by half a pixel.
fn square(points: &mut [Point]) {
    let mut before: Option<Point> = None;
    for point in points {
        if let Some(before) = before {
            if (point.x - before.x).abs() <= 0.5 {
                point.x = before.x;
            }
            if (point.y - before.y).abs() <= 0.5 {
                point.y = before.y;
            }
        }
        before = Some(*point);
    }
}

fn half(length: f64) -> f64 {
    (length * 2.0).round() / 2.0
}

fn halved(rect: Rect) -> Rect {
    let (x, y) = (half(rect.x), half(rect.y));
    Rect { x, y, width: half(rect.right()) - x, height: half(rect.bottom()) - y }
}

fn straighten(points: &mut Vec<Point>) {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points.iter() {
        while let [.., before, last] = kept.as_slice() {
            let upright = before.x == last.x && last.x == point.x;
            let level = before.y == last.y && last.y == point.y;
            if !upright && !level {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    *points = kept;
}

/// Finds a place for every frame's title along its upper side where no edge runs; returns the frames without one, and
/// how wide they would have to be.
fn titles(placed: &mut Placed, sizes: &Sizes) -> Vec<(FrameId, f64)> {
    let mut crowded = Vec::new();
    for (id, size) in sizes.frames.iter_ids() {
        let rect = placed.frames[id].rect;
        let strip = Rect {
            x: rect.x + CHIP_INSET,
            y: rect.y + CHIP_INSET,
            width: rect.width - 2.0 * CHIP_INSET,
            height: size.chip.height,
        };
        let mut start = free_place(placed, strip, size.chip.width);
        if start + size.chip.width > strip.right() {
            crowded.push((id, start + size.chip.width + CHIP_INSET - rect.x));
            start = strip.x;
        }
        placed.frames[id].chip = Rect::at(Point::new(start, strip.y), size.chip);
    }
    crowded
}

/// The leftmost start of a free stretch of that width; it may end beyond the strip.
fn free_place(placed: &Placed, strip: Rect, width: f64) -> f64 {
    let near = strip.grown(CLEARANCE);
    let pieces = placed.edges.iter().flat_map(|edge| edge.pieces());
    let lines = pieces.filter(|&(a, b)| near.crossed_by(a, b)).map(|(a, b)| Rect::between(a, b));
    let labels = placed.edges.iter().filter_map(|edge| edge.label).filter(|label| near.overlaps(*label));
    let mut taken: Vec<(f64, f64)> = lines.chain(labels).map(|rect| (rect.x, rect.right())).collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut start = strip.x;
    for (left, right) in taken {
        if start + width + CLEARANCE <= left {
            break;
        }
        start = start.max(right + CLEARANCE + 3.0);
    }
    start
}

/// Moves everything so that the picture begins at the origin, and measures it.
fn to_origin(placed: &mut Placed) {
    let frames = placed.frames.iter().flat_map(|frame| [frame.rect, frame.chip]);
    let points =
        placed.edges.iter().flat_map(|edge| &edge.points).map(|&point| Rect::at(point, Size::default()));
    let labels = placed.edges.iter().filter_map(|edge| edge.label);
    let all = frames.chain(placed.nodes.iter().copied()).chain(points).chain(labels).reduce(Rect::union);
    let Some(all) = all else { return };
    let by = Point::new(-all.x, -all.y);
    for id in placed.frames.ids() {
        let PlacedFrame { rect, chip } = placed.frames[id];
        placed.frames[id] = PlacedFrame { rect: rect.moved(by), chip: chip.moved(by) };
    }
    for id in placed.nodes.ids() {
        placed.nodes[id] = placed.nodes[id].moved(by);
    }
    for edge in &mut placed.edges {
        for point in &mut edge.points {
            *point = point.moved(by);
        }
        edge.label = edge.label.map(|label| label.moved(by));
    }
    placed.size = Size::new(all.width, all.height);
}
