//! A brat collection, ours or another's.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{End, File, Text, Tie};
use super::{CONFIGURATION, HEAD, UNSURE, parts, shown};
use crate::format::import::{
    Claim, Foreign, ForeignDocument, ForeignLink, ForeignPassage, Input, ReadError, Unit, canonical,
};
use crate::format::kept::labels::Labels;
use crate::format::kept::{self, stem};
use crate::format::words::count;
use crate::model::{Annotation, AnnotationId, AnnotatorId, AttributeId, LinkKindId, TagId};
use crate::text::offsets::CharIndex;

pub(super) fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut foreign = Foreign::default();
    let texts: BTreeMap<&str, &Input> = inputs
        .iter()
        .filter(|input| input.has_extension("txt"))
        .map(|input| (&input.name[..input.name.len() - ".txt".len()], input))
        .collect();
    let mut files = Vec::new();
    for input in inputs.iter().filter(|input| input.has_extension("ann")) {
        let path = &input.name[..input.name.len() - ".ann".len()];
        let missing = || format!("it is not beside {}, whose offsets count in it", input.name);
        let beside = texts.get(path).ok_or_else(|| ReadError::new(&format!("{path}.txt"), missing()))?;
        let document = document(&mut foreign, path, beside.text()?);
        files.push(File::of(path, document, input.text()?));
    }
    if files.is_empty() {
        let name = inputs.first().map_or("nothing", |input| &input.name);
        return Err(ReadError::new(name, "there is no .ann file, as brat has them"));
    }
    let used: BTreeSet<&str> = files.iter().map(|file| file.path).collect();
    let alone = texts.keys().filter(|path| !used.contains(*path)).count();
    if alone > 0 {
        foreign.notes.push(format!("{} without an .ann file beside: left out", count(alone, "text")));
    }
    let has_head = head(inputs, &mut foreign);
    let labels = Labels::of(&foreign.scheme);
    let mut reading = Reading {
        foreign,
        labels,
        has_head,
        annotators: BTreeMap::new(),
        by_place: BTreeMap::new(),
        by_id: BTreeMap::new(),
        unexplained: 0,
    };
    let mut known: BTreeMap<&str, BTreeSet<AnnotatorId>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.texts.is_empty()) {
        let own = file.passages.values().filter_map(|json| kept::read_annotation(json));
        known.entry(file.folder()).or_default().extend(own.map(|annotation| annotation.annotator));
    }
    reading.annotators = kept::people(&mut reading.foreign, known);
    files.iter().for_each(|file| reading.passages(file));
    for file in &files {
        file.ties.iter().for_each(|tie| reading.tie(file, tie));
        reading.foreign.notes.extend(file.wrong.iter().cloned());
    }
    Ok(reading.done(&files))
}

/// The name of the document with this text; the copies that several annotators have of one are one.
fn document(foreign: &mut Foreign, path: &str, text: &str) -> String {
    let name = format!("{path}.txt");
    let is_same =
        |own: &&ForeignDocument| stem(&own.name) == stem(&name) && own.text.as_deref() == Some(text);
    if let Some(own) = foreign.documents.iter().find(is_same) {
        return own.name.clone();
    }
    let text = Some(text.to_owned());
    foreign.documents.push(ForeignDocument { name: name.clone(), text, ..ForeignDocument::default() });
    name
}

/// Takes over the records of the session that Gainsay has written into a configuration; false when there are none.
fn head(inputs: &[Input], foreign: &mut Foreign) -> bool {
    let mut taken: Option<&str> = None;
    for input in inputs.iter().filter(|input| input.name.rsplit('/').next() == Some(CONFIGURATION)) {
        // Not ours when it is no UTF-8, and nobody else's is needed.
        let Ok(text) = input.text() else { continue };
        let Some(records) = text.lines().find_map(|line| line.strip_prefix(HEAD)) else { continue };
        if taken.is_some_and(|first| first != records) {
            let what = "its records are not those of the first one: left out";
            foreign.notes.push(format!("{}: {what}", input.name));
        }
        if taken.is_some() {
            continue;
        }
        match kept::read_head(records).and_then(|head| kept::put_head(foreign, &head)) {
            Ok(()) => taken = Some(records),
            Err(why) => {
                foreign.notes.push(format!("{}: Gainsay's records are left out: {why}", input.name));
            }
        }
    }
    taken.is_some()
}

