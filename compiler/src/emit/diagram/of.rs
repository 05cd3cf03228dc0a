//! The pictures of a product: the views that its author asked for, or else an overview and the worst attacks.
//!
//! In: the deployments and their assessment. Out: [`Picture`]s, in a fixed order, each with a name of its own.
//! Never: a picture of something that the deployment does not have.

use std::collections::BTreeSet;

use super::assembly::{Parts, Tint};
use super::found::Findings;
use super::picture::{Direction, Picture};
use super::selection::{Selection, parties, parties_of, with_neighbours};
use crate::assess::{Assessed, Assessment, Attack, Band, Constants, LossRisk};
use crate::base::Name;
use crate::graph::{Product, Scope, Stance};
use crate::model::{ThingId, Value, View};

/// Every picture that a package asks for; where it asks for none, those that say most.
pub fn pictures(products: &[Product], assessment: Option<&Assessment>) -> Vec<Picture> {
    let Some(first) = products.first() else { return Vec::new() };
    let subjects: Vec<Subject<'_>> =
        products.iter().enumerate().map(|(at, product)| Subject::new(product, at, assessment)).collect();
    let views = first.model.views.iter().filter(|view| !first.model.things[view.thing].is_foreign);
    let mut all: Vec<Picture> = views.filter_map(|view| Subject::of(&subjects, view)?.view(view)).collect();
    if all.is_empty() {
        for subject in &subjects {
            all.push(subject.overview());
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

    fn view(&self, view: &View) -> Option<Picture> {
        let model = &self.product.model;
        let words = &model.words;
        let declared = &model.things[view.thing];
        let named = match &view.include {
            Some(include) => Scope::new(self.product, self.today, Stance::Filled).eval(include).things(),
            None => parties(self.product).collect(),
        };
        let named: BTreeSet<ThingId> =
            named.into_iter().flat_map(|thing| parties_of(self.product, thing)).collect();
        let steps = match self.product.read(view.thing, words.neighbours).value {
            Value::Int(steps) => usize::try_from(steps).unwrap_or(0),
            _ => 0,
        };
        let shown = with_neighbours(self.product, named.clone(), steps);
        if shown.is_empty() {
            return None;
        }
        let fixed = if view.include.is_some() { named } else { BTreeSet::new() };
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
        self.finish(&mut picture, Selection::new(self.product, shown, &fixed), tint, None);
        Some(picture)
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
        let all: BTreeSet<ThingId> = parties(self.product).collect();
        let selection = Selection::new(self.product, all, &BTreeSet::new());
        self.finish(&mut picture, selection, Tint::Risk, None);
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
        let selection = Selection::new(self.product, shown, &BTreeSet::new());
        self.finish(&mut picture, selection, Tint::Risk, Some(attack));
        Some(picture)
    }

    fn begin(&self, name: &str, title: &str) -> Picture {
        Picture { id: file_name(name), title: title.to_owned(), ..Picture::default() }
    }

    /// Fills a picture and says under its title what one has to know to read it.
    fn finish(&self, picture: &mut Picture, selection: Selection<'_>, tint: Tint, attack: Option<&Attack>) {
        let parts = Parts { product: self.product, selection, findings: &self.findings, tint, attack };
        parts.fill(picture);
        let mut facts = vec![self.product.name().to_string(), std::mem::take(&mut picture.subtitle)];
        facts.push(match (tint, self.assessed) {
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

/// Zones that an attack passes are frames of its picture; only what it passes in them is shown.
fn parties_of_step(product: &Product, thing: ThingId) -> Vec<ThingId> {
    use crate::model::Keyword;
    match product.model.things[thing].keyword {
        Keyword::Zone | Keyword::Deployment => Vec::new(),
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
