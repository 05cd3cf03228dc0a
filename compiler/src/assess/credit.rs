//! What each safeguard is worth for one loss: the loss again without it, everything else as it is.
//!
//! In: a [`Situation`] and a loss of it. Out: [`Credits`]. Never: in a plain run, for every safeguard costs one more count of the
//! worlds; credit that adds up, for what one safeguard does may be done by another as well.

use rustc_hash::FxHashSet;

use super::Risk;
use super::attack_graph::EdgeId;
use super::extract::Extract;
use super::impacts::Impacts;
use super::situation::{Losable, Situation};
use crate::base::{Id, Name};
use crate::model::{Keyword, ThingId, Value};

/// What stands between an attacker and a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safeguard {
    /// A declared control.
    Control(ThingId),
    /// An attribute that resists by itself.
    Native(ThingId, Name),
}

/// What a safeguard is worth for a loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credit {
    /// Which.
    pub of: Safeguard,
    /// The loss without it.
    pub without: Risk,
}

/// What the safeguards of a deployment are worth for a loss.
#[derive(Clone, Debug, Default)]
pub struct Credits {
    /// Controls in force, and the native mitigations on the strongest attack, without which the loss is worse; the one that
    /// does most first.
    pub at_work: Vec<Credit>,
    /// Controls in force without which it is just as bad, in order of declaration.
    pub idle: Vec<ThingId>,
}

/// The credits for a loss whose strongest attack takes these steps.
pub(super) fn credits(situation: &Situation<'_>, loss: &Losable, way: &[EdgeId]) -> Credits {
    let graph = &situation.graph;
    let cone = Extract::of(graph, &graph.wiring(), loss.node, &FxHashSet::default());
    let bench = Bench { situation, loss, cone };
    let before = Risk {
        likelihood: bench.cone.likelihood(situation.settings),
        ..situation.numbers_of_loss(loss).residual
    };
    let mut credits = Credits::default();
    let native = native_on(situation, way).into_iter().map(|(thing, name)| Safeguard::Native(thing, name));
    for of in bench.controls().into_iter().map(Safeguard::Control).chain(native) {
        let without = bench.without(of);
        match of {
            _ if without.value() > before.value() => credits.at_work.push(Credit { of, without }),
            Safeguard::Control(control) => credits.idle.push(control),
            Safeguard::Native(..) => {}
        }
    }
    credits.at_work.sort_by(|a, b| b.without.value().total_cmp(&a.without.value()));
    let elsewhere = in_force(situation)
        .into_iter()
        .filter(|control| !credits.at_work.iter().any(|credit| credit.of == Safeguard::Control(*control)));
    credits.idle = elsewhere.collect();
    credits
}

/// One loss, again and again.
struct Bench<'a, 's> {
    situation: &'a Situation<'s>,
    loss: &'a Losable,
    cone: Extract,
}

impl Bench<'_, '_> {
    /// The controls that can make a difference: on the way to the loss, and behind it.
    fn controls(&self) -> Vec<ThingId> {
        let mut controls = self.cone.controls();
        let loss = &self.situation.product.model.losses[self.loss.loss];
        self.situation.finder.bind_all(&[Value::Thing(self.loss.thing)]);
        controls.extend(self.impacts().recovering_from(self.situation.finder, loss));
        controls.sort();
        controls.dedup();
        controls
    }

    fn impacts(&self) -> Impacts<'_> {
        let settings = self.situation.settings;
        Impacts::new(self.situation.product, &settings.constants, settings.today)
    }

    /// The loss without one of them.
    fn without(&self, of: Safeguard) -> Risk {
        let (product, settings) = (self.situation.product, self.situation.settings);
        let (cone, control) = match of {
            Safeguard::Control(control) => (self.cone.without_control(control), Some(control)),
            Safeguard::Native(thing, name) => (self.cone.without_native((thing, name)), None),
        };
        let mut impacts = self.impacts();
        impacts.without(control);
        let finder = &self.situation.finder;
        finder.bind_all(&[Value::Thing(self.loss.thing)]);
        let loss = &product.model.losses[self.loss.loss];
        let impact = impacts.of(finder, loss, self.loss.thing).seen(super::view::View::Residual);
        Risk { likelihood: cone.likelihood(settings), impact }
    }
}

/// The native mitigations on an attack, in its order, each once; what a control stands for is that control's.
fn native_on(situation: &Situation<'_>, way: &[EdgeId]) -> Vec<(ThingId, Name)> {
    let graph = &situation.graph;
    let barriers = way.iter().flat_map(|edge| graph.barriers(*edge)).map(|barrier| &graph.barriers[*barrier]);
    let mut found: Vec<(ThingId, Name)> = Vec::new();
    for barrier in barriers.filter(|barrier| barrier.controls.is_empty()) {
        found.extend(barrier.native.filter(|attribute| !found.contains(attribute)));
    }
    found
}

/// Every control that is in force, in order of declaration.
fn in_force(situation: &Situation<'_>) -> Vec<ThingId> {
    let product = situation.product;
    let is_planned = |control: &ThingId| {
        product.word(*control, product.model.words.status) == Some(product.model.words.planned)
    };
    let mut controls: Vec<ThingId> =
        product.things(Keyword::Control).iter().copied().filter(|control| !is_planned(control)).collect();
    controls.sort_by_key(|control| control.index());
    controls
}
