use std::sync::Arc;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::format::arbitrary;
use crate::format::export::Files;
use crate::model::*;

fn passages(session: &Session) -> String {
    let mut files = Files::default();
    write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    String::from_utf8(files.first().to_vec()).unwrap()
}

fn rows(session: &Session) -> Vec<BTreeMap<String, String>> {
    let table = passages(session);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

proptest! {
    /// What Python's `text[start_char:end_char] == quote` says.
    #[test]
    fn offsets_lead_back_to_the_quote(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let rows = rows(&session);
        prop_assert_eq!(rows.len(), session.annotations.len());
        for row in rows {
            let id: AnnotationId = row["annotation_id"].parse().unwrap();
            let annotation = &session.annotations[&id];
            prop_assert_eq!(&row["quote"], session.quote(annotation));
            prop_assert_eq!(&row["note"], &annotation.note);
            if annotation.anchor.span().is_none() {
                prop_assert_eq!(&row["start_char"], "");
                continue;
            }
            let text = session.document(annotation.anchor.document()).unwrap().text();
            let number = |column: &str| row[column].parse::<usize>().unwrap();
            let (start, end) = (number("start_char"), number("end_char"));
            let quote: String = text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(&quote, &row["quote"]);
            prop_assert_eq!(&text[number("start_byte")..number("end_byte")], &row["quote"]);
        }
    }
}

#[test]
fn a_row_says_where_a_passage_can_be_cited() {
    let text = "# Kop\n\n👮🏽‍♀️ e\u{301}en “**zin**\nmet, komma” en.\n\nSlot";
    let mut session = arbitrary::session(3);
    let import = session.documents[0].source.import.clone();
    let mut info = DocumentInfo { presentation: Presentation::Markdown, ..DocumentInfo::default() };
    info.metadata.title = "De haven".to_owned();
    let document = Document {
        id: DocumentId::new("haven"),
        source: Arc::new(Source::new(text, import)),
        info: Arc::new(info),
    };
    let mut stamps = FixedStamps::default();
    let mut annotation = |quote: &str| {
        let start = text.find(quote).unwrap();
        let annotation = Annotation {
            id: AnnotationId(stamps.id()),
            anchor: Anchor::Placed {
                document: DocumentId::new("haven"),
                span: Span::new(start, start + quote.len()).unwrap(),
            },
            tag: TagId::new("claim"),
            note: String::new(),
            unsure: true,
            attributes: BTreeMap::from([(AttributeId::new("tone"), "sharp".to_owned())]),
            statement: None,
            voice: vec![ActorId::new("minister"), ActorId::new("politie")],
            comments: Vec::new(),
            annotator: AnnotatorId::new("vos"),
            created: stamps.now(),
            modified: stamps.now(),
            provenance: None,
            changes: Vec::new(),
        };
        (annotation.id, Arc::new(annotation))
    };
    let annotations =
        BTreeMap::from([annotation("Slot"), annotation("“**zin**\nmet, komma”"), annotation("# Kop")]);
    session = Session { documents: vec![Arc::new(document)], annotations, links: BTreeMap::new(), ..session };
    assert_eq!(session.problems(), []);
    let rows = rows(&session);
    let column = |name: &str| rows.iter().map(|row| row[name].as_str()).collect::<Vec<_>>();
    assert_eq!(column("quote"), ["# Kop", "“**zin**\nmet, komma”", "Slot"]);
    assert_eq!(column("passage"), ["Kop", "“zin met, komma”", "Slot"]);
    assert_eq!(column("start_char"), ["0", "18", "44"]);
    assert_eq!(column("paragraph"), ["1", "2", "3"]);
    assert_eq!(column("section"), ["Kop", "Kop", "Kop"]);
    assert_eq!(column("line"), ["1", "3", "6"]);
    assert_eq!(column("context_before")[0], "");
    assert_eq!(column("context_after")[2], "");
    assert_eq!(column("attributes")[0], "tone=sharp");
    assert_eq!(column("unsure")[0], "true");
    let table = passages(&session);
    assert!(!table.starts_with('\u{feff}') && !table.contains('\r') && table.ends_with('\n'));
}
