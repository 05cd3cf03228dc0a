//! `prodc fmt`: lays files out.
//!
//! In: files, directories or a stream. Out: the same laid out. Never: a change of a text with mistakes in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Fmt;
use super::load::Session;
use super::{Exit, Outcome, Streams, errors, files, output};
use crate::base::{Diagnostic, Problems, Source, Sources, Span, codes};
use crate::render::Renderer;
use crate::syntax::{Formatted, format};

/// Lays out each file, or says which ones are not.
pub fn run(asked: &Fmt, session: &Session, streams: &mut Streams<'_>) -> Outcome {
    let mut exit = Exit::Clean;
    for path in &asked.paths {
        if path == Path::new("-") {
            exit = exit.max(input(asked.check, streams)?);
            continue;
        }
        for file in files_of(&session.path(path))? {
            exit = exit.max(lay_out(&file, asked.check, streams)?);
        }
    }
    Ok(exit)
}

fn files_of(path: &Path) -> Result<Vec<PathBuf>, errors::Problem> {
    let metadata = std::fs::metadata(path).map_err(|error| errors::unreadable(path, &error))?;
    if metadata.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !metadata.is_dir() {
        return Err(errors::not_a_file(path));
    }
    let (mut found, inner) = files::below(path)?;
    for package in &inner {
        found.extend(files_of(&path.join(package))?);
    }
    if found.is_empty() { Err(errors::nothing_to_compile(path, &[])) } else { Ok(found) }
}

/// One file, in place.
fn lay_out(path: &Path, is_check: bool, streams: &mut Streams<'_>) -> Outcome {
    let (text, broken_at) = files::read_text(path)?;
    let name = path.to_string_lossy();
    let Some(laid_out) = laid_out(&name, &text, broken_at, streams) else { return Ok(Exit::Broken) };
    if laid_out == text {
        return Ok(Exit::Clean);
    }
    if is_check {
        streams.print(&format!("{name}\n"));
        return Ok(Exit::Findings);
    }
    output::write(path, &laid_out, streams)?;
    Ok(Exit::Clean)
}

/// What stands on the input, to the output.
fn input(is_check: bool, streams: &mut Streams<'_>) -> Outcome {
    let mut bytes = Vec::new();
    let path = Path::new("-");
    streams.input.read_to_end(&mut bytes).map_err(|error| errors::unreadable(path, &error))?;
    let (text, broken_at) = files::decoded(bytes);
    let Some(laid_out) = laid_out("-", &text, broken_at, streams) else { return Ok(Exit::Broken) };
    if !is_check {
        streams.print(&laid_out);
        return Ok(Exit::Clean);
    }
    Ok(if laid_out == text { Exit::Clean } else { Exit::Findings })
}

/// The text laid out; nothing where it has mistakes, which are drawn.
fn laid_out(name: &str, text: &str, broken_at: Option<usize>, streams: &mut Streams<'_>) -> Option<String> {
    let text: Arc<str> = text.into();
    let mut sources = Sources::default();
    let file = sources.add(Source::new(name, text.clone()));
    let problems = match (broken_at, format(&text, file)) {
        (None, Formatted::Whole(laid_out)) => return Some(laid_out),
        (None, Formatted::Broken(problems)) => problems,
        (Some(at), _) => {
            let place = Span::empty(at as u32).in_file(file);
            let mut problems = Problems::new();
            problems.push(Diagnostic::error(&codes::P0901, "this file is not UTF-8", place));
            problems
        }
    };
    let mut renderer = Renderer::new(&sources, streams.err_colour());
    for problem in problems.into_sorted() {
        streams.error(&renderer.draw(&problem));
    }
    None
}
