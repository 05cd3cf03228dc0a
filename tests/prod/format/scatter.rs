//! Random layouts: spaces, line ends and comments wherever the grammar lets them stand.
//!
//! In: the tokens of a sound file, and chance. Out: a text. Never: a line end that would end an entry, or one that would not.

use super::generate::{END, ITEM};

/// Puts chance between tokens.
pub struct Scatter<'a> {
    words: &'a [String],
    chance: Vec<u8>,
    drawn: usize,
    comments: usize,
    brackets: Vec<char>,
    /// Whether the last token stood behind a dot: there every word is a name.
    is_member: bool,
    out: String,
}

impl<'a> Scatter<'a> {
    /// Words to lay out, and the chance to do it with.
    pub fn new(words: &'a [String], chance: Vec<u8>) -> Scatter<'a> {
        Scatter {
            words,
            chance,
            drawn: 0,
            comments: 0,
            brackets: Vec::new(),
            is_member: false,
            out: String::new(),
        }
    }

    /// The text. It begins with a line that no layout keeps, so that a text given back as it is stands out.
    pub fn text(mut self) -> String {
        self.out.push_str("\n\n");
        let words = self.words;
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or(END, String::as_str);
            let after = words.get(at + 1).map_or(END, String::as_str);
            match word.as_str() {
                END => self.end(),
                ITEM => self.item(before, after),
                _ => {
                    self.gap(before, word, after);
                    self.bracket(word);
                    self.out.push_str(word);
                    self.is_member = before == ".";
                }
            }
        }
        self.comment(true);
        self.out
    }

    /// A number below `limit`.
    fn draw(&mut self, limit: u8) -> u8 {
        let drawn =
            self.chance[self.drawn % self.chance.len()].wrapping_add((self.drawn / self.chance.len()) as u8);
        self.drawn += 1;
        drawn % limit
    }

    fn bracket(&mut self, word: &str) {
        match word {
            "(" | "[" | "{" => self.brackets.push(word.chars().next().unwrap_or('(')),
            ")" | "]" | "}" => drop(self.brackets.pop()),
            _ => {}
        }
    }

    fn comment(&mut self, may_end_line: bool) {
        self.comments += 1;
        let number = self.comments;
        match self.draw(12) {
            0 if may_end_line => self.out.push_str(&format!(" // c{number} \n")),
            1 if may_end_line => self.out.push_str(&format!("\n\n\n  // c{number}\n")),
            2 => self.out.push_str(&format!(" /* c{number} */ ")),
            3 if may_end_line => self.out.push_str(&format!("\n /* c{number}\n   /* nested */ */ \n")),
            _ => {}
        }
    }

    fn end(&mut self) {
        self.comment(false);
        let end = ["\n", ";", " ; ", "\n\n", "\n\n\n\n", ";\n", "\t\n", "\n"];
        let end = end[usize::from(self.draw(8))];
        self.out.push_str(end);
        self.comment(true);
    }

    fn item(&mut self, before: &str, after: &str) {
        self.comment(false);
        // A word of a header in last place would ask for more.
        let bare = !["over", "by", "for", "needs"].contains(&before) && after != "]";
        let part = [",", ", ", ",\n", " ,\n\n", "\n"];
        let part = part[usize::from(self.draw(if bare { 5 } else { 4 }))];
        self.out.push_str(part);
        self.comment(part.contains('\n'));
    }

    fn gap(&mut self, before: &str, word: &str, after: &str) {
        if before == END || before == ITEM || before.starts_with("///") || word.starts_with("///") {
            if before.starts_with("///") || (word.starts_with("///") && before == "{") {
                self.out.push('\n');
            }
            return;
        }
        let opens = ["(", "[", "{", ",", "=", "->", "+", "==", "and", "or", "not", "else", "is", ":"];
        let goes_on = ["and", "or", "else", "then", "->", "|", "+", "*", "<=", ")", "]", "}"];
        let is_name = before == "." || word == "." || [".", ":", "=", "->", ","].contains(&before);
        let in_parens = self.brackets.last() == Some(&'(');
        let may_break = in_parens
            // A line that begins with `WORD =` begins an attribute.
            || (opens.contains(&before) && after != "=" && !self.is_member && !goes_on.contains(&word))
            || (goes_on.contains(&word) && !is_name && before != "(" && word != "(");
        let is_after_member = self.out.ends_with(['.']);
        if is_after_member || word == "." {
            return;
        }
        if may_break && self.draw(4) == 0 {
            self.out.push('\n');
        }
        let signs = ["(", ")", "[", "]", "{", "}", ",", ":", "="];
        // A colon right before `fd00::/8` would be part of it.
        let may_touch = (signs.contains(&before) || signs.contains(&word)) && !word.contains("::");
        let spaces = [" ", "  ", "\t", " ", ""];
        let spaces = spaces[usize::from(self.draw(if may_touch { 5 } else { 4 }))];
        self.out.push_str(spaces);
        self.comment(may_break);
    }
}
