//! What is written: well-formed, the same every time, escaped, and as it was looked at.

use prod::emit::diagram::{Band, Border, Direction, Found, Link, Picture, Shape, Timing, dot, mermaid, svg};

use super::pictures::{Maker, generated, shop};
use super::xml::{well_formed, words};

/// A picture small enough to be read as text.
fn small() -> Picture {
    let mut m = Maker::new("small", "Two things");
    m.picture.direction = Direction::Right;
    let zone = m.frame("zone", "network.Dmz", Border::Dashed, None);
    let api = m.node("api", "service.RestApi", Shape::Card, Some(zone), (Band::High, 2));
    let db = m.node("db", "store.Postgres", Shape::Cylinder, None, (Band::None, 0));
    m.edge(api, db, "postgres", Link::Plain, Timing::Asynchronous).found =
        Found { band: Band::Low, count: 1 };
    m.picture
}

/// Texts that would be something else if they were not escaped.
fn hostile() -> Picture {
    const EVIL: &str = "\"><script>alert('x')</script>&amp;\u{202E}\u{0}]]>\n`;|#end";
    let mut m = Maker::new(EVIL, EVIL);
    let zone = m.frame(EVIL, EVIL, Border::Solid, None);
    let one = m.node(EVIL, EVIL, Shape::Card, Some(zone), (Band::Critical, 1));
    let two = m.node("other", EVIL, Shape::Double, None, (Band::None, 0));
    m.edge(one, two, EVIL, Link::Encrypted, Timing::Synchronous).note = EVIL.to_owned();
    m.picture.story = vec![EVIL.to_owned()];
    m.picture.subtitle = EVIL.to_owned();
    m.picture
}

#[test]
fn pictures_are_the_same_bytes_every_time() {
    for picture in [shop(Direction::Down), generated(3, 24)] {
        assert_eq!(svg(&picture), svg(&picture));
        assert_eq!(dot(&picture), dot(&picture));
        assert_eq!(mermaid(&picture), mermaid(&picture));
    }
}

#[test]
fn svg_is_well_formed_and_self_contained() {
    for picture in [shop(Direction::Up), generated(5, 30), hostile(), Picture::default()] {
        let text = svg(&picture);
        well_formed(&text).unwrap();
        for outside in ["<script", "href", "url(", "@import", "<!", "onload"] {
            assert!(!text.contains(outside), "`{outside}` in {}", picture.title);
        }
    }
}

#[test]
fn ids_are_unique() {
    let text = svg(&generated(11, 40));
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len());
    assert!(ids.len() > 80);
}

#[test]
fn hostile_texts_stay_texts() {
    let picture = hostile();
    let shown = words(&svg(&picture));
    assert!(shown.iter().any(|text| text.contains("<script>")), "{shown:?}");
    assert!(!shown.iter().any(|text| text.contains('\u{202E}') || text.contains('\u{0}')));
    for line in dot(&picture).lines().filter(|line| line.contains("script")) {
        let unescaped = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(unescaped.matches('"').count() % 2, 0, "{line}");
        assert!(!unescaped.split('"').step_by(2).any(|outside| outside.contains("script")), "{line}");
    }
    let mermaid = mermaid(&picture);
    let body = mermaid.split("---\n").nth(2).unwrap();
    assert!(!body.contains("<script") && !body.contains("&amp;"), "{body}");
    assert_eq!(body.lines().filter(|line| line.trim_start().starts_with("end")).count(), 1);
}

#[test]
fn the_legend_explains_what_occurs_and_nothing_else() {
    let shown = words(&svg(&small()));
    for there in ["card", "cylinder", "zone", "not encrypted, asynchronous", "no open risk", "low", "high"] {
        assert!(shown.iter().any(|text| text == there), "`{there}` is missing in {shown:?}");
    }
    for absent in ["tube", "deployment", "encrypted", "attack, step by step", "critical", "medium"] {
        assert!(!shown.iter().any(|text| text == absent), "`{absent}` does not occur");
    }
}

#[test]
fn everything_has_its_name_for_those_who_cannot_see_it() {
    let text = svg(&small());
    assert!(text.contains("<title id=\"small-title\">Two things</title>"), "{text}");
    assert!(text.contains("2 things in 1 frame and 1 flow between them; high risk on api"));
    assert!(text.contains("<title>api (service.RestApi): 2 risks, the worst high</title>"));
    assert!(text.contains("api → db, not encrypted: 1 risk, the worst low"));
}

#[test]
fn looks() {
    insta::assert_snapshot!("small_svg", svg(&small()));
    insta::assert_snapshot!("shop_svg", svg(&shop(Direction::Down)));
    insta::assert_snapshot!("shop_dot", dot(&shop(Direction::Down)));
    insta::assert_snapshot!("shop_mermaid", mermaid(&shop(Direction::Down)));
}
