use proptest::prelude::*;

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};
use crate::model::Timestamp;

fn exported(session: &Session) -> (String, Losses) {
    let mut files = Files::default();
    let losses = write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    (String::from_utf8(files.first().to_vec()).unwrap(), losses)
}

#[test]
fn a_row_has_the_words_without_marks_and_nothing_is_markup() {
    let (page, losses) = exported(&hard::session());
    assert!(page.contains("class=\"quote\">““Nooit gebruikt.””</td>"), "{page}");
    assert!(page.contains(
        "lang=\"nl\" class=\"quote\">“=SUM(A1) staat hier; &lt;b&gt;&amp; &quot;zo&quot;&lt;/b&gt;\tmet"
    ));
    assert!(page.contains("<td>no longer in the text</td>"));
    assert_eq!(losses.0[0], "4 links are not in this table");
    assert_eq!(losses.0[1], "1 comment is not in this table");
}

proptest! {
    #[test]
    fn every_passage_is_a_row(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let (page, _) = exported(&session);
        for id in session.annotations.keys() {
            prop_assert_eq!(page.matches(&format!("id=\"n-{id}\"")).count(), 1);
        }
        prop_assert_eq!(page.matches("<tr class").count(), session.annotations.len());
    }
}
