use super::*;

fn text_of(bytes: &[u8]) -> String {
    decode(bytes, None).unwrap().text
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn utf8_is_taken_as_it_is() {
    let text = "👮🏽‍♀️ e\u{301}\t“ja”\n\n";
    let decoded = decode(text.as_bytes(), None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, "UTF-8"));
    assert_eq!((decoded.byte_order_mark, decoded.line_ends), (false, LineEnds::Lf));
    assert_eq!((decoded.bytes, decoded.digest), (text.len() as u64, Digest::of(text.as_bytes())));
}

#[test]
fn line_ends_become_lf_and_are_recorded() {
    let check = |bytes: &str, text: &str, line_ends| {
        let decoded = decode(bytes.as_bytes(), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.line_ends), (text, line_ends), "{bytes:?}");
    };
    check("a", "a", LineEnds::None);
    check("a\r\nb\r\n", "a\nb\n", LineEnds::CrLf);
    check("a\rb", "a\nb", LineEnds::Cr);
    check("a\r\r\nb", "a\n\nb", LineEnds::Mixed);
    check("a\r\nb\n", "a\nb\n", LineEnds::Mixed);
    check("a\u{85}b\u{2028}", "a\u{85}b\u{2028}", LineEnds::None);
}

#[test]
fn a_byte_order_mark_decides() {
    let text = "👮🏽‍♀️ “ja”";
    let decoded = decode(format!("\u{feff}{text}").as_bytes(), None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.byte_order_mark), (text, true));
    let decoded = decode(&utf16le(&format!("\u{feff}{text}")), None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, "UTF-16LE"));
    let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(decode(&big, None).unwrap().encoding, "UTF-16BE");
    let malformed = |bytes: &[u8], at| {
        let expected = DecodeError::Malformed { encoding: "UTF-16LE".to_owned(), at };
        assert_eq!(decode(bytes, None), Err(expected), "{bytes:?}");
    };
    malformed(b"\xFF\xFEa\0b", 4);
    malformed(b"\xFF\xFEa\0\x00\xD8b\0", 4);
    malformed(b"\xFF\xFEa\0\x00\xDC", 4);
}

#[test]
fn one_bad_byte_is_never_guessed_away() {
    let bytes = b"Een regel met \xE2\x80\x9Cja\xE2\x80\x9D.\nDe premi\xE8re was caf\xE9.";
    let Err(DecodeError::NotUtf8 { at, line, candidates }) = decode(bytes, None) else { panic!() };
    assert_eq!((at, line), (32, 2));
    let names: Vec<&str> = candidates.iter().map(|it| it.encoding.as_str()).collect();
    assert!(names.contains(&"windows-1252") && names.contains(&"macintosh"), "{names:?}");
    let western = candidates.iter().find(|it| it.encoding == "windows-1252").unwrap();
    assert!(western.preview.contains("De première was café."), "{}", western.preview);

    let chosen = decode(b"De premi\xE8re", Some("latin1")).unwrap();
    assert_eq!((chosen.text.as_str(), chosen.encoding.as_str()), ("De première", "windows-1252"));
    assert_eq!(decode(b"a", Some("klingon")), Err(DecodeError::UnknownEncoding("klingon".to_owned())));
    assert_eq!(
        decode(b"a", Some("iso-2022-kr")),
        Err(DecodeError::UnknownEncoding("iso-2022-kr".to_owned()))
    );
    let malformed = decode(b"a\xE8b", Some("utf-8"));
    assert_eq!(malformed, Err(DecodeError::Malformed { encoding: "UTF-8".to_owned(), at: 1 }));
}

#[test]
fn utf16_without_a_mark_is_offered() {
    let Err(DecodeError::NotUtf8 { candidates, .. }) = decode(&utf16le("De haven, een brief"), None) else {
        panic!()
    };
    assert_eq!(candidates[0].encoding, "UTF-16LE");
    assert!(candidates[0].preview.starts_with("De haven"));
    assert_eq!(decode(&utf16le("De haven"), Some("utf-16le")).unwrap().text, "De haven");
}

#[test]
fn what_is_not_text_gets_a_sentence() {
    let check = |bytes: &[u8], expected: &str| {
        assert_eq!(decode(bytes, None).unwrap_err().to_string(), expected);
    };
    let way_out = ": open it in its own program, copy its text and paste it here";
    check(b"", "it is empty");
    check(" \r\n\u{a0}\u{feff}".as_bytes(), "it is empty");
    check(b"%PDF-1.7\n", &format!("it is a PDF, not a text file{way_out}"));
    check(b"PK\x03\x04....word/document.xml", &format!("it is a Word document, not a text file{way_out}"));
    check(b"PK\x03\x04....", "it is a ZIP archive, not a text file");
    check(b"\x89PNG\r\n\x1a\n", "it is an image, not a text file");
    check(b"text\0text", "it is a binary file, not a text file");
    check(b"\xE8\0\0\0\x01", "it is a binary file, not a text file");
}

#[test]
fn a_document_is_known_by_its_words() {
    let at = Timestamp::from_second(0);
    let make = |text: &str, name: Option<&str>| {
        document(decode(text.as_bytes(), None).unwrap(), name, at, DocumentId::new("d"))
    };
    let letter = make("# De haven\r\n\r\nEen brief.", Some("x.MD"));
    assert_eq!((letter.title(), letter.info.presentation), ("De haven", Presentation::Markdown));
    assert_eq!(letter.source.import.line_ends, LineEnds::CrLf);
    assert_ne!(letter.source.import.digest, letter.source.digest);
    let pasted = make("Zomaar een zin.", None);
    assert_eq!(
        (pasted.info.presentation, pasted.source.import.file_name.as_deref()),
        (Presentation::Plain, None)
    );
    assert!(!pasted.title().is_empty());
    assert_eq!(text_of(b"a\r\nb"), "a\nb");
}

#[test]
fn the_seeds_decode() {
    let Ok(folder) = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds")) else {
        println!("the seed documents are not here: nothing was tried on them");
        return;
    };
    for entry in
        folder.filter_map(Result::ok).filter(|it| it.path().extension().is_some_and(|it| it == "txt"))
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
    }
}
