//! What an annotation says: all that is compared, without note, comments, ids and times.

use std::collections::BTreeMap;

use crate::model::{Annotation, AttributeId, Digest, Session, StatementId};
use crate::review::layer::Layer;
use crate::text::fold::fold;

use super::Source;

/// A digest of what an annotation says in its own session: document and span, quote, tag, statement, attributes,
/// voice, being sure. Note, comments, ids and times make no difference.
pub fn content_digest(session: &Session, annotation: &Annotation) -> Digest {
    let document = session.document(annotation.anchor.document());
    let digest = document.map_or(String::new(), |document| document.source.digest.to_string());
    let span = annotation.anchor.span().map_or(String::new(), |span| span.to_string());
    let statement = annotation.statement.map_or(String::new(), |id| id.to_string());
    let unsure = if annotation.unsure { "unsure" } else { "" };
    let mut parts =
        vec![&digest, &span, session.quote(annotation), annotation.tag.as_str(), &statement, unsure];
    let attributes = annotation.attributes.len().to_string();
    parts.push(&attributes);
    parts.extend(annotation.attributes.iter().flat_map(|(id, value)| [id.as_str(), value.as_str()]));
    parts.extend(annotation.voice.iter().map(|id| id.as_str()));
    let mut bytes = Vec::new();
    for part in parts {
        // Lengths keep "ab", "c" and "a", "bc" apart.
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    Digest::of(&bytes)
}

/// What stands in `seen` for an annotation of one's own that the decision took away: nothing of it can change.
pub(super) fn nothing() -> Digest {
    Digest::of(b"")
}

/// What an annotation says besides passage and tag, in terms of our session.
#[derive(PartialEq, Eq)]
pub(super) struct Said {
    /// A statement, or one of theirs of which it is not known which of ours it is.
    statement: Option<Result<StatementId, (usize, StatementId)>>,
    attributes: BTreeMap<AttributeId, String>,
    /// Names, since ids are made from what each called them first.
    voice: Vec<String>,
    unsure: bool,
}

pub(super) fn said(ours: &Session, layers: &[&Layer], source: Source, annotation: &Annotation) -> Said {
    let (session, statement) = match source {
        Source::Own => (ours, annotation.statement.map(Ok)),
        Source::Layer(at) => {
            let known = |id| layers[at].statements.get(&id).copied().ok_or((at, id));
            (&*layers[at].session, annotation.statement.map(known))
        }
    };
    let name = |id| {
        let actor = ours.actors.get(id).or_else(|| session.actors.get(id));
        actor.map_or(String::new(), |actor| fold(actor.name.trim()))
    };
    Said {
        statement,
        attributes: annotation.attributes.clone(),
        voice: annotation.voice.iter().map(name).collect(),
        unsure: annotation.unsure,
    }
}
