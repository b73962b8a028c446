//! Writes projects and codebooks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Write};
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xml::Out;
use super::{COMMENT, METADATA, NAME_CHARS, ORPHAN, ORIGIN, codes, guid};
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::passages::{self, DocumentPassages, Passage, Place};
use crate::format::session;
use crate::model::{
    Anchor, Annotation, AnnotatorId, CommentStatus, Document, DocumentInfo, Link, Metadata, OrphanAnchor, Session,
    Timestamp,
};

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
        let path = format!("sources/{}.txt", of_document(document));
        zip.start_file(path, options).map_err(WriteError::unfit)?;
        zip.write_all(document.text().as_bytes())?;
    }
    let bytes = zip.finish().map_err(WriteError::unfit)?.into_inner();
    sink.file("project.qdpx")?.write_all(&bytes)?;
    Ok(losses(session, replaced))
}

fn losses(session: &Session, replaced: usize) -> Losses {
    let mut losses = Losses::default();
    let all = || session.annotations.values();
    let orphans = all().filter(|annotation| annotation.anchor.span().is_none()).count();
    losses.add(
        orphans,
        "passage whose text is gone is written as a note of its source, not as a selection",
        "passages whose text is gone are written as notes of their sources, not as selections",
    );
    let old = all().filter(|annotation| !annotation.changes.is_empty()).count();
    losses.add(old, "passage goes without its history", "passages go without their history");
    let adopted = all().filter(|annotation| annotation.provenance.is_some()).count();
    losses.add(adopted, "passage goes without where it was taken over from", "passages go without where they were taken over from");
    say_replaced(&mut losses, replaced);
    losses
}

fn say_replaced(losses: &mut Losses, replaced: usize) {
    losses.add(
        replaced,
        "control character can't stand in XML: written as \u{fffd} (the texts themselves are exact)",
        "control characters can't stand in XML: written as \u{fffd} (the texts themselves are exact)",
    );
}

/// The tags and attributes alone.
///
/// # Errors
/// When there is nothing in the scheme, or the bytes can't be written.
pub(super) fn codebook(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let scheme = &export.session.scheme;
    let codes = codes::of_scheme(scheme, &BTreeMap::new());
    if codes.is_empty() {
        return Err(WriteError::Unfit("the scheme has no tags, and a codebook must have some".to_owned()));
    }
    let mut out = Out::new(sink.file("codebook.qdc")?)?;
    out.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)])?;
    out.open("Codes", &[])?;
    codes.iter().try_for_each(|code| code.write(&mut out))?;
    out.close("Codes")?;
    out.close("CodeBook")?;
    let mut losses = Losses::default();
    let rules = scheme.tags.iter().map(|tag| tag.rules.len()).sum();
    losses.add(rules, "rule is not in this codebook", "rules are not in this codebook");
    let examples = scheme.tags.iter().map(|tag| tag.examples.len()).sum();
    losses.add(examples, "example is not in this codebook", "examples are not in this codebook");
    losses.add(
        scheme.link_kinds.len(),
        "link kind, with inverse and definition, is not in this codebook",
        "link kinds, with inverses and definitions, are not in this codebook",
    );
    let bound = scheme.attributes.iter().filter(|it| it.default.is_some() || !it.tags.is_empty()).count();
    losses.add(
        bound,
        "attribute goes without its first value and the tags it belongs to",
        "attributes go without their first values and the tags they belong to",
    );
    let retired = scheme.tags.iter().filter(|tag| tag.retired).count()
        + scheme.attributes.iter().filter(|attribute| attribute.retired).count();
    losses.add(retired, "retired entry stands among the others", "retired entries stand among the others");
    if !scheme.tags.is_empty() {
        losses.say("letters, keys and line patterns of tags are not in this codebook");
    }
    say_replaced(&mut losses, out.replaced);
    Ok(losses)
}

/// The GUID of a document's source.
pub(super) fn of_document(document: &Document) -> String {
    guid("source", &[document.id.as_str()])
}

/// The GUID of an annotator.
pub(super) fn of_annotator(id: &AnnotatorId) -> String {
    guid("user", &[id.as_str()])
}

/// The GUID of the note that holds the record.
pub(super) fn of_record() -> String {
    guid("record", &[])
}

/// The session without texts, passages and links, in the words of a session file.
fn record(session: &Session) -> String {
    let rest = Session { annotations: BTreeMap::new(), links: BTreeMap::new(), ..session.clone() };
    session::write_without_texts(&rest)
}

/// The values of a document's metadata, in the order of [`METADATA`].
pub(super) fn metadata_of(metadata: &Metadata) -> [&str; METADATA.len()] {
    let Metadata { title_short, title, author, container_title, issued, url, accessed, language, genre, note } =
        metadata;
    let (issued, accessed) = (issued.as_str(), accessed.as_str());
    [title, title_short, author, container_title, issued, url, accessed, language, genre, note]
}

/// The beginning of the words, cut between what a reader sees as characters, at a control character at the latest.
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

