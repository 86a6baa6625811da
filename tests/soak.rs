//! A million inputs through every door of the machine-readable zone: no crash, no hang, and what was written is read.
//!
//! `cargo test --release --all-features --test soak` runs all of them; a debug build runs a fiftieth. The environment
//! variable `LANDFALL_SOAK` sets another number. Every input follows from its own number alone, so that one that
//! fails can be run again: the message names it.

use landfall::check::Subject;
use landfall::date::Date;
use landfall::mrz::{self, Content, DEFAULT_MARKS, Layout, Mrz, Reader};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

const SPECIMENS: &str = include_str!("../fixtures/mrz/specimens.txt");
const ALPHABET: &[u8; 37] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// What an input goes through.
struct Door {
    name: &'static str,
    /// One of so many inputs is taken, so that slow doors do not starve the others.
    one_of: u64,
    open: fn(&[u8]),
}

/// Whatever else takes text from outside joins here; the C functions have a test of their own, `c_soak`.
const DOORS: [Door; 5] = [
    Door { name: "parse, checks and writer", one_of: 1, open: read_and_write },
    Door { name: "candidates", one_of: 2, open: name_candidates },
    Door { name: "summary as JSON", one_of: 10, open: summarise },
    Door { name: "repair", one_of: 1, open: repair },
    Door { name: "content from JSON", one_of: 10, open: read_content },
];

