//! Little products made up at random: circles, groups, several zones and deployments, findings, rights and openings.

use proptest::prelude::*;

/// A little product, as declarations that can be left out, added and put in another order.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub components: Vec<Component>,
    pub flows: Vec<Flow>,
    pub controls: Vec<Control>,
    pub findings: Vec<(usize, u8, u8)>,
    pub grants: Vec<(usize, u8)>,
    pub allows: Vec<Allow>,
    pub has_staging: bool,
}

#[derive(Clone, Debug)]
pub struct Component {
    pub kind: u8,
    pub authz: u8,
    pub stores: bool,
    pub zone: u8,
    pub runs_as: bool,
}

#[derive(Clone, Debug)]
pub struct Flow {
    pub from: usize,
    pub to: usize,
    pub authn: u8,
    pub replay: u8,
    pub carries: bool,
    pub forwards: bool,
}

#[derive(Clone, Debug)]
pub struct Control {
    pub kind: u8,
    pub on: usize,
    pub evidence: u8,
    pub grouped: bool,
}

/// An opening of the network.
#[derive(Clone, Copy, Debug)]
pub struct Allow {
    pub from: usize,
    pub to: usize,
    pub over: u8,
}

const AUTHZ: [&str; 4] = ["none", "coarse", "object", "policy"];
const AUTHN: [&str; 4] = ["none", "password", "oauth", "mtls"];
const REPLAY: [&str; 3] = ["none", "timestamp", "nonce_timestamp"];
const EVIDENCE: [&str; 5] = ["none", "claimed", "reviewed", "tested", "continuous"];
pub const CONTROLS: [&str; 5] = ["Waf", "ObjectAuthorisation", "Segmentation", "SecureSdlc", "FourEyes"];
const ACTIONS: [&str; 3] = ["read", "write", "admin"];
const EFFECTS: [&str; 3] = ["takeover", "disclose", "logic"];
const ENTRIES: [&str; 2] = ["network", "session"];
const ENDS: [&str; 9] =
    ["internet", "anywhere", "psp", "z0", "z1", "z0.z2", "10.0.0.0/8", "10.0.128.0/17", "198.51.100.0/24"];
const OVER: [&str; 6] =
    ["", " over https", " over tcp port 400..500", " over tcp", " over ssh", " over postgres, udp port 53"];

fn pick<'a>(words: &[&'a str], at: u8) -> &'a str {
    words[usize::from(at) % words.len()]
}

impl Sketch {
    /// Every declaration by itself.
    pub fn declarations(&self) -> Vec<String> {
        let mut out = vec![
            "data gold: data.Transaction { integrity = very_high; confidentiality = high; availability = medium }".to_owned(),
            "actor customer: actor.User { trust = registered }".to_owned(),
            "integration psp: saas.Payment { assurance = attested; processes = [gold] }".to_owned(),
            "identity robot: identity.ServiceAccount".to_owned(),
            "identity ann: identity.Human".to_owned(),
        ];
        for (at, component) in self.components.iter().enumerate() {
            let (kind, data) = match component.kind % 3 {
                0 => ("service.RestApi", "processes"),
                1 => ("service.WebApp", "processes"),
                _ => ("store.Postgres", "stores"),
            };
            let data = if component.stores { format!("; {data} = [gold]") } else { String::new() };
            let identity = if component.runs_as { "; runs_as = robot" } else { "" };
            let authz = pick(&AUTHZ, component.authz);
            out.push(format!("component c{at}: {kind} {{ authz = {authz}{data}{identity} }}"));
        }
        for (at, flow) in self.flows.iter().enumerate() {
            let (from, to) = (self.end(flow.from), self.end(flow.to));
            if from == to || to == "customer" {
                continue;
            }
            let carries = if flow.carries { "; carries = [gold]" } else { "" };
            out.push(format!(
                "flow f{at}: {from} -> {to} over https {{ authn = {}; replay_protection = {}; forwards_users = {}{carries} }}",
                pick(&AUTHN, flow.authn),
                pick(&REPLAY, flow.replay),
                flow.forwards,
            ));
        }
        for (at, control) in self.controls.iter().enumerate() {
            let group = if control.grouped { "; group = \"team\"" } else { "" };
            out.push(format!(
                "control k{at}: control.{} {{ protects = [c{}]; evidence = {}{group} }}",
                pick(&CONTROLS, control.kind),
                control.on % self.components.len(),
                pick(&EVIDENCE, control.evidence),
            ));
        }
        for (at, (on, effect, entry)) in self.findings.iter().enumerate() {
            out.push(format!(
                "finding v{at} on c{} {{ effect = {}; entry = {}; feasible = 60%; severity = high }}",
                on % self.components.len(),
                pick(&EFFECTS, *effect),
                pick(&ENTRIES, *entry),
            ));
        }
        for (at, (on, action)) in self.grants.iter().enumerate() {
            let who = if at % 2 == 0 { "robot" } else { "ann" };
            let (on, action) = (on % self.components.len(), pick(&ACTIONS, *action));
            out.push(format!("grant g{at}: {who} -> c{on} may {action}"));
        }
        out.push(self.deployment());
        if self.has_staging {
            out.push("deployment staging like production { holds = masked }".to_owned());
        }
        out
    }

