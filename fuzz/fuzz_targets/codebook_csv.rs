#![no_main]
//! Files of the format `codebook-csv`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gainsay_fuzz::import("codebook-csv", "in.csv", bytes));
