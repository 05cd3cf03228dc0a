//! From a selection of things to a picture: nodes, the frames around them, the flows between them.
//!
//! In: a selection, what was found, an attack if the picture tells one. Out: a [`Picture`]. Never: a flow between shown
//! things that is missing; flows that folding makes equal become one that says how many it stands for.

use std::collections::BTreeMap;

use super::found::Findings;
use super::picture::{
    Border, Colour, Edge, Frame, FrameId, Link, Node, NodeId, Picture, Role, Shape, Timing,
};
use super::selection::{Selection, part_of};
use crate::assess::Attack;
use crate::graph::{Product, Stance};
use crate::model::{Keyword, ThingId, Value};

/// What the fill of nodes means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tint {
    /// The worst risk.
    #[default]
    Risk,
    /// The kind.
    Kind,
    /// Who answers for it.
    Owner,
    /// How confidential its data is.
    Data,
}

/// What a picture is made of.
pub(super) struct Parts<'a> {
    pub product: &'a Product,
    pub selection: Selection<'a>,
    pub findings: &'a Findings,
    pub tint: Tint,
    pub attack: Option<&'a Attack>,
}

impl Parts<'_> {
    /// Fills a picture that has its names already.
    pub fn fill(&self, picture: &mut Picture) {
        picture.colour = if self.tint == Tint::Risk { Colour::Risk } else { Colour::Group };
        picture.shape_names = shape_names(self.product);
        let steps = self.steps();
        let mut frames = BTreeMap::new();
        let mut nodes: BTreeMap<ThingId, NodeId> = BTreeMap::new();
        let groups = self.selection.groups();
        for (&thing, group) in &groups {
            let frame = self.frame_around(picture, &mut frames, thing);
            let mut node = self.node(thing, group);
            node.frame = frame;
            node.steps = steps.get(&thing).cloned().unwrap_or_default();
            nodes.insert(thing, picture.nodes.push(node));
        }
        self.edges(picture, &nodes, &steps);
        // Names stand out in messages by their quotes; in a picture they are where everybody sees them.
        let told = self.attack.iter().flat_map(|attack| &attack.steps).map(|step| step.text.replace('`', ""));
        picture.story = told.collect();
    }

    /// The steps of the attack by what they are drawn at: the flow that a step takes, or else the thing it happens at.
    fn steps(&self) -> BTreeMap<ThingId, Vec<usize>> {
        let mut steps: BTreeMap<ThingId, Vec<usize>> = BTreeMap::new();
        for (at, step) in self.attack.iter().flat_map(|attack| &attack.steps).enumerate() {
            let is_flow = |thing: &ThingId| self.product.model.things[*thing].keyword == Keyword::Flow;
            let flow = step.things.iter().copied().find(is_flow).filter(|flow| self.ends(*flow).is_some());
            let drawn =
                flow.or_else(|| step.things.iter().find_map(|thing| self.selection.standing_for(*thing)));
            if let Some(drawn) = drawn {
                steps.entry(drawn).or_default().push(at + 1);
            }
        }
        steps
    }

    fn node(&self, thing: ThingId, group: &[ThingId]) -> Node {
        let declared = &self.product.model.things[thing];
        let shape = self.product.word(thing, self.product.model.words.shape);
        let shape = shape.and_then(|word| Shape::of(self.product.model.names.text(word)));
        let mut all = group.to_vec();
        if !all.contains(&thing) {
            all.push(thing);
        }
        Node {
            id: declared.path.to_string(),
            label: self.label(thing),
            caption: self.product.model.kinds[declared.kind].name.to_string(),
            shape: shape.unwrap_or_default(),
            found: self.findings.on(&all),
            group: self.group(thing),
            hidden: all.len() - 1,
            role: self.role(thing),
            note: first_sentence(&declared.doc),
            ..Node::default()
        }
    }

    /// Parts of different things are often called the same: without the whole around it, a part says whose it is.
    fn label(&self, thing: ThingId) -> String {
        let own = self.product.model.things[thing].label();
        match part_of(self.product, thing).filter(|whole| !self.selection.shown.contains(whole)) {
            Some(whole) => format!("{} / {own}", self.label(whole)),
            None => own.to_owned(),
        }
    }

    fn role(&self, thing: ThingId) -> Role {
        if self.product.is_out_of_scope(thing) {
            Role::OutOfScope
        } else if self.selection.neighbours.contains(&thing) {
            Role::Neighbour
        } else {
            Role::Subject
        }
    }

    fn group(&self, thing: ThingId) -> Option<String> {
        let model = &self.product.model;
        let words = &model.words;
        match self.tint {
            Tint::Risk => None,
            Tint::Kind => Some(model.kinds[model.things[thing].kind].name.to_string()),
            Tint::Owner => Some(match self.product.read(thing, words.owner).value {
                Value::Text(owner) => owner.to_string(),
                _ => "no owner".to_owned(),
            }),
            Tint::Data => {
                let data = self.product.handles(thing, Stance::Filled).things;
                let levels =
                    data.iter().filter_map(|data| self.product.position(*data, words.confidentiality));
                let highest = levels.max_by_key(|(_, at)| *at);
                Some(highest.map_or_else(
                    || "no data".to_owned(),
                    |level| format!("confidentiality {}", model.enum_value(level).replace('_', " ")),
                ))
            }
        }
    }

    /// The frame that a thing is drawn in; the frames around it are made where they are missing.
    fn frame_around(
        &self,
        picture: &mut Picture,
        frames: &mut BTreeMap<ThingId, FrameId>,
        thing: ThingId,
    ) -> Option<FrameId> {
        let has_parts = |whole: ThingId| {
            self.selection.shown.iter().any(|part| part_of(self.product, *part) == Some(whole))
        };
        if has_parts(thing) {
            return self.frame(picture, frames, thing, Border::Thin);
        }
        if let Some(whole) = part_of(self.product, thing).filter(|whole| self.selection.shown.contains(whole))
        {
            return self.frame(picture, frames, whole, Border::Thin);
        }
        self.zone_around(picture, frames, thing)
    }

    fn zone_around(
        &self,
        picture: &mut Picture,
        frames: &mut BTreeMap<ThingId, FrameId>,
        thing: ThingId,
    ) -> Option<FrameId> {
        let zones = self.product.zones(thing);
        let zone =
            zones.into_iter().find(|zone| Some(*zone) != self.product.model.internet && *zone != thing)?;
        let border = match self.product.model.things[zone].keyword {
            Keyword::Deployment => Border::Solid,
            _ => Border::Dashed,
        };
        self.frame(picture, frames, zone, border)
    }

    fn frame(
        &self,
        picture: &mut Picture,
        frames: &mut BTreeMap<ThingId, FrameId>,
        thing: ThingId,
        border: Border,
    ) -> Option<FrameId> {
        if let Some(&frame) = frames.get(&thing) {
            return Some(frame);
        }
        let whole = part_of(self.product, thing).filter(|whole| self.selection.shown.contains(whole));
        let parent = match whole {
            Some(whole) => self.frame(picture, frames, whole, Border::Thin),
            None => self.zone_around(picture, frames, thing),
        };
        let declared = &self.product.model.things[thing];
        // What was found on a component stands on its node, inside the frame.
        let found = if border == Border::Thin { Default::default() } else { self.findings.on(&[thing]) };
        let mut caption = self.product.model.kinds[declared.kind].name.to_string();
        if let Some(role) = self.role(thing).caption().filter(|_| border != Border::Thin) {
            caption = format!("{caption}, {role}");
        }
        let frame = picture.frames.push(Frame {
            id: declared.path.to_string(),
            label: declared.label().to_owned(),
            caption,
            border,
            found,
            parent,
        });
        frames.insert(thing, frame);
        Some(frame)
    }

    /// What stands for the ends of a flow, if both are in the picture and not the same.
    fn ends(&self, flow: ThingId) -> Option<(ThingId, ThingId)> {
        let words = &self.product.model.words;
        let end = |name| self.selection.standing_for(self.product.reference(flow, name)?);
        let (from, to) = (end(words.from)?, end(words.to)?);
        (from != to).then_some((from, to))
    }

    fn edges(
        &self,
        picture: &mut Picture,
        nodes: &BTreeMap<ThingId, NodeId>,
        steps: &BTreeMap<ThingId, Vec<usize>>,
    ) {
        let words = &self.product.model.words;
        let mut bundles: BTreeMap<(ThingId, ThingId), Vec<ThingId>> = BTreeMap::new();
        let mut single: Vec<(ThingId, (ThingId, ThingId))> = Vec::new();
        for &flow in self.product.things(Keyword::Flow) {
            let Some(ends) = self.ends(flow) else { continue };
            let own = (self.product.reference(flow, words.from), self.product.reference(flow, words.to));
            if own == (Some(ends.0), Some(ends.1)) {
                single.push((flow, ends));
            } else {
                bundles.entry(ends).or_default().push(flow);
            }
        }
        let bundled = bundles.iter().map(|(ends, flows)| (flows.as_slice(), *ends));
        let single = single.iter().map(|(flow, ends)| (std::slice::from_ref(flow), *ends));
        for (flows, (from, to)) in single.chain(bundled) {
            let (Some(&from), Some(&to)) = (nodes.get(&from), nodes.get(&to)) else { continue };
            picture.edges.extend(self.edge(flows, from, to, steps));
        }
    }

    /// One edge for one or several flows: as bad as the worst of them.
    fn edge(
        &self,
        flows: &[ThingId],
        from: NodeId,
        to: NodeId,
        steps: &BTreeMap<ThingId, Vec<usize>>,
    ) -> Option<Edge> {
        let first = *flows.first()?;
        let model = &self.product.model;
        let links: Vec<Link> = flows.iter().map(|flow| self.link(*flow)).collect();
        let worst =
            [Link::Plain, Link::Unknown, Link::Encrypted].into_iter().find(|link| links.contains(link));
        let asynchronous = flows.iter().all(|flow| self.product.flag(*flow, model.words.asynchronous));
        let mut taken: Vec<usize> =
            flows.iter().filter_map(|flow| steps.get(flow)).flatten().copied().collect();
        taken.sort_unstable();
        let label = match flows {
            [_, _, ..] => format!("{} flows", flows.len()),
            _ => self.flow_label(first),
        };
        Some(Edge {
            id: model.things[first].path.to_string(),
            from,
            to,
            label,
            link: worst.unwrap_or_default(),
            timing: if asynchronous { Timing::Asynchronous } else { Timing::Synchronous },
            found: self.findings.on(flows),
            steps: taken,
            note: first_sentence(&model.things[first].doc),
        })
    }

    /// The strength of its encryption decides; no strength that nobody stated is not known to be plain.
    fn link(&self, flow: ThingId) -> Link {
        let reading = self.product.read(flow, self.product.model.words.encryption);
        match reading.value {
            Value::Enum(of, at) => match self.product.model.percent((of, at)) {
                Some(strength) if strength > 0.0 => Link::Encrypted,
                _ if reading.is_stated() => Link::Plain,
                _ => Link::Unknown,
            },
            _ => Link::Unknown,
        }
    }

    /// The title, or the name with the protocol; a flow that is called by its ends says its protocol alone.
    fn flow_label(&self, flow: ThingId) -> String {
        let model = &self.product.model;
        let declared = &model.things[flow];
        if let Some(title) = &declared.title {
            return title.to_string();
        }
        let protocol = match self.product.read(flow, model.words.protocol).value {
            Value::Kind(kind) => model.kinds[kind].name.to_string(),
            _ => String::new(),
        };
        let name = if declared.name.contains("->") { "" } else { declared.name.as_ref() };
        let both: Vec<&str> = [name, &protocol].into_iter().filter(|text| !text.is_empty()).collect();
        both.join(" ·\u{A0}")
    }
}

/// How data calls the shapes: the text before each value of the enum that the attribute has.
fn shape_names(product: &Product) -> Vec<(Shape, String)> {
    let model = &product.model;
    let Some(of) = model.index.enums.get(&model.words.Shape) else { return Vec::new() };
    let values = model.enums[*of].values.iter();
    let named = values.filter_map(|value| {
        let shape = Shape::of(model.names.text(value.name))?;
        (!value.doc.is_empty()).then(|| (shape, value.doc.trim().to_owned()))
    });
    let mut names: Vec<(Shape, String)> = named.collect();
    names.sort();
    names
}

fn first_sentence(doc: &str) -> String {
    let line = doc.lines().next().unwrap_or_default().trim();
    line.split_inclusive(". ").next().unwrap_or_default().trim().to_owned()
}
