//! The documents side by side: columns with heads, splitters between them, tabs where not all fit.

mod head;
mod menu;
mod pile;
mod together;
mod told;

pub use pile::Pile;
pub use together::Together;

use eframe::egui;
use eframe::egui::{Id, Pos2, Rect, Sense, Ui, UiBuilder, Vec2, vec2};

use crate::app::links::Level;
use crate::app::review::Sides;
use crate::app::{Action, Desk, Mode, Motion, Pane, PaneId, ReviewAction, ScrollPlace, Selection, Workspace};
use crate::model::AnnotationId;

use super::app::Local;
use super::echoes::ribbons;
use super::keys::cap;
use super::links;
use super::reader::{
    CaretMove, Place, ReaderCache, ReaderEvent, ReaderInput, ScrollTo, Theirs, move_caret, reader_ui,
};
use super::theme::{Theme, font, size};
use super::widgets::Button;

/// Height of the tabs, shown when not all columns fit.
const TABS: f32 = 30.0;

/// Draws the columns.
pub fn panes_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let mut area = ui.max_rect();
    let keys = ui.interact(area, focus_id(), Sense::focusable_noninteractive());
    keys.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Text, takes the reading keys"));
    told::told_ui(ui, desk, focus_id(), area);
    local.readers.retain(|id, _| desk.view.pane(*id).is_some());
    local.selection_end = None;
    local.places.begin();
    local.together.begin();
    let panes = &desk.view.panes;
    if panes.is_empty() {
        local.layout_commands.clear();
        return empty_ui(ui, desk, theme, actions);
    }
    local.ribbons = desk.echoes.open && desk.echoes.shown.ribbons && desk.view.mode == Mode::Annotate;
    let fit_with = |gap| columns_that_fit(ui, theme, area.width(), panes.len(), gap);
    let fit = fit_with(size::PANE_GAP);
    // A column is worth more than room for ribbons.
    let has_room = local.ribbons && fit_with(size::PANE_GAP_RIBBONS) == fit;
    let gap = if has_room { size::PANE_GAP_RIBBONS } else { size::PANE_GAP };
    if fit < panes.len() {
        let tabs = Rect::from_min_size(area.min, vec2(area.width(), TABS));
        area.min.y += TABS;
        ui.scope_builder(UiBuilder::new().max_rect(tabs), |ui| tabs_ui(ui, desk, theme, local, fit, actions));
    }
    let focused = panes.iter().position(|pane| Some(pane.id) == desk.view.focus).unwrap_or(0);
    let last = panes.len() - fit;
    local.first_column = local.first_column.clamp(focused.saturating_sub(fit - 1), focused).min(last);
    let comes = together::brought_beside(desk, fit);
    actions.extend(comes.map(|(pane, place)| Action::MovePane(pane, place)));
    if let Some((first, end)) = together::in_view(desk, fit) {
        local.first_column = local.first_column.clamp((end + 1).saturating_sub(fit), first).min(last);
    }
    let shown = &panes[local.first_column..local.first_column + fit];
    let room = columns_that_fit(ui, theme, area.width(), usize::MAX, size::PANE_GAP);
    let on_screen = shown.iter().map(|pane| pane.id);
    if room != desk.view.room || !on_screen.clone().eq(desk.view.on_screen.iter().copied()) {
        actions.push(Action::ColumnsDrawn(on_screen.collect(), room));
    }
    let columns = column_rects(area, shown, gap);
    links::ask(desk, shown, local);
    if local.ribbons {
        ribbons::ask(desk, shown, &mut local.places);
    }
    let level = together::level(desk, local);
    let kept = together::kept(desk, local, shown, &columns);
    let level = level.or(kept);
    for (pane, rect) in shown.iter().zip(&columns) {
        pane_ui(ui, workspace, desk, pane, *rect, fit, level.as_ref(), theme, local, actions);
    }
    if comes.is_none() {
        together::leveled(ui.ctx(), desk, level, local, actions);
    }
    note_seen(ui.ctx(), shown, local, actions);
    let narrowest = narrowest_column(ui, theme, fit).min(area.width() / fit as f32 - gap);
    let gaps = if local.ribbons { ribbons::gaps_ui(ui, desk, &columns) } else { Vec::new() };
    splitters_ui(ui, shown, &columns, narrowest, theme, actions);
    ribbons::ribbons_ui(ui, desk, shown, &gaps, theme, local, actions);
    links::links_ui(ui, desk, shown, area, theme, local, actions);
    head::drop_ui(ui, desk, shown, &columns, theme, local, actions);
    if workspace.overlay.is_some() {
        // Nothing stands over what is asked.
        (local.menu, local.pile) = (None, None);
    }
    menu::menu_ui(ui.ctx(), desk, theme, local, actions);
    pile::pile_ui(ui.ctx(), desk, theme, local, actions);
    local.layout_commands.clear();
}

