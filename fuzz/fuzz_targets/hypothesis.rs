#![no_main]
//! Files of the format `hypothesis`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("hypothesis", "in.json", bytes));
