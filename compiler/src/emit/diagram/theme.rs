//! How things look: one style sheet, light, and dark where the reader's system asks for it.
//!
//! In: nothing. Out: CSS. Never: a picture's text, a reference to anything outside the file.
//!
//! Every selector begins with the class of the picture's root, so that pictures can stand together in a page.

use super::picture::{Band, Role};
use super::text::FAMILY;

/// The class of the root element.
pub const ROOT: &str = "prod-diagram";

/// How many colours there are for groups; further groups take them again, and their names tell them apart.
pub const GROUPS: usize = 8;

/// The class that gives a band its fill.
pub const fn band_class(band: Band) -> &'static str {
    match band {
        Band::None => "risk-none",
        Band::Low => "risk-low",
        Band::Medium => "risk-medium",
        Band::High => "risk-high",
        Band::Critical => "risk-critical",
    }
}

/// The class that sets off what a picture is not about; the rest needs none.
pub const fn role_class(role: Role) -> &'static str {
    match role {
        Role::Subject => "",
        Role::Neighbour => "neighbour",
        Role::OutOfScope => "outside",
    }
}

/// What something looks like: a selector, and its declarations in the light and in the dark.
type Look = (&'static str, &'static str, &'static str);

/// Colours. Contrast of text is at least 4.5 to 1 on every fill it can stand on, of lines at least 3 to 1.
const LOOKS: &[Look] = &[
    (".page", "fill:#fff", "fill:#10161f"),
    ("text", "fill:#16212e", "fill:#e8eef5"),
    (".soft", "fill:#51647a", "fill:#a3b4c6"),
    (".rule", "stroke:#d5dee8", "stroke:#2a384b"),
    (".frame path", "stroke:#5b7391", "stroke:#7f97b3"),
    (".level-0", "fill:#f6f8fb", "fill:#151d29"),
    (".level-1", "fill:#edf2f8", "fill:#1b2634"),
    (".level-2", "fill:#e3ebf4", "fill:#222f40"),
    (".level-3", "fill:#d9e4f0", "fill:#29384c"),
    (".plate", "fill:#fff;stroke:#5b7391", "fill:#10161f;stroke:#7f97b3"),
    (".body", "fill:#fff;stroke:#33475b", "fill:#1b2330;stroke:#a9bcd0"),
    (".neighbour .body", "stroke:#6b7c91", "stroke:#7f90a4"),
    (".outside .body", "fill:#f6f8fb;stroke:#6b7c91", "fill:#151d29;stroke:#7f90a4"),
    (".outside .name", "fill:#51647a", "fill:#a3b4c6"),
    (".lines", "stroke:#33475b", "stroke:#a9bcd0"),
    (".figure", "fill:#33475b", "fill:#a9bcd0"),
    (".outside .lines", "stroke:#6b7c91", "stroke:#7f90a4"),
    (".outside .figure", "fill:#6b7c91", "fill:#7f90a4"),
    (".line", "stroke:#33475b", "stroke:#a9bcd0"),
    (".head", "fill:#33475b;stroke:#33475b", "fill:#a9bcd0;stroke:#a9bcd0"),
    (".plain .line", "stroke:#b3261e", "stroke:#ff8a80"),
    (".plain .head", "fill:#b3261e;stroke:#b3261e", "fill:#ff8a80;stroke:#ff8a80"),
    (".attack .line", "stroke:#6a1b9a", "stroke:#e1a8ff"),
    (".attack .head", "fill:#6a1b9a;stroke:#6a1b9a", "fill:#e1a8ff;stroke:#e1a8ff"),
    (".tag", "fill:#fff", "fill:#10161f"),
    (".words", "fill:#33475b", "fill:#c3d1df"),
    (".plain .words", "fill:#b3261e", "fill:#ff8a80"),
    (".lock", "fill:#33475b;stroke:#33475b", "fill:#a9bcd0;stroke:#a9bcd0"),
    (".plain .lock", "fill:#b3261e;stroke:#b3261e", "fill:#ff8a80;stroke:#ff8a80"),
    (".step circle", "fill:#6a1b9a;stroke:#fff", "fill:#e1a8ff;stroke:#10161f"),
    (".risk-low .body", "fill:#e6f0f7", "fill:#22384c"),
    (".risk-medium .body", "fill:#fde7a9", "fill:#5a4a12"),
    (".risk-high .body", "fill:#f6a96b", "fill:#8a4512"),
    (".risk-critical .body", "fill:#b3261e;stroke:#7a1712", "fill:#ff8a80;stroke:#ffd0cb"),
    (".risk-medium .soft", "fill:#4a4d50", "fill:#e8e2cf"),
    (".risk-high .soft", "fill:#3d352e", "fill:#fbe9dc"),
    (".risk-critical text", "fill:#fff", "fill:#10161f"),
    (".risk-critical .lines", "stroke:#fff", "stroke:#10161f"),
    (".risk-critical .figure", "fill:#fff", "fill:#10161f"),
    (".badge rect", "fill:#33475b", "fill:#a9bcd0"),
    (".badge text", "fill:#fff", "fill:#10161f"),
    (".badge.low rect", "fill:#2f5f86", "fill:#a9cbe6"),
    (".badge.medium rect", "fill:#6f5300", "fill:#f5d76e"),
    (".badge.high rect", "fill:#7d3500", "fill:#ffc79f"),
    (".badge.critical rect", "fill:#7a1712", "fill:#ffd0cb"),
    (".step text.number", "fill:#fff", "fill:#10161f"),
    (".group-0 .body", "fill:#dce9f7", "fill:#24405c"),
    (".group-1 .body", "fill:#fce3cf", "fill:#5a3820"),
    (".group-2 .body", "fill:#ddf1dd", "fill:#22472c"),
    (".group-3 .body", "fill:#f6ddea", "fill:#54283f"),
    (".group-4 .body", "fill:#eae2f8", "fill:#3d3160"),
    (".group-5 .body", "fill:#fbf0c4", "fill:#544613"),
    (".group-6 .body", "fill:#d6f0f0", "fill:#1d4747"),
    (".group-7 .body", "fill:#ece6dc", "fill:#453d30"),
];

/// Lines, dashes and sizes: the same in the light and in the dark.
const FORMS: &[(&str, &str)] = &[
    (".title", "font-size:18px;font-weight:700"),
    (".subtitle", "font-size:12px"),
    (".name", "font-size:13px;font-weight:700;text-anchor:middle"),
    (".caption", "font-size:10.5px;text-anchor:middle"),
    (".chip .name", "font-size:11px;text-anchor:start"),
    (".chip .caption", "font-size:10px;text-anchor:start"),
    (".words", "font-size:11px"),
    (".story text", "font-size:11.5px"),
    (".badge text", "font-size:10px;font-weight:700;text-anchor:middle"),
    (".step .number", "font-size:10px;font-weight:700;text-anchor:middle"),
    (".legend text", "font-size:11px"),
    (".legend .heading", "font-weight:700"),
    (".legend .badge text", "font-size:10px"),
    (".legend .step .number", "font-size:10px"),
    (".rule", "stroke-width:1"),
    (".frame path", "stroke-width:1.5"),
    (".dashed path", "stroke-dasharray:7 4"),
    (".thin path", "stroke-width:1"),
    (".plate", "stroke-width:1"),
    (".body", "stroke-width:1.5;stroke-linejoin:round"),
    (".neighbour .body", "stroke-width:1"),
    (".neighbour .name", "font-weight:400"),
    (".outside .body", "stroke-dasharray:3 3"),
    (".lines", "fill:none;stroke-width:1.2"),
    (".small .body", "stroke-width:2.4"),
    (".small .lines", "stroke-width:2"),
    (".line", "fill:none;stroke-width:1.5"),
    (".head", "stroke-width:1;stroke-linejoin:round"),
    (".plain .line", "stroke-width:2"),
    (".attack .line", "stroke-width:3"),
    (".asynchronous .line", "stroke-dasharray:6 4"),
    (".asynchronous .head", "fill:none;stroke-width:1.8;stroke-linecap:round"),
    (".attack.asynchronous .head", "stroke-width:2.6"),
    (".lock .shackle", "fill:none;stroke-width:1.3"),
];

/// The style sheet.
pub fn css() -> String {
    let mut css = format!(".{ROOT}{{font-family:{FAMILY}}}\n");
    for (selector, form) in FORMS {
        css.push_str(&format!(".{ROOT} {selector}{{{form}}}\n"));
    }
    for (selector, light, _) in LOOKS {
        css.push_str(&format!(".{ROOT} {selector}{{{light}}}\n"));
    }
    css.push_str("@media (prefers-color-scheme:dark){\n");
    for (selector, _, dark) in LOOKS {
        css.push_str(&format!(".{ROOT} {selector}{{{dark}}}\n"));
    }
    css.push_str("}\n");
    css
}