/// Seconds that a text must rest on screen to count as seen: what rushes by is not read.
const SEEN_SECS: f64 = 0.6;

/// Tells of panes that have rested on what they show.
fn note_seen(ctx: &egui::Context, shown: &[Pane], local: &mut Local, actions: &mut Vec<Action>) {
    let now = ctx.input(|input| input.time);
    local.resting.retain(|id, _| shown.iter().any(|pane| pane.id == *id));
    for pane in shown.iter().filter(|pane| !pane.visible.is_empty()) {
        let resting = local.resting.entry(pane.id).or_insert_with(|| (pane.visible.clone(), now, false));
        if resting.0 != pane.visible {
            *resting = (pane.visible.clone(), now, false);
        }
        if resting.2 {
            continue;
        }
        let left = resting.1 + SEEN_SECS - now;
        if left <= 0.0 {
            resting.2 = true;
            actions.push(Action::Seen(pane.id));
        } else {
            ctx.request_repaint_after_secs(left as f32);
        }
    }
}

/// Gives the text the keys whenever nothing else has them.
pub fn keep_focus(ctx: &egui::Context, wanted: bool) {
    let id = focus_id();
    let focused = ctx.memory(|memory| memory.focused());
    if wanted && focused.is_none() {
        ctx.memory_mut(|memory| memory.request_focus(id));
    }
    if wanted && (focused.is_none() || focused == Some(id)) {
        let all =
            egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, all));
    }
}

/// True when a button or row of a panel has the focus, not the text.
pub fn in_panels(ctx: &egui::Context) -> bool {
    ctx.memory(|memory| memory.focused()).is_some_and(|id| id != focus_id())
}

/// Gives the text the keys.
pub fn take_focus(ctx: &egui::Context) {
    ctx.memory_mut(|memory| memory.request_focus(focus_id()));
}

/// Goes from the text to the panels, or back.
pub fn switch_focus(ctx: &egui::Context) {
    ctx.memory_mut(|memory| {
        if memory.has_focus(focus_id()) {
            memory.move_focus(egui::FocusDirection::Next);
        } else if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
            memory.request_focus(focus_id());
        }
    });
}

fn focus_id() -> Id {
    Id::unique("reading keys")
}

fn empty_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, theme.colors.paper);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(48.0, 64.0))), |ui| {
        let words = match desk.session().documents.is_empty() {
            true => "No documents yet. Drop them here, paste text with Ctrl V, or open them.",
            false => "No document is open. Choose one in the dossier at the left.",
        };
        ui.label(font::passage().text(words, theme.colors.text2));
        ui.add_space(size::SPACE[3]);
        if desk.session().documents.is_empty()
            && ui
                .add(
                    Button::primary("Open documents…")
                        .keycap(&cap(ui.ctx(), crate::app::Command::OpenDocuments)),
                )
                .clicked()
        {
            actions.push(Action::Command(crate::app::Command::OpenDocuments));
        }
    });
}

/// How many columns fit side by side with 45 characters each; one always does.
fn columns_that_fit(ui: &Ui, theme: &Theme, width: f32, wanted: usize, gap: f32) -> usize {
    let fits =
        |count: usize| count as f32 * narrowest_column(ui, theme, count) + (count - 1) as f32 * gap <= width;
    (1..=wanted.min(6)).rev().find(|count| fits(*count)).unwrap_or(1)
}

/// The width of a column with 45 characters in a row, when so many columns stand side by side.
fn narrowest_column(ui: &Ui, theme: &Theme, columns: usize) -> f32 {
    const SAMPLE: &str = "the average of these letters in rows of text";
    let sample = font::document(theme, columns).line(ui.ctx(), SAMPLE, theme.colors.text);
    let margins = size::PARAGRAPH_NUMBER
        + size::LANE * size::LANES as f32
        + size::LANE_TO_TEXT
        + size::TEXT_TO_OVERVIEW
        + size::OVERVIEW
        + size::SCROLL_THUMB
        + size::PANE_EDGE;
    sample.size().x / SAMPLE.len() as f32 * size::MEASURE_MIN + margins
}

