//! What a reader is given, what it tells, and how that comes into a session.
//!
//! A reader of a format ([`super::table::Reader`]) turns bytes into a [`Foreign`]: documents, scheme and passages as
//! the file tells them, offsets in whatever unit it counts in. It places nothing. [`place`] finds the passages in the
//! texts, [`take_in`] makes the edits and the report: every passage is placed, was there already, or is named with the
//! reason why not.

pub mod place;
mod take;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::{Edit, make};
use crate::format::nesting::{self, Excess, Notation};
use crate::model::{
    Actor, AnnotationId, Annotator, AnnotatorId, AttributeId, Change, Comment, DocumentInfo, ImportRecord,
    LinkId, LinkKindId, Provenance, Scheme, SessionId, SessionInfo, Statement, StatementId, TagId, Timestamp,
};

pub use place::Unit;
pub use take::{Report, Taken, Taking, take_in};
pub(in crate::format) use take::{canonical, made_id};

/// A file to be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path below the folder that was named, with `/` between folders; its name where it was named itself.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the bytes: debug output may reach a log.
        f.debug_struct("Input").field("name", &self.name).field("bytes", &self.bytes.len()).finish()
    }
}

impl Input {
    /// The name without folders and without its last ending.
    pub fn stem(&self) -> &str {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// True when its name has this ending (lower case, without the dot).
    pub fn has_extension(&self, extension: &str) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(extension))
    }

    /// Its text, a byte-order mark removed.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<&str, ReadError> {
        let text = std::str::from_utf8(&self.bytes).map_err(|error| {
            let before = &self.bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            ReadError::at(&self.name, format!("line {line}"), "it is not UTF-8 text")
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Its text, which is JSON or lines of JSON within the limits.
    ///
    /// # Errors
    /// When it is not UTF-8, is nested too deep or holds too much.
    pub(in crate::format) fn json(&self) -> Result<&str, ReadError> {
        let text = self.text()?;
        let too_much =
            |excess: Excess| ReadError::at(&self.name, format!("line {}", excess.line(text)), &excess.what);
        nesting::check(text, Notation::Json).map_err(too_much)?;
        Ok(text)
    }
}

/// What JSON's reader says, without what it has found: that may be a document's text.
pub(in crate::format) fn json_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    match words.rfind(", expected ") {
        Some(at) => words[at + 2..].to_owned(),
        None => words,
    }
}

/// Why nothing was read. Everything is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {}{what}", if .place.is_empty() { String::new() } else { format!("{place}: ") })]
pub struct ReadError {
    /// The file.
    pub file: String,
    /// The line, element or record, or empty.
    pub place: String,
    /// The cause.
    pub what: String,
}

impl ReadError {
    /// A cause that concerns the whole file.
    pub fn new(file: &str, what: impl std::fmt::Display) -> Self {
        Self::at(file, String::new(), what)
    }

    /// A cause at a place in a file.
    pub fn at(file: &str, place: impl Into<String>, what: impl std::fmt::Display) -> Self {
        Self { file: file.to_owned(), place: place.into(), what: what.to_string() }
    }
}

/// What stands in files of another format. All fields may be left empty.
#[derive(Clone, Debug, Default)]
pub struct Foreign {
    /// Id and birth of the session that was exported, when the file tells: a new session made of it gets them.
    pub origin: Option<(SessionId, Timestamp)>,
    /// Title and note; for a new session.
    pub info: SessionInfo,
    /// The documents, in order.
    pub documents: Vec<ForeignDocument>,
    /// The tags, attributes and link kinds that passages and links name, valid in itself. See [`Foreign::tag`].
    pub scheme: Scheme,
    /// Who made what.
    pub annotators: BTreeMap<AnnotatorId, Annotator>,
    /// Who speaks.
    pub actors: Vec<Actor>,
    /// What passages are about.
    pub statements: Vec<Statement>,
    /// The passages.
    pub passages: Vec<ForeignPassage>,
    /// The links between them.
    pub links: Vec<ForeignLink>,
    /// Edits that come last in a new session, for records that only Gainsay has.
    pub when_new: Vec<Edit>,
    /// What the reader has changed or could not keep, a sentence each: "3 relations with more than two ends: left
    /// out".
    pub notes: Vec<String>,
}

/// A document as a file tells of it.
#[derive(Clone, Debug, Default)]
pub struct ForeignDocument {
    /// What the file calls it: a file name, a title, an id. Matched with the session's documents when there is no
    /// text.
    pub name: String,
    /// Its id, when the file is Gainsay's own.
    pub id: Option<String>,
    /// Its text as the file holds it, byte-order mark and carriage returns included.
    pub text: Option<String>,
    /// The digest of its canonical text, hexadecimal, when the file tells.
    pub digest: Option<String>,
    /// Metadata and the like, when the file tells.
    pub info: Option<DocumentInfo>,
    /// How it once came into Gainsay, when the file is Gainsay's own.
    pub import: Option<ImportRecord>,
}

