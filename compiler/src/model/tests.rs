//! Tests of the language: statements, and the isolated little products they are about.
//!
//! In: collected tests. Out: [`Test`]s. Never: a test that names what it cannot see without being told.

use std::sync::Arc;

use super::check::Frame;
use super::collect::{Collected, Item};
use super::lower::{Lower, at, is_word};
use super::rule_errors;
use super::{Expected, Keyword, Model, Statement, Test, ThingId, Type, Value, errors};
use crate::base::{Place, nearest};
use crate::syntax::ast::{self, ClauseKind, Entry, Header};

impl Lower {
    pub(super) fn tests(&mut self, collected: &Collected<'_>, items: &[Item<'_>], library: Option<&Model>) {
        if collected.tests.is_empty() {
            return;
        }
        let words: Vec<Item<'_>> = items.iter().copied().filter(|item| is_word(item.get().keyword)).collect();
        // Every isolated model starts from the same words: the library alone when the package declares none of its own,
        // and a standard library tests itself on top of itself.
        let has_words = words.iter().any(|item| item.get().keyword != Keyword::Test);
        let own_library = library.is_none().then(|| self.model.clone());
        let base = own_library.as_ref().or(library);
        let words = if own_library.is_some() || !has_words { Vec::new() } else { words };
        for item in &collected.tests {
            let test = self.test(*item, &words, base);
            self.model.tests.push(Arc::new(test));
        }
    }

    fn test(&mut self, item: Item<'_>, words: &[Item<'_>], library: Option<&Model>) -> Test {
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        let block = entries.iter().find_map(|entry| match entry {
            Entry::Clause(clause) => match &clause.kind {
                ClauseKind::Model(body) => Some(body),
                _ => None,
            },
            _ => None,
        });
        let (statements, slots, model) = match block {
            None => {
                let (statements, slots) = self.statements(entries, item);
                (statements, slots, None)
            }
            Some(body) => {
                let things: Vec<Item<'_>> = body
                    .entries
                    .iter()
                    .filter_map(|entry| match entry {
                        Entry::Decl(decl) => Some(Item { decl: *decl, ..item }),
                        _ => None,
                    })
                    .collect();
                let built = Lower::isolated(library, words, &things);
                let inside = |place: Place| {
                    place.file == item.file && body.span.lo <= place.span.lo && place.span.hi <= body.span.hi
                };
                self.problems
                    .extend(built.problems.into_iter().filter(|problem| inside(problem.primary.place)));
                let mut inner = Lower::resume(built.model);
                let (statements, slots) = inner.statements(entries, item);
                self.problems.extend(inner.problems);
                (statements, slots, Some(Arc::new(inner.model)))
            }
        };
        Test { title: item.title().unwrap_or_default(), place: item.place(), model, statements, slots }
    }

    fn statements(&mut self, entries: &[Entry], item: Item<'_>) -> (Vec<Statement>, u16) {
        let mut frame = Frame::new(item, None);
        let mut out = Vec::new();
        for entry in entries {
            match entry {
                Entry::Clause(clause) => self.statement(&mut frame, clause, &mut out),
                Entry::Attribute(attribute) => self.test_attribute(attribute, item, &mut out),
                Entry::Decl(decl) => self.test_let(*decl, &mut frame, &mut out),
                Entry::Field(field) => self.problems.push(errors::colon_in_thing(at(item, field.ty.span))),
            }
        }
        (out, frame.slots)
    }

    fn test_attribute(&mut self, attribute: &ast::Attribute, item: Item<'_>, out: &mut Vec<Statement>) {
        let place = at(item, attribute.name.span);
        if item.tree.text(attribute.name) != "today" {
            let near = nearest(item.tree.text(attribute.name), ["today"]);
            self.problems.push(errors::unknown_attribute(
                item.tree.text(attribute.name),
                "test",
                near,
                &["today"],
                place,
            ));
            return;
        }
        if let Some(Value::Date(day)) = self.constant(attribute.value, &Type::Date, item, None) {
            out.push(Statement::Today(day));
        }
    }

    fn test_let(&mut self, decl: ast::DeclId, frame: &mut Frame<'_>, out: &mut Vec<Statement>) {
        let item = frame.item;
        let decl = &item.tree.decls[decl];
        match (&decl.header, &decl.name) {
            (Header::Let(value), Some(name)) => {
                let value = self.expr(frame, *value, None);
                let spelling = item.tree.path_text(name);
                let name = self.intern_text(&spelling);
                let slot = frame.bind(name, value.ty.clone());
                out.push(Statement::Let(slot, value));
            }
            _ => self
                .problems
                .push(rule_errors::only_in_model(decl.keyword.word(), at(item, decl.keyword_span))),
        }
    }

    fn statement(&mut self, frame: &mut Frame<'_>, clause: &ast::Clause, out: &mut Vec<Statement>) {
        let item = frame.item;
        match &clause.kind {
            ClauseKind::Model(_) => {}
            ClauseKind::In(path) => {
                let deployment = self.deployment_named(path, item, "what a test is in");
                out.extend(deployment.map(Statement::In));
            }
            ClauseKind::Expect { what, rule, on } => {
                let place = at(item, clause.span);
                let of = self.expected(rule, item);
                let on = match on {
                    Some(path) => match self.any_thing(path, item, None) {
                        Some(thing) => Some(thing),
                        None => return,
                    },
                    None => None,
                };
                out.extend(of.map(|of| Statement::Expect { what: *what, of, on, place }));
            }
            ClauseKind::Assert(condition) => {
                let condition = self.condition(frame, *condition);
                out.push(Statement::Assert(condition));
            }
            _ => {
                let mut changes = Vec::new();
                self.clause_changes(clause, item, None::<ThingId>, "a test", &mut changes);
                out.extend(changes.into_iter().map(Statement::Change));
            }
        }
    }

    /// The deployment that an `in` names.
    pub(super) fn deployment_named(
        &mut self,
        path: &ast::Path,
        item: Item<'_>,
        what: &str,
    ) -> Option<ThingId> {
        let thing = self.any_thing(path, item, None)?;
        if self.model.things[thing].keyword == Keyword::Deployment {
            return Some(thing);
        }
        let (found, place) = (self.model.path(thing), at(item, path.span()));
        self.problems.push(errors::wrong_end(what, "a deployment", &found, place));
        None
    }

    fn expected(&mut self, path: &ast::Path, item: Item<'_>) -> Option<Expected> {
        let spelling = item.tree.path_text(path);
        let name = self.intern_text(&spelling);
        let index = &self.model.index;
        let found = index.rules.get(&name).map(|rule| Expected::Rule(*rule));
        let found = found.or_else(|| index.lints.get(&name).map(|lint| Expected::Lint(*lint)));
        let found = found.or_else(|| index.losses.get(&name).map(|loss| Expected::Loss(*loss)));
        if found.is_none() {
            let names = index.rules.keys().chain(index.lints.keys()).chain(index.losses.keys());
            let near = nearest(&spelling, names.map(|name| self.model.names.text(*name))).map(str::to_owned);
            let problem = errors::unknown_rule("rule", &spelling, near.as_deref(), at(item, path.span()));
            let problem = self.about_packages(problem, &spelling, item);
            self.problems.push(problem);
        }
        found
    }
}
