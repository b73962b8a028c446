//! From bytes to the structs of the file, and on to a session when all of it is sound.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::build::{Found, build};
use super::v1::{DIGEST_LINE, DocumentText, File};
use super::{FORMAT, Notice, Place, ReadError, ReadSession, Wanted, WithoutTexts, syntax};
use crate::format::nesting::{self, Notation};
use crate::model::{Digest, DocumentId, Problem};

/// A file whose structure was read.
#[derive(Clone)]
pub(super) struct Raw {
    pub file: File<'static>,
    /// The file's text, to find places in.
    pub source: Arc<str>,
    pub digest: Digest,
    pub notices: Vec<Notice>,
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the file itself: debug output may reach a log.
        f.debug_struct("Raw").field("digest", &self.digest).field("notices", &self.notices).finish()
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<ReadSession, ReadError> {
    let raw = parse(bytes)?;
    if raw.lacks_texts() { Err(needs_sources(raw)) } else { finish(raw) }
}

pub(super) fn with_sources(
    waiting: &WithoutTexts,
    texts: &BTreeMap<DocumentId, String>,
) -> Result<ReadSession, ReadError> {
    let mut raw = waiting.raw.clone();
    let mut others = Vec::new();
    for wanted in &waiting.wanted {
        let Some(text) = texts.get(&wanted.document) else { return Err(needs_sources(raw)) };
        if Digest::of(text.as_bytes()) != wanted.digest {
            others.push(wanted.name());
        }
        let lines = vec![Cow::Owned(text.clone())];
        raw.file.texts.push(DocumentText { document: super::text::Text(wanted.document.clone()), lines });
    }
    if others.is_empty() { finish(raw) } else { Err(ReadError::OtherSources { documents: others }) }
}

impl Raw {
    pub(super) fn lacks_texts(&self) -> bool {
        self.file.texts.is_empty() && !self.file.documents.is_empty()
    }
}

impl Wanted {
    /// The title, else the file's name, else the id.
    pub fn name(&self) -> String {
        let title = (!self.title.is_empty()).then(|| self.title.clone());
        title.or_else(|| self.file_name.clone()).unwrap_or_else(|| self.document.to_string())
    }
}

fn needs_sources(raw: Raw) -> ReadError {
    let wanted = raw.file.documents.iter().map(|document| Wanted {
        document: document.id.0.clone(),
        title: document.info.metadata.title.clone().into_owned(),
        file_name: document.import.file_name.as_deref().map(str::to_owned),
        digest: document.digest.0,
        file_digest: document.import.digest.0,
        encoding: document.import.encoding.clone().into_owned(),
    });
    ReadError::NeedsSources(Box::new(WithoutTexts { wanted: wanted.collect(), raw }))
}

/// The structs of the file, when its bytes are those of a session file of this format.
pub(super) fn parse(bytes: &[u8]) -> Result<Raw, ReadError> {
    let text = syntax::text_of(bytes)?;
    match parse_text(bytes, text) {
        Err(error @ ReadError::NewerFormat { .. }) => Err(error),
        // Of a file that git left half merged this is all there is to say.
        Err(error) => Err(syntax::conflict_marker(text).unwrap_or(error)),
        Ok(raw) => Ok(raw),
    }
}

fn parse_text(bytes: &[u8], text: &str) -> Result<Raw, ReadError> {
    let mut notices = Vec::new();
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        notices.push(Notice::ByteOrderMarkAdded);
    }
    match syntax::format_of(text)? {
        found if found > u64::from(FORMAT) => return Err(ReadError::NewerFormat { found }),
        0 => return Err(ReadError::NotASession { why: "there is no format 0".to_owned() }),
        _ => {}
    }
    nesting::check(text, Notation::Ron).map_err(|excess| ReadError::Syntax {
        place: Place::of(text.as_bytes(), excess.at),
        what: excess.what,
        cut_off: false,
    })?;
    let file: File<'static> = ron::from_str(text).map_err(|error| syntax::error(text, &error))?;
    notices.extend(digest_notice(text));
    Ok(Raw { file, source: Arc::from(text), digest: Digest::of(bytes), notices })
}

/// Compares the last line with the file, and again with CRLF turned into LF.
fn digest_notice(text: &str) -> Option<Notice> {
    let end = text.trim_ascii_end();
    let (body, last) = end.split_at(end.rfind('\n').map_or(0, |at| at + 1));
    let Some(recorded) = last.strip_prefix(DIGEST_LINE) else { return Some(Notice::EditedByHand) };
    // As text: a digest with one letter made a capital is not what was written.
    if Digest::of(body.as_bytes()).to_string() == recorded {
        None
    } else if Digest::of(body.replace("\r\n", "\n").as_bytes()).to_string() == recorded {
        Some(Notice::LineEndsConverted)
    } else {
        Some(Notice::EditedByHand)
    }
}

fn finish(raw: Raw) -> Result<ReadSession, ReadError> {
    let Raw { file, source, digest, notices } = raw;
    let built = build(file);
    let problems = built.session.problems();
    let damaged: Vec<String> = (problems.iter())
        .filter_map(|problem| match problem {
            Problem::Damaged { document } => {
                let record = built.session.documents.iter().find(|record| record.id.as_str() == document);
                Some(record.map_or(document.as_str(), |record| record.title()).to_owned())
            }
            _ => None,
        })
        .collect();
    if !damaged.is_empty() {
        return Err(ReadError::Damaged { documents: damaged });
    }
    // What does not fit together often follows from what could not be taken over: say the cause.
    let found = match built.found {
        found if found.is_empty() => problems.iter().map(Found::from).collect(),
        found => found,
    };
    if found.is_empty() {
        return Ok(ReadSession { session: built.session, digest, notices });
    }
    Err(ReadError::Invalid { problems: placed(found, &source) })
}

/// Problems with their places, in the order of the file.
fn placed(found: Vec<Found>, source: &str) -> Vec<(Option<Place>, String)> {
    /// A place costs a search through the file; nobody reads a longer list.
    const PLACES: usize = 100;
    let mut problems: Vec<(Option<Place>, String)> = (found.into_iter().enumerate())
        .map(|(number, found)| (if number < PLACES { found.place(source) } else { None }, found.what))
        .collect();
    problems.sort_by_key(|(place, _)| (place.is_none(), *place));
    problems
}
