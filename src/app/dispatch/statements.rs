//! Statements and voices: putting passages under them, editing them. `matrix`: walking, opening, copying.

mod matrix;

pub(super) use matrix::{command as matrix_command, write_painted, write_to};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    Actor, ActorId, Annotation, AnnotationId, PartialDate, Session, Statement, StatementId, slug,
};

use super::super::statements::{Speaker, StatementAction, ordered};
use super::super::{Command, Mode, Overlay, PendingStep, Workspace, count, shortened};
use super::large;

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    let Some(desk) = &workspace.desk else { return };
    match command {
        Command::PutUnder => workspace.overlay = Some(Overlay::PutUnder),
        Command::PutUnderLast => {
            let mut used = desk.view.matrix.used.iter().copied();
            let last = used.find(|id| desk.session().statements.contains_key(id));
            match last {
                Some(id) => change(workspace, StatementAction::Put(Some(id))),
                None => workspace.overlay = Some(Overlay::PutUnder),
            }
        }
        Command::SetVoice => workspace.overlay = Some(Overlay::Voice),
        Command::NewStatement => workspace.overlay = Some(Overlay::Statement(None)),
        _ => {}
    }
}

/// Does something with statements or voices.
pub(super) fn change(workspace: &mut Workspace, action: StatementAction) {
    match action {
        StatementAction::Put(statement) => {
            let ids = passages(workspace);
            put(workspace, ids, statement, None);
        }
        StatementAction::PutNew(name) => {
            let ids = passages(workspace);
            let Some(statement) = fresh(workspace, &name) else { return };
            put(workspace, ids, Some(statement.id), Some(statement));
        }
        StatementAction::PutPassage(id, statement) => put(workspace, vec![id], Some(statement), None),
        StatementAction::Set(statement) => set(workspace, *statement),
        StatementAction::New(draft) => {
            let Some(statement) = fresh(workspace, &draft.name) else { return };
            let Statement { definition, note, date, group, .. } = *draft;
            let statement = Statement { definition, note, date, group, ..statement };
            let id = statement.id;
            set(workspace, statement);
            matrix::show(workspace, id);
        }
        StatementAction::Remove(id) => remove(workspace, id),
        StatementAction::Move(id, by) => shift(workspace, id, by),
        StatementAction::Voice(speakers) => voice(workspace, speakers),
        StatementAction::SetActor(actor) => set_actor(workspace, *actor),
        other => matrix::change(workspace, other),
    }
}

/// The passages that are meant: those picked in the table, else the chosen one.
fn passages(workspace: &Workspace) -> Vec<AnnotationId> {
    let Some(desk) = &workspace.desk else { return Vec::new() };
    match desk.view.picked.is_empty() {
        true => desk.view.chosen.into_iter().collect(),
        false => desk.view.picked.iter().copied().collect(),
    }
}

/// A statement of this name, last in the order; nothing without a name.
fn fresh(workspace: &mut Workspace, name: &str) -> Option<Statement> {
    let name = name.trim().to_owned();
    let statements = &workspace.desk.as_ref()?.session().statements;
    let order = statements.values().map(|it| it.order.saturating_add(1)).max().unwrap_or(0);
    let id = StatementId(workspace.stamps.id());
    (!name.is_empty()).then(|| Statement {
        id,
        name,
        definition: String::new(),
        note: String::new(),
        date: PartialDate::default(),
        group: String::new(),
        order,
    })
}

