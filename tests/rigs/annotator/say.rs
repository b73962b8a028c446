//! What the annotator tells the rig: one line a time, in one system call, from whatever thread.
//!
//! With `writev` rather than `write`: so a rig can let every `write` fail and still be told.

use std::io::Write as _;

#[cfg(unix)]
pub fn say(line: &str) {
    use std::os::fd::AsFd as _;
    let line = format!("{line}\n");
    if let Ok(out) = std::io::stdout().as_fd().try_clone_to_owned() {
        // Nobody may be listening any more.
        let _ = std::fs::File::from(out).write_vectored(&[std::io::IoSlice::new(line.as_bytes())]);
    }
}

#[cfg(not(unix))]
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
