//! Writes projects.

mod codebook;
mod losses;
mod notes;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Cursor, Write};
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xml::{Out, clean};
use super::{NAME_CHARS, ORIGIN, codes, guid};
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::kept;
use crate::format::passages::{self, DocumentPassages, Passage, Place};
use crate::model::{
    Anchor, Annotation, AnnotatorId, DocumentId, DocumentInfo, Link, Metadata, Session, Timestamp,
};

pub(super) use codebook::codebook;
use notes::Note;
pub(super) use notes::said;

/// The project: its XML and the texts in which it counts.
///
/// # Errors
/// When the bytes can't be written.
pub(super) fn project(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    // Fixed dates: the same session gives the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("project.qde", options).map_err(WriteError::unfit)?;
    let mut writer = ProjectWriter { session, out: Out::new(&mut zip)?, notes: Vec::new() };
    writer.write(export.at)?;
    let replaced = writer.out.replaced;
    for document in &session.documents {
        let path = format!("sources/{}.txt", of_document(&document.id));
        zip.start_file(path, options).map_err(WriteError::unfit)?;
        zip.write_all(document.text().as_bytes())?;
    }
    let bytes = zip.finish().map_err(WriteError::unfit)?.into_inner();
    sink.file("project.qdpx")?.write_all(&bytes)?;
    Ok(losses::of(session, replaced))
}

/// The GUID of a document's source.
pub(super) fn of_document(id: &DocumentId) -> String {
    guid("source", &[id.as_str()])
}

/// The GUID of an annotator.
pub(super) fn of_annotator(id: &AnnotatorId) -> String {
    guid("user", &[id.as_str()])
}

/// The GUID of the note that holds the record.
pub(super) fn of_record() -> String {
    guid("record", &[])
}

/// What only Gainsay knows: the session's head, and a line for each passage of which there is more to know than the
/// rest of the project says.
fn record(session: &Session) -> String {
    let has_more = |annotation: &&Arc<Annotation>| {
        let is_changed = |text: &str| matches!(clean(text), Cow::Owned(_));
        annotation.anchor.span().is_none()
            || !annotation.changes.is_empty()
            || annotation.provenance.is_some()
            || is_changed(&annotation.note)
            || annotation.comments.iter().any(|comment| is_changed(&comment.text))
            || annotation.attributes.values().any(|value| is_changed(value))
    };
    let more = session.annotations.values().filter(has_more).map(|annotation| kept::annotation(annotation));
    std::iter::once(kept::head(session)).chain(more).collect::<Vec<_>>().join("\n")
}

/// The beginning of the words, cut between what a reader sees as characters.
fn name_of(quote: &str) -> String {
    let mut name = String::new();
    let mut left = NAME_CHARS;
    for cluster in quote.graphemes(true) {
        let length = cluster.chars().count();
        if length > left {
            break;
        }
        left -= length;
        name.push_str(cluster);
    }
    name
}

struct ProjectWriter<'a, W> {
    session: &'a Session,
    out: Out<W>,
    notes: Vec<Note<'a>>,
}

impl<'a, W: Write> ProjectWriter<'a, W> {
    fn write(&mut self, at: Timestamp) -> io::Result<()> {
        let session = self.session;
        let name = if session.info.title.is_empty() { "Gainsay" } else { &session.info.title };
        let (created, modified) = (session.created.to_string(), at.to_string());
        self.out.open(
            "Project",
            &[
                ("xmlns", "urn:QDA-XML:project:1.0"),
                ("name", name),
                ("origin", ORIGIN),
                ("creationDateTime", &created),
                ("modifiedDateTime", &modified),
            ],
        )?;
        self.users()?;
        let codes = codes::of_session(session);
        if !codes.is_empty() {
            self.out.open("CodeBook", &[])?;
            self.out.open("Codes", &[])?;
            codes.iter().try_for_each(|code| code.write(&mut self.out))?;
            self.out.close("Codes")?;
            self.out.close("CodeBook")?;
        }
        self.variables()?;
        self.sources()?;
        let links: Vec<&'a Link> = session.links.values().map(AsRef::as_ref).collect();
        for link in &links {
            self.link_note(link);
        }
        self.notes.push(Note::record(session, record(session)));
        let notes = std::mem::take(&mut self.notes);
        self.out.open("Notes", &[])?;
        notes.iter().try_for_each(|note| self.note(note))?;
        self.out.close("Notes")?;
        if !links.is_empty() {
            self.out.open("Links", &[])?;
            links.iter().try_for_each(|link| self.link(link))?;
            self.out.close("Links")?;
        }
        if !session.info.note.is_empty() {
            self.out.text("Description", &session.info.note)?;
        }
        self.out.empty("NoteRef", &[("targetGUID", &of_record())])?;
        self.out.close("Project")
    }

    fn users(&mut self) -> io::Result<()> {
        if self.session.annotators.is_empty() {
            return Ok(());
        }
        self.out.open("Users", &[])?;
        for (id, annotator) in &self.session.annotators {
            let guid = of_annotator(id);
            self.out.empty("User", &[("guid", &guid), ("name", &annotator.name), ("id", id.as_str())])?;
        }
        self.out.close("Users")
    }

