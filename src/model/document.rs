//! Documents: an immutable text, how it came here, and what is known about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AnnotatorId, Digest, DocumentId, PartialDate, Span, Timestamp};

/// A source as read: its text, which never changes, and what is known about it, which may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// A readable id, unique in the session.
    pub id: DocumentId,
    /// The text and where it came from. Never edited.
    pub source: Arc<Source>,
    /// Metadata, presentation, furniture, reading status.
    pub info: Arc<DocumentInfo>,
}

impl Document {
    /// The canonical text.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The name to show where there is little room: the short label, else the title, else what it was called when
    /// it came, else the id.
    pub fn label(&self) -> &str {
        let metadata = &self.info.metadata;
        self.first_of([&metadata.title_short, &metadata.title])
    }

    /// The title, else the short label, else what it was called when it came, else the id.
    pub fn title(&self) -> &str {
        let metadata = &self.info.metadata;
        self.first_of([&metadata.title, &metadata.title_short])
    }

    fn first_of<'a>(&'a self, names: [&'a String; 2]) -> &'a str {
        let names = names.into_iter().chain([&self.source.import.name]).map(String::as_str);
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| self.id.as_str())
    }
}

/// A canonical text with its digest and the record of its import.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// Decoded UTF-8, byte-order mark removed, CRLF and CR turned into LF, nothing else changed.
    pub text: Arc<str>,
    /// SHA-256 of the canonical text's bytes.
    pub digest: Digest,
    /// How the text came here.
    pub import: ImportRecord,
}

impl Source {
    /// A source whose digest is computed from `text`.
    pub fn new(text: impl Into<Arc<str>>, import: ImportRecord) -> Self {
        let text = text.into();
        Self { digest: Digest::of(text.as_bytes()), text, import }
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the text itself: debug output may reach a log.
        f.debug_struct("Source").field("bytes", &self.text.len()).field("digest", &self.digest).finish()
    }
}

/// What was done to a file's bytes to get the canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// The file's name without folders; `None` for pasted text.
    pub file_name: Option<String>,
    /// What it is called as long as it has no title: its heading, subject or first words. Not what a reader says of
    /// it, so no metadata.
    pub name: String,
    /// SHA-256 of the original bytes.
    pub digest: Digest,
    /// Number of original bytes.
    pub bytes: u64,
    /// Name of the encoding they were read in, as the WHATWG Encoding Standard names it, such as `UTF-8`.
    pub encoding: String,
    /// A byte-order mark was removed.
    pub byte_order_mark: bool,
    /// The line ends that were found.
    pub line_ends: LineEnds,
    /// When.
    pub at: Timestamp,
}

impl ImportRecord {
    /// That of a text which came as it is: UTF-8 with line feeds, from no file.
    pub fn of_text(text: &str, at: Timestamp) -> Self {
        Self {
            file_name: None,
            name: String::new(),
            digest: Digest::of(text.as_bytes()),
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            byte_order_mark: false,
            line_ends: LineEnds::Lf,
            at,
        }
    }
}

/// The line ends found in a file, before they were turned into LF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// No line end at all.
    #[default]
    None,
    /// LF alone.
    Lf,
    /// CRLF alone.
    CrLf,
    /// CR alone.
    Cr,
    /// More than one kind.
    Mixed,
}

/// What is known about a document, all of it editable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Title, author, date and so on.
    pub metadata: Metadata,
    /// Plain or rendered Markdown.
    pub presentation: Presentation,
    /// Ranges marked *not text*: letterhead, page numbers. Sorted, not overlapping.
    pub furniture: Vec<Span>,
    /// How far each annotator has read.
    pub reading: BTreeMap<AnnotatorId, Reading>,
    /// A free name to group documents by, or empty.
    pub group: String,
    /// Digests of the texts that stood here before the present one, sorted: by them a session that was made on one of
    /// those finds its document here.
    pub earlier: Vec<Digest>,
}

/// Bibliographic data; fields named as CSL-JSON names them (hyphens as underscores). Empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// A short label for narrow places (`title-short`).
    pub title_short: String,
    /// Title.
    pub title: String,
    /// Author or authors, as typed.
    pub author: String,
    /// Outlet: newspaper, site, institution (`container-title`).
    pub container_title: String,
    /// Date of publication, possibly partial.
    pub issued: PartialDate,
    /// Address (`URL`).
    pub url: String,
    /// Date of retrieval, possibly partial.
    pub accessed: PartialDate,
    /// Language, as a BCP 47 tag such as `nl`.
    pub language: String,
    /// Kind of source: letter, report, press release.
    pub genre: String,
    /// A note.
    pub note: String,
}

impl Metadata {
    /// The names of CSL-JSON for the fields, in the order of [`Metadata::fields`].
    pub const NAMES: [&str; 10] = [
        "title",
        "title-short",
        "author",
        "container-title",
        "issued",
        "URL",
        "accessed",
        "language",
        "genre",
        "note",
    ];

    /// What the fields say, in the order of [`Metadata::NAMES`].
    pub fn fields(&self) -> [&str; Self::NAMES.len()] {
        [
            &self.title,
            &self.title_short,
            &self.author,
            &self.container_title,
            self.issued.as_str(),
            &self.url,
            self.accessed.as_str(),
            &self.language,
            &self.genre,
            &self.note,
        ]
    }

    /// Lets the field of this CSL-JSON name say something else; `false` when there is none.
    pub fn set(&mut self, name: &str, text: &str) -> bool {
        let field = match name {
            "issued" => {
                self.issued = PartialDate::new(text);
                return true;
            }
            "accessed" => {
                self.accessed = PartialDate::new(text);
                return true;
            }
            "title" => &mut self.title,
            "title-short" => &mut self.title_short,
            "author" => &mut self.author,
            "container-title" => &mut self.container_title,
            "URL" => &mut self.url,
            "language" => &mut self.language,
            "genre" => &mut self.genre,
            "note" => &mut self.note,
            _ => return false,
        };
        text.clone_into(field);
        true
    }
}

/// How a document is shown. Switching moves no offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presentation {
    /// Every character as it stands.
    #[default]
    Plain,
    /// Markdown as reading text, its marks hidden.
    Markdown,
}

/// One annotator's reading of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How far.
    pub status: ReadingStatus,
    /// When it was set.
    pub at: Timestamp,
}

/// How far an annotator has read a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadingStatus {
    /// Not opened yet.
    #[default]
    Unread,
    /// Being read.
    Reading,
    /// Read and marked to the end.
    Done,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_metadata_is_set_and_told_by_its_name() {
        let mut metadata = Metadata::default();
        for name in Metadata::NAMES {
            assert!(metadata.set(name, &format!("e\u{301} {name}")));
        }
        assert_eq!(metadata.fields().to_vec(), Metadata::NAMES.map(|name| format!("e\u{301} {name}")));
        assert!(!metadata.set("title_short", "x"));
    }
}
