#![no_main]
//! Files of the format `scheme`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("scheme", "in.ron", bytes));
