//! What a journal brought back, sessions that are open elsewhere, earlier versions.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::Step;
use crate::model::Session;
use crate::review::diff::diff;
use crate::store::{self, Deed, DeedKind, Draft, DraftKind, Holder, OpenError, ReadOnDisk, Recovered};

use super::super::safety::{
    BackAgain, DraftsBack, HeldElsewhere, SafetyAction, VersionView, Versions, deed_words, step_words,
};
use super::super::{
    Access, Action, Answer, Command, JobResult, MessageKind, Overlay, Prepared, Workspace, count,
    day_and_hour, moment_words, shortened,
};
use super::session::{file_name, put_on_desk};
use super::{changed, documents};

pub(super) fn act(workspace: &mut Workspace, action: SafetyAction) {
    match action {
        SafetyAction::Keep => keep(workspace),
        SafetyAction::Look => look(workspace),
        SafetyAction::LeaveOut => leave_out(workspace),
        SafetyAction::Trouble => trouble(workspace),
        SafetyAction::GoToDraft => go_to_draft(workspace),
        SafetyAction::DraftSeen => drop(seen(workspace)),
        SafetyAction::BringAside { file, journal } => bring_aside(workspace, file, journal),
        SafetyAction::OpenForWork => open_for_work(workspace, false),
        SafetyAction::TakeOver => open_for_work(workspace, true),
        SafetyAction::AskChanged => changed::look(workspace),
        SafetyAction::TakeChanged(taken) => changed::take(workspace, *taken),
        SafetyAction::ShowVersion(at) => show_version(workspace, at),
        SafetyAction::OpenVersion(at) => open_version(workspace, at),
        SafetyAction::OpenVersionOf(path) => open_version_of(workspace, path),
    }
}

/// What a journal brought back is on the desk and not yet in the file: one may look before it is kept.
pub(super) fn back_again(workspace: &mut Workspace, recovered: &Recovered) {
    let now = workspace.now();
    let Some(desk) = &mut workspace.desk else { return };
    if recovered.steps == 0 || desk.file.path.is_none() {
        return;
    }
    let clock = |at| moment_words(at, now);
    let title = |id: &_| desk.session().document(id).map(|document| document.label().to_owned());
    let titles = |ids: &[_]| -> Vec<String> { ids.iter().filter_map(title).collect() };
    let steps: Vec<String> =
        recovered.what.iter().map(|step| step_words(step, &titles(&step.documents()), clock)).collect();
    let (first, last) = (recovered.what.first(), recovered.what.last());
    let since = match (first, last) {
        (Some(first), Some(last)) if clock(first.at) == clock(last.at) => format!(" of {}", clock(first.at)),
        (Some(first), Some(last)) => format!(" of {} to {}", clock(first.at), clock(last.at)),
        _ => String::new(),
    };
    let edits = count(recovered.steps, "edit");
    let place = |deed: &Deed| {
        let title = |id: &_| desk.session().document(id).map(|document| shortened(document.label(), 32));
        let of_itself = deed.kind == DeedKind::Document;
        deed.document.as_ref().filter(|_| !of_itself).and_then(title).unwrap_or_default()
    };
    let what = deed_words(recovered.what.iter().flat_map(|step| &step.deeds), place);
    let said = format!("{edits} came back that the file does not have yet: {what}.");
    let since = format!("{edits}{since} came back: the program had ended before it wrote the file.");
    desk.file.back = Some(BackAgain { said, since, steps, undo: recovered.undo.clone() });
}

/// Comments that were being written stand in their fields again. One that was posted before its draft could go is none.
pub(super) fn drafts_back(workspace: &mut Workspace, mut drafts: Vec<Draft>) {
    let Some(desk) = &mut workspace.desk else { return };
    let session = desk.session();
    let is_posted = |draft: &Draft| {
        let own = session.annotations.get(&draft.annotation).into_iter().flat_map(|it| &it.comments);
        let remarks = session.remarks.iter().filter(|it| it.annotation == draft.annotation);
        let mut posted = own.chain(remarks.map(|it| &it.comment));
        posted.any(|comment| comment.text == draft.text.trim())
    };
    drafts.retain(|draft| !is_posted(draft));
    let own = |draft: &Draft| draft.kind == DraftKind::Comment;
    let first = drafts.iter().find(|draft| own(draft));
    let first = first.and_then(|draft| session.annotations.get(&draft.annotation));
    let said = match (drafts.as_slice(), first) {
        ([], _) => None,
        ([_], Some(mark)) => {
            let quote = shortened(&session.quote(mark).replace('\n', " "), 40);
            let document = session.document(mark.anchor.document()).map_or("", |it| it.label());
            let place = format!("at “{quote}” in {}", shortened(document, 40));
            Some(format!("A comment that was not posted yet stands in its field again, {place}."))
        }
        ([one], None) if !own(one) => Some(
            "A comment that was not posted yet stands in its field again, with its difference.".to_owned(),
        ),
        ([_], None) => Some("A comment that was not posted yet is kept; its annotation is gone.".to_owned()),
        (several, _) => {
            let many = count(several.len(), "comment");
            Some(format!("{many} that were not posted yet stand in their fields again."))
        }
    };
    let first = first.map(|mark| mark.id);
    desk.file.drafts = said.map(|said| DraftsBack { said, first });
    workspace.drafts_came = Some(drafts);
}

