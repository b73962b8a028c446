//! A [`Foreign`] becomes edits of a session, and a report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::place::{Found, Reading, place, whole};
use super::{Claim, Foreign, ForeignDocument, ForeignLink, ForeignPassage};
use crate::edit::{Edit, make};
use crate::format::decode;
use crate::format::words::{count, grouped};
use crate::model::{
    ActorId, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, AttributeValue, Digest, Document,
    DocumentId, Link, LinkId, OrphanAnchor, Scheme, Session, Span, StatementId, Timestamp, slug,
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

/// What happened to every document, passage and link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that are new.
    pub documents: usize,
    /// Passages that are new.
    pub placed: usize,
    /// Links that are new.
    pub links: usize,
    /// Tags, attributes and link kinds that are new or have changed.
    pub scheme: usize,
    /// Passages and links that were there already.
    pub already: usize,
    /// What was converted on the way, a sentence each.
    pub converted: Vec<String>,
    /// What was not placed, each with the reason; its words are kept as an orphan where the document is known.
    pub not_placed: Vec<String>,
    /// What was not taken over, a sentence each.
    pub left_out: Vec<String>,
}

impl Report {
    /// "1 document, 12 passages and 3 links", when anything is new.
    pub fn news(&self) -> Option<String> {
        let mut news = Vec::new();
        for (number, one) in [(self.documents, "document"), (self.placed, "passage"), (self.links, "link")] {
            if number > 0 {
                news.push(count(number, one));
            }
        }
        if self.scheme > 0 {
            news.push(format!("{} to the scheme", count(self.scheme, "change")));
        }
        match &news[..] {
            [] => None,
            [one] => Some(one.clone()),
            [some @ .., last] => Some(format!("{} and {last}", some.join(", "))),
        }
    }

    /// ["4 there already", "2 not placed"].
    pub fn rest(&self) -> Vec<String> {
        let numbers = [(self.already, "there already"), (self.not_placed.len(), "not placed")];
        let some = numbers.into_iter().filter(|(number, _)| *number > 0);
        some.map(|(number, what)| format!("{} {what}", grouped(number))).collect()
    }

    /// "1 document, 12 passages and 3 links taken in, 4 there already, 2 not placed".
    pub fn summary(&self) -> String {
        let news = self.news().map_or("nothing new".to_owned(), |news| format!("{news} taken in"));
        std::iter::once(news).chain(self.rest()).collect::<Vec<_>>().join(", ")
    }

