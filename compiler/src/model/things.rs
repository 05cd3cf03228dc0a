//! Things get their kinds and what the author said of them.
//!
//! In: collected things. Out: [`Thing`]s with settings, [`View`]s. Never: a judgement about the product as a whole.

use super::check::Frame;
use super::collect::{Collected, ThingItem};
use super::deployments::clause_word;
use super::kinds::is_thing;
use super::lower::{Lower, at};
use super::{Expr, Keyword, KindId, Thing, ThingId, Value, View, errors};
use crate::base::{Id, Place, Span};
use crate::syntax::ast::{Entry, Header};

impl Lower {
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
        self.changes_of_nothing(collected);
        self.acceptances_apart(collected);
        for item in collected.overrides.iter().filter(|item| is_thing(item.get().keyword)) {
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

    pub(super) fn check_kind(&mut self, kind: KindId, keyword: Keyword, place: Place) -> bool {
        let found = self.model.kinds[kind].clone();
        if !self.may_be(keyword, kind) {
            let is_declared = ![found.root, keyword].contains(&Keyword::Protocol);
            let problem = if is_declared { errors::kind_of_another_keyword } else { errors::kind_not_taken };
            self.problems.push(problem(&found.name, found.root.word(), keyword.word(), place));
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

    /// A finding lives in the thing that it is on.
    pub(super) fn place_finding(&mut self, ThingItem { thing, item, .. }: ThingItem<'_>) {
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
    pub(super) fn settle(&mut self, entry: ThingItem<'_>) {
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
        settings.shrink_to_fit();
        self.model.things[thing].settings = settings;
        match item.get().keyword {
            Keyword::Accept => self.complete_acceptance(thing, item),
            Keyword::Control => self.protects_something(thing),
            _ => {}
        }
    }

    /// A control that names what it protects names something: without a name it would protect everything.
    fn protects_something(&mut self, control: ThingId) {
        let protects = self.model.things[control].setting(self.model.words.protects);
        if let Some(setting) = protects.filter(|setting| setting.value == Value::List([].into())) {
            let (name, place) = (self.model.path(control), setting.place);
            self.problems.push(errors::protects_nothing(&name, place));
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

    pub(super) fn no_clauses(&mut self, ThingItem { item, .. }: ThingItem<'_>) {
        for entry in item.get().body.iter().flat_map(|body| &body.entries) {
            if let Entry::Clause(clause) = entry {
                let what = errors::article(item.get().keyword.word());
                self.problems.push(errors::clause_not_here(
                    clause_word(clause, item),
                    &what,
                    at(item, clause.keyword_span),
                ));
            }
        }
    }

    /// `internet`, `anywhere`, and what a product without deployments stands in, once, in the library.
    pub(super) fn built_in_things(&mut self) {
        if self.model.internet.is_some() {
            return;
        }
        let kind = self.root_kind(Keyword::Zone);
        let place = Place { file: crate::base::FileId::from_index(0), span: Span::empty(0) };
        let mut made = ["internet", "anywhere", "inside"].map(|name| {
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
            if name != "inside" {
                let name = self.intern_text(name);
                self.model.index.things.insert((None, name), thing);
            }
            Some(thing)
        });
        [self.model.internet, self.model.anywhere, self.model.inside] =
            [made[0].take(), made[1].take(), made[2].take()];
    }
}
