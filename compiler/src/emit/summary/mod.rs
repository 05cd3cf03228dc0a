//! The summary on the terminal: how bad it is, what can be lost, what is weak, what nobody said.
//!
//! In: [`Material`]. Out: text. Never: a likelihood of 0 where the worlds only saw too few, losses and weaknesses counted
//! together.

mod paint;
mod story;
mod table;

pub use self::paint::Paint;
use self::table::{Row, table};
pub use self::table::{doubted, shown};
use super::Material;
use super::assumptions::assumptions;
use super::money::Amount;
use crate::assess::{Assessed, Constants, LossRisk, Method, Status, Weakness};
use crate::graph::eval::in_words;
use crate::syntax::date_text;

pub use self::story::{likelihood, story};

/// How many losses are named that cost too much to be exact.
const MOST_COSTLY: usize = 3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The worst few of everything.
    Top,
    /// All of it.
    All,
}

impl Extent {
    fn losses(self) -> usize {
        if self == Extent::Top { 5 } else { usize::MAX }
    }

    /// Weaknesses, questions and duties, each.
    fn weaknesses(self) -> usize {
        if self == Extent::Top { 8 } else { usize::MAX }
    }
}

/// The summary of one analysis; `only`: of one deployment.
pub fn summary(material: &Material<'_>, only: Option<&str>, extent: Extent, paint: Paint) -> String {
    let assessment = material.assessment;
    let wanted =
        assessment.deployments.iter().filter(|assessed| only.is_none_or(|name| *assessed.name == *name));
    let mut out = String::new();
    for assessed in wanted {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&deployment(material, assessed, extent, paint));
    }
    out.push_str(&taken_for_true(material, paint));
    out.push_str(&switched_off(material, paint));
    out.push_str(&other_numbers(material, paint));
    let footer = format!(
        "scores rank risks under the assumptions of constants {} as of {}; they are no forecast",
        assessment.constants.version,
        date_text(assessment.today)
    );
    out.push('\n');
    out.push_str(&paint.wrapped(&footer, "", ""));
    out
}

/// What the numbers take for granted, in the author's words.
fn taken_for_true(material: &Material<'_>, paint: Paint) -> String {
    let mut out = String::new();
    for assumption in assumptions(material) {
        let about: Vec<_> = assumption.about.iter().map(|thing| material.model.path(*thing)).collect();
        let mut line = assumption.what.to_owned();
        if !about.is_empty() {
            line.push_str(&format!(", about {}", about.join(", ")));
        }
        if let Some(owner) = assumption.owner {
            line.push_str(&format!(", by {owner}"));
        }
        if let Some(review) = assumption.review {
            let overdue = if assumption.is_overdue { ", overdue" } else { "" };
            line.push_str(&format!(", review {}{overdue}", date_text(review)));
        }
        out.push_str(&paint.wrapped(&line, "  ", "    "));
    }
    if out.is_empty() { out } else { format!("\n{}\n{out}", paint.strong("assumptions")) }
}

/// Rules that nobody wants to hear of, and how much they would have said.
fn switched_off(material: &Material<'_>, paint: Paint) -> String {
    let assessment = material.assessment;
    let mut out = String::new();
    for off in &assessment.off {
        let all = assessment
            .deployments
            .iter()
            .flat_map(|assessed| assessed.weaknesses.iter().chain(&assessed.obligations));
        let hidden = all.filter(|weakness| material.model.rules[weakness.rule].name == off.name).count();
        let line = match hidden {
            0 => format!("{}: {}", off.name, off.because),
            _ => format!("{} ({hidden} not counted): {}", off.name, off.because),
        };
        out.push_str(&paint.wrapped(&line, "  ", "    "));
    }
    if out.is_empty() { out } else { format!("\n{}\n{out}", paint.strong("switched off in prod.toml")) }
}

/// Numbers of the library that the package says otherwise: scores with them do not compare with those of others.
fn other_numbers(material: &Material<'_>, paint: Paint) -> String {
    let mut out = String::new();
    for changed in &material.model.changed {
        let in_words = |value| in_words(material.model, value);
        let was = changed.was.as_ref().map_or_else(|| "nothing".to_owned(), in_words);
        let line = format!(
            "{} is {} instead of {was} ({})",
            changed.name,
            in_words(&changed.now),
            material.shown_place(changed.place)
        );
        out.push_str(&paint.wrapped(&line, "  ", "    "));
    }
    if out.is_empty() {
        out
    } else {
        format!("\n{}\n{out}", paint.strong("numbers that are not the library's"))
    }
}

