//! Colours of a terminal, and its width.
//!
//! In: texts. Out: texts, coloured where that was asked for. Never: a meaning that colour alone carries.

use crate::assess::Band;
use crate::render::Colour;

/// How lines look.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    /// Whether there are colours.
    pub colour: Colour,
    /// How wide lines may be, in characters.
    pub width: usize,
}

impl Paint {
    /// A text in the colour of a band.
    pub fn band(self, band: Band, text: &str) -> String {
        let code = match band {
            Band::Critical => "1;31",
            Band::High => "31",
            Band::Medium => "33",
            Band::Low => "36",
            Band::None => "2",
        };
        self.coded(code, text)
    }

    /// A text that stands out.
    pub fn strong(self, text: &str) -> String {
        self.coded("1", text)
    }

    fn coded(self, code: &str, text: &str) -> String {
        match self.colour {
            Colour::Plain => text.to_owned(),
            Colour::Terminal => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }

    /// A text broken at spaces, each line behind an indent.
    pub fn wrapped(self, text: &str, first: &str, indent: &str) -> String {
        let mut out = String::new();
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in text.split_whitespace() {
            let width = line.chars().count() + word.chars().count() + usize::from(!is_empty);
            if width > self.width && !is_empty {
                out.push_str(line.trim_end());
                out.push('\n');
                indent.clone_into(&mut line);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        out.push_str(line.trim_end());
        out.push('\n');
        out
    }
}
