//! A corrected text in the place of a document's: what becomes of each annotation, for someone to look at, and the
//! edits that do it as one step.
//!
//! What else of a session hangs on a document's text: page furniture goes along where its place is sure; how far someone
//! has read stays as they said it, and is told; decisions of adjudication know each annotation by a digest of what it
//! said, which is made anew for those whose words are the same; versions of a place that a merge left open are of a text
//! that is gone, so that they go, and it is told. Statements, links, comments, notes and alerts name annotations, not
//! places: they stay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::{Edit, apply};
use crate::model::{
    Anchor, Annotation, AnnotationId, Conflict, Decision, Document, DocumentId, DocumentInfo, OrphanAnchor,
    ReadingStatus, RecordKind, Session, Source, Span,
};
use crate::review::cases::content_digest;
use crate::text::quote::context;
use crate::text::reanchor::{Carried, Fate, Wanted, carry, likeness, seek};
use crate::text::spans;

/// Code points of context that an orphan keeps on each side.
const CONTEXT: usize = 32;

/// What a corrected text would make of a document and its annotations. Nothing is changed yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The document as it is.
    pub old: Arc<Document>,
    /// The document as it would be: the new text, what is known about it, the furniture that was found again.
    pub new: Arc<Document>,
    /// What becomes of each annotation, in the order of the old text; orphans last.
    pub rows: Vec<Row>,
    /// Pieces of furniture whose place is not sure: they would be text again.
    pub furniture_lost: usize,
    /// What else there is to know, a sentence each.
    pub notes: Vec<String>,
}

/// What becomes of one annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which.
    pub annotation: AnnotationId,
    /// How sure its place is.
    pub fate: Fate,
    /// Its text was gone before.
    pub was_orphan: bool,
    /// Where it stands, in bytes of the old text; an orphan's last place.
    pub old: Span,
    /// Its words.
    pub old_quote: String,
    /// Where it would stand, in bytes of the new text.
    pub new: Option<Span>,
    /// The words there, or empty.
    pub new_quote: String,
    /// How much of the words is the same, from 0 to 1.
    pub likeness: f32,
    /// Why it is not sure, or what happened to it.
    pub why: &'static str,
}

impl Row {
    /// Whether someone must say yes before it is placed.
    pub fn asks(&self) -> bool {
        self.fate == Fate::Doubtful && self.new.is_some()
    }
}

impl Plan {
    /// How many annotations have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }

    /// The doubtful ones, of which each needs a yes.
    pub fn doubtful(&self) -> impl Iterator<Item = AnnotationId> {
        self.rows.iter().filter(|row| row.asks()).map(|row| row.annotation)
    }
}

/// Why a text cannot take the place of a document's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// There is no such document.
    #[error("there is no such document")]
    Missing,
    /// It is the text that is there.
    #[error("it is the same text, to the letter")]
    Same,
}

/// What `source` in the place of a document's text would make of it.
///
/// # Errors
/// When the document is not there, or has that very text.
pub fn plan(session: &Session, id: &DocumentId, source: Source) -> Result<Plan, CarryError> {
    let old = session.document(id).ok_or(CarryError::Missing)?;
    if old.source.digest == source.digest {
        return Err(CarryError::Same);
    }
    let inside: Vec<&Arc<Annotation>> =
        session.annotations.values().filter(|annotation| annotation.anchor.document() == id).collect();
    let placed: Vec<&Arc<Annotation>> =
        inside.iter().copied().filter(|annotation| annotation.anchor.span().is_some()).collect();
    // One alignment for all.
    let mut spans: Vec<Span> = placed.iter().filter_map(|annotation| annotation.anchor.span()).collect();
    spans.extend(&old.info.furniture);
    let carried = carry(old.text(), &source.text, &spans);
    let (of_annotations, of_furniture) = carried.split_at(placed.len());
    let mut rows: Vec<Row> = placed
        .iter()
        .zip(of_annotations)
        .filter_map(|(annotation, carried)| {
            let span = annotation.anchor.span()?;
            let quote = span.of(old.text()).unwrap_or_default().to_owned();
            Some(row(annotation.id, (span, quote, false), *carried, &source.text))
        })
        .collect();
    rows.sort_by_key(|row| (row.old, row.annotation));
    rows.extend(sought(&inside, &source.text));
    let (info, furniture_lost) = info(old, of_furniture);
    let notes = notes(session, old, furniture_lost, &inside);
    let new = Arc::new(Document { id: id.clone(), source: Arc::new(source), info: Arc::new(info) });
    Ok(Plan { old: Arc::clone(old), new, rows, furniture_lost, notes })
}

