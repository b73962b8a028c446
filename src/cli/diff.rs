//! `gainsay diff`.

use std::io::Write;
use std::path::PathBuf;

use crate::review::diff::diff;
use crate::store;

use super::Failure;
use super::words::plain;

/// The exit code when the sessions differ, as of `diff` and `git diff --exit-code`.
const DIFFERENT: u8 = 1;
/// The exit code when a file can't be read: it must not be taken for a difference.
const TROUBLE: u8 = 2;

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code: 0 nothing differs, 1 something does, 2 a file cannot be read. \
    Times and the histories of annotations are not compared.")]
pub(super) struct Arguments {
    /// The earlier session, or one's own
    a: PathBuf,
    /// The later session, or a colleague's
    b: PathBuf,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let read = |path| store::read(path).map_err(|error| Failure::coded(TROUBLE, [error.to_string()]));
    let (a, b) = (read(&arguments.a)?.session, read(&arguments.b)?.session);
    let lines = diff(&a, &b);
    for line in &lines {
        writeln!(out, "{}", plain(line))?;
    }
    if lines.is_empty() { Ok(()) } else { Err(Failure::coded(DIFFERENT, [])) }
}
