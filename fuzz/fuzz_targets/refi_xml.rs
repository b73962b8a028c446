#![no_main]
//! The XML of a REFI-QDA project, in a zip made around it: a fuzzer never gets the checksums of a zip right.

use std::io::Write as _;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("project.qde", stored).expect("memory");
    zip.write_all(bytes).expect("memory");
    zip.start_file("sources/11111111-1111-4111-8111-111111111111.txt", stored).expect("memory");
    zip.write_all("👮🏽‍♀️ The cafe\u{301} said “no”.\n\nTo the harbor.".as_bytes()).expect("memory");
    let bytes = zip.finish().expect("memory").into_inner();
    gainsay_fuzz::import("refi", "in.qdpx", &bytes);
});
