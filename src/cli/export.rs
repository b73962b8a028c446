//! `gainsay export`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use crate::format::export::{self, Choice, Export, Files, narrowed};
use crate::format::table::named;
use crate::format::{FORMATS, Shape};
use crate::model::{Session, Stamps as _};
use crate::store;

use super::words::{count, plain};
use super::{Failure, complain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// The format; `gainsay formats` tells what each keeps
    #[arg(long, value_name = "FORMAT", value_parser = names())]
    to: String,
    /// The file or folder to be written; - for standard output
    out: PathBuf,
    /// Only this document, by id or title; may be given several times, as may the next four
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    /// Only what bears this tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only what is about this statement
    #[arg(long, value_name = "STATEMENT")]
    statement: Vec<String>,
    /// Only what this person has marked
    #[arg(long, value_name = "NAME")]
    annotator: Vec<String>,
    /// Write the texts that the offsets count in to this folder too
    #[arg(long, value_name = "FOLDER")]
    texts: Option<PathBuf>,
}

fn names() -> PossibleValuesParser {
    let written = FORMATS.iter().filter(|format| format.write.is_some());
    PossibleValuesParser::new(written.map(|format| format.name).collect::<Vec<_>>())
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let Arguments { session: path, to, out: target, .. } = arguments;
    let format = named(to).ok_or_else(|| Failure::said(format!("there is no format named {to}")))?;
    let write = format.write.ok_or_else(|| Failure::said(format!("{to} is read, not written")))?;
    let on_disk = store::read(path).map_err(Failure::said)?;
    let part = narrowed(&on_disk.session, &choice(arguments, &on_disk.session)?);
    let export = Export { session: &part.session, at: store::SystemStamps.now() };
    for target in [Some(target), arguments.texts.as_ref()].into_iter().flatten() {
        if is_same(path, target) {
            let what = format!("{}: this is the session itself; choose another name", target.display());
            return Err(Failure::said(what));
        }
    }
    if target == Path::new("-") {
        if format.shape == Shape::Folder {
            return Err(Failure::said(format!("{to} is a folder of files; name one instead of -")));
        }
        let mut files = Files::default();
        let losses = write(&export, &mut files).map_err(Failure::said)?;
        out.write_all(files.first())?;
        part.losses.0.iter().chain(&losses.0).for_each(|loss| complain(loss));
        return write_texts(arguments, &part.session, None);
    }
    let losses =
        store::write_export(target, format.shape, |sink| write(&export, sink)).map_err(Failure::said)?;
    let what = if !format.holds_passages() {
        count(part.session.scheme.tags.len(), "tag")
    } else {
        count(part.session.annotations.len(), "passage")
    };
    writeln!(out, "{}: {what} written", plain(&target.display().to_string()))?;
    for loss in part.losses.0.iter().chain(&losses.0) {
        writeln!(out, "  {}", plain(loss))?;
    }
    write_texts(arguments, &part.session, Some(out))
}

fn write_texts(arguments: &Arguments, session: &Session, out: Option<&mut dyn Write>) -> Result<(), Failure> {
    let Some(folder) = &arguments.texts else { return Ok(()) };
    let texts = |sink: &mut dyn export::Sink| export::texts(session, "", sink);
    store::write_export(folder, Shape::Folder, texts).map_err(Failure::said)?;
    if let Some(out) = out {
        let texts = count(session.documents.len(), "text");
        writeln!(out, "{}: {texts} written", plain(&folder.display().to_string()))?;
    }
    Ok(())
}

/// What was asked for, by ids and names.
fn choice(arguments: &Arguments, session: &Session) -> Result<Choice, Failure> {
    fn set<T: Ord>(
        wanted: &[String],
        kind: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<BTreeSet<T>>, Failure> {
        let one = |name: &String| {
            find(name)
                .ok_or_else(|| Failure::said(format!("there is no {kind} named {name:?} in the session")))
        };
        let found: BTreeSet<T> = wanted.iter().map(one).collect::<Result<_, _>>()?;
        Ok((!found.is_empty()).then_some(found))
    }
    let (scheme, documents) = (&session.scheme, &session.documents);
    Ok(Choice {
        documents: set(&arguments.document, "document", |name| {
            let found = documents.iter().find(|it| it.id.as_str() == name || it.title() == name);
            found.map(|document| document.id.clone())
        })?,
        tags: set(&arguments.tag, "tag", |name| {
            let found = scheme.tags.iter().find(|tag| tag.id.as_str() == name || tag.name == name);
            found.map(|tag| tag.id.clone())
        })?,
        statements: set(&arguments.statement, "statement", |name| {
            let found = session.statements.values().find(|it| it.name == name || it.id.to_string() == name);
            found.map(|statement| Some(statement.id))
        })?,
        annotators: set(&arguments.annotator, "annotator", |name| {
            let found = session.annotators.iter().find(|(id, it)| id.as_str() == name || it.name == name);
            found.map(|(id, _)| id.clone())
        })?,
        annotations: None,
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    store::real_path(one).ok() == store::real_path(other).ok()
}
