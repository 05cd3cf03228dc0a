//! The vocabulary: the functions that expressions may call, in one table.

use super::{Stage, Type};

macro_rules! functions {
    ($($(#[$meta:meta])* $name:ident $word:literal $params:literal $stage:ident $growth:ident)*) => {
        /// A function of the vocabulary.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Function {
            $($(#[$meta])* $name,)*
        }

        impl Function {
            /// All of them.
            pub const ALL: &[Function] = &[$(Function::$name),*];

            /// How it is written.
            pub const fn word(self) -> &'static str {
                match self { $(Function::$name => $word,)* }
            }

            /// Its parameters as the manual shows them.
            pub const fn params(self) -> &'static str {
                match self { $(Function::$name => $params,)* }
            }

            /// How much of the pipeline it reads.
            pub const fn stage(self) -> Stage {
                match self { $(Function::$name => Stage::$stage,)* }
            }

            /// How its result changes when facts are added.
            pub const fn growth(self) -> Growth {
                match self { $(Function::$name => Growth::$growth,)* }
            }
        }
    };
}

/// How a function's result changes when flows, allows, grants, findings or components are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// It does not.
    Fixed,
    /// It only grows: conditions of steps and rules may read it positively.
    Grows,
    /// It reads controls, strengths or scores: barred from `where`, `needs` and `chance`.
    Barred,
}

functions! {
    /// How many members.
    Count "count" "xs" Model Grows
    /// The largest member.
    Max "max" "xs" Model Grows
    /// The smallest member.
    Min "min" "xs" Model Barred
    /// All members together.
    Sum "sum" "xs" Model Grows
    /// The probability that what happens each time with some probability happens at least once.
    Ever "ever" "p, times" Model Grows
    /// Whether anybody said what an attribute is.
    Known "known" "x.attribute" Model Barred
    /// The innermost zones a thing is in or a flow passes.
    Zones "zones" "x" Graph Fixed
    /// What lies in a zone, recursively.
    Members "members" "z" Graph Grows
    /// The lowest trust of a thing's zones.
    Trust "trust" "x" Graph Fixed
    /// Whether the ends of a flow differ in trust.
    Crosses "crosses" "f" Graph Fixed
    /// What a thing stores and processes.
    Handles "handles" "x" Graph Grows
    /// The trust cell a component belongs to, as a name.
    Cell "cell" "x" Graph Fixed
    /// The other components of its trust cell.
    Cellmates "cellmates" "x" Graph Grows
    /// Whether somebody on the internet can open a connection to it.
    Exposed "exposed" "x" Graph Grows
    /// Whether declared flows lead from one thing to another.
    Reaches "reaches" "a, b, avoiding = x" Graph Grows
    /// A shortest way, in queries and tests only.
    Path "path" "a, b" Graph Barred
    /// Whether untrusted content arrives.
    Tainted "tainted" "x" Graph Grows
    /// Whether an identity can act on a thing, by whatever chain.
    Can "can" "i, action, x" Graph Grows
    /// What is granted to an identity directly.
    Granted "granted" "i" Graph Grows
    /// The highest sensitivity an identity can touch.
    Blast "blast" "i" Graph Grows
    /// Whether an implemented control of a kind covers a thing.
    Covered "covered" "x, ControlKind" Graph Barred
    /// Whether a guard, a recovery, a rule or another control asks for what a control does on what it protects.
    Asked "asked" "k" Graph Barred
    /// The highest confidentiality of what a thing stores, processes or carries.
    Confidentiality "confidentiality" "x" Graph Grows
    /// The highest integrity of it.
    Integrity "integrity" "x" Graph Grows
    /// The highest availability of it.
    Availability "availability" "x" Graph Grows
    /// The open findings on a thing.
    Findings "findings" "x" Graph Grows
    /// The strength of the native mitigation in force.
    Strength "strength" "x.attribute" Graph Barred
    /// Whether the network lets a flow through.
    Admitted "admitted" "f" Graph Barred
    /// The zones that an opening lets out of.
    Sources "sources" "al" Graph Grows
    /// The components and integrations that an opening lets through to.
    Targets "targets" "al" Graph Grows
    /// Whether an opening lets a flow through.
    Lets "lets" "al, f" Graph Fixed
    /// Whether an opening lets a protocol through.
    Serves "serves" "al, protocol" Graph Fixed
    /// The score of a loss, a data asset, a component, or a rule on a thing.
    Score "score" "risk" Assessment Barred
    /// The score of what holds whatever the answers to the questions are.
    Established "established" "risk" Assessment Barred
    /// The likelihood of a loss.
    Likelihood "likelihood" "risk" Assessment Barred
    /// The score with every control off.
    Inherent "inherent" "risk" Assessment Barred
    /// The band of a score.
    BandOf "band" "risk" Assessment Barred
    /// The score when only own code is looked at.
    CodeOnly "code_only" "risk" Assessment Barred
    /// The part of the attack on serious losses that passes a thing.
    Share "share" "x" Assessment Barred
    /// The controls at work on a thing.
    Guards "guards" "x" Assessment Barred
    /// The open risks on a thing.
    Risks "risks" "x" Assessment Barred
}

impl Function {
    /// The function written `word`.
    pub fn find(word: &str) -> Option<Function> {
        Function::ALL.iter().copied().find(|function| function.word() == word)
    }
}

/// A signature resolved against the enums of the standard library.
#[derive(Clone, Debug)]
pub struct Signature {
    /// What each argument must be.
    pub params: Vec<Type>,
    /// How many of them must be there.
    pub required: usize,
    /// What it gives.
    pub result: Type,
}
