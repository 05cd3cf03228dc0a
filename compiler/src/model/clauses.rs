//! The clauses of steps, losses, rules and lints, one by one.
//!
//! In: a body and its frame. Out: [`Clauses`]. Never: a clause that is dropped without a word.

use super::check::Frame;
use super::lower::{Lower, at};
use super::{
    Chance, Domain, Expr, ExprKind, Guard, Keyword, Pattern, Physics, Template, Type, Variable, errors,
};
use crate::base::Place;
use crate::syntax::ast::{self, BindingSource, Clause, ClauseKind, Entry};

#[derive(Default)]
pub(super) struct Clauses {
    pub pattern: Pattern,
    pub physics: Physics,
    pub reports: Vec<Expr>,
    pub flag_when: Option<Expr>,
    pub on: Option<Expr>,
    pub impact: Option<Expr>,
    pub when: Option<Expr>,
    pub recovered_by: Vec<Guard>,
    pub say: Option<Template>,
    pub fix: Option<Template>,
    /// Where clauses that may stand once stood.
    pub once: Vec<(&'static str, Place)>,
    /// Guards wait for the thing they default to.
    pub guards: Vec<(ast::Guard, Place)>,
    pub recoveries: Vec<(ast::Guard, Place)>,
}

impl Lower {
    /// Reads the clauses of a body in order; `for` must come first, since the others name its variables.
    pub(super) fn clauses(&mut self, frame: &mut Frame<'_>, around: &str) -> Clauses {
        let item = frame.item;
        let mut out = Clauses::default();
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        let is_for = |entry: &&Entry| matches!(entry, Entry::Clause(Clause { kind: ClauseKind::For(_), .. }));
        let first = entries.iter().filter(is_for);
        for entry in first.chain(entries.iter().filter(|entry| !is_for(entry))) {
            match entry {
                Entry::Clause(clause) => self.clause(frame, clause, &mut out, around),
                Entry::Decl(decl) => {
                    let decl = &item.tree.decls[*decl];
                    self.problems.push(errors::only_at_top(decl.keyword.word(), at(item, decl.keyword_span)));
                }
                // Metadata is read with the attributes of the root kind.
                Entry::Attribute(_) | Entry::Field(_) => {}
            }
        }
        out
    }

    fn clause(&mut self, frame: &mut Frame<'_>, clause: &Clause, out: &mut Clauses, around: &str) {
        let place = at(frame.item, clause.keyword_span);
        match &clause.kind {
            ClauseKind::For(bindings) => self.bindings(frame, bindings, &mut out.pattern),
            ClauseKind::Where(condition) => {
                let condition = self.condition(frame, *condition);
                conjuncts(condition, &mut out.pattern.conditions);
            }
            ClauseKind::Needs(states) => {
                if self.once(out, "needs", place) {
                    out.physics.needs = Some(self.typed(frame, *states, &Type::State));
                }
            }
            ClauseKind::Gives(states) => {
                for state in states {
                    let state = self.typed(frame, *state, &Type::State);
                    out.physics.gives.push(state);
                }
            }
            ClauseKind::Chance { value, causes } => {
                let difficulty = self.weight_enum(self.model.words.Difficulty);
                let value = self.weight(frame, *value, &difficulty);
                let causes = causes.iter().map(|cause| self.expr(frame, *cause, None)).collect();
                out.physics.chances.push(Chance { value, causes });
            }
            ClauseKind::ResistedBy(attributes) => {
                for attribute in attributes {
                    let attribute = self.expr(frame, *attribute, None);
                    let has_strength = self.fits(&attribute.ty, &Type::Percent);
                    if !has_strength
                        || !matches!(attribute.kind, ExprKind::Attribute { .. } | ExprKind::Error)
                    {
                        self.problems.push(errors::strength_expected(attribute.place));
                        continue;
                    }
                    out.physics.resisted_by.push(attribute);
                }
            }
            ClauseKind::GuardedBy(guard) => out.guards.push((guard.clone(), at(frame.item, clause.span))),
            ClauseKind::RecoveredBy(guard) => {
                out.recoveries.push((guard.clone(), at(frame.item, clause.span)))
            }
            ClauseKind::Reports(steps) => {
                for step in steps {
                    let step = self.step_call(frame, *step);
                    out.reports.extend(step);
                }
            }
            ClauseKind::FlagWhen(condition) => {
                if self.once(out, "flag when", place) {
                    out.flag_when = Some(self.condition(frame, *condition));
                }
            }
            ClauseKind::On(thing) => {
                if self.once(out, "on", place) {
                    out.on = Some(self.expr(frame, *thing, None));
                }
            }
            ClauseKind::When(states) => {
                if self.once(out, "when", place) {
                    out.when = Some(self.typed(frame, *states, &Type::State));
                }
            }
            ClauseKind::Impact(value) => {
                if self.once(out, "impact", place) {
                    let level = self.weight_enum(self.model.words.Level);
                    out.impact = Some(self.weight(frame, *value, &level));
                }
            }
            ClauseKind::Say(text) => {
                if self.once(out, "say", place) {
                    out.say = Some(self.template(frame, *text));
                }
            }
            ClauseKind::Fix(text) => {
                if self.once(out, "fix", place) {
                    out.fix = Some(self.template(frame, *text));
                }
            }
            _ => self.problems.push(errors::clause_not_here(around, place)),
        }
    }

