//! What `prod.toml` may say, and what is said of one that is wrong.

use prod::cli::Exit;

use crate::cli::OPEN;
use crate::run::{package, prodc};

#[test]
fn settings_with_a_mistake_show_it() {
    let bad = [
        ("[package]\nnaem = \"x\"\n", "P0905", "did you mean `name`?"),
        ("[packag]\nname = \"x\"\n", "P0905", "did you mean `package`?"),
        ("[package]\nname = 3\n", "P0905", "`name` is a text in quotes"),
        ("[package]\nname = \"a b\"\n", "P0905", "no name for a package"),
        ("[package]\nname = \"all\"\n", "P0905", "no name for a package"),
        ("package = 3\n", "P0905", "`package` is a table"),
        ("[assess]\nfail_on = \"terrible\"\n", "P0905", "a band is one of"),
        ("[assess]\nrules.sc-unpinned-dependency = {}\n", "P0905", "is switched off is not said"),
        (
            "[assess]\nrules.sc-unpinned-dependency = { off = \" \" }\n",
            "P0905",
            "is switched off is not said",
        ),
        (
            "[assess]\nrules.sc-unpined-dependency = { off = \"x\" }\n",
            "P0905",
            "did you mean `sc-unpinned-dependency`?",
        ),
        ("[assess]\nrules.platform.x = { off = \"x\" }\n", "P0905", "rules.\"platform.x\""),
        ("[observe]\nfindings = \"scan/a.sarif\"\n", "P0905", "a list of texts"),
        ("[observe]\nsbom = [3]\n", "P0905", "a text in quotes"),
        ("[observe.staging]\nfindngs = []\n", "P0905", "did you mean `findings`?"),
        ("[dependencies]\nplatform = \"../platform\"\n", "P0905", "`platform` is a table"),
        ("[dependencies]\nplatform = { git = \"x\" }\n", "P0905", "there may be `path`"),
        ("[dependencies]\nplatform = {}\n", "P0905", "where `platform` lies is not said"),
        ("[package]\nstd = \"7.1\"\n", "P0908", "this compiler ships"),
        ("[package\n", "P0905", "prod.toml"),
    ];
    for (text, code, expected) in bad {
        let directory = package(&[("main.prod", OPEN), ("prod.toml", text.as_bytes())]);
        let ran = prodc(directory.path(), &["check"]);
        assert_eq!(ran.exit, Exit::Usage, "{text}");
        assert!(ran.err.contains(code) && ran.err.contains(expected), "{text}: {}", ran.err);
    }
}

#[test]
fn settings_are_found_upwards_and_gate() {
    let files: &[(&str, &[u8])] =
        &[("prod.toml", b"[assess]\nfail_on = \"low\"\n"), ("parts/main.prod", OPEN)];
    let directory = package(files);
    let inside = directory.path().join("parts");
    let ran = prodc(&inside, &["risks", "main.prod"]);
    assert_eq!(ran.exit, Exit::Findings, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("open risks reach `low`"), "{}", ran.err);
    assert_eq!(prodc(&inside, &["risks", "--exit-zero"]).exit, Exit::Clean);
    assert_eq!(prodc(&inside, &["check"]).exit, Exit::Clean, "check assesses nothing");
}
