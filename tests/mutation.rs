//! Nobody but Utopia makes a Utopian passport: whatever is changed in a specimen, it does not clear, even in training.
//!
//! Every single byte of every file is flipped, and a hundred thousand specimens are damaged at random, re-signed by
//! somebody else, or put together from two (`cargo test --release --all-features --test mutation`; a debug build tries
//! a few). What may clear is what signature, hashes and person do not notice: EF.COM, which nobody signed, and changes
//! of encoding that are reported as deviations.
#![cfg(feature = "specimen")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use landfall::assess::{Policy, Recommendation};
use landfall::check::{CheckId, Outcome};
use landfall::date::Time;
use landfall::deviation::Deviations;
use landfall::engine::{Assessment, Engine};
use landfall::fact::Fact;
use landfall::lds::{Content, ElementaryFile};
use landfall::specimen::{DigitalSignature, Kind, Order};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

const SAME: &str = r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#;
const MUTATIONS: u64 = if cfg!(debug_assertions) { 200 } else { 100_000 };

/// Files by name; those of the chip and the printed zone.
type Files = BTreeMap<String, Vec<u8>>;

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").unwrap()
}

fn order(kind: Kind, seed: u64) -> Order {
    Order::new(kind, seed, at())
}

/// The files of a specimen that are given to the engine.
fn files(order: Order) -> Files {
    let folder = order.issue().unwrap().folder;
    let all = folder.files().iter().map(|file| (file.name.clone(), file.bytes.clone()));
    all.filter(|(name, _)| !name.ends_with(".json")).collect()
}

fn training() -> Engine {
    Engine::with_policy(Policy::training().unwrap())
}

/// Reads everything as the command does, and judges.
fn assess(engine: &Engine, files: &Files) -> Assessment {
    let mut inspection = engine.inspect(at());
    if let Some(zone) = files.get("mrz.txt")
        && inspection.read_mrz(zone).is_err()
    {
        inspection.could_not_read();
    }
    for (_, bytes) in files.iter().filter(|(name, _)| *name != "mrz.txt") {
        if inspection.read_chip_file(1, bytes).is_err() {
            inspection.could_not_read();
        }
    }
    inspection.add_fact(Fact::from_json(SAME).unwrap()).unwrap();
    inspection.assess()
}

fn clears(assessment: &Assessment) -> bool {
    assessment.verdict.recommendation == Recommendation::Clear
}

/// What the signatures of EF.SOD stand on: hashes, certificates and signatures, each as bytes.
type Essence = (Vec<(u8, Vec<u8>)>, Vec<Vec<u8>>, Vec<Vec<u8>>);

fn essence(sod: &[u8]) -> Option<Essence> {
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(sod, &mut seen).ok()?;
    let Ok(Content::Sod(object)) = file.content(&mut seen) else { return None };
    let hashes = object.object.hashes.iter().map(|hash| (hash.group.number(), hash.hash.reveal().clone())).collect();
    let certificates = object.signed.certificates.iter();
    let certificates = certificates.filter_map(|tlv| landfall::pki::Certificate::parse(tlv.raw, &mut seen).ok());
    let certificates = certificates.map(|certificate| certificate.body().to_vec()).collect();
    let signatures = object.signed.signers.iter().map(|signer| signer.signature.to_vec()).collect();
    Some((hashes, certificates, signatures))
}

/// What clears although something was changed has to be the same document: every signed file, the person, and what
/// EF.SOD stands on; and where EF.SOD itself was changed, the result has to say that it deviates.
fn is_the_same_document(genuine: &Files, changed: &Files, before: &Assessment, after: &Assessment) -> bool {
    let differs = |name: &&String| genuine.get(*name) != changed.get(*name);
    let changed_names: Vec<_> = genuine.keys().filter(differs).map(String::as_str).collect();
    let same_sod = || {
        let deviates =
            after.checks.iter().any(|check| check.id == CheckId::SodProfile && check.outcome == Outcome::Undetermined);
        let essences = [genuine, changed].map(|files| files.get("EF.SOD").and_then(|sod| essence(sod)));
        deviates && essences[0].is_some() && essences[0] == essences[1]
    };
    // Blanks, line ends and small letters are the reader's: what counts is the zone that was read.
    let same_text = || {
        let zones = [genuine, changed].map(|files| landfall::mrz::parse(files.get("mrz.txt")?).ok());
        zones[0].is_some() && zones[0] == zones[1]
    };
    let known = |name: &&str| match *name {
        "EF.COM" => true,
        "EF.SOD" => same_sod(),
        "mrz.txt" => same_text(),
        _ => padded(genuine, changed, name),
    };
    changed_names.iter().all(known) && before.documents == after.documents && before.person == after.person
}

