//! Works on what stands in a folder, and says what is acknowledged the moment it is.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use gainsay::model::Digest;
use gainsay::store::{self, Home, Keeper, KeeperEvent, Opened};

use crate::found::{files, is_copy, judged, unsaved};
use crate::say::say;
use crate::script::{Random, Script};

/// Longer than the keeper waits before it tries again.
const PATIENCE: Duration = Duration::from_secs(20);

/// The annotator at work.
pub struct Work {
    folder: PathBuf,
    script: Script,
    /// The script's number at the keeper's revision 0.
    base: u64,
    keeper: Keeper,
    events: Receiver<KeeperEvent>,
    journaled: u64,
    has_file: bool,
}

impl Work {
    /// Opens the fullest session of the folder, or begins one.
    pub fn open(folder: &Path, seed: u64) -> Result<Self, String> {
        store::use_folder(folder.join("home"));
        // The user's own folder; the rig has made it where this must not fail.
        let _ = std::fs::create_dir_all(folder.join("work"));
        let (opened, number) = fullest(folder, seed)?;
        if let Some(recovered) = opened.as_ref().and_then(|opened| opened.recovered.as_ref()) {
            say(&format!("RECOVERED {} {recovered}", recovered.steps));
        }
        let script = Script::up_to(seed, number);
        let has_file = opened.as_ref().is_some_and(|opened| opened.path.is_some());
        let home = match opened {
            Some(opened) => opened.home,
            None => Home::unsaved().map_err(|error| error.to_string())?,
        };
        let (sender, events) = channel();
        let notify = move |event: KeeperEvent| {
            match &event {
                KeeperEvent::Journaled { revision } => say(&format!("ACK {}", number + revision)),
                KeeperEvent::Saved { revision, path, .. } => {
                    say(&format!("SAVED {} {}", number + revision, path.display()));
                }
                KeeperEvent::JournalFailed { error, .. } => say(&format!("NOT SAFE {error}")),
                KeeperEvent::SaveFailed { error } => say(&format!("NOT SAVED {error}")),
                KeeperEvent::CopySaved { path } => say(&format!("COPY {}", path.display())),
                KeeperEvent::ChangedOnDisk { path } => say(&format!("CHANGED {}", path.display())),
                // Events that came later than this rig.
                #[allow(unreachable_patterns, reason = "the keeper may learn to tell more")]
                _ => say("EVENT"),
            }
            let _ = sender.send(event);
        };
        let keeper = Keeper::start(home, script.session.clone(), Box::new(notify));
        let keeper = keeper.map_err(|error| error.to_string())?;
        say(&format!("OPENED {number}"));
        let folder = folder.to_owned();
        Ok(Self { folder, script, base: number, keeper, events, journaled: 0, has_file })
    }

    /// Follows a plan, word by word.
    pub fn follow(mut self, plan: &[String]) -> Result<(), String> {
        for word in plan {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            match name {
                "steps" => {
                    for _ in 0..value.parse::<u64>().map_err(|_| format!("steps={value}?"))? {
                        self.step();
                        self.answered();
                    }
                }
                // Without waiting for each: one fsync may answer for many.
                "burst" => {
                    for _ in 0..value.parse::<u64>().map_err(|_| format!("burst={value}?"))? {
                        self.step();
                    }
                    self.answered();
                }
                "save" => self.save(),
                // A snapshot, and steps that are made while it is written.
                "save-amid" => {
                    if !self.has_file {
                        self.save();
                    }
                    if !self.has_file {
                        continue;
                    }
                    self.keeper.save(self.revision(), self.script.session.clone());
                    self.step();
                    self.step();
                    self.save_ends();
                    self.answered();
                }
                "save-as" => self.save_as(value),
                "copy" => self.copy(value),
                "age" => self.age(value.parse().unwrap_or(0))?,
                // Says to the judge that another program will change the file.
                "foreign-comes" => {
                    std::fs::write(self.folder.join("foreign"), "").map_err(|error| error.to_string())?;
                }
                "foreign" => self.foreign()?,
                // What the window does when it notices: aside first, then the merge over what was read.
                "aside" => {
                    self.keeper.put_aside(self.script.session.clone());
                    self.keeper.check_disk();
                    self.until("a change by another program", |event| {
                        matches!(event, KeeperEvent::ChangedOnDisk { .. } | KeeperEvent::NotPutAside { .. })
                    });
                }
                "merge" => {
                    let theirs = Digest::of(&self.file()?);
                    self.keeper.save_merged(self.revision(), self.script.session.clone(), theirs);
                    self.save_ends();
                }
                "overwrite" => {
                    self.keeper.overwrite(self.revision(), self.script.session.clone());
                    self.save_ends();
                }
                // Until the rig says go on.
                "pause" => {
                    say("PAUSED");
                    let _ = std::io::stdin().read_line(&mut String::new());
                }
                "sleep" => std::thread::sleep(Duration::from_millis(value.parse().unwrap_or(0))),
                "random" => self.at_random(value.parse().unwrap_or(u64::MAX)),
                "close" => {
                    let memory = self.script.done;
                    let ended = self.keeper.close();
                    say(&format!("MEMORY {memory}"));
                    say(&match ended {
                        Ok(()) => "CLOSED".to_owned(),
                        Err(problem) => format!("CLOSED WITH {problem}"),
                    });
                    return Ok(());
                }
                _ => return Err(format!("no such word in a plan: {word}")),
            }
        }
        say(&format!("MEMORY {}", self.script.done));
        // As if killed.
        Ok(())
    }

    fn revision(&self) -> u64 {
        self.script.done - self.base
    }