    /// Whether a clause that may stand once stands for the first time.
    fn once(&mut self, out: &mut Clauses, clause: &'static str, place: Place) -> bool {
        let first = out.once.iter().find(|(other, _)| *other == clause).map(|(_, place)| *place);
        match first {
            Some(first) => self.problems.push(errors::clause_twice(clause, place, first)),
            None => out.once.push((clause, place)),
        }
        first.is_none()
    }

    fn weight_enum(&self, name: crate::base::Name) -> Type {
        self.model.index.enums.get(&name).map_or(Type::Percent, |of| Type::Enum(*of))
    }

    /// A Percent, spelt as one or as a value of the enum that the clause expects.
    fn weight(&mut self, frame: &mut Frame<'_>, id: ast::ExprId, expected: &Type) -> Expr {
        let expr = self.expr(frame, id, Some(expected));
        if !self.fits(&expr.ty, &Type::Percent) {
            let (expected, found) = (self.describe(&Type::Percent), self.describe(&expr.ty));
            self.problems.push(errors::wrong_type(&expected, &found, expr.place));
        }
        expr
    }

    fn bindings(&mut self, frame: &mut Frame<'_>, bindings: &[ast::Binding], pattern: &mut Pattern) {
        for binding in bindings {
            let name = self.intern(frame.item.tree, binding.name);
            let place = at(frame.item, binding.name.span);
            if let Some(first) = pattern.variables.iter().find(|other| other.name == name) {
                let text = frame.item.tree.text(binding.name);
                self.problems.push(errors::declared_twice("variable", text, place, first.place));
            }
            let (domain, ty) = match &binding.source {
                BindingSource::Each(ty) => match self.type_named(ty, frame.item) {
                    Type::Thing(things) => (Domain::Each(things.clone()), Type::Thing(things)),
                    Type::Error => (Domain::Each(super::ThingType::default()), Type::Error),
                    other => {
                        let found = self.describe(&other);
                        self.problems.push(errors::wrong_type(
                            "a keyword or a kind",
                            &found,
                            at(frame.item, ty.span),
                        ));
                        (Domain::Each(super::ThingType::default()), Type::Error)
                    }
                },
                BindingSource::In(list) => {
                    let list = self.expr(frame, *list, None);
                    let member = self.member_type(&list);
                    (Domain::In(list), member)
                }
            };
            frame.bind(name, ty.clone());
            pattern.variables.push(Variable { name, ty, domain, place });
        }
    }

    pub(super) fn guards(&mut self, frame: &mut Frame<'_>, clauses: &mut Clauses, on: &Expr) {
        for (guard, place) in std::mem::take(&mut clauses.guards) {
            let guard = self.guard(frame, &guard, place, on);
            clauses.physics.guards.push(guard);
        }
    }

    pub(super) fn guard(
        &mut self,
        frame: &mut Frame<'_>,
        guard: &ast::Guard,
        place: Place,
        default_on: &Expr,
    ) -> Guard {
        let item = frame.item;
        let mut alternatives = Vec::new();
        for together in &guard.alternatives {
            let mut kinds = Vec::new();
            for path in together {
                let Some(kind) = self.kind_named(path, item) else { continue };
                if !self.may_be(Keyword::Control, kind) {
                    let found = self.model.kinds[kind].clone();
                    let place = at(item, path.span());
                    self.problems.push(errors::kind_of_another_keyword(
                        &found.name,
                        found.root.word(),
                        "control",
                        place,
                    ));
                    continue;
                }
                kinds.push(kind);
            }
            if !kinds.is_empty() {
                alternatives.push(kinds);
            }
        }
        let on = match guard.on {
            Some(on) => self.expr(frame, on, None),
            None => default_on.clone(),
        };
        Guard { alternatives, on, place }
    }
}

/// Splits `a and b` into its parts, which are joined one by one.
fn conjuncts(condition: Expr, out: &mut Vec<Expr>) {
    match condition.kind {
        ExprKind::Binary(ast::BinaryOp::And, left, right) => {
            conjuncts(*left, out);
            conjuncts(*right, out);
        }
        _ => out.push(condition),
    }
}
