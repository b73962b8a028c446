//! Whose work it is: a session of others is not changed before one has said what one wants.

use crate::edit::Edit;
use crate::format::handover::second_coder_copy;
use crate::model::{Session, SessionId};

use super::super::{
    Access, AccessChoice, Action, Answer, MessageKind, Overlay, PendingStep, Workspace, count,
};

/// What to do with a session just opened: where others have marked and one has not, one is asked.
pub(super) fn on_opening(workspace: &Workspace, session: &Session) -> Access {
    let me = workspace.me_in(session);
    let mine = session.annotations.values().any(|annotation| annotation.annotator == me)
        || session.documents.iter().any(|document| document.info.reading.contains_key(&me));
    if mine || session.annotations.is_empty() { Access::Open } else { Access::Ask }
}

/// A change was asked for that must not be made yet, or not at all.
pub(super) fn refuse(workspace: &mut Workspace, label: &str, said: &str, edits: Vec<Edit>) {
    let Some(desk) = &workspace.desk else { return };
    if let Some(held) = &desk.file.held {
        let notice = format!("{} has this session open: here it can only be read", held.holder);
        return workspace.say(MessageKind::Notice, notice, false);
    }
    if desk.access == Access::ReadOnly {
        let notice =
            "You are reading this session: nothing is changed in it. Choose “Work on in it” above to do so";
        workspace.say(MessageKind::Notice, notice, false);
        return;
    }
    let (label, said) = (label.to_owned(), said.to_owned());
    ask(workspace, Action::WorkOnWith(Box::new(PendingStep { label, said, edits })));
}

/// Asks what one wants to do in the session of others.
fn ask(workspace: &mut Workspace, work_on: Action) {
    let Some(desk) = &workspace.desk else { return };
    let whose = others(workspace, desk.session());
    let me = workspace.my_name();
    let text = format!("This is the work of {whose}. What do you want to do, {me}?");
    let marks = count(desk.session().annotations.len(), "annotation");
    let details = vec![
        format!("Review it: all {marks} can be read, none changed."),
        "Annotate the same documents afresh: a session of your own with the same documents and scheme, \
         and without what others have marked, so that their answers do not become yours."
            .to_owned(),
        format!("Work on in it: what you mark carries your name ({me}), what is there keeps theirs."),
    ];
    let answer = |words: &str, choice| Answer { words: words.to_owned(), action: Action::Access(choice) };
    let mut answers = vec![
        answer("Review it", AccessChoice::Review),
        answer("Annotate afresh", AccessChoice::Afresh),
        Answer { words: "Work on in it".to_owned(), action: work_on },
    ];
    // On a new computer one is a stranger to one's own work until one has said one's name.
    if workspace.settings.name.is_none() && desk.session().annotators.len() == 1 {
        let words = format!("I am {whose}");
        answers.push(Answer { words, action: Action::SetName(whose) });
    }
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// One has said what one wants.
pub(super) fn take(workspace: &mut Workspace, choice: AccessChoice) {
    let Some(desk) = &mut workspace.desk else { return };
    match choice {
        AccessChoice::Review => {
            desk.access = Access::ReadOnly;
            workspace.say(
                MessageKind::Notice,
                "You are reading this session: nothing is changed in it",
                false,
            );
        }
        AccessChoice::Afresh => return afresh(workspace),
        AccessChoice::WorkOn if desk.file.held.is_some() => {
            return workspace.problem("The session is open elsewhere: here it can only be read");
        }
        AccessChoice::WorkOn => {
            desk.access = Access::Open;
            let said = format!("What you mark carries your name: {}", workspace.my_name());
            workspace.say(MessageKind::Notice, said, false);
        }
    }
    super::places::remember(workspace);
}

/// Works on in the session, beginning with the change that was asked for.
pub(super) fn work_on_with(workspace: &mut Workspace, pending: PendingStep) {
    take(workspace, AccessChoice::WorkOn);
    super::annotate::step(workspace, &pending.label, &pending.said, pending.edits);
}

/// Begins a session of one's own on the same documents and scheme, without what others have marked. The one that is
/// open stays as it is.
fn afresh(workspace: &mut Workspace) {
    let (id, created) = (SessionId(workspace.stamps.id()), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let (copy, title) = (second_coder_copy(desk.session(), id, created), desk.title());
    super::session::begin_with(workspace, &copy, "annotate afresh");
    let said = format!("A session of your own on the documents of {title}: give it a name with Ctrl S");
    workspace.say(MessageKind::Notice, said, false);
}

/// The names of those who have marked, the busiest first: "Anna", "Anna and Bo", "Anna, Bo and 2 others".
pub(in crate::app) fn others(workspace: &Workspace, session: &Session) -> String {
    let me = workspace.me_in(session);
    let mut marks: std::collections::BTreeMap<&crate::model::AnnotatorId, usize> = Default::default();
    for annotation in session.annotations.values().filter(|annotation| annotation.annotator != me) {
        *marks.entry(&annotation.annotator).or_default() += 1;
    }
    let mut names: Vec<(usize, &str)> =
        marks.into_iter().map(|(id, marks)| (marks, session.annotator_name(id))).collect();
    names.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    match names.as_slice() {
        [] => "someone else".to_owned(),
        [(_, one)] => (*one).to_owned(),
        [(_, one), (_, two)] => format!("{one} and {two}"),
        [(_, one), (_, two), rest @ ..] => format!("{one}, {two} and {}", count(rest.len(), "other")),
    }
}
