//! The copy for a second coder.

use std::path::PathBuf;

use crate::format::handover::second_coder_copy;
use crate::format::session;
use crate::model::SessionId;
use crate::store;

use super::super::{JobResult, PathPurpose, Workspace, count};
use super::session::{file_name, with_extension};

pub(super) fn ask(workspace: &mut Workspace) {
    workspace.pick(PathPurpose::Handover);
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
