//! What reads of a session file that RON can't read as a whole: its records one by one, with a sentence for each that
//! does not.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::pieces::{self, Line, Piece, Pieces};
use super::v1::{File, Scheme};
use super::{FORMAT, Place, ReadError, called, mend, syntax, text::Text};
use crate::format::nesting::{self, Notation};
use crate::format::words::grouped;
use crate::model::{Digest, DocumentId, SessionId, Timestamp, limits};

/// Lines are kept in memory while they are looked at.
const MOST_LINES: usize = 4_000_000;

/// Reads what reads.
///
/// # Errors
/// Why nothing can be offered, in words.
pub(super) fn read(bytes: &[u8]) -> Result<(File<'static>, Vec<String>), String> {
    let breaks = memchr::memchr_iter(b'\n', bytes).count();
    let values = memchr::memchr_iter(b',', bytes).count();
    if breaks > MOST_LINES || values > limits::RON_VALUES {
        let most = grouped(MOST_LINES);
        return Err(format!("it is damaged, and too large to be read line by line: more than {most} lines"));
    }
    let lines = pieces::lines(bytes);
    let mut reader = Reader::new(Digest::of(bytes));
    match pieces::sides(&lines) {
        None => reader.take(&pieces::cut(&lines)),
        Some([ours, theirs]) => {
            reader.said.push(
                "a merge by git was left unfinished; of a record that stands in both versions the first was kept"
                    .to_owned(),
            );
            reader.take(&pieces::cut(&ours));
            reader.is_second = true;
            reader.take(&pieces::cut(&theirs));
        }
    }
    reader.finish()
}

struct Reader<'a> {
    file: File<'static>,
    said: Vec<String>,
    /// How many of each kind were found, sound or not.
    found: BTreeMap<&'static str, usize>,
    /// The blocks of the first version of a file that was left half merged.
    seen: BTreeSet<Vec<&'a [u8]>>,
    is_second: bool,
    is_closed: bool,
    head: BTreeSet<&'static str>,
}

impl<'a> Reader<'a> {
    fn new(digest: Digest) -> Self {
        let digits: String = digest.to_string().chars().take(32).collect();
        let id = uuid::Uuid::try_parse(&digits).unwrap_or_default();
        let file = File {
            format: FORMAT,
            id: Text(SessionId(id)),
            created: Text(Timestamp::from_second(0)),
            title: "".into(),
            note: "".into(),
            annotators: Vec::new(),
            documents: Vec::new(),
            scheme: Scheme { tags: Vec::new(), attributes: Vec::new(), link_kinds: Vec::new() },
            actors: Vec::new(),
            statements: Vec::new(),
            annotations: Vec::new(),
            links: Vec::new(),
            alerts_aside: Vec::new(),
            tag_mappings: Vec::new(),
            statement_mappings: Vec::new(),
            decisions: Vec::new(),
            remarks: Vec::new(),
            conflicts: Vec::new(),
            texts: Vec::new(),
        };
        Self {
            file,
            said: Vec::new(),
            found: BTreeMap::new(),
            seen: BTreeSet::new(),
            is_second: false,
            is_closed: false,
            head: BTreeSet::new(),
        }
    }

