//! Everything known about a package at one instant: from texts to an [`Analysis`].
//!
//! In: the texts of a package and what was asked for. Out: an [`Analysis`], cheap to clone, never changed.
//! Never: IO, a clock; the command line, the language server and the tests bring the texts and the date.

use std::sync::Arc;

use crate::assess::{self, Answer, Assessment, Constants, Outcome, Settings, SwitchedOff};
use crate::base::{Diagnostic, FileId, Problems, Severity, Source, Sources};
use crate::emit::Material;
use crate::graph::Product;
use crate::model::{self, Content, Identity, Model, Supposition, Tests, add_package};
use crate::syntax::{self, ast};

/// Everything known about a package at one instant.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The texts: the standard library first, then packages that this one depends on, then its own files by path.
    pub sources: Sources,
    /// The first text that is its own.
    pub first_own: usize,
    /// What the files say.
    pub model: Arc<Model>,
    /// The product as each deployment has it; empty where the model does not compile.
    pub deployments: Arc<[Product]>,
    /// The risks; `None` where the model does not compile or nobody asked for them.
    pub assessment: Option<Arc<Assessment>>,
    /// What is wrong, sorted by place, lints included.
    pub problems: Arc<[Diagnostic]>,
}

/// A text of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is called in messages and outputs: a path relative to the package that is analysed, with `/`.
    pub path: Arc<str>,
    /// All of it.
    pub text: Arc<str>,
}

/// What a package stands on: the standard library, read once for any number of packages, and other packages.
#[derive(Clone, Debug)]
pub struct Library {
    sources: Sources,
    model: Arc<Model>,
    /// The same without the things of packages: what a test's own model stands on.
    words: Arc<Model>,
    problems: Arc<[Diagnostic]>,
    /// The engine's constants that it ships with.
    pub constants: Constants,
}

/// An expression that was asked of a package.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The texts of the package, and the expression itself, called `query`.
    pub sources: Sources,
    /// What is wrong with the expression.
    pub problems: Vec<Diagnostic>,
    /// What it is worth, deployment by deployment, where nothing is wrong with it.
    pub answers: Vec<Answer>,
}

/// A package that others depend on.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name, and what it depends on.
    pub identity: Identity,
    /// Its texts, with paths as seen from the package that is analysed.
    pub texts: Vec<Text>,
}

/// What the texts of suppositions are called in messages.
pub const WHAT_IF: &str = "what-if";

/// How much of the pipeline to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Names, types, lints that need no scores.
    Check,
    /// Risks too.
    Assess,
}

impl Library {
    /// The library that is built in; a message where its constants cannot be read.
    pub fn standard() -> Result<Library, String> {
        let constants = Constants::read(prod_stdlib::RISK_DEFAULTS)?;
        let mut sources = Sources::default();
        let texts = prod_stdlib::FILES
            .iter()
            .map(|(path, text)| Text { path: format!("std/{path}").into(), text: (*text).into() });
        let (files, mut problems) = read(&mut sources, texts, syntax::parse);
        let built = model::build(None, &files, Tests::Skip);
        problems.extend(built.problems);
        let model = Arc::new(built.model);
        let words = model.clone();
        Ok(Library { sources, model, words, problems: problems.into_sorted().into(), constants })
    }

    /// Whether these texts are the library's own, as they stand in its directory.
    fn is_read_from(&self, files: &[Text]) -> bool {
        let mut paths = self.sources.iter().filter_map(|(_, source)| source.path.strip_prefix("std/"));
        paths.all(|path| files.iter().any(|file| *file.path == *path))
    }

