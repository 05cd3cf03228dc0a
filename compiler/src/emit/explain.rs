//! What a rule means and how a risk comes about, as text for a terminal.
//!
//! In: a model, or [`Material`] and the id of a risk. Out: text. Never: a number that the assessment does not hold.

use super::Material;
use super::summary::{Paint, doubted, likelihood, shown};
use crate::assess::{Assessed, Attack, LossRisk, Numbers, Status, Weakness};
use crate::base::{Place, Sources};
use crate::graph::eval::in_words;
use crate::model::{Expr, ExprKind, Lint, Model, Rule, Telling, Template, TemplatePart, ThingId};
use crate::syntax::date_text;

/// What a rule means.
pub fn rule_page(model: &Model, sources: &Sources, rule: &Rule) -> String {
    let mut out = head(sources, "rule", &rule.name, &rule.title, &rule.doc, rule.place);
    let reported: &[Expr] = match &rule.telling {
        Telling::Reports(steps) => steps,
        Telling::Own(_) | Telling::Obligation { .. } => &[],
    };
    for step in reported {
        let ExprKind::Step(step, _) = &step.kind else { continue };
        let step = &model.steps[*step];
        out.push_str(&format!("\nreports the step `{}` ({})\n", step.name, shown_place(sources, step.place)));
        out.push_str(&indented(&step.doc));
    }
    match rule.telling {
        Telling::Reports(_) => {}
        Telling::Own(_) => out.push_str("\nis a step of an attack of its own\n"),
        Telling::Obligation { .. } => {
            out.push_str("\nis a duty: it is scored by itself, without an attack\n")
        }
    }
    out.push_str(&told(sources, &rule.say, &rule.fix));
    for (name, setting) in &rule.settings {
        out.push_str(&format!("{}: {}\n", model.names.text(*name), in_words(model, &setting.value)));
    }
    out
}

/// What a lint means.
pub fn lint_page(sources: &Sources, lint: &Lint) -> String {
    let mut out = head(sources, "lint", &lint.name, &lint.title, &lint.doc, lint.place);
    out.push_str(&told(sources, &lint.say, &lint.fix));
    out
}

/// How a risk comes about; nothing where no risk has the id.
pub fn risk_page(material: &Material<'_>, id: &str, paint: Paint) -> Option<String> {
    let page = Page { material, paint };
    material.assessment.deployments.iter().find_map(|assessed| {
        let loss = assessed.losses.iter().find(|loss| *loss.id == *id);
        let mut all = assessed.weaknesses.iter().chain(&assessed.obligations);
        let weakness = all.find(|weakness| *weakness.id == *id);
        loss.map(|loss| page.loss(assessed, loss))
            .or_else(|| weakness.map(|weakness| page.weakness(assessed, weakness)))
    })
}

struct Page<'a> {
    material: &'a Material<'a>,
    paint: Paint,
}

