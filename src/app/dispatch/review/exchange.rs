//! What goes to colleagues and comes back: comments, reviews, other copies of the session, figures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{AnnotationId, Comment, CommentId, Conflict, Remark, Session, SessionId};
use crate::review::agreement::report;
use crate::review::diff::{conflict_in_words, diff};
use crate::review::{merge, talk};
use crate::store;

use super::super::super::review::{CopyFor, MergeOffer, layer_name};
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
    let (number, revision, ours) = (desk.number, desk.revision(), desk.session().clone());
    workspace.jobs.start("copy", move || {
        let theirs = store::read(&path).map(|read| read.session).map_err(|error| error.to_string());
        match wanted {
            CopyFor::Comments => JobResult::CopyRead(number, path, theirs.map(Box::new)),
            CopyFor::Merge => {
                let offer = theirs.map(|theirs| Box::new(offered(&path, &ours, &theirs)));
                JobResult::MergeOffered((number, revision), path, offer)
            }
        }
    });
}

/// Another copy of the session was read: its comments are taken in.
pub(in crate::app::dispatch) fn copy_read(
    workspace: &mut Workspace,
    number: u64,
    path: &Path,
    result: Result<Box<Session>, String>,
) {
    if workspace.desk.as_ref().is_none_or(|desk| desk.number != number) {
        return;
    }
    match result {
        Err(error) => workspace.problem(format!("Not read: {error}")),
        Ok(review) => take_review(workspace, path, &review),
    }
}

/// A review came back: its comments come in, and nothing else.
fn take_review(workspace: &mut Workspace, path: &Path, review: &Session) {
    let Some(desk) = &workspace.desk else { return };
    let name = file_name(Some(path));
    let taken = merge::take_review(desk.session(), review);
    let is_for_us = review.id == desk.session().id || !taken.taken.is_empty() || !taken.gone.is_empty();
    if !is_for_us {
        return workspace.problem(format!("{name} is no review of this session: nothing was taken in"));
    }
    for (_, comment) in &taken.gone {
        let who = review.annotator_name(&comment.author);
        let said = format!("{who} on a mark that is not here any more: “{}”", comment.text);
        workspace.say(MessageKind::Notice, said, false);
    }
    let (number, gone) = (taken.taken.values().sum::<usize>(), taken.gone.len());
    if taken.edits.is_empty() {
        let said = format!("{name} holds no comment that is not here");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let mut said = format!("{} taken in from {name}", count(number, "comment"));
    if gone > 0 {
        said.push_str(&format!("; {} on marks that are gone stand in the messages", count(gone, "comment")));
    }
    annotate::step_as_it_is(workspace, "take in a review", &said, taken.edits);
}

/// What merging another copy of the session would do; found by the worker that has read it.
pub(in crate::app::dispatch) fn offered(path: &Path, ours: &Session, theirs: &Session) -> MergeOffer {
    let name = file_name(Some(path));
    if ours.id != theirs.id {
        return MergeOffer::Another;
    }
    let merged = merge::merge_without_base(ours, theirs);
    if merged.edits.is_empty() {
        return MergeOffer::Nothing;
    }
    let mut details = told(ours, &merged);
    details.extend(merged.notes.iter().cloned());
    let between = match merged.conflicts.len() {
        0 => String::new(),
        1 => "; one thing was changed in both; both versions are kept, and Ctrl R shows them".to_owned(),
        several => format!(
            "; {several} things were changed in both; both versions of each are kept, and Ctrl R lists them"
        ),
    };
    let label = format!("merge {name}");
    let said = format!("{name} merged{between}");
    MergeOffer::Merge { step: PendingStep { label, said, edits: merged.edits }, details }
}

/// Says what merging another copy of the session would do, and asks.
pub(in crate::app::dispatch) fn ask_merge(
    workspace: &mut Workspace,
    (number, revision): (u64, u64),
    path: &Path,
    offer: Result<Box<MergeOffer>, String>,
) {
    let Some(desk) = workspace.desk.as_ref().filter(|desk| desk.number == number) else { return };
    if desk.revision() != revision {
        return read_copy(workspace, path.to_owned(), CopyFor::Merge);
    }
    let name = file_name(Some(path));
    match offer.map(|offer| *offer) {
        Err(error) => workspace.problem(format!("Not read: {error}")),
        Ok(MergeOffer::Another) => {
            let text = format!("{name} is another session, not a copy of this one. What do you want?");
            let details = vec![
                "Laid over this one, it is compared passage by passage, and you decide what comes in."
                    .to_owned(),
                "Import brings in what it has marked as marks of this session.".to_owned(),
            ];
            let layer = Action::Picked(PathPurpose::Layer, Some(vec![path.to_owned()]));
            let answers = vec![
                Answer { words: "Lay it over this one".to_owned(), action: layer },
                Answer { words: "Leave it".to_owned(), action: Action::Nothing },
            ];
            workspace.overlay = Some(Overlay::Question { text, details, answers });
        }
        Ok(MergeOffer::Nothing) => {
            let said = format!("{name} holds nothing that is not here");
            workspace.say(MessageKind::Notice, said, false);
        }
        Ok(MergeOffer::Merge { step, details }) => {
            let answers = vec![
                Answer { words: "Merge it".to_owned(), action: Action::MergeNow(Box::new(step)) },
                Answer { words: "Leave it".to_owned(), action: Action::Nothing },
            ];
            let text = format!("Merge {name} into this session?");
            workspace.overlay = Some(Overlay::Question { text, details, answers });
        }
    }
}

/// What a merge would change here, a line each, and what both have changed.
fn told(session: &Session, merged: &merge::Merged) -> Vec<String> {
    const SHOWN: usize = 300;
    // What both have changed is told first, in words of its own.
    let without = Session { conflicts: session.conflicts.clone(), ..merged.session.clone() };
    let mut lines = diff(session, &without);
    if lines.len() > SHOWN {
        let more = count(lines.len() - SHOWN, "more change");
        lines.truncate(SHOWN);
        lines.push(format!("… and {more}"));
    }
    let conflicts = merged.conflicts.iter();
    let both = conflicts.map(|it| format!("Changed in both: {}", conflict_in_words(it, &merged.session)));
    both.chain(lines).collect()
}

/// Merges, after a copy of the session as it is was written beside its file, on a worker.
pub(in crate::app::dispatch) fn merge(workspace: &mut Workspace, pending: PendingStep) {
    let Some(desk) = &workspace.desk else { return };
    let Some(path) = desk.file.path.clone() else { return merge_now(workspace, pending) };
    let (number, revision, session) = (desk.number, desk.revision(), desk.session().clone());
    workspace.jobs.start("copy", move || {
        let bytes = crate::format::session::write(&session);
        let copy = copy_beside(&path);
        let kept = store::write_file(&copy, bytes.as_bytes()).map_err(|error| error.to_string());
        let said = format!("{}; as it was it stands in {}", pending.said, file_name(Some(&copy)));
        JobResult::CopyKept((number, revision), Box::new(PendingStep { said, ..pending }), kept)
    });
}

/// A name beside the session's file that nothing has yet.
fn copy_beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = |n: u64| path.with_file_name(format!("{stem}-before-merge-{n}.ron"));
    (1..).map(name).find(|path| !store::is_there(path)).unwrap_or_else(|| name(0))
}

