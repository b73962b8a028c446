//! A small dossier written by hand, harder than the made ones: a letter, an agency, two newspapers, minutes and an agenda in
//! Dutch; a memo, a newspaper and a log in English. Offices and formulas stand in all of them. What repeats what was listed
//! before the engine was asked.

use std::sync::Arc;

use gainsay::across::alerts::{Kind, alerts};
use gainsay::across::echo::{Echo, Options, Place, all_pairs};
use gainsay::across::index::Index;
use gainsay::across::verdict::{Quotation, Verdict, check};
use gainsay::model::{
    Digest, Document, DocumentId, ImportRecord, LineEnds, Session, SessionId, Source, Span, Timestamp,
};

const TEXTS: [(&str, &str); 9] = [
    ("agenda", include_str!("dossier/agenda.md")),
    ("bericht", include_str!("dossier/bericht.md")),
    ("brief", include_str!("dossier/brief.md")),
    ("courant", include_str!("dossier/courant.md")),
    ("dagblad", include_str!("dossier/dagblad.md")),
    ("herald", include_str!("dossier/herald.md")),
    ("log", include_str!("dossier/log.md")),
    ("memo", include_str!("dossier/memo.md")),
    ("notulen", include_str!("dossier/notulen.md")),
];

/// A stretch of a document: its name, the first and the last words.
type Stretch = (&'static str, &'static str, &'static str);

const VATS: [Stretch; 3] = [
    ("brief", "In het bezinksel", "nog niet is onderzocht"),
    ("bericht", "In het bezinksel", "nog niet is onderzocht"),
    ("courant", "In het bezinksel", "41 vaten aangetroffen"),
];
const HOMES: [Stretch; 4] = [
    ("brief", "Bewoners van", "niet te verlaten"),
    ("bericht", "Bewoners van", "niet te verlaten"),
    ("courant", "Bewoners van", "woning te verlaten"),
    ("dagblad", "Bewoners van", "niet te verlaten"),
];
const REGRETS: [Stretch; 3] = [
    ("brief", "Wij betreuren", "is blijven liggen"),
    ("bericht", "Hij betreurt", "is blijven liggen"),
    ("courant", "Wij betreuren", "is blijven liggen"),
];
const BAFFLED: [Stretch; 2] = [
    ("bericht", "De voorzitter van de commissie", "zaken onbegrijpelijk"),
    ("courant", "De voorzitter van de commissie", "zaken onbegrijpelijk"),
];
const MEETING: [Stretch; 3] = [
    ("bericht", "De commissie vergadert", "over de zaak"),
    ("courant", "De commissie vergadert", "over de zaak"),
    ("dagblad", "De commissie komt", "te bespreken"),
];
const SMELL: [Stretch; 2] = [
    ("courant", "Het hangt in", "niet meer uit"),
    ("dagblad", "het hangt in de gordijnen en", "niet meer uit"),
];
const STOPPED: [Stretch; 2] =
    [("brief", "besloten het", "stil te leggen"), ("dagblad", "besloten het", "stil te leggen")];
const COSTS: [Stretch; 2] =
    [("brief", "De kosten van", "de helft draagt"), ("bericht", "Het bergen kost", "de provincie")];
const BOLLARDS: [Stretch; 2] =
    [("memo", "The harbor board", "winter storms"), ("herald", "Along the eastern", "of winter")];
const CRANES: [Stretch; 2] =
    [("memo", "nobody should", "the new cranes"), ("herald", "Nobody should", "the new cranes")];
const TENDERS: [Stretch; 2] =
    [("memo", "Tenders will", "read them out"), ("herald", "On Friday", "read them out")];

/// Each place of a list repeats each other.
const ECHOES: [&[Stretch]; 11] =
    [&VATS, &HOMES, &REGRETS, &BAFFLED, &MEETING, &SMELL, &STOPPED, &COSTS, &BOLLARDS, &CRANES, &TENDERS];
/// Right when they are found, and no miss when they are not: headlines.
const ALLOWED: [&[Stretch]; 2] = [
    &[("dagblad", "Het hangt in", "de gordijnen"), ("courant", "Het hangt in", "niet meer uit")],
    &[("herald", "Nineteen Bollards", "Broken"), ("memo", "The harbor board", "winter storms")],
];

fn session() -> Session {
    let created: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), created);
    let document = |(id, text): &(&str, &str)| {
        let import = ImportRecord {
            file_name: None,
            name: (*id).to_owned(),
            digest: Digest::of(text.as_bytes()),
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            byte_order_mark: false,
            line_ends: LineEnds::Lf,
            at: created,
        };
        let source = Arc::new(Source::new(*text, import));
        Arc::new(Document { id: DocumentId::new(*id), source, info: Arc::default() })
    };
    session.documents = TEXTS.iter().map(document).collect();
    session
}

fn text(id: &str) -> &'static str {
    TEXTS.iter().find(|(other, _)| *other == id).unwrap().1
}

fn place(&(id, first, last): &Stretch) -> Place {
    let start = text(id).find(first).unwrap_or_else(|| panic!("{id}: {first}"));
    let end = text(id)[start..].find(last).unwrap_or_else(|| panic!("{id}: {last}")) + start + last.len();
    Place { document: DocumentId::new(id), span: Span::new(start, end).unwrap() }
}