/// What becomes of those whose text was gone already: the new one may have it again.
fn sought(inside: &[&Arc<Annotation>], text: &str) -> Vec<Row> {
    let orphans: Vec<(AnnotationId, &OrphanAnchor)> = inside
        .iter()
        .filter_map(|annotation| match &annotation.anchor {
            Anchor::Orphan(orphan) => Some((annotation.id, orphan)),
            Anchor::Placed { .. } => None,
        })
        .collect();
    let wanted: Vec<Wanted> = orphans
        .iter()
        .map(|(_, it)| Wanted { quote: &it.quote, before: &it.before, after: &it.after })
        .collect();
    let row = |((id, orphan), carried): (&(AnnotationId, &OrphanAnchor), Carried)| {
        // The text that it comes from is not at hand: whether it stood there twice, no one knows.
        let fate = if carried.fate == Fate::Lost { Fate::Lost } else { Fate::Doubtful };
        row(*id, (orphan.last, orphan.quote.clone(), true), Carried { fate, ..carried }, text)
    };
    orphans.iter().zip(seek(text, &wanted)).map(row).collect()
}

fn row(id: AnnotationId, (old, quote, was_orphan): (Span, String, bool), to: Carried, text: &str) -> Row {
    let new_quote = to.span.and_then(|span| span.of(text)).unwrap_or_default().to_owned();
    let same = quote == new_quote;
    let why = match to.fate {
        Fate::Kept if same => "the same words in their place",
        Fate::Kept => "the same words, wrapped or quoted otherwise",
        Fate::Moved => "the same words in another place",
        Fate::Doubtful if was_orphan => "its words are here again; whether it is them must be said",
        Fate::Doubtful if same => "the same words, but not in the same company: look whether it is they",
        Fate::Doubtful => "other words stand in its place",
        Fate::Lost => "its words are gone",
    };
    let likeness = likeness(&quote, &new_quote);
    Row {
        annotation: id,
        fate: to.fate,
        was_orphan,
        old,
        old_quote: quote,
        new: to.span,
        new_quote,
        likeness,
        why,
    }
}

/// What is known about the document with its new text; and how many pieces of furniture found no sure place.
fn info(old: &Document, furniture: &[Carried]) -> (DocumentInfo, usize) {
    let mut info = DocumentInfo::clone(&old.info);
    info.furniture.clear();
    let sure: Vec<Span> = furniture.iter().filter_map(|carried| carried.sure()).collect();
    sure.iter().for_each(|span| spans::add(&mut info.furniture, *span));
    info.earlier.push(old.source.digest);
    info.earlier.sort();
    info.earlier.dedup();
    (info, furniture.len() - sure.len())
}

fn notes(
    session: &Session,
    old: &Document,
    furniture_lost: usize,
    inside: &[&Arc<Annotation>],
) -> Vec<String> {
    let mut notes = Vec::new();
    match furniture_lost {
        0 => {}
        1 => notes.push("1 range of furniture is not found for sure and is text again".to_owned()),
        more => notes.push(format!("{more} ranges of furniture are not found for sure and are text again")),
    }
    let done = old.info.reading.iter().filter(|(_, reading)| reading.status == ReadingStatus::Done);
    let names: Vec<&str> = done.map(|(id, _)| session.annotator_name(id)).collect();
    if !names.is_empty() {
        notes.push(format!("{} had finished the old text; that mark stays", names.join(", ")));
    }
    let open = session.conflicts.iter().filter(|conflict| of_a_place(conflict, inside)).count();
    if open > 0 {
        notes.push(format!("{open} open conflicts about places in the old text are let go"));
    }
    notes
}

