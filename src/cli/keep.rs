//! A step that a command takes in a session that has a file: with lock and journal, as the window does it.

use std::sync::Arc;
use std::sync::mpsc::channel;

use crate::edit::Step;
use crate::model::Session;
use crate::store::{Keeper, KeeperEvent, Opened};

use super::Failure;

/// Writes `session`, which is the opened one after `step`, to its file. Without a step nothing is written but what the
/// journal brought back.
pub(super) fn keep(opened: Opened, step: Option<Step>, session: Session) -> Result<(), Failure> {
    let (sender, events) = channel();
    let keeper = Keeper::start(opened.home, opened.session, Box::new(move |event| drop(sender.send(event))));
    let keeper = keeper.map_err(Failure::said)?;
    let Some(step) = step else { return keeper.close().map_err(Failure::said) };
    keeper.append(1, Arc::new(step));
    keeper.save(1, session);
    let mut kept = Ok(());
    // The file itself shall hold it, not the journal alone.
    for event in &events {
        match event {
            KeeperEvent::Saved { revision: 1, .. } => break,
            KeeperEvent::SaveFailed { error, .. } => {
                kept = Err(Failure::said(error));
                break;
            }
            _ => {}
        }
    }
    keeper.close().map_err(Failure::said)?;
    kept
}
