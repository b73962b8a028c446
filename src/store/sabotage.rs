//! Wrong ways of saving, on purpose.
//!
//! A test that cannot fail proves nothing. With the feature `sabotage`, which no release has, the variable
//! `GAINSAY_SABOTAGE` names one thing that the store then does wrong; `tests/rigs/bite.sh` holds that a rig turns red
//! for each. It also lets the rigs of the window hear what is shown, and end the program in ways that no signal does.
//! Without the feature [`sabotaged`] is a constant, and nothing of this is left in the program.

/// True when this is what shall be done wrong.
#[cfg(feature = "sabotage")]
pub(super) fn sabotaged(what: &str) -> bool {
    std::env::var_os("GAINSAY_SABOTAGE").is_some_and(|named| named == what)
}

/// Nothing is done wrong on purpose.
#[cfg(not(feature = "sabotage"))]
pub(super) const fn sabotaged(_what: &str) -> bool {
    false
}

/// Session or journal with the checksums that its bytes should have, whatever they are.
pub(super) fn resealed(bytes: Vec<u8>) -> Vec<u8> {
    if !sabotaged("checksum-ignored") {
        return bytes;
    }
    let digest = |line: &[u8]| crate::model::Digest::of(line).to_string();
    let mut sealed = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line).into_owned();
        let step = text.strip_suffix('\n').and_then(|text| {
            let (length, rest) = text.split_once(' ')?;
            length.parse::<usize>().ok()?;
            rest.split_once(' ').map(|(_, step)| step.to_owned())
        });
        match (step, text.rsplit_once(" // sha256: ")) {
            (Some(step), _) => {
                let sum = digest(step.as_bytes());
                sealed.extend(format!("{} {} {step}\n", step.len(), &sum[..16]).into_bytes());
            }
            (None, Some((header, _))) => {
                let sum = digest(header.as_bytes());
                sealed.extend(format!("{header} // sha256: {}\n", &sum[..16]).into_bytes());
            }
            (None, None) if text.starts_with("// sha256: ") => {
                sealed.extend(format!("// sha256: {}\n", digest(&sealed)).into_bytes());
            }
            (None, None) => sealed.extend_from_slice(line),
        }
    }
    sealed
}

/// Writes down, in the file named by `GAINSAY_ACKNOWLEDGED`, what the window shows at this moment: `safe` with the
/// number of annotations and the bytes of notes, `draft` with the bytes of comments that are being written and were kept,
/// `back` with the sentence about what came back.
#[cfg(feature = "sabotage")]
pub fn tell_outside(kind: &'static str, words: &str) {
    use std::io::Write as _;
    use std::sync::{Mutex, PoisonError};
    static TOLD: Mutex<Vec<(&str, String)>> = Mutex::new(Vec::new());
    let Some(file) = std::env::var_os("GAINSAY_ACKNOWLEDGED") else { return };
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    // Each frame shows it; what is the same as before is told once.
    if told.iter().any(|(of, said)| *of == kind && said == words) {
        return;
    }
    told.retain(|(of, _)| *of != kind);
    told.push((kind, words.to_owned()));
    let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
    let _ = file.and_then(|mut file| file.write_all(format!("{kind} {words}\n").as_bytes()));
}

/// Ends the program in the way that the file named by `GAINSAY_DEATH` says, once it is there.
#[cfg(feature = "sabotage")]
pub fn die_when_told() {
    let Some(file) = std::env::var_os("GAINSAY_DEATH") else { return };
    match std::fs::read_to_string(file).unwrap_or_default().trim() {
        "panic" => panic!("a panic on purpose"),
        "memory" => {
            let mut hoard: Vec<Vec<u8>> = Vec::new();
            loop {
                hoard.push(vec![1; 64 << 20]);
            }
        }
        "stack" => {
            std::hint::black_box(deeper(0));
        }
        _ => {}
    }
}

#[cfg(feature = "sabotage")]
#[expect(unconditional_recursion, reason = "until the stack ends")]
fn deeper(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + room[0]
}
