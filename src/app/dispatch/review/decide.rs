//! Decisions on differences, and the session that holds their result.

use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Anchor, Annotation, AnnotationId, SessionId, TagId, Verdict};
use crate::review::cases::{self, Agreeing, Case, Ruling};

use super::super::super::review::{Mode, ReviewAction, Shown};
use super::super::super::{Action, Answer, MessageKind, Overlay, Workspace, count};
use super::super::{annotate, session};
use super::{choose, read_layers, set_mode};

/// What is decided for.
pub(super) enum Wanted {
    /// The mark of the reader with this number.
    Take(usize),
    /// All of them.
    All,
    /// None of them.
    None,
    /// A new one with this tag.
    New(TagId),
}

pub(super) fn decide(workspace: &mut Workspace, wanted: Wanted) {
    if matches!(workspace.overlay, Some(Overlay::MakeNew)) {
        workspace.overlay = None;
    }
    let (me, now) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let Some(case) = desk.review.chosen.as_ref().and_then(|key| found.case(key)).cloned() else {
        return workspace.say(MessageKind::Notice, "No difference is looked at: J goes to the first", false);
    };
    let names = found.names.clone();
    let whose = |at: usize| names.get(at).cloned().unwrap_or_default();
    let (verdict, said) = match &wanted {
        Wanted::Take(at) => {
            let Some(name) = names.get(*at) else {
                return workspace.say(MessageKind::Notice, "There is no such reader", false);
            };
            if case.marks.get(*at).is_none_or(Option::is_none) {
                let said = format!("{name} has marked nothing here: “Reject all” decides for that");
                return workspace.say(MessageKind::Notice, said, false);
            }
            let own = found.own_is_first && *at == 0;
            (if own { Verdict::Mine } else { Verdict::Theirs }, format!("Took {}", possessive(&whose(*at))))
        }
        Wanted::All => (Verdict::Both, "All of them kept".to_owned()),
        Wanted::None => (Verdict::Neither, "All of them rejected".to_owned()),
        Wanted::New(_) => (Verdict::New, "A new one made".to_owned()),
    };
    let made = match &wanted {
        Wanted::New(tag) => {
            let swept = desk.view.selection.and_then(|(pane, selection)| {
                let pane = desk.view.pane(pane).filter(|pane| pane.document == case.document)?;
                let _ = pane;
                selection.span()
            });
            let Some((document, cache)) = desk.document(&case.document) else { return };
            let Some(span) = cache.snap(document.text(), swept.unwrap_or(case.span)) else { return };
            Some((span, tag.clone()))
        }
        _ => None,
    };
    let id = |workspace: &mut Workspace| AnnotationId(workspace.stamps.id());
    let ids: Vec<AnnotationId> = (0..case.marks.len().max(1)).map(|_| id(workspace)).collect();
    let Some(desk) = &workspace.desk else { return };
    let made = made.map(|(span, tag)| {
        let anchor = Anchor::Placed { document: case.document.clone(), span };
        let attributes = desk.session().scheme.first_values(&tag);
        Arc::new(Annotation { attributes, ..Annotation::new(ids[0], anchor, tag, me.clone(), now) })
    });
    let ruling = Ruling {
        verdict,
        reader: match wanted {
            Wanted::Take(at) => Some(at),
            _ => None,
        },
        made,
        by: me.clone(),
        at: now,
        reason: desk.review.reason.clone(),
        note: desk.review.note.trim().to_owned(),
    };
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    match cases::decide(desk.session(), &desk.review.found().compared, &case, &ruling, &ids) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not decided: {why}")),
    }
    let place = desk.review.chosen_row();
    if annotate::step(workspace, "decide on a difference", &said, edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.review.note.clear();
        desk.review.reason.clear();
        // The next one that waits, by its name: what is found changes with the decision.
        let found = desk.review.found();
        let next = place.and_then(|row| {
            let later = found.listed.iter().skip(row + 1).chain(found.listed.iter().take(row));
            later.map(|at| &found.cases[*at]).find(|case| !case.is_decided()).map(Case::key)
        });
        match next {
            Some(key) => choose(workspace, key),
            None => {
                let said = format!("{said}. That was the last difference of this list");
                workspace.say(MessageKind::Done, said, true);
            }
        }
    }
}

