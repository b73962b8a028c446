//! The copy for a second coder.

use std::path::PathBuf;

use crate::format::handover::second_coder_copy;
use crate::format::session;
use crate::model::SessionId;
use crate::store;

use super::super::{Action, Answer, JobResult, Overlay, PathPurpose, Workspace, count};
use super::session::{file_name, with_extension};

/// Says what the copy holds and what it does not, before anything is written.
pub(super) fn ask(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let session = desk.session();
    let rules: usize = session.scheme.tags.iter().map(|tag| tag.rules.len()).sum();
    let examples: usize = session.scheme.tags.iter().map(|tag| tag.examples.len()).sum();
    let mut details = vec![
        format!(
            "In it: {} with what is known of them and what is not text, {} with {}.",
            count(session.documents.len(), "document"),
            count(session.scheme.tags.len(), "tag"),
            count(rules, "rule")
        ),
        format!(
            "Not in it: {}, statements, links, notes and comments, names, and anything of this computer.",
            count(session.annotations.len(), "annotation")
        ),
    ];
    if examples > 0 {
        details.push(format!(
            "The words of {} stay, as they belong to the codebook; where they stand does not.",
            count(examples, "example")
        ));
    }
    let answers = vec![
        Answer { words: "Write the copy…".to_owned(), action: Action::AskPath(PathPurpose::Handover) },
        Answer { words: "Leave it".to_owned(), action: Action::Nothing },
    ];
    let text = "A copy for a second coder".to_owned();
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Writes the copy to a file of its own, on a worker.
pub(super) fn write_to(workspace: &mut Workspace, path: PathBuf) {
    let path = with_extension(path, "ron");
    if workspace.path() == Some(&path) {
        let name = file_name(Some(&path)).to_owned();
        return workspace.problem(format!("{name} is your own session: give the copy another name"));
    }
    let (id, created) = (SessionId(workspace.stamps.id()), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let own = desk.session().clone();
    workspace.jobs.start("handover", move || {
        let copy = second_coder_copy(&own, id, created);
        let written = store::write_file(&path, session::write(&copy).as_bytes());
        JobResult::Written(written.map_err(|error| error.to_string()).map(|()| {
            let documents = count(copy.documents.len(), "document");
            format!(
                "{documents} and the scheme written to {}, and nothing of what you have marked",
                file_name(Some(&path))
            )
        }))
    });
}
