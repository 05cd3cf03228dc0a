//! Values and texts as people read them.
//!
//! In: a value, or a text with holes. Out: words. Never: a number of the implementation; what nobody said is called unknown.

use super::{Scope, Val};
use crate::model::{Model, Template, TemplatePart, Value};
use crate::syntax::date_text;

impl Scope<'_> {
    /// A text with its holes filled in.
    pub fn render(&self, template: &Template) -> String {
        let mut out = String::new();
        for part in &template.parts {
            match part {
                TemplatePart::Text(text) => out.push_str(text),
                TemplatePart::Hole(expr) => out.push_str(&on_screen(&self.product.model, &self.eval(expr))),
            }
        }
        out
    }
}

/// What an expression is worth, in words.
pub fn on_screen(model: &Model, val: &Val) -> String {
    match val {
        Val::Unknown => "unknown".to_owned(),
        Val::One(value) => in_words(model, value),
        Val::AtLeast(value) => format!("at least {}", in_words(model, value)),
        Val::List { items, is_complete } => {
            let mut words: Vec<String> = items.iter().map(|item| in_words(model, item)).collect();
            if !is_complete {
                words.push("…".to_owned());
            }
            words.join(", ")
        }
    }
}

/// A value in words: things by their path, values of enums by their name.
pub fn in_words(model: &Model, value: &Value) -> String {
    match value {
        Value::Unknown => "unknown".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value) => value.to_string(),
        Value::Percent(value) => format!("{}%", (value * 10_000.0).round() / 100.0),
        Value::Text(text) => text.to_string(),
        Value::Date(day) => date_text(*day),
        Value::Duration(seconds) => duration(*seconds),
        Value::Money { currency, cents } => {
            let code = String::from_utf8_lossy(currency);
            match cents % 100 {
                0 => format!("{code} {}", cents / 100),
                part => format!("{code} {}.{:02}", cents / 100, part.abs()),
            }
        }
        Value::Size(bytes) => format!("{bytes}B"),
        Value::Network(network) => format!("{}/{}", network.address, network.prefix),
        Value::Ports(first, last) if first == last => first.to_string(),
        Value::Ports(first, last) => format!("{first}..{last}"),
        Value::Enum(of, at) => model.enum_value((*of, *at)).to_owned(),
        Value::Thing(thing) => model.things[*thing].path.to_string(),
        Value::Kind(kind) => model.kinds[*kind].name.to_string(),
        Value::Step(step) => model.steps[*step].name.to_string(),
        Value::Attribute(keyword, name) => format!("{}.{}", keyword.word(), model.names.text(*name)),
        Value::List(items) => {
            let words: Vec<String> = items.iter().map(|item| in_words(model, item)).collect();
            words.join(", ")
        }
    }
}

fn duration(seconds: i64) -> String {
    let units = [(365 * 86_400, "y"), (7 * 86_400, "w"), (86_400, "d"), (3_600, "h"), (60, "m")];
    let unit = units.into_iter().find(|(length, _)| seconds != 0 && seconds % length == 0);
    unit.map_or_else(|| format!("{seconds}s"), |(length, unit)| format!("{}{unit}", seconds / length))
}
