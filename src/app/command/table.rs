//! One line a command.

use super::super::keys::{Key, Shortcut};
use super::{Command, Group};

/// What is known of a command.
#[derive(Debug)]
pub struct CommandInfo {
    /// Which.
    pub command: Command,
    /// Its name as a verb; `…` when more input follows.
    pub name: &'static str,
    /// What it does, one sentence without full stop.
    pub help: &'static str,
    /// Where it stands.
    pub group: Group,
    /// Its keys; the first is the one shown.
    pub keys: &'static [Shortcut],
}

const fn key(letter: char) -> Shortcut {
    Shortcut::plain(Key::Letter(letter))
}

const fn ctrl(letter: char) -> Shortcut {
    Shortcut::command(Key::Letter(letter))
}

const fn plain(key: Key) -> Shortcut {
    Shortcut::plain(key)
}

const fn shift(key: Key) -> Shortcut {
    Shortcut::plain(key).with_shift()
}

const fn command(key: Key) -> Shortcut {
    Shortcut::command(key)
}

macro_rules! commands {
    ($($group:ident { $($command:expr, $name:literal, $help:literal, [$($keys:expr),*];)* })*) => {
        /// Every command, in the order of help and palette.
        pub const COMMANDS: &[CommandInfo] = &[$($(CommandInfo {
            command: { use Command::*; $command },
            name: $name,
            help: $help,
            group: Group::$group,
            keys: &[$($keys),*],
        }),*),*];
    };
}

