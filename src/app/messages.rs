//! What the program has said. The last one stands in the hint bar; all of them in the log.

use crate::model::Timestamp;

use super::shortened;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: MessageKind,
    /// One sentence, without full stop when it is the only one.
    pub text: String,
    /// The act that it tells of can be undone.
    pub undo: bool,
    /// It speaks of those before it: they are one click away.
    pub more: bool,
}

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// An act was done.
    Done,
    /// Something to know.
    Notice,
    /// Something went wrong.
    Problem,
}

/// The messages of this run, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    all: Vec<Message>,
    shown: bool,
}

impl Messages {
    const MOST: usize = 1_000;
    /// Characters of one that are kept: what a file says of itself may stand in it.
    const LONGEST: usize = 2_000;

    /// Adds one and shows it.
    pub fn say(&mut self, message: Message) {
        log::info!(
            "{}",
            if message.kind == MessageKind::Problem { "problem shown" } else { "message shown" }
        );
        if self.all.len() == Self::MOST {
            self.all.remove(0);
        }
        let text = shortened(&message.text, Self::LONGEST);
        self.all.push(Message { text, ..message });
        self.shown = true;
    }

    /// The one that stands in the hint bar.
    pub fn current(&self) -> Option<&Message> {
        self.all.last().filter(|_| self.shown)
    }

    /// Takes it off the hint bar; it stays in the log. Problems stay until read.
    pub fn clear(&mut self) {
        self.shown = false;
    }

    /// Takes a notice off the hint bar, as something else is done now; what tells of an act or a problem stays.
    pub fn clear_notice(&mut self) {
        self.shown &= self.all.last().is_none_or(|message| message.kind != MessageKind::Notice);
    }

    /// All of them, oldest first.
    pub fn all(&self) -> &[Message] {
        &self.all
    }
}
