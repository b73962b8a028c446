#![no_main]
//! Files of the format `label-studio`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("label-studio", "in.json", bytes));
