//! Things get their kinds and what the author said of them; deployments get their changes.
//!
//! In: collected things. Out: settings and [`Deployment`]s. Never: a judgement about the product as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use super::check::Frame;
use super::collect::{Collected, Item, ThingItem};
use super::lower::{Lower, at};
use super::{
    Change, Constant, Deployment, Expr, ExprKind, Keyword, KindId, Setting, Source, Thing, ThingClass,
    ThingId, ThingType, Type, Value, View, errors,
};
use crate::base::{Id, Name, Place, Span, nearest};
use crate::syntax::ast::{self, AllowEnd, Clause, ClauseKind, Entry, Header};

impl Lower {
    /// `internet` and `anywhere`, once, in the library.
    pub(super) fn built_in_things(&mut self) {
        if self.model.internet.is_some() {
            return;
        }
        let kind = self.root_kind(Keyword::Zone);
        let place = Place { file: crate::base::FileId::from_index(0), span: Span::empty(0) };
        let mut made = ["internet", "anywhere"].map(|name| {
            let thing = self.model.things.push(Thing {
                keyword: Keyword::Zone,
                kind,
                path: name.into(),
                name: name.into(),
                title: None,
                doc: "".into(),
                place,
                whole: place,
                parent: None,
                deployment: None,
                is_foreign: true,
                settings: Vec::new(),
            });
            let name = self.intern_text(name);
            self.model.index.things.insert((None, name), thing);
            Some(thing)
        });
        [self.model.internet, self.model.anywhere] = [made[0].take(), made[1].take()];
    }

    /// Constants, each after those that it names.
    pub(super) fn constants(&mut self, collected: &Collected<'_>) {
        let waiting: HashMap<Name, Item<'_>> = collected.constants.iter().copied().collect();
        let mut done: Vec<Name> = Vec::new();
        for (name, _) in &collected.constants {
            self.one_constant(*name, &waiting, &mut done, &mut Vec::new());
        }
    }

    fn one_constant(
        &mut self,
        name: Name,
        waiting: &HashMap<Name, Item<'_>>,
        done: &mut Vec<Name>,
        open: &mut Vec<Name>,
    ) {
        let Some(item) = waiting.get(&name).copied() else { return };
        if self.model.index.constants.contains_key(&name) || done.contains(&name) {
            return;
        }
        if let Some(from) = open.iter().position(|other| *other == name) {
            let names: Vec<Arc<str>> =
                open.iter().skip(from).map(|name| Arc::from(self.model.names.text(*name))).collect();
            self.problems.push(errors::cycle("constant", "depends on", &names, item.place()));
            done.push(name);
            return;
        }
        let Header::Let(value) = &item.get().header else { return };
        open.push(name);
        // Nesting is bounded by the parser's bracket depth; a chain of constants is as long as the file.
        if open.len() < 500 {
            for other in mentioned(item.tree, *value) {
                let other = self.intern(item.tree, other);
                self.one_constant(other, waiting, done, open);
            }
        }
        open.pop();
        if done.contains(&name) {
            return;
        }
        let mut frame = Frame::new(item, None);
        let expr = self.expr(&mut frame, *value, None);
        let ty = expr.ty.clone();
        if let Some(value) = self.constant(*value, &ty, item, None) {
            self.model.index.constants.insert(name, Constant { ty, value, place: item.place() });
        }
    }

    pub(super) fn things(&mut self, collected: &Collected<'_>) {
        for item in &collected.things {
            if item.item.get().keyword == Keyword::Deployment {
                self.deployment(*item);
            }
        }
        self.break_like_cycles(collected);
        for item in &collected.things {
            self.place_finding(*item);
        }
        for item in &collected.things {
            self.settle(*item);
        }
        for item in &collected.things {
            match item.item.get().keyword {
                Keyword::Deployment => self.changes(*item),
                Keyword::View => self.view(*item),
                _ => self.no_clauses(*item),
            }
        }
        for item in &collected.overrides {
            self.override_thing(*item);
        }
    }

