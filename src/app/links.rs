//! Links between annotations: which hang on which, the one that is being made, columns that stand level.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::{Edit, Step};
use crate::model::{
    Annotation, AnnotationId, DocumentId, Link, LinkId, LinkKind, LinkKindId, Session, Span, StatementId,
};

use super::{Desk, PaneId, shortened};

/// Something to do with links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAction {
    /// Begin a link at this annotation.
    Start(AnnotationId),
    /// Ask what the link from the first to the second says.
    Ask(AnnotationId, AnnotationId),
    /// Ask what a link says that is there.
    AskKind(LinkId),
    /// The link that is asked about goes the other way.
    Turn,
    /// What is asked about says this.
    Take(LinkKindId),
    /// Write a note on a link.
    AskNote(LinkId),
    /// The note of a link is this now.
    SetNote(LinkId, String),
    /// Remove a link.
    Remove(LinkId),
    /// Go to the annotation at the other end of a link of the chosen one.
    GoTo(AnnotationId),
}

/// Which links hang on an annotation. Takes edits as they come; equals a full recomputation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkIndex {
    by_annotation: BTreeMap<AnnotationId, Vec<LinkId>>,
    ends: BTreeMap<LinkId, [AnnotationId; 2]>,
}

impl LinkIndex {
    /// Computes everything anew.
    pub fn of(session: &Session) -> Self {
        let mut index = Self::default();
        session.links.values().for_each(|link| index.put(link));
        index
    }

    /// A step was applied.
    pub(super) fn take(&mut self, step: &Step) {
        for edit in &step.edits {
            match edit {
                Edit::PutLink(link) => self.put(link),
                Edit::RemoveLink(id) => self.remove(*id),
                _ => {}
            }
        }
    }

    fn put(&mut self, link: &Link) {
        self.remove(link.id);
        let ends = [link.from, link.to];
        for end in ends {
            let list = self.by_annotation.entry(end).or_default();
            if let Err(at) = list.binary_search(&link.id) {
                list.insert(at, link.id);
            }
        }
        self.ends.insert(link.id, ends);
    }

    fn remove(&mut self, id: LinkId) {
        for end in self.ends.remove(&id).into_iter().flatten() {
            if let Some(list) = self.by_annotation.get_mut(&end) {
                list.retain(|other| *other != id);
                if list.is_empty() {
                    self.by_annotation.remove(&end);
                }
            }
        }
    }

    /// The links from or to an annotation, by id.
    pub fn links_at(&self, id: AnnotationId) -> &[LinkId] {
        self.by_annotation.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// A link as one of its ends sees it.
#[derive(Clone, Copy)]
pub struct Tie<'a> {
    /// The link.
    pub link: &'a Arc<Link>,
    /// It goes from this end to the other.
    pub out: bool,
    /// The annotation at the other end.
    pub other: &'a Arc<Annotation>,
}

impl<'a> Tie<'a> {
    /// What it says, read from this end: "quotes", "quoted by".
    pub fn words(&self, session: &'a Session) -> &'a str {
        let kind = session.scheme.link_kind(&self.link.kind);
        kind.map_or("", |kind| if self.out { &kind.name } else { &kind.inverse })
    }
}

impl Desk {
    /// The links of an annotation, in the order of the documents and passages at their other ends.
    pub fn ties(&self, id: AnnotationId) -> Vec<Tie<'_>> {
        let session = self.session();
        let tie = |link: &LinkId| {
            let link = session.links.get(link)?;
            let out = link.from == id;
            let other = self.annotation(if out { link.to } else { link.from })?;
            Some(Tie { link, out, other })
        };
        let mut ties: Vec<Tie<'_>> = self.links().links_at(id).iter().filter_map(tie).collect();
        ties.sort_by_cached_key(|tie| {
            let anchor = &tie.other.anchor;
            let start = anchor.span().map_or(usize::MAX, Span::start);
            (session.document_index(anchor.document()), start, tie.link.id)
        });
        ties
    }

    /// An annotation by tag and place: "caveat, Letter, ¶ 44".
    pub fn end_words(&self, annotation: &Annotation) -> String {
        let tag = self.session().scheme.tag(&annotation.tag).map_or("annotation", |tag| &tag.name);
        format!("{tag}, {}", self.place_words(annotation))
    }

    /// Where a passage stands: "Letter, ¶ 44".
    pub fn place_words(&self, annotation: &Annotation) -> String {
        self.place_words_in(annotation, 30)
    }

    /// The same, with at most so many letters of the document's name: never the number is cut.
    pub fn place_words_in(&self, annotation: &Annotation, most: usize) -> String {
        let Some((document, cache)) = self.document(annotation.anchor.document()) else {
            return String::new();
        };
        let label = shortened(document.label(), most);
        match annotation.anchor.span() {
            Some(span) => format!("{label}, ¶ {}", cache.paragraphs.number_at(span.start())),
            None => format!("{label}, place lost"),
        }
    }