/// Bytes that a place shares with another.
fn shared(a: &Place, b: &Place) -> usize {
    let end = a.span.end().min(b.span.end());
    if a.document == b.document { end.saturating_sub(a.span.start().max(b.span.start())) } else { 0 }
}

fn length(place: &Place) -> usize {
    place.span.end() - place.span.start()
}

/// The pairs of a list, each from the document whose name sorts first.
fn pairs_of(places: &[Stretch]) -> Vec<(Place, Place)> {
    let mut places: Vec<Place> = places.iter().map(place).collect();
    places.sort();
    let rest = |at: usize| places[at + 1..].iter().map(move |other| (at, other));
    let all = (0..places.len()).flat_map(rest);
    all.map(|(at, other)| (places[at].clone(), other.clone())).collect()
}

/// Half of both sides.
fn is_found(pair: &(Place, Place), by: &Echo) -> bool {
    let half = |place: &Place, found: &Place| shared(place, found) * 2 >= length(place);
    half(&pair.0, &by.a) && half(&pair.1, &by.b)
}

/// Most of what was found lies in a pair of the list, or all of the pair in it.
fn is_right(by: &Echo, pair: &(Place, Place)) -> bool {
    let lies = |place: &Place, found: &Place| shared(place, found) * 2 >= length(place).min(length(found));
    lies(&pair.0, &by.a) && lies(&pair.1, &by.b)
}

fn quote(place: &Place) -> &'static str {
    place.span.of(text(place.document.as_str())).unwrap()
}

#[test]
fn what_was_listed_by_hand_is_found_and_nothing_else() {
    let index = Index::of_session(&session());
    let found = all_pairs(&index, &Options::default());
    let listed: Vec<(Place, Place)> = ECHOES.iter().flat_map(|places| pairs_of(places)).collect();
    let allowed: Vec<(Place, Place)> = ALLOWED.iter().flat_map(|places| pairs_of(places)).collect();
    let missed: Vec<_> = listed.iter().filter(|pair| !found.iter().any(|by| is_found(pair, by))).collect();
    for (a, b) in &missed {
        println!("MISSED {} / {}\n   {}\n   {}", a.document, b.document, quote(a), quote(b));
    }
    let is_known = |by: &&Echo| listed.iter().chain(&allowed).any(|pair| is_right(by, pair));
    let wrong: Vec<&Echo> = found.iter().filter(|by| !is_known(by)).collect();
    for it in &wrong {
        println!(
            "WRONG {:?} {:.1} {:.2} {} / {}\n   {}\n   {}",
            it.level,
            it.score,
            it.coverage,
            it.a.document,
            it.b.document,
            quote(&it.a),
            quote(&it.b)
        );
    }
    let recall = 1.0 - missed.len() as f64 / listed.len() as f64;
    let precision = 1.0 - wrong.len() as f64 / found.len() as f64;
    println!("recall {recall:.2} of {}, precision {precision:.2} of {}", listed.len(), found.len());
    assert!(recall >= 0.9 && precision >= 0.8);
}

#[test]
fn quotations_of_the_dossier_get_their_verdicts() {
    let session = session();
    let checked = check(&session, &Index::of_session(&session));
    let verdict = |id: &str, begins: &str| {
        let is = |it: &&Quotation| it.place.document.as_str() == id && quote(&it.place).starts_with(begins);
        let found = checked.iter().find(is).unwrap_or_else(|| panic!("{begins}"));
        println!("{:?} {} <- {:?}", found.verdict, quote(&found.place), found.source.as_ref().map(quote));
        found.verdict
    };
    assert_eq!(verdict("bericht", "Bewoners"), Verdict::Verbatim);
    assert_eq!(verdict("courant", "Bewoners"), Verdict::Altered);
    assert_eq!(verdict("courant", "Wij betreuren"), Verdict::Altered);
    assert!(matches!(verdict("dagblad", "Hij heeft"), Verdict::Partly | Verdict::Altered));
    assert_eq!(verdict("dagblad", "besloten"), Verdict::Omission);
    assert_eq!(verdict("herald", "Nobody"), Verdict::Verbatim);
}

#[test]
fn what_was_changed_is_told_and_nothing_else() {
    let index = Index::of_session(&session());
    let found = all_pairs(&index, &Options::default());
    let told = |places: &[Stretch], a: &str, b: &str| -> Vec<Kind> {
        let pair = pairs_of(places)
            .into_iter()
            .find(|(one, two)| one.document.as_str() == a && two.document.as_str() == b);
        let pair = pair.unwrap();
        let best = found.iter().find(|by| is_found(&pair, by));
        best.map_or(Vec::new(), |by| alerts(&index, &by.a, &by.b).iter().map(|it| it.kind).collect())
    };
    assert_eq!(told(&VATS, "brief", "courant"), [Kind::Number]);
    assert_eq!(told(&VATS, "bericht", "brief"), []);
    assert_eq!(told(&HOMES, "bericht", "courant"), [Kind::Negation]);
    assert_eq!(told(&HOMES, "brief", "courant"), [Kind::Negation]);
    assert_eq!(told(&HOMES, "brief", "dagblad"), []);
    assert_eq!(told(&REGRETS, "bericht", "brief"), []);
    assert_eq!(told(&MEETING, "bericht", "dagblad"), []);
    assert_eq!(told(&TENDERS, "herald", "memo"), [Kind::Name]);
}
