//! A corrected text in the place of a document's: read and planned on a worker, looked at, done as one step.

use std::path::PathBuf;

use crate::format::decode;
use crate::model::{AnnotationId, DocumentId, Source};
use crate::review::carry::{self, Plan};
use crate::store;

use super::super::replacing::{ReplaceAction, Replacing};
use super::super::{JobResult, MessageKind, Overlay, PathPurpose, Selection, Workspace, count};
use super::annotate::{step, step_as_it_is};
use super::select;

pub(super) fn act(workspace: &mut Workspace, action: ReplaceAction) {
    match action {
        ReplaceAction::Ask(document) => workspace.pick(PathPurpose::Replace(document)),
        ReplaceAction::Apply => apply(workspace),
        ReplaceAction::PlaceAgain(id) => place_again(workspace, id),
        ReplaceAction::ShowProposal(id) => show_proposal(workspace, id),
        other => {
            let Some(replacing) = &mut workspace.replacing else { return };
            let Replacing { plan, accepted, only, .. } = replacing;
            match other {
                ReplaceAction::Accept(id, true) => drop(accepted.insert(id)),
                ReplaceAction::Accept(id, false) => drop(accepted.remove(&id)),
                ReplaceAction::AcceptAll(true) => accepted.extend(plan.doubtful()),
                ReplaceAction::AcceptAll(false) => accepted.clear(),
                ReplaceAction::Only(fate) => *only = fate,
                _ => {}
            }
        }
    }
}

/// Reads the corrected file and finds what becomes of each annotation, on a worker.
pub(super) fn read(workspace: &mut Workspace, document: DocumentId, path: PathBuf) {
    let at = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let (number, revision, session) = (desk.number, desk.revision(), desk.session().clone());
    workspace.jobs.start("replace", move || {
        let planned = store::read_document_file(&path, None).map_err(|error| error.to_string()).and_then(
            |(decoded, name)| {
                let read = decode::document(decoded, Some(&name), at, DocumentId::new(""));
                let source = Source::clone(&read.source);
                carry::plan(&session, &document, source)
                    .map_err(|error| format!("{}: {error}", path.display()))
            },
        );
        JobResult::ReplacePlanned(number, revision, planned.map(Box::new))
    });
}

pub(super) fn planned(
    workspace: &mut Workspace,
    number: u64,
    revision: u64,
    planned: Result<Box<Plan>, String>,
) {
    if workspace.desk.as_ref().is_none_or(|desk| desk.number != number) {
        return;
    }
    match planned {
        Ok(plan) => {
            workspace.replacing = Some(Replacing::of(*plan, revision));
            workspace.overlay = Some(Overlay::Replace);
        }
        Err(error) => workspace.problem(format!("Nothing was replaced: {error}")),
    }
}

fn apply(workspace: &mut Workspace) {
    workspace.overlay = None;
    let Some(Replacing { plan, accepted, revision, .. }) = workspace.replacing.take() else { return };
    let Some(desk) = &workspace.desk else { return };
    if desk.revision() != revision {
        return workspace.problem("The session was changed meanwhile: import the corrected version again");
    }
    let edits = carry::edits(desk.session(), &plan, &accepted);
    let name = plan.old.label().to_owned();
    let label = format!("import a corrected version of “{name}”");
    let said = format!("{name} has its corrected text");
    if step_as_it_is(workspace, &label, &said, edits) {
        let Some(desk) = &workspace.desk else { return };
        let gone = desk.session().annotations.values();
        let gone =
            gone.filter(|it| *it.anchor.document() == plan.old.id && it.anchor.span().is_none()).count();
        if gone > 0 {
            let said = format!(
                "{name} has its corrected text; {} lost their place and wait in the table",
                count(gone, "annotation")
            );
            workspace.say(MessageKind::Done, said, true);
        }
    }
}

/// Puts an annotation whose text is gone on what is selected in its document.
fn place_again(workspace: &mut Workspace, id: AnnotationId) {
    let Some(desk) = &workspace.desk else { return };
    let Some(annotation) = desk.annotation(id) else { return };
    let selected = desk.view.selection.and_then(|(pane, selection)| {
        let pane = desk.view.pane(pane)?;
        let (document, cache) = desk.document(&pane.document)?;
        let span = cache.snap(document.text(), selection.span()?)?;
        (pane.document == *annotation.anchor.document()).then_some(span)
    });
    let Some(span) = selected else {
        let name = desk.document(annotation.anchor.document()).map_or("its document", |(it, _)| it.label());
        let said = format!("Select the passage in {name} first");
        return workspace.say(MessageKind::Notice, said, false);
    };
    let Some(edit) = carry::place_again(desk.session(), id, span) else { return };
    if step(workspace, "place again", "It has its place again", vec![edit]) {
        select::jump_to(workspace, id);
    }
}

/// Selects the place where the words of an annotation may stand now, for someone to look at.
fn show_proposal(workspace: &mut Workspace, id: AnnotationId) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(document) = desk.annotation(id).map(|it| it.anchor.document().clone()) else { return };
    let Some(span) = carry::proposal(desk.session(), id) else {
        let said = "Nothing in its document is like it";
        return workspace.say(MessageKind::Notice, said, false);
    };
    let pane = select::pane_for(desk, &document);
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, Selection::of(span)));
    if let Some(pane) = desk.view.pane_mut(pane) {
        pane.scroll_to = Some(super::super::ScrollTo::to_span(span, super::super::ScrollPlace::Center));
    }
    workspace.say(MessageKind::Notice, "Perhaps here: look, then put it on the selection", false);
}
