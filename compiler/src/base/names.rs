//! Interned names: each spelling is compared once, then it is a number.

use std::collections::HashMap;
use std::sync::Arc;

/// A spelling, as a number of the [`Names`] that interned it.
///
/// The order of two names is the order in which they were first seen: sort by text where output depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u32);

/// All spellings of one compilation. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: Vec<Arc<str>>,
    known: HashMap<Arc<str>, Name>,
}

impl Names {
    /// The name spelt `text`, which is remembered from now on.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(&name) = self.known.get(text) {
            return name;
        }
        let text: Arc<str> = Arc::from(text);
        let name = Name(self.texts.len() as u32);
        self.texts.push(text.clone());
        self.known.insert(text, name);
        name
    }

    /// The name spelt `text`, if anybody ever used it.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.known.get(text).copied()
    }

    /// How `name` is spelt.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }
}
