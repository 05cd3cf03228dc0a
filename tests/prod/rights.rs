//! Rights by whatever chain, against a reckoning that is too simple to be wrong.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use prod::assess::Settings;
use prod::graph::eval::in_words;
use prod::workspace::{Depth, Library, Text, analyse};
use proptest::prelude::*;

use crate::package::standard;

const IDENTITIES: [&str; 5] = ["ann", "red", "green", "blue", "robot"];
const COMPONENTS: [&str; 3] = ["api", "job", "db"];
const ACTIONS: [&str; 6] = ["read", "write", "assume", "deploy", "admin", "edit_policy"];

/// Who is granted what, by position; what comes after the identities is a component.
type Grant = (usize, usize, usize);

#[derive(Clone, Debug)]
struct Sketch {
    grants: Vec<Grant>,
    members: Vec<usize>,
    /// What `api` and `job` run as.
    runs_as: [Option<usize>; 2],
    issued: Option<usize>,
}

fn sketches() -> impl Strategy<Value = Sketch> {
    let identity = 0..IDENTITIES.len();
    let grant = (0..=IDENTITIES.len(), 0..IDENTITIES.len() + COMPONENTS.len(), 0..ACTIONS.len());
    let runs_as = || proptest::option::of(identity.clone());
    (
        proptest::collection::vec(grant, 0..12),
        proptest::collection::vec(identity.clone(), 0..3),
        [runs_as(), runs_as()],
        runs_as(),
    )
        .prop_map(|(grants, members, runs_as, issued)| Sketch { grants, members, runs_as, issued })
}

impl Sketch {
    fn who(at: usize) -> &'static str {
        IDENTITIES.get(at).copied().unwrap_or("team")
    }

    fn what(at: usize) -> &'static str {
        IDENTITIES.iter().chain(&COMPONENTS).nth(at).copied().unwrap()
    }

    fn text(&self) -> String {
        let mut out =
            "data gold: data.Financial\ncomponent db: store.Postgres { stores = [gold] }\n".to_owned();
        for (at, name) in COMPONENTS.iter().take(2).enumerate() {
            let runs_as = self.runs_as[at].map(|who| format!(" {{ runs_as = {} }}", Sketch::who(who)));
            out += &format!("component {name}: service.RestApi{}\n", runs_as.unwrap_or_default());
        }
        for (at, name) in IDENTITIES.iter().enumerate() {
            let issuer = if self.issued == Some(at) { " { issuer = api }" } else { "" };
            out += &format!("identity {name}: identity.Role{issuer}\n");
        }
        let members: BTreeSet<&str> = self.members.iter().map(|at| Sketch::who(*at)).collect();
        let members: Vec<&str> = members.into_iter().collect();
        out += &format!("identity team: identity.Group {{ members = [{}] }}\n", members.join(", "));
        for (at, (who, what, action)) in self.grants.iter().enumerate() {
            let (who, what) = (Sketch::who(*who), Sketch::what(*what));
            out += &format!("grant g{at}: {who} -> {what} may {}\n", ACTIONS[*action]);
        }
        out
    }

    /// Where each thing leads in one step, and who may write `db` directly.
    fn links(&self) -> (BTreeSet<(&'static str, &'static str)>, BTreeSet<&'static str>) {
        let (mut links, mut writers) = (BTreeSet::new(), BTreeSet::new());
        for (who, what, action) in &self.grants {
            let (who, on, action) = (Sketch::who(*who), Sketch::what(*what), ACTIONS[*action]);
            let takes = if *what < IDENTITIES.len() {
                ["assume", "admin", "edit_policy"].contains(&action)
            } else {
                ["deploy", "admin", "edit_policy"].contains(&action)
            };
            if takes {
                links.insert((who, on));
            }
            if on == "db" && ["write", "admin", "edit_policy"].contains(&action) {
                writers.insert(who);
            }
        }
        links.extend(self.members.iter().map(|member| (Sketch::who(*member), "team")));
        links.extend(
            self.runs_as.iter().zip(COMPONENTS).filter_map(|(who, of)| Some((of, Sketch::who((*who)?)))),
        );
        links.extend(self.issued.map(|who| ("api", Sketch::who(who))));
        (links, writers)
    }

    /// How many links it takes to somebody who may write `db`.
    fn distance(&self, from: &'static str) -> Option<usize> {
        let (links, writers) = self.links();
        let mut far = BTreeMap::from([(from, 0)]);
        let mut open = VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            if writers.contains(at) {
                return Some(far[at]);
            }
            for (_, next) in links.iter().filter(|(start, _)| *start == at) {
                if !far.contains_key(next) {
                    far.insert(next, far[at] + 1);
                    open.push_back(next);
                }
            }
        }
        None
    }
}

/// Who may write the data, each with the ends of the links that prove it.
fn writers(
    sketch: &Sketch,
    (library, settings): &(Library, Settings),
) -> BTreeMap<String, Vec<(String, String)>> {
    let files = [Text { path: "main.prod".into(), text: sketch.text().into() }];
    let analysis = analyse(library, &files, Depth::Check, settings);
    assert!(analysis.compiles(), "{}\n{:#?}", sketch.text(), analysis.problems);
    let asked = analysis.ask("[i in identity: can(i, write, gold)]", None, settings);
    assert!(asked.problems.is_empty(), "{:#?}", asked.problems);
    let path = |thing| analysis.model.path(thing).to_string();
    let rows = asked.answers[0].rows.iter();
    rows.map(|row| {
        let [chain] = row.proof.as_slice() else { panic!("one chain, not {}", row.proof.len()) };
        let links = chain.iter().map(|hop| (path(hop.from), path(hop.to))).collect();
        (in_words(&analysis.model, &row.value), links)
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn closures_are_what_a_simple_walk_finds(sketch in sketches()) {
        let found = writers(&sketch, &standard());
        for name in IDENTITIES.into_iter().chain(["team"]) {
            let chain = found.get(name);
            let distance = sketch.distance(name);
            prop_assert_eq!(chain.is_some(), distance.is_some(), "{} in\n{}", name, sketch.text());
            let (Some(chain), Some(distance)) = (chain, distance) else { continue };
            // The links to a writer, the right itself, and what the store keeps.
            prop_assert_eq!(chain.len(), distance + 2, "{:?} in\n{}", chain, sketch.text());
            prop_assert_eq!(&chain[0].0, name);
            prop_assert_eq!(&chain[chain.len() - 1].1, "gold");
            prop_assert!(chain.windows(2).all(|links| links[0].1 == links[1].0), "{:?}", chain);
        }
    }

    #[test]
    fn a_grant_takes_no_right_away(sketch in sketches(), more in (0..5_usize, 0..8_usize, 0..6_usize)) {
        let session = standard();
        let before = writers(&sketch, &session);
        let mut sketch = sketch;
        sketch.grants.push(more);
        let after = writers(&sketch, &session);
        prop_assert!(before.keys().all(|name| after.contains_key(name)), "{}", sketch.text());
    }
}
