//! `gainsay check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::format::session::ReadError;
use crate::review::diff::conflict_in_words;
use crate::store::{self, OpenError, ReadOnDisk};

use super::Failure;
use super::words::{count, plain, tag_counts, tags_in_words};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session files
    #[arg(required = true, value_name = "SESSION")]
    sessions: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let mut reasons = Vec::new();
    for path in &arguments.sessions {
        match store::read(path) {
            Ok(on_disk) => reasons.extend(say(path, &on_disk, out)?),
            Err(error) => reasons.extend(all_reasons(error)),
        }
    }
    if reasons.is_empty() { Ok(()) } else { Err(Failure::Said(reasons)) }
}

/// Says what a session holds. Returns what is wrong around it.
fn say(path: &Path, on_disk: &ReadOnDisk, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let ReadOnDisk { session, in_file, notices, recovered, .. } = on_disk;
    let name = plain(&path.display().to_string());
    let documents = count(in_file.documents.len(), "document");
    let annotations = count(in_file.annotations.len(), "annotation");
    let links = count(in_file.links.len(), "link");
    writeln!(out, "{name}: valid; {documents}, {annotations}, {links}")?;
    for document in &in_file.documents {
        let here = |annotation: &crate::model::Annotation| *annotation.anchor.document() == document.id;
        let number = in_file.annotations.values().filter(|annotation| here(annotation)).count();
        let tags = tags_in_words(&tag_counts(in_file, here));
        let tags = if tags.is_empty() { tags } else { format!(" ({})", plain(&tags)) };
        let (id, title) = (plain(document.id.as_str()), plain(document.title()));
        writeln!(out, "  {id}: {}{tags}; {title}", count(number, "annotation"))?;
    }
    let tags = tags_in_words(&tag_counts(in_file, |_| true));
    if !tags.is_empty() {
        writeln!(out, "  tags: {}", plain(&tags))?;
    }
    for conflict in &in_file.conflicts {
        writeln!(out, "  conflict: {}", plain(&conflict_in_words(conflict, in_file)))?;
    }
    for notice in notices {
        writeln!(out, "  note: {notice}")?;
    }
    let Some(recovered) = recovered else { return Ok(Vec::new()) };
    if recovered.steps > 0 {
        let steps = count(recovered.steps, "step");
        let then = count(session.annotations.len(), "annotation");
        writeln!(out, "  journal: {steps} not yet in the file, which bring it to {then}")?;
        writeln!(
            out,
            "    opening it in the window takes them in; so does: gainsay recover {name} --out COPY.ron"
        )?;
    }
    let mut wrong = Vec::new();
    match &recovered.torn {
        Some(torn) if recovered.damaged => wrong.push(format!("{}: {torn}", path.display())),
        Some(torn) => writeln!(out, "  journal: {}", plain(torn))?,
        None => {}
    }
    if let Some(aside) = &recovered.set_aside {
        let steps = count(aside.steps, "step");
        wrong.push(format!(
            "{}: a journal of {steps} cannot be applied: {}",
            aside.path.display(),
            aside.why
        ));
    }
    Ok(wrong)
}

fn all_reasons(error: OpenError) -> Vec<String> {
    match error {
        OpenError::Read { path, error: ReadError::Invalid { problems } } => {
            let line = |(place, what): &(Option<crate::format::session::Place>, String)| match place {
                Some(place) => format!("{}: {place}: {what}", path.display()),
                None => format!("{}: {what}", path.display()),
            };
            problems.iter().map(line).collect()
        }
        error => vec![error.to_string()],
    }
}
