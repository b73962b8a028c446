//! Opening, saving, exporting, closing.

use std::path::{Path, PathBuf};

use crate::edit::{Step, make};
use crate::format;
use crate::format::decode;
use crate::model::{DocumentId, Session, SessionId};
use crate::store::{self, Home, Keeper};

use super::super::{
    Action, AfterClose, Answer, Command, Desk, Effect, JobResult, MessageKind, Overlay, PathPurpose,
    Prepared, Workspace, capitalized, count,
};
use super::documents;

/// The sample dossier, so that it opens wherever the program stands.
const SAMPLE: &[u8] = include_bytes!("../../../assets/sample/harbour.ron");

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::OpenDocuments => workspace.pick(PathPurpose::Documents),
        Command::OpenSession => workspace.pick(PathPurpose::Session),
        Command::SaveAs => workspace.pick(PathPurpose::SaveAs),
        Command::Save => save(workspace),
        Command::OpenSample => leave(workspace, Action::OpenSampleNow),
        Command::NewSession | Command::CloseSession => leave(workspace, Action::CloseNow),
        Command::Quit => leave(workspace, Action::QuitNow),
        Command::EarlierVersions => super::safety::list_versions(workspace),
        Command::PasteDocument => workspace.effects.push(Effect::RequestPaste),
        _ => {}
    }
}

fn save(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    if desk.file.path.is_none() {
        command(workspace, Command::SaveAs);
    } else if desk.file.changed_by_other {
        super::changed::look(workspace);
    } else if desk.file.saved == Some(desk.revision()) {
        if let Some(keeper) = &desk.keeper {
            keeper.check_disk();
        }
        workspace.say(MessageKind::Notice, "Everything is saved", false);
    } else {
        // Who saves keeps what came back.
        desk.file.back = None;
        desk.save();
    }
}

/// A good moment to write the file, and to look whether someone else has.
pub(super) fn pause(workspace: &mut Workspace) {
    if let Some(desk) = &mut workspace.desk {
        if let Some(keeper) = &desk.keeper {
            keeper.check_disk();
        }
        desk.save();
    }
    super::places::remember(workspace);
}

/// What other programs have done is looked at.
pub(super) fn came_back(workspace: &mut Workspace) {
    if let Some(keeper) = workspace.desk.as_ref().and_then(|desk| desk.keeper.as_ref()) {
        keeper.check_disk();
    }
    super::changed::look_beside(workspace);
}

pub(super) fn overwrite(workspace: &mut Workspace) {
    if let Some(desk) = &mut workspace.desk {
        desk.file.changed_by_other = false;
        desk.file.trouble = None;
        desk.write(Keeper::overwrite);
    }
}

pub(super) fn save_to(workspace: &mut Workspace, path: PathBuf) {
    let path = with_extension(path, "ron");
    if let Some(desk) = &mut workspace.desk {
        desk.write(|keeper, revision, session| keeper.save_as(path, revision, session));
    }
}

pub(super) fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}

/// A path was typed. A system's own dialog would ask before a file is written over; here it is asked.
pub(super) fn path_typed(workspace: &mut Workspace, purpose: PathPurpose, path: PathBuf) {
    let target = match purpose.extension() {
        Some(extension) => with_extension(path.clone(), extension),
        None => path.clone(),
    };
    if !purpose.writes() || !store::is_there(&target) {
        return picked(workspace, purpose, Some(vec![path]));
    }
    let text = format!("{} is there already. Write over it?", target.display());
    let answers = vec![
        Answer { words: "Leave it".to_owned(), action: Action::Picked(purpose.clone(), None) },
        Answer { words: "Write over it".to_owned(), action: Action::Picked(purpose, Some(vec![path])) },
    ];
    workspace.overlay = Some(Overlay::Question { text, details: Vec::new(), answers });
}

