//! What is on screen: panes, selection, filter, overlays. Not undone, not in the session file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ActorId, Annotation, AnnotationId, AnnotatorId, DocumentId, Span, StatementId, TagId, Timestamp,
};

use super::Selection;

/// Names a pane while it is open; two panes may show one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaneId(pub u64);

/// What is on screen, as far as a user would miss it.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// To read and mark, or to compare and decide.
    pub mode: super::Mode,
    /// Columns, from the left.
    pub panes: Vec<Pane>,
    /// The columns on screen, as last drawn; the others lie behind tabs. Empty before the first frame.
    pub on_screen: Vec<PaneId>,
    /// How many columns have room side by side, as last drawn; 0 before the first frame.
    pub room: usize,
    /// The pane that keys go to.
    pub focus: Option<PaneId>,
    /// The selection or caret, in the pane where it was made.
    pub selection: Option<(PaneId, Selection)>,
    /// The annotation that keys and inspector act on.
    pub chosen: Option<AnnotationId>,
    /// The annotations picked in the table, to be changed together. None, or two and more.
    pub picked: BTreeSet<AnnotationId>,
    /// The row picked last, from which Shift picks on.
    pub pick_from: Option<AnnotationId>,
    /// What of each document has been on screen for a moment: sorted spans.
    pub seen: BTreeMap<DocumentId, Vec<Span>>,
    /// The end of the chosen annotation that keys move.
    pub edge: Option<Edge>,
    /// The places one has come from.
    pub trail: super::trail::Trail,
    /// The comment field is asked for.
    pub focus_comment: bool,
    /// The tag that marks when the mouse is released.
    pub sticky: Option<TagId>,
    /// The note field is asked for.
    pub focus_note: bool,
    /// The filter field is asked for.
    pub focus_filter: bool,
    /// The table shall scroll to the chosen annotation.
    pub row_wanted: bool,
    /// Which chart is shown.
    pub chart: super::ChartOf,
    /// The document that a chart along a document shows; `None`: the one in focus.
    pub chart_document: Option<DocumentId>,
    /// What is asked of an export.
    pub exporting: super::Exporting,
    /// Whose imported passages are, whatever the files say; empty: as the files say.
    pub import_as: String,
    /// In which order documents are listed.
    pub order: super::DocumentOrder,
    /// Under which headings.
    pub grouping: super::Grouping,
    /// What could be filled in is not asked for again before the session is opened anew.
    pub later: bool,
    /// What is searched for, and what was found.
    pub search: super::search::Search,
    /// Links being made and drawn, columns that stand level.
    pub links: super::links::LinkView,
    /// Which annotations the table shows.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Raised with each change of filter or order.
    pub filter_revision: u64,
    /// What is on screen of the matrix.
    pub matrix: super::MatrixView,
    /// The last number given to a pane.
    pub last_pane: u64,
}

/// An end of an annotation that keys move, and the span as it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The annotation.
    pub id: AnnotationId,
    /// Its start is moved, not its end.
    pub start: bool,
    /// Where it would stand.
    pub span: Span,
}

impl Edge {
    /// Where the end that is moved stands.
    pub const fn at(&self) -> usize {
        if self.start { self.span.start() } else { self.span.end() }
    }
}

/// A column with a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Pane {
    /// Its name.
    pub id: PaneId,
    /// What it shows.
    pub document: DocumentId,
    /// Its share of the width, of any total.
    pub share: f32,
    /// First byte of the canonical text on screen, as last drawn.
    pub top: usize,
    /// Bytes on screen, as last drawn.
    pub visible: std::ops::Range<usize>,
    /// Where the reader shall scroll at the next frame.
    pub scroll_to: Option<ScrollTo>,
}

/// A place to scroll to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollTo {
    /// Byte of the canonical text.
    pub offset: usize,
    /// Where the passage ends that begins there: shown with it, as far as there is room.
    pub end: usize,
    /// Where on screen it shall come to stand.
    pub place: ScrollPlace,
}

impl ScrollTo {
    /// A single place.
    pub const fn to(offset: usize, place: ScrollPlace) -> Self {
        Self { offset, end: offset, place }
    }

    /// A passage.
    pub const fn to_span(span: Span, place: ScrollPlace) -> Self {
        Self { offset: span.start(), end: span.end(), place }
    }
}

/// Where on screen a place shall come to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollPlace {
    /// At the top.
    Top,
    /// A third from the top.
    Center,
    /// Only if it is hidden, and then as little as needed.
    IfHidden,
    /// So many points below the top of the text.
    At(i32),
}

