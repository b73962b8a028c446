//! What is on screen: panes, filter, panels, sizes, overlays.

use super::super::{Action, Command, Filter, Overlay, Panel, Workspace};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    use Command as C;
    match command {
        C::ToggleDossier => set_panel(workspace, Panel::Dossier, !workspace.shows(Panel::Dossier)),
        // It stands in the place of the inspector.
        C::ToggleInspector if workspace.desk.as_ref().is_some_and(|desk| desk.echoes.open) => {
            set_panel(workspace, Panel::Inspector, true);
        }
        C::ToggleInspector => set_panel(workspace, Panel::Inspector, !workspace.shows(Panel::Inspector)),
        C::ToggleTable => set_panel(workspace, Panel::Table, !workspace.shows(Panel::Table)),
        C::ShowDetails => set_panel(workspace, Panel::Inspector, true),
        C::FocusFilter => {
            set_panel(workspace, Panel::Table, true);
            if let Some(desk) = &mut workspace.desk {
                desk.view.focus_filter = true;
            }
        }
        C::ClearFilter => set_filter(workspace, Filter::default()),
        C::Palette => toggle(workspace, Overlay::Palette),
        C::Help => toggle(workspace, Overlay::Help),
        C::Log => toggle(workspace, Overlay::Log),
        C::About => toggle(workspace, Overlay::About),
        C::DescribeSession => toggle(workspace, Overlay::Session),
        C::ChangeName => toggle(workspace, Overlay::Name),
        C::EditSettings => toggle(workspace, Overlay::Settings),
        _ => {}
    }
}

/// The actions that change nothing but what is on screen.
pub(super) fn change(workspace: &mut Workspace, action: Action) {
    match action {
        Action::ShowOverlay(overlay) => workspace.overlay = overlay,
        Action::Answer(index) => {
            if let Some(Overlay::Question { mut answers, .. }) = workspace.overlay.take()
                && index < answers.len()
            {
                let answer = answers.swap_remove(index);
                super::dispatch(workspace, answer.action);
            }
        }
        Action::SetPanel(panel, open) => set_panel(workspace, panel, open),
        Action::SetFilter(filter) => set_filter(workspace, filter),
        action => change_panes(workspace, action),
    }
}

fn change_panes(workspace: &mut Workspace, action: Action) {
    let Some(desk) = &mut workspace.desk else { return };
    let view = &mut desk.view;
    match action {
        Action::SetSort(sort) => {
            view.sort = sort;
            view.filter_revision += 1;
        }
        Action::ListDocuments(order, grouping) => {
            (view.order, view.grouping) = (order, grouping);
            // The table follows the dossier.
            view.filter_revision += 1;
        }
        Action::ShowChart(of, document) => (view.chart, view.chart_document) = (of, document),
        Action::Later => view.later = true,
        Action::FilterFocused => view.focus_filter = false,
        Action::SearchFocused => view.search.focus_field = false,
        Action::HitShown => view.search.row_wanted = false,
        Action::NoteFocused => view.focus_note = false,
        Action::CommentFocused => view.focus_comment = false,
        Action::RowShown => view.row_wanted = false,
        Action::FocusPane(id) if view.pane(id).is_some() => {
            view.focus = Some(id);
        }
        Action::ClosePane(id) => super::documents::close_pane(view, id),
        Action::SwitchPane(id, document) => {
            if let Some(pane) = view.pane_mut(id) {
                pane.document = document;
                (pane.top, pane.visible, pane.scroll_to) = (0, 0..0, None);
                view.focus = Some(id);
                view.selection = view.selection.filter(|(pane, _)| *pane != id);
            }
        }
        Action::MovePane(id, to) => {
            if let Some(from) = view.panes.iter().position(|pane| pane.id == id) {
                let pane = view.panes.remove(from);
                view.panes.insert(to.min(view.panes.len()), pane);
            }
        }
        Action::SetShares(shares) => {
            for (id, share) in shares {
                if let Some(pane) = view.pane_mut(id) {
                    pane.share = share;
                }
            }
        }
        Action::ColumnsDrawn(panes, room) => (view.on_screen, view.room) = (panes, room),
        Action::PaneDrawn { pane, top, visible } => {
            if let Some(pane) = view.pane_mut(pane) {
                (pane.top, pane.visible, pane.scroll_to) = (top, visible, None);
            }
        }
        Action::Scroll(id, scroll_to) => {
            if let Some(pane) = view.pane_mut(id) {
                pane.scroll_to = Some(scroll_to);
            }
        }
        _ => {}
    }
}

fn toggle(workspace: &mut Workspace, overlay: Overlay) {
    let same = workspace
        .overlay
        .as_ref()
        .is_some_and(|open| std::mem::discriminant(open) == std::mem::discriminant(&overlay));
    workspace.overlay = (!same).then_some(overlay);
}

pub(super) fn set_panel(workspace: &mut Workspace, panel: Panel, open: bool) {
    if panel == Panel::Inspector && open {
        // A note or comment is written there.
        super::echoes::close(workspace);
    }
    let (small, settings) = (workspace.small, &mut workspace.settings);
    let field = match panel {
        Panel::Dossier => &mut settings.dossier,
        Panel::Inspector if small => &mut settings.inspector_small,
        Panel::Inspector => &mut settings.inspector,
        Panel::Table if small => &mut settings.table_small,
        Panel::Table => &mut settings.table,
    };
    if *field != open {
        *field = open;
        workspace.write_settings();
    }
}

fn set_filter(workspace: &mut Workspace, filter: Filter) {
    if let Some(desk) = &mut workspace.desk
        && desk.view.filter != filter
    {
        desk.view.filter = filter;
        desk.view.filter_revision += 1;
    }
}
