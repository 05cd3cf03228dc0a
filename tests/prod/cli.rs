//! The command line: exit codes, streams, bad input, and files that are there as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use prod::cli::{Exit, Streams, run};
use serde_json::Value;

use crate::package::root;
use crate::run::{package, prodc, prodc_with, surroundings};

/// A product that compiles, with a store that anybody can read from the internet.
pub const OPEN: &[u8] = b"product shop \"Shop\"\n\ndata card: data.Cardholder\n\nactor someone: actor.User\n\ncomponent api: service.RestApi\n\ncomponent db: store.Postgres {\n  stores = [card]\n}\n\nflow someone -> api over http { carries = [card]; authn = none }\nflow api -> db over postgres { carries = [card]; authn = none; encryption = none }\n";

const BROKEN: &[u8] = b"component api: service.RestApy\n";

#[test]
fn a_sound_package_is_clean_and_silent() {
    let ran = prodc(&root(), &["check", "examples/payments"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Clean, ""), "{}", ran.err);
}

#[test]
fn a_model_that_does_not_compile_ends_with_4() {
    let directory = package(&[("main.prod", BROKEN)]);
    for command in ["check", "build", "risks", "questions", "test", "diagram"] {
        let ran = prodc(directory.path(), &[command]);
        assert_eq!(ran.exit, Exit::Broken, "{command}");
        assert!(ran.err.contains("P0202") && ran.err.contains("1 error"), "{}", ran.err);
        assert_eq!(ran.out, "", "{command}");
    }
}

#[test]
fn missing_paths_and_wrong_words_end_with_2() {
    let directory = package(&[("main.prod", OPEN)]);
    for arguments in [
        &["check", "not-there"] as &[&str],
        &["frobnicate"],
        &["risks", "--min", "terrible"],
        &["risks", "--in", "nowhere"],
        &["build", "--emit", "sarif"],
        &["explain", "P9999"],
        &["diagram", "--view", "nothing"],
        &["check", "--today", "2026-02-30"],
    ] {
        let ran = prodc(directory.path(), arguments);
        assert_eq!(ran.exit, Exit::Usage, "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{arguments:?}");
    }
}

#[test]
fn nothing_to_compile_ends_with_3() {
    let empty = package(&[]);
    assert_eq!(prodc(empty.path(), &["check"]).exit, Exit::Nothing);
    let other = package(&[("notes.txt", b"x"), (".hidden/a.prod", b""), ("target/b.prod", b"")]);
    let ran = prodc(other.path(), &["check"]);
    assert_eq!(ran.exit, Exit::Nothing);
    assert!(ran.err.contains("P0904"), "{}", ran.err);
    let inner = package(&[("shop/prod.toml", b"[package]\n"), ("shop/a.prod", OPEN)]);
    let ran = prodc(inner.path(), &["check"]);
    assert_eq!(ran.exit, Exit::Nothing);
    assert!(ran.err.contains("`shop`"), "{}", ran.err);
}

#[test]
fn bytes_that_are_no_text_are_shown_with_their_place() {
    let directory =
        package(&[("good.prod", OPEN), ("latin.prod", b"// caf\xe9\ncomponent x: service.RestApi\n")]);
    let ran = prodc(directory.path(), &["check"]);
    assert_eq!(ran.exit, Exit::Broken);
    assert!(ran.err.contains("P0901") && ran.err.contains("byte 6"), "{}", ran.err);
    assert!(ran.err.contains("latin.prod:1:7"), "{}", ran.err);
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let directory = package(&[]);
    let file = fs::File::create(directory.path().join("huge.prod")).unwrap();
    file.set_len(100_000_000).unwrap();
    let ran = prodc(directory.path(), &["check"]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.err.contains("P0902") && ran.err.contains("64 MB"), "{}", ran.err);
}

