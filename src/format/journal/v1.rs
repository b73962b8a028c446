//! Format 1 of the journal: the edits as they stand in it, with the records of the session file.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::{self, Edit};
use crate::format::session::text::Text;
use crate::format::session::v1::{
    Actor, Alert, Annotation, Annotator, Conflict, Decision, Document, DocumentInfo, Link, Remark, Scheme,
    Statement, StatementMapping, Str, TagMapping, annotation_of, annotator_of,
};
use crate::model::{
    self, ActorId, AnnotationId, AnnotatorId, Digest, DocumentId, LinkId, SessionId, StatementId, Timestamp,
};

#[derive(Serialize, Deserialize)]
#[serde(rename = "Journal", deny_unknown_fields)]
pub(super) struct Header<'a> {
    pub format: u32,
    pub session: Text<SessionId>,
    pub created: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Text<Digest>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<Str<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step<'a> {
    pub number: u64,
    pub label: Str<'a>,
    pub at: Text<Timestamp>,
    pub edits: Vec<Change<'a>>,
}

/// An [`Edit`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Change<'a> {
    SetInfo { title: Str<'a>, note: Str<'a> },
    AddDocument { at: usize, document: Document<'a>, text: Str<'a> },
    RemoveDocument(Text<DocumentId>),
    MoveDocument { id: Text<DocumentId>, to: usize },
    ReplaceDocument { document: Document<'a>, text: Str<'a>, anchors: Vec<Place<'a>> },
    SetDocumentInfo { id: Text<DocumentId>, info: DocumentInfo<'a> },
    SetScheme(Scheme<'a>),
    PutAnnotator(Annotator<'a>),
    RemoveAnnotator(Text<AnnotatorId>),
    PutActor(Actor<'a>),
    RemoveActor(Text<ActorId>),
    PutStatement(Statement<'a>),
    RemoveStatement(Text<StatementId>),
    PutAnnotation(Annotation<'a>),
    RemoveAnnotation(Text<AnnotationId>),
    PutLink(Link<'a>),
    RemoveLink(Text<LinkId>),
    SetAlertsAside(Vec<Alert<'a>>),
    SetTagMappings(Vec<TagMapping>),
    SetStatementMappings(Vec<StatementMapping>),
    SetDecisions(Vec<Decision<'a>>),
    AddDecision { at: usize, decision: Decision<'a> },
    RemoveDecision(usize),
    SetRemarks(Vec<Remark<'a>>),
    SetConflicts(Vec<Conflict<'a>>),
}

/// Where an annotation of a document that is replaced stands from now on. With `orphan` the span is its last one, in
/// the text that is gone, and quote and context are all that is left of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place<'a> {
    pub annotation: Text<AnnotationId>,
    pub span: (usize, usize),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orphan: Option<(Str<'a>, Str<'a>, Str<'a>)>,
}

impl<'a> Place<'a> {
    fn of((id, anchor): &'a (AnnotationId, model::Anchor)) -> Self {
        let s = |text: &'a String| Cow::Borrowed(text.as_str());
        let (span, orphan) = match anchor {
            model::Anchor::Placed { document: _, span } => (*span, None),
            model::Anchor::Orphan(model::OrphanAnchor { document: _, quote, before, after, last }) => {
                (*last, Some((s(quote), s(before), s(after))))
            }
        };
        Self { annotation: Text(*id), span: (span.start(), span.end()), orphan }
    }

    fn into_model(self, document: &DocumentId) -> Result<(AnnotationId, model::Anchor), String> {
        let span = model::Span::new(self.span.0, self.span.1).ok_or("a span is empty or turned round")?;
        let document = document.clone();
        let anchor = match self.orphan {
            None => model::Anchor::Placed { document, span },
            Some((quote, before, after)) => model::Anchor::Orphan(model::OrphanAnchor {
                document,
                quote: quote.into_owned(),
                before: before.into_owned(),
                after: after.into_owned(),
                last: span,
            }),
        };
        Ok((self.annotation.0, anchor))
    }
}

impl<'a> Step<'a> {
    pub(super) fn of(number: u64, step: &'a edit::Step) -> Self {
        let edit::Step { label, at, edits } = step;
        let edits = edits.iter().map(Change::from).collect();
        Self { number, label: Cow::Borrowed(label), at: Text(*at), edits }
    }

    pub(super) fn into_model(self) -> Result<edit::Step, String> {
        let edits = self.edits.into_iter().map(Change::into_model).collect::<Result<_, _>>()?;
        Ok(edit::Step { label: self.label.into_owned(), at: self.at.0, edits })
    }
}

impl<'a> From<&'a Edit> for Change<'a> {
    fn from(edit: &'a Edit) -> Self {
        match edit {
            Edit::SetInfo(model::SessionInfo { title, note }) => {
                Self::SetInfo { title: Cow::Borrowed(title), note: Cow::Borrowed(note) }
            }
            Edit::AddDocument { at, document } => Self::AddDocument {
                at: *at,
                document: (&**document).into(),
                text: Cow::Borrowed(document.text()),
            },
            Edit::RemoveDocument(id) => Self::RemoveDocument(Text(id.clone())),
            Edit::MoveDocument { id, to } => Self::MoveDocument { id: Text(id.clone()), to: *to },
            Edit::ReplaceDocument { document, anchors } => Self::ReplaceDocument {
                document: (&**document).into(),
                text: Cow::Borrowed(document.text()),
                anchors: anchors.iter().map(Place::of).collect(),
            },
            Edit::SetDocumentInfo { id, info } => {
                Self::SetDocumentInfo { id: Text(id.clone()), info: (&**info).into() }
            }
            Edit::SetScheme(scheme) => Self::SetScheme((&**scheme).into()),
            Edit::PutAnnotator(id, annotator) => Self::PutAnnotator(annotator_of(id, annotator)),
            Edit::RemoveAnnotator(id) => Self::RemoveAnnotator(Text(id.clone())),
            Edit::PutActor(actor) => Self::PutActor((&**actor).into()),
            Edit::RemoveActor(id) => Self::RemoveActor(Text(id.clone())),
            Edit::PutStatement(statement) => Self::PutStatement((&**statement).into()),
            Edit::RemoveStatement(id) => Self::RemoveStatement(Text(*id)),
            Edit::PutAnnotation(annotation) => Self::PutAnnotation(annotation_of(annotation, None)),
            Edit::RemoveAnnotation(id) => Self::RemoveAnnotation(Text(*id)),
            Edit::PutLink(link) => Self::PutLink((&**link).into()),
            Edit::RemoveLink(id) => Self::RemoveLink(Text(*id)),
            Edit::SetAlertsAside(alerts) => Self::SetAlertsAside(alerts.iter().map(Into::into).collect()),
            Edit::SetTagMappings(mappings) => Self::SetTagMappings(mappings.iter().map(Into::into).collect()),
            Edit::SetStatementMappings(mappings) => {
                Self::SetStatementMappings(mappings.iter().map(Into::into).collect())
            }
            Edit::AddDecision { at, decision } => Self::AddDecision { at: *at, decision: decision.into() },
            Edit::RemoveDecision(at) => Self::RemoveDecision(*at),
            Edit::SetRemarks(remarks) => Self::SetRemarks(remarks.iter().map(Into::into).collect()),
            Edit::SetDecisions(decisions) => Self::SetDecisions(decisions.iter().map(Into::into).collect()),
            Edit::SetConflicts(conflicts) => Self::SetConflicts(conflicts.iter().map(Into::into).collect()),
        }
    }
}

impl Change<'_> {
    fn into_model(self) -> Result<Edit, String> {
        Ok(match self {
            Self::SetInfo { title, note } => {
                Edit::SetInfo(model::SessionInfo { title: title.into_owned(), note: note.into_owned() })
            }
            Self::AddDocument { at, document, text } => {
                Edit::AddDocument { at, document: Arc::new(with_text(document, &text)?) }
            }
            Self::ReplaceDocument { document, text, anchors } => {
                let id = document.id.0.clone();
                let anchors =
                    anchors.into_iter().map(|place| place.into_model(&id)).collect::<Result<_, _>>()?;
                Edit::ReplaceDocument { document: Arc::new(with_text(document, &text)?), anchors }
            }
            Self::RemoveDocument(id) => Edit::RemoveDocument(id.0),
            Self::MoveDocument { id, to } => Edit::MoveDocument { id: id.0, to },
            Self::SetDocumentInfo { id, info } => {
                Edit::SetDocumentInfo { id: id.0, info: Arc::new(info.into_model()?) }
            }
            Self::SetScheme(scheme) => Edit::SetScheme(Arc::new(scheme.into_model())),
            Self::PutAnnotator(annotator) => {
                let (id, annotator) = annotator.into_model();
                Edit::PutAnnotator(id, annotator)
            }
            Self::RemoveAnnotator(id) => Edit::RemoveAnnotator(id.0),
            Self::PutActor(actor) => Edit::PutActor(Arc::new(actor.into_model())),
            Self::RemoveActor(id) => Edit::RemoveActor(id.0),
            Self::PutStatement(statement) => Edit::PutStatement(Arc::new(statement.into_model())),
            Self::RemoveStatement(id) => Edit::RemoveStatement(id.0),
            Self::PutAnnotation(annotation) => Edit::PutAnnotation(Arc::new(annotation.into_model()?.0)),
            Self::RemoveAnnotation(id) => Edit::RemoveAnnotation(id.0),
            Self::PutLink(link) => Edit::PutLink(Arc::new(link.into_model())),
            Self::RemoveLink(id) => Edit::RemoveLink(id.0),
            Self::SetAlertsAside(alerts) => {
                Edit::SetAlertsAside(alerts.into_iter().map(Alert::into_model).collect())
            }
            Self::SetTagMappings(mappings) => {
                Edit::SetTagMappings(mappings.into_iter().map(TagMapping::into_model).collect())
            }
            Self::SetStatementMappings(mappings) => {
                Edit::SetStatementMappings(mappings.into_iter().map(StatementMapping::into_model).collect())
            }
            Self::AddDecision { at, decision } => Edit::AddDecision { at, decision: decision.into_model() },
            Self::RemoveDecision(at) => Edit::RemoveDecision(at),
            Self::SetRemarks(remarks) => {
                Edit::SetRemarks(remarks.into_iter().map(Remark::into_model).collect())
            }
            Self::SetDecisions(decisions) => {
                Edit::SetDecisions(decisions.into_iter().map(Decision::into_model).collect())
            }
            Self::SetConflicts(conflicts) => {
                Edit::SetConflicts(conflicts.into_iter().map(Conflict::into_model).collect())
            }
        })
    }
}

fn with_text(document: Document<'_>, text: &str) -> Result<model::Document, String> {
    if Digest::of(text.as_bytes()) != document.digest.0 {
        return Err("the text of a document is not the one with its digest".to_owned());
    }
    document.into_model(Arc::from(text))
}
