//! What a session is: plain data and its invariants. No files, no clock, no screen.
//!
//! A [`Session`] that exists is valid: ids resolve, placed spans lie on character boundaries inside their
//! text, names that must be unique are. [`Session::problems`] says what is wrong with one that was put
//! together by hand; only `edit` changes a session, and it refuses what would make it invalid.

mod annotation;
mod date;
mod dates;
mod digest;
mod document;
mod id;
pub mod limits;
mod link;
mod offset;
mod record;
mod scheme;
mod session;
mod stamps;
mod statement;
mod validity;

pub use annotation::{Anchor, Annotation, Change, Comment, CommentStatus, OrphanAnchor, Provenance};
pub use date::PartialDate;
pub use dates::date_in;
pub use digest::Digest;
pub use document::{
    Document, DocumentInfo, ImportRecord, LineEnds, Metadata, Presentation, Reading, ReadingStatus, Source,
};
pub use id::slug;
pub use id::{
    ActorId, AnnotationId, AnnotatorId, AttributeId, CommentId, DocumentId, LinkId, LinkKindId, SessionId,
    StatementId, TagId,
};
pub use link::Link;
pub use offset::{CharOffset, Span, Utf16Offset};
pub use record::{Alert, Conflict, Decision, RecordKind, Remark, StatementMapping, TagMapping, Verdict};
pub use scheme::{Attribute, AttributeValue, Example, LinkKind, Pattern, Rule, Scheme, Tag, TagColor};
pub use session::{Annotator, Session, SessionInfo};
pub use stamps::{FixedStamps, Stamps, Timestamp};
pub use statement::{Actor, ActorKind, Statement};
pub use validity::Problem;
pub(crate) use validity::{
    actor_problems, annotator_problems, info_problems, scheme_problems, statement_problems,
};
