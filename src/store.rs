//! The only module that touches the file system.
//!
//! - [`open`], [`read`]: a session with what its journal brings back
//! - [`Keeper`]: the thread that owns journal, lock and file of one open session
//! - [`list_unsaved`], [`open_unsaved`]: sessions that have no file yet
//! - [`earlier_versions`], [`read_version`]: what a save has replaced
//! - [`read_document_file`]: the bytes of a source
//! - [`write_export`], [`read_inputs`]: files for and of other programs
//! - [`conflicted_copies`]: what a sync client has put beside it
//! - [`recent`], [`Settings`], [`Places`]: small files whose loss costs nothing
//!
//! **No acknowledged work is ever lost.** A step is acknowledged ([`KeeperEvent::Journaled`]) once it is in the
//! journal and fsync has returned. How a save replaces the session file and its journal so that every moment
//! in between leaves both readable and together complete is told in `store/journal.rs`.
//!
//! Names of files that we put beside a session hold `.~`, which sync clients leave alone.

mod beside;
mod clock;
mod drafts;
mod export;
mod founding;
mod import;
mod journal;
mod keeper;
mod lock;
mod open;
mod place;
mod places;
mod recent;
mod regular;
mod sabotage;
mod salvage;
mod save;
mod settings;
mod system;
mod unsaved;
mod versions;

pub use beside::conflicted_copies;
pub use clock::SystemStamps;
pub use drafts::{Draft, DraftKind};
pub use export::{ExportError, read_inputs, write_export};
pub use import::{ImportError, documents_at, is_empty_file, is_there, read_document_file};
pub use keeper::{Home, Keeper, KeeperEvent};
pub use lock::{Holder, Lock};
pub use open::{
    BroughtBack, Deed, DeedKind, OpenError, Opened, ReadOnDisk, Recovered, SetAside, open, read,
    read_file_alone, read_sound, take_over,
};
pub use place::{Place, use_folder};
pub use places::{PlaceAccess, PlaceExport, PlacePane, Places};
pub use recent::{RecentEntry, forget, recent, remember};
pub use regular::{FileError, read_scheme_file};
#[cfg(feature = "sabotage")]
pub use sabotage::{die_when_told, tell_outside};
pub use salvage::{Salvaged, salvage};
pub use save::{SaveError, create_session_file, real_path, write_file};
pub use settings::{Face, LineHeight, MEASURES, Settings, Theme};
pub use system::{host_name, login_name};
pub use unsaved::{UnsavedEntry, discard_unsaved, keep_for_later, list_unsaved, open_unsaved};
pub use versions::{Origin, Version, earlier_versions, read_version, versions_of_file};

#[cfg(test)]
mod testing;
