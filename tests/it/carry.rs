//! A corrected text in the place of a document's.

use std::fs;

use gainsay::format;
use gainsay::model::{Anchor, Span};
use gainsay::text::reanchor::carry;

use super::cli::Desk;
use editing::{Dice, Edited, Verdict, made, passages, span};

#[path = "../../benches/carry/editing.rs"]
mod editing;

/// The small form of `benches/carry.rs`.
#[test]
fn no_passage_is_put_on_a_wrong_place_by_random_editing() {
    let sample = include_str!("../../assets/sample/herald.txt");
    for seed in 0..40 {
        let old = if seed % 2 == 0 { made(&mut Dice::new(seed + 1_000), 20) } else { sample.to_owned() };
        let mut dice = Dice::new(seed);
        let marks = passages(&old, &mut dice, 30);
        let mut edited = Edited::new(&old);
        edited.edit(&mut dice, 1 + seed as usize % 6);
        let spans: Vec<Span> = marks.iter().map(|mark| span(&old, *mark)).collect();
        let new = edited.text();
        for (mark, carried) in marks.iter().zip(carry(&old, &new, &spans)) {
            let Some(sure) = carried.sure() else { continue };
            let verdict = edited.judge(*mark, sure);
            assert_eq!(verdict, Verdict::Right, "seed {seed}: {:?}", sure.of(&new));
        }
    }
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
