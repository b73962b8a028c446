//! A session as structures, a file for each document and annotator.

use std::collections::BTreeMap;
use std::io::Write;

use super::structure::{Structure, Type, Value, feature_of, types};
use super::{HEAD, LINK, METADATA, PASSAGE};
use crate::format::export::{Export, Losses, Sink, WriteError, document_files};
use crate::format::kept::labels::Labels;
use crate::format::kept::{self, Folders};
use crate::format::passages::{
    self, DocumentPassages, Passage, Place, statement_name, tag_name, voice_names,
};
use crate::model::{AnnotationId, AnnotatorId, Link, Session};

/// One file, ready to be written.
pub(super) struct File<'a> {
    pub text: &'a str,
    pub types: &'a [Type],
    pub structures: Vec<Structure>,
}

/// How a file is written.
pub(super) type Writer = fn(&File<'_>, &mut dyn Write) -> Result<(), WriteError>;

/// Writes all files with this ending.
pub(super) fn write(
    export: &Export<'_>,
    extension: &str,
    writer: Writer,
    sink: &mut dyn Sink,
) -> Result<Losses, WriteError> {
    let session = export.session;
    let labels = Labels::of(&session.scheme);
    let types = types(&session.scheme, &labels);
    let names = document_files(session, extension);
    let writing = Writing {
        session,
        head: kept::head(session),
        labels,
        folders: kept::folders(session, |it| it.anchor.span().is_some()),
        links: kept::links_from(session),
    };
    for (document, name) in passages::documents(session).zip(&names) {
        for (folder, _) in &writing.folders {
            let structures = writing.structures(folder, &document);
            let file = File { text: document.document.text(), types: &types, structures };
            writer(&file, sink.file(&format!("{folder}{name}"))?)?;
        }
    }
    Ok(writing.losses())
}

struct Writing<'a> {
    session: &'a Session,
    head: String,
    labels: Labels,
    folders: Folders<'a>,
    links: BTreeMap<AnnotationId, Vec<&'a Link>>,
}

