//! Which type fits which place, what types are called in messages, and values that must be constants.

use std::sync::Arc;

use super::Frame;
use crate::base::{Name, Place};
use crate::model::collect::Item;
use crate::model::kinds::PARTIES;
use crate::model::lower::{Lower, at};
use crate::model::{
    Expr, ExprKind, Keyword, KindId, ThingClass, ThingId, ThingType, Type, Value, errors, is_declared_as,
};
use crate::syntax::ast::ExprId;

impl Lower {
    /// Whether something of type `found` may stand where `expected` is asked for.
    pub(in crate::model) fn fits(&self, found: &Type, expected: &Type) -> bool {
        match (found, expected) {
            (Type::Error, _) | (_, Type::Error) => true,
            (Type::Thing(found), Type::Thing(expected)) => self.overlap(found, expected),
            (Type::List(found), Type::List(expected)) => self.fits(found, expected),
            (Type::Enum(of), Type::Percent | Type::Decimal) => {
                self.model.enums[*of].values.iter().any(|value| value.percent.is_some())
            }
            (Type::Percent, Type::Enum(_)) => self.fits(expected, found),
            (Type::Int | Type::Percent | Type::Decimal, Type::Decimal) => true,
            (Type::Decimal | Type::Int, Type::Percent) => true,
            (Type::Decimal, Type::Int) => true,
            (Type::Int, Type::Ports) => true,
            (Type::Text, Type::Ref) => true,
            _ => found == expected,
        }
    }

    /// Whether some thing can be of both.
    fn overlap(&self, a: &ThingType, b: &ThingType) -> bool {
        a.alternatives.iter().any(|a| b.alternatives.iter().any(|b| self.classes_overlap(*a, *b)))
    }

    fn classes_overlap(&self, a: ThingClass, b: ThingClass) -> bool {
        match (a, b) {
            (ThingClass::Keyword(a), ThingClass::Keyword(b)) => is_declared_as(a, b) || is_declared_as(b, a),
            (ThingClass::Kind(a), ThingClass::Kind(b)) => {
                self.model.kinds[a].is_a(b) || self.model.kinds[b].is_a(a)
            }
            (ThingClass::Keyword(keyword), ThingClass::Kind(kind))
            | (ThingClass::Kind(kind), ThingClass::Keyword(keyword)) => {
                let root = self.model.kinds[kind].root;
                is_declared_as(keyword, root) || is_declared_as(root, keyword)
            }
        }
    }

