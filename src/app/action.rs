//! Actions: all that the window can ask for.

use std::path::PathBuf;

use crate::format::citation::CitationForm;
use crate::format::table::named;
use crate::model::{
    AnnotationId, AttributeId, CommentId, CommentStatus, DocumentId, DocumentInfo, ReadingStatus, Scheme,
    SessionInfo, Span, StatementId, TagId,
};

use super::{Command, JobResult, Overlay, PaneId, Panel, ScrollTo, Selection, Sort};

/// Something to do. What the window returns, what jobs send back.
#[derive(Debug)]
pub enum Action {
    /// A command of the table.
    Command(Command),
    /// A job has ended.
    Job(Box<JobResult>),

    /// Open files: one session, or documents, told apart by their names and first bytes.
    OpenPaths(Vec<PathBuf>),
    /// Open a session that was never saved to a file.
    OpenUnsaved(crate::model::SessionId),
    /// Make a document of a text.
    PasteText(String),
    /// Read a file again in this encoding.
    OpenWithEncoding(PathBuf, String),
    /// A file dialog was answered; `None`: it could not be shown, or was left.
    Picked(PathPurpose, Option<Vec<PathBuf>>),
    /// A path was typed where no dialog opens: a file that is there is not written over without a word.
    PathTyped(PathPurpose, PathBuf),
    /// Write the session to this file from now on.
    SaveTo(PathBuf),
    /// Write in the format of this name to this file or folder what the export sheet says.
    ExportTo(&'static str, PathBuf),
    /// The form of the export sheet is this now.
    SetExport(Box<super::ExportForm>),
    /// Imported passages are this person's, whatever the files say; empty: as the files say.
    SetImportAs(String),
    /// Take in what was read of other programs' files.
    TakeIn(Box<super::Imported>),
    /// Open the first documents, if no column is open.
    ShowFirst,

    /// The selection or caret in a pane is this now.
    Select(PaneId, Selection),
    /// The mouse was released over a selection.
    SelectionReleased(PaneId, Selection),
    /// The text was clicked at this byte; `again`: at the same place as before.
    Click { pane: PaneId, offset: usize, again: bool },
    /// Choose an annotation, and show it.
    Choose(Option<AnnotationId>),
    /// Choose an annotation and scroll to it, opening a column for it if need be.
    JumpTo(AnnotationId),
    /// A tag was asked for by its id.
    Tag(TagId),
    /// Mark a span with a tag.
    Mark { document: DocumentId, span: Span, tag: TagId },
    /// Make a tag sticky, or none.
    Stick(Option<TagId>),
    /// Change an annotation.
    Change(AnnotationId, AnnotationChange),
    /// Change all annotations that are picked in the table.
    ChangePicked(AnnotationChange),
    /// Add these words to the note of each annotation that is picked.
    NotePicked(String),
    /// Pick these annotations in the table, besides those that are.
    Pick(Vec<AnnotationId>),
    /// Pick no longer.
    Unpick(Vec<AnnotationId>),
    /// Pick all rows from the last one picked, or the chosen one, to this.
    PickTo(AnnotationId),
    /// Mark the chosen passage with a further tag.
    AlsoTag(TagId),
    /// Make one annotation of these two.
    Join(AnnotationId, AnnotationId),
    /// Say something about an annotation.
    AddComment(AnnotationId, Said),
    /// Take back what one has said.
    RemoveComment(AnnotationId, CommentId),
    /// What one wants to do in a session that others have worked in.
    Access(AccessChoice),
    /// Work on in a session that others have worked in, beginning with this.
    WorkOnWith(Box<PendingStep>),
    /// Mark these places as not text (`true`), or as text again.
    SetFurniture(Vec<(DocumentId, Span)>, bool),
    /// A pane has rested on what it shows.
    Seen(PaneId),
    /// The comment field has got the focus that was asked for.
    CommentFocused,
    /// Delete annotations.
    Delete(Vec<AnnotationId>),

    /// Open a document in a column, or go to the column where it is.
    ShowDocument(DocumentId),
    /// Open a document in a further column.
    ShowBeside(DocumentId),
    /// Put the focus into a pane.
    FocusPane(PaneId),
    /// Close a pane.
    ClosePane(PaneId),
    /// Show another document in a pane.
    SwitchPane(PaneId, DocumentId),
    /// Put a pane at this place in the row.
    MovePane(PaneId, usize),
    /// The widths of the columns are these shares now.
    SetShares(Vec<(PaneId, f32)>),
    /// These columns are on screen, the others behind tabs; and so many would have room.
    ColumnsDrawn(Vec<PaneId>, usize),
    /// What a pane showed when it was drawn.
    PaneDrawn { pane: PaneId, top: usize, visible: std::ops::Range<usize> },
    /// Scroll a pane.
    Scroll(PaneId, ScrollTo),
    /// Change what is known about a document.
    SetDocumentInfo(DocumentId, Box<DocumentInfo>, &'static str),
    /// Change what is known about several documents, as one step with this name.
    SetDocumentInfos(Vec<(DocumentId, DocumentInfo)>, String),
    /// Set how far one has read.
    SetReading(DocumentId, ReadingStatus),
    /// Move a document in the dossier.
    MoveDocument(DocumentId, usize),
    /// Show this chart, of this document where it is one of a document.
    ShowChart(super::ChartOf, Option<DocumentId>),
    /// Ask for a file to write to or read from.
    AskPath(PathPurpose),
    /// List documents in this order, under these headings.
    ListDocuments(super::DocumentOrder, super::Grouping),
    /// Something to do with echoes.
    Echoes(super::echoes::EchoAction),
    /// Something to do with statements, voices and the matrix.
    Statement(super::StatementAction),
    /// Something to do with links.
    Link(super::links::LinkAction),
    /// Scroll columns so that these passages stand at one height, opening columns where none shows them.
    AlignColumns(Vec<(DocumentId, Span)>),
    /// Columns were drawn with passages at one height; what is still to be done.
    Aligned(Option<super::links::Level>),
    /// Let columns scroll alone again.
    UnlockColumns,
    /// The window has painted the matrix for this file, or could not.
    MatrixPainted(PathBuf, Result<Vec<u8>, String>),
    /// A change of the review that is none of the session.
    Review(super::ReviewAction),
    /// Merge what was read of another copy of the session, as one step.
    MergeNow(Box<PendingStep>),
    /// What one does about what keeps work from being lost.
    Safety(super::safety::SafetyAction),
    /// What one does about a corrected text of a document.
    Replace(super::replacing::ReplaceAction),
    /// Go to the paragraph or line with this number, as typed.
    GoTo(String),
    /// What could be filled in is not asked for again for now.
    Later,
    /// Remove a document, after asking.
    RemoveDocument(DocumentId),
    /// Change title or note of the session.
    SetInfo(SessionInfo),

    /// Change the scheme; the words name the step.
    SetScheme(Box<Scheme>, String),
    /// Add a rule for a tag, which holds from now on.
    AddRule(TagId, String),
    /// Say what merging the first tag into the second would touch.
    AskMergeTags(TagId, TagId),
    /// Merge the first tag into the second.
    MergeTags(TagId, TagId),
    /// Give an allowed value of an attribute another name.
    RenameValue(AttributeId, String, String),
    /// Cite copied passages in this form.
    SetCitationForm(CitationForm),
    /// Light, dark, or as the system has it.
    SetTheme(crate::store::Theme),
    /// So many letters in a row of documents' text.
    SetMeasure(u8),
    /// The rows of documents' text so far apart.
    SetLineHeight(crate::store::LineHeight),
    /// Documents' text in this face.
    SetFace(crate::store::Face),
    /// These keys do this from now on; `None`: those of the table. Whatever had one of them loses it.
    SetKeys(Command, Option<Vec<super::keys::Shortcut>>),

    /// Show only these annotations.
    SetFilter(super::Filter),
    /// Search for this.
    Search(super::search::Asked),
    /// Put the search away.
    CloseSearch,
    /// Go to the hit with this number.
    GoToHit(usize),
    /// Mark the current hit with a tag.
    TagHit(TagId),
    /// Mark all hits with a tag.
    TagHits(TagId),
    /// The search field has got the focus that was asked for.
    SearchFocused,
    /// The list of hits has scrolled to the current one.
    HitShown,
    /// The filter field has got the focus that was asked for.
    FilterFocused,
    /// The note field has got the focus that was asked for.
    NoteFocused,
    /// The table has scrolled to the chosen annotation.
    RowShown,
    /// Sort the table.
    SetSort(Sort),
    /// Show something over the window, or nothing.
    ShowOverlay(Option<Overlay>),
    /// Answer the question that stands over the window.
    Answer(usize),
    /// One's name.
    SetName(String),
    /// Text size, as a factor of the first one.
    SetTextScale(f32),
    /// Show or fold a panel.
    SetPanel(Panel, bool),
    /// The reader paused, or the window lost focus: a good moment to write the file.
    Pause,
    /// The window got focus again: another program may have written the file meanwhile.
    CameBack,
    /// The window is asked to close.
    CloseRequested,
    /// Save the unsaved session, then go on.
    SaveThen(Box<Action>),
    /// Throw the session away that was never saved, then go on.
    DiscardThen(Box<Action>),
    /// Leave the session as it is, safe on this computer, then go on.
    LeaveThen(Box<Action>),
    /// Really remove the document with all that hangs on it.
    RemoveDocumentNow(DocumentId),
    /// Write the session over a file that someone else has changed.
    Overwrite,
    /// Open what is sound of a damaged session, as a copy without a name.
    OpenSound(PathBuf),
    /// Open the sample dossier, as nothing is left to ask.
    OpenSampleNow,
    /// Back to the welcome screen, as nothing is left to ask.
    CloseNow,
    /// End the program, as nothing is left to ask.
    QuitNow,
    /// Nothing.
    Nothing,
}

/// What a file dialog or a typed path is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// Documents to add.
    Documents,
    /// A session to open.
    Session,
    /// Where to save the session.
    SaveAs,
    /// Where to write an export in the format of this name.
    Export(&'static str),
    /// Files in the format of this name to take passages from.
    Import(&'static str),
    /// A scheme, or a session whose scheme is wanted.
    SchemeIn,
    /// Where to write the copy for a second coder.
    Handover,
    /// Colleagues' sessions to be laid over the open one.
    Layer,
    /// Where to write the review of the layer with this number.
    Review(usize),
    /// A copy of the session that came back with comments.
    TakeReview,
    /// Another copy of the session, to be merged.
    Merge,
    /// The corrected text of this document.
    Replace(DocumentId),
    /// Where to write the figures of agreement, as a table.
    Agreement,
    /// Where to write the chart that is shown, as a picture.
    ChartSvg,
    /// Where to write the chart that is shown, as a table.
    ChartCsv,
    /// Where to write the matrix that is shown, as a page.
    MatrixHtml,
    /// Where to write it as a table.
    MatrixCsv,
    /// Where to write it as a picture.
    MatrixSvg,
    /// Where to write it as a picture of points.
    MatrixPng,
}

impl PathPurpose {
    /// What a dialog, or the field that stands for it, is called.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Documents => "Open documents",
            Self::Session => "Open a session",
            Self::SaveAs => "Save the session as",
            Self::Export(_) => "Export",
            Self::Import(_) => "Import annotations",
            Self::SchemeIn => "Import a scheme",
            Self::Handover => "Copy for a second coder",
            Self::Layer => "Lay colleagues' sessions over this one",
            Self::Review(_) => "Send the review back",
            Self::TakeReview => "Take in a review",
            Self::Merge => "Merge a session",
            Self::Replace(_) => "Import a corrected version",
            Self::Agreement => "Write the figures of agreement as a table",
            Self::ChartSvg => "Write the chart as a picture",
            Self::ChartCsv => "Write the chart as a table",
            Self::MatrixHtml => "Write the matrix as a page",
            Self::MatrixCsv => "Write the matrix as a table",
            Self::MatrixSvg | Self::MatrixPng => "Write the matrix as a picture",
        }
    }

    /// True for a file that is to be written.
    pub const fn writes(&self) -> bool {
        !matches!(
            self,
            Self::Documents
                | Self::Session
                | Self::SchemeIn
                | Self::Import(_)
                | Self::Layer
                | Self::TakeReview
                | Self::Merge
                | Self::Replace(_)
        )
    }

    /// The ending, without the dot, of what is written; a folder has none.
    pub fn extension(&self) -> Option<&'static str> {
        match self {
            Self::Export(name) => named(name)?.extension(),
            _ => self.files().1.first().copied(),
        }
    }

