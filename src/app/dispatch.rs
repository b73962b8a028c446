//! What actions do, by group.

mod access;
mod annotate;
mod carry;
mod changed;
mod charts;
mod cite;
mod documents;
mod echoes;
mod edges;
mod exchange;
mod furniture;
mod goto;
mod handover;
mod jobs;
mod large;
mod links;
mod places;
mod review;
mod safety;
mod scheme;
mod search;
mod select;
mod session;
mod settings;
mod sources;
mod statements;
mod view;

pub(super) use access::others;
pub(super) use echoes::arrived as echoes_arrived;
pub(super) use large::waits;
pub(super) use links::repair as repair_links;
pub(super) use settings::take as take_settings;

use super::{Action, Command, Workspace};

/// Does one action.
pub(super) fn dispatch(workspace: &mut Workspace, action: Action) {
    if leaves_edge(&action) {
        edges::keep(workspace);
    }
    if statements::leaves_matrix(workspace, &action) {
        review::set_mode(workspace, super::Mode::Annotate);
    }
    if let Some(desk) = &mut workspace.desk {
        links::goes_elsewhere(desk, &action);
    }
    match action {
        Action::Nothing => {}
        Action::GoTo(typed) => goto::number(workspace, &typed),
        Action::Command(command) => do_command(workspace, command),
        Action::Job(result) => jobs::finished(workspace, *result),

        Action::OpenPaths(paths) => session::open_paths(workspace, paths, None),
        Action::OpenWithEncoding(path, encoding) => {
            session::open_paths(workspace, vec![path], Some(encoding))
        }
        Action::OpenUnsaved(id) => session::open_unsaved(workspace, id),
        Action::OpenSampleNow => session::open_sample(workspace),
        Action::OpenSound(path) => session::open_sound(workspace, path),
        Action::PasteText(text) => documents::paste(workspace, &text),
        Action::Picked(purpose, paths) => session::picked(workspace, purpose, paths),
        Action::PathTyped(purpose, path) => session::path_typed(workspace, purpose, path),
        Action::SaveTo(path) => session::save_to(workspace, path),
        Action::ExportTo(format, path) => exchange::export_to(workspace, format, path),
        Action::SetExport(form) => exchange::set_form(workspace, *form),
        Action::SetImportAs(name) => exchange::set_import_as(workspace, name),
        Action::TakeIn(imported) => exchange::take(workspace, *imported),
        Action::ShowFirst => exchange::show_first(workspace),
        Action::Pause => session::pause(workspace),
        Action::CameBack => session::came_back(workspace),
        Action::CloseRequested => session::leave(workspace, Action::QuitNow),
        Action::SaveThen(next) => session::save_then(workspace, *next),
        Action::DiscardThen(next) => session::discard_then(workspace, *next),
        Action::LeaveThen(next) => session::leave_then(workspace, *next),
        Action::Overwrite => session::overwrite(workspace),
        Action::CloseNow => session::close_now(workspace),
        Action::QuitNow => session::quit_now(workspace),

        Action::Select(pane, selection) => select::select(workspace, pane, selection),
        Action::SelectionReleased(pane, selection) => select::released(workspace, pane, selection),
        Action::Click { pane, offset, again } => select::click(workspace, pane, offset, again),
        Action::Choose(id) => select::choose(workspace, id),
        Action::JumpTo(id) => select::jump_to(workspace, id),

        Action::Tag(tag) => annotate::tag(workspace, &tag),
        Action::Mark { document, span, tag } => annotate::mark(workspace, &document, span, &tag),
        Action::Stick(tag) => annotate::stick(workspace, tag),
        Action::Change(id, change) => annotate::change(workspace, id, change),
        Action::ChangePicked(change) => annotate::change_picked(workspace, change),
        Action::NotePicked(words) => annotate::note_picked(workspace, &words),
        Action::Pick(ids) => annotate::pick(workspace, ids),
        Action::Unpick(ids) => annotate::unpick(workspace, &ids),
        Action::PickTo(id) => annotate::pick_to(workspace, id),
        Action::AlsoTag(tag) => annotate::also_tag(workspace, &tag),
        Action::Join(one, other) => annotate::join(workspace, one, other),
        Action::AddComment(id, said) => annotate::add_comment(workspace, id, said),
        Action::RemoveComment(id, comment) => annotate::remove_comment(workspace, id, comment),
        Action::Access(choice) => access::take(workspace, choice),
        Action::WorkOnWith(pending) => access::work_on_with(workspace, *pending),
        Action::SetFurniture(places, furniture) => furniture::take(workspace, places, furniture),
        Action::Seen(pane) => places::seen(workspace, pane),
        Action::Delete(ids) => annotate::delete(workspace, &ids),

        Action::Search(asked) => search::ask(workspace, asked),
        Action::CloseSearch => search::close(workspace),
        Action::GoToHit(number) => search::go_to(workspace, number),
        Action::TagHit(tag) => search::tag_hit(workspace, &tag),
        Action::TagHits(tag) => search::tag_hits(workspace, &tag),

        Action::SetScheme(new, label) => scheme::set(workspace, *new, &label),
        Action::AddRule(tag, text) => scheme::add_rule(workspace, &tag, text),
        Action::AskMergeTags(from, into) => scheme::ask_merge(workspace, from, into),
        Action::MergeTags(from, into) => scheme::merge(workspace, from, into),
        Action::RenameValue(attribute, old, new) => scheme::rename_value(workspace, attribute, old, new),
        Action::Echoes(action) => echoes::act(workspace, action),
        Action::Link(action) => links::change(workspace, action),
        Action::AlignColumns(places) => links::align(workspace, places),
        Action::Aligned(level) => links::aligned(workspace, level),
        Action::UnlockColumns => links::unlock_all(workspace),
        Action::Statement(action) => statements::change(workspace, action),
        Action::MatrixPainted(path, png) => statements::write_painted(workspace, path, png),
        Action::Review(action) => review::change(workspace, action),
        Action::MergeNow(pending) => review::merge(workspace, *pending),
        Action::Safety(action) => safety::act(workspace, action),
        Action::Replace(action) => carry::act(workspace, action),
        Action::AskPath(purpose) => workspace.pick(purpose),

        Action::SetCitationForm(form) => settings::set_citation(workspace, form),
        Action::SetName(name) => settings::set_name(workspace, name.trim()),
        Action::SetTextScale(scale) => settings::set_scale(workspace, scale),
        Action::SetTheme(theme) => settings::set_theme(workspace, theme),
        Action::SetMeasure(letters) => settings::set_measure(workspace, letters),
        Action::SetLineHeight(height) => settings::set_line_height(workspace, height),
        Action::SetFace(face) => settings::set_face(workspace, face),
        Action::SetKeys(command, keys) => settings::set_keys(workspace, command, keys),

        Action::ShowDocument(id) => documents::show(workspace, id),
        Action::ShowBeside(id) => documents::show_beside(workspace, id),
        Action::SetDocumentInfo(id, info, label) => documents::set_info(workspace, id, *info, label),
        Action::SetDocumentInfos(infos, label) => documents::set_infos(workspace, infos, &label),
        Action::SetReading(id, status) => documents::set_reading(workspace, id, status),
        Action::MoveDocument(id, to) => documents::move_to(workspace, id, to),
        Action::RemoveDocument(id) => documents::ask_remove(workspace, id),
        Action::RemoveDocumentNow(id) => documents::remove(workspace, id),
        Action::SetInfo(info) => documents::set_session_info(workspace, info),

        other => view::change(workspace, other),
    }
}

