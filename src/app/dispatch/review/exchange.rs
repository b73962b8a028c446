//! What goes to colleagues and comes back: comments, reviews, other copies of the session, figures.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{AnnotationId, Comment, CommentId, Remark, Session, SessionId};
use crate::review::{merge, talk};
use crate::store;

use super::super::super::review::{CopyFor, layer_name};
use super::super::super::{
    Action, Answer, JobResult, MessageKind, Overlay, PathPurpose, PendingStep, Said, Workspace, count,
};
use super::super::annotate;
use super::super::session::{file_name, with_extension};

/// Says something about a colleague's annotation. It is kept here until the review is sent back.
pub(super) fn remark(workspace: &mut Workspace, at: usize, annotation: AnnotationId, said: Said) {
    let text = said.text.trim().to_owned();
    if text.is_empty() && said.status.is_none() {
        return;
    }
    let Said { status, reply_to, .. } = said;
    let (me, now) = (workspace.me(), workspace.now());
    let id = CommentId(workspace.stamps.id());
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let comment = Comment { id, author: me.clone(), at: now, text, reply_to, status };
    let mut remarks = desk.session().remarks.clone();
    remarks.push(Remark { session: layer.session.id, annotation, comment });
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::SetRemarks(remarks));
    annotate::step(workspace, "comment on a colleague's mark", "Comment kept for the review", edits);
}

pub(super) fn remove_remark(workspace: &mut Workspace, id: CommentId) {
    let Some(desk) = &workspace.desk else { return };
    let mut remarks = desk.session().remarks.clone();
    remarks.retain(|remark| remark.comment.id != id);
    let edits = vec![Edit::SetRemarks(remarks)];
    annotate::step(workspace, "take a comment back", "Comment taken back", edits);
}

/// Asks where the review is to be written: of the one layer, or of the one whose difference is looked at.
pub(super) fn ask_review(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let of = |session: SessionId| desk.session().remarks.iter().filter(|it| it.session == session).count();
    let mut with: Vec<usize> = Vec::new();
    for (at, layer) in desk.review.layers().iter().enumerate() {
        if of(layer.session.id) > 0 {
            with.push(at);
        }
    }
    match with.as_slice() {
        [] => {
            let said = "There are no comments of yours on a colleague's marks yet";
            workspace.say(MessageKind::Notice, said, false);
        }
        [one] => workspace.pick(PathPurpose::Review(*one)),
        several => {
            let answers = several.iter().map(|at| Answer {
                words: layer_name(&desk.review.layers()[*at].session),
                action: Action::AskPath(PathPurpose::Review(*at)),
            });
            let mut answers: Vec<_> = answers.collect();
            answers.push(Answer { words: "None now".to_owned(), action: Action::Nothing });
            let text = "To whom does the review go back?".to_owned();
            workspace.overlay = Some(Overlay::Question { text, details: Vec::new(), answers });
        }
    }
}

/// Writes the colleague's session with one's comments in it.
pub(super) fn write_review(workspace: &mut Workspace, at: usize, path: PathBuf) {
    let path = with_extension(path, "ron");
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let real = |path: &PathBuf| store::real_path(path).unwrap_or_else(|_| path.clone());
    if real(&layer.path) == real(&path) || workspace.path().is_some_and(|own| real(own) == real(&path)) {
        let name = file_name(Some(&path));
        return workspace.problem(format!("{name} is a session itself: give the review another name"));
    }
    let (own, theirs) = (desk.session().clone(), Arc::clone(&layer.session));
    workspace.jobs.start("review", move || {
        let written = talk::review_of(&own, &theirs).map_err(|error| error.to_string()).and_then(|review| {
            let bytes = crate::format::session::write(&review.session);
            store::write_file(&path, bytes.as_bytes()).map_err(|error| error.to_string())?;
            let gone = match review.gone.len() {
                0 => String::new(),
                gone => format!("; {} on marks that are gone stay here", count(gone, "comment")),
            };
            let comments = count(review.comments, "comment");
            Ok(format!("{comments} written to {}{gone}: send it back", file_name(Some(&path))))
        });
        JobResult::Written(written)
    });
}

/// Reads another copy of the session, on a worker.
pub(super) fn read_copy(workspace: &mut Workspace, path: PathBuf, wanted: CopyFor) {
    let Some(desk) = &workspace.desk else { return };
    let number = desk.number;
    workspace.jobs.start("copy", move || {
        let result = store::read(&path).map(|read| Box::new(read.session)).map_err(|error| error.to_string());
        JobResult::CopyRead(number, path, wanted, result)
    });
}

/// Another copy of the session was read: takes its comments in, or says what merging it would do.
pub(in crate::app::dispatch) fn copy_read(
    workspace: &mut Workspace,
    number: u64,
    path: &PathBuf,
    wanted: CopyFor,
    result: Result<Box<Session>, String>,
) {
    if workspace.desk.as_ref().is_none_or(|desk| desk.number != number) {
        return;
    }
    match (result, wanted) {
        (Err(error), _) => workspace.problem(format!("Not read: {error}")),
        (Ok(review), CopyFor::Comments) => take_review(workspace, path, &review),
        (Ok(theirs), CopyFor::Merge) => ask_merge(workspace, path, &theirs),
    }
}

/// A review came back: its comments come in, and nothing else.
fn take_review(workspace: &mut Workspace, path: &PathBuf, review: &Session) {
    let Some(desk) = &workspace.desk else { return };
    let name = file_name(Some(path));
    if review.id != desk.session().id {
        return workspace.problem(format!("{name} is a review of another session: nothing was taken in"));
    }
    let taken = merge::take_review(desk.session(), review);
    for sentence in &taken.told {
        workspace.say(MessageKind::Notice, sentence.clone(), false);
    }
    if taken.edits.is_empty() {
        let said = format!("{name} holds no comment that is not here");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let said = format!("{} taken in from {name}", count(taken.comments, "comment"));
    annotate::step(workspace, "take in a review", &said, taken.edits);
}

fn ask_merge(_workspace: &mut Workspace, _path: &PathBuf, _theirs: &Session) {}
pub(in crate::app::dispatch) fn merge(_workspace: &mut Workspace, _pending: PendingStep) {}
pub(super) fn write_figures(_workspace: &mut Workspace, _path: PathBuf) {}
