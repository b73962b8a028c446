//! What worker threads came back with.

use std::path::PathBuf;

use crate::store::{KeeperEvent, OpenError, Opened, SaveError};

use super::super::safety::SafetyAction;
use super::super::{
    Action, AfterClose, Answer, Effect, JobResult, MessageKind, Overlay, Prepared, Workspace, shortened,
};
use super::session::{file_name, put_on_desk};
use super::{dispatch, documents};

pub(super) fn finished(workspace: &mut Workspace, result: JobResult) {
    match result {
        JobResult::Nothing => {}
        JobResult::Warning(warning) => workspace.problem(warning),
        JobResult::Ended(name) => ended(workspace, &name),
        JobResult::SessionOpened(_, Ok(opened), prepared)
        | JobResult::UnsavedOpened(Ok(opened), prepared) => {
            opened_session(workspace, opened, prepared);
        }
        JobResult::SessionOpened(path, Err(error), _) => not_opened(workspace, Some(path), &error),
        JobResult::UnsavedOpened(Err(error), _) => not_opened(workspace, None, &error),
        JobResult::SoundRead(path, Ok((session, left_out))) => {
            super::session::take_sound(workspace, &path, &session, &left_out);
        }
        JobResult::SoundRead(_, Err(error)) => workspace.problem(error),
        JobResult::DocumentsRead(results, prepared) => documents::read(workspace, results, prepared),
        JobResult::Exported(done) => super::exchange::exported(workspace, done),
        JobResult::ExportPreview(number, preview) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.view.exporting.take(*preview);
            }
        }
        JobResult::ImportRead(number, read) => super::exchange::read(workspace, number, read),
        result @ (JobResult::EchoIndex(..) | JobResult::Echoes(..) | JobResult::EchoPairs(..)) => {
            super::echoes::found(workspace, result);
        }
        JobResult::Large(number, done) => super::large::finished(workspace, number, *done),
        JobResult::Reviewed(number, found) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.review.take(*found);
            }
        }
        JobResult::Agreed(number, figures) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.review.agreed.take(*figures);
            }
        }
        JobResult::LayersRead(number, files) => {
            for read in files {
                super::review::layer_read(workspace, number, read);
            }
        }
        JobResult::CopyRead(number, path, result) => {
            super::review::copy_read(workspace, number, &path, result);
        }
        JobResult::MergeOffered(of, path, offer) => super::review::ask_merge(workspace, of, &path, offer),
        JobResult::CopyKept(of, step, kept) => super::review::copy_kept(workspace, of, *step, kept),
        JobResult::ReadElsewhere(held, result, prepared) => {
            super::safety::shown_to_read(workspace, held, result, prepared);
        }
        JobResult::ReplacePlanned(number, revision, planned) => {
            super::carry::planned(workspace, number, revision, planned);
        }
        JobResult::ChangedRead(number, path, result) => {
            super::changed::read(workspace, number, &path, result);
        }
        JobResult::CopiesBeside(number, copies) => super::changed::copies_beside(workspace, number, &copies),
        JobResult::VersionsListed(number, list) => super::safety::versions_listed(workspace, number, list),
        JobResult::VersionRead(number, at, view) => {
            super::safety::version_read(workspace, number, at, view);
        }
        JobResult::VersionOpened(when, session) => {
            super::safety::version_opened(workspace, &when, session);
        }
        JobResult::Matrix(number, matrix) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.take_matrix(*matrix);
            }
        }
        JobResult::Chart(number, view) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.take_chart(*view);
            }
        }
        JobResult::Found(desk, number, found) => super::search::found(workspace, desk, number, *found),
        JobResult::Rows(number, ids) => {
            if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
                desk.take_rows(ids);
            }
        }
        JobResult::Repeats { number, document, span, places } => {
            if workspace.desk.as_ref().is_some_and(|desk| desk.number == number) {
                super::furniture::found(workspace, document, span, places);
            }
        }
        JobResult::SchemeRead(path, Ok(other)) => super::scheme::adopt(workspace, &path, &other),
        JobResult::SchemeRead(_, Err(error)) => {
            workspace.problem(format!("The scheme was not read: {error}"))
        }
        JobResult::Written(Ok(said)) => workspace.say(MessageKind::Done, said, false),
        JobResult::Written(Err(error)) => workspace.problem(format!("Not written: {error}")),
        JobResult::Shelf { unsaved, recent, warning } => {
            workspace.unsaved = unsaved;
            workspace.recent = recent;
            if let Some(warning) = warning {
                workspace.say(MessageKind::Notice, warning, false);
            }
        }
        JobResult::Closed { result, next, lost } => {
            if let Err(error) = result {
                // What is nowhere on the disk is on the desk again, and the program stays open for it.
                match lost {
                    Some(session) if workspace.desk.is_none() => {
                        super::session::begin_with(workspace, &session, "what could not be written");
                    }
                    _ => {}
                }
                workspace.problem(error);
                workspace.read_shelf();
            } else if next == AfterClose::Quit {
                workspace.quitting = true;
                workspace.effects.push(Effect::Quit);
            } else {
                workspace.read_shelf();
            }
        }
        JobResult::Keeper(number, event) => {
            if workspace.desk.as_ref().is_some_and(|desk| desk.number == number) {
                kept(workspace, event);
            }
        }
    }
}

