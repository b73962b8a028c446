//! Exports for other programs, and imports of what they wrote.

use std::path::PathBuf;

use crate::edit::Edit;
use crate::format::Shape;
use crate::format::export::{self, Choice, Export, Sink, narrowed};
use crate::format::import::take_in;
use crate::format::table::named;
use crate::model::{AnnotatorId, DocumentId, Session, TagId};
use crate::store::{self, PlaceExport};

use super::super::exchange::{self, ExportForm, Imported};
use super::super::{
    Action, Answer, Command, JobResult, MessageKind, Overlay, PathPurpose, PendingStep, Workspace, count,
};
use super::session::{file_name, with_extension};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::ExportAgain => {
            let last = workspace.desk.as_ref().and_then(|desk| desk.view.exporting.last.clone());
            if let Some((form, path)) = last {
                write(workspace, form, path);
            }
        }
        Command::Import => {
            if workspace.desk.is_none() {
                super::session::begin(workspace);
            }
            workspace.overlay = Some(Overlay::Import);
        }
        _ => workspace.overlay = Some(Overlay::Export),
    }
}

/// The form of the export sheet is this now.
pub(super) fn set_form(workspace: &mut Workspace, form: ExportForm) {
    if let Some(desk) = &mut workspace.desk {
        desk.view.exporting.form = form;
    }
}

/// Writes in this format to this file or folder what the form of the export sheet says, and closes it; where another
/// sheet has asked (the scheme's), all of it.
pub(super) fn export_to(workspace: &mut Workspace, format: &'static str, path: PathBuf) {
    let sheet = workspace.overlay.as_ref().or(workspace.under.as_ref());
    if !matches!(sheet, Some(Overlay::Export)) {
        return write(workspace, ExportForm { format, ..ExportForm::default() }, path);
    }
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.exporting.form.format = format;
    let form = desk.view.exporting.form.clone();
    desk.view.exporting.last = Some((form.clone(), path.clone()));
    workspace.under = None;
    workspace.overlay = None;
    write(workspace, form, path);
    super::places::remember(workspace);
}

fn write(workspace: &mut Workspace, form: ExportForm, path: PathBuf) {
    let Some(format) = named(form.format) else { return };
    let Some(writer) = format.write else { return };
    let path = match format.extension() {
        Some(extension) => with_extension(path, extension),
        None => path,
    };
    let real = |path: &PathBuf| store::real_path(path).unwrap_or_else(|_| path.clone());
    if workspace.path().is_some_and(|own| real(own) == real(&path)) {
        let name = file_name(Some(&path));
        return workspace.problem(format!("{name} is the session itself: give the export another name"));
    }
    let at = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let choice = exchange::choice(&form, desk.rows().ids());
    let session = desk.session().clone();
    workspace.jobs.start("export", move || {
        let part = narrowed(&session, &choice);
        let export = Export { session: &part.session, at };
        let written = store::write_export(&path, format.shape, |sink: &mut dyn Sink| writer(&export, sink));
        let written = written.and_then(|losses| {
            if form.texts {
                let folder = path.with_file_name(format!(
                    "{}-texts",
                    path.file_stem().unwrap_or_default().to_string_lossy()
                ));
                store::write_export(&folder, Shape::Folder, |sink| export::texts(&part.session, "", sink))?;
            }
            Ok(losses)
        });
        let what = match format.name {
            "scheme" => "The scheme was".to_owned(),
            _ if !format.holds_passages() => "The codebook was".to_owned(),
            _ => count(part.session.annotations.len(), "passage"),
        };
        JobResult::Exported(written.map_err(|error| error.to_string()).map(|losses| {
            let said = format!("{what} written to {}", file_name(Some(&path)));
            (said, part.losses.0.into_iter().chain(losses.0).collect())
        }))
    });
}

/// An export was written; what the file does not hold is told.
pub(super) fn exported(workspace: &mut Workspace, done: Result<(String, Vec<String>), String>) {
    match done {
        Ok((said, losses)) => {
            for loss in &losses {
                workspace.say(MessageKind::Notice, format!("Not in the file: {loss}"), false);
            }
            let said = match losses.as_slice() {
                [] => said,
                [one] => format!("{said}. Not in it: {one}"),
                several => {
                    let said = format!(
                        "{said}. {} it does not hold stand in the messages",
                        count(several.len(), "thing")
                    );
                    return workspace.say_with_more(MessageKind::Done, said);
                }
            };
            workspace.say(MessageKind::Done, said, false);
        }
        Err(error) => workspace.problem(format!("Not exported: {error}")),
    }
}

/// Reads files of this format, on a worker, and tries what taking them in would do.
pub(super) fn import_from(workspace: &mut Workspace, name: &'static str, paths: Vec<PathBuf>) {
    let Some(format) = named(name) else { return };
    let at = workspace.now();
    workspace.overlay = None;
    workspace.under = None;
    let Some(desk) = &workspace.desk else { return };
    let (number, session) = (desk.number, desk.session().clone());
    let annotator = Some(desk.view.import_as.trim().to_owned()).filter(|name| !name.is_empty());
    workspace.jobs.start("import", move || {
        let read = store::read_inputs(&paths, format)
            .map_err(|error| error.to_string())
            .and_then(|inputs| format.read_files(&inputs).map_err(|error| error.to_string()))
            .map(|foreign| Box::new(Imported::tried(&session, format, foreign, annotator, at)));
        JobResult::ImportRead(number, read)
    });
}