impl Writing<'_> {
    fn folder_of(&self, annotator: &AnnotatorId) -> &str {
        kept::folder_of(&self.folders, annotator)
    }

    /// True when both ends of a link are in one file.
    fn is_within(&self, link: &Link) -> bool {
        let end = |id| self.session.annotations.get(id);
        let (Some(from), Some(to)) = (end(&link.from), end(&link.to)) else { return false };
        from.anchor.document() == to.anchor.document()
            && self.folder_of(&from.annotator) == self.folder_of(&to.annotator)
    }

    fn is_written(&self, id: AnnotationId) -> bool {
        self.session.annotations.get(&id).is_some_and(|it| it.anchor.span().is_some())
    }

    /// The structures of a file; 1 is the text's own.
    fn structures(&self, folder: &str, document: &DocumentPassages<'_>) -> Vec<Structure> {
        let metadata = &document.document.info.metadata;
        let end = document.document.text().encode_utf16().count();
        let language = if metadata.language.is_empty() { "x-unspecified" } else { &metadata.language };
        let about = [
            ("language", language),
            ("documentTitle", document.document.title()),
            ("documentId", document.document.id.as_str()),
            ("documentUri", &metadata.url),
            ("collectionId", &self.session.info.title),
        ];
        let mut first =
            vec![("begin".to_owned(), Value::Integer(0)), ("end".to_owned(), Value::Integer(end))];
        first.extend(texts(about));
        let digest = document.document.source.digest.to_string();
        let records = texts([("digest", digest.as_str()), ("records", &self.head)]);
        let mut structures = vec![
            Structure { id: 2, kind: METADATA, features: first },
            Structure { id: 3, kind: HEAD, features: records.collect() },
        ];
        let mut ids: BTreeMap<AnnotationId, (usize, usize, usize)> = BTreeMap::new();
        for (passage, place) in document.placed() {
            if self.folder_of(&passage.annotation.annotator) != folder {
                continue;
            }
            let id = structures.len() + 2;
            ids.insert(passage.annotation.id, (id, place.utf16.0.0, place.utf16.1.0));
            structures.push(self.passage(id, &passage, &place));
        }
        let links = ids.keys().filter_map(|id| self.links.get(id)).flatten();
        for link in links.filter(|link| self.is_within(link)) {
            let (Some((from, ..)), Some(to)) = (ids.get(&link.from), ids.get(&link.to)) else { continue };
            structures.push(self.link(structures.len() + 2, link, *from, *to));
        }
        structures
    }

    fn passage(&self, id: usize, passage: &Passage<'_>, place: &Place) -> Structure {
        let annotation = passage.annotation;
        let mut features = vec![
            ("begin".to_owned(), Value::Integer(place.utf16.0.0)),
            ("end".to_owned(), Value::Integer(place.utf16.1.0)),
        ];
        features.extend(texts([
            ("annId", annotation.id.to_string().as_str()),
            ("tag", tag_name(self.session, annotation)),
            ("note", &annotation.note),
            ("statement", statement_name(self.session, annotation)),
            ("voice", &voice_names(self.session, annotation)),
        ]));
        features.push(("unsure".to_owned(), Value::Boolean(annotation.unsure)));
        for (attribute, value) in &annotation.attributes {
            features.push((feature_of(&self.labels, attribute), Value::Text(value.clone())));
        }
        features.extend(texts([
            ("annotator", self.session.annotator_name(&annotation.annotator)),
            ("created", &annotation.created.to_string()),
            ("modified", &annotation.modified.to_string()),
            ("quote", passage.quote),
        ]));
        features.push(("paragraph".to_owned(), Value::Integer(place.paragraph)));
        let links = self.links.get(&annotation.id).into_iter().flatten().copied();
        let across: Vec<&Link> =
            links.filter(|link| !self.is_within(link) && self.is_written(link.to)).collect();
        let targets = across.iter().map(|link| {
            let kind = self.session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |it| &it.name);
            let other = self.session.annotations.get(&link.to);
            format!("{kind} {}#{}", other.map_or("", |it| it.anchor.document().as_str()), link.to)
        });
        let targets = targets.collect::<Vec<_>>().join("; ");
        let kept_links = if across.is_empty() { String::new() } else { kept::links(&across) };
        features.extend(texts([
            ("section", place.section.as_str()),
            ("citation", &place.citation),
            ("linkTarget", &targets),
            ("linkData", &kept_links),
            ("data", &kept::annotation(annotation)),
        ]));
        Structure { id, kind: PASSAGE, features }
    }

    fn link(&self, id: usize, link: &Link, from: usize, to: (usize, usize, usize)) -> Structure {
        let kind = self.session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |it| &it.name);
        // INCEpTION puts a relation where its second end stands.
        let mut features = vec![
            ("begin".to_owned(), Value::Integer(to.1)),
            ("end".to_owned(), Value::Integer(to.2)),
            ("Governor".to_owned(), Value::Of(from)),
            ("Dependent".to_owned(), Value::Of(to.0)),
        ];
        features.extend(texts([
            ("annId", link.id.to_string().as_str()),
            ("kind", kind),
            ("note", &link.note),
            ("annotator", self.session.annotator_name(&link.annotator)),
            ("created", &link.created.to_string()),
            ("modified", &link.modified.to_string()),
            ("data", &kept::links(&[link])),
        ]));
        Structure { id, kind: LINK, features }
    }

    fn losses(&self) -> Losses {
        let mut losses = Losses::default();
        kept::lost(self.session, &mut losses);
        let (mut across, mut lost) = (0, 0);
        for link in self.session.links.values() {
            if !self.is_written(link.from) || !self.is_written(link.to) {
                lost += 1;
            } else if !self.is_within(link) {
                across += 1;
            }
        }
        losses.add(
            across,
            "link leads into another file: written as features of its passage",
            "links lead into other files: written as features of their passages",
        );
        losses.add(
            lost,
            "link of a passage that is not written is left out",
            "links of passages that are not written are left out",
        );
        losses
    }
}

/// Features of text; empty ones are not there.
fn texts<'a, const N: usize>(all: [(&'a str, &'a str); N]) -> impl Iterator<Item = (String, Value)> {
    let some = all.into_iter().filter(|(_, text)| !text.is_empty());
    some.map(|(name, text)| (name.to_owned(), Value::Text(text.to_owned()))).collect::<Vec<_>>().into_iter()
}
