//! What an expression is worth in a deployment, with the chains that prove it.
//!
//! In: a product, a typed expression, the settings. Out: an [`Answer`]. Never: a default passed off as something that was said.

use super::engine::assess;
use super::matching::{Finder, Holds};
use super::oracle::Knowledge;
use super::situation::Settings;
use crate::base::Name;
use crate::graph::proof::Hop;
use crate::graph::{Oracle, Product, Scope, Truth, Val, Without};
use crate::model::{Expr, ExprKind, Slot, ThingId, Type, Value};

/// What an expression is worth in one deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The deployment; empty where the model declares none.
    pub deployment: std::sync::Arc<str>,
    /// Whether it is a list.
    pub is_list: bool,
    /// The members of a list, or the one value. A condition that nobody can answer is [`Value::Unknown`].
    pub rows: Vec<Row>,
    /// Whether a list may have other members.
    pub may_have_more: bool,
    /// The chain behind the whole, as of `path(a, b)` or `blast(i)`.
    pub proof: Vec<Vec<Hop>>,
}

/// A value of an [`Answer`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The value, defaults filled in.
    pub value: Value,
    /// Whether what somebody said is enough for it.
    pub is_established: bool,
    /// What nobody said, where that is not enough.
    pub hangs_on: Vec<(ThingId, Name)>,
    /// The chains behind the functions of the graph that decide it.
    pub proof: Vec<Vec<Hop>>,
}

/// Asks one deployment of all. It is assessed only if the expression reads a score.
pub fn ask(product: &Product, all: &[Product], expr: &Expr, settings: &Settings) -> Answer {
    if !expr.reads_assessment(&product.model) {
        return answer(product, expr, settings, &Without);
    }
    let assessed = assess(product, all, settings);
    answer(product, expr, settings, &Knowledge::of(product, &assessed, settings))
}

fn answer(product: &Product, expr: &Expr, settings: &Settings, oracle: &dyn Oracle) -> Answer {
    let asked = Asked { finder: Finder::with_oracle(product, settings.today, oracle) };
    let (is_list, rows, may_have_more) = match &expr.kind {
        ExprKind::Filter { slot, source, condition } => asked.filter(*slot, source, condition),
        _ if expr.ty == Type::Bool => (false, vec![asked.condition(expr)], false),
        _ => asked.value(expr),
    };
    let proof = asked.finder.filled.way_to(expr);
    Answer { deployment: product.name(), is_list, rows, may_have_more, proof: proof.into_iter().collect() }
}

struct Asked<'a> {
    finder: Finder<'a>,
}

impl Asked<'_> {
    /// Each member of a list for which a condition holds, or may hold.
    fn filter(&self, slot: Slot, source: &Expr, condition: &Expr) -> (bool, Vec<Row>, bool) {
        let (_, members, may_have_more) = self.value(source);
        let mut rows = Vec::new();
        for member in members {
            self.finder.bind(usize::from(slot.0), &member.value);
            let (is_established, mut hangs_on, scope) = match self.finder.holds(condition) {
                Holds::No => continue,
                Holds::Stated => (member.is_established, Vec::new(), &self.finder.stated),
                Holds::Assumed(hangs_on) => (false, hangs_on, &self.finder.filled),
            };
            let proof = scope.proof(condition);
            hangs_on.extend(member.hangs_on);
            rows.push(Row { value: member.value, is_established, hangs_on, proof });
        }
        (true, rows, may_have_more)
    }

    /// True, false or unknown; of what is unknown, what the defaults say.
    fn condition(&self, expr: &Expr) -> Row {
        let row = |scope: &Scope<'_>, truth: Truth, is_established, hangs_on| {
            let value = match truth {
                Truth::True => Value::Bool(true),
                Truth::False => Value::Bool(false),
                Truth::Unknown => Value::Unknown,
            };
            Row { value, is_established, hangs_on, proof: scope.proof(expr) }
        };
        match self.finder.stated.truth(expr) {
            Truth::Unknown => {
                self.finder.filled.take_asked();
                let truth = self.finder.filled.truth(expr);
                row(&self.finder.filled, truth, false, self.finder.filled.take_asked())
            }
            said => row(&self.finder.stated, said, true, Vec::new()),
        }
    }

    fn value(&self, expr: &Expr) -> (bool, Vec<Row>, bool) {
        let said = self.finder.stated.eval(expr);
        self.finder.filled.take_asked();
        let filled = self.finder.filled.eval(expr);
        let hangs_on = self.finder.filled.take_asked();
        let row = |value: Value, is_established: bool| {
            let hangs_on = if is_established { Vec::new() } else { hangs_on.clone() };
            Row { value, is_established, hangs_on, proof: Vec::new() }
        };
        match filled {
            Val::List { items, is_complete } => {
                let known = match said {
                    Val::List { items, .. } => items,
                    _ => [].into(),
                };
                let rows = items.iter().map(|item| row(item.clone(), known.contains(item))).collect();
                (true, rows, !is_complete)
            }
            Val::One(value) | Val::AtLeast(value) => {
                let is_established = said == Val::One(value.clone());
                (false, vec![row(value, is_established)], false)
            }
            Val::Unknown => (false, vec![row(Value::Unknown, false)], false),
        }
    }
}
