//! A [`Foreign`] becomes edits of a session, and a report.

mod documents;
mod known;
mod names;
mod report;

pub(in crate::format) use documents::canonical;
pub use report::Report;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use known::Known;
use names::Names;

use super::place::{Found, Reading, place, whole};
use super::{Claim, Foreign, ForeignLink, ForeignPassage};
use crate::edit::Edit;
use crate::format::words::count;
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotatorId, Digest, Document, Link, LinkId, OrphanAnchor, Session,
    Span, Timestamp,
};

/// How it is taken in.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// Whose the passages are, whatever the file says.
    pub annotator: Option<&'a str>,
    /// Whose they are when neither says: the format's name.
    pub otherwise: &'a str,
    /// When.
    pub at: Timestamp,
    /// The session was just made for it: it gets the file's scheme, title, id and records of its own.
    pub is_new: bool,
}

/// What was made of it.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// One gesture; empty when nothing is new.
    pub edits: Vec<Edit>,
    /// What happened to every passage.
    pub report: Report,
}

/// An id made of words: the same words always give the same id (a UUID of version 8, RFC 9562), so that what is read
/// a second time is known again.
pub(in crate::format) fn made_id(words: &[&str]) -> uuid::Uuid {
    let mut bytes = Vec::new();
    for word in words {
        bytes.extend_from_slice(&(word.len() as u64).to_le_bytes());
        bytes.extend_from_slice(word.as_bytes());
    }
    let digest = Digest::of(&bytes).to_string();
    let value = u128::from_str_radix(&digest[..32], 16).expect("a digest has hexadecimal digits");
    uuid::Builder::from_custom_bytes(value.to_be_bytes()).into_uuid()
}

/// The edits that bring `foreign` into `session`, and what they do. Nothing that is there is changed: what differs
/// is told, and left to a review.
pub fn take_in(session: &Session, foreign: Foreign, taking: Taking<'_>) -> Taken {
    let mut taken = Taken::default();
    taken.report.left_out.extend(foreign.notes.iter().cloned());
    if taking.is_new && session.info != foreign.info {
        taken.edits.push(Edit::SetInfo(foreign.info.clone()));
    }
    let names = Names::of(session, &foreign, taking, &mut taken);
    let documents = documents::of(session, &foreign, &names, taking, &mut taken);
    let annotations = passages(session, &foreign, &documents, &names, taking, &mut taken);
    links(session, &foreign, &annotations, &names, taking, &mut taken);
    if taking.is_new {
        taken.edits.extend(foreign.when_new);
    } else {
        if foreign.when_new.iter().any(|edit| brings(session, edit)) {
            let what = "alerts put aside, decisions, conflicts, remarks or mappings: only a new session takes them over";
            taken.report.left_out.push(what.to_owned());
        }
    }
    taken
}

/// True when an edit for a new session alone has something that is not here.
fn brings(session: &Session, edit: &Edit) -> bool {
    fn more<T: PartialEq>(own: &[T], theirs: &[T]) -> bool {
        theirs.iter().any(|it| !own.contains(it))
    }
    match edit {
        Edit::SetAlertsAside(alerts) => more(&session.alerts_aside, alerts),
        Edit::SetTagMappings(mappings) => more(&session.tag_mappings, mappings),
        Edit::SetStatementMappings(mappings) => more(&session.statement_mappings, mappings),
        Edit::SetDecisions(decisions) => more(&session.decisions, decisions),
        Edit::SetRemarks(remarks) => more(&session.remarks, remarks),
        Edit::SetConflicts(conflicts) => more(&session.conflicts, conflicts),
        _ => false,
    }
}

