//! The table of commands: palette, help, hints, keys and manual are made from it.

mod enabled;
mod table;

pub use table::{COMMANDS, CommandInfo};

use super::Mode;

/// Something the user can ask for by name. What needs an argument is an [`super::Action`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    // Session
    OpenDocuments,
    OpenSession,
    OpenSample,
    PasteDocument,
    NewSession,
    Save,
    SaveAs,
    EarlierVersions,
    Export,
    ExportAgain,
    Import,
    ExportCodebook,
    ExportScheme,
    ImportScheme,
    Handover,
    DescribeSession,
    CloseSession,
    Quit,
    // Edit
    Undo,
    Redo,
    Copy,
    CopyCitation,
    CitationForm,
    // Find
    Find,
    FindNext,
    FindPrevious,
    TagHits,
    // Annotate
    /// The tag with this key, 1 to 9.
    Tag(u8),
    /// Make the tag with this key sticky, or no longer.
    Stick(u8),
    EditNote,
    ToggleUnsure,
    Delete,
    ShowDetails,
    SplitAnnotation,
    JoinNext,
    AlsoTag,
    Comment,
    PickAll,
    PickNext,
    PickPrevious,
    NotePicked,
    AddExample,
    StartLink,
    FollowLink,
    AllLinks,
    EditScheme,
    NextAnnotation,
    PreviousAnnotation,
    /// Move the start of the chosen annotation.
    MoveStart,
    /// Move its end.
    MoveEnd,
    // Select
    CharLeft,
    CharRight,
    WordLeft,
    WordRight,
    LineUp,
    LineDown,
    LineStart,
    LineEnd,
    PageUp,
    PageDown,
    ParagraphUp,
    ParagraphDown,
    DocumentStart,
    DocumentEnd,
    ExtendCharLeft,
    ExtendCharRight,
    ExtendWordLeft,
    ExtendWordRight,
    ExtendLineUp,
    ExtendLineDown,
    ExtendLineStart,
    ExtendLineEnd,
    ExtendPageUp,
    ExtendPageDown,
    ExtendSentenceBack,
    ExtendSentenceOn,
    ExtendParagraphUp,
    ExtendParagraphDown,
    ExtendDocumentStart,
    ExtendDocumentEnd,
    NextSentence,
    PreviousSentence,
    Widen,
    SelectAll,
    Leave,
    GoTo,
    Back,
    Forward,
    // Documents
    NextPane,
    PreviousPane,
    ClosePane,
    SplitPane,
    MovePaneLeft,
    MovePaneRight,
    TogglePresentation,
    DescribeDocument,
    EditSources,
    ReplaceDocument,
    RemoveDocument,
    MarkUnread,
    MarkReading,
    MarkDone,
    NextReading,
    AlignColumns,
    LockColumns,
    NotText,
    // Statements
    ShowMatrix,
    PutUnder,
    PutUnderLast,
    SetVoice,
    EditVoices,
    NewStatement,
    EditStatement,
    RemoveStatement,
    StatementUp,
    StatementDown,
    CopyCard,
    OpenCell,
    CellLeft,
    CellRight,
    CellUp,
    CellDown,
    CellPageUp,
    CellPageDown,
    CellFirst,
    CellLast,
    CellTop,
    CellBottom,
    NextSort,
    NextColumns,
    ExportMatrix,
    LeaveMatrix,
    // Echoes
    Echoes,
    AllEchoes,
    NextEcho,
    PreviousEcho,
    AlignEcho,
    LinkEcho,
    TagEcho,
    PutAside,
    Ribbons,
    // Review
    ShowReview,
    OpenLayer,
    Agreement,
    Adjudicate,
    TakeAgreed,
    WriteReview,
    TakeReview,
    MergeSession,
    NextDifference,
    PreviousDifference,
    /// Take the mark of this reader, 1 to 4, in the order of the layers.
    Take(u8),
    KeepAll,
    MakeNew,
    RejectAll,
    DecideAgain,
    HideNames,
    SideBySide,
    // View
    ToggleDossier,
    ToggleInspector,
    ToggleTable,
    FocusFilter,
    FocusPanels,
    ClearFilter,
    TextLarger,
    TextSmaller,
    TextNormal,
    ToggleDark,
    EditSettings,
    ShowCharts,
    // Help
    Palette,
    Help,
    Log,
    About,
    ChangeName,
}

/// Where a command stands in help and palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Files.
    Session,
    /// Undo, copy.
    Edit,
    /// Tags and notes.
    Annotate,
    /// Caret and selection.
    Select,
    /// Search.
    Find,
    /// Documents and panes.
    Documents,
    /// Statements, voices, the matrix.
    Statements,
    /// Where passages stand again, quotations, alerts.
    Echoes,
    /// Colleagues' sessions, differences, decisions.
    Review,
    /// Panels, sizes, colors.
    View,
    /// Help and messages.
    Help,
}

impl Group {
    /// All groups, in the order of help.
    pub const ALL: [Self; 11] = [
        Self::Annotate,
        Self::Select,
        Self::Find,
        Self::Documents,
        Self::Statements,
        Self::Echoes,
        Self::Review,
        Self::Session,
        Self::Edit,
        Self::View,
        Self::Help,
    ];

    /// The heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Edit => "Edit",
            Self::Annotate => "Annotate",
            Self::Select => "Select",
            Self::Find => "Find",
            Self::Documents => "Documents",
            Self::Statements => "Statements",
            Self::Echoes => "Echoes and quotations",
            Self::Review => "Review",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

impl Command {
    /// Where alone it can be done by its keys, which stand there before the same keys of another command.
    pub const fn mode(self) -> Option<Mode> {
        match self {
            Self::NextDifference
            | Self::PreviousDifference
            | Self::Take(_)
            | Self::KeepAll
            | Self::MakeNew
            | Self::RejectAll
            | Self::DecideAgain
            | Self::HideNames
            | Self::SideBySide => Some(Mode::Review),
            Self::NewStatement
            | Self::EditStatement
            | Self::RemoveStatement
            | Self::StatementUp
            | Self::StatementDown
            | Self::CopyCard
            | Self::OpenCell
            | Self::CellLeft
            | Self::CellRight
            | Self::CellUp
            | Self::CellDown
            | Self::CellPageUp
            | Self::CellPageDown
            | Self::CellFirst
            | Self::CellLast
            | Self::CellTop
            | Self::CellBottom
            | Self::NextSort
            | Self::NextColumns
            | Self::ExportMatrix
            | Self::LeaveMatrix => Some(Mode::Matrix),
            Self::NextEcho
            | Self::PreviousEcho
            | Self::AlignEcho
            | Self::LinkEcho
            | Self::TagEcho
            | Self::PutAside
            | Self::Ribbons => Some(Mode::Echoes),
            _ => None,
        }
    }

    /// Its line in the table.
    pub fn info(self) -> &'static CommandInfo {
        COMMANDS.iter().find(|info| info.command == self).expect("every command has a line in the table")
    }
}
