//! Steps, losses, rules and lints get their contents.
//!
//! In: collected declarations. Out: [`Step`], [`Loss`], [`Rule`], [`Lint`]. Never: a rule with a hole in it that is not reported.

use std::sync::Arc;

use super::check::Frame;
use super::clauses::{self, Clauses};
use super::collect::{Collected, Item};
use super::lower::{Lower, at};
use super::rule_errors;
use super::{
    Domain, Expr, ExprKind, Keyword, Lint, Loss, Pattern, Rule, Stage, Step, Telling, Template, Type, Value,
    Variable,
};
use crate::base::{Place, codes};
use crate::syntax::ast::Header;

/// The clauses of one declaration as they are met.
impl Lower {
    pub(super) fn physics(&mut self, collected: &Collected<'_>) {
        for (_, item) in &collected.steps {
            let step = self.forgiving(*item, Self::step);
            self.model.steps.push(Arc::new(step));
        }
        for (_, item) in &collected.losses {
            let loss = self.forgiving(*item, Self::loss);
            self.model.losses.push(Arc::new(loss));
        }
        for (_, item) in &collected.rules {
            let rule = self.forgiving(*item, Self::rule);
            self.model.rules.push(Arc::new(rule));
        }
        for (_, item) in &collected.lints {
            let lint = self.forgiving(*item, Self::lint);
            self.model.lints.push(Arc::new(lint));
        }
        self.strengths();
        self.unattainable(collected);
        self.plan(collected);
        self.monotone(collected);
    }

    /// Reads a declaration; where a clause of it could not be read, neither the clause nor its variables are missed.
    fn forgiving<'a, T>(&mut self, item: Item<'a>, read: impl Fn(&mut Self, Item<'a>) -> T) -> T {
        let before = self.problems.len();
        let made = read(self, item);
        if !item.is_whole() {
            let missed = [codes::P0201.id, codes::P0501.id];
            self.problems.forget_after(before, |problem| missed.contains(&&*problem.code));
        }
        made
    }

    /// Enums that some `resisted by` names hold strengths, not weights.
    fn strengths(&mut self) {
        let steps = self.model.steps.iter().flat_map(|step| &step.physics.resisted_by);
        let rules = self.model.rules.iter().flat_map(|rule| match &rule.telling {
            Telling::Own(physics) | Telling::Obligation { physics, .. } => physics.resisted_by.as_slice(),
            Telling::Reports(_) => &[],
        });
        let enums: Vec<super::EnumId> = steps
            .chain(rules)
            .filter_map(|expr| match &expr.ty {
                Type::Enum(of) => Some(*of),
                _ => None,
            })
            .collect();
        for of in enums {
            self.model.enums[of].is_strength = true;
        }
    }

    fn step(&mut self, item: Item<'_>) -> Step {
        let mut frame = Frame::new(item, None);
        let mut clauses = self.clauses(&mut frame, clauses::OF_A_STEP);
        let on = self.first_variable(&clauses.pattern, item.place());
        self.guards(&mut frame, &mut clauses, &on);
        if clauses.physics.gives.is_empty() {
            self.problems.push(rule_errors::clause_missing("gives", "step", item.place()));
        }
        clauses.pattern.slots = frame.slots;
        Step {
            name: self.name(item),
            doc: item.doc(),
            place: item.place(),
            say: clauses.say.unwrap_or_else(|| plain(first_sentence(&item.doc()).into())),
            pattern: clauses.pattern,
            physics: clauses.physics,
        }
    }

    fn loss(&mut self, item: Item<'_>) -> Loss {
        let mut frame = Frame::new(item, None);
        let mut params = Vec::new();
        if let Header::Params(declared) = &item.get().header {
            for param in declared {
                let name = self.parameter_name(param, declared, item);
                let ty = self.type_named(&param.ty, item);
                let things = match &ty {
                    Type::Thing(things) => things.clone(),
                    _ => super::ThingType::default(),
                };
                frame.bind(name, ty.clone());
                params.push(Variable {
                    name,
                    ty,
                    domain: Domain::Each(things),
                    place: at(item, param.name.span),
                });
            }
        }
        let mut clauses = self.clauses(&mut frame, clauses::OF_A_LOSS);
        let pattern = Pattern { variables: params.clone(), ..Pattern::default() };
        let on = self.first_variable(&pattern, item.place());
        let recoveries = std::mem::take(&mut clauses.recoveries);
        for (guard, place) in recoveries {
            let guard = self.guard(&mut frame, &guard, place, &on);
            clauses.recovered_by.push(guard);
        }
        let when = self.required(clauses.when, "when", "loss", item);
        let impact = self.required(clauses.impact, "impact", "loss", item);
        Loss {
            name: self.name(item),
            doc: item.doc(),
            place: item.place(),
            params,
            when,
            impact,
            recovered_by: clauses.recovered_by,
        }
    }

