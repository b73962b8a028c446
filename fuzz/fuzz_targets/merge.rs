#![no_main]
//! Merging, comparing and laying over: what is sound of any file, with the sample session and with itself.

use gainsay::edit::{Step, apply_step};
use gainsay::format::session;
use gainsay::model::{Session, Timestamp};
use gainsay::review::diff::diff;
use gainsay::review::merge::{Merged, merge, merge_without_base};
use gainsay_fuzz::{COLLEAGUES, OURS, sound};

fn check(ours: &Session, merged: &Merged) {
    sound(&merged.session);
    let mut made = ours.clone();
    let step = Step { label: "merge".to_owned(), at: Timestamp::from_second(1), edits: merged.edits.clone() };
    apply_step(&mut made, &step).expect("the edits of a merge fit");
    assert!(made == merged.session, "the edits make another session");
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((theirs, _)) = session::read_sound(bytes) else { return };
    let _ = diff(&OURS, &theirs);
    check(&OURS, &merge(&OURS, &OURS, &theirs));
    check(&theirs, &merge(&OURS, &theirs, &COLLEAGUES));
    check(&COLLEAGUES, &merge(&theirs, &COLLEAGUES, &OURS));
    check(&OURS, &merge_without_base(&OURS, &theirs));
    let again = merge_without_base(&theirs, &theirs);
    assert!(again.edits.is_empty() && again.conflicts.is_empty(), "a session differs from itself");
});
