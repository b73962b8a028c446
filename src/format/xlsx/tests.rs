use std::io::{Cursor, Read as _};

use proptest::prelude::*;

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};
use crate::model::{Session, Timestamp};

fn written(session: &Session) -> (Vec<u8>, Losses) {
    let mut files = Files::default();
    let losses = write(&Export { session, at: Timestamp::from_second(1_800_000_000) }, &mut files).unwrap();
    (files.first().to_vec(), losses)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn nothing_becomes_a_formula_and_what_is_too_long_is_said() {
    let session = hard::session();
    let (bytes, losses) = written(&session);
    assert_eq!(bytes, written(&session).0, "the same every time");
    for number in 1..=5 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{number}");
        assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""), "{number}");
    }
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(strings.contains("=SUM(A1) staat hier"));
    assert!(part(&bytes, "docProps/core.xml").contains("2027-01-15T08:00:00Z"));
    assert!(part(&bytes, "xl/styles.xml").contains("FF96183F"), "the color of a denial");
    let cut = "1 text is longer than the 32,767 characters that a cell holds: cut, and marked so";
    assert!(losses.0.iter().any(|loss| loss == cut), "{losses:?}");
}

#[test]
fn texts_are_cut_between_characters() {
    let text = "e\u{301}🙂".repeat(10);
    assert_eq!(fitted(&text, 40), None);
    let cut = fitted(&text, 39).unwrap();
    assert!(cut.encode_utf16().count() <= 39 && cut.ends_with(CUT), "{cut}");
    assert!(text.starts_with(cut.strip_suffix(CUT).unwrap()));
}

#[test]
fn more_rows_than_a_sheet_has_are_refused() {
    let last = u32::try_from(MAX_ROWS).unwrap() - 1;
    assert_eq!(next_row(last - 1, Table::Links).unwrap(), last);
    assert!(
        next_row(last, Table::Links).unwrap_err().to_string().contains("more links than the 1,048,576 rows")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_session_is_written(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let (bytes, _) = written(&session);
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        prop_assert_eq!(sheet.matches("<row ").count(), session.annotations.len() + 1);
    }
}
