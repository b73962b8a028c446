//! A layer: one session laid over another, told in the terms of that other. Nothing of either is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Anchor, Annotation, AnnotationId, Document, DocumentId, ReadingStatus, Session, Span, StatementId,
    StatementMapping, TagId, TagMapping,
};
use crate::text::fold::fold;
use crate::text::reanchor::{Carried, Fate, Wanted, carry, seek};

/// One session ("theirs") laid over another ("ours").
#[derive(Clone, Debug)]
pub struct Layer {
    /// Theirs, as it was read.
    pub session: Arc<Session>,
    /// What lies over each of our documents, by our document's id.
    pub documents: BTreeMap<DocumentId, Laid>,
    /// Their documents that are none of ours.
    pub unmatched: Vec<DocumentId>,
    /// Their tags and which of ours each is: as our session says for theirs, else the one with the same id.
    pub tags: BTreeMap<TagId, TagId>,
    /// Their tags in use that are none of ours as far as is known. Someone must say.
    pub unknown_tags: Vec<TagId>,
    /// Their statements and which of ours each is: as our session says for theirs, else the one with the same id, else
    /// the only one with the same name.
    pub statements: BTreeMap<StatementId, StatementId>,
    /// Their statements in use that are none of ours as far as is known.
    pub unknown_statements: Vec<StatementId>,
}

/// One of their documents laid over one of ours.
#[derive(Clone, Debug)]
pub struct Laid {
    /// Their document.
    pub theirs: DocumentId,
    /// Whether the texts are the same.
    pub text: Sameness,
    /// Their annotations by start, end and id; those without a place last.
    pub annotations: Vec<LaidAnnotation>,
}

/// Whether two documents have the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// The same digest.
    Same,
    /// The same title or file name and another text; what became of the annotations.
    Changed {
        /// They stand on the same words in the same place.
        kept: usize,
        /// They stand on the same words in another place.
        moved: usize,
        /// They have a proposed place that someone must look at.
        doubtful: usize,
        /// They have no place.
        lost: usize,
    },
}

/// One of their annotations in terms of our session.
#[derive(Clone, Debug)]
pub struct LaidAnnotation {
    /// Theirs, as it was read.
    pub annotation: Arc<Annotation>,
    /// Bytes of our text. Of a doubtful one only proposed, see [`LaidAnnotation::sure`].
    pub span: Option<Span>,
    /// How sure the span is.
    pub fate: Fate,
    /// Our tag that it is; `None` when that is not known.
    pub tag: Option<TagId>,
    /// Our statement that it is about; `None` when it is about none or that is not known.
    pub statement: Option<StatementId>,
}

impl LaidAnnotation {
    /// The span, when it may be taken without a look.
    pub fn sure(&self) -> Option<Span> {
        Carried { fate: self.fate, span: self.span }.sure()
    }
}

impl Layer {
    /// Lays `theirs` over `ours`. Costs by the annotations, and where a text differs by the difference.
    pub fn over(ours: &Session, theirs: Arc<Session>) -> Self {
        let (tags, unknown_tags) = tags(ours, &theirs);
        let (statements, unknown_statements) = statements(ours, &theirs);
        let pairs = matched(&ours.documents, &theirs.documents);
        let mut by_document: BTreeMap<&DocumentId, Vec<&Arc<Annotation>>> = BTreeMap::new();
        for annotation in theirs.annotations.values() {
            by_document.entry(annotation.anchor.document()).or_default().push(annotation);
        }
        let mut documents = BTreeMap::new();
        for (our, their) in &pairs {
            let annotations = by_document.get(&their.id).map_or(&[][..], Vec::as_slice);
            let same = our.source.digest == their.source.digest;
            let carried = carried(our.text(), their.text(), same, annotations);
            let laid = |(annotation, carried): (&&Arc<Annotation>, &Carried)| LaidAnnotation {
                annotation: Arc::clone(annotation),
                span: carried.span,
                fate: carried.fate,
                tag: tags.get(&annotation.tag).cloned(),
                statement: annotation.statement.and_then(|id| statements.get(&id).copied()),
            };
            let mut laid: Vec<LaidAnnotation> = annotations.iter().zip(&carried).map(laid).collect();
            laid.sort_by_key(|laid| (place(laid.span), laid.annotation.id));
            let text = if same { Sameness::Same } else { counted(&laid) };
            documents.insert(our.id.clone(), Laid { theirs: their.id.clone(), text, annotations: laid });
        }
        let matched: BTreeSet<&DocumentId> = pairs.iter().map(|(_, their)| &their.id).collect();
        let unmatched = theirs.documents.iter().map(|document| &document.id);
        let unmatched = unmatched.filter(|id| !matched.contains(id)).cloned().collect();
        Self { documents, unmatched, tags, unknown_tags, statements, unknown_statements, session: theirs }
    }

