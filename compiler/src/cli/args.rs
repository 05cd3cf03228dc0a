//! The arguments, as clap reads them.
//!
//! In: words. Out: [`Line`]. Never: a file, a default that depends on the surroundings.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::assess::{Band, Intervals, Method};
use crate::emit::sarif::Profile;

/// The compiler for Prod, the language for products as code.
#[derive(Debug, Parser)]
#[command(name = "prodc", version, about, max_term_width = 100)]
pub struct Line {
    /// What every command understands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Args, Debug)]
pub struct Global {
    /// Say nothing but what was asked for.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// The date for which evidence and acceptances are judged; left out: today.
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    /// End with 0 whatever was found, as long as everything could run.
    #[arg(long, global = true)]
    pub exit_zero: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what is wrong with a package
    Check(Package),
    /// Assess a package and write everything asked for
    Build(Build),
    /// List the risks of a package
    Risks(Risks),
    /// Explain a code, a rule or a risk
    Explain(Explain),
    /// List what is unknown, by the risk that an answer would settle
    Questions(Questions),
    /// Plan the cheapest way that brings every loss down to a band
    Harden(Harden),
    /// Ask an expression of the language of a package
    Query(Query),
    /// Draw a diagram
    Diagram(Diagram),
    /// Compare two deployments of a package
    Diff(Diff),
    /// Lay files out
    Fmt(Fmt),
    /// Run the tests of a package
    Test(Test),
    /// Leave a small product that compiles
    Init(Init),
    /// Pin what a package depends on as it is now, in `prod.lock`
    Lock(Package),
    /// Start the language server
    Lsp,
}

/// Which package.
#[derive(Args, Clone, Debug)]
pub struct Package {
    /// A directory or a file; its package is found upwards.
    #[arg(default_value = ".")]
    pub path: PathBuf,
}

/// How likelihoods are found.
#[derive(Args, Clone, Copy, Debug)]
pub struct Likelihoods {
    /// Work the likelihoods of losses out exactly instead of counting random worlds, as far as that can be done.
    #[arg(long)]
    pub exact: bool,
}

impl Likelihoods {
    fn method(self) -> Method {
        if self.exact { Method::Exact } else { Method::Worlds }
    }
}

impl Command {
    /// How likelihoods are found where the command shows any.
    pub fn method(&self) -> Method {
        match self {
            Command::Build(asked) => asked.likelihoods.method(),
            Command::Risks(asked) => asked.likelihoods.method(),
            Command::Explain(asked) => asked.likelihoods.method(),
            _ => Method::Worlds,
        }
    }

    /// Whether the command shows how far scores may be off.
    pub fn intervals(&self) -> Intervals {
        match self {
            Command::Build(_) | Command::Risks(_) | Command::Explain(_) => Intervals::Found,
            _ => Intervals::Left,
        }
    }
}

/// What ends a run with 1.
#[derive(Args, Clone, Copy, Debug)]
pub struct Gate {
    /// End with 1 when an open, established risk reaches this band; left out: what `prod.toml` says.
    #[arg(long, value_name = "BAND", value_parser = band)]
    pub fail_on: Option<Band>,
    /// Count what holds only because of what nobody said, too.
    #[arg(long)]
    pub fail_on_questions: bool,
}

/// `build`.
#[derive(Args, Debug)]
pub struct Build {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// Write the usual set into this directory.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write one kind of output: `sarif=FILE`, `json=FILE`, `summary=FILE`, `svg=DIR`, `dot=DIR`, `mermaid=DIR`.
    #[arg(long, value_name = "KIND=PATH", value_parser = emission)]
    pub emit: Vec<(Kind, PathBuf)>,
    /// Who reads the SARIF.
    #[arg(long, value_name = "PROFILE", default_value = "generic", value_parser = profile)]
    pub sarif_profile: Profile,
    /// How likelihoods are found.
    #[command(flatten)]
    pub likelihoods: Likelihoods,
    /// What ends the run with 1.
    #[command(flatten)]
    pub gate: Gate,
}

/// What is supposed of a package.
#[derive(Args, Clone, Debug)]
pub struct WhatIf {
    /// Suppose this and see the difference: `with webhook { replay_protection = nonce }`, `without waf`,
    /// `control mfa: control.Mfa { protects = [web] }`; may be given several times.
    #[arg(long, value_name = "STATEMENTS")]
    pub what_if: Vec<String>,
}

/// `risks`.
#[derive(Args, Debug)]
pub struct Risks {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// How to write them.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Those of one deployment.
    #[arg(long = "in", value_name = "DEPLOYMENT")]
    pub deployment: Option<String>,
    /// Those that reach this band.
    #[arg(long, value_name = "BAND", value_parser = band)]
    pub min: Option<Band>,
    /// What is supposed.
    #[command(flatten)]
    pub supposed: WhatIf,
    /// Who reads the SARIF.
    #[arg(long, value_name = "PROFILE", default_value = "generic", value_parser = profile)]
    pub sarif_profile: Profile,
    /// How likelihoods are found.
    #[command(flatten)]
    pub likelihoods: Likelihoods,
    /// What ends the run with 1.
    #[command(flatten)]
    pub gate: Gate,
}

/// `explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// A code (`P0201`), a rule or lint (`saas-payment-replay`) or a risk (`saas-payment-replay@webhook@production`).
    pub what: String,
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// How likelihoods are found.
    #[command(flatten)]
    pub likelihoods: Likelihoods,
    /// How to write the explanation of a risk.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Answers,
    /// What is supposed, for a risk.
    #[command(flatten)]
    pub supposed: WhatIf,
}