    /// True where several files can be given.
    pub const fn several(&self) -> bool {
        matches!(self, Self::Documents | Self::Import(_) | Self::Layer)
    }

    /// The files that are meant: their name and extensions.
    pub fn files(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Documents | Self::Replace(_) => ("Text and Markdown", &["txt", "md", "markdown", "text"]),
            Self::Session
            | Self::SaveAs
            | Self::Handover
            | Self::Layer
            | Self::Review(_)
            | Self::TakeReview
            | Self::Merge => ("Gainsay sessions", &["ron"]),
            Self::Export(name) | Self::Import(name) => {
                named(name).map_or(("Files", &[]), |format| (format.title, format.extensions))
            }
            Self::ChartCsv | Self::Agreement | Self::MatrixCsv => ("CSV tables", &["csv"]),
            Self::ChartSvg | Self::MatrixSvg => ("SVG pictures", &["svg"]),
            Self::MatrixPng => ("PNG pictures", &["png"]),
            Self::MatrixHtml => ("Pages (HTML)", &["html"]),
            Self::SchemeIn => ("Schemes and sessions", &["ron"]),
        }
    }

    /// What is added to the session's name to suggest one for a file to be written.
    pub fn suffix(&self) -> String {
        let suffix = match self {
            Self::Export(name) => return format!("-{name}"),
            Self::Handover => "-second-coder",
            Self::Review(_) => "-review",
            Self::Agreement => "-agreement",
            Self::ChartSvg | Self::ChartCsv => "-chart",
            Self::MatrixHtml | Self::MatrixCsv | Self::MatrixSvg | Self::MatrixPng => "-matrix",
            _ => "",
        };
        suffix.to_owned()
    }
}

