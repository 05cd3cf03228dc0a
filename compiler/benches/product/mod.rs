//! Realistic products of any size: teams with services, stores, queues, suppliers, identities, controls and findings.
//!
//! In: how many declarations, a seed. Out: the texts of a package that compiles. Never: the same line over and over; kinds,
//! attributes and ends differ from team to team, and every team calls others.

use prod::workspace::Text;

/// Declarations that one team has, about.
const PER_TEAM: usize = 36;
/// Teams whose declarations stand in one file.
const TEAMS_PER_FILE: usize = 14;

/// A package of about `declarations` declarations.
pub fn product(declarations: usize, seed: u64) -> Vec<Text> {
    let teams = (declarations / PER_TEAM).max(1);
    let mut dice = Dice(seed);
    let mut files = Vec::new();
    let mut zones = String::new();
    let mut overrides = String::new();
    for first in (0..teams).step_by(TEAMS_PER_FILE) {
        let mut text = String::new();
        for team in first..(first + TEAMS_PER_FILE).min(teams) {
            describe(team, teams, &mut dice, &mut text);
            place(team, &mut zones);
            if team % 10 == 3 {
                overrides.push_str(&format!("  run t{team}-orders {{ encryption_at_rest = none }}\n"));
            }
        }
        files.push(Text { path: format!("teams/{first:05}.prod").into(), text: text.into() });
    }
    let shared = "product made \"A generated product\" { owner = \"made@example.org\" }\n\
         actor customer: actor.User\nactor partner: actor.Partner\nactor staff: actor.Employee\n\
         control incident-team: control.IncidentResponse { evidence = tested; verified = 2026-09-01 }\n";
    files.push(Text { path: "product.prod".into(), text: shared.into() });
    let deployments = format!(
        "deployment production: aws.Account {{\n{zones}}}\ndeployment staging like production {{\n  holds = masked\n{overrides}}}\n"
    );
    files.push(Text { path: "zones.prod".into(), text: deployments.into() });
    files
}

/// Everything of one team but where it runs.
fn describe(team: usize, teams: usize, dice: &mut Dice, out: &mut String) {
    let t = format!("t{team}");
    let level = dice.pick(&["low", "medium", "high", "very_high"]);
    let authn = dice.pick(&["oauth", "mtls", "api_key", "none"]);
    let authz = dice.pick(&["policy", "object", "coarse", "none"]);
    let rest = dice.pick(&["customer_key", "provider_key", "none"]);
    // Teams build on what older teams have; one in fifty calls anybody, so that there are circles too.
    let reach = if team % 50 == 7 { teams } else { team };
    let other = format!("t{}", dice.below(reach));
    out.push_str(&format!(
        "// Team {team}\n\
         data {t}-people: data.Personal {{ confidentiality = {level}; records = {records} }}\n\
         data {t}-orders-data: data.Transaction {{ integrity = {level} }}\n\
         component {t}-gate: middleware.Gateway {{ authz = coarse }}\n\
         /// Serves the pages of team {team}.\n\
         component {t}-web: service.WebApp {{\n  processes    = [{t}-people]\n  authz        = {authz}\n  dependencies = locked\n  secrets_from = vault\n}}\n\
         component {t}-api: service.RestApi {{ processes = [{t}-people, {t}-orders-data]; authz = {authz}; runs_as = {t}-role }}\n\
         component {t}-worker: service.Worker {{ processes = [{t}-orders-data] }}\n\
         component {t}-orders: store.Postgres {{ stores = [{t}-orders-data, {t}-people]; encryption_at_rest = {rest}; authz = policy }}\n\
         component {t}-cache: store.Redis {{ stores = [{t}-people] }}\n\
         component {t}-queue: messaging.Queue {{ processes = [{t}-orders-data] }}\n\
         integration {t}-supplier: saas.Payment {{ assurance = {assurance}; processes = [{t}-orders-data]; jurisdiction = eu }}\n\
         identity {t}-role: identity.Workload\n\
         identity {t}-admin: identity.Human {{ factors = {factors} }}\n\
         grant {t}-role -> {t}-orders may read, write\n\
         grant {t}-admin -> {t}-orders may admin {{ access = {access} }}\n",
        records = dice.below(1_000_000),
        assurance = dice.pick(&["assessed", "attested", "unassessed"]),
        factors = dice.pick(&["one", "two", "phishing_resistant"]),
        access = dice.pick(&["standing", "time_boxed", "approved_each_time"]),
    ));
    out.push_str(&format!(
        "flow {t}-visit: customer -> {t}-gate over https {{ carries = [{t}-people]; authn = mfa }}\n\
         flow {t}-gate -> {t}-web over https {{ carries = [{t}-people]; authn = {authn}; forwards_users = true }}\n\
         flow {t}-call: {t}-web -> {t}-api over grpcs {{ carries = [{t}-people]; returns = [{t}-orders-data]; authn = {authn}; enduser_context = signed_token }}\n\
         flow {t}-api -> {t}-orders over postgres {{ encryption = tls; carries = [{t}-orders-data, {t}-people]; authn = iam }}\n\
         flow {t}-web -> {t}-cache over rediss {{ carries = [{t}-people]; authn = password }}\n\
         flow {t}-api -> {t}-queue over cloud_queue {{ carries = [{t}-orders-data] }}\n\
         flow {t}-queue -> {t}-worker over cloud_queue {{ carries = [{t}-orders-data] }}\n\
         flow {t}-pay: {t}-worker -> {t}-supplier over https {{ carries = [{t}-orders-data]; authn = oauth }}\n\
         flow {t}-hook: {t}-supplier -> {t}-api over https {{ carries = [{t}-orders-data]; authn = hmac; replay_protection = {replay} }}\n\
         control {t}-checks: control.ObjectAuthorisation {{ protects = [{t}-api]; evidence = tested; verified = 2026-09-01 }}\n\
         control {t}-waf: control.Waf {{ protects = [{t}-gate]; evidence = continuous; group = \"edge\" }}\n",
        replay = dice.pick(&["none", "nonce", "nonce_timestamp"]),
    ));
    if other != t {
        out.push_str(&format!(
            "flow {t}-to-{other}: {t}-api -> {other}-api over grpcs {{ carries = [{t}-orders-data]; authn = {authn} }}\n"
        ));
    }
    if team % 5 == 0 {
        out.push_str(&format!(
            "finding {t}-flaw \"A flaw in a parser\" on {t}-web {{ source = sca; severity = high; entry = network; effect = takeover; feasible = 40%; interest = 20% }}\n"
        ));
    }
    out.push('\n');
}

/// Where one team's components run, and what the network lets through.
fn place(team: usize, out: &mut String) {
    let t = format!("t{team}");
    out.push_str(&format!(
        "  zone {t}-edge: aws.PublicSubnet {{\n    run {t}-gate\n    allow internet -> {t}-gate over https\n  }}\n\
         \u{20} zone {t}-inner: aws.PrivateSubnet {{\n    run {t}-web {{ instances = 3 }}\n    run {t}-api\n    run {t}-worker\n    run {t}-orders\n    run {t}-cache\n    run {t}-queue\n    allow {t}-edge -> {t}-web over https\n    allow {t}-supplier -> {t}-api over https\n  }}\n"
    ));
}

/// SplitMix64: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).copied().unwrap_or("")
    }
}
