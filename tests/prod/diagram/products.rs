//! Pictures of products: what the views of the examples show, and what folds where a product is large.

use std::sync::OnceLock;

use prod::assess::Settings;
use prod::emit::diagram::{
    Band, Border, Colour, Direction, Link, Picture, Shape, Timing, attacks, fit, pictures, place, sizes, svg,
};
use prod::workspace::{Analysis, Depth, Library, Text, analyse};

use super::geometry::wrong_with;
use super::xml::well_formed;
use crate::package::{files_below, root, text_of};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::standard().unwrap())
}

fn analysis(texts: &[(String, String)]) -> Analysis {
    let texts: Vec<Text> = texts
        .iter()
        .map(|(path, text)| Text { path: path.as_str().into(), text: text.as_str().into() })
        .collect();
    let settings = Settings::new(library().constants.clone(), 20_780);
    let analysis = analyse(library(), &texts, Depth::Assess, &settings);
    assert!(analysis.compiles(), "{:#?}", analysis.problems);
    analysis
}

pub fn of_text(text: &str) -> Analysis {
    analysis(&[("main.prod".to_owned(), text.to_owned())])
}

fn example(name: &str, leaving_out: &str) -> Analysis {
    let directory = root().join("examples").join(name);
    let files = files_below(&directory, "prod").into_iter().map(|file| text_of(&file, &directory));
    let texts: Vec<_> = files.filter(|(path, _)| path != leaving_out).collect();
    analysis(&texts)
}

pub fn drawn(analysis: &Analysis) -> Vec<Picture> {
    pictures(&analysis.deployments, analysis.assessment.as_deref())
}

pub fn ids(pictures: &[Picture]) -> Vec<&str> {
    pictures.iter().map(|picture| picture.id.as_str()).collect()
}

#[test]
fn pictures_of_the_examples_are_clean() {
    for name in ["payments", "ledger", "assistant"] {
        for leaving_out in ["", "views.prod"] {
            let analysis = example(name, leaving_out);
            let mut all = drawn(&analysis);
            all.extend(attacks(&analysis.deployments, analysis.assessment.as_ref().unwrap()));
            assert!(all.len() > 2, "{name}: {:?}", ids(&all));
            for picture in all {
                let placed = place(&sizes(&picture, &fit(&picture)));
                let wrong = wrong_with(&picture, &placed);
                assert!(wrong.is_empty(), "{name}, {}: {wrong:#?}", picture.id);
                well_formed(&svg(&picture)).unwrap();
            }
        }
    }
}

#[test]
fn a_view_shows_what_it_includes_in_its_deployment() {
    let all = drawn(&example("payments", ""));
    assert_eq!(ids(&all), ["production-paying", "production-whole"]);
    let [paying, whole] = all.as_slice() else { panic!("two views") };
    assert_eq!(paying.title, "How a payment comes in");
    assert_eq!((paying.direction, paying.colour), (Direction::Right, Colour::Risk));
    assert_eq!((whole.direction, whole.colour), (Direction::Down, Colour::Group));
    let nodes: Vec<(&str, Shape)> = paying.nodes.iter().map(|node| (node.id.as_str(), node.shape)).collect();
    for expected in [
        ("customer", Shape::Person),
        ("psp", Shape::Double),
        ("hooks", Shape::Card),
        ("events", Shape::Tube),
        ("orders-db", Shape::Cylinder),
    ] {
        assert!(nodes.contains(&expected), "{expected:?} in {nodes:?}");
    }
    assert_eq!(nodes.len(), 6);
    let webhook = paying.edges.iter().find(|edge| edge.id == "webhook").unwrap();
    assert_eq!((webhook.found.band, webhook.link), (Band::Critical, Link::Encrypted));
    let outer = paying.frames.iter().find(|frame| frame.parent.is_none()).unwrap();
    assert_eq!((outer.id.as_str(), outer.border), ("production", Border::Solid));
}

