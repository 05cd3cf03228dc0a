//! Words and dots: variables, values of enums, constants, things, kinds, attributes.

use super::{Frame, error};
use crate::base::{Name, Place, Span};
use crate::model::kinds::PARTIES;
use crate::model::lower::{Lower, composed};
use crate::model::naming::{OWN_SPACES, own_spelling};
use crate::model::{EnumId, Expr, ExprKind, Keyword, ThingClass, ThingId, ThingType, Type, Value, errors};
use crate::model::{Template, TemplatePart};
use crate::syntax::ast::{self, ExprId};
use crate::syntax::text::{self, Part};

/// Names joined by dots, with their places.
pub(in crate::model) type Names = Vec<(String, Span)>;

impl Lower {
    pub(super) fn path(&mut self, frame: &mut Frame<'_>, id: ExprId, expected: Option<&Type>) -> Expr {
        let node = &frame.item.tree.exprs[id];
        let place = frame.place(node.span);
        match names_of(frame.item.tree, id) {
            Some(names) => self.names(frame, &names, place, expected),
            // A dot behind something that is no path: `granted(i).trust`.
            None => match &node.kind {
                ast::ExprKind::Member { base, name } => {
                    let base = self.expr(frame, *base, None);
                    let text = frame.item.tree.text(*name).to_owned();
                    self.attribute_of(base, &text, frame.place(name.span))
                }
                _ => error(place),
            },
        }
    }

    /// What names joined by dots mean here.
    pub(in crate::model) fn names(
        &mut self,
        frame: &mut Frame<'_>,
        names: &Names,
        place: Place,
        expected: Option<&Type>,
    ) -> Expr {
        let Some(((first, span), rest)) = names.split_first() else { return error(place) };
        let first_place = frame.place(*span);
        let name = self.intern_text(first);
        if let Some((_, slot, ty)) = frame.variables.iter().rev().find(|(other, ..)| *other == name).cloned()
        {
            let variable = Expr { kind: ExprKind::Variable(slot), ty, place: first_place };
            return self.attributes_of(frame, variable, rest);
        }
        // A constant of another package is a word of two names.
        let of_package = rest.first().filter(|_| self.model.packages.place_of_use(first).is_some());
        let word = of_package.map(|(name, _)| format!("{first}.{name}"));
        let name = word.as_ref().map_or(name, |word| self.intern_text(word));
        if rest.len() == usize::from(word.is_some())
            && let Some(found) = self.word(frame, first, name, place, expected)
        {
            return found;
        }
        if let Some((base, used)) = self.thing_path(frame, names) {
            let span = names.iter().take(used).fold(*span, |all, (_, span)| all.to(*span));
            let thing = self.thing_value(base, frame.place(span));
            return self.attributes_of(frame, thing, names.get(used..).unwrap_or(&[]));
        }
        if let Some(found) = self.special(first, first_place) {
            return self.attributes_of(frame, found, rest);
        }
        if let Some(found) = self.class_path(names, place, expected) {
            return found;
        }
        self.unknown_word(frame, names, first_place, place, expected)
    }

    /// A bare word with a meaning of its own: a value of the enum asked for, then a constant, a rule where a risk is asked for.
    fn word(
        &mut self,
        _frame: &Frame<'_>,
        spelling: &str,
        name: Name,
        place: Place,
        expected: Option<&Type>,
    ) -> Option<Expr> {
        let value = |of: EnumId, at: u32| Expr {
            kind: ExprKind::Value(Value::Enum(of, at)),
            ty: Type::Enum(of),
            place,
        };
        let expected = match expected {
            Some(Type::List(member)) => Some(&**member),
            other => other,
        };
        if let Some(Type::Enum(of)) = expected
            && let Some(at) = self.model.enums[*of].position(name)
        {
            return Some(value(*of, at));
        }
        if expected == Some(&Type::Step)
            && let Some(step) = self.model.index.steps.get(&name)
        {
            return Some(Expr { kind: ExprKind::Value(Value::Step(*step)), ty: Type::Step, place });
        }
        if expected == Some(&Type::Risk)
            && let Some(rule) = self.model.index.rules.get(&name)
        {
            return Some(Expr { kind: ExprKind::Rule(*rule), ty: Type::Risk, place });
        }
        if let Some(constant) = self.model.index.constants.get(&name) {
            return Some(Expr {
                kind: ExprKind::Value(constant.value.clone()),
                ty: constant.ty.clone(),
                place,
            });
        }
        if expected == Some(&Type::Percent) {
            let (of, at) = self.only_weight(name, spelling, place)?;
            return Some(value(of, at));
        }
        None
    }