    /// The library with packages on top, for the files of `reader`. Each package comes after those that it depends on.
    pub fn with_packages(&self, packages: &[Package], reader: Identity) -> Library {
        let mut library = self.clone();
        let mut problems = Problems::new();
        for package in packages {
            let mut texts = package.texts.clone();
            texts.sort_by(|a, b| a.path.cmp(&b.path));
            let (files, mut found) = read(&mut library.sources, texts.into_iter(), syntax::parse);
            let whole = add_package(&library.model, &package.identity, &files, Content::All);
            let words = add_package(&library.words, &package.identity, &files, Content::Words);
            found.extend(whole.problems);
            problems.extend(found.into_iter().filter_map(|problem| of_package(problem, &package.identity)));
            library.model = Arc::new(whole.model);
            library.words = Arc::new(words.model);
        }
        library.words = Arc::new(Model::clone(&library.words).read_by(reader.clone()));
        library.model = match packages {
            [] => library.words.clone(),
            _ => Arc::new(Model::clone(&library.model).read_by(reader)),
        };
        library.problems = problems.into_sorted().into();
        library
    }

    /// What keeps the packages from compiling; of the standard library itself nothing, or it would not have been shipped.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }
}

/// What is wrong in a package that others depend on, for whoever depends on it: what keeps it from compiling, and whose
/// it is.
fn of_package(problem: Diagnostic, package: &Identity) -> Option<Diagnostic> {
    let name = package.name.as_deref().unwrap_or_default();
    let is_error = problem.severity == Severity::Error;
    is_error.then(|| problem.help(format!("this is in the package `{name}`, which this one depends on")))
}

/// Everything about a package. Files may come in any order.
///
/// The directory of the library is a package as well: it stands for the library that is built in, not beside it.
pub fn analyse(library: &Library, files: &[Text], depth: Depth, settings: &Settings) -> Analysis {
    let mut sorted = files.to_vec();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let below = if library.is_read_from(files) { None } else { Some(library) };
    build(below, sorted.into_iter(), depth, settings)
}

/// Everything about the standard library as a package of its own, its tests included.
pub fn analyse_library(library: &Library, settings: &Settings) -> Analysis {
    let texts = library.sources.iter();
    let texts = texts.map(|(_, source)| Text { path: source.path.clone(), text: source.text.clone() });
    build(None, texts, Depth::Check, settings)
}

/// A package over a library, or by itself.
fn build(
    library: Option<&Library>,
    texts: impl Iterator<Item = Text>,
    depth: Depth,
    settings: &Settings,
) -> Analysis {
    let mut sources = library.map(|library| library.sources.clone()).unwrap_or_default();
    let first_own = sources.iter().count();
    let (trees, mut problems) = read(&mut sources, texts, syntax::parse);
    problems.extend(library.iter().flat_map(|library| library.problems.iter().cloned()));
    let tests = library.map_or(Tests::Read, |library| Tests::ReadOn(&library.words));
    let built = model::build(library.map(|library| &*library.model), &trees, tests);
    // Nothing reads the trees any more, and they are the larger half of what is in memory.
    drop(trees);
    problems.extend(built.problems);
    finish(Analysis::begun(sources, first_own, built.model), problems, depth, &[], settings)
}

/// Reads texts into trees.
fn read(
    sources: &mut Sources,
    texts: impl Iterator<Item = Text>,
    parse: impl Fn(&Arc<str>, FileId) -> syntax::Parsed,
) -> (Vec<(FileId, Arc<ast::File>)>, Problems) {
    let mut problems = Problems::new();
    let mut trees = Vec::new();
    for Text { path, text } in texts {
        let file = sources.add(Source::new(path, text.clone()));
        let parsed = parse(&text, file);
        problems.extend(parsed.problems);
        trees.push((file, Arc::new(parsed.file)));
    }
    (trees, problems)
}

/// Deployments, lints and risks, where the model compiles.
fn finish(
    mut analysis: Analysis,
    mut problems: Problems,
    depth: Depth,
    supposed: &[Supposition],
    settings: &Settings,
) -> Analysis {
    if problems.no_errors() {
        let deployments = Product::of_all_deployments(&analysis.model, supposed);
        let assessment = (depth >= Depth::Assess).then(|| assess::assess_all(&deployments, settings));
        let assessed = |at: usize| assessment.as_ref().and_then(|all| all.deployments.get(at));
        let findings: Vec<_> = deployments
            .iter()
            .enumerate()
            .map(|(at, product)| assess::lint(product, assessed(at), settings))
            .collect();
        problems.extend(assess::diagnostics(&deployments, &findings, &analysis.sources));
        analysis.deployments = deployments.into();
        analysis.assessment = assessment.map(Arc::new);
    }
    analysis.problems = problems.into_sorted().into();
    analysis
}

