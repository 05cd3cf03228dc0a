//! What an emitter may look at: one analysis, borrowed.
//!
//! In: the parts of an analysis. Out: [`Material`] and what several emitters ask of it. Never: a format.

use crate::assess::{Assessment, AttackStep, Weakness};
use crate::base::{Diagnostic, FileId, LineColumn, Name, Place, Sources};
use crate::model::{EnumPosition, Model, RuleId, Value};

/// One analysis of a package that compiles.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The texts: the standard library first, then packages that this one depends on, then its own files by path.
    pub sources: &'a Sources,
    /// What the files say.
    pub model: &'a Model,
    /// The risks.
    pub assessment: &'a Assessment,
    /// What is wrong, sorted by place.
    pub problems: &'a [Diagnostic],
    /// The first file that belongs to the package: those before are of what it stands on.
    pub first_own: usize,
}

impl<'a> Material<'a> {
    /// Whether a file belongs to the package.
    pub fn is_own(&self, file: FileId) -> bool {
        file.position() >= self.first_own
    }

    /// The product's title; empty where the package declares none.
    pub fn product_title(&self) -> &'a str {
        self.model.product.map_or("", |product| self.model.things[product].label())
    }

    /// The product's name; `product` where the package declares none.
    pub fn product_name(&self) -> &'a str {
        self.model.product.map_or("product", |product| &self.model.things[product].path)
    }

    /// Where a place begins and ends, for people.
    pub fn lines(&self, place: Place) -> (LineColumn, LineColumn) {
        let source = self.sources.get(place.file);
        (source.line_column(place.span.lo), source.line_column(place.span.hi))
    }

    /// `flows.prod:12`.
    pub fn shown_place(&self, place: Place) -> String {
        let (start, _) = self.lines(place);
        format!("{}:{}", self.sources.get(place.file).path, start.line)
    }

    /// Where a step happens in the package: its own place, or that of the first of its things that the package declares.
    pub fn own_place(&self, step: &AttackStep) -> Option<Place> {
        let things = step.thing.iter().chain(&step.things).map(|thing| self.model.things[*thing].place);
        std::iter::once(step.place).chain(things).find(|place| self.is_own(place.file))
    }

    /// What a rule refers to in taxonomies, in the author's order.
    pub fn references(&self, rule: RuleId) -> Vec<&'a str> {
        let texts = self.items(rule, self.model.words.refs).into_iter().filter_map(|value| match value {
            Value::Text(text) => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    /// What kinds of threat a rule is about, in the author's order.
    pub fn threats(&self, rule: RuleId) -> Vec<&'a str> {
        let enums = |value: &Value| match value {
            Value::Enum(of, at) => Some((*of, *at)),
            _ => None,
        };
        let positions: Vec<EnumPosition> =
            self.items(rule, self.model.words.threat).into_iter().filter_map(enums).collect();
        positions.into_iter().map(|position| self.model.enum_value(position)).collect()
    }

    fn items(&self, rule: RuleId, name: Name) -> Vec<&'a Value> {
        let found = self.model.rules[rule].settings.iter().find(|(set, _)| *set == name);
        match found.map(|(_, setting)| &setting.value) {
            Some(Value::List(items)) => items.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        }
    }

    /// What would settle a question: `api.authn`.
    pub fn hangs_on(&self, weakness: &Weakness) -> Vec<String> {
        weakness.hangs_on.iter().map(|attribute| self.model.attribute_path(*attribute)).collect()
    }
}