/// `questions`.
#[derive(Args, Debug)]
pub struct Questions {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// Those of one deployment.
    #[arg(long = "in", value_name = "DEPLOYMENT")]
    pub deployment: Option<String>,
}

/// `harden`.
#[derive(Args, Debug)]
pub struct Harden {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// How far down every loss is to come.
    #[arg(long, value_name = "BAND", default_value = "medium", value_parser = band)]
    pub to: Band,
    /// The losses of one deployment; left out: of each.
    #[arg(long = "in", value_name = "DEPLOYMENT")]
    pub deployment: Option<String>,
    /// How to write the plan.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Answers,
}

/// `query`.
#[derive(Args, Debug)]
pub struct Query {
    /// The expression: `[i in identity: can(i, write, orders)]`, `path(customer, orders)`, `score(card)`.
    #[arg(value_name = "EXPR")]
    pub expression: String,
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// Asked of one deployment; left out: of each.
    #[arg(long = "in", value_name = "DEPLOYMENT")]
    pub deployment: Option<String>,
    /// How to write the answer.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Answers,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answers {
    /// For people.
    #[value(alias = "human")]
    Table,
    /// The stable JSON.
    Json,
}

/// `diagram`.
#[derive(Args, Debug)]
pub struct Diagram {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// Which view; left out: the first.
    #[arg(long, value_name = "VIEW")]
    pub view: Option<String>,
    /// How to draw it.
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    pub format: Drawing,
}

/// `diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// The two deployments.
    #[arg(long, value_names = ["FIRST", "SECOND"], num_args = 2, required = true)]
    pub deployments: Vec<String>,
    /// How to write what differs.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Answers,
}

/// `init`.
#[derive(Args, Debug)]
pub struct Init {
    /// Where; made where it is missing.
    #[arg(default_value = ".")]
    pub directory: PathBuf,
}

/// `fmt`.
#[derive(Args, Debug)]
pub struct Fmt {
    /// Change nothing, and end with 1 when a file is not laid out.
    #[arg(long)]
    pub check: bool,
    /// Files or directories; `-` reads the input and writes the output.
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
}

/// `test`.
#[derive(Args, Debug)]
pub struct Test {
    /// Which package.
    #[command(flatten)]
    pub package: Package,
    /// How to write what became of them.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Verdicts,
}

/// How verdicts of tests are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Verdicts {
    /// A list, with what was found instead.
    Human,
    /// JUnit XML.
    Junit,
}

/// How risks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table.
    Human,
    /// The stable JSON.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

/// How a diagram is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Drawing {
    /// A picture.
    Svg,
    /// For Graphviz.
    Dot,
    /// For Markdown.
    Mermaid,
}

/// What `build` can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SARIF 2.1.0.
    Sarif,
    /// The stable JSON.
    Json,
    /// The table of the terminal.
    Summary,
    /// A file for each view.
    Diagrams(Drawing),
}

fn band(word: &str) -> Result<Band, String> {
    let bands = || Band::ALL.into_iter().map(Band::word).filter(|word| *word != Band::None.word());
    Band::find(word).filter(|band| *band != Band::None).ok_or_else(|| list(bands()))
}

fn profile(word: &str) -> Result<Profile, String> {
    let found = Profile::ALL.into_iter().find(|(name, _)| *name == word);
    found.map(|(_, profile)| profile).ok_or_else(|| list(Profile::ALL.into_iter().map(|(name, _)| name)))
}

const KINDS: [(&str, Kind); 6] = [
    ("sarif", Kind::Sarif),
    ("json", Kind::Json),
    ("summary", Kind::Summary),
    ("svg", Kind::Diagrams(Drawing::Svg)),
    ("dot", Kind::Diagrams(Drawing::Dot)),
    ("mermaid", Kind::Diagrams(Drawing::Mermaid)),
];

fn emission(word: &str) -> Result<(Kind, PathBuf), String> {
    let (kind, path) = word.split_once('=').ok_or("it is written `KIND=PATH`")?;
    let found = KINDS.into_iter().find(|(name, _)| *name == kind);
    let (_, kind) = found.ok_or_else(|| list(KINDS.into_iter().map(|(name, _)| name)))?;
    if path.is_empty() { Err("the path is missing".to_owned()) } else { Ok((kind, path.into())) }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    format!("it is one of {}", words.join(", "))
}
