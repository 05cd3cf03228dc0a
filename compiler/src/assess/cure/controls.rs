//! Controls that a step names: those that nobody has put there, and those that could be better.
//!
//! In: a guard of a step whose variables are bound. Out: new controls, better evidence. Never: a control of a kind that only
//! finds out how things are; what cannot be put there is not offered.

use std::sync::Arc;

use super::attributes::Better;
use super::{Act, Cure, Search, points};
use crate::assess::strength::{effective, is_out_of_date};
use crate::base::{Name, Place};
use crate::graph::{Product, eval};
use crate::model::{
    Guard, Keyword, Kind, KindId, Model, Setting, Source, StepId, Thing, ThingId, Type, Value,
};
use crate::syntax::text;

/// A control that nobody has put there yet.
#[derive(Clone, Debug, PartialEq)]
pub struct NewControl {
    /// What it will be called.
    pub name: Arc<str>,
    /// What it is.
    pub kind: KindId,
    /// What is said about it.
    pub settings: Vec<(Name, Value)>,
}

impl NewControl {
    /// The control as a declaration would make it.
    pub(in crate::assess) fn thing(&self, place: Place) -> Thing {
        let set = |(name, value): &(Name, Value)| {
            (*name, Setting { value: value.clone(), place, source: Source::Declared })
        };
        let mut settings: Vec<(Name, Setting)> = self.settings.iter().map(set).collect();
        settings.sort_by_key(|(name, _)| *name);
        Thing {
            keyword: Keyword::Control,
            kind: self.kind,
            path: self.name.clone(),
            name: self.name.clone(),
            title: None,
            doc: "".into(),
            place,
            whole: place,
            parent: None,
            deployment: None,
            is_foreign: false,
            settings,
        }
    }
}

impl Search<'_, '_> {
    /// Controls of a guard's kinds on what it is about; those that are there already could be better.
    pub(super) fn guard(&mut self, guard: &Guard) {
        let things = self.finder().filled.eval(&guard.on).things();
        self.guarded(&guard.alternatives, &things);
    }

    /// Controls of kinds that say by themselves that they counter a step.
    pub(super) fn countering(&mut self, step: StepId, thing: ThingId) {
        let model = self.product().model.clone();
        let counters = |kind: &Kind| match kind.attributes.get(&model.words.counters)?.default.as_ref()? {
            Value::List(steps) => Some(steps.contains(&Value::Step(step))),
            _ => None,
        };
        let kinds = model.kinds.iter_ids().filter(|(_, kind)| counters(kind) == Some(true));
        let alternatives: Vec<Vec<KindId>> = kinds.map(|(kind, _)| vec![kind]).collect();
        self.guarded(&alternatives, &[thing]);
    }

    fn guarded(&mut self, alternatives: &[Vec<KindId>], things: &[ThingId]) {
        let mut covering: Vec<ThingId> =
            things.iter().flat_map(|thing| self.product().covering(*thing)).collect();
        covering.sort();
        covering.dedup();
        for together in alternatives {
            let is_of_one =
                |control: &ThingId| together.iter().any(|kind| self.product().is_kind(*control, *kind));
            let there: Vec<ThingId> = covering.iter().copied().filter(is_of_one).collect();
            let planned: Vec<ThingId> =
                self.planned_on(things).into_iter().filter(|control| is_of_one(control)).collect();
            // What is planned already need not be thought of anew.
            let has_one = |kind: &KindId| {
                there.iter().chain(&planned).any(|control| self.product().is_kind(*control, *kind))
            };
            let missing: Vec<KindId> = together.iter().copied().filter(|kind| !has_one(kind)).collect();
            there.into_iter().for_each(|control| self.better_evidence(control));
            planned.into_iter().for_each(|control| self.carry_out(control));
            let own = things.iter().filter(|thing| !self.product().model.things[**thing].is_foreign);
            let own: Vec<ThingId> = own.copied().filter(|_| !missing.is_empty()).collect();
            own.into_iter().for_each(|thing| self.put(&missing, thing));
        }
    }

    /// Controls that are planned for some things.
    fn planned_on(&self, things: &[ThingId]) -> Vec<ThingId> {
        let product = self.product();
        let words = &product.model.words;
        let controls = product.things(Keyword::Control).iter().copied();
        let planned = controls.filter(|control| product.word(*control, words.status) == Some(words.planned));
        let covers = |control: &ThingId| {
            let protected = product.references(*control, words.protects);
            protected.is_empty() || protected.iter().any(|thing| things.contains(thing))
        };
        planned.filter(covers).collect()
    }

    /// What is planned is put there.
    fn carry_out(&mut self, control: ThingId) {
        let product = self.product();
        let model = product.model.clone();
        let kind = model.things[control].kind;
        let status = model.kinds[kind].attributes.get(&model.words.status);
        let (Some(cost), Some(Type::Enum(of))) = (self.effort(kind), status.map(|status| &status.ty)) else {
            return;
        };
        let there = model.enums[*of].values.iter().position(|value| value.name != model.words.planned);
        let Some(there) = there else { return };
        let settings = self.situation.settings;
        let holds = effective(product, &settings.constants, settings.today, control);
        let value = Value::Enum(*of, there as u32);
        self.set_at(cost, control, model.words.status, value, points(1.0, 1.0 - holds));
    }

