//! One deployment under attack: the graph, the four views of it, and what every report reads.
//!
//! In: the drafts of all deployments, the constants, the date. Out: a [`Situation`]. Never: a report; losses and weaknesses read from here.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::attack_graph::{AttackGraph, Edge, EdgeId, Node, NodeId, Origin, Wiring};
use super::attacks::{Attacks, Wanted};
use super::circles;
use super::cone::{Cone, Ranks};
use super::exact::{Exact, step_by_step};
use super::impacts::{Impact, Impacts};
use super::matching::Finder;
use super::sharing::{Draft, joined};
use super::strongest::{Strongest, probability, product};
use super::view::View;
use super::worlds::{self, Counts};
use super::{Attack, AttackStep, Constants, Method, Numbers, Risk, exact};
use crate::base::{Id, Place};
use crate::graph::Product;
use crate::model::{Expr, LossId, ThingId, Value};

/// What an assessment needs besides the product.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The engine's constants.
    pub constants: Constants,
    /// The injected date, in days since 1970-01-01.
    pub today: i32,
    /// How many threads may work; no number changes any result.
    pub threads: usize,
    /// How the likelihoods of losses are found.
    pub method: Method,
    /// Whether it is found out how far scores may be off.
    pub intervals: Intervals,
}

/// Whether it is found out how far scores may be off: it takes about half as long again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Intervals {
    /// No.
    #[default]
    Left,
    /// For every loss.
    Found,
}

impl Settings {
    /// One thread, worlds, and nothing that nobody asked for.
    pub fn new(constants: Constants, today: i32) -> Settings {
        Settings { constants, today, threads: 1, method: Method::Worlds, intervals: Intervals::Left }
    }
}

/// A loss that could happen.
pub(super) struct Losable {
    pub node: NodeId,
    pub loss: LossId,
    pub thing: ThingId,
    pub impact: Impact,
    /// Its exact likelihoods, where they were asked for and could be worked out.
    pub exact: Option<exact::PerView>,
}

/// What is known of one view.
struct Seen {
    view: View,
    strongest: Strongest,
    counts: Counts,
}

impl Seen {
    fn risk(&self, loss: &Losable) -> Risk {
        // The worlds, or the strongest attack where it is too rare for them: a maximum keeps every order between products.
        let sampled = self.counts.node(loss.node).max(self.strongest.reach(loss.node)).min(1.0);
        let exact = loss.exact.and_then(|exact| exact.get(self.view as usize).copied());
        Risk { likelihood: exact.unwrap_or(sampled), impact: loss.impact.seen(self.view) }
    }
}

/// A deployment and everything that was worked out about attacks on it.
pub(super) struct Situation<'a> {
    pub product: &'a Product,
    pub settings: &'a Settings,
    pub finder: &'a Finder<'a>,
    /// Its own, with what leads into it from others.
    pub graph: Cow<'a, AttackGraph>,
    all: &'a [Draft<'a>],
    wiring: Wiring,
    pub losable: Vec<Losable>,
    losses_by_node: FxHashMap<NodeId, usize>,
    residual: Seen,
    established: Seen,
    inherent: Seen,
    code_only: Seen,
    /// Both ends, where they were asked for.
    ends: Option<[Seen; View::ENDS.len()]>,
}

impl<'a> Situation<'a> {
    /// A deployment among all.
    pub fn of(own: &'a Draft<'a>, all: &'a [Draft<'a>], settings: &'a Settings) -> Situation<'a> {
        let finder = &own.finder;
        let product = finder.product;
        let graph = joined(own, all);
        let wiring = graph.wiring();
        let mut losable = losable(product, settings, finder, &graph);
        if settings.method == Method::Exact {
            work_out(&graph, &wiring, &mut losable, settings);
        }
        let [residual, established, inherent, code_only] = see(&graph, &wiring, &losable, settings);
        let ends =
            (settings.intervals == Intervals::Found).then(|| see_ends(&graph, &wiring, &losable, settings));
        let losses_by_node = losable.iter().enumerate().map(|(at, loss)| (loss.node, at)).collect();
        Situation {
            product,
            settings,
            finder,
            all,
            wiring,
            losable,
            losses_by_node,
            residual,
            established,
            inherent,
            code_only,
            ends,
            graph,
        }
    }

