//! How fast a million persons are screened, and how small the list is, as ratios measured in the same run.
//!
//! ```text
//! query      a traveller in, the best 20 out        a Jaro-Winkler scan of the same names (rapidfuzz)
//! growth     the same with 1 M entries              with 10 k
//! bytes      the package                            the number of names
//! opening    1.7 M persons and documents            reading the file once
//! ```
//!
//! The persons are drawn from a seed: names of syllables, as unevenly spread as names are (the most frequent surname is that of one
//! in a hundred), days of birth, sexes, nationalities, two documents for three persons. Half of the travellers are listed and
//! misspelled. `cargo bench --bench alert` prints the ratios.
#![allow(clippy::missing_docs_in_private_items, missing_docs, reason = "a bench is its own documentation")]

use landfall::alert::{AlertList, Labels, package};
use landfall::date::{Date, PartialDate};
use landfall::list::{Birth, DocumentStatus, Entry, ListedDocument, ListedName, NameKind, Nation, Query};
use landfall::person::Sex;
use landfall::secret::Secret;
use rapidfuzz::distance::jaro_winkler::BatchComparator;
use std::hint::black_box;
use std::time::{Duration, Instant};

const PERSONS: u32 = 1_000_000;
const FEW: u32 = 10_000;
const DOCUMENTS: u32 = 700_000;
const QUERIES: u32 = 200;

/// Numbers that follow from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// A rank below `bound`: the first ten about as frequent as one in a hundred, those behind them ever rarer.
    fn rank(&mut self, bound: u64) -> u64 {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = 10.0 * ((1.0 + bound as f64 / 10.0).powf(share) - 1.0);
        (rank as u64).min(bound - 1)
    }
}

/// The name of a rank: two to four syllables that follow from it.
fn word(kind: u64, rank: u64) -> String {
    const SYLLABLES: [&str; 40] = [
        "ka", "mo", "ri", "ta", "lu", "ve", "sha", "no", "bel", "dar", "fi", "gor", "han", "il", "jo", "kem", "lan",
        "mir", "nas", "ol", "pet", "qu", "ros", "sel", "tor", "ul", "van", "wen", "yas", "zer", "an", "bi", "cho",
        "du", "ev", "fa", "gu", "hi", "mba", "ngo",
    ];
    let mut dice = Dice(kind << 40 ^ rank);
    let count = 2 + dice.below(3);
    (0..count).map(|_| SYLLABLES[dice.below(40) as usize]).collect()
}

fn birth(dice: &mut Dice) -> Option<PartialDate> {
    let small = |value: u64| u8::try_from(value).ok();
    let year = u16::try_from(1940 + dice.below(65)).ok();
    PartialDate::new(year, small(1 + dice.below(12)), small(1 + dice.below(28)))
}

fn number(dice: &mut Dice) -> String {
    let letter = char::from(b'A' + dice.below(26) as u8);
    format!("{letter}{:08}", dice.below(100_000_000))
}

fn name(dice: &mut Dice) -> String {
    let surname = word(1, dice.rank(200_000));
    let mut given = word(2, dice.rank(40_000));
    if dice.below(3) == 0 {
        given = format!("{given} {}", word(2, dice.rank(40_000)));
    }
    format!("{surname}, {given}")
}

fn document(dice: &mut Dice, status: DocumentStatus) -> ListedDocument {
    ListedDocument {
        issuer: Some(nation(dice)),
        kind: "passport".into(),
        number: number(dice).as_str().into(),
        last: Secret::default(),
        status,
    }
}

fn nation(dice: &mut Dice) -> Nation {
    let codes = ["FJI", "PNG", "SLB", "VUT", "WSM", "TON", "PLW", "NRU", "KIR", "TUV", "AUS", "NZL", "UTO"];
    Nation::parse(codes[dice.below(13) as usize]).expect("a code")
}

fn person(index: u32) -> Entry {
    let mut dice = Dice(u64::from(index));
    let mut entry = Entry::new(format!("P{index}"));
    let names = 1 + u32::from(dice.below(5) == 0);
    entry.names = (0..names)
        .map(|at| ListedName {
            text: name(&mut dice).as_str().into(),
            kind: if at == 0 { NameKind::Primary } else { NameKind::Alias },
        })
        .collect();
    entry.births = birth(&mut dice).map(Birth::on).into_iter().collect();
    entry.sex = Some(if dice.below(2) == 0 { Sex::Female } else { Sex::Male });
    entry.nationalities = vec![nation(&mut dice)];
    if dice.below(3) != 0 {
        entry.documents = vec![document(&mut dice, DocumentStatus::Held)];
    }
    entry.authority = "Utopia Border".into();
    entry
}

fn lost(index: u32) -> Entry {
    let mut dice = Dice(1 << 40 | u64::from(index));
    let mut entry = Entry::new(format!("D{index}"));
    entry.documents = vec![document(&mut dice, DocumentStatus::Stolen)];
    entry.authority = "Utopia Police".into();
    entry
}

