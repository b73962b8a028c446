//! What the user has set: kept beside the recent list, never in a session file.

use std::io;

use serde::{Deserialize, Serialize};

use super::{place, write_file};

/// What the user has set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "Settings")]
pub struct Settings {
    /// The name under which one marks; the login name while there is none.
    pub name: Option<String>,
    /// Light text on dark surfaces.
    pub dark: bool,
    /// Factor on the size of documents' text.
    pub text_scale: f32,
    /// The panel of documents and tags is open.
    pub dossier: bool,
    /// The panel of the chosen annotation is open, in a window wide enough for it.
    pub inspector: bool,
    /// The table of annotations is open, in a window wide enough for it.
    pub table: bool,
    /// The inspector is open in a small window.
    pub inspector_small: bool,
    /// The table is open in a small window.
    pub table_small: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            dark: false,
            text_scale: 1.0,
            dossier: true,
            inspector: true,
            table: true,
            inspector_small: false,
            table_small: false,
        }
    }
}

impl Settings {
    /// Reads the settings; the first ones when none were written yet.
    ///
    /// # Errors
    /// A sentence when the file can't be read. It is left as it is; the next change writes over it.
    pub fn load() -> Result<Self, String> {
        let path = place::config_dir().join("settings.ron");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(format!("the settings could not be read: {error}: {}", path.display())),
        };
        let mut settings: Self = ron::from_str(&text).map_err(|error| {
            format!("the settings were not understood, the first ones hold: {error}: {}", path.display())
        })?;
        settings.text_scale = if settings.text_scale.is_finite() { settings.text_scale.clamp(0.5, 3.0) } else { 1.0 };
        Ok(settings)
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// A sentence when they can't be written.
    pub fn save(&self) -> Result<(), String> {
        let path = place::config_dir().join("settings.ron");
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().struct_names(true))
            .map_err(|error| format!("the settings could not be written: {error}"))?;
        write_file(&path, text.as_bytes()).map_err(|error| format!("the settings could not be written: {error}"))
    }
}
