//! What a rule means and how a risk comes about, as text for a terminal.
//!
//! In: a model, or [`Material`](super::Material), a risk and its explanation. Out: text, or JSON. Never: a number that the assessment
//! does not hold.

mod hurdles;
mod json;
mod risk;

pub use self::json::json;
pub use self::risk::{Found, find, ids, page};
use crate::base::{Place, Sources};
use crate::graph::eval::in_words;
use crate::model::{Expr, ExprKind, Lint, Model, Rule, Telling, Template, TemplatePart};

/// What a rule means.
pub fn rule_page(model: &Model, sources: &Sources, rule: &Rule) -> String {
    let mut out = head(sources, "rule", &rule.name, &rule.title, &rule.doc, rule.place);
    let reported: &[Expr] = match &rule.telling {
        Telling::Reports(steps) => steps,
        Telling::Own(_) | Telling::Obligation { .. } => &[],
    };
    for step in reported {
        let ExprKind::Step(step, _) = &step.kind else { continue };
        let step = &model.steps[*step];
        out.push_str(&format!("\nreports the step `{}` ({})\n", step.name, shown_place(sources, step.place)));
        out.push_str(&indented(&step.doc));
    }
    match rule.telling {
        Telling::Reports(_) => {}
        Telling::Own(_) => out.push_str("\nis a step of an attack of its own\n"),
        Telling::Obligation { .. } => {
            out.push_str("\nis a duty: it is scored by itself, without an attack\n")
        }
    }
    out.push_str(&told(sources, &rule.say, &rule.fix));
    for (name, setting) in &rule.settings {
        out.push_str(&format!("{}: {}\n", model.names.text(*name), in_words(model, &setting.value)));
    }
    out
}

/// What a lint means.
pub fn lint_page(sources: &Sources, lint: &Lint) -> String {
    let mut out = head(sources, "lint", &lint.name, &lint.title, &lint.doc, lint.place);
    out.push_str(&told(sources, &lint.say, &lint.fix));
    out
}

fn head(sources: &Sources, what: &str, name: &str, title: &str, doc: &str, place: Place) -> String {
    let mut out = format!("{what} {name}: {title}\n{}\n", shown_place(sources, place));
    if !doc.trim().is_empty() {
        out.push_str(&format!("\n{}\n", doc.trim()));
    }
    out
}

fn told(sources: &Sources, say: &Template, fix: &Template) -> String {
    let mut out = format!("\nsays: {}\n", outline(sources, say));
    if !fix.parts.is_empty() {
        out.push_str(&format!("cure: {}\n", outline(sources, fix)));
    }
    out
}

/// A text with its holes as they are written.
fn outline(sources: &Sources, template: &Template) -> String {
    let pieces = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => text.to_string(),
        TemplatePart::Hole(expr) => expr.place.span.slice(&sources.get(expr.place.file).text).to_owned(),
    });
    pieces.collect()
}

fn indented(text: &str) -> String {
    text.trim().lines().map(|line| format!("  {line}\n")).collect()
}

fn shown_place(sources: &Sources, place: Place) -> String {
    let source = sources.get(place.file);
    format!("{}:{}", source.path, source.line_column(place.span.lo).line)
}