/// Whether a data group is the same file with something behind its end, where no reader looks and no hash reaches.
fn padded(genuine: &Files, changed: &Files, name: &str) -> bool {
    let cut = |files: &Files| {
        let bytes = files.get(name)?;
        let file = ElementaryFile::read(bytes, &mut Deviations::new()).ok()?;
        Some(file.bytes().to_vec())
    };
    cut(genuine).is_some() && cut(genuine) == cut(changed)
}

#[test]
fn the_unmodified_specimen_clears_in_training_under_every_signature_scheme() {
    for signature in DigitalSignature::ALL {
        let mut order = order(Kind::Genuine, 1);
        order.signature = *signature;
        let assessment = assess(&training(), &files(order));
        assert!(clears(&assessment), "{signature}: {:?}", assessment.verdict);
        assert!(!clears(&assess(&Engine::new().unwrap(), &files(order))), "never at a counter");
    }
}

#[test]
fn with_any_single_byte_flipped_the_specimen_is_another_or_does_not_clear() {
    let engine = training();
    let genuine = files(order(Kind::Genuine, 1));
    let before = assess(&engine, &genuine);
    let flips: &[u8] = if cfg!(debug_assertions) { &[0x01] } else { &[0x01, 0x02, 0x08, 0x20, 0x80, 0xFF] };
    let (mut tried, mut same) = (0, BTreeMap::<&str, u32>::new());
    for (name, bytes) in &genuine {
        let step = match name.as_str() {
            // The picture is long, and one hash covers all of it.
            "DG2" if cfg!(debug_assertions) => bytes.len() / 60 + 1,
            "DG2" => bytes.len() / 500 + 1,
            "EF.SOD" if cfg!(debug_assertions) => 4,
            _ => 1,
        };
        for place in (0..bytes.len()).step_by(step) {
            for flip in flips {
                let mut changed = genuine.clone();
                changed.get_mut(name).unwrap()[place] ^= flip;
                let after = assess(&engine, &changed);
                tried += 1;
                if clears(&after) {
                    let same_document = is_the_same_document(&genuine, &changed, &before, &after);
                    assert!(same_document, "{name}: byte {place} ^ {flip:02x} clears");
                    *same.entry(name).or_default() += 1;
                }
            }
        }
    }
    println!("{tried} flips; cleared as the same document: {same:?}");
    assert!(same.keys().all(|name| ["EF.COM", "EF.SOD", "mrz.txt"].contains(name)), "{same:?}");
}

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
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn key(&mut self, of: &Files) -> String {
        of.keys().nth(self.below(of.len())).unwrap().clone()
    }
}

/// Everything that mutations draw on.
struct Stock {
    genuine: Files,
    /// The files of another genuine specimen.
    other: Files,
    /// EF.SOD over these and over changed data groups, signed by others than Utopia's published authority.
    resigned: Vec<Files>,
}

impl Stock {
    fn new() -> Self {
        let genuine = files(order(Kind::Genuine, 1));
        let other = files(order(Kind::Genuine, 2));
        let mut resigned = Vec::new();
        for kind in [Kind::RogueSigner, Kind::UnknownAnchor] {
            for mixture in 0..8 {
                let mut forged = genuine.clone();
                for (index, name) in
                    ["DG1", "DG2", "DG11"].iter().enumerate().filter(|(index, _)| mixture >> index & 1 == 1)
                {
                    assert!(index < 3);
                    forged.insert((*name).to_owned(), other[*name].clone());
                }
                let groups: Vec<_> = forged
                    .iter()
                    .filter_map(|(name, bytes)| Some((name.strip_prefix("DG")?.parse().ok()?, bytes.clone())))
                    .collect();
                let sod = order(kind, 1).sign(&groups).unwrap();
                forged.insert("EF.SOD".to_owned(), sod);
                if mixture & 1 == 1 {
                    forged.insert("mrz.txt".to_owned(), other["mrz.txt"].clone());
                }
                resigned.push(forged);
            }
        }
        Self { genuine, other, resigned }
    }

