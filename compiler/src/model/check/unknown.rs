//! Words that mean nothing where they stand: what they could have meant.
//!
//! In: names and what is in scope. Out: one problem. Never: a name of a package that nobody uses among what is offered.

use super::paths::Names;
use super::{Frame, error};
use crate::base::{Place, Span, nearest};
use crate::model::lower::Lower;
use crate::model::{Expr, ThingId, Type, errors};

impl Lower {
    pub(super) fn unknown_word(
        &mut self,
        frame: &Frame<'_>,
        names: &Names,
        first_place: Place,
        place: Place,
        expected: Option<&Type>,
    ) -> Expr {
        let Some((first, _)) = names.first() else { return error(place) };
        let expected = match expected {
            Some(Type::List(member)) => Some(&**member),
            other => other,
        };
        if let (Some(Type::Enum(of)), 1) = (expected, names.len()) {
            let of = &self.model.enums[*of];
            let known: Vec<&str> = of.values.iter().map(|value| self.model.names.text(value.name)).collect();
            let near = nearest(first, known.iter().copied());
            self.problems.push(errors::unknown_value(first, &of.name, near, &known, place));
            return error(place);
        }
        if let (Some(Type::Bool), Some(meant), 1) = (expected, truth_meant(first), names.len()) {
            self.problems.push(errors::unknown_truth(first, meant, place));
            return error(place);
        }
        if expected == Some(&Type::Error) && names.len() == 1 {
            // What would say what the word means is wrong itself and was reported.
            return error(place);
        }
        if first == "self" {
            self.problems.push(errors::self_outside_a_kind(first_place));
            return error(place);
        }
        if expected.is_none() && names.len() == 1 && self.is_some_value(first, place) {
            return error(place);
        }
        let words: Vec<(&str, Span)> = names.iter().map(|(name, span)| (name.as_str(), *span)).collect();
        let problem = self.missing_in_package(&words, frame.item).unwrap_or_else(|| {
            let whole = words.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
            let near = self.nearest_thing(frame, first);
            let (spelling, place) = match near {
                Some(_) => (first.as_str(), first_place),
                None => (whole.as_str(), place),
            };
            // A kind stands for the list of its things.
            let kinds = self.model.index.kinds.keys().map(|name| self.model.names.text(*name));
            let near = near.or_else(|| nearest(spelling, kinds).map(str::to_owned));
            let problem = errors::unknown_name(spelling, near.as_deref(), place);
            self.about_packages(problem, &whole, frame.item)
        });
        self.problems.push(problem);
        error(place)
    }

    /// Reports a word that is a value of enums, where nothing says of which.
    fn is_some_value(&mut self, word: &str, place: Place) -> bool {
        let Some(name) = self.model.names.find(word) else { return false };
        let visible = self.visible_enums().into_iter().map(|id| &self.model.enums[id]);
        let having = visible.filter(|of| of.position(name).is_some());
        let names: Vec<&str> = having.map(|of| &*of.name).collect();
        if names.is_empty() {
            return false;
        }
        self.problems.push(errors::value_without_enum(word, &names, place));
        true
    }

    pub(in crate::model) fn nearest_thing(&self, frame: &Frame<'_>, word: &str) -> Option<String> {
        let mut around = vec![None];
        let mut scope = frame.scope;
        while let Some(thing) = scope {
            around.push(Some(thing));
            scope = self.model.things[thing].parent;
        }
        let things = self.model.things.iter_ids().filter(|(_, thing)| around.contains(&thing.parent));
        // Things of other packages stand alone too, and this name is not theirs here.
        let is_called_so = |id: ThingId, name: &str| self.thing_inside(None, name) == Some(id);
        let things = things.filter(|(id, thing)| {
            !thing.is_foreign || thing.parent.is_some() || is_called_so(*id, &thing.name)
        });
        let things = things.map(|(_, thing)| &*thing.name);
        let variables = frame.variables.iter().map(|(name, ..)| self.model.names.text(*name));
        nearest(word, things.chain(variables)).map(str::to_owned)
    }
}

/// What a word means where a Bool is expected: `True`, and the words of other languages.
fn truth_meant(word: &str) -> Option<&'static str> {
    const OTHERS: [(&str, &str); 4] = [("yes", "true"), ("on", "true"), ("no", "false"), ("off", "false")];
    let other = OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|(_, meant)| *meant);
    other.or_else(|| nearest(word, ["true", "false"]))
}
