//! Kinds, types and states: who extends whom, which attributes there are, what the defaults are.
//!
//! In: collected declarations. Out: filled-in [`Kind`]s. Never: a cycle, a kind without a root.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::collect::{Collected, Item};
use super::derived::speaks_of_self;
use super::lower::{Lower, at};
use super::{Attribute, Keyword, Kind, KindId, ThingClass, ThingType, Type, errors};
use crate::base::{Id, Name, nearest};
use crate::syntax::ast::{self, Entry, Field, Header, TypeKind};
use crate::syntax::text;

impl Lower {
    /// Fills in every kind of the package: lineage first, then attributes in the order of inheritance.
    pub(super) fn kinds(&mut self, collected: &Collected<'_>) {
        self.root_kinds();
        let mut by_id: BTreeMap<KindId, Item<'_>> = BTreeMap::new();
        for (id, item) in &collected.kinds {
            by_id.insert(*id, *item);
            let parent = self.parent_of(*id, *item);
            self.kind_mut(*id).parent = parent;
        }
        self.break_cycles(&by_id);
        let mut order: Vec<(usize, KindId)> = Vec::new();
        for id in by_id.keys() {
            let lineage = self.lineage(*id);
            let root = lineage.first().and_then(|root| Keyword::find(&self.model.kinds[*root].name));
            let root = match root {
                // A deployment's own root kind extends that of zones, and still says where it may stand.
                Some(Keyword::Zone) if self.is_named(*id, Keyword::Deployment) => Keyword::Deployment,
                Some(root) => root,
                None => Keyword::Component,
            };
            order.push((lineage.len(), *id));
            let kind = self.kind_mut(*id);
            kind.lineage = lineage;
            kind.root = root;
        }
        order.sort();
        for (_, id) in order {
            if let Some(item) = by_id.get(&id) {
                self.attributes(id, *item);
            }
        }
    }

    pub(super) fn kind_mut(&mut self, id: KindId) -> &mut Kind {
        Arc::make_mut(&mut self.model.kinds[id])
    }

    fn is_named(&self, id: KindId, keyword: Keyword) -> bool {
        &*self.model.kinds[id].name == keyword.word()
    }

    /// Every keyword has a root kind, declared or not.
    fn root_kinds(&mut self) {
        for keyword in Keyword::ALL {
            let name = self.intern_text(keyword.word());
            if self.model.index.kinds.contains_key(&name) {
                continue;
            }
            let id = self.model.kinds.next_id();
            self.model.kinds.push(Arc::new(Kind {
                name: keyword.word().into(),
                doc: "".into(),
                place: None,
                root: *keyword,
                parent: None,
                lineage: vec![id],
                is_abstract: false,
                attributes: BTreeMap::new(),
                sets: Vec::new(),
                narrows: Vec::new(),
                parts: None,
            }));
            self.model.index.kinds.insert(name, id);
        }
    }

    /// The root kind of a keyword.
    pub(super) fn root_kind(&mut self, keyword: Keyword) -> KindId {
        let name = self.intern_text(keyword.word());
        self.model.index.kinds.get(&name).copied().unwrap_or(KindId::from_index(0))
    }

    fn parent_of(&mut self, id: KindId, item: Item<'_>) -> Option<KindId> {
        let name = self.model.kinds[id].name.clone();
        match &item.get().header {
            Header::Extends(path) => self.kind_named(path, item),
            _ if Keyword::find(&name).is_some() => None,
            _ => {
                self.problems.push(errors::kind_without_parent(&name, item.place()));
                let fallback = name.split('.').next().and_then(Keyword::find).unwrap_or(Keyword::Component);
                Some(self.root_kind(fallback))
            }
        }
    }

