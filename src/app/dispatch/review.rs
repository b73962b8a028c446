//! The review: layers, and what is looked at. `decide`: decisions; `exchange`: comments that go back, other copies of
//! the session.

mod decide;
mod exchange;

pub(super) use exchange::{ask_merge, copy_kept, copy_read, merge, offered};

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{StatementId, StatementMapping, TagId, TagMapping};
use crate::review::layer::Layer;
use crate::store;

use super::super::jobs::{LayerFile, LayerRead};
use super::super::review::{CaseKey, CopyFor, Mode, OpenLayer, Options, ReviewAction, Shown, layer_name};
use super::super::{
    Action, Command, Effect, JobResult, MessageKind, Overlay, PathPurpose, ScrollPlace, ScrollTo, Selection,
    Workspace, count,
};
use super::session::file_name;
use decide::{Wanted, adjudicate, ask_agreed, decide, decide_again, take_agreed};
use exchange::{ask_review, read_copy, remark, remove_remark, settle, write_figures, write_review};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::ShowReview => {
            let mode = if workspace.is_reviewing() { Mode::Annotate } else { Mode::Review };
            set_mode(workspace, mode);
        }
        Command::OpenLayer => workspace.pick(PathPurpose::Layer),
        Command::Agreement => {
            workspace.overlay = Some(Overlay::Agreement);
            if let Some(desk) = &mut workspace.desk {
                desk.review.agreed.ask_all();
            }
        }
        Command::Adjudicate => adjudicate(workspace),
        Command::TakeAgreed => ask_agreed(workspace),
        Command::WriteReview => ask_review(workspace),
        Command::TakeReview => workspace.pick(PathPurpose::TakeReview),
        Command::MergeSession => workspace.pick(PathPurpose::Merge),
        Command::NextDifference => go(workspace, 1),
        Command::PreviousDifference => go(workspace, -1),
        Command::Take(reader) => decide(workspace, Wanted::Take(usize::from(reader) - 1)),
        Command::KeepAll => decide(workspace, Wanted::All),
        Command::RejectAll => decide(workspace, Wanted::None),
        Command::MakeNew => workspace.overlay = Some(Overlay::MakeNew),
        Command::DecideAgain => decide_again(workspace),
        Command::SideBySide => side_by_side(workspace),
        Command::HideNames => {
            if let Some(desk) = &mut workspace.desk {
                desk.review.options.names_hidden ^= true;
            }
        }
        _ => {}
    }
}

pub(super) fn change(workspace: &mut Workspace, action: ReviewAction) {
    let Some(desk) = &mut workspace.desk else { return };
    let review = &mut desk.review;
    match action {
        ReviewAction::Mode(mode) => set_mode(workspace, mode),
        ReviewAction::Show(at, shown) => {
            if let Some(layer) = review.layers.get_mut(at) {
                layer.shown = shown;
                review.layers_revision += 1;
            }
            super::places::remember(workspace);
        }
        ReviewAction::ShowAlone(alone) => {
            let others_hidden =
                review.layers.iter().enumerate().all(|(at, it)| at == alone || it.shown == Shown::Hidden);
            // The same again shows all.
            let back = others_hidden && review.options.mine_hidden;
            for (at, layer) in review.layers.iter_mut().enumerate() {
                layer.shown = if at == alone || back { Shown::Shown } else { Shown::Hidden };
            }
            review.options.mine_hidden = !back;
            review.layers_revision += 1;
        }
        ReviewAction::Close(at) => {
            if at < review.layers.len() {
                let layer = review.layers.remove(at);
                review.layers_revision += 1;
                let said = format!("{} lies no longer over this session", file_name(Some(&layer.path)));
                workspace.say(MessageKind::Notice, said, false);
            }
            super::places::remember(workspace);
        }
        ReviewAction::ReadAgain(at) => {
            if let Some(layer) = review.layers.get(at) {
                let (path, shown) = (layer.path.clone(), layer.shown);
                read_layers(workspace, vec![(path, Some(shown))]);
            }
        }
        ReviewAction::AskMapping(at) => workspace.overlay = Some(Overlay::Mapping(at)),
        ReviewAction::Map(at, tags, statements) => map(workspace, at, &tags, &statements),
        ReviewAction::Options(options) => review.options = Options::clone(&options),
        ReviewAction::Culprits(measure, tag) => {
            review.options = review.options.culprits(measure, tag);
            review.chosen = None;
            review.row_wanted = true;
            workspace.overlay = None;
        }
        ReviewAction::Choose(key) => choose(workspace, key),
        ReviewAction::RowShown => review.row_wanted = false,
        ReviewAction::NoteFocused => review.focus_note = false,
        ReviewAction::Why(reason, note) => (review.reason, review.note) = (reason, note),
        ReviewAction::TakeAgreed(rule) => take_agreed(workspace, rule),
        ReviewAction::MakeNew(tag) => decide(workspace, Wanted::New(tag)),
        ReviewAction::Remark(at, id, said) => remark(workspace, at, id, said),
        ReviewAction::RemoveRemark(id) => remove_remark(workspace, id),
        ReviewAction::Settle(conflict, stays) => settle(workspace, &conflict, stays),
        ReviewAction::AllFigures => review.agreed.ask_all(),
        ReviewAction::CopyMethods => {
            if let Some(text) = review.agreed.methods() {
                workspace.effects.push(Effect::CopyText(text));
                workspace.say(MessageKind::Done, "The paragraph for the methods section was copied", false);
            }
        }
    }
}