    /// Every thing's kind, before anything asks for it.
    pub(super) fn thing_kinds(&mut self, collected: &Collected<'_>) {
        for ThingItem { thing, item, .. } in &collected.things {
            let keyword = item.get().keyword;
            let root = self.root_kind(keyword);
            let mut kind = root;
            if let Some(path) = &item.get().kind
                && let Some(named) = self.kind_named(path, *item)
            {
                kind = if self.check_kind(named, keyword, at(*item, path.span())) { named } else { root };
            }
            self.model.things[*thing].kind = kind;
        }
    }

    fn check_kind(&mut self, kind: KindId, keyword: Keyword, place: Place) -> bool {
        let found = self.model.kinds[kind].clone();
        if !self.may_be(keyword, kind) {
            self.problems.push(errors::kind_of_another_keyword(
                &found.name,
                found.root.word(),
                keyword.word(),
                place,
            ));
            return false;
        }
        if found.is_abstract {
            let below: Vec<&str> = self
                .model
                .kinds
                .iter_ids()
                .filter(|(id, other)| *id != kind && !other.is_abstract && other.is_a(kind))
                .map(|(_, other)| &*other.name)
                .collect();
            self.problems.push(errors::kind_is_abstract(&found.name, &below, place));
        }
        true
    }

    fn deployment(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        let like = match &item.get().header {
            Header::Like(path) => self.thing_of(
                path,
                item,
                None,
                &ThingType::keyword(Keyword::Deployment),
                "what a deployment is like",
            ),
            _ => None,
        };
        self.model.deployments.push(Deployment { thing, like, changes: Vec::new() });
    }

    fn break_like_cycles(&mut self, collected: &Collected<'_>) {
        for ThingItem { thing, item, .. } in &collected.things {
            let mut seen = vec![*thing];
            let mut next = self.like(*thing);
            while let Some(other) = next {
                if other == *thing {
                    let names: Vec<Arc<str>> = seen.iter().map(|thing| self.model.path(*thing)).collect();
                    self.problems.push(errors::cycle("deployment", "is like", &names, item.place()));
                    if let Some(found) = self.model.deployments.iter_mut().find(|found| found.thing == *thing)
                    {
                        found.like = None;
                    }
                    break;
                }
                if seen.contains(&other) {
                    break;
                }
                seen.push(other);
                next = self.like(other);
            }
        }
    }

    fn like(&self, thing: ThingId) -> Option<ThingId> {
        self.model.deployments.iter().find(|deployment| deployment.thing == thing)?.like
    }

    /// A finding lives in the thing that it is on.
    fn place_finding(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        if item.get().keyword != Keyword::Finding {
            return;
        }
        let Header::On(path) = &item.get().header else { return };
        let Some(on) = self.any_thing(path, item, self.model.things[thing].parent) else { return };
        let name = self.model.things[thing].name.clone();
        let key = self.intern_text(&name);
        self.model.things[thing].path = format!("{}.{name}", self.model.things[on].path).into();
        if let Some(first) = self.model.index.things.insert((Some(on), key), thing) {
            let (first, place) = (self.model.things[first].place, self.model.things[thing].place);
            self.problems.push(errors::declared_twice("finding", &name, place, first));
        }
    }

    /// What header and body say.
    fn settle(&mut self, entry: ThingItem<'_>) {
        let ThingItem { thing, item, .. } = entry;
        let mut settings = self.header_settings(entry);
        let placed =
            settings.iter().find(|(name, _)| *name == self.model.words.component).and_then(|(_, setting)| {
                match setting.value {
                    Value::Thing(component) => Some(component),
                    _ => None,
                }
            });
        let kinds = self.kinds_of(thing, placed);
        self.body_settings(item, &kinds, Some(thing), &mut settings);
        settings.sort_by_key(|(name, _)| *name);
        self.model.things[thing].settings = settings;
        if item.get().keyword == Keyword::Accept {
            self.complete_acceptance(thing, item);
        }
    }

    /// The attributes that a body sets, on top of what is set already.
    pub(super) fn body_settings(
        &mut self,
        item: Item<'_>,
        kinds: &[KindId],
        scope: Option<ThingId>,
        settings: &mut Vec<(Name, Setting)>,
    ) {
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        self.entry_settings(entries, item, kinds, scope, settings);
    }

