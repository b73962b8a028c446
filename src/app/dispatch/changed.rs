//! A session's file that another program has changed, or put a version beside: nothing is overwritten before one has
//! said what one wants.

use std::path::{Path, PathBuf};

use crate::edit::Step;
use crate::model::Session;
use crate::review::diff::{conflict_in_words, diff};
use crate::review::merge::{self, edits_between};
use crate::store;

use super::super::review::MergeOffer;
use super::super::safety::{Changed, SafetyAction, Taken};
use super::super::{Action, Answer, Command, JobResult, MessageKind, Overlay, PathPurpose, Workspace, count};
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
    super::exchange::show_first(workspace);
}

/// Looks, on a worker, whether a sync client has put another version beside the file, and what it holds that is not
/// here. Each is looked at once.
pub(super) fn look_beside(workspace: &mut Workspace) {
    let Some(desk) = workspace.desk.as_ref().filter(|desk| desk.keeper.is_some()) else { return };
    let Some(path) = desk.file.path.clone() else { return };
    let (number, ours, seen) = (desk.number, desk.session().clone(), desk.file.beside.clone());
    workspace.jobs.start("beside", move || {
        let new = store::conflicted_copies(&path).into_iter().filter(|copy| !seen.contains(copy));
        let looked_at = new.map(|copy| {
            let holds = holds_more(&copy, &ours);
            (copy, holds)
        });
        JobResult::CopiesBeside(number, looked_at.collect())
    });
}

/// Whether the copy holds what is not in this session, or why it can't be read.
fn holds_more(copy: &Path, ours: &Session) -> Result<bool, String> {
    let (theirs, _) = store::read_file_alone(copy).map_err(|error| error.to_string())?;
    Ok(matches!(super::review::offered(copy, ours, &theirs), MergeOffer::Merge { .. }))
}

/// Copies beside the file were looked at: one is asked about the first that holds more, and told of the rest.
pub(super) fn copies_beside(
    workspace: &mut Workspace,
    number: u64,
    copies: &[(PathBuf, Result<bool, String>)],
) {
    let busy = workspace.overlay.is_some();
    let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) else { return };
    // Two workers may have looked at the same.
    let new: Vec<_> = copies.iter().filter(|(copy, _)| !desk.file.beside.contains(copy)).collect();
    let own = file_name(desk.file.path.as_ref());
    let more: Vec<&PathBuf> =
        new.iter().filter(|(_, holds)| *holds == Ok(true)).map(|(copy, _)| copy).collect();
    // The others that hold more are asked about when one comes back to the window.
    let later = if busy { more.as_slice() } else { more.get(1..).unwrap_or_default() };
    let now = new.iter().map(|(copy, _)| copy).filter(|copy| !later.contains(copy));
    desk.file.beside.extend(now.cloned());
    let unread = new.iter().filter_map(|(_, holds)| holds.as_ref().err());
    let told: Vec<String> = unread.map(|why| format!("A copy beside {own} can't be read: {why}")).collect();
    for said in told {
        workspace.say(MessageKind::Notice, said, false);
    }
    let Some(first) = more.first() else { return };
    let names: Vec<String> = more.iter().map(|copy| file_name(Some(*copy))).collect();
    let said = match names.as_slice() {
        [one] => format!("Beside {own} a sync client has put {one}, and it holds what is not here."),
        several => format!(
            "Beside {own} a sync client has put {}, and they hold what is not here.",
            count(several.len(), "other version")
        ),
    };
    if busy {
        let said = format!("{said} “Merge a session” takes it in");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let see = Action::Picked(PathPurpose::Merge, Some(vec![(*first).clone()]));
    let words = match names.as_slice() {
        [_] => "See what it would change".to_owned(),
        several => format!("See what {} would change", several[0]),
    };
    let answers = vec![
        Answer { words, action: see },
        Answer { words: "Leave it there".to_owned(), action: Action::Nothing },
    ];
    let details = if names.len() > 1 { names } else { Vec::new() };
    workspace.overlay = Some(Overlay::Question { text: said, details, answers });
}
