//! What the reports for readers say of each passage: numbers through all documents, facts in words, links from both
//! ends. One way to it, so that the page and the Markdown say the same.

use std::collections::BTreeMap;

use super::export::Losses;
use super::passages::{self, DocumentPassages, Passage, statement_name, tag_name, voice_names};
use crate::model::{
    Annotation, AnnotationId, Comment, CommentStatus, Link, Session, Statement, StatementId, Timestamp,
};

/// The numbers of all passages and what ties them.
pub struct Entries<'a> {
    session: &'a Session,
    spots: BTreeMap<AnnotationId, Spot>,
    links: BTreeMap<AnnotationId, Vec<&'a Link>>,
    /// By document, in the order of reading.
    statements: BTreeMap<StatementId, Vec<AnnotationId>>,
}

/// Where a passage is found in the report.
pub struct Spot {
    /// Its number, from 1 through all documents.
    pub number: usize,
    /// The index of its document.
    pub document: usize,
    /// Its words on one line, cut where they are many.
    pub words: String,
}

/// A passage as it is listed.
pub struct Entry<'a> {
    /// The annotation.
    pub annotation: &'a Annotation,
    /// Its number.
    pub number: usize,
    /// The name of its tag.
    pub tag: &'a str,
    /// Its words with their line ends, without Markdown marks.
    pub words: String,
    /// What is known of it: a name and what it is, in the order in which it is told; none empty.
    pub facts: Vec<(&'a str, String)>,
    /// Its links, from and to.
    pub ties: Vec<Tie<'a>>,
    /// What was said of it: who and when, and the words.
    pub comments: Vec<(String, &'a str)>,
    /// Who made it and when, and when it was changed last.
    pub made: String,
}

/// A link as it is told at one of its ends.
pub struct Tie<'a> {
    /// What this end does to the other, or has done to it: "denies", "denied by".
    pub says: &'a str,
    /// This end is where it starts.
    pub is_from: bool,
    /// The other end.
    pub other: AnnotationId,
    /// Its note, or empty.
    pub note: &'a str,
}

/// Words that stand for a passage elsewhere are cut after so many characters.
const SHORT_CHARS: usize = 90;

impl<'a> Entries<'a> {
    /// Numbers the passages of a session.
    pub fn of(session: &'a Session) -> Self {
        let mut entries =
            Self { session, spots: BTreeMap::new(), links: BTreeMap::new(), statements: BTreeMap::new() };
        for (document, passages) in passages::documents(session).enumerate() {
            for passage in passages.passages() {
                let id = passage.annotation.id;
                let spot = Spot { number: entries.spots.len() + 1, document, words: short(&passage.words) };
                entries.spots.insert(id, spot);
                if let Some(statement) = passage.annotation.statement {
                    entries.statements.entry(statement).or_default().push(id);
                }
            }
        }
        for link in session.links.values() {
            entries.links.entry(link.from).or_default().push(link);
            if link.to != link.from {
                entries.links.entry(link.to).or_default().push(link);
            }
        }
        entries
    }

    /// Where a passage is found.
    pub fn spot(&self, id: AnnotationId) -> Option<&Spot> {
        self.spots.get(&id)
    }

