#![no_main]
//! Files of the format `qdc`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("qdc", "in.qdc", bytes));
