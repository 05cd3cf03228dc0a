//! How wide a text is, and how it is broken to fit: measured, never guessed.
//!
//! In: texts. Out: widths and lines. Never: a font file, a look at what the machine has installed.
//!
//! The widths are those of the typefaces with Arial's metrics, in thousandths of the font size; [`FAMILY`] names only such ones.
//! Where none of them is installed a viewer takes another sans serif, about an eighth wider: the padding in
//! `measure.rs` is wide enough for that.

/// The typefaces that the widths below hold for.
pub const FAMILY: &str = "Arial, Liberation Sans, Arimo, Helvetica, Nimbus Sans, sans-serif";

/// How heavy the strokes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As in a paragraph.
    Regular,
    /// As in a heading.
    Bold,
}

/// A way to set a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// In pixels.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
}

impl Font {
    /// A paragraph's.
    pub const fn regular(size: f64) -> Font {
        Font { size, weight: Weight::Regular }
    }

    /// A heading's.
    pub const fn bold(size: f64) -> Font {
        Font { size, weight: Weight::Bold }
    }

    /// How wide the text is, in pixels.
    pub fn width(self, text: &str) -> f64 {
        let thousandths: u32 = text.chars().map(|c| u32::from(advance(c, self.weight))).sum();
        f64::from(thousandths) * self.size / 1000.0
    }

    /// The text, cut off with an ellipsis where it would be wider than `limit`.
    pub fn shorten(self, text: &str, limit: f64) -> String {
        if self.width(text) <= limit {
            return text.to_owned();
        }
        let room = limit - self.width("…");
        let (mut kept, mut width) = (String::new(), 0.0);
        for c in text.chars() {
            width += f64::from(advance(c, self.weight)) * self.size / 1000.0;
            if width > room {
                break;
            }
            kept.push(c);
        }
        kept.truncate(kept.trim_end().len());
        kept.push('…');
        kept
    }

    /// The text in at most `most` lines, none of them wider than `limit`.
    pub fn wrap(self, text: &str, limit: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            let longer = format!("{line}{piece}");
            if line.is_empty() || self.width(longer.trim_end()) <= limit {
                line = longer;
            } else if lines.len() + 1 == most {
                // There is no further line: what is left is cut off at the end of this one.
                line = longer;
            } else {
                lines.push(line.trim_end().to_owned());
                line = piece.to_owned();
            }
        }
        lines.push(line.trim_end().to_owned());
        lines.iter().map(|line| self.shorten(line, limit)).collect()
    }
}

/// The text in pieces after which a line may end: at blanks that may, and inside names at the usual joints.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let may_end = |c: char| c.is_whitespace() && c != '\u{A0}';
    text.split_inclusive(move |c: char| may_end(c) || matches!(c, '-' | '_' | '.' | '/' | ':' | '→'))
}

/// How far a character moves the pen. Scripts without a table of their own get their widest letters' width.
fn advance(c: char, weight: Weight) -> u16 {
    let code = u32::from(c);
    let (ascii, latin) = match weight {
        Weight::Regular => (&ASCII, &LATIN),
        Weight::Bold => (&ASCII_BOLD, &LATIN_BOLD),
    };
    let listed = match code {
        0x20..=0x7E => ascii.get(code as usize - 0x20),
        0xA0..=0xFF => latin.get(code as usize - 0xA0),
        _ => None,
    };
    listed.copied().unwrap_or(match code {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x0100..=0x024F => 780,
        0x0370..=0x052F => 890,
        0x2010..=0x2027 => 1000,
        0x1F000.. => 1400,
        _ => 1100,
    })
}

/// Widths of U+0020 to U+007E.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same in bold.
#[rustfmt::skip]
const ASCII_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// Widths of U+00A0 to U+00FF.
#[rustfmt::skip]
const LATIN: [u16; 96] = [
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 552,
    400, 549, 333, 333, 333, 576, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 549, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// The same in bold.
#[rustfmt::skip]
const LATIN_BOLD: [u16; 96] = [
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 552,
    400, 549, 333, 333, 333, 576, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 549, 611, 611, 611, 611, 611, 556, 611, 556,
];