    /// The probability of any serious loss.
    pub fn serious(&self) -> f64 {
        self.residual.counts.united()
    }

    /// The loss that a state is, as a position in `losable`.
    pub fn loss_at(&self, node: NodeId) -> Option<usize> {
        self.losses_by_node.get(&node).copied()
    }

    /// A loss seen four ways.
    pub fn numbers_of_loss(&self, loss: &Losable) -> Numbers {
        self.four_ways(|seen| seen.risk(loss))
    }

    /// The least and the most that the risk of a loss may be, where that was asked for.
    pub fn interval_of_loss(&self, loss: &Losable) -> Option<(Risk, Risk)> {
        let [low, high] = self.ends.as_ref()?;
        Some((low.risk(loss), high.risk(loss)))
    }

    /// What a step adds to the losses behind it, seen four ways: how often it works, times the worst that follows.
    pub fn numbers_of_step(&self, edge: EdgeId) -> Numbers {
        self.four_ways(|seen| {
            let needs = product(self.graph.needs(edge).iter().map(|need| seen.strongest.reach(*need)));
            let bound = needs * probability(&self.graph, seen.view, edge);
            let likelihood = seen.counts.edge(edge).max(bound).min(1.0);
            let worst =
                self.graph.gives(edge).iter().map(|given| seen.strongest.behind(*given)).fold(0.0, f64::max);
            Risk { likelihood, impact: worst }
        })
    }

    fn four_ways(&self, risk: impl Fn(&Seen) -> Risk) -> Numbers {
        Numbers {
            residual: risk(&self.residual),
            established: risk(&self.established),
            inherent: risk(&self.inherent),
            code_only: risk(&self.code_only),
        }
    }

    /// The strongest attacks that end in a state; none where there is no way.
    pub fn attacks_on(&self, node: NodeId, wanted: Wanted) -> Vec<(Attack, Vec<EdgeId>)> {
        let attacks = Attacks {
            graph: &self.graph,
            wiring: &self.wiring,
            strongest: &self.residual.strongest,
            view: View::Residual,
            most_nodes: self.settings.constants.exact_nodes as usize,
        };
        attacks.on(node, wanted).into_iter().filter_map(|known| self.told(known.steps)).collect()
    }

    /// The strongest attack that takes a step and ends in a loss, and that loss as a position in `losable`.
    pub fn attack_through(&self, edge: EdgeId) -> Option<(Attack, Vec<EdgeId>, Option<usize>)> {
        let (way, end) = self.residual.strongest.way_through(&self.graph, edge);
        let (attack, way) = self.told(way)?;
        Some((attack, way, end.and_then(|node| self.loss_at(node))))
    }

    /// In how many of how many worlds a loss happens with controls at work; none where the strongest attack stands in for them.
    pub fn worlds_with(&self, loss: &Losable) -> Option<(u32, u32)> {
        let node = loss.node;
        let Seen { counts, strongest, .. } = &self.residual;
        let had = counts.nodes.get(node.index()).copied()?;
        (counts.node(node) >= strongest.reach(node)).then_some((had, counts.samples))
    }

    /// The steps whose product is the bound of a state: each with its probability by itself, and how often it counts, for a state
    /// that two steps need counts for both.
    pub fn bound_of(&self, node: NodeId) -> Vec<(EdgeId, f64, u32)> {
        let strongest = &self.residual.strongest;
        let way = strongest.way_by(&self.graph, node, &FxHashMap::default()).unwrap_or_default();
        let mut times: FxHashMap<EdgeId, u32> = FxHashMap::default();
        times.extend(strongest.giver(node).map(|edge| (edge, 1)));
        for edge in way.iter().rev() {
            let here = times.get(edge).copied().unwrap_or(0);
            for giver in self.graph.needs(*edge).iter().filter_map(|need| strongest.giver(*need)) {
                let count = times.entry(giver).or_default();
                *count = count.saturating_add(here);
            }
        }
        let step = |edge: EdgeId| {
            let times = times.get(&edge).copied().unwrap_or(0);
            (edge, probability(&self.graph, View::Residual, edge), times)
        };
        way.into_iter().map(step).collect()
    }

