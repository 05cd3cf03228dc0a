//! The command line, run inside the test: arguments in, streams and an exit out.

use std::ffi::OsString;
use std::io::Cursor;
use std::path::Path;

use prod::cli::{Exit, Streams, Surroundings, run};

/// What a run left behind.
pub struct Ran {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// Runs `prodc` in a directory, on a fixed date.
pub fn prodc(directory: &Path, arguments: &[&str]) -> Ran {
    prodc_with(directory, arguments, b"")
}

/// Runs `prodc` with something on its input.
pub fn prodc_with(directory: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let surroundings = surroundings(directory);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = Cursor::new(input.to_vec());
    let words = ["prodc", "--today", "2026-11-23"].iter().chain(arguments).map(OsString::from);
    let exit = run(words, &mut Streams::new(&mut out, &mut err, &mut input, surroundings));
    Ran { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// No terminal, 80 columns.
pub fn surroundings(directory: &Path) -> Surroundings {
    Surroundings {
        directory: directory.to_owned(),
        out_is_terminal: false,
        err_is_terminal: false,
        no_color: false,
        force_color: false,
        width: 80,
        threads: 1,
    }
}

/// A directory with these files.
pub fn package(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}