/// All questions, deployment by deployment; `only`: those of one.
pub fn questions(material: &Material<'_>, only: Option<&str>, paint: Paint) -> String {
    let mut out = String::new();
    for assessed in &material.assessment.deployments {
        let is_wanted = only.is_none_or(|name| *assessed.name == *name);
        let asked = questions_of(material, assessed, Extent::All, paint);
        if is_wanted && !asked.is_empty() {
            out.push_str(&paint.strong(&title(material, assessed)));
            out.push_str(&asked);
            out.push('\n');
        }
    }
    out
}

fn deployment(material: &Material<'_>, assessed: &Assessed, extent: Extent, paint: Paint) -> String {
    let constants = &material.assessment.constants;
    let mut out = header(material, assessed, paint);
    out.push_str(&exactness(material, assessed, paint));
    let losses: Vec<&LossRisk> = assessed.losses.iter().filter(|loss| loss.status == Status::Open).collect();
    let weak: Vec<&Weakness> = assessed
        .weaknesses
        .iter()
        .filter(|weakness| !weakness.is_question && weakness.status == Status::Open)
        .collect();
    if losses.iter().any(|loss| loss.numbers.inherent.value() > 0.0) {
        let rows = losses.iter().map(|loss| Row {
            title: loss.title.clone(),
            numbers: loss.numbers,
            notes: Vec::new(),
        });
        let rows: Vec<Row> = rows.collect();
        out.push('\n');
        out.push_str(&table("losses", &rows, extent.losses(), constants, paint));
        out.push_str(&losses.first().map(|loss| attack(loss, constants, paint)).unwrap_or_default());
    }
    let mut section = |heading: &str, some: &[&Weakness]| {
        if !some.is_empty() {
            let rows: Vec<Row> = some.iter().map(|weakness| row(material, weakness)).collect();
            out.push('\n');
            out.push_str(&table(heading, &rows, extent.weaknesses(), constants, paint));
        }
    };
    section("weaknesses", &weak);
    let duties: Vec<&Weakness> =
        assessed.obligations.iter().filter(|duty| !duty.is_question && duty.status == Status::Open).collect();
    section("obligations", &duties);
    out.push_str(&questions_of(material, assessed, extent, paint));
    out.push_str(&accepted(assessed, paint));
    out
}

/// `production: critical 9.4, P(serious loss) 0.51, exposure 0.73`
fn header(material: &Material<'_>, assessed: &Assessed, paint: Paint) -> String {
    let constants = &material.assessment.constants;
    let name = &title(material, assessed);
    match assessed.highest.filter(|highest| highest.inherent.value() > 0.0) {
        None => format!("{}  {}\n", paint.strong(name), nothing(assessed)),
        Some(highest) => {
            let risk = highest.residual;
            let band = risk.band(constants);
            let head = format!("{} {}", band.word().to_uppercase(), risk.shown());
            format!(
                "{}  {}  P(serious loss) {}  exposure {:.2}  code-only {}\n{}",
                paint.strong(name),
                paint.band(band, &head),
                likelihood(assessed.serious),
                assessed.exposure,
                // When only own code and infrastructure are looked at.
                shown(highest.code_only),
                in_money(material, assessed),
            )
        }
    }
}

/// Where exact numbers were asked for: whether these are, and which are not.
fn exactness(material: &Material<'_>, assessed: &Assessed, paint: Paint) -> String {
    if material.assessment.method != Method::Exact || assessed.losses.is_empty() {
        return String::new();
    }
    let costly = assessed.losses.iter().filter(|loss| loss.method != Method::Exact);
    let costly: Vec<&str> = costly.map(|loss| loss.title.as_str()).collect();
    let mut line = "likelihoods of losses are exact".to_owned();
    if !costly.is_empty() {
        let named: Vec<&str> = costly.iter().take(MOST_COSTLY).copied().collect();
        let more = costly.len() - named.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        line.push_str(&format!(
            ", but not of {}{more}: more than {} nodes are needed, and the number of the worlds stands",
            named.join(", "),
            material.assessment.constants.exact_nodes
        ));
    }
    paint.wrapped(&line, "  ", "  ")
}