/// A dialog was answered. Where it could not be shown, a path can be typed.
pub(super) fn picked(workspace: &mut Workspace, purpose: PathPurpose, paths: Option<Vec<PathBuf>>) {
    let Some(paths) = paths else {
        workspace.after_save = None;
        return;
    };
    let first = paths.first().cloned();
    let folder = first.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
    let settings = &mut workspace.settings;
    let last = if purpose.writes() { &mut settings.write_folder } else { &mut settings.open_folder };
    if folder.is_some() && *last != folder {
        *last = folder;
        workspace.write_settings();
    }
    match (&purpose, first) {
        (PathPurpose::Documents | PathPurpose::Session, _) => open_paths(workspace, paths, None),
        (PathPurpose::Replace(document), Some(path)) => {
            super::carry::read(workspace, document.clone(), path);
        }
        (PathPurpose::SaveAs, Some(path)) => save_to(workspace, path),
        (PathPurpose::Export(_) | PathPurpose::Import(_), _) => {
            super::exchange::picked(workspace, &purpose, paths);
        }
        (PathPurpose::ChartSvg | PathPurpose::ChartCsv, Some(path)) => {
            super::charts::write_to(workspace, &purpose, path);
        }
        (
            PathPurpose::MatrixHtml
            | PathPurpose::MatrixCsv
            | PathPurpose::MatrixSvg
            | PathPurpose::MatrixPng,
            Some(path),
        ) => super::statements::write_to(workspace, &purpose, path),
        (PathPurpose::SchemeIn, Some(path)) => super::scheme::read_from(workspace, path),
        (PathPurpose::Handover, Some(path)) => super::handover::write_to(workspace, path),
        (
            PathPurpose::Layer
            | PathPurpose::Review(_)
            | PathPurpose::TakeReview
            | PathPurpose::Merge
            | PathPurpose::Agreement,
            _,
        ) => super::review::picked(workspace, &purpose, paths),
        (_, None) => {}
    }
}

/// Opens files: a `.ron` file as a session, the others as documents.
pub(super) fn open_paths(workspace: &mut Workspace, paths: Vec<PathBuf>, encoding: Option<String>) {
    let is_session =
        |path: &PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
    let (mut sessions, documents): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(is_session);
    if workspace.is_reviewing() && !sessions.is_empty() {
        // In a review a session that is dropped is a colleague's.
        let files = std::mem::take(&mut sessions).into_iter().map(|path| (path, None)).collect();
        super::review::read_layers(workspace, files);
    }
    if sessions.len() > 1 {
        workspace.say(MessageKind::Notice, "One session at a time: the first of them was opened", false);
    }
    if !sessions.is_empty() {
        let path = sessions.swap_remove(0);
        if workspace.path() == Some(&path) {
            workspace.say(MessageKind::Notice, format!("{} is open", file_name(Some(&path))), false);
        } else if may_leave(workspace) {
            // The file is read before the open session is left: a file that can't be read costs nothing.
            workspace.jobs.start("open", move || {
                let result = store::open(&path);
                let prepared = prepared(&result);
                JobResult::SessionOpened(path, result, prepared)
            });
        } else {
            leave(workspace, Action::OpenPaths(vec![path]));
        }
    }
    if !documents.is_empty() {
        let at = workspace.now();
        workspace.jobs.start("read", move || {
            let mut prepared = Prepared::default();
            let mut read = |path: PathBuf| {
                let result = store::read_document_file(&path, encoding.as_deref()).map(|(decoded, name)| {
                    let document = decode::document(decoded, Some(&name), at, DocumentId::new(""));
                    prepared.add(&document);
                    Box::new(document)
                });
                (path, result)
            };
            let files = documents.iter().flat_map(|path| store::documents_at(path));
            let read = files.map(&mut read).collect();
            JobResult::DocumentsRead(read, prepared)
        });
    }
}

pub(super) fn open_unsaved(workspace: &mut Workspace, id: SessionId) {
    workspace.jobs.start("open", move || {
        let result = store::open_unsaved(id);
        let prepared = prepared(&result);
        JobResult::UnsavedOpened(result, prepared)
    });
}

/// What is derived from a session that was read, made by the worker that has read it.
fn prepared(result: &Result<store::Opened, store::OpenError>) -> Prepared {
    result.as_ref().map(|opened| Prepared::of_session(&opened.session)).unwrap_or_default()
}

