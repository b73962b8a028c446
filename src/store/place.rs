//! The folders in which the program keeps what belongs to no session file.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The environment variable that names one folder for everything: portable use, and tests.
pub const HOME_VARIABLE: &str = "GAINSAY_HOME";

/// Where unsaved sessions, the recent list and the settings stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    data: PathBuf,
    config: PathBuf,
}

static CHOSEN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Keeps everything in `folder` from now on, whatever the environment says. For tests that run the program
/// inside their own process.
pub fn use_folder(folder: impl Into<PathBuf>) {
    *CHOSEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(folder.into());
}

impl Place {
    /// Everything in one folder.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        Self { data: folder.as_ref().join("data"), config: folder.as_ref().join("config") }
    }

    /// The user's folders: those of [`use_folder`], else of `GAINSAY_HOME`, else those of the system.
    ///
    /// # Errors
    /// When the user has no home folder.
    pub fn of_user() -> io::Result<Self> {
        let chosen = CHOSEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let named = || std::env::var_os(HOME_VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
        if let Some(folder) = chosen.or_else(named) {
            return Ok(Self::in_folder(std::path::absolute(folder)?));
        }
        match directories::ProjectDirs::from("", "", "Gainsay") {
            Some(dirs) => {
                Ok(Self { data: dirs.data_local_dir().to_owned(), config: dirs.config_dir().to_owned() })
            }
            None => Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!("no home folder is known; set {HOME_VARIABLE} to a folder"),
            )),
        }
    }

    /// The folder of sessions that have no file yet.
    pub fn unsaved(&self) -> PathBuf {
        self.data.join("unsaved")
    }

    /// The folder of earlier versions of session files.
    pub fn versions(&self) -> PathBuf {
        self.data.join("versions")
    }

    /// The folder of where one was in each session.
    pub fn places(&self) -> PathBuf {
        self.data.join("places")
    }

    /// The recent list.
    pub fn recent(&self) -> PathBuf {
        self.data.join("recent.ron")
    }

    /// The settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.ron")
    }
}
