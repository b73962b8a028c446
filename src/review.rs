//! Two sessions: matching, agreement, merge, adjudication.
//!
//! Nothing stands here yet; what review leaves behind in a session (comment status, provenance,
//! conflicts) is already part of [`crate::model`] and of the session file.