/// Opens the sample dossier, as a session without a name.
pub(super) fn open_sample(workspace: &mut Workspace) {
    match format::session::read(SAMPLE) {
        Ok(read) => {
            begin_with(workspace, &read.session, "open the sample dossier");
            let said = "This is the sample dossier: try anything, your changes are kept apart from it";
            workspace.say(MessageKind::Notice, said, false);
        }
        Err(error) => workspace.problem(format!("The sample dossier can't be read: {error}")),
    }
}

/// Reads what is sound of a damaged file, on a worker.
pub(super) fn open_sound(workspace: &mut Workspace, path: PathBuf) {
    workspace.jobs.start("open", move || {
        let result = store::read_sound(&path);
        JobResult::SoundRead(path, result)
    });
}

/// Opens what was sound of a damaged file, as a session without a name. The file stays as it is.
pub(super) fn take_sound(workspace: &mut Workspace, path: &Path, session: &Session, left_out: &[String]) {
    begin_with(workspace, session, &format!("open what is sound of {}", file_name(Some(path))));
    for sentence in left_out {
        workspace.say(MessageKind::Notice, capitalized(sentence), false);
    }
    let name = file_name(Some(path));
    let notice = match left_out.len() {
        0 => format!("This is a copy of what {name} holds; the file stays as it is"),
        n => format!(
            "This is a copy of what is sound in {name}: {} left out or mended, told in the messages",
            count(n, "thing")
        ),
    };
    match left_out.is_empty() {
        true => workspace.say(MessageKind::Notice, notice, false),
        false => workspace.say_with_more(MessageKind::Notice, notice),
    }
}

/// Begins an empty session without a name, safe on this computer from the first edit.
pub(super) fn begin(workspace: &mut Workspace) {
    let id = SessionId(workspace.stamps.id());
    let session = Session::new(id, workspace.stamps.now());
    match Home::unsaved() {
        Ok(home) => put_on_desk(workspace, session, Some(home), None, Prepared::default()),
        Err(error) => workspace.problem(format!("A session can't be kept on this computer: {error}")),
    }
}

/// Begins a session without a name that holds all that `session` holds.
pub(super) fn begin_with(workspace: &mut Workspace, session: &Session, label: &str) {
    begin(workspace);
    let at = workspace.now();
    let Some(desk) = &mut workspace.desk else { return };
    let step = Step { label: label.to_owned(), at, edits: make::everything(session) };
    if let Err(error) = desk.apply(step) {
        workspace.problem(error.to_string());
    }
    documents::open_first_panes(workspace);
}

/// Closes the open desk and opens one on `session`, with a keeper at `home`; without a home it is only read.
pub(super) fn put_on_desk(
    workspace: &mut Workspace,
    session: Session,
    home: Option<Home>,
    path: Option<PathBuf>,
    prepared: Prepared,
) {
    if workspace.desk.is_some() {
        close_desk(workspace, AfterClose::Stay);
    }
    workspace.under = None;
    workspace.desks_opened += 1;
    let number = workspace.desks_opened;
    let inbox = workspace.jobs.inbox();
    let notify = Box::new(move |event| inbox(JobResult::Keeper(number, event)));
    let keeper = home.map(|home| Keeper::start(home, session.clone(), notify)).transpose();
    let mut desk = Desk::new(session, number, prepared);
    // What was read from a file is in it; what a journal brought back is not.
    desk.file.saved = path.as_ref().map(|_| 0);
    desk.file.path = path;
    match keeper {
        Ok(keeper) => desk.keeper = keeper,
        Err(error) => desk.file.trouble = Some(format!("the session can't be kept safe: {error}")),
    }
    workspace.desk = Some(desk);
    workspace.drafts_came = Some(Vec::new());
}

fn close_desk(workspace: &mut Workspace, next: AfterClose) {
    let Some(mut desk) = workspace.desk.take() else {
        // Nothing to wait for.
        let result = JobResult::Closed { result: Ok(()), next, lost: None };
        return super::jobs::finished(workspace, result);
    };
    desk.save();
    let keeper = desk.keeper.take();
    let (id, places) = (desk.session().id, super::places::places_of(&desk, workspace.my_name()));
    let (session, path) = (desk.session().clone(), desk.file.path.clone());
    workspace.jobs.start("close", move || {
        let closed = keeper.map_or(Ok(()), Keeper::close);
        // What can't be written where it belongs is kept whole in the data folder.
        let result = closed.or_else(|problem| {
            store::keep_for_later(&session).map_err(|why| format!("{problem}, nor kept for later: {why}"))
        });
        // Where one was and what the list says is worth less than what one did: that it is lost keeps nothing open.
        let _ = places.keep(id);
        if let Some(path) = path {
            let _ = store::remember(&path, &session);
        }
        let lost = result.is_err().then(|| Box::new(session));
        JobResult::Closed { result, next, lost }
    });
}