/// Why the session is not saved, and what can be done.
fn trouble(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(why) = desk.file.trouble.clone() else { return };
    let safe = match desk.file.journaled == desk.revision() {
        true => {
            "What you have done is safe on this computer, in the journal; the file itself was not written."
        }
        false => {
            "What you have done last is in memory only. It is tried again every few seconds and with each edit."
        }
    };
    let answer = |words: &str, action| Answer { words: words.to_owned(), action };
    let answers = vec![
        answer("Try again", Action::Command(Command::Save)),
        answer("Save under another name…", Action::Command(Command::SaveAs)),
        answer("Messages", Action::Command(Command::Log)),
        answer("Go on working", Action::Nothing),
    ];
    let details = vec![why, safe.to_owned()];
    workspace.overlay =
        Some(Overlay::Question { text: "This session is not saved".to_owned(), details, answers });
}

fn seen(workspace: &mut Workspace) -> Option<DraftsBack> {
    workspace.desk.as_mut()?.file.drafts.take()
}

/// Goes where one was writing, with the keys in the field.
fn go_to_draft(workspace: &mut Workspace) {
    let Some(id) = seen(workspace).and_then(|drafts| drafts.first) else { return };
    super::select::jump_to(workspace, id);
    super::dispatch(workspace, Action::Command(Command::Comment));
}