    /// The annotation that a link would start or end at: the chosen one, else the shortest at the caret.
    pub fn at_hand(&self) -> Option<AnnotationId> {
        let pane = self.view.focused()?;
        let caret = self.view.selection_in(pane.id).filter(|selection| selection.is_caret());
        let at_caret = || {
            let cache = self.cache(&pane.document)?;
            Some(cache.marks.at(&cache.rendering, caret?.head).first()?.id)
        };
        self.view.chosen.or_else(at_caret)
    }

    /// The kinds that a link can be of, in the scheme's order, so that a digit always means the same; and which of them is
    /// likeliest: the one that fits, else the one used last.
    pub fn kinds_for(&self, from: AnnotationId, to: AnnotationId) -> (Vec<&LinkKind>, usize) {
        let kinds: Vec<&LinkKind> =
            self.session().scheme.link_kinds.iter().filter(|kind| !kind.retired).collect();
        let last = || self.view.links.last_kind.as_ref().map(LinkKindId::as_str);
        let place = |id: &str| kinds.iter().position(|kind| kind.id.as_str() == id);
        let fits = fitting(self.session(), from, to).and_then(place);
        let likely = fits.or_else(|| last().and_then(place)).unwrap_or(0);
        (kinds, likely)
    }
}

/// The kind of the starting scheme that goes with what two passages are.
fn fitting(session: &Session, from: AnnotationId, to: AnnotationId) -> Option<&'static str> {
    let (from, to) = (session.annotations.get(&from)?, session.annotations.get(&to)?);
    let words = |annotation: &Annotation| -> Vec<String> {
        let quote = session.quote(annotation).to_lowercase();
        let words = quote.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(MOST_WORDS).map(str::to_owned).collect()
    };
    let (ours, theirs) = (words(from), words(to));
    let (short, long) = if ours.len() < theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
    if short.len() >= FEWEST_WORDS && long.windows(short.len()).any(|window| window == short.as_slice()) {
        return Some("quotes");
    }
    if from.tag == to.tag && from.statement.is_some() && from.statement == to.statement {
        return Some("supports");
    }
    match from.tag.as_str() {
        "caveat" => Some("qualifies"),
        "denial" => Some("denies"),
        _ => None,
    }
}

/// Words that two passages have to share to be taken for a quotation.
const FEWEST_WORDS: usize = 5;
/// Longer passages are compared by their first words.
const MOST_WORDS: usize = 400;

/// What is on screen of links.
#[derive(Clone, Debug, Default)]
pub struct LinkView {
    /// The annotation at which a link was begun.
    pub start: Option<AnnotationId>,
    /// All links on screen are drawn, not those of the chosen annotation alone.
    pub all: bool,
    /// The kind of the link made last.
    pub last_kind: Option<LinkKindId>,
    /// Whose links are followed, and where that has led.
    pub(super) followed: Option<Followed>,
    /// Columns that are to be made level, at the next frame.
    pub level: Option<Level>,
    /// Columns that scroll together.
    pub locked: Vec<PaneId>,
}

/// Whose links are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    pub origin: AnnotationId,
    /// The annotation that was gone to.
    pub at: AnnotationId,
    /// How many of its links have been followed.
    pub count: usize,
}

/// Passages that are to stand at one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// In which column which passage.
    pub places: Vec<(PaneId, Span)>,
    /// Points from the top of the text; `None`: where the first passage stands.
    pub y: Option<i32>,
    /// How often it was tried: near the ends of a text not every height can be had.
    pub tries: u8,
}

/// The passages that go with an annotation: the other ends of its links, else those under its statement.
pub(super) fn companions(desk: &Desk, id: AnnotationId) -> Vec<(DocumentId, Span)> {
    let place = |annotation: &Annotation| {
        annotation.anchor.span().map(|span| (annotation.anchor.document().clone(), span))
    };
    let mut places: Vec<_> = desk.ties(id).iter().filter_map(|tie| place(tie.other)).collect();
    if places.is_empty()
        && let Some(statement) = desk.annotation(id).and_then(|annotation| annotation.statement)
    {
        places = under(desk, statement, id).filter_map(|it| place(it)).collect();
        let session = desk.session();
        places.sort_by_cached_key(|(document, span)| (session.document_index(document), *span));
    }
    places
}

fn under(desk: &Desk, statement: StatementId, but: AnnotationId) -> impl Iterator<Item = &Arc<Annotation>> {
    let annotations = desk.session().annotations.values();
    annotations.filter(move |it| it.statement == Some(statement) && it.id != but)
}
