//! Notes, which hold what has no place of its own.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{ProjectWriter, name_of, of_annotator, of_record};
use crate::format::refi::{COMMENT, guid};
use crate::model::{Annotation, AnnotatorId, CommentStatus, Link, OrphanAnchor, Session, Timestamp};

/// A note, to be written after the sources.
pub(super) struct Note<'a> {
    guid: String,
    name: String,
    by: Option<&'a AnnotatorId>,
    created: Timestamp,
    modified: Timestamp,
    description: String,
    text: Cow<'a, str>,
    refers_to: Vec<String>,
}

impl Note<'_> {
    /// The note by which Gainsay knows its own project again.
    pub(super) fn record(session: &Session, text: String) -> Self {
        Self {
            guid: of_record(),
            name: "Gainsay record".to_owned(),
            by: None,
            created: session.created,
            modified: session.created,
            description: "With this note Gainsay knows its own project again. Please leave it as it is."
                .to_owned(),
            text: text.into(),
            refers_to: Vec::new(),
        }
    }
}

/// The GUID of the note of a link.
pub(super) fn of_link(link: &Link) -> String {
    guid("link note", &[&link.id.to_string()])
}

/// What the name of a comment's note says of its status.
pub(in crate::format::refi) const fn said(status: Option<CommentStatus>) -> &'static str {
    match status {
        None => "",
        Some(CommentStatus::Accepted) => ": accepted",
        Some(CommentStatus::Questioned) => ": questioned",
        Some(CommentStatus::Rejected) => ": rejected",
    }
}

impl<'a, W: Write> ProjectWriter<'a, W> {
    /// Keeps the note and the comments of a passage for later; their GUIDs. `place` says where the passage stands.
    pub(super) fn notes_of(&mut self, annotation: &'a Annotation, place: String) -> Vec<String> {
        let mut guids = Vec::new();
        // A selection has room for its note alone: where it can be cited stands in the description of the note, which
        // a passage without one has for that.
        if !annotation.note.is_empty() || !place.is_empty() {
            let guid = guid("note", &[&annotation.id.to_string()]);
            guids.push(guid.clone());
            self.notes.push(Note {
                guid,
                name: if annotation.note.is_empty() { "Place" } else { "Note" }.to_owned(),
                by: Some(&annotation.annotator),
                created: annotation.created,
                modified: annotation.modified,
                description: place,
                text: (&*annotation.note).into(),
                refers_to: Vec::new(),
            });
        }
        for comment in &annotation.comments {
            guids.push(comment.id.to_string());
            self.notes.push(Note {
                guid: comment.id.to_string(),
                name: format!("{COMMENT}{}", said(comment.status)),
                by: Some(&comment.author),
                created: comment.at,
                modified: comment.at,
                description: String::new(),
                text: (&*comment.text).into(),
                refers_to: comment.reply_to.iter().map(ToString::to_string).collect(),
            });
        }
        guids
    }

    /// A passage whose text is gone becomes a note, so that no selection is made up.
    pub(super) fn orphan(&mut self, annotation: &'a Annotation, orphan: &'a OrphanAnchor) {
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
        });
    }

    /// Links have neither author nor time, and most programs drop them: a note keeps these, and says it in words.
    pub(super) fn link_note(&mut self, link: &'a Link) {
        let session = self.session;
        let quote = |id| session.annotations.get(id).map_or("", |annotation| session.quote(annotation));
        let kind = session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        self.notes.push(Note {
            guid: of_link(link),
            name: kind.to_owned(),
            by: Some(&link.annotator),
            created: link.created,
            modified: link.modified,
            description: format!("“{}” {kind} “{}”", name_of(quote(&link.from)), name_of(quote(&link.to))),
            text: (&*link.note).into(),
            refers_to: Vec::new(),
        });
    }

    pub(super) fn note(&mut self, note: &Note<'_>) -> io::Result<()> {
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
        for guid in &note.refers_to {
            self.out.empty("NoteRef", &[("targetGUID", guid)])?;
        }
        self.out.close("Note")
    }
}
