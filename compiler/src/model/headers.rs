//! What headers say: the ends of flows and openings, who may do what, what is placed where.
//!
//! In: the header of a declaration. Out: [`Setting`]s like those of a body. Never: an end of the wrong sort that is not reported.

use super::collect::{Item, ThingItem};
use super::lower::{Lower, at};
use super::{Keyword, KindId, Network, Setting, Source, ThingClass, ThingId, ThingType, Type, Value, errors};
use crate::base::{Name, Span, nearest};
use crate::syntax::ast::{self, AllowEnd, Header};

/// What a header has said so far.
struct Said<'a> {
    item: Item<'a>,
    settings: Vec<(Name, Setting)>,
}

impl Said<'_> {
    /// A part that could not be read was reported and says nothing.
    fn set(&mut self, name: Name, value: Option<Value>, span: Span) {
        let place = at(self.item, span);
        self.settings.extend(value.map(|value| (name, Setting { value, place, source: Source::Declared })));
    }
}

impl Lower {
    pub(super) fn header_settings(&mut self, entry: ThingItem<'_>) -> Vec<(Name, Setting)> {
        let ThingItem { thing, item, .. } = entry;
        let words = self.model.words.clone();
        let parent = self.model.things[thing].parent;
        let mut said = Said { item, settings: Vec::new() };
        match &item.get().header {
            Header::Flow { from, to, protocol } => {
                self.flow_settings(entry, from.as_ref(), to, protocol.as_ref(), &mut said);
            }
            Header::Allow { from, to, services } => {
                let (from, from_span) = self.allow_end(from, item, parent);
                let (to, to_span) = self.allow_end(to, item, parent);
                self.ends_meet(thing, item, [(&from, from_span), (&to, to_span)]);
                said.set(words.from, from, from_span);
                said.set(words.to, to, to_span);
                self.services(services, &mut said);
            }
            Header::Grant { who, what, actions } => {
                self.grant_settings(who, what, actions, parent, &mut said)
            }
            Header::Run { what, .. } => {
                let component = ThingType::keyword(Keyword::Component);
                let component = self.thing_of(what, item, parent, &component, "what is placed");
                said.set(words.component, component.map(Value::Thing), what.span());
                said.set(words.zone, parent.map(Value::Thing), item.get().keyword_span);
            }
            Header::On(path) => {
                let on = self.any_thing_quietly(path, item, parent);
                said.set(words.on, on.map(Value::Thing), path.span());
            }
            Header::Accept { rule, on, deployment } => {
                let target = self.any_thing(on, item, parent);
                let spelling = item.tree.path_text(rule);
                let accepted = self.accepted_rule(&spelling, at(item, rule.span()), item);
                said.set(words.rule, Some(Value::Text(accepted)), rule.span());
                said.set(words.on, target.map(Value::Thing), on.span());
                if let Some(path) = deployment {
                    let class = ThingType::keyword(Keyword::Deployment);
                    let found = self.thing_of(path, item, parent, &class, "where a risk is accepted");
                    said.set(words.deployment, found.map(Value::Thing), path.span());
                }
            }
            _ => {}
        }
        said.settings
    }

    /// The ends of one hop of a flow. Inside a component the first hop may start at the component itself.
    /// Rights are held by identities, and are on what can be used, changed or become.
    fn grant_settings(
        &mut self,
        who: &ast::Path,
        what: &ast::Path,
        actions: &[ast::Ident],
        parent: Option<ThingId>,
        said: &mut Said<'_>,
    ) {
        let (item, words) = (said.item, self.model.words.clone());
        let identity = ThingType::keyword(Keyword::Identity);
        let holder = self.thing_of(who, item, parent, &identity, "who gets a right");
        let on = [Keyword::Component, Keyword::Integration, Keyword::Data, Keyword::Zone, Keyword::Identity];
        let on = ThingType { alternatives: on.map(ThingClass::Keyword).into() };
        let target = self.thing_of(what, item, parent, &on, "what a right is on");
        let span = actions.iter().fold(item.get().keyword_span, |_, action| action.span);
        let granted = self.actions(actions, item);
        said.set(words.who, holder.map(Value::Thing), who.span());
        said.set(words.what, target.map(Value::Thing), what.span());
        said.set(words.actions, Some(granted), span);
    }

    fn flow_settings(
        &mut self,
        ThingItem { thing, item, hop }: ThingItem<'_>,
        start: Option<&ast::Path>,
        ends: &[ast::Path],
        protocol: Option<&ast::Path>,
        said: &mut Said<'_>,
    ) {
        let words = self.model.words.clone();
        let parent = self.model.things[thing].parent;
        let first = match hop.checked_sub(1) {
            None => start,
            Some(before) => ends.get(before),
        };
        let last = ends.get(hop);
        let kind = protocol.and_then(|protocol| self.protocol(protocol, item));
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
        let ends = [(&from.map(Value::Thing), span(first)), (&to.map(Value::Thing), span(last))];
        self.ends_meet(thing, item, ends);
        said.set(words.from, from.map(Value::Thing), span(first));
        said.set(words.to, to.map(Value::Thing), span(last));
        said.set(words.protocol, kind.map(Value::Kind), span(protocol));
    }

    /// Reports ends that no deployment has together: each deployment is a world of its own.
    fn ends_meet(&mut self, thing: ThingId, item: Item<'_>, ends: [(&Option<Value>, Span); 2]) {
        let mut around = self.model.things[thing].deployment;
        for (end, span) in ends {
            let Some(Value::Thing(end)) = end else { continue };
            let Some(of_end) = self.deployment_of(*end) else { continue };
            match around {
                Some(around) if self.inherits(around, of_end) => {}
                // Outside all deployments it exists in the one that has both ends.
                Some(first)
                    if self.model.things[thing].deployment.is_none() && self.inherits(of_end, first) =>
                {
                    around = Some(of_end);
                }
                Some(around) => {
                    let (name, around) = (self.model.path(*end), self.model.path(around));
                    self.problems.push(errors::in_another_deployment(&name, &around, at(item, span)));
                }
                None => around = Some(of_end),
            }
        }
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
                let network = self.constant(*id, &Type::Network, item, scope);
                let end = network.map(|network| match network {
                    // A network that holds every address is no narrower than the word for it.
                    Value::Network(Network { prefix: 0, .. }) => {
                        self.model.anywhere.map_or(network, Value::Thing)
                    }
                    narrower => narrower,
                });
                (end, span)
            }
        }
    }

    /// What an opening lets through: its protocols, its ports, and which ports belong to which protocol.
    fn services(&mut self, services: &[ast::Service], said: &mut Said<'_>) {
        let words = self.model.words.clone();
        let item = said.item;
        let mut protocols = Vec::new();
        let mut ports = Vec::new();
        let mut together = Vec::new();
        for service in services {
            let Some(protocol) = self.protocol(&service.protocol, item).map(Value::Kind) else { continue };
            let of_protocol: Vec<Value> = service
                .ports
                .iter()
                .filter_map(|port| self.constant(*port, &Type::Ports, item, None))
                .collect();
            together
                .push(Value::List(std::iter::once(protocol.clone()).chain(of_protocol.clone()).collect()));
            protocols.push(protocol);
            ports.extend(of_protocol);
        }
        for (name, values) in [(words.protocol, protocols), (words.ports, ports), (words.services, together)]
        {
            let list = (!values.is_empty()).then(|| Value::List(values.into()));
            said.set(name, list, item.get().span);
        }
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
}
