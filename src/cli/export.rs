//! `gainsay export`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use crate::format::{self, FORMATS};
use crate::store;

use super::Failure;
use super::words::{count, plain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// The format; `gainsay formats` tells what each keeps
    #[arg(long, value_name = "FORMAT", value_parser = names())]
    to: String,
    /// The file to be written; - for standard output
    out: PathBuf,
}

fn names() -> PossibleValuesParser {
    let written = FORMATS.iter().filter(|format| format.write.is_some());
    PossibleValuesParser::new(written.map(|format| format.name).collect::<Vec<_>>())
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let Arguments { session: path, to, out: target } = arguments;
    let write = format::table::named(to).and_then(|format| format.write);
    let write = write.ok_or_else(|| Failure::said(format!("there is no format named {to}")))?;
    let on_disk = store::read(path).map_err(Failure::said)?;
    let bytes = write(&on_disk.session).map_err(Failure::said)?;
    if target == Path::new("-") {
        out.write_all(&bytes)?;
        return Ok(());
    }
    if is_same(path, target) {
        let what = format!("{}: this is the session itself; choose another name", target.display());
        return Err(Failure::said(what));
    }
    store::write_file(target, &bytes).map_err(Failure::said)?;
    let what = match to.as_str() {
        "codebook" | "scheme" => count(on_disk.session.scheme.tags.len(), "tag"),
        _ => count(on_disk.session.annotations.len(), "passage"),
    };
    writeln!(out, "{}: {what} written", plain(&target.display().to_string()))?;
    Ok(())
}

fn is_same(one: &Path, other: &Path) -> bool {
    store::real_path(one).ok() == store::real_path(other).ok()
}
