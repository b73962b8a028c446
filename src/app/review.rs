//! The review of an open session: colleagues' sessions laid over it, what differs, what was decided.
//!
//! What is found is a cache: it is computed anew when the session, a layer or an option has changed, at once for small
//! sessions and on a worker for large ones. A difference keeps its name ([`CaseKey`]) from one computation to the next.

mod agreed;
mod found;
mod side;
mod words;

pub use agreed::{Agreed, Figures};
pub use found::{Found, layer_name, letter};
pub use side::{CaseMark, NotCompared, Sides};
pub use words::{detail_words, kind_words, not_compared_words, place_words, text_changes};

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{AnnotationId, AnnotatorId, CommentId, Conflict, Digest, Session, StatementId, TagId};
use crate::review::cases::Agreeing;
use crate::review::compare::Kind;

use super::Said;
use super::desk::Desk;

/// With more annotations than this in all, differences are computed on a worker.
const AT_ONCE: usize = 1_000;

/// What the window is for at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// To read and mark.
    #[default]
    Annotate,
    /// To see who says what of which statement.
    Matrix,
    /// To compare with colleagues' sessions and to decide.
    Review,
    /// To read and mark with the panel of echoes open. For keys alone: the window is for what `Annotate` is.
    Echoes,
}

/// A colleague's session over the open one.
#[derive(Clone, Debug)]
pub struct OpenLayer {
    /// Its file.
    pub path: PathBuf,
    /// Digest of the file's bytes: it tells whether it has changed since.
    pub digest: Digest,
    /// The session as it was read.
    pub session: Arc<Session>,
    /// The name of those who have marked in it.
    pub name: String,
    /// Whether it is seen.
    pub shown: Shown,
}

/// Whether a layer is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// In the margin, above the words, and in the list.
    #[default]
    Shown,
    /// Not at all.
    Hidden,
    /// In the documents that one has marked as done oneself.
    Blind,
}

/// The name of a difference: the annotations that it is between, in the order of their readers.
pub type CaseKey = Vec<AnnotationId>;

/// What is shown of the review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Letters stand in the place of annotators' names.
    pub names_hidden: bool,
    /// One's own marks are not shown.
    pub mine_hidden: bool,
    /// Of two columns on one document the first shows one's own marks, the second those of the layers.
    pub side_by_side: bool,
    /// Documents that someone has not finished are compared too.
    pub all_documents: bool,
    /// Differences of blanks and punctuation alone are listed.
    pub slight: bool,
    /// What agrees in passage and tag alone is not listed.
    pub same_place_hidden: bool,
    /// Only what waits for a decision is listed.
    pub undecided: bool,
    /// Those that weigh most come first, not those that stand first.
    pub by_weight: bool,
    /// Only where some mark has this tag.
    pub tag: Option<TagId>,
    /// These kinds are left out of the list.
    pub left_out: BTreeSet<Kind>,
}

/// All that belongs to the review of an open session.
#[derive(Debug)]
pub struct Review {
    /// The layers, in the order in which they were laid over the session.
    pub(super) layers: Vec<OpenLayer>,
    /// What is shown.
    pub options: Options,
    /// The difference that is looked at.
    pub chosen: Option<CaseKey>,
    /// The reason for the next decision.
    pub reason: String,
    /// The note on the next decision.
    pub note: String,
    /// The note field is asked for.
    pub focus_note: bool,
    /// The list shall scroll to the difference that is looked at.
    pub row_wanted: bool,
    /// The figures of agreement.
    pub(super) agreed: Agreed,
    found: Found,
    key: Option<Key>,
    computing: Option<Key>,
    /// Raised with each change of the layers.
    pub(super) layers_revision: u64,
}

/// What the findings rest on: the session, the layers, what is shown.
type Key = (u64, u64, Options);

impl Default for Review {
    fn default() -> Self {
        Self {
            layers: Vec::new(),
            options: Options { left_out: BTreeSet::from([Kind::Agree]), ..Options::default() },
            chosen: None,
            reason: String::new(),
            note: String::new(),
            focus_note: false,
            row_wanted: false,
            agreed: Agreed::default(),
            found: Found::default(),
            key: None,
            computing: None,
            layers_revision: 0,
        }
    }
}

/// A change of the review that is no change of the session.
#[derive(Clone, Debug)]
pub enum ReviewAction {
    /// Go to another mode.
    Mode(Mode),
    /// Show, hide or blind a layer.
    Show(usize, Shown),
    /// Show this layer and no other.
    ShowAlone(usize),
    /// Take a layer away.
    Close(usize),
    /// Read a layer's file again.
    ReadAgain(usize),
    /// Ask which tags and statements of a layer are which of one's own.
    AskMapping(usize),
    /// Say it: theirs with one's own, or with none.
    Map(usize, Vec<(TagId, Option<TagId>)>, Vec<(StatementId, Option<StatementId>)>),
    /// Show the review in this way.
    Options(Box<Options>),
    /// List the differences that pull this figure down, the heaviest first, of one tag or of all.
    Culprits(&'static str, Option<TagId>),
    /// Look at a difference, and go there.
    Choose(CaseKey),
    /// The list has scrolled.
    RowShown,
    /// The note field has the focus that was asked for.
    NoteFocused,
    /// The reason and the note of the next decision.
    Why(String, String),
    /// Bring in what all agree on, by this rule.
    TakeAgreed(Agreeing),
    /// Decide for a new mark with this tag.
    MakeNew(TagId),
    /// Say something about a colleague's annotation.
    Remark(usize, AnnotationId, Said),
    /// Take it back.
    RemoveRemark(CommentId),
    /// Settle what a merge left undecided: let what stands stand (`true`), or take the other version.
    Settle(Box<Conflict>, bool),
    /// Compute all figures of agreement, those with chance in them too.
    AllFigures,
    /// Put the paragraph for a methods section on the clipboard.
    CopyMethods,
}

/// What another copy of the session is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyFor {
    /// For the comments in it, and nothing else.
    Comments,
    /// To be merged.
    Merge,
}

