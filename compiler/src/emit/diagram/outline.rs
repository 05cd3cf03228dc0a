//! A plain layout that always works: one row for each node, as in an outline, and the edges in lanes beside them.
//!
//! In: sizes. Out: places. Never: a failure. It is what is drawn when the engine gives up.
//!
//! Every node has its row to itself and every edge leaves it to the right at a height of its own, so no edge can run
//! through another node or through a frame that holds neither of its ends.

use super::geometry::{Point, Rect, Size};
use super::layout::{
    CHIP_INSET, FRAME_HEAD, FRAME_PADDING, Failure, Layout, Placed, PlacedEdge, PlacedFrame, Sizes,
};
use super::picture::{FrameId, NodeId};
use crate::base::IndexVec;

/// The layout; it has nothing to choose.
#[derive(Clone, Copy, Debug)]
pub struct Outline;

/// From one edge at a node to the next: a label stands between them.
const RUNG: f64 = 38.0;
/// From one lane to the next.
const LANE: f64 = 14.0;
/// Between two rows.
const GAP: f64 = 18.0;

impl Layout for Outline {
    fn place(&self, sizes: &Sizes) -> Result<Placed, Failure> {
        let mut rows = Rows {
            sizes,
            frames: sizes.frames.iter().map(|_| Rect::default()).collect(),
            nodes: sizes.nodes.iter().map(|_| Rect::default()).collect(),
        };
        rows.stack(None, Point::default());
        let right =
            rows.nodes.iter().chain(rows.frames.iter()).fold(0.0, |most: f64, rect| most.max(rect.right()));
        let edges = lanes(sizes, &rows.nodes, right + GAP);
        let titled = rows.frames.iter().zip(sizes.frames.iter()).map(|(&rect, frame)| {
            let corner = Point::new(rect.x + CHIP_INSET, rect.y + CHIP_INSET);
            PlacedFrame { rect, chip: Rect::at(corner, frame.chip) }
        });
        Ok(Placed { size: Size::default(), frames: titled.collect(), nodes: rows.nodes, edges })
    }
}

struct Rows<'a> {
    sizes: &'a Sizes,
    frames: IndexVec<FrameId, Rect>,
    nodes: IndexVec<NodeId, Rect>,
}

impl Rows<'_> {
    /// Stacks what lies directly in a frame from `from` downwards, and says how much room it took.
    fn stack(&mut self, inside: Option<FrameId>, from: Point) -> Size {
        let mut taken = Size::default();
        for (id, node) in self.sizes.nodes.iter_ids().filter(|(_, node)| node.frame == inside) {
            let ends =
                self.sizes.edges.iter().map(|edge| usize::from(edge.from == id) + usize::from(edge.to == id));
            let height = node.size.height.max(ends.sum::<usize>() as f64 * RUNG);
            let rect =
                Rect::at(Point::new(from.x, from.y + taken.height), Size::new(node.size.width, height));
            self.nodes[id] = rect;
            taken = Size::new(taken.width.max(rect.width), taken.height + height + GAP);
        }
        for (id, frame) in self.sizes.frames.iter_ids().filter(|(_, frame)| frame.parent == inside) {
            let corner = Point::new(from.x, from.y + taken.height);
            let content = self.stack(Some(id), corner.moved(Point::new(FRAME_PADDING, FRAME_HEAD)));
            let width = content.width.max(frame.chip.width).max(frame.least_width) + 2.0 * FRAME_PADDING;
            let rect = Rect::at(corner, Size::new(width, content.height + FRAME_HEAD + FRAME_PADDING));
            self.frames[id] = rect;
            taken = Size::new(taken.width.max(rect.width), taken.height + rect.height + GAP);
        }
        Size::new(taken.width, (taken.height - GAP).max(0.0))
    }
}

/// Leads every edge to the right, down or up its own lane, and back.
fn lanes(sizes: &Sizes, nodes: &IndexVec<NodeId, Rect>, left: f64) -> Vec<PlacedEdge> {
    let mut used: IndexVec<NodeId, usize> = nodes.iter().map(|_| 0).collect();
    let mut rung = |node: NodeId| {
        let rect = nodes.find(node).copied().unwrap_or_default();
        let nth = used[node];
        used[node] += 1;
        Point::new(rect.right(), rect.y + RUNG * (nth as f64 + 0.5))
    };
    let ends: Vec<(Point, Point)> = sizes.edges.iter().map(|edge| (rung(edge.from), rung(edge.to))).collect();
    let widest =
        sizes.edges.iter().filter_map(|edge| edge.label).fold(0.0, |most: f64, size| most.max(size.width));
    // Short ways take the inner lanes: they then cross fewer of the others.
    let mut order: Vec<usize> = (0..ends.len()).collect();
    let length = |&at: &usize| ends.get(at).map_or(0.0, |(a, b)| (a.y - b.y).abs());
    order.sort_by(|a, b| length(a).total_cmp(&length(b)).then(a.cmp(b)));
    let mut edges = vec![PlacedEdge::default(); ends.len()];
    for (lane, at) in order.into_iter().enumerate() {
        let (Some(&(start, end)), Some(edge), Some(size)) =
            (ends.get(at), edges.get_mut(at), sizes.edges.get(at))
        else {
            continue;
        };
        let x = left + widest + GAP + LANE * lane as f64;
        edge.points = vec![start, Point::new(x, start.y), Point::new(x, end.y), end];
        edge.label = size.label.map(|size| Rect::at(Point::new(left, start.y - size.height / 2.0), size));
    }
    edges
}