    fn break_cycles(&mut self, items: &BTreeMap<KindId, Item<'_>>) {
        for (id, item) in items {
            let mut seen = vec![*id];
            let mut next = self.model.kinds[*id].parent;
            while let Some(parent) = next {
                if parent == *id {
                    let names: Vec<Arc<str>> =
                        seen.iter().map(|kind| self.model.kinds[*kind].name.clone()).collect();
                    self.problems.push(errors::cycle("kind", "extends", &names, item.place()));
                    let root = self.root_kind(Keyword::Component);
                    self.kind_mut(*id).parent = Some(root);
                    break;
                }
                if seen.contains(&parent) {
                    break;
                }
                seen.push(parent);
                next = self.model.kinds[parent].parent;
            }
        }
    }

    fn lineage(&self, id: KindId) -> Vec<KindId> {
        let mut lineage = vec![id];
        let mut next = self.model.kinds[id].parent;
        while let Some(parent) = next {
            lineage.push(parent);
            next = self.model.kinds[parent].parent;
        }
        lineage.reverse();
        lineage
    }

    /// Own attributes on top of the inherited ones. Defaults come later: they may name constants and enums.
    fn attributes(&mut self, id: KindId, item: Item<'_>) {
        let parent = self.model.kinds[id].parent.map(|parent| self.model.kinds[parent].clone());
        let (mut attributes, mut narrows, sets) = match parent {
            Some(parent) => (parent.attributes.clone(), parent.narrows.clone(), parent.sets.clone()),
            None => (BTreeMap::new(), Vec::new(), Vec::new()),
        };
        let mut own: Vec<(Name, crate::base::Place)> = Vec::new();
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            match entry {
                Entry::Field(field) => {
                    let name = self.intern(item.tree, field.name);
                    let place = at(item, field.name.span);
                    if let Some((_, first)) = own.iter().find(|(other, _)| *other == name) {
                        let text = item.tree.text(field.name);
                        self.problems.push(errors::declared_twice("attribute", text, place, *first));
                        continue;
                    }
                    own.push((name, place));
                    let ty = self.type_named(&field.ty, item);
                    if self.is_narrowing(id, name) {
                        narrows.push((name, ty));
                    } else {
                        attributes.insert(name, self.attribute(field, ty, id, item));
                    }
                }
                // Parts are checked when everything that they may name is known.
                Entry::Decl(_) | Entry::Attribute(_) | Entry::Clause(_) => {}
            }
        }
        let kind = self.kind_mut(id);
        (kind.attributes, kind.narrows, kind.sets) = (attributes, narrows, sets);
    }

    fn attribute(&self, field: &Field, ty: Type, id: KindId, item: Item<'_>) -> Attribute {
        let doc = text::doc(field.doc, &item.tree.text);
        Attribute {
            ty,
            default: None,
            derived: None,
            doc,
            place: Some(at(item, field.name.span)),
            declared_in: id,
            said_by: id,
        }
    }

    /// Built-in attributes that a kind may narrow: the ends of a protocol's flows, the children of a holder.
    fn is_narrowing(&self, kind: KindId, name: Name) -> bool {
        let words = &self.model.words;
        let ends =
            self.model.kinds[kind].root == Keyword::Protocol && (name == words.from || name == words.to);
        ends || name == words.children
    }

    /// The kinds of the package, each after the one it extends.
    pub(super) fn parents_first<'a>(&self, collected: &Collected<'a>) -> Vec<(KindId, Item<'a>)> {
        let mut order = collected.kinds.clone();
        order.sort_by_key(|(id, _)| (self.model.kinds[*id].lineage.len(), *id));
        order
    }

    /// Defaults of fields, re-defaults of inherited attributes, and what protocols set on their flows.
    ///
    /// Kinds are visited parents first, so that a default reaches every kind below.
    pub(super) fn defaults(&mut self, collected: &Collected<'_>) {
        for (id, item) in self.parents_first(collected) {
            self.inherit_defaults(id);
            for entry in item.get().body.iter().flat_map(|body| &body.entries) {
                match entry {
                    Entry::Field(field) => {
                        if let Some(default) = field.default {
                            let name = self.intern(item.tree, field.name);
                            self.set_default(id, name, default, item);
                        }
                    }
                    Entry::Attribute(attribute) => {
                        let name = self.intern(item.tree, attribute.name);
                        self.redefault(id, name, attribute, item);
                    }
                    Entry::Decl(_) | Entry::Clause(_) => {}
                }
            }
        }
    }

    fn inherit_defaults(&mut self, id: KindId) {
        let Some(parent) = self.model.kinds[id].parent else { return };
        let parent = self.model.kinds[parent].clone();
        let kind = self.kind_mut(id);
        for (name, attribute) in &mut kind.attributes {
            if attribute.declared_in != id
                && let Some(above) = parent.attributes.get(name)
            {
                attribute.default.clone_from(&above.default);
                attribute.derived.clone_from(&above.derived);
                attribute.said_by = above.said_by;
            }
        }
        kind.sets.clone_from(&parent.sets);
    }

    fn set_default(&mut self, id: KindId, name: Name, default: ast::ExprId, item: Item<'_>) {
        let Some(attribute) = self.model.kinds[id].attributes.get(&name) else { return };
        let ty = attribute.ty.clone();
        let (value, derived) = match speaks_of_self(item.tree, default) {
            true => (None, self.derived(id, name, default, &ty, item)),
            false => (self.constant(default, &ty, item, None), None),
        };
        if let Some(attribute) = self.kind_mut(id).attributes.get_mut(&name) {
            (attribute.default, attribute.derived, attribute.said_by) = (value, derived, id);
        }
    }

    fn redefault(&mut self, id: KindId, name: Name, attribute: &ast::Attribute, item: Item<'_>) {
        if self.model.kinds[id].attributes.contains_key(&name) {
            self.set_default(id, name, attribute.value, item);
            return;
        }
        if self.model.kinds[id].root == Keyword::Protocol {
            let flow = self.root_kind(Keyword::Flow);
            if let Some(of_flow) = self.model.kinds[flow].attributes.get(&name) {
                let ty = of_flow.ty.clone();
                let place = at(item, item.tree.exprs[attribute.value].span);
                if let Some(value) = self.constant(attribute.value, &ty, item, None) {
                    let kind = self.kind_mut(id);
                    kind.sets.retain(|(other, ..)| *other != name);
                    kind.sets.push((name, value, place));
                }
                return;
            }
        }
        self.unknown_attribute(item.tree.text(attribute.name), &[id], at(item, attribute.name.span));
    }

    /// Reports an attribute that the kind lacks.
    pub(super) fn unknown_attribute(&mut self, name: &str, kinds: &[KindId], place: crate::base::Place) {
        let kinds: Vec<&Kind> = kinds.iter().map(|kind| &*self.model.kinds[*kind]).collect();
        let names = kinds.iter().flat_map(|kind| kind.attributes.keys());
        let mut known: Vec<&str> = names.map(|name| self.model.names.text(*name)).collect();
        known.sort_unstable();
        known.dedup();
        let near = nearest(name, known.iter().copied());
        let problem = match kinds.as_slice() {
            [placement, placed] => {
                errors::unknown_override(name, [&placement.name, &placed.name], near, &known, place)
            }
            [kind, ..] => errors::unknown_attribute(name, &kind.name, near, &known, place),
            [] => return,
        };
        self.problems.push(problem);
    }

    /// The type that is written.
    pub(super) fn type_named(&mut self, ty: &ast::Type, item: Item<'_>) -> Type {
        match &ty.kind {
            TypeKind::Missing => Type::Error,
            TypeKind::List(member) => Type::List(Box::new(self.type_named(member, item))),
            TypeKind::Named(paths) => {
                if let [only] = paths.as_slice()
                    && let Some(plain) = self.plain_type(&item.tree.path_text(only))
                {
                    return plain;
                }
                let things = self.thing_type(paths, item);
                if things.alternatives.is_empty() { Type::Error } else { Type::Thing(things) }
            }
        }
    }

    fn plain_type(&mut self, name: &str) -> Option<Type> {
        Some(match name {
            "Bool" => Type::Bool,
            "Int" => Type::Int,
            "Decimal" => Type::Decimal,
            "Percent" => Type::Percent,
            "Text" => Type::Text,
            "Ref" => Type::Ref,
            "Date" => Type::Date,
            "Duration" => Type::Duration,
            "Money" => Type::Money,
            "Size" => Type::Size,
            "Network" => Type::Network,
            "Ports" => Type::Ports,
            "Attribute" => Type::Attribute,
            "step" => Type::Step,
            "protocol" => Type::Protocol,
            _ => {
                let name = self.intern_text(name);
                Type::Enum(*self.model.index.enums.get(&name)?)
            }
        })
    }

    /// Keywords and kinds, `party` and `thing` spelt out.
    pub(super) fn thing_type(&mut self, paths: &[ast::Path], item: Item<'_>) -> ThingType {
        let mut alternatives = Vec::new();
        for path in paths {
            let spelling = item.tree.path_text(path);
            match spelling.as_str() {
                "party" => alternatives.extend(PARTIES.map(ThingClass::Keyword)),
                "thing" => alternatives.extend(
                    Keyword::ALL
                        .iter()
                        .filter(|keyword| is_thing(**keyword))
                        .map(|keyword| ThingClass::Keyword(*keyword)),
                ),
                word => match Keyword::find(word) {
                    Some(keyword) if is_thing(keyword) => alternatives.push(ThingClass::Keyword(keyword)),
                    _ => alternatives.extend(self.kind_or_type(path, item).map(ThingClass::Kind)),
                },
            }
        }
        alternatives.sort();
        alternatives.dedup();
        ThingType { alternatives }
    }

    /// A kind in a place where an enum would do as well, so that a near enum is offered too.
    fn kind_or_type(&mut self, path: &ast::Path, item: Item<'_>) -> Option<KindId> {
        let spelling = item.tree.path_text(path);
        let name = self.intern_text(&spelling);
        if let Some(kind) = self.model.index.kinds.get(&name) {
            return Some(*kind);
        }
        let known = self.model.index.kinds.keys().chain(self.model.index.enums.keys());
        let known = known.map(|name| self.model.names.text(*name));
        let near = nearest(&spelling, known.chain(PLAIN.iter().copied())).map(str::to_owned);
        let problem = errors::unknown_kind(&spelling, near.as_deref(), at(item, path.span()));
        let problem = self.about_packages(problem, &spelling, item);
        self.problems.push(problem);
        None
    }

    /// The name of a parameter, which no other one before it may have.
    pub(super) fn parameter_name(&mut self, param: &ast::Param, all: &[ast::Param], item: Item<'_>) -> Name {
        let text = item.tree.text(param.name);
        let before = all.iter().take_while(|other| other.name.span.lo < param.name.span.lo);
        if let Some(first) = before.into_iter().find(|other| item.tree.text(other.name) == text) {
            let (place, first) = (at(item, param.name.span), at(item, first.name.span));
            self.problems.push(errors::declared_twice("parameter", text, place, first));
        }
        self.intern_text(text)
    }

    /// Parameters of states.
    pub(super) fn states(&mut self, collected: &Collected<'_>) {
        for (id, item) in &collected.states {
            let Header::Params(params) = &item.get().header else { continue };
            let mut typed = Vec::new();
            for param in params {
                let name = self.parameter_name(param, params, *item);
                typed.push((name, self.type_named(&param.ty, *item)));
            }
            self.model.states[*id].params = typed;
        }
    }
}

/// What `party` stands for.
pub(super) const PARTIES: [Keyword; 3] = [Keyword::Component, Keyword::Integration, Keyword::Actor];

const PLAIN: &[&str] = &[
    "Bool", "Int", "Decimal", "Percent", "Text", "Ref", "Date", "Duration", "Money", "Size", "Network",
    "Ports", "party", "thing",
];

/// Whether declarations of the keyword are things.
pub(super) fn is_thing(keyword: Keyword) -> bool {
    use Keyword::{Enum, Kind, Let, Lint, Loss, Protocol, Rule, State, Step, Test, Threat, Use};
    !matches!(keyword, Kind | Enum | Let | State | Step | Loss | Rule | Lint | Test | Use | Threat | Protocol)
}