    /// The kinds whose attributes may be set on a thing: its own, and for a placement that of the component placed.
    fn kinds_of(&self, thing: ThingId, placed: Option<ThingId>) -> Vec<KindId> {
        std::iter::once(thing).chain(placed).map(|thing| self.model.things[thing].kind).collect()
    }

    fn entry_settings(
        &mut self,
        entries: &[Entry],
        item: Item<'_>,
        kinds: &[KindId],
        scope: Option<ThingId>,
        settings: &mut Vec<(Name, Setting)>,
    ) {
        let Some(kind) = kinds.first().copied() else { return };
        for entry in entries {
            let attribute = match entry {
                Entry::Attribute(attribute) => attribute,
                Entry::Field(field) => {
                    let place = at(item, Span::new(field.name.span.hi, field.ty.span.lo));
                    self.problems.push(errors::colon_in_thing(place));
                    continue;
                }
                Entry::Decl(_) | Entry::Clause(_) => continue,
            };
            let name = self.intern(item.tree, attribute.name);
            let name_place = at(item, attribute.name.span);
            if let Some((_, first)) = settings.iter().find(|(other, _)| *other == name) {
                let text = item.tree.text(attribute.name);
                self.problems.push(errors::set_twice(text, name_place, first.place));
                continue;
            }
            let root = self.model.kinds[kind].root;
            let declared = kinds.iter().find_map(|kind| self.model.kinds[*kind].attributes.get(&name));
            let declared = declared.map(|attribute| attribute.ty.clone());
            let Some(ty) = declared.or_else(|| self.settable(root, name)) else {
                self.unknown_attribute(item.tree.text(attribute.name), kind, name_place);
                continue;
            };
            let words = &self.model.words;
            if root == Keyword::View && name == words.include {
                continue;
            }
            if let Some(value) = self.constant(attribute.value, &ty, item, scope) {
                let place = at(item, item.tree.exprs[attribute.value].span);
                settings.push((name, Setting { value, place, source: Source::Declared }));
            }
        }
    }

    /// Built-in attributes that a body may set.
    fn settable(&mut self, keyword: Keyword, name: Name) -> Option<Type> {
        let words = &self.model.words;
        let allowed = [words.carries, words.returns, words.include];
        allowed.contains(&name).then(|| self.structural(keyword, name)).flatten()
    }