/// True for what goes to another passage: an end that was being moved stays where it is then.
fn leaves_edge(action: &Action) -> bool {
    matches!(
        action,
        Action::Select(..)
            | Action::SelectionReleased(..)
            | Action::Click { .. }
            | Action::Choose(_)
            | Action::JumpTo(_)
            | Action::Link(_)
            | Action::Tag(_)
            | Action::ShowDocument(_)
            | Action::CloseRequested
            | Action::OpenPaths(_)
    )
}

fn do_command(workspace: &mut Workspace, command: Command) {
    use Command as C;
    if let Err(reason) = command.enabled(workspace) {
        let name = command.info().name.trim_end_matches('…');
        workspace.say(super::MessageKind::Notice, format!("{name}: {reason}"), false);
        return;
    }
    workspace.messages.clear_notice();
    if edges::takes(workspace, command) {
        return;
    }
    match command {
        C::OpenDocuments
        | C::OpenSession
        | C::OpenSample
        | C::PasteDocument
        | C::NewSession
        | C::Save
        | C::SaveAs
        | C::EarlierVersions
        | C::CloseSession
        | C::Quit => session::command(workspace, command),
        C::Undo | C::Redo => annotate::undo_or_redo(workspace, command),
        C::Tag(_)
        | C::Stick(_)
        | C::EditNote
        | C::ToggleUnsure
        | C::Delete
        | C::SplitAnnotation
        | C::JoinNext
        | C::AlsoTag
        | C::Comment
        | C::PickAll
        | C::PickNext
        | C::PickPrevious
        | C::NotePicked => {
            annotate::command(workspace, command);
        }
        C::Find | C::FindNext | C::FindPrevious | C::TagHits => search::command(workspace, command),
        C::CopyCitation => cite::copy(workspace),
        C::CitationForm => cite::ask_form(workspace),
        C::Export | C::ExportAgain | C::Import => exchange::command(workspace, command),
        C::Handover => handover::ask(workspace),
        C::EditScheme | C::AddExample | C::ExportCodebook | C::ExportScheme | C::ImportScheme => {
            scheme::command(workspace, command);
        }
        C::EditSources => sources::open(workspace),
        C::StartLink | C::FollowLink | C::AllLinks | C::AlignColumns | C::LockColumns => {
            links::command(workspace, command);
        }
        C::NotText => furniture::ask(workspace),
        C::GoTo => workspace.overlay = Some(super::Overlay::GoTo { wrong: String::new() }),
        C::Back => goto::go(workspace, true),
        C::Forward => goto::go(workspace, false),
        C::ShowCharts => workspace.overlay = Some(super::Overlay::Charts),
        C::NextPane
        | C::PreviousPane
        | C::ClosePane
        | C::SplitPane
        | C::MovePaneLeft
        | C::MovePaneRight
        | C::TogglePresentation
        | C::DescribeDocument
        | C::ReplaceDocument
        | C::RemoveDocument
        | C::MarkUnread
        | C::MarkReading
        | C::MarkDone
        | C::NextReading => documents::command(workspace, command),
        C::TextLarger | C::TextSmaller | C::TextNormal | C::ToggleDark => {
            settings::command(workspace, command)
        }
        C::ShowReview
        | C::OpenLayer
        | C::Agreement
        | C::Adjudicate
        | C::TakeAgreed
        | C::WriteReview
        | C::TakeReview
        | C::MergeSession
        | C::NextDifference
        | C::PreviousDifference
        | C::Take(_)
        | C::KeepAll
        | C::MakeNew
        | C::RejectAll
        | C::DecideAgain
        | C::SideBySide
        | C::HideNames => review::command(workspace, command),
        C::PutUnder | C::PutUnderLast | C::SetVoice | C::EditVoices | C::NewStatement => {
            statements::command(workspace, command);
        }
        C::Echoes
        | C::AllEchoes
        | C::NextEcho
        | C::PreviousEcho
        | C::AlignEcho
        | C::LinkEcho
        | C::TagEcho
        | C::PutAside
        | C::Ribbons => echoes::command(workspace, command),
        C::ShowMatrix
        | C::LeaveMatrix
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
        | C::OpenCell
        | C::CopyCard
        | C::NextSort
        | C::NextColumns
        | C::EditStatement
        | C::RemoveStatement
        | C::StatementUp
        | C::StatementDown
        | C::ExportMatrix => statements::matrix_command(workspace, command),
        C::ToggleInspector if workspace.mode() == super::Mode::Matrix => {
            statements::matrix_command(workspace, command);
        }
        C::ToggleDossier
        | C::ToggleInspector
        | C::ToggleTable
        | C::FocusFilter
        | C::ClearFilter
        | C::Palette
        | C::Help
        | C::Log
        | C::About
        | C::ChangeName
        | C::DescribeSession
        | C::EditSettings
        | C::ShowDetails => view::command(workspace, command),
        _ => select::command(workspace, command),
    }
}