    /// A way as people are told it, and its steps: that it ends in a loss is no step.
    pub fn told(&self, mut way: Vec<EdgeId>) -> Option<(Attack, Vec<EdgeId>)> {
        way.retain(|edge| !matches!(self.graph.edges[*edge].origin, Origin::Loss(_)));
        if way.is_empty() {
            return None;
        }
        let (guarded, unguarded) = (self.shares(View::Residual, &way), self.shares(View::Inherent, &way));
        let shares = guarded.iter().zip(&unguarded);
        let steps =
            way.iter().zip(shares).map(|(edge, (works, unguarded))| self.step(*edge, *works, *unguarded));
        let probability = guarded.iter().product();
        Some((Attack { steps: steps.collect(), probability }, way))
    }

    /// How likely each step of an attack works where all before it did.
    fn shares(&self, view: View, way: &[EdgeId]) -> Vec<f64> {
        let all = step_by_step(&self.graph, view, way, self.settings.constants.exact_nodes as usize);
        let before = std::iter::once(1.0).chain(all.iter().copied());
        let share = |(so_far, before): (&f64, f64)| if before > 0.0 { so_far / before } else { 0.0 };
        all.iter().zip(before).map(share).collect()
    }

    fn step(&self, id: EdgeId, works: f64, unguarded: f64) -> AttackStep {
        let edge = &self.graph.edges[id];
        let finder = self.finder_of(edge);
        finder.bind_all(self.graph.values(id));
        let model = &self.product.model;
        let (name, text, declared, conditions): (_, _, _, &[Expr]) = match edge.origin {
            Origin::Step(step) => {
                let step = &model.steps[step];
                let text = finder.filled.render(&step.say);
                (step.name.clone(), text, step.place, &step.pattern.conditions)
            }
            Origin::Rule(rule) => {
                let rule = &model.rules[rule];
                let text = finder.filled.render(&rule.say);
                (rule.name.clone(), text, rule.place, &rule.pattern.conditions)
            }
            Origin::Loss(loss) => {
                let loss = &model.losses[loss];
                (loss.name.clone(), loss.doc.to_string(), loss.place, &[])
            }
        };
        let things = things_of(self.graph.values(id));
        let barriers = self.graph.barriers(id).iter().map(|barrier| &self.graph.barriers[*barrier]);
        let mut controls: Vec<ThingId> =
            barriers.flat_map(|barrier| barrier.controls.iter().copied()).collect();
        controls.sort();
        controls.dedup();
        let place = self.place_of(&things).unwrap_or(declared);
        let (text, things) = match edge.elsewhere {
            None => (text, things),
            // What is called the same here is another thing, and must not be pointed at.
            Some(deployment) => (format!("in `{}`: {text}", model.path(deployment)), Vec::new()),
        };
        AttackStep {
            name,
            text,
            thing: things.first().copied(),
            elsewhere: edge.elsewhere.map(|deployment| model.path(deployment)),
            place,
            things,
            probability: works,
            unguarded,
            controls,
            because: finder.told_chains(conditions.iter()),
        }
    }

    /// What knows the deployment in which a step happens.
    pub fn finder_of(&self, edge: &Edge) -> &Finder<'a> {
        let elsewhere = edge.elsewhere.and_then(|deployment| {
            let mut finders = self.all.iter().map(|draft| &draft.finder);
            finders.find(|finder| finder.product.deployment == Some(deployment))
        });
        elsewhere.unwrap_or(self.finder)
    }

    /// Where the first of some things stands that the author wrote.
    fn place_of(&self, things: &[ThingId]) -> Option<Place> {
        let own =
            things.iter().map(|thing| &self.product.model.things[*thing]).find(|thing| !thing.is_foreign);
        own.map(|thing| thing.place)
    }
}

