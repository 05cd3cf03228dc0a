//! How long each stage takes, and how much memory `check` needs, for products of three sizes.
//!
//! `cargo bench` prints one table. Time is CPU time of the process (user and system); each row is the least of several runs,
//! in a process of its own, so that its peak memory (read where Linux tells it) is its own too.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a program that prints a table"
)]

mod product;

use std::process::Command;

use cpu_time::ProcessTime;
use prod::assess::{self, Settings};
use prod::base::{FileId, Severity, Source, Sources};
use prod::graph::Product;
use prod::workspace::{Depth, Library, Text, analyse};
use product::{meshed, product};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// A stage that is measured by itself.
const STAGES: [&str; 10] = [
    "lex and parse",
    "check",
    "product of a deployment",
    "assess, 1,024 worlds",
    "assess, 1 thread",
    "assess, 2 threads",
    "assess meshed, 1 thread",
    "assess meshed, 2 threads",
    "format",
    "std alone",
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, stage, size] = arguments.as_slice()
        && let Ok(size) = size.parse()
    {
        measure(stage, size);
        return;
    }
    println!("| stage | declarations | text | CPU | rate | peak memory | growth |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for stage in STAGES {
        let mut before: Option<f64> = None;
        for size in sizes(stage) {
            let Some(row) = in_own_process(stage, *size) else { continue };
            let growth = before.map_or(String::new(), |before| format!("{:.1}x", row.milliseconds / before));
            println!(
                "| {stage} | {} | {:.2} MB | {:.1} ms | {} | {} | {growth} |",
                row.declarations,
                row.megabytes,
                row.milliseconds,
                row.rate(),
                row.memory()
            );
            before = Some(row.milliseconds);
        }
    }
}

/// How large the products are that a stage is measured with, in declarations.
fn sizes(stage: &str) -> &'static [usize] {
    match stage {
        "std alone" => &[1_000],
        // In components.
        _ if stage.contains("meshed") => &[1_000, 10_000],
        _ => &SIZES,
    }
}

/// What one measurement found.
struct Row {
    declarations: usize,
    megabytes: f64,
    milliseconds: f64,
    /// Above what the process needs before it begins.
    bytes: f64,
}

impl Row {
    fn rate(&self) -> String {
        format!("{:.0} MB/s", self.megabytes / self.milliseconds * 1000.0)
    }

    fn memory(&self) -> String {
        format!("{:.0} MB, {:.0} B each", self.bytes / 1e6, self.bytes / self.declarations.max(1) as f64)
    }
}

fn in_own_process(stage: &str, size: usize) -> Option<Row> {
    let own = std::env::current_exe().ok()?;
    let output = Command::new(own).args([stage, &size.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [declarations, megabytes, milliseconds, bytes] = numbers.as_slice() else { return None };
    Some(Row {
        declarations: *declarations as usize,
        megabytes: *megabytes,
        milliseconds: *milliseconds,
        bytes: *bytes,
    })
}

/// Runs a stage a few times and prints what it took.
fn measure(stage: &str, size: usize) {
    let files = if stage.contains("meshed") { meshed(size, 3 * size, 7) } else { product(size, 7) };
    let megabytes = files.iter().map(|file| file.text.len()).sum::<usize>() as f64 / 1e6;
    let library = Library::standard().expect("the constants are part of the library");
    // Nothing that takes memory of its own may come before this, or the peak would hide behind it.
    let idle = peak_memory();
    // What is over in a millisecond is measured more often: the first runs find cold caches.
    let runs = (100_000 / size).clamp(3, 50);
    let least = (0..runs).map(|_| once(stage, &library, &files)).fold(f64::MAX, f64::min);
    let bytes = peak_memory() - idle;
    if size < 2_000 {
        assert_compiles(&library, &files);
    }
    println!("{} {megabytes} {least} {bytes}", declarations(&files));
}

fn once(stage: &str, library: &Library, files: &[Text]) -> f64 {
    let settings = |threads| Settings { threads, ..Settings::new(library.constants.clone(), 20_780) };
    match stage {
        "lex and parse" => {
            let texts = with_ids(files);
            timed(|| texts.iter().map(|(id, file)| prod::syntax::parse(&file.text, *id)).collect::<Vec<_>>())
        }
        "check" => timed(|| analyse(library, files, Depth::Check, &settings(1))),
        "format" => timed(|| files.iter().filter(|file| is_formatted(file)).count()),
        "std alone" => timed(|| Library::standard().is_ok()),
        later => {
            let analysis = analyse(library, files, Depth::Check, &settings(1));
            let production = analysis.deployments.first().expect("the product has a deployment");
            let threads = if later.contains("2 threads") { 2 } else { 1 };
            match later {
                "product of a deployment" => {
                    timed(|| Product::build(&analysis.model, production.deployment, &[]))
                }
                "assess, 1,024 worlds" => {
                    let mut settings = settings(1);
                    settings.constants.samples = 1_024;
                    timed(|| assess::assess(production, &analysis.deployments, &settings))
                }
                _ => timed(|| assess::assess(production, &analysis.deployments, &settings(threads))),
            }
        }
    }
}

fn assert_compiles(library: &Library, files: &[Text]) {
    let settings = Settings::new(library.constants.clone(), 20_780);
    let analysis = analyse(library, files, Depth::Check, &settings);
    let errors: Vec<_> =
        analysis.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "the generated product does not compile: {errors:#?}");
}

/// The texts with the numbers that their places are told by.
fn with_ids(files: &[Text]) -> Vec<(FileId, &Text)> {
    let mut sources = Sources::default();
    let add = |file| (sources.add(Source::new(Text::clone(file).path, Text::clone(file).text)), file);
    files.iter().map(add).collect()
}

fn parsed(file: &Text) -> usize {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(file.path.clone(), file.text.clone()));
    prod::syntax::parse(&file.text, id).file.decls.len()
}

fn is_formatted(file: &Text) -> bool {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(file.path.clone(), file.text.clone()));
    matches!(prod::syntax::format(&file.text, id), prod::syntax::Formatted::Whole(_))
}

fn declarations(files: &[Text]) -> usize {
    files.iter().map(parsed).sum()
}

/// Milliseconds of CPU time, of all threads, that something takes.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let before = ProcessTime::now();
    let done = std::hint::black_box(work());
    let took = before.elapsed().as_secs_f64() * 1000.0;
    drop(done);
    took
}

/// The most memory that this process ever had, in bytes; 0 where nobody says.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}
