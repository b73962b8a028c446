//! Two versions of a session made into one.
//!
//! Records match by id, documents that both brought by their text. What one side changed comes in; the same change
//! made twice is one; a field that both changed in two ways is a [`Conflict`], and so is a record that one removed and
//! the other changed or uses: it stays. Which value of a conflict stands in the result depends on the values alone:
//! of annotations and links the one changed later, else the longer. So the result is the same whichever side is
//! called ours, and merging it with either side again changes nothing.
//!
//! What can't be in conflict is united: comments, changes, rules, examples, page furniture, decisions. How far someone
//! has read is what they said last. A letter or key that two tags have is kept by the one that had it before.

mod documents;
mod edits;
mod fields;
mod parts;
mod repair;
mod resolve;
mod review;
mod say;
mod three;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    Annotation, Conflict, RecordKind, Session, StatementId, StatementMapping, TagId, TagMapping,
};

use parts::Parts;
use repair::{Repair, removed};
use three::{Three, list, records};

pub use edits::edits_between;
pub use resolve::{Choice, resolve};
pub use review::{TakenReview, take_review};

/// What comes of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The session that holds both; valid. Its id and birth are those of ours.
    pub session: Session,
    /// The edits that make it of ours.
    pub edits: Vec<Edit>,
    /// The conflicts that this merge found. They stand in the session too, beside those that were open before.
    pub conflicts: Vec<Conflict>,
    /// What was put right on the way, a sentence each: a letter given to two tags, a document under two names.
    pub notes: Vec<String>,
}

/// Merges two sessions that both come from `base`. All three must be valid.
pub fn merge(base: &Session, ours: &Session, theirs: &Session) -> Merged {
    let renamed = documents::names(base, ours, theirs);
    let base_parts = Parts::of(base, &BTreeMap::new());
    let [one, other] = [Parts::of(ours, &renamed.0), Parts::of(theirs, &renamed.1)];
    let lists = Three { base, ours, theirs };
    if let Some(whole) = untouched(base, ours, theirs) {
        return finished(ours, whole.clone(), Vec::new(), Vec::new());
    }
    of_parts(
        ours,
        lists,
        [&base_parts, &one, &other],
        told(ours, &renamed.0).chain(told(theirs, &renamed.1)).collect(),
    )
}

/// Merges two sessions of which no common base is at hand. What only one has comes in; where both have a record in
/// two versions, an annotation whose history continues that of the other is the later one, and all else that differs
/// is a conflict. Nothing counts as removed. Both must be valid.
pub fn merge_without_base(ours: &Session, theirs: &Session) -> Merged {
    let nothing = Session::new(ours.id, ours.created);
    if ours == theirs {
        return finished(ours, ours.clone(), Vec::new(), Vec::new());
    }
    let renamed = documents::names(&Session { scheme: Arc::default(), ..nothing.clone() }, ours, theirs);
    let [one, other] = [Parts::of(ours, &renamed.0), Parts::of(theirs, &renamed.1)];
    let base = shared(&one, &other);
    let lists = Three { base: &nothing, ours, theirs };
    of_parts(
        ours,
        lists,
        [&base, &one, &other],
        told(ours, &renamed.0).chain(told(theirs, &renamed.1)).collect(),
    )
}

/// The side that changed something, when the other did not.
fn untouched<'a>(base: &Session, ours: &'a Session, theirs: &'a Session) -> Option<&'a Session> {
    let same = |a: &Session, b: &Session| {
        // An id is no content: a copy under a new one is still the same.
        Session { id: b.id, created: b.created, ..a.clone() } == *b
    };
    if same(ours, theirs) || same(base, theirs) {
        Some(ours)
    } else if same(base, ours) {
        Some(theirs)
    } else {
        None
    }
}

fn told<'a>(session: &'a Session, renamed: &'a documents::Renamed) -> impl Iterator<Item = String> + 'a {
    renamed.iter().map(|(id, name)| {
        let title = session.document(id).map_or(id.as_str(), |document| document.title());
        format!("the document {title} ({id}) stands under the id {name}")
    })
}

