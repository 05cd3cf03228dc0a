//! The pictures of a product: the views that its author asked for, or else an overview and the worst attacks.
//!
//! In: the deployments and their assessment. Out: [`Picture`]s, in a fixed order, each with a name of its own.
//! Never: a picture of something that the deployment does not have.

use std::collections::BTreeSet;

use super::assembly::{Parts, Tint};
use super::found::Findings;
use super::picture::{Direction, Picture};
use super::selection::{Selection, Wish, parties, parties_of, with_parts};
use super::wishes::{included, with_insides};
use crate::assess::{Assessed, Assessment, Attack, Band, Constants, Knowledge, LossRisk, Settings};
use crate::base::Name;
use crate::graph::{Product, Scope, Stance};
use crate::model::{Expr, ThingId, Value, View};

/// Every picture that a package asks for; where it asks for none, those that say most.
pub fn pictures(products: &[Product], assessment: Option<&Assessment>) -> Vec<Picture> {
    let Some(first) = products.first() else { return Vec::new() };
    let subjects: Vec<Subject<'_>> =
        products.iter().enumerate().map(|(at, product)| Subject::new(product, at, assessment)).collect();
    let views = first.model.views.iter().filter(|view| !first.model.things[view.thing].is_foreign);
    let mut all: Vec<Picture> =
        views.filter_map(|view| Some(Subject::of(&subjects, view)?.view(view))).collect();
    if all.is_empty() {
        let mut shown = BTreeSet::new();
        for subject in &subjects {
            all.push(subject.overview());
            let wholes = with_insides(subject.product).into_iter().filter(|whole| shown.insert(*whole));
            all.extend(wholes.map(|whole| subject.inside(whole)));
            all.extend(subject.attacks());
        }
    }
    distinct(all)
}

/// A picture of every attack that leads to a high or critical loss.
pub fn attacks(products: &[Product], assessment: &Assessment) -> Vec<Picture> {
    let subjects =
        products.iter().enumerate().map(|(at, product)| Subject::new(product, at, Some(assessment)));
    distinct(subjects.flat_map(|subject| subject.attacks()).collect())
}

/// One deployment and what is known of it.
struct Subject<'a> {
    product: &'a Product,
    assessed: Option<(&'a Assessed, &'a Constants)>,
    findings: Findings,
    today: i32,
}

