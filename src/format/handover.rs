//! The copy for a second coder: what one works on, and nothing of what one has made of it.

use std::sync::Arc;

use crate::model::{
    Document, DocumentInfo, Example, Metadata, Scheme, Session, SessionId, SessionInfo, Source, Timestamp,
};

/// A session with the same documents, their metadata and furniture, and the same scheme with its rules; without
/// annotations, statements, links, voices, comments, notes, reading status, decisions, the names of annotators, and
/// anything that tells of the machine. `id` and `created` are those of the new session.
///
/// The words of examples stay, since they are part of the codebook; where they were taken from goes.
pub fn second_coder_copy(session: &Session, id: SessionId, created: Timestamp) -> Session {
    Session {
        info: SessionInfo { title: session.info.title.clone(), note: String::new() },
        scheme: Arc::new(scheme(&session.scheme)),
        documents: session.documents.iter().map(|document| Arc::new(handed(document))).collect(),
        ..Session::new(id, created)
    }
}

fn handed(document: &Document) -> Document {
    let DocumentInfo { metadata, presentation, furniture, reading: _, group, earlier } = &*document.info;
    let mut metadata = Metadata { note: String::new(), ..metadata.clone() };
    if metadata.url.trim_start().to_lowercase().starts_with("file:") {
        metadata.url.clear();
    }
    let info = DocumentInfo {
        metadata,
        presentation: *presentation,
        furniture: furniture.clone(),
        reading: Default::default(),
        group: group.clone(),
        earlier: earlier.clone(),
    };
    let mut source = Source::clone(&document.source);
    // A name alone; were a path there, it would tell of the machine.
    source.import.file_name =
        source.import.file_name.map(|name| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
    Document { id: document.id.clone(), source: Arc::new(source), info: Arc::new(info) }
}

/// The scheme without ties to annotations, and without what was noted on its examples.
fn scheme(scheme: &Scheme) -> Scheme {
    let mut scheme = scheme.clone();
    let words_alone = |examples: &mut Vec<Example>| {
        for example in examples {
            (example.annotation, example.note) = (None, String::new());
        }
    };
    for tag in &mut scheme.tags {
        words_alone(&mut tag.examples);
        tag.rules.iter_mut().for_each(|rule| words_alone(&mut rule.examples));
    }
    scheme
}

#[cfg(test)]
mod tests;
