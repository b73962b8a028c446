//! What keeps work from being lost: what a journal brought back, a session that is open elsewhere, a file that
//! another program has changed, and earlier versions of it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::edit::{Edit, Step};
use crate::model::{AnnotationId, Digest, Timestamp};
use crate::store::{BroughtBack, Deed, DeedKind, Draft, Holder, Version};

use super::Workspace;

/// What a journal brought back, until one has said that it is to be kept.
#[derive(Clone, Debug)]
pub struct BackAgain {
    /// In a sentence: how much, what, where.
    pub said: String,
    /// From when, and why, in a sentence.
    pub since: String,
    /// Each step: when, what, where.
    pub steps: Vec<String>,
    /// The step that takes all of it back.
    pub(super) undo: Option<Step>,
}

/// Comments that were being written when the program ended: they stand in their fields again.
#[derive(Clone, Debug)]
pub struct DraftsBack {
    /// In a sentence.
    pub said: String,
    /// The first annotation of one's own that one was writing about.
    pub first: Option<AnnotationId>,
}

/// What was done, in words and by document, the first first: "2 marks and a note in Letter, a link".
pub(super) fn deed_words<'a>(
    deeds: impl Iterator<Item = &'a Deed>,
    title: impl Fn(&Deed) -> String,
) -> String {
    /// Documents that are told one by one.
    const MOST: usize = 3;
    let mut seen = BTreeSet::new();
    let mut places: Vec<(String, Vec<(DeedKind, usize)>)> = Vec::new();
    for deed in deeds {
        // A note that was typed over several seconds is one note.
        if deed.annotation.is_some() && !seen.insert(deed) {
            continue;
        }
        let title = title(deed);
        let at = places.iter().position(|(known, _)| *known == title);
        let at = at.unwrap_or_else(|| {
            places.push((title, Vec::new()));
            places.len() - 1
        });
        let kinds = &mut places[at].1;
        match kinds.iter_mut().find(|(kind, _)| *kind == deed.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((deed.kind, 1)),
        }
    }
    let words = |(title, kinds): &(String, Vec<(DeedKind, usize)>)| {
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| kind_words(*kind, *count)).collect();
        let what = match kinds.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            kinds => kinds.concat(),
        };
        if title.is_empty() { what } else { format!("{what} in {title}") }
    };
    let mut parts: Vec<String> = places.iter().take(MOST).map(words).collect();
    if places.len() > MOST {
        parts.push("and more".to_owned());
    }
    parts.join(", ")
}