commands! {
    Annotate {
        Tag(1), "Tag 1", "Mark the selection, or the sentence at the caret; retag the chosen annotation", [plain(Key::Digit(1))];
        Tag(2), "Tag 2", "The same with the second tag", [plain(Key::Digit(2))];
        Tag(3), "Tag 3", "The same with the third tag", [plain(Key::Digit(3))];
        Tag(4), "Tag 4", "The same with the fourth tag", [plain(Key::Digit(4))];
        Tag(5), "Tag 5", "The same with the fifth tag", [plain(Key::Digit(5))];
        Tag(6), "Tag 6", "The same with the sixth tag", [plain(Key::Digit(6))];
        Tag(7), "Tag 7", "The same with the seventh tag", [plain(Key::Digit(7))];
        Tag(8), "Tag 8", "The same with the eighth tag", [plain(Key::Digit(8))];
        Tag(9), "Tag 9", "The same with the ninth tag", [plain(Key::Digit(9))];
        Stick(1), "Make tag 1 stick", "Mark with it each time the mouse is released, until Esc", [Shortcut::alt(Key::Digit(1))];
        Stick(2), "Make tag 2 stick", "The same with the second tag", [Shortcut::alt(Key::Digit(2))];
        Stick(3), "Make tag 3 stick", "The same with the third tag", [Shortcut::alt(Key::Digit(3))];
        Stick(4), "Make tag 4 stick", "The same with the fourth tag", [Shortcut::alt(Key::Digit(4))];
        Stick(5), "Make tag 5 stick", "The same with the fifth tag", [Shortcut::alt(Key::Digit(5))];
        Stick(6), "Make tag 6 stick", "The same with the sixth tag", [Shortcut::alt(Key::Digit(6))];
        Stick(7), "Make tag 7 stick", "The same with the seventh tag", [Shortcut::alt(Key::Digit(7))];
        Stick(8), "Make tag 8 stick", "The same with the eighth tag", [Shortcut::alt(Key::Digit(8))];
        Stick(9), "Make tag 9 stick", "The same with the ninth tag", [Shortcut::alt(Key::Digit(9))];
        EditNote, "Write a note", "Put the cursor into the note of the chosen annotation", [key('N')];
        ToggleUnsure, "Unsure", "Say that you are not sure of the chosen annotation's tag, or that you are", [key('U'), plain(Key::Question)];
        Delete, "Delete annotation", "Delete the chosen annotation and its links", [plain(Key::Delete), plain(Key::Backspace)];
        NextAnnotation, "Next annotation", "Choose the next annotation in this document", [key('J')];
        PreviousAnnotation, "Previous annotation", "Choose the annotation before", [key('K')];
        MoveStart, "Move the start", "Move the start of the chosen annotation with the arrows: by character, word, sentence; Enter keeps it", [plain(Key::OpenBracket)];
        MoveEnd, "Move the end", "Move the end of the chosen annotation in the same way", [plain(Key::CloseBracket)];
        ShowDetails, "Show details", "Open the inspector on the chosen annotation", [plain(Key::Enter)];
        SplitAnnotation, "Split at the caret", "Make two annotations of the chosen one, at the caret in it", [key('B')];
        JoinNext, "Join with the next", "Make one annotation of the chosen one and the next of the same tag", [key('M')];
        AlsoTag, "Also mark as…", "Mark the chosen passage with a further tag", [key('D')];
        Comment, "Comment…", "Say something about the chosen annotation, with your name and the time", [key('C')];
        PickAll, "Pick all rows", "Pick all annotations that the table shows, to change them together", [ctrl('A').with_shift()];
        PickNext, "Pick the next row too", "Pick the row of the table below those that are picked", [key('J').with_shift()];
        PickPrevious, "Pick the row before too", "Pick the row of the table above those that are picked", [key('K').with_shift()];
        NotePicked, "Note on the picked…", "Add the same words to the notes of all picked annotations", [];
        StartLink, "Link…", "Start a link at the chosen annotation; at another one: say what the link says", [key('L')];
        FollowLink, "Follow link", "Go to the other end of the chosen annotation's next link, and back to it after the last", [key('F')];
        AllLinks, "All links", "Draw all links on screen, or those of the chosen annotation alone", [key('L').with_shift()];
        AddExample, "Add as an example", "Add the chosen passage to the examples of its tag", [key('E')];
        EditScheme, "Tags and scheme…", "Add, rename, recolor, nest, merge and retire tags; write rules; attributes and link kinds", [ctrl('G')];
    }
    Select {
        NextSentence, "Next sentence", "Select the sentence after the caret", [key('S'), Shortcut::alt(Key::Down)];
        PreviousSentence, "Previous sentence", "Select the sentence before", [key('S').with_shift(), Shortcut::alt(Key::Up)];
        Widen, "Widen selection", "From the caret to the word, the sentence, the paragraph", [key('W')];
        CharLeft, "Left", "Move the caret a character to the left", [plain(Key::Left)];
        CharRight, "Right", "Move the caret a character to the right", [plain(Key::Right)];
        WordLeft, "Word left", "Move the caret to the start of the word", [command(Key::Left)];
        WordRight, "Word right", "Move the caret to the end of the word", [command(Key::Right)];
        LineUp, "Up", "Move the caret a line up", [plain(Key::Up)];
        LineDown, "Down", "Move the caret a line down", [plain(Key::Down)];
        LineStart, "Line start", "Move the caret to the start of the line", [plain(Key::Home)];
        LineEnd, "Line end", "Move the caret to the end of the line", [plain(Key::End)];
        PageUp, "Page up", "Move the caret a page up", [plain(Key::PageUp)];
        PageDown, "Page down", "Move the caret a page down", [plain(Key::PageDown)];
        DocumentStart, "Document start", "Move the caret to the start of the document", [command(Key::Home)];
        DocumentEnd, "Document end", "Move the caret to the end of the document", [command(Key::End)];
        ParagraphUp, "Paragraph up", "Move the caret to the start of the paragraph, or of the one before", [command(Key::Up)];
        ParagraphDown, "Paragraph down", "Move the caret to the start of the next paragraph", [command(Key::Down)];
        ExtendCharLeft, "Extend left", "Extend the selection a character to the left", [shift(Key::Left)];
        ExtendCharRight, "Extend right", "Extend the selection a character to the right", [shift(Key::Right)];
        ExtendWordLeft, "Extend a word left", "Extend the selection to the start of the word", [command(Key::Left).with_shift()];
        ExtendWordRight, "Extend a word right", "Extend the selection to the end of the word", [command(Key::Right).with_shift()];
        ExtendLineUp, "Extend up", "Extend the selection a line up", [shift(Key::Up)];
        ExtendLineDown, "Extend down", "Extend the selection a line down", [shift(Key::Down)];
        ExtendLineStart, "Extend to line start", "Extend the selection to the start of the line", [shift(Key::Home)];
        ExtendLineEnd, "Extend to line end", "Extend the selection to the end of the line", [shift(Key::End)];
        ExtendPageUp, "Extend a page up", "Extend the selection a page up", [shift(Key::PageUp)];
        ExtendPageDown, "Extend a page down", "Extend the selection a page down", [shift(Key::PageDown)];
        ExtendDocumentStart, "Extend to document start", "Extend the selection to the start of the document", [command(Key::Home).with_shift()];
        ExtendDocumentEnd, "Extend to document end", "Extend the selection to the end of the document", [command(Key::End).with_shift()];
        ExtendSentenceBack, "Extend a sentence back", "Extend the selection to the start of the sentence, or of the one before", [Shortcut::alt(Key::Up).with_shift()];
        ExtendSentenceOn, "Extend a sentence on", "Extend the selection to the end of the sentence, or of the next", [Shortcut::alt(Key::Down).with_shift()];
        ExtendParagraphUp, "Extend a paragraph up", "Extend the selection to the start of the paragraph, or of the one before", [command(Key::Up).with_shift()];
        ExtendParagraphDown, "Extend a paragraph down", "Extend the selection to the start of the next paragraph", [command(Key::Down).with_shift()];
        SelectAll, "Select all", "Select the whole document", [ctrl('A')];
        Leave, "Leave", "End the sticky tag, the selection, the choice, whichever comes first", [plain(Key::Escape)];
        GoTo, "Go to paragraph or line…", "Go to a paragraph by its number, or to a line of the source", [key('G')];
        Back, "Back", "Go back to where you were before the last jump", [Shortcut::alt(Key::Left)];
        Forward, "Forward", "Go forward again", [Shortcut::alt(Key::Right)];
    }
    Find {
        Find, "Find…", "Search in this document, the open ones, the dossier or the annotations", [ctrl('F')];
        FindNext, "Next hit", "Go to the next hit and select it, so that a tag key marks it", [plain(Key::Function(3))];
        FindPrevious, "Previous hit", "Go to the hit before", [shift(Key::Function(3))];
        TagHits, "Tag all hits…", "Mark all hits of the search with one tag, as one step", [command(Key::Function(3))];
    }
    Documents {
        OpenDocuments, "Open documents…", "Add text or Markdown files to the session", [ctrl('O')];
        PasteDocument, "Paste as a document", "Make a document of the text on the clipboard", [ctrl('V')];
        NextPane, "Next document", "Go to the next column", [plain(Key::Tab)];
        PreviousPane, "Previous document", "Go to the column before", [shift(Key::Tab)];
        ClosePane, "Close column", "Close this column; the document stays in the dossier", [ctrl('W')];
        SplitPane, "Second column on this document", "Show the same document in another column, at another place", [command(Key::Digit(2))];
        MovePaneLeft, "Move column left", "Exchange this column with the one at its left", [command(Key::PageUp)];
        MovePaneRight, "Move column right", "Exchange this column with the one at its right", [command(Key::PageDown)];
        TogglePresentation, "Plain or rendered", "Show the document as plain text, or its Markdown as reading text; no offset moves", [ctrl('M')];
        DescribeDocument, "Describe document…", "Give the document a title, a short label, a date, an outlet", [ctrl('I')];
        EditSources, "Sources table…", "Fill in titles, authors, outlets and dates of all documents in one table", [ctrl('I').with_shift()];
        ReplaceDocument, "Import a corrected version…", "Put a corrected text in the place of the document's and carry its annotations over, after a list of what becomes of each", [];
        RemoveDocument, "Remove document…", "Take the document out of the session, after saying what goes with it", [];
        MarkUnread, "Mark as unread", "Say that you have not read this document", [];
        MarkReading, "Mark as being read", "Say that you are reading this document", [];
        MarkDone, "Mark as done", "Say that you have read and marked this document to its end", [ctrl('D')];
        NextReading, "Unread, reading, done", "Say how far you are with this document: the next of the three", [key('R')];
        AlignColumns, "Line up", "Scroll the columns so that the chosen passage and those that it is linked with stand level; without links, those under its statement", [key('A')];
        LockColumns, "Scroll together", "Let all columns scroll by the same way, or each alone again", [key('A').with_shift()];
        NotText, "Not text…", "Mark the selection as page furniture, with its repetitions after a list; again: as text", [key('X')];
    }
    Statements {
        ShowMatrix, "Matrix or annotate", "Go to the statements by documents, or back to the text", [ctrl('B')];
        PutUnder, "Put under a statement…", "Say which statement the chosen passage is about: the last one, one found by typing, or a new one", [key('P')];
        PutUnderLast, "Put under the last statement", "Put the chosen passage under the statement that was used last", [key('P').with_shift()];
        SetVoice, "Voice…", "Say who speaks in the chosen passage, outermost first", [key('V')];
        EditVoices, "Persons and organizations…", "Rename those who speak, make one of two, say who is a person and who an organization", [];
        NewStatement, "New statement…", "Write down a proposition that passages can be put under", [key('N')];
        EditStatement, "Edit the statement…", "Change title, wording, note, group and date of the statement that is looked at", [key('E')];
        RemoveStatement, "Delete the statement", "Delete the statement that is looked at; its passages stay, under none", [plain(Key::Delete)];
        StatementUp, "Move the statement up", "Move the statement that is looked at up in the order by hand", [Shortcut::alt(Key::Up)];
        StatementDown, "Move the statement down", "Move it down", [Shortcut::alt(Key::Down)];
        CopyCard, "Copy card", "Put the statement with all its appearances, quotes and citations on the clipboard", [key('C')];
        OpenCell, "Open side by side", "Open the passages of the cell in their documents, side by side", [plain(Key::Enter)];
        CellLeft, "Cell at the left", "Look at the cell at the left", [plain(Key::Left)];
        CellRight, "Cell at the right", "Look at the cell at the right", [plain(Key::Right)];
        CellUp, "Cell above", "Look at the cell above", [plain(Key::Up)];
        CellDown, "Cell below", "Look at the cell below", [plain(Key::Down)];
        CellPageUp, "Cells up", "Look at the cell ten rows up", [plain(Key::PageUp)];
        CellPageDown, "Cells down", "Look at the cell ten rows down", [plain(Key::PageDown)];
        CellFirst, "First column", "Look at the first cell of the row", [plain(Key::Home)];
        CellLast, "Last column", "Look at the last cell of the row", [plain(Key::End)];
        CellTop, "First statement", "Look at the first statement", [command(Key::Home)];
        CellBottom, "Last statement", "Look at the last statement", [command(Key::End)];
        NextSort, "Next order", "Sort the statements by hand, date, group, disagreement", [key('T')];
        NextColumns, "Documents or voices", "Show documents, outermost voices or innermost voices as columns", [key('V')];
        ExportMatrix, "Write the matrix…", "Write the matrix as it is shown: page, table, picture", [key('X')];
        LeaveMatrix, "Back to the text", "Go from the matrix back to the text", [plain(Key::Escape)];
    }
    Echoes {
        Echoes, "Echoes", "See where else this stands: the chosen passage, what is selected, or the sentence at the caret", [key('H')];
        AllEchoes, "Echoes in all documents", "List what stands in several documents, in most first; again: the echoes of the passage", [key('H').with_shift()];
        NextEcho, "Next echo", "Go to the next card of the panel, or the next row of its list", [key('J'), plain(Key::Down)];
        PreviousEcho, "Previous echo", "Go to the card before", [key('K'), plain(Key::Up)];
        AlignEcho, "Line up the columns", "Bring both ends of the card, or the places of the row, to the same height, opening columns if need be", [plain(Key::Enter)];
        LinkEcho, "Link the echo…", "Make a link from the later place to the earlier one, tagging the other place first if need be", [key('L')];
        TagEcho, "Tag like the passage", "Give the other place the tag, statement and attributes of the passage", [key('T')];
        PutAside, "Put the alert aside", "Show the first alert of the card no longer, or show it again; kept in the session", [key('X')];
        Ribbons, "Ribbons", "Draw what neighboring columns have in common over the gap between them", [key('R')];
    }
    Review {
        ShowReview, "Review or annotate", "Go to the differences from colleagues' sessions, or back", [ctrl('R')];
        OpenLayer, "Lay a colleague's session over…", "Open other readers' sessions over this one, to be read and compared; nothing in them changes", [ctrl('R').with_shift()];
        Agreement, "Agreement…", "All figures of agreement, what each of them does not see, and where it comes from", [ctrl('J')];
        Adjudicate, "Decide in a session of its own…", "Begin a session for the result, with this one and the layers laid over it; they stay as they are", [];
        TakeAgreed, "Take in what all agree on…", "Bring the marks on which all readers agree into this session, as one step", [];
        WriteReview, "Send the review back…", "Write a copy of the colleague's session with your comments in it, and nothing else changed", [];
        TakeReview, "Take in a review…", "Bring the comments of a session that came back into this one, and nothing else", [];
        MergeSession, "Merge a session…", "Bring what was changed in another copy of this session into it, after a list of what would happen", [];
        NextDifference, "Next difference", "Go to the next difference in the list", [key('J')];
        PreviousDifference, "Previous difference", "Go to the difference before", [key('K')];
        Take(1), "Take the first reader's", "Decide for the first reader's mark: your own, where this session has any", [key('A')];
        Take(2), "Take the second reader's", "Decide for the second reader's mark", [key('B')];
        Take(3), "Take the third reader's", "Decide for the third reader's mark", [key('F')];
        Take(4), "Take the fourth reader's", "Decide for the fourth reader's mark", [key('G')];
        KeepAll, "Keep all", "Decide that all these marks stay side by side", [key('D')];
        MakeNew, "Make a new one…", "Decide for a mark of your own, on the selection or on the whole place, with a tag that you choose", [key('E')];
        RejectAll, "Reject all", "Decide that none of these marks stays", [key('R')];
        DecideAgain, "Decide again", "Take the decision on this difference back", [key('Q')];
        SideBySide, "Side by side", "Show the document twice, with your own marks at the left and those of the layers at the right, or once with both", [key('V')];
        HideNames, "Hide names", "Show letters in the place of annotators' names, or the names again", [key('H')];
    }
    Session {
        OpenSession, "Open a session…", "Open work saved earlier, or a colleague's", [ctrl('O').with_shift()];
        OpenSample, "Try the sample dossier", "Four short documents about an invented affair, already marked in part", [];
        NewSession, "New session", "Begin with an empty desk; this session stays where it is", [ctrl('N')];
        Save, "Save", "Write the session to its file", [ctrl('S')];
        SaveAs, "Save as…", "Give the session a file of its own", [ctrl('S').with_shift()];
        EarlierVersions, "Earlier versions…", "See what the session's file held before, how that differs, and open it as a copy", [];
        Export, "Export…", "Write passages for Word, a spreadsheet, R, another QDA program, a language tool or a colleague", [ctrl('E')];
        ExportAgain, "Export again", "Write the last export again, in the same format to the same place", [ctrl('E').with_shift()];
        Import, "Import annotations…", "Take in passages and tags from other programs' files", [];
        ExportCodebook, "Codebook for printing…", "Write the scheme with definitions, rules and examples as a page (HTML)", [];
        ExportScheme, "Export the scheme…", "Write tags, attributes and link kinds alone as a file for another session", [];
        ImportScheme, "Import a scheme…", "Add the tags, attributes and link kinds of a scheme file or of another session", [];
        Handover, "Copy for a second coder…", "Write documents and scheme, and none of your annotations, notes or comments", [];
        DescribeSession, "Name the session…", "Give the dossier a title and a note", [];
        CloseSession, "Close session", "Go back to the welcome screen", [ctrl('W').with_shift()];
        Quit, "Quit", "End Gainsay", [ctrl('Q')];
    }
    Edit {
        Undo, "Undo", "Take back the last change, whatever it was", [ctrl('Z')];
        Redo, "Redo", "Do again what was undone", [ctrl('Z').with_shift(), ctrl('Y')];
        Copy, "Copy", "Put the selected or chosen passage on the clipboard, without Markdown marks", [ctrl('C')];
        CopyCitation, "Copy with citation", "Put the passage on the clipboard with author or outlet, date, paragraph and section", [ctrl('C').with_shift()];
        CitationForm, "Form of citations…", "In the text, with a BibTeX key, or as a footnote", [];
    }
    View {
        ToggleDossier, "Dossier panel", "Show or fold the panel of documents and tags", [command(Key::Digit(7))];
        ToggleInspector, "Inspector", "Show or fold the panel of the chosen annotation", [command(Key::Digit(8))];
        ToggleTable, "Annotation table", "Show or fold the table of annotations", [ctrl('T')];
        FocusFilter, "Filter annotations", "Put the cursor into the filter of the table", [ctrl('F').with_shift()];
        FocusPanels, "Text or panels", "Go with the keys from the text to the panels, or back", [plain(Key::Function(6))];
        ClearFilter, "Clear filter", "Show all annotations again", [];
        TextLarger, "Larger text", "Make the documents' text larger", [command(Key::Plus)];
        TextSmaller, "Smaller text", "Make the documents' text smaller", [command(Key::Minus)];
        TextNormal, "Normal text size", "Give the documents' text its first size", [command(Key::Digit(0))];
        ShowCharts, "Charts…", "Tags per document and along a document, coverage, work per day", [ctrl('H')];
        ToggleDark, "Light or dark", "Change between the light and the dark window", [ctrl('L')];
        EditSettings, "Settings…", "Set name, theme, text, citation form and keys", [command(Key::Comma)];
    }
    Help {
        Palette, "All actions", "Find and do any action by its name", [ctrl('K')];
        Help, "All keys", "Show every key", [plain(Key::Function(1))];
        Log, "Messages", "Show the messages that have gone by", [];
        ChangeName, "Change your name…", "Say under which name you mark", [];
        About, "About Gainsay", "Version, format and licenses", [];
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::super::Mode;
    use super::*;

    #[test]
    fn no_key_stands_for_two_commands() {
        let mut seen: BTreeMap<(Option<Mode>, Shortcut), Command> = BTreeMap::new();
        for info in COMMANDS {
            for key in info.keys {
                if let Some(other) = seen.insert((info.command.mode(), *key), info.command) {
                    panic!("{key} stands for {other:?} and {:?}", info.command);
                }
            }
        }
    }

    #[test]
    fn every_command_stands_once_in_the_table() {
        let mut commands: Vec<Command> = COMMANDS.iter().map(|info| info.command).collect();
        let count = commands.len();
        commands.sort();
        commands.dedup();
        assert_eq!(commands.len(), count);
    }
}