impl Page<'_> {
    fn loss(&self, assessed: &Assessed, loss: &LossRisk) -> String {
        let score = doubted(loss, &self.material.assessment.constants);
        let mut out = self.headline(&score, &within(&loss.title, assessed), &loss.numbers);
        out.push_str(&status(&loss.status));
        out.push_str(&self.attack(loss.attack.as_ref()));
        out.push_str(&self.list("controls on the way", &self.paths(&loss.controls)));
        let fed_by = loss.weaknesses.iter().filter_map(|at| assessed.weaknesses.get(*at));
        let ids: Vec<String> = fed_by.map(|weakness| weakness.id.to_string()).collect();
        out.push_str(&self.list("weaknesses that it takes", &ids));
        out.push_str(&format!(" declared at {}\n", self.material.shown_place(loss.place)));
        out
    }

    fn weakness(&self, assessed: &Assessed, weakness: &Weakness) -> String {
        let score = weakness.numbers.residual.shown();
        let mut out = self.headline(&score, &within(&weakness.message, assessed), &weakness.numbers);
        out.push_str(&status(&weakness.status));
        if weakness.is_question {
            let names = self.material.hangs_on(weakness);
            out.push_str(&self.list("only a question: nobody has said", &names));
        }
        for (place, fact) in &weakness.facts {
            out.push_str(&format!(" because {fact}, {}\n", self.material.shown_place(*place)));
        }
        out.push_str(&self.attack(weakness.attack.as_ref()));
        let losses = weakness.losses.iter().filter_map(|at| assessed.losses.get(*at));
        let losses: Vec<String> =
            losses.map(|loss| format!("{} {}", loss.id, loss.numbers.residual.shown())).collect();
        out.push_str(&self.list("leads to", &losses));
        if !weakness.fix.is_empty() {
            out.push_str(&self.paint.wrapped(&format!("cure: {}", weakness.fix), " ", "   "));
        }
        let rule = &self.material.model.rules[weakness.rule].name;
        out.push_str(&format!(" rule {rule}; declared at {}\n", self.material.shown_place(weakness.place)));
        out
    }

    fn headline(&self, score: &str, title: &str, numbers: &Numbers) -> String {
        let band = numbers.residual.band(&self.material.assessment.constants);
        let score = format!("{} {score}", band.word().to_uppercase());
        let mut out = format!("{}  {title}\n", self.paint.band(band, &score));
        let (established, inherent, code_only) = (numbers.established, numbers.inherent, numbers.code_only);
        out.push_str(&format!(
            " established {}  inherent {}  code only {}\n",
            shown(established),
            shown(inherent),
            shown(code_only)
        ));
        let risk = numbers.residual;
        out.push_str(&format!(" likelihood {} x impact {}\n", likelihood(risk.likelihood), risk.impact));
        out
    }

    /// Step by step: what happens, where, how likely, and what stands in its way.
    fn attack(&self, attack: Option<&Attack>) -> String {
        let Some(attack) = attack else { return " no attack leads to it\n".to_owned() };
        let mut out = format!(" strongest attack, {} on its own:\n", likelihood(attack.probability));
        for (at, step) in attack.steps.iter().enumerate() {
            let place = self.material.own_place(step).unwrap_or(step.place);
            let guards = match step.controls.as_slice() {
                [] if step.probability < step.unguarded => "; native mitigations".to_owned(),
                [] => String::new(),
                some => format!("; against {}", self.paths(some).join(", ")),
            };
            let chance = match (step.probability < 1.0, step.probability < step.unguarded) {
                (false, _) => String::new(),
                (true, false) => format!(" [{}]", likelihood(step.probability)),
                (true, true) => {
                    format!(" [{}, unguarded {}]", likelihood(step.probability), likelihood(step.unguarded))
                }
            };
            let text = format!("{}{chance} ({}{guards})", step.text, self.material.shown_place(place));
            out.push_str(&self.paint.wrapped(&text, &format!("  {:>2} ", at + 1), "     "));
            for (place, fact) in &step.because {
                let fact = format!("because {fact} ({})", self.material.shown_place(*place));
                out.push_str(&self.paint.wrapped(&fact, "       ", "         "));
            }
        }
        out
    }

    fn list(&self, heading: &str, items: &[String]) -> String {
        if items.is_empty() {
            return String::new();
        }
        self.paint.wrapped(&format!("{heading}: {}", items.join(", ")), " ", "   ")
    }

    fn paths(&self, things: &[ThingId]) -> Vec<String> {
        things.iter().map(|thing| self.material.model.path(*thing).to_string()).collect()
    }
}

fn within(title: &str, assessed: &Assessed) -> String {
    if assessed.name.is_empty() { title.to_owned() } else { format!("{title} in {}", assessed.name) }
}

fn status(status: &Status) -> String {
    match status {
        Status::Open => String::new(),
        Status::Accepted { decision, owner, because, until } => {
            format!(" {decision} by {owner} until {}: {because}\n", date_text(*until))
        }
        Status::Off { because } => format!(" its rule is switched off in prod.toml: {because}\n"),
    }
}

fn head(sources: &Sources, what: &str, name: &str, title: &str, doc: &str, place: Place) -> String {
    let mut out = format!("{what} {name}: {title}\n{}\n", shown_place(sources, place));
    if !doc.trim().is_empty() {
        out.push_str(&format!("\n{}\n", doc.trim()));
    }
    out
}

fn told(sources: &Sources, say: &Template, fix: &Template) -> String {
    let mut out = format!("\nsays: {}\n", outline(sources, say));
    if !fix.parts.is_empty() {
        out.push_str(&format!("cure: {}\n", outline(sources, fix)));
    }
    out
}

/// A text with its holes as they are written.
fn outline(sources: &Sources, template: &Template) -> String {
    let pieces = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => text.to_string(),
        TemplatePart::Hole(expr) => expr.place.span.slice(&sources.get(expr.place.file).text).to_owned(),
    });
    pieces.collect()
}

fn indented(text: &str) -> String {
    text.trim().lines().map(|line| format!("  {line}\n")).collect()
}

fn shown_place(sources: &Sources, place: Place) -> String {
    let source = sources.get(place.file);
    format!("{}:{}", source.path, source.line_column(place.span.lo).line)
}
