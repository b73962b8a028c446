//! Sources, and the selections in them.

use std::collections::BTreeSet;

use super::super::xml::{Element, clean};
use super::super::{COMMENT, write};
use super::codes::Meaning;
use super::names::{quote, together};
use super::{Project, UNTAGGED, time};
use crate::format::decode;
use crate::format::export::{Losses, document_files};
use crate::format::import::{Claim, ForeignDocument, ForeignPassage, ReadError, Unit};
use crate::format::kept;
use crate::model::{Anchor, Annotation, AnnotationId, Comment, CommentId, CommentStatus, Metadata, TagId};

/// How often what could not be kept was met.
#[derive(Default)]
pub(super) struct Told {
    pub(super) other_links: usize,
    pub(super) undirected: usize,
    pub(super) named: Vec<String>,
    unknown_codes: usize,
    whole: usize,
    other_selections: usize,
    variables: usize,
}

impl Told {
    /// A sentence each.
    pub(super) fn sentences(&self) -> Losses {
        let mut notes = Losses(self.named.clone());
        notes.add(
            self.unknown_codes,
            "coding with a code that is not in the codebook: left out",
            "codings with codes that are not in the codebook: left out",
        );
        notes.add(self.whole, "coding of a whole document: left out", "codings of whole documents: left out");
        notes.add(
            self.other_selections,
            "selection in something else than plain text: left out",
            "selections in something else than plain text: left out",
        );
        notes.add(self.variables, "variable of a document: left out", "variables of documents: left out");
        notes.add(
            self.other_links,
            "link between other things than passages: left out",
            "links between other things than passages: left out",
        );
        notes.add(
            self.undirected,
            "link without one direction: read from its origin to its target",
            "links without one direction: read from their origins to their targets",
        );
        notes
    }
}

