//! Every fuzz target over its seeds and for ten seconds (`GAINSAY_FUZZ_SECONDS`) over inputs made from them, in the same
//! order each time; `GAINSAY_FUZZ_SEED` gives another. A failure leaves its
//! input beside the test programs.

#![allow(unused_attributes, reason = "a target says that it has no main, for the fuzzer's sake")]

// The targets name the fuzzer's crate: here its macro makes a function of each.
extern crate gainsay_fuzz as libfuzzer_sys;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../fuzz_targets/brat.rs"]
mod brat;
#[path = "../../fuzz_targets/cas_json.rs"]
mod cas_json;
#[path = "../../fuzz_targets/cas_xmi.rs"]
mod cas_xmi;
#[path = "../../fuzz_targets/codebook_csv.rs"]
mod codebook_csv;
#[path = "../../fuzz_targets/doccano.rs"]
mod doccano;
#[path = "../../fuzz_targets/document.rs"]
mod document;
#[path = "../../fuzz_targets/hypothesis.rs"]
mod hypothesis;
#[path = "../../fuzz_targets/journal.rs"]
mod journal;
#[path = "../../fuzz_targets/label_studio.rs"]
mod label_studio;
#[path = "../../fuzz_targets/merge.rs"]
mod merge;
#[path = "../../fuzz_targets/prodigy.rs"]
mod prodigy;
#[path = "../../fuzz_targets/refi_codebook.rs"]
mod refi_codebook;
#[path = "../../fuzz_targets/refi_project.rs"]
mod refi_project;
#[path = "../../fuzz_targets/refi_xml.rs"]
mod refi_xml;
#[path = "../../fuzz_targets/scheme.rs"]
mod scheme;
#[path = "../../fuzz_targets/session.rs"]
mod session;
#[path = "../../fuzz_targets/settings.rs"]
mod settings;
#[path = "../../fuzz_targets/w3c.rs"]
mod w3c;

const SECONDS: u64 = 10;
/// Longer seeds are cut: a debug build takes its time.
const MOST_BYTES: usize = 8_192;

macro_rules! tests {
    ($($name:ident),*) => {
        /// The names, so that a target without a test is noticed.
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(
            mod $name {
                #[test]
                fn seeds_and_what_is_made_of_them() {
                    super::super::run(stringify!($name), crate::$name::target);
                }
            }
        )*
    };
}

mod tests {
    tests!(
        brat,
        cas_json,
        cas_xmi,
        codebook_csv,
        doccano,
        document,
        hypothesis,
        journal,
        label_studio,
        merge,
        prodigy,
        refi_codebook,
        refi_project,
        refi_xml,
        scheme,
        session,
        settings,
        w3c
    );

    #[test]
    fn no_target_is_forgotten() {
        super::check_names(NAMES);
    }
}

fn check_names(names: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz_targets");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut there: Vec<String> =
        files.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    there.sort();
    assert_eq!(there, names);
}

fn run(name: &str, target: fn(&[u8])) {
    let seeds = seeds(name);
    let mut random = Random(88_172_645_463_325_252 ^ number("GAINSAY_FUZZ_SEED", 0));
    for seed in &seeds {
        checked(name, target, seed);
    }
    let end = Instant::now() + Duration::from_secs(number("GAINSAY_FUZZ_SECONDS", SECONDS));
    let mut inputs = 0_u64;
    while Instant::now() < end {
        let mutated = mutated(&seeds, &mut random);
        if !mutated.is_empty() {
            checked(name, target, &mutated);
            inputs += 1;
        }
    }
    println!("{name}: {} seeds, {inputs} inputs", seeds.len());
}

/// What a variable says, or else this.
fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn checked(name: &str, target: fn(&[u8]), bytes: &[u8]) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(bytes))) {
        let input = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.input"));
        let _ = std::fs::write(&input, bytes);
        eprintln!("the input is kept: {}", input.display());
        resume_unwind(panic);
    }
}

/// The corpus where there is one, and always the sample sessions, which hold something of everything.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [here.join("../corpus").join(name), here.join("../../sessions")];
    let mut files: Vec<_> = (folders.iter())
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .collect();
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    for seed in &mut seeds {
        seed.truncate(MOST_BYTES);
    }
    seeds.push(Vec::new());
    seeds
}

/// A seed with one to three changes: a flipped bit, a part left out, a part repeated elsewhere, a sign put in.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    const SIGNS: &[u8] = b"0129,:\"()[]{}\n<>&-\0\xFF";
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..1 + random.below(3) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..(at + random.below(20)).min(bytes.len()))),
            2 => {
                let part = bytes[at..(at + random.below(40)).min(bytes.len())].to_vec();
                let to = random.below(bytes.len());
                drop(bytes.splice(to..to, part));
            }
            _ => bytes[at] = SIGNS[random.below(SIGNS.len())],
        }
    }
    bytes
}

/// Marsaglia's xorshift (2003): the same inputs on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}
