#![no_main]
//! Session files: what reads is valid and is written and read back as the same; what is sound of the rest is valid.

use gainsay::format::session;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match session::read(bytes) {
        Ok(read) => gainsay_fuzz::sound(&read.session),
        Err(error) => {
            let _ = error.to_string();
            if let Some((sound, _)) = session::read_sound(bytes) {
                gainsay_fuzz::sound(&sound);
            }
        }
    }
});
