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
    desk.mark(&[("letter", "said “no”", "denial"), ("report", "in May", "claim")]);
    let session = |name: &str| format::session::read(&fs::read(desk.path(name)).unwrap()).unwrap().session;
    let before = session("harbor.ron");
    let text = before.documents[0].text().to_owned();
    fs::write(desk.path("new.md"), text + "\nCorrected in May.\n").unwrap();
    let said = desk.said(&["replace", "harbor.ron", "letter.md", "new.md", "--dry-run"]);
    assert!(said.contains("annotation"), "{said}");
    assert_eq!(session("harbor.ron"), before);
    desk.said(&["replace", "harbor.ron", "letter.md", "new.md", "-o", "other.ron"]);
    assert_eq!(session("harbor.ron"), before);
    desk.said(&["replace", "harbor.ron", "letter.md", "new.md"]);
    let after = session("harbor.ron");
    assert_eq!(after.documents[0].id, before.documents[0].id);
    assert!(after.documents[0].text().contains("Corrected in May"));
    assert_eq!(after.documents[0].info.earlier, [before.documents[0].source.digest]);
    assert_eq!(after.annotations.len(), 2);
    for annotation in after.annotations.values() {
        assert_eq!(after.quote(annotation), before.quote(&before.annotations[&annotation.id]));
        assert!(matches!(annotation.anchor, Anchor::Placed { .. }));
    }
    // Once more it is the same text; and there is no such document.
    desk.refused(1, &["replace", "harbor.ron", "letter.md", "new.md"]);
    desk.refused(1, &["replace", "harbor.ron", "nowhere", "new.md"]);
    desk.refused(2, &["replace", "harbor.ron"]);
}

#[test]
fn each_passage_of_a_corrected_version_has_its_fate_told() {
    let desk = Desk::with_session();
    let long = "The council has said “yes” to the cafe\u{301} on the eastern quay since the summer.";
    let typo = "The harbour master wants to hear the fishermen befor the winter comes.";
    let gone = "Nobody asked the lighthouse keeper, whose lamp went out.";
    let moved = "Two cranes will be sold to a yard across the strait.";
    // A sentence between each two, which goes along with the one before it.
    let between = [
        "It was read out in the hall on a wet evening in April, before few.",
        "Their nets hang in a shed that the storm of last year has left without a roof.",
        "A candle stood in its window for a week, and two ships ran aground.",
        "The yard has promised to take the rails as well, and to fill the holes.",
    ];
    let [a, b, c, d] = between;
    let old = format!(
        "Head 👮🏽‍♀️ e\u{301} ’s\n\nWhoever came by ship saw it first. {a} {long} {b} And so the year went by, as \
         years do.\n\n{typo} {c}\n\n{gone} The rest is silence.\n\nOf iron much was said that day, too much. {d} \
         {moved} {d2}\n\nThe end of it all.\n",
        d2 = "Then the doors were shut and the lamps were put out one by one."
    );
    let mended = typo.replace("befor ", "before ");
    let new = format!(
        "Head 👮🏽‍♀️ e\u{301} ’s\n\nOf iron much was said that day, too much. {d} {moved} Then the doors were shut and \
         the lamps were put out one by one.\n\nWhoever came by ship saw it first. {a} {long} {b} And so the year \
         went by, as years do.\n\n{mended} {c}\n\nThe rest is silence.\n\nThe end of it all.\n"
    );
    fs::write(desk.path("old.txt"), &old).unwrap();
    fs::write(desk.path("new.txt"), &new).unwrap();
    desk.said(&["new", "quay.ron", "old.txt"]);
    fs::rename(desk.path("quay.ron"), desk.path("harbor.ron")).unwrap();
    let document = super::cli::session(&desk.path("harbor.ron")).documents[0].id.to_string();
    let passages = [(long, "claim"), (typo, "caveat"), (gone, "denial"), (moved, "claim")];
    desk.mark(&passages.map(|(quote, tag)| (document.as_str(), quote, tag)));
    let marked = super::cli::session(&desk.path("harbor.ron"));

    let table = desk.said(&["replace", "harbor.ron", "old.txt", "new.txt", "--dry-run"]);
    assert!(table.contains("4 annotations: 1 kept, 1 moved, 1 doubtful, 1 lost"), "{table}");
    assert!(table.contains(&format!("doubtful: “{typo}” → “{mended}”")), "{table}");
    assert!(table.contains(&format!("lost: “{gone}”")), "{table}");
    assert!(table.contains(&format!("moved: “{moved}” → “{moved}”")), "{table}");
    assert_eq!(super::cli::session(&desk.path("harbor.ron")), marked);

    // The doubtful one waits for a yes; nothing goes.
    desk.said(&["replace", "harbor.ron", "old.txt", "new.txt", "-o", "careful.ron"]);
    desk.said(&["replace", "harbor.ron", "old.txt", "new.txt", "--accept-doubtful"]);
    for (file, placed) in
        [("careful.ron", [true, false, false, true]), ("harbor.ron", [true, true, false, true])]
    {
        let session = super::cli::session(&desk.path(file));
        let quotes = [long, if placed[1] { &mended } else { typo }, gone, moved];
        for (annotation, (is_placed, quote)) in session.annotations.values().zip(placed.iter().zip(quotes)) {
            assert_eq!(matches!(annotation.anchor, Anchor::Placed { .. }), *is_placed, "{file}: {quote}");
            assert_eq!(session.quote(annotation), quote, "{file}");
            if let Anchor::Placed { span, .. } = &annotation.anchor {
                assert_eq!(&new[span.start()..span.end()], quote);
            }
        }
    }
}
