//! Documents of the session: adding, columns, metadata, reading status, removing.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Edit, make};
use crate::format::decode;
use crate::model::{
    Document, DocumentId, DocumentInfo, Presentation, Reading, ReadingStatus, SessionInfo, slug,
};

use super::super::{
    Action, Answer, Command, MessageKind, Overlay, PaneId, PathPurpose, Prepared, View, Workspace, count,
};
use super::annotate::{introduce, step};

/// Columns opened by themselves when documents come in; more are a click away.
const COLUMNS_AT_FIRST: usize = 3;

/// Adds texts as documents in one step; opens a session for them if there is none.
pub(super) fn add(workspace: &mut Workspace, texts: Vec<Document>, prepared: Prepared) {
    if workspace.desk.is_none() {
        super::session::begin(workspace);
    }
    let Some(desk) = &mut workspace.desk else { return };
    desk.prepared.extend(prepared);
    let session = desk.session();
    let (mut edits, mut names, mut present) = (Vec::new(), Vec::new(), Vec::new());
    let mut taken: BTreeSet<String> =
        session.documents.iter().map(|document| document.id.to_string()).collect();
    let mut digests: BTreeSet<_> = session.documents.iter().map(|document| document.source.digest).collect();
    for mut document in texts {
        let stem = document.source.import.file_name.as_deref().map(stem);
        let id = slug(stem.unwrap_or("pasted"), "document", |id| taken.contains(id));
        document.id = DocumentId::new(&id);
        if !digests.insert(document.source.digest) {
            present.push(document.title().to_owned());
            continue;
        }
        taken.insert(id);
        names.push(document.title().to_owned());
        let at = session.documents.len() + edits.len();
        edits.push(Edit::AddDocument { at, document: Arc::new(document) });
    }
    for name in present {
        workspace.say(MessageKind::Notice, format!("“{name}” is in this session already"), false);
    }
    if edits.is_empty() {
        return;
    }
    let ids: Vec<DocumentId> = edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::AddDocument { document, .. } => Some(document.id.clone()),
            _ => None,
        })
        .collect();
    let what = match names.as_slice() {
        [name] => format!("“{name}”"),
        _ => count(names.len(), "document"),
    };
    if step(workspace, &format!("add {what}"), &format!("{what} added"), edits)
        && let Some(desk) = &mut workspace.desk
    {
        // Those of texts that were here already are not wanted.
        desk.prepared = Prepared::default();
        for id in ids {
            if desk.view.panes.len() < COLUMNS_AT_FIRST {
                desk.view.add_pane(usize::MAX, id);
            }
        }
        desk.view.focus = desk.view.panes.first().map(|pane| pane.id);
    }
}

/// Opens panes for the first documents of a session just opened.
pub(super) fn open_first_panes(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let ids: Vec<DocumentId> =
        desk.session().documents.iter().take(COLUMNS_AT_FIRST).map(|document| document.id.clone()).collect();
    for id in ids {
        desk.view.add_pane(usize::MAX, id);
    }
    desk.view.focus = desk.view.panes.first().map(|pane| pane.id);
}

/// Makes a document of pasted text.
pub(super) fn paste(workspace: &mut Workspace, text: &str) {
    match decode::decode(text.as_bytes(), None) {
        Ok(decoded) => {
            let document = decode::document(decoded, None, workspace.now(), DocumentId::new(""));
            add(workspace, vec![document], Prepared::default());
        }
        Err(error) => workspace.problem(format!("The clipboard: {error}")),
    }
}

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    use Command as C;
    let Some(desk) = &mut workspace.desk else { return };
    let Some(pane) = desk.view.focused().cloned() else { return };
    match command {
        C::NextPane => focus_neighbor(&mut desk.view, 1),
        C::PreviousPane => focus_neighbor(&mut desk.view, -1),
        C::ClosePane => close_pane(&mut desk.view, pane.id),
        C::SplitPane => {
            let at = desk.view.panes.iter().position(|other| other.id == pane.id).unwrap_or(0);
            let id = desk.view.add_pane(at + 1, pane.document.clone());
            if let Some(second) = desk.view.pane_mut(id) {
                let place = super::super::ScrollPlace::Top;
                second.scroll_to = Some(super::super::ScrollTo::to(pane.top, place));
            }
        }
        C::MovePaneLeft => shift_pane(&mut desk.view, pane.id, -1),
        C::MovePaneRight => shift_pane(&mut desk.view, pane.id, 1),
        C::TogglePresentation => toggle_presentation(workspace, &pane.document),
        C::DescribeDocument => workspace.overlay = Some(Overlay::Document(pane.document)),
        C::ReplaceDocument => workspace.pick(PathPurpose::Replace(pane.document)),
        C::RemoveDocument => ask_remove(workspace, pane.document),
        C::MarkUnread => set_reading(workspace, pane.document, ReadingStatus::Unread),
        C::MarkReading => set_reading(workspace, pane.document, ReadingStatus::Reading),
        C::MarkDone => set_reading(workspace, pane.document, ReadingStatus::Done),
        C::NextReading => {
            let me = workspace.me();
            let Some(desk) = &workspace.desk else { return };
            let Some(document) = desk.session().document(&pane.document) else { return };
            let now = document.info.reading.get(&me).map(|reading| reading.status).unwrap_or_default();
            let next = match now {
                ReadingStatus::Unread => ReadingStatus::Reading,
                ReadingStatus::Reading => ReadingStatus::Done,
                ReadingStatus::Done => ReadingStatus::Unread,
            };
            set_reading(workspace, pane.document, next);
        }
        _ => {}
    }
}