    fn header_settings(&mut self, ThingItem { thing, item, hop }: ThingItem<'_>) -> Vec<(Name, Setting)> {
        let words = self.model.words.clone();
        let parent = self.model.things[thing].parent;
        let mut out = Vec::new();
        let set = |name: Name, value: Option<Value>, span: Span| {
            value.map(|value| (name, Setting { value, place: at(item, span), source: Source::Declared }))
        };
        match &item.get().header {
            Header::Flow { from, to, protocol } => {
                let ends: Vec<&ast::Path> = from.iter().chain(to).collect();
                let starts_inside = from.is_none();
                let first = if starts_inside && hop == 0 {
                    None
                } else {
                    ends.get(hop - usize::from(starts_inside)).copied()
                };
                let last = ends.get(hop + 1 - usize::from(starts_inside)).copied();
                let kind = protocol.as_ref().and_then(|protocol| self.protocol(protocol, item));
                let from = match first {
                    Some(path) => self.flow_end(path, item, parent, kind, words.from),
                    None => parent,
                };
                let to = last.and_then(|path| self.flow_end(path, item, parent, kind, words.to));
                if let (Some(a), Some(b)) = (from, to)
                    && a == b
                {
                    let (name, place) = (self.model.path(a), self.model.things[thing].place);
                    self.problems.push(errors::flow_to_itself(&name, place));
                }
                let span = |path: Option<&ast::Path>| path.map_or(item.get().keyword_span, ast::Path::span);
                out.extend(set(words.from, from.map(Value::Thing), span(first)));
                out.extend(set(words.to, to.map(Value::Thing), span(last)));
                out.extend(set(words.protocol, kind.map(Value::Kind), span(protocol.as_ref())));
            }
            Header::Allow { from, to, services } => {
                let (from_value, from_span) = self.allow_end(from, item, parent);
                let (to_value, to_span) = self.allow_end(to, item, parent);
                out.extend(set(words.from, from_value, from_span));
                out.extend(set(words.to, to_value, to_span));
                let (protocols, ports) = self.services(services, item);
                let span = item.get().span;
                out.extend(set(words.protocol, protocols, span));
                out.extend(set(words.ports, ports, span));
            }
            Header::Grant { who, what, actions } => {
                let identity = ThingType::keyword(Keyword::Identity);
                let holder = self.thing_of(who, item, parent, &identity, "who gets a right");
                let target = self.any_thing(what, item, parent);
                let actions_span = actions.iter().fold(item.get().keyword_span, |_, action| action.span);
                let granted = self.actions(actions, item);
                out.extend(set(words.who, holder.map(Value::Thing), who.span()));
                out.extend(set(words.what, target.map(Value::Thing), what.span()));
                out.extend(set(words.actions, Some(granted), actions_span));
            }
            Header::Run { what, .. } => {
                let component = self.thing_of(
                    what,
                    item,
                    parent,
                    &ThingType::keyword(Keyword::Component),
                    "what is placed",
                );
                out.extend(set(words.component, component.map(Value::Thing), what.span()));
                out.extend(set(words.zone, parent.map(Value::Thing), item.get().keyword_span));
            }
            Header::On(path) => {
                let on = self.any_thing_quietly(path, item, parent);
                out.extend(set(words.on, on.map(Value::Thing), path.span()));
            }
            Header::Accept { rule, on, deployment } => {
                let target = self.any_thing(on, item, parent);
                let spelling = item.tree.path_text(rule);
                self.accepted_rule(&spelling, at(item, rule.span()));
                out.extend(set(words.rule, Some(Value::Text(spelling.into())), rule.span()));
                out.extend(set(words.on, target.map(Value::Thing), on.span()));
                if let Some(path) = deployment {
                    let class = ThingType::keyword(Keyword::Deployment);
                    let found = self.thing_of(path, item, parent, &class, "where a risk is accepted");
                    out.extend(set(words.deployment, found.map(Value::Thing), path.span()));
                }
            }
            _ => {}
        }
        out
    }

    fn protocol(&mut self, path: &ast::Path, item: Item<'_>) -> Option<KindId> {
        let kind = self.kind_named(path, item)?;
        self.check_kind(kind, Keyword::Protocol, at(item, path.span())).then_some(kind)
    }

    fn flow_end(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
        protocol: Option<KindId>,
        side: Name,
    ) -> Option<ThingId> {
        let parties = ThingType { alternatives: super::kinds::PARTIES.map(ThingClass::Keyword).to_vec() };
        let thing = self.thing_of(path, item, scope, &parties, "an end of a flow")?;
        if let Some(kind) = protocol {
            let kind = self.model.kinds[kind].clone();
            if let Some((_, Type::Thing(narrowed))) = kind.narrows.iter().find(|(name, _)| *name == side)
                && !narrowed.holds(&self.model, thing)
            {
                let (what, expected) =
                    (self.model.names.text(side).to_owned(), self.describe(&Type::Thing(narrowed.clone())));
                self.problems.push(errors::narrowed(
                    &format!("the `{what}` end"),
                    &kind.name,
                    &expected,
                    at(item, path.span()),
                ));
            }
        }
        Some(thing)
    }

    fn allow_end(&mut self, end: &AllowEnd, item: Item<'_>, scope: Option<ThingId>) -> (Option<Value>, Span) {
        match end {
            AllowEnd::Thing(path) => {
                let keywords = [Keyword::Component, Keyword::Integration, Keyword::Zone, Keyword::Deployment];
                let ends = ThingType { alternatives: keywords.map(ThingClass::Keyword).to_vec() };
                (
                    self.thing_of(path, item, scope, &ends, "an end of an opening").map(Value::Thing),
                    path.span(),
                )
            }
            AllowEnd::Network(id) => {
                let span = item.tree.exprs[*id].span;
                (self.constant(*id, &Type::Network, item, scope), span)
            }
        }
    }

