//! What the repository ships compiles: the standard library, and every example.

use crate::package::{files_below, read, root, std_library, text_of};

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
fn the_examples_compile() {
    let examples = root().join("examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(&examples).unwrap() {
        let directory = entry.unwrap().path();
        let texts: Vec<_> =
            files_below(&directory, "prod").iter().map(|file| text_of(file, &directory)).collect();
        let read = read(&texts);
        let found: Vec<&str> = read.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(found.is_empty(), "{}: {found:#?}", directory.display());
        assert!(read.model.product.is_some(), "{} declares no product", directory.display());
        assert!(read.model.tests.len() > 1, "{} has no tests", directory.display());
        seen += 1;
    }
    assert!(seen >= 3);
}