    fn mutate(&self, numbers: &mut Numbers) -> Files {
        let mut files = self.genuine.clone();
        match numbers.below(8) {
            0 | 1 => bytes(&mut files, numbers),
            2 => length(&mut files, numbers),
            3 => tag(&mut files, numbers),
            4 => reorder(&mut files, numbers),
            5 => drop(files.remove(&numbers.key(&self.genuine))),
            6 => {
                files = self.resigned[numbers.below(self.resigned.len())].clone();
                if numbers.below(2) == 0 {
                    bytes(&mut files, numbers);
                }
            }
            _ => {
                for name in self.genuine.keys() {
                    if numbers.below(3) == 0 {
                        files.insert(name.clone(), self.other[name].clone());
                    }
                }
            }
        }
        files
    }
}

/// A few bytes of one file are others.
fn bytes(files: &mut Files, numbers: &mut Numbers) {
    let name = numbers.key(files);
    let file = files.get_mut(&name).unwrap();
    for _ in 0..=numbers.below(4) {
        let place = numbers.below(file.len());
        file[place] = numbers.byte();
    }
}

/// One file is longer or shorter, somewhere or at its end.
fn length(files: &mut Files, numbers: &mut Numbers) {
    let name = numbers.key(files);
    let file = files.get_mut(&name).unwrap();
    let (from, to) = (numbers.below(file.len()), numbers.below(file.len()));
    match numbers.below(4) {
        0 => file.truncate(from),
        1 => drop(file.drain(from.min(to)..from.max(to).min(from.min(to) + 9))),
        2 => file.extend((0..=numbers.below(9)).map(|_| numbers.byte()).collect::<Vec<_>>()),
        _ => file.insert(from, numbers.byte()),
    }
}

/// A tag or length octet near the beginning of a file, where the structures begin, is another.
fn tag(files: &mut Files, numbers: &mut Numbers) {
    let name = numbers.key(files);
    let file = files.get_mut(&name).unwrap();
    let place = numbers.below(file.len().min(64));
    file[place] = [0x30, 0x31, 0x02, 0x04, 0x05, 0x80, 0x81, 0x82, 0x84, 0xA0, 0x61, 0x75, 0x77, 0x7F, 0, 0xFF]
        [numbers.below(16)];
}

/// Two stretches of one file, or the content of two files, change places.
fn reorder(files: &mut Files, numbers: &mut Numbers) {
    let (one, other) = (numbers.key(files), numbers.key(files));
    if one != other {
        let content = files[&one].clone();
        // Under the name of the other and twice itself: files are told by content, so that one is missing.
        files.insert(other, content);
        return;
    }
    let file = files.get_mut(&one).unwrap();
    let length = 1 + numbers.below(file.len() / 2);
    let (from, to) = (numbers.below(file.len() - length), numbers.below(file.len() - length));
    let stretch = file[from..from + length].to_vec();
    file.copy_within(to..to + length, from);
    if from.abs_diff(to) >= length {
        file[to..to + length].copy_from_slice(&stretch);
    }
}

#[test]
fn of_a_hundred_thousand_false_specimens_none_clears_and_none_crashes() {
    let stock = Stock::new();
    let engine = training();
    let before = assess(&engine, &stock.genuine);
    assert!(clears(&before));
    assert!(stock.resigned.iter().all(|forged| !clears(&assess(&engine, forged))), "signed by somebody else");
    let (mut untouched, mut same) = (0, 0);
    for number in 0..MUTATIONS {
        let changed = stock.mutate(&mut Numbers(number));
        if changed == stock.genuine || changed == stock.other {
            untouched += 1;
            continue;
        }
        let after = catch_unwind(AssertUnwindSafe(|| assess(&engine, &changed)));
        let after = after.unwrap_or_else(|_| panic!("mutation {number} crashes"));
        if clears(&after) {
            assert!(is_the_same_document(&stock.genuine, &changed, &before, &after), "mutation {number} clears");
            same += 1;
        }
    }
    println!("{MUTATIONS} mutations, {untouched} of them changed nothing, {same} are the same document and clear");
    assert!((untouched + same) * 8 < MUTATIONS, "{untouched} and {same}: too little was tried");
}
