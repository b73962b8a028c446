//! `gainsay handover`.

use std::io::Write;
use std::path::PathBuf;

use crate::format::handover::second_coder_copy;
use crate::model::{SessionId, Stamps as _};
use crate::store;

use super::Failure;
use super::words::{count, plain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// The file to be written
    #[arg(short, long = "out", value_name = "OUT")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let Arguments { session: path, out: target } = arguments;
    let on_disk = store::read(path).map_err(Failure::said)?;
    if store::real_path(path).ok() == store::real_path(target).ok() {
        let what = format!("{}: this is the session itself; choose another name", target.display());
        return Err(Failure::said(what));
    }
    let mut stamps = store::SystemStamps;
    let copy = second_coder_copy(&on_disk.session, SessionId(stamps.id()), stamps.now());
    store::create_session_file(target, &copy).map_err(Failure::said)?;
    let (documents, tags) = (count(copy.documents.len(), "document"), count(copy.scheme.tags.len(), "tag"));
    let target = plain(&target.display().to_string());
    writeln!(out, "{target}: {documents} and {tags} written, no annotations")?;
    Ok(())
}
