#![no_main]
//! Files of the format `cas-json`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("cas-json", "in.json", bytes));