fn kind_words(kind: DeedKind, count: usize) -> String {
    let (one, many) = match kind {
        DeedKind::Mark => ("a mark", "marks"),
        DeedKind::Note => ("a note", "notes"),
        DeedKind::Comment => ("a comment", "comments"),
        DeedKind::Change => ("a changed mark", "changed marks"),
        DeedKind::Removal => ("a removed mark", "removed marks"),
        DeedKind::Link => ("a link", "links"),
        DeedKind::Document => ("a document", "documents"),
        DeedKind::Other => ("another change", "other changes"),
    };
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

/// What one does about what keeps work from being lost.
#[derive(Debug)]
pub enum SafetyAction {
    /// Keep what a journal brought back.
    Keep,
    /// List what it was.
    Look,
    /// Leave it out, as one step.
    LeaveOut,
    /// Say why the session is not saved, and what can be done.
    Trouble,
    /// Go to the first comment that was being written.
    GoToDraft,
    /// Say no more that it came back.
    DraftSeen,
    /// Bring back in a copy what a journal holds that continues another version of the file.
    BringAside {
        /// The file.
        file: PathBuf,
        /// The journal.
        journal: PathBuf,
    },
    /// Open the session for work that was open elsewhere.
    OpenForWork,
    /// The same, also when another computer seems to have it open.
    TakeOver,
    /// Say again what another program has changed.
    AskChanged,
    /// Make this of the file that another program has changed.
    TakeChanged(Box<Taken>),
    /// Show how an earlier version differs.
    ShowVersion(usize),
    /// Open an earlier version as a copy.
    OpenVersion(usize),
    /// Open the last earlier version of a file that does not read, as a copy.
    OpenVersionOf(PathBuf),
}

/// Edits that bring in what another program has written, and the digest of that.
#[derive(Debug)]
pub struct Taken {
    /// The name of the step.
    pub label: String,
    /// What is said when it is done.
    pub said: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Digest of the file that they bring in.
    pub digest: Digest,
    /// The revision for which they were made.
    pub revision: u64,
}

/// The file as another program has written it, beside the open session.
#[derive(Debug)]
pub struct Changed {
    /// Both made one.
    pub merge: Taken,
    /// Theirs in the place of ours.
    pub reload: Taken,
    /// What is different there, a line each.
    pub details: Vec<String>,
    /// Something has been done here since the file was written.
    pub ours_is_newer: bool,
}

/// The earlier versions of the open session.
#[derive(Debug, Default)]
pub struct Versions {
    /// The last first.
    pub list: Vec<Version>,
    /// The one that is shown.
    pub shown: Option<usize>,
    /// How the shown one differs from the session as it is; `None` while that is being found.
    pub view: Option<Result<VersionView, String>>,
}

/// An earlier version.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// Its documents.
    pub documents: usize,
    /// Its annotations.
    pub annotations: usize,
    /// What was changed since, a line each.
    pub changes: Vec<String>,
}

/// Where the open session stands that can only be read.
#[derive(Clone, Debug)]
pub struct HeldElsewhere {
    /// The file.
    pub path: PathBuf,
    /// Who has it.
    pub holder: Holder,
}

impl Workspace {
    /// The comments that were being written in the session that has come onto the desk since this was asked last: they
    /// belong in their fields, and no others.
    pub fn take_drafts(&mut self) -> Option<Vec<Draft>> {
        self.drafts_came.take()
    }

    /// Keeps the comments that are being written, for the next start.
    pub fn keep_drafts(&self, drafts: Vec<Draft>) {
        if let Some(keeper) = self.desk.as_ref().and_then(|desk| desk.keeper.as_ref()) {
            keeper.keep_drafts(drafts);
        }
    }
}

/// The moment at which a step was made, with what it did.
pub(super) fn step_words(
    step: &BroughtBack,
    titles: &[String],
    clock: impl Fn(Timestamp) -> String,
) -> String {
    let place = if titles.is_empty() { String::new() } else { format!(", in {}", titles.join(" and ")) };
    format!("{} {}{place}", clock(step.at), step.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, FixedStamps, Stamps as _};

    #[test]
    fn what_came_back_is_told_by_document_and_a_note_typed_for_long_is_one() {
        let mut stamps = FixedStamps::default();
        let ids: Vec<AnnotationId> = (0..3).map(|_| AnnotationId(stamps.id())).collect();
        let deed = |kind, id: Option<usize>, document: &str| Deed {
            kind,
            annotation: id.map(|at| ids[at]),
            document: (!document.is_empty()).then(|| DocumentId::new(document)),
        };
        let title = |deed: &Deed| deed.document.as_ref().map(ToString::to_string).unwrap_or_default();
        let deeds = [
            deed(DeedKind::Mark, Some(0), "Brief e\u{301}"),
            deed(DeedKind::Note, Some(0), "Brief e\u{301}"),
            deed(DeedKind::Note, Some(0), "Brief e\u{301}"),
            deed(DeedKind::Mark, Some(1), "Brief e\u{301}"),
            deed(DeedKind::Link, None, ""),
            deed(DeedKind::Comment, Some(2), "Krant"),
        ];
        let words = deed_words(deeds.iter(), title);
        assert_eq!(words, "2 marks and a note in Brief e\u{301}, a link, a comment in Krant");
        assert_eq!(deed_words(deeds[..1].iter(), title), "a mark in Brief e\u{301}");
    }
}
