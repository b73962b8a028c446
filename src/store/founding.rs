//! A whole session as one step, for a journal that has no file to build on.

use crate::edit::{Step, make};
use crate::model::Session;

/// The step that makes `session` from the empty session of its id; `None` when it is that empty session.
pub(super) fn founding_step(session: &Session) -> Option<Step> {
    let is_empty = *session == Session::new(session.id, session.created);
    let label = "begin with what there was".to_owned();
    (!is_empty).then(|| Step { label, at: session.created, edits: make::everything(session) })
}