    fn variables(&mut self) -> io::Result<()> {
        let documents = &self.session.documents;
        let is_used =
            |at: usize| documents.iter().any(|document| !document.info.metadata.fields()[at].is_empty());
        let names: Vec<&str> =
            (0..Metadata::NAMES.len()).filter(|at| is_used(*at)).map(|at| Metadata::NAMES[at]).collect();
        if names.is_empty() {
            return Ok(());
        }
        self.out.open("Variables", &[])?;
        for name in names {
            let guid = guid("variable", &[name]);
            self.out.empty("Variable", &[("guid", &guid), ("name", name), ("typeOfVariable", "Text")])?;
        }
        self.out.close("Variables")
    }

    fn value(&mut self, variable: &str, value: &str) -> io::Result<()> {
        self.out.open("VariableValue", &[])?;
        self.out.empty("VariableRef", &[("targetGUID", &guid("variable", &[variable]))])?;
        self.out.text("TextValue", value)?;
        self.out.close("VariableValue")
    }

    fn sources(&mut self) -> io::Result<()> {
        if self.session.documents.is_empty() {
            return Ok(());
        }
        self.out.open("Sources", &[])?;
        // Some programs want every name once.
        let mut names = BTreeSet::new();
        for document in passages::documents(self.session) {
            let title = document.document.title().to_owned();
            let twins = (2_u64..).map(|number| format!("{title} ({number})"));
            let mut all = std::iter::once(title.clone()).chain(twins);
            let name = all.find(|name| names.insert(name.to_lowercase())).unwrap_or(title);
            self.source(&document, &name)?;
        }
        self.out.close("Sources")
    }

    fn source(&mut self, document: &DocumentPassages<'a>, name: &str) -> io::Result<()> {
        let source = document.document;
        let guid = of_document(&source.id);
        let path = format!("internal://{guid}.txt");
        let created = source.source.import.at.to_string();
        self.out.open(
            "TextSource",
            &[("guid", &guid), ("name", name), ("plainTextPath", &path), ("creationDateTime", &created)],
        )?;
        let mut orphans = Vec::new();
        for passage in document.passages() {
            match (&passage.place, &passage.annotation.anchor) {
                (Some(place), _) => self.selection(&passage, place)?,
                (None, Anchor::Orphan(orphan)) => {
                    orphans.push(passage.annotation.id.to_string());
                    self.orphan(passage.annotation, orphan);
                }
                (None, Anchor::Placed { .. }) => {}
            }
        }
        for guid in &orphans {
            self.out.empty("NoteRef", &[("targetGUID", guid)])?;
        }
        let DocumentInfo { metadata, .. } = &*source.info;
        for (variable, value) in Metadata::NAMES.iter().zip(metadata.fields()) {
            if !value.is_empty() {
                self.value(variable, value)?;
            }
        }
        self.out.close("TextSource")
    }

    fn selection(&mut self, passage: &Passage<'a>, place: &Place) -> io::Result<()> {
        let annotation = passage.annotation;
        let [start, end] = [place.chars.0, place.chars.1].map(|at| at.to_string());
        let (guid, by) = (annotation.id.to_string(), of_annotator(&annotation.annotator));
        let (created, modified) = (annotation.created.to_string(), annotation.modified.to_string());
        self.out.open(
            "PlainTextSelection",
            &[
                ("guid", &guid),
                ("name", &name_of(passage.quote)),
                ("startPosition", &start),
                ("endPosition", &end),
                ("creatingUser", &by),
                ("creationDateTime", &created),
                ("modifiedDateTime", &modified),
            ],
        )?;
        if !annotation.note.is_empty() {
            self.out.text("Description", &annotation.note)?;
        }
        self.codings(annotation)?;
        let said: Vec<String> = [place.section.clone(), place.citation.clone()].into();
        let said = std::iter::once(format!("paragraph {}", place.paragraph)).chain(said);
        let said: Vec<String> = said.filter(|words| !words.is_empty()).collect();
        for guid in self.notes_of(annotation, said.join("; ")) {
            self.out.empty("NoteRef", &[("targetGUID", &guid)])?;
        }
        self.out.close("PlainTextSelection")
    }

    fn codings(&mut self, annotation: &Annotation) -> io::Result<()> {
        let (id, by) = (annotation.id.to_string(), of_annotator(&annotation.annotator));
        let created = annotation.created.to_string();
        for (number, code) in codes::of_passage(annotation).iter().enumerate() {
            let guid = guid("coding", &[&id, &number.to_string()]);
            let attributes = [("guid", guid.as_str()), ("creatingUser", &by), ("creationDateTime", &created)];
            self.out.open("Coding", &attributes)?;
            self.out.empty("CodeRef", &[("targetGUID", code)])?;
            self.out.close("Coding")?;
        }
        Ok(())
    }

    fn link(&mut self, link: &Link) -> io::Result<()> {
        let kind = self.session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        let (guid, from, to) = (link.id.to_string(), link.from.to_string(), link.to.to_string());
        self.out.open(
            "Link",
            &[
                ("guid", &guid),
                ("name", kind),
                ("direction", "OneWay"),
                ("originGUID", &from),
                ("targetGUID", &to),
            ],
        )?;
        self.out.empty("NoteRef", &[("targetGUID", &notes::of_link(link))])?;
        self.out.close("Link")
    }
}
