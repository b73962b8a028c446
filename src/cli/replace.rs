//! `gainsay replace`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use crate::edit::{Step, apply_step};
use crate::format::decode;
use crate::model::{DocumentId, Session, Source, Stamps as _};
use crate::review::carry::{Plan, Row, edits, plan};
use crate::store;
use crate::text::reanchor::Fate;

use super::Failure;
use super::keep::keep;
use super::words::{count, plain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// The document: its id, title or file name
    document: String,
    /// The corrected text
    file: PathBuf,
    /// The file to be written; the session itself when it is left out
    #[arg(short, long, value_name = "OUT", conflicts_with = "dry_run")]
    out: Option<PathBuf>,
    /// Say what would become of each annotation and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Place the doubtful ones where they are proposed, too; else they are orphans, with their words
    #[arg(long)]
    accept_doubtful: bool,
    /// The encoding of the file, where it cannot be told
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let (decoded, name) =
        store::read_document_file(&arguments.file, arguments.encoding.as_deref()).map_err(Failure::said)?;
    let at = store::SystemStamps.now();
    let source = Source::clone(&decode::document(decoded, Some(&name), at, DocumentId::new("")).source);
    if arguments.dry_run || arguments.out.is_some() {
        let mut session = store::read(&arguments.session).map_err(Failure::said)?.session;
        let (plan, step) = planned(&session, arguments, source)?;
        tell(&plan, out)?;
        if let Some(target) = &arguments.out {
            apply_step(&mut session, &step).map_err(Failure::said)?;
            store::create_session_file(target, &session).map_err(Failure::said)?;
        }
        return Ok(());
    }
    let opened = store::open(&arguments.session).map_err(Failure::said)?;
    if let Some(why) = opened.read_only {
        return Err(Failure::said(format!("{}: {why}", arguments.session.display())));
    }
    let mut session = opened.session.clone();
    let (plan, step) = planned(&session, arguments, source)?;
    apply_step(&mut session, &step).map_err(Failure::said)?;
    keep(opened, Some(step), session)?;
    tell(&plan, out)
}

fn planned(session: &Session, arguments: &Arguments, source: Source) -> Result<(Plan, Step), Failure> {
    let named = &arguments.document;
    let all = || session.documents.iter();
    let mut found = all().filter(|document| document.id.as_str() == named);
    let mut by_name = all().filter(|document| {
        document.title() == named || document.source.import.file_name.as_deref() == Some(named)
    });
    let document = match (found.next(), by_name.next(), by_name.next()) {
        (Some(document), ..) | (None, Some(document), None) => document,
        (None, None, _) => return Err(Failure::said(format!("there is no document {named}"))),
        _ => return Err(Failure::said(format!("several documents are called {named}: say its id"))),
    };
    let at = source.import.at;
    let plan = plan(session, &document.id, source).map_err(Failure::said)?;
    let accepted: BTreeSet<_> =
        if arguments.accept_doubtful { plan.doubtful().collect() } else { BTreeSet::new() };
    let edits = edits(session, &plan, &accepted);
    let label = format!("import a corrected version of “{}”", document.label());
    Ok((plan, Step { label, at, edits }))
}

fn tell(plan: &Plan, out: &mut dyn Write) -> Result<(), Failure> {
    let fates = [Fate::Kept, Fate::Moved, Fate::Doubtful, Fate::Lost];
    let counts: Vec<String> =
        fates.iter().map(|fate| format!("{} {}", plan.count(*fate), fate.name())).collect();
    let title = plain(plan.old.title());
    writeln!(out, "{title}: {}: {}", count(plan.rows.len(), "annotation"), counts.join(", "))?;
    for row in plan.rows.iter().filter(|row| row.fate != Fate::Kept) {
        let Row { fate, old_quote, new_quote, why, .. } = row;
        let (old, new) = (plain(old_quote), plain(new_quote));
        match row.new {
            Some(_) => writeln!(out, "  {}: “{old}” → “{new}” ({why})", fate.name())?,
            None => writeln!(out, "  {}: “{old}” ({why})", fate.name())?,
        }
    }
    for note in &plan.notes {
        writeln!(out, "  {}", plain(note))?;
    }
    Ok(())
}
