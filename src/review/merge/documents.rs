//! Which documents of two sessions are the same one, when both brought them without knowing of each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Digest, DocumentId, Session};

/// New names for documents of one session.
pub(super) type Renamed = BTreeMap<DocumentId, DocumentId>;

/// The names that documents of ours and of theirs take: those of the same text the same one, those of different
/// texts different ones. A document that the base has keeps its name.
pub(super) fn names(base: &Session, ours: &Session, theirs: &Session) -> (Renamed, Renamed) {
    let of = |session: &Session| -> BTreeMap<DocumentId, Digest> {
        session.documents.iter().map(|document| (document.id.clone(), document.source.digest)).collect()
    };
    let (base, one, other) = (of(base), of(ours), of(theirs));
    let alone = |own: &BTreeMap<DocumentId, Digest>, others: &BTreeMap<DocumentId, Digest>| {
        own.iter()
            .filter(|(id, digest)| base.get(*id) != Some(digest) && others.get(*id) != Some(digest))
            .map(|(id, digest)| (*digest, id.clone()))
            .collect::<BTreeSet<(Digest, DocumentId)>>()
    };
    let (only_one, mut only_other) = (alone(&one, &other), alone(&other, &one));
    let (mut of_one, mut of_other) = (Renamed::new(), Renamed::new());
    // The same text under two names: the smaller stands for both.
    for (digest, id) in only_one {
        let twin = only_other.iter().find(|(other, _)| *other == digest).cloned();
        let name = twin.as_ref().map_or(&id, |(_, twin)| twin.min(&id)).clone();
        if let Some(twin) = twin {
            only_other.remove(&twin);
            of_other.insert(twin.1, name.clone());
        }
        of_one.insert(id, name);
    }
    for (_, id) in only_other {
        of_other.insert(id.clone(), id);
    }
    // Two texts under one name: the base's keeps it, else the one with the smaller digest.
    let mut claims: BTreeMap<DocumentId, BTreeSet<Digest>> = BTreeMap::new();
    for (documents, renamed) in [(&one, &of_one), (&other, &of_other)] {
        for (id, digest) in documents {
            claims.entry(renamed.get(id).unwrap_or(id).clone()).or_default().insert(*digest);
        }
    }
    for (documents, renamed) in [(&one, &mut of_one), (&other, &mut of_other)] {
        for (id, name) in renamed.iter_mut() {
            let digest = documents[id];
            let keeps = base.get(name).or_else(|| claims.get(name).and_then(BTreeSet::first));
            if keeps.is_some_and(|keeps| *keeps != digest) {
                *name = DocumentId::new(format!("{name}-{}", &digest.to_string()[..8]));
            }
        }
        renamed.retain(|id, name| id != name);
    }
    (of_one, of_other)
}
