//! Undo and redo over everything, labelled.

use crate::model::{Annotation, Session};

use super::{Edit, EditError, Label, Step, apply_step};

/// Seconds within which a note that is written on is the same act. It is journaled piece by piece while it is typed,
/// and one undo takes back all of it.
const WRITTEN_ON_SECS: i64 = 5;

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
        let anew = !self.undone.is_empty();
        self.undone.clear();
        match self.done.last_mut().filter(|last| !anew && writes_on(&last.step, &step)) {
            Some(last) => last.write_on(step),
            None => self.done.push(Entry { step, inverse }),
        }
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

impl Entry {
    /// Takes in a step that goes on with the note; the inverse leads back to before its first letter as it is.
    fn write_on(&mut self, step: Step) {
        self.step.at = step.at;
        self.step.edits.retain(|edit| !matches!(edit, Edit::PutAnnotation(_)));
        self.step.edits.extend(step.edits);
    }
}

/// True when `next` changes nothing but the note that `last` changed, soon after it.
fn writes_on(last: &Step, next: &Step) -> bool {
    let [Edit::PutAnnotation(new)] = next.edits.as_slice() else { return false };
    let (known, [Edit::PutAnnotation(old)]) = last.edits.split_at(last.edits.len().saturating_sub(1)) else {
        return false;
    };
    let since = next.at.moment().as_second() - last.at.moment().as_second();
    known.iter().all(|edit| matches!(edit, Edit::PutAnnotator(..)))
        && last.label == next.label
        && (0..=WRITTEN_ON_SECS).contains(&since)
        && old.note != new.note
        && without_note(old) == without_note(new)
}

/// The annotation without its note and without what is told of its changes.
fn without_note(annotation: &Annotation) -> Annotation {
    let (created, bare) = (annotation.created, annotation.clone());
    Annotation { note: String::new(), modified: created, changes: Vec::new(), ..bare }
}
