#![no_main]
//! Journals: as bytes, and as lines with checksums that fit.

use gainsay::format::journal;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = journal::read(bytes);
    let file = gainsay_fuzz::sealed(bytes);
    let journal = journal::read(&file).expect("the header is sound");
    for (number, step) in journal.steps.iter().enumerate() {
        let line = journal::write_step(number as u64 + 1, step);
        let whole = journal::write_header(&journal.header);
        let again = journal::read(format!("{whole}{line}").as_bytes());
        assert!(
            number > 0 || again.is_ok_and(|again| again.steps.first() == Some(step)),
            "read back as another"
        );
    }
    let mut session = gainsay_fuzz::OURS.clone();
    gainsay_fuzz::replay(&mut session, &journal.steps);
});