struct Reading<'a> {
    foreign: Foreign,
    labels: Labels,
    has_head: bool,
    /// Whose a passage is of which the file says nothing, by folder.
    annotators: BTreeMap<&'a str, AnnotatorId>,
    /// Passages by file and id.
    by_place: BTreeMap<(&'a str, &'a str), usize>,
    by_id: BTreeMap<AnnotationId, usize>,
    unexplained: usize,
}

impl<'a> Reading<'a> {
    fn passages(&mut self, file: &File<'a>) {
        let mut all = self.foreign.documents.iter();
        let Some(document) = all.position(|document| document.name == file.document) else { return };
        let text = canonical(self.foreign.documents[document].text.as_deref().unwrap_or_default());
        let index = CharIndex::of(&text);
        for of_file in &file.texts {
            let own = file.passages.get(of_file.id).and_then(|json| kept::read_annotation(json));
            let whole = own.as_ref().and_then(|own| whole(own, &text, &index, of_file));
            let claim = whole.unwrap_or_else(|| Claim {
                ranges: of_file.ranges.clone(),
                unit: Unit::Chars,
                quote: of_file.words.map(str::to_owned),
                ..Claim::default()
            });
            self.passage(file, of_file, document, claim, own);
        }
    }

    fn passage(
        &mut self,
        file: &File<'a>,
        of_file: &Text<'a>,
        document: usize,
        claim: Claim,
        own: Option<Annotation>,
    ) {
        let name = format!("{} {}", stem(&file.document), of_file.id);
        let tag = self.tag(of_file.label, own.as_ref());
        let mut passage = ForeignPassage::new(name, document, claim, tag);
        passage.annotator = self.annotators.get(file.folder()).cloned();
        if let Some(own) = own {
            self.by_id.entry(own.id).or_insert(self.foreign.passages.len());
            self.unexplained += usize::from(kept::fill(&mut passage, own, !self.has_head));
        }
        let notes = file.of_passage(&file.notes, of_file.id);
        let note = notes.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        // What the file shows goes before what was kept, unless it shows just that.
        if note.trim_end() != shown(&passage.note).trim_end() {
            passage.note = note.replace('⏎', "\n");
        }
        passage.unsure = false;
        let labels = &self.labels;
        let mut values = std::mem::take(&mut passage.attributes);
        values.retain(|id, value| labels.value(id, value).is_none());
        let mut said: Vec<(AttributeId, String)> = Vec::new();
        for (label, value) in file.of_passage(&file.attributes, of_file.id) {
            if *label == UNSURE {
                passage.unsure = true;
                continue;
            }
            let id = self.labels.attribute_id(label).unwrap_or_else(|| self.foreign.attribute(label));
            let value = value.unwrap_or("true");
            let value = self.labels.value_named(&id, value).unwrap_or(value);
            said.push((id, value.to_owned()));
        }
        for (id, value) in said {
            if let Some(other) = values.insert(id.clone(), value)
                && other != values[&id]
            {
                let what = format!("{}: a second value of {id}: “{other}” left out", passage.name);
                self.foreign.notes.push(what);
            }
        }
        passage.attributes = values;
        let place = (file.path, of_file.id);
        if self.by_place.contains_key(&place) {
            self.foreign.notes.push(format!("{}: a second one with its id", passage.name));
        }
        self.by_place.entry(place).or_insert(self.foreign.passages.len());
        self.foreign.passages.push(passage);
    }

    fn tag(&mut self, label: &str, own: Option<&Annotation>) -> TagId {
        let same = own.filter(|own| self.has_head && self.labels.tag(&own.tag) == label);
        let same = same.map(|own| own.tag.clone()).or_else(|| self.labels.tag_id(label));
        same.unwrap_or_else(|| self.foreign.tag(label))
    }