    fn take(&mut self, cut: &Pieces<'a>) {
        self.is_closed |= cut.is_closed;
        for line in &cut.head {
            self.take_head(*line);
        }
        for piece in &cut.pieces {
            let is_new = !self.seen.contains(&piece.lines);
            if self.is_second && !is_new {
                continue;
            }
            self.seen.insert(piece.lines.clone());
            *self.found.entry(piece.name).or_default() += 1;
            let taken = match piece.name {
                "Annotator" => self.push(piece, |file| &mut file.annotators),
                "Document" => self.push(piece, |file| &mut file.documents),
                "Tag" => self.push(piece, |file| &mut file.scheme.tags),
                "Attribute" => self.push(piece, |file| &mut file.scheme.attributes),
                "LinkKind" => self.push(piece, |file| &mut file.scheme.link_kinds),
                "Actor" => self.push(piece, |file| &mut file.actors),
                "Statement" => self.push(piece, |file| &mut file.statements),
                "Annotation" => self.push_annotation(piece),
                "Link" => self.push(piece, |file| &mut file.links),
                "Alert" => self.push(piece, |file| &mut file.alerts_aside),
                "TagMapping" => self.push(piece, |file| &mut file.tag_mappings),
                "StatementMapping" => self.push(piece, |file| &mut file.statement_mappings),
                "Decision" => self.push(piece, |file| &mut file.decisions),
                "Remark" => self.push(piece, |file| &mut file.remarks),
                "Conflict" => self.push(piece, |file| &mut file.conflicts),
                "Text" => self.push(piece, |file| &mut file.texts),
                _ => Err("what it was cannot be seen".to_owned()),
            };
            if let Err(why) = taken {
                let (name, id) = self.name_of(piece);
                self.said.push(format!("{name}: {why}; it was left out{id}"));
            }
        }
    }

    fn push<T: DeserializeOwned>(
        &mut self,
        piece: &Piece<'_>,
        list: impl for<'f> FnOnce(&'f mut File<'static>) -> &'f mut Vec<T>,
    ) -> Result<(), String> {
        list(&mut self.file).push(parse(piece)?);
        Ok(())
    }

    /// An annotation, also one in whose words or notes bytes are damaged.
    fn push_annotation(&mut self, piece: &Piece<'_>) -> Result<(), String> {
        let why = match parse(piece) {
            Ok(annotation) => {
                self.file.annotations.push(annotation);
                return Ok(());
            }
            Err(why) if !piece.whole => return Err(why),
            Err(why) => why,
        };
        let (block, done) = mend::mended(piece);
        // Why it does not read as it stands says more than why it does not after that.
        self.file.annotations.push(parse_block(&block, piece.line).map_err(|_| why)?);
        if !done.is_empty() {
            let (name, id) = self.name_of(piece);
            self.said.push(format!("{name}: {}; it was kept{id}", done.join(", ")));
        }
        Ok(())
    }

    /// A field of the session itself, such as its title.
    fn take_head(&mut self, (number, line): Line<'_>) {
        let field = std::str::from_utf8(line).ok().filter(|line| !line.contains(char::is_control));
        let field = field.and_then(|line| line.trim().strip_suffix(',')?.split_once(": "));
        let taken = field.and_then(|(name, value)| {
            let words = || ron::from_str::<String>(value).ok();
            match name {
                "format" => value.parse::<u32>().ok().map(|format| {
                    self.file.format = format;
                    "format"
                }),
                "id" => words()?.parse().ok().map(|id| {
                    self.file.id = Text(id);
                    "id"
                }),
                "created" => words()?.parse().ok().map(|at| {
                    self.file.created = Text(at);
                    "created"
                }),
                "title" => words().map(|title| {
                    self.file.title = title.into();
                    "title"
                }),
                "note" => words().map(|note| {
                    self.file.note = note.into();
                    "note"
                }),
                _ => None,
            }
        });
        match taken {
            Some(name) => drop(self.head.insert(name)),
            None => self.said.push(format!("line {number}: it cannot be read; it was left out")),
        }
    }