/// A journal continues another version of the file than the one that is there: one may see what it holds.
pub(super) fn set_aside(workspace: &mut Workspace, recovered: &Recovered) {
    let Some(aside) = &recovered.set_aside else { return };
    let Some(file) = workspace.path().cloned() else { return };
    let name = file_name(Some(&file));
    let steps = count(aside.steps, "edit");
    let text = format!("A journal of {steps} beside {name} was not applied, because {}.", aside.why);
    let details = vec![
        "It was written on this computer while the file was another one. Nothing of it is lost:".to_owned(),
        aside.path.display().to_string(),
    ];
    let bring = SafetyAction::BringAside { file, journal: aside.path.clone() };
    let answers = vec![
        Answer { words: "Leave it there".to_owned(), action: Action::Nothing },
        Answer { words: "Open what it holds, as a copy".to_owned(), action: Action::Safety(bring) },
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

fn bring_aside(workspace: &mut Workspace, file: PathBuf, journal: PathBuf) {
    workspace.jobs.start("open", move || {
        let result = store::salvage(&file, Some(&journal)).map_err(|error| error.to_string());
        JobResult::SoundRead(journal, result.map(|salvaged| (salvaged.session, salvaged.left_out)))
    });
}

fn keep(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    if desk.file.back.take().is_some() {
        desk.save();
        workspace.say(MessageKind::Done, "What came back is kept", false);
    }
}

fn look(workspace: &mut Workspace) {
    let Some(back) = workspace.desk.as_ref().and_then(|desk| desk.file.back.as_ref()) else { return };
    let answer = |words: &str, action| Answer { words: words.to_owned(), action };
    let answers = vec![
        answer("Keep it", Action::Safety(SafetyAction::Keep)),
        answer("Look at the documents first", Action::Nothing),
        answer("Leave it out", Action::Safety(SafetyAction::LeaveOut)),
    ];
    let (text, details) = (back.since.clone(), back.steps.clone());
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

fn leave_out(workspace: &mut Workspace) {
    let at = workspace.now();
    let Some(desk) = &mut workspace.desk else { return };
    if desk.file.back.is_some() && desk.revision() > 0 {
        // Whole records would be put back, and with them what was written since would go.
        let said = "It was worked on since: keep what came back";
        return workspace.problem(said);
    }
    let Some(BackAgain { undo: Some(undo), .. }) = desk.file.back.take() else { return };
    match desk.apply(Step { at, ..undo }) {
        Ok(()) => workspace.say(MessageKind::Done, "What came back was left out", true),
        Err(error) => workspace.problem(format!("Not left out: {error}")),
    }
}

/// A session that is open elsewhere is read, on a worker.
pub(super) fn read_instead(workspace: &mut Workspace, path: PathBuf, holder: Holder) {
    workspace.jobs.start("read", move || {
        let result = store::read(&path).map(Box::new);
        let prepared = result.as_ref().map(|read| Prepared::of_session(&read.session)).unwrap_or_default();
        JobResult::ReadElsewhere(HeldElsewhere { path, holder }, result, prepared)
    });
}

/// A session that is open elsewhere was read: it is shown, and nothing can be changed in it.
pub(super) fn shown_to_read(
    workspace: &mut Workspace,
    held: HeldElsewhere,
    result: Result<Box<ReadOnDisk>, OpenError>,
    prepared: Prepared,
) {
    let read = match result {
        Ok(read) => read,
        Err(error) => return super::jobs::not_opened(workspace, Some(held.path), &error),
    };
    put_on_desk(workspace, read.session, None, Some(held.path.clone()), prepared);
    let name = file_name(Some(&held.path));
    let said = format!("{name} is open to be read: {} has it", held.holder);
    if let Some(desk) = &mut workspace.desk {
        desk.access = Access::ReadOnly;
        desk.file.held = Some(held);
    }
    documents::open_first_panes(workspace);
    workspace.say(MessageKind::Notice, said, false);
}

/// Tries again to open the session for work that was open elsewhere.
fn open_for_work(workspace: &mut Workspace, over: bool) {
    let Some(held) = workspace.desk.as_ref().and_then(|desk| desk.file.held.clone()) else { return };
    let path = held.path;
    workspace.jobs.start("open", move || {
        let result = if over { store::take_over(&path) } else { store::open(&path) };
        let prepared =
            result.as_ref().map(|opened| Prepared::of_session(&opened.session)).unwrap_or_default();
        JobResult::SessionOpened(path, result, prepared)
    });
}

/// Lists the earlier versions of the open session, on a worker.
pub(super) fn list_versions(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let (number, id, path) = (desk.number, desk.session().id, desk.file.path.clone());
    workspace.versions = Versions::default();
    workspace.overlay = Some(Overlay::Versions);
    workspace.jobs.start("versions", move || {
        JobResult::VersionsListed(number, store::earlier_versions(id, path.as_deref()))
    });
}

pub(super) fn versions_listed(workspace: &mut Workspace, number: u64, list: Vec<store::Version>) {
    if workspace.desk.as_ref().is_some_and(|desk| desk.number == number) {
        let some = !list.is_empty();
        workspace.versions = Versions { list, shown: None, view: None };
        if some {
            show_version(workspace, 0);
        }
    }
}

fn show_version(workspace: &mut Workspace, at: usize) {
    let Some(version) = workspace.versions.list.get(at).cloned() else { return };
    let Some(desk) = &workspace.desk else { return };
    (workspace.versions.shown, workspace.versions.view) = (Some(at), None);
    let (number, now) = (desk.number, desk.session().clone());
    workspace.jobs.start("version", move || {
        let view = store::read_version(&version).map(|then| VersionView {
            documents: then.documents.len(),
            annotations: then.annotations.len(),
            changes: diff(&then, &now),
        });
        JobResult::VersionRead(number, at, view)
    });
}

pub(super) fn version_read(
    workspace: &mut Workspace,
    number: u64,
    at: usize,
    view: Result<VersionView, String>,
) {
    let is_here = workspace.desk.as_ref().is_some_and(|desk| desk.number == number);
    if is_here && workspace.versions.shown == Some(at) {
        workspace.versions.view = Some(view);
    }
}

/// Opens an earlier version as a session without a name; the open one is closed as it is.
fn open_version(workspace: &mut Workspace, at: usize) {
    let Some(version) = workspace.versions.list.get(at).cloned() else { return };
    workspace.overlay = None;
    let when = version_words(&version, workspace.now());
    workspace.jobs.start("version", move || {
        JobResult::VersionOpened(when, store::read_version(&version).map(Arc::new))
    });
}

/// When a version was written, and in which file where that is another one.
fn version_words(version: &store::Version, now: crate::model::Timestamp) -> String {
    let of =
        version.other_file.as_ref().map(|path| format!(" of {}", file_name(Some(path)))).unwrap_or_default();
    format!("{}{of}", day_and_hour(version.at, now))
}

/// Opens the last earlier version that reads of a file that does not.
fn open_version_of(workspace: &mut Workspace, path: PathBuf) {
    let now = workspace.now();
    workspace.jobs.start("version", move || {
        let versions = store::versions_of_file(&path);
        let read = |version: &store::Version| {
            Some((version_words(version, now), store::read_version(version).ok()?))
        };
        match versions.iter().find_map(read) {
            Some((when, session)) => JobResult::VersionOpened(when, Ok(Arc::new(session))),
            None => {
                let name = file_name(Some(&path));
                let why = format!("no earlier version of {name} is kept on this computer");
                JobResult::VersionOpened(String::new(), Err(why))
            }
        }
    });
}

pub(super) fn version_opened(workspace: &mut Workspace, when: &str, session: Result<Arc<Session>, String>) {
    let unsafe_now = workspace.desk.as_ref().and_then(|desk| desk.file.trouble.clone());
    match session {
        // What is in memory alone would go with the desk.
        Ok(_) if unsafe_now.is_some() => {
            let why = unsafe_now.unwrap_or_default();
            workspace.problem(format!("Not opened, since the open session is not safe yet: {why}"));
        }
        Ok(session) => {
            super::session::begin_with(workspace, &session, "open an earlier version");
            let said = format!("A copy of the version of {when}: the session itself is as it was");
            workspace.say(MessageKind::Notice, said, false);
        }
        Err(error) => workspace.problem(format!("Not opened: {error}")),
    }
}