/// A worker met a bug. What it was given were copies: the session is as it was. Nothing goes on waiting for it.
fn ended(workspace: &mut Workspace, name: &str) {
    let what = match name {
        "agreement" | "figures" => "The figures were not computed",
        "chart" => "The chart was not drawn",
        "close" => "Closing did not end well; what was shown as saved is safe",
        "copy" | "layers" => "The other session was not read",
        "export" | "handover" => "Nothing was written",
        "import" | "read" => "Nothing was read",
        "large" => "Nothing was changed, and what was done before can no longer be undone",
        "open" => "The session was not opened; its file is as it was",
        "preview" => "The preview was not made",
        "review" => "What differs was not found",
        "rows" => "The table could not be made",
        "scheme" => "The scheme was not read or written",
        "search" => "The search did not end",
        _ => "A task in the background did not end",
    };
    workspace.problem(format!("{what}: an unexpected error, a bug of this program"));
    if let Some(desk) = &mut workspace.desk {
        desk.give_up(name);
    }
    if name == "close" {
        workspace.read_shelf();
    }
    if name == "large" {
        for action in workspace.held.take().unwrap_or_default() {
            workspace.dispatch(action);
        }
    }
}

fn opened_session(workspace: &mut Workspace, opened: Opened, prepared: Prepared) {
    let recovered = opened.recovered.clone().unwrap_or_default();
    let brought_back = recovered.steps > 0;
    let told = recovered.to_string();
    let mut notices: Vec<String> = opened.notices.iter().map(ToString::to_string).collect();
    notices.extend(opened.read_only);
    let access = super::access::on_opening(workspace, &opened.session);
    let layers = opened.places.as_ref().map(|places| places.layers.clone()).unwrap_or_default();
    let reviewing = opened.places.as_ref().is_some_and(|places| places.reviewing);
    put_on_desk(workspace, opened.session, Some(opened.home), opened.path, prepared);
    let me = workspace.my_name().to_owned();
    if let Some(desk) = &mut workspace.desk {
        desk.access = access;
        desk.file.base = Some(opened.in_file);
        let restored = opened.places.is_some_and(|places| super::places::restore(desk, &places, &me));
        if !restored {
            documents::open_first_panes(workspace);
        }
    }
    super::review::reopen(workspace, layers, reviewing);
    let name = workspace.desk.as_ref().map(|desk| desk.title()).unwrap_or_default();
    for notice in notices {
        workspace.say(MessageKind::Notice, notice, false);
    }
    if brought_back && let Some(desk) = &mut workspace.desk {
        desk.file.saved = None;
    }
    super::safety::back_again(workspace, &recovered);
    super::safety::drafts_back(workspace, opened.drafts);
    super::safety::set_aside(workspace, &recovered);
    match told.as_str() {
        "" => workspace.say(MessageKind::Notice, format!("{name} opened"), false),
        words => workspace.say(MessageKind::Notice, words, false),
    }
    note_recent(workspace);
    super::changed::look_beside(workspace);
}

pub(super) fn not_opened(workspace: &mut Workspace, path: Option<PathBuf>, error: &OpenError) {
    if let (OpenError::Locked { holder, .. }, Some(path)) = (error, &path) {
        let held = workspace.desk.as_ref().and_then(|desk| desk.file.held.as_ref());
        if held.is_some_and(|held| held.path == *path) {
            return workspace.problem(format!("It is still open elsewhere: {holder} has it"));
        }
        let (path, holder) = (path.clone(), holder.clone());
        return super::safety::read_instead(workspace, path, holder);
    }
    let said = shortened(&error.to_string(), 2_000);
    workspace.problem(said.clone());
    let mut answers = vec![Answer { words: "Close".to_owned(), action: Action::Nothing }];
    let mut offer = |words: &str, action| answers.push(Answer { words: words.to_owned(), action });
    if let (OpenError::Read { error, .. }, Some(path)) = (error, path) {
        if error.may_be_partly_sound() {
            offer("Open what is sound, as a copy", Action::OpenSound(path.clone()));
        }
        let version = SafetyAction::OpenVersionOf(path);
        offer("Open its last earlier version, as a copy", Action::Safety(version));
    }
    workspace.overlay = Some(Overlay::Question { text: said, details: Vec::new(), answers });
}