/// Goes to the column of a document; where none is open, the focused column shows it.
pub(super) fn show(workspace: &mut Workspace, id: DocumentId) {
    let Some(desk) = &mut workspace.desk else { return };
    if desk.session().document(&id).is_none() {
        return;
    }
    if desk.view.focused().is_none_or(|pane| pane.document != id) {
        super::goto::leave(desk);
    }
    let pane = super::select::pane_for(desk, &id);
    desk.view.focus = Some(pane);
}

/// Opens a document in a further column.
pub(super) fn show_beside(workspace: &mut Workspace, id: DocumentId) {
    let Some(desk) = &mut workspace.desk else { return };
    if desk.session().document(&id).is_some() {
        desk.view.add_pane(usize::MAX, id);
    }
}

pub(super) fn close_pane(view: &mut View, id: PaneId) {
    let Some(at) = view.panes.iter().position(|pane| pane.id == id) else { return };
    view.panes.remove(at);
    if view.focus == Some(id) {
        view.focus = view.panes.get(at.min(view.panes.len().saturating_sub(1))).map(|pane| pane.id);
    }
    view.repair();
}

fn focus_neighbor(view: &mut View, by: isize) {
    let count = view.panes.len();
    let Some(at) = view.panes.iter().position(|pane| Some(pane.id) == view.focus) else { return };
    let next = (at as isize + by).rem_euclid(count as isize) as usize;
    view.focus = Some(view.panes[next].id);
}

fn shift_pane(view: &mut View, id: PaneId, by: isize) {
    if let Some(at) = view.panes.iter().position(|pane| pane.id == id)
        && let Some(to) = at.checked_add_signed(by).filter(|to| *to < view.panes.len())
    {
        view.panes.swap(at, to);
    }
}

fn toggle_presentation(workspace: &mut Workspace, id: &DocumentId) {
    let Some(document) = workspace.desk.as_ref().and_then(|desk| desk.session().document(id)) else { return };
    let mut info = DocumentInfo::clone(&document.info);
    let (presentation, label) = match info.presentation {
        Presentation::Plain => (Presentation::Markdown, "show as Markdown"),
        Presentation::Markdown => (Presentation::Plain, "show as plain text"),
    };
    info.presentation = presentation;
    set_info(workspace, id.clone(), info, label);
}

/// Changes what is known about a document.
pub(super) fn set_info(workspace: &mut Workspace, id: DocumentId, info: DocumentInfo, label: &'static str) {
    let Some(document) = workspace.desk.as_ref().and_then(|desk| desk.session().document(&id)) else {
        return;
    };
    if *document.info == info {
        return;
    }
    let label = format!("{label}: “{}”", document.label());
    step(workspace, &label, "", vec![Edit::SetDocumentInfo { id, info: Arc::new(info) }]);
}

/// Changes what is known about several documents.
pub(super) fn set_infos(workspace: &mut Workspace, infos: Vec<(DocumentId, DocumentInfo)>, label: &str) {
    let edit = |(id, info)| Edit::SetDocumentInfo { id, info: Arc::new(info) };
    let edits: Vec<Edit> = infos.into_iter().map(edit).collect();
    let said = format!("Done: {label}, in {}", count(edits.len(), "document"));
    step(workspace, label, &said, edits);
}

