//! The words that begin declarations and clauses, in one table: the parser, the editors' grammars and did-you-mean read it.
//!
//! They are contextual: in a body, `WORD =` is always an attribute. Only [`RESERVED`] can never be a bare name.

use super::token::Token;

macro_rules! keywords {
    ($($(#[$meta:meta])* $name:ident $word:literal)*) => {
        /// A word that begins a declaration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Keyword {
            $($(#[$meta])* $name,)*
        }

        impl Keyword {
            /// All of them, in the order of the manual.
            pub const ALL: &[Keyword] = &[$(Keyword::$name),*];

            /// How it is written.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Keyword::$name => $word,)*
                }
            }

            /// Its token, which is called like it.
            pub(super) const fn token(self) -> Token {
                match self {
                    $(Keyword::$name => Token::$name,)*
                }
            }

            /// The keyword of a token.
            pub(super) const fn of(token: Token) -> Option<Keyword> {
                match token {
                    $(Token::$name => Some(Keyword::$name),)*
                    _ => None,
                }
            }
        }
    };
}

keywords! {
    /// The thing itself.
    Product "product"
    /// Something we build or run.
    Component "component"
    /// A third party we rely on.
    Integration "integration"
    /// A person or outside system that starts flows.
    Actor "actor"
    /// A data asset.
    Data "data"
    /// Data goes from one thing to another.
    Flow "flow"
    /// One environment.
    Deployment "deployment"
    /// A trust boundary.
    Zone "zone"
    /// Places a component in a zone.
    Run "run"
    /// What the network lets through.
    Allow "allow"
    /// A principal.
    Identity "identity"
    /// What a principal may do.
    Grant "grant"
    /// A safeguard.
    Control "control"
    /// Something that was found.
    Finding "finding"
    /// A threat actor.
    Attacker "attacker"
    /// A threat that somebody thought of.
    Threat "threat"
    /// Something taken for granted.
    Assumption "assumption"
    /// A risk somebody takes.
    Accept "accept"
    /// What a thing can be.
    Kind "kind"
    /// A list of values.
    Enum "enum"
    /// A named constant.
    Let "let"
    /// A label for things.
    Tag "tag"
    /// A capability an attacker can have.
    State "state"
    /// An attack step that is not itself reported.
    Step "step"
    /// What it costs to reach a state.
    Loss "loss"
    /// An attack step that is reported.
    Rule "rule"
    /// A check of the model's quality.
    Lint "lint"
    /// A diagram.
    View "view"
    /// Assertions.
    Test "test"
    /// Another package's names.
    Use "use"
    /// What the flows of a kind speak; only ever the root of kinds.
    Protocol "protocol"
}

impl Keyword {
    /// The keyword written `word`.
    pub fn find(word: &str) -> Option<Keyword> {
        Keyword::ALL.iter().copied().find(|keyword| keyword.word() == word)
    }
}

/// Words that begin a clause in the body of a step, rule, loss, lint, deployment or test.
pub const CLAUSES: &[&str] = &[
    "for",
    "where",
    "needs",
    "gives",
    "chance",
    "cause",
    "resisted",
    "guarded",
    "recovered",
    "by",
    "reports",
    "flag",
    "when",
    "on",
    "impact",
    "say",
    "fix",
    "with",
    "without",
    "expect",
    "assert",
    "model",
];

/// Words of headers, between the name and the body.
pub const HEADER_WORDS: &[&str] =
    &["over", "port", "may", "as", "like", "extends", "on", "in", "abstract", "override", "question"];

/// Words that are never bare names, wherever they stand.
pub const RESERVED: &[&str] = &[
    "true", "false", "unknown", "self", "and", "or", "not", "in", "is", "if", "then", "else", "any", "all",
    "no", "internet", "anywhere",
];
