//! What the repository ships compiles: the standard library, and every example.

use prod::assess::Outcome;
use prod::emit::Material;
use prod::emit::summary::{Extent, Paint, summary};
use prod::model::Keyword;
use prod::render::Colour;
use prod::workspace::{self, Analysis, Depth};

use crate::package::{files_below, root, standard, std_library, text_of};

#[test]
fn the_standard_library_compiles() {
    let found: Vec<&str> = std_library().problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn everything_that_the_standard_library_declares_is_described() {
    let model = &std_library().model;
    let mut bare: Vec<String> = Vec::new();
    for kind in model.kinds.iter().filter(|kind| kind.place.is_some()) {
        bare.extend(kind.doc.trim().is_empty().then(|| kind.name.to_string()));
        let silent = kind
            .attributes
            .iter()
            .filter(|(_, attribute)| attribute.place.is_some() && attribute.doc.trim().is_empty());
        bare.extend(silent.map(|(name, _)| format!("{}.{}", kind.name, model.names.text(*name))));
    }
    bare.extend(model.enums.iter().filter(|of| of.doc.trim().is_empty()).map(|of| of.name.to_string()));
    assert!(bare.is_empty(), "these have no doc comment: {bare:#?}");
}

#[test]
fn every_kind_of_control_says_where_it_is_described_and_what_shows_it() {
    let model = &std_library().model;
    let refs = model.words.refs;
    let is_control = |kind: &prod::model::Kind| kind.root == Keyword::Control && kind.parent.is_some();
    let controls: Vec<_> = model.kinds.iter().filter(|kind| is_control(kind) && !kind.is_abstract).collect();
    assert!(controls.len() > 118);
    for kind in controls {
        assert!(kind.doc.contains("\nShown by "), "nothing shows that `{}` works", kind.name);
        let described = kind.attributes.get(&refs).is_some_and(|attribute| attribute.default.is_some());
        let is_of_a_finding = kind.name.starts_with("control.Vex");
        assert!(described || is_of_a_finding, "`{}` names no reference", kind.name);
    }
}

#[test]
fn every_file_of_the_standard_library_is_embedded() {
    let directory = root().join("stdlib");
    let on_disk: Vec<String> =
        files_below(&directory, "prod").iter().map(|file| text_of(file, &directory).0).collect();
    let embedded: Vec<&str> = prod_stdlib::FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(on_disk, embedded);
}

#[test]
fn every_rule_of_the_standard_library_fires_and_is_cured() {
    let (library, settings) = standard();
    let analysis = workspace::analyse_library(&library, &settings);
    let outcomes = analysis.test(&settings);
    let failed: Vec<String> = outcomes.iter().flat_map(|outcome| failures(&analysis, outcome)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let titles: Vec<&str> = outcomes.iter().map(|outcome| &*outcome.title).collect();
    for rule in analysis.model.rules.iter() {
        let title = format!("{} fires, and its cure", rule.name);
        assert!(titles.contains(&title.as_str()), "`{}` has no test called \"{title}\"", rule.name);
    }
}

#[test]
fn the_examples_are_what_they_were_looked_at() {
    let (library, settings) = standard();
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let directory = entry.unwrap().path();
        let files: Vec<workspace::Text> = files_below(&directory, "prod")
            .iter()
            .map(|file| text_of(file, &directory))
            .map(|(path, text)| workspace::Text { path: path.into(), text: text.into() })
            .collect();
        let analysis = workspace::analyse(&library, &files, Depth::Assess, &settings);
        let name = directory.file_name().unwrap().to_string_lossy().into_owned();
        let found: Vec<&str> = analysis.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
        assert!(analysis.model.product.is_some(), "{name} declares no product");
        assert!(analysis.deployments.len() > 1, "{name} has one deployment only");
        let outcomes = analysis.test(&settings);
        assert!(outcomes.len() > 2, "{name} has hardly any tests");
        let failed: Vec<String> = outcomes.iter().flat_map(|outcome| failures(&analysis, outcome)).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
        let material = Material {
            sources: &analysis.sources,
            model: &analysis.model,
            assessment: analysis.assessment.as_ref().unwrap(),
            problems: &analysis.problems,
            first_own: analysis.first_own,
        };
        let paint = Paint { colour: Colour::Plain, width: 80 };
        let mut looks = insta::Settings::clone_current();
        looks.set_snapshot_path(root().join("tests/snapshots"));
        looks.set_prepend_module_to_snapshot(false);
        looks.set_omit_expression(true);
        looks.bind(|| insta::assert_snapshot!(name, summary(&material, None, Extent::Top, paint)));
        seen += 1;
    }
    assert!(seen >= 3);
}

fn failures(analysis: &Analysis, outcome: &Outcome) -> Vec<String> {
    let told = outcome.failures.iter().map(|failure| {
        let place = failure.primary.place;
        let source = analysis.sources.get(place.file);
        let line = source.line_column(place.span.lo).line;
        format!("{}: {}:{line}: {}", outcome.title, source.path, failure.message)
    });
    told.collect()
}
