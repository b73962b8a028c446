#![no_main]
//! Files of the format `brat`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("brat", "in.ann", bytes));
