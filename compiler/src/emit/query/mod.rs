//! Answers to a query: a table for people, JSON for programs.
//!
//! In: what was asked, and the answers. Out: text. Never: a chain without the place of each of its facts.

mod shapes;

use self::shapes as out;
use super::json::{placed, pretty};
use super::summary::Paint;
use crate::assess::{Answer, Row};
use crate::base::{Place, Sources};
use crate::graph::eval::in_words;
use crate::graph::proof::Hop;
use crate::model::{Model, Value};

/// The number of the JSON format.
pub const FORMAT: u32 = 1;

/// A query that was answered.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// What the files say.
    pub model: &'a Model,
    /// What was asked.
    pub text: &'a str,
    /// The answers, deployment by deployment.
    pub answers: &'a [Answer],
}

impl Answered<'_> {
    /// A table for each deployment; its name stands above where there are several.
    pub fn table(&self, paint: Paint) -> String {
        let mut out = String::new();
        for answer in self.answers {
            let indent = if self.answers.len() > 1 {
                out.push_str(&paint.strong(&answer.deployment));
                out.push('\n');
                "  "
            } else {
                ""
            };
            self.rows(answer, indent, paint, &mut out);
        }
        out
    }

    fn rows(&self, answer: &Answer, indent: &str, paint: Paint, out: &mut String) {
        let cells: Vec<[String; 3]> = answer.rows.iter().map(|row| self.cells(row)).collect();
        let width = |column: usize| {
            let widths = cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            widths.max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        for (row, cells) in answer.rows.iter().zip(&cells) {
            let mut line = indent.to_owned();
            for (cell, width) in cells.iter().zip(widths).filter(|(_, width)| *width > 0) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.chars().count() + 2));
            }
            line.push_str(&self.standing(answer, row));
            out.push_str(line.trim_end());
            out.push('\n');
            self.chains(&row.proof, indent, paint, out);
        }
        if answer.is_list && answer.rows.is_empty() && !answer.may_have_more {
            out.push_str(&format!("{indent}none\n"));
        }
        if answer.may_have_more {
            out.push_str(&format!("{indent}… and what nobody has said\n"));
        }
        self.chains(&answer.proof, indent, paint, out);
    }

    /// A value; of a thing, its path, its kind and where it stands.
    fn cells(&self, row: &Row) -> [String; 3] {
        let Value::Thing(thing) = row.value else {
            // What is true or false only with the defaults is neither.
            let is_open = matches!(row.value, Value::Bool(_)) && !row.is_established;
            let shown = if is_open { Value::Unknown } else { row.value.clone() };
            return [in_words(self.model, &shown), String::new(), String::new()];
        };
        let thing = &self.model.things[thing];
        let kind = self.model.kinds[thing.kind].name.to_string();
        [thing.path.to_string(), kind, self.shown_place(thing.place)]
    }

    /// What nobody has said, where a row hangs on that; and what the defaults say where they stand in.
    fn standing(&self, answer: &Answer, row: &Row) -> String {
        if row.is_established {
            return String::new();
        }
        let missing = self.attributes(row);
        let missing = if missing.is_empty() {
            "nobody has said".to_owned()
        } else {
            format!("nobody has said what {} is", missing.join(", "))
        };
        match (&row.value, answer.is_list) {
            (Value::Bool(value), false) => format!("({missing}; with the defaults it is {value})"),
            (Value::Unknown, _) => format!("({missing})"),
            (_, true) => format!("unknown ({missing})"),
            (_, false) => format!("(assumed: {missing})"),
        }
    }

    fn attributes(&self, row: &Row) -> Vec<String> {
        row.hangs_on.iter().map(|attribute| self.model.attribute_path(*attribute)).collect()
    }

    /// Hop by hop, each with its place.
    fn chains(&self, chains: &[Vec<Hop>], indent: &str, paint: Paint, out: &mut String) {
        for chain in chains {
            for (at, hop) in chain.iter().enumerate() {
                let text = format!("{} ({})", hop.in_words(self.model), self.shown_place(hop.place));
                let first = format!("{indent}  {:>2} ", at + 1);
                out.push_str(&paint.wrapped(&text, &first, &format!("{indent}     ")));
            }
        }
    }

    /// The same for programs.
    pub fn json(&self) -> String {
        pretty(&out::Answers {
            format: FORMAT,
            version: super::VERSION,
            query: self.text.to_owned(),
            deployments: self.answers.iter().map(|answer| self.answer(answer)).collect(),
        })
    }

    fn answer(&self, answer: &Answer) -> out::Answer {
        out::Answer {
            deployment: answer.deployment.to_string(),
            list: answer.is_list,
            complete: !answer.may_have_more,
            rows: answer.rows.iter().map(|row| self.row(row)).collect(),
            proof: self.proof(&answer.proof),
        }
    }

    fn row(&self, row: &Row) -> out::Row {
        let thing = match row.value {
            Value::Thing(thing) => Some(&self.model.things[thing]),
            _ => None,
        };
        out::Row {
            value: self.value(&row.value),
            kind: thing.map(|thing| self.model.kinds[thing.kind].name.to_string()),
            title: thing.and_then(|thing| thing.title.as_ref()).map(|title| title.to_string()),
            place: thing.map(|thing| placed(self.sources, thing.place)),
            established: row.is_established,
            hangs_on: self.attributes(row),
            proof: self.proof(&row.proof),
        }
    }

    fn value(&self, value: &Value) -> out::Scalar {
        match value {
            Value::Unknown => out::Scalar::Unknown,
            Value::Bool(value) => out::Scalar::Bool(*value),
            Value::Int(value) => out::Scalar::Int(*value),
            Value::Decimal(value) | Value::Percent(value) => out::Scalar::Number(*value),
            other => out::Scalar::Text(in_words(self.model, other)),
        }
    }

    fn proof(&self, chains: &[Vec<Hop>]) -> Vec<Vec<out::Link>> {
        let link = |hop: &Hop| out::Link {
            from: self.model.path(hop.from).to_string(),
            how: hop.verb(self.model),
            to: self.model.path(hop.to).to_string(),
            by: hop.by().map(|by| self.model.path(by).to_string()),
            place: placed(self.sources, hop.place),
        };
        chains.iter().map(|chain| chain.iter().map(link).collect()).collect()
    }

    fn shown_place(&self, place: Place) -> String {
        let source = self.sources.get(place.file);
        format!("{}:{}", source.path, source.line_column(place.span.lo).line)
    }
}
