use super::*;
use crate::format::export::Files;
use crate::format::hard;
use crate::model::Timestamp;

#[test]
fn no_cell_begins_like_a_formula_and_the_loss_says_how_many_did() {
    let session = hard::session();
    let mut files = Files::default();
    let losses = write(&Export { session: &session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    let text = std::str::from_utf8(files.first()).unwrap().strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n") && text.starts_with("annotation_id;document_id;"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let (mut rows, mut guarded) = (0, 0);
    for record in reader.records() {
        rows += 1;
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            assert!(cell.encode_utf16().count() <= MAX_UNITS);
            let unguarded = cell.strip_prefix('\'').unwrap_or_default();
            guarded += usize::from(unguarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
    assert_eq!(rows, session.annotations.len());
    let said = format!("{guarded} cells could be taken for formulas: they have a ' in front");
    assert!(guarded >= 4 && losses.0[0] == said, "{losses:?}");
    assert!(losses.0.contains(&"4 links are not in this table".to_owned()), "{losses:?}");
}
