//! File dialogs: the system's own, and a stand-in for tests.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::app::{Action, PathPurpose};

/// Asks the user for files. One dialog at a time.
pub trait Dialogs {
    /// Shows a dialog, without waiting for its answer.
    fn ask(&mut self, ctx: &egui::Context, purpose: PathPurpose, suggested: &str);

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
    fn ask(&mut self, ctx: &egui::Context, purpose: PathPurpose, suggested: &str) {
        if std::mem::replace(&mut self.open, true) {
            return;
        }
        let dialog = rfd::FileDialog::new().set_title(title(&purpose));
        let dialog = match &purpose {
            PathPurpose::Documents => dialog
                .add_filter("Text and Markdown", &["txt", "md", "markdown", "text"])
                .add_filter("All files", &["*"]),
            PathPurpose::Session => dialog.add_filter("Gainsay sessions", &["ron"]),
            PathPurpose::SaveAs => dialog.add_filter("Gainsay sessions", &["ron"]).set_file_name(suggested),
            PathPurpose::ExportCsv => dialog.add_filter("CSV tables", &["csv"]).set_file_name(suggested),
        };
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let purpose_there = purpose.clone();
        let body = move || {
            let begun = std::time::Instant::now();
            let picked = match purpose_there {
                PathPurpose::Documents => dialog.pick_files(),
                PathPurpose::Session => dialog.pick_file().map(|path| vec![path]),
                PathPurpose::SaveAs | PathPurpose::ExportCsv => dialog.save_file().map(|path| vec![path]),
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

/// What a dialog, or the field that stands for it, is called.
pub fn title(purpose: &PathPurpose) -> &'static str {
    match purpose {
        PathPurpose::Documents => "Open documents",
        PathPurpose::Session => "Open a session",
        PathPurpose::SaveAs => "Save the session as",
        PathPurpose::ExportCsv => "Export passages as CSV",
    }
}
