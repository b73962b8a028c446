//! Annotations and links.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Anchor, Annotation, AnnotationId, AttributeId, DocumentId, Link, Session, Span};
use crate::review::compare::compare;
use crate::review::layer::Layer;

use super::words::{Places, quoted, text};

/// Lines about annotations, by the document that they stand under.
#[derive(Default)]
pub(super) struct Told {
    /// Under documents of the first session, in the order of the text.
    pub of_a: BTreeMap<DocumentId, Vec<String>>,
    /// Under documents that only the second has.
    pub of_b: BTreeMap<DocumentId, Vec<String>>,
    /// Annotations of the first with those of the second that they are.
    pub counterparts: BTreeMap<AnnotationId, AnnotationId>,
}

pub(super) fn told(
    a: &Session,
    b: &Session,
    layer: &Layer,
    documents: &BTreeMap<DocumentId, DocumentId>,
    places: &[Places<'_>; 2],
) -> Told {
    let counterparts = counterparts(a, b, layer);
    let taken: BTreeSet<&AnnotationId> = counterparts.values().collect();
    let of_b: BTreeMap<&DocumentId, &DocumentId> = documents.iter().map(|(a, b)| (b, a)).collect();
    // By document, with the place in the text to sort by.
    let mut under: [BTreeMap<DocumentId, Vec<(usize, AnnotationId, String)>>; 2] = Default::default();
    let mut tell = |session: usize, annotation: &Annotation, line: String| {
        let own = annotation.anchor.document();
        let first = if session == 0 { Some(own) } else { of_b.get(own).copied() };
        let at = annotation.anchor.span().map_or(usize::MAX, Span::start);
        let lines = match first {
            Some(id) => under[0].entry(id.clone()).or_default(),
            None => under[1].entry(own.clone()).or_default(),
        };
        lines.push((at, annotation.id, line));
    };
    for annotation in a.annotations.values() {
        let place = places[0].place(annotation);
        match counterparts.get(&annotation.id).and_then(|id| b.annotations.get(id)) {
            Some(other) => {
                let changes = changes([a, b], annotation, other, documents, places);
                if !changes.is_empty() {
                    tell(0, annotation, format!("{place}  {}", changes.join("; ")));
                }
            }
            None => tell(0, annotation, format!("{place}  {} removed", tag(a, annotation))),
        }
    }
    for annotation in b.annotations.values().filter(|annotation| !taken.contains(&annotation.id)) {
        let mut line = format!("{}  {} added", places[1].place(annotation), tag(b, annotation));
        if !annotation.note.is_empty() {
            line.push_str(&format!(", note {}", quoted(&annotation.note)));
        }
        tell(1, annotation, line);
    }
    let lines = |under: BTreeMap<DocumentId, Vec<(usize, AnnotationId, String)>>| {
        let sorted = |(id, mut lines): (DocumentId, Vec<(usize, AnnotationId, String)>)| {
            lines.sort();
            (id, lines.into_iter().map(|(_, _, line)| line).collect())
        };
        under.into_iter().map(sorted).collect()
    };
    let [of_a, of_b] = under.map(lines);
    Told { of_a, of_b, counterparts }
}

/// By id; in sessions of two people what is left by passage.
fn counterparts(a: &Session, b: &Session, layer: &Layer) -> BTreeMap<AnnotationId, AnnotationId> {
    let shared = a.annotations.keys().filter(|id| b.annotations.contains_key(id));
    let mut counterparts: BTreeMap<AnnotationId, AnnotationId> = shared.map(|id| (*id, *id)).collect();
    if a.id == b.id {
        return counterparts;
    }
    let mut rest = layer.clone();
    for laid in rest.documents.values_mut() {
        laid.annotations.retain(|laid| !a.annotations.contains_key(&laid.annotation.id));
    }
    let alone = |annotation: &Annotation| !b.annotations.contains_key(&annotation.id);
    let pairs = compare(a, &alone, &rest, true).pairs;
    counterparts.extend(pairs.iter().filter_map(|pair| Some((pair.ours?, pair.theirs?))));
    counterparts
}

fn tag<'a>(session: &'a Session, annotation: &'a Annotation) -> &'a str {
    session.scheme.tag(&annotation.tag).map_or(annotation.tag.as_str(), |tag| &tag.name)
}

/// What became of one annotation, a clause each.
fn changes(
    [a, b]: [&Session; 2],
    old: &Annotation,
    new: &Annotation,
    documents: &BTreeMap<DocumentId, DocumentId>,
    places: &[Places<'_>; 2],
) -> Vec<String> {
    let mut changes = Vec::new();
    if old.tag != new.tag {
        changes.push(format!("retagged: {} → {}", tag(a, old), tag(b, new)));
    }
    changes.extend(moved([a, b], old, new, documents, places));
    changes.extend(text("note", &old.note, &new.note));
    if old.unsure != new.unsure {
        changes.push(if new.unsure { "now unsure" } else { "no longer unsure" }.to_owned());
    }
    let names: BTreeSet<&AttributeId> = old.attributes.keys().chain(new.attributes.keys()).collect();
    for id in names {
        let value = |annotation: &'_ Annotation| annotation.attributes.get(id).cloned().unwrap_or_default();
        let attribute = b.scheme.attribute(id).or_else(|| a.scheme.attribute(id));
        let name = attribute.map_or(id.as_str(), |attribute| &attribute.name);
        changes.extend(text(name, &value(old), &value(new)));
    }
    if old.statement != new.statement {
        let name = |session: &Session, annotation: &Annotation| {
            let statement = annotation.statement.and_then(|id| session.statements.get(&id));
            statement.map(|statement| statement.name.clone()).unwrap_or_default()
        };
        // Two people's statements of one name are one statement.
        changes.extend(text("statement", &name(a, old), &name(b, new)));
    }
    if old.voice != new.voice {
        let names = |session: &Session, annotation: &Annotation| {
            let name = |id| session.actors.get(id).map_or("", |actor| actor.name.as_str());
            annotation.voice.iter().map(name).collect::<Vec<_>>().join(", reporting ")
        };
        changes.extend(text("voice", &names(a, old), &names(b, new)));
    }
    comments([a, b], old, new, &mut changes);
    if old.provenance != new.provenance {
        let reason = new.provenance.as_ref().map_or("", |it| &it.reason);
        changes.push(match (&new.provenance, reason) {
            (None, _) => "no longer marked as decided".to_owned(),
            (Some(_), "") => "decided in a review".to_owned(),
            (Some(_), reason) => format!("decided in a review: {}", quoted(reason)),
        });
    }
    changes
}

fn comments([a, b]: [&Session; 2], old: &Annotation, new: &Annotation, changes: &mut Vec<String>) {
    for comment in &new.comments {
        let author = b.annotator_name(&comment.author);
        match old.comments.iter().find(|it| it.id == comment.id) {
            None => changes.push(format!("comment by {author}: {}", quoted(&comment.text))),
            Some(was) if (&was.text, was.status) != (&comment.text, comment.status) => {
                changes.push(format!("comment by {author} changed: {}", quoted(&comment.text)));
            }
            Some(_) => {}
        }
    }
    for comment in old.comments.iter().filter(|it| !new.comments.iter().any(|new| new.id == it.id)) {
        changes.push(format!(
            "comment by {} removed: {}",
            a.annotator_name(&comment.author),
            quoted(&comment.text)
        ));
    }
}

/// How the ends of an annotation moved.
fn moved(
    [a, b]: [&Session; 2],
    old: &Annotation,
    new: &Annotation,
    documents: &BTreeMap<DocumentId, DocumentId>,
    places: &[Places<'_>; 2],
) -> Vec<String> {
    let (from, to) = match (&old.anchor, &new.anchor) {
        (Anchor::Placed { document: from, span }, Anchor::Placed { document: to, span: new })
            if documents.get(from) == Some(to) =>
        {
            let digest = |session: &Session, id| session.document(id).map(|document| document.source.digest);
            if digest(a, from) != digest(b, to) {
                // Offsets of two texts say nothing of each other.
                let same = span.of(a.document(from).map_or("", |it| it.text()))
                    == new.of(b.document(to).map_or("", |it| it.text()));
                return if same { Vec::new() } else { vec![format!("now on {}", places[1].words(to, *new))] };
            }
            (*span, *new)
        }
        (Anchor::Placed { .. }, Anchor::Orphan(_)) => return vec!["its place is lost".to_owned()],
        (Anchor::Orphan(_), Anchor::Placed { .. }) => {
            return vec![format!("placed at {}", places[1].place(new))];
        }
        (Anchor::Orphan(one), Anchor::Orphan(other)) if one == other => return Vec::new(),
        _ => return vec![format!("moved to {}", places[1].place(new))],
    };
    if from == to {
        return Vec::new();
    }
    if from.end() <= to.start() || to.end() <= from.start() {
        return vec![format!("moved to {}", places[1].place(new))];
    }
    let document = old.anchor.document();
    let words =
        |start, end| Span::new(start, end).map_or(String::new(), |span| places[0].words(document, span));
    let mut moved = Vec::new();
    match from.start().cmp(&to.start()) {
        std::cmp::Ordering::Greater => {
            moved.push(format!("start moved: {} added", words(to.start(), from.start())))
        }
        std::cmp::Ordering::Less => {
            moved.push(format!("start moved: {} taken off", words(from.start(), to.start())))
        }
        std::cmp::Ordering::Equal => {}
    }
    match from.end().cmp(&to.end()) {
        std::cmp::Ordering::Less => moved.push(format!("end moved: {} added", words(from.end(), to.end()))),
        std::cmp::Ordering::Greater => {
            moved.push(format!("end moved: {} taken off", words(to.end(), from.end())))
        }
        std::cmp::Ordering::Equal => {}
    }
    moved
}

/// Links, by id, else by kind and ends.
pub(super) fn links(
    a: &Session,
    b: &Session,
    counterparts: &BTreeMap<AnnotationId, AnnotationId>,
    places: &[Places<'_>; 2],
    lines: &mut Vec<String>,
) {
    let ends = |link: &Link| (link.kind.clone(), link.from, link.to);
    let mut of_b: BTreeMap<_, Vec<&Link>> = BTreeMap::new();
    for link in b.links.values().filter(|link| !a.links.contains_key(&link.id)) {
        of_b.entry(ends(link)).or_default().push(link);
    }
    let say = |session: usize, link: &Link| {
        let session_of = [a, b][session];
        let kind = session_of.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        let end = |id| session_of.annotations.get(id).map_or(String::new(), |it| places[session].place(it));
        format!("link: {}  {kind}  {}", end(&link.from), end(&link.to))
    };
    for link in a.links.values() {
        let other = b.links.get(&link.id).map(|link| &**link).or_else(|| {
            let counterpart = |id| counterparts.get(id).copied();
            let key = (link.kind.clone(), counterpart(&link.from)?, counterpart(&link.to)?);
            of_b.get_mut(&key).and_then(Vec::pop)
        });
        match other {
            None => lines.push(format!("{}  removed", say(0, link))),
            Some(other) => {
                let same_end = |one, other| counterparts.get(one) == Some(other);
                if link.kind != other.kind
                    || !same_end(&link.from, &other.from)
                    || !same_end(&link.to, &other.to)
                {
                    lines.push(format!(
                        "{}  was {}",
                        say(1, other),
                        say(0, link).trim_start_matches("link: ")
                    ));
                }
                lines.extend(
                    text("note", &link.note, &other.note).map(|what| format!("{}  {what}", say(1, other))),
                );
            }
        }
    }
    for link in of_b.into_values().flatten() {
        lines.push(format!("{}  added", say(1, link)));
    }
}
