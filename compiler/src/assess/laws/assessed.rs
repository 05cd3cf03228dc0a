//! A product of a law, assessed, and how two of them compare.
//!
//! In: declarations. Out: a [`Seen`], and what is wrong where numbers are not in the order that a law asks for.
//! Never: another way to the numbers than the engine's.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use proptest::test_runner::TestCaseError;

use crate::assess::attack_graph::AttackGraph;
use crate::assess::sharing::{Draft, joined};
use crate::assess::{Assessed, Constants, Intervals, Method, Numbers, Risk, Settings, assess_all};
use crate::base::{FileId, Problems, Source, Sources};
use crate::graph::Product;
use crate::model::{self, Model, Tests};
use crate::syntax::{self, ast};

/// What a law says of a case.
pub type Verdict = Result<(), TestCaseError>;

/// The worlds of laws that hold for any number of them.
pub const FEW_WORLDS: u32 = 512;

/// A product of a law and its risks.
pub struct Seen {
    pub text: String,
    pub products: Vec<Product>,
    pub deployments: Vec<Assessed>,
}

impl Seen {
    /// The same without any deployment but the first.
    pub fn first(mut self) -> Seen {
        self.deployments.truncate(1);
        self
    }
}

/// The numbers of one deployment by what they are about.
pub type Values = BTreeMap<String, Numbers>;

struct Library {
    sources: Sources,
    model: Model,
    constants: Constants,
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut sources = Sources::default();
        let texts = prod_stdlib::FILES.iter().map(|(path, text)| (format!("std/{path}"), *text));
        let files = parsed(texts, &mut sources);
        let model = model::build(None, &files, Tests::Skip).model;
        let constants = Constants::read(prod_stdlib::RISK_DEFAULTS).unwrap();
        Library { sources, model, constants }
    })
}

fn parsed<'a>(
    texts: impl Iterator<Item = (String, &'a str)>,
    sources: &mut Sources,
) -> Vec<(FileId, Arc<ast::File>)> {
    let mut files = Vec::new();
    let mut problems = Problems::new();
    for (path, text) in texts {
        let text: Arc<str> = text.into();
        let file = sources.add(Source::new(path, text.clone()));
        let parsed = syntax::parse(&text, file);
        problems.extend(parsed.problems);
        files.push((file, Arc::new(parsed.file)));
    }
    assert!(problems.no_errors(), "{:#?}", problems.into_sorted());
    files
}

/// The settings of laws: few worlds, one thread, and every day the same.
pub fn settings() -> Settings {
    let constants = Constants { samples: FEW_WORLDS, ..library().constants.clone() };
    // 2026-11-23
    Settings { constants, today: 20_780, threads: 1, method: Method::Worlds, intervals: Intervals::default() }
}

/// A product that is declared in one file.
pub fn seen(declarations: &[String]) -> Seen {
    seen_with(&[declarations.join("\n")], &settings())
}

/// A product that is declared in some files.
pub fn seen_with(texts: &[String], settings: &Settings) -> Seen {
    let library = library();
    let mut sources = library.sources.clone();
    let named = texts.iter().enumerate().map(|(at, text)| (format!("{at}.prod"), text.as_str()));
    let files = parsed(named, &mut sources);
    let built = model::build(Some(&library.model), &files, Tests::Skip);
    let text = texts.join("\n");
    assert!(built.problems.no_errors(), "{text}\n{:#?}", built.problems.into_sorted());
    let products = Product::of_all_deployments(&Arc::new(built.model), &[]);
    let deployments = assess_all(&products, settings).deployments;
    Seen { text, products, deployments }
}

/// The attack graph of each deployment, with what leads into it from the others.
pub fn graphs(products: &[Product], settings: &Settings) -> Vec<AttackGraph> {
    let drafts: Vec<Draft<'_>> = products.iter().map(|product| Draft::of(product, settings)).collect();
    drafts.iter().map(|own| joined(own, &drafts).into_owned()).collect()
}

/// The numbers of the losses of a deployment.
pub fn losses(deployment: &Assessed) -> Values {
    deployment.losses.iter().map(|loss| (loss.id.to_string(), loss.numbers)).collect()
}

/// The numbers of its weaknesses.
pub fn weaknesses(deployment: &Assessed) -> Values {
    deployment.weaknesses.iter().map(|weakness| (weakness.id.to_string(), weakness.numbers)).collect()
}

/// Everything of a deployment that has a number, to be compared to the last bit.
fn all(deployment: &Assessed) -> Values {
    let whole = [("any serious loss", deployment.serious), ("all losses", deployment.exposure)];
    let whole = whole.map(|(what, likelihood)| {
        (what.to_owned(), Numbers { residual: Risk { likelihood, impact: 1.0 }, ..Numbers::default() })
    });
    losses(deployment).into_iter().chain(weaknesses(deployment)).chain(whole).collect()
}

/// A loss that is not there is nothing.
pub fn value(values: &Values, id: &str) -> Numbers {
    values.get(id).copied().unwrap_or_default()
}

/// The four numbers with what they are called.
pub fn named(numbers: &Numbers) -> [(&'static str, Risk); 4] {
    [
        ("residual", numbers.residual),
        ("established", numbers.established),
        ("inherent", numbers.inherent),
        ("code only", numbers.code_only),
    ]
}

/// No loss of `more` is below the same one of `less`, however it is looked at.
pub fn no_loss_falls(less: &Seen, more: &Seen) -> Verdict {
    for (below, above) in less.deployments.iter().zip(&more.deployments) {
        let (losses_below, losses_above) = (losses(below), losses(above));
        for (id, numbers) in &losses_below {
            let others = named(&value(&losses_above, id));
            for ((view, risk), (_, other)) in named(numbers).into_iter().zip(others) {
                check(other.value() >= risk.value(), || {
                    format!(
                        "{id}, {view}: {} became {}\n{}\n---\n{}",
                        risk.value(),
                        other.value(),
                        less.text,
                        more.text
                    )
                })?;
            }
        }
        check(above.serious >= below.serious, || {
            format!(
                "any serious loss: {} became {}\n{}\n---\n{}",
                below.serious, above.serious, less.text, more.text
            )
        })?;
    }
    Ok(())
}

/// Nothing has another number, to the last bit.
pub fn nothing_changes(before: &Seen, after: &Seen) -> Verdict {
    check(before.deployments.len() == after.deployments.len(), || "deployments come or go".to_owned())?;
    for (one, other) in before.deployments.iter().zip(&after.deployments) {
        let (one, other) = (all(one), all(other));
        for id in one.keys().chain(other.keys()) {
            let (old, new) = (value(&one, id), value(&other, id));
            check(old == new, || {
                format!("{id}: {old:?}\nbecame {new:?}\n{}\n---\n{}", before.text, after.text)
            })?;
        }
    }
    Ok(())
}

/// What is wrong, where something does not hold.
pub fn check(holds: bool, wrong: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(TestCaseError::fail(wrong())) }
}
