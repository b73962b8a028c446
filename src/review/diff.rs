//! What differs between two sessions, in terms of passages: one line for each record, in plain words.
//!
//! Two versions of one session match by id. Sessions of two people have annotations of their own: those without a
//! counterpart of the same id are matched by passage, as [`compare`] does it. When something was done, and the history
//! that is kept of it, is not compared.
//!
//! [`compare`]: super::compare

mod annotations;
mod records;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Document, DocumentId, Session};

use super::layer::Layer;

use words::Places;

pub use records::conflict as conflict_in_words;

/// The lines that tell how `a` becomes `b`; none when nothing differs. They may hold any character that a document
/// holds, but no line breaks.
pub fn diff(a: &Session, b: &Session) -> Vec<String> {
    let layer = Layer::over(a, Arc::new(b.clone()));
    let mut lines = Vec::new();
    records::session(a, b, &mut lines);
    records::scheme(a, b, &mut lines);
    let pairs = pairs(a, b, &layer);
    let places = [Places::of(a), Places::of(b)];
    let mut told = annotations::told(a, b, &layer, &pairs, &places);
    for document in &a.documents {
        match pairs.get(&document.id).and_then(|id| b.document(id)) {
            Some(other) => records::document(a, b, document, other, &mut lines),
            None => lines.push(format!("{}: document removed", document.label())),
        }
        lines.append(&mut told.of_a.remove(&document.id).unwrap_or_default());
    }
    let matched: Vec<&DocumentId> = pairs.values().collect();
    for document in b.documents.iter().filter(|document| !matched.contains(&&document.id)) {
        lines.push(format!("{}: document added, {} bytes", document.label(), document.text().len()));
        lines.append(&mut told.of_b.remove(&document.id).unwrap_or_default());
    }
    annotations::links(a, b, &told.counterparts, &places, &mut lines);
    records::statements_and_voices(a, b, &mut lines);
    records::lists(a, b, &mut lines);
    lines.into_iter().map(|line| line.replace('\n', " ")).collect()
}

/// Documents of `a` with those of `b` that they are: of the same id and text, else of the same text or title, else of
/// the same id.
fn pairs(a: &Session, b: &Session, layer: &Layer) -> BTreeMap<DocumentId, DocumentId> {
    let mut pairs = BTreeMap::new();
    let mut left: Vec<&Arc<Document>> = Vec::new();
    for document in &a.documents {
        let same = |other: &&Arc<Document>| other.source.digest == document.source.digest;
        match b.document(&document.id).filter(same) {
            Some(other) => drop(pairs.insert(document.id.clone(), other.id.clone())),
            None => left.push(document),
        }
    }
    for document in left {
        let free = |id: &DocumentId| !pairs.values().any(|taken| taken == id);
        let laid = layer.documents.get(&document.id).map(|laid| laid.theirs.clone()).filter(&free);
        let own = || b.document(&document.id).map(|other| other.id.clone()).filter(&free);
        if let Some(other) = laid.or_else(own) {
            pairs.insert(document.id.clone(), other);
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
