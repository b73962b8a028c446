//! What is known of the documents, all at once.

use super::super::{Overlay, Workspace};

pub(super) fn open(workspace: &mut Workspace) {
    workspace.overlay = Some(Overlay::Sources);
}