/// What two sessions share: records that are equal in both, and the earlier version where one continues the other.
fn shared(one: &Parts, other: &Parts) -> Parts {
    fn equal<K: Ord + Clone, R: PartialEq + Clone>(
        one: &BTreeMap<K, R>,
        other: &BTreeMap<K, R>,
    ) -> BTreeMap<K, R> {
        let both = one.iter().filter(|(id, record)| other.get(*id) == Some(record));
        both.map(|(id, record)| (id.clone(), record.clone())).collect()
    }
    let earlier = |a: &Arc<Annotation>, b: &Arc<Annotation>| {
        // By the histories alone: clocks of two computers need not agree.
        let is_earlier = |a: &Annotation, b: &Annotation| {
            a.changes.len() < b.changes.len() && b.changes.starts_with(&a.changes)
        };
        if is_earlier(a, b) {
            Some(Arc::clone(a))
        } else {
            (a == b || is_earlier(b, a)).then(|| Arc::clone(b))
        }
    };
    let annotations =
        one.annotations.iter().filter_map(|(id, a)| Some((*id, earlier(a, other.annotations.get(id)?)?)));
    Parts {
        documents: equal(&one.documents, &other.documents),
        tags: equal(&one.tags, &other.tags),
        attributes: equal(&one.attributes, &other.attributes),
        link_kinds: equal(&one.link_kinds, &other.link_kinds),
        annotators: equal(&one.annotators, &other.annotators),
        actors: equal(&one.actors, &other.actors),
        statements: equal(&one.statements, &other.statements),
        annotations: annotations.collect(),
        links: equal(&one.links, &other.links),
        remarks: equal(&one.remarks, &other.remarks),
        ..Parts::default()
    }
}

/// The records of one kind, and a conflict for each that one side removed and the other changed.
macro_rules! merged {
    ($versions:ident, $conflicts:ident, $records:ident, $kind:ident, $both:expr) => {{
        let (merged, kept) =
            records($versions.of(|parts: &Parts| &parts.$records), |id, base, one, other| {
                $both(id, base, one, other)
            });
        let kept = kept.iter().map(|kept| removed(RecordKind::$kind, &kept.0, "changed"));
        $conflicts.extend(kept);
        merged
    }};
}

fn of_parts(
    ours: &Session,
    lists: Three<'_, Session>,
    [base, one, other]: [&Parts; 3],
    mut notes: Vec<String>,
) -> Merged {
    let versions = Three { base, ours: one, theirs: other };
    let mut found: Vec<Conflict> = Vec::new();
    let c = &mut found;
    let mut merged = Parts {
        // Two sessions without a base share no title, as none is something too.
        info: fields::info(Some(&base.info), &one.info, &other.info, c),
        documents: merged!(
            versions,
            c,
            documents,
            Document,
            |_, b: Option<&Arc<_>>, o: &Arc<_>, t: &Arc<_>| {
                Arc::new(fields::document(b.map(|it| &**it), o, t, c))
            }
        ),
        tags: merged!(versions, c, tags, Tag, |_, b, o, t| fields::tag(b, o, t, c)),
        attributes: merged!(versions, c, attributes, Attribute, |_, b, o, t| fields::attribute(b, o, t, c)),
        link_kinds: merged!(versions, c, link_kinds, LinkKind, |_, b, o, t| fields::link_kind(b, o, t, c)),
        annotators: merged!(versions, c, annotators, Annotator, |id: &crate::model::AnnotatorId, b, o, t| {
            fields::annotator(id.as_str(), b, o, t, c)
        }),
        actors: merged!(versions, c, actors, Actor, |_, b: Option<&Arc<_>>, o: &Arc<_>, t: &Arc<_>| {
            Arc::new(fields::actor(b.map(|it| &**it), o, t, c))
        }),
        statements: merged!(
            versions,
            c,
            statements,
            Statement,
            |_, b: Option<&Arc<_>>, o: &Arc<_>, t: &Arc<_>| {
                Arc::new(fields::statement(b.map(|it| &**it), o, t, c))
            }
        ),
        annotations: merged!(
            versions,
            c,
            annotations,
            Annotation,
            |_, b: Option<&Arc<_>>, o: &Arc<_>, t: &Arc<_>| {
                Arc::new(fields::annotation(b.map(|it| &**it), o, t, c))
            }
        ),
        links: merged!(versions, c, links, Link, |_, b: Option<&Arc<_>>, o: &Arc<_>, t: &Arc<_>| {
            Arc::new(fields::link(b.map(|it| &**it), o, t, c))
        }),
        remarks: merged!(versions, c, remarks, Remark, |_, b, o, t| fields::remark(b, o, t, c)),
        orders: Default::default(),
    };
    let tag_mappings = tag_mappings(&lists, &mut found);
    let statement_mappings = statement_mappings(&lists, &mut found);
    let tags: BTreeSet<TagId> = tag_mappings.iter().map(|mapping| mapping.ours.clone()).collect();
    let statements: BTreeSet<StatementId> = statement_mappings.iter().map(|mapping| mapping.ours).collect();
    let repair = Repair {
        merged: &mut merged,
        base,
        ours: one,
        theirs: other,
        conflicts: &mut found,
        notes: &mut notes,
    };
    repair.all((&tags, &statements));

    let sides = [base, one, other];
    let mut conflicts = of_list(&lists, |session| &session.conflicts);
    found.sort();
    found.dedup();
    conflicts.extend(found.iter().filter(|it| !conflicts.contains(it)).cloned().collect::<Vec<_>>());
    let session = Session {
        id: ours.id,
        created: ours.created,
        documents: merged.documents_in_order(sides),
        scheme: Arc::new(merged.scheme_in_order(sides)),
        remarks: merged.remarks_in_order(sides),
        info: merged.info,
        annotators: merged.annotators,
        actors: merged.actors,
        statements: merged.statements,
        annotations: merged.annotations,
        links: merged.links,
        alerts_aside: of_list(&lists, |session| &session.alerts_aside),
        tag_mappings,
        statement_mappings,
        decisions: of_list(&lists, |session| &session.decisions),
        conflicts,
    };
    finished(ours, session, found, notes)
}

