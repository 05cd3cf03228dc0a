//! Who may do what: grants, and the rights that follow from them by whatever chain.
//!
//! In: grants, and what a principal can take over. Out: direct rights, their closure, and the chain that proves a right.
//! Never: a right that no chain of facts gives; unknown taken for no.

use rustc_hash::FxHashSet;

use super::data::Known;
use super::proof::{Hop, How};
use super::takeover::Closure;
use super::{Product, Stance, Truth};
use crate::base::Name;
use crate::model::{Keyword, ThingId, Value};

/// A right on this thing is a right on another one.
struct End {
    at: ThingId,
    /// The component that keeps the data that is asked about, and that lies here.
    keeper: Option<ThingId>,
}

/// The answer to a question about rights.
pub struct Right {
    /// Whether it is there.
    pub truth: Truth,
    /// The components that would settle it: nobody said which identity they run as, or which data they keep.
    pub hangs_on: Vec<(ThingId, Name)>,
}

impl Product {
    pub(super) fn gather_grants(&mut self) {
        for grant in self.things(Keyword::Grant).to_vec() {
            if let Some(who) = self.reference(grant, self.model.words.who) {
                self.granted.entry(who).or_default().push(grant);
            }
        }
    }

    /// What is granted to an identity directly, each thing once.
    pub fn granted(&self, identity: ThingId) -> Vec<ThingId> {
        let mut things: Vec<ThingId> = self
            .grants_of(identity)
            .iter()
            .filter_map(|grant| self.reference(*grant, self.model.words.what))
            .collect();
        things.sort();
        things.dedup();
        things
    }

    pub(super) fn grants_of(&self, identity: ThingId) -> &[ThingId] {
        self.granted.get(&identity).map_or(&[], Vec::as_slice)
    }

    /// Whether a principal can act on a thing, by whatever chain of rights.
    ///
    /// A chain of stated facts proves it under either stance. With stated facts alone it is unknown where a component on the
    /// way runs as nobody knows whom, or keeps nobody knows what.
    pub fn can(&self, principal: ThingId, action: Name, thing: ThingId, stance: Stance) -> Right {
        let stated = self.taken_over_with(principal, Stance::Stated);
        if self.right_in(&stated, action, thing, Stance::Stated).is_some() {
            return Right { truth: Truth::True, hangs_on: Vec::new() };
        }
        let mut hangs_on: Vec<(ThingId, Name)> =
            stated.unsettled().iter().map(|component| (*component, self.model.words.runs_as)).collect();
        hangs_on.extend(self.unsaid_contents(&stated, action, thing));
        let truth = match stance {
            Stance::Stated if hangs_on.is_empty() => Truth::False,
            Stance::Stated => Truth::Unknown,
            Stance::Filled => {
                let filled = self.taken_over_with(principal, Stance::Filled);
                Truth::from(self.right_in(&filled, action, thing, Stance::Filled).is_some())
            }
        };
        Right { truth, hangs_on }
    }

    /// The shortest chain that proves a right, ties by name; nothing where there is no right.
    ///
    /// A chain of stated facts is shown rather than a shorter one that hangs on what nobody said.
    pub fn why_can(
        &self,
        principal: ThingId,
        action: Name,
        thing: ThingId,
        stance: Stance,
    ) -> Option<Vec<Hop>> {
        let stances: &[Stance] = match stance {
            Stance::Stated => &[Stance::Stated],
            Stance::Filled => &[Stance::Stated, Stance::Filled],
        };
        stances.iter().find_map(|stance| {
            let stance = *stance;
            let closure = self.taken_over_by(principal, stance);
            let (holder, grant, end) = self.right_in(&closure, action, thing, stance)?;
            let mut hops = self.hops_to(&closure, holder);
            let how = self.opening(grant, &self.gives(grant, action)).map(How::May)?;
            hops.push(Hop::new(closure.thing(holder)?, how, end.at, self.model.things[grant].place));
            let below = end.keeper.unwrap_or(thing);
            if end.at != below {
                hops.push(Hop::new(end.at, How::Contains, below, self.place_in_zone(below)));
            }
            if let Some(keeper) = end.keeper {
                let said = self.read(keeper, self.model.words.stores).place;
                let place = said.unwrap_or(self.model.things[keeper].place);
                hops.push(Hop::new(keeper, How::Keeps, thing, place));
            }
            Some(hops)
        })
    }

    /// The nearest right in a closure: who has it, by which grant, on what.
    fn right_in(
        &self,
        closure: &Closure,
        action: Name,
        thing: ThingId,
        stance: Stance,
    ) -> Option<(usize, ThingId, End)> {
        let rights = self.ends_of(thing, stance).into_iter().flat_map(|end| {
            let permitting = closure.rights_on(end.at).iter();
            let first =
                permitting.filter(|(_, grant)| self.permits(*grant, action)).map(|(at, grant)| (*at, *grant));
            first
                .min_by(|a, b| a.0.cmp(&b.0).then_with(|| self.by_name(a.1, b.1)))
                .map(|(at, grant)| (at, grant, end))
        });
        rights.min_by(|a, b| a.0.cmp(&b.0).then_with(|| self.by_name(a.1, b.1)))
    }