    /// Which record it is, in words that a reader knows, as far as it can be read: its words and its document, else its
    /// kind and number; and for the end of the sentence where it stands in the file, with its id.
    fn name_of(&self, piece: &Piece<'_>) -> (String, String) {
        let number = self.found.get(piece.name).copied().unwrap_or_default();
        let raw = |name: &str| {
            let mut fields = piece.lines.iter().filter_map(|line| std::str::from_utf8(line).ok());
            fields.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": ")?.strip_suffix(','))
        };
        let words = |name| ron::from_str::<String>(raw(name)?).ok();
        let document = words("document");
        let document = document.as_deref().map(|id| {
            let known = self.file.documents.iter().find(|record| record.id.0.as_str() == id);
            known.map_or_else(|| id.to_owned(), called::label)
        });
        let quote = words("quote").unwrap_or_default();
        let title = words("title").or_else(|| words("name")).unwrap_or_default();
        let kind = kind(piece.name);
        let name = match document {
            Some(document) if piece.name == "Annotation" => called::annotation(&quote, &document, None),
            Some(document) => format!("{kind} {number} in {document}"),
            None if !title.is_empty() => format!("{kind} {number}, “{}”", called::short(&title)),
            None => format!("{kind} {number}"),
        };
        let id = words("id").map(|id| format!("; {id}")).unwrap_or_default();
        (name, format!(" (line {} of the file{id})", piece.line))
    }

    fn finish(mut self) -> Result<(File<'static>, Vec<String>), String> {
        if self.file.format != FORMAT {
            return Err(match u64::from(self.file.format) {
                0 => "there is no format 0".to_owned(),
                found => ReadError::NewerFormat { found }.to_string(),
            });
        }
        let found = |name| self.found.get(name).copied().unwrap_or_default();
        let (documents, annotations) = (found("Document"), found("Annotation"));
        let is_sound = |id: &DocumentId, digest: Digest| {
            let text = self.file.texts.iter().find(|text| text.document.0 == *id);
            text.is_some_and(|text| Digest::of(text.lines.join("\n").as_bytes()) == digest)
        };
        if documents + annotations + found("Text") > 0
            && !self.file.documents.iter().any(|record| is_sound(&record.id.0, record.digest.0))
        {
            let cause = if self.is_closed { "" } else { ", for the file was cut off" };
            return Err(super::sound::no_texts(cause, documents, annotations));
        }
        if self.file.annotators.is_empty() && self.file.scheme.tags.is_empty() && documents == 0 {
            return Err("nothing sound was found in it".to_owned());
        }
        let missing: Vec<&str> =
            ["id", "created", "title"].into_iter().filter(|name| !self.head.contains(name)).collect();
        if !missing.is_empty() {
            self.said.push(format!("of the session itself could not be read: {}", missing.join(", ")));
        }
        if !self.is_closed {
            self.said.push("the file has no end: what stood after its last record is not known".to_owned());
        }
        Ok((self.file, self.said))
    }
}

fn parse<T: DeserializeOwned>(piece: &Piece<'_>) -> Result<T, String> {
    let block = piece.lines.join(&b'\n');
    let block = std::str::from_utf8(&block).map_err(|_| "a byte in it is not UTF-8".to_owned())?;
    // The program writes none of these as they are.
    if block.contains(|c: char| c.is_control() && c != '\n') {
        return Err("there is a control character in it".to_owned());
    }
    if !piece.whole {
        return Err("its beginning or its end is missing".to_owned());
    }
    parse_block(block, piece.line)
}

fn parse_block<T: DeserializeOwned>(block: &str, first: usize) -> Result<T, String> {
    let block = block.strip_suffix(',').unwrap_or(block);
    nesting::check(block, Notation::Ron).map_err(|excess| excess.what)?;
    ron::from_str(block.trim_start()).map_err(|error| match syntax::error(block, &error) {
        ReadError::Syntax { place: Place { line, .. }, what, cut_off: false } => {
            format!("line {}: {what}", first + line - 1)
        }
        _ => "it has no end".to_owned(),
    })
}

/// What the reader calls a record.
fn kind(name: &str) -> &'static str {
    match name {
        "Annotator" => "annotator",
        "Document" => "document",
        "Tag" => "tag",
        "Attribute" => "attribute",
        "LinkKind" => "link kind",
        "Actor" => "voice",
        "Statement" => "statement",
        "Annotation" => "annotation",
        "Link" => "link",
        "Alert" => "alert set aside",
        "TagMapping" => "tag mapping",
        "StatementMapping" => "statement mapping",
        "Decision" => "decision",
        "Remark" => "remark",
        "Conflict" => "undecided conflict",
        "Text" => "text",
        _ => "record",
    }
}

#[cfg(test)]
#[path = "loose/tests.rs"]
mod tests;
