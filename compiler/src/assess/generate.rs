//! From steps, rules and losses of the language to the attack graph of a deployment.
//!
//! In: a product and the model's physics. Out: an [`AttackGraph`]. Never: a step that no declaration gives, or one left out
//! because a control stands in its way; controls are barriers on steps that are there.

use super::attack_graph::{Args, AttackGraph, Edge, Node, NodeId, Origin};
use super::barriers::Barriers;
use super::likely::Likely;
use super::matching::{Finder, Match};
use super::variables::VariableId;
use super::{Constants, chances};
use crate::base::Id;
use crate::base::fault::{self, Fault};
use crate::graph::{Product, Truth, Val};
use crate::model::{
    BinaryOp, Chance, Expr, ExprKind, Keyword, Loss, Physics, Quantifier, Telling, ThingId, Value, Variable,
};

/// Ways to meet needs: each is a set of states that must all be had.
type Alternatives = Vec<Vec<NodeId>>;

/// More ways than this to meet the needs of one step are not told apart; no honest step has that many.
const MOST_ALTERNATIVES: usize = 4096;

/// Builds the attack graph of one deployment.
pub struct Generator<'a> {
    finder: &'a Finder<'a>,
    constants: &'a Constants,
    barriers: Barriers<'a>,
    graph: AttackGraph,
}

/// The attack graph of a deployment.
pub fn generate(finder: &Finder<'_>, constants: &Constants, today: i32) -> AttackGraph {
    let product = finder.product;
    let model = product.model.clone();
    let barriers = Barriers::new(product, constants, today);
    let mut generator = Generator { finder, constants, barriers, graph: AttackGraph::default() };
    for (id, step) in model.steps.iter_ids() {
        for found in finder.matches(&step.pattern) {
            let named =
                Named { origin: Origin::Step(id), name: &step.name, variables: &step.pattern.variables };
            generator.add(&named, &step.physics, found);
        }
    }
    for (id, rule) in model.rules.iter_ids() {
        if let Telling::Own(physics) = &rule.telling {
            for found in finder.matches(&rule.pattern) {
                let named =
                    Named { origin: Origin::Rule(id), name: &rule.name, variables: &rule.pattern.variables };
                generator.add(&named, physics, found);
            }
        }
    }
    for (id, loss) in model.losses.iter_ids() {
        generator.add_losses(Origin::Loss(id), loss);
    }
    generator.graph.barriers = generator.barriers.into_all();
    generator.graph
}

/// What an instance belongs to.
struct Named<'a> {
    origin: Origin,
    name: &'a str,
    variables: &'a [Variable],
}

