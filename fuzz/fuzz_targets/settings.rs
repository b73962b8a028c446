#![no_main]
//! The settings: what reads is written and read back as the same.

use gainsay::store::Settings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(settings) = ron::de::from_bytes::<Settings>(bytes) {
        let file = ron::to_string(&settings).expect("settings can be written");
        let again: Settings = ron::from_str(&file).expect("what is written reads back");
        // NaN differs from itself.
        assert!(again == settings || file.contains("NaN"), "read back as another");
    }
});
