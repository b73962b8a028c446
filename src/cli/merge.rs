//! `gainsay merge`: by itself, and as a merge driver of git.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::edit::Step;
use crate::format;
use crate::model::{Session, Stamps as _};
use crate::review::diff::{conflict_in_words, diff};
use crate::review::merge::{Merged, merge, merge_without_base};
use crate::store::{self, Opened};

use super::Failure;
use super::keep::keep;
use super::words::{count, plain};

/// The exit code when all is merged and conflicts are left to be decided. Git takes 1 to 128 for that.
const CONFLICTS: u8 = 1;
/// The exit code when nothing was merged.
const TROUBLE: u8 = 2;
/// The same for git: above 128 it stops and takes the file for unmerged, as it is.
const TROUBLE_FOR_GIT: u8 = 129;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 merged, 1 merged with conflicts that someone must decide (they stand in the session, \
    nothing is lost), 2 nothing was merged (129 with --git)."
)]
pub(super) struct Arguments {
    /// The version that both come from; an empty file or /dev/null for none
    base: PathBuf,
    /// One's own version
    ours: PathBuf,
    /// The other version
    theirs: PathBuf,
    /// The file to be written; of the three only OURS may be named, which is then replaced
    #[arg(short, long, value_name = "OUT", required_unless_present_any = ["git", "dry_run"])]
    out: Option<PathBuf>,
    /// Say what would be done and write nothing
    #[arg(long, conflicts_with_all = ["out", "git"])]
    dry_run: bool,
    /// As a merge driver of git: write the result over OURS
    #[arg(long, conflicts_with = "out")]
    git: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let trouble = if arguments.git { TROUBLE_FOR_GIT } else { TROUBLE };
    let failed = |what: String| Failure::coded(trouble, [what]);
    let target = target(arguments).map_err(&failed)?;
    let base = base(arguments).map_err(&failed)?;
    let theirs = store::read(&arguments.theirs).map_err(|error| failed(error.to_string()))?.session;
    // Where OURS is to be replaced it is locked from here on.
    let opened = match target {
        Some(target @ Target::InPlace(_)) => Some(open(target.path()).map_err(&failed)?),
        _ => None,
    };
    let ours = match &opened {
        Some(opened) => opened.session.clone(),
        None => store::read(&arguments.ours).map_err(|error| failed(error.to_string()))?.session,
    };
    if let Some(base) = &base {
        for (path, session) in [(&arguments.ours, &ours), (&arguments.theirs, &theirs)] {
            if session.id != base.id {
                let what = "it is another session than the base, no version of it; give an empty file as the base to \
                            merge two sessions that have none in common";
                return Err(failed(format!("{}: {what}", path.display())));
            }
        }
    }
    let merged = match &base {
        Some(base) => merge(base, &ours, &theirs),
        None => merge_without_base(&ours, &theirs),
    };
    if let Some(problem) = merged.session.problems().first() {
        return Err(failed(format!("the result would not be valid, so nothing was written: {problem}")));
    }
    write(target, opened, &merged).map_err(|failure| failure.with_code(trouble))?;
    tell(&ours, &merged, target.map(Target::path), out)?;
    if merged.conflicts.is_empty() { Ok(()) } else { Err(Failure::coded(CONFLICTS, [])) }
}

/// Where the result goes.
#[derive(Clone, Copy)]
enum Target<'a> {
    /// To a file that is not there yet.
    New(&'a Path),
    /// Into OURS, with its journal.
    InPlace(&'a Path),
    /// Into a file that git has made for it.
    OfGit(&'a Path),
}

impl<'a> Target<'a> {
    fn path(self) -> &'a Path {
        match self {
            Self::New(path) | Self::InPlace(path) | Self::OfGit(path) => path,
        }
    }
}

/// Where to write; `None` to write nothing.
fn target(arguments: &Arguments) -> Result<Option<Target<'_>>, String> {
    if arguments.git {
        return Ok(Some(Target::OfGit(&arguments.ours)));
    }
    let Some(out) = arguments.out.as_deref() else { return Ok(None) };
    let is_it =
        |path: &Path| store::is_there(path) && store::real_path(path).ok() == store::real_path(out).ok();
    for (path, name) in [(&arguments.base, "base"), (&arguments.theirs, "other version")] {
        if is_it(path) {
            return Err(format!("{}: this is the {name}; choose another name", out.display()));
        }
    }
    if is_it(&arguments.ours) {
        return Ok(Some(Target::InPlace(out)));
    }
    if store::is_there(out) {
        return Err(format!("{}: there is such a file already", out.display()));
    }
    Ok(Some(Target::New(out)))
}

fn open(path: &Path) -> Result<Opened, String> {
    let opened = store::open(path).map_err(|error| error.to_string())?;
    match &opened.read_only {
        Some(why) => Err(format!("{}: {why}", path.display())),
        None => Ok(opened),
    }
}

fn write(target: Option<Target<'_>>, opened: Option<Opened>, merged: &Merged) -> Result<(), Failure> {
    match target {
        None => {}
        Some(Target::New(path)) => {
            store::create_session_file(path, &merged.session).map_err(Failure::said)?;
        }
        Some(Target::OfGit(path)) => {
            let bytes = format::session::write(&merged.session);
            store::write_file(path, bytes.as_bytes()).map_err(Failure::said)?;
        }
        Some(Target::InPlace(_)) => {
            let Some(opened) = opened else { return Ok(()) };
            let (at, edits) = (store::SystemStamps.now(), merged.edits.clone());
            let step = (!edits.is_empty()).then(|| Step { label: "merge".to_owned(), at, edits });
            keep(opened, step, merged.session.clone())?;
        }
    }
    Ok(())
}

/// The base; `None` for an empty file, which git gives where both branches have added the session.
fn base(arguments: &Arguments) -> Result<Option<Session>, String> {
    if store::is_empty_file(&arguments.base) {
        return Ok(None);
    }
    store::read(&arguments.base).map(|read| Some(read.session)).map_err(|error| error.to_string())
}

fn tell(ours: &Session, merged: &Merged, target: Option<&Path>, out: &mut dyn Write) -> Result<(), Failure> {
    let changes = diff(ours, &merged.session);
    let changes: Vec<&String> = changes.iter().filter(|line| !line.starts_with("conflict: ")).collect();
    let name = target.map_or("nothing was written".to_owned(), |target| plain(&target.display().to_string()));
    let (differences, conflicts) =
        (count(changes.len(), "change"), count(merged.conflicts.len(), "conflict"));
    writeln!(out, "{name}: {differences} against OURS, {conflicts}")?;
    for line in changes {
        writeln!(out, "  {}", plain(line))?;
    }
    for note in &merged.notes {
        writeln!(out, "  note: {}", plain(note))?;
    }
    for conflict in &merged.conflicts {
        writeln!(out, "  conflict: {}", plain(&conflict_in_words(conflict, &merged.session)))?;
    }
    Ok(())
}