/// The keeper tells how far the open session has come to disk.
fn kept(workspace: &mut Workspace, event: KeeperEvent) {
    let Some(desk) = &mut workspace.desk else { return };
    match event {
        KeeperEvent::Journaled { revision } => {
            desk.file.journaled = desk.file.journaled.max(revision);
            if desk.file.trouble.take().is_some() {
                workspace.say(MessageKind::Done, "Everything is safe on this computer again", false);
            }
        }
        KeeperEvent::JournalFailed { error, .. } => {
            desk.file.trouble = Some(error.clone());
            workspace.problem(format!("Not safe yet: {error}"));
        }
        KeeperEvent::Saved { revision, path, at, .. } => {
            let file = &mut desk.file;
            let was_in_trouble = file.trouble.take().is_some();
            (file.saving, file.changed_by_other) = (false, false);
            // What was brought back is in the file now.
            file.back = None;
            if let Some((_, session)) = file.sent.take_if(|(sent, _)| *sent == revision) {
                file.base = Some(session);
            }
            (file.saved, file.saved_at) = (Some(revision), Some(at));
            file.journaled = file.journaled.max(revision);
            let renamed = file.path.as_ref() != Some(&path);
            file.path = Some(path.clone());
            if was_in_trouble && !renamed {
                let said = format!("Everything is saved in {} again", file_name(Some(&path)));
                workspace.say(MessageKind::Done, said, false);
            }
            if renamed {
                let said = format!("Saved as {}", file_name(Some(&path)));
                workspace.say(MessageKind::Done, said, false);
            }
            note_recent(workspace);
            if let Some(next) = workspace.after_save.take() {
                dispatch(workspace, next);
            }
        }
        KeeperEvent::NotPutAside { error } => {
            if !std::mem::replace(&mut desk.file.aside_told, true) {
                let said = format!("Earlier versions can't be kept: {error}");
                workspace.problem(said);
            }
        }
        KeeperEvent::Gone { path } => {
            // What was in the file is in memory alone: it is written again, and the moved one stays as it is.
            desk.file.saved = None;
            desk.save();
            let said = format!(
                "{} was moved, renamed or removed by another program: it is written there again, whole",
                file_name(Some(path))
            );
            workspace.say(MessageKind::Notice, said, false);
        }
        KeeperEvent::DraftsFailed { error } => {
            workspace.problem(format!("A comment that is being written is not safe yet: {error}"));
        }
        KeeperEvent::CopySaved { path } => {
            let said = format!("Copy written to {}", file_name(Some(path)));
            workspace.say(MessageKind::Done, said, false);
        }
        KeeperEvent::SaveFailed { error } => {
            desk.file.saving = false;
            workspace.after_save = None;
            if matches!(error, SaveError::ChangedByOther { .. }) {
                changed_by_other(workspace);
            } else {
                desk.file.trouble = Some(error.to_string());
                workspace.problem(format!("Not saved: {error}"));
            }
        }
        KeeperEvent::ChangedOnDisk { path } => {
            if !desk.file.changed_by_other {
                let said = format!(
                    "{} was changed by another program: it is not written before you say what you want",
                    file_name(Some(path))
                );
                changed_by_other(workspace);
                workspace.say(MessageKind::Notice, said, false);
            }
        }
    }
}

/// The file is not ours for now: what we have is put among the earlier versions, since the journal continues a file
/// that is there no more, and one is asked. Who is in the middle of something else has a strip that asks when that is
/// done: what is typed there must not go.
fn changed_by_other(workspace: &mut Workspace) {
    if let Some(desk) = &mut workspace.desk {
        desk.file.changed_by_other = true;
        if let Some(keeper) = &desk.keeper {
            keeper.put_aside(desk.session().clone());
        }
    }
    if workspace.overlay.is_none() {
        super::changed::look(workspace);
    }
}

/// Puts the open session at the top of the recent list, on a worker.
fn note_recent(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(path) = desk.file.path.clone() else { return };
    let listed = (desk.session().documents.len(), desk.session().annotations.len());
    if std::mem::replace(&mut desk.file.listed, listed) == listed {
        return;
    }
    let session = desk.session().clone();
    workspace.jobs.start("recent", move || match crate::store::remember(&path, &session) {
        Ok(()) => JobResult::Nothing,
        Err(warning) => JobResult::Warning(warning),
    });
}