    /// The one enum with percentages that has the value.
    fn only_weight(&mut self, name: Name, spelling: &str, place: Place) -> Option<(EnumId, u32)> {
        let having: Vec<(EnumId, u32)> = self
            .visible_enums()
            .into_iter()
            .filter_map(|id| Some((id, self.model.enums[id].position(name)?)))
            .filter(|found| self.model.percent(*found).is_some())
            .collect();
        if having.len() > 1 {
            let names: Vec<&str> = having.iter().map(|(of, _)| &*self.model.enums[*of].name).collect();
            self.problems.push(errors::ambiguous_value(spelling, &names, place));
        }
        having.first().copied()
    }

    /// The enums that can be named here, in order of declaration: those of packages that nobody uses say nothing.
    pub(super) fn visible_enums(&self) -> Vec<EnumId> {
        let mut visible: Vec<EnumId> = self.model.index.enums.values().copied().collect();
        visible.sort_unstable();
        visible
    }

    /// `deployment`, `product`, `today`.
    fn special(&mut self, word: &str, place: Place) -> Option<Expr> {
        let (kind, ty) = match word {
            "deployment" => (ExprKind::Deployment, Type::Thing(ThingType::keyword(Keyword::Deployment))),
            "product" => (ExprKind::Product, Type::Thing(ThingType::keyword(Keyword::Product))),
            "today" => (ExprKind::Today, Type::Date),
            _ => return None,
        };
        Some(Expr { kind, ty, place })
    }

    /// A keyword or kind: the list of its things, a kind or protocol where one is asked for, an attribute in `realises`.
    fn class_path(&mut self, names: &Names, place: Place, expected: Option<&Type>) -> Option<Expr> {
        let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        if expected == Some(&Type::Attribute)
            && let [keyword, attribute] = words.as_slice()
            && let Some(keyword) = Keyword::find(keyword)
        {
            let name = self.intern_text(attribute);
            return Some(Expr {
                kind: ExprKind::Value(Value::Attribute(keyword, name)),
                ty: Type::Attribute,
                place,
            });
        }
        let spelling = words.join(".");
        let name = self.intern_text(&spelling);
        let kind = self.model.index.kinds.get(&name).copied();
        if let Some(kind) = kind
            && self.model.kinds[kind].root == Keyword::Protocol
        {
            return Some(Expr { kind: ExprKind::Value(Value::Kind(kind)), ty: Type::Protocol, place });
        }
        let class = match Keyword::find(&spelling).filter(|keyword| super::super::kinds::is_thing(*keyword)) {
            Some(keyword) => ThingClass::Keyword(keyword),
            None if spelling == "party" || spelling == "thing" => {
                let alternatives = PARTIES.map(ThingClass::Keyword).to_vec();
                return Some(all_things(ThingType { alternatives }, place));
            }
            None => ThingClass::Kind(kind?),
        };
        Some(all_things(ThingType::one(class), place))
    }

    fn thing_value(&self, thing: ThingId, place: Place) -> Expr {
        let found = &self.model.things[thing];
        let class = ThingClass::Kind(found.kind);
        // A deployment may be of a zone's kind, so its keyword says more than its kind.
        let class = if found.keyword == Keyword::Deployment {
            ThingClass::Keyword(Keyword::Deployment)
        } else {
            class
        };
        Expr { kind: ExprKind::Value(Value::Thing(thing)), ty: Type::Thing(ThingType::one(class)), place }
    }

    /// The thing that the longest beginning of a path names, and how many names that takes.
    fn thing_path(&self, frame: &Frame<'_>, names: &Names) -> Option<(ThingId, usize)> {
        let second = names.get(1).map(|(name, _)| name.as_str());
        let (mut thing, mut used) = self.first_thing(frame.scope, &names.first()?.0, second)?;
        while let Some(next) = names.get(used).and_then(|(name, _)| self.thing_inside(Some(thing), name)) {
            thing = next;
            used += 1;
        }
        Some((thing, used))
    }

    /// The thing called so in a scope or around it; one of an own space only where nothing else is called so.
    pub(in crate::model) fn thing_outward(&self, scope: Option<ThingId>, name: &str) -> Option<ThingId> {
        self.spellings(name).find_map(|spelling| {
            let mut scope = scope;
            loop {
                if let Some(thing) = self.thing_spelt(scope, spelling) {
                    return Some(thing);
                }
                scope = self.model.things[scope?].parent;
            }
        })
    }

