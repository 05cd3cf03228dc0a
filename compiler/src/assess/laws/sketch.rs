//! A little product as a law makes it up: small enough to read, with everything that the engine tells apart.
//!
//! In: choices as numbers. Out: declarations, each by itself, so that they can be added, left out and put in another order.
//! Never: a declaration that does not compile; every number stands for some choice.

/// A little product.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub components: Vec<Component>,
    pub flows: Vec<Flow>,
    pub controls: Vec<Control>,
    pub findings: Vec<Finding>,
    pub grants: Vec<Grant>,
    pub allows: Vec<Allow>,
    pub has_staging: bool,
    /// Whether the supplier, the robot and the first component are one in all deployments.
    pub shares: bool,
    /// Whether the supplier has the data.
    pub is_supplied: bool,
    /// Whether what is numbered has other names.
    pub is_renamed: bool,
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
    /// A component, or one of the others in [`Sketch::protected`].
    pub on: usize,
    pub evidence: u8,
    pub covers_all: bool,
    pub grouped: bool,
}

#[derive(Clone, Debug)]
pub struct Finding {
    pub on: usize,
    /// Its identifier, which findings on several components may have, and how well it can be used there.
    pub flaw: u8,
    pub feasible: u8,
    pub effect: u8,
    pub entry: u8,
    pub reachability: u8,
}

#[derive(Clone, Copy, Debug)]
pub struct Grant {
    pub on: usize,
    pub action: u8,
    pub human: bool,
}

/// An opening of the network.
#[derive(Clone, Copy, Debug)]
pub struct Allow {
    pub from: usize,
    pub to: usize,
    pub over: u8,
}

/// Kinds of components, and whether they keep data or work on it.
pub const KINDS: [(&str, &str); 5] = [
    ("RestApi", "processes"),
    ("WebApp", "processes"),
    ("Postgres", "stores"),
    ("LoadBalancer", "processes"),
    ("Redis", "stores"),
];
const FAMILIES: [&str; 5] = ["service", "service", "store", "middleware", "store"];
/// The weakest first; behind the last nothing is said.
pub const AUTHZ: [&str; 4] = ["none", "coarse", "object", "policy"];
const AUTHN: [&str; 4] = ["none", "password", "oauth", "mtls"];
const REPLAY: [&str; 3] = ["none", "timestamp", "nonce_timestamp"];
const EVIDENCE: [&str; 5] = ["none", "claimed", "reviewed", "tested", "continuous"];
/// Kinds of controls: what prevents, what notices and is answered, what recovers.
pub const CONTROLS: [&str; 11] = [
    "Waf",
    "ObjectAuthorisation",
    "Segmentation",
    "SecureSdlc",
    "FourEyes",
    "NetworkPolicy",
    "Sandbox",
    "FraudDetection",
    "Reversal",
    "ImmutableBackup",
    "Redundancy",
];
/// The one that only notices, and the first one that only recovers.
pub const NOTICES: u8 = 7;
pub const RECOVERING: u8 = 8;
const ACTIONS: [&str; 4] = ["read", "write", "admin", "deploy"];
const EFFECTS: [&str; 4] = ["takeover", "disclose", "logic", "deny"];
const ENTRIES: [&str; 2] = ["network", "session"];
const ENDS: [&str; 9] =
    ["internet", "anywhere", "psp", "z0", "z1", "z0.z2", "10.0.0.0/8", "10.0.128.0/17", "198.51.100.0/24"];
const OVER: [&str; 6] =
    ["", " over https", " over tcp port 400..500", " over tcp", " over ssh", " over postgres, udp port 53"];

fn pick<'a>(words: &[&'a str], at: u8) -> &'a str {
    words[usize::from(at) % words.len()]
}

/// What an attribute is, where anything is said about it.
fn said(name: &str, words: &[&str], at: u8) -> String {
    words
        .get(usize::from(at) % (words.len() + 1))
        .map_or_else(String::new, |word| format!("{name} = {word}; "))
}

