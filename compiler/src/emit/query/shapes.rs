//! The shapes of the JSON of a query. A field keeps its name and meaning as long as the format has the same number; new
//! fields may be added.
//!
//! In: nothing. Out: structs whose fields stand in the order in which they are written. Never: a number rounded.

use serde::Serialize;

use crate::emit::json::Placed;

/// A whole answer.
#[derive(Serialize)]
pub struct Answers {
    /// The number of this format.
    pub format: u32,
    /// The version of the compiler.
    pub version: &'static str,
    /// What was asked.
    pub query: String,
    /// One per deployment that was asked, in source order; one without a name where the package declares none.
    pub deployments: Vec<Answer>,
}

/// The answer of one deployment.
#[derive(Serialize)]
pub struct Answer {
    /// Its name; empty where the package declares none.
    pub deployment: String,
    /// Whether the expression gives a list.
    pub list: bool,
    /// Whether a list has no other members, whatever nobody has said.
    pub complete: bool,
    /// The members of a list, or the one value.
    pub rows: Vec<Row>,
    /// The chain behind the whole, as of `path(a, b)` or `blast(i)`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Vec<Link>>,
}

/// One value.
#[derive(Serialize)]
pub struct Row {
    /// The value; a thing by its path.
    pub value: Scalar,
    /// The kind of a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The title of a thing that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where a thing is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Placed>,
    /// Whether what somebody said is enough for it; if not, defaults stand in.
    pub established: bool,
    /// The attributes that nobody has said and that would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hangs_on: Vec<String>,
    /// The chains behind the functions of the graph that decide it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Vec<Link>>,
}

/// A value as JSON has it.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Scalar {
    /// `null`: nobody has said, and nothing stands in.
    Unknown,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number; 70 % is 0.7.
    Number(f64),
    /// Everything else as it is written.
    Text(String),
}

/// One link of a chain.
#[derive(Serialize)]
pub struct Link {
    /// Where it starts.
    pub from: String,
    /// What leads on: `may assume`, `runs as`, `calls`.
    pub how: String,
    /// Where it ends.
    pub to: String,
    /// The flow, opening or shared network that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Where the fact stands that it rests on.
    pub place: Placed,
}