    /// Whether they have finished the document that lies over this one of ours.
    pub fn has_finished(&self, ours: &DocumentId) -> bool {
        self.documents.get(ours).is_some_and(|laid| finished(&self.session, &laid.theirs))
    }

    /// Their annotations over one of our documents.
    pub fn annotations(&self, ours: &DocumentId) -> &[LaidAnnotation] {
        self.documents.get(ours).map_or(&[], |laid| &laid.annotations)
    }

    /// One of their annotations by its id, with our document that it lies over.
    pub fn find(&self, id: AnnotationId) -> Option<(&DocumentId, &LaidAnnotation)> {
        let theirs = self.session.annotations.get(&id)?.anchor.document();
        let (ours, laid) = self.documents.iter().find(|(_, laid)| laid.theirs == *theirs)?;
        Some((ours, laid.annotations.iter().find(|laid| laid.annotation.id == id)?))
    }
}

/// Whether a document is finished in a session: at least one annotator has it done, and so has everyone who marked
/// something in it. What was taken over from another session is no mark of its annotator here.
pub fn finished(session: &Session, document: &DocumentId) -> bool {
    let Some(document) = session.document(document) else { return false };
    let done =
        |id| document.info.reading.get(id).is_some_and(|reading| reading.status == ReadingStatus::Done);
    let own = |annotation: &&Arc<Annotation>| {
        annotation.provenance.as_ref().is_none_or(|from| from.session == session.id)
            && *annotation.anchor.document() == document.id
    };
    document.info.reading.keys().any(done)
        && session.annotations.values().filter(own).all(|annotation| done(&annotation.annotator))
}

/// For sorting: spans in the order of the text, none last.
fn place(span: Option<Span>) -> (bool, usize, usize) {
    span.map_or((true, 0, 0), |span| (false, span.start(), span.end()))
}

fn counted(laid: &[LaidAnnotation]) -> Sameness {
    let count = |fate| laid.iter().filter(|laid| laid.fate == fate).count();
    Sameness::Changed {
        kept: count(Fate::Kept),
        moved: count(Fate::Moved),
        doubtful: count(Fate::Doubtful),
        lost: count(Fate::Lost),
    }
}

/// Where annotations of `theirs` stand in `ours`; those that had lost their place are sought by their words.
fn carried(ours: &str, theirs: &str, same: bool, annotations: &[&Arc<Annotation>]) -> Vec<Carried> {
    let mut spans = Vec::new();
    let mut wanted = Vec::new();
    for annotation in annotations {
        match &annotation.anchor {
            Anchor::Placed { span, .. } => spans.push(*span),
            Anchor::Orphan(orphan) => {
                wanted.push(Wanted { quote: &orphan.quote, before: &orphan.before, after: &orphan.after })
            }
        }
    }
    let placed = if same {
        spans.iter().map(|span| Carried { fate: Fate::Kept, span: Some(*span) }).collect()
    } else {
        carry(theirs, ours, &spans)
    };
    let (mut placed, mut sought) = (placed.into_iter(), seek(ours, &wanted).into_iter());
    let next = |annotation: &&Arc<Annotation>| {
        let next = if annotation.anchor.span().is_some() { placed.next() } else { sought.next() };
        next.unwrap_or(Carried { fate: Fate::Lost, span: None })
    };
    annotations.iter().map(next).collect()
}

