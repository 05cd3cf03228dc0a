//! Whether anything asks for what a control does.
//!
//! In: a control. Out: whether a guard, a recovery, a rule or another control names its kind for a sort of thing that it
//! protects. Never: a look at an attack; a guard that some product would need is enough.

use super::Product;
use crate::model::{
    Expr, ExprKind, Function, Guard, Keyword, KindId, Rule, Telling, ThingClass, ThingId, Type, Value,
};

impl Product {
    /// Whether anything asks for what a control does, on something that it protects. Where nothing does, it changes no number
    /// and no verdict.
    pub fn asked(&self, control: ThingId) -> bool {
        let words = &self.model.words;
        let stands_for = match self.read(control, words.realises).value {
            Value::Attribute(keyword, _) => self.protects_of(control, &Type::Thing(one(keyword))),
            _ => false,
        };
        let counters =
            matches!(self.read(control, words.counters).value, Value::List(steps) if !steps.is_empty());
        stands_for
            || counters
            || self.answers(control)
            || self.is_guard(control)
            || self.is_recovery(control)
            || self.is_looked_for(control)
    }

    /// Whether it acts on what another control detects.
    fn answers(&self, control: ThingId) -> bool {
        let others = self.things(Keyword::Control).iter();
        others.copied().any(|other| self.reference(other, self.model.words.answered_by) == Some(control))
    }

    fn is_guard(&self, control: ThingId) -> bool {
        let steps = self.model.steps.iter().flat_map(|step| &step.physics.guards);
        let rules = self.model.rules.iter().flat_map(|rule| match &rule.telling {
            Telling::Own(physics) | Telling::Obligation { physics, .. } => physics.guards.as_slice(),
            Telling::Reports(_) => &[],
        });
        steps.chain(rules).any(|guard| self.names(guard, control) && self.protects_of(control, &guard.on.ty))
    }

    /// Whether a loss is less bad with it: on the thing that is lost, or on what keeps it.
    fn is_recovery(&self, control: ThingId) -> bool {
        let keeps = |ty: &Type| {
            let stores = [Keyword::Component, Keyword::Integration].map(|keyword| Type::Thing(one(keyword)));
            admits(ty, |class| class == ThingClass::Keyword(Keyword::Data))
                && stores.iter().any(|stores| self.protects_of(control, stores))
        };
        let mut losses = self.model.losses.iter().flat_map(|loss| &loss.recovered_by);
        losses.any(|guard| {
            self.names(guard, control) && (self.protects_of(control, &guard.on.ty) || keeps(&guard.on.ty))
        })
    }

    /// Whether a rule asks whether something is covered by its kind.
    fn is_looked_for(&self, control: ThingId) -> bool {
        let conditions = |rule: &Rule| -> Vec<Expr> {
            rule.pattern.conditions.iter().chain(&rule.flag_when).cloned().collect()
        };
        self.model.rules.iter().any(|rule| conditions(rule).iter().any(|expr| self.looks_for(expr, control)))
    }

    fn looks_for(&self, expr: &Expr, control: ThingId) -> bool {
        if let ExprKind::Call { function: Function::Covered, args } = &expr.kind
            && let [on, Expr { kind: ExprKind::Kind(kind), .. }] = args.as_slice()
        {
            return self.is_kind(control, *kind) && self.protects_of(control, &on.ty);
        }
        expr.children().into_iter().any(|inner| self.looks_for(inner, control))
    }

    /// Whether a guard names the kind of a control.
    fn names(&self, guard: &Guard, control: ThingId) -> bool {
        let mut kinds = guard.alternatives.iter().flatten();
        kinds.any(|kind: &KindId| self.is_kind(control, *kind))
    }

    /// Whether a control covers something of a type: by name, by a zone around it, or because it protects everything.
    fn protects_of(&self, control: ThingId, ty: &Type) -> bool {
        let reading = self.read(control, self.model.words.protects);
        if !reading.is_stated() {
            return true;
        }
        super::reading::things_in(&reading.value).into_iter().any(|protected| {
            // What lies in a zone may be anything, and parts of a component are components.
            self.is(protected, Keyword::Zone)
                || self.is(protected, Keyword::Deployment)
                || admits(ty, |class| class.holds(&self.model, protected) || self.has_part(protected, class))
        })
    }

    fn has_part(&self, whole: ThingId, class: ThingClass) -> bool {
        self.is(whole, Keyword::Component)
            && self.model.things.iter_ids().any(|(part, declared)| {
                declared.parent == Some(whole) && self.has(part) && class.holds(&self.model, part)
            })
    }
}

fn one(keyword: Keyword) -> crate::model::ThingType {
    crate::model::ThingType::keyword(keyword)
}

/// Whether a type has a class of things that does.
fn admits(ty: &Type, does: impl Fn(ThingClass) -> bool) -> bool {
    match ty {
        Type::Thing(things) => things.alternatives.iter().any(|class| does(*class)),
        Type::List(member) => match &**member {
            Type::Thing(things) => things.alternatives.iter().any(|class| does(*class)),
            other => *other == Type::Error,
        },
        other => *other == Type::Error,
    }
}
