//! The attack of a picture in words, below it: one numbered sentence for each step.
//!
//! In: the sentences. Out: lines of SVG and how high they are. Never: a sentence that is cut off.

use super::geometry::Point;
use super::marks::numbered;
use super::svg::place_of;
use super::text::Font;
use super::xml::Xml;

const FONT: Font = Font::regular(11.5);
const LEADING: f64 = 15.0;
/// Between two sentences.
const GAP: f64 = 7.0;
/// The room for the number.
const NUMBER: f64 = 24.0;
/// No sentence needs more lines.
const MOST: usize = 40;

/// The sentences broken into lines.
pub(super) struct Story {
    sentences: Vec<Vec<String>>,
}

impl Story {
    /// Breaks the sentences for a width.
    pub fn new(sentences: &[String], width: f64) -> Story {
        let lines = |sentence: &String| FONT.wrap(sentence, width - NUMBER, MOST);
        Story { sentences: sentences.iter().map(lines).collect() }
    }

    /// How high all of it is.
    pub fn height(&self) -> f64 {
        let lines = self.sentences.iter().map(Vec::len).sum::<usize>() as f64 * LEADING;
        lines + self.sentences.len() as f64 * GAP
    }

    /// Draws it.
    pub fn draw(&self, xml: &mut Xml) {
        let mut y = 0.0;
        for (at, sentence) in self.sentences.iter().enumerate() {
            numbered(xml, at + 1, Point::new(8.0, y + 9.0));
            for line in sentence {
                xml.text("text", &place_of("", Point::new(NUMBER, y + 13.0)), line);
                y += LEADING;
            }
            y += GAP;
        }
    }
}