/// A note, to be written after the sources.
struct Note<'a> {
    guid: String,
    name: String,
    by: Option<&'a AnnotatorId>,
    created: Timestamp,
    modified: Timestamp,
    description: String,
    text: std::borrow::Cow<'a, str>,
    refers_to: Vec<String>,
    /// The passage it stands for, which is an orphan.
    orphan: Option<(&'a Annotation, &'a OrphanAnchor)>,
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
        self.notes.push(Note {
            guid: of_record(),
            name: "Gainsay record".to_owned(),
            by: None,
            created: session.created,
            modified: session.created,
            description: "With this note Gainsay knows its own project again. Please leave it as it is.".to_owned(),
            text: record(session).into(),
            refers_to: Vec::new(),
            orphan: None,
        });
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
        let is_used = |at: usize| {
            documents.iter().any(|document| !metadata_of(&document.info.metadata)[at].is_empty())
        };
        let mut names: Vec<&str> = (0..METADATA.len()).filter(|at| is_used(*at)).map(|at| METADATA[at]).collect();
        if self.session.annotations.values().any(|annotation| annotation.anchor.span().is_none()) {
            names.extend(ORPHAN);
        }
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
        let guid = of_document(source);
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
        for (variable, value) in METADATA.iter().zip(metadata_of(metadata)) {
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

    /// Keeps the note and the comments of a passage for later; their GUIDs. `place` says where the passage stands.
    fn notes_of(&mut self, annotation: &'a Annotation, place: String) -> Vec<String> {
        let mut guids = Vec::new();
        if !annotation.note.is_empty() {
            let guid = guid("note", &[&annotation.id.to_string()]);
            guids.push(guid.clone());
            self.notes.push(Note {
                guid,
                name: "Note".to_owned(),
                by: Some(&annotation.annotator),
                created: annotation.created,
                modified: annotation.modified,
                description: place,
                text: (&*annotation.note).into(),
                refers_to: Vec::new(),
                orphan: None,
            });
        }
        for comment in &annotation.comments {
            let status = match comment.status {
                None => "",
                Some(CommentStatus::Accepted) => ": accepted",
                Some(CommentStatus::Questioned) => ": questioned",
                Some(CommentStatus::Rejected) => ": rejected",
            };
            guids.push(comment.id.to_string());
            self.notes.push(Note {
                guid: comment.id.to_string(),
                name: format!("{COMMENT}{status}"),
                by: Some(&comment.author),
                created: comment.at,
                modified: comment.at,
                description: String::new(),
                text: (&*comment.text).into(),
                refers_to: comment.reply_to.iter().map(ToString::to_string).collect(),
                orphan: None,
            });
        }
        guids
    }

    /// A passage whose text is gone becomes a note, so that no selection is made up.
    fn orphan(&mut self, annotation: &'a Annotation, orphan: &'a OrphanAnchor) {
        let refers_to = self.notes_of(annotation, String::new());
        self.notes.push(Note {
            guid: annotation.id.to_string(),
            name: name_of(&format!("Text is gone: {}", orphan.quote)),
            by: Some(&annotation.annotator),
            created: annotation.created,
            modified: annotation.modified,
            description: annotation.note.clone(),
            text: (&*orphan.quote).into(),
            refers_to,
            orphan: Some((annotation, orphan)),
        });
    }

    /// Links have neither author nor time, and most programs drop them: a note keeps these, and says it in words.
    fn link_note(&mut self, link: &'a Link) {
        let session = self.session;
        let quote = |id| session.annotations.get(id).map_or("", |annotation| session.quote(annotation));
        let kind = session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        self.notes.push(Note {
            guid: of_link_note(link),
            name: kind.to_owned(),
            by: Some(&link.annotator),
            created: link.created,
            modified: link.modified,
            description: format!("“{}” {kind} “{}”", name_of(quote(&link.from)), name_of(quote(&link.to))),
            text: (&*link.note).into(),
            refers_to: Vec::new(),
            orphan: None,
        });
    }

    fn note(&mut self, note: &Note<'a>) -> io::Result<()> {
        let by = note.by.map(of_annotator);
        let (created, modified) = (note.created.to_string(), note.modified.to_string());
        let mut attributes = vec![("guid", note.guid.as_str()), ("name", &note.name)];
        attributes.extend(by.as_deref().map(|by| ("creatingUser", by)));
        attributes.extend([("creationDateTime", created.as_str()), ("modifiedDateTime", &modified)]);
        self.out.open("Note", &attributes)?;
        if !note.description.is_empty() {
            self.out.text("Description", &note.description)?;
        }
        self.out.text("PlainTextContent", &note.text)?;
        if let Some((annotation, _)) = note.orphan {
            self.codings(annotation)?;
        }
        for guid in &note.refers_to {
            self.out.empty("NoteRef", &[("targetGUID", guid)])?;
        }
        if let Some((_, orphan)) = note.orphan {
            let last = format!("{}-{}", orphan.last.start(), orphan.last.end());
            for (variable, value) in ORPHAN.iter().zip([&orphan.before, &orphan.after, &last]) {
                self.value(variable, value)?;
            }
        }
        self.out.close("Note")
    }

    fn link(&mut self, link: &Link) -> io::Result<()> {
        let kind = self.session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        let (guid, from, to) = (link.id.to_string(), link.from.to_string(), link.to.to_string());
        self.out.open(
            "Link",
            &[("guid", &guid), ("name", kind), ("direction", "OneWay"), ("originGUID", &from), ("targetGUID", &to)],
        )?;
        self.out.empty("NoteRef", &[("targetGUID", &of_link_note(link))])?;
        self.out.close("Link")
    }
}

fn of_link_note(link: &Link) -> String {
    guid("link note", &[&link.id.to_string()])
}
