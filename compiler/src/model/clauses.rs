//! The clauses of steps, losses, rules and lints, one by one.
//!
//! In: a body and its frame. Out: [`Clauses`]. Never: a clause that is dropped without a word.

use super::check::Frame;
use super::lower::{Lower, at};
use super::rule_errors;
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
    /// Whether there is such a clause, be it right or wrong.
    pub has_reports: bool,
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

/// Which clauses a declaration takes, by their first words.
#[derive(Clone, Copy)]
pub(super) struct Takes {
    /// The declaration as a message calls it.
    around: &'static str,
    clauses: &'static [&'static str],
}

/// A step: structure and physics.
pub(super) const OF_A_STEP: Takes = Takes {
    around: "a step",
    clauses: &["for", "where", "needs", "gives", "chance", "resisted", "guarded", "say"],
};

/// A loss: the states that cost something.
pub(super) const OF_A_LOSS: Takes = Takes { around: "a loss", clauses: &["when", "impact", "recovered"] };

/// A rule: structure, physics of its own or steps that it reports, and what to tell.
pub(super) const OF_A_RULE: Takes = Takes {
    around: "a rule",
    clauses: &[
        "for", "where", "needs", "gives", "chance", "resisted", "guarded", "reports", "flag", "on", "impact",
        "say", "fix",
    ],
};

/// A threat: a rule on one thing.
pub(super) const OF_A_THREAT: Takes = Takes {
    around: "a threat",
    clauses: &["for", "where", "needs", "gives", "chance", "resisted", "guarded", "impact", "say", "fix"],
};

/// A lint: structure and what to tell.
pub(super) const OF_A_LINT: Takes =
    Takes { around: "a lint", clauses: &["for", "where", "on", "say", "fix"] };

/// Clauses that may stand once.
const ONCE: [&str; 7] = ["needs", "flag", "on", "when", "impact", "say", "fix"];

impl Lower {
    /// Reads the clauses of a body in order; `for` must come first, since the others name its variables.
    pub(super) fn clauses(&mut self, frame: &mut Frame<'_>, takes: Takes) -> Clauses {
        let item = frame.item;
        let mut out = Clauses::default();
        let entries = item.get().body.as_ref().map_or(&[] as &[Entry], |body| &body.entries);
        let is_for = |entry: &&Entry| matches!(entry, Entry::Clause(clause) if matches!(clause.kind, ClauseKind::For(_)));
        let first = entries.iter().filter(is_for);
        for entry in first.chain(entries.iter().filter(|entry| !is_for(entry))) {
            match entry {
                Entry::Clause(clause) => self.clause(frame, clause, &mut out, takes),
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

    fn clause(&mut self, frame: &mut Frame<'_>, clause: &Clause, out: &mut Clauses, takes: Takes) {
        let place = at(frame.item, clause.keyword_span);
        let word = clause.keyword_span.slice(&frame.item.tree.text);
        let first = word.split_whitespace().next().unwrap_or(word);
        if !takes.clauses.contains(&first) {
            self.problems.push(errors::clause_not_here(word, takes.around, place));
            return;
        }
        if let Some(only_once) = ONCE.iter().copied().find(|once| *once == first)
            && !self.once(out, only_once, place)
        {
            return;
        }
        match &clause.kind {
            ClauseKind::For(bindings) => self.bindings(frame, bindings, &mut out.pattern),
            ClauseKind::Where(condition) => {
                let condition = self.condition(frame, *condition);
                conjuncts(condition, &mut out.pattern.conditions);
            }
            ClauseKind::Reports(steps) => {
                out.has_reports = true;
                for step in steps {
                    let step = self.step_call(frame, *step);
                    out.reports.extend(step);
                }
            }
            ClauseKind::FlagWhen(condition) => out.flag_when = Some(self.condition(frame, *condition)),
            ClauseKind::On(thing) => out.on = Some(self.expr(frame, *thing, None)),
            ClauseKind::When(states) => out.when = Some(self.typed(frame, *states, &Type::State)),
            ClauseKind::Impact(value) => {
                let level = self.weight_enum(self.model.words.Level);
                out.impact = Some(self.weight(frame, *value, &level));
            }
            ClauseKind::Say(text) => out.say = Some(self.template(frame, *text)),
            ClauseKind::Fix(text) => out.fix = Some(self.template(frame, *text)),
            ClauseKind::GuardedBy(guard) => out.guards.push((guard.clone(), at(frame.item, clause.span))),
            ClauseKind::RecoveredBy(guard) => {
                out.recoveries.push((guard.clone(), at(frame.item, clause.span)));
            }
            physics => self.physics_clause(frame, physics, out),
        }
    }

    /// What an attacker needs, what he gains, and how hard it is.
    fn physics_clause(&mut self, frame: &mut Frame<'_>, clause: &ClauseKind, out: &mut Clauses) {
        match clause {
            ClauseKind::Needs(states) => out.physics.needs = Some(self.typed(frame, *states, &Type::State)),
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
                        self.problems.push(rule_errors::strength_expected(attribute.place));
                        continue;
                    }
                    out.physics.resisted_by.push(attribute);
                }
            }
            _ => {}
        }
    }

    /// Whether a clause that may stand once stands for the first time.
    fn once(&mut self, out: &mut Clauses, clause: &'static str, place: Place) -> bool {
        let first = out.once.iter().find(|(other, _)| *other == clause).map(|(_, place)| *place);
        match first {
            Some(first) => self.problems.push(rule_errors::clause_twice(clause, place, first)),
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
        self.shares_of(&expr);
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
                        let found = self.describe_found(&other);
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
                    self.problems.push(errors::kind_not_taken(
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