/// A passage as a file tells of it.
#[derive(Clone, Debug)]
pub struct ForeignPassage {
    /// What the file calls it, for the report.
    pub name: String,
    /// Place of its document in [`Foreign::documents`].
    pub document: usize,
    /// Where the file says that it stands. Several parts with only white space between are one passage; other parts
    /// become passages of their own.
    pub claim: Claim,
    /// Its id, when the file is Gainsay's own.
    pub id: Option<AnnotationId>,
    /// A tag of [`Foreign::scheme`].
    pub tag: TagId,
    /// A note, or empty.
    pub note: String,
    /// The tag is doubted.
    pub unsure: bool,
    /// Values of attributes of [`Foreign::scheme`].
    pub attributes: BTreeMap<AttributeId, String>,
    /// One of [`Foreign::statements`].
    pub statement: Option<StatementId>,
    /// Of [`Foreign::actors`], outermost first.
    pub voice: Vec<crate::model::ActorId>,
    /// Comments.
    pub comments: Vec<Comment>,
    /// One of [`Foreign::annotators`], when the file tells.
    pub annotator: Option<AnnotatorId>,
    /// When it was made, when the file tells.
    pub created: Option<Timestamp>,
    /// When it was last changed, when the file tells.
    pub modified: Option<Timestamp>,
    /// Where it was taken over from.
    pub provenance: Option<Provenance>,
    /// Its history.
    pub changes: Vec<Change>,
}

impl ForeignPassage {
    /// A passage of which the file tells no more than this.
    pub fn new(name: impl Into<String>, document: usize, claim: Claim, tag: TagId) -> Self {
        Self {
            name: name.into(),
            document,
            claim,
            id: None,
            tag,
            note: String::new(),
            unsure: false,
            attributes: BTreeMap::new(),
            statement: None,
            voice: Vec::new(),
            comments: Vec::new(),
            annotator: None,
            created: None,
            modified: None,
            provenance: None,
            changes: Vec::new(),
        }
    }
}

/// Where a file says that a passage stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Its parts in document order, half open, counted in `unit`; empty when the file gives none.
    pub ranges: Vec<Range<usize>>,
    /// What the file's format counts in.
    pub unit: Unit,
    /// The words, when the file gives them.
    pub quote: Option<String>,
    /// The quote may be cut off at its end.
    pub cut: bool,
    /// Text before it, as much as the file gives.
    pub before: String,
    /// Text after it.
    pub after: String,
    /// It was an orphan in Gainsay, and `ranges` its last span in bytes: it is not looked for.
    pub orphan: bool,
}

impl Claim {
    /// These words at this place, in one part.
    pub fn at(range: Range<usize>, unit: Unit, quote: impl Into<String>) -> Self {
        Self { ranges: Vec::from([range]), unit, quote: Some(quote.into()), ..Self::default() }
    }
}

/// A link as a file tells of it.
#[derive(Clone, Debug)]
pub struct ForeignLink {
    /// Its id, when the file is Gainsay's own.
    pub id: Option<LinkId>,
    /// A link kind of [`Foreign::scheme`].
    pub kind: LinkKindId,
    /// Place in [`Foreign::passages`].
    pub from: usize,
    /// Place in [`Foreign::passages`].
    pub to: usize,
    /// A note, or empty.
    pub note: String,
    /// One of [`Foreign::annotators`], when the file tells.
    pub annotator: Option<AnnotatorId>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

impl Foreign {
    /// The tag of this name, added to the scheme when it is new.
    pub fn tag(&mut self, name: &str) -> TagId {
        if let Some(tag) = self.scheme.tags.iter().find(|tag| tag.name == name) {
            return tag.id.clone();
        }
        let tag = make::new_tag(&self.scheme, name);
        self.scheme.tags.push(tag.clone());
        tag.id
    }

    /// The attribute of this name, added (with any value allowed) when it is new.
    pub fn attribute(&mut self, name: &str) -> AttributeId {
        if let Some(attribute) = self.scheme.attributes.iter().find(|attribute| attribute.name == name) {
            return attribute.id.clone();
        }
        let attribute = make::new_attribute(&self.scheme, name);
        self.scheme.attributes.push(attribute.clone());
        attribute.id
    }

    /// The link kind of this name, added when it is new.
    pub fn link_kind(&mut self, name: &str) -> LinkKindId {
        if let Some(kind) = self.scheme.link_kinds.iter().find(|kind| kind.name == name) {
            return kind.id.clone();
        }
        let kind = make::new_link_kind(&self.scheme, name);
        self.scheme.link_kinds.push(kind.clone());
        kind.id
    }

    /// The annotator of this name, added when new.
    pub fn annotator(&mut self, name: &str) -> AnnotatorId {
        let id = AnnotatorId::new(name);
        let new = || Annotator { name: name.to_owned(), note: String::new() };
        self.annotators.entry(id.clone()).or_insert_with(new);
        id
    }

    /// The person or organization of this name, added when new.
    pub fn actor(&mut self, name: &str) -> crate::model::ActorId {
        use crate::model::{ActorId, slug};
        if let Some(actor) = self.actors.iter().find(|actor| actor.name == name) {
            return actor.id.clone();
        }
        let taken = |id: &str| self.actors.iter().any(|actor| actor.id.as_str() == id);
        let id = ActorId::new(slug(name, "voice", taken));
        self.actors.push(Actor {
            id: id.clone(),
            name: name.to_owned(),
            kind: Default::default(),
            note: String::new(),
        });
        id
    }

    /// The statement of this name, added when new; its id is made of the name, the same every time.
    pub fn statement(&mut self, name: &str) -> StatementId {
        if let Some(statement) = self.statements.iter().find(|statement| statement.name == name) {
            return statement.id;
        }
        let id = StatementId(made_id(&["statement", name]));
        self.statements.push(Statement {
            id,
            name: name.to_owned(),
            definition: String::new(),
            note: String::new(),
            date: Default::default(),
            group: String::new(),
            order: u32::try_from(self.statements.len()).unwrap_or(u32::MAX),
        });
        id
    }
}
