//! Packages that depend on packages: directories that say themselves what is wrong with them.
//!
//! A case is a directory of packages. Each of them is checked as the one that is asked for, and its tests are run; what
//! all of these runs say together is what the marks say, `//~ CODE` in `.prod` files and `#~ CODE` in `prod.toml` and
//! `prod.lock`. Marks are compared before the snapshot.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use prod::base::Severity;
use prod::cli::{Problem, check_lock, read_package};
use prod::render::{Colour, Renderer};
use prod::workspace::{Depth, analyse};

use crate::package::{files_below, root, standard, text_of};

/// A code on a line of a file, its path as seen from the case.
type Verdict = BTreeSet<(String, usize, String)>;

#[test]
fn packages() {
    let directory = root().join("tests/corpus/packages");
    let cases = directories(&directory);
    assert!(cases.len() > 10, "the corpus of packages has gone");
    let mut wrong = Vec::new();
    for case in &cases {
        let mut reported = Verdict::new();
        let mut drawn = String::new();
        for package in directories(case).iter().filter(|package| package.join("prod.toml").is_file()) {
            let told = check(case, package, &mut reported);
            if !told.is_empty() {
                let name = package.file_name().unwrap().to_string_lossy();
                drawn.push_str(&format!("==== {name}\n{told}\n"));
            }
        }
        let marked = marked(case);
        if marked != reported {
            let (missed, loud) = (marked.difference(&reported), reported.difference(&marked));
            wrong.push(format!(
                "{}\n  marked and not reported: {:?}\n  reported and not marked: {:?}\n{drawn}",
                case.display(),
                missed.collect::<Vec<_>>(),
                loud.collect::<Vec<_>>()
            ));
        } else if let Some(failure) = crate::corpus::compare_snapshot(case, drawn.trim_end()) {
            wrong.push(failure);
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn directories(around: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(around).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// What is wrong with one package of a case, drawn.
fn check(case: &Path, package: &Path, reported: &mut Verdict) -> String {
    let read = read_package(package).and_then(|files| check_lock(&files).map(|_| files));
    let files = match read {
        Ok(files) => files,
        Err(problem) => {
            reported.insert(place_of(case, &problem));
            let prefix = format!("{}/", case.canonicalize().unwrap().display());
            return problem.draw(Colour::Plain).replace(&prefix, "");
        }
    };
    let (library, settings) = standard();
    let analysis = analyse(&files.base(&library), &files.texts, Depth::Check, &settings);
    let errors = analysis.problems.iter().filter(|problem| problem.severity == Severity::Error).cloned();
    let failures = analysis.test(&settings).into_iter().flat_map(|outcome| outcome.failures);
    let mut renderer = Renderer::new(&analysis.sources, Colour::Plain);
    let mut drawn = Vec::new();
    for problem in errors.chain(failures) {
        let source = analysis.sources.get(problem.primary.place.file);
        let line = source.line_column(problem.primary.place.span.lo).line as usize;
        let path = below(case, &package.join(&*source.path));
        reported.insert((path, line, problem.code.to_string()));
        drawn.push(renderer.draw(&problem));
    }
    drawn.join("\n")
}

fn place_of(case: &Path, problem: &Problem) -> (String, usize, String) {
    let code = problem.code().unwrap();
    let (file, line) = problem.line().unwrap_or_else(|| panic!("{}", problem.draw(Colour::Plain)));
    (below(&case.canonicalize().unwrap(), Path::new(&file)), line, code)
}

/// A path as seen from a case, without the ways up and down again.
fn below(case: &Path, path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.strip_prefix(case).unwrap().components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

fn marked(case: &Path) -> Verdict {
    let mut out = Verdict::new();
    for (ending, sign) in [("prod", "//~"), ("toml", "#~"), ("lock", "#~")] {
        for file in files_below(case, ending) {
            let (path, text) = text_of(&file, case);
            for (line, content) in (1..).zip(text.lines()) {
                let Some((_, codes)) = content.rsplit_once(sign) else { continue };
                out.extend(codes.split_whitespace().map(|code| (path.clone(), line, code.to_owned())));
            }
        }
    }
    out
}
