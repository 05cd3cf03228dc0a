//! What an opening lets through, and whether some traffic is that: protocols, ports, what carries what.
//!
//! In: the `over` of an opening, a protocol and its ports. Out: a truth. Never: a guess at a port that nobody said.
//!
//! A network sees ports and what carries them, not what is talked: `over https` opens the port of HTTPS to everything that
//! the same carrier brings there. Only where neither the opening nor the protocol names a port does the protocol itself count.

use super::{Product, Truth};
use crate::model::{KindId, ThingId, Value};

/// Ports from the first to the last.
type Range = (u16, u16);

/// What passes, or asks to: a protocol at some ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traffic {
    /// What is talked, where somebody said.
    pub protocol: Option<KindId>,
    /// The ports of the receiver, where somebody said.
    pub ports: Option<Range>,
}

/// One protocol that an opening lets through.
struct Service {
    protocol: KindId,
    /// Empty: all of them.
    ports: Vec<Range>,
}

impl Product {
    /// What a flow is to the network.
    pub(super) fn traffic(&self, flow: ThingId) -> Traffic {
        let words = &self.model.words;
        let protocol = match self.read(flow, words.protocol).value {
            Value::Kind(protocol) => Some(protocol),
            _ => None,
        };
        Traffic { protocol, ports: range_of(&self.read(flow, words.port).value) }
    }

    /// Whether an opening lets some traffic through; one without `over` lets through everything.
    pub(super) fn lets(&self, allow: ThingId, traffic: Traffic) -> Truth {
        let Some(services) = self.services(allow) else { return Truth::True };
        services.iter().map(|service| self.is_served(service, traffic)).fold(Truth::False, Truth::or)
    }

    fn is_served(&self, service: &Service, traffic: Traffic) -> Truth {
        let Some(protocol) = traffic.protocol else { return Truth::Unknown };
        let is_it = self.model.kinds[protocol].is_a(service.protocol);
        let may_be_it = self.model.kinds[service.protocol].is_a(protocol);
        if service.ports.is_empty() {
            return Truth::from(if may_be_it && !is_it { None } else { Some(is_it) });
        }
        match traffic.ports {
            _ if self.carrier(protocol) != self.carrier(service.protocol) => Truth::False,
            None => Truth::Unknown,
            Some(ports) => holds(&service.ports, ports),
        }
    }

    /// Whether an opening lets in a protocol or one below it: it names one, or opens the port that is its own.
    pub fn serves(&self, allow: ThingId, protocol: KindId) -> bool {
        let Some(services) = self.services(allow) else { return true };
        let kinds = &self.model.kinds;
        let below: Vec<Traffic> = kinds
            .iter_ids()
            .filter(|(_, kind)| kind.is_a(protocol) && !kind.is_abstract)
            .map(|(kind, _)| Traffic { protocol: Some(kind), ports: self.own_port(kind) })
            .collect();
        services.iter().any(|service| {
            kinds[service.protocol].is_a(protocol)
                || below.iter().any(|traffic| self.is_served(service, *traffic) == Truth::True)
        })
    }

    /// Where some openings have anything in common, they have one of these: a protocol that one of them names, at the first
    /// of its ports.
    pub(super) fn samples(&self, allows: &[ThingId]) -> Vec<Traffic> {
        let mut samples = Vec::new();
        for service in allows.iter().filter_map(|allow| self.services(*allow)).flatten() {
            let first = service.ports.iter().map(|(first, _)| Some((*first, *first)));
            let any = service.ports.is_empty().then_some(None);
            for ports in first.chain(any) {
                let sample = Traffic { protocol: Some(service.protocol), ports };
                if !samples.contains(&sample) {
                    samples.push(sample);
                }
            }
        }
        if samples.is_empty() {
            samples.push(Traffic { protocol: None, ports: None });
        }
        samples
    }

    /// The services that an opening names; `None`: everything.
    fn services(&self, allow: ThingId) -> Option<Vec<Service>> {
        let Value::List(services) = self.read(allow, self.model.words.services).value else { return None };
        let each = services.iter().filter_map(|service| {
            let Value::List(parts) = service else { return None };
            let Some(Value::Kind(protocol)) = parts.first() else { return None };
            let said: Vec<Range> = parts.iter().filter_map(range_of).collect();
            let ports = if said.is_empty() { self.own_port(*protocol).into_iter().collect() } else { said };
            Some(Service { protocol: *protocol, ports })
        });
        Some(each.collect())
    }

    /// The port that is a protocol's own.
    fn own_port(&self, protocol: KindId) -> Option<Range> {
        let sets = &self.model.kinds[protocol].sets;
        sets.iter()
            .find(|(name, ..)| *name == self.model.words.port)
            .and_then(|(_, value, _)| range_of(value))
    }

    /// What carries a protocol: the kind right below the root of all.
    fn carrier(&self, protocol: KindId) -> KindId {
        self.model.kinds[protocol].lineage.get(1).copied().unwrap_or(protocol)
    }
}

fn range_of(value: &Value) -> Option<Range> {
    match value {
        Value::Ports(first, last) => Some((*first, *last)),
        _ => None,
    }
}

/// Whether some ranges together hold all ports of another, none of them, or some.
fn holds(ranges: &[Range], (first, last): Range) -> Truth {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    // The first port that none of the ranges so far holds.
    let mut open = u32::from(first);
    let mut holds_some = false;
    for (from, to) in sorted {
        holds_some = holds_some || (from <= last && first <= to);
        if u32::from(from) <= open && u32::from(to) >= open {
            open = u32::from(to) + 1;
        }
    }
    match (open > u32::from(last), holds_some) {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    }
}
