//! The picture as text for Mermaid, which many sites draw by themselves.
//!
//! In: a picture. Out: a flowchart. Never: a text that ends up as markup: all of it is quoted and its special
//! characters written as numbers.

use super::picture::{Band, Direction, FrameId, Link, Node, NodeId, Picture, Role, Shape, Timing};
use crate::base::Id;

/// The picture as a Mermaid flowchart.
pub fn mermaid(picture: &Picture) -> String {
    let direction = match picture.direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
        Direction::Up => "BT",
        Direction::Left => "RL",
    };
    let mut text = format!("---\ntitle: \"{}\"\n---\nflowchart {direction}\n", title(&picture.title));
    inside(&mut text, picture, None, 1);
    for edge in &picture.edges {
        let arrow = match edge.timing {
            Timing::Synchronous => "-->",
            Timing::Asynchronous => "-.->",
        };
        let steps: String = edge.steps.iter().map(|step| format!("({step}) ")).collect();
        let mark = match edge.link {
            Link::Encrypted => "🔒 ",
            Link::Plain => "🔓 ",
            Link::Unknown => "",
        };
        let plain = if edge.link == Link::Plain { " · plain" } else { "" };
        let badge = edge.found.badge().map_or_else(String::new, |badge| format!("[{badge}] "));
        let label = format!("{steps}{badge}{mark}{}{plain}", edge.label);
        let label = label.trim();
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(label)) };
        text.push_str(&format!("  {} {arrow}{label} {}\n", name(edge.from), name(edge.to)));
    }
    styles(&mut text, picture);
    text
}

/// What lies directly in a frame, or in none.
fn inside(text: &mut String, picture: &Picture, frame: Option<FrameId>, depth: usize) {
    let indent = "  ".repeat(depth);
    for (id, node) in picture.nodes.iter_ids().filter(|(_, node)| node.frame == frame) {
        let (open, close) = brackets(node.shape);
        text.push_str(&format!("{indent}{}{open}\"{}\"{close}\n", name(id), label(node)));
    }
    for (id, inner) in picture.frames.iter_ids().filter(|(id, _)| picture.parent(*id) == frame) {
        let caption = if inner.caption.is_empty() { String::new() } else { format!(" · {}", inner.caption) };
        let title = escaped(&format!("{}{caption}", inner.label));
        text.push_str(&format!("{indent}subgraph f{}[\"{title}\"]\n", id.index()));
        inside(text, picture, Some(id), depth + 1);
        text.push_str(&format!("{indent}end\n"));
    }
}

fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Person => ("([", "])"),
        Shape::Window | Shape::Card => ("(", ")"),
        Shape::Hexagon => ("{{", "}}"),
        Shape::Cylinder => ("[(", ")]"),
        Shape::Tube => (">", "]"),
        Shape::Bucket => ("[\\", "/]"),
        Shape::Double => ("[[", "]]"),
    }
}

fn label(node: &Node) -> String {
    let mut label = escaped(&node.label);
    let mut line = |text: &str| {
        label.push_str("<br/>");
        label.push_str(&escaped(text));
    };
    if !node.caption.is_empty() {
        line(&node.caption);
    }
    if node.hidden > 0 {
        line(&format!("+{} inside", node.hidden));
    }
    if let Some(word) = node.role.caption() {
        line(word);
    }
    if let Some(badge) = node.found.badge() {
        line(&badge);
    }
    for step in &node.steps {
        line(&format!("({step})"));
    }
    label
}

fn styles(text: &mut String, picture: &Picture) {
    let looks = [
        (Band::Low, "fill:#E6F0F7,stroke:#33475B,color:#16212E"),
        (Band::Medium, "fill:#FDE7A9,stroke:#33475B,color:#16212E"),
        (Band::High, "fill:#F6A96B,stroke:#33475B,color:#16212E"),
        (Band::Critical, "fill:#B3261E,stroke:#7A1712,color:#FFFFFF"),
    ];
    for (band, look) in looks {
        let nodes = picture.nodes.iter_ids().filter(|(_, node)| node.found.band == band);
        let names: Vec<String> = nodes.map(|(id, _)| name(id)).collect();
        if !names.is_empty() {
            text.push_str(&format!("  classDef {0} {look}\n  class {1} {0}\n", band.word(), names.join(",")));
        }
    }
    let roles = [
        (Role::Neighbour, "neighbour", "stroke:#6B7C91,stroke-width:1px"),
        (Role::OutOfScope, "outside", "stroke:#6B7C91,stroke-dasharray:4 4"),
    ];
    for (role, class, look) in roles {
        let nodes = picture.nodes.iter_ids().filter(|(_, node)| node.role == role);
        let names: Vec<String> = nodes.map(|(id, _)| name(id)).collect();
        if !names.is_empty() {
            text.push_str(&format!("  classDef {class} {look}\n  class {} {class}\n", names.join(",")));
        }
    }
    for (at, edge) in picture.edges.iter().enumerate() {
        if !edge.steps.is_empty() {
            text.push_str(&format!("  linkStyle {at} stroke:#6A1B9A,stroke-width:3px\n"));
        } else if edge.link == Link::Plain {
            text.push_str(&format!("  linkStyle {at} stroke:#B3261E,stroke-width:2px\n"));
        }
    }
}

fn name(node: NodeId) -> String {
    format!("n{}", node.index())
}

/// Whatever Mermaid or the HTML it makes could read as its own, as a number: `#34;` is a quote.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | ';' | '`' | '\\' | '*' | '_' => {
                escaped.push_str(&format!("#{};", u32::from(c)));
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The title stands in YAML, between quotes.
fn title(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    flat.replace('\\', "\\\\").replace('"', "\\\"")
}
