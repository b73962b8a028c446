//! Alerts of a pair of places, for `gainsay echoes` and `gainsay quotes`.

use serde_json::{Value as Json, json};

use crate::across::alerts::caveats::{Carried, Caveat, caveats};
use crate::across::alerts::{Alert, Earlier, alerts, earlier, is_aside};
use crate::across::echo::Place;
use crate::across::index::Index;
use crate::across::verdict::Quotation;
use crate::model::Session;

use super::echoes::quote;

/// What differs between two places: what changed in words, and the caveats of one that the other does not have.
pub(super) struct Found {
    changes: Vec<Alert>,
    caveats: Vec<Caveat>,
    /// The second place is the earlier one.
    is_back: bool,
}

/// The alerts of a pair. Read from the first place to the second, unless dates say that the second is earlier.
pub(super) fn found(session: &Session, index: &Index, a: &Place, b: &Place) -> Found {
    let mut caveats_found = caveats(session, index, a, b);
    caveats_found.extend(caveats(session, index, b, a));
    let is_back = earlier(session, a, b) == Earlier::Second;
    Found { changes: alerts(index, a, b), caveats: caveats_found, is_back }
}

/// The alerts of a quotation: read from its source to it, with the caveats of the source alone.
pub(super) fn of_quotation(session: &Session, index: &Index, quotation: &Quotation, source: &Place) -> Found {
    let caveats = caveats(session, index, source, &quotation.place);
    Found { changes: alerts(index, quotation.compared(), source), caveats, is_back: true }
}

impl Found {
    /// As JSON. `a` and `b` say which side of the pair each word stands on.
    pub(super) fn as_json(&self, session: &Session, a: &Place) -> Vec<Json> {
        let spans = |places: &[&Place]| -> Vec<Json> {
            let span = |it: &&Place| json!({ "start_byte": it.span.start(), "end_byte": it.span.end(), "quote": quote(session, it) });
            places.iter().map(span).collect()
        };
        let change = |alert: &Alert| {
            json!({
                "kind": alert.kind.name(),
                "words": alert.change(session, self.is_back),
                "only_a": spans(&alert.only_a.iter().collect::<Vec<_>>()),
                "only_b": spans(&alert.only_b.iter().collect::<Vec<_>>()),
                "aside": is_aside(session, alert.kind.name(), &alert.subject()),
            })
        };
        let caveat = |it: &Caveat| {
            let carried = match &it.carried {
                Carried::No => vec![],
                Carried::In(_, place) => vec![place],
            };
            let mine = vec![&it.place];
            let (only_a, only_b) =
                if it.place.document == a.document { (mine, carried) } else { (carried, mine) };
            json!({
                "kind": it.kind(),
                "words": it.words(),
                "only_a": spans(&only_a),
                "only_b": spans(&only_b),
                "aside": is_aside(session, it.kind(), &it.subject()),
            })
        };
        self.changes.iter().map(change).chain(self.caveats.iter().map(caveat)).collect()
    }

    /// A line for each.
    pub(super) fn lines(&self, session: &Session) -> Vec<String> {
        let aside =
            |kind: &str, subject: &str| if is_aside(session, kind, subject) { " (put aside)" } else { "" };
        let change = |it: &Alert| {
            let kind = it.kind.name();
            format!("{kind}: {}{}", it.change(session, self.is_back), aside(kind, &it.subject()))
        };
        let caveat = |it: &Caveat| {
            let words = format!("{}: {}", it.words(), quote(session, &it.place));
            format!("{words}{}", aside(it.kind(), &it.subject()))
        };
        self.changes.iter().map(change).chain(self.caveats.iter().map(caveat)).collect()
    }
}
