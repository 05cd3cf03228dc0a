//! The page of a risk: how bad, by which attack, what holds it, what would bring it down.
//!
//! In: [`Material`], a risk, its [`Explanation`]. Out: text. Never: a default that looks like something that was said.

use super::hurdles::lines;
use crate::assess::{
    Assessed, Assessment, Attack, Credit, Credits, Explanation, FixValue, Goal, LossRisk, Numbers, Plan,
    Risk, Safeguard, Status, Weakness,
};
use crate::emit::Material;
use crate::emit::summary::{Paint, doubted, likelihood, shown};
use crate::model::ThingId;
use crate::syntax::date_text;

/// A risk that has an id.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// Which of the deployments has it.
    pub at: usize,
    /// The deployment.
    pub assessed: &'a Assessed,
    /// What it is.
    pub risk: Which<'a>,
}

impl Found<'_> {
    /// What is to be brought down, and from where; nothing for a duty, which has no attack.
    pub fn goal(&self) -> Option<(Goal, Risk)> {
        match self.risk {
            Which::Loss(loss) => {
                Some((Goal::Loss(loss.loss, loss.args.first().copied()?), loss.numbers.residual))
            }
            Which::Weakness(weakness) => {
                let is_duty = self.assessed.obligations.iter().any(|duty| duty.id == weakness.id);
                let goal = Goal::Weakness(weakness.rule, weakness.thing);
                (!is_duty).then_some((goal, weakness.numbers.residual))
            }
        }
    }
}

/// What a risk is.
#[derive(Clone, Copy)]
pub enum Which<'a> {
    /// Something that can be lost.
    Loss(&'a LossRisk),
    /// Something that is weak, or a duty that is not met.
    Weakness(&'a Weakness),
}

/// The ids of all risks, the deployments in order.
pub fn ids(assessment: &Assessment) -> Vec<String> {
    let mut ids = Vec::new();
    for assessed in &assessment.deployments {
        ids.extend(assessed.losses.iter().map(|loss| loss.id.to_string()));
        let all = assessed.weaknesses.iter().chain(&assessed.obligations);
        ids.extend(all.map(|weakness| weakness.id.to_string()));
    }
    ids
}

/// The risk that has an id; nothing where none has.
pub fn find<'a>(assessment: &'a Assessment, id: &str) -> Option<Found<'a>> {
    assessment.deployments.iter().enumerate().find_map(|(at, assessed)| {
        let loss = assessed.losses.iter().find(|loss| *loss.id == *id).map(Which::Loss);
        let mut all = assessed.weaknesses.iter().chain(&assessed.obligations);
        let risk = loss.or_else(|| all.find(|weakness| *weakness.id == *id).map(Which::Weakness))?;
        Some(Found { at, assessed, risk })
    })
}

/// How a risk comes about.
pub fn page(
    material: &Material<'_>,
    found: &Found<'_>,
    explained: Option<&Explanation>,
    cure: Option<&Plan>,
    paint: Paint,
) -> String {
    let page = Page { material, paint, explained, cure };
    match found.risk {
        Which::Loss(loss) => page.loss(found.assessed, loss),
        Which::Weakness(weakness) => page.weakness(found.assessed, weakness),
    }
}

struct Page<'a> {
    material: &'a Material<'a>,
    paint: Paint,
    explained: Option<&'a Explanation>,
    cure: Option<&'a Plan>,
}