fn column_rects(area: Rect, panes: &[Pane], gap: f32) -> Vec<Rect> {
    let total: f32 = panes.iter().map(|pane| pane.share.max(0.05)).sum();
    let room = area.width() - gap * (panes.len() - 1) as f32;
    let mut x = area.left();
    panes
        .iter()
        .map(|pane| {
            let width = (room * pane.share.max(0.05) / total).round();
            let rect = Rect::from_min_size(Pos2::new(x, area.top()), Vec2::new(width, area.height()));
            x += width + gap;
            rect
        })
        .collect()
}

fn tabs_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &Local, fit: usize, actions: &mut Vec<Action>) {
    egui::ScrollArea::horizontal().id_salt("tabs").auto_shrink([false, false]).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[0];
            ui.add_space(size::SPACE[1]);
            for (i, pane) in desk.view.panes.iter().enumerate() {
                let Some(document) = desk.session().document(&pane.document) else { continue };
                let shown = (local.first_column..local.first_column + fit).contains(&i);
                let words = super::inspector::shortened(document.label(), 28);
                let tab = Button::quiet(&words).on(shown);
                if ui.add(tab).on_hover_text(document.title()).clicked() {
                    actions.push(Action::FocusPane(pane.id));
                }
            }
        });
    });
    let _ = theme;
}

#[expect(clippy::too_many_arguments, reason = "a column shows all of these")]
fn pane_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    pane: &Pane,
    rect: Rect,
    columns: usize,
    level: Option<&Level>,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let colors = &theme.colors;
    let focused = desk.view.focus == Some(pane.id);
    ui.painter().rect_filled(rect, 0.0, colors.paper);
    let head = Rect::from_min_size(rect.min, vec2(rect.width(), size::PANE_HEAD));
    head::head_ui(ui, workspace, desk, pane, head, theme, local, actions);
    if focused {
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), size::PANE_FOCUS));
        ui.painter().rect_filled(line, 0.0, colors.accent);
    }
    let body = Rect::from_min_max(Pos2::new(rect.left(), head.bottom()), rect.max);
    let body = head::notice_ui(ui, cache.right_to_left, body, theme);
    let describe = |id: AnnotationId| describe(desk, id);
    let filter = &desk.view.filter;
    let out_of_filter = |mark: &crate::app::marks::Mark| {
        desk.annotation(mark.id).is_some_and(|annotation| !filter.passes(annotation))
    };
    let dims = !crate::app::Filter { text: String::new(), document: None, ..filter.clone() }.is_empty();
    let role = font::document(theme, columns);
    let found = desk.review.found();
    let agrees = |id: AnnotationId| found.agreeing.contains(&id);
    let alone = |id: AnnotationId| found.alone.contains(&id);
    let layer_of = |id: AnnotationId| {
        found.compared.iter().position(|layer| layer.session.annotations.contains_key(&id)).unwrap_or(0)
    };
    let looked_at = desk.review.chosen.as_deref().unwrap_or_default();
    let of_document = || desk.view.panes.iter().filter(|other| other.document == pane.document);
    let by_side = workspace.is_reviewing() && desk.review.options.side_by_side && of_document().count() > 1;
    let is_first = of_document().next().is_some_and(|first| first.id == pane.id);
    let laid = found.marks.get(&pane.document);
    let theirs = laid.filter(|_| !by_side).map(|marks| Theirs {
        marks,
        scheme: &found.scheme,
        agrees: &agrees,
        alone: &alone,
        chosen: if workspace.is_reviewing() { looked_at } else { &[] },
        layers: found.compared.len(),
        layer_of: &layer_of,
    });
    let hides_mine = desk.review.options.mine_hidden && theirs.is_some();
    let (marks, scheme) = match (by_side && !is_first, hides_mine) {
        (true, _) => (laid.unwrap_or(&local.no_marks), &found.whole_scheme),
        (_, true) => (&local.no_marks, &*desk.session().scheme),
        (_, false) => (&cache.marks, &*desk.session().scheme),
    };
    let chosen = match by_side && !is_first {
        true => looked_at.iter().copied().find(|id| desk.annotation(*id).is_none()),
        false => desk.view.chosen,
    };
    let (hits, hits_number) = desk.view.search.hits_in(&pane.document);
    let lit = match desk.echoes.open {
        true => desk.echoes.lit(&pane.document, local.echoes.hovered, local.echoes.pair.as_ref()),
        false => Vec::new(),
    };
    let asked = local.places.asked(pane.id);
    let covered = local.links.covered();
    let input = ReaderInput {
        salt: pane.id.0,
        document,
        rendering: &cache.rendering,
        paragraphs: &cache.prose,
        marks,
        scheme,
        theirs,
        theme,
        text: &role,
        selection: desk.view.selection_in(pane.id),
        chosen,
        moved: desk.view.edge.map(|edge| (edge.id, edge.span)),
        sticky: desk.view.sticky.as_ref().and_then(|id| desk.session().scheme.tag(id)),
        hits,
        hits_number,
        current_hit: desk.view.search.current_in(&pane.document),
        lit: &lit,
        dimmed: if dims { Some(&out_of_filter) } else { None },
        focused,
        carry: local.together.wanted(pane.id),
        scroll_to: together::scroll_to(level, pane).map(|to| ScrollTo {
            offset: to.offset,
            end: to.end,
            place: match to.place {
                ScrollPlace::Top => Place::Top,
                ScrollPlace::Center => Place::Center,
                ScrollPlace::IfHidden => Place::IfHidden,
                ScrollPlace::At(y) => Place::At(y),
            },
        }),
        asked: &asked,
        covered: &covered,
        describe: &describe,
    };
    let reader = local.readers.entry(pane.id).or_default();
    let mut output =
        ui.scope_builder(UiBuilder::new().max_rect(body), |ui| reader_ui(ui, &input, reader)).inner;
    if focused {
        move_by_layout(ui.ctx(), pane.id, &input, reader, &local.layout_commands, actions);
    }
    if pane.scroll_to.is_some() || output.top != pane.top || output.visible != pane.visible {
        let visible = output.visible.clone();
        actions.push(Action::PaneDrawn { pane: pane.id, top: output.top, visible });
    }
    local.places.note(pane.id, &asked, &output);
    local.together.take(ui.ctx(), &desk.view.links.locked, pane.id, input.carry, &output);
    if let Some(row) = output.selection_end_rect {
        // Beside the text column: over strip, gap and the neighbor's margin.
        let beside = Rect::from_min_max(
            Pos2::new(output.text_rect.right(), row.top()),
            Pos2::new(output.text_rect.right() + size::TEXT_TO_OVERVIEW, row.bottom()),
        );
        local.selection_end = Some((pane.id, beside));
    }
    let events = std::mem::take(&mut output.events);
    take_events(ui.ctx(), desk, pane.id, events, local, actions);
}