impl<'a> Subject<'a> {
    fn new(product: &'a Product, at: usize, assessment: Option<&'a Assessment>) -> Subject<'a> {
        let assessed = assessment.and_then(|all| Some((all.deployments.get(at)?, &all.constants)));
        let findings = assessed.map(|(assessed, constants)| Findings::of(product, assessed, constants));
        Subject {
            product,
            assessed,
            findings: findings.unwrap_or_default(),
            today: assessment.map_or(0, |all| all.today),
        }
    }

    /// The deployment that a view is of: the one that it names, or the first.
    fn of<'s>(subjects: &'s [Subject<'a>], view: &View) -> Option<&'s Subject<'a>> {
        let model = &subjects.first()?.product.model;
        match model.things[view.thing].reference(model.words.deployment) {
            Some(named) => subjects.iter().find(|subject| subject.product.deployment == Some(named)),
            None => subjects.first(),
        }
    }

    fn view(&self, view: &View) -> Picture {
        let model = &self.product.model;
        let words = &model.words;
        let declared = &model.things[view.thing];
        let mut wish = match &view.include {
            Some(include) => self.included(include),
            None => Wish { all: parties(self.product).collect(), ..Wish::default() },
        };
        if let Value::Int(steps) = self.product.read(view.thing, words.neighbours).value {
            wish.neighbours = usize::try_from(steps).unwrap_or(0);
        }
        let tint = self.chosen(
            view,
            words.colour,
            &[("kind", Tint::Kind), ("owner", Tint::Owner), ("data", Tint::Data)],
        );
        let direction = self.chosen(
            view,
            words.direction,
            &[("right", Direction::Right), ("up", Direction::Up), ("left", Direction::Left)],
        );
        let mut picture = self.begin(&declared.path, declared.label());
        picture.direction = direction;
        self.finish(&mut picture, &wish, tint, None);
        picture
    }

    /// What a view includes; it may ask for scores where there is an assessment.
    fn included(&self, include: &Expr) -> Wish {
        let scope = Scope::new(self.product, self.today, Stance::Filled);
        let Some((assessed, constants)) = self.assessed else {
            return included(self.product, &scope, include);
        };
        let settings = Settings::new(constants.clone(), self.today);
        let knowledge = Knowledge::of(self.product, assessed, &settings);
        included(self.product, &scope.with_oracle(&knowledge), include)
    }

    /// The choice whose word an attribute of a view has; the first one of its type otherwise.
    fn chosen<T: Copy + Default>(&self, view: &View, name: Name, choices: &[(&str, T)]) -> T {
        let word = self.product.word(view.thing, name).map(|word| self.product.model.names.text(word));
        choices.iter().find(|(choice, _)| Some(*choice) == word).map(|(_, value)| *value).unwrap_or_default()
    }

    fn overview(&self) -> Picture {
        let model = &self.product.model;
        let product = model.product.map_or("The product", |product| model.things[product].label());
        let mut picture = self.begin("overview", product);
        let wish = Wish { all: parties(self.product).collect(), ..Wish::default() };
        self.finish(&mut picture, &wish, Tint::Risk, None);
        picture
    }

    /// What a component is made of, and what it has to do with.
    fn inside(&self, whole: ThingId) -> Picture {
        let declared = &self.product.model.things[whole];
        let mut picture =
            self.begin(&format!("inside-{}", declared.path), &format!("Inside {}", declared.label()));
        let all = with_parts(self.product, whole);
        let wish = Wish { themselves: all.clone(), all, fixed: BTreeSet::from([whole]), neighbours: 1 };
        self.finish(&mut picture, &wish, Tint::Risk, None);
        picture
    }

    /// The strongest attack of every high or critical loss; what leads to several losses is shown once.
    fn attacks(&self) -> Vec<Picture> {
        let Some((assessed, constants)) = self.assessed else { return Vec::new() };
        let mut told: Vec<Vec<&[ThingId]>> = Vec::new();
        let mut pictures = Vec::new();
        for loss in assessed.losses.iter().filter(|loss| loss.numbers.residual.band(constants) >= Band::High)
        {
            let Some(attack) = &loss.attack else { continue };
            let way: Vec<&[ThingId]> = attack.steps.iter().map(|step| step.things.as_slice()).collect();
            if !told.contains(&way) {
                pictures.extend(self.attack(loss, attack, constants));
                told.push(way);
            }
        }
        pictures
    }

    fn attack(&self, loss: &LossRisk, attack: &Attack, constants: &Constants) -> Option<Picture> {
        let things = attack.steps.iter().flat_map(|step| &step.things);
        let shown: BTreeSet<ThingId> =
            things.flat_map(|thing| parties_of_step(self.product, *thing)).collect();
        if shown.is_empty() {
            return None;
        }
        let risk = loss.numbers.residual;
        let mut picture = self.begin(
            &format!("attack-{}", loss.id.split('@').next().unwrap_or_default()),
            &format!("The way to {}", loss.title),
        );
        picture.subtitle = format!("{} {}", risk.band(constants).word(), risk.shown());
        let wish = Wish { themselves: shown.clone(), all: shown, ..Wish::default() };
        self.finish(&mut picture, &wish, Tint::Risk, Some(attack));
        Some(picture)
    }

    fn begin(&self, name: &str, title: &str) -> Picture {
        Picture { id: file_name(name), title: title.to_owned(), ..Picture::default() }
    }

    /// Fills a picture and says under its title what one has to know to read it.
    fn finish(&self, picture: &mut Picture, wish: &Wish, tint: Tint, attack: Option<&Attack>) {
        let selection = Selection::new(self.product, wish);
        let parts = Parts { product: self.product, selection, findings: &self.findings, tint, attack };
        parts.fill(picture);
        let mut facts = vec![self.product.name().to_string(), std::mem::take(&mut picture.subtitle)];
        facts.push(match (tint, self.assessed) {
            // A picture of nothing is there all the same: that nothing is like that can be what one wants to know.
            _ if picture.nodes.is_empty() => "nothing that it includes is here".to_owned(),
            (Tint::Risk, None) => "risks not assessed".to_owned(),
            (Tint::Risk, Some(_)) => "colours show the worst risk on each thing".to_owned(),
            (Tint::Kind, _) => "colours show kinds".to_owned(),
            (Tint::Owner, _) => "colours show owners".to_owned(),
            (Tint::Data, _) => "colours show how confidential the data is".to_owned(),
        });
        match picture.hidden() {
            0 => {}
            1 => facts.push("1 part is not shown".to_owned()),
            hidden => facts.push(format!("{hidden} parts are not shown")),
        }
        facts.retain(|fact| !fact.is_empty());
        picture.subtitle = facts.join(" · ");
        if !self.product.name().is_empty() {
            picture.id = file_name(&format!("{}-{}", self.product.name(), picture.id));
        }
    }
}

/// Zones that an attack passes are frames of its picture; only what it passes in them is shown. Of everything that handles
/// data or acts under an identity, an attack only takes what its steps name.
fn parties_of_step(product: &Product, thing: ThingId) -> Vec<ThingId> {
    use crate::model::Keyword;
    match product.model.things[thing].keyword {
        Keyword::Zone | Keyword::Deployment | Keyword::Data | Keyword::Identity => Vec::new(),
        _ => parties_of(product, thing),
    }
}

/// A name that is one on every system.
fn file_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            name.extend(c.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// Gives pictures of the same name a number.
fn distinct(mut pictures: Vec<Picture>) -> Vec<Picture> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for picture in &mut pictures {
        let plain = picture.id.clone();
        let mut count = 1;
        while !taken.insert(picture.id.clone()) {
            count += 1;
            picture.id = format!("{plain}-{count}");
        }
    }
    pictures
}