/// Which annotations the table shows; empty fields let all pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these tags.
    pub tags: Vec<TagId>,
    /// Only this document.
    pub document: Option<DocumentId>,
    /// Only where passage, note, or the name of statement or voice contains this, without regard to case and accents.
    pub text: String,
    /// Only those marked unsure.
    pub unsure: bool,
    /// Only those of this annotator.
    pub annotator: Option<AnnotatorId>,
    /// Only those about this statement.
    pub statement: Option<StatementId>,
    /// Only those in whose chain of voices this one speaks.
    pub voice: Option<ActorId>,
    /// Only those for which no voice is given.
    pub voiceless: bool,
    /// Only those with this tag that were made before this moment, when a rule was added.
    pub before: Option<(TagId, Timestamp)>,
}

impl Filter {
    /// True when an annotation passes, its words and notes aside.
    pub fn passes(&self, annotation: &Annotation) -> bool {
        (self.tags.is_empty() || self.tags.contains(&annotation.tag))
            && self.document.as_ref().is_none_or(|id| id == annotation.anchor.document())
            && (!self.unsure || annotation.unsure)
            && self.annotator.as_ref().is_none_or(|id| *id == annotation.annotator)
            && self.statement.is_none_or(|id| annotation.statement == Some(id))
            && self.voice.as_ref().is_none_or(|id| annotation.voice.contains(id))
            && (!self.voiceless || annotation.voice.is_empty())
            && self.before.as_ref().is_none_or(|(tag, at)| annotation.tag == *tag && annotation.created < *at)
    }

    /// True when all annotations pass.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: super::Column,
    /// Last first.
    pub descending: bool,
}

/// How a caret or the end of a selection moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// A grapheme cluster back.
    CharLeft,
    /// A grapheme cluster on.
    CharRight,
    /// To the start of a word.
    WordLeft,
    /// To the end of a word.
    WordRight,
    /// To the start of the sentence, or of the one before.
    SentenceBack,
    /// To the end of the sentence, or of the next.
    SentenceOn,
    /// To the start of the paragraph, or of the one before.
    ParagraphUp,
    /// To the start of the next paragraph.
    ParagraphDown,
    /// To the start of the text.
    DocumentStart,
    /// To the end of the text.
    DocumentEnd,
    /// Rows on screen up (negative) or down; needs the layout.
    Rows(i8),
    /// Pages up (negative) or down; needs the layout.
    Pages(i8),
    /// To the start of the row; needs the layout.
    RowStart,
    /// To the end of the row; needs the layout.
    RowEnd,
}

/// What stands over the window.
#[derive(Debug)]
pub enum Overlay {
    /// Every action, by name.
    Palette,
    /// Every key.
    Help,
    /// Messages that have gone by.
    Log,
    /// Version, format, licenses.
    About,
    /// The annotator's name.
    Name,
    /// What is known of a document.
    Document(DocumentId),
    /// Title and note of the session.
    Session,
    /// A further tag for the chosen passage.
    AlsoTag,
    /// Which link to make of an echo.
    LinkEcho,
    /// A statement for the chosen or picked passages.
    PutUnder,
    /// Who speaks in the chosen or picked passages.
    Voice,
    /// All who speak in the documents.
    Voices,
    /// A statement to be changed, or a new one.
    Statement(Option<StatementId>),
    /// Words for the notes of all picked annotations.
    NotePicked,
    /// A tag for all hits of the search.
    TagHits,
    /// Where a passage stands again that is to be marked as not text.
    NotText {
        /// The document where it was selected.
        document: DocumentId,
        /// Where in it.
        span: Span,
        /// The other places.
        places: Vec<FurniturePlace>,
    },
    /// The tags, attributes and link kinds.
    Scheme,
    /// What is known of all documents, as a table.
    Sources,
    /// Counts as pictures.
    Charts,
    /// Where an export is to go, and what goes along.
    Export,
    /// Of which program files are to be read.
    Import,
    /// What the user can set.
    Settings,
    /// Which tags and statements of the layer with this number are which of one's own.
    Mapping(usize),
    /// A tag for the mark that is to stand in the place of those of a difference.
    MakeNew,
    /// All figures of agreement.
    Agreement,
    /// Earlier versions of the session.
    Versions,
    /// What a corrected text would make of a document's annotations.
    Replace,
    /// The number of a paragraph or line to go to.
    GoTo {
        /// What was wrong with the last one, or empty.
        wrong: String,
    },
    /// What a link says.
    LinkKind {
        /// Where it starts.
        from: AnnotationId,
        /// Where it ends.
        to: AnnotationId,
        /// The link that is changed; `None`: a new one.
        link: Option<crate::model::LinkId>,
    },
    /// The note of a link.
    LinkNote(crate::model::LinkId),
    /// A path to type where no file dialog opens.
    Path(super::PathPurpose),
    /// Something that must be answered.
    Question {
        /// What is asked.
        text: String,
        /// Details, such as previews of a text under several encodings.
        details: Vec<String>,
        /// What can be answered, the safest first.
        answers: Vec<super::Answer>,
    },
}