    fn rule(&mut self, item: Item<'_>) -> Rule {
        let decl = item.get();
        let mut frame = Frame::new(item, None);
        let threatened = match &decl.header {
            Header::On(path) => self.any_thing(path, item, None).map(|thing| (thing, path.span())),
            _ => None,
        };
        let takes = if decl.keyword == Keyword::Threat { clauses::OF_A_THREAT } else { clauses::OF_A_RULE };
        let mut clauses = self.clauses(&mut frame, takes);
        let default_on = match threatened {
            Some((thing, span)) => self.thing_expr(thing, at(item, span)),
            None => self.first_variable(&clauses.pattern, item.place()),
        };
        let on = clauses.on.take().unwrap_or(default_on);
        self.guards(&mut frame, &mut clauses, &on);
        let kind = self.root_kind(decl.keyword);
        let mut settings = Vec::new();
        self.body_settings(item, &[kind], None, &mut settings);
        settings.sort_by_key(|(name, _)| *name);
        let telling = self.telling(&mut clauses, item);
        if clauses.say.is_none() && decl.keyword == Keyword::Rule {
            self.problems.push(rule_errors::clause_missing("say", "rule", item.place()));
        }
        clauses.pattern.slots = frame.slots;
        Rule {
            name: self.name(item),
            title: item.title().unwrap_or_else(|| self.name(item)),
            doc: item.doc(),
            place: item.place(),
            pattern: clauses.pattern,
            telling,
            flag_when: clauses.flag_when,
            on,
            say: clauses.say.unwrap_or_else(|| plain(item.title().unwrap_or_else(|| self.name(item)))),
            fix: clauses.fix.unwrap_or_default(),
            settings,
        }
    }

    fn telling(&mut self, clauses: &mut Clauses, item: Item<'_>) -> Telling {
        let physics = std::mem::take(&mut clauses.physics);
        let has_step = physics.needs.is_some() || !physics.gives.is_empty();
        let reports = std::mem::take(&mut clauses.reports);
        match clauses.impact.take() {
            _ if clauses.has_reports => {
                if has_step {
                    self.problems.push(rule_errors::reports_and_step(item.place()));
                }
                Telling::Reports(reports)
            }
            Some(impact) => Telling::Obligation { impact, physics },
            None => {
                if physics.gives.is_empty() {
                    self.problems.push(rule_errors::clause_missing("reports", "rule", item.place()));
                }
                Telling::Own(physics)
            }
        }
    }

    fn lint(&mut self, item: Item<'_>) -> Lint {
        let mut frame = Frame::new(item, None);
        let mut clauses = self.clauses(&mut frame, clauses::OF_A_LINT);
        let default_on = self.first_variable(&clauses.pattern, item.place());
        let on = clauses.on.take().unwrap_or(default_on);
        let stage = clauses.pattern.conditions.iter().map(stage_of).max().unwrap_or(Stage::Model);
        let mut settings = Vec::new();
        let kind = self.root_kind(Keyword::Lint);
        self.body_settings(item, &[kind], None, &mut settings);
        let repair = settings.iter().find(|(name, _)| *name == self.model.words.repair);
        let repair = repair.and_then(|(_, setting)| self.model.word_of(&setting.value));
        clauses.pattern.slots = frame.slots;
        Lint {
            name: self.name(item),
            title: item.title().unwrap_or_else(|| self.name(item)),
            doc: item.doc(),
            place: item.place(),
            pattern: clauses.pattern,
            on,
            say: clauses.say.unwrap_or_else(|| plain(item.title().unwrap_or_else(|| self.name(item)))),
            fix: clauses.fix.unwrap_or_default(),
            stage,
            repair,
        }
    }

    fn name(&self, item: Item<'_>) -> Arc<str> {
        item.get().name.as_ref().map_or_else(|| "".into(), |path| self.known_as(&item.tree.path_text(path)))
    }

    fn required(&mut self, found: Option<Expr>, clause: &str, what: &str, item: Item<'_>) -> Expr {
        found.unwrap_or_else(|| {
            self.problems.push(rule_errors::clause_missing(clause, what, item.place()));
            super::check::error(item.place())
        })
    }

    fn first_variable(&mut self, pattern: &Pattern, place: Place) -> Expr {
        match pattern.variables.first() {
            Some(variable) => Expr {
                kind: ExprKind::Variable(super::Slot(0)),
                ty: variable.ty.clone(),
                place: variable.place,
            },
            None => super::check::error(place),
        }
    }

    fn thing_expr(&self, thing: super::ThingId, place: Place) -> Expr {
        let class = super::ThingClass::Kind(self.model.things[thing].kind);
        let ty = Type::Thing(super::ThingType::one(class));
        Expr { kind: ExprKind::Value(Value::Thing(thing)), ty, place }
    }
}

/// The latest part of the pipeline that an expression reads.
pub(super) fn stage_of(expr: &Expr) -> Stage {
    let own = match &expr.kind {
        ExprKind::Call { function, .. } => function.stage(),
        ExprKind::Deployment => Stage::Graph,
        _ => Stage::Model,
    };
    expr.children().into_iter().map(stage_of).fold(own, Stage::max)
}

fn plain(text: Arc<str>) -> Template {
    Template { parts: vec![super::TemplatePart::Text(text)] }
}

/// Up to the first full stop.
fn first_sentence(doc: &str) -> &str {
    let line = doc.lines().next().unwrap_or("");
    line.split_once(". ").map_or(line, |(first, _)| first).trim_end_matches('.')
}