/// What merging another copy of the session would do.
#[derive(Debug)]
pub enum MergeOffer {
    /// It is another session.
    Another,
    /// Nothing: it holds nothing that is not here.
    Nothing,
    /// This, after it was looked at.
    Merge {
        /// The step.
        step: super::PendingStep,
        /// What it would change, a line each.
        details: Vec<String>,
    },
}

/// The reasons that a decision can have without a word being typed.
pub const REASONS: [&str; 6] = [
    "shortest full clause",
    "by a rule of the scheme",
    "an oversight",
    "outside the passage",
    "another tag fits better",
    "both readings hold",
];

/// The kinds of differences that pull a figure down.
fn pulling(measure: &str) -> &'static [Kind] {
    const TAGS: &[Kind] = &[Kind::Tag, Kind::EndsAndTag];
    const PLACES: &[Kind] = &[Kind::Ends, Kind::EndsAndTag, Kind::OnlyOurs, Kind::OnlyTheirs];
    const PARTNERS: &[Kind] = &[Kind::Tag, Kind::EndsAndTag, Kind::OnlyOurs, Kind::OnlyTheirs];
    const ALL: &[Kind] = &[Kind::Ends, Kind::Tag, Kind::EndsAndTag, Kind::OnlyOurs, Kind::OnlyTheirs];
    match measure {
        "cu_alpha" | "gamma_cat" => TAGS,
        "bar_u_alpha" => PLACES,
        "f1_overlap" => PARTNERS,
        _ => ALL,
    }
}

impl Options {
    /// What is listed when one asks what pulls a figure down.
    pub(super) fn culprits(&self, measure: &str, tag: Option<TagId>) -> Self {
        let pulling = pulling(measure);
        Self {
            // Of one tag all differences count: another tag is a mark that this tag does not have.
            left_out: Kind::ALL
                .into_iter()
                .filter(|kind| !pulling.contains(kind) && (tag.is_none() || *kind == Kind::Agree))
                .collect(),
            slight: !matches!(measure, "cu_alpha" | "gamma_cat" | "f1_overlap"),
            same_place_hidden: true,
            by_weight: true,
            tag,
            ..self.clone()
        }
    }
}

impl Review {
    /// The layers, in the order in which they were laid over the session.
    pub fn layers(&self) -> &[OpenLayer] {
        &self.layers
    }

    /// What has been found.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The figures of agreement.
    pub fn agreed(&self) -> &Agreed {
        &self.agreed
    }

    /// True while a worker is at it.
    pub fn is_computing(&self) -> bool {
        self.computing.is_some()
    }

    /// The place in the list of the difference that is looked at.
    pub fn chosen_row(&self) -> Option<usize> {
        self.found.row(self.chosen.as_ref()?)
    }

    /// Computes what differs, if it is out of date. Returns the work for a worker, where it is one for a worker.
    pub(super) fn refresh(
        &mut self,
        desk: &Desk,
        me: &AnnotatorId,
    ) -> Option<impl FnOnce() -> Found + Send + 'static + use<>> {
        let key = (desk.revision(), self.layers_revision, self.options.clone());
        if self.layers.is_empty() {
            (self.found, self.key) = (Found::default(), None);
            self.agreed.forget();
            return None;
        }
        if self.key.as_ref() == Some(&key) || self.computing.is_some() {
            return None;
        }
        let ask = found::Ask::of(desk, self, me);
        if ask.is_quick() {
            self.key = Some(key);
            self.put(ask.find());
            return None;
        }
        self.computing = Some(key);
        Some(move || ask.find())
    }

    /// A worker has found it.
    pub(super) fn take(&mut self, found: Found) {
        self.key = self.computing.take();
        self.put(found);
    }

    /// The worker met a bug: no findings rather than those of before, not tried again until something else is asked for.
    pub(super) fn give_up(&mut self) {
        if self.computing.is_some() {
            self.take(Found::default());
        }
    }

    fn put(&mut self, found: Found) {
        self.found = found;
        // What was looked at may have got another name: an annotation came or went.
        if let Some(chosen) = &self.chosen
            && !self.found.cases.iter().any(|case| case.key() == *chosen)
        {
            let near = self.found.cases.iter().find(|case| case.key().iter().any(|id| chosen.contains(id)));
            self.chosen = near.map(|case| case.key());
        }
    }

    /// How many of the differences are decided, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let differing = self.found.counts.iter().filter(|(kind, _)| **kind != Kind::Agree);
        let open = differing.map(|(_, number)| number).sum::<usize>()
            + self.found.slight
            + self.found.said_otherwise;
        (self.found.decided, self.found.decided + open)
    }
}