    fn step(&mut self) {
        let step = self.script.next();
        self.keeper.append(self.revision(), step);
    }

    /// Waits until the last step is acknowledged or refused.
    fn answered(&mut self) {
        let wanted = self.revision();
        if self.journaled >= wanted {
            return;
        }
        self.until("a step", |event| match event {
            KeeperEvent::Journaled { revision } | KeeperEvent::Saved { revision, .. } => *revision >= wanted,
            KeeperEvent::JournalFailed { revision, .. } => *revision >= wanted,
            _ => false,
        });
    }

    fn save(&mut self) {
        if self.has_file {
            self.keeper.save(self.revision(), self.script.session.clone());
            self.save_ends();
        } else {
            self.save_as("haven");
        }
    }

    fn save_as(&mut self, name: &str) {
        let path = self.folder.join("work").join(format!("{name}.ron"));
        self.keeper.save_as(path, self.revision(), self.script.session.clone());
        self.has_file |= self.save_ends();
    }

    fn copy(&mut self, name: &str) {
        let path = self.folder.join("work").join(format!("copy-{name}.ron"));
        self.keeper.save_copy(path, self.script.session.clone());
        self.until("a copy", |event| {
            matches!(event, KeeperEvent::CopySaved { .. } | KeeperEvent::SaveFailed { .. })
        });
    }

    fn file(&self) -> Result<Vec<u8>, String> {
        std::fs::read(self.path()).map_err(|error| error.to_string())
    }

    fn path(&self) -> PathBuf {
        self.folder.join("work/haven.ron")
    }

    /// Earlier versions, ten minutes apart, the last an hour old: the next that is put aside makes some of them go.
    fn age(&self, count: u64) -> Result<(), String> {
        let session = &self.script.session;
        let folder = self.folder.join("home/data/versions").join(session.id.to_string());
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.map_err(|error| error.to_string())?.as_secs();
        for number in 0..count {
            let earlier = Script::up_to(self.script.seed(), number.min(self.script.done));
            let bytes = gainsay::format::session::write(&earlier.session).into_bytes();
            let name = format!("{}-{}.ron", now - 3600 - 600 * number, Digest::of(&bytes));
            std::fs::write(folder.join(name), bytes).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// What a sync client does: an older version stands in the place of the file, whole.
    fn foreign(&self) -> Result<(), String> {
        let older = Script::up_to(self.script.seed(), self.script.done.saturating_sub(2)).session;
        let new = self.folder.join("work/from-elsewhere");
        let written = || {
            use std::io::Write as _;
            let mut file = std::fs::File::create(&new)?;
            file.write_all(gainsay::format::session::write(&older).as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&new, self.path())?;
            std::fs::File::open(self.folder.join("work"))?.sync_all()
        };
        written().map_err(|error| error.to_string())
    }

    fn save_ends(&mut self) -> bool {
        let ended = self.until("a save", |event| {
            matches!(event, KeeperEvent::Saved { .. } | KeeperEvent::SaveFailed { .. })
        });
        matches!(ended, Some(KeeperEvent::Saved { .. }))
    }

    fn until(&mut self, what: &str, wanted: impl Fn(&KeeperEvent) -> bool) -> Option<KeeperEvent> {
        let end = Instant::now() + PATIENCE;
        loop {
            let Ok(event) = self.events.recv_timeout(end.saturating_duration_since(Instant::now())) else {
                say(&format!("SILENT about {what}"));
                return None;
            };
            if let KeeperEvent::Journaled { revision } | KeeperEvent::Saved { revision, .. } = &event {
                self.journaled = self.journaled.max(*revision);
            }
            if wanted(&event) {
                return Some(event);
            }
        }
    }

    /// Steps, bursts, saves, moves and copies, as they come.
    fn at_random(&mut self, actions: u64) {
        for _ in 0..actions {
            let mut random = Random::of(self.script.done, self.base + 7);
            match random.below(24) {
                0..12 => {
                    self.step();
                    self.answered();
                }
                12..16 => {
                    for _ in 0..random.below(6) {
                        self.step();
                    }
                }
                16..20 => self.save(),
                20..22 if self.has_file => {
                    self.keeper.save(self.revision(), self.script.session.clone());
                    self.step();
                    self.step();
                }
                22 => self.save_as(if random.below(2) == 0 { "haven" } else { "twee" }),
                23 => self.copy("x"),
                _ => {}
            }
            // Every action moves the script on, so that the next one is another.
            self.step();
        }
        self.answered();
    }
}

/// The session to go on with: of those with the most steps the first.
fn fullest(folder: &Path, seed: u64) -> Result<(Option<Opened>, u64), String> {
    let mut best: Option<(Opened, u64)> = None;
    for id in unsaved(folder)? {
        let opened = store::open_unsaved(id).map_err(|error| error.to_string())?;
        let number = judged(&opened.session, seed).map_err(|why| format!("unsaved: {why}"))?;
        if best.as_ref().is_none_or(|(_, most)| number > *most) {
            best = Some((opened, number));
        }
    }
    for path in files(folder)? {
        let number = {
            let read = store::read(&path).map_err(|error| error.to_string())?;
            judged(&read.session, seed).map_err(|why| format!("{}: {why}", path.display()))?
        };
        if best.as_ref().is_none_or(|(_, most)| number > *most || (number == *most && !is_copy(&path))) {
            let opened = store::open(&path).map_err(|error| error.to_string())?;
            let number = judged(&opened.session, seed).map_err(|why| format!("{}: {why}", path.display()))?;
            best = Some((opened, number));
        }
    }
    Ok(match best {
        Some((opened, number)) => (Some(opened), number),
        None => (None, 0),
    })
}
