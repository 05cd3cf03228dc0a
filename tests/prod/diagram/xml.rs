//! A reader of the XML that pictures are written in: strict, and no larger than that needs.

/// Whether every element that begins ends, every attribute is quoted and every reference is one that XML knows.
pub fn well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        references(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag does not end")? + at;
        let tag = &rest[at + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` ends what it did not begin"));
            }
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            attribute_list(attributes.trim_end_matches('/'))?;
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
    }
    references(rest)?;
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err("a control character".to_owned());
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} do not end")) }
}

/// The texts between tags that somebody sees, references resolved.
pub fn words(svg: &str) -> Vec<String> {
    let texts = svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</text>").next());
    let resolved = texts.map(|text| {
        let text =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    });
    resolved.collect()
}

fn attribute_list(mut rest: &str) -> Result<(), String> {
    let mut names = Vec::new();
    while !rest.trim().is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or_else(|| format!("no value: {rest}"))?;
        let (value, after) = value.split_once('"').ok_or_else(|| format!("no end: {rest}"))?;
        if names.contains(&name.trim()) {
            return Err(format!("`{name}` twice"));
        }
        names.push(name.trim());
        references(value)?;
        rest = after;
    }
    Ok(())
}

fn references(text: &str) -> Result<(), String> {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| part.starts_with(name));
        if !known {
            return Err(format!("an unknown reference: &{part}"));
        }
    }
    Ok(())
}
