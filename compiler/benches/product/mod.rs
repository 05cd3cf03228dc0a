//! Realistic products of any size: teams with services, stores, queues, suppliers, identities, controls and findings.
//!
//! In: how many declarations, a seed. Out: the texts of a package that compiles. Never: the same line over and over; shapes,
//! attributes and ends differ from team to team, and every team calls others.

mod teams;

use prod::workspace::Text;

use teams::{CALLS, CHOICES, SERVES, SHAPES};

/// Declarations that one team has, about, where it runs included.
const PER_TEAM: usize = 36;
/// Teams whose declarations stand in one file: about 500 declarations.
const TEAMS_PER_FILE: usize = 14;

/// Components that four teams have, one of each shape, and flows.
const COMPONENTS_OF_FOUR: usize = 29;
const FLOWS_OF_FOUR: usize = 36;

/// Teams that have so many components together, with calls from team to team until there are so many flows.
pub fn meshed(components: usize, flows: usize, seed: u64) -> Vec<Text> {
    let teams = components * SHAPES.len() / COMPONENTS_OF_FOUR + 1;
    let own = teams * FLOWS_OF_FOUR / SHAPES.len();
    let mut files = of_teams(teams, seed);
    let mut dice = Dice(seed + 1);
    let mut calls = String::new();
    for number in own..flows {
        let caller = 1 + dice.below(teams - 1);
        // As within the teams: who is called was there before.
        let other = dice.below(caller);
        let (from, data) = CALLS[caller % SHAPES.len()];
        let from = from[dice.below(from.len())];
        let to = SERVES[other % SHAPES.len()];
        let to = to[dice.below(to.len())];
        calls.push_str(&filled(
            &format!(
                "flow more-{number}: {from} -> {to} over https {{ carries = [{data}]; authn = $authn }}\n"
            ),
            caller,
            other,
            &mut dice,
        ));
    }
    files.push(text("calls.prod", calls));
    files
}

/// A package of about `declarations` declarations, in two deployments.
pub fn product(declarations: usize, seed: u64) -> Vec<Text> {
    of_teams((declarations / PER_TEAM).max(2), seed)
}

fn of_teams(teams: usize, seed: u64) -> Vec<Text> {
    let mut dice = Dice(seed);
    let mut files = vec![text("product.prod", SHARED.to_owned()), text("staging.prod", staging(teams))];
    let mut zones = String::new();
    for first in (0..teams).step_by(TEAMS_PER_FILE) {
        let mut declared = String::new();
        for team in first..(first + TEAMS_PER_FILE).min(teams) {
            let shape = &SHAPES[team % SHAPES.len()];
            // Teams build on what older teams have; one in fifty calls anybody, so that there are circles too.
            let other = if team == 0 || team % 50 == 7 {
                (team + 1 + dice.below(teams - 1)) % teams
            } else {
                dice.below(team)
            };
            declared.push_str(&filled(shape.has, team, other, &mut dice));
            zones.push_str(&filled(shape.runs, team, other, &mut dice));
            if team % 5 == 0 {
                declared.push_str(&filled(FINDING, team, other, &mut dice));
            }
        }
        files.push(text(&format!("teams/{first:05}.prod"), declared));
    }
    files.push(text("production.prod", format!("{PRODUCTION}{zones}}}\n")));
    files
}

/// What all teams share.
const SHARED: &str = r#"/// Everything that the teams make.
product made "A generated product" {
  owner          = "made@example.org"
  reference_loss = EUR 5_000_000
}

actor customer "Customers": actor.User
actor partner: actor.Partner
actor staff "Staff": actor.Employee { zone = production.office }

/// Answers when something rings.
control incident-team "Incident team": control.IncidentResponse {
  evidence = tested
  verified = 2026-09-01
}
control courses: control.Training { evidence = claimed }
"#;

const PRODUCTION: &str = r#"/// What customers use.
deployment production: aws.Account {
  region       = "eu-west-1"
  jurisdiction = eu
  zone office: onprem.OfficeNetwork
"#;

/// What a scanner said of a service.
const FINDING: &str = r#"
finding @-flaw "A flaw in a parser of @" on @-api {
  source   = sca
  severity = high
  entry    = network
  effect   = takeover
  feasible = 40%
  interest = 20%
}
"#;

/// A second deployment that is like the first, with masked data and a few differences.
fn staging(teams: usize) -> String {
    let mut text = String::from("deployment staging like production {\n  holds = masked\n");
    for team in (0..teams).step_by(40) {
        text.push_str(&format!(
            "  run t{team}-orders {{ encryption_at_rest = none }}\n  without t{team}-waf\n"
        ));
    }
    text.push_str("}\n");
    text
}

fn text(path: &str, text: String) -> Text {
    Text { path: path.into(), text: text.into() }
}

/// A template with its team, another team and its choices filled in.
fn filled(template: &str, team: usize, other: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(template.len() + 256);
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('$') {
        let choice =
            CHOICES.iter().find_map(|(word, choices)| Some((choices, behind.strip_prefix(&word[1..])?)));
        let (choices, after) = choice.expect("every `$word` is one of the choices");
        text.push_str(before);
        text.push_str(choices[dice.below(choices.len())]);
        rest = after;
    }
    text.push_str(rest);
    text.replace('@', &format!("t{team}")).replace('&', &format!("t{other}"))
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}