impl Analysis {
    /// What is known once the texts are read.
    fn begun(sources: Sources, first_own: usize, model: Model) -> Analysis {
        Analysis {
            sources,
            model: Arc::new(model),
            deployments: Arc::new([]),
            assessment: None,
            problems: Arc::new([]),
            first_own,
        }
    }

    /// The same package, assessed as if some statements held: what `with`, `without` and declarations say. The texts of the
    /// statements are called `what-if`. `library` must be what the package stands on.
    ///
    /// What is wrong with the statements is the only thing that can be wrong, where the package itself compiles.
    pub fn suppose(&self, library: &Library, statements: &[Arc<str>], settings: &Settings) -> Analysis {
        let own = self.sources.iter().skip(self.first_own);
        let own: Vec<Text> =
            own.map(|(_, source)| Text { path: source.path.clone(), text: source.text.clone() }).collect();
        let below = if library.is_read_from(&own) { None } else { Some(library) };
        let mut sources = below.map(|library| library.sources.clone()).unwrap_or_default();
        let (trees, mut problems) = read(&mut sources, own.into_iter(), syntax::parse);
        let texts = statements.iter().map(|text| Text { path: WHAT_IF.into(), text: text.clone() });
        let (blocks, wrong) = read(&mut sources, texts, syntax::parse_statements);
        problems.extend(wrong);
        let supposed = model::suppose(below.map(|library| &*library.model), &trees, &blocks);
        problems.extend(supposed.built.problems);
        let analysis = Analysis::begun(sources, self.first_own, supposed.built.model);
        if problems.no_errors() {
            problems.extend(assess::absent_from(&analysis.model, &supposed.changes));
        }
        finish(analysis, problems, Depth::Assess, &supposed.changes, settings)
    }

    /// Whether nothing keeps the model from compiling.
    pub fn compiles(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// What emitters look at; `None` where nothing was assessed.
    pub fn material(&self) -> Option<Material<'_>> {
        let assessment = self.assessment.as_deref()?;
        Some(Material {
            sources: &self.sources,
            model: &self.model,
            assessment,
            problems: &self.problems,
            first_own: self.first_own,
        })
    }

    /// Asks an expression of every deployment, or of the one called `only`.
    pub fn ask(&self, text: &str, only: Option<&str>, settings: &Settings) -> Asked {
        let mut sources = self.sources.clone();
        let text: Arc<str> = text.into();
        let file = sources.add(Source::new("query", text.clone()));
        let parsed = syntax::parse_expression(&text, file);
        let mut problems = parsed.problems;
        let mut answers = Vec::new();
        if problems.no_errors() {
            let (expr, wrong) = model::query(&self.model, file, &parsed.file);
            problems.extend(wrong);
            let products =
                self.deployments.iter().filter(|product| only.is_none_or(|only| *product.name() == *only));
            if let (Some(expr), true) = (expr, problems.no_errors()) {
                answers = products
                    .map(|product| assess::ask(product, &self.deployments, &expr, settings))
                    .collect();
            }
        }
        Asked { sources, problems: problems.into_sorted(), answers }
    }

    /// The same without what some rules and lints report; risks keep their place and say why they are not counted.
    pub fn without_rules(mut self, off: &[SwitchedOff]) -> Analysis {
        if off.is_empty() {
            return self;
        }
        let is_off = |problem: &Diagnostic| off.iter().any(|off| *off.name == *problem.code);
        self.problems = self.problems.iter().filter(|problem| !is_off(problem)).cloned().collect();
        self.assessment = self.assessment.map(|assessment| {
            let mut assessment = Assessment::clone(&assessment);
            assessment.switch_off(off, &self.model);
            Arc::new(assessment)
        });
        self
    }

    /// Runs the tests of the package.
    pub fn test(&self, settings: &Settings) -> Vec<Outcome> {
        if self.compiles() { assess::run_all(&self.model, settings) } else { Vec::new() }
    }
}
