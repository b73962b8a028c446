//! Who speaks: the chain of a passage, and the persons and organizations of the session.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Actor, ActorId, Annotation, AnnotationId, Session, slug};

use super::super::super::statements::Speaker;
use super::super::super::{PendingStep, Workspace, count, shortened};
use super::super::large;
use super::{changed, passages};

/// Says who speaks in the chosen or picked passages; whoever is new is made known with it.
pub(super) fn set(workspace: &mut Workspace, speakers: Vec<Speaker>) {
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

/// Changes a person or organization, wherever it speaks. With the name of another it becomes that other.
pub(super) fn change(workspace: &mut Workspace, actor: Actor) {
    let Some(desk) = &workspace.desk else { return };
    let name = actor.name.trim().to_owned();
    let Some(old) = desk.session().actors.get(&actor.id) else { return };
    if name.is_empty() || **old == actor {
        return;
    }
    let same = |other: &&Arc<Actor>| other.id != actor.id && other.name.to_lowercase() == name.to_lowercase();
    if let Some(other) = desk.session().actors.values().find(same).map(|other| other.id.clone()) {
        let label = format!("make one voice of two: “{}”", shortened(&name, 40));
        return replace(workspace, &actor.id, Some(other), label, "Two voices are one now");
    }
    let label = format!("change voice “{}”", shortened(&old.name, 40));
    let actor = Actor { name, ..actor };
    super::super::annotate::step(workspace, &label, "Voice changed", vec![Edit::PutActor(Arc::new(actor))]);
}

/// Takes a person or organization out of the session and of all chains.
pub(super) fn remove(workspace: &mut Workspace, id: &ActorId) {
    let Some(desk) = &workspace.desk else { return };
    let Some(actor) = desk.session().actors.get(id) else { return };
    let label = format!("delete voice “{}”", shortened(&actor.name, 40));
    replace(workspace, id, None, label, "Voice deleted");
}

/// Puts one voice in the place of another in all chains, or none, and removes the other.
fn replace(workspace: &mut Workspace, id: &ActorId, by: Option<ActorId>, label: String, said: &str) {
    let Some(desk) = &workspace.desk else { return };
    let speaks = |annotation: &&Arc<Annotation>| annotation.voice.contains(id);
    let passages = desk.session().annotations.values().filter(speaks).count();
    let (id, said) = (id.clone(), said.to_owned());
    large::step(workspace, passages, move |session| {
        let speaks = session.annotations.values().filter(|annotation| annotation.voice.contains(&id));
        let ids: Vec<AnnotationId> = speaks.map(|annotation| annotation.id).collect();
        let mut edits =
            changed(session, &ids, |annotation| annotation.voice = replaced(annotation, &id, by.as_ref()));
        edits.push(Edit::RemoveActor(id));
        let of = if ids.is_empty() { String::new() } else { format!(", in {}", count(ids.len(), "passage")) };
        PendingStep { label, said: format!("{said}{of}"), edits }
    });
}

/// The chain with one voice in the place of another; nobody reports oneself.
fn replaced(annotation: &Annotation, id: &ActorId, by: Option<&ActorId>) -> Vec<ActorId> {
    let voice = annotation.voice.iter().filter_map(|it| if it == id { by } else { Some(it) });
    let mut chain: Vec<ActorId> = voice.cloned().collect();
    chain.dedup();
    chain
}