#[test]
fn a_hundred_thousand_brackets_are_a_mistake_like_any_other() {
    let text = format!("let a = {}", "[".repeat(100_000));
    let directory = package(&[("deep.prod", text.as_bytes())]);
    let ran = prodc(directory.path(), &["check"]);
    assert_eq!(ran.exit, Exit::Broken);
    assert!(ran.err.contains("P0109"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let outside = package(&[("secret.prod", BROKEN)]);
    let inside = package(&[("main.prod", OPEN)]);
    std::os::unix::fs::symlink(outside.path(), inside.path().join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.prod"), inside.path().join("s.prod")).unwrap();
    std::os::unix::fs::symlink(inside.path(), inside.path().join("circle")).unwrap();
    assert_eq!(prodc(inside.path(), &["check"]).exit, Exit::Clean);
}

#[test]
fn the_gate_reads_bands_whatever_the_format() {
    for format in ["human", "json", "sarif"] {
        let payments = |band| {
            prodc(&root(), &["risks", "examples/payments", "--format", format, "--fail-on", band]).exit
        };
        assert_eq!(payments("critical"), Exit::Findings, "{format}");
    }
    let staging = ["risks", "examples/payments", "--in", "staging", "--fail-on", "critical"];
    assert_eq!(prodc(&root(), &staging).exit, Exit::Clean);
    assert_eq!(prodc(&root(), &["risks", "examples/payments"]).exit, Exit::Clean, "nothing gates by itself");
}

#[test]
fn json_is_whole_and_narrowed() {
    let ran = prodc(&root(), &["risks", "examples/payments", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(all["format"], 1);
    assert_eq!(all["today"], "2026-11-23");
    let names: Vec<&str> =
        all["deployments"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["production", "staging"]);
    let weakness = &all["deployments"][0]["weaknesses"][0];
    assert_eq!(weakness["rule"], "saas-payment-replay");
    assert!(weakness["attack"]["steps"].as_array().unwrap().len() > 1);
    assert!(weakness["place"]["line"].as_u64().unwrap() > 0);
    let loss = weakness["losses"][0].as_str().unwrap();

    let ran = prodc(
        &root(),
        &["risks", "examples/payments", "--format", "json", "--in", "production", "--min", "high"],
    );
    let some: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(some["deployments"].as_array().unwrap().len(), 1);
    let losses = some["deployments"][0]["losses"].as_array().unwrap();
    assert!(losses.iter().all(|loss| ["high", "critical"].contains(&band(loss))), "{losses:#?}");
    assert_eq!(some["deployments"][0]["weaknesses"][0]["losses"][0], loss, "positions still fit");
}

#[test]
fn what_is_said_of_the_whole_does_not_depend_on_what_is_shown() {
    let shown = |least: &str, format: &str| {
        let arguments = ["risks", "examples/payments", "--format", format, "--in", "staging", "--min", least];
        prodc(&root(), &arguments).out
    };
    let head = |text: &str| text.lines().next().unwrap().to_owned();
    let (all, few) = (head(&shown("low", "human")), head(&shown("critical", "human")));
    assert!(all.starts_with("staging  MEDIUM"), "{all}");
    assert_eq!(all, few);
    let whole = |text: &str| {
        let report: Value = serde_json::from_str(text).unwrap();
        let deployment = &report["deployments"][0];
        assert!(deployment["worst"].is_object(), "{deployment}");
        ["worst", "gate", "exposure"].map(|name| deployment[name].clone())
    };
    assert_eq!(whole(&shown("low", "json")), whole(&shown("critical", "json")));
}

#[test]
fn a_quiet_build_says_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("risks.json");
    let emit = format!("json={}", out.display());
    let ran = prodc(&root(), &["--quiet", "build", "examples/payments", "--emit", &emit]);
    assert_eq!((ran.exit, ran.out.as_str(), ran.err.as_str()), (Exit::Clean, "", ""));
    assert!(out.is_file());
}

#[test]
fn the_library_is_a_package_of_its_own() {
    for path in ["stdlib", "stdlib/rules/saas.prod"] {
        let ran = prodc(&root(), &["test", path]);
        assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
        assert!(ran.out.contains("saas-payment-replay fires, and its cure"), "{}", ran.out);
        assert!(ran.out.ends_with(", 0 failed\n"), "{}", ran.out);
    }
    assert_eq!(prodc(&root(), &["check", "stdlib"]).err, "");
}

fn band(risk: &Value) -> &str {
    risk["numbers"]["residual"]["band"].as_str().unwrap()
}

#[test]
fn the_summary_fits_80_columns_and_tells_both_views() {
    let ran = prodc(&root(), &["build", "examples/payments"]);
    assert_eq!(ran.exit, Exit::Clean);
    for line in ran.out.lines() {
        assert!(line.chars().count() <= 80, "too wide: {line}");
        assert_eq!(line, line.trim_end());
    }
    for expected in
        ["production  CRITICAL 9.", "code-only", "saas-payment-replay on webhook", "  -> corruption of"]
    {
        assert!(ran.out.contains(expected), "`{expected}` is missing in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\x1b'));
    let coloured = prodc(&root(), &["build", "examples/payments", "--color", "always"]);
    assert!(coloured.out.contains("\x1b[1;31mCRITICAL 9."), "{}", coloured.out);
}

#[test]
fn where_nothing_can_be_lost_it_says_so() {
    let directory = package(&[("main.prod", b"product shop \"Shop\"\n")]);
    let ran = prodc(directory.path(), &["risks"]);
    assert_eq!(ran.exit, Exit::Clean);
    assert!(ran.out.contains("nothing to lose is declared"), "{}", ran.out);
}

#[test]
fn build_writes_the_usual_set_and_the_same_bytes_again() {
    let directory = package(&[]);
    let path = |name: &str| directory.path().join(name);
    let build = |out: &str| {
        let out = path(out);
        let ran = prodc(&root(), &["build", "examples/payments", "-o", out.to_str().unwrap()]);
        assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    };
    build("one");
    build("two");
    for name in ["risks.sarif", "risks.json", "summary.txt"] {
        let one = fs::read(path("one").join(name)).unwrap();
        assert_eq!(one, fs::read(path("two").join(name)).unwrap(), "{name}");
        assert!(!one.is_empty());
    }
    let endings: Vec<String> = fs::read_dir(path("one").join("diagrams"))
        .unwrap()
        .map(|entry| entry.unwrap().path().extension().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(["svg", "dot", "mmd"].iter().all(|ending| endings.iter().any(|found| found == ending)));
    let left = fs::read_dir(path("one")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "temporary files are left: {left:?}");
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing() {
    let directory = package(&[("main.prod", OPEN), ("taken/keep.txt", b"x")]);
    for target in ["not-there/risks.json", "taken", "main.prod/x.json"] {
        let emit = format!("json={target}");
        let ran = prodc(directory.path(), &["build", "--emit", &emit]);
        assert_eq!(ran.exit, Exit::Usage, "{target}");
        assert!(ran.err.contains("P0906"), "{target}: {}", ran.err);
    }
    assert!(!directory.path().join("not-there").exists());
    assert_eq!(fs::read(directory.path().join("main.prod")).unwrap(), OPEN);
}

#[test]
fn an_output_replaces_a_file_and_can_go_to_the_stream() {
    let directory = package(&[("main.prod", OPEN), ("risks.json", b"old")]);
    let ran = prodc(directory.path(), &["build", "--emit", "json=risks.json", "--emit", "sarif=-"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    let _: Value = serde_json::from_str(&ran.out).expect("the stream holds the SARIF alone");
    assert!(fs::read_to_string(directory.path().join("risks.json")).unwrap().starts_with('{'));
}

/// A reader that goes away after a few bytes.
struct Gone(usize);

impl Write for Gone {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let (mut out, mut err) = (Gone(10), Vec::new());
    let mut nothing = io::empty();
    let mut streams = Streams::new(&mut out, &mut err, &mut nothing, surroundings(&root()));
    let words = ["prodc", "risks", "examples/payments", "--today", "2026-11-23"];
    assert_eq!(run(words.map(Into::into), &mut streams), Exit::Clean);
    assert_eq!(String::from_utf8(err).unwrap(), "");
}

/// A disk without room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_output_that_is_lost_is_no_success() {
    let (mut out, mut err, mut nothing) = (Full, Vec::new(), io::empty());
    let mut streams = Streams::new(&mut out, &mut err, &mut nothing, surroundings(&root()));
    let words = ["prodc", "explain", "P0201"];
    assert_eq!(run(words.map(Into::into), &mut streams), Exit::Usage);
    assert!(String::from_utf8(err).unwrap().contains("cannot be written"));
}

#[test]
fn codes_rules_and_risks_are_explained() {
    let ran = prodc(&root(), &["explain", "p0201"]);
    assert!(ran.out.starts_with("# P0201"), "{}", ran.out);
    let ran = prodc(Path::new("/"), &["explain", "saas-payment-replay"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    for expected in
        ["A payment call can be replayed", "the step `replay`", "CWE-294", "${f.replay_protection}"]
    {
        assert!(ran.out.contains(expected), "`{expected}` is missing in\n{}", ran.out);
    }
    let ran = prodc(&root(), &["explain", "saas-payment-replay@webhook@production", "examples/payments"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    for expected in ["CRITICAL 9.", "strongest attack", "replay_protection = none", "cure: "] {
        assert!(ran.out.contains(expected), "`{expected}` is missing in\n{}", ran.out);
    }
    let ran = prodc(&root(), &["explain", "saas-payment-replai", "examples/payments"]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.err.contains("did you mean `saas-payment-replay`"), "{}", ran.err);
}

#[test]
fn questions_name_what_would_settle_them() {
    let ran = prodc(&root(), &["questions", "examples/ledger"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    assert!(ran.out.contains("what is `"), "{}{}", ran.out, ran.err);
}

#[test]
fn tests_of_the_language_run_and_fail_with_1() {
    let ran = prodc(&root(), &["test", "examples/payments"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.out);
    let wrong = b"component api: service.RestApi\n\ntest \"nobody gets in\" {\n  assert exposed(api)\n}\n";
    let directory = package(&[("main.prod", wrong)]);
    let ran = prodc(directory.path(), &["test"]);
    assert_eq!(ran.exit, Exit::Findings, "{}", ran.out);
    assert!(ran.out.contains("FAILED nobody gets in") && ran.out.contains("main.prod:4:"), "{}", ran.out);
    let ran = prodc(directory.path(), &["test", "--format", "junit"]);
    assert_eq!(ran.exit, Exit::Findings, "{}", ran.out);
    let case = r#"<testcase name="nobody gets in" classname="main.prod" file="main.prod" line="3">"#;
    assert!(ran.out.contains(case), "{}", ran.out);
    assert!(ran.out.contains(r#"<failure message="it is false">"#), "{}", ran.out);
}

#[test]
fn files_are_laid_out_in_place_and_checked() {
    let messy = b"component   api:service.RestApi\n";
    let directory = package(&[("main.prod", messy), ("broken.prod", b"component = {\n")]);
    let path = directory.path().join("main.prod");
    let ran = prodc(directory.path(), &["fmt", "--check", "main.prod"]);
    assert_eq!(ran.exit, Exit::Findings);
    assert!(ran.out.contains("main.prod"));
    assert_eq!(fs::read(&path).unwrap(), messy);
    assert_eq!(prodc(directory.path(), &["fmt", "main.prod"]).exit, Exit::Clean);
    assert_eq!(fs::read_to_string(&path).unwrap(), "component api: service.RestApi\n");
    assert_eq!(prodc(directory.path(), &["fmt", "--check", "main.prod"]).exit, Exit::Clean);
    assert_eq!(prodc(directory.path(), &["fmt"]).exit, Exit::Broken);
    assert_eq!(fs::read(directory.path().join("broken.prod")).unwrap(), b"component = {\n");
    let ran = prodc_with(directory.path(), &["fmt", "-"], messy);
    assert_eq!(ran.out, "component api: service.RestApi\n");
}
