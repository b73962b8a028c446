//! Changes of the scheme: tags, attributes, link kinds, rules, examples.

use std::path::PathBuf;

use super::super::{Command, Overlay, PathPurpose, Workspace};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::EditScheme => workspace.overlay = Some(Overlay::Scheme),
        Command::ExportCodebook => workspace.pick(PathPurpose::Codebook),
        Command::ExportScheme => workspace.pick(PathPurpose::SchemeOut),
        Command::ImportScheme => workspace.pick(PathPurpose::SchemeIn),
        _ => {}
    }
}

pub(super) fn write_to(_workspace: &mut Workspace, _purpose: &PathPurpose, _path: PathBuf) {}

pub(super) fn read_from(_workspace: &mut Workspace, _path: PathBuf) {}