/// True when the open session can be left without asking: it has a file that only we change, or nothing in it.
fn may_leave(workspace: &Workspace) -> bool {
    workspace.desk.as_ref().is_none_or(|desk| {
        let empty = desk.session().documents.is_empty() && desk.session().annotations.is_empty();
        (desk.file.path.is_some() && !desk.file.changed_by_other && desk.file.trouble.is_none()) || empty
    })
}

/// Leaves the open session and does `next`; asks first where the session has no file of its own.
pub(super) fn leave(workspace: &mut Workspace, next: Action) {
    if may_leave(workspace) {
        discard_if_empty(workspace);
        super::dispatch(workspace, next);
        return;
    }
    let Some(desk) = &workspace.desk else { return };
    if desk.file.changed_by_other {
        return super::changed::look(workspace);
    }
    let text = if let Some(trouble) = &desk.file.trouble {
        format!("This session could not be written: {trouble}")
    } else {
        let what = count(desk.session().annotations.len(), "annotation");
        format!("This session has no file yet. Its work ({what}) is safe on this computer.")
    };
    // Only one of the answers is carried out, so each can own what comes next.
    let next_again = |next: &Action| match next {
        Action::QuitNow => Action::QuitNow,
        Action::OpenPaths(paths) => Action::OpenPaths(paths.clone()),
        Action::OpenSound(path) => Action::OpenSound(path.clone()),
        Action::OpenSampleNow => Action::OpenSampleNow,
        _ => Action::CloseNow,
    };
    let answers = vec![
        Answer { words: "Save…".to_owned(), action: Action::SaveThen(Box::new(next_again(&next))) },
        Answer {
            words: "Keep it for later".to_owned(),
            action: Action::LeaveThen(Box::new(next_again(&next))),
        },
        Answer { words: "Discard it".to_owned(), action: Action::DiscardThen(Box::new(next)) },
        Answer { words: "Go on working".to_owned(), action: Action::Nothing },
    ];
    let details = vec!["Kept for later, it is listed on the welcome screen.".to_owned()];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

pub(super) fn save_then(workspace: &mut Workspace, next: Action) {
    command(workspace, Command::SaveAs);
    workspace.after_save = Some(next);
}

pub(super) fn leave_then(workspace: &mut Workspace, next: Action) {
    if !matches!(next, Action::QuitNow) {
        close_desk(workspace, AfterClose::Stay);
    }
    super::dispatch(workspace, next);
}

pub(super) fn discard_then(workspace: &mut Workspace, next: Action) {
    if let Some(keeper) = workspace.desk.take().and_then(|mut desk| desk.keeper.take()) {
        workspace.jobs.start("discard", move || JobResult::Closed {
            result: keeper.discard(),
            next: AfterClose::Stay,
            lost: None,
        });
    }
    super::dispatch(workspace, next);
}

fn discard_if_empty(workspace: &mut Workspace) {
    let empty = workspace.desk.as_ref().is_some_and(|desk| {
        desk.file.path.is_none()
            && desk.session().documents.is_empty()
            && desk.session().annotations.is_empty()
    });
    if empty {
        discard_then(workspace, Action::Nothing);
    }
}

pub(super) fn close_now(workspace: &mut Workspace) {
    close_desk(workspace, AfterClose::Stay);
}

pub(super) fn quit_now(workspace: &mut Workspace) {
    close_desk(workspace, AfterClose::Quit);
}

/// The file's name, for sentences.
pub(super) fn file_name(path: Option<impl AsRef<Path>>) -> String {
    path.and_then(|path| path.as_ref().file_name().map(|name| name.to_string_lossy().into_owned()))
        .unwrap_or_else(|| "the file".to_owned())
}