/// The annotation, old or new, for each passage of the file (the first, where it became several).
fn passages(
    session: &Session,
    foreign: &Foreign,
    documents: &[Option<Arc<Document>>],
    names: &Names,
    taking: Taking<'_>,
    taken: &mut Taken,
) -> Vec<Option<AnnotationId>> {
    let mut ids = vec![None; foreign.passages.len()];
    let mut known = Known::of(session);
    let mut widened = 0;
    let mut by_document: Vec<Vec<usize>> = vec![Vec::new(); foreign.documents.len()];
    for (at, passage) in foreign.passages.iter().enumerate() {
        match by_document.get_mut(passage.document) {
            Some(here) => here.push(at),
            None => taken.report.not_placed.push(format!("{}: it names no document", named(passage))),
        }
    }
    for (number, (of_file, here)) in std::iter::zip(&foreign.documents, by_document).enumerate() {
        let Some(document) = &documents[number] else {
            for at in here {
                let passage = &foreign.passages[at];
                let why = format!("{}: its document {} is not here", named(passage), of_file.name);
                taken.report.not_placed.push(why);
            }
            continue;
        };
        let text = document.text();
        let claims: Vec<&Claim> = here.iter().map(|at| &foreign.passages[*at].claim).collect();
        let sought: Vec<&Claim> = claims.iter().filter(|claim| !claim.orphan).copied().collect();
        let (reading, found) =
            place(text, &sought, of_file.text.as_ref().is_some_and(|text| text.contains("\r\n")));
        let mut found = found.into_iter();
        let mut tally = Tally::default();
        for at in here {
            let passage = &foreign.passages[at];
            let spans = if passage.claim.orphan {
                Err(None)
            } else {
                match found.next().unwrap_or(Found::Nowhere("it was not looked for")) {
                    Found::AsSaid(spans) => Ok(spans),
                    Found::Otherwise(spans, other) => {
                        tally.otherwise.entry(other.to_string()).and_modify(|n| *n += 1).or_insert(1);
                        Ok(spans)
                    }
                    Found::ByWords(span) => {
                        tally.by_words += 1;
                        Ok(vec![span])
                    }
                    Found::Unchecked(spans) => {
                        tally.unchecked += 1;
                        Ok(spans)
                    }
                    Found::Nowhere(why) => Err(Some(why)),
                }
            };
            let anchors: Vec<Anchor> = match spans {
                Ok(spans) => {
                    let spans: Vec<Span> = spans
                        .into_iter()
                        .map(|span| {
                            // What Gainsay has written itself stays exactly as it was.
                            let wide = if passage.id.is_some() { span } else { whole(text, span) };
                            widened += usize::from(wide != span);
                            wide
                        })
                        .collect();
                    let placed = |span| Anchor::Placed { document: document.id.clone(), span };
                    tally.split += usize::from(spans.len() > 1);
                    spans.into_iter().map(placed).collect()
                }
                Err(why) => {
                    if let Some(why) = why {
                        taken.report.not_placed.push(format!("{}: {why}", named(passage)));
                    }
                    orphan(document, &passage.claim).into_iter().collect()
                }
            };
            let parts = anchors.len();
            for (part, anchor) in anchors.into_iter().enumerate() {
                let annotation = annotation(passage, anchor, names, taking, foreign);
                let Some(annotation) = annotation else {
                    taken.report.left_out.push(format!("{}: its tag is not explained", named(passage)));
                    break;
                };
                if part == 0 && annotation.comments.len() < passage.comments.len() {
                    let lost = count(passage.comments.len() - annotation.comments.len(), "comment");
                    let what =
                        format!("{}: {lost} by someone whom the file does not explain", named(passage));
                    taken.report.left_out.push(what);
                }
                let id = known.put(annotation, passage, (part, parts), document, names, taken);
                ids[at] = ids[at].or(Some(id));
            }
        }
        tally.report(&of_file.name, reading, &claims, taken);
    }
    if widened > 0 {
        let what =
            format!("{} began or ended inside a character: widened to all of it", count(widened, "passage"));
        taken.report.converted.push(what);
    }
    ids
}

/// The name of a passage in reports: what the file calls it, and the first of its words.
fn named(passage: &ForeignPassage) -> String {
    let words = passage.claim.quote.as_deref().unwrap_or_default();
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = words.chars().take(40).collect();
    match (shown.is_empty(), shown.len() < words.len()) {
        (true, _) => passage.name.clone(),
        (false, false) => format!("{} “{shown}”", passage.name),
        (false, true) => format!("{} “{}…”", passage.name, shown.trim_end()),
    }
}

#[derive(Default)]
struct Tally {
    otherwise: BTreeMap<String, usize>,
    by_words: usize,
    unchecked: usize,
    split: usize,
}

impl Tally {
    fn report(self, name: &str, reading: Reading, claims: &[&Claim], taken: &mut Taken) {
        let mut say = |number: usize, what: &str| {
            if number > 0 {
                taken.report.converted.push(format!("{name}: {} {what}", count(number, "passage")));
            }
        };
        let usual = claims.first().map(|claim| claim.unit).unwrap_or_default();
        if reading != (Reading { unit: usual, ..Reading::default() }) {
            say(claims.len(), &format!("counted in {reading}: converted"));
        }
        for (other, number) in self.otherwise {
            say(number, &format!("counted in {other}, unlike the rest: converted"));
        }
        say(self.by_words, "found by the words, not where the file says");
        say(self.unchecked, "placed by offsets alone: the file gives no words to check them by");
        say(self.split, "of several parts: each part became a passage");
    }
}

