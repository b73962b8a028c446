//! The figures of agreement.

use eframe::egui::Ui;

use crate::app::{Action, Desk, Workspace};

use super::super::theme::Theme;

/// Draws the panel.
pub fn figures_ui(
    _ui: &mut Ui,
    _workspace: &Workspace,
    _desk: &Desk,
    _theme: &Theme,
    _actions: &mut Vec<Action>,
) {
}

/// Draws the sheet.
pub fn agreement_ui(_ui: &mut Ui, _desk: &Desk, _theme: &Theme, _actions: &mut Vec<Action>) {}