/// One way to answer a question.
#[derive(Debug)]
pub struct Answer {
    /// The words on the button.
    pub words: String,
    /// What is done then.
    pub action: Action,
}

/// What one wants to do in a session that others have worked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessChoice {
    /// Read it.
    Review,
    /// Annotate the same documents afresh, in a session of one's own.
    Afresh,
    /// Work on in it, under one's own name.
    WorkOn,
}

/// What is said of an annotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words, or empty where the status says it all.
    pub text: String,
    /// What one thinks of the annotation.
    pub status: Option<CommentStatus>,
    /// The comment that is answered.
    pub reply_to: Option<CommentId>,
}

/// A step that waits for an answer.
#[derive(Debug)]
pub struct PendingStep {
    /// Its name in undo.
    pub label: String,
    /// What is said when it is done.
    pub said: String,
    /// What it does.
    pub edits: Vec<crate::edit::Edit>,
}

/// A change of one field of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotationChange {
    /// Another tag.
    Tag(TagId),
    /// Another note.
    Note(String),
    /// Sure or unsure.
    Unsure(bool),
    /// Another span of the same document.
    Span(Span),
    /// A value of an attribute, or none.
    Attribute(AttributeId, Option<String>),
    /// What it is about.
    Statement(Option<StatementId>),
}