    /// A control that is there is looked at as closely as one that would be put there.
    fn better_evidence(&mut self, control: ThingId) {
        let product = self.product();
        let model = product.model.clone();
        let (words, settings) = (&model.words, self.situation.settings);
        let (constants, today) = (&settings.constants, settings.today);
        if model.things[control].is_foreign {
            return;
        }
        let now = product.read(control, words.evidence).value;
        let share = |value: &Value| eval::number(&model, value).unwrap_or(0.0);
        let before = effective(product, constants, today, control);
        let counted = |evidence: f64| {
            let counts = if is_out_of_date(product, today, control) {
                share(&now).min(constants.expired_evidence)
            } else {
                share(&now)
            };
            let after =
                if counts > 0.0 { (before / counts * evidence).min(constants.best_control) } else { 0.0 };
            points(1.0 - before, 1.0 - after)
        };
        if is_out_of_date(product, today, control) {
            self.set(Better::Stronger, control, words.verified, Value::Date(today), counted(share(&now)));
        }
        let tested = self.tested(model.things[control].kind);
        if let Some(tested) = tested.filter(|tested| share(tested) > share(&now)) {
            let promise = counted(share(&tested));
            self.set(Better::Stronger, control, words.evidence, tested, promise);
        }
    }

    /// New controls of some kinds on a thing, as well looked after as `tested` says.
    fn put(&mut self, kinds: &[KindId], thing: ThingId) {
        let model = self.product().model.clone();
        let mut controls = Vec::new();
        let (mut cost, mut holds) = (0.0, 1.0_f64);
        for kind in kinds {
            let (Some(effort), Some(control)) = (self.effort(*kind), self.new_control(*kind, thing)) else {
                return;
            };
            cost += effort;
            let class = model.kinds[*kind]
                .attributes
                .get(&model.words.class)
                .and_then(|class| class.default.as_ref());
            holds = holds.min(class.and_then(|class| eval::number(&model, class)).unwrap_or(0.0));
            controls.push(control);
        }
        let statements: Vec<String> = controls.iter().map(|control| declaration(&model, control)).collect();
        self.keep(Cure {
            act: Act::Put(controls),
            statement: statements.join("\n"),
            cost,
            place: model.things[thing].place,
            promise: points(1.0, 1.0 - holds),
        });
    }

    /// A control of a kind; none where the kind stands for others, or only notices and nobody answers.
    fn new_control(&self, kind: KindId, thing: ThingId) -> Option<NewControl> {
        let product = self.product();
        let model = &product.model;
        let words = &model.words;
        if model.kinds[kind].is_abstract {
            return None;
        }
        let mut settings = vec![(words.protects, Value::List(Arc::from([Value::Thing(thing)])))];
        settings.extend(self.tested(kind).map(|evidence| (words.evidence, evidence)));
        let layer = model.kinds[kind].attributes.get(&words.layer).and_then(|layer| layer.default.as_ref());
        if layer.and_then(|layer| model.word_of(layer)) == Some(words.detect) {
            let answer =
                product.things(Keyword::Control).iter().find_map(|control| product.answering(*control))?;
            settings.push((words.answered_by, Value::Thing(answer)));
        }
        let last = model.kinds[kind].name.rsplit('.').next().unwrap_or_default();
        let wanted = format!("{}-{}", hyphenated(last), hyphenated(&model.things[thing].name));
        Some(NewControl { name: free_name(product, &wanted), kind, settings })
    }

    /// The evidence that a control is tested, as the library calls it.
    fn tested(&self, kind: KindId) -> Option<Value> {
        let model = &self.product().model;
        let Type::Enum(of) = model.kinds[kind].attributes.get(&model.words.evidence)?.ty else { return None };
        Some(Value::Enum(of, model.enums[of].position(model.words.tested)?))
    }
}

/// `control waf-api: control.Waf { protects = [api]; evidence = tested }`
fn declaration(model: &Model, control: &NewControl) -> String {
    let said = control.settings.iter().map(|(name, value)| {
        let value = match value {
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| spelled(model, item)).collect();
                format!("[{}]", items.join(", "))
            }
            value => spelled(model, value),
        };
        format!("{} = {value}", model.names.text(*name))
    });
    let said: Vec<String> = said.collect();
    let kind = text::path_spelling(&model.kinds[control.kind].name);
    format!("control {}: {kind} {{ {} }}", text::spelling(&control.name), said.join("; "))
}

fn spelled(model: &Model, value: &Value) -> String {
    match value {
        Value::Thing(thing) => model.spelling(*thing),
        value => eval::in_words(model, value),
    }
}

/// `FieldEncryption` and `web->api` as parts of a name: `field-encryption`, `web-api`.
fn hyphenated(name: &str) -> String {
    let mut out = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && was_small {
                out.push('-');
            }
            was_small = !letter.is_uppercase();
            out.extend(letter.to_lowercase());
        } else {
            was_small = false;
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A name that nothing has.
fn free_name(product: &Product, wanted: &str) -> Arc<str> {
    let is_taken = |name: &str| product.model.things.iter().any(|thing| *thing.path == *name);
    if !is_taken(wanted) {
        return wanted.into();
    }
    let numbered = (2..).map(|number| format!("{wanted}-{number}")).find(|name| !is_taken(name));
    numbered.unwrap_or_default().into()
}
