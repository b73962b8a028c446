//! All that differs from one operating system to the next.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Makes renames, new and removed names in `folder` durable.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if super::sabotage::sabotaged("folder-unsynced") {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some network and user-space file systems have no fsync of folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result,
    }
}

/// Windows has no fsync of folders; NTFS journals its own names.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives `to` the mode of the file described by `from`, and its owner and group where that is allowed.
#[cfg(unix)]
pub fn copy_mode(from: &Metadata, to: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = to.metadata()?;
    if (own.uid(), own.gid()) != (from.uid(), from.gid()) {
        // Only root may give a file away; a member of the group may keep the group.
        if fchown(to, Some(from.uid()), Some(from.gid())).is_err() {
            let _ = fchown(to, None, Some(from.gid()));
        }
    }
    to.set_permissions(from.permissions())
}

/// A new file takes over what its folder grants.
#[cfg(not(unix))]
pub fn copy_mode(_from: &Metadata, _to: &File) -> io::Result<()> {
    Ok(())
}

/// Gives a new file the mode that any new file of this user gets, such as 0644.
#[cfg(unix)]
pub fn usual_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    // There is no way to read the umask without setting it, but a process file tells it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let umask = status.lines().find_map(|line| line.strip_prefix("Umask:"));
    let umask = umask.and_then(|text| u32::from_str_radix(text.trim(), 8).ok()).unwrap_or(0o022);
    file.set_permissions(std::fs::Permissions::from_mode(0o666 & !umask))
}

/// A new file takes over what its folder grants.
#[cfg(not(unix))]
pub fn usual_mode(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Files that these options make can be read by their owner alone.
#[cfg(unix)]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// The user's own folders are private on Windows.
#[cfg(not(unix))]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Makes a folder, and those above it, that its owner alone can look into; durable when this returns, for what
/// is in a folder that a power cut takes is gone with it.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    let mut options = std::fs::DirBuilder::new();
    private_folders(options.recursive(true)).create(folder)?;
    for made in missing.iter().rev() {
        sync_folder(made.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
    }
    Ok(())
}

#[cfg(unix)]
fn private_folders(options: &mut std::fs::DirBuilder) -> &mut std::fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    options.mode(0o700)
}

/// The user's own folders are private on Windows.
#[cfg(not(unix))]
fn private_folders(options: &mut std::fs::DirBuilder) -> &mut std::fs::DirBuilder {
    options
}

/// True while `path` names the very file that is open as `file`.
#[cfg(unix)]
pub fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// An open file's name cannot be taken by another on Windows.
#[cfg(not(unix))]
pub fn is_same_file(_file: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

/// What a file is, when it is neither a regular file nor a folder; with its article.
#[cfg(unix)]
pub fn special_kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = metadata.file_type();
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else {
        "not a file"
    }
}

/// What a file is, when it is neither a regular file nor a folder; with its article.
#[cfg(not(unix))]
pub fn special_kind(_metadata: &Metadata) -> &'static str {
    "not a file"
}

/// True for errors that pass by themselves: on Windows a virus scanner or a sync client holds the file for a
/// moment (ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION).
pub fn passes_by(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// The name of the user's account; "reader" where it is not known.
pub fn login_name() -> String {
    let variables = if cfg!(windows) { ["USERNAME", "USER"] } else { ["USER", "LOGNAME"] };
    let named = variables.iter().filter_map(|name| std::env::var(name).ok());
    named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_else(account_name)
}

#[cfg(unix)]
fn account_name() -> String {
    use std::os::unix::fs::MetadataExt as _;
    let uid = std::fs::metadata("/proc/self").map(|own| own.uid().to_string());
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = uid.ok().and_then(|uid| {
        let mut lines = accounts.lines().map(|line| line.split(':'));
        lines.find_map(|mut fields| {
            let name = fields.next()?;
            (fields.nth(1)? == uid).then(|| name.to_owned())
        })
    });
    name.unwrap_or_else(|| "reader".to_owned())
}

#[cfg(not(unix))]
fn account_name() -> String {
    "reader".to_owned()
}

/// What a computer is called whose name is not known.
pub const UNNAMED_HOST: &str = "this computer";

/// The name of this computer; [`UNNAMED_HOST`] where it is not known.
pub fn host_name() -> String {
    let file = |path: &str| std::fs::read_to_string(path).ok();
    let variable = |name: &str| std::env::var(name).ok();
    let names = [file("/proc/sys/kernel/hostname"), file("/etc/hostname")];
    let names = names.into_iter().chain([variable("COMPUTERNAME"), variable("HOSTNAME"), variable("HOST")]);
    let mut names = names.flatten().map(|name| name.trim().to_owned());
    names.find(|name| !name.is_empty()).unwrap_or_else(|| UNNAMED_HOST.to_owned())
}
