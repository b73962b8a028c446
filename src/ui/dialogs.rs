//! File dialogs: the system's own, and a stand-in for tests.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::app::{Action, PathPurpose};

/// Asks the user for files. One dialog at a time.
pub trait Dialogs {
    /// Shows a dialog that begins in `folder`, without waiting for its answer.
    fn ask(&mut self, ctx: &egui::Context, purpose: PathPurpose, suggested: &str, folder: Option<PathBuf>);

    /// The answer, once there is one. `None` inside: left, or could not be shown.
    fn answer(&mut self) -> Option<(PathPurpose, DialogAnswer)>;
}

/// How a dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogAnswer {
    /// Files were picked.
    Picked(Vec<PathBuf>),
    /// The user left it.
    Left,
    /// It ended so quickly that no one can have seen it: there is no dialog on this system.
    NotShown,
}

impl DialogAnswer {
    /// What follows: where no dialog opens, a path can be typed.
    pub fn action(self, purpose: PathPurpose) -> Action {
        match self {
            Self::Picked(paths) => Action::Picked(purpose, Some(paths)),
            Self::Left => Action::Picked(purpose, None),
            Self::NotShown => Action::ShowOverlay(Some(crate::app::Overlay::Path(purpose))),
        }
    }
}

/// The system's dialogs, by way of `rfd`.
pub struct SystemDialogs {
    sender: Sender<(PathPurpose, DialogAnswer)>,
    receiver: Receiver<(PathPurpose, DialogAnswer)>,
    open: bool,
}

impl Default for SystemDialogs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, open: false }
    }
}

impl Dialogs for SystemDialogs {
    fn ask(&mut self, ctx: &egui::Context, purpose: PathPurpose, suggested: &str, folder: Option<PathBuf>) {
        if std::mem::replace(&mut self.open, true) {
            return;
        }
        let (name, extensions) = purpose.files();
        let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
        if !purpose.writes() || purpose.extension().is_some() {
            dialog = dialog.add_filter(name, extensions);
        }
        if purpose.several() {
            dialog = dialog.add_filter("All files", &["*"]);
        }
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        if purpose.writes() {
            dialog = dialog.set_file_name(suggested);
        }
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let purpose_there = purpose.clone();
        let body = move || {
            let begun = std::time::Instant::now();
            let picked = match &purpose_there {
                purpose if purpose.several() => dialog.pick_files(),
                purpose if purpose.writes() => dialog.save_file().map(|path| vec![path]),
                _ => dialog.pick_file().map(|path| vec![path]),
            };
            // Without a portal `rfd` returns nothing at once and in silence; nobody leaves a dialog that fast.
            let answer = match picked {
                Some(paths) => DialogAnswer::Picked(paths),
                None if begun.elapsed().as_millis() < 300 => DialogAnswer::NotShown,
                None => DialogAnswer::Left,
            };
            let _ = sender.send((purpose_there, answer));
            ctx.request_repaint();
        };
        if std::thread::Builder::new().name("gainsay-dialog".to_owned()).spawn(body).is_err() {
            let _ = self.sender.send((purpose, DialogAnswer::NotShown));
        }
    }

    fn answer(&mut self) -> Option<(PathPurpose, DialogAnswer)> {
        let answer = self.receiver.try_recv().ok()?;
        self.open = false;
        Some(answer)
    }
}
