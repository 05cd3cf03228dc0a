//! What the repository ships compiles: the standard library, and every example.

use prod::assess::Outcome;
use prod::emit::Material;
use prod::emit::summary::{Extent, Paint, summary};
use prod::render::Colour;
use prod::workspace::{self, Analysis, Depth};

use crate::package::{files_below, root, standard, std_library, text_of};

#[test]
fn the_standard_library_compiles() {
    let found: Vec<&str> = std_library().problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(found.is_empty(), "{found:#?}");
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
