//! When a command can be done, and why not.

use super::super::{Mode, Selection, Workspace};
use super::{Command, Group};

impl Command {
    /// `Ok` when it can be done now, else the reason why not.
    pub fn enabled(self, workspace: &Workspace) -> Result<(), &'static str> {
        use Command as C;
        let need = |holds: bool, reason| if holds { Ok(()) } else { Err(reason) };
        match self {
            C::OpenDocuments
            | C::OpenSession
            | C::OpenSample
            | C::PasteDocument
            | C::Quit
            | C::TextLarger
            | C::TextSmaller
            | C::TextNormal
            | C::ToggleDark
            | C::EditSettings
            | C::Palette
            | C::Help
            | C::Log
            | C::About
            | C::ChangeName
            | C::CitationForm
            | C::Import
            | C::Leave => return Ok(()),
            _ => {}
        }
        let Some(desk) = &workspace.desk else { return Err("no session is open") };
        let view = &desk.view;
        if view.mode == Mode::Matrix && self.needs_text() {
            return Err("this is for the text: Esc goes back to it");
        }
        match self {
            C::Undo => need(desk.history().undo_label().is_some(), "nothing to undo"),
            C::Redo => need(desk.history().redo_label().is_some(), "nothing to redo"),
            C::Save => need(!desk.session().documents.is_empty() || desk.revision() > 0, "nothing to save"),
            C::Tag(key) | C::Stick(key) => {
                need(desk.session().scheme.tag_for_key(key).is_some(), "no tag has this key")?;
                need(view.focused().is_some(), "no document is open")
            }
            C::ToggleUnsure | C::Delete | C::EditNote => {
                need(desk.chosen().is_some() || !view.picked.is_empty(), "no annotation is chosen")
            }
            C::MoveStart
            | C::MoveEnd
            | C::ShowDetails
            | C::AddExample
            | C::SplitAnnotation
            | C::JoinNext
            | C::AlsoTag
            | C::Comment => need(desk.chosen().is_some(), "no annotation is chosen"),
            C::StartLink => need(!desk.session().annotations.is_empty(), "there are no annotations yet"),
            C::AllLinks => need(!desk.session().links.is_empty(), "there are no links yet"),
            C::FollowLink | C::AlignColumns => need(desk.at_hand().is_some(), "no annotation is chosen"),
            C::LockColumns => need(view.panes.len() > 1, "only one document is open"),
            C::NotePicked => need(!view.picked.is_empty(), "no rows are picked in the table"),
            C::PickAll | C::PickNext | C::PickPrevious => {
                need(!desk.rows().ids().is_empty(), "the table shows no annotations")?;
                need(desk.rows().are_current(desk), "the table is still being filtered")
            }
            C::NextAnnotation | C::PreviousAnnotation => {
                need(!desk.session().annotations.is_empty(), "there are no annotations yet")
            }
            C::CopyCitation => {
                let somewhere = view.selection.is_some() || desk.chosen().is_some();
                need(somewhere, "nothing is selected, and the caret stands nowhere")
            }
            C::Copy => {
                let selected = view.selection.is_some_and(|(_, selection)| !Selection::is_caret(selection));
                need(selected || desk.chosen().is_some(), "nothing is selected")
            }
            C::Back => need(view.trail.leads(true), "you have not jumped yet"),
            C::Forward => need(view.trail.leads(false), "you have not gone back"),
            C::NextPane | C::PreviousPane => need(view.panes.len() > 1, "only one document is open"),
            C::MovePaneLeft => need(view.panes.first().map(|pane| pane.id) != view.focus, "it is the first"),
            C::MovePaneRight => need(view.panes.last().map(|pane| pane.id) != view.focus, "it is the last"),
            C::Export => need(!desk.session().documents.is_empty(), "there are no documents yet"),
            C::ExportAgain => need(view.exporting.last.is_some(), "nothing was exported yet"),
            C::Find | C::FindNext | C::FindPrevious => {
                need(!desk.session().documents.is_empty(), "there are no documents yet")
            }
            C::TagHits => {
                let search = &view.search;
                need(search.open && search.found.total > 0, "nothing has been found")?;
                need(search.found.are_in_text(), "hits in annotations are marked already")?;
                need(!search.is_running(), "the search is still running")
            }
            C::ClearFilter => need(!view.filter.is_empty(), "nothing is filtered"),
            C::EditSources | C::Handover | C::ShowCharts => {
                need(!desk.session().documents.is_empty(), "there are no documents yet")
            }
            C::EditScheme | C::ExportCodebook | C::ExportScheme | C::ImportScheme => Ok(()),
            C::OpenLayer => need(!desk.session().documents.is_empty(), "there are no documents yet"),
            C::Agreement | C::Adjudicate | C::TakeAgreed => {
                need(!desk.review.layers().is_empty(), "no colleague's session lies over this one")
            }
            C::WriteReview => {
                need(!desk.session().remarks.is_empty(), "you have said nothing of a colleague's marks yet")
            }
            C::NextDifference
            | C::PreviousDifference
            | C::Take(_)
            | C::KeepAll
            | C::MakeNew
            | C::RejectAll
            | C::DecideAgain
            | C::SideBySide
            | C::HideNames => {
                need(view.mode == Mode::Review, "this is for reviews: Ctrl R goes there")?;
                need(!desk.review.layers().is_empty(), "no colleague's session lies over this one")
            }
            C::PutUnder | C::PutUnderLast | C::SetVoice => {
                need(desk.chosen().is_some() || !view.picked.is_empty(), "no passage is chosen")
            }
            C::EditVoices => need(!desk.session().actors.is_empty(), "no voice is given yet"),
            C::NewStatement | C::ShowMatrix => Ok(()),
            C::Echoes | C::AllEchoes => {
                need(!desk.session().documents.is_empty(), "there are no documents yet")
            }
            C::Ribbons => need(desk.echoes.open, "this is for echoes: H opens them"),
            C::NextEcho | C::PreviousEcho => {
                need(desk.echoes.open, "this is for echoes: H opens them")?;
                need(desk.echoes.has_stops() || desk.echoes.is_looking(), "there is no card")
            }
            C::AlignEcho if desk.echoes.chosen_group().is_some() => Ok(()),
            C::LinkEcho | C::TagEcho if desk.echoes.chosen_group().is_some() => {
                Err("this is for one card: go to a place of the row, then to its echoes")
            }
            C::AlignEcho | C::LinkEcho | C::TagEcho => {
                let card = desk.echoes.chosen();
                need(card.is_some(), "no card is chosen: J goes to the first")?;
                need(card.is_some_and(|card| card.there.is_some()), "it was found in no other document")
            }
            C::PutAside => {
                let card = desk.echoes.chosen();
                need(card.is_some(), "no card is chosen: J goes to the first")?;
                need(card.is_some_and(|card| !card.alerts.is_empty()), "the card has no alert")
            }
            C::ExportMatrix => {
                need(!desk.session().statements.is_empty(), "there are no statements yet")?;
                need(!desk.session().documents.is_empty(), "there are no documents yet")
            }
            C::EditStatement | C::RemoveStatement | C::StatementUp | C::StatementDown | C::CopyCard => {
                need(view.mode == Mode::Matrix, "this is for the matrix")?;
                let id = view.matrix.cell.as_ref().map(|(statement, _)| statement);
                let there = id.is_some_and(|id| desk.session().statements.contains_key(id));
                need(there, "no statement is looked at")
            }
            C::OpenCell
            | C::CellLeft
            | C::CellRight
            | C::CellUp
            | C::CellDown
            | C::CellPageUp
            | C::CellPageDown
            | C::CellFirst
            | C::CellLast
            | C::CellTop
            | C::CellBottom
            | C::NextSort
            | C::NextColumns
            | C::LeaveMatrix => need(view.mode == Mode::Matrix, "this is for the matrix"),
            C::ShowReview | C::TakeReview | C::MergeSession => Ok(()),
            C::NewSession
            | C::SaveAs
            | C::CloseSession
            | C::DescribeSession
            | C::ToggleDossier
            | C::ToggleInspector
            | C::ToggleTable
            | C::FocusFilter
            | C::FocusPanels => Ok(()),
            _ => need(view.focused().is_some(), "no document is open"),
        }
    }

    /// True for what acts on a passage or a caret, which cannot be seen beside the matrix.
    fn needs_text(self) -> bool {
        use Command as C;
        match self.info().group {
            Group::Annotate => !matches!(self, C::EditScheme),
            Group::Select => !matches!(self, C::Leave),
            Group::Documents => !matches!(self, C::OpenDocuments | C::PasteDocument | C::EditSources),
            Group::Echoes => true,
            _ => matches!(self, C::PutUnder | C::PutUnderLast | C::SetVoice | C::TagHits),
        }
    }
}
