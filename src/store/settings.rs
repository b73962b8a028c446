//! What the user has set. Its loss costs nothing but the setting.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::format::citation::CitationForm;
use crate::model::limits;

use super::regular::{FileError, read_regular};
use super::{Place, save, system};

/// What the user has set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The name under which one marks; `None`: that of the account.
    pub name: Option<String>,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Factor on the size of documents' text.
    pub text_scale: f32,
    /// Letters in a row of a document's text where there is room for them: one of [`MEASURES`].
    pub measure: u8,
    /// How far the rows of documents stand apart.
    pub line_height: LineHeight,
    /// The face of documents' text.
    pub face: Face,
    /// How copied passages are cited.
    pub citation: CitationForm,
    /// Keys that stand in the place of the program's own: as they are printed, by the name of what they do.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The folder last opened from.
    pub open_folder: Option<PathBuf>,
    /// The folder last written to.
    pub write_folder: Option<PathBuf>,
    /// The dossier panel is open.
    pub dossier: bool,
    /// The inspector is open, in a window wide enough for it.
    pub inspector: bool,
    /// The table of annotations is open, in a window wide enough for it.
    pub table: bool,
    /// The inspector is open in a small window.
    pub inspector_small: bool,
    /// The table is open in a small window.
    pub table_small: bool,
}

/// The measures to choose from: letters in a row. No row is longer than the last.
pub const MEASURES: [u8; 4] = [50, 60, 70, 80];

/// How far the rows of a text stand apart. At the closest there still is room for three underlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineHeight {
    /// As close as underlines allow.
    Close,
    /// The program's own.
    #[default]
    Normal,
    /// Wider.
    Wide,
    /// Wider still.
    Widest,
}

impl LineHeight {
    /// From the closest to the widest.
    pub const ALL: [Self; 4] = [Self::Close, Self::Normal, Self::Wide, Self::Widest];

    /// What one reads on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Close => "Close",
            Self::Normal => "Normal",
            Self::Wide => "Wide",
            Self::Widest => "Widest",
        }
    }

    /// The factor on the height of a row.
    pub fn factor(self) -> f32 {
        match self {
            Self::Close => 0.95,
            Self::Normal => 1.0,
            Self::Wide => 1.15,
            Self::Widest => 1.3,
        }
    }
}

/// The face of documents' text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    /// Source Serif.
    #[default]
    Serif,
    /// IBM Plex Sans.
    Sans,
}

impl Face {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Serif, Self::Sans];

    /// What one reads on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serif => "Serif",
            Self::Sans => "Sans",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            theme: Theme::default(),
            text_scale: 1.0,
            measure: 70,
            line_height: LineHeight::default(),
            face: Face::default(),
            citation: CitationForm::default(),
            keys: BTreeMap::new(),
            open_folder: None,
            write_folder: None,
            dossier: true,
            inspector: true,
            table: true,
            inspector_small: false,
            table_small: false,
        }
    }
}

impl Settings {
    /// Where the user's settings are kept; `None` when the user has no home folder.
    pub fn path() -> Option<PathBuf> {
        Some(Place::of_user().ok()?.settings())
    }

    /// The user's settings; the program's own when none were saved.
    ///
    /// # Errors
    /// A sentence, when there are settings that cannot be read.
    pub fn load() -> Result<Self, String> {
        Self::load_from(&Place::of_user().map_err(|error| error.to_string())?)
    }

    /// Writes the user's settings.
    ///
    /// # Errors
    /// A sentence.
    pub fn save(&self) -> Result<(), String> {
        self.save_to(&Place::of_user().map_err(|error| error.to_string())?)
    }

    pub(super) fn load_from(place: &Place) -> Result<Self, String> {
        let path = place.settings();
        let bytes = match read_regular(&path, limits::SETTINGS_BYTES) {
            Ok(bytes) => bytes,
            Err(FileError::Missing { .. }) => return Ok(Self::default()),
            Err(error) => return Err(error.to_string()),
        };
        ron::de::from_bytes(&bytes).map_err(|error| {
            // The next change writes the file anew: what someone has typed into it must not be gone then.
            let kept = path.with_extension("broken.ron");
            let kept_words = match save::write_file(&kept, &bytes) {
                Ok(()) => format!("; what stands there is kept as {}", kept.display()),
                Err(_) => String::new(),
            };
            format!("the settings could not be read ({}, {error}){kept_words}", path.display())
        })
    }

    pub(super) fn save_to(&self, place: &Place) -> Result<(), String> {
        let path = place.settings();
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default());
        let text = text.map_err(|error| error.to_string())?;
        if let Some(folder) = path.parent() {
            let made = system::create_private_folder(folder);
            made.map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        save::write_file(&path, text.as_bytes()).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_back_and_a_broken_file_costs_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        assert_eq!(Settings::load_from(&place), Ok(Settings::default()));
        let settings = Settings {
            name: Some("É. Vos".to_owned()),
            text_scale: 1.25,
            measure: 60,
            line_height: LineHeight::Wide,
            face: Face::Sans,
            ..Settings::default()
        };
        settings.save_to(&place).unwrap();
        assert_eq!(Settings::load_from(&place), Ok(settings));
        std::fs::write(place.settings(), "(dossier: false, unknown: 1)").unwrap();
        assert_eq!(Settings::load_from(&place).map(|settings| settings.dossier), Ok(false));
        std::fs::write(place.settings(), [0; 500]).unwrap();
        let warning = Settings::load_from(&place).unwrap_err();
        assert!(warning.contains("settings.ron") && warning.contains("settings.broken.ron"), "{warning}");
        assert_eq!(std::fs::read(place.settings().with_extension("broken.ron")).unwrap(), [0; 500]);
    }
}