/// True for versions of a place in the text that goes.
fn of_a_place(conflict: &Conflict, inside: &[&Arc<Annotation>]) -> bool {
    conflict.kind == RecordKind::Annotation
        && conflict.field == "anchor"
        && inside.iter().any(|annotation| annotation.id.to_string() == conflict.id)
}

/// The edits of the one step that does what the plan says: those sure and those of `accepted` are placed, all others are
/// orphans with their quote and what stood around it.
pub fn edits(session: &Session, plan: &Plan, accepted: &BTreeSet<AnnotationId>) -> Vec<Edit> {
    let id = &plan.old.id;
    let anchors = plan.rows.iter().filter_map(|row| {
        let sure = matches!(row.fate, Fate::Kept | Fate::Moved) || accepted.contains(&row.annotation);
        match row.new.filter(|_| sure) {
            Some(span) => Some((row.annotation, Anchor::Placed { document: id.clone(), span })),
            // It keeps the words that it had first.
            None if row.was_orphan => None,
            None => Some((row.annotation, orphan(&plan.old, row.old))),
        }
    });
    let replace = Edit::ReplaceDocument { document: Arc::clone(&plan.new), anchors: anchors.collect() };
    let mut after = session.clone();
    let mut edits = vec![replace];
    // The decisions rest on what annotations say; refused, the step will be too.
    if apply(&mut after, &edits[0]).is_ok() {
        edits.extend(decisions(session, &after, plan));
    }
    let inside: Vec<&Arc<Annotation>> =
        session.annotations.values().filter(|annotation| annotation.anchor.document() == id).collect();
    let kept = |conflict: &&Conflict| !of_a_place(conflict, &inside);
    let conflicts: Vec<Conflict> = session.conflicts.iter().filter(kept).cloned().collect();
    if conflicts.len() < session.conflicts.len() {
        edits.push(Edit::SetConflicts(conflicts));
    }
    edits
}

/// An annotation whose text is gone, with all that is known of its place.
fn orphan(document: &Document, last: Span) -> Anchor {
    let text = document.text();
    let (before, after) = context(text, last, CONTEXT);
    Anchor::Orphan(OrphanAnchor {
        document: document.id.clone(),
        quote: last.of(text).unwrap_or_default().to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        last,
    })
}

/// The decisions with new digests for annotations that say what they said, in their new place.
fn decisions(before: &Session, after: &Session, plan: &Plan) -> Option<Edit> {
    let sure = plan.rows.iter().filter(|row| matches!(row.fate, Fate::Kept | Fate::Moved));
    let digests: BTreeMap<AnnotationId, _> = sure
        .filter_map(|row| {
            let digest = |session: &Session| {
                let annotation = session.annotations.get(&row.annotation)?;
                Some(content_digest(session, annotation))
            };
            Some((row.annotation, (digest(before)?, digest(after)?)))
        })
        .collect();
    let mut changed = false;
    let follow = |decision: &Decision| {
        let mut decision = decision.clone();
        for (id, seen) in decision.about.iter().zip(&mut decision.seen) {
            if let Some((old, new)) = digests.get(id).filter(|(old, _)| old == seen) {
                changed |= old != new;
                *seen = *new;
            }
        }
        decision
    };
    let decisions: Vec<Decision> = before.decisions.iter().map(follow).collect();
    changed.then_some(Edit::SetDecisions(decisions))
}

/// The edit that puts an orphan on a span of its document again.
pub fn place_again(session: &Session, id: AnnotationId, span: Span) -> Option<Edit> {
    let orphan = session.annotations.get(&id).filter(|annotation| annotation.anchor.span().is_none())?;
    let document = orphan.anchor.document().clone();
    let anchor = Anchor::Placed { document, span };
    Some(Edit::PutAnnotation(Arc::new(Annotation { anchor, ..Annotation::clone(orphan) })))
}

/// Where an orphan may stand in the present text of its document, for someone to say yes to.
pub fn proposal(session: &Session, id: AnnotationId) -> Option<Span> {
    let annotation = session.annotations.get(&id)?;
    let Anchor::Orphan(OrphanAnchor { document, quote, before, after, .. }) = &annotation.anchor else {
        return None;
    };
    let text = session.document(document)?.text();
    crate::text::reanchor::resembling(text, &Wanted { quote, before, after })
}

#[cfg(test)]
mod tests;