    fn services(&mut self, services: &[ast::Service], item: Item<'_>) -> (Option<Value>, Option<Value>) {
        let mut protocols = Vec::new();
        let mut ports = Vec::new();
        for service in services {
            protocols.extend(self.protocol(&service.protocol, item).map(Value::Kind));
            for port in &service.ports {
                let mut frame = Frame::new(item, None);
                let expr = self.expr(&mut frame, *port, None);
                match expr.kind {
                    ExprKind::Value(Value::Ports(first, last)) => ports.push(Value::Ports(first, last)),
                    ExprKind::Value(Value::Int(port)) => match u16::try_from(port) {
                        Ok(port) => ports.push(Value::Ports(port, port)),
                        Err(_) => self.problems.push(errors::port_out_of_range(port, expr.place)),
                    },
                    _ => {}
                }
            }
        }
        let list = |values: Vec<Value>| (!values.is_empty()).then(|| Value::List(values.into()));
        (list(protocols), list(ports))
    }

    fn actions(&mut self, actions: &[ast::Ident], item: Item<'_>) -> Value {
        let mut values = Vec::new();
        let Some(of) = self.model.index.enums.get(&self.model.words.Action).copied() else {
            return Value::List(values.into());
        };
        for action in actions {
            let name = self.intern(item.tree, *action);
            match self.model.enums[of].position(name) {
                Some(position) => values.push(Value::Enum(of, position)),
                None => {
                    let of = &self.model.enums[of];
                    let known: Vec<&str> =
                        of.values.iter().map(|value| self.model.names.text(value.name)).collect();
                    let text = item.tree.text(*action);
                    let near = nearest(text, known.iter().copied());
                    self.problems.push(errors::unknown_value(
                        text,
                        &of.name,
                        near,
                        &known,
                        at(item, action.span),
                    ));
                }
            }
        }
        Value::List(values.into())
    }

    /// The thing that a path names, of whatever sort.
    pub(super) fn any_thing(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
    ) -> Option<ThingId> {
        let found = self.any_thing_quietly(path, item, scope);
        if found.is_none() {
            let first = path.segments.first().map_or("", |name| item.tree.text(*name));
            let frame = Frame::new(item, scope);
            let near = self.nearest_thing(&frame, first);
            let (spelling, span) = match near {
                Some(_) => (first.to_owned(), path.segments.first().map_or(path.span(), |name| name.span)),
                None => (item.tree.path_text(path), path.span()),
            };
            self.problems.push(errors::unknown_name(&spelling, near.as_deref(), at(item, span)));
        }
        found
    }

    fn any_thing_quietly(&self, path: &ast::Path, item: Item<'_>, scope: Option<ThingId>) -> Option<ThingId> {
        let (first, rest) = path.segments.split_first()?;
        let mut thing = self.thing_outward(scope, item.tree.text(*first))?;
        for name in rest {
            thing = self.thing_inside(Some(thing), item.tree.text(*name))?;
        }
        Some(thing)
    }

    /// The thing that a path names, which must be one of `class`; `what` says what it is for.
    fn thing_of(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        scope: Option<ThingId>,
        class: &ThingType,
        what: &str,
    ) -> Option<ThingId> {
        let thing = self.any_thing(path, item, scope)?;
        if class.holds(&self.model, thing) {
            return Some(thing);
        }
        let (expected, found) = (self.describe(&Type::Thing(class.clone())), self.model.path(thing));
        self.problems.push(errors::wrong_end(what, &expected, &found, at(item, path.span())));
        None
    }

    fn accepted_rule(&mut self, spelling: &str, place: Place) {
        let Some(name) = self.model.names.find(spelling) else {
            self.problems.push(errors::unknown_rule("rule", spelling, None, place));
            return;
        };
        let index = &self.model.index;
        if index.rules.contains_key(&name)
            || index.lints.contains_key(&name)
            || index.losses.contains_key(&name)
        {
            return;
        }
        let names = index.rules.keys().chain(index.losses.keys()).chain(index.lints.keys());
        let near = nearest(spelling, names.map(|name| self.model.names.text(*name))).map(str::to_owned);
        self.problems.push(errors::unknown_rule("rule", spelling, near.as_deref(), place));
    }

