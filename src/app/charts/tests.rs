use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::format::arbitrary;
use crate::model::*;

/// Ten characters of furniture, then "0123456789" ten times; an emoji, an accent and a curly quote in the furniture.
fn session() -> Session {
    let head = "👮🏽‍♀️e\u{301}“xx";
    let text = format!("{head}{}", "0123456789".repeat(10));
    let mut session = arbitrary::session(2);
    let import = session.documents[0].source.import.clone();
    let info =
        DocumentInfo { furniture: Span::new(0, head.len()).into_iter().collect(), ..DocumentInfo::default() };
    let source = Arc::new(Source::new(text, import));
    let document = Document { id: DocumentId::new("d"), source, info: Arc::new(info) };
    session.documents = vec![Arc::new(document)];
    session.scheme = Arc::new(Scheme::starter());
    session.annotators = [("a", "Anna"), ("b", "Bo")]
        .map(|(id, name)| (AnnotatorId::new(id), Annotator { name: name.to_owned(), note: String::new() }))
        .into();
    (session.annotations, session.links) = Default::default();
    let mut put = |number: u128, start: usize, end: usize, tag: &str, by: &str, day: &str| {
        let span = Span::new(head.len() + start, head.len() + end).unwrap();
        let anchor = Anchor::Placed { document: DocumentId::new("d"), span };
        let at: Timestamp = format!("2031-06-{day}T12:00:00Z").parse().unwrap();
        let id = AnnotationId(uuid::Uuid::from_u128(number));
        let annotation = Annotation::new(id, anchor, TagId::new(tag), AnnotatorId::new(by), at);
        session.annotations.insert(id, Arc::new(annotation));
    };
    put(1, 0, 20, "claim", "a", "12");
    put(2, 10, 30, "denial", "a", "12");
    put(3, 99, 100, "claim", "b", "13");
    session
}

fn of(session: &Session, of: ChartOf, only: Option<&[AnnotationId]>) -> ChartView {
    let order: Vec<usize> = (0..session.documents.len()).collect();
    compute(session, of, session.documents.first().map(|document| &document.id), &order, only)
}

#[test]
fn small_numbers_counted_by_hand() {
    let session = session();
    let tags = of(&session, ChartOf::Tags, None);
    assert_eq!(tags.chart.rows, [("d".to_owned(), vec![2.0, 1.0, 0.0])]);
    assert_eq!(tags.first[&(0, 0)], AnnotationId(uuid::Uuid::from_u128(1)));
    // 30 + 1 of the 100 characters that are not furniture.
    assert_eq!(of(&session, ChartOf::Coverage, None).chart.rows[0].1, [0.31]);
    let length = of(&session, ChartOf::Length, None).chart;
    let filled: Vec<(usize, usize)> = (0..PARTS)
        .flat_map(|row| (0..3).map(move |column| (row, column)))
        .filter(|(row, column)| length.rows[*row].1[*column] > 0.0)
        .collect();
    assert_eq!(filled, [(0, 0), (5, 1), (49, 0)], "two characters a part");
    let days = of(&session, ChartOf::Days, None).chart;
    assert_eq!(
        days.rows,
        [("2031-06-12".to_owned(), vec![2.0, 0.0]), ("2031-06-13".to_owned(), vec![0.0, 1.0])]
    );
    assert_eq!(days.series.iter().map(|series| series.letter).collect::<String>(), "AB");
}

#[test]
fn a_filter_counts_only_what_it_lets_pass() {
    let session = session();
    let only = [AnnotationId(uuid::Uuid::from_u128(2))];
    assert_eq!(of(&session, ChartOf::Tags, Some(&only)).chart.rows[0].1, [0.0, 1.0, 0.0]);
    assert_eq!(of(&session, ChartOf::Coverage, Some(&only)).chart.rows[0].1, [0.2]);
}

proptest! {
    #[test]
    fn nothing_is_counted_twice_or_left_out(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let sum = |view: &ChartView| view.chart.rows.iter().flat_map(|(_, numbers)| numbers).sum::<f64>();
        prop_assert_eq!(sum(&of(&session, ChartOf::Tags, None)), session.annotations.values().filter(|annotation| {
            session.document(annotation.anchor.document()).is_some()
        }).count() as f64);
        prop_assert_eq!(sum(&of(&session, ChartOf::Days, None)), session.annotations.len() as f64);
        let coverage = of(&session, ChartOf::Coverage, None).chart;
        prop_assert!(coverage.rows.iter().all(|(_, share)| (0.0..=1.0).contains(&share[0])));
        if let Some(document) = session.documents.first() {
            let placed = |annotation: &&Arc<Annotation>| {
                annotation.anchor.span().is_some() && *annotation.anchor.document() == document.id
            };
            let placed = session.annotations.values().filter(placed).count();
            prop_assert_eq!(sum(&of(&session, ChartOf::Length, None)), placed as f64);
        }
    }
}