/// A component that says that its design holds nothing off.
fn bare(component: &str) -> String {
    let at_rest =
        if component.contains("store.") { "; encryption_at_rest = none; backup = none" } else { "" };
    let design = format!("secrets_from = code; dependencies = floating{at_rest} }}");
    component.strip_suffix('}').map_or_else(String::new, |body| format!("{body}{design}"))
}

impl Sketch {
    /// Every declaration by itself.
    pub fn declarations(&self) -> Vec<String> {
        let mut out = vec![
            "data gold: data.Transaction { integrity = very_high; confidentiality = high; availability = medium }".to_owned(),
            "actor customer: actor.User { trust = registered }".to_owned(),
            format!("integration psp: saas.Payment {{ assurance = attested; processes = [{}]; shared = {} }}", if self.is_supplied { "gold" } else { "" },
                self.shares),
            format!("identity robot: identity.ServiceAccount {{ shared = {} }}", self.shares),
            "identity ann: identity.Human".to_owned(),
            "control answer: control.IncidentResponse { evidence = tested }".to_owned(),
        ];
        out.extend((0..self.components.len()).map(|at| self.component(at)));
        out.extend((0..self.flows.len()).filter_map(|at| self.flow(at)));
        out.extend((0..self.controls.len()).map(|at| self.control(at)));
        out.extend((0..self.findings.len()).map(|at| self.finding(at, at)));
        out.extend((0..self.grants.len()).map(|at| self.grant(at)));
        out.push(self.deployment());
        if self.has_staging {
            let weak = self.name('c', self.components.len() - 1);
            out.push(format!(
                "deployment staging like production {{ holds = masked; with {weak} {{ authz = none }} }}"
            ));
        }
        out
    }

    /// The same with a component that says that its design holds nothing off.
    pub fn bare_of_design(&self, at: usize) -> Vec<String> {
        let component = self.component(at);
        let declarations = self.declarations().into_iter();
        declarations.map(|text| if text == component { bare(&text) } else { text }).collect()
    }

    /// The same with a component beside another one of its machine that does the same work.
    pub fn split(&self, at: usize) -> Vec<String> {
        let mut declarations = self.bare_of_design(at);
        let name = self.name('c', at);
        let twin = bare(&self.component(at)).replacen(&name, "twin", 1);
        for declaration in &mut declarations {
            let run = format!("run {name} as {name}-z3;");
            *declaration = declaration.replace(&run, &format!("{run} run twin as twin-z3;"));
            *declaration = declaration.replace(&format!("[{name}]"), &format!("[{name}, twin]"));
        }
        declarations.push(twin);
        declarations
    }

    /// What is numbered is called by a letter and its number, or otherwise where it is renamed.
    pub fn name(&self, letter: char, at: usize) -> String {
        if self.is_renamed { format!("{letter}{}x", "w".repeat(at + 2)) } else { format!("{letter}{at}") }
    }

    /// The same as [`Sketch::name`] says without new names.
    pub fn old_names(&self, mut text: String) -> String {
        let counted = [
            ('c', self.components.len()),
            ('f', self.flows.len()),
            ('k', self.controls.len()),
            ('v', self.findings.len()),
            ('g', self.grants.len()),
        ];
        for (letter, count) in counted {
            for at in 0..count {
                text = text.replace(&self.name(letter, at), &format!("{letter}{at}"));
            }
        }
        text
    }

    fn component(&self, at: usize) -> String {
        let component = &self.components[at];
        let kind = usize::from(component.kind) % KINDS.len();
        let (name, data) = KINDS[kind];
        let data = if component.stores { format!("{data} = [gold]; ") } else { String::new() };
        let shared = if self.shares && at == 0 { "shared = true; " } else { "" };
        let identity = if component.runs_as { "runs_as = robot; " } else { "" };
        let authz = said("authz", &AUTHZ, component.authz);
        format!(
            "component {}: {}.{name} {{ {authz}{data}{identity}{shared}}}",
            self.name('c', at),
            FAMILIES[kind]
        )
    }

