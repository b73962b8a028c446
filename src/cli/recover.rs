//! `gainsay recover`.

use std::io::Write;
use std::path::PathBuf;

use crate::store;

use super::Failure;
use super::words::{count, plain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file, or the journal of a session that has none
    session: PathBuf,
    /// The file to be written; it must not exist yet
    #[arg(short, long)]
    out: PathBuf,
    /// A journal that was set aside: its steps are tried one by one
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let salvaged = store::salvage(&arguments.session, arguments.journal.as_deref()).map_err(Failure::said)?;
    store::create_session_file(&arguments.out, &salvaged.session).map_err(Failure::said)?;
    let name = plain(&arguments.out.display().to_string());
    let documents = count(salvaged.session.documents.len(), "document");
    let annotations = count(salvaged.session.annotations.len(), "annotation");
    let steps = count(salvaged.steps, "step");
    writeln!(out, "{name}: {documents}, {annotations}; {steps} from the journal")?;
    // Not among the complaints: these lines name passages by their words.
    for missing in &salvaged.left_out {
        writeln!(out, "{}", plain(missing))?;
    }
    Ok(())
}
