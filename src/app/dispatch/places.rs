//! Where one was in a session: what has been on screen, and what comes back when it is opened again.

use crate::model::{ActorId, AnnotationId, AnnotatorId, DocumentId, Span, TagId};
use crate::store::{PlaceAccess, PlacePane, Places};
use crate::text::spans;

use super::super::{
    Access, Column, Desk, DocumentOrder, Filter, Grouping, JobResult, PaneId, ScrollPlace, ScrollTo,
    Selection, Sort, Workspace,
};
use super::{exchange, review};

/// In the place of a voice: passages for which none is given.
const NOBODY: &str = "";

/// A pane has rested on what it shows.
pub(super) fn seen(workspace: &mut Workspace, pane: PaneId) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(pane) = desk.view.pane(pane) else { return };
    let (document, visible) = (pane.document.clone(), pane.visible.clone());
    if let Some(span) = Span::new(visible.start, visible.end) {
        spans::add(desk.view.seen.entry(document).or_default(), span);
    }
}

/// Keeps where one is, on a worker.
pub(super) fn remember(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let (id, places) = (desk.session().id, places_of(desk, workspace.my_name()));
    workspace.jobs.start("places", move || keep(&places, id));
}

pub(super) fn keep(places: &Places, session: crate::model::SessionId) -> JobResult {
    match places.keep(session) {
        Ok(()) => JobResult::Nothing,
        Err(warning) => JobResult::Warning(format!("where you are could not be kept: {warning}")),
    }
}

/// The order of the columns in the file.
/// In the order in which they were invented: their numbers are kept.
const COLUMNS: [Column; 7] = [
    Column::Place,
    Column::Tag,
    Column::Passage,
    Column::Note,
    Column::When,
    Column::Statement,
    Column::Voice,
];

/// Where one is, under this name.
pub(super) fn places_of(desk: &Desk, name: &str) -> Places {
    let view = &desk.view;
    let pane = |pane: &super::super::Pane| PlacePane {
        document: pane.document.to_string(),
        top: pane.top,
        share: pane.share,
    };
    let seen = view.seen.iter().map(|(document, spans)| {
        (document.to_string(), spans.iter().map(|span| (span.start(), span.end())).collect())
    });
    Places {
        panes: view.panes.iter().map(pane).collect(),
        focus: view.panes.iter().position(|pane| Some(pane.id) == view.focus).unwrap_or(0),
        chosen: view.chosen.map(|id| id.to_string()),
        tags: view.filter.tags.iter().map(ToString::to_string).collect(),
        document: view.filter.document.as_ref().map(ToString::to_string),
        text: view.filter.text.clone(),
        unsure: view.filter.unsure,
        sort: (
            COLUMNS.iter().position(|column| *column == view.sort.column).unwrap_or(0) as u8,
            view.sort.descending,
        ),
        listing: (
            DocumentOrder::ALL.iter().position(|order| *order == view.order).unwrap_or(0) as u8,
            Grouping::ALL.iter().position(|grouping| *grouping == view.grouping).unwrap_or(0) as u8,
        ),
        seen: seen.collect(),
        annotator: view.filter.annotator.as_ref().map(ToString::to_string),
        statement: view.filter.statement.map(|id| id.to_string()),
        voice: match view.filter.voiceless {
            true => Some(NOBODY.to_owned()),
            false => view.filter.voice.as_ref().map(ToString::to_string),
        },
        before: view.filter.before.as_ref().map(|(tag, at)| (tag.to_string(), at.to_string())),
        name: name.to_owned(),
        layers: (desk.review.layers().iter())
            .map(|layer| (layer.path.clone(), review::shown_number(layer.shown)))
            .collect(),
        reviewing: view.mode == super::super::Mode::Review,
        export: view.exporting.last.as_ref().map(|(form, path)| exchange::place_of(form, path)),
        access: match desk.access {
            Access::ReadOnly => Some(PlaceAccess::Review),
            Access::Open => Some(PlaceAccess::WorkOn),
            Access::Ask => None,
        },
    }
}