    /// Components on which there is a right and of which nobody said whether they keep the data that is asked about.
    fn unsaid_contents(&self, closure: &Closure, action: Name, thing: ThingId) -> Vec<(ThingId, Name)> {
        if !self.is(thing, Keyword::Data) {
            return Vec::new();
        }
        let stores = self.model.words.stores;
        let declares =
            |at: ThingId| self.model.kinds[self.model.things[at].kind].attributes.contains_key(&stores);
        let mut unsaid: Vec<(ThingId, Name)> = closure
            .rights()
            .filter(|(what, _)| self.is(*what, Keyword::Component) && declares(*what))
            .filter(|(what, grant)| !self.is_stated(*what, stores) && self.permits(*grant, action))
            .map(|(what, _)| (what, stores))
            .collect();
        unsaid.sort();
        unsaid.dedup();
        unsaid
    }

    /// Whether a grant gives an action: it names it, `admin`, which implies all, or `edit_policy` on what is no identity,
    /// for who writes the policy of a thing can give himself every right on it.
    pub(super) fn permits(&self, grant: ThingId, action: Name) -> bool {
        self.opening(grant, &self.gives(grant, action)).is_some()
    }

    /// The actions of a grant that amount to one.
    fn gives(&self, grant: ThingId, action: Name) -> Vec<Name> {
        let words = &self.model.words;
        let on_identity =
            self.reference(grant, words.what).is_some_and(|what| self.is(what, Keyword::Identity));
        let mut names = vec![action, words.admin];
        if !on_identity {
            names.push(words.edit_policy);
        }
        names
    }

    /// The first action that a grant names and that is among those asked for.
    pub(super) fn opening(&self, grant: ThingId, asked: &[Name]) -> Option<Name> {
        self.actions(grant).into_iter().find(|action| asked.contains(action))
    }

    /// The actions that a grant names, in its order.
    pub(super) fn actions(&self, grant: ThingId) -> Vec<Name> {
        let Value::List(actions) = self.read(grant, self.model.words.actions).value else {
            return Vec::new();
        };
        let named = |value: &Value| match value {
            Value::Enum(of, at) => self.model.enums[*of].values.get(*at as usize).map(|value| value.name),
            _ => None,
        };
        actions.iter().filter_map(named).collect()
    }

    /// On what a right is a right on a thing: itself, what it is a part of, the zones around it; for data, what keeps it.
    fn ends_of(&self, thing: ThingId, stance: Stance) -> Vec<End> {
        let mut ends: Vec<End> = self.around(thing).into_iter().map(|at| End { at, keeper: None }).collect();
        if self.is(thing, Keyword::Data) {
            let stores = self.model.words.stores;
            let holders = self.holders(stores);
            let keepers = holders.get(&thing).into_iter().flatten();
            for keeper in
                keepers.filter(|keeper| stance == Stance::Filled || self.is_stated(**keeper, stores))
            {
                ends.extend(self.around(*keeper).into_iter().map(|at| End { at, keeper: Some(*keeper) }));
            }
        }
        ends
    }

    /// A thing, what it is a part of, the zones around it.
    fn around(&self, thing: ThingId) -> Vec<ThingId> {
        let mut around: Vec<ThingId> =
            std::iter::successors(Some(thing), |next| self.model.things[*next].parent).collect();
        for zone in self.all_zones(thing) {
            if !around.contains(&zone) {
                around.push(zone);
            }
        }
        around
    }

    /// Everything that an identity has any right on, by whatever chain.
    pub(super) fn touches(&self, identity: ThingId, stance: Stance) -> Known {
        let closure = self.taken_over_with(identity, stance);
        let mut things: Vec<ThingId> = closure.rights().map(|(what, _)| what).collect();
        things.sort();
        things.dedup();
        Known { things, is_complete: stance == Stance::Filled || closure.unsettled().is_empty() }
    }

    /// Everything that a principal has some right on: what is granted, and what lies in it, is a part of it or is kept there.
    pub fn entitled(&self, principal: ThingId) -> Vec<ThingId> {
        let mut found = self.touches(principal, Stance::Filled).things;
        let mut seen: FxHashSet<ThingId> = found.iter().copied().collect();
        let mut at = 0;
        while let Some(thing) = found.get(at).copied() {
            at += 1;
            let inside = self.inside.get(&thing).into_iter().flatten().copied();
            let parts = self.parts_of(thing).iter().copied();
            let kept = self.references(thing, self.model.words.stores);
            found.extend(inside.chain(parts).chain(kept).filter(|next| seen.insert(*next)));
        }
        found
    }

    /// The order of names, in which ties are settled.
    pub(super) fn by_name(&self, a: ThingId, b: ThingId) -> std::cmp::Ordering {
        let (first, second) = (&self.model.things[a], &self.model.things[b]);
        first.path.cmp(&second.path).then(a.cmp(&b))
    }
}
