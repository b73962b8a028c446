#![no_main]
//! Files of the format `refi`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("refi", "in.qdpx", bytes));
