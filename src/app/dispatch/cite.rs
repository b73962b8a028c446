//! Copying a passage with its citation.

use crate::format::citation::{CitationForm, Cited};
use crate::model::{DocumentId, Span};
use crate::text::sentences::sentence_at;

use super::super::{Action, Answer, Desk, Effect, MessageKind, Overlay, Selection, Workspace};

/// Copies the selection, else the chosen passage, else the sentence at the caret, with its citation.
pub(super) fn copy(workspace: &mut Workspace) {
    let form = workspace.settings.citation;
    let Some(desk) = &workspace.desk else { return };
    let Some((id, span)) = passage(desk) else { return };
    let Some(citation) = with_cited(desk, &id, |cited| cited.passage(span, form)) else { return };
    let said = format!("Copied: {}", super::super::words::shortened(&citation.plain, 90));
    workspace.effects.push(Effect::CopyRich { plain: citation.plain, html: citation.html });
    workspace.say(MessageKind::Done, said, false);
}

/// What is cited: the selection, else the chosen passage, else the sentence at the caret.
fn passage(desk: &Desk) -> Option<(DocumentId, Span)> {
    let selection =
        desk.view.selection.and_then(|(pane, selection)| Some((desk.view.pane(pane)?, selection)));
    let selected = selection.and_then(|(pane, selection)| {
        let (document, cache) = desk.document(&pane.document)?;
        Some((pane.document.clone(), cache.snap(document.text(), selection.span()?)?))
    });
    let chosen = || {
        let anchor = &desk.chosen()?.anchor;
        Some((anchor.document().clone(), anchor.span()?))
    };
    let sentence = || {
        let (pane, caret): (_, Selection) = selection?;
        let (document, cache) = desk.document(&pane.document)?;
        let sentence = sentence_at(document.text(), &cache.prose, caret.head)?;
        Some((pane.document.clone(), cache.snap(document.text(), sentence)?))
    };
    selected.or_else(chosen).or_else(sentence)
}

fn with_cited<T>(desk: &Desk, id: &DocumentId, work: impl FnOnce(&Cited<'_>) -> T) -> Option<T> {
    let (document, cache) = desk.document(id)?;
    let cited = Cited {
        session: desk.session(),
        document,
        paragraphs: &cache.paragraphs,
        sections: &cache.sections,
        rendering: &cache.rendering,
    };
    Some(work(&cited))
}

/// Asks in which form passages are cited, with the passage at hand in each of them.
pub(super) fn ask_form(workspace: &mut Workspace) {
    let now = workspace.settings.citation;
    let passage = workspace.desk.as_ref().and_then(passage);
    let shown = |form: CitationForm| {
        let desk = workspace.desk.as_ref()?;
        let (id, span) = passage.as_ref()?;
        with_cited(desk, id, |cited| cited.source(*span, form))
    };
    let details = CitationForm::ALL
        .map(|form| format!("{}: {}", form.name(), shown(form).unwrap_or_else(|| form.example().to_owned())));
    let mut forms = CitationForm::ALL;
    forms.sort_by_key(|form| *form != now);
    let answers = forms.map(|form| {
        let words = if form == now { format!("{} (as now)", form.name()) } else { form.name().to_owned() };
        Answer { words, action: Action::SetCitationForm(form) }
    });
    let text = "How shall copied passages be cited?".to_owned();
    workspace.overlay = Some(Overlay::Question { text, details: details.into(), answers: answers.into() });
}
