#![no_main]
//! Files of the format `cas-xmi`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("cas-xmi", "in.xmi", bytes));
