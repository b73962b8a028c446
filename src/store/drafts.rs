//! Comments that are being written: what stands in their fields and is not posted yet.
//!
//! They are no part of the session, so no step of the journal: a half-written comment must not become a posted one. They
//! stand in a small file beside the journal, written anew about a second after the last key, and are found there at the
//! next start. The file goes when nothing is being written any more.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{AnnotationId, CommentId, SessionId, limits};

use super::regular::{FileError, read_regular};
use super::{journal, system};

/// A comment that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// About which annotation: one's own, or one of a colleague's session.
    pub annotation: AnnotationId,
    /// Where it is being written.
    pub kind: DraftKind,
    /// What stands in the field.
    pub text: String,
}

/// Where a comment is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftKind {
    /// With the annotation, among its details.
    Comment,
    /// With a difference, in a review.
    Remark {
        /// The comment that is answered.
        reply_to: Option<CommentId>,
    },
}

/// The file. Ids are text, as in [`super::Places`].
#[derive(Serialize, Deserialize)]
struct Drafts {
    session: String,
    drafts: Vec<Record>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    annotation: String,
    #[serde(default)]
    remark: bool,
    #[serde(default)]
    reply_to: Option<String>,
    text: String,
}

/// Where drafts stand that belong to the journal at `journal`.
pub(super) fn beside(journal: &Path) -> PathBuf {
    journal.with_extension("drafts")
}

/// Puts `drafts` beside the journal, whole and synced, in the place of those that stand there. `like` is the session
/// file, whose mode they take.
pub(super) fn keep(
    journal: &Path,
    session: SessionId,
    drafts: &[Draft],
    like: Option<&Path>,
) -> io::Result<()> {
    let path = beside(journal);
    if drafts.is_empty() {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    let file = Drafts { session: session.to_string(), drafts: drafts.iter().map(record).collect() };
    let text = ron::ser::to_string_pretty(&file, ron::ser::PrettyConfig::new().new_line("\n"))
        .map_err(io::Error::other)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    if like.is_none() {
        system::create_private_folder(folder)?;
    }
    let new = path.with_extension("drafts.tmp");
    let mut options = OpenOptions::new();
    let mut out = system::private(options.write(true).create(true).truncate(true)).open(&new)?;
    if let Some(like) = like.and_then(|like| std::fs::metadata(like).ok()) {
        system::copy_mode(&like, &out)?;
    }
    let written = out.write_all(text.as_bytes()).and_then(|()| out.sync_data());
    if let Err(error) = written.and_then(|()| std::fs::rename(&new, &path)) {
        let _ = std::fs::remove_file(&new);
        return Err(error);
    }
    system::sync_folder(folder)
}

/// The drafts beside the journal of the session `session`. What belongs to another session or cannot be read is set
/// aside under another name: it is not ours to write over.
pub(super) fn take(journal: &Path, session: SessionId) -> Vec<Draft> {
    let path = beside(journal);
    let bytes = match read_regular(&path, limits::DRAFTS_BYTES) {
        Ok(bytes) => bytes,
        Err(FileError::Missing { .. }) => return Vec::new(),
        Err(_) => return set_aside(&path),
    };
    match ron::de::from_bytes::<Drafts>(&bytes) {
        Ok(file) if file.session == session.to_string() => {
            let drafts: Option<Vec<Draft>> = file.drafts.into_iter().map(draft).collect();
            drafts.unwrap_or_else(|| set_aside(&path))
        }
        _ => set_aside(&path),
    }
}

fn set_aside(path: &Path) -> Vec<Draft> {
    // One that cannot be moved cannot be written over either.
    let _ = std::fs::rename(path, journal::aside_name(path));
    Vec::new()
}

fn record(draft: &Draft) -> Record {
    let Draft { annotation, kind, text } = draft;
    let (remark, reply_to) = match kind {
        DraftKind::Comment => (false, None),
        DraftKind::Remark { reply_to } => (true, reply_to.map(|id| id.to_string())),
    };
    Record { annotation: annotation.to_string(), remark, reply_to, text: text.clone() }
}

fn draft(record: Record) -> Option<Draft> {
    let Record { annotation, remark, reply_to, text } = record;
    let kind = match remark {
        true => DraftKind::Remark { reply_to: reply_to.and_then(|id| id.parse().ok()) },
        false => DraftKind::Comment,
    };
    Some(Draft { annotation: annotation.parse().ok()?, kind, text })
}

#[cfg(test)]
mod tests {
    use crate::model::{FixedStamps, Stamps as _};

    use super::*;

    #[test]
    fn drafts_come_back_as_what_they_were_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join(".~haven.ron.journal");
        let mut stamps = FixedStamps::default();
        let session = SessionId(stamps.id());
        let text = "👮🏽‍♀️ e\u{301} “zin” met\neen \"aanhaling\" en \\".to_owned();
        let drafts = vec![
            Draft { annotation: AnnotationId(stamps.id()), kind: DraftKind::Comment, text: text.clone() },
            Draft {
                annotation: AnnotationId(stamps.id()),
                kind: DraftKind::Remark { reply_to: Some(CommentId(stamps.id())) },
                text,
            },
        ];
        keep(&journal, session, &drafts, None).unwrap();
        assert_eq!(super::super::testing::names(folder.path()), [".~haven.ron.drafts"]);
        assert_eq!(take(&journal, session), drafts);
        keep(&journal, session, &[], None).unwrap();
        assert_eq!(super::super::testing::names(folder.path()), [] as [&str; 0]);
        keep(&journal, session, &[], None).unwrap();
        assert_eq!(take(&journal, session), []);
    }

    #[test]
    fn drafts_of_another_session_and_broken_ones_are_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join(".~haven.ron.journal");
        let mut stamps = FixedStamps::default();
        let (session, other) = (SessionId(stamps.id()), SessionId(stamps.id()));
        let draft =
            Draft { annotation: AnnotationId(stamps.id()), kind: DraftKind::Comment, text: "zin".to_owned() };
        keep(&journal, other, &[draft], None).unwrap();
        assert_eq!(take(&journal, session), []);
        std::fs::write(beside(&journal), b"(session: \"").unwrap();
        assert_eq!(take(&journal, session), []);
        // One record that names nothing takes the others along, whole.
        let text = "👮🏽‍♀️ e\u{301} “zin”";
        let id = AnnotationId(stamps.id());
        let record = |id: &str| format!("(annotation: \"{id}\", text: \"{text}\")");
        let file =
            format!("(session: \"{session}\", drafts: [{}, {}])", record(&id.to_string()), record("x"));
        std::fs::write(beside(&journal), file).unwrap();
        assert_eq!(take(&journal, session), []);
        let names = super::super::testing::names(folder.path());
        let aside = [1, 2, 3].map(|n| format!(".~haven.ron.drafts.aside-{n}"));
        assert_eq!(names, aside);
    }
}
