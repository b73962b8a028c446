//! A corrected text in the place of a document's.

use std::fs;

use gainsay::format;
use gainsay::model::{Anchor, Span};
use gainsay::text::reanchor::carry;

use super::cli::Desk;
use editing::{Dice, Edited, Verdict, made, passages, span};

#[path = "../../benches/carry/editing.rs"]
mod editing;

/// The small form of `benches/carry.rs`: generated texts and both languages of the sample, from 1 edit to 40.
#[test]
fn no_passage_is_put_on_a_wrong_place_by_random_editing() {
    let samples =
        [include_str!("../../assets/sample/herald.txt"), include_str!("../../assets/sample/bode.txt")];
    let (mut all, mut light, mut kept) = (0, 0, 0);
    for (seed, edits) in (0..84).zip([1, 2, 4, 8, 16, 40].into_iter().cycle()) {
        let old = match seed % 4 {
            nth @ (0 | 1) => samples[nth].to_owned(),
            _ => made(&mut Dice::new(seed as u64 + 1_000), 20),
        };
        let mut dice = Dice::new(seed as u64);
        let marks = passages(&old, &mut dice, 25);
        let mut edited = Edited::new(&old);
        edited.edit(&mut dice, edits);
        let spans: Vec<Span> = marks.iter().map(|mark| span(&old, *mark)).collect();
        let new = edited.text();
        all += marks.len();
        light += if edits == 1 { marks.len() } else { 0 };
        for (mark, carried) in marks.iter().zip(carry(&old, &new, &spans)) {
            let Some(sure) = carried.sure() else { continue };
            let verdict = edited.judge(*mark, sure);
            assert_eq!(verdict, Verdict::Right, "seed {seed}, {edits} edits: {:?}", sure.of(&new));
            kept += usize::from(edits == 1);
        }
    }
    assert!(all >= 2_000, "{all} passages");
    assert!(kept * 10 >= light * 9, "of {light} passages in texts with one edit {kept} are carried");
}

#[test]
fn a_corrected_version_is_imported_by_command_line() {
    let desk = Desk::with_session();
    let session = |name: &str| format::session::read(&fs::read(desk.path(name)).unwrap()).unwrap().session;
    let before = session("harbor.ron");
    let text = before.documents[0].text().to_owned();
    fs::write(desk.path("new.md"), text.replace("Letter", "Corrected letter")).unwrap();
    let said = desk.said(&["replace", "harbor.ron", "letter.md", "new.md", "--dry-run"]);
    assert!(said.contains("annotation"), "{said}");
    assert_eq!(session("harbor.ron"), before);
    desk.said(&["replace", "harbor.ron", "letter.md", "new.md", "-o", "other.ron"]);
    assert_eq!(session("harbor.ron"), before);
    desk.said(&["replace", "harbor.ron", "letter.md", "new.md"]);
    let after = session("harbor.ron");
    assert_eq!(after.documents[0].id, before.documents[0].id);
    assert!(after.documents[0].text().contains("Corrected letter"));
    assert_eq!(after.documents[0].info.earlier, [before.documents[0].source.digest]);
    for annotation in after.annotations.values() {
        assert_eq!(after.quote(annotation), before.quote(&before.annotations[&annotation.id]));
        assert!(matches!(annotation.anchor, Anchor::Placed { .. }));
    }
    // Once more it is the same text; and there is no such document.
    desk.refused(1, &["replace", "harbor.ron", "letter.md", "new.md"]);
    desk.refused(1, &["replace", "harbor.ron", "nowhere", "new.md"]);
    desk.refused(2, &["replace", "harbor.ron"]);
}