/// Puts passages under a statement, which is made with it when it is new; or under none.
fn put(
    workspace: &mut Workspace,
    ids: Vec<AnnotationId>,
    statement: Option<StatementId>,
    new: Option<Statement>,
) {
    workspace.overlay = None;
    let Some(desk) = &mut workspace.desk else { return };
    let known = |id: &StatementId| desk.session().statements.get(id).map(|it| it.name.clone());
    let name = new.as_ref().map(|it| it.name.clone()).or_else(|| known(&statement?));
    if statement.is_some() && name.is_none() {
        return;
    }
    if let Some(id) = statement {
        desk.view.matrix.use_statement(id);
    }
    let name = name.map(|name| shortened(&name, 40));
    large::step(workspace, ids.len(), move |session| {
        let mut edits = changed(session, &ids, |annotation| annotation.statement = statement);
        let what = count(edits.len(), "passage");
        let (label, said) = match (&name, edits.is_empty()) {
            (Some(name), true) => (String::new(), format!("It stands under “{name}” already")),
            (None, true) => (String::new(), "It stands under no statement".to_owned()),
            (Some(name), false) if new.is_some() => {
                (format!("new statement “{name}”"), format!("{what} under the new statement “{name}”"))
            }
            (Some(name), false) => (format!("put {what} under “{name}”"), format!("{what} under “{name}”")),
            (None, false) => (format!("take {what} from under its statement"), format!("{what} under none")),
        };
        if let Some(new) = new.filter(|_| !edits.is_empty()) {
            edits.insert(0, Edit::PutStatement(Arc::new(new)));
        }
        PendingStep { label, said, edits }
    });
}

fn changed(session: &Session, ids: &[AnnotationId], change: impl Fn(&mut Annotation)) -> Vec<Edit> {
    let edit = |id: &AnnotationId| {
        let old = session.annotations.get(id)?;
        let mut new = Annotation::clone(old);
        change(&mut new);
        (new != **old).then(|| Edit::PutAnnotation(Arc::new(new)))
    };
    ids.iter().filter_map(edit).collect()
}

/// Adds or changes a statement; the step is named after what is other.
fn set(workspace: &mut Workspace, statement: Statement) {
    workspace.overlay = None;
    let Some(desk) = &workspace.desk else { return };
    if statement.name.trim().is_empty() {
        return;
    }
    let old = desk.session().statements.get(&statement.id);
    let name = shortened(&statement.name, 40);
    let label = match old {
        None => format!("new statement “{name}”"),
        Some(old) if **old == statement => return,
        Some(old) if old.name != statement.name => format!("rename statement “{}”", shortened(&old.name, 40)),
        Some(_) => format!("change statement “{name}”"),
    };
    let said = if old.is_none() { "Statement added" } else { "Statement changed" };
    super::annotate::step(workspace, &label, said, vec![Edit::PutStatement(Arc::new(statement))]);
}

/// Deletes a statement. Its passages stay, under none; colleagues' statements are no longer it.
fn remove(workspace: &mut Workspace, id: StatementId) {
    let Some(desk) = &workspace.desk else { return };
    let Some(statement) = desk.session().statements.get(&id) else { return };
    let name = shortened(&statement.name, 40);
    let passages = desk.board().count(id);
    large::step(workspace, passages, move |session| {
        let about = session.annotations.values().filter(|annotation| annotation.statement == Some(id));
        let ids: Vec<AnnotationId> = about.map(|annotation| annotation.id).collect();
        let mut edits = changed(session, &ids, |annotation| annotation.statement = None);
        let mappings: Vec<_> =
            session.statement_mappings.iter().filter(|mapping| mapping.ours != id).cloned().collect();
        if mappings.len() < session.statement_mappings.len() {
            edits.push(Edit::SetStatementMappings(mappings));
        }
        edits.push(Edit::RemoveStatement(id));
        let kept = match ids.len() {
            0 => String::new(),
            number => format!("; {} kept", count(number, "passage")),
        };
        PendingStep {
            label: format!("delete statement “{name}”"),
            said: format!("Statement deleted{kept}"),
            edits,
        }
    });
}

