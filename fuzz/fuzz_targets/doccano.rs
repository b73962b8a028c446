#![no_main]
//! Files of the format `doccano`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("doccano", "in.jsonl", bytes));
