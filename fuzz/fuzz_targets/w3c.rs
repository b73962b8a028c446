#![no_main]
//! Files of the format `w3c`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("w3c", "in.jsonld", bytes));
