//! A session's file that another program has changed: nothing is overwritten before one has said what one wants.

use std::path::PathBuf;

use crate::edit::Step;
use crate::model::Session;
use crate::review::diff::{conflict_in_words, diff};
use crate::review::merge::{self, edits_between};
use crate::store;

use super::super::safety::{Changed, SafetyAction, Taken};
use super::super::{Action, Answer, Command, JobResult, MessageKind, Overlay, Workspace, count};
use super::session::file_name;

/// Reads what stands there now and finds what merging it would do, on a worker.
pub(super) fn look(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(path) = desk.file.path.clone() else { return };
    let (number, revision) = (desk.number, desk.revision());
    let (base, ours) = (desk.file.base.clone(), desk.session().clone());
    workspace.jobs.start("changed", move || {
        let result = match store::read_file_alone(&path) {
            Ok((theirs, digest)) => {
                let found = compared(&path, base.as_ref(), &ours, &theirs, digest, revision);
                Ok(Box::new(found))
            }
            Err(error) => Err(error.to_string()),
        };
        JobResult::ChangedRead(number, path, result)
    });
}

/// What merging or taking what another program has written would do.
fn compared(
    path: &PathBuf,
    base: Option<&Session>,
    ours: &Session,
    theirs: &Session,
    digest: crate::model::Digest,
    revision: u64,
) -> Changed {
    const SHOWN: usize = 300;
    let name = file_name(Some(path));
    let merged = match base.filter(|base| base.id == theirs.id) {
        Some(base) => merge::merge(base, ours, theirs),
        None => merge::merge_without_base(ours, theirs),
    };
    let mut details = diff(base.unwrap_or(ours), theirs);
    if details.len() > SHOWN {
        let more = count(details.len() - SHOWN, "more change");
        details.truncate(SHOWN);
        details.push(format!("… and {more}"));
    }
    let both = merged.conflicts.iter().map(|it| conflict_in_words(it, &merged.session));
    let details = both.map(|it| format!("Changed in both: {it}")).chain(details).collect();
    let conflicts = match merged.conflicts.len() {
        0 => String::new(),
        n => format!("; {} changed in both: Ctrl R lists them", count(n, "thing")),
    };
    Changed {
        merge: Taken {
            label: format!("merge what another program wrote to {name}"),
            said: format!("{name}: both versions merged{conflicts}"),
            edits: merged.edits,
            digest,
            revision,
        },
        reload: Taken {
            label: format!("take what another program wrote to {name}"),
            said: format!("{name} stands as the other program wrote it"),
            edits: edits_between(ours, theirs),
            digest,
            revision,
        },
        details,
        ours_is_newer: base != Some(ours),
    }
}

/// What another program has written was read, or not: one is asked.
pub(super) fn read(
    workspace: &mut Workspace,
    number: u64,
    path: &PathBuf,
    result: Result<Box<Changed>, String>,
) {
    let Some(desk) = workspace.desk.as_ref().filter(|desk| desk.number == number) else { return };
    if !desk.file.changed_by_other {
        return;
    }
    let name = file_name(Some(path));
    let answer = |words: String, action| Answer { words, action };
    let safe = "What you have done is safe on this computer either way.";
    let mut answers = Vec::new();
    let (text, details) = match result {
        Ok(changed) => {
            let Changed { merge, reload, details, ours_is_newer } = *changed;
            let take = |taken| Action::Safety(SafetyAction::TakeChanged(Box::new(taken)));
            if ours_is_newer {
                answers.push(answer("Merge both".to_owned(), take(merge)));
                answers.push(answer("Take theirs".to_owned(), take(reload)));
            } else {
                answers.push(answer("Take it in".to_owned(), take(reload)));
            }
            let text = if details.is_empty() {
                format!("{name} was written anew by another program; it holds the same. {safe}")
            } else {
                format!("{name} was changed by another program. {safe} There:")
            };
            (text, details)
        }
        Err(why) => {
            let text = format!("{name} was changed by another program and can't be read now. {safe}");
            (text, vec![why])
        }
    };
    answers.push(answer("Save mine under another name…".to_owned(), Action::Command(Command::SaveAs)));
    answers.push(answer(format!("Write over {name}"), Action::Overwrite));
    answers.push(answer("Decide later".to_owned(), Action::Nothing));
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Takes in what another program has written, and writes the file.
pub(super) fn take(workspace: &mut Workspace, taken: Taken) {
    let at = workspace.now();
    let Some(desk) = &mut workspace.desk else { return };
    if desk.revision() != taken.revision {
        return look(workspace);
    }
    let Taken { label, said, edits, digest, .. } = taken;
    let changes = !edits.is_empty();
    if changes && let Err(error) = desk.apply(Step { label, at, edits }) {
        return workspace.problem(format!("Not done: {error}"));
    }
    desk.file.changed_by_other = false;
    desk.file.trouble = None;
    desk.write(|keeper, revision, session| keeper.save_merged(revision, session, digest));
    workspace.say(MessageKind::Done, said, changes);
}
