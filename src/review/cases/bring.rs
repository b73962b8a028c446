//! What an annotation of a layer needs in our session: annotators, voices, a statement, attributes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    ActorId, Annotation, AnnotatorId, Attribute, AttributeValue, Scheme, Session, StatementId, TagId,
};
use crate::review::layer::Layer;
use crate::text::fold::fold;

/// Collects edits that bring records of layers into a session, each once.
pub(super) struct Bring<'a> {
    session: &'a Session,
    scheme: Arc<Scheme>,
    annotators: BTreeSet<AnnotatorId>,
    actors: BTreeSet<ActorId>,
    statements: BTreeSet<StatementId>,
    edits: Vec<Edit>,
}

impl<'a> Bring<'a> {
    pub fn new(session: &'a Session) -> Self {
        Self {
            session,
            scheme: Arc::clone(&session.scheme),
            annotators: BTreeSet::new(),
            actors: BTreeSet::new(),
            statements: BTreeSet::new(),
            edits: Vec::new(),
        }
    }

    /// The edits, to be applied before the annotations are put.
    pub fn edits(self) -> Vec<Edit> {
        let mut edits = self.edits;
        if self.scheme != self.session.scheme {
            edits.push(Edit::SetScheme(self.scheme));
        }
        edits
    }

    /// An annotation of a layer, with everything that is said of it, in terms of our session: `tag` is ours. Id, anchor
    /// and provenance are theirs yet.
    pub fn annotation(&mut self, layer: &Layer, theirs: &Annotation, tag: &TagId) -> Annotation {
        let mut ours = Annotation { tag: tag.clone(), ..theirs.clone() };
        self.annotator(&layer.session, &theirs.annotator);
        for comment in &theirs.comments {
            self.annotator(&layer.session, &comment.author);
        }
        for change in &theirs.changes {
            self.annotator(&layer.session, &change.by);
        }
        ours.statement = theirs.statement.map(|id| self.statement(layer, id));
        ours.voice = theirs.voice.iter().map(|id| self.actor(&layer.session, id)).collect();
        self.attributes(layer, theirs);
        ours
    }

    pub fn annotator(&mut self, theirs: &Session, id: &AnnotatorId) {
        if self.session.annotators.contains_key(id) || !self.annotators.insert(id.clone()) {
            return;
        }
        if let Some(annotator) = theirs.annotators.get(id) {
            self.edits.push(Edit::PutAnnotator(id.clone(), annotator.clone()));
        }
    }

    fn statement(&mut self, layer: &Layer, id: StatementId) -> StatementId {
        if let Some(ours) = layer.statements.get(&id) {
            return *ours;
        }
        if self.statements.insert(id)
            && let Some(statement) = layer.session.statements.get(&id)
        {
            self.edits.push(Edit::PutStatement(Arc::clone(statement)));
        }
        id
    }

    /// The voice with the same id, else the only one with the same name, else theirs comes along.
    fn actor(&mut self, theirs: &Session, id: &ActorId) -> ActorId {
        let Some(actor) = theirs.actors.get(id).filter(|_| !self.session.actors.contains_key(id)) else {
            return id.clone();
        };
        let name = fold(actor.name.trim());
        let mut same = self.session.actors.values().filter(|own| fold(own.name.trim()) == name);
        if let (Some(own), None) = (same.next(), same.next()) {
            return own.id.clone();
        }
        if self.actors.insert(id.clone()) {
            self.edits.push(Edit::PutActor(Arc::clone(actor)));
        }
        id.clone()
    }

    /// Adds the attributes and values that an annotation has and our scheme has not.
    fn attributes(&mut self, layer: &Layer, theirs: &Annotation) {
        for (id, value) in &theirs.attributes {
            let known = self.scheme.attribute(id);
            if known.is_some_and(|attribute| attribute.allows(value)) {
                continue;
            }
            let Some(theirs) = layer.session.scheme.attribute(id) else { continue };
            let mut scheme = Scheme::clone(&self.scheme);
            if let Some(own) = scheme.attributes.iter_mut().find(|own| own.id == *id) {
                let definition = theirs.values.iter().find(|other| other.name == *value);
                let definition = definition.map_or(String::new(), |other| other.definition.clone());
                own.values.push(AttributeValue { name: value.clone(), definition });
            } else {
                let tags = theirs.tags.iter().filter_map(|tag| layer.tags.get(tag).cloned()).collect();
                scheme.attributes.push(Attribute { tags, ..theirs.clone() });
            }
            self.scheme = Arc::new(scheme);
        }
    }
}
