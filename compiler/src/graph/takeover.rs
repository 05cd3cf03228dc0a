//! What a principal can make itself into and get hold of: the closure of grants, groups, run-as, deployment and federation.
//!
//! In: a principal and a stance. Out: a [`Closure`], nearest first, with the link that each member was reached by.
//! Never: the closures of all principals at once; circles of roles are legal and end.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use rustc_hash::{FxHashMap, FxHashSet};

use super::proof::{Hop, How};
use super::{Product, Stance};
use crate::base::{Name, Place};
use crate::model::{Keyword, ThingId};

/// What one principal can become or control, itself first. An identity in it is one to act as; anything else is controlled.
#[derive(Debug, Default)]
pub struct Closure {
    reached: Vec<Reached>,
    /// Grants by what they are on, each with the position of who has it, the nearest first.
    rights: FxHashMap<ThingId, Vec<(usize, ThingId)>>,
    /// Controlled components of which nobody said what they run as.
    unsettled: Vec<ThingId>,
}

#[derive(Debug)]
struct Reached {
    thing: ThingId,
    /// The position of what led here; its own for the first.
    from: usize,
    link: Link,
}

/// What leads from one member of a closure to the next.
#[derive(Clone, Copy, Debug)]
enum Link {
    /// Nothing: it begins here.
    Start,
    /// A grant, by the action that it names.
    Grant(ThingId, Name),
    /// A member of a group has the group's rights.
    Member,
    /// A controlled component acts as its identity.
    RunsAs,
    /// A controlled issuer of tokens vouches for whom it likes.
    Issues,
    /// What is in a controlled zone.
    Inside,
}

impl Closure {
    /// The thing at a position.
    pub fn thing(&self, at: usize) -> Option<ThingId> {
        self.reached.get(at).map(|reached| reached.thing)
    }

    /// The grants on exactly this thing, each with the position of who has it.
    pub fn rights_on(&self, thing: ThingId) -> &[(usize, ThingId)] {
        self.rights.get(&thing).map_or(&[], Vec::as_slice)
    }

    /// What there is a right on, and by which grant, in no order.
    pub fn rights(&self) -> impl Iterator<Item = (ThingId, ThingId)> {
        self.rights.iter().flat_map(|(what, grants)| grants.iter().map(|(_, grant)| (*what, *grant)))
    }

    /// Controlled components of which nobody said what they run as, in order of declaration.
    pub fn unsettled(&self) -> &[ThingId] {
        &self.unsettled
    }
}

/// Closures that were asked for. They are forgotten when they are too many: each is cheap to make again.
#[derive(Debug, Default)]
pub struct Closures {
    kept: RwLock<Kept>,
    /// The first of its circle for everything in a circle, with stated facts alone and with defaults.
    circles: [OnceLock<FxHashMap<ThingId, ThingId>>; 2],
}

#[derive(Debug, Default)]
struct Kept {
    by_start: FxHashMap<(ThingId, Stance), Arc<Closure>>,
    /// How many members they have together.
    members: usize,
}

/// So many members are kept at most, however many principals there are.
const MOST_KEPT: usize = 1 << 20;

impl Product {
    /// What a principal can become or control.
    pub(super) fn taken_over_by(&self, principal: ThingId, stance: Stance) -> Arc<Closure> {
        let closures = &self.indexes.closures.kept;
        let known = closures
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .by_start
            .get(&(principal, stance))
            .cloned();
        known.unwrap_or_else(|| {
            let closure = Arc::new(self.explore(principal, stance));
            let mut kept = closures.write().unwrap_or_else(PoisonError::into_inner);
            kept.members += closure.reached.len();
            if kept.members > MOST_KEPT {
                kept.by_start.clear();
                kept.members = closure.reached.len();
            }
            kept.by_start.insert((principal, stance), closure.clone());
            closure
        })
    }

    /// The closure of a principal, begun anywhere in the circle that it is in: all of a circle have one closure, and it is
    /// worked out once. The chains in it are not those of the principal.
    pub(super) fn taken_over_with(&self, principal: ThingId, stance: Stance) -> Arc<Closure> {
        let [stated, filled] = &self.indexes.closures.circles;
        let circles = match stance {
            Stance::Stated => stated,
            Stance::Filled => filled,
        };
        let first = circles.get_or_init(|| self.circles(stance)).get(&principal).copied();
        self.taken_over_by(first.unwrap_or(principal), stance)
    }

    /// Everything in a circle, with the first of the circle.
    fn circles(&self, stance: Stance) -> FxHashMap<ThingId, ThingId> {
        let mut graph: DiGraph<ThingId, ()> = DiGraph::new();
        let principals = [Keyword::Identity, Keyword::Zone, Keyword::Component, Keyword::Integration];
        let principals = principals.into_iter().flat_map(|keyword| self.things(keyword).iter().copied());
        let nodes: FxHashMap<ThingId, _> = principals.map(|thing| (thing, graph.add_node(thing))).collect();
        for node in graph.node_indices() {
            let links = graph.node_weight(node).map(|thing| self.links_from(*thing, stance));
            let next =
                links.unwrap_or_default().into_iter().filter_map(|(next, _)| nodes.get(&next).copied());
            for next in next {
                graph.add_edge(node, next, ());
            }
        }
        let mut firsts = FxHashMap::default();
        for circle in kosaraju_scc(&graph).into_iter().filter(|circle| circle.len() > 1) {
            let members: Vec<ThingId> =
                circle.into_iter().filter_map(|node| graph.node_weight(node).copied()).collect();
            let first = members.iter().min().copied();
            firsts.extend(members.into_iter().zip(first.into_iter().cycle()));
        }
        firsts
    }

