//! Writing XML: elements, attributes, escaped text.
//!
//! In: names, values, texts. Out: well-formed markup. Never: a text that ends up as markup.

/// A document in the making.
#[derive(Debug, Default)]
pub struct Xml {
    text: String,
    depth: usize,
}

/// An attribute and its value, not yet escaped.
pub type Attribute<'a> = (&'a str, String);

impl Xml {
    /// Begins an element that holds others.
    pub fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.depth += 1;
    }

    /// Ends it.
    pub fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element that holds a text.
    pub fn text(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.tag(name, attributes);
        self.text.push('>');
        self.text.push_str(&escape(text));
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// The finished document.
    pub fn finish(self) -> String {
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            self.text.push_str(&escape(value).replace('\n', " "));
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push(' ');
        }
    }
}

/// The text with everything replaced that XML would read as something else, cannot hold, or that reorders what is seen.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push('\n'),
            '\t' | '\r' => escaped.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{FFFD}'),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            c if c.is_control() => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A name that is an XML id and, for different names, a different one: whatever an id cannot hold is written as its number.
pub fn id(prefix: &str, name: &str) -> String {
    let mut id = String::new();
    for c in prefix.chars().chain(std::iter::once('-')).chain(name.chars()) {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => id.push(c),
            c => id.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    id
}

/// A number as short as two decimals allow.
pub fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round();
    // Adding zero turns a negative zero into the one that is written without a sign.
    format!("{}", hundredths / 100.0 + 0.0)
}