impl<'a> Project<'a> {
    /// The documents, in the order of the file.
    pub(super) fn documents(&mut self) -> Result<(), ReadError> {
        let names = self.head.as_ref().map_or_else(Vec::new, |head| document_files(head, "txt"));
        let own = |guid: &str| {
            let documents = &self.head.as_ref()?.documents;
            Some(names[documents.iter().position(|it| write::of_document(&it.id) == guid)?].clone())
        };
        let mut taken = BTreeSet::new();
        let mut found = Vec::new();
        for source in self.root.list("Sources") {
            let guid = source.guid("guid").unwrap_or_default();
            let said = source.get("name").map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&guid);
            if source.name != "TextSource" {
                let what = source.name.strip_suffix("Source").unwrap_or(&source.name).to_lowercase();
                self.told.named.push(format!("{said}: a source of kind {what}, not plain text: left out"));
                continue;
            }
            let base = own(&guid).unwrap_or_else(|| said.to_owned());
            let mut all =
                std::iter::once(base.clone()).chain((2_u64..).map(|number| format!("{base} ({number})")));
            let name = all.find(|name| taken.insert(name.clone())).unwrap_or(base);
            found.push((source, guid, name));
        }
        for (source, guid, name) in found {
            let text = match self.text(source) {
                Ok(text) => text,
                Err(why) if why.place.is_empty() => {
                    self.told.named.push(format!("{name}: {}: left out", why.what));
                    continue;
                }
                Err(why) => return Err(why),
            };
            self.foreign.documents.push(ForeignDocument {
                name: name.clone(),
                text,
                ..ForeignDocument::default()
            });
            self.sources.push((guid, name, source));
        }
        Ok(())
    }

    /// The text of a source; `None` when it stands outside of the project.
    fn text(&mut self, source: &Element) -> Result<Option<String>, ReadError> {
        if let Some(content) = source.child("PlainTextContent") {
            return Ok(Some(content.text.clone()));
        }
        let fail = |what: String| ReadError::new("", what);
        let Some(path) = source.get("plainTextPath").filter(|path| !path.is_empty()) else {
            return match source.get("richTextPath") {
                Some(path) => Err(fail(format!("it has no plain text, only {path}"))),
                None => Ok(None),
            };
        };
        let Some(bytes) = self.archive.source(path)? else {
            return if path.starts_with("internal://") {
                Err(fail(format!("its text {path} is not in the file")))
            } else {
                Ok(None)
            };
        };
        // Canonical texts are kept as they are, whatever they look like.
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(text.to_owned())),
            Err(_) => {
                decode::decode(&bytes, None).map(|it| Some(it.text)).map_err(|error| fail(error.to_string()))
            }
        }
    }

    /// What the file says of a document, and the passages in it.
    pub(super) fn source(&mut self, document: usize, source: &'a Element) {
        self.metadata(document, source);
        self.told.whole += source.all("Coding").count();
        for selection in &source.children {
            match selection.name.as_str() {
                "PlainTextSelection" => self.selection(document, selection),
                name if name.ends_with("Selection") => self.told.other_selections += 1,
                _ => {}
            }
        }
    }

    fn metadata(&mut self, at: usize, source: &'a Element) {
        let document = &mut self.foreign.documents[at];
        let is_own = document.id.is_some();
        let mut info = document.info.take();
        for value in source.all("VariableValue") {
            let name = value.child("VariableRef").and_then(|it| it.guid("targetGUID"));
            let name = name.and_then(|guid| self.variables.get(&guid).copied());
            let text = value.children.iter().find(|it| it.name.ends_with("Value")).map_or("", |it| &it.text);
            let known = name.and_then(|name| Metadata::NAMES.into_iter().find(|own| *own == name));
            match known {
                Some(known) => put(&mut info.get_or_insert_default().metadata, known, text),
                None => self.told.variables += usize::from(!text.is_empty()),
            }
        }
        let notes: Vec<String> = source.targets("NoteRef").collect();
        if !is_own {
            let said = std::iter::once(source.description());
            let texts: Vec<&str> = said.chain(notes.iter().filter_map(|guid| self.note_text(guid))).collect();
            if let Some(text) = together(&texts) {
                let metadata: &mut Metadata = &mut info.get_or_insert_default().metadata;
                metadata.note = together(&[&metadata.note, &text]).unwrap_or_default();
            }
        }
        let document = &mut self.foreign.documents[at];
        if let Some(info) = info.as_mut().filter(|info| !is_own && info.metadata.title.is_empty()) {
            info.metadata.title.clone_from(&document.name);
        }
        document.info = info;
        self.used_notes.extend(notes);
    }

    fn selection(&mut self, document: usize, selection: &'a Element) {
        let offset = |name| selection.get(name).and_then(|it| it.trim().parse::<usize>().ok());
        let (start, end) = (offset("startPosition"), offset("endPosition"));
        let mut claim = Claim { unit: Unit::Chars, ..Claim::default() };
        claim.ranges.extend(start.zip(end).map(|(start, end)| start..end));
        quote(&mut claim, selection.get("name").unwrap_or_default(), self.head.is_some());
        let place = |name| selection.get(name).unwrap_or("?");
        let name = format!("selection {}-{}", place("startPosition"), place("endPosition"));
        let own = self.own_id(selection).map(AnnotationId);
        let kept = own.and_then(|id| self.kept.remove(&id));
        let mut one = ForeignPassage::new(name, document, claim, TagId::new(""));
        one.id = own;
        one.annotator = self.user(selection);
        one.created = time(selection, "creationDateTime");
        one.modified = time(selection, "modifiedDateTime");
        let mut tags: Vec<(TagId, Option<&Element>)> = Vec::new();
        for coding in selection.all("Coding") {
            let code = coding.child("CodeRef").and_then(|it| it.guid("targetGUID"));
            match code.and_then(|guid| self.codes.meaning(&guid)).cloned() {
                Some(Meaning::Tag(tag)) => {
                    if !tags.iter().any(|(own, _)| *own == tag) {
                        tags.push((tag, Some(coding)));
                    }
                }
                Some(Meaning::Value(id, value)) => drop(one.attributes.insert(id, value)),
                Some(Meaning::Statement(id)) => one.statement = Some(id),
                Some(Meaning::Voice(id)) => one.voice.push(id),
                Some(Meaning::Doubt) => one.unsure = true,
                None => self.told.unknown_codes += 1,
            }
        }
        if tags.is_empty() {
            tags.push((self.foreign.tag(UNTAGGED), None));
        }
        let notes: Vec<String> = selection.targets("NoteRef").collect();
        let (comments, others): (Vec<String>, Vec<String>) =
            notes.iter().cloned().partition(|guid| self.comment(guid).is_some());
        one.comments = comments.iter().filter_map(|guid| self.comment(guid)).collect();
        self.used_notes.extend(notes);
        let guid = selection.guid("guid");
        for (number, (tag, coding)) in tags.into_iter().enumerate() {
            let of_coding: Vec<String> = coding.into_iter().flat_map(|it| it.targets("NoteRef")).collect();
            let said = std::iter::once(selection.description());
            let texts: Vec<&str> =
                said.chain(others.iter().chain(&of_coding).filter_map(|guid| self.note_text(guid))).collect();
            let mut passage =
                ForeignPassage { tag, note: together(&texts).unwrap_or_default(), ..one.clone() };
            self.used_notes.extend(of_coding);
            passage.annotator = coding.and_then(|it| self.user(it)).or(passage.annotator);
            passage.created = coding.and_then(|it| time(it, "creationDateTime")).or(passage.created);
            passage.modified = passage.modified.or(passage.created);
            if number > 0 {
                (passage.id, passage.comments) = (None, Vec::new());
            } else if let Some(kept) = &kept {
                keep(&mut passage, kept);
            }
            if let Some(guid) = &guid {
                self.passages.entry(guid.clone()).or_insert(self.foreign.passages.len());
            }
            self.foreign.passages.push(passage);
        }
    }

    /// The comment that a note is, in a project of ours.
    fn comment(&self, guid: &str) -> Option<Comment> {
        self.head.as_ref()?;
        let note = self.notes.get(guid)?;
        let said = note.get("name")?.strip_prefix(COMMENT)?;
        let all = [
            None,
            Some(CommentStatus::Accepted),
            Some(CommentStatus::Questioned),
            Some(CommentStatus::Rejected),
        ];
        let status = all.into_iter().find(|status| write::said(*status) == said)?;
        let reply_to = note.targets("NoteRef").next().and_then(|guid| uuid::Uuid::parse_str(&guid).ok());
        Some(Comment {
            id: CommentId(uuid::Uuid::parse_str(guid).ok()?),
            author: self.user(note)?,
            at: time(note, "creationDateTime")?,
            text: self.note_text(guid)?.to_owned(),
            reply_to: reply_to.map(CommentId),
            status,
        })
    }

    /// Passages whose text is gone: what the record knows of them, while their notes are there.
    pub(super) fn orphans(&mut self) {
        for (id, kept) in std::mem::take(&mut self.kept) {
            let guid = id.to_string();
            let Anchor::Orphan(orphan) = &kept.anchor else { continue };
            let of = |it: &ForeignDocument| it.id.as_deref() == Some(orphan.document.as_str());
            let Some(document) = self.foreign.documents.iter().position(of) else { continue };
            let Some(note) = self.notes.get(&guid).copied() else { continue };
            let claim = Claim {
                before: orphan.before.clone(),
                after: orphan.after.clone(),
                orphan: true,
                ..Claim::at(orphan.last.range(), Unit::Bytes, orphan.quote.clone())
            };
            let mut passage =
                ForeignPassage::new("note of a text that is gone", document, claim, kept.tag.clone());
            self.used_notes.extend(note.targets("NoteRef"));
            self.passages.insert(guid.clone(), self.foreign.passages.len());
            self.used_notes.insert(guid);
            kept::fill(&mut passage, kept, false);
            self.foreign.passages.push(passage);
        }
    }
}

/// What the record knows of a passage besides. Where the file says something else in its own way, that counts.
fn keep(passage: &mut ForeignPassage, kept: &Annotation) {
    passage.changes.clone_from(&kept.changes);
    passage.provenance.clone_from(&kept.provenance);
    if clean(&kept.note) == passage.note {
        passage.note.clone_from(&kept.note);
    }
    let same = |own: &Comment, other: &Comment| own.id == other.id && clean(&own.text) == other.text;
    if kept.comments.len() == passage.comments.len()
        && std::iter::zip(&kept.comments, &passage.comments).all(|(own, other)| same(own, other))
    {
        passage.comments.clone_from(&kept.comments);
    }
    for (id, value) in &mut passage.attributes {
        if let Some(own) = kept.attributes.get(id).filter(|own| clean(own) == value.as_str()) {
            value.clone_from(own);
        }
    }
}

/// Sets a field of the metadata by its name, unless it says so already.
fn put(metadata: &mut Metadata, name: &str, text: &str) {
    let own = std::iter::zip(Metadata::NAMES, metadata.fields()).find(|(own, _)| *own == name);
    if own.is_none_or(|(_, said)| clean(said) != text) {
        metadata.set(name, text);
    }
}
