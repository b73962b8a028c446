//! From the structs of the file to a session, and what did not fit.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use super::Place;
use super::v1::{self, Annotation, Context, Document, File};
use crate::model::{self, Anchor, AnnotationId, DocumentId, OrphanAnchor, Problem, Session, SessionInfo};

/// A session of all that could be taken over, and what could not. The session may still be invalid.
pub(super) struct Built {
    pub session: Session,
    pub found: Vec<Found>,
}

/// Something in the file that is wrong.
pub(super) struct Found {
    /// What kind of record, as [`Problem`] names it, and its id: to find its place.
    record: Option<(String, String)>,
    /// The first or second record of that id.
    nth: usize,
    /// What is wrong, in a sentence that names the record.
    pub what: String,
    /// What became of the record in [`Built`].
    pub fate: &'static str,
    /// The annotation that is an orphan by it.
    pub orphaned: Option<AnnotationId>,
}

pub(super) fn build(file: File<'static>) -> Built {
    let mut found = Vec::new();
    let documents = documents(file.documents, file.texts, &mut found);
    let by_id: BTreeMap<&DocumentId, &model::Document> =
        documents.iter().map(|document| (&document.id, &**document)).collect();

    let mut annotations = BTreeMap::new();
    for record in file.annotations {
        let id = record.id.0;
        match annotation(record, &by_id, &mut found) {
            Ok(annotation) if !annotations.contains_key(&id) => {
                annotations.insert(id, Arc::new(annotation));
            }
            Ok(_) => found.push(Found::twice("annotation", &id)),
            Err(what) => found.push(Found::new("annotation", &id, what)),
        }
    }
    let links = keyed("link", file.links.into_iter().map(v1::Link::into_model), |link| link.id, &mut found);
    let statements = keyed(
        "statement",
        file.statements.into_iter().map(v1::Statement::into_model),
        |it| it.id,
        &mut found,
    );
    let actors =
        keyed("voice", file.actors.into_iter().map(v1::Actor::into_model), |it| it.id.clone(), &mut found);
    let mut annotators = BTreeMap::new();
    for (id, annotator) in file.annotators.into_iter().map(v1::Annotator::into_model) {
        match annotators.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(annotator);
            }
            Entry::Occupied(entry) => {
                found.push(Found::twice("annotator", entry.key()));
            }
        }
    }
    let session = Session {
        id: file.id.0,
        created: file.created.0,
        info: SessionInfo { title: file.title.into_owned(), note: file.note.into_owned() },
        documents,
        scheme: Arc::new(file.scheme.into_model()),
        annotators,
        actors,
        statements,
        annotations,
        links,
        alerts_aside: file.alerts_aside.into_iter().map(v1::Alert::into_model).collect(),
        tag_mappings: file.tag_mappings.into_iter().map(v1::TagMapping::into_model).collect(),
        statement_mappings: (file.statement_mappings.into_iter())
            .map(v1::StatementMapping::into_model)
            .collect(),
        decisions: file.decisions.into_iter().map(v1::Decision::into_model).collect(),
        remarks: file.remarks.into_iter().map(v1::Remark::into_model).collect(),
        conflicts: file.conflicts.into_iter().map(v1::Conflict::into_model).collect(),
    };
    Built { session, found }
}

fn documents(
    records: Vec<Document<'static>>,
    texts: Vec<v1::DocumentText<'static>>,
    found: &mut Vec<Found>,
) -> Vec<Arc<model::Document>> {
    let mut by_id: BTreeMap<DocumentId, Arc<str>> = BTreeMap::new();
    for text in texts {
        let id = text.document.0;
        if !records.iter().any(|record| record.id.0 == id) {
            found.push(Found::text(&id, "there is a text of a document that does not exist"));
            continue;
        }
        match by_id.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(Arc::from(text.lines.join("\n")));
            }
            Entry::Occupied(entry) => {
                found.push(Found::text(entry.key(), "there are two texts of one document"));
            }
        }
    }
    let mut documents: Vec<Arc<model::Document>> = Vec::new();
    for record in records {
        let id = record.id.0.clone();
        if documents.iter().any(|document| document.id == id) {
            found.push(Found::twice("document", &id));
            continue;
        }
        let text = by_id.remove(&id).ok_or_else(|| "its text is missing".to_owned());
        match text.and_then(|text| record.into_model(text)) {
            Ok(document) => documents.push(Arc::new(document)),
            Err(what) => found.push(Found::new("document", &id, what)),
        }
    }
    documents
}

