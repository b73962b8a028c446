//! Judges what stands in a folder: first as it is, then by opening it as the program does, with a step after it.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use gainsay::model::SessionId;
use gainsay::store::{self, Keeper, KeeperEvent, Opened};

use crate::found::{aside, files, judged, unsaved};
use crate::script::Script;

/// What was found.
#[derive(Default)]
pub struct Verdict {
    /// The number of the script's steps in the fullest session.
    pub steps: u64,
    /// The same without the journal: in a session file alone.
    pub in_file: u64,
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
    /// What was said about journals that were not applied, or not whole.
    pub said: Vec<String>,
}

impl Verdict {
    pub fn line(&self) -> String {
        let of = |sentences: &[String]| sentences.join(" | ").replace('\n', " ");
        match self.wrong.is_empty() {
            true => format!("GOOD {} {} {}", self.steps, self.in_file, of(&self.said)),
            false => format!("WRONG {} {} {}", self.steps, self.in_file, of(&self.wrong)),
        }
    }
}

/// Reads everything, then opens everything, makes one step in each, stops without a farewell, and reads again.
pub fn check(folder: &Path, seed: u64) -> Verdict {
    store::use_folder(folder.join("home"));
    let mut verdict = Verdict::default();
    let (files, unsaved) = match files(folder).and_then(|files| Ok((files, unsaved(folder)?))) {
        Ok(found) => found,
        Err(why) => {
            verdict.wrong.push(why);
            return verdict;
        }
    };
    // Where another program changes the file, a journal that was not applied is no loss: it is kept, and was said.
    let foreign = folder.join("foreign").exists();
    for path in aside(folder).unwrap_or_default().into_iter().filter(|_| foreign) {
        verdict.steps = verdict.steps.max(in_journal(&path));
    }
    for path in &files {
        let path = path.as_path();
        match store::read(path) {
            Ok(read) => {
                let notices: Vec<String> = read.notices.iter().map(ToString::to_string).collect();
                verdict.said.extend(notices.iter().map(|notice| format!("notice: {notice}")));
                let mut found = |session, what: &str| match judged(session, seed) {
                    Ok(steps) => steps,
                    Err(why) => {
                        let notices = if notices.is_empty() { "no notice" } else { "with a notice" };
                        verdict.wrong.push(format!("{}{what}: {why}; {notices}", name(path)));
                        0
                    }
                };
                let (steps, in_file) = (found(&read.session, ""), found(&read.in_file, " without journal"));
                verdict.steps = verdict.steps.max(steps);
                verdict.in_file = verdict.in_file.max(in_file);
                if steps > in_file && read.recovered.as_ref().is_none_or(|recovered| recovered.steps == 0) {
                    verdict.wrong.push(format!("{}: what was brought back is not said", name(path)));
                }
                let aside = read.recovered.as_ref().and_then(|recovered| recovered.set_aside.as_ref());
                let aside = aside.filter(|_| foreign);
                if let Some(aside) = aside {
                    verdict.steps = verdict.steps.max(in_journal(&aside.path));
                }
                versions(read.session.id, aside.is_some(), seed, &mut verdict);
                let said = read.recovered.iter().filter(|one| one.set_aside.is_some() || one.torn.is_some());
                verdict.said.extend(said.map(ToString::to_string));
            }
            Err(error) => verdict.wrong.push(error.to_string()),
        }
    }
    for path in &files {
        let path = path.as_path();
        let opened = store::open(path).map_err(|error| error.to_string());
        match opened.and_then(|opened| one_more(opened, seed)) {
            Ok(steps) => match store::read(path).map(|read| judged(&read.session, seed)) {
                Ok(Ok(found)) if found == steps => {}
                Ok(Ok(found)) => {
                    verdict
                        .wrong
                        .push(format!("{}: {found} steps of {steps} after a second crash", name(path)));
                }
                Ok(Err(why)) => verdict.wrong.push(format!("{} after a second crash: {why}", name(path))),
                Err(error) => verdict.wrong.push(format!("after a second crash: {error}")),
            },
            Err(why) => verdict.wrong.push(format!("{}: {why}", name(path))),
        }
    }
    for id in unsaved {
        let opened = store::open_unsaved(id).map_err(|error| error.to_string());
        let steps = opened.and_then(|opened| one_more(opened, seed));
        let again = store::open_unsaved(id).map_err(|error| error.to_string());
        match (steps, again.and_then(|opened| judged(&opened.session, seed))) {
            (Ok(steps), Ok(found)) if steps == found => verdict.steps = verdict.steps.max(steps - 1),
            (Ok(steps), Ok(found)) => {
                verdict.wrong.push(format!("unsaved: {found} of {steps} after a second crash"))
            }
            (Err(why), _) | (_, Err(why)) => verdict.wrong.push(format!("unsaved: {why}")),
        }
    }
    verdict
}

/// The last step that a journal tells of.
fn in_journal(path: &Path) -> u64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let numbers = text.split("note:\"step ").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
    numbers.max().unwrap_or(0)
}

/// Each earlier version must be whole. What they hold counts only where the file was found to be another's.
fn versions(id: SessionId, counts: bool, seed: u64, verdict: &mut Verdict) {
    for version in store::earlier_versions(id, None) {
        let found = store::read_version(&version).and_then(|session| judged(&session, seed));
        match found {
            Ok(steps) if counts => verdict.steps = verdict.steps.max(steps),
            Ok(_) => {}
            Err(why) => verdict.wrong.push(format!("an earlier version: {why}")),
        }
    }
}

/// Works on by one step that is acknowledged, then stops as if killed. Returns the number of that step.
fn one_more(opened: Opened, seed: u64) -> Result<u64, String> {
    let number = judged(&opened.session, seed)?;
    let mut script = Script::up_to(seed, number);
    let (sender, events) = channel();
    let keeper = Keeper::start(opened.home, opened.session, Box::new(move |event| drop(sender.send(event))))
        .map_err(|error| error.to_string())?;
    keeper.append(1, script.next());
    let event = events.recv_timeout(Duration::from_secs(20));
    drop(keeper);
    // The thread has freed the lock when its end of the channel is gone.
    while events.recv_timeout(Duration::from_secs(20)).is_ok() {}
    match event {
        Ok(KeeperEvent::Journaled { .. }) => Ok(number + 1),
        Ok(event) => Err(format!("a step after it is not acknowledged: {event:?}")),
        Err(_) => Err("a step after it is never answered".to_owned()),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
