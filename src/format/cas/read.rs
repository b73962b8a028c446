//! Structures to passages and links, whoever wrote them.

use std::collections::{BTreeMap, BTreeSet};

use super::xmi::held;
use super::{ATTRIBUTE, HEAD, LINK, METADATA, PASSAGE, VIEW};
use crate::format::import::{
    Claim, Foreign, ForeignDocument, ForeignLink, ForeignPassage, Input, ReadError, Unit, canonical,
};
use crate::format::kept::labels::Labels;
use crate::format::kept::{self, stem};
use crate::format::words::count;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, AttributeId, Digest, Link, LinkKindId, Session, TagId,
};

/// What stands in a file.
#[derive(Default)]
pub(super) struct Found {
    /// The texts, by id.
    pub sofas: BTreeMap<String, Sofa>,
    structures: Vec<Structure>,
}

/// A text: the subject of analysis of a view.
pub(super) struct Sofa {
    pub view: String,
    pub text: Option<String>,
}

/// A feature structure as a file has it; in JSON a reference keeps its `@`.
struct Structure {
    id: String,
    kind: String,
    features: Vec<(String, String)>,
}

impl Found {
    pub(super) fn put(&mut self, id: String, kind: String, features: Vec<(String, String)>) {
        self.structures.push(Structure { id, kind, features });
    }
}

impl Structure {
    /// A feature, or empty.
    fn feature(&self, name: &str) -> &str {
        let is_it = |own: &str| own == name || own.strip_prefix('@') == Some(name);
        self.features.iter().find(|(own, _)| is_it(own)).map_or("", |(_, value)| value)
    }

    /// The first of these features that is there.
    fn first_of<'a>(&'a self, names: &[&'a str]) -> Option<(&'a str, &'a str)> {
        names.iter().map(|name| (*name, self.feature(name))).find(|(_, value)| !value.is_empty())
    }

    fn local_kind(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }

    /// The two ends of a relation.
    fn ends(&self) -> Option<(&str, &str)> {
        let pairs = [("Governor", "Dependent"), ("source", "target")];
        let ends = pairs.map(|(from, to)| (self.feature(from), self.feature(to)));
        ends.into_iter().find(|(from, to)| !from.is_empty() && !to.is_empty())
    }

    /// True for what programs make of a text by themselves: words, sentences, grammar.
    fn is_machinery(&self) -> bool {
        const PARTS: [&str; 4] =
            [".segmentation.type.", ".metadata.type.", ".lexmorph.type.", ".syntax.type."];
        PARTS.iter().any(|part| self.kind.contains(part))
            || self.kind == "uima.tcas.DocumentAnnotation"
            || self.kind == HEAD
    }
}

/// Features that may hold a tag, the likelier ones first, and a note.
const TAGS: [&str; 6] = ["tag", "label", "value", "category", "class", "kind"];
const NOTES: [&str; 3] = ["note", "comment", "remark"];
/// Features of ours that say again what stands elsewhere, or are read apart from the attributes.
const SAID_ELSEWHERE: [&str; 14] = [
    "annId",
    "unsure",
    "annotator",
    "created",
    "modified",
    "quote",
    "paragraph",
    "section",
    "citation",
    "linkTarget",
    "linkData",
    "data",
    "statement",
    "voice",
];

/// Reads files with this ending.
pub(super) fn read(
    inputs: &[Input],
    extension: &str,
    found: fn(&Input) -> Result<Found, ReadError>,
) -> Result<Foreign, ReadError> {
    let mut foreign = Foreign::default();
    let mut files = Vec::new();
    for input in inputs.iter().filter(|input| input.has_extension(extension)) {
        files.push(File::of(input, found(input)?, &mut foreign));
    }
    if files.is_empty() {
        let name = inputs.first().map_or("nothing", |input| &input.name);
        return Err(ReadError::new(name, format!("there is no .{extension} file")));
    }
    let head = head(&files, &mut foreign);
    let mut reading = Reading {
        labels: Labels::of(&foreign.scheme),
        foreign,
        head,
        people: BTreeMap::new(),
        by_id: BTreeMap::new(),
        skipped: BTreeMap::new(),
        unexplained: 0,
    };
    let mut known: BTreeMap<&str, BTreeSet<AnnotatorId>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.has_passages()) {
        let own = file.found.structures.iter().filter(|it| it.kind == PASSAGE).filter_map(kept_of);
        known.entry(file.annotator).or_default().extend(own.map(|annotation| annotation.annotator));
    }
    reading.people = kept::people(&mut reading.foreign, known);
    let places: Vec<_> = files.iter().map(|file| reading.passages(file)).collect();
    for (file, places) in files.iter().zip(&places) {
        reading.links(file, places);
    }
    Ok(reading.done())
}

