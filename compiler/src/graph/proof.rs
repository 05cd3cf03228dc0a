//! Why the graph says so: the hops of a chain of rights, of a way along flows, of an exposure, of a cover.
//!
//! In: questions that the graph vocabulary answers with yes. Out: [`Hop`]s, in order. Never: a proof of what is not so; a
//! longer chain where there is a shorter one.

use crate::base::{Name, Place};
use crate::model::{EnumPosition, Model, ThingId};

/// One link of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where it starts.
    pub from: ThingId,
    /// What leads on.
    pub how: How,
    /// Where it ends.
    pub to: ThingId,
    /// Where the fact stands that it rests on.
    pub place: Place,
}

/// What leads from one end of a [`Hop`] to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A grant names this action.
    May(Name),
    /// A member of a group.
    BelongsTo,
    /// A component acts as its identity.
    RunsAs,
    /// An issuer of tokens says who somebody is.
    VouchesFor,
    /// A zone or a component around it.
    Contains,
    /// A zone of this trust around it.
    ContainsAt(EnumPosition),
    /// Data that a component stores.
    Keeps,
    /// Data that a component works with.
    Handles,
    /// A flow, in the direction of its arrow.
    Calls(ThingId),
    /// A flow through something that only hands on.
    HandsOn(ThingId),
    /// An opening of the network.
    IsLetThrough(ThingId),
    /// Both see each other in this network.
    Shares(ThingId),
    /// A deployment without any opening lets everything through.
    LetsAllThrough,
    /// A control names it.
    Protects,
    /// A control that names nothing is for everything.
    ProtectsAll,
    /// A flow goes through a wall.
    IsCrossedBy,
    /// A component stands where its placement says.
    IsPlacedAs,
    /// A flow brings data along its arrow.
    Carries,
    /// A flow brings data back.
    Returns,
}

impl Hop {
    /// A link of a chain.
    pub fn new(from: ThingId, how: How, to: ThingId, place: Place) -> Hop {
        Hop { from, how, to, place }
    }

    /// The flow, opening or network that is it; nothing where a grant or an attribute says it.
    pub fn by(&self) -> Option<ThingId> {
        match self.how {
            How::Calls(by) | How::HandsOn(by) | How::IsLetThrough(by) | How::Shares(by) => Some(by),
            _ => None,
        }
    }

    /// What leads on, in words that stand between both ends.
    pub fn verb(&self, model: &Model) -> String {
        match self.how {
            How::May(action) => format!("may {}", model.names.text(action)),
            How::BelongsTo => "belongs to".to_owned(),
            How::RunsAs => "runs as".to_owned(),
            How::VouchesFor => "vouches for".to_owned(),
            How::Contains => "contains".to_owned(),
            How::ContainsAt(trust) => format!("(trust `{}`) contains", model.enum_value(trust)),
            How::Keeps => "keeps".to_owned(),
            How::Handles => "handles".to_owned(),
            How::Calls(_) => "calls".to_owned(),
            How::HandsOn(_) => "hands on to".to_owned(),
            How::IsLetThrough(_) => "is let through to".to_owned(),
            How::Shares(network) => format!("shares `{}` with", model.path(network)),
            How::LetsAllThrough => "states no opening and lets through".to_owned(),
            How::Protects => "protects".to_owned(),
            How::ProtectsAll => "protects everything, and so".to_owned(),
            How::IsCrossedBy => "is crossed by".to_owned(),
            How::IsPlacedAs => "is placed as".to_owned(),
            How::Carries => "carries".to_owned(),
            How::Returns => "returns".to_owned(),
        }
    }

    /// The whole link in words.
    pub fn in_words(&self, model: &Model) -> String {
        format!("`{}` {} `{}`", model.path(self.from), self.verb(model), model.path(self.to))
    }
}

/// A chain as one sentence.
pub fn in_words(model: &Model, hops: &[Hop]) -> String {
    let hops: Vec<String> = hops.iter().map(|hop| hop.in_words(model)).collect();
    hops.join(", ")
}