    /// Two networks, one in the other, and a group; some components stand in two of them.
    pub fn deployment(&self) -> String {
        let mut zones = [String::new(), String::new(), String::new()];
        for (at, component) in self.components.iter().enumerate() {
            let places: &[usize] = match component.zone % 5 {
                0 => &[0],
                1 => &[1],
                2 => &[2],
                3 => &[0, 1],
                _ => &[1, 2],
            };
            for place in places {
                zones[*place].push_str(&format!(" run c{at} as c{at}-z{place};"));
            }
        }
        let [outer, group, inner] = zones;
        let allows: Vec<String> =
            self.allows.iter().enumerate().map(|(at, allow)| self.allow(at, *allow)).collect();
        format!(
            "deployment production {{ holds = real; \
             zone z0: network.Network {{ addresses = [10.0.0.0/16]; {outer} zone z2: network.Network {{{inner} }} }}; \
             zone z1: aws.SecurityGroup {{{group} }}; {} }}",
            allows.join("; ")
        )
    }

    fn allow(&self, at: usize, allow: Allow) -> String {
        let end = |end: usize| match end % (ENDS.len() + self.components.len()) {
            end if end < ENDS.len() => ENDS[end].to_owned(),
            end => format!("c{}", end - ENDS.len()),
        };
        format!("allow a{at}: {} -> {}{}", end(allow.from), end(allow.to), pick(&OVER, allow.over))
    }

    fn end(&self, at: usize) -> String {
        match at % (self.components.len() + 2) {
            0 => "customer".to_owned(),
            1 => "psp".to_owned(),
            at => format!("c{}", at - 2),
        }
    }
}

pub fn sketches() -> impl Strategy<Value = Sketch> {
    let component = (0..3_u8, 0..4_u8, any::<bool>(), 0..5_u8, any::<bool>())
        .prop_map(|(kind, authz, stores, zone, runs_as)| Component { kind, authz, stores, zone, runs_as });
    let flow = (0..9_usize, 0..9_usize, 0..4_u8, 0..3_u8, any::<bool>(), any::<bool>()).prop_map(
        |(from, to, authn, replay, carries, forwards)| Flow { from, to, authn, replay, carries, forwards },
    );
    (
        prop::collection::vec(component, 2..6),
        prop::collection::vec(flow, 1..12),
        prop::collection::vec(controls(), 0..5),
        prop::collection::vec((0..9_usize, 0..3_u8, 0..2_u8), 0..3),
        prop::collection::vec((0..9_usize, 0..3_u8), 0..3),
        prop::collection::vec(allows(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(components, flows, controls, findings, grants, allows, has_staging)| Sketch {
            components,
            flows,
            controls,
            findings,
            grants,
            allows,
            has_staging,
        })
}

pub fn controls() -> impl Strategy<Value = Control> {
    (0..5_u8, 0..9_usize, 0..5_u8, any::<bool>()).prop_map(|(kind, on, evidence, grouped)| Control {
        kind,
        on,
        evidence,
        grouped,
    })
}

pub fn allows() -> impl Strategy<Value = Allow> {
    (0..16_usize, 0..16_usize, 0..6_u8).prop_map(|(from, to, over)| Allow { from, to, over })
}