fn kept_of(structure: &Structure) -> Option<Annotation> {
    kept::read_annotation(structure.feature("data"))
}

struct File<'a> {
    name: &'a str,
    found: Found,
    /// Whom the folder names, or the file in INCEpTION's folder of a document; or empty.
    annotator: &'a str,
    /// Names of the documents, by the ids of their texts.
    documents: BTreeMap<String, String>,
}

impl<'a> File<'a> {
    fn of(input: &'a Input, found: Found, foreign: &mut Foreign) -> Self {
        let path = input.name.as_str();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = folder.rsplit('/').next().unwrap_or(folder);
        // INCEpTION makes a folder `letter.txt` for a document, with a file for each annotator.
        let is_document = folder.contains('.');
        let (document, annotator) = if is_document { (folder, input.stem()) } else { (path, folder) };
        let mut file = Self { name: path, found, annotator, documents: BTreeMap::new() };
        for (id, sofa) in &file.found.sofas {
            let Some(text) = &sofa.text else {
                foreign.notes.push(format!("{path}: the view {} has no text: left out", sofa.view));
                continue;
            };
            let mut name = document.to_owned();
            if !sofa.view.is_empty() && sofa.view != VIEW {
                foreign.notes.push(format!("{path}: the view {} became a document of its own", sofa.view));
                name = format!("{name} ({})", sofa.view);
            }
            let mut of_it = file.found.structures.iter().filter(|it| it.feature("sofa") == id);
            let digest = of_it.find(|it| it.kind == HEAD).map_or("", |it| it.feature("digest"));
            let is_altered =
                !digest.is_empty() && digest != Digest::of(canonical(text).as_bytes()).to_string();
            let digest = is_altered.then(|| digest.to_owned());
            let is_same =
                |own: &&ForeignDocument| stem(&own.name) == stem(&name) && own.text.as_ref() == Some(text);
            if let Some(own) = foreign.documents.iter().find(is_same) {
                name.clone_from(&own.name);
            } else {
                if is_altered {
                    let what = "its text is not the one that Gainsay exported: XML can't hold all characters, or it was changed";
                    foreign.notes.push(format!("{path}: {what}"));
                }
                let text = Some(text.clone());
                let document =
                    ForeignDocument { name: name.clone(), text, digest, ..ForeignDocument::default() };
                foreign.documents.push(document);
            }
            file.documents.insert(id.clone(), name);
        }
        file
    }
}

impl File<'_> {
    fn has_passages(&self) -> bool {
        self.found.structures.iter().any(|it| !it.is_machinery() && !it.feature("begin").is_empty())
    }
}

/// Takes over the first records of a session that are there.
fn head(files: &[File<'_>], foreign: &mut Foreign) -> Option<Session> {
    let mut taken: Option<(&str, Session)> = None;
    for file in files {
        let records =
            file.found.structures.iter().filter(|it| it.kind == HEAD).map(|it| it.feature("records"));
        for records in records.filter(|records| !records.is_empty()) {
            if let Some((first, _)) = &taken {
                if *first != records {
                    let what = "its records are not those of the first file: left out";
                    foreign.notes.push(format!("{}: {what}", file.name));
                }
                continue;
            }
            let put = kept::read_head(records).and_then(|head| kept::put_head(foreign, &head).map(|()| head));
            match put {
                Ok(head) => taken = Some((records, head)),
                Err(why) => {
                    foreign.notes.push(format!("{}: Gainsay's records are left out: {why}", file.name));
                }
            }
        }
    }
    Some(taken?.1)
}

struct Reading<'a> {
    foreign: Foreign,
    labels: Labels,
    head: Option<Session>,
    people: BTreeMap<&'a str, AnnotatorId>,
    by_id: BTreeMap<AnnotationId, usize>,
    /// What is no passage, by what it is.
    skipped: BTreeMap<String, usize>,
    unexplained: usize,
}