    /// The thing called so directly in a scope; a deployment shows what it inherits.
    pub(in crate::model) fn thing_inside(&self, scope: Option<ThingId>, name: &str) -> Option<ThingId> {
        self.spellings(name).find_map(|spelling| self.thing_spelt(scope, spelling))
    }

    /// How a name may stand in the index.
    fn spellings(&self, name: &str) -> impl Iterator<Item = Name> {
        let name = composed(name).into_owned();
        let plain = self.model.names.find(&name);
        let own = OWN_SPACES.iter().map(move |keyword| own_spelling(*keyword, &name));
        plain.into_iter().chain(own.filter_map(|spelling| self.model.names.find(&spelling)))
    }

    fn thing_spelt(&self, scope: Option<ThingId>, name: Name) -> Option<ThingId> {
        let mut scope = scope;
        for _ in 0..=self.model.deployments.len() {
            if let Some(thing) = self.model.index.things.get(&(scope, name)) {
                return Some(*thing);
            }
            let deployment =
                self.model.deployments.iter().find(|deployment| Some(deployment.thing) == scope)?;
            scope = Some(deployment.like?);
        }
        None
    }

    /// `base.a.b`
    fn attributes_of(&mut self, frame: &Frame<'_>, base: Expr, names: &[(String, Span)]) -> Expr {
        names.iter().fold(base, |base, (name, span)| self.attribute_of(base, name, frame.place(*span)))
    }

    fn attribute_of(&mut self, base: Expr, spelling: &str, at: Place) -> Expr {
        let place = Place { file: at.file, span: base.place.span.to(at.span) };
        let name = self.intern_text(spelling);
        let (things, is_list) = match &base.ty {
            Type::Thing(things) => (things.clone(), false),
            Type::List(member) => match &**member {
                Type::Thing(things) => (things.clone(), true),
                other => {
                    let what = self.describe_found(other);
                    return self.without_members(other.clone(), &what, at);
                }
            },
            other => {
                let what = self.describe_found(other);
                return self.without_members(other.clone(), &what, at);
            }
        };
        let Some(ty) = self.attribute_type(&things, name, spelling, at) else { return error(place) };
        let ty = if is_list && !matches!(ty, Type::List(_)) { Type::List(Box::new(ty)) } else { ty };
        Expr { kind: ExprKind::Attribute { of: Box::new(base), name }, ty, place }
    }

    fn without_members(&mut self, ty: Type, what: &str, at: Place) -> Expr {
        if ty != Type::Error {
            self.problems.push(errors::no_members(what, at));
        }
        error(at)
    }

    /// A text whose holes are paths.
    pub(in crate::model) fn template(&mut self, frame: &mut Frame<'_>, id: ExprId) -> Template {
        let node = &frame.item.tree.exprs[id];
        if !matches!(node.kind, ast::ExprKind::Literal(ast::Literal::Text)) {
            if node.kind != ast::ExprKind::Missing {
                let found = self.expr(frame, id, None);
                let what = self.describe_found(&found.ty);
                self.problems.push(errors::wrong_type("a text in quotes", &what, found.place));
            }
            return Template::default();
        }
        let mut out = Template::default();
        for part in text::parts(node.span.slice(&frame.item.tree.text)) {
            out.parts.push(match part {
                Part::Text(words) => TemplatePart::Text(words.into()),
                Part::Hole(names, span) => {
                    let span = Span::new(node.span.lo + span.lo, node.span.lo + span.hi);
                    let names: Names = names.into_iter().map(|name| (name, span)).collect();
                    TemplatePart::Hole(self.names(frame, &names, frame.place(span), None))
                }
            });
        }
        out
    }
}

fn all_things(things: ThingType, place: Place) -> Expr {
    Expr { kind: ExprKind::All(things.clone()), ty: Type::List(Box::new(Type::Thing(things))), place }
}

/// The names of an expression that is nothing but names and dots.
fn names_of(tree: &ast::File, id: ExprId) -> Option<Names> {
    let mut names = Vec::new();
    let mut next = id;
    loop {
        match &tree.exprs[next].kind {
            ast::ExprKind::Name(name) => {
                names.push((tree.text(*name).to_owned(), name.span));
                names.reverse();
                return Some(names);
            }
            ast::ExprKind::Member { base, name } => {
                names.push((tree.text(*name).to_owned(), name.span));
                next = *base;
            }
            _ => return None,
        }
    }
}