impl Page<'_> {
    fn loss(&self, assessed: &Assessed, loss: &LossRisk) -> String {
        let score = doubted(loss, &self.material.assessment.constants);
        let mut out = self.headline(&score, &within(&loss.title, assessed), &loss.numbers);
        out.push_str(&self.impact());
        out.push_str(&status(&loss.status));
        out.push_str(&self.attack(loss.attack.as_ref()));
        let credits = self.explained.and_then(|explained| explained.credits.as_ref());
        match credits {
            Some(credits) => out.push_str(&self.credits(credits, loss.numbers.residual)),
            None => out.push_str(&self.list("controls on the way", &self.paths(&loss.controls))),
        }
        for weakness in loss.weaknesses.iter().filter_map(|at| assessed.weaknesses.get(*at)) {
            out.push_str(&self.taken(weakness));
        }
        out.push_str(&self.cure());
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
        for fix in self.explained.iter().flat_map(|explained| &explained.fixes) {
            out.push_str(&self.paint.wrapped(&fix_value(fix), " ", "   "));
        }
        if !weakness.fix.is_empty() {
            out.push_str(&self.paint.wrapped(&format!("cure: {}", weakness.fix), " ", "   "));
        }
        out.push_str(&self.cure());
        let references = self.material.references(weakness.rule).join(", ");
        let references = if references.is_empty() { references } else { format!(" ({references})") };
        let rule = &self.material.model.rules[weakness.rule].name;
        let place = self.material.shown_place(weakness.place);
        out.push_str(&format!(" rule {rule}{references}; declared at {place}\n"));
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
        let counted = match self.explained.and_then(|explained| explained.worlds) {
            Some((had, of)) => format!(" ({had} of {of} worlds)"),
            None if self.explained.is_some_and(|explained| !explained.bound.is_empty()) => {
                " (the strongest product of steps: too rare for the worlds)".to_owned()
            }
            None => String::new(),
        };
        out.push_str(&format!(
            " likelihood {}{counted} x impact {}\n",
            likelihood(risk.likelihood),
            risk.impact
        ));
        out
    }

    /// What the impact is made of, where it is made of anything.
    fn impact(&self) -> String {
        let Some((parts, facts)) = self.explained.and_then(|explained| explained.impact.as_ref()) else {
            return String::new();
        };
        let mut told: Vec<String> =
            facts.iter().map(|fact| super::hurdles::fact(self.material, fact)).collect();
        if parts.held != 1.0 {
            told.push(format!("what is here is worth {}", parts.held));
        }
        if parts.left != 1.0 {
            told.push(format!("recovery leaves {:.2}", parts.left));
        }
        let told = format!("impact {}: {}", parts.declared, told.join("; "));
        self.paint.wrapped(&told, " ", "   ")
    }

    /// Step by step: what happens, where, how likely, and what stands in its way.
    fn attack(&self, attack: Option<&Attack>) -> String {
        let Some(attack) = attack else { return " no attack leads to it\n".to_owned() };
        let mut out = format!(" strongest attack, {} on its own:\n", likelihood(attack.probability));
        let none = Vec::new();
        let hurdles = self.explained.map_or(&none, |explained| &explained.hurdles);
        for (at, step) in attack.steps.iter().enumerate() {
            let place = self.material.own_place(step).unwrap_or(step.place);
            let chance = match (step.probability < 1.0, step.probability < step.unguarded) {
                (false, _) => String::new(),
                (true, false) => format!(" [{}]", likelihood(step.probability)),
                (true, true) => {
                    format!(" [{}, unguarded {}]", likelihood(step.probability), likelihood(step.unguarded))
                }
            };
            let text = format!("{}{chance} ({})", step.text, self.material.shown_place(place));
            out.push_str(&self.paint.wrapped(&text, &format!("  {:>2} ", at + 1), "     "));
            for (place, fact) in &step.because {
                let fact = format!("because {fact} ({})", self.material.shown_place(*place));
                out.push_str(&self.paint.wrapped(&fact, "       ", "         "));
            }
            for line in hurdles.get(at).into_iter().flat_map(|hurdles| lines(self.material, hurdles)) {
                out.push_str(&self.paint.wrapped(&line, "       ", "         "));
            }
        }
        out
    }

    fn credits(&self, credits: &Credits, now: Risk) -> String {
        let (told, slight): (Vec<&Credit>, Vec<&Credit>) =
            credits.at_work.iter().partition(|credit| shown(credit.without) != shown(now));
        let named = |of: Safeguard| match of {
            Safeguard::Control(control) => self.material.model.path(control).to_string(),
            Safeguard::Native(thing, name) => self.material.model.attribute_path((thing, name)),
        };
        let at_work: Vec<String> = told
            .iter()
            .map(|credit| format!("{} (without it {})", named(credit.of), shown(credit.without)))
            .collect();
        let slight: Vec<String> = slight.iter().map(|credit| named(credit.of)).collect();
        let mut out = self.list("at work", &at_work);
        out.push_str(&self.list("hardly at work", &slight));
        out.push_str(&self.list("controls that do nothing for this risk", &self.paths(&credits.idle)));
        out
    }

    /// A weakness that the attack takes, and what fixing it alone brings.
    fn taken(&self, weakness: &Weakness) -> String {
        let references = self.material.references(weakness.rule).join(", ");
        let mut told = format!("takes {}", weakness.id);
        if !references.is_empty() {
            told.push_str(&format!(" ({references})"));
        }
        let mut fixes = self.explained.iter().flat_map(|explained| &explained.fixes);
        if let Some(fix) = fixes.find(|fix| fix.weakness == weakness.id) {
            told.push_str(&format!("; {}", fix_value(fix)));
        }
        self.paint.wrapped(&told, " ", "   ")
    }

    fn cure(&self) -> String {
        self.cure
            .map_or_else(String::new, |plan| self.paint.wrapped(&cheapest(self.material, plan), " ", "   "))
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

/// What it brings to fix one weakness and nothing else.
fn fix_value(fix: &FixValue) -> String {
    if shown(fix.after) != shown(fix.before) {
        return format!("fixed alone, {} falls from {} to {}", fix.loss, shown(fix.before), shown(fix.after));
    }
    if fix.remains.is_empty() {
        return format!("fixed alone, no attack on {} is left", fix.loss);
    }
    let remains = fix.remains.join(", ");
    format!("fixed alone, nothing changes for {} as long as this remains: {remains}", fix.loss)
}

/// `cheapest cure: … -> high 7.2; then … -> medium 6.8`
fn cheapest(material: &Material<'_>, plan: &Plan) -> String {
    let constants = &material.assessment.constants;
    let told = plan.stages.iter().map(|stage| {
        let after = match stage.after {
            Some(risk) => format!("{} {}", risk.band(constants).word(), shown(risk)),
            None => "gone".to_owned(),
        };
        format!("`{}` -> {after}", stage.cure.statement.replace('\n', "; "))
    });
    let told: Vec<String> = told.collect();
    match (told.is_empty(), plan.is_reached) {
        (false, _) => format!("cheapest cure: {}", told.join("; then ")),
        (true, true) => "there is nothing to cure".to_owned(),
        (true, false) => "no cure that the model or the library knows of brings it down".to_owned(),
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
