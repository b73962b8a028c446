//! `gainsay import`.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use crate::edit::{Step, apply_step};
use crate::format::FORMATS;
use crate::format::import::{Taken, Taking, take_in};
use crate::format::table::named;
use crate::model::{Session, SessionId, Stamps as _};
use crate::store;

use super::Failure;
use super::keep::keep;
use super::words::plain;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file; it is made if it is not there
    session: PathBuf,
    /// The format of the files; `gainsay formats` lists them
    #[arg(long, value_name = "FORMAT", value_parser = names())]
    from: String,
    /// The files, or folders of them
    #[arg(required = true, value_name = "IN")]
    files: Vec<PathBuf>,
    /// Whose passages they are, whatever the files say
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
}

fn names() -> PossibleValuesParser {
    let read = FORMATS.iter().filter(|format| format.read.is_some());
    PossibleValuesParser::new(read.map(|format| format.name).collect::<Vec<_>>())
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let Arguments { session: path, from, files, annotator } = arguments;
    let format = named(from).ok_or_else(|| Failure::said(format!("there is no format named {from}")))?;
    let inputs = store::read_inputs(files, format).map_err(Failure::said)?;
    let foreign = format.read_files(&inputs).map_err(Failure::said)?;
    drop(inputs);
    let mut stamps = store::SystemStamps;
    let mut taking =
        Taking { annotator: annotator.as_deref(), otherwise: format.title, at: stamps.now(), is_new: false };
    let report = if store::is_there(path) {
        let opened = store::open(path).map_err(Failure::said)?;
        if let Some(why) = opened.read_only {
            return Err(Failure::said(format!("{}: {why}", path.display())));
        }
        let mut session = opened.session.clone();
        let taken = take_in(&session, foreign, taking);
        let step = applied(&mut session, &taken, taking, from)?;
        keep(opened, step, session)?;
        taken.report
    } else {
        taking.is_new = true;
        let (id, created) = foreign.origin.unwrap_or_else(|| (SessionId(stamps.id()), taking.at));
        let mut session = Session::new(id, created);
        let taken = take_in(&session, foreign, taking);
        applied(&mut session, &taken, taking, from)?;
        if session.documents.is_empty() && taken.edits.is_empty() && taken.report.scheme == 0 {
            return Err(Failure::said(format!(
                "{}: nothing was read, so no session was made",
                path.display()
            )));
        }
        store::create_session_file(path, &session).map_err(Failure::said)?;
        taken.report
    };
    writeln!(out, "{}: {}", plain(&path.display().to_string()), report.summary())?;
    for detail in report.details() {
        writeln!(out, "  {}", plain(detail))?;
    }
    Ok(())
}

/// Applies what was taken in; `None` when nothing is new.
fn applied(
    session: &mut Session,
    taken: &Taken,
    taking: Taking<'_>,
    from: &str,
) -> Result<Option<Step>, Failure> {
    if taken.edits.is_empty() {
        return Ok(None);
    }
    let step = Step { label: format!("import from {from}"), at: taking.at, edits: taken.edits.clone() };
    apply_step(session, &step).map_err(Failure::said)?;
    Ok(Some(step))
}