impl Generator<'_> {
    fn product(&self) -> &Product {
        self.finder.product
    }

    /// Adds a step for every way to meet its needs.
    fn add(&mut self, named: &Named<'_>, physics: &Physics, found: Match) {
        if fault::is(Fault::UnopenedIsShut) && found.values.iter().any(|value| self.is_shut(value)) {
            return;
        }
        self.finder.bind_all(&found.values);
        let alternatives = match &physics.needs {
            None => vec![Vec::new()],
            Some(needs) => self.alternatives(needs),
        };
        let mut gives: Vec<NodeId> = physics.gives.iter().flat_map(|state| self.states(state)).collect();
        gives.sort();
        gives.dedup();
        if alternatives.is_empty() || gives.is_empty() {
            return;
        }
        let chances: Vec<VariableId> =
            physics.chances.iter().map(|chance| self.chance(named, chance, &found.values)).collect();
        let barriers = {
            let first = found.values.first().and_then(|value| match value {
                Value::Thing(thing) => Some(*thing),
                _ => None,
            });
            let at = match named.origin {
                Origin::Step(step) => first.map(|thing| (step, thing)),
                Origin::Rule(_) | Origin::Loss(_) => None,
            };
            self.barriers.of(self.finder, physics, at, &mut self.graph.variables)
        };
        let is_beyond_code = found.values.iter().any(|value| self.is_beyond_code(value));
        for needs in alternatives {
            let is_beyond_code = is_beyond_code || self.touches_party(&needs) || self.touches_party(&gives);
            let edge =
                Edge { origin: named.origin, is_assumed: found.is_assumed, is_beyond_code, elsewhere: None };
            self.graph.step(edge, &found.values, &needs, &gives, &chances, &barriers);
        }
    }

    /// Every combination of a loss's parameters whose states something gives.
    fn add_losses(&mut self, origin: Origin, loss: &Loss) {
        let Origin::Loss(id) = origin else { return };
        let Some(parameter) = loss.params.first() else { return };
        let crate::model::Domain::Each(things) = &parameter.domain else { return };
        for thing in self.product().of_type(things) {
            let values = [Value::Thing(thing)];
            self.finder.bind_all(&values);
            let alternatives = self.alternatives(&loss.when);
            let node = self.graph.node(Node::Loss(id, thing));
            for needs in alternatives {
                let edge = Edge { origin, is_assumed: false, is_beyond_code: false, elsewhere: None };
                self.graph.step(edge, &values, &needs, &[node], &[], &[]);
            }
        }
    }

    /// The ways to meet states joined by `and`, `or`, `any` and `all`.
    fn alternatives(&mut self, needs: &Expr) -> Alternatives {
        match &needs.kind {
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                let mut both = self.alternatives(left);
                both.extend(self.alternatives(right));
                tidy(both)
            }
            ExprKind::Binary(_, left, right) => {
                let (left, right) = (self.alternatives(left), self.alternatives(right));
                let mut both = Vec::new();
                for a in &left {
                    for b in right.iter().take(MOST_ALTERNATIVES / left.len().max(1)) {
                        both.push(a.iter().chain(b).copied().collect());
                    }
                }
                tidy(both)
            }
            ExprKind::Over(Quantifier::All, state) => vec![self.states(state)],
            ExprKind::Over(_, state) => self.states(state).into_iter().map(|node| vec![node]).collect(),
            // A list stands for any of its members.
            _ => self.states(needs).into_iter().map(|node| vec![node]).collect(),
        }
    }

    /// The states that a call names: one for each combination of its arguments. One of an unset reference is never had.
    fn states(&mut self, call: &Expr) -> Vec<NodeId> {
        let ExprKind::State(state, args) = &call.kind else { return Vec::new() };
        let things = |arg: &Expr| -> Vec<ThingId> {
            match self.finder.filled.eval(arg) {
                Val::Unknown => Vec::new(),
                val => {
                    let mut things = val.things();
                    things.retain(|thing| self.finder.product.has(*thing));
                    things
                }
            }
        };
        // Most states are about one thing: there is nothing to combine.
        if let [arg] = args.as_slice() {
            let node = |thing| self.graph.node(Node::State(*state, Args::One(thing)));
            return things(arg).into_iter().map(node).collect();
        }
        let mut combinations: Vec<Vec<ThingId>> = vec![Vec::new()];
        for arg in args {
            let things = things(arg);
            combinations = combinations
                .iter()
                .flat_map(|so_far| things.iter().map(|thing| [so_far.as_slice(), &[*thing]].concat()))
                .take(MOST_ALTERNATIVES)
                .collect();
        }
        let node = |args: Vec<ThingId>| self.graph.node(Node::State(*state, args.as_slice().into()));
        combinations.into_iter().map(node).collect()
    }

    fn chance(&mut self, named: &Named<'_>, chance: &Chance, values: &[Value]) -> VariableId {
        let (residual, established) = chances::range(self.finder, &chance.value);
        let model = &self.product().model;
        let mut name = "chance ".to_owned();
        if chance.causes.is_empty() {
            name.push_str(named.name);
            name.push('/');
            let first = values.first().zip(named.variables.first());
            name.extend(first.map(|(value, _)| crate::graph::eval::in_words(model, value)));
        }
        for (at, cause) in chance.causes.iter().enumerate() {
            name.push_str(if at == 0 { "" } else { "/" });
            name.push_str(&crate::graph::eval::on_screen(model, &self.finder.filled.eval(cause)));
        }
        if fault::is(Fault::OneCausePerStep) {
            name.push_str(&format!("#{}", self.graph.edges.len()));
        }
        if fault::is(Fault::LuckHangsOnOrder) {
            name.push_str(&format!("#{values:?}"));
        }
        self.graph.variables.cause(&name, Likely::chance(residual, established, self.constants.odds))
    }

    /// Whether a value is a flow that no opening lets through.
    fn is_shut(&self, value: &Value) -> bool {
        let Value::Thing(thing) = value else { return false };
        self.product().is(*thing, Keyword::Flow) && self.product().admitted(*thing) == Truth::False
    }

    /// Whether a value is a third party, a flow from or to one, or a finding.
    fn is_beyond_code(&self, value: &Value) -> bool {
        let Value::Thing(thing) = value else { return false };
        let product = self.product();
        let words = &product.model.words;
        match product.model.things[*thing].keyword {
            Keyword::Integration | Keyword::Finding => true,
            Keyword::Flow => [words.from, words.to].into_iter().any(|end| {
                product.reference(*thing, end).is_some_and(|end| product.is(end, Keyword::Integration))
            }),
            _ => false,
        }
    }

    fn touches_party(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|node| match &self.graph.nodes[*node] {
            Node::State(_, args) => {
                args.as_slice().iter().any(|thing| self.product().is(*thing, Keyword::Integration))
            }
            Node::Loss(..) | Node::Elsewhere(..) => false,
        })
    }
}

/// Sets of states, each sorted, each once.
fn tidy(mut alternatives: Alternatives) -> Alternatives {
    for needs in &mut alternatives {
        needs.sort_by_key(|node| node.index());
        needs.dedup();
    }
    alternatives.sort();
    alternatives.dedup();
    alternatives.truncate(MOST_ALTERNATIVES);
    alternatives
}