fn possessive(name: &str) -> String {
    if name == "You" { "yours".to_owned() } else { format!("{name}’s") }
}

/// Takes the decision on the difference that is looked at back, with what it has brought in.
pub(super) fn decide_again(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let case = desk.review.chosen.as_ref().and_then(|key| found.case(key));
    let Some(case) = case.filter(|case| case.decision().is_some()) else {
        return workspace.say(MessageKind::Notice, "Nothing is decided here yet", false);
    };
    match cases::reopen(desk.session(), case) {
        Ok(edits) => {
            annotate::step(workspace, "take a decision back", "The difference is open again", edits);
        }
        Err(why) => workspace.say(MessageKind::Notice, why, false),
    }
}

/// Asks by which rule what all readers agree on comes in.
pub(super) fn ask_agreed(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let answers = Agreeing::ALL.into_iter().filter_map(|rule| {
        let number = found.cases.iter().filter(|case| rule.takes(case)).count();
        let words = format!("{}: {number}", rule.words());
        (number > 0).then(|| Answer { words, action: Action::Review(ReviewAction::TakeAgreed(rule)) })
    });
    let mut answers: Vec<Answer> = answers.collect();
    if answers.is_empty() {
        let said = "Nothing is left on which all readers agree";
        return workspace.say(MessageKind::Notice, said, false);
    }
    answers.push(Answer { words: "Leave it".to_owned(), action: Action::Nothing });
    let text = "What comes in without being looked at?".to_owned();
    let details = vec![
        "One mark stands for those of all readers, with what each of them has noted. It says by which rule it came in. \
         One undo takes all of it back."
            .to_owned(),
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Brings in what all readers agree on, by this rule.
pub(super) fn take_agreed(workspace: &mut Workspace, rule: Agreeing) {
    let (me, now) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let agreeing: Vec<Case> =
        desk.review.found().cases.iter().filter(|case| rule.takes(case)).cloned().collect();
    let each = agreeing.iter().map(|case| case.marks.len()).sum::<usize>();
    let mut ids: Vec<AnnotationId> = (0..each).map(|_| AnnotationId(workspace.stamps.id())).collect();
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    let reason = rule.words().to_lowercase();
    let ruling = Ruling {
        verdict: Verdict::Rule,
        reader: None,
        made: None,
        by: me,
        at: now,
        reason,
        note: String::new(),
    };
    let next = || ids.pop().unwrap_or(AnnotationId(uuid::Uuid::nil()));
    match cases::take_agreeing(desk.session(), &desk.review.found().compared, &agreeing, &ruling, next) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not taken in: {why}")),
    }
    let said = format!("{} taken in", count(agreeing.len(), "agreed mark"));
    annotate::step(workspace, "take in what all agree on", &said, edits);
}

/// Begins a session for the result: the documents and the scheme of this one, with it and its layers laid over.
pub(super) fn adjudicate(workspace: &mut Workspace) {
    let (id, created) = (SessionId(workspace.stamps.id()), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let Some(path) = desk.file.path.clone() else {
        let said = "Save this session first: it is laid over the new one from its file";
        return workspace.say(MessageKind::Notice, said, false);
    };
    if desk.file.saved != Some(desk.revision()) {
        let said = "This session is being saved: try again in a moment";
        if let Some(desk) = &mut workspace.desk {
            desk.save();
        }
        return workspace.say(MessageKind::Notice, said, false);
    }
    let copy = cases::result_session(desk.session(), id, created);
    let layers = desk.review.layers().iter().map(|layer| (layer.path.clone(), Some(Shown::Shown)));
    let files: Vec<_> = std::iter::once((path, Some(Shown::Shown))).chain(layers).collect();
    let title = desk.title();
    session::begin_with(workspace, &copy, "begin a session for the result");
    read_layers(workspace, files);
    set_mode(workspace, Mode::Review);
    let said = format!("A session for the result of {title}: give it a name with Ctrl S");
    workspace.say(MessageKind::Notice, said, false);
}