    /// A type as a message calls it.
    pub(in crate::model) fn describe(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "`true` or `false`".to_owned(),
            Type::Int => "a whole number".to_owned(),
            Type::Decimal => "a number".to_owned(),
            Type::Percent => "a percentage such as `70%`".to_owned(),
            Type::Text => "a text in quotes".to_owned(),
            Type::Ref => "a reference such as `\"CWE-294\"`".to_owned(),
            Type::Date => "a date such as `2026-11-23`".to_owned(),
            Type::Duration => "a duration such as `30d`".to_owned(),
            Type::Money => "an amount of money such as `EUR 5_000`".to_owned(),
            Type::Size => "a size such as `5GiB`".to_owned(),
            Type::Network => "a network such as `10.0.0.0/16`".to_owned(),
            Type::Ports => "ports such as `8000..9000`".to_owned(),
            Type::Protocol => "a protocol".to_owned(),
            Type::Step => "a step".to_owned(),
            Type::Attribute => "an attribute such as `flow.encryption`".to_owned(),
            Type::State => "a state".to_owned(),
            Type::Risk => "a loss or a rule".to_owned(),
            Type::Error => "something".to_owned(),
            Type::List(member) => format!("a list of {}", self.plural(member)),
            Type::Enum(of) => {
                let of = &self.model.enums[*of];
                let names: Vec<String> = of
                    .values
                    .iter()
                    .take(5)
                    .map(|value| format!("`{}`", self.model.names.text(value.name)))
                    .collect();
                let rest = if of.values.len() > 5 { ", …" } else { "" };
                format!("a value of `{}` ({}{rest})", of.name, names.join(", "))
            }
            Type::Thing(things) => self.describe_things(things),
        }
    }

    fn describe_things(&self, things: &ThingType) -> String {
        let all = PARTIES.map(ThingClass::Keyword);
        if things.alternatives.len() > 6 {
            return "a thing".to_owned();
        }
        if all.iter().all(|class| things.alternatives.contains(class)) && things.alternatives.len() == 3 {
            return "a component, integration or actor".to_owned();
        }
        let names: Vec<String> = things
            .alternatives
            .iter()
            .map(|class| match class {
                ThingClass::Keyword(keyword) => errors::article(keyword.word()),
                ThingClass::Kind(kind) => errors::article(&format!("`{}`", self.model.kinds[*kind].name)),
            })
            .collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "a thing".to_owned(),
        }
    }

    fn plural(&self, ty: &Type) -> String {
        match ty {
            Type::Thing(things) => match things.alternatives.as_slice() {
                [ThingClass::Keyword(Keyword::Data)] => "data".to_owned(),
                [ThingClass::Keyword(keyword)] => format!("{}s", keyword.word()),
                [ThingClass::Kind(kind)] => format!("`{}`", self.model.kinds[*kind].name),
                _ => "things".to_owned(),
            },
            Type::Enum(of) => format!("`{}`", self.model.enums[*of].name),
            Type::Text => "texts".to_owned(),
            other => self.describe(other),
        }
    }

    /// The type of an attribute of things; reported and `None` when one of them lacks it.
    pub(super) fn attribute_type(
        &mut self,
        things: &ThingType,
        name: Name,
        spelling: &str,
        at: Place,
    ) -> Option<Type> {
        let mut found: Option<Type> = None;
        for class in &things.alternatives {
            let kind = match class {
                ThingClass::Keyword(keyword) => {
                    self.root_kind(if *keyword == Keyword::Deployment { Keyword::Zone } else { *keyword })
                }
                ThingClass::Kind(kind) => *kind,
            };
            let keyword = match class {
                ThingClass::Keyword(keyword) => *keyword,
                ThingClass::Kind(kind) => self.model.kinds[*kind].root,
            };
            let declared = self.model.kinds[kind].attributes.get(&name).map(|attribute| attribute.ty.clone());
            match declared.or_else(|| self.structural(keyword, name)) {
                None if things.alternatives.len() == 1 => {
                    self.unknown_attribute(spelling, &[kind], at);
                    return None;
                }
                None => {
                    let lacking = self.model.kinds[kind].name.clone();
                    self.problems.push(errors::attribute_of_some(spelling, &lacking, at));
                    return None;
                }
                Some(ty) => found = Some(found.map_or(ty.clone(), |known| merged(known, ty))),
            }
        }
        found
    }

    /// The type of an attribute that the language itself gives to things of a keyword.
    pub(in crate::model) fn structural(&mut self, keyword: Keyword, name: Name) -> Option<Type> {
        let words = self.model.words.clone();
        let thing = |keywords: &[Keyword]| {
            Type::Thing(ThingType {
                alternatives: keywords.iter().map(|keyword| ThingClass::Keyword(*keyword)).collect(),
            })
        };
        let list = |ty: Type| Type::List(Box::new(ty));
        let any_thing = || {
            let all = Keyword::ALL.iter().filter(|keyword| crate::model::kinds::is_thing(**keyword));
            Type::Thing(ThingType {
                alternatives: all.map(|keyword| ThingClass::Keyword(*keyword)).collect(),
            })
        };
        let is = |word: Name| name == word;
        if is(words.name) || is(words.path) || is(words.title) {
            return Some(Type::Text);
        }
        match keyword {
            Keyword::Flow if is(words.from) || is(words.to) => Some(thing(&PARTIES)),
            Keyword::Flow | Keyword::Allow if is(words.protocol) => Some(Type::Protocol),
            Keyword::Flow if is(words.carries) || is(words.returns) || is(words.moves) => {
                Some(list(thing(&[Keyword::Data])))
            }
            Keyword::Allow if is(words.from) || is(words.to) => {
                Some(thing(&[Keyword::Component, Keyword::Integration, Keyword::Zone]))
            }
            Keyword::Allow if is(words.ports) => Some(list(Type::Ports)),
            Keyword::Grant if is(words.who) => Some(thing(&[Keyword::Identity])),
            Keyword::Grant if is(words.what) => Some(any_thing()),
            Keyword::Grant if is(words.actions) => {
                let action = self.model.index.enums.get(&words.Action)?;
                Some(list(Type::Enum(*action)))
            }
            Keyword::Run if is(words.component) => Some(thing(&[Keyword::Component])),
            Keyword::Run if is(words.zone) || is(words.host) => Some(thing(&[Keyword::Zone])),
            Keyword::Zone | Keyword::Deployment if is(words.parent) => Some(thing(&[Keyword::Zone])),
            Keyword::Component if is(words.parent) => Some(thing(&[Keyword::Component])),
            Keyword::Finding if is(words.on) => Some(any_thing()),
            Keyword::Control if is(words.effective) => Some(Type::Percent),
            Keyword::View if is(words.include) => Some(list(any_thing())),
            _ => None,
        }
    }

    /// The value of an expression that must be a constant of a type. Reported and `None` when it is not.
    pub(in crate::model) fn constant(
        &mut self,
        id: ExprId,
        ty: &Type,
        item: Item<'_>,
        scope: Option<ThingId>,
    ) -> Option<Value> {
        let mut frame = Frame::new(item, scope);
        let node = &item.tree.exprs[id];
        let place = at(item, node.span);
        let expr = self.expr(&mut frame, id, Some(ty));
        if let (Type::List(member), false) = (ty, matches!(expr.ty, Type::List(_) | Type::Error))
            && self.fits(&expr.ty, member)
        {
            self.problems.push(errors::list_expected(node.span.slice(&item.tree.text), place));
            return None;
        }
        if !self.fits(&expr.ty, ty) {
            let (expected, found) = (self.describe(ty), self.found(&expr));
            self.problems.push(errors::wrong_type(&expected, &found, place));
            return None;
        }
        self.references_exist(&expr, ty);
        let value = self.value_of(&expr)?;
        match (&value, ty) {
            (Value::Int(port), Type::Ports) => self.port(*port, place),
            _ => self.share(coerced(value, ty), ty, place),
        }
    }

    /// A whole number as the one port that it is.
    pub(in crate::model) fn port(&mut self, port: i64, place: Place) -> Option<Value> {
        let Ok(port) = u16::try_from(port) else {
            self.problems.push(errors::port_out_of_range(port, place));
            return None;
        };
        Some(Value::Ports(port, port))
    }

    /// What an expression is, by its name where it has one.
    fn found(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Value(Value::Thing(thing)) => {
                let thing = &self.model.things[*thing];
                format!("the {} `{}`", thing.keyword.word(), thing.path)
            }
            _ => self.describe_found(&expr.ty),
        }
    }

    /// A type as a message calls something that is there: without examples of how to write it.
    pub(in crate::model) fn describe_found(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "a condition".to_owned(),
            Type::Enum(of) => format!("a value of `{}`", self.model.enums[*of].name),
            Type::Error => "something else".to_owned(),
            other => {
                let described = self.describe(other);
                described.split(" such as ").next().unwrap_or_default().to_owned()
            }
        }
    }

    /// The value that an expression is without any computing.
    pub(in crate::model) fn value_of(&mut self, expr: &Expr) -> Option<Value> {
        match &expr.kind {
            ExprKind::Value(value) => Some(value.clone()),
            ExprKind::Deployment | ExprKind::Product | ExprKind::All(_) => {
                self.problems.push(errors::not_constant(expr.place));
                None
            }
            ExprKind::List(items) => {
                let values: Option<Vec<Value>> = items.iter().map(|item| self.value_of(item)).collect();
                Some(Value::List(Arc::from(values?)))
            }
            ExprKind::Negate(inner) => match self.value_of(inner)? {
                Value::Int(value) => value.checked_neg().map(Value::Int),
                Value::Decimal(value) => Some(Value::Decimal(-value)),
                Value::Percent(value) => Some(Value::Percent(-value)),
                Value::Duration(value) => value.checked_neg().map(Value::Duration),
                other => Some(other),
            },
            ExprKind::Error => None,
            _ => {
                self.problems.push(errors::not_constant(expr.place));
                None
            }
        }
    }

    /// Whether `kind` may be the kind of a thing of `keyword`.
    pub(in crate::model) fn may_be(&self, keyword: Keyword, kind: KindId) -> bool {
        is_declared_as(keyword, self.model.kinds[kind].root) || self.model.kinds[kind].root == keyword
    }
}

/// A whole number where a decimal is asked for is one.
fn coerced(value: Value, ty: &Type) -> Value {
    match (value, ty) {
        (Value::Int(value), Type::Decimal) => Value::Decimal(value as f64),
        (Value::List(values), Type::List(member)) => {
            Value::List(values.iter().map(|value| coerced(value.clone(), member)).collect())
        }
        (value, _) => value,
    }
}

/// The type of an attribute that several kinds declare.
fn merged(a: Type, b: Type) -> Type {
    match (a, b) {
        (Type::Thing(mut a), Type::Thing(b)) => {
            a.alternatives.extend(b.alternatives);
            a.alternatives.sort();
            a.alternatives.dedup();
            Type::Thing(a)
        }
        (a, b) if a == b => a,
        (Type::List(a), Type::List(b)) => Type::List(Box::new(merged(*a, *b))),
        _ => Type::Error,
    }
}