/// The copy was written, or not.
pub(in crate::app::dispatch) fn copy_kept(
    workspace: &mut Workspace,
    (number, revision): (u64, u64),
    pending: PendingStep,
    kept: Result<(), String>,
) {
    let Some(desk) = workspace.desk.as_ref().filter(|desk| desk.number == number) else { return };
    if let Err(error) = kept {
        return workspace.problem(format!("Not merged, since no copy could be written first: {error}"));
    }
    if desk.revision() != revision {
        return workspace.problem("Not merged: the session was changed meanwhile; merge once more");
    }
    merge_now(workspace, pending);
}

fn merge_now(workspace: &mut Workspace, PendingStep { label, said, edits }: PendingStep) {
    annotate::step_as_it_is(workspace, &label, &said, edits);
    super::super::exchange::show_first(workspace);
}

/// Settles what a merge left undecided.
pub(super) fn settle(workspace: &mut Workspace, conflict: &Conflict, stays: bool) {
    let (me, now) = (workspace.me(), workspace.now());
    let choice = if stays { merge::Choice::Kept } else { merge::Choice::Other };
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    match merge::resolve(desk.session(), conflict, choice, &me, now) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not settled: {why}")),
    }
    let said = if stays { "What stands here stays" } else { "The other version was taken" };
    annotate::step_as_it_is(workspace, "settle what both have changed", said, edits);
}

/// Writes the figures of agreement as a table (CSV).
pub(super) fn write_figures(workspace: &mut Workspace, path: PathBuf) {
    let path = with_extension(path, "csv");
    let Some(figures) = workspace.desk.as_ref().and_then(|desk| desk.review.agreed().figures()) else {
        return;
    };
    let rows = report::table(&figures.report);
    workspace.jobs.start("figures", move || {
        let written = crate::format::csv::table(&rows)
            .and_then(|bytes| store::write_file(&path, &bytes).map_err(|error| error.to_string()));
        let figures = count(rows.len().saturating_sub(1), "figure");
        JobResult::Written(written.map(|()| format!("{figures} written to {}", file_name(Some(&path)))))
    });
}
