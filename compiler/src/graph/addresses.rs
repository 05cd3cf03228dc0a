//! Address ranges: which lies in which, and which zones an end of an opening holds.
//!
//! In: networks, and the addresses that zones say they have. Out: truths. Never: an address taken for one of a zone that has
//! not said so; nor two families compared.

use std::net::IpAddr;

use super::reading::things_in;
use super::{Product, Truth};
use crate::model::{Keyword, Network, ThingId, Value};

/// How one address range lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lies {
    /// All of it.
    Inside,
    /// Some of it.
    Partly,
    /// Nothing of it.
    Outside,
}

/// How `inner` lies to `outer`; `None` where they are of two families. Ranges either hold each other or are apart.
fn lies(inner: Network, outer: Network) -> Option<Lies> {
    let common = |a: u128, b: u128, length: u8| {
        let prefix = inner.prefix.min(outer.prefix);
        let shift = u32::from(length - prefix);
        a.checked_shr(shift).unwrap_or(0) == b.checked_shr(shift).unwrap_or(0)
    };
    let overlap = match (inner.address, outer.address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => common(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => common(a.into(), b.into(), 128),
        _ => return None,
    };
    Some(match overlap {
        false => Lies::Outside,
        true if outer.prefix <= inner.prefix => Lies::Inside,
        true => Lies::Partly,
    })
}

/// Whether all of some addresses lie in a network, none does, or that is left open; of its own family alone.
fn all_in(addresses: &[Network], network: Network) -> Truth {
    let each: Vec<Lies> = addresses.iter().filter_map(|address| lies(*address, network)).collect();
    match each.first() {
        None => Truth::False,
        Some(first) if *first != Lies::Partly && each.iter().all(|lies| lies == first) => {
            Truth::from(*first == Lies::Inside)
        }
        Some(_) => Truth::Unknown,
    }
}

/// Ranges that no packet on the internet comes from: RFC 1918, 6598, 3927 and 1122, and RFC 4193 and 4291.
const PRIVATE: [&str; 9] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];

/// Whether packets on the internet can come from some address of a network.
fn is_public(network: Network) -> bool {
    let mut private = PRIVATE.iter().filter_map(|range| crate::syntax::network(range).ok());
    !private.any(|range| lies(network, range) == Some(Lies::Inside))
}

impl Product {
    /// The addresses that a zone, or the nearest one around it that says so, has; none where nobody said.
    pub(super) fn addresses(&self, zone: ThingId) -> Option<Vec<Network>> {
        self.outward(zone).find_map(|zone| match &self.said(zone, self.model.words.addresses)?.value {
            Value::List(items) => Some(items.iter().filter_map(network_of).collect()),
            _ => None,
        })
    }

    /// Whether a zone lies in a network.
    fn zone_within(&self, zone: ThingId, network: Network) -> Truth {
        if Some(zone) == self.model.internet {
            return Truth::from(if is_public(network) { None } else { Some(false) });
        }
        self.addresses(zone).map_or(Truth::Unknown, |addresses| all_in(&addresses, network))
    }

    /// Whether a thing has addresses in a network: through one of the zones that it is in.
    pub(super) fn within(&self, thing: ThingId, network: Network) -> Truth {
        if self.is(thing, Keyword::Zone) {
            return self.zone_within(thing, network);
        }
        let zones = self.zones(thing).into_iter();
        zones.map(|zone| self.zone_within(zone, network)).fold(Truth::False, Truth::or)
    }

    /// Whether a network lies in a zone.
    pub(super) fn holds_network(&self, zone: ThingId, network: Network) -> Truth {
        if Some(zone) == self.model.internet {
            return Truth::from(self.is_of_internet(network));
        }
        if !self.is(zone, Keyword::Zone) {
            return Truth::False;
        }
        let Some(addresses) = self.addresses(zone) else { return Truth::Unknown };
        let each = addresses.into_iter().map(|address| all_in(&[network], address));
        each.fold(Truth::False, Truth::or)
    }

    /// Whether a network is part of the internet: its addresses are public, and no zone says that they are its own.
    pub(super) fn is_of_internet(&self, network: Network) -> bool {
        let mut zones = self.things(Keyword::Zone).iter();
        is_public(network)
            && !zones.any(|zone| {
                let own = self.said(*zone, self.model.words.addresses).map(|setting| &setting.value);
                let own: Vec<Network> = match own {
                    Some(Value::List(items)) => items.iter().filter_map(network_of).collect(),
                    _ => Vec::new(),
                };
                own.iter().any(|address| lies(network, *address) == Some(Lies::Inside))
            })
    }

    /// Whether an end of an opening takes in a thing or a zone: it is that, one around it, what it is a part of, anything.
    pub(super) fn takes_in(&self, end: &Value, thing: ThingId) -> Truth {
        match end {
            Value::Network(network) => self.within(thing, *network),
            other => Truth::from(things_in(other).into_iter().any(|end| {
                Some(end) == self.model.anywhere
                    || end == thing
                    || self.all_zones(thing).contains(&end)
                    || self.is_part_of(thing, end)
            })),
        }
    }

    /// Whether one end of an opening takes in all of another.
    pub(super) fn takes_in_end(&self, end: &Value, other: &Value) -> Truth {
        match (end, other) {
            (_, Value::Thing(thing)) => self.takes_in(end, *thing),
            (Value::Network(outer), Value::Network(inner)) => all_in(&[*inner], *outer),
            (Value::Thing(end), Value::Network(_)) if Some(*end) == self.model.anywhere => Truth::True,
            (Value::Thing(end), Value::Network(network)) => self.holds_network(*end, *network),
            _ => Truth::False,
        }
    }

    /// Whether a thing is a part of another, however deep.
    pub(super) fn is_part_of(&self, thing: ThingId, whole: ThingId) -> bool {
        std::iter::successors(self.model.things[thing].parent, |next| self.model.things[*next].parent)
            .any(|around| around == whole)
    }
}

fn network_of(value: &Value) -> Option<Network> {
    match value {
        Value::Network(network) => Some(*network),
        _ => None,
    }
}