/// Says how far one has read a document.
pub(super) fn set_reading(workspace: &mut Workspace, id: DocumentId, status: ReadingStatus) {
    let me = workspace.me();
    let at = workspace.now();
    let Some(document) = workspace.desk.as_ref().and_then(|desk| desk.session().document(&id)) else {
        return;
    };
    let mut info = DocumentInfo::clone(&document.info);
    let old = info.reading.get(&me).map(|reading| reading.status).unwrap_or_default();
    if old == status {
        return;
    }
    info.reading.insert(me.clone(), Reading { status, at });
    let word = match status {
        ReadingStatus::Unread => "unread",
        ReadingStatus::Reading => "being read",
        ReadingStatus::Done => "done",
    };
    let (label, said) = (format!("mark as {word}"), format!("“{}” marked as {word}", document.label()));
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::SetDocumentInfo { id, info: Arc::new(info) });
    step(workspace, &label, &said, edits);
}

/// Moves a document in the dossier.
pub(super) fn move_to(workspace: &mut Workspace, id: DocumentId, to: usize) {
    let from = workspace.desk.as_ref().and_then(|desk| desk.session().document_index(&id));
    if from.is_some_and(|from| from != to) {
        step(workspace, "move document", "", vec![Edit::MoveDocument { id, to }]);
    }
}

/// Says what a removal takes with it; does it at once when that is nothing.
pub(super) fn ask_remove(workspace: &mut Workspace, id: DocumentId) {
    let (annotations, links) = workspace.weight_of(&id);
    let Some(document) = workspace.desk.as_ref().and_then(|desk| desk.session().document(&id)) else {
        return;
    };
    if annotations == 0 {
        remove(workspace, id);
        return;
    }
    let with_links = if links > 0 { format!(" and {}", count(links, "link")) } else { String::new() };
    let text = format!(
        "Remove “{}”? Its {}{with_links} go with it. Undo brings all of it back.",
        document.title(),
        count(annotations, "annotation"),
    );
    let answers = vec![
        Answer { words: "Keep it".to_owned(), action: Action::Nothing },
        Answer { words: "Remove".to_owned(), action: Action::RemoveDocumentNow(id) },
    ];
    workspace.overlay = Some(Overlay::Question { text, details: Vec::new(), answers });
}

/// Removes a document with all that hangs on it.
pub(super) fn remove(workspace: &mut Workspace, id: DocumentId) {
    let Some(desk) = &workspace.desk else { return };
    let Some(document) = desk.session().document(&id) else { return };
    let (label, said) = (format!("remove “{}”", document.label()), format!("“{}” removed", document.label()));
    let edits = make::remove_document(desk.session(), &id);
    step(workspace, &label, &said, edits);
}

pub(super) fn set_session_info(workspace: &mut Workspace, info: SessionInfo) {
    if workspace.desk.as_ref().is_some_and(|desk| desk.session().info != info) {
        step(workspace, "describe session", "", vec![Edit::SetInfo(info)]);
    }
}

/// What reading files came back with.
pub(super) fn read(
    workspace: &mut Workspace,
    results: Vec<(PathBuf, Result<Box<Document>, crate::store::ImportError>)>,
    prepared: Prepared,
) {
    let (mut texts, mut refused) = (Vec::new(), 0);
    for (path, result) in results {
        match result {
            Ok(document) => texts.push(*document),
            Err(error) => {
                refused += 1;
                refuse(workspace, path, &error);
            }
        }
    }
    // One sentence stands in the hint bar; several are shown together.
    if refused > 1 && workspace.overlay.is_none() {
        workspace.overlay = Some(Overlay::Log);
    }
    if !texts.is_empty() {
        add(workspace, texts, prepared);
    }
}

/// Says why a file was not read; where the encoding is the reason, offers the likeliest with a preview.
fn refuse(workspace: &mut Workspace, path: PathBuf, error: &crate::store::ImportError) {
    let candidates = match error {
        crate::store::ImportError::Decode {
            error: decode::DecodeError::NotUtf8 { candidates, .. }, ..
        } => candidates.as_slice(),
        _ => &[],
    };
    workspace.problem(error.to_string());
    if candidates.is_empty() {
        return;
    }
    let mut answers = vec![Answer { words: "Leave it out".to_owned(), action: Action::Nothing }];
    let mut details = Vec::new();
    for candidate in candidates {
        details.push(format!("{}: {}", candidate.encoding, candidate.preview));
        let action = Action::OpenWithEncoding(path.clone(), candidate.encoding.clone());
        answers.push(Answer { words: format!("Read as {}", candidate.encoding), action });
    }
    workspace.overlay = Some(Overlay::Question { text: error.to_string(), details, answers });
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
