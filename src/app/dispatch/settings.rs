//! What the user sets: name, theme, sizes, citation form, keys.

use crate::format::citation::CitationForm;
use crate::store::{Face, LineHeight, MEASURES, Settings, Theme};

use super::super::keymap::setting;
use super::super::keys::Shortcut;
use super::super::{Access, Command, KeyMap, MessageKind, Workspace};

/// The steps of text size, as factors.
const SCALES: [f32; 9] = [0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 2.0];

/// Takes settings that were read.
pub(in crate::app) fn take(workspace: &mut Workspace, settings: Settings) {
    workspace.settings = settings;
    for warning in read_keys(workspace) {
        workspace.say(MessageKind::Notice, warning, false);
    }
}

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    let now = workspace.settings.text_scale;
    match command {
        Command::TextLarger => {
            set_scale(workspace, SCALES.into_iter().find(|scale| *scale > now + 0.01).unwrap_or(2.0));
        }
        Command::TextSmaller => {
            set_scale(workspace, SCALES.into_iter().rev().find(|scale| *scale < now - 0.01).unwrap_or(0.7));
        }
        Command::TextNormal => set_scale(workspace, 1.0),
        Command::ToggleDark => {
            set_theme(workspace, if workspace.is_dark() { Theme::Light } else { Theme::Dark });
        }
        _ => {}
    }
}

pub(super) fn set_theme(workspace: &mut Workspace, theme: Theme) {
    workspace.settings.theme = theme;
    workspace.write_settings();
}

pub(super) fn set_scale(workspace: &mut Workspace, scale: f32) {
    workspace.settings.text_scale = scale.clamp(0.5, 3.0);
    let percent = (workspace.settings.text_scale * 100.0).round();
    workspace.say(MessageKind::Notice, format!("Text size {percent} %"), false);
    workspace.write_settings();
}

pub(super) fn set_measure(workspace: &mut Workspace, letters: u8) {
    if MEASURES.contains(&letters) {
        workspace.settings.measure = letters;
        workspace.write_settings();
    }
}

pub(super) fn set_line_height(workspace: &mut Workspace, height: LineHeight) {
    workspace.settings.line_height = height;
    workspace.write_settings();
}

pub(super) fn set_face(workspace: &mut Workspace, face: Face) {
    workspace.settings.face = face;
    workspace.write_settings();
}

pub(super) fn set_citation(workspace: &mut Workspace, form: CitationForm) {
    if workspace.settings.citation != form {
        workspace.settings.citation = form;
        workspace.write_settings();
    }
}

/// One marks under this name from now on. What was marked before keeps its annotator.
pub(super) fn set_name(workspace: &mut Workspace, name: &str) {
    if matches!(workspace.overlay, Some(super::super::Overlay::Name)) {
        workspace.overlay = None;
    }
    if name.is_empty() || name == workspace.my_name() {
        return;
    }
    workspace.settings.name = Some(name.to_owned());
    workspace.write_settings();
    workspace.say(MessageKind::Notice, format!("New annotations are marked by {name}"), false);
    // What was another's work may be one's own under this name.
    let asks = workspace.desk.as_ref().filter(|desk| desk.access == Access::Ask);
    if let Some(access) = asks.map(|desk| super::access::on_opening(workspace, desk.session()))
        && let Some(desk) = &mut workspace.desk
    {
        desk.access = access;
    }
}

/// Gives a command these keys, or those of the table again. Any other command that has one of them loses it.
pub(super) fn set_keys(workspace: &mut Workspace, command: Command, keys: Option<Vec<Shortcut>>) {
    let wanted = keys.as_deref().unwrap_or(command.info().keys).to_vec();
    let mut changed = vec![(command, keys)];
    for other in wanted.iter().flat_map(|key| workspace.keymap.owners(*key, command.mode())) {
        if other != command && !changed.iter().any(|(done, _)| *done == other) {
            let left = workspace.keymap.keys(other).iter().copied().filter(|key| !wanted.contains(key));
            changed.push((other, Some(left.collect())));
        }
    }
    for (command, keys) in changed {
        match keys.filter(|keys| keys != command.info().keys) {
            Some(keys) => {
                let keys = keys.iter().map(ToString::to_string).collect();
                workspace.settings.keys.insert(setting(command), keys);
            }
            None => {
                workspace.settings.keys.remove(&setting(command));
            }
        }
    }
    read_keys(workspace);
    workspace.write_settings();
}

fn read_keys(workspace: &mut Workspace) -> Vec<String> {
    let (keymap, warnings) = KeyMap::of_settings(&workspace.settings.keys);
    workspace.keymap = keymap;
    warnings
}