/// Shows the document twice, one's own marks at the left and those of the layers at the right; or once again.
fn side_by_side(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let on = !desk.review.options.side_by_side;
    desk.review.options.side_by_side = on;
    let Some(document) = desk.view.focused().map(|pane| pane.document.clone()) else { return };
    let twice = || desk.view.panes.iter().filter(|pane| pane.document == document);
    let (count, second) = (twice().count(), twice().nth(1).map(|pane| pane.id));
    match (on, second) {
        (true, _) if count < 2 => super::dispatch(workspace, Action::Command(Command::SplitPane)),
        (false, Some(second)) => {
            super::dispatch(workspace, Action::ClosePane(second));
            super::documents::show(workspace, document);
        }
        _ => {}
    }
    if on && let Some(key) = workspace.desk.as_ref().and_then(|desk| desk.review.chosen.clone()) {
        choose(workspace, key);
    }
}

pub(super) fn set_mode(workspace: &mut Workspace, mode: Mode) {
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.mode = mode;
    if mode == Mode::Review {
        desk.view.search.open = false;
        if desk.review.chosen.is_none() {
            desk.review.row_wanted = true;
        }
    }
    super::places::remember(workspace);
}

/// What a file dialog or a typed path answers.
pub(super) fn picked(workspace: &mut Workspace, purpose: &PathPurpose, paths: Vec<PathBuf>) {
    let first = paths.first().cloned();
    match (purpose, first) {
        (PathPurpose::Layer, _) => {
            read_layers(workspace, paths.into_iter().map(|path| (path, None)).collect());
        }
        (PathPurpose::Review(at), Some(path)) => write_review(workspace, *at, path),
        (PathPurpose::TakeReview, Some(path)) => read_copy(workspace, path, CopyFor::Comments),
        (PathPurpose::Merge, Some(path)) => read_copy(workspace, path, CopyFor::Merge),
        (PathPurpose::Agreement, Some(path)) => write_figures(workspace, path),
        _ => {}
    }
}

/// Reads colleagues' sessions on a worker, each with how it is to be shown if that is known.
pub(super) fn read_layers(workspace: &mut Workspace, files: Vec<(PathBuf, Option<Shown>)>) {
    let Some(desk) = workspace.desk.as_ref().filter(|_| !files.is_empty()) else { return };
    let (number, own) = (desk.number, desk.session().clone());
    workspace.jobs.start("layers", move || {
        let read = files.into_iter().map(|(path, shown)| {
            let file = |read: store::ReadOnDisk| {
                let (session, digest) = (Arc::new(read.session), read.digest);
                let laid = Layer::over(&own, Arc::clone(&session));
                let asks = !laid.unknown_tags.is_empty() || !laid.unknown_statements.is_empty();
                LayerFile { session, digest, documents: laid.documents.len(), asks }
            };
            let result = store::read(&path).map(file).map_err(|error| error.to_string());
            LayerRead { path, result, shown }
        });
        JobResult::LayersRead(number, read.collect())
    });
}

/// A colleague's session was read: lays it over the open one.
pub(super) fn layer_read(workspace: &mut Workspace, number: u64, read: LayerRead) {
    let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) else { return };
    let name = file_name(Some(&read.path));
    let LayerFile { session, digest, documents, asks } = match read.result {
        Ok(read) => read,
        Err(error) => return workspace.problem(format!("Not laid over this session: {error}")),
    };
    let is_own = desk.file.path.as_ref() == Some(&read.path);
    if is_own {
        let said = format!("{name} is this session itself: choose a colleague's");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let again = read.shown.is_some();
    let (path, name_of, shown) = (read.path, layer_name(&session), read.shown.unwrap_or_default());
    let layer = OpenLayer { path, digest, session, name: name_of, shown };
    let review = &mut desk.review;
    review.layers_revision += 1;
    let at = match review.layers.iter().position(|other| other.path == layer.path) {
        Some(at) => {
            let changed = review.layers[at].digest != layer.digest;
            review.layers[at] = layer;
            let said = match changed {
                true => format!("{name} has changed: decisions stay, what is new is shown as open"),
                false => format!("{name} is as it was"),
            };
            workspace.say(MessageKind::Notice, said, false);
            at
        }
        None => {
            review.layers.push(layer);
            review.layers.len() - 1
        }
    };
    if !again {
        if documents == 0 {
            let said =
                format!("{name} has none of the documents of this session: there is nothing to compare");
            workspace.say(MessageKind::Notice, said, false);
        } else {
            let what = count(documents, "document");
            let said = format!("{name} lies over this session: {what} in both");
            workspace.say(MessageKind::Done, said, false);
        }
        set_mode(workspace, Mode::Review);
        if asks {
            workspace.overlay = Some(Overlay::Mapping(at));
        }
    }
}

