//! The alphabet of the grammar: words, values and signs, without their texts.
//!
//! Every word of the language has a token of its own, so that the grammar never looks at a text;
//! all but the reserved ones still serve as names ([`Token::is_word`]).

use logos::Logos;

/// A piece of the text. What is not a name, value or sign of the language never becomes one.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[logos(skip r"[ \t\r\x0C]+")]
pub enum Token {
    // ---- line ends and comments: never part of the grammar's input
    /// The end of a line.
    #[token("\n")]
    Newline,
    /// `// …`
    #[regex(r"//[^\n]*", allow_greedy = true)]
    LineComment,
    /// `/* … */`, nested.
    #[token("/*", block_comment)]
    BlockComment,

    // ---- what the grammar reads
    /// The end of an entry: a `;`, or a line end that counts.
    #[token(";")]
    End,
    /// `/// …`
    #[regex(r"///[^\n]*", priority = 20, allow_greedy = true)]
    Doc,

    /// A name that is no word of the language.
    #[regex(r"[\p{XID_Start}_]\p{XID_Continue}*(-\p{XID_Continue}+)*", priority = 3)]
    Word,
    /// A name in backticks.
    #[regex(r"`[^`\n]+`")]
    QuotedName,
    /// A text.
    #[regex(r#""([^"\\\n]|\\[^\n])*""#)]
    #[token("\"\"\"", long_text, priority = 30)]
    Text,
    /// A text that nobody closed.
    #[regex(r#""([^"\\\n]|\\[^\n])*"#, priority = 2)]
    UnclosedText,
    /// `'text'`, as other languages write texts: read as a text once that was reported.
    #[token("'", single_quoted)]
    SingleQuoted,
    /// `1_000`
    #[regex(r"[0-9][0-9_]*", priority = 10)]
    Int,
    /// `0.5`
    #[regex(r"[0-9][0-9_]*\.[0-9]+", priority = 10)]
    Decimal,
    /// `70%`
    #[regex(r"[0-9][0-9_]*(\.[0-9]+)?%", priority = 10)]
    Percent,
    /// `12h`
    #[regex(r"[0-9][0-9_]*[smhdwy]", priority = 10)]
    Duration,
    /// `2026-11-23`
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", priority = 12)]
    Date,
    /// `EUR 250_000`
    #[regex(r"[A-Z]{3} +[0-9][0-9_]*(\.[0-9]+)?", priority = 12)]
    Money,
    /// `5GiB`
    #[regex(r"[0-9][0-9_]*(\.[0-9]+)?([KMGT]i?)?B", priority = 10)]
    Size,
    /// `10.0.0.0/16`, `fd00::/8`
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+(/[0-9]+)?", priority = 14)]
    #[regex(r"[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}/[0-9]+", priority = 14)]
    Network,
    /// `8000..9000`
    #[regex(r"[0-9]+\.\.[0-9]+", priority = 12)]
    Ports,
    /// Digits with letters that make no value: `12abc`.
    #[regex(r"[0-9][0-9A-Za-z_]*", priority = 5)]
    BadNumber,

    /// `{`
    #[token("{")]
    OpenBrace,
    /// `}`
    #[token("}")]
    CloseBrace,
    /// `[`
    #[token("[")]
    OpenBracket,
    /// `]`
    #[token("]")]
    CloseBracket,
    /// `(`
    #[token("(")]
    OpenParen,
    /// `)`
    #[token(")")]
    CloseParen,
    /// `:`
    #[token(":")]
    Colon,
    /// `,`
    #[token(",")]
    Comma,
    /// `.`
    #[token(".")]
    Dot,
    /// `=`
    #[token("=")]
    Assign,
    /// `->`
    #[token("->")]
    Arrow,
    /// `|`
    #[token("|")]
    Bar,
    /// `==`
    #[token("==")]
    Equal,
    /// `!=`
    #[token("!=")]
    NotEqual,
    /// `<`
    #[token("<")]
    Less,
    /// `<=`
    #[token("<=")]
    LessOrEqual,
    /// `>`
    #[token(">")]
    Greater,
    /// `>=`
    #[token(">=")]
    GreaterOrEqual,
    /// `??`
    #[token("??")]
    OrElse,
    /// `+`
    #[token("+")]
    Plus,
    /// `-`
    #[token("-")]
    Minus,
    /// `*`
    #[token("*")]
    Star,
    /// `/`
    #[token("/")]
    Slash,

    // ---- declarations: each token is called like its word
    #[token("product")]
    Product,
    #[token("component")]
    Component,
    #[token("integration")]
    Integration,
    #[token("actor")]
    Actor,
    #[token("data")]
    Data,
    #[token("flow")]
    Flow,
    #[token("deployment")]
    Deployment,
    #[token("zone")]
    Zone,
    #[token("run")]
    Run,
    #[token("allow")]
    Allow,
    #[token("identity")]
    Identity,
    #[token("grant")]
    Grant,
    #[token("control")]
    Control,
    #[token("finding")]
    Finding,
    #[token("attacker")]
    Attacker,
    #[token("threat")]
    Threat,
    #[token("assumption")]
    Assumption,
    #[token("accept")]
    Accept,
    #[token("kind")]
    Kind,
    #[token("enum")]
    Enum,
    #[token("let")]
    Let,
    #[token("tag")]
    Tag,
    #[token("state")]
    State,
    #[token("step")]
    Step,
    #[token("loss")]
    Loss,
    #[token("rule")]
    Rule,
    #[token("lint")]
    Lint,
    #[token("view")]
    View,
    #[token("test")]
    Test,
    #[token("use")]
    Use,
    #[token("protocol")]
    Protocol,

