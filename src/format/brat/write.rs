//! A session as a brat collection.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{
    CONFIGURATION, HEAD, NOTE, OTHER_FILE, OWN_LINK, OWN_PASSAGE, OWN_PLACE, UNSURE, ends_line, parts, shown,
};
use crate::format::export::{Export, Losses, Sink, WriteError, document_files};
use crate::format::kept::labels::Labels;
use crate::format::kept::{self, Folders, stem};
use crate::format::passages::{self, DocumentPassages, Passage, Place, statement_name, voice_names};
use crate::model::{Annotation, AnnotationId, Link, Scheme, Session};

pub(super) fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let documents: Vec<DocumentPassages<'_>> = passages::documents(session).collect();
    let collection = Collection::of(session, &documents);
    for (folder, _) in &collection.folders {
        sink.file(&format!("{folder}{CONFIGURATION}"))?.write_all(collection.configuration().as_bytes())?;
        for (number, document) in documents.iter().enumerate() {
            let name = &collection.names[number];
            sink.file(&format!("{folder}{name}.txt"))?.write_all(document.document.text().as_bytes())?;
            let lines = collection.lines(folder, document);
            sink.file(&format!("{folder}{name}.ann"))?.write_all(lines.as_bytes())?;
        }
    }
    Ok(collection.losses())
}

struct Collection<'a> {
    session: &'a Session,
    labels: Labels,
    folders: Folders<'a>,
    /// Names of the documents' files, without endings.
    names: Vec<String>,
    /// The file of each passage that is written, without ending, and its number there.
    places: BTreeMap<AnnotationId, (String, usize)>,
    links: BTreeMap<AnnotationId, Vec<&'a Link>>,
    blank: usize,
}

