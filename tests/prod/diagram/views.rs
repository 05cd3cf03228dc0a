//! What views show: a file of the corpus, and beside it every picture of it as text.

use prod::emit::diagram::{Role, fit, mermaid, place, sizes, svg};

use super::geometry::wrong_with;
use super::products::{drawn, ids, of_text};
use super::xml::well_formed;
use crate::package::root;

#[test]
fn views_show_what_the_corpus_says() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../corpus/views");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../../corpus/views", "*.prod", |path| {
            let mut told = String::new();
            for picture in drawn(&of_text(&std::fs::read_to_string(path).unwrap())) {
                let placed = place(&sizes(&picture, &fit(&picture)));
                assert_eq!(wrong_with(&picture, &placed), Vec::<String>::new(), "{}", picture.id);
                well_formed(&svg(&picture)).unwrap();
                told.push_str(&format!("{}\n{}\n{}\n", picture.id, picture.subtitle, mermaid(&picture)));
            }
            insta::assert_snapshot!("pictures", told);
        });
    });
}

#[test]
fn a_view_of_nothing_is_there_and_says_so() {
    let all = drawn(&of_text(
        "product p \"P\"\ncomponent db: store.Postgres\nview v { include = [x in store.Store: exposed(x)] }\n",
    ));
    let [only] = all.as_slice() else { panic!("one view: {:?}", ids(&all)) };
    assert_eq!((only.id.as_str(), only.nodes.len()), ("v", 0));
    assert!(only.subtitle.contains("nothing that it includes is here"), "{}", only.subtitle);
    assert!(svg(only).contains("nothing that it includes is here"));
}

#[test]
fn neighbours_end_where_flows_do() {
    let all = drawn(&of_text(
        "product p \"P\"\ncomponent a: service.RestApi\ncomponent b: service.RestApi\n\
         component c: service.RestApi\nflow a -> b over https\n\
         view v { include = [a]; neighbours = 1_000_000_000_000 }\nview w { include = [a]; neighbours = -1 }\n",
    ));
    assert_eq!(all.iter().map(|picture| picture.nodes.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn what_a_query_finds_folds_where_there_is_too_much_of_it() {
    let mut text = String::from("product p \"P\"\ncomponent whole: service.RestApi {\n");
    for at in 0..40 {
        text.push_str(&format!("  component part{at}: service.Worker\n"));
    }
    text.push_str("}\nview v { include = [c in component: true] }\n");
    let all = drawn(&of_text(&text));
    let shown: Vec<&str> = all[0].nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!((shown, all[0].hidden()), (vec!["whole"], 40));
}

#[test]
fn of_very_many_components_those_with_most_parts_are_looked_into() {
    let mut text = String::from("product p \"P\"\n");
    for at in 0..40 {
        let second = if at >= 10 { "; component b: service.Worker" } else { "" };
        text.push_str(&format!(
            "component c{at}: service.RestApi {{ component a: service.Worker{second} }}\n"
        ));
    }
    let all = drawn(&of_text(&text));
    let insides: Vec<&str> = ids(&all).into_iter().filter(|id| id.starts_with("inside-")).collect();
    assert_eq!((insides.len(), insides[0], insides[29]), (30, "inside-c10", "inside-c39"));
}

#[test]
fn neighbours_are_told_from_what_a_view_is_about() {
    let text = std::fs::read_to_string(root().join("tests/corpus/views/queries.prod")).unwrap();
    let all = drawn(&of_text(&text));
    let roles = |id: &str| -> Vec<(&str, Role)> {
        let picture = all.iter().find(|picture| picture.id == id).unwrap();
        picture.nodes.iter().map(|node| (node.id.as_str(), node.role)).collect()
    };
    let about = ("open-store", Role::Subject);
    let near = [("web", Role::Neighbour), ("export", Role::Neighbour)];
    let far = [("shut-store", Role::Neighbour), ("customer", Role::Neighbour)];
    let (one, two) = (roles("production-one-hop"), roles("production-two-hops"));
    for expected in near.iter().chain([&about]) {
        assert!(one.contains(expected) && two.contains(expected), "{expected:?} in {one:?}, {two:?}");
    }
    assert!(far.iter().all(|expected| two.contains(expected)), "{two:?}");
    assert_eq!((one.len(), two.len()), (3, 5));
}
