//! Which document of the session is which of the file's; new ones come along.

use std::sync::Arc;

use super::super::{Foreign, ForeignDocument};
use super::names::Names;
use super::{Taken, Taking};
use crate::edit::Edit;
use crate::format::decode;
use crate::model::{AnnotatorId, Digest, Document, DocumentId, Session, Timestamp, slug};

/// The document of the session, old or new, for each of the file's; `None` when it is not known.
pub(super) fn of(
    session: &Session,
    foreign: &Foreign,
    names: &Names,
    taking: Taking<'_>,
    taken: &mut Taken,
) -> Vec<Option<Arc<Document>>> {
    let mut all: Vec<Arc<Document>> = session.documents.clone();
    let mut found = Vec::new();
    for document in &foreign.documents {
        // Gainsay's own file says itself which documents are two, even of the same text.
        let among = if document.import.is_some() { &session.documents } else { &all };
        if let Some(own) = known(among, document) {
            found.push(Some(own));
            continue;
        }
        let Some(text) = &document.text else {
            found.push(None);
            continue;
        };
        match new_document(document, text, &all, names, taking.at) {
            Ok(new) => {
                let new = Arc::new(new);
                taken.edits.push(Edit::AddDocument { at: all.len(), document: Arc::clone(&new) });
                taken.report.documents += 1;
                all.push(Arc::clone(&new));
                found.push(Some(new));
            }
            Err(why) => {
                taken.report.left_out.push(format!("{}: {why}", document.name));
                found.push(None);
            }
        }
    }
    found
}

/// The document that has this text, else this digest (a text may have lost what its file can't hold), else, where the
/// file has neither, this name.
fn known(all: &[Arc<Document>], document: &ForeignDocument) -> Option<Arc<Document>> {
    if let Some(text) = &document.text {
        let text = canonical(text);
        let same = || all.iter().filter(|it| it.text() == text);
        let own = same().find(|it| document.id.as_deref() == Some(it.id.as_str())).or_else(|| same().next());
        // Some programs drop the line end at the end.
        let own = own.or_else(|| all.iter().find(|it| it.text().trim_end() == text.trim_end()));
        if own.is_some() || document.digest.is_none() {
            return own.cloned();
        }
    }
    if let Some(digest) = document.digest.as_deref() {
        let hex = |it: Digest| it.to_string().eq_ignore_ascii_case(digest);
        return all.iter().find(|it| hex(it.source.digest) || hex(it.source.import.digest)).cloned();
    }
    let name = document.name.trim();
    // An address ends in the name of a file.
    let stem = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
    };
    let is_named = |it: &&Arc<Document>| {
        let metadata = &it.info.metadata;
        let file = it.source.import.file_name.as_deref().unwrap_or_default();
        document.id.as_deref() == Some(it.id.as_str())
            || [it.id.as_str(), &metadata.title, &metadata.title_short, &metadata.url, file].contains(&name)
            || !file.is_empty() && stem(file) == stem(name)
    };
    let mut named = all.iter().filter(is_named);
    let own = named.next().filter(|_| !name.is_empty())?;
    named.next().is_none().then(|| Arc::clone(own))
}

/// A text as canonical texts are: no byte-order mark, lines ending in LF.
pub(in crate::format) fn canonical(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

fn new_document(
    document: &ForeignDocument,
    text: &str,
    all: &[Arc<Document>],
    names: &Names,
    at: Timestamp,
) -> Result<Document, String> {
    let name = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let taken = |id: &str| all.iter().any(|it| it.id.as_str() == id);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let own = document.id.as_deref().filter(|id| !taken(id));
    let id = own.map_or_else(|| slug(stem, "document", taken), str::to_owned);
    let id = DocumentId::new(id);
    if let Some(import) = &document.import {
        // Gainsay's own: exactly as it was.
        let source = Arc::new(crate::model::Source::new(text, import.clone()));
        let mut info = document.info.clone().unwrap_or_default();
        let reading = std::mem::take(&mut info.reading);
        let by = |id: AnnotatorId| names.annotators.get(&id).cloned();
        info.reading = reading.into_iter().filter_map(|(id, reading)| Some((by(id)?, reading))).collect();
        return Ok(Document { id, source, info: Arc::new(info) });
    }
    let decoded = decode::decode(text.as_bytes(), Some("utf-8")).map_err(|error| error.to_string())?;
    let file_name = (!name.is_empty()).then_some(name);
    let mut made = decode::document(decoded, file_name, at, id);
    if let Some(info) = &document.info {
        made.info = Arc::new(info.clone());
    }
    Ok(made)
}