/// Moves that need the layout: rows and pages.
fn move_by_layout(
    ctx: &egui::Context,
    pane: PaneId,
    input: &ReaderInput<'_>,
    reader: &mut ReaderCache,
    commands: &[crate::app::Command],
    actions: &mut Vec<Action>,
) {
    for command in commands {
        let Some((motion, extend)) = command.layout_motion() else { continue };
        let step = match motion {
            Motion::Rows(rows) => CaretMove::Rows(isize::from(rows)),
            Motion::Pages(pages) => CaretMove::Pages(isize::from(pages)),
            Motion::RowStart => CaretMove::RowStart,
            Motion::RowEnd => CaretMove::RowEnd,
            _ => continue,
        };
        let from = input.selection.unwrap_or(Selection::caret(reader.top()));
        let selection = move_caret(ctx, reader, input, from, step, extend);
        actions.push(Action::Select(pane, selection));
        let scroll_to = crate::app::ScrollTo::to(selection.head, ScrollPlace::IfHidden);
        actions.push(Action::Scroll(pane, scroll_to));
    }
}

fn take_events(
    ctx: &egui::Context,
    desk: &Desk,
    pane: PaneId,
    events: Vec<ReaderEvent>,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let clicked = events.iter().any(|event| matches!(event, ReaderEvent::Clicked { .. }));
    let selected = desk.view.selection_in(pane).is_some_and(|selection| !selection.is_caret());
    for event in events {
        match event {
            ReaderEvent::Focused => {
                actions.push(Action::FocusPane(pane));
                local.menu = None;
            }
            // A click sets the caret itself, and needs to know what was chosen before; so does its press.
            ReaderEvent::Select(_) if clicked => {}
            ReaderEvent::Select(selection) if selection.is_caret() && !selected => {}
            ReaderEvent::Select(selection) => {
                local.selecting = true;
                actions.push(Action::Select(pane, selection));
            }
            ReaderEvent::SelectionReleased(selection) => {
                local.selecting = false;
                actions.push(Action::SelectionReleased(pane, selection));
            }
            ReaderEvent::Clicked { offset, on_text, again, .. } => {
                local.selecting = false;
                match on_text {
                    true => {
                        actions.push(Action::Click { pane, offset, again });
                        pile_at(ctx, desk, pane, offset, local);
                    }
                    false => actions.push(Action::Select(pane, Selection::caret(offset))),
                }
            }
            ReaderEvent::ContextMenu { offset, pos } => {
                let selection = desk.view.selection_in(pane).and_then(Selection::span);
                let inside = selection.is_some_and(|span| span.start() <= offset && offset < span.end());
                if !inside {
                    actions.push(Action::Click { pane, offset, again: false });
                }
                local.menu = Some((pane, pos));
            }
            ReaderEvent::Resized { id, span } => {
                actions.push(Action::Change(id, crate::app::AnnotationChange::Span(span)));
            }
            ReaderEvent::OpenMark(id) => match case_key(desk, id) {
                Some(key) => actions.push(Action::Review(ReviewAction::Choose(key))),
                None => actions.push(Action::JumpTo(id)),
            },
            ReaderEvent::OpenMarks(ids) => {
                actions.push(Action::FocusPane(pane));
                if let Some(at) = ctx.input(|input| input.pointer.latest_pos()) {
                    local.pile = Some(Pile { at, ids, pass: ctx.cumulative_pass_nr() });
                }
            }
            ReaderEvent::Scrolled => (local.menu, local.pile) = (None, None),
        }
    }
}

