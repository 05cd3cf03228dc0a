//! The layered layout of the Eclipse Layout Kernel, through its port `elkrs`.
//!
//! In: sizes. Out: places. Never: a panic or an endless run that reaches the caller: the engine works in a thread of
//! its own with a time limit, because it is large, foreign and full of ways to stop.

use std::panic::{self, PanicHookInfo};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::geometry::{Point, Rect};
use super::layout::{
    FRAME_HEAD, FRAME_PADDING, Failure, FrameSize, Layout, Placed, PlacedEdge, PlacedFrame, Sizes,
};
use super::picture::{Direction, FrameId, NodeId};
use crate::base::{Id, IndexVec};

/// The engine. It gives up after `limit`.
#[derive(Clone, Copy, Debug)]
pub struct Elk {
    /// How long a picture may take.
    pub limit: Duration,
}

impl Layout for Elk {
    fn place(&self, sizes: &Sizes) -> Result<Placed, Failure> {
        let answer = run(graph(sizes).to_string(), self.limit)?;
        let mut reader = Reader::new(sizes);
        reader.container(&answer, Point::default());
        reader.finish()
    }
}

const THREAD: &str = "diagram-layout";
/// The engine recurses as deep as frames nest, with large steps.
const STACK: usize = 32 << 20;

/// The engine's answer to one graph.
fn run(graph: String, limit: Duration) -> Result<Value, Failure> {
    silence();
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        let answer = elkrs::create_elk().layout_json(&graph);
        // Nobody listens any more once the limit is over; there is nothing to do about it here.
        let _ = sender.send(answer);
    };
    let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|error| Failure(format!("the layout engine could not start: {error}")))?;
    match receiver.recv_timeout(limit) {
        Ok(answer) => answer.map_err(|error| Failure(format!("the layout engine refused: {error}"))),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Failure("the layout engine took too long".to_owned())),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Failure("the layout engine stopped".to_owned())),
    }
}

/// Keeps a panic of the engine off the terminal: it is expected and answered with another layout.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if thread::current().name() != Some(THREAD) {
                others(info);
            }
        }));
    });
}

/// The graph in the engine's own format.
fn graph(sizes: &Sizes) -> Value {
    let edges = sizes.edges.iter().enumerate().map(|(at, edge)| {
        let mut value = json!({
            "id": format!("e{at}"),
            "sources": [node_name(edge.from)],
            "targets": [node_name(edge.to)],
        });
        if let (Some(label), Some(object)) = (edge.label, value.as_object_mut()) {
            let options = json!({ "elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER" });
            let label = json!({ "text": "x", "width": label.width, "height": label.height, "layoutOptions": options });
            object.insert("labels".to_owned(), json!([label]));
        }
        value
    });
    let edges: Vec<Value> = edges.collect();
    json!({
        "id": "root",
        "layoutOptions": options(sizes),
        "children": children(sizes, None),
        "edges": edges,
    })
}

/// What lies directly in a frame, or in none: nodes first, then frames, both in the order of the picture.
fn children(sizes: &Sizes, inside: Option<FrameId>) -> Vec<Value> {
    let nodes = sizes.nodes.iter_ids().filter(|(_, node)| node.frame == inside).map(|(id, node)| {
        json!({
            "id": node_name(id),
            "width": node.size.width,
            "height": node.size.height,
            "layoutOptions": {
                "elk.nodeSize.constraints": "[MINIMUM_SIZE, PORTS]",
                "elk.nodeSize.minimum": format!("({}, {})", node.size.width, node.size.height),
            },
        })
    });
    let frames = sizes.frames.iter_ids().filter(|(_, frame)| frame.parent == inside);
    nodes.chain(frames.map(|(id, frame)| framed(sizes, id, frame))).collect()
}

/// A frame with what lies in it.
fn framed(sizes: &Sizes, id: FrameId, frame: &FrameSize) -> Value {
    let name = format!("f{}", id.index());
    let width = frame.least_width.max(frame.chip.width + 2.0 * FRAME_PADDING);
    let height = FRAME_HEAD + FRAME_PADDING;
    let children = children(sizes, Some(id));
    if children.is_empty() {
        return json!({ "id": name, "width": width, "height": height });
    }
    // The engine turns upright pictures on their side to work on them, but forgets this option.
    let (across, along) = match sizes.direction {
        Direction::Down | Direction::Up => (height, width),
        Direction::Right | Direction::Left => (width, height),
    };
    let mut options = spacings();
    let sides = format!("left={FRAME_PADDING},bottom={FRAME_PADDING},right={FRAME_PADDING}");
    options.insert("elk.padding".to_owned(), json!(format!("[top={FRAME_HEAD},{sides}]")));
    options.insert("elk.nodeSize.constraints".to_owned(), json!("[MINIMUM_SIZE]"));
    options.insert("elk.nodeSize.minimum".to_owned(), json!(format!("({across}, {along})")));
    json!({ "id": name, "children": children, "layoutOptions": options })
}

/// Beyond this many nodes the better placement and order take longer than anybody waits.
const MANY: usize = 120;