/// Numbers that follow from a seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).expect("a small number")
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn character(&mut self) -> u8 {
        ALPHABET[self.below(ALPHABET.len())]
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// The specimens, lines parted by line ends.
fn specimens() -> Vec<Vec<u8>> {
    let mut zones: Vec<Vec<u8>> = Vec::new();
    for line in SPECIMENS.lines() {
        if line.starts_with("= ") {
            zones.push(Vec::new());
        } else if let (Some(text), Some(zone)) = (line.strip_prefix("| "), zones.last_mut()) {
            zone.extend_from_slice(text.as_bytes());
            zone.push(b'\n');
        }
    }
    zones
}

/// Lines of the alphabet, of the shape of some layout or nearly.
fn lines_of_the_alphabet(numbers: &mut Numbers) -> Vec<u8> {
    let layout = numbers.of(Layout::ALL);
    let mut text = Vec::new();
    for length in layout.lines() {
        let stray = if numbers.below(20) == 0 { numbers.below(3) } else { 0 };
        text.extend((0..length + stray).map(|_| numbers.character()));
        text.push(b'\n');
    }
    let starts: [&[u8]; 8] = [b"P<UTO", b"V<UTO", b"I<UTO", b"IDFRA", b"FACHE", b"D1NLD", b"D1FRA", b""];
    let start = numbers.of(&starts);
    let line = if layout == Layout::SwissDrivingLicence { 10 } else { 0 };
    for (slot, byte) in text.iter_mut().skip(line).zip(start) {
        *slot = *byte;
    }
    text
}

fn arbitrary_bytes(numbers: &mut Numbers) -> Vec<u8> {
    let most = numbers.of(&[8, 90, 200, 5000]);
    (0..numbers.below(most)).map(|_| numbers.byte()).collect()
}

/// A specimen with a few characters exchanged, taken out, put in, doubled or made unreadable.
fn mutated_specimen(numbers: &mut Numbers, specimens: &[Vec<u8>]) -> Vec<u8> {
    let mut text = specimens[numbers.below(specimens.len())].clone();
    for _ in 0..numbers.below(9) {
        let at = numbers.below(text.len());
        match numbers.below(10) {
            0 => drop(text.remove(at)),
            1 => text.insert(at, numbers.byte()),
            2 => {
                let other = numbers.below(text.len());
                text.swap(at, other);
            }
            3 => text[at] = numbers.of(b"?*\x1D \r\t\0\x02\x80\xC3\xEF\xFF"),
            4 => text[at] = text[at].to_ascii_lowercase(),
            5 => text[at] = numbers.byte(),
            _ => text[at] = numbers.character(),
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

fn input(number: u64, specimens: &[Vec<u8>]) -> Vec<u8> {
    let mut numbers = Numbers(number);
    match numbers.below(4) {
        0 => lines_of_the_alphabet(&mut numbers),
        1 => arbitrary_bytes(&mut numbers),
        _ => mutated_specimen(&mut numbers, specimens),
    }
}

fn on() -> Date {
    Date::new(2026, 11, 22).expect("a day")
}

fn same_from_lines_and_one_string(zone: &Mrz) {
    let lines = zone.lines().collect::<Vec<_>>().join("\r\n");
    assert!(mrz::parse(lines).as_ref() == Ok(zone));
    assert!(mrz::parse(zone.joined()).as_ref() == Ok(zone));
}

fn read_and_write(input: &[u8]) {
    let Ok(zone) = mrz::parse(input) else { return };
    assert_eq!(zone.checks(Subject::Document(1), on()).count(), 13);
    assert!(zone.lines().map(str::len).eq(zone.layout().lines().iter().copied()));
    let Ok(written) = Content::of(&zone, on()).and_then(|content| mrz::write(&content)) else {
        return;
    };
    same_from_lines_and_one_string(&written);
    let again = Content::of(&written, on()).expect("what was written can be read");
    let again = mrz::write(&again).expect("and written");
    assert!(again == written, "writer after reader changes what the writer made");
}

fn name_candidates(input: &[u8]) {
    for (position, candidates) in mrz::candidates(input, &DEFAULT_MARKS) {
        assert!(position < mrz::MAX_CHARACTERS && candidates.len() <= 36);
    }
}

fn summarise(input: &[u8]) {
    if let Ok(zone) = mrz::parse(input) {
        let json = serde_json::to_vec(&zone.summary(on())).expect("JSON");
        assert!(json.len() < 16_384, "{} bytes", json.len());
    }
}

fn repair(input: &[u8]) {
    if let Ok(zone) = mrz::parse(input) {
        let repair = mrz::repair(&zone, Reader::OcrB);
        assert_eq!(repair.repaired().count(), zone.layout().lines().len());
        black_box(repair.unique());
    }
}

fn read_content(input: &[u8]) {
    if let Ok(content) = Content::from_json(input) {
        let _ = black_box(mrz::write(&content));
    }
    let Ok(content) = mrz::parse(input).and_then(|zone| Content::of(&zone, on())) else {
        return;
    };
    let mut json = serde_json::to_vec(&content).expect("JSON");
    assert_eq!(Content::from_json(&json).as_ref(), Ok(&content));
    let mut numbers = Numbers(json.len() as u64);
    let at = numbers.below(json.len());
    json[at] = numbers.byte();
    if let Ok(content) = Content::from_json(&json) {
        let _ = black_box(mrz::write(&content));
    }
}

fn how_many() -> u64 {
    let set = std::env::var("LANDFALL_SOAK").ok();
    let set = set.map(|text| text.parse().expect("LANDFALL_SOAK is a number"));
    set.unwrap_or(if cfg!(debug_assertions) { 20_000 } else { 1_000_000 })
}

#[test]
fn a_million_inputs_neither_crash_nor_hang_and_what_was_written_is_read() {
    let specimens = specimens();
    let inputs = how_many();
    let (mut read, mut slowest) = (0_u64, Duration::ZERO);
    for number in 0..inputs {
        let input = input(number, &specimens);
        read += u64::from(mrz::parse(&input).is_ok());
        for door in DOORS.iter().filter(|door| number % door.one_of == 0) {
            let start = Instant::now();
            let outcome = catch_unwind(AssertUnwindSafe(|| (door.open)(&input)));
            assert!(outcome.is_ok(), "input {number} at {}", door.name);
            slowest = slowest.max(start.elapsed());
        }
    }
    println!("{inputs} inputs, {read} of them zones, the slowest call {slowest:?}");
    assert!(read * 3 > inputs, "most inputs are no zones, so little was tried: {read}");
}