/// Keeps which of a colleague's tags and statements are which of one's own.
fn map(
    workspace: &mut Workspace,
    at: usize,
    tags: &[(TagId, Option<TagId>)],
    statements: &[(StatementId, Option<StatementId>)],
) {
    workspace.overlay = None;
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let session = layer.session.id;
    let own = desk.session();
    let mut edits = Vec::new();
    let mut tag_mappings = own.tag_mappings.clone();
    for (theirs, ours) in tags {
        tag_mappings.retain(|mapping| mapping.session != session || mapping.theirs != *theirs);
        tag_mappings.extend(ours.clone().map(|ours| TagMapping { session, theirs: theirs.clone(), ours }));
    }
    if tag_mappings != own.tag_mappings {
        edits.push(Edit::SetTagMappings(tag_mappings));
    }
    let mut statement_mappings = own.statement_mappings.clone();
    for (theirs, ours) in statements {
        statement_mappings.retain(|mapping| mapping.session != session || mapping.theirs != *theirs);
        statement_mappings.extend(ours.map(|ours| StatementMapping { session, theirs: *theirs, ours }));
    }
    if statement_mappings != own.statement_mappings {
        edits.push(Edit::SetStatementMappings(statement_mappings));
    }
    if !edits.is_empty() {
        super::annotate::step(workspace, "match a colleague's tags", "Tags matched", edits);
    }
}

/// Goes so many differences on in the list.
fn go(workspace: &mut Workspace, by: isize) {
    let Some(desk) = &workspace.desk else { return };
    let (review, found) = (&desk.review, desk.review.found());
    if found.listed.is_empty() {
        let said = match found.cases.is_empty() {
            true => "There is nothing to compare yet",
            false => "No difference is listed: the kinds at the left say what is left out",
        };
        return workspace.say(MessageKind::Notice, said, false);
    }
    let last = found.listed.len() as isize - 1;
    let to = match review.chosen_row() {
        Some(row) => {
            let to = row as isize + by;
            if to < 0 || to > last {
                let said =
                    if by > 0 { "This is the last difference" } else { "This is the first difference" };
                return workspace.say(MessageKind::Notice, said, false);
            }
            to
        }
        None if by > 0 => 0,
        None => last,
    };
    let key = found.cases[found.listed[to as usize]].key();
    choose(workspace, key);
}

/// Looks at a difference, and brings its place into view.
pub(super) fn choose(workspace: &mut Workspace, key: CaseKey) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(case) = desk.review.found().case(&key) else { return };
    let (document, span) = (case.case.document.clone(), case.case.span);
    let own = case.mine().filter(|id| desk.annotation(*id).is_some());
    desk.review.chosen = Some(key);
    desk.review.row_wanted = true;
    super::documents::show(workspace, document.clone());
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.chosen = own;
    let mut first = None;
    for pane in desk.view.panes.iter_mut().filter(|pane| pane.document == document) {
        pane.scroll_to = Some(ScrollTo::to_span(span, ScrollPlace::Center));
        first = first.or(Some(pane.id));
    }
    desk.view.selection = first.map(|pane| (pane, Selection::caret(span.start())));
}

/// Lays those sessions over the one just opened that lay over it when it was left.
pub(super) fn reopen(workspace: &mut Workspace, layers: Vec<(PathBuf, u8)>, reviewing: bool) {
    if reviewing && let Some(desk) = &mut workspace.desk {
        desk.view.mode = Mode::Review;
    }
    let shown = |number: u8| SHOWN.get(usize::from(number)).copied().unwrap_or_default();
    let files = layers.into_iter().map(|(path, number)| (path, Some(shown(number))));
    read_layers(workspace, files.collect());
}

/// The ways in which a layer is shown, in their order in the file of places.
const SHOWN: [Shown; 3] = [Shown::Shown, Shown::Hidden, Shown::Blind];

/// A way in which a layer is shown, by number.
pub(super) fn shown_number(shown: Shown) -> u8 {
    SHOWN.iter().position(|other| *other == shown).unwrap_or(0) as u8
}
