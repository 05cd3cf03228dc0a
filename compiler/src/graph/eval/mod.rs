//! Expressions over a product: conditions with three truths, values with what they hang on.
//!
//! In: a typed expression, bound variables, a [`Stance`]. Out: a [`Val`]. Never: a loop without an end, a failure; what cannot
//! be computed is unknown.

mod compare;
mod narrowing;
mod operators;
mod proof;
mod text;
mod vocabulary;

use std::cell::RefCell;
use std::sync::Arc;

use super::{Product, Truth};
use crate::base::Name;
use crate::model::{Expr, ExprKind, Function, Quantifier, Slot, ThingClass, ThingId, ThingType, Type, Value};

use narrowing::Narrowed;

pub use compare::{number, order};
pub use text::{in_words, on_screen};

/// Which facts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Only what somebody said; the rest is unknown.
    Stated,
    /// Defaults stand in for what nobody said.
    Filled,
}

/// What an expression is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// Nobody has said.
    Unknown,
    /// A value that is no list.
    One(Value),
    /// The largest that is known; it may be more.
    AtLeast(Value),
    /// A list. Members that nobody has said are [`Value::Unknown`].
    List {
        /// Those that are known.
        items: Arc<[Value]>,
        /// Whether these are all.
        is_complete: bool,
    },
}

impl Val {
    /// The thing it is, if it is one.
    pub fn thing(&self) -> Option<ThingId> {
        match self {
            Val::One(Value::Thing(thing)) => Some(*thing),
            _ => None,
        }
    }

    /// The things it is: one, or those of a list.
    pub fn things(&self) -> Vec<ThingId> {
        match self {
            Val::One(value) => super::reading::things_in(value),
            Val::List { items, .. } => super::reading::things_in(&Value::List(items.clone())),
            Val::Unknown | Val::AtLeast(_) => Vec::new(),
        }
    }

    fn truth(&self) -> Truth {
        match self {
            Val::One(Value::Bool(value)) => Truth::from(*value),
            _ => Truth::Unknown,
        }
    }
}

impl From<Truth> for Val {
    fn from(truth: Truth) -> Val {
        match truth {
            Truth::True => Val::One(Value::Bool(true)),
            Truth::False => Val::One(Value::Bool(false)),
            Truth::Unknown => Val::Unknown,
        }
    }
}

impl From<Value> for Val {
    fn from(value: Value) -> Val {
        match value {
            Value::Unknown => Val::Unknown,
            Value::List(items) => Val::List { items, is_complete: true },
            other => Val::One(other),
        }
    }
}

/// Answers what only a finished assessment knows: scores, shares, controls at work.
pub trait Oracle {
    /// The value of a function of the assessment; `None` where it has no answer.
    fn ask(&self, scope: &Scope<'_>, function: Function, args: &[Expr]) -> Option<Val>;
    /// The strength of a control after coverage, evidence and age.
    fn effective(&self, control: ThingId) -> Option<f64>;
}

/// Knows nothing: for everything that runs before scores exist.
#[derive(Clone, Copy, Debug)]
pub struct Without;

impl Oracle for Without {
    fn ask(&self, _: &Scope<'_>, _: Function, _: &[Expr]) -> Option<Val> {
        None
    }

    fn effective(&self, _: ThingId) -> Option<f64> {
        None
    }
}

/// Where an expression is evaluated.
pub struct Scope<'a> {
    /// The deployment.
    pub product: &'a Product,
    /// The injected date, in days since 1970-01-01.
    pub today: i32,
    /// Which facts count.
    pub stance: Stance,
    /// What knows the assessment.
    pub oracle: &'a dyn Oracle,
    /// Values of variables, by slot.
    slots: RefCell<Vec<Value>>,
    /// Attributes that were read and that nobody set.
    asked: RefCell<Vec<(ThingId, Name)>>,
}

