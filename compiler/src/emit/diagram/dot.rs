//! The picture as text for Graphviz.
//!
//! In: a picture. Out: DOT. Never: a text that ends up as markup or as an attribute.

use super::picture::{Band, Border, Direction, FrameId, Link, Node, NodeId, Picture, Role, Shape, Timing};
use crate::base::Id;

/// The picture as a DOT graph.
pub fn dot(picture: &Picture) -> String {
    let mut text = format!("digraph {} {{\n", quoted(&picture.id));
    let direction = match picture.direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
        Direction::Up => "BT",
        Direction::Left => "RL",
    };
    text.push_str(&format!("  label={}; labelloc=t; fontsize=18;\n", quoted(&picture.title)));
    text.push_str(&format!("  rankdir={direction}; newrank=true; nodesep=0.4; ranksep=0.6;\n"));
    text.push_str("  graph [fontname=\"Arial\"]; node [fontname=\"Arial\", fontsize=11, style=filled, fillcolor=white];\n");
    text.push_str("  edge [fontname=\"Arial\", fontsize=10, color=\"#33475B\"];\n");
    inside(&mut text, picture, None, 1);
    for edge in &picture.edges {
        text.push_str(&format!("  {} -> {} [", name(edge.from), name(edge.to)));
        let steps: String = edge.steps.iter().map(|step| format!("({step}) ")).collect();
        let plain = if edge.link == Link::Plain { " · plain" } else { "" };
        let badge = edge.found.badge().map_or_else(String::new, |badge| format!("[{badge}] "));
        let label = format!("{steps}{badge}{}{plain}", edge.label);
        text.push_str(&format!("label={}, id={}", quoted(label.trim()), quoted(&edge.id)));
        if edge.link == Link::Plain {
            text.push_str(", color=\"#B3261E\", fontcolor=\"#B3261E\", penwidth=2");
        }
        if edge.timing == Timing::Asynchronous {
            text.push_str(", style=dashed, arrowhead=open");
        }
        if !edge.steps.is_empty() {
            text.push_str(", color=\"#6A1B9A\", penwidth=3");
        }
        text.push_str("];\n");
    }
    text.push_str("}\n");
    text
}

/// What lies directly in a frame, or in none.
fn inside(text: &mut String, picture: &Picture, frame: Option<FrameId>, depth: usize) {
    let indent = "  ".repeat(depth);
    for (id, node) in picture.nodes.iter_ids().filter(|(_, node)| node.frame == frame) {
        text.push_str(&format!("{indent}{} [{}];\n", name(id), attributes(node)));
    }
    for (id, inner) in picture.frames.iter_ids().filter(|(id, _)| picture.parent(*id) == frame) {
        let style = match inner.border {
            Border::Solid => "solid",
            Border::Dashed => "dashed",
            Border::Thin => "dotted",
        };
        text.push_str(&format!("{indent}subgraph cluster_{} {{\n", id.index()));
        let label = quoted(&titled(&inner.label, &inner.caption));
        text.push_str(&format!(
            "{indent}  label={label}; style={style}; color=\"#5B7391\"; fontsize=11; labeljust=l;\n"
        ));
        inside(text, picture, Some(id), depth + 1);
        text.push_str(&format!("{indent}}}\n"));
    }
}

fn attributes(node: &Node) -> String {
    let shape = match node.shape {
        Shape::Person => "shape=box, style=\"rounded,filled\", peripheries=1",
        Shape::Window => "shape=tab",
        Shape::Card => "shape=box, style=\"rounded,filled\"",
        Shape::Hexagon => "shape=hexagon",
        Shape::Cylinder => "shape=cylinder",
        Shape::Tube => "shape=cds",
        Shape::Bucket => "shape=invtrapezium",
        Shape::Double => "shape=box, peripheries=2",
    };
    let mut lines = vec![node.label.clone()];
    lines.extend(Some(node.caption.clone()).filter(|caption| !caption.is_empty()));
    if node.hidden > 0 {
        lines.push(format!("+{} inside", node.hidden));
    }
    lines.extend(node.role.caption().map(str::to_owned));
    lines.extend(node.found.badge());
    lines.extend(node.steps.iter().map(|step| format!("({step})")));
    let fill = match node.found.band {
        Band::None => "",
        Band::Low => ", fillcolor=\"#E6F0F7\"",
        Band::Medium => ", fillcolor=\"#FDE7A9\"",
        Band::High => ", fillcolor=\"#F6A96B\"",
        Band::Critical => ", fillcolor=\"#B3261E\", fontcolor=white",
    };
    // Of two settings of an attribute the last one holds.
    let role = match node.role {
        Role::Subject => "",
        Role::Neighbour => ", color=\"#6B7C91\"",
        Role::OutOfScope => ", color=\"#6B7C91\", style=\"rounded,filled,dashed\"",
    };
    format!("label={}, id={}, {shape}{fill}{role}", quoted(&lines.join("\n")), quoted(&node.id))
}

fn titled(label: &str, caption: &str) -> String {
    if caption.is_empty() { label.to_owned() } else { format!("{label}\n{caption}") }
}

fn name(node: NodeId) -> String {
    format!("n{}", node.index())
}

/// A quoted string: in one, only the quote and the backslash mean something, and a line break is written `\n`.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // Graphviz reads character references of HTML in any label.
            '&' => quoted.push_str("&amp;"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
