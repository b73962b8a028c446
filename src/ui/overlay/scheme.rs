//! The scheme: tags, attributes, link kinds.

use eframe::egui::Ui;

use crate::app::{Action, Desk, Workspace};

use super::super::app::Local;
use super::super::theme::Theme;

/// Draws the sheet's content; its heading is drawn already.
pub(super) fn scheme_ui(
    _ui: &mut Ui,
    _workspace: &Workspace,
    _desk: &Desk,
    _theme: &Theme,
    _local: &mut Local,
    _fresh: bool,
    _actions: &mut Vec<Action>,
) {
}