    // ---- headers and clauses
    #[token("abstract")]
    Abstract,
    #[token("override")]
    Override,
    #[token("extends")]
    Extends,
    #[token("over")]
    Over,
    #[token("port")]
    Port,
    #[token("may")]
    May,
    #[token("as")]
    As,
    #[token("like")]
    Like,
    #[token("on")]
    On,
    #[token("for")]
    For,
    #[token("where")]
    Where,
    #[token("needs")]
    Needs,
    #[token("gives")]
    Gives,
    #[token("chance")]
    Chance,
    #[token("cause")]
    Cause,
    #[token("resisted")]
    Resisted,
    #[token("guarded")]
    Guarded,
    #[token("recovered")]
    Recovered,
    #[token("by")]
    By,
    #[token("reports")]
    Reports,
    #[token("flag")]
    Flag,
    #[token("when")]
    When,
    #[token("impact")]
    Impact,
    #[token("say")]
    Say,
    #[token("fix")]
    Fix,
    #[token("with")]
    With,
    #[token("without")]
    Without,
    #[token("expect")]
    Expect,
    #[token("question")]
    Question,
    #[token("assert")]
    Assert,
    #[token("model")]
    Model,

    // ---- reserved
    #[token("true")]
    True,
    #[token("false")]
    False,
    #[token("unknown")]
    Unknown,
    #[token("self")]
    SelfWord,
    #[token("and")]
    And,
    #[token("or")]
    Or,
    #[token("not")]
    Not,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("if")]
    If,
    #[token("then")]
    Then,
    #[token("else")]
    Else,
    #[token("any")]
    Any,
    #[token("all")]
    All,
    #[token("no")]
    No,
    #[token("internet")]
    Internet,
    #[token("anywhere")]
    Anywhere,
}

impl Token {
    /// Whether it can be a bare name.
    pub fn is_word(self) -> bool {
        matches!(self, Token::Word | Token::QuotedName) || (Token::Product..=Token::Model).contains(&self)
    }

    /// Whether it is a reserved word.
    pub fn is_reserved(self) -> bool {
        self >= Token::True
    }

    /// Whether it can stand where a thing is named: a bare name, or a reserved word that is the name of a thing.
    pub fn can_name(self) -> bool {
        self.is_word() || matches!(self, Token::SelfWord | Token::Internet | Token::Anywhere)
    }

    /// Whether it begins a declaration.
    pub fn begins_declaration(self) -> bool {
        (Token::Product..=Token::Override).contains(&self)
    }

    /// Whether it opens or closes something.
    pub fn is_bracket(self) -> bool {
        (Token::OpenBrace..=Token::CloseParen).contains(&self)
    }

    /// Whether it begins a clause.
    pub fn begins_clause(self) -> bool {
        (Token::On..=Token::Model).contains(&self) || self == Token::In
    }

    /// Whether the grammar never sees it.
    pub fn is_trivia(self) -> bool {
        self <= Token::BlockComment
    }

    /// Whether it is a value written out.
    pub fn is_value(self) -> bool {
        (Token::Text..=Token::BadNumber).contains(&self)
    }
}

/// Reads on to the `*/` that belongs to this `/*`; without one, to the end.
fn block_comment(lexer: &mut logos::Lexer<'_, Token>) {
    let mut open = 1_usize;
    let mut bytes = lexer.remainder().bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (byte, bytes.peek().map(|(_, next)| *next)) {
            (b'*', Some(b'/')) => {
                bytes.next();
                open -= 1;
                if open == 0 {
                    lexer.bump(at + 2);
                    return;
                }
            }
            (b'/', Some(b'*')) => {
                bytes.next();
                open += 1;
            }
            _ => {}
        }
    }
    lexer.bump(lexer.remainder().len());
}

/// Reads on to the next single quote on the line; without one there is no text.
fn single_quoted(lexer: &mut logos::Lexer<'_, Token>) -> bool {
    let line = lexer.remainder().split('\n').next().unwrap_or_default();
    let length = line.find('\'');
    lexer.bump(length.map_or(0, |length| length + 1));
    length.is_some()
}

/// Reads on to the `"""` that closes a long text; without one, to the end.
fn long_text(lexer: &mut logos::Lexer<'_, Token>) {
    let rest = lexer.remainder();
    let mut escaped = false;
    let mut quotes = 0;
    for (at, byte) in rest.bytes().enumerate() {
        quotes = if byte == b'"' && !escaped { quotes + 1 } else { 0 };
        escaped = byte == b'\\' && !escaped;
        if quotes == 3 {
            lexer.bump(at + 1);
            return;
        }
    }
    lexer.bump(rest.len());
}