/// The things among some values.
pub(super) fn things_of(values: &[Value]) -> Vec<ThingId> {
    values
        .iter()
        .filter_map(|value| match value {
            Value::Thing(thing) => Some(*thing),
            _ => None,
        })
        .collect()
}

/// The losses of the graph, with what they cost; what is lost of things out of scope costs nobody here anything.
fn losable(product: &Product, settings: &Settings, finder: &Finder<'_>, graph: &AttackGraph) -> Vec<Losable> {
    let impacts = Impacts::new(product, &settings.constants, settings.today);
    let mut losable = Vec::new();
    for (node, state) in graph.nodes.iter_ids() {
        if let Node::Loss(loss, thing) = state
            && !product.is_out_of_scope(*thing)
        {
            finder.bind_all(&[Value::Thing(*thing)]);
            let impact = impacts.of(finder, &product.model.losses[*loss], *thing);
            losable.push(Losable { node, loss: *loss, thing: *thing, impact, exact: None });
        }
    }
    losable
}

/// Works out the exact likelihoods of losses. Each has a budget of its own, so threads cannot matter.
fn work_out(graph: &AttackGraph, wiring: &Wiring, losable: &mut [Losable], settings: &Settings) {
    let exact = Exact::new(graph, wiring, settings.constants.exact_nodes as usize);
    let share = losable.len().div_ceil(settings.threads.max(1)).max(1);
    std::thread::scope(|scope| {
        for losses in losable.chunks_mut(share) {
            let exact = &exact;
            scope.spawn(move || {
                losses.iter_mut().for_each(|loss| loss.exact = exact.likelihood(loss.node).ok())
            });
        }
    });
}

/// The views of an attack graph in which risks are told.
fn see(
    graph: &AttackGraph,
    wiring: &Wiring,
    losable: &[Losable],
    settings: &Settings,
) -> [Seen; View::TOLD.len()] {
    let serious = View::TOLD.map(|view| {
        let is_serious = |loss: &&Losable| loss.impact.seen(view) >= settings.constants.serious_impact;
        losable.iter().filter(is_serious).map(|loss| loss.node).collect::<Vec<NodeId>>()
    });
    let [residual, established, inherent, code_only] = serious.each_ref().map(Vec::as_slice);
    let views = [
        (View::Residual, residual),
        (View::Established, established),
        (View::Inherent, inherent),
        (View::CodeOnly, code_only),
    ];
    let groups = circles::groups(graph, wiring);
    let counts = worlds::count(graph, groups.iter(), views, &settings.constants, settings.threads);
    let mut counts = counts.into_iter();
    View::TOLD.map(|view| {
        let impacts: Vec<(NodeId, f64)> =
            losable.iter().map(|loss| (loss.node, loss.impact.seen(view))).collect();
        let strongest = Strongest::find(graph, wiring, view, &impacts);
        Seen { view, strongest, counts: counts.next().unwrap_or_default() }
    })
}

/// Both ends of what the losses may be, in the same worlds. What leads to no loss is left out.
fn see_ends(
    graph: &AttackGraph,
    wiring: &Wiring,
    losable: &[Losable],
    settings: &Settings,
) -> [Seen; View::ENDS.len()] {
    let losses: Vec<NodeId> = losable.iter().map(|loss| loss.node).collect();
    let cone = Cone::to(&losses, graph, wiring, &Ranks::of(graph, wiring));
    let groups = cone.stretches.iter().map(Vec::as_slice);
    let views = View::ENDS.map(|view| (view, &[] as &[NodeId]));
    let counts = worlds::count(graph, groups, views, &settings.constants, settings.threads);
    let mut counts = counts.into_iter();
    View::ENDS.map(|view| Seen {
        view,
        strongest: Strongest::find(graph, wiring, view, &[]),
        counts: counts.next().unwrap_or_default(),
    })
}