/// Pairs of documents, ours first: by digest, then by a text that stood in one of them earlier, then by a title, short title or file name that only the two have.
fn matched<'a>(
    ours: &'a [Arc<Document>],
    theirs: &'a [Arc<Document>],
) -> Vec<(&'a Arc<Document>, &'a Arc<Document>)> {
    let mut pairs: Vec<(&Arc<Document>, &Arc<Document>)> = Vec::new();
    let mut open: Vec<&Arc<Document>> = theirs.iter().collect();
    let mut rest: Vec<&Arc<Document>> = Vec::new();
    for our in ours {
        let same = |their: &&&Arc<Document>| their.source.digest == our.source.digest;
        // Two copies of one text are told apart by their ids, if at all.
        let found =
            open.iter().filter(same).find(|their| their.id == our.id).or_else(|| open.iter().find(same));
        match found.copied() {
            Some(their) => {
                pairs.push((our, their));
                open.retain(|other| other.id != their.id);
            }
            None => rest.push(our),
        }
    }
    let texts: fn(&Document) -> Vec<String> = |document| {
        let digests = document.info.earlier.iter().chain([&document.source.digest]);
        digests.map(ToString::to_string).collect()
    };
    let title: fn(&Document) -> Vec<String> =
        |document| vec![fold(document.title().trim()), fold(document.label().trim())];
    let file: fn(&Document) -> Vec<String> =
        |document| document.source.import.file_name.iter().map(|name| fold(name)).collect();
    for names in [texts, title, file] {
        let has = |document: &Document, name: &String| !name.is_empty() && names(document).contains(name);
        let mut found = Vec::new();
        for our in &rest {
            let only = names(our).into_iter().find_map(|name| {
                let mut of_theirs = open.iter().filter(|their| has(their, &name));
                let their = *of_theirs.next()?;
                let alone =
                    of_theirs.next().is_none() && rest.iter().filter(|our| has(our, &name)).count() == 1;
                alone.then_some(their)
            });
            if let Some(their) = only
                && found.iter().all(|(_, other): &(_, &Arc<Document>)| other.id != their.id)
            {
                found.push((*our, their));
            }
        }
        rest.retain(|our| found.iter().all(|(paired, _)| paired.id != our.id));
        open.retain(|their| found.iter().all(|(_, paired)| paired.id != their.id));
        pairs.extend(found);
    }
    pairs
}

fn tags(ours: &Session, theirs: &Session) -> (BTreeMap<TagId, TagId>, Vec<TagId>) {
    let said = |theirs_id: &TagId| {
        let of_theirs = |mapping: &&TagMapping| mapping.session == theirs.id && mapping.theirs == *theirs_id;
        ours.tag_mappings.iter().find(of_theirs).map(|mapping| mapping.ours.clone())
    };
    let same = |id: &TagId| ours.scheme.tag(id).map(|tag| tag.id.clone());
    let ids = theirs.scheme.tags.iter().map(|tag| &tag.id);
    let known: BTreeMap<TagId, TagId> =
        ids.filter_map(|id| Some((id.clone(), said(id).or_else(|| same(id))?))).collect();
    let used: BTreeSet<&TagId> = theirs.annotations.values().map(|annotation| &annotation.tag).collect();
    let order = theirs.scheme.tags.iter().map(|tag| &tag.id);
    let unknown = order.filter(|id| used.contains(id) && !known.contains_key(*id)).cloned().collect();
    (known, unknown)
}

fn statements(ours: &Session, theirs: &Session) -> (BTreeMap<StatementId, StatementId>, Vec<StatementId>) {
    let said = |id: StatementId| {
        let of_theirs = |mapping: &&StatementMapping| mapping.session == theirs.id && mapping.theirs == id;
        ours.statement_mappings.iter().find(of_theirs).map(|mapping| mapping.ours)
    };
    let by_name = |session: &Session| {
        let mut names: BTreeMap<String, Vec<StatementId>> = BTreeMap::new();
        for statement in session.statements.values() {
            names.entry(fold(statement.name.trim())).or_default().push(statement.id);
        }
        names
    };
    let (our_names, their_names) = (by_name(ours), by_name(theirs));
    let named = |name: &str| {
        let name = fold(name.trim());
        match (our_names.get(&name)?.as_slice(), their_names.get(&name)?.as_slice()) {
            ([only], [_]) if !name.is_empty() => Some(*only),
            _ => None,
        }
    };
    let mut known = BTreeMap::new();
    for statement in theirs.statements.values() {
        let same = ours.statements.contains_key(&statement.id).then_some(statement.id);
        if let Some(id) = said(statement.id).or(same).or_else(|| named(&statement.name)) {
            known.insert(statement.id, id);
        }
    }
    let used: BTreeSet<StatementId> =
        theirs.annotations.values().filter_map(|annotation| annotation.statement).collect();
    let unknown = used.into_iter().filter(|id| !known.contains_key(id)).collect();
    (known, unknown)
}

#[cfg(test)]
mod tests;
