//! Annotations of annotations: links, and comments with the answers to them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::bodies::{Said, address, id, text};
use super::read::{Item, Reading, targets};
use super::uuid_of;
use crate::format::import::{ForeignLink, made_id};
use crate::model::{Comment, CommentId, LinkId, LinkKindId, Timestamp};

/// True for an annotation whose targets are annotations of the file, not places in documents.
pub(super) fn is_tie(map: &Map<String, Value>, ids: &BTreeSet<String>) -> bool {
    let is_known = |target: &Value| {
        let has_selector = target.as_object().is_some_and(|target| target.contains_key("selector"));
        !has_selector && address(target).is_some_and(|iri| ids.contains(iri))
    };
    targets(map).next().is_some() && targets(map).all(is_known) || map.contains_key("on")
}

/// Adds the links and comments to what was read. Annotations that are not there are told.
pub(super) fn take(reading: &mut Reading<'_>, items: &[Item<'_>]) {
    let mut comments: BTreeMap<&str, &Map<String, Value>> = BTreeMap::new();
    let (links, others): (Vec<_>, Vec<_>) = items.iter().partition(|item| is_link(&item.map));
    for item in &others {
        comments.extend(id(&item.map).map(|id| (id, &item.map)));
    }
    for item in &others {
        comment(reading, &item.map, &comments);
    }
    for passage in &mut reading.foreign.passages {
        let ids: BTreeSet<CommentId> = passage.comments.iter().map(|comment| comment.id).collect();
        for comment in &mut passage.comments {
            comment.reply_to = comment.reply_to.filter(|id| ids.contains(id) && *id != comment.id);
        }
    }
    for item in links {
        link(reading, &item.map);
    }
}

fn is_link(map: &Map<String, Value>) -> bool {
    super::bodies::texts(map, "motivation").any(|motivation| motivation.ends_with("linking"))
}

fn link(reading: &mut Reading<'_>, map: &Map<String, Value>) {
    reading.tell_of_unknown(map);
    let said = Said::of(map);
    let mut ends = targets(map).filter_map(address).chain(said.ends.iter().map(String::as_str));
    let (Some(from), Some(to), None) = (ends.next(), ends.next(), ends.next()) else {
        return reading.tell("link with more or less than two ends: left out");
    };
    let place = |iri: &str| reading.passages.get(iri).copied();
    let (Some(from), Some(to)) = (place(from), place(to)) else {
        return reading.tell("link to what is no passage of the file: left out");
    };
    let own = said.link_kind.as_ref().and_then(|(id, name)| {
        let kind = reading.foreign.scheme.link_kind(&LinkKindId::new(id.as_deref()?))?;
        (kind.name == *name).then(|| kind.id.clone())
    });
    let name = said.link_kind.as_ref().or(said.tags.first()).map_or("linked", |(_, name)| name);
    let kind = own.unwrap_or_else(|| reading.foreign.link_kind(name));
    if said.tags.len() > 1 {
        reading.tell("link with several tags: the first one is its kind");
    }
    let is_own = reading.foreign.origin.is_some();
    let link = ForeignLink {
        id: id(map).and_then(uuid_of).map(LinkId).filter(|_| is_own),
        kind,
        from,
        to,
        note: said.note(),
        annotator: reading.creator(map),
        created: reading.time(map, "created"),
        modified: reading.time(map, "modified"),
    };
    reading.foreign.links.push(link);
}

fn comment<'m>(
    reading: &mut Reading<'_>,
    map: &'m Map<String, Value>,
    comments: &BTreeMap<&str, &'m Map<String, Value>>,
) {
    reading.tell_of_unknown(map);
    let target = targets(map).next().and_then(address).unwrap_or_default();
    let Some(at) = passage(reading, map, comments) else {
        return reading.tell("comment on what is no passage of the file: left out");
    };
    let said = Said::of(map);
    let mut text = said.note();
    for (_, tag) in &said.tags {
        text += if text.is_empty() { "" } else { "\n" };
        text += tag;
    }
    let own = id(map).unwrap_or_default();
    let others = &reading.foreign.passages[at].comments;
    let numbered = (0_usize..).map(|twin| CommentId(made_id(&["comment", own, &text, &twin.to_string()])));
    let mut ids = Some(comment_id(own)).filter(|_| !own.is_empty()).into_iter().chain(numbered);
    let comment = ids.find(|id| others.iter().all(|other| other.id != *id)).expect("numbers do not end");
    let annotator = reading.creator(map).unwrap_or_else(|| reading.foreign.annotator("unknown"));
    let at_time = reading.time(map, "created").or_else(|| reading.time(map, "modified"));
    let passage = &mut reading.foreign.passages[at];
    let at_time = at_time.or(passage.created).unwrap_or(Timestamp::from_second(0));
    let reply_to = comments.contains_key(target).then(|| comment_id(target));
    passage.comments.push(Comment {
        id: comment,
        author: annotator,
        at: at_time,
        text,
        reply_to,
        status: said.stand,
    });
}

fn comment_id(iri: &str) -> CommentId {
    CommentId(uuid_of(iri).unwrap_or_else(|| made_id(&["comment", iri])))
}

/// The passage that a comment is about, at the end of the chain of answers.
fn passage<'m>(
    reading: &Reading<'_>,
    mut map: &'m Map<String, Value>,
    comments: &BTreeMap<&str, &'m Map<String, Value>>,
) -> Option<usize> {
    for _ in 0..=comments.len() {
        let target = text(map, "on").or_else(|| targets(map).next().and_then(address))?;
        if let Some(at) = reading.passages.get(target) {
            return Some(*at);
        }
        map = comments.get(target)?;
    }
    None
}
