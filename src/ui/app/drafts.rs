//! What is being typed and was not handed over yet.

use crate::app::{Action, AnnotationChange};
use crate::model::{AnnotationId, AttributeId};

/// What is being said of a mark of a difference.
pub struct RemarkDraft {
    /// Of which annotation.
    pub annotation: AnnotationId,
    /// The comment that is answered.
    pub reply_to: Option<crate::model::CommentId>,
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
}

impl AttributeDraft {
    /// Hands it over; nothing typed is no value.
    pub fn action(self) -> Action {
        let text = self.text.trim().to_owned();
        let value = (!text.is_empty()).then_some(text);
        Action::Change(self.annotation, AnnotationChange::Attribute(self.attribute, value))
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
