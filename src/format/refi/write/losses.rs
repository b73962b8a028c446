//! What a project does not hold, or holds where only Gainsay looks.

use crate::format::export::Losses;
use crate::format::kept;
use crate::model::Session;

/// The losses of a whole project, in which so many control characters were `replaced`.
pub(super) fn of(session: &Session, replaced: usize) -> Losses {
    let mut losses = Losses::default();
    let all = || session.annotations.values();
    losses.add(
        all().filter(|it| it.anchor.span().is_none()).count(),
        "passage whose text is gone is a note, not a selection",
        "passages whose text is gone are notes, not selections",
    );
    // What follows comes back to Gainsay by its record; other programs have no place for it.
    losses.add(
        all().filter(|it| !it.changes.is_empty() || it.provenance.is_some()).count(),
        "passage has a history, or was taken over from someone: only Gainsay reads that",
        "passages have a history, or were taken over from someone: only Gainsay reads that",
    );
    let scheme = &session.scheme;
    losses.add(
        scheme.tags.iter().map(|tag| tag.rules.len() + tag.examples.len()).sum(),
        "rule or example of a tag: only Gainsay reads it",
        "rules and examples of tags: only Gainsay reads them",
    );
    losses.add(
        scheme
            .link_kinds
            .iter()
            .filter(|kind| !kind.inverse.is_empty() || !kind.definition.is_empty())
            .count(),
        "link kind has an inverse name or a definition: only Gainsay reads these",
        "link kinds have inverse names or definitions: only Gainsay reads these",
    );
    kept::lost_reviews(session, &mut losses);
    say_replaced(&mut losses, replaced);
    losses
}

/// Says what XML can't hold.
pub(super) fn say_replaced(losses: &mut Losses, replaced: usize) {
    losses.add(
        replaced,
        "control character can't stand in XML: written as \u{fffd} (the texts themselves are exact)",
        "control characters can't stand in XML: written as \u{fffd} (the texts themselves are exact)",
    );
}