fn orphan(document: &Document, claim: &Claim) -> Option<Anchor> {
    let quote = claim.quote.clone().filter(|quote| !quote.is_empty() || claim.orphan)?;
    let said = claim.ranges.first().filter(|_| claim.orphan);
    let last =
        said.and_then(|range| Span::new(range.start, range.end)).or(Span::new(0, quote.len().max(1)))?;
    let (before, after) = (claim.before.clone(), claim.after.clone());
    Some(Anchor::Orphan(OrphanAnchor { document: document.id.clone(), quote, before, after, last }))
}

/// The annotation of a passage, with an id only where the file gives one.
fn annotation(
    passage: &ForeignPassage,
    anchor: Anchor,
    names: &Names,
    taking: Taking<'_>,
    foreign: &Foreign,
) -> Option<Annotation> {
    let created = passage.created.or(passage.modified).unwrap_or(taking.at);
    let id = passage.id.unwrap_or(AnnotationId(uuid::Uuid::nil()));
    let attributes = passage.attributes.iter().filter_map(|(id, value)| {
        let own = names.attributes.get(id)?;
        names.scheme.attribute(own)?.allows(value).then(|| (own.clone(), value.clone()))
    });
    let by = |id: &AnnotatorId| names.annotators.get(id).cloned().unwrap_or_else(|| names.otherwise.clone());
    let explained = |id: &AnnotatorId| foreign.annotators.contains_key(id);
    let comments = passage.comments.iter().filter(|comment| explained(&comment.author));
    let changes = passage.changes.iter().filter(|change| explained(&change.by));
    Some(Annotation {
        note: passage.note.clone(),
        unsure: passage.unsure,
        attributes: attributes.collect(),
        statement: passage.statement.and_then(|id| names.statements.get(&id).copied()),
        voice: passage.voice.iter().filter_map(|id| names.actors.get(id).cloned()).collect(),
        comments: comments
            .map(|comment| crate::model::Comment { author: by(&comment.author), ..comment.clone() })
            .collect(),
        modified: passage.modified.unwrap_or(created),
        provenance: passage.provenance.clone(),
        changes: changes
            .map(|change| crate::model::Change { by: by(&change.by), ..change.clone() })
            .collect(),
        ..Annotation::new(
            id,
            anchor,
            names.tags.get(&passage.tag)?.clone(),
            names.annotator(passage.annotator.as_ref()),
            created,
        )
    })
}

fn links(
    session: &Session,
    foreign: &Foreign,
    annotations: &[Option<AnnotationId>],
    names: &Names,
    taking: Taking<'_>,
    taken: &mut Taken,
) {
    let mut made: BTreeSet<LinkId> = BTreeSet::new();
    let here: BTreeSet<_> = session.links.values().map(|own| (own.from, own.to, &own.kind)).collect();
    for link in &foreign.links {
        let ends = |at: usize| annotations.get(at).copied().flatten();
        let (Some(from), Some(to)) = (ends(link.from), ends(link.to)) else {
            taken.report.left_out.push(format!("{}: one of its ends is not here", told(foreign, link)));
            continue;
        };
        let Some(kind) = names.link_kinds.get(&link.kind).filter(|_| from != to) else {
            let why = if from == to { "it ties a passage to itself" } else { "its kind is not explained" };
            taken.report.left_out.push(format!("{}: {why}", told(foreign, link)));
            continue;
        };
        let words = [kind.as_str(), &from.to_string(), &to.to_string()];
        let id = link.id.unwrap_or_else(|| LinkId(made_id(&["link", words[0], words[1], words[2]])));
        let is_there = session.links.contains_key(&id)
            || link.id.is_none() && here.contains(&(from, to, kind))
            || !made.insert(id);
        if is_there {
            taken.report.already += 1;
            continue;
        }
        let created = link.created.or(link.modified).unwrap_or(taking.at);
        let new = Link {
            id,
            kind: kind.clone(),
            from,
            to,
            note: link.note.clone(),
            annotator: names.annotator(link.annotator.as_ref()),
            created,
            modified: link.modified.unwrap_or(created),
        };
        taken.report.links += 1;
        taken.edits.push(Edit::PutLink(Arc::new(new)));
    }
}

fn told(foreign: &Foreign, link: &ForeignLink) -> String {
    let name = |at: usize| foreign.passages.get(at).map_or("nothing", |passage| &passage.name);
    format!("the link “{}” from {} to {}", link.kind, name(link.from), name(link.to))
}

#[cfg(test)]
mod tests;
