//! `gainsay info`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::model::{Document, Session};
use crate::store;

use super::Failure;
use super::words::{count, plain, tag_counts, tags_in_words};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let on_disk = store::read(&arguments.session).map_err(Failure::said)?;
    let steps = on_disk.recovered.as_ref().map_or(0, |recovered| recovered.steps);
    let session = &on_disk.session;
    if arguments.json {
        let text = serde_json::to_string_pretty(&json(session, steps)).map_err(Failure::said)?;
        writeln!(out, "{text}")?;
        return Ok(());
    }
    if !session.info.title.is_empty() {
        writeln!(out, "title: {}", plain(&session.info.title))?;
    }
    writeln!(out, "annotators: {}", plain(&annotators(session).join(", ")))?;
    for document in &session.documents {
        let number = count(annotations_on(session, document), "annotation");
        writeln!(out, "document: {}, {} bytes, {number}", plain(document.title()), document.text().len())?;
    }
    let total = count(session.annotations.len(), "annotation");
    let tags = tags_in_words(&tag_counts(session, |_| true));
    writeln!(out, "annotations: {total}{}{}", if tags.is_empty() { "" } else { ": " }, plain(&tags))?;
    if !session.conflicts.is_empty() {
        writeln!(out, "conflicts: {} left by a merge", session.conflicts.len())?;
    }
    if steps > 0 {
        writeln!(out, "journal: {} not yet in the file, counted here", count(steps, "step"))?;
    }
    Ok(())
}

/// `digest` and `bytes` are those of the canonical text, `file_digest` that of the file as it was imported. What
/// the journal brings back is counted.
fn json(session: &Session, journal_steps: usize) -> Value {
    let document = |document: &std::sync::Arc<Document>| {
        json!({
            "id": document.id.as_str(),
            "title": document.title(),
            "file_name": document.source.import.file_name,
            "digest": document.source.digest.to_string(),
            "bytes": document.text().len(),
            "file_digest": document.source.import.digest.to_string(),
            "annotations": annotations_on(session, document),
        })
    };
    let tags = tag_counts(session, |_| true);
    let tags: Map<String, Value> = tags.into_iter().map(|(tag, count)| (tag, count.into())).collect();
    json!({
        "id": session.id.to_string(),
        "title": session.info.title,
        "documents": session.documents.iter().map(document).collect::<Vec<_>>(),
        "annotations": session.annotations.len(),
        "links": session.links.len(),
        "tags": tags,
        "annotators": annotators(session),
        "conflicts": session.conflicts.len(),
        "journal_steps": journal_steps,
    })
}

fn annotators(session: &Session) -> Vec<String> {
    session.annotators.values().map(|annotator| annotator.name.clone()).collect()
}

fn annotations_on(session: &Session, document: &Document) -> usize {
    session.annotations.values().filter(|annotation| *annotation.anchor.document() == document.id).count()
}