fn finished(ours: &Session, session: Session, conflicts: Vec<Conflict>, notes: Vec<String>) -> Merged {
    let session = Session { id: ours.id, created: ours.created, ..session };
    Merged { edits: edits_between(ours, &session), session, conflicts, notes }
}

fn of_list<T: Ord + Clone>(sessions: &Three<'_, Session>, of: impl Fn(&Session) -> &Vec<T>) -> Vec<T> {
    list(of(sessions.base), of(sessions.ours), of(sessions.theirs))
}

fn tag_mappings(sessions: &Three<'_, Session>, conflicts: &mut Vec<Conflict>) -> Vec<TagMapping> {
    let mappings = of_list(sessions, |session| &session.tag_mappings);
    let about = |mapping: &TagMapping| (mapping.session, mapping.theirs.clone());
    let sides = [&sessions.ours.tag_mappings, &sessions.theirs.tag_mappings];
    once(
        mappings,
        sides,
        about,
        |kept, other| Conflict {
            kind: RecordKind::TagMapping,
            id: format!("{} {}", kept.session, kept.theirs),
            field: "ours".to_owned(),
            kept: Some(kept.ours.to_string()),
            other: Some(other.ours.to_string()),
        },
        conflicts,
    )
}

fn statement_mappings(sessions: &Three<'_, Session>, conflicts: &mut Vec<Conflict>) -> Vec<StatementMapping> {
    let mappings = of_list(sessions, |session| &session.statement_mappings);
    let about = |mapping: &StatementMapping| (mapping.session, mapping.theirs);
    let sides = [&sessions.ours.statement_mappings, &sessions.theirs.statement_mappings];
    once(
        mappings,
        sides,
        about,
        |kept, other| Conflict {
            kind: RecordKind::StatementMapping,
            id: format!("{} {}", kept.session, kept.theirs),
            field: "ours".to_owned(),
            kept: Some(kept.ours.to_string()),
            other: Some(other.ours.to_string()),
        },
        conflicts,
    )
}

/// Of two answers to one question, one from each side, the greater stays.
fn once<T: Ord + Clone, K: PartialEq>(
    mut answers: Vec<T>,
    sides: [&Vec<T>; 2],
    about: impl Fn(&T) -> K,
    conflict: impl Fn(&T, &T) -> Conflict,
    conflicts: &mut Vec<Conflict>,
) -> Vec<T> {
    let all = answers.clone();
    answers.retain(|answer| {
        let greater = all.iter().filter(|other| *other > answer && about(other) == about(answer)).max();
        // One session that says both is left as it is.
        let Some(greater) =
            greater.filter(|other| !sides.iter().any(|side| side.contains(answer) && side.contains(other)))
        else {
            return true;
        };
        conflicts.push(conflict(greater, answer));
        false
    });
    answers
}

#[cfg(test)]
mod tests;