/// An annotation whose quote stands at its span; one whose quote does not is reported and becomes an orphan.
fn annotation(
    record: Annotation<'static>,
    documents: &BTreeMap<&DocumentId, &model::Document>,
    found: &mut Vec<Found>,
) -> Result<model::Annotation, String> {
    let (annotation, context) = record.into_model()?;
    let Anchor::Placed { document, span } = &annotation.anchor else { return Ok(annotation) };
    // An annotation on a document that is not there is for the model to report.
    let Some(text) = documents.get(document).map(|document| document.text()) else { return Ok(annotation) };
    let Context { quote, before, after } = context;
    let (span, quote_there) = (*span, span.of(text));
    let what = match quote_there {
        None if span.end() > text.len() => "its span is past the end of its text",
        None => "its span begins or ends inside a character",
        Some(_) if quote.is_empty() => "it has no quote",
        Some(there) if there != quote => "its quote is not what stands at its span",
        Some(_) if !text[..span.start()].ends_with(&before) => {
            "what it gives as before its quote is not there"
        }
        Some(_) if !text[span.end()..].starts_with(&after) => "what it gives as after its quote is not there",
        Some(_) => return Ok(annotation),
    };
    let is_there = quote_there == Some(quote.as_str());
    let fate = if is_there { "it was kept" } else { "it is an orphan now" };
    let orphaned = (!is_there).then_some(annotation.id);
    found.push(Found { fate, orphaned, ..Found::new("annotation", &annotation.id, what) });
    if is_there {
        return Ok(annotation);
    }
    let orphan = OrphanAnchor { document: document.clone(), quote, before, after, last: span };
    Ok(model::Annotation { anchor: Anchor::Orphan(orphan), ..annotation })
}

fn keyed<K: Ord + fmt::Display, V>(
    kind: &'static str,
    records: impl Iterator<Item = V>,
    key: impl Fn(&V) -> K,
    found: &mut Vec<Found>,
) -> BTreeMap<K, Arc<V>> {
    let mut map = BTreeMap::new();
    for record in records {
        match map.entry(key(&record)) {
            Entry::Vacant(entry) => {
                entry.insert(Arc::new(record));
            }
            Entry::Occupied(entry) => found.push(Found::twice(kind, entry.key())),
        }
    }
    map
}

impl Found {
    fn new(kind: &str, id: &impl fmt::Display, what: impl fmt::Display) -> Self {
        let id = id.to_string();
        let what = format!("{kind} {id}: {what}");
        Self { record: Some((kind.to_owned(), id)), nth: 1, what, fate: "it was left out", orphaned: None }
    }

    fn twice(kind: &'static str, id: &impl fmt::Display) -> Self {
        let problem = Problem::Twice { kind, id: id.to_string() };
        Self { fate: "the second was left out", ..Self::from(&problem) }
    }

    fn text(id: &DocumentId, what: &str) -> Self {
        let record = Some(("text".to_owned(), id.to_string()));
        Self { record, nth: 1, what: format!("{what}: {id}"), fate: "it was left out", orphaned: None }
    }

    /// The annotation that it is about.
    pub(super) fn annotation(&self) -> Option<AnnotationId> {
        let (kind, id) = self.record.as_ref()?;
        id.parse().ok().filter(|_| kind == "annotation")
    }

    /// Where the record stands in the file.
    pub(super) fn place(&self, source: &str) -> Option<Place> {
        let (kind, id) = self.record.as_ref()?;
        let (section, field) = match kind.as_str() {
            "annotation" | "comment" => ("annotations: [", "id"),
            "annotator" => ("annotators: [", "id"),
            "attribute" => ("attributes: [", "id"),
            "document" => ("documents: [", "id"),
            "link" => ("links: [", "id"),
            "link kind" => ("link_kinds: [", "id"),
            "statement" => ("statements: [", "id"),
            "tag" => ("tags: [", "id"),
            "tag key" => ("tags: [", "key"),
            "tag letter" => ("tags: [", "letter"),
            "text" => ("texts: [", "document"),
            "voice" => ("actors: [", "id"),
            _ => return None,
        };
        let value = match kind.as_str() {
            "tag key" => format!("Some({id})"),
            "tag letter" => format!("{:?}", id.chars().next()?),
            _ => format!("{id:?}"),
        };
        let needle = format!("{field}: {value}");
        let from = source.find(section)?;
        let (at, _) = source[from..].match_indices(&needle).nth(self.nth - 1)?;
        Some(Place::of(source.as_bytes(), from + at))
    }
}

impl From<&Problem> for Found {
    fn from(problem: &Problem) -> Self {
        const RANGE: &str = "a \"not text\" range of ";
        const KINDS: [&str; 5] = ["annotation", "link", "document", "tag", "attribute"];
        let (record, nth) = match problem {
            Problem::Twice { kind, id } => (Some(((*kind).to_owned(), id.clone())), 2),
            Problem::Damaged { document } => (Some(("document".to_owned(), document.clone())), 1),
            Problem::Dangling { owner, .. }
            | Problem::Misplaced { owner, .. }
            | Problem::Other { owner, .. } => {
                let named = KINDS.iter().find_map(|kind| {
                    let id = owner.strip_prefix(kind)?.strip_prefix(' ')?;
                    Some(((*kind).to_owned(), id.to_owned()))
                });
                let range = || Some(("document".to_owned(), owner.strip_prefix(RANGE)?.to_owned()));
                (named.or_else(range), 1)
            }
        };
        Self { record, nth, what: problem.to_string(), fate: "it was left out", orphaned: None }
    }
}