    /// All sentences after the summary.
    pub fn details(&self) -> impl Iterator<Item = &String> {
        self.converted.iter().chain(&self.not_placed).chain(&self.left_out)
    }
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
    let documents = documents(session, &foreign, &names, taking, &mut taken);
    let annotations = passages(session, &foreign, &documents, &names, taking, &mut taken);
    links(session, &foreign, &annotations, &names, taking, &mut taken);
    if taking.is_new {
        taken.edits.extend(foreign.when_new);
    } else {
        if foreign.when_new.iter().any(|edit| brings(session, edit)) {
            let what =
                "alerts put aside, decisions, conflicts or tag mappings: only a new session takes them over";
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
        Edit::SetDecisions(decisions) => more(&session.decisions, decisions),
        Edit::SetConflicts(conflicts) => more(&session.conflicts, conflicts),
        _ => false,
    }
}

/// What the file's annotators, tags and so on are called in the session.
struct Names {
    scheme: Arc<Scheme>,
    tags: BTreeMap<crate::model::TagId, crate::model::TagId>,
    attributes: BTreeMap<crate::model::AttributeId, crate::model::AttributeId>,
    link_kinds: BTreeMap<crate::model::LinkKindId, crate::model::LinkKindId>,
    annotators: BTreeMap<AnnotatorId, AnnotatorId>,
    actors: BTreeMap<ActorId, ActorId>,
    statements: BTreeMap<StatementId, StatementId>,
    /// Whose the passages are of whom the file says nothing; `None`: that is made up, so it counts for nothing when a
    /// passage is looked for that is there already.
    said: Option<AnnotatorId>,
    otherwise: AnnotatorId,
}

impl Names {
    fn of(session: &Session, foreign: &Foreign, taking: Taking<'_>, taken: &mut Taken) -> Self {
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
    fn annotator(&self, of_file: Option<&AnnotatorId>) -> AnnotatorId {
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

/// The document of the session, old or new, for each of the file's; `None` when it is not known.
fn documents(
    session: &Session,
    foreign: &Foreign,
    names: &Names,
    taking: Taking<'_>,
    taken: &mut Taken,
) -> Vec<Option<Arc<Document>>> {
    let mut all: Vec<Arc<Document>> = session.documents.clone();
    let mut found = Vec::new();
    for document in &foreign.documents {
        // Gainsay's own file says itself which documents are two, even of the same text.
        let among = if document.import.is_some() { &session.documents } else { &all };
        if let Some(own) = known(among, document) {
            found.push(Some(own));
            continue;
        }
        let Some(text) = &document.text else {
            found.push(None);
            continue;
        };
        match new_document(document, text, &all, names, taking.at) {
            Ok(new) => {
                let new = Arc::new(new);
                taken.edits.push(Edit::AddDocument { at: all.len(), document: Arc::clone(&new) });
                taken.report.documents += 1;
                all.push(Arc::clone(&new));
                found.push(Some(new));
            }
            Err(why) => {
                taken.report.left_out.push(format!("{}: {why}", document.name));
                found.push(None);
            }
        }
    }
    found
}

/// The document that has this text, else this digest (a text may have lost what its file can't hold), else, where the
/// file has neither, this name.
fn known(all: &[Arc<Document>], document: &ForeignDocument) -> Option<Arc<Document>> {
    if let Some(text) = &document.text {
        let text = canonical(text);
        let same = || all.iter().filter(|it| it.text() == text);
        let own = same().find(|it| document.id.as_deref() == Some(it.id.as_str())).or_else(|| same().next());
        // Some programs drop the line end at the end.
        let own = own.or_else(|| all.iter().find(|it| it.text().trim_end() == text.trim_end()));
        if own.is_some() || document.digest.is_none() {
            return own.cloned();
        }
    }
    if let Some(digest) = document.digest.as_deref() {
        let hex = |it: Digest| it.to_string().eq_ignore_ascii_case(digest);
        return all.iter().find(|it| hex(it.source.digest) || hex(it.source.import.digest)).cloned();
    }
    let name = document.name.trim();
    // An address ends in the name of a file.
    let stem = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
    };
    let is_named = |it: &&Arc<Document>| {
        let metadata = &it.info.metadata;
        let file = it.source.import.file_name.as_deref().unwrap_or_default();
        document.id.as_deref() == Some(it.id.as_str())
            || [it.id.as_str(), &metadata.title, &metadata.title_short, &metadata.url, file].contains(&name)
            || !file.is_empty() && stem(file) == stem(name)
    };
    let mut named = all.iter().filter(is_named);
    let own = named.next().filter(|_| !name.is_empty())?;
    named.next().is_none().then(|| Arc::clone(own))
}

/// A text as canonical texts are: no byte-order mark, lines ending in LF.
pub(in crate::format) fn canonical(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

fn new_document(
    document: &ForeignDocument,
    text: &str,
    all: &[Arc<Document>],
    names: &Names,
    at: Timestamp,
) -> Result<Document, String> {
    let name = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let taken = |id: &str| all.iter().any(|it| it.id.as_str() == id);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let own = document.id.as_deref().filter(|id| !taken(id));
    let id = own.map_or_else(|| slug(stem, "document", taken), str::to_owned);
    let id = DocumentId::new(id);
    if let Some(import) = &document.import {
        // Gainsay's own: exactly as it was.
        let source = Arc::new(crate::model::Source::new(text, import.clone()));
        let mut info = document.info.clone().unwrap_or_default();
        let reading = std::mem::take(&mut info.reading);
        let by = |id: AnnotatorId| names.annotators.get(&id).cloned();
        info.reading = reading.into_iter().filter_map(|(id, reading)| Some((by(id)?, reading))).collect();
        return Ok(Document { id, source, info: Arc::new(info) });
    }
    let decoded = decode::decode(text.as_bytes(), Some("utf-8")).map_err(|error| error.to_string())?;
    let file_name = (!name.is_empty()).then_some(name);
    let mut made = decode::document(decoded, file_name, at, id);
    if let Some(info) = &document.info {
        made.info = Arc::new(info.clone());
    }
    Ok(made)
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
        let (reading, found) = place(text, &sought);
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

/// What is in the session already, by place and tag.
struct Known<'a> {
    session: &'a Session,
    /// Annotations that no passage of the file has been found to be yet.
    free: BTreeMap<(DocumentId, Option<Span>, crate::model::TagId), Vec<&'a Annotation>>,
    made: BTreeSet<AnnotationId>,
}

impl<'a> Known<'a> {
    fn of(session: &'a Session) -> Self {
        let mut free: BTreeMap<_, Vec<&Annotation>> = BTreeMap::new();
        for annotation in session.annotations.values() {
            free.entry(Self::key(annotation)).or_default().push(annotation);
        }
        Self { session, free, made: BTreeSet::new() }
    }

    fn key(annotation: &Annotation) -> (DocumentId, Option<Span>, crate::model::TagId) {
        (annotation.anchor.document().clone(), annotation.anchor.span(), annotation.tag.clone())
    }

    /// Adds the annotation unless it is there; returns the id under which it is.
    fn put(
        &mut self,
        mut annotation: Annotation,
        passage: &ForeignPassage,
        (part, parts): (usize, usize),
        document: &Document,
        names: &Names,
        taken: &mut Taken,
    ) -> AnnotationId {
        let has_id = passage.id.is_some() && part == 0;
        if has_id && let Some(own) = self.session.annotations.get(&annotation.id) {
            taken.report.already += 1;
            if **own != annotation {
                let what = format!("{}: it is here already, and different: left as it is", named(passage));
                taken.report.left_out.push(what);
            }
            return own.id;
        }
        if !has_id {
            let is_told = names.said.is_some() || passage.annotator.is_some();
            let same = |own: &&Annotation| {
                (!is_told || own.annotator == annotation.annotator)
                    && (own.anchor.span().is_some() || own.anchor == annotation.anchor)
            };
            if let Some(free) = self.free.get_mut(&Self::key(&annotation))
                && let Some(at) = free.iter().position(same)
            {
                taken.report.already += 1;
                return free.swap_remove(at).id;
            }
            annotation.id = self.new_id(&annotation, document);
        }
        if parts > 1 {
            let told = format!("part {} of {parts} of {}", part + 1, passage.name);
            let note = &mut annotation.note;
            *note = if note.is_empty() { told } else { format!("{note}\n{told}") };
        }
        let id = annotation.id;
        if !self.made.insert(id) {
            taken.report.left_out.push(format!("{}: a second passage with its id: left out", named(passage)));
            return id;
        }
        taken.report.placed += usize::from(annotation.anchor.span().is_some());
        taken.edits.push(Edit::PutAnnotation(Arc::new(annotation)));
        id
    }

    /// An id made of what the annotation is, the same when the file is read again.
    fn new_id(&self, annotation: &Annotation, document: &Document) -> AnnotationId {
        let digest = document.source.digest.to_string();
        let (place, words) = match &annotation.anchor {
            Anchor::Placed { span, .. } => (span.to_string(), span.of(document.text()).unwrap_or_default()),
            Anchor::Orphan(orphan) => ("orphan".to_owned(), orphan.quote.as_str()),
        };
        for twin in 0_u32.. {
            let twin = twin.to_string();
            let (tag, by) = (annotation.tag.as_str(), annotation.annotator.as_str());
            let id = AnnotationId(made_id(&["annotation", &digest, tag, by, &place, words, &twin]));
            if !self.made.contains(&id) && !self.session.annotations.contains_key(&id) {
                return id;
            }
        }
        unreachable!("numbers do not end before ids do")
    }
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
    for link in &foreign.links {
        let ends = |at: usize| annotations.get(at).copied().flatten();
        let (Some(from), Some(to)) = (ends(link.from), ends(link.to)) else {
            taken.report.left_out.push(format!("{}: one of its ends is not here", told(foreign, link)));
            continue;
        };
        let Some(kind) = names.link_kinds.get(&link.kind).filter(|_| from != to) else {
            taken.report.left_out.push(format!("{}: it ties nothing to nothing", told(foreign, link)));
            continue;
        };
        let words = [kind.as_str(), &from.to_string(), &to.to_string()];
        let id = link.id.unwrap_or_else(|| LinkId(made_id(&["link", words[0], words[1], words[2]])));
        let is_same = |own: &Arc<Link>| own.from == from && own.to == to && own.kind == *kind;
        let is_there = session.links.contains_key(&id)
            || link.id.is_none() && session.links.values().any(is_same)
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