    /// Breadth first, neighbours by name: what is found first is found by the shortest chain, and by the first of those.
    fn explore(&self, principal: ThingId, stance: Stance) -> Closure {
        let mut closure = Closure::default();
        let mut seen: FxHashSet<ThingId> = FxHashSet::from_iter([principal]);
        closure.reached.push(Reached { thing: principal, from: 0, link: Link::Start });
        let mut at = 0;
        while let Some(thing) = closure.thing(at) {
            for grant in self.grants_of(thing) {
                if let Some(what) = self.reference(*grant, self.model.words.what) {
                    closure.rights.entry(what).or_default().push((at, *grant));
                }
            }
            if self.is(thing, Keyword::Component) && !self.is_stated(thing, self.model.words.runs_as) {
                closure.unsettled.push(thing);
            }
            for (next, link) in self.links_from(thing, stance) {
                if seen.insert(next) {
                    closure.reached.push(Reached { thing: next, from: at, link });
                }
            }
            at += 1;
        }
        closure.unsettled.sort();
        closure
    }

    /// Where one step leads from something that is taken over, in order of names.
    fn links_from(&self, thing: ThingId, stance: Stance) -> Vec<(ThingId, Link)> {
        let words = &self.model.words;
        let mut links: Vec<(ThingId, Link)> = Vec::new();
        let counts = |of: ThingId, name: Name| stance == Stance::Filled || self.is_stated(of, name);
        let held_by = |name: Name, link: Link| {
            let holders = self.holders(name).get(&thing).cloned().unwrap_or_default();
            holders.into_iter().filter(move |holder| counts(*holder, name)).map(move |holder| (holder, link))
        };
        if self.is(thing, Keyword::Identity) {
            links.extend(self.grants_of(thing).iter().filter_map(|grant| self.taken_by(*grant)));
            links.extend(held_by(words.members, Link::Member));
        } else if self.is(thing, Keyword::Zone) {
            let inside = self.inside.get(&thing).into_iter().flatten();
            let ours = inside
                .filter(|inner| self.is(**inner, Keyword::Zone) || self.is(**inner, Keyword::Component));
            links.extend(ours.map(|inner| (*inner, Link::Inside)));
        } else {
            let acting = self.reference(thing, words.runs_as).filter(|_| counts(thing, words.runs_as));
            links.extend(acting.map(|identity| (identity, Link::RunsAs)));
            links.extend(held_by(words.issuer, Link::Issues));
        }
        links.sort_by(|(a, _), (b, _)| self.by_name(*a, *b));
        links
    }

    /// What a grant lets its holder take over: an identity to act as, or something to run code in.
    fn taken_by(&self, grant: ThingId) -> Option<(ThingId, Link)> {
        let words = &self.model.words;
        let what = self.reference(grant, words.what)?;
        let opening = match self.model.things[what].keyword {
            Keyword::Identity => self.opening(
                grant,
                &[
                    words.assume,
                    words.impersonate,
                    words.pass_role,
                    words.edit_policy,
                    words.create_key,
                    words.admin,
                ],
            ),
            Keyword::Data => None,
            _ => self.opening(grant, &[words.deploy, words.admin, words.edit_policy]),
        };
        opening.map(|action| (what, Link::Grant(grant, action)))
    }

    /// The chain from the start of a closure to one of its members. What lies in what is one hop, however deep it lies.
    pub(super) fn hops_to(&self, closure: &Closure, member: usize) -> Vec<Hop> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut at = closure.reached.get(member);
        while let Some(Reached { thing, from, link }) = at
            && !matches!(link, Link::Start)
            && let Some(before) = closure.reached.get(*from)
        {
            let hop = self.hop(before.thing, *link, *thing);
            match hops.last_mut() {
                Some(after) if after.how == How::Contains && hop.how == How::Contains => {
                    after.from = hop.from
                }
                _ => hops.push(hop),
            }
            at = Some(before);
        }
        hops.reverse();
        hops
    }

    /// Where it stands that something lies where it lies: its placement, or its declaration.
    pub(super) fn place_in_zone(&self, thing: ThingId) -> Place {
        let placement = self.placements(thing).first().copied();
        self.model.things[placement.unwrap_or(thing)].place
    }

    fn hop(&self, from: ThingId, link: Link, to: ThingId) -> Hop {
        let words = &self.model.words;
        let said = |thing: ThingId, name: Name| {
            self.read(thing, name).place.unwrap_or(self.model.things[thing].place)
        };
        let (how, place) = match link {
            Link::Grant(grant, action) => (How::May(action), self.model.things[grant].place),
            Link::Member => (How::BelongsTo, said(to, words.members)),
            Link::RunsAs => (How::RunsAs, said(from, words.runs_as)),
            Link::Issues => (How::VouchesFor, said(to, words.issuer)),
            Link::Start | Link::Inside => (How::Contains, self.place_in_zone(to)),
        };
        Hop::new(from, how, to, place)
    }
}