    fn complete_acceptance(&mut self, thing: ThingId, item: Item<'_>) {
        let required = ["as", "owner", "until", "because", "max_score"];
        let missing: Vec<&str> = required
            .into_iter()
            .filter(|word| {
                let name = self.model.names.find(word);
                name.is_none_or(|name| self.model.things[thing].setting(name).is_none())
            })
            .collect();
        if missing.is_empty() {
            return;
        }
        let end = item.get().body.as_ref().map(|body| at(item, Span::empty(body.span.hi.saturating_sub(1))));
        self.problems.push(errors::acceptance_incomplete(&missing, self.model.things[thing].place, end));
    }

    fn changes(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        let mut changes = Vec::new();
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            if let Entry::Clause(clause) = entry {
                self.clause_changes(clause, item, Some(thing), "a deployment", &mut changes);
            }
        }
        if let Some(deployment) =
            self.model.deployments.iter_mut().find(|deployment| deployment.thing == thing)
        {
            deployment.changes = changes;
        }
    }

    /// `with` and `without`, of a deployment or a test.
    pub(super) fn clause_changes(
        &mut self,
        clause: &Clause,
        item: Item<'_>,
        scope: Option<ThingId>,
        around: &str,
        changes: &mut Vec<Change>,
    ) {
        match &clause.kind {
            ClauseKind::Without(targets) => {
                for path in targets {
                    let found = self.any_thing(path, item, scope);
                    changes.extend(found.map(|thing| Change::Without(thing, at(item, path.span()))));
                }
            }
            ClauseKind::With { targets, body } => {
                for path in targets {
                    let Some(target) = self.any_thing(path, item, scope) else { continue };
                    let kinds = self
                        .kinds_of(target, self.model.things[target].reference(self.model.words.component));
                    let mut settings = Vec::new();
                    self.entry_settings(&body.entries, item, &kinds, scope, &mut settings);
                    changes.extend(
                        settings.into_iter().map(|(name, setting)| Change::Set(target, name, setting)),
                    );
                }
            }
            _ => self.problems.push(errors::clause_not_here(around, at(item, clause.keyword_span))),
        }
    }

    fn view(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
        let include = self.model.words.include;
        let mut shown: Option<Expr> = None;
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            if let Entry::Attribute(attribute) = entry
                && self.intern(item.tree, attribute.name) == include
                && let Some(ty) = self.structural(Keyword::View, include)
            {
                let mut frame = Frame::new(item, None);
                shown = Some(self.typed(&mut frame, attribute.value, &ty));
            }
        }
        self.model.views.push(View { thing, include: shown });
    }

    fn no_clauses(&mut self, ThingItem { item, .. }: ThingItem<'_>) {
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            if let Entry::Clause(clause) = entry {
                let what = format!("a declaration of `{}`", item.get().keyword.word());
                self.problems.push(errors::clause_not_here(&what, at(item, clause.keyword_span)));
            }
        }
    }

    /// `override attacker opportunist { … }`
    fn override_thing(&mut self, item: Item<'_>) {
        let Some(path) = &item.get().name else {
            self.problems.push(errors::name_missing(item.get().keyword.word(), item.place()));
            return;
        };
        let Some(thing) = self.any_thing(path, item, None) else { return };
        if self.is_own(thing) {
            let place = self.model.things[thing].place;
            self.problems.push(errors::override_of_own(&item.tree.path_text(path), item.place(), place));
            return;
        }
        let kinds = self.kinds_of(thing, None);
        let mut settings = Vec::new();
        self.body_settings(item, &kinds, Some(thing), &mut settings);
        let target = &mut self.model.things[thing].settings;
        target.retain(|(name, _)| !settings.iter().any(|(other, _)| other == name));
        target.append(&mut settings);
        target.sort_by_key(|(name, _)| *name);
    }
}

/// The bare names of an expression.
fn mentioned(tree: &ast::File, id: ast::ExprId) -> Vec<ast::Ident> {
    let mut out = Vec::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        match &tree.exprs[next].kind {
            ast::ExprKind::Name(name) => out.push(*name),
            ast::ExprKind::List(items) => open.extend(items.iter().rev()),
            ast::ExprKind::Group(inner) | ast::ExprKind::Unary { operand: inner, .. } => open.push(*inner),
            ast::ExprKind::Binary { left, right, .. } => open.extend([*right, *left]),
            _ => {}
        }
    }
    out
}
