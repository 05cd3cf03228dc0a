//! Files that are written: as a whole or not at all.
//!
//! In: a path and a text. Out: the file. Never: a half-written file under its name.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Streams;
use super::errors::{self, Problem};

/// Writes a text to a path; `-` is the output stream.
pub fn write(path: &Path, text: &str, streams: &mut Streams<'_>) -> Result<(), Problem> {
    if path == Path::new("-") {
        streams.print(text);
        return Ok(());
    }
    replace(path, text).map_err(|error| errors::unwritable(path, &error))
}

/// Makes a directory and those around it.
pub fn directory(path: &Path) -> Result<(), Problem> {
    fs::create_dir_all(path).map_err(|error| errors::unwritable(path, &error))
}

/// Writes beside the path and renames.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        // A device or a pipe is written to, never replaced.
        return fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    // A link stays a link: what it points to is replaced.
    let path = if known.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".prodc-");
    match &known {
        Some(known) => builder.permissions(known.permissions()),
        None => readable(&mut builder),
    };
    let mut file = builder.tempfile_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// As readable as any new file: temporary ones are private by default.
#[cfg(unix)]
fn readable<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    builder
}
