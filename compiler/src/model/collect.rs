//! First pass: every declaration gets a number and a name, wherever it stands.
//!
//! In: the trees. Out: [`Collected`], and names in the [`super::Index`]. Never: a look at what a name means.

use std::collections::HashMap;
use std::sync::Arc;

use super::errors;
use super::lower::{Lower, at};
use super::{
    Enum, EnumValue, Keyword, Kind, KindId, LintId, LossId, RuleId, StateId, StepId, Thing, ThingId,
};
use crate::base::{Diagnostic, FileId, Id, Name, Place};
use crate::syntax::ast::{self, Decl, DeclId, Entry, ExprKind, Header, Literal};
use crate::syntax::text;

/// A declaration and the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub file: FileId,
    pub tree: &'a ast::File,
    pub decl: DeclId,
}

impl<'a> Item<'a> {
    pub fn get(self) -> &'a Decl {
        &self.tree.decls[self.decl]
    }

    pub fn doc(self) -> Arc<str> {
        text::doc(self.get().doc, &self.tree.text)
    }

    pub fn title(self) -> Option<Arc<str>> {
        self.get().title.map(|span| text::decode(span.slice(&self.tree.text)).into())
    }

    /// Where its name stands; a declaration without one is known by its keyword.
    pub fn place(self) -> Place {
        let decl = self.get();
        at(self, decl.name.as_ref().map_or(decl.keyword_span, ast::Path::span))
    }

    /// Whether every entry of its body could be read.
    pub fn is_whole(self) -> bool {
        self.get().body.as_ref().is_none_or(|body| body.is_whole)
    }

    /// The declarations in its body.
    pub fn children(self) -> impl Iterator<Item = Item<'a>> {
        let entries = self.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        entries.iter().filter_map(move |entry| match entry {
            Entry::Decl(decl) => Some(Item { decl: *decl, ..self }),
            _ => None,
        })
    }
}

