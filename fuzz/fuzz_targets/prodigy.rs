#![no_main]
//! Files of the format `prodigy`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("prodigy", "in.jsonl", bytes));
