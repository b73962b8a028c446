//! What the file's annotators, tags, voices and statements are called in the session.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Foreign;
use super::{Taken, Taking};
use crate::edit::{Edit, make};
use crate::model::{ActorId, Annotator, AnnotatorId, AttributeValue, Scheme, Session, StatementId};

/// What the file's annotators, tags and so on are called in the session.
pub(super) struct Names {
    pub(super) scheme: Arc<Scheme>,
    pub(super) tags: BTreeMap<crate::model::TagId, crate::model::TagId>,
    pub(super) attributes: BTreeMap<crate::model::AttributeId, crate::model::AttributeId>,
    pub(super) link_kinds: BTreeMap<crate::model::LinkKindId, crate::model::LinkKindId>,
    pub(super) annotators: BTreeMap<AnnotatorId, AnnotatorId>,
    pub(super) actors: BTreeMap<ActorId, ActorId>,
    pub(super) statements: BTreeMap<StatementId, StatementId>,
    /// Whose the passages are of whom the file says nothing; `None`: that is made up, so it counts for nothing when a
    /// passage is looked for that is there already.
    pub(super) said: Option<AnnotatorId>,
    pub(super) otherwise: AnnotatorId,
}

impl Names {
    pub(super) fn of(session: &Session, foreign: &Foreign, taking: Taking<'_>, taken: &mut Taken) -> Self {
        let scheme = scheme(session, foreign, taking, taken);
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let tags = foreign.scheme.tags.iter().filter_map(|tag| {
            let own = scheme.tag(&tag.id).or_else(|| scheme.tags.iter().find(|it| same(&it.name, &tag.name)));
            Some((tag.id.clone(), own?.id.clone()))
        });
        let attributes = foreign.scheme.attributes.iter().filter_map(|attribute| {
            let named = || scheme.attributes.iter().find(|it| same(&it.name, &attribute.name));
            Some((attribute.id.clone(), scheme.attribute(&attribute.id).or_else(named)?.id.clone()))
        });
        let link_kinds = foreign.scheme.link_kinds.iter().filter_map(|kind| {
            let named = || scheme.link_kinds.iter().find(|it| same(&it.name, &kind.name));
            Some((kind.id.clone(), scheme.link_kind(&kind.id).or_else(named)?.id.clone()))
        });
        let mut names = Self {
            tags: tags.collect(),
            attributes: attributes.collect(),
            link_kinds: link_kinds.collect(),
            annotators: BTreeMap::new(),
            actors: BTreeMap::new(),
            statements: BTreeMap::new(),
            said: None,
            otherwise: AnnotatorId::new(taking.otherwise),
            scheme,
        };
        names.people(session, foreign, taking, taken);
        names
    }

    fn people(&mut self, session: &Session, foreign: &Foreign, taking: Taking<'_>, taken: &mut Taken) {
        let mut known = session.annotators.clone();
        let mut put = |id: &AnnotatorId, annotator: &Annotator, edits: &mut Vec<Edit>| {
            // Two people of one name in one file stay two.
            let here = session.annotators.iter();
            let named = || here.clone().find(|(_, it)| !it.name.is_empty() && it.name == annotator.name);
            if known.contains_key(id) {
                return id.clone();
            }
            if let Some((own, _)) = named() {
                return own.clone();
            }
            edits.push(Edit::PutAnnotator(id.clone(), annotator.clone()));
            known.insert(id.clone(), annotator.clone());
            id.clone()
        };
        for (id, annotator) in &foreign.annotators {
            let own = put(id, annotator, &mut taken.edits);
            self.annotators.insert(id.clone(), own);
        }
        let unsaid = foreign.passages.iter().any(|passage| passage.annotator.is_none());
        let named = |name: &str| Annotator { name: name.to_owned(), note: String::new() };
        if let Some(name) = taking.annotator {
            self.said = Some(put(&AnnotatorId::new(name), &named(name), &mut taken.edits));
        } else if unsaid || foreign.links.iter().any(|link| link.annotator.is_none()) {
            self.otherwise = put(&self.otherwise.clone(), &named(taking.otherwise), &mut taken.edits);
        }
        for actor in &foreign.actors {
            let named = || session.actors.values().find(|it| it.name == actor.name && !it.name.is_empty());
            let own = session.actors.get(&actor.id).or_else(named);
            if own.is_none() {
                taken.edits.push(Edit::PutActor(Arc::new(actor.clone())));
            }
            self.actors.insert(actor.id.clone(), own.map_or(&actor.id, |own| &own.id).clone());
        }
        for statement in &foreign.statements {
            let named =
                || session.statements.values().find(|it| it.name == statement.name && !it.name.is_empty());
            let own = session.statements.get(&statement.id).or_else(named);
            if own.is_none() {
                taken.edits.push(Edit::PutStatement(Arc::new(statement.clone())));
            }
            self.statements.insert(statement.id, own.map_or(statement.id, |own| own.id));
        }
    }

    /// Whose it is; a name that the file does not explain stands for itself.
    pub(super) fn annotator(&self, of_file: Option<&AnnotatorId>) -> AnnotatorId {
        let own = || of_file.and_then(|id| self.annotators.get(id));
        self.said.as_ref().or_else(own).unwrap_or(&self.otherwise).clone()
    }
}

/// The scheme that holds what the file needs; values that passages have become allowed.
fn scheme(session: &Session, foreign: &Foreign, taking: Taking<'_>, taken: &mut Taken) -> Arc<Scheme> {
    let own = &session.scheme;
    let is_empty = foreign.scheme == Scheme::default();
    let mut scheme = if is_empty {
        Scheme::clone(own)
    } else if taking.is_new {
        if foreign.passages.is_empty() && foreign.documents.is_empty() {
            let scheme = &foreign.scheme;
            taken.report.scheme = scheme.tags.len() + scheme.attributes.len() + scheme.link_kinds.len();
        }
        foreign.scheme.clone()
    } else {
        let (grown, adopted) = make::adopt(own, &foreign.scheme);
        if foreign.passages.is_empty() {
            taken.report.scheme = adopted.added + adopted.changed;
            grown
        } else {
            // Passages bring new tags along; what a tag means here stays as it is.
            let mut grown = grown;
            for tag in &mut grown.tags {
                if let Some(before) = own.tag(&tag.id) {
                    *tag = before.clone();
                }
            }
            taken.report.scheme = adopted.added;
            grown
        }
    };
    for passage in &foreign.passages {
        for (id, value) in &passage.attributes {
            let named = foreign.scheme.attribute(id).map(|attribute| attribute.name.to_lowercase());
            let mut all = scheme.attributes.iter_mut();
            let found = all.find(|it| it.id == *id || Some(it.name.to_lowercase()) == named);
            if let Some(attribute) = found.filter(|attribute| !attribute.allows(value)) {
                attribute.values.push(AttributeValue { name: value.clone(), definition: String::new() });
            }
        }
    }
    if scheme == **own {
        return Arc::clone(own);
    }
    let scheme = Arc::new(scheme);
    taken.edits.push(Edit::SetScheme(Arc::clone(&scheme)));
    scheme
}
