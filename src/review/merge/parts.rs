//! A session taken apart into records by id, so that three of them can be laid beside each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Actor, ActorId, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Attribute, AttributeId,
    CommentId, Document, DocumentId, Link, LinkId, LinkKind, LinkKindId, Remark, Scheme, Session,
    SessionInfo, Statement, StatementId, Tag, TagId,
};

use super::three::order;

/// The records of a session that have ids. Lists without ids are merged as they stand in the session.
#[derive(Default)]
pub(super) struct Parts {
    pub info: SessionInfo,
    pub documents: BTreeMap<DocumentId, Arc<Document>>,
    pub tags: BTreeMap<TagId, Tag>,
    pub attributes: BTreeMap<AttributeId, Attribute>,
    pub link_kinds: BTreeMap<LinkKindId, LinkKind>,
    pub annotators: BTreeMap<AnnotatorId, Annotator>,
    pub actors: BTreeMap<ActorId, Arc<Actor>>,
    pub statements: BTreeMap<StatementId, Arc<Statement>>,
    pub annotations: BTreeMap<AnnotationId, Arc<Annotation>>,
    pub links: BTreeMap<LinkId, Arc<Link>>,
    pub remarks: BTreeMap<CommentId, Remark>,
    /// The user's orders.
    pub orders: Orders,
}

/// Ids in the order in which the user has them.
#[derive(Default)]
pub(super) struct Orders {
    documents: Vec<DocumentId>,
    tags: Vec<TagId>,
    attributes: Vec<AttributeId>,
    link_kinds: Vec<LinkKindId>,
    remarks: Vec<CommentId>,
}

impl Parts {
    /// The parts of `session`, its documents under the ids that `renamed` gives them.
    pub fn of(session: &Session, renamed: &BTreeMap<DocumentId, DocumentId>) -> Self {
        let name = |id: &DocumentId| renamed.get(id).unwrap_or(id).clone();
        let document = |document: &Arc<Document>| match renamed.get(&document.id) {
            Some(id) => Arc::new(Document { id: id.clone(), ..Document::clone(document) }),
            None => Arc::clone(document),
        };
        let annotation = |annotation: &Arc<Annotation>| {
            if !renamed.contains_key(annotation.anchor.document()) {
                return Arc::clone(annotation);
            }
            let mut moved = Annotation::clone(annotation);
            match &mut moved.anchor {
                Anchor::Placed { document, .. } => *document = name(document),
                Anchor::Orphan(orphan) => orphan.document = name(&orphan.document),
            }
            Arc::new(moved)
        };
        let scheme = &session.scheme;
        Self {
            info: session.info.clone(),
            documents: session.documents.iter().map(|it| (name(&it.id), document(it))).collect(),
            tags: scheme.tags.iter().map(|tag| (tag.id.clone(), tag.clone())).collect(),
            attributes: scheme.attributes.iter().map(|it| (it.id.clone(), it.clone())).collect(),
            link_kinds: scheme.link_kinds.iter().map(|kind| (kind.id.clone(), kind.clone())).collect(),
            annotators: session.annotators.clone(),
            actors: session.actors.clone(),
            statements: session.statements.clone(),
            annotations: session.annotations.iter().map(|(id, it)| (*id, annotation(it))).collect(),
            links: session.links.clone(),
            remarks: session.remarks.iter().map(|it| (it.comment.id, it.clone())).collect(),
            orders: Orders {
                documents: session.documents.iter().map(|document| name(&document.id)).collect(),
                tags: scheme.tags.iter().map(|tag| tag.id.clone()).collect(),
                attributes: scheme.attributes.iter().map(|attribute| attribute.id.clone()).collect(),
                link_kinds: scheme.link_kinds.iter().map(|kind| kind.id.clone()).collect(),
                remarks: session.remarks.iter().map(|remark| remark.comment.id).collect(),
            },
        }
    }

    /// Documents in an order that both sides can live with.
    pub fn documents_in_order(&self, [base, ours, theirs]: [&Self; 3]) -> Vec<Arc<Document>> {
        let of = |parts: &'_ Self| parts.orders.documents.clone();
        listed(&self.documents, [of(base), of(ours), of(theirs)])
    }

    /// The scheme, each list and the values of each attribute in such an order.
    pub fn scheme_in_order(&self, [base, ours, theirs]: [&Self; 3]) -> Scheme {
        let orders = [&base.orders, &ours.orders, &theirs.orders];
        let mut attributes = listed(&self.attributes, orders.map(|it| it.attributes.clone()));
        for attribute in &mut attributes {
            let values: BTreeMap<String, _> =
                attribute.values.drain(..).map(|value| (value.name.clone(), value)).collect();
            let names = [base, ours, theirs].map(|parts| {
                let values = parts.attributes.get(&attribute.id).map_or(&[][..], |it| &it.values);
                values.iter().map(|value| value.name.clone()).collect()
            });
            attribute.values = listed(&values, names);
        }
        Scheme {
            tags: listed(&self.tags, orders.map(|it| it.tags.clone())),
            attributes,
            link_kinds: listed(&self.link_kinds, orders.map(|it| it.link_kinds.clone())),
        }
    }

    /// Remarks in such an order.
    pub fn remarks_in_order(&self, [base, ours, theirs]: [&Self; 3]) -> Vec<Remark> {
        listed(&self.remarks, [base, ours, theirs].map(|parts| parts.orders.remarks.clone()))
    }
}

fn listed<K: Ord + Clone, R: Clone>(records: &BTreeMap<K, R>, [base, ours, theirs]: [Vec<K>; 3]) -> Vec<R> {
    let kept: BTreeSet<K> = records.keys().cloned().collect();
    let ids = order(&base, &ours, &theirs, &kept);
    ids.iter().filter_map(|id| records.get(id).cloned()).collect()
}
