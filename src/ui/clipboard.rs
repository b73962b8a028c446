//! The clipboard for formatted text: HTML beside plain text. Plain text alone goes through egui.

/// The system's clipboard. Kept as long as the window, because on X11 what was copied is handed out by the program
/// that copied it.
#[derive(Default)]
pub struct Clipboard {
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Copies both forms; `false` when the system takes only plain text from us, which is then still to be copied.
    pub fn copy(&mut self, plain: &str, html: &str) -> bool {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new()
                .inspect_err(|error| log::info!("no clipboard for formatted text: {error}"))
                .ok();
        }
        let Some(system) = &mut self.system else { return false };
        let copied = system.set_html(html, Some(plain));
        if let Err(error) = &copied {
            log::info!("formatted text could not be copied: {error}");
        }
        copied.is_ok()
    }
}