impl<'a> Scope<'a> {
    /// A scope without bound variables, before scores exist.
    pub fn new(product: &'a Product, today: i32, stance: Stance) -> Scope<'a> {
        Scope {
            product,
            today,
            stance,
            oracle: &Without,
            slots: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// The same with a finished assessment behind it.
    pub fn with_oracle(mut self, oracle: &'a dyn Oracle) -> Scope<'a> {
        self.oracle = oracle;
        self
    }

    /// Binds a variable.
    pub fn bind(&self, Slot(slot): Slot, value: Value) {
        let mut slots = self.slots.borrow_mut();
        let slot = usize::from(slot);
        if slots.len() <= slot {
            slots.resize(slot + 1, Value::Unknown);
        }
        if let Some(place) = slots.get_mut(slot) {
            *place = value;
        }
    }

    /// The attributes that nobody set and that were read since the last call, each once, in order.
    pub fn take_asked(&self) -> Vec<(ThingId, Name)> {
        let mut asked = self.asked.take();
        asked.sort();
        asked.dedup();
        asked
    }

    /// Forgets which attributes were read so far.
    pub fn forget_asked(&self) {
        self.asked.borrow_mut().clear();
    }

    /// Whether a condition holds.
    pub fn truth(&self, condition: &Expr) -> Truth {
        self.eval(condition).truth()
    }

    /// The value of an expression.
    pub fn eval(&self, expr: &Expr) -> Val {
        match &expr.kind {
            ExprKind::Value(value) => Val::from(value.clone()),
            ExprKind::Variable(Slot(slot)) => {
                Val::from(self.slots.borrow().get(usize::from(*slot)).cloned().unwrap_or(Value::Unknown))
            }
            ExprKind::Deployment => self.thing_or_unknown(self.product.deployment),
            ExprKind::Product => self.thing_or_unknown(self.product.model.product),
            ExprKind::Today => Val::One(Value::Date(self.today)),
            ExprKind::All(things) => complete(self.product.of_type(things)),
            ExprKind::Attribute { of, name } => self.attribute(of, *name),
            ExprKind::Call { function, args } => self.call(*function, args),
            ExprKind::List(items) => self.list(items),
            ExprKind::Not(inner) => self.truth(inner).negated().into(),
            ExprKind::Negate(inner) => operators::negated(self.eval(inner)),
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right),
            ExprKind::Is(value, ty) => self.is_of(value, ty).into(),
            ExprKind::If(condition, then, otherwise) => match self.truth(condition) {
                Truth::True => self.eval(then),
                Truth::False => self.eval(otherwise),
                Truth::Unknown => Val::Unknown,
            },
            ExprKind::Quantified { quantifier, slot, source, condition } => {
                self.quantified(*quantifier, *slot, source, condition).into()
            }
            ExprKind::Filter { slot, source, condition } => self.filter(*slot, source, condition),
            // States, steps and risks are no values; errors were reported.
            ExprKind::State(..)
            | ExprKind::Over(..)
            | ExprKind::Loss(..)
            | ExprKind::Rule(_)
            | ExprKind::Step(..)
            | ExprKind::Kind(_)
            | ExprKind::Error => Val::Unknown,
        }
    }

    /// Whether a thing or a protocol is of a type; of several, whether one is. What is not there is of no kind.
    fn is_of(&self, value: &Expr, ty: &ThingType) -> Truth {
        let model = &self.product.model;
        let one = |value: &Value| match value {
            Value::Thing(thing) => Truth::from(ty.holds(model, *thing)),
            Value::Kind(kind) => Truth::from(ty.alternatives.iter().any(|class| match class {
                ThingClass::Kind(asked) => model.kinds[*kind].is_a(*asked),
                ThingClass::Keyword(_) => false,
            })),
            _ => Truth::Unknown,
        };
        match self.eval(value) {
            Val::One(value) => one(&value),
            Val::List { items, is_complete } => {
                let rest = Truth::from(if is_complete { Some(false) } else { None });
                items.iter().map(one).fold(rest, Truth::or)
            }
            _ if Scope::is_reference(value) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn thing_or_unknown(&self, thing: Option<ThingId>) -> Val {
        thing.map_or(Val::Unknown, |thing| Val::One(Value::Thing(thing)))
    }

    fn list(&self, items: &[Expr]) -> Val {
        let mut values = Vec::with_capacity(items.len());
        let mut is_complete = true;
        for item in items {
            match self.eval(item) {
                Val::One(value) => values.push(value),
                Val::Unknown | Val::AtLeast(_) => values.push(Value::Unknown),
                Val::List { items, is_complete: inner } => {
                    values.extend(items.iter().cloned());
                    is_complete = is_complete && inner;
                }
            }
        }
        Val::List { items: values.into(), is_complete }
    }

    /// `of.name`; over a list it maps, and lists of lists become one.
    fn attribute(&self, of: &Expr, name: Name) -> Val {
        match self.eval(of) {
            Val::One(Value::Thing(thing)) => self.read(thing, name),
            Val::List { items, is_complete } => {
                let mut values = Vec::with_capacity(items.len());
                let mut all = is_complete;
                for item in items.iter() {
                    let Value::Thing(thing) = item else {
                        values.push(Value::Unknown);
                        continue;
                    };
                    match self.read(*thing, name) {
                        Val::One(value) => values.push(value),
                        Val::Unknown | Val::AtLeast(_) => values.push(Value::Unknown),
                        Val::List { items, is_complete } => {
                            values.extend(items.iter().cloned());
                            all = all && is_complete;
                        }
                    }
                }
                Val::List { items: values.into(), is_complete: all }
            }
            _ => Val::Unknown,
        }
    }

    /// An attribute of a thing under the stance; what nobody said is noted.
    fn read(&self, thing: ThingId, name: Name) -> Val {
        let words = &self.product.model.words;
        if name == words.effective {
            let strength = self.oracle.effective(thing);
            return strength.map_or(Val::Unknown, |strength| Val::One(Value::Percent(strength)));
        }
        let reading = self.product.read(thing, name);
        if !reading.is_stated() {
            let is_part_of_flow = [words.carries, words.returns, words.moves].contains(&name);
            if !is_part_of_flow {
                self.asked.borrow_mut().push((thing, name));
            }
            if self.stance == Stance::Stated {
                return match reading.value {
                    Value::List(_) => {
                        let known = self.product.list_of(thing, name, Stance::Stated);
                        Val::List {
                            items: known.things.into_iter().map(Value::Thing).collect(),
                            is_complete: false,
                        }
                    }
                    _ => Val::Unknown,
                };
            }
        }
        Val::from(reading.value)
    }

    fn members(&self, list: &Expr) -> Option<(Arc<[Value]>, bool)> {
        match self.eval(list) {
            Val::List { items, is_complete } => Some((items, is_complete)),
            _ => None,
        }
    }

    fn quantified(&self, quantifier: Quantifier, slot: Slot, source: &Expr, condition: &Expr) -> Truth {
        if let ExprKind::All(things) = &source.kind
            && quantifier != Quantifier::All
            && let Some(narrowed) = self.narrowed(slot, condition)
        {
            let any = self.any_of(&narrowed, things, slot, condition);
            return if quantifier == Quantifier::No { any.negated() } else { any };
        }
        let Some((items, is_complete)) = self.members(source) else { return Truth::Unknown };
        let mut any = Truth::False;
        let mut all = Truth::True;
        for item in items.iter() {
            self.bind(slot, item.clone());
            let holds = self.truth(condition);
            any = any.or(holds);
            all = all.and(holds);
        }
        // What may come on top of the known members can make `any` true and `all` false.
        if !is_complete {
            any = any.or(Truth::Unknown);
            all = all.and(Truth::Unknown);
        }
        match quantifier {
            Quantifier::Any => any,
            Quantifier::All => all,
            Quantifier::No => any.negated(),
        }
    }

    /// Whether a condition is true of any of the things to look at.
    fn any_of(&self, narrowed: &Narrowed, things: &ThingType, slot: Slot, condition: &Expr) -> Truth {
        let mut any = Truth::from(if narrowed.is_exact { Some(false) } else { None });
        for thing in &narrowed.things {
            if any != Truth::True && self.product.has(*thing) && things.holds(&self.product.model, *thing) {
                self.bind(slot, Value::Thing(*thing));
                any = any.or(self.truth(condition));
            }
        }
        any
    }

    fn filter(&self, slot: Slot, source: &Expr, condition: &Expr) -> Val {
        let Some((items, mut is_complete)) = self.members(source) else { return Val::Unknown };
        let mut kept = Vec::new();
        for item in items.iter() {
            self.bind(slot, item.clone());
            match self.truth(condition) {
                Truth::True => kept.push(item.clone()),
                Truth::Unknown => is_complete = false,
                Truth::False => {}
            }
        }
        Val::List { items: kept.into(), is_complete }
    }

    /// Whether an expression is typed as a thing: comparing one that is not set is false, not unknown.
    fn is_reference(expr: &Expr) -> bool {
        matches!(expr.ty, Type::Thing(_))
    }
}

fn complete(things: Vec<ThingId>) -> Val {
    Val::List { items: things.into_iter().map(Value::Thing).collect(), is_complete: true }
}