fn options(sizes: &Sizes) -> Map<String, Value> {
    let direction = match sizes.direction {
        Direction::Down => "DOWN",
        Direction::Right => "RIGHT",
        Direction::Up => "UP",
        Direction::Left => "LEFT",
    };
    let (placement, thoroughness) =
        if sizes.nodes.len() > MANY { ("BRANDES_KOEPF", "7") } else { ("NETWORK_SIMPLEX", "20") };
    let options = [
        ("elk.algorithm", "layered"),
        ("elk.direction", direction),
        ("elk.hierarchyHandling", "INCLUDE_CHILDREN"),
        ("elk.edgeRouting", "ORTHOGONAL"),
        ("elk.randomSeed", "1"),
        ("elk.layered.nodePlacement.strategy", placement),
        ("elk.layered.nodePlacement.favorStraightEdges", "true"),
        ("elk.layered.thoroughness", thoroughness),
    ];
    let mut all = spacings();
    all.extend(options.into_iter().map(|(name, value)| (name.to_owned(), json!(value))));
    all
}

/// Distances between things. The engine does not hand them on from a frame to those inside it.
fn spacings() -> Map<String, Value> {
    let spacings = [
        ("elk.spacing.nodeNode", "32"),
        ("elk.spacing.edgeNode", "18"),
        ("elk.spacing.edgeEdge", "16"),
        ("elk.spacing.edgeLabel", "6"),
        ("elk.spacing.labelLabel", "8"),
        ("elk.spacing.labelNode", "8"),
        ("elk.spacing.portPort", "16"),
        ("elk.spacing.componentComponent", "36"),
        ("elk.layered.spacing.nodeNodeBetweenLayers", "30"),
        ("elk.layered.spacing.edgeNodeBetweenLayers", "16"),
        ("elk.layered.spacing.edgeEdgeBetweenLayers", "14"),
    ];
    spacings.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
}

fn node_name(node: NodeId) -> String {
    format!("n{}", node.index())
}

/// Reads an answer back: every coordinate in it counts from the container it stands in.
struct Reader<'a> {
    sizes: &'a Sizes,
    frames: Vec<Option<Rect>>,
    nodes: Vec<Option<Rect>>,
    edges: Vec<Option<PlacedEdge>>,
}

impl<'a> Reader<'a> {
    fn new(sizes: &'a Sizes) -> Self {
        Reader {
            sizes,
            frames: vec![None; sizes.frames.len()],
            nodes: vec![None; sizes.nodes.len()],
            edges: vec![None; sizes.edges.len()],
        }
    }

    fn container(&mut self, container: &Value, origin: Point) {
        for edge in items(container, "edges") {
            if let Some(slot) = number(edge, 'e').and_then(|at| self.edges.get_mut(at)) {
                *slot = placed_edge(edge, origin);
            }
        }
        for child in items(container, "children") {
            let Some(rect) = rectangle(child).map(|rect| rect.moved(origin)) else { continue };
            if let Some(slot) = number(child, 'n').and_then(|at| self.nodes.get_mut(at)) {
                *slot = Some(rect);
            } else if let Some(slot) = number(child, 'f').and_then(|at| self.frames.get_mut(at)) {
                *slot = Some(rect);
            }
            self.container(child, Point::new(rect.x, rect.y));
        }
    }

    /// All or nothing: a picture with a hole would say something false about the product.
    fn finish(self) -> Result<Placed, Failure> {
        let missing = || Failure("the layout engine lost something".to_owned());
        let frames: Option<IndexVec<FrameId, Rect>> =
            self.frames.into_iter().collect::<Option<Vec<_>>>().map(IndexVec::from_iter);
        let nodes: Option<Vec<Rect>> = self.nodes.into_iter().collect();
        let edges: Option<Vec<PlacedEdge>> = self.edges.into_iter().collect();
        let frames = frames.ok_or_else(missing)?;
        let edges = edges.ok_or_else(missing)?;
        if edges
            .iter()
            .zip(&self.sizes.edges)
            .any(|(edge, size)| edge.label.is_some() != size.label.is_some())
        {
            return Err(missing());
        }
        Ok(Placed {
            size: Default::default(),
            frames: frames.iter().map(|&rect| PlacedFrame { rect, chip: Rect::default() }).collect(),
            nodes: nodes.ok_or_else(missing)?.into_iter().collect(),
            edges,
        })
    }
}

fn items<'v>(container: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    container.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The position behind the letter of a name that this module made.
fn number(item: &Value, letter: char) -> Option<usize> {
    item.get("id")?.as_str()?.strip_prefix(letter)?.parse().ok()
}

fn coordinate(item: &Value, key: &str) -> Option<f64> {
    item.get(key)?.as_f64().filter(|value| value.is_finite())
}

fn rectangle(item: &Value) -> Option<Rect> {
    Some(Rect {
        x: coordinate(item, "x")?,
        y: coordinate(item, "y")?,
        width: coordinate(item, "width")?,
        height: coordinate(item, "height")?,
    })
}

fn point(item: &Value, origin: Point) -> Option<Point> {
    Some(Point::new(coordinate(item, "x")?, coordinate(item, "y")?).moved(origin))
}

fn placed_edge(edge: &Value, origin: Point) -> Option<PlacedEdge> {
    let section = items(edge, "sections").next()?;
    let ends = |key: &str| point(section.get(key)?, origin);
    let mut points = vec![ends("startPoint")?];
    points.extend(items(section, "bendPoints").filter_map(|bend| point(bend, origin)));
    points.push(ends("endPoint")?);
    let label = items(edge, "labels").next().and_then(rectangle).map(|rect| rect.moved(origin));
    Some(PlacedEdge { points, label })
}