/// Moves a statement in the order by hand, and numbers what changes.
fn shift(workspace: &mut Workspace, id: StatementId, by: isize) {
    let Some(desk) = &workspace.desk else { return };
    let mut statements = ordered(desk.session());
    let Some(from) = statements.iter().position(|it| it.id == id) else { return };
    let to = from.saturating_add_signed(by).min(statements.len() - 1);
    if to == from {
        return;
    }
    let moved = statements.remove(from);
    statements.insert(to, moved);
    let numbered = statements.iter().enumerate().filter_map(|(at, statement)| {
        let order = u32::try_from(at).unwrap_or(u32::MAX);
        let numbered = || Statement { order, ..Statement::clone(statement) };
        (statement.order != order).then(|| Edit::PutStatement(Arc::new(numbered())))
    });
    let edits: Vec<Edit> = numbered.collect();
    let label = format!("move statement “{}”", shortened(&moved.name, 40));
    super::annotate::step(workspace, &label, "Statement moved", edits);
    if let Some(desk) = &mut workspace.desk {
        desk.view.matrix.cell_wanted = true;
    }
}

/// Says who speaks in the chosen or picked passages; whoever is new is made known with it.
fn voice(workspace: &mut Workspace, speakers: Vec<Speaker>) {
    workspace.overlay = None;
    let ids = passages(workspace);
    let Some(desk) = &mut workspace.desk else { return };
    let (voice, new) = chain(desk.session(), speakers);
    desk.view.matrix.voice.clone_from(&voice);
    large::step(workspace, ids.len(), move |session| {
        let mut edits = changed(session, &ids, |annotation| annotation.voice.clone_from(&voice));
        let what = count(edits.len(), "passage");
        if edits.is_empty() {
            let said = "The voice is that already".to_owned();
            return PendingStep { label: String::new(), said, edits };
        }
        edits.splice(0..0, new.into_iter().map(|actor| Edit::PutActor(Arc::new(actor))));
        let said = if voice.is_empty() { "Voice removed" } else { "Voice set" };
        PendingStep { label: format!("voice of {what}"), said: said.to_owned(), edits }
    });
}

/// The chain of those who speak, and those of them whom the session does not know. A name that it knows is no new one.
fn chain(session: &Session, speakers: Vec<Speaker>) -> (Vec<ActorId>, Vec<Actor>) {
    let (mut voice, mut new): (Vec<ActorId>, Vec<Actor>) = (Vec::new(), Vec::new());
    let mut taken: BTreeSet<String> = session.actors.keys().map(ToString::to_string).collect();
    for speaker in speakers {
        let id = match speaker {
            Speaker::Known(id) => id,
            Speaker::New(name, kind) => {
                let name = name.trim().to_owned();
                let same = |actor: &Actor| actor.name.to_lowercase() == name.to_lowercase();
                let known = session.actors.values().map(|actor| &**actor).chain(&new);
                match known.into_iter().find(|actor| same(actor)) {
                    Some(actor) => actor.id.clone(),
                    None if name.is_empty() => continue,
                    None => {
                        let id = slug(&name, "voice", |id| taken.contains(id));
                        taken.insert(id.clone());
                        let id = ActorId::new(id);
                        new.push(Actor { id: id.clone(), name, kind, note: String::new() });
                        id
                    }
                }
            }
        };
        voice.push(id);
    }
    (voice, new)
}

/// Changes a person or organization, wherever it speaks.
fn set_actor(workspace: &mut Workspace, actor: Actor) {
    let Some(desk) = &workspace.desk else { return };
    let old = desk.session().actors.get(&actor.id);
    if actor.name.trim().is_empty() || old.is_some_and(|old| **old == actor) {
        return;
    }
    let label = format!("change voice “{}”", shortened(&actor.name, 40));
    super::annotate::step(workspace, &label, "Voice changed", vec![Edit::PutActor(Arc::new(actor))]);
}

/// True for what leads to a text: the matrix gives way to it.
pub(super) fn leaves_matrix(workspace: &Workspace, action: &super::super::Action) -> bool {
    use super::super::Action as A;
    workspace.mode() == Mode::Matrix
        && matches!(
            action,
            A::JumpTo(_)
                | A::ShowDocument(_)
                | A::ShowBeside(_)
                | A::GoToHit(_)
                | A::Search(_)
                | A::SetFilter(_)
                | A::Command(
                    Command::Find | Command::FindNext | Command::FindPrevious | Command::FocusFilter
                )
        )
}