#[test]
fn without_views_there_are_overviews_and_attacks() {
    let all = drawn(&example("payments", "views.prod"));
    assert_eq!(
        ids(&all),
        ["production-overview", "production-attack-corruption-payments", "staging-overview"]
    );
    let attack = &all[1];
    let taken: Vec<usize> = attack.edges.iter().flat_map(|edge| edge.steps.iter().copied()).collect();
    assert!(!attack.story.is_empty() && taken.contains(&attack.story.len()), "{taken:?} {:?}", attack.story);
    assert!(attack.subtitle.contains("critical"), "{}", attack.subtitle);
}

#[test]
fn flows_say_how_they_travel() {
    let all = drawn(&of_text(
        "product p \"P\"\ncomponent a: service.RestApi\ncomponent b: service.RestApi\n\
         flow safe: a -> b over https\nflow open: a -> b over http\n\
         flow later: b -> a over https { asynchronous = true }\n",
    ));
    let looks: Vec<(&str, Link, Timing)> =
        all[0].edges.iter().map(|edge| (edge.id.as_str(), edge.link, edge.timing)).collect();
    assert_eq!(
        looks,
        [
            ("safe", Link::Encrypted, Timing::Synchronous),
            ("open", Link::Plain, Timing::Synchronous),
            ("later", Link::Encrypted, Timing::Asynchronous),
        ]
    );
}

#[test]
fn a_kind_of_the_package_says_how_it_is_drawn() {
    let all = drawn(&of_text(
        "product p \"P\"\n/// Ours.\nkind acme.Brain extends service.RestApi { shape = hexagon }\ncomponent a: acme.Brain\n",
    ));
    assert_eq!(all[0].nodes.iter().next().unwrap().shape, Shape::Hexagon);
}

#[test]
fn few_parts_are_shown_inside_their_whole() {
    let all = drawn(&of_text(
        "product p \"P\"\ncomponent whole: service.RestApi {\n  component part: service.Worker\n}\n\
         component other: service.RestApi\nflow other -> whole.part over https\n",
    ));
    let picture = &all[0];
    let thin = picture.frames.iter_ids().find(|(_, frame)| frame.border == Border::Thin).unwrap().0;
    let inside: Vec<&str> =
        picture.nodes.iter().filter(|node| node.frame == Some(thin)).map(|node| node.id.as_str()).collect();
    assert_eq!(inside, ["whole", "whole.part"]);
    assert_eq!(picture.hidden(), 0);
}

/// Forty services of two parts each, in four zones, in a chain.
fn large() -> String {
    let mut text = String::from("product p \"P\"\n");
    for at in 0..40 {
        text.push_str(&format!(
            "component s{at}: service.RestApi {{\n  component one: service.Worker\n  component two: service.Worker\n}}\n"
        ));
    }
    for at in 1..40 {
        text.push_str(&format!(
            "flow s{} -> s{at} over https\nflow f{at}: s{}.one -> s{at} over https\n",
            at - 1,
            at - 1
        ));
    }
    text.push_str("deployment d: aws.Account {\n");
    for zone in 0..4 {
        text.push_str(&format!("  zone z{zone}: aws.PrivateSubnet {{\n"));
        for at in 0..10 {
            text.push_str(&format!("    run s{}\n", zone * 10 + at));
        }
        text.push_str("  }\n");
    }
    text.push_str("  allow anywhere -> anywhere over https\n}\n");
    text
}

#[test]
fn large_products_fold_and_say_so() {
    let all = drawn(&of_text(&large()));
    let overview = &all[0];
    assert!(overview.nodes.len() <= 30, "{} nodes", overview.nodes.len());
    let shown_things = overview.nodes.iter().filter(|node| node.caption != "aws.PrivateSubnet").count();
    assert_eq!(shown_things + overview.hidden(), 120);
    assert!(overview.subtitle.contains(&format!("{} parts are not shown", overview.hidden())));
    assert!(overview.edges.iter().any(|edge| edge.label == "2 flows"), "parallel flows become one");
    let placed = place(&sizes(overview, &fit(overview)));
    assert_eq!(wrong_with(overview, &placed), Vec::<String>::new());
}

#[test]
fn named_things_never_fold() {
    let mut text = large();
    text.push_str("view v { include = [s0, s0.one, s1] }\n");
    let all = drawn(&of_text(&text));
    let nodes: Vec<&str> = all[0].nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(nodes, ["s0", "s0.one", "s1"]);
    assert_eq!(all[0].hidden(), 3);
}