/// A traveller: an entry of the list with a letter of each name changed, or nobody on it.
fn traveller(index: u32, entries: &[Entry]) -> Query {
    let mut dice = Dice(2 << 40 | u64::from(index));
    let listed = entries[dice.below(entries.len() as u64) as usize].clone();
    let entry = if index.is_multiple_of(2) { listed } else { person(PERSONS + index) };
    let text = entry.names[0].text.reveal().to_uppercase();
    let (surname, given) = text.split_once(", ").expect("a name");
    let slip = |name: &str, dice: &mut Dice| {
        let at = dice.below(name.len() as u64) as usize;
        format!("{}{}{}", &name[..at], char::from(b'A' + dice.below(26) as u8), &name[at + 1..])
    };
    Query {
        surname: slip(surname, &mut dice).as_str().into(),
        given: slip(given, &mut dice).as_str().into(),
        birth: entry.births.first().map(|birth| birth.from),
        sex: entry.sex,
        nationality: entry.nationalities.first().copied(),
        ..Query::default()
    }
}

fn today() -> Date {
    Date::new(2026, 11, 1).expect("a day")
}

/// Microseconds of one query on the mean, the least of three rounds.
fn cost(list: &AlertList, entries: &[Entry]) -> f64 {
    let queries: Vec<_> = (0..QUERIES).map(|index| traveller(index, entries)).collect();
    let round = || {
        let start = Instant::now();
        for query in &queries {
            black_box(list.search(query, today()).expect("a list"));
        }
        start.elapsed().as_secs_f64() * 1e6 / f64::from(QUERIES)
    };
    (0..3).map(|_| round()).fold(f64::MAX, f64::min)
}

/// How many of a thousand listed travellers, half of them without a birth date, are first among the matches, and how many are among them.
fn found(list: &AlertList, entries: &[Entry]) -> (usize, usize) {
    let place = |index: u32| {
        let mut query = traveller(index * 2, entries);
        if index.is_multiple_of(2) {
            query.birth = None;
        }
        let listed = Dice(2 << 40 | u64::from(index * 2)).below(entries.len() as u64) as usize;
        list.search(&query, today()).expect("a list").iter().position(|hit| hit.entry == entries[listed].id)
    };
    let places: Vec<usize> = (0..1000).filter_map(place).collect();
    (places.iter().filter(|place| **place == 0).count(), places.len())
}

/// Microseconds of one scan over all names.
fn scan(entries: &[Entry]) -> f64 {
    let names: Vec<String> =
        entries.iter().flat_map(|entry| &entry.names).map(|name| name.text.reveal().to_uppercase()).collect();
    let round = |index: u32| {
        let query = traveller(index, entries);
        let text = format!("{}, {}", query.surname.reveal(), query.given.reveal());
        let start = Instant::now();
        let scorer = BatchComparator::new(text.chars());
        let best = names.iter().map(|name| scorer.similarity(name.chars())).fold(0.0, f64::max);
        black_box(best);
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..3).map(round).fold(f64::MAX, f64::min)
}

fn least<T>(mut work: impl FnMut() -> T) -> Duration {
    let run = |_| {
        let start = Instant::now();
        let made = black_box(work());
        let taken = start.elapsed();
        drop(made);
        taken
    };
    (0..7).map(run).min().unwrap_or_default()
}

fn met(found: f64, goal: f64) -> &'static str {
    if found <= goal { "met" } else { "MISSED" }
}

fn open(bytes: Vec<u8>) -> AlertList {
    AlertList::open(Box::new(bytes), 0).expect("a package")
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured: this is no benchmark run");
        return;
    }
    let mut entries: Vec<Entry> = (0..PERSONS).map(person).collect();
    let few = open(package(&entries[..FEW as usize], &Labels::default(), None));
    let of_few = cost(&few, &entries[..FEW as usize]);
    let bytes = package(&entries, &Labels::default(), None);
    let names: usize = entries.iter().map(|entry| entry.names.len()).sum();
    let per_name = bytes.len() as f64 / names as f64;
    println!("{PERSONS} persons, {names} names: {per_name:.1} bytes a name (goal 100: {})", met(per_name, 100.0));
    let many = open(bytes);
    let (of_many, of_scan) = (cost(&many, &entries), scan(&entries));
    let (ratio, growth) = (of_many / of_scan, of_many / of_few);
    println!(
        "a query: {of_many:.0} µs = {ratio:.4} × a Jaro-Winkler scan of {of_scan:.0} µs (goal 0.01: {})",
        met(ratio, 0.01)
    );
    println!("a query: {growth:.2} × that among {FEW} of {of_few:.0} µs (goal 2: {})", met(growth, 2.0));
    let (first, best) = found(&many, &entries);
    println!("of 1000 listed travellers {first} are ranked first, {best} are among the best 20");
    drop(many);
    entries.extend((0..DOCUMENTS).map(lost));
    let path = std::env::temp_dir().join(format!("landfall-bench-{}.alerts", std::process::id()));
    std::fs::write(&path, package(&entries, &Labels::default(), None)).expect("a file");
    let read = least(|| std::fs::read(&path));
    let opened = least(|| AlertList::open(Box::new(std::fs::File::open(&path).expect("a file")), 0));
    let ratio = opened.as_secs_f64() / read.as_secs_f64();
    println!(
        "opening {} entries: {opened:?} = {ratio:.4} × reading the file of {read:?} (goal 0.1: {})",
        entries.len(),
        met(ratio, 0.1)
    );
    std::fs::remove_file(&path).expect("a file");
}