/// Goes where one was; `false` when nothing of it is there any more. What was said about the work of others holds for
/// the name under which it was said.
pub(super) fn restore(desk: &mut Desk, places: &Places, name: &str) -> bool {
    for pane in &places.panes {
        let id = DocumentId::new(&pane.document);
        let Some(document) = desk.session().document(&id) else { continue };
        let offset = document.text().floor_char_boundary(pane.top);
        let name = desk.view.add_pane(usize::MAX, id);
        if let Some(opened) = desk.view.pane_mut(name) {
            if pane.share.is_finite() && pane.share > 0.0 {
                opened.share = pane.share;
            }
            // The place stands for what will be drawn, until it is.
            opened.top = offset;
            opened.scroll_to = Some(ScrollTo::to(offset, ScrollPlace::Top));
        }
    }
    let focus = desk.view.panes.get(places.focus).or(desk.view.panes.first()).map(|pane| pane.id);
    desk.view.focus = focus;
    let chosen: Option<AnnotationId> = places.chosen.as_ref().and_then(|id| id.parse().ok());
    let chosen = chosen.and_then(|id| desk.annotation(id)).cloned();
    if let Some(annotation) = chosen {
        desk.view.chosen = Some(annotation.id);
        desk.view.row_wanted = true;
        let pane = desk.view.panes.iter().find(|pane| pane.document == *annotation.anchor.document());
        if let (Some(pane), Some(span)) = (pane.map(|pane| pane.id), annotation.anchor.span()) {
            desk.view.selection = Some((pane, Selection::caret(span.start())));
        }
    }
    let tags = places.tags.iter().map(TagId::new).filter(|id| desk.session().scheme.tag(id).is_some());
    let document = places.document.as_ref().map(DocumentId::new);
    let annotator = places.annotator.as_ref().map(AnnotatorId::new);
    let statement = places.statement.as_ref().and_then(|id| id.parse().ok());
    let voice = places.voice.as_ref().map(ActorId::new);
    let before = places.before.as_ref().and_then(|(tag, at)| Some((TagId::new(tag), at.parse().ok()?)));
    desk.view.filter = Filter {
        tags: tags.collect(),
        document: document.filter(|id| desk.session().document(id).is_some()),
        text: places.text.clone(),
        unsure: places.unsure,
        annotator: annotator.filter(|id| desk.session().annotators.contains_key(id)),
        statement: statement.filter(|id| desk.session().statements.contains_key(id)),
        voiceless: places.voice.as_deref() == Some(NOBODY),
        voice: voice.filter(|id| desk.session().actors.contains_key(id)),
        before: before.filter(|(tag, _)| desk.session().scheme.tag(tag).is_some()),
    };
    let column = COLUMNS.get(usize::from(places.sort.0)).copied().unwrap_or_default();
    desk.view.sort = Sort { column, descending: places.sort.1 };
    desk.view.filter_revision += 1;
    let (order, grouping) = places.listing;
    desk.view.order = DocumentOrder::ALL.get(usize::from(order)).copied().unwrap_or_default();
    desk.view.grouping = Grouping::ALL.get(usize::from(grouping)).copied().unwrap_or_default();
    for (document, seen) in &places.seen {
        let id = DocumentId::new(document);
        let Some(length) = desk.session().document(&id).map(|document| document.text().len()) else {
            continue;
        };
        let mut kept = Vec::new();
        for (start, end) in seen {
            if let Some(span) = Span::new(*start, (*end).min(length)) {
                spans::add(&mut kept, span);
            }
        }
        desk.view.seen.insert(id, kept);
    }
    if let Some(export) = &places.export
        && let Some((form, path)) = exchange::form_of(export)
    {
        desk.view.exporting.form = form.clone();
        desk.view.exporting.last = Some((form, path));
    }
    match places.access.filter(|_| places.name == name) {
        Some(PlaceAccess::Review) => desk.access = Access::ReadOnly,
        Some(PlaceAccess::WorkOn) => desk.access = Access::Open,
        None => {}
    }
    !desk.view.panes.is_empty()
}
