//! Starts steps that change very many annotations, and takes up what a worker has made of them.

use crate::edit::Step;
use crate::model::Session;

use super::super::large::{AT_ONCE, LargeDone, LargeSaid, LargeWork, work};
use super::super::{Access, Action, Command, JobResult, MessageKind, PendingStep, Workspace, count};
use super::annotate;

/// True for what waits while a worker has the session: all but what tells how far something has come.
pub(in crate::app) fn waits(action: &Action) -> bool {
    !matches!(
        action,
        Action::Job(_)
            | Action::PaneDrawn { .. }
            | Action::ColumnsDrawn(..)
            | Action::Seen(_)
            | Action::RowShown
            | Action::NoteFocused
            | Action::CommentFocused
            | Action::FilterFocused
            | Action::SearchFocused
            | Action::HitShown
    )
}

/// Makes a step of the session and applies it: at once when it changes few annotations, else on a worker.
pub(super) fn step(
    workspace: &mut Workspace,
    annotations: usize,
    make: impl FnOnce(&Session) -> PendingStep + Send + 'static,
) {
    let Some(desk) = &workspace.desk else { return };
    if annotations <= AT_ONCE || desk.access != Access::Open {
        let PendingStep { label, said, edits } = make(desk.session());
        if edits.is_empty() {
            workspace.say(MessageKind::Notice, said, false);
        } else {
            annotate::step(workspace, &label, &said, edits);
        }
        return;
    }
    let (me, name, at) = (workspace.me(), workspace.my_name().to_owned(), workspace.now());
    let make = move |session: &Session| {
        let PendingStep { label, said, edits } = make(session);
        if edits.is_empty() {
            return Err(said);
        }
        let edits = annotate::signed(session, &me, &name, &label, at, edits);
        Ok((Step { label, at, edits }, said))
    };
    start(workspace, annotations, LargeWork::Do(Box::new(make)));
}

/// Takes the last step back on a worker, or does it again, when it is a large one; `false`: it is not.
pub(super) fn undo_or_redo(workspace: &mut Workspace, command: Command) -> bool {
    let Some(desk) = &workspace.desk else { return false };
    let history = desk.history();
    let entry = match command {
        Command::Undo => history.done().last(),
        _ => history.undone().last(),
    };
    let edits = entry.map_or(0, |entry| entry.step.edits.len());
    if edits <= AT_ONCE {
        return false;
    }
    start(workspace, edits, if command == Command::Undo { LargeWork::Undo } else { LargeWork::Redo });
    true
}

fn start(workspace: &mut Workspace, annotations: usize, asked: LargeWork) {
    let Some(desk) = &mut workspace.desk else { return };
    let (number, session, history) = (desk.number, desk.session().clone(), desk.take_history());
    workspace.held = Some(Vec::new());
    let said = format!("{} are being changed…", count(annotations, "annotation"));
    workspace.say(MessageKind::Notice, said, false);
    workspace.jobs.start("large", move || JobResult::Large(number, Box::new(work(session, history, asked))));
}

/// A worker is done: what it made is the session now, and the actions that have waited are done.
pub(super) fn finished(workspace: &mut Workspace, number: u64, done: LargeDone) {
    let held = workspace.held.take().unwrap_or_default();
    if let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) {
        let LargeDone { session, history, caches, step, said } = done;
        let label = step.as_ref().map(|step| step.label.clone()).unwrap_or_default();
        let old = desk.install(session, history, caches, step.clone());
        // Letting go of much takes time too.
        workspace.jobs.start("release", move || {
            drop(old);
            JobResult::Nothing
        });
        match said {
            Ok(LargeSaid::Done(said)) => workspace.say(MessageKind::Done, said, true),
            Ok(LargeSaid::Again(done)) => {
                if let Some(step) = &step {
                    annotate::show_step(workspace, step);
                    workspace.say(MessageKind::Notice, format!("{done}: {label}"), false);
                }
            }
            Err(error) => workspace.say(MessageKind::Notice, error, false),
        }
    }
    for action in held {
        workspace.dispatch(action);
    }
}