impl Reading<'_> {
    /// The passages of a file, by the ids of their structures.
    fn passages<'f>(&mut self, file: &'f File<'_>) -> BTreeMap<&'f str, usize> {
        let mut places = BTreeMap::new();
        let texts: BTreeMap<&str, (usize, Vec<u16>)> = file
            .documents
            .iter()
            .filter_map(|(id, name)| {
                let at = self.foreign.documents.iter().position(|it| it.name == *name)?;
                let text = self.foreign.documents[at].text.as_deref()?;
                Some((id.as_str(), (at, text.encode_utf16().collect())))
            })
            .collect();
        for structure in &file.found.structures {
            let range = (structure.feature("begin").parse(), structure.feature("end").parse());
            let (Ok(begin), Ok(end)) = range else {
                if ![HEAD, METADATA, "uima.cas.NULL", "uima.cas.View"].contains(&structure.kind.as_str()) {
                    *self.skipped.entry(structure.local_kind().to_owned()).or_default() += 1;
                }
                continue;
            };
            if structure.is_machinery() {
                if structure.kind != METADATA && structure.kind != "uima.tcas.DocumentAnnotation" {
                    *self.skipped.entry(structure.local_kind().to_owned()).or_default() += 1;
                }
                continue;
            }
            if structure.ends().is_some() {
                continue;
            }
            let Some((document, text)) = texts.get(structure.feature("sofa")) else {
                *self.skipped.entry(format!("{} without a text", structure.local_kind())).or_default() += 1;
                continue;
            };
            let slice = text.get(begin..end).map(String::from_utf16_lossy);
            let own = (structure.kind == PASSAGE).then(|| kept_of(structure)).flatten();
            // What stands for characters that XML can't hold says nothing of the words that stood there.
            let quote = Some(structure.feature("quote")).filter(|quote| {
                structure.kind == PASSAGE && !quote.is_empty() && !quote.contains('\u{fffd}')
            });
            let is_empty = slice.as_deref() == Some("");
            if is_empty || begin > end {
                let what = format!("{} without a word in it", structure.local_kind());
                *self.skipped.entry(what).or_default() += 1;
                continue;
            }
            let range = begin..end;
            let claim = Claim {
                ranges: Vec::from([range]),
                unit: Unit::Utf16,
                quote: quote.map(str::to_owned),
                ..Claim::default()
            };
            places.insert(structure.id.as_str(), self.foreign.passages.len());
            self.passage(file, structure, *document, claim, own);
        }
        places
    }

    fn passage(
        &mut self,
        file: &File<'_>,
        structure: &Structure,
        document: usize,
        claim: Claim,
        own: Option<Annotation>,
    ) {
        let name = format!("{} {} {}", stem(file.name), structure.local_kind(), structure.id);
        let (of_tag, label) = structure.first_of(&TAGS).unwrap_or(("", structure.local_kind()));
        let tag = self.tag(label, own.as_ref());
        let mut passage = ForeignPassage::new(name, document, claim, tag);
        passage.annotator = self.people.get(file.annotator).cloned();
        if let Some(own) = own {
            self.by_id.entry(own.id).or_insert(self.foreign.passages.len());
            self.unexplained += usize::from(kept::fill(&mut passage, own, self.head.is_none()));
        }
        // What the features say goes before what was kept, unless they say just that.
        let (of_note, note) = structure.first_of(&NOTES).unwrap_or_default();
        if !is_said(&passage.note, note) {
            passage.note = note.to_owned();
        }
        passage.unsure = structure.feature("unsure") == "true";
        let kept_values = std::mem::take(&mut passage.attributes);
        for (feature, value) in &structure.features {
            let name = feature.trim_start_matches('@');
            let is_used = [of_tag, of_note, "sofa", "begin", "end"].contains(&name)
                || name == "unsure" && passage.unsure
                || structure.kind == PASSAGE && SAID_ELSEWHERE.contains(&name);
            if is_used || value.is_empty() {
                continue;
            }
            if let Some(feature) = feature.strip_prefix('@') {
                *self.skipped.entry(format!("reference {feature}")).or_default() += 1;
                continue;
            }
            let id = self.attribute(feature);
            let kept_value = kept_values.get(&id).filter(|kept_value| is_said(kept_value, value));
            passage.attributes.insert(id, kept_value.unwrap_or(value).clone());
        }
        for (id, value) in kept_values {
            if value.is_empty() {
                passage.attributes.insert(id, value);
            }
        }
        if structure.kind == PASSAGE {
            self.statement_and_voice(structure, &mut passage);
        }
        self.foreign.passages.push(passage);
    }

    fn statement_and_voice(&mut self, structure: &Structure, passage: &mut ForeignPassage) {
        let named = |id| self.foreign.statements.iter().find(|it| Some(it.id) == id);
        let statement = structure.feature("statement");
        if !is_said(named(passage.statement).map_or("", |it| &it.name), statement) {
            let is_some = !statement.is_empty();
            passage.statement = is_some.then(|| self.foreign.statement(statement));
        }
        let names = passage.voice.iter().map(|id| {
            self.foreign.actors.iter().find(|actor| actor.id == *id).map_or("", |actor| actor.name.as_str())
        });
        let voice = structure.feature("voice");
        if !is_said(&names.collect::<Vec<_>>().join("; "), voice) {
            let names = voice.split(';').map(str::trim).filter(|name| !name.is_empty());
            passage.voice = names.map(|name| self.foreign.actor(name)).collect();
        }
    }

    fn tag(&mut self, label: &str, own: Option<&Annotation>) -> TagId {
        let kept = own
            .zip(self.head.as_ref())
            .filter(|(own, head)| head.scheme.tag(&own.tag).is_some_and(|tag| is_said(&tag.name, label)));
        match kept {
            Some((own, _)) => own.tag.clone(),
            None => self.foreign.tag(label),
        }
    }

    /// The attribute that a feature holds: ours by its label, else one of its name.
    fn attribute(&mut self, feature: &str) -> AttributeId {
        let label = feature.strip_prefix(ATTRIBUTE).map(|label| label.replace('_', "-"));
        let own = label.and_then(|label| self.labels.attribute_id(&label));
        own.unwrap_or_else(|| self.foreign.attribute(feature.strip_prefix(ATTRIBUTE).unwrap_or(feature)))
    }

    fn links(&mut self, file: &File<'_>, places: &BTreeMap<&str, usize>) {
        for structure in &file.found.structures {
            if let Some((from, to)) = structure.ends() {
                let (Some(from), Some(to)) = (places.get(from), places.get(to)) else {
                    let what = format!("{} between what are no passages", structure.local_kind());
                    *self.skipped.entry(what).or_default() += 1;
                    continue;
                };
                let own = kept::read_links(structure.feature("data")).and_then(|mut links| links.pop());
                let own = own.filter(|_| structure.kind == LINK);
                let label = structure.first_of(&["kind", "label", "value", "relation", "DependencyType"]);
                let label = label.map_or(structure.local_kind(), |(_, label)| label);
                let note = structure.first_of(&NOTES).map_or("", |(_, note)| note);
                self.link(file, own, label, note, (*from, *to));
            }
            if let Some(links) = kept::read_links(structure.feature("linkData")) {
                for own in links.into_iter().filter(|_| structure.kind == PASSAGE) {
                    let ends = self.by_id.get(&own.from).copied().zip(self.by_id.get(&own.to).copied());
                    let Some(ends) = ends else {
                        *self.skipped.entry("link into a file that is not here".to_owned()).or_default() += 1;
                        continue;
                    };
                    let kind = self.foreign.scheme.link_kind(&own.kind).map(|kind| kind.name.clone());
                    let (label, note) = (kind.unwrap_or_else(|| own.kind.to_string()), own.note.clone());
                    self.link(file, Some(own), &label, &note, ends);
                }
            }
        }
    }

    fn link(
        &mut self,
        file: &File<'_>,
        own: Option<Link>,
        label: &str,
        note: &str,
        (from, to): (usize, usize),
    ) {
        let id_of = |at: usize| self.foreign.passages[at].id;
        let name_of = |id: &LinkKindId| self.foreign.scheme.link_kind(id).map(|kind| kind.name.as_str());
        let own = own.filter(|own| {
            id_of(from) == Some(own.from)
                && id_of(to) == Some(own.to)
                && name_of(&own.kind).is_none_or(|name| is_said(name, label))
        });
        let explained = own.as_ref().filter(|own| name_of(&own.kind).is_some()).map(|own| own.kind.clone());
        let kind = explained.unwrap_or_else(|| self.foreign.link_kind(label));
        let mut link = ForeignLink {
            id: None,
            kind,
            from,
            to,
            note: note.to_owned(),
            annotator: self.people.get(file.annotator).cloned(),
            created: None,
            modified: None,
        };
        if let Some(own) = own {
            kept::explain(&mut self.foreign, &own.annotator);
            link.id = Some(own.id);
            link.annotator = Some(own.annotator);
            (link.created, link.modified) = (Some(own.created), Some(own.modified));
            if is_said(&own.note, note) {
                link.note = own.note;
            }
        }
        self.foreign.links.push(link);
    }

    fn done(mut self) -> Foreign {
        let notes = &mut self.foreign.notes;
        if self.unexplained > 0 {
            let what =
                "some of what Gainsay kept of it is left out: the records of its session are not there";
            notes.push(format!("{}: {what}", count(self.unexplained, "passage")));
        }
        for (what, number) in self.skipped {
            notes.push(format!("{number} × {what}: left out"));
        }
        self.foreign
    }
}

/// True when a feature says what was kept, as far as XML can hold it.
fn is_said(kept: &str, feature: &str) -> bool {
    kept == feature || held(kept) == feature
}
