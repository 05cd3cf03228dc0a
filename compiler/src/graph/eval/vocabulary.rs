//! The functions of the vocabulary, each over the room that knows its answer.
//!
//! In: a function and its arguments. Out: a [`Val`]. Never: a score; the [`super::Oracle`] knows those.

use super::compare::{number, order};
use super::{Scope, Stance, Truth, Val, complete};
use crate::base::Name;
use crate::graph::access::Right;
use crate::graph::data::{Known, Level};
use crate::model::{Expr, ExprKind, Function, Stage, ThingId, Value};

/// More often than this changes nothing that anybody could tell.
const MOST_TIMES: f64 = 10_000.0;

impl Scope<'_> {
    pub(super) fn call(&self, function: Function, args: &[Expr]) -> Val {
        match (function.stage(), function) {
            (Stage::Assessment, _) => self.oracle.ask(self, function, args).unwrap_or(Val::Unknown),
            (_, Function::Known | Function::Strength) => self.of_attribute(function, args),
            (_, Function::Ever) => self.ever(args),
            (Stage::Model, _) => self.of_list(function, args),
            (Stage::Graph, _) => match args.first().map(|arg| self.eval(arg)) {
                Some(Val::One(Value::Thing(thing))) => self.of_thing(function, thing, args),
                // Over a list it maps.
                Some(Val::List { items, is_complete }) => {
                    let mut values = Vec::new();
                    let mut all = is_complete;
                    for thing in crate::graph::reading::things_in(&Value::List(items)) {
                        match self.of_thing(function, thing, args) {
                            Val::One(value) => values.push(value),
                            Val::List { items, is_complete } => {
                                values.extend(items.iter().cloned());
                                all = all && is_complete;
                            }
                            Val::Unknown | Val::AtLeast(_) => values.push(Value::Unknown),
                        }
                    }
                    Val::List { items: values.into(), is_complete: all }
                }
                _ => Val::Unknown,
            },
        }
    }

    /// `known(x.attribute)` and `strength(x.attribute)`.
    fn of_attribute(&self, function: Function, args: &[Expr]) -> Val {
        let Some(ExprKind::Attribute { of, name }) = args.first().map(|arg| &arg.kind) else {
            return Val::Unknown;
        };
        let Some(thing) = self.eval(of).thing() else {
            return if function == Function::Known { Truth::False.into() } else { Val::Unknown };
        };
        if function == Function::Known {
            return Truth::from(self.product.is_stated(thing, *name)).into();
        }
        match self.read(thing, *name) {
            Val::One(value) => number(&self.product.model, &value)
                .map_or(Val::Unknown, |strength| Val::One(Value::Percent(strength))),
            _ => Val::Unknown,
        }
    }

    /// `ever(p, times)`: 1 − (1 − p)^times.
    fn ever(&self, args: &[Expr]) -> Val {
        let model = &self.product.model;
        let given: Vec<f64> = args
            .iter()
            .filter_map(|arg| match self.eval(arg) {
                Val::One(value) => number(model, &value),
                _ => None,
            })
            .collect();
        match given.as_slice() {
            [each, times] => {
                // Multiplied out, so that every machine gets the same bits.
                let times = times.clamp(0.0, MOST_TIMES) as usize;
                let never: f64 = std::iter::repeat_n(1.0 - each.clamp(0.0, 1.0), times).product();
                Val::One(Value::Percent(1.0 - never))
            }
            _ => Val::Unknown,
        }
    }

    fn of_list(&self, function: Function, args: &[Expr]) -> Val {
        let Some((items, is_complete)) = args.first().and_then(|arg| self.members(arg)) else {
            return Val::Unknown;
        };
        let bound = |value: Value| if is_complete { Val::One(value) } else { Val::AtLeast(value) };
        if function == Function::Count {
            return bound(Value::Int(items.len() as i64));
        }
        if items.contains(&Value::Unknown) {
            return Val::Unknown;
        }
        let model = &self.product.model;
        match function {
            Function::Sum => {
                let total: Option<f64> = items.iter().map(|item| number(model, item)).sum();
                let whole = items.iter().all(|item| matches!(item, Value::Int(_)));
                let value =
                    total.map(|total| if whole { Value::Int(total as i64) } else { Value::Decimal(total) });
                value.map_or(Val::Unknown, bound)
            }
            _ => {
                let largest = function == Function::Max;
                let best = items.iter().cloned().reduce(|best, item| match order(model, &best, &item) {
                    Some(std::cmp::Ordering::Less) if largest => item,
                    Some(std::cmp::Ordering::Greater) if !largest => item,
                    _ => best,
                });
                match best {
                    Some(best) if largest => bound(best),
                    Some(best) if is_complete => Val::One(best),
                    _ => Val::Unknown,
                }
            }
        }
    }

    fn of_thing(&self, function: Function, thing: ThingId, args: &[Expr]) -> Val {
        use Function as F;
        let product = self.product;
        let words = &product.model.words;
        let truth = |value: bool| Truth::from(value).into();
        let other = || args.get(1).and_then(|arg| self.eval(arg).thing());
        match function {
            F::Zones => complete(product.zones(thing)),
            F::Members => complete(product.members(thing)),
            F::Cellmates => complete(product.cellmates(thing)),
            F::Findings => complete(product.findings(thing).to_vec()),
            F::Granted => complete(product.granted(thing)),
            F::Cell => Val::One(Value::Text(product.cell(thing))),
            F::Trust => product
                .trust(thing, self.stance)
                .map_or(Val::Unknown, |(of, at)| Val::One(Value::Enum(of, at))),
            F::Crosses => product.crosses(thing, self.stance).into(),
            F::Exposed => self.of_network(product.exposed(thing), &[thing]).into(),
            F::Admitted => self.of_network(product.admitted(thing), &self.ends(thing)).into(),
            F::Sources => self.of_opening(|stance| product.sources(thing, stance)),
            F::Targets => self.of_opening(|stance| product.targets(thing, stance)),
            F::Lets => match other() {
                Some(flow) => self.of_network(product.lets_flow(thing, flow), &self.ends(flow)).into(),
                None => Truth::False.into(),
            },
            F::Serves => match args.get(1).map(|arg| &arg.kind) {
                Some(ExprKind::Value(Value::Kind(protocol))) => truth(product.serves(thing, *protocol)),
                _ => Val::Unknown,
            },
            F::Tainted => product.tainted(thing, self.stance).into(),
            F::Handles => self.data_of(thing),
            F::Confidentiality => self.level(&[thing], words.confidentiality),
            F::Integrity => self.level(&[thing], words.integrity),
            F::Availability => self.level(&[thing], words.availability),
            F::Blast => {
                let touched = product.touches(thing, self.stance);
                let respects = [words.confidentiality, words.integrity, words.availability];
                let levels = respects.map(|respect| self.level(&touched.things, respect));
                match levels.into_iter().reduce(|a, b| self.larger(a, b)) {
                    Some(Val::One(level)) if !touched.is_complete => Val::AtLeast(level),
                    level => level.unwrap_or(Val::Unknown),
                }
            }
            F::Reaches => match other() {
                Some(to) => {
                    truth(product.reaches(thing, to, args.get(2).and_then(|arg| self.eval(arg).thing())))
                }
                None => Truth::False.into(),
            },
            F::Path => other().map_or(Val::Unknown, |to| complete(product.path(thing, to))),
            F::Covered => match args.get(1).map(|arg| &arg.kind) {
                Some(ExprKind::Kind(kind)) => truth(product.covered(thing, *kind)),
                _ => Val::Unknown,
            },
            F::Asked => truth(product.asked(thing)),
            F::Can => self.may(thing, args),
            _ => Val::Unknown,
        }
    }

    fn may(&self, identity: ThingId, args: &[Expr]) -> Val {
        let action = args.get(1).map(|arg| self.eval(arg));
        let Some(Val::One(Value::Enum(of, at))) = action else { return Val::Unknown };
        let action = self.product.model.enums[of].values.get(at as usize).map(|value| value.name);
        match (action, args.get(2).and_then(|arg| self.eval(arg).thing())) {
            (Some(action), Some(thing)) => {
                let Right { truth, hangs_on } = self.product.can(identity, action, thing, self.stance);
                self.asked.borrow_mut().extend(hangs_on);
                truth.into()
            }
            _ => Truth::False.into(),
        }
    }

    fn data_of(&self, thing: ThingId) -> Val {
        let words = &self.product.model.words;
        let handled = self.product.handles(thing, self.stance);
        for name in [words.stores, words.processes] {
            self.note_unless_said(thing, name);
        }
        known(handled)
    }

    /// The ends of a flow, and itself.
    fn ends(&self, flow: ThingId) -> Vec<ThingId> {
        let words = &self.product.model.words;
        let ends = [words.from, words.to].into_iter().filter_map(|end| self.product.reference(flow, end));
        ends.chain([flow]).collect()
    }

    /// What the network makes of some things; where that is unknown, what they did not say is noted.
    fn of_network(&self, truth: Truth, about: &[ThingId]) -> Truth {
        if truth == Truth::Unknown {
            about.iter().for_each(|thing| self.note_place(*thing));
        }
        truth
    }

    /// The zones or things of an opening; what those did not say that are only assumed to be among them is noted.
    fn of_opening(&self, of: impl Fn(Stance) -> Known) -> Val {
        let found = of(self.stance);
        if self.stance == Stance::Filled {
            let stated = of(Stance::Stated).things;
            found
                .things
                .iter()
                .filter(|thing| !stated.contains(thing))
                .for_each(|thing| self.note_place(*thing));
        }
        known(found)
    }

    /// Notes the addresses and the port of a thing that nobody said.
    fn note_place(&self, thing: ThingId) {
        let words = &self.product.model.words;
        self.note_unless_said(thing, words.port);
        for zone in self.product.zones(thing).into_iter().chain([thing]) {
            self.note_unless_said(zone, words.addresses);
        }
    }

    fn note_unless_said(&self, thing: ThingId, name: Name) {
        let declares =
            self.product.model.kinds[self.product.model.things[thing].kind].attributes.contains_key(&name);
        if declares && !self.product.is_stated(thing, name) {
            self.asked.borrow_mut().push((thing, name));
        }
    }

    /// The highest level of all data of some things.
    fn level(&self, things: &[ThingId], respect: Name) -> Val {
        let mut best: Option<Val> = None;
        for thing in things {
            let Level { value, is_complete } = self.product.sensitivity(*thing, respect, self.stance);
            self.note_unless_said(*thing, self.product.model.words.processes);
            let Some(value) = value else { continue };
            let level = if is_complete || self.stance == Stance::Filled {
                Val::One(value)
            } else {
                Val::AtLeast(value)
            };
            best = Some(match best {
                Some(best) => self.larger(best, level),
                None => level,
            });
        }
        best.unwrap_or(Val::Unknown)
    }

    fn larger(&self, a: Val, b: Val) -> Val {
        match (a, b) {
            (Val::One(a), Val::One(b)) => Val::One(self.larger_value(a, b)),
            (Val::One(a) | Val::AtLeast(a), Val::One(b) | Val::AtLeast(b)) => {
                Val::AtLeast(self.larger_value(a, b))
            }
            (known, Val::Unknown) | (Val::Unknown, known) => known,
            (known, _) => known,
        }
    }

    fn larger_value(&self, a: Value, b: Value) -> Value {
        match order(&self.product.model, &a, &b) {
            Some(std::cmp::Ordering::Less) => b,
            _ => a,
        }
    }
}

fn known(Known { things, is_complete }: Known) -> Val {
    Val::List { items: things.into_iter().map(Value::Thing).collect(), is_complete }
}
