//! Opening a trust store against parsing the certificates in it.
//!
//! Where `LANDFALL_CORPUS` names real master lists, the store holds those; up to 900 it is filled with what the second
//! issuer's certificate gives when its serial number is changed, which is as long and no better to parse.

use crate::measure::met;
use landfall::date::Time;
use landfall::deviation::Deviations;
use landfall::pki::{Anchor, Certificate, MasterList, Source, TrustStore, Voucher};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ANCHORS: usize = 900;

/// Certificates of master lists at hand, each once.
fn real() -> Vec<Vec<u8>> {
    let Some(folder) = std::env::var_os("LANDFALL_CORPUS") else {
        return Vec::new();
    };
    let folder = std::path::PathBuf::from(folder).join("pki/masterlists");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let bytes = std::fs::read(entry.expect("a certificate or a list").path()).expect("a certificate or a list");
        if let Ok(list) = MasterList::read(&bytes, &mut Deviations::new()) {
            all.extend(list.entries.iter().filter_map(|one| Some(one.certificate.as_ref().ok()?.as_bytes().to_vec())));
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Copies of a certificate, different in a byte of the serial number.
fn made(count: usize) -> Vec<Vec<u8>> {
    let bytes = landfall::specimen::second_anchor();
    let certificate = Certificate::parse(bytes, &mut Deviations::new()).expect("a certificate or a list");
    let serial = certificate.serial();
    let at = bytes.windows(serial.len()).position(|window| window == serial).expect("a certificate or a list");
    let copy = |number: u16| {
        let mut copy = bytes.to_vec();
        copy[at + 4..at + 6].copy_from_slice(&number.to_be_bytes());
        copy
    };
    (0..u16::try_from(count).expect("a certificate or a list")).map(copy).collect()
}

/// The fastest of several runs. What a run made is dropped after its time was taken: giving a file's pages back to the
/// system takes as long as opening a store.
fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let run = |_| {
        let begin = Instant::now();
        let made = black_box(work());
        let taken = begin.elapsed();
        drop(made);
        taken
    };
    (0..30).map(run).min().expect("a certificate or a list")
}

/// The store opened, against the same certificates parsed.
pub fn print() {
    let mut certificates = real();
    let real = certificates.len();
    certificates.extend(made(ANCHORS.saturating_sub(real)));
    let read = |bytes: &Vec<u8>| Certificate::parse(bytes, &mut Deviations::new()).expect("a certificate or a list");
    let mut store = TrustStore::new();
    for certificate in &certificates {
        let source = Source::Local { vouched_by: "the bench".to_owned(), pinned: false };
        store.add(Anchor::new(read(certificate), source));
    }
    let file =
        store.to_bytes(Time::parse("2026-11-01").expect("a certificate or a list")).expect("a certificate or a list");
    let parse = fastest(|| certificates.iter().map(read).map(|one| (one.fingerprint(), one)).collect::<Vec<_>>());
    let bare = fastest(|| certificates.iter().map(read).collect::<Vec<_>>());
    let import = fastest(|| {
        let mut store = TrustStore::new();
        for certificate in &certificates {
            let _ = store.import(certificate, &Voucher::new("the bench"));
        }
        store
    });
    let mut copies: Vec<_> = (0..30).map(|_| file.clone()).collect();
    let open = fastest(|| TrustStore::open(copies.pop().unwrap_or_default()));
    let ratio = |floor: Duration| open.as_secs_f64() / floor.as_secs_f64();
    println!("{} anchors ({real} of them real), {} bytes", store.len(), file.len());
    println!("open the store                    {open:?}");
    println!("  against parsing the same        {:.3}  (goal 0.1: {}; {bare:?})", ratio(bare), met(ratio(bare), 0.1));
    println!("  against parsing and hashing     {:.3}  ({parse:?})", ratio(parse));
    println!("  against importing the same      {:.3}  ({import:?})", ratio(import));
}