    fn flow(&self, at: usize) -> Option<String> {
        let flow = &self.flows[at];
        let (from, to) = (self.end(flow.from), self.end(flow.to));
        if from == to || to == "customer" {
            return None;
        }
        let carries = if flow.carries { "carries = [gold]" } else { "" };
        Some(format!(
            "flow {}: {from} -> {to} over https {{ {}{}forwards_users = {}; {carries} }}",
            self.name('f', at),
            said("authn", &AUTHN, flow.authn),
            said("replay_protection", &REPLAY, flow.replay),
            flow.forwards,
        ))
    }

    fn control(&self, at: usize) -> String {
        let control = &self.controls[at];
        let group = if control.grouped { "; group = \"team\"" } else { "" };
        let coverage = if control.covers_all { "" } else { "; coverage = 60%" };
        let kind = usize::from(control.kind) % CONTROLS.len();
        let answer = if kind == usize::from(NOTICES) { "; answered_by = answer" } else { "" };
        format!(
            "control {}: control.{} {{ {}evidence = {}{coverage}{group}{answer} }}",
            self.name('k', at),
            CONTROLS[kind],
            self.protected(control.on),
            pick(&EVIDENCE, control.evidence),
        )
    }

    /// What a control protects: everything, the data, or a component.
    fn protected(&self, on: usize) -> String {
        match on % (self.components.len() + 2) {
            0 => String::new(),
            1 => "protects = [gold]; ".to_owned(),
            at => format!("protects = [{}]; ", self.name('c', at - 2)),
        }
    }

    /// A finding under a number, which may be another one than its own.
    pub fn finding(&self, at: usize, of: usize) -> String {
        let finding = &self.findings[of];
        let reachability = said("reachability", &["proven_unreachable"], finding.reachability);
        format!(
            "finding {} on {} {{ id = \"F-{}\"; effect = {}; entry = {}; {reachability}feasible = {}%; severity = high }}",
            self.name('v', at),
            self.name('c', finding.on % self.components.len()),
            finding.flaw,
            pick(&EFFECTS, finding.effect),
            pick(&ENTRIES, finding.entry),
            30 * (1 + finding.feasible % 3),
        )
    }

    fn grant(&self, at: usize) -> String {
        let grant = self.grants[at];
        let who = if grant.human { "ann" } else { "robot" };
        let on = self.name('c', grant.on % self.components.len());
        format!("grant {}: {who} -> {on} may {}", self.name('g', at), pick(&ACTIONS, grant.action))
    }

    /// Two networks, one in the other, a machine, and a group; some components stand in two of them.
    pub fn deployment(&self) -> String {
        let mut zones = [const { String::new() }; 4];
        for (at, component) in self.components.iter().enumerate() {
            let places: &[usize] = match component.zone % 6 {
                0 => &[0],
                1 => &[1],
                2 => &[2],
                3 => &[0, 1],
                4 => &[1, 2],
                _ => &[3],
            };
            let name = self.name('c', at);
            for place in places {
                zones[*place].push_str(&format!(" run {name} as {name}-z{place};"));
            }
        }
        let [outer, group, inner, host] = zones;
        let allows = self.allows.iter().enumerate().map(|(at, allow)| self.allow(at, *allow));
        let allows: Vec<String> = allows.collect();
        format!(
            "deployment production {{ holds = real; \
             zone z0: network.Network {{ addresses = [10.0.0.0/16]; {outer} zone z2: network.Network {{{inner} }}; \
             zone z3: host.Host {{{host} }} }}; \
             zone z1: aws.SecurityGroup {{{group} }}; {} }}",
            allows.join("; ")
        )
    }

    fn allow(&self, at: usize, allow: Allow) -> String {
        let end = |end: usize| match end % (ENDS.len() + self.components.len()) {
            end if end < ENDS.len() => ENDS[end].to_owned(),
            end => self.name('c', end - ENDS.len()),
        };
        format!("allow a{at}: {} -> {}{}", end(allow.from), end(allow.to), pick(&OVER, allow.over))
    }

    fn end(&self, at: usize) -> String {
        match at % (self.components.len() + 2) {
            0 => "customer".to_owned(),
            1 => "psp".to_owned(),
            at => self.name('c', at - 2),
        }
    }
}