/// Why there is no number: nothing is there to lose, or nobody can come at it.
pub(super) fn nothing(assessed: &Assessed) -> String {
    match assessed.losable {
        0 => "nothing to lose is declared".to_owned(),
        1 => "no way in is declared: nothing reaches the one loss that it could suffer".to_owned(),
        several => {
            format!("no way in is declared: nothing reaches any of the {several} losses that it could suffer")
        }
    }
}

/// What a year costs on average, where the product says what a total loss would cost.
fn in_money(material: &Material<'_>, assessed: &Assessed) -> String {
    match Amount::at_stake(material) {
        Some(at_stake) => format!(
            "  in money: {} a year, where a total loss costs {}\n",
            at_stake.share(assessed.exposure).shown(),
            at_stake.shown()
        ),
        None => String::new(),
    }
}

/// What a deployment is called; without one, what the product is called.
fn title(material: &Material<'_>, assessed: &Assessed) -> String {
    match (&*assessed.name, material.product_title()) {
        ("", "") => "the product".to_owned(),
        ("", title) => title.to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// One sentence about the strongest attack on a loss.
fn attack(loss: &LossRisk, constants: &Constants, paint: Paint) -> String {
    let Some(attack) = &loss.attack else { return String::new() };
    let told = format!(
        "{}, {}, likelihood {}: {}",
        loss.title,
        doubted(loss, constants),
        likelihood(loss.numbers.residual.likelihood),
        story(attack)
    );
    paint.wrapped(&told, "  -> ", "     ")
}

fn row(material: &Material<'_>, weakness: &Weakness) -> Row {
    let rule = &material.model.rules[weakness.rule].name;
    let title = format!("{rule} on {}", material.model.path(weakness.thing));
    let cure = (!weakness.fix.is_empty()).then(|| format!("cure: {}", weakness.fix));
    let notes = std::iter::once(weakness.message.clone()).chain(cure).collect();
    Row { title, numbers: weakness.numbers, notes }
}

/// Questions are counted apart, with what would settle them.
fn questions_of(material: &Material<'_>, assessed: &Assessed, extent: Extent, paint: Paint) -> String {
    let mut open: Vec<&Weakness> =
        assessed.questions().filter(|question| question.status == Status::Open).collect();
    open.sort_by(|a, b| b.numbers.residual.value().total_cmp(&a.numbers.residual.value()));
    if open.is_empty() {
        return String::new();
    }
    let count = open.len();
    let heading = format!("{count} {}", if count == 1 { "question" } else { "questions" });
    let mut out = format!("\n{}\n", paint.strong(&heading));
    for question in open.iter().take(extent.weaknesses()) {
        let rule = &material.model.rules[question.rule].name;
        let attributes: Vec<String> =
            material.hangs_on(question).into_iter().map(|name| format!("`{name}`")).collect();
        let asked = format!(
            "what is {}? {rule}, {} if nothing is said",
            attributes.join(", "),
            shown(question.numbers.residual)
        );
        out.push_str(&paint.wrapped(&asked, "  ", "    "));
    }
    if let Some(more) = count.checked_sub(extent.weaknesses()).filter(|more| *more > 0) {
        out.push_str(&format!("  and {more} more: `prodc questions`\n"));
    }
    out
}

/// What was decided, with its end.
fn accepted(assessed: &Assessed, paint: Paint) -> String {
    let losses = assessed.losses.iter().map(|loss| (&loss.id, &loss.status, loss.numbers));
    let all = assessed.weaknesses.iter().chain(&assessed.obligations);
    let decided = losses.chain(all.map(|weakness| (&weakness.id, &weakness.status, weakness.numbers)));
    let mut out = String::new();
    for (id, status, numbers) in decided {
        if let Status::Accepted { decision, owner, until, .. } = status {
            let score = shown(numbers.residual);
            let line = format!("{id}, {score}: {decision} by {owner} until {}", date_text(*until));
            out.push_str(&paint.wrapped(&line, "  ", "    "));
        }
    }
    if out.is_empty() { out } else { format!("\n{}\n{out}", paint.strong("decided")) }
}
