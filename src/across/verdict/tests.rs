use std::sync::Arc;

use super::*;
use crate::model::{DocumentInfo, ImportRecord, Metadata, PartialDate, SessionId, Source, Timestamp};

const SOURCE: &str = "👮🏽‍♀️ Cafe\u{301} “Zee”.\n\nDe griffier telde gisteren zeventien verzegelde kisten in de kelder van het oude \
    pakhuis. De wethouder vond dat geen bezwaar voor de opening van de haven. Buiten stonden drie vrachtwagens te \
    wachten op een vergunning die nooit kwam.";

fn document(id: &str, text: &str, date: &str) -> Arc<Document> {
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let import = ImportRecord {
        file_name: Some(format!("{id}.txt")),
        name: id.to_owned(),
        ..ImportRecord::of_text("", at)
    };
    let metadata = Metadata { issued: PartialDate::new(date), ..Metadata::default() };
    let info = DocumentInfo { metadata, ..DocumentInfo::default() };
    Arc::new(Document {
        id: DocumentId::new(id),
        source: Arc::new(Source::new(text, import)),
        info: Arc::new(info),
    })
}

fn checked(report: &str, dates: [&str; 2]) -> Vec<Quotation> {
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), "2026-01-01T00:00:00Z".parse().unwrap());
    session.documents = vec![
        document("source", SOURCE, dates[0]),
        document("report", &format!("👮🏽‍♀️ e\u{301}: {report}"), dates[1]),
    ];
    let index = Index::of_session(&session);
    check(&session, &index)
}

fn verdict(report: &str) -> Verdict {
    let found = checked(report, ["", ""]);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].verdict
}

#[test]
fn each_verdict_has_its_rule() {
    for (report, expected) in [
        ("„de griffier telde gisteren 17 verzegelde kisten” zei hij", Verdict::Verbatim),
        ("“De griffier telde […] verzegelde kisten in de kelder”", Verdict::Omission),
        ("'De griffier telde gisteren ... te wachten op een vergunning'", Verdict::Omission),
        (
            "“De griffier telde gisteren zeventien verzegelde kisten te wachten op een vergunning die nooit kwam”",
            Verdict::Spliced,
        ),
        (
            "“De griffier telde gisteren twaalf verzegelde dozen in de kelder van het pakhuis”",
            Verdict::Altered,
        ),
        ("“Niemand heeft ooit appels of peren geplukt in deze vreemde boomgaard”", Verdict::NotFound),
    ] {
        assert_eq!(verdict(report), expected, "{report}");
    }
    assert_eq!(checked("“Zee zee” en ‘ja’", ["", ""]), []);
}

#[test]
fn dates_say_what_can_be_a_source() {
    let order = |dates| checked("“De griffier telde gisteren zeventien verzegelde kisten”", dates)[0].order;
    assert_eq!(order(["2021-03-01", "2021-03-02"]), Some(Order::Fits));
    assert_eq!(order(["2021-03-02", "2021-03-01"]), Some(Order::QuotedBefore));
    assert_eq!(order(["2021", "2021-03-01"]), Some(Order::Fits), "a year says nothing of its months");
    assert_eq!(order(["2021", "onlangs"]), Some(Order::Undated));
}

#[test]
fn what_was_not_found_of_a_quotation_raises_no_alerts() {
    use crate::across::alerts::alerts;
    for (source, quoted) in [
        (
            "De griffier telde gisteren zeventien verzegelde kisten in de kelder van het oude pakhuis.",
            "De griffier telde gisteren zeventien verzegelde kisten in de kelder van het oude pakhuis. Volgens mevrouw \
             Terpstra heeft Douwe Wiersma daarna nooit meer dan 40 flessen uit Harlingen meegenomen naar zijn eigen huis.",
        ),
        (
            "The clerk counted seventeen sealed crates in the cellar of the old warehouse yesterday.",
            "The clerk counted seventeen sealed crates in the cellar of the old warehouse yesterday. Rosalind Obi has \
             never carried more than 40 bottles of cider from Whitby to the farm where her brother lives, she added.",
        ),
    ] {
        let mut session = Session::new(SessionId(uuid::Uuid::nil()), "2026-01-01T00:00:00Z".parse().unwrap());
        session.documents = vec![
            document("source", &format!("👮🏽‍♀️ Cafe\u{301} “Zee”.\n\n{source}"), ""),
            document("report", &format!("👮🏽‍♀️ e\u{301}: “{quoted}”"), ""),
        ];
        let index = Index::of_session(&session);
        let found = check(&session, &index).pop().unwrap();
        assert!(matches!(found.verdict, Verdict::Partly | Verdict::Altered), "{found:?}");
        assert_eq!(alerts(&index, found.compared(), found.source.as_ref().unwrap()), [], "{found:?}");
        let part = found.part.as_ref().unwrap().span.of(session.documents[1].text()).unwrap();
        assert_eq!(part, source.trim_end_matches('.'), "{found:?}");
    }
}
