//! Examples in pages of Markdown.

/// The first block fenced as `` ```prod WORD ``.
pub fn example(page: &str, word: &str) -> Option<String> {
    let (_, behind) = page.split_once(&format!("```prod {word}\n"))?;
    let (block, _) = behind.split_once("```")?;
    Some(block.to_owned())
}
