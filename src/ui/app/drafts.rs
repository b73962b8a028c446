//! What is being typed and was not handed over yet.

use crate::app::{Access, Action, AnnotationChange, Said};
use crate::model::{AnnotationId, AttributeId, CommentId};
use crate::store::{Draft, DraftKind};

use super::super::inspector::NOTE_SECS;
use super::{App, Local};

/// What is being said of a mark of a difference.
pub struct RemarkDraft {
    /// The comment that is answered.
    pub reply_to: Option<CommentId>,
    /// What stands in the field.
    pub text: String,
    /// The field has not had the focus yet.
    pub fresh: bool,
}

/// The text of an attribute while it is written.
pub struct AttributeDraft {
    /// Of which annotation.
    pub annotation: AnnotationId,
    /// Which attribute.
    pub attribute: AttributeId,
    /// What stands in the field.
    pub text: String,
    /// When the first of it was typed that was not handed over yet, in seconds of egui's clock.
    pub typed_at: Option<f64>,
}

impl AttributeDraft {
    /// Hands it over; nothing typed is no value.
    pub fn action(&self) -> Action {
        let text = self.text.trim().to_owned();
        let value = (!text.is_empty()).then_some(text);
        Action::Change(self.annotation, AnnotationChange::Attribute(self.attribute.clone(), value))
    }
}

/// A note while it is written.
pub struct NoteDraft {
    /// Whose.
    pub annotation: AnnotationId,
    /// What stands in the field.
    pub text: String,
    /// When the first of it was typed that was not handed over yet, in seconds of egui's clock.
    pub typed_at: f64,
}

/// Comments on their way to where a crash does not reach them.
#[derive(Default)]
pub struct KeptDrafts {
    /// Those that were handed over.
    kept: Vec<Draft>,
    /// When the first of it was typed that was not handed over yet, in seconds of egui's clock.
    typed_at: Option<f64>,
}

impl KeptDrafts {
    /// Something was typed that was not handed over yet.
    pub fn is_waiting(&self) -> bool {
        self.typed_at.is_some()
    }

    /// Bytes of what was handed over.
    #[cfg(feature = "sabotage")]
    pub fn bytes(&self) -> usize {
        self.kept.iter().map(|draft| draft.text.len()).sum()
    }
}

impl Local {
    /// Something was typed that is not where a crash does not reach it.
    pub fn is_typing(&self) -> bool {
        let attribute = self.attribute.as_ref().is_some_and(|draft| draft.typed_at.is_some());
        self.note.is_some() || attribute || self.kept_drafts.is_waiting()
    }

    /// What is being said and not posted.
    fn drafts(&self) -> impl Iterator<Item = (AnnotationId, DraftKind, &str)> {
        let comments = self.comments.iter().map(|(id, text)| (*id, DraftKind::Comment, text.as_str()));
        let remark = |draft: &RemarkDraft| DraftKind::Remark { reply_to: draft.reply_to };
        let remarks = self.remarks.iter().map(move |(id, it)| (*id, remark(it), it.text.as_str()));
        comments.chain(remarks).filter(|(.., text)| !text.trim().is_empty())
    }

    /// Puts what was being written in the session that has come onto the desk in its fields, and nothing else.
    fn put_drafts(&mut self, came: Vec<Draft>) {
        self.comments.clear();
        self.remarks.clear();
        self.kept_drafts = KeptDrafts::default();
        for Draft { annotation, kind, text } in came {
            match kind {
                DraftKind::Comment => drop(self.comments.insert(annotation, text)),
                DraftKind::Remark { reply_to } => {
                    let draft = RemarkDraft { reply_to, text, fresh: false };
                    self.remarks.insert(annotation, draft);
                }
            }
        }
    }

    /// Opens the field for something to be said; what stands in it stays.
    pub fn open_remark(&mut self, annotation: AnnotationId, reply_to: Option<CommentId>) {
        self.remarks.retain(|_, draft| !draft.text.trim().is_empty());
        let empty = || RemarkDraft { reply_to, text: String::new(), fresh: true };
        let draft = self.remarks.entry(annotation).or_insert_with(empty);
        (draft.reply_to, draft.fresh) = (reply_to.or(draft.reply_to), true);
    }
}

impl App {
    /// Comments that were not sent are sent, or they would go with the session. True when that raises a question. Where
    /// they would be refused, or their annotation is gone, they stay drafts.
    pub(super) fn send_comments(&mut self) -> bool {
        let desk = self.workspace.desk.as_ref().filter(|desk| desk.access != Access::ReadOnly);
        let Some(desk) = desk else { return false };
        let here = |id: &AnnotationId| desk.session().annotations.contains_key(id);
        let sent = self.local.comments.extract_if(.., |id, _| here(id));
        let sent: Vec<(AnnotationId, String)> = sent.collect();
        let was_asked = self.workspace.overlay.is_some();
        for (id, text) in sent {
            if !text.trim().is_empty() {
                self.workspace.dispatch(Action::AddComment(id, Said { text, ..Said::default() }));
            }
        }
        !was_asked && self.workspace.overlay.is_some()
    }

    /// Hands the note over when its time has come.
    pub(super) fn finish_note(&mut self, now: f64) -> Option<Action> {
        let due = self.local.note.as_ref().is_some_and(|note| now >= note.typed_at + NOTE_SECS);
        let note = if due { self.local.note.take() } else { None }?;
        Some(Action::Change(note.annotation, AnnotationChange::Note(note.text)))
    }

    /// Hands the value of an attribute over when its time has come. It stays in its field: a blank at its end is no part of
    /// the value, and the next word may follow.
    pub(super) fn finish_attribute(&mut self, now: f64) -> Option<Action> {
        let is_due = |draft: &&mut AttributeDraft| draft.typed_at.is_some_and(|at| now >= at + NOTE_SECS);
        let draft = self.local.attribute.as_mut().filter(is_due)?;
        draft.typed_at = None;
        Some(draft.action())
    }

    /// Hands over the comments that are being written when their time has come. Returns the seconds until then.
    pub(super) fn keep_drafts(&mut self, now: f64) -> Option<f64> {
        if let Some(came) = self.workspace.take_drafts() {
            self.local.put_drafts(came);
        }
        let are = |kept: &Draft| (kept.annotation, kept.kind);
        let kept = &self.local.kept_drafts.kept;
        if self.local.drafts().eq(kept.iter().map(|it| (it.annotation, it.kind, it.text.as_str()))) {
            self.local.kept_drafts.typed_at = None;
            return None;
        }
        // What was posted or emptied goes at once, or it would come back beside what was posted.
        let gone = kept.iter().any(|kept| !self.local.drafts().any(|(id, kind, _)| (id, kind) == are(kept)));
        let typed_at = *self.local.kept_drafts.typed_at.get_or_insert(now);
        // At the end, both are without bound.
        let left = if now.is_finite() { typed_at + NOTE_SECS - now } else { 0.0 };
        if left > 0.0 && !gone {
            return Some(left);
        }
        let drafts = self.local.drafts();
        let drafts = drafts.map(|(annotation, kind, text)| Draft { annotation, kind, text: text.to_owned() });
        let drafts: Vec<Draft> = drafts.collect();
        self.workspace.keep_drafts(drafts.clone());
        self.local.kept_drafts = KeptDrafts { kept: drafts, typed_at: None };
        None
    }
}