/// Lists the annotations at a place where several lie.
fn pile_at(ctx: &egui::Context, desk: &Desk, pane: PaneId, offset: usize, local: &mut Local) {
    let cache = desk.view.pane(pane).and_then(|pane| desk.cache(&pane.document));
    let (Some(cache), Some(at)) = (cache, ctx.input(|input| input.pointer.latest_pos())) else { return };
    let ids: Vec<AnnotationId> =
        cache.marks.at(&cache.rendering, offset).into_iter().map(|mark| mark.id).collect();
    let pass = ctx.cumulative_pass_nr();
    local.pile = (ids.len() >= pile::MANY).then_some(Pile { at, ids, pass });
}

/// The difference that an annotation stands in, where it is a colleague's or a review is shown.
fn case_key(desk: &Desk, id: AnnotationId) -> Option<Vec<AnnotationId>> {
    let is_theirs = desk.annotation(id).is_none();
    let found = desk.review.found();
    (is_theirs || desk.view.mode == Mode::Review).then(|| found.case_of(id)).flatten().map(Sides::key)
}

/// What is said of an annotation when the pointer rests on it.
fn describe(desk: &Desk, id: AnnotationId) -> Option<String> {
    let found = desk.review.found();
    let (session, annotation) = match desk.annotation(id) {
        Some(annotation) => (desk.session(), annotation),
        None => {
            let (layer, annotation) = found.in_layers(id)?;
            (&*found.layers[layer].session, annotation)
        }
    };
    let tag = session.scheme.tag(&annotation.tag)?;
    let mut words = tag.name.clone();
    if annotation.unsure {
        words.push_str(", unsure");
    }
    words.push_str(" · ");
    match desk.review.options.names_hidden && desk.annotation(id).is_none() {
        true => words.push_str("a colleague"),
        false => words.push_str(session.annotator_name(&annotation.annotator)),
    }
    if !annotation.note.is_empty() {
        words.push('\n');
        words.push_str(&annotation.note);
    }
    Some(words)
}

fn splitters_ui(
    ui: &mut Ui,
    panes: &[Pane],
    columns: &[Rect],
    narrowest: f32,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    for (i, pair) in columns.windows(2).enumerate() {
        let x = (pair[0].right() + pair[1].left()) / 2.0;
        let rect = Rect::from_center_size(
            Pos2::new(x, pair[0].center().y),
            Vec2::new(size::SPLITTER, pair[0].height()),
        );
        let response = ui.interact(rect, ui.scope_id().with(("splitter", panes[i].id.0)), Sense::drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Column edge"));
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
            let line = egui::Stroke::new(2.0, theme.colors.control);
            ui.painter().vline(x, rect.y_range(), line);
        }
        let moved = response.drag_delta().x;
        if moved != 0.0 {
            let mut widths: Vec<f32> = columns.iter().map(Rect::width).collect();
            let moved = moved.clamp(-(widths[i] - narrowest).max(0.0), (widths[i + 1] - narrowest).max(0.0));
            widths[i] += moved;
            widths[i + 1] -= moved;
            // Shares keep their sum, so that columns behind tabs keep their measure.
            let (total, sum): (f32, f32) = (widths.iter().sum(), panes.iter().map(|pane| pane.share).sum());
            let shares = panes.iter().zip(&widths).map(|(pane, width)| (pane.id, width / total * sum));
            actions.push(Action::SetShares(shares.collect()));
        }
    }
}