    /// What is told of a passage.
    pub fn entry(&self, document: &DocumentPassages<'a>, passage: Passage<'a>) -> Entry<'a> {
        let session = self.session;
        let annotation = passage.annotation;
        let mut facts = Vec::new();
        match &passage.place {
            Some(place) => {
                let paragraph = document.cited().paragraph_words(place.span);
                let under =
                    if place.section.is_empty() { String::new() } else { format!(", {}", place.section) };
                facts.push(("Place", format!("{paragraph}{under}")));
                facts.push(("Question", place.question.clone()));
                facts.push(("Citation", place.citation.clone()));
            }
            None => {
                facts.push(("Place", "orphan: its text is no longer in the document".to_owned()));
                let context = format!("{} […] {}", passage.before.trim(), passage.after.trim());
                facts.push(("Stood in", context.trim().to_owned()));
            }
        }
        facts.push(("Statement", statement_name(session, annotation).to_owned()));
        facts.push(("Voice", voice_names(session, annotation)));
        for (id, value) in &annotation.attributes {
            let name = session.scheme.attribute(id).map_or(id.as_str(), |it| &it.name);
            facts.push((if name.trim().is_empty() { id.as_str() } else { name }, value.clone()));
        }
        facts.push(("Note", annotation.note.clone()));
        facts.retain(|(_, words)| !words.trim().is_empty());
        Entry {
            annotation,
            number: self.spot(annotation.id).map_or(0, |spot| spot.number),
            tag: tag_name(session, annotation),
            words: passage.words,
            facts,
            ties: self.ties(annotation.id),
            comments: annotation.comments.iter().map(|it| (self.heading(it), it.text.as_str())).collect(),
            made: self.made(annotation),
        }
    }

    fn ties(&self, id: AnnotationId) -> Vec<Tie<'a>> {
        let links = self.links.get(&id).map_or(&[][..], Vec::as_slice);
        let tie = |link: &&'a Link| {
            let kind = self.session.scheme.link_kind(&link.kind);
            let is_from = link.from == id;
            let says = match kind {
                Some(kind) if is_from => kind.name.as_str(),
                Some(kind) => kind.inverse.as_str(),
                None => link.kind.as_str(),
            };
            Tie { says, is_from, other: if is_from { link.to } else { link.from }, note: &link.note }
        };
        links.iter().map(tie).collect()
    }

    fn heading(&self, comment: &Comment) -> String {
        let status = match comment.status {
            None => "",
            Some(CommentStatus::Accepted) => ", accepts it",
            Some(CommentStatus::Questioned) => ", questions it",
            Some(CommentStatus::Rejected) => ", rejects it",
        };
        format!("{}, {}{status}", self.session.annotator_name(&comment.author), minute(comment.at))
    }

    fn made(&self, annotation: &Annotation) -> String {
        let who = self.session.annotator_name(&annotation.annotator);
        let (made, changed) = (minute(annotation.created), minute(annotation.modified));
        if made == changed { format!("{who}, {made}") } else { format!("{who}, {made}; changed {changed}") }
    }

    /// The statements as they are listed, each with the passages about it in the order of reading.
    pub fn statements(&self) -> Vec<(&'a Statement, &[AnnotationId])> {
        let mut statements: Vec<&Statement> = self.session.statements.values().map(|it| &**it).collect();
        statements.sort_by_key(|it| (&it.group, it.order, &it.name, it.id));
        let about = |it: &Statement| self.statements.get(&it.id).map_or(&[][..], Vec::as_slice);
        statements.into_iter().map(|it| (it, about(it))).collect()
    }
}

/// What a report for readers leaves out.
pub fn lost_in_reports(session: &Session, losses: &mut Losses) {
    let changes = session.annotations.values().map(|it| it.changes.len()).sum();
    losses.add(
        changes,
        "earlier change is not told, only the last date",
        "earlier changes are not told, only the last dates",
    );
    let taken = session.annotations.values().filter(|it| it.provenance.is_some()).count();
    losses.add(
        taken,
        "passage does not say whom it was taken over from",
        "passages do not say whom they were taken over from",
    );
    let rules = session.scheme.tags.iter().map(|tag| tag.rules.len() + tag.examples.len()).sum();
    losses.add(
        rules,
        "rule or example is only in the codebook",
        "rules and examples are only in the codebook",
    );
    let decisions = session.decisions.len() + session.conflicts.len() + session.remarks.len();
    losses.add(
        decisions,
        "decision or conflict of a review is not told",
        "decisions and conflicts of reviews are not told",
    );
    let kept = session.actors.values().filter(|it| !it.note.is_empty()).count();
    losses.add(kept, "note on a speaker is not told", "notes on speakers are not told");
}

/// `2031-06-13 14:20 UTC`.
pub fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    let Some((day, time)) = text.split_once('T') else { return text };
    format!("{day} {} UTC", time.get(..5).unwrap_or(time))
}

/// On one line, at most [`SHORT_CHARS`] characters, cut after a word.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(SHORT_CHARS) else { return line };
    let end = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", &line[..end])
}