impl Overlay {
    /// The same sheet, for one that stays in place while something is asked over it.
    pub(super) fn sheet(&self) -> Option<Self> {
        Some(match self {
            Self::Scheme => Self::Scheme,
            Self::Sources => Self::Sources,
            Self::Charts => Self::Charts,
            Self::Export => Self::Export,
            Self::Import => Self::Import,
            Self::Settings => Self::Settings,
            Self::Agreement => Self::Agreement,
            _ => return None,
        })
    }
}

/// A place where something stands that may not be text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurniturePlace {
    /// The document.
    pub document: DocumentId,
    /// Where in it.
    pub span: Span,
    /// What stands before it.
    pub before: String,
    /// It.
    pub words: String,
    /// What stands after it.
    pub after: String,
    /// It looks like the first: in the same document, alone on its line if that is.
    pub likely: bool,
}

impl View {
    /// The pane with this name.
    pub fn pane(&self, id: PaneId) -> Option<&Pane> {
        self.panes.iter().find(|pane| pane.id == id)
    }

    /// The pane with this name.
    pub fn pane_mut(&mut self, id: PaneId) -> Option<&mut Pane> {
        self.panes.iter_mut().find(|pane| pane.id == id)
    }

    /// The columns on screen; all, where none have been drawn yet.
    pub fn shown(&self) -> impl Iterator<Item = &Pane> {
        let is_shown = |pane: &&Pane| self.on_screen.is_empty() || self.on_screen.contains(&pane.id);
        self.panes.iter().filter(is_shown)
    }

    /// The pane that keys go to.
    pub fn focused(&self) -> Option<&Pane> {
        self.pane(self.focus?)
    }

    /// The selection in a pane.
    pub fn selection_in(&self, id: PaneId) -> Option<Selection> {
        self.selection.filter(|(pane, _)| *pane == id).map(|(_, selection)| selection)
    }

    /// Opens a pane at `index` and puts the focus there.
    pub fn add_pane(&mut self, index: usize, document: DocumentId) -> PaneId {
        self.last_pane += 1;
        let id = PaneId(self.last_pane);
        let count = self.panes.len().max(1) as f32;
        let total: f32 = self.panes.iter().map(|pane| pane.share).sum();
        let share = if total > 0.0 { total / count } else { 1.0 };
        let pane = Pane { id, document, share, top: 0, visible: 0..0, scroll_to: None };
        self.panes.insert(index.min(self.panes.len()), pane);
        self.focus = Some(id);
        id
    }

    /// Another text stands under a document's id now.
    pub(super) fn text_replaced(&mut self, document: &DocumentId, text: &str) {
        self.seen.remove(document);
        let selection = self.selection.take();
        self.selection =
            selection.filter(|(id, _)| self.pane(*id).is_some_and(|it| it.document != *document));
        self.edge = None;
        for pane in self.panes.iter_mut().filter(|pane| pane.document == *document) {
            let top = text.floor_char_boundary(pane.top);
            (pane.top, pane.visible) = (top, top..top);
            pane.scroll_to = Some(ScrollTo::to(top, ScrollPlace::Top));
        }
    }

    /// Puts the focus back where there is something, when its target has gone.
    pub fn repair(&mut self) {
        if self.focused().is_none() {
            self.focus = self.panes.first().map(|pane| pane.id);
        }
        if self.selection.is_some_and(|(pane, _)| self.pane(pane).is_none()) {
            self.selection = None;
        }
        let panes = &self.panes;
        let locked = &mut self.links.locked;
        locked.retain(|id| panes.iter().any(|pane| pane.id == *id));
        // One column alone scrolls with none.
        if locked.len() == 1 {
            locked.clear();
        }
    }
}