impl<'a> Collection<'a> {
    fn of(session: &'a Session, documents: &[DocumentPassages<'a>]) -> Self {
        let names = document_files(session, "txt").iter().map(|name| stem(name).to_owned()).collect();
        let mut collection = Self {
            session,
            labels: Labels::of(&session.scheme),
            folders: kept::folders(session, |it| !parts_of(session, it).is_empty()),
            names,
            places: BTreeMap::new(),
            links: kept::links_from(session),
            blank: 0,
        };
        for (number, document) in documents.iter().enumerate() {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for annotation in &document.annotations {
                let Some(span) = annotation.anchor.span() else { continue };
                if parts(document.document.text(), span).is_empty() {
                    collection.blank += 1;
                    continue;
                }
                let folder = kept::folder_of(&collection.folders, &annotation.annotator);
                let file = format!("{folder}{}", collection.names[number]);
                let count = counts.entry(file.clone()).or_default();
                *count += 1;
                let place = (file, *count);
                collection.places.insert(annotation.id, place);
            }
        }
        collection
    }

    fn configuration(&self) -> String {
        let Scheme { attributes, link_kinds, .. } = &*self.session.scheme;
        let mut text = format!("{HEAD}{}\n[entities]\n", kept::head(self.session));
        for (tag, depth) in self.session.scheme.nested() {
            line(&mut text, format_args!("{}{}", "\t".repeat(depth), self.labels.tag(&tag.id)));
        }
        text.push_str("[relations]\n");
        for kind in link_kinds {
            let label = self.labels.link_kind(&kind.id);
            line(&mut text, format_args!("{label}\tArg1:<ENTITY>, Arg2:<ENTITY>"));
        }
        // By default brat refuses passages that overlap.
        text.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n[events]\n[attributes]\n");
        for attribute in attributes.iter().filter(|attribute| !attribute.values.is_empty()) {
            let label = self.labels.attribute(&attribute.id);
            let values = self.labels.values(&attribute.id).collect::<Vec<_>>().join("|");
            line(&mut text, format_args!("{label}\tArg:<ENTITY>, Value:{values}"));
        }
        line(&mut text, format_args!("{UNSURE}\tArg:<ENTITY>"));
        text
    }

    /// What is said of a document in a folder.
    fn lines(&self, folder: &str, document: &DocumentPassages<'_>) -> String {
        let mut text = String::new();
        let mut counts = Counts::default();
        let here = |annotation: &Annotation| kept::folder_of(&self.folders, &annotation.annotator) == folder;
        let passages = document.placed().filter(|(passage, _)| here(passage.annotation));
        for (passage, place) in passages {
            let Some((_, number)) = self.places.get(&passage.annotation.id) else { continue };
            self.passage(&mut text, &mut counts, &format!("T{number}"), document, &passage, &place);
        }
        let mine = document.annotations.iter().filter(|annotation| here(annotation));
        for annotation in mine {
            for link in self.links.get(&annotation.id).into_iter().flatten() {
                self.link(&mut text, &mut counts, link);
            }
        }
        text
    }

    fn passage(
        &self,
        text: &mut String,
        counts: &mut Counts,
        id: &str,
        document: &DocumentPassages<'_>,
        passage: &Passage<'_>,
        place: &Place,
    ) {
        let (of, annotation) = (document.document.text(), passage.annotation);
        let parts = parts(of, place.span);
        let ranges = parts.iter().filter_map(|part| {
            let (start, end) = document.chars(crate::model::Span::new(part.start, part.end)?);
            Some(format!("{} {}", start.0, end.0))
        });
        let ranges = ranges.collect::<Vec<_>>().join(";");
        let words = parts.iter().map(|part| &of[part.clone()]).collect::<Vec<_>>().join(" ");
        line(text, format_args!("{id}\t{} {ranges}\t{words}", self.labels.tag(&annotation.tag)));
        if annotation.unsure {
            line(text, format_args!("A{}\t{UNSURE} {id}", counts.attribute()));
        }
        for (attribute, value) in &annotation.attributes {
            if let Some(value) = self.labels.value(attribute, value) {
                let label = self.labels.attribute(attribute);
                line(text, format_args!("A{}\t{label} {id} {value}", counts.attribute()));
            }
        }
        if !annotation.note.is_empty() {
            line(text, format_args!("#{}\t{NOTE} {id}\t{}", counts.note(), shown(&annotation.note)));
        }
        let mut cited = format!("paragraph {}", place.paragraph);
        let more = [
            ("section", place.section.as_str()),
            ("citation", &place.citation),
            ("statement", statement_name(self.session, annotation)),
            ("voice", &voice_names(self.session, annotation)),
        ];
        for (what, words) in more.into_iter().filter(|(_, words)| !words.is_empty()) {
            cited += &format!("; {what}: {words}");
        }
        line(text, format_args!("#{}\t{OWN_PLACE} {id}\t{}", counts.note(), shown(&cited)));
        line(text, format_args!("#{}\t{OWN_PASSAGE} {id}\t{}", counts.note(), kept::annotation(annotation)));
    }

    fn link(&self, text: &mut String, counts: &mut Counts, link: &Link) {
        let (Some((file, from)), Some((other, to))) =
            (self.places.get(&link.from), self.places.get(&link.to))
        else {
            return;
        };
        let kind = self.labels.link_kind(&link.kind);
        let id = if file == other {
            counts.relations += 1;
            let id = format!("R{}", counts.relations);
            line(text, format_args!("{id}\t{kind} Arg1:T{from} Arg2:T{to}"));
            id
        } else {
            counts.references += 1;
            let id = format!("N{}", counts.references);
            let quote = self.session.annotations.get(&link.to).map_or("", |it| self.session.quote(it));
            let words: String = quote.trim().chars().take(80).collect();
            let words = shown(words.trim_end_matches(|c: char| ends_line(c) || c.is_whitespace()));
            line(text, format_args!("{id}\tReference T{from} {OTHER_FILE}:{other}#T{to}\t{kind}: {words}"));
            id
        };
        if !link.note.is_empty() {
            line(text, format_args!("#{}\t{NOTE} {id}\t{}", counts.note(), shown(&link.note)));
        }
        line(text, format_args!("#{}\t{OWN_LINK} {id}\t{}", counts.note(), kept::links(&[link])));
    }

    fn losses(&self) -> Losses {
        let mut losses = Losses::default();
        kept::lost(self.session, &mut losses);
        losses.add(
            self.blank,
            "passage of white space alone is not written: brat can't hold it",
            "passages of white space alone are not written: brat can't hold them",
        );
        let ends = |link: &Link| Some((&self.places.get(&link.from)?.0, &self.places.get(&link.to)?.0));
        let (mut across, mut lost) = (0, 0);
        for link in self.session.links.values() {
            match ends(link) {
                None => lost += 1,
                Some((from, to)) => across += usize::from(from != to),
            }
        }
        losses.add(
            across,
            "link leads into another file: written as a reference, which brat does not show",
            "links lead into other files: written as references, which brat does not show",
        );
        losses.add(
            lost,
            "link of a passage that is not written is left out",
            "links of passages that are not written are left out",
        );
        losses
    }
}

/// The parts of an annotation that can be written; none for an orphan.
fn parts_of(session: &Session, annotation: &Annotation) -> Vec<std::ops::Range<usize>> {
    let document = session.document(annotation.anchor.document());
    let placed = document.zip(annotation.anchor.span());
    placed.map(|(document, span)| parts(document.text(), span)).unwrap_or_default()
}

/// The last numbers of the ids in a file.
#[derive(Default)]
struct Counts {
    attributes: usize,
    notes: usize,
    relations: usize,
    references: usize,
}

impl Counts {
    fn attribute(&mut self) -> usize {
        self.attributes += 1;
        self.attributes
    }

    fn note(&mut self) -> usize {
        self.notes += 1;
        self.notes
    }
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string has no errors.
    let _ = text.write_fmt(words);
    text.push('\n');
}
