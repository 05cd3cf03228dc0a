//! What is wrong in a text: one message, where, why there, and the way out.
//!
//! A diagnostic is made by a function named as the problem, in the `errors.rs` of the room that finds it.
//! Words: *message* says what is wrong, *label* why here, *help* what to do; lower case, no full stop,
//! the author's text in backticks, words of the language and never of its implementation.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Code, FileId, Place, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The model does not compile.
    Error,
    /// The model compiles, and something in it is likely not meant.
    Warning,
}

/// One problem in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// `P0201`, or the name of a lint.
    pub code: Cow<'static, str>,
    /// What is wrong.
    pub message: String,
    /// Where, the smallest span there is, and why there.
    pub primary: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// What an editor can do about it.
    pub fixes: Vec<Fix>,
}

/// A place and what it has to do with the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// Why here; may be empty.
    pub text: String,
}

/// A change that would settle the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button would say it.
    pub title: String,
    /// The edits, all of them or none.
    pub edits: Vec<Edit>,
}

/// Replace the text at `place` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub place: Place,
    /// What stands there afterwards; shared, as many problems may have one fix.
    pub text: Arc<str>,
}

impl Diagnostic {
    /// A problem that keeps the model from compiling.
    pub fn error(code: &Code, message: impl Into<String>, at: Place) -> Diagnostic {
        Diagnostic::new(Severity::Error, Cow::Borrowed(code.id), message.into(), at)
    }

    /// A problem that the model survives.
    pub fn warning(code: &Code, message: impl Into<String>, at: Place) -> Diagnostic {
        Diagnostic::new(Severity::Warning, Cow::Borrowed(code.id), message.into(), at)
    }

    /// What a lint of the language reports, under the lint's own name.
    pub fn lint(name: &str, message: impl Into<String>, at: Place) -> Diagnostic {
        Diagnostic::new(Severity::Warning, Cow::Owned(name.to_owned()), message.into(), at)
    }

    fn new(severity: Severity, code: Cow<'static, str>, message: String, at: Place) -> Diagnostic {
        let primary = Label { place: at, text: String::new() };
        Diagnostic {
            severity,
            code,
            message,
            primary,
            related: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Says why the problem is where it is.
    pub fn because(mut self, label: impl Into<String>) -> Diagnostic {
        self.primary.text = label.into();
        self
    }

    /// Adds another place that belongs to it.
    pub fn see(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.related.push(Label { place, text: label.into() });
        self
    }

    /// Adds other places that belong to it.
    pub fn seeing(mut self, others: impl IntoIterator<Item = Label>) -> Diagnostic {
        self.related.extend(others);
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Offers a change of one place.
    pub fn fix(self, title: impl Into<String>, place: Place, text: impl Into<Arc<str>>) -> Diagnostic {
        self.fix_all(title, vec![Edit { place, text: text.into() }])
    }

    /// Offers a change of several places.
    pub fn fix_all(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Diagnostic {
        self.fixes.push(Fix { title: title.into(), edits });
        self
    }

    /// Offers something near instead of what stands at the place; `written`: as it stands in a text.
    pub fn did_you_mean(self, near: &str, written: impl Into<Arc<str>>) -> Diagnostic {
        let place = self.primary.place;
        self.help(format!("did you mean `{near}`?")).fix(format!("change to `{near}`"), place, written)
    }
}

/// The problems found so far, in any order; sorted when they are taken.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    /// None yet.
    pub fn new() -> Problems {
        Problems::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Diagnostic) {
        self.found.push(problem);
    }

    /// Adds those of another phase.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(others);
    }

    /// Whether nothing keeps the model from compiling.
    pub fn no_errors(&self) -> bool {
        self.found.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Forgets those found after the first `len` that only follow from another one.
    pub fn forget_after(&mut self, len: usize, follows: impl Fn(&Diagnostic) -> bool) {
        let later = self.found.split_off(len.min(self.found.len()));
        self.found.extend(later.into_iter().filter(|problem| !follows(problem)));
    }

    /// All so far, unsorted.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// All, sorted by file, place, severity, code and message; the same problem said twice is said once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| key(a).cmp(&key(b)));
        self.found.dedup_by(|a, b| key(a) == key(b));
        self.found
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

fn key(problem: &Diagnostic) -> (FileId, Span, Severity, &str, &str) {
    let Place { file, span } = problem.primary.place;
    (file, span, problem.severity, &problem.code, &problem.message)
}