/// What the declarations of the package became.
#[derive(Default)]
pub(super) struct Collected<'a> {
    pub kinds: Vec<(KindId, Item<'a>)>,
    pub constants: Vec<(Name, Item<'a>)>,
    /// Where each constant stands first.
    constant_places: HashMap<Name, Place>,
    pub things: Vec<ThingItem<'a>>,
    pub overrides: Vec<Item<'a>>,
    pub states: Vec<(StateId, Item<'a>)>,
    pub steps: Vec<(StepId, Item<'a>)>,
    pub losses: Vec<(LossId, Item<'a>)>,
    pub rules: Vec<(RuleId, Item<'a>)>,
    pub lints: Vec<(LintId, Item<'a>)>,
    pub tests: Vec<Item<'a>>,
}

/// A thing and its declaration; a chain of flows is one declaration and a thing per hop.
#[derive(Clone, Copy)]
pub(super) struct ThingItem<'a> {
    pub thing: ThingId,
    pub item: Item<'a>,
    pub hop: usize,
}

impl Lower {
    pub(super) fn collect<'a>(&mut self, items: &[Item<'a>]) -> Collected<'a> {
        let mut out = Collected::default();
        for item in items {
            self.collect_one(*item, &mut out);
        }
        out
    }

    fn collect_one<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let decl = item.get();
        match decl.modifier {
            Some(ast::Modifier::Override) if can_override(decl.keyword) => {
                out.overrides.push(item);
                return;
            }
            Some(ast::Modifier::Abstract) if decl.keyword == Keyword::Kind => {}
            Some(modifier) => {
                self.modifier_misplaced(modifier, item);
                if modifier == ast::Modifier::Override {
                    return;
                }
            }
            None => {}
        }
        match decl.keyword {
            Keyword::Kind => self.collect_kind(item, out),
            Keyword::Enum => self.collect_enum(item),
            Keyword::Let => self.collect_constant(item, out),
            Keyword::State => self.collect_state(item, out),
            Keyword::Step => self.collect_step(item, out),
            Keyword::Loss => self.collect_loss(item, out),
            Keyword::Rule | Keyword::Threat => self.collect_rule(item, out),
            Keyword::Lint => self.collect_lint(item, out),
            Keyword::Test => out.tests.push(item),
            // What it gives was opened before anything was declared.
            Keyword::Use => {}
            Keyword::Protocol => self.problems.push(errors::protocol_is_a_kind(item.place())),
            _ => self.collect_thing(item, None, out),
        }
    }

    fn modifier_misplaced(&mut self, modifier: ast::Modifier, item: Item<'_>) {
        let decl = item.get();
        let place = at(item, crate::base::Span::new(decl.span.lo, decl.keyword_span.hi));
        self.problems.push(match modifier {
            ast::Modifier::Abstract => errors::abstract_thing(decl.keyword.word(), place),
            ast::Modifier::Override => errors::override_of_words(decl.keyword.word(), place),
        });
    }

    /// The one name of a declaration that must have one.
    fn own_name(&mut self, item: Item<'_>) -> Option<(Arc<str>, Name)> {
        let Some(path) = &item.get().name else {
            let keyword = item.get().keyword.word();
            self.problems.push(errors::name_missing(keyword, item.place()));
            return None;
        };
        let spelling = item.tree.path_text(path);
        let name = self.intern_text(&spelling);
        Some((self.known_as(self.model.names.text(name)), name))
    }

    fn duplicate(&mut self, what: &str, name: &str, item: Item<'_>, first: Place) {
        self.problems.push(errors::declared_twice(what, name, item.place(), first));
    }

    fn collect_kind<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        if let Some(known) = self.model.index.kinds.get(&name) {
            let first = self.model.kinds[*known].place.unwrap_or(item.place());
            self.duplicate("kind", &spelling, item, first);
            return;
        }
        let id = self.model.kinds.push(Arc::new(Kind {
            name: spelling,
            doc: item.doc(),
            place: Some(item.place()),
            root: Keyword::Component,
            parent: None,
            lineage: Vec::new(),
            is_abstract: item.get().modifier == Some(ast::Modifier::Abstract),
            attributes: std::collections::BTreeMap::new(),
            sets: Vec::new(),
            narrows: Vec::new(),
            parts: None,
        }));
        self.model.index.kinds.insert(name, id);
        out.kinds.push((id, item));
    }

    fn collect_enum(&mut self, item: Item<'_>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        let Header::Enum { values, ordered } = &item.get().header else { return };
        if let Some(known) = self.model.index.enums.get(&name) {
            let first = self.model.enums[*known].place;
            self.duplicate("enum", &spelling, item, first);
            return;
        }
        let mut seen: Vec<EnumValue> = Vec::new();
        for value in values {
            let value_name = self.intern(item.tree, value.name);
            let place = at(item, value.name.span);
            if let Some(first) = seen.iter().find(|other| other.name == value_name) {
                let text = item.tree.text(value.name);
                self.problems.push(errors::declared_twice("value", text, place, first.place));
                continue;
            }
            let percent = value.percent.and_then(|percent| {
                let expr = &item.tree.exprs[percent];
                let ExprKind::Literal(Literal::Percent(share)) = expr.kind else { return None };
                self.lies_between(share, at(item, expr.span)).then_some(share)
            });
            let doc = text::doc(value.doc, &item.tree.text);
            seen.push(EnumValue { name: value_name, percent, doc, place });
        }
        let (doc, place) = (item.doc(), item.place());
        let id = self.model.enums.push(Enum {
            name: spelling,
            doc,
            place,
            values: seen,
            ordered: *ordered,
            is_strength: false,
        });
        self.model.index.enums.insert(name, id);
    }

    fn collect_constant<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        if let Some(known) = self.model.index.constants.get(&name) {
            let first = known.place;
            self.duplicate("constant", &spelling, item, first);
            return;
        }
        if let Some(first) = out.constant_places.insert(name, item.place()) {
            self.duplicate("constant", &spelling, item, first);
            out.constant_places.insert(name, first);
            return;
        }
        out.constants.push((name, item));
    }

    fn collect_state<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        if let Some(first) = self.model.index.states.get(&name) {
            let first = self.model.states[*first].place;
            self.duplicate("state", &spelling, item, first);
            return;
        }
        let state = super::State { name: spelling, doc: item.doc(), place: item.place(), params: Vec::new() };
        let id = self.model.states.push(state);
        self.model.index.states.insert(name, id);
        out.states.push((id, item));
    }

    // Steps, losses, rules and lints get their numbers now and their contents when every name is known.
    fn collect_step<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        let id = StepId::from_index(self.model.steps.len() + out.steps.len());
        match self.model.index.steps.get(&name) {
            Some(_) => {
                let first = self.step_place(name, out).unwrap_or(item.place());
                self.duplicate("step", &spelling, item, first);
            }
            None => {
                self.model.index.steps.insert(name, id);
                out.steps.push((id, item));
            }
        }
    }

    fn step_place(&self, name: Name, out: &Collected<'_>) -> Option<Place> {
        let id = *self.model.index.steps.get(&name)?;
        let own = out.steps.iter().find(|(step, _)| *step == id).map(|(_, item)| item.place());
        own.or_else(|| self.model.steps.find(id).map(|step| step.place))
    }

    fn collect_loss<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        let id = LossId::from_index(self.model.losses.len() + out.losses.len());
        match self.model.index.losses.get(&name).copied() {
            Some(known) => {
                let own = out.losses.iter().find(|(loss, _)| *loss == known).map(|(_, item)| item.place());
                let first = own.or_else(|| self.model.losses.find(known).map(|loss| loss.place));
                self.duplicate("loss", &spelling, item, first.unwrap_or(item.place()));
            }
            None => {
                self.model.index.losses.insert(name, id);
                out.losses.push((id, item));
            }
        }
    }

    fn collect_rule<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        let id = RuleId::from_index(self.model.rules.len() + out.rules.len());
        match self.model.index.rules.get(&name).copied() {
            Some(known) => {
                let own = out.rules.iter().find(|(rule, _)| *rule == known).map(|(_, item)| item.place());
                let first = own.or_else(|| self.model.rules.find(known).map(|rule| rule.place));
                self.duplicate("rule", &spelling, item, first.unwrap_or(item.place()));
            }
            None => {
                self.model.index.rules.insert(name, id);
                out.rules.push((id, item));
            }
        }
    }

    fn collect_lint<'a>(&mut self, item: Item<'a>, out: &mut Collected<'a>) {
        let Some((spelling, name)) = self.own_name(item) else { return };
        let id = LintId::from_index(self.model.lints.len() + out.lints.len());
        match self.model.index.lints.get(&name).copied() {
            Some(known) => {
                let own = out.lints.iter().find(|(lint, _)| *lint == known).map(|(_, item)| item.place());
                let first = own.or_else(|| self.model.lints.find(known).map(|lint| lint.place));
                self.duplicate("lint", &spelling, item, first.unwrap_or(item.place()));
            }
            None => {
                self.model.index.lints.insert(name, id);
                out.lints.push((id, item));
            }
        }
    }

    pub(super) fn collect_thing<'a>(
        &mut self,
        item: Item<'a>,
        parent: Option<ThingId>,
        out: &mut Collected<'a>,
    ) {
        let decl = item.get();
        if let Some(misplaced) = self.misplaced(item, parent) {
            self.problems.push(misplaced);
            return;
        }
        if decl.keyword == Keyword::Threat {
            self.collect_rule(item, out);
            return;
        }
        let hops = match &decl.header {
            Header::Flow { to, .. } => to.len(),
            _ => 1,
        };
        for hop in 0..hops {
            let Some((name, place)) = self.thing_name(item, parent, hop, hops) else { continue };
            let thing = self.add_thing(item, parent, &name, place);
            self.claim(thing, parent, &name, item);
            out.things.push(ThingItem { thing, item, hop });
            for child in item.children() {
                self.collect_thing(child, Some(thing), out);
            }
        }
    }

    /// Why a declaration means nothing where it stands, if so.
    fn misplaced(&self, item: Item<'_>, parent: Option<ThingId>) -> Option<Diagnostic> {
        let decl = item.get();
        let keyword_place = at(item, decl.keyword_span);
        let around = parent.map(|parent| self.model.things[parent].keyword);
        let in_zone = matches!(around, Some(Keyword::Zone | Keyword::Deployment));
        let in_party = around.is_some_and(|around| super::kinds::PARTIES.contains(&around));
        match (decl.keyword, &decl.header) {
            (keyword, _) if around.is_some() && ONLY_AT_TOP.contains(&keyword) => {
                Some(errors::only_at_top(keyword.word(), keyword_place))
            }
            (Keyword::Run, _) if !in_zone => Some(errors::placed_nowhere(keyword_place)),
            (Keyword::Flow, Header::Flow { from: None, .. }) if !in_party => {
                Some(errors::flow_without_start(keyword_place))
            }
            (keyword, _) => {
                let around = around.filter(|around| !in_zone && !HOLDERS.contains(around))?;
                Some(errors::holds_no_declarations(keyword.word(), around.word(), keyword_place))
            }
        }
    }

    fn add_thing(&mut self, item: Item<'_>, parent: Option<ThingId>, name: &str, place: Place) -> ThingId {
        let decl = item.get();
        let name: Arc<str> = name.into();
        let path: Arc<str> = match (&decl.header, parent) {
            (Header::On(on), _) => format!("{}.{name}", item.tree.path_text(on)).into(),
            (_, Some(parent)) => format!("{}.{name}", self.model.things[parent].path).into(),
            (_, None) => self.known_as(&name),
        };
        let deployment = parent.and_then(|parent| {
            let around = &self.model.things[parent];
            if around.keyword == Keyword::Deployment { Some(parent) } else { around.deployment }
        });
        self.model.things.push(Thing {
            keyword: decl.keyword,
            kind: KindId::from_index(0),
            path,
            name,
            title: item.title(),
            doc: item.doc(),
            place,
            whole: at(item, decl.span),
            parent,
            deployment,
            is_foreign: false,
            settings: Vec::new(),
        })
    }
}

/// Whether other packages may say otherwise of what the keyword declares: of things, of the numbers of enums, of kinds' defaults.
fn can_override(keyword: Keyword) -> bool {
    super::kinds::is_thing(keyword) || matches!(keyword, Keyword::Enum | Keyword::Kind)
}

/// Declarations that stand in no other one.
const ONLY_AT_TOP: [Keyword; 16] = [
    Keyword::Kind,
    Keyword::Enum,
    Keyword::Let,
    Keyword::State,
    Keyword::Step,
    Keyword::Loss,
    Keyword::Rule,
    Keyword::Lint,
    Keyword::Test,
    Keyword::Use,
    Keyword::Protocol,
    Keyword::Product,
    Keyword::Deployment,
    Keyword::View,
    Keyword::Attacker,
    Keyword::Tag,
];

/// Things other than zones whose bodies hold declarations.
const HOLDERS: [Keyword; 4] = [Keyword::Component, Keyword::Integration, Keyword::Actor, Keyword::Identity];
