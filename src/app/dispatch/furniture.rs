//! Page furniture: letterheads, page numbers, captions, navigation, marked *not text* by the reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Document, DocumentId, DocumentInfo, Span};
use crate::text::{repeats, spans};

use super::super::{FurniturePlace, JobResult, MessageKind, Overlay, Selection, Workspace, count};
use super::annotate::step;

/// Characters of the line shown around a place in the list.
const AROUND: usize = 40;

/// Marks the selection as not text, after a list where it stands again; what is marked so becomes text again.
pub(super) fn ask(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(pane) = desk.view.focused() else { return };
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let selection = desk.view.selection_in(pane.id);
    let furniture = &document.info.furniture;
    // A caret in furniture means the whole of it.
    let at_caret = selection.filter(|selection| selection.is_caret()).and_then(|caret| {
        furniture.iter().find(|span| span.start() <= caret.head && caret.head <= span.end())
    });
    if let Some(span) = at_caret.copied() {
        return take(workspace, vec![(pane.document.clone(), span)], false);
    }
    let selected = selection.and_then(Selection::span).and_then(|span| cache.snap(document.text(), span));
    let Some(span) = selected else {
        let said = "Select a letterhead, a page number or another thing that is not text; then press X";
        workspace.say(MessageKind::Notice, said, false);
        return;
    };
    if spans::overlap(furniture, &[span]) == span.len() {
        return take(workspace, vec![(pane.document.clone(), span)], false);
    }
    let (id, passage) = (pane.document.clone(), document.text()[span.range()].to_owned());
    let documents: Vec<Arc<Document>> = desk.session().documents.clone();
    let number = desk.number;
    workspace.jobs.start("repeats", move || {
        let places = places(&documents, &id, span, &passage);
        JobResult::Repeats { number, document: id, span, places }
    });
}

/// Where else the passage stands, in its own document first.
fn places(documents: &[Arc<Document>], own: &DocumentId, span: Span, passage: &str) -> Vec<FurniturePlace> {
    let mut places = Vec::new();
    let own_first = documents.iter().filter(|document| document.id == *own);
    let alone = own_first.clone().any(|document| repeats::is_alone(document.text(), span));
    for document in own_first.chain(documents.iter().filter(|document| document.id != *own)) {
        let text = document.text();
        for repeat in repeats::repeats(text, passage) {
            let marked = spans::overlap(&document.info.furniture, &[repeat.span]) == repeat.span.len();
            let is_own = document.id == *own;
            if marked || (is_own && spans::overlap(&[span], &[repeat.span]) > 0) {
                continue;
            }
            let (start, end) = (repeat.span.start(), repeat.span.end());
            let from = text[..start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
            let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| end + at);
            // Whole words: what stands before the first space may be the rest of one.
            let from =
                if from == 0 { 0 } else { from + text[from..start].find(char::is_whitespace).unwrap_or(0) };
            let to = if to == text.len() {
                to
            } else {
                end + text[end..to].rfind(char::is_whitespace).unwrap_or(to - end)
            };
            let line = |words: &str| {
                let plain = words.replace(['*', '#', '>'], "");
                plain.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            places.push(FurniturePlace {
                document: document.id.clone(),
                span: repeat.span,
                before: line(&text[from..start]),
                words: line(&text[start..end]),
                after: line(&text[end..to]),
                // What stands within a line of text is rarely furniture when the first stands alone.
                likely: is_own && repeat.alone == alone,
            });
        }
    }
    places
}

/// The list is there: shows it, or marks at once when the passage stands nowhere else.
pub(super) fn found(
    workspace: &mut Workspace,
    document: DocumentId,
    span: Span,
    places: Vec<FurniturePlace>,
) {
    if places.is_empty() {
        take(workspace, vec![(document, span)], true);
    } else if workspace.overlay.is_none() {
        workspace.overlay = Some(Overlay::NotText { document, span, places });
    } else {
        let said =
            "Nothing is marked as not text: something else was opened before its repetitions were found";
        workspace.say(MessageKind::Notice, said, false);
    }
}

/// Marks these places as not text, or as text again, in one step.
pub(super) fn take(workspace: &mut Workspace, chosen: Vec<(DocumentId, Span)>, furniture: bool) {
    if matches!(workspace.overlay, Some(Overlay::NotText { .. })) {
        workspace.overlay = None;
    }
    let Some(desk) = &workspace.desk else { return };
    let number = chosen.len();
    let mut by_document: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    for (document, span) in chosen {
        by_document.entry(document).or_default().push(span);
    }
    let (mut edits, mut inside) = (Vec::new(), 0);
    for (id, chosen) in by_document {
        let Some((document, cache)) = desk.document(&id) else { continue };
        let mut info = DocumentInfo::clone(&document.info);
        for span in &chosen {
            match furniture {
                true => spans::add(&mut info.furniture, *span),
                false => spans::cut(&mut info.furniture, *span),
            }
        }
        let in_chosen = |mark: &&crate::app::marks::Mark| {
            chosen.iter().any(|span| span.start() <= mark.span.start() && mark.span.end() <= span.end())
        };
        inside += cache.marks.all().filter(in_chosen).count();
        edits.push(Edit::SetDocumentInfo { id, info: Arc::new(info) });
    }
    let what = count(number, "place");
    let (label, mut said) = match furniture {
        true => (format!("mark {what} as not text"), format!("{what} marked as not text")),
        false => (format!("mark {what} as text"), format!("{what}: text again")),
    };
    if furniture && inside > 0 {
        said.push_str(&format!("; {} stand in it and stay", count(inside, "annotation")));
    }
    if step(workspace, &label, &said, edits)
        && let Some(desk) = &mut workspace.desk
        && let Some((_, selection)) = &mut desk.view.selection
    {
        *selection = Selection::caret(selection.head);
    }
}