/// Files were read: says what they would bring, and asks.
pub(super) fn read(workspace: &mut Workspace, number: u64, read: Result<Box<Imported>, String>) {
    if workspace.desk.as_ref().is_none_or(|desk| desk.number != number) {
        return;
    }
    let imported = match read {
        Ok(imported) => imported,
        Err(error) => return workspace.problem(format!("Nothing was read: {error}")),
    };
    let report = &imported.report;
    let has_news = imported.weight > 0;
    let text = match report.news().filter(|_| has_news) {
        Some(news) => format!("Take in {news}?"),
        None => super::super::capitalized(&report.summary()),
    };
    let rest = Some(report.rest().join(", ")).filter(|rest| has_news && !rest.is_empty());
    let details: Vec<String> = rest.into_iter().chain(report.details().cloned()).collect();
    let mut answers = vec![Answer { words: "Leave it".to_owned(), action: Action::Nothing }];
    if has_news {
        answers.insert(0, Answer { words: "Take it in".to_owned(), action: Action::TakeIn(imported) });
    }
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Takes in what was read, as one step.
pub(super) fn take(workspace: &mut Workspace, mut imported: Imported) {
    let weight = imported.weight;
    let make = move |session: &Session| {
        let foreign = std::mem::take(&mut imported.foreign);
        let taken = take_in(session, foreign, imported.taking(session));
        let said = super::super::capitalized(&taken.report.summary());
        PendingStep { label: format!("import from {}", imported.format), said, edits: taken.edits }
    };
    super::large::step(workspace, weight, make);
    // Waits where a worker has the session.
    workspace.dispatch(Action::ShowFirst);
}

/// Opens the first documents, if no column is open, and shows the first annotation that came in the table.
pub(super) fn show_first(workspace: &mut Workspace) {
    if workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.is_empty()) {
        super::documents::open_first_panes(workspace);
    }
    let Some(last) = workspace.desk.as_ref().and_then(|desk| desk.history().done().last()) else { return };
    // What was refused is not the last step.
    let is_it = ["import", "merge", "take what"].iter().any(|act| last.step.label.starts_with(act));
    let came = last.inverse.edits.iter().find_map(|edit| match edit {
        Edit::RemoveAnnotation(id) => Some(*id),
        _ => None,
    });
    if let Some(came) = came.filter(|_| is_it) {
        super::select::choose(workspace, Some(came));
    }
}

/// Whose imported passages are.
pub(super) fn set_import_as(workspace: &mut Workspace, name: String) {
    if let Some(desk) = &mut workspace.desk {
        desk.view.import_as = name;
    }
}

/// What a file dialog or a typed path answers.
pub(super) fn picked(workspace: &mut Workspace, purpose: &PathPurpose, paths: Vec<PathBuf>) {
    match purpose {
        PathPurpose::Import(format) => import_from(workspace, format, paths),
        PathPurpose::Export(format) => {
            if let Some(path) = paths.into_iter().next() {
                export_to(workspace, format, path);
            }
        }
        _ => {}
    }
}

/// An export as it is remembered.
pub(super) fn place_of(form: &ExportForm, path: &std::path::Path) -> PlaceExport {
    fn ids<T: ToString>(set: Option<&std::collections::BTreeSet<T>>) -> Option<Vec<String>> {
        set.map(|set| set.iter().map(ToString::to_string).collect())
    }
    let about = form.choice.statements.as_ref();
    PlaceExport {
        format: form.format.to_owned(),
        path: path.to_owned(),
        filtered: form.filtered,
        texts: form.texts,
        documents: ids(form.choice.documents.as_ref()),
        tags: ids(form.choice.tags.as_ref()),
        statements: about.map(|set| set.iter().map(|id| id.map(|id| id.to_string())).collect()),
        annotators: ids(form.choice.annotators.as_ref()),
    }
}

/// The export that was remembered, unless its format is gone.
pub(super) fn form_of(place: &PlaceExport) -> Option<(ExportForm, PathBuf)> {
    fn ids<T: Ord>(
        list: Option<&Vec<String>>,
        id: impl Fn(&str) -> T,
    ) -> Option<std::collections::BTreeSet<T>> {
        list.map(|list| list.iter().map(|text| id(text)).collect())
    }
    let format = named(&place.format).filter(|format| format.write.is_some())?;
    let about = place.statements.as_ref();
    let statement = |id: &Option<String>| id.as_ref().and_then(|id| id.parse().ok());
    let choice = Choice {
        documents: ids(place.documents.as_ref(), |text| DocumentId::new(text)),
        tags: ids(place.tags.as_ref(), |text| TagId::new(text)),
        statements: about.map(|list| list.iter().map(statement).collect()),
        annotators: ids(place.annotators.as_ref(), |text| AnnotatorId::new(text)),
        annotations: None,
    };
    let (filtered, texts) = (place.filtered, place.texts);
    let form = ExportForm { goal: format.goal, format: format.name, choice, filtered, texts };
    Some((form, place.path.clone()))
}
