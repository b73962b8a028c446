//! Undo and redo over everything, labelled.

use crate::model::Session;

use super::{EditError, Label, Step, apply_step};

/// What was done and what was undone. An undo is journaled as a new step; here it only moves between two stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
}

/// A step with its inverse.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The step as it was applied.
    pub step: Step,
    /// What takes it back.
    pub inverse: Step,
}

impl History {
    /// Applies `step`, remembers it and forgets what was undone.
    ///
    /// # Errors
    /// When an edit is refused; session and history are then as they were.
    pub fn apply(&mut self, session: &mut Session, step: Step) -> Result<(), EditError> {
        let inverse = apply_step(session, &step)?;
        self.undone.clear();
        self.done.push(Entry { step, inverse });
        Ok(())
    }

    /// Takes the last step back. Returns the step that did so, for the journal.
    ///
    /// # Errors
    /// When the inverse is refused: the session was changed past the history.
    pub fn undo(&mut self, session: &mut Session) -> Result<Option<Step>, EditError> {
        let Some(entry) = self.done.last() else { return Ok(None) };
        apply_step(session, &entry.inverse)?;
        let inverse = entry.inverse.clone();
        self.undone.extend(self.done.pop());
        Ok(Some(inverse))
    }

    /// Does the step again that was undone last. Returns it, for the journal.
    ///
    /// # Errors
    /// When the step is refused: the session was changed past the history.
    pub fn redo(&mut self, session: &mut Session) -> Result<Option<Step>, EditError> {
        let Some(entry) = self.undone.last() else { return Ok(None) };
        apply_step(session, &entry.step)?;
        let step = entry.step.clone();
        self.done.extend(self.undone.pop());
        Ok(Some(step))
    }

    /// The label of the step that undo takes back.
    pub fn undo_label(&self) -> Option<&Label> {
        self.done.last().map(|entry| &entry.step.label)
    }

    /// The label of the step that redo does again.
    pub fn redo_label(&self) -> Option<&Label> {
        self.undone.last().map(|entry| &entry.step.label)
    }

    /// What was done, oldest first.
    pub fn done(&self) -> &[Entry] {
        &self.done
    }

    /// What was undone, the next to redo last.
    pub fn undone(&self) -> &[Entry] {
        &self.undone
    }
}