    fn link_kind(&mut self, label: &str) -> LinkKindId {
        self.labels.link_kind_id(label).unwrap_or_else(|| self.foreign.link_kind(label))
    }

    fn tie(&mut self, file: &File<'a>, tie: &Tie<'a>) {
        let own = file.links.get(tie.id).and_then(|json| kept::read_links(json)?.pop());
        let from = self.by_place.get(&(file.path, file.passage_id(tie.from))).copied();
        let to = match tie.to {
            End::Here(id) => self.by_place.get(&(file.path, file.passage_id(id))).copied(),
            // The id that was kept holds when files have been moved.
            End::There(path, id) => {
                let kept = || self.by_id.get(&own.as_ref()?.to).copied();
                self.by_place.get(&(path, id)).copied().or_else(kept).or_else(|| self.elsewhere(path, id))
            }
        };
        let (Some(from), Some(to)) = (from, to) else {
            let what = "one of its ends is not there";
            self.foreign.notes.push(format!("{}.ann: line {}: {what}: left out", file.path, tie.line));
            return;
        };
        let kind = self.link_kind(tie.label);
        let mut link = ForeignLink {
            id: None,
            kind,
            from,
            to,
            note: file.notes.get(tie.id).map(|notes| notes.join("\n")).unwrap_or_default(),
            annotator: self.annotators.get(file.folder()).cloned(),
            created: None,
            modified: None,
        };
        let id_of = |at: usize| self.foreign.passages[at].id;
        let is_same = |own: &crate::model::Link| {
            id_of(from) == Some(own.from)
                && id_of(to) == Some(own.to)
                && (!self.has_head || self.labels.link_kind(&own.kind) == tie.label)
        };
        if let Some(own) = own.filter(is_same) {
            link.id = Some(own.id);
            link.created = Some(own.created);
            link.modified = Some(own.modified);
            if link.note.trim_end() == shown(&own.note).trim_end() {
                link.note = own.note;
            }
            kept::explain(&mut self.foreign, &own.annotator);
            link.annotator = Some(own.annotator);
        } else {
            link.note = link.note.replace('⏎', "\n");
        }
        self.foreign.links.push(link);
    }

    /// The passage `id` of a file with this name in whatever folder, when there is but one.
    fn elsewhere(&self, path: &str, id: &str) -> Option<usize> {
        let name = path.rsplit('/').next();
        let mut all =
            self.by_place.iter().filter(|((other, own), _)| *own == id && other.rsplit('/').next() == name);
        let (_, at) = all.next()?;
        all.next().is_none().then_some(*at)
    }

    fn done(mut self, files: &[File<'a>]) -> Foreign {
        let notes = &mut self.foreign.notes;
        if self.unexplained > 0 {
            let what =
                "statement, voice, attributes and comments left out: Gainsay's annotation.conf is not there";
            notes.push(format!("{}: {what}", count(self.unexplained, "passage")));
        }
        let events: usize = files.iter().map(|file| file.events.len()).sum();
        if events > 0 {
            let roles = count(files.iter().map(|file| file.roles).sum(), "argument");
            notes.push(format!("{}: their triggers are passages, {roles} left out", count(events, "event")));
        }
        self.foreign
    }
}

/// Where a passage of ours stands, when its line is as we have written it: a `T` line can't hold the white space at its
/// ends.
fn whole(own: &Annotation, text: &str, index: &CharIndex, of_file: &Text<'_>) -> Option<Claim> {
    let span = kept::span_in(text, own)?;
    let parts = parts(text, span);
    let at = |byte| index.byte_to_char(text, byte).map(|at| at.0);
    let ranges: Option<Vec<_>> = parts.iter().map(|part| Some(at(part.start)?..at(part.end)?)).collect();
    let words = parts.iter().map(|part| &text[part.clone()]).collect::<Vec<_>>().join(" ");
    let is_same = ranges? == of_file.ranges && of_file.words == Some(&*words);
    is_same.then_some(())?;
    Some(Claim::at(at(span.start())?..at(span.end())?, Unit::Chars, span.of(text)?))
}
