//! The store as a file: the same after opening, and nothing else when it was altered.

use super::Authority;
use super::draft::time;
use crate::crypto::tests::Signer;
use crate::error::ErrorKind;
use crate::pki::name::country_code;
use crate::pki::{Added, Anchor, Conflict, Event, Purposes, Source, Standing, TrustStore, Voucher};

fn filled() -> (TrustStore, Vec<crate::pki::Certificate>) {
    let mut store = TrustStore::new();
    let mut signers = Vec::new();
    for (country, purposes, test) in [("UT", Purposes::AUTHORITY, true), ("NZ", Purposes::SEAL, false)] {
        let csca = Authority::new(country, "CSCA");
        let distrust_after = test.then(|| time("2031-05-05"));
        let voucher = Voucher { purposes, test, distrust_after, ..Voucher::new("a ministry of Ω") };
        store.import(csca.root().as_bytes(), &voucher).unwrap();
        let signer = csca.document_signer(&Signer::new()).issue(&csca.signer);
        store.add_signer(signer.clone());
        signers.push(signer);
    }
    store.state_never_published(country_code("NZ").unwrap(), "the operator");
    (store, signers)
}

fn facts(anchor: &Anchor) -> (Vec<u8>, Purposes, bool, Option<i64>, Vec<Source>) {
    let distrust = anchor.distrust_after.map(|time| time.unix());
    (anchor.certificate.as_bytes().to_vec(), anchor.purposes, anchor.test, distrust, anchor.sources.clone())
}

#[test]
fn an_opened_store_is_the_one_that_was_written_and_writes_the_same_bytes() {
    let (store, signers) = filled();
    let at = time("2026-11-01");
    let bytes = store.to_bytes(at).unwrap();
    let opened = TrustStore::open(bytes.clone()).unwrap();
    assert_eq!((opened.revision(), opened.len(), opened.signers().len()), ((1, Some(at)), 2, 2));
    for (one, other) in store.anchors().zip(opened.anchors()) {
        assert_eq!(facts(one), facts(other));
        assert_eq!(opened.anchor(&one.fingerprint).map(|found| found.fingerprint), Some(one.fingerprint));
    }
    let path = opened.find_path(&signers[0], Purposes::DOCUMENT).unwrap();
    assert!(path.anchor.test);
    assert!(opened.find_path(&signers[1], Purposes::DOCUMENT).is_err(), "its anchor vouches for seals alone");
    let path = opened.find_path(&signers[1], Purposes::SEAL).unwrap();
    assert_eq!(opened.standing(&signers[1], &path, at), Standing::NeverPublished);
    assert_eq!(opened.signers().iter().count(), 2);
    let again = opened.to_bytes(at).unwrap();
    assert_eq!(again.len(), bytes.len());
    assert_eq!(TrustStore::open(again).unwrap().revision().0, 2);
    let mut merged = opened.clone();
    let anchor = store.anchors().next().unwrap().clone();
    assert_eq!(merged.add(anchor), Added::Merged);
    merged.absorb(&store);
    assert_eq!((merged.len(), merged.signers().len()), (2, 2));
}

#[test]
fn no_flipped_byte_of_a_store_makes_another_anchor() {
    let (store, signers) = filled();
    let bytes = store.to_bytes(time("2026-11-01")).unwrap();
    let directory = 72 + u32::from_be_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let genuine: Vec<_> = store.anchors().map(|anchor| anchor.fingerprint).collect();
    let mut missing = 0;
    for place in (0..bytes.len()).step_by(3) {
        let mut altered = bytes.clone();
        altered[place] ^= 0x10;
        match TrustStore::open(altered) {
            Err(error) => assert!(place < directory && error.part == crate::error::Part::TrustStore, "{place}"),
            Ok(opened) => {
                assert!(place >= directory, "{place}");
                assert!(opened.anchors().all(|anchor| genuine.contains(&anchor.certificate.fingerprint())));
                assert!(opened.signers().iter().all(|signer| signers.contains(signer)));
                missing += opened.damaged();
                assert_eq!(opened.to_bytes(time("2026-11-01")).is_err(), opened.damaged() > 0);
            }
        }
    }
    assert!(missing > 0);
}

#[test]
fn a_store_that_is_cut_short_or_of_a_later_version_is_refused() {
    let bytes = filled().0.to_bytes(time("2026-11-01")).unwrap();
    let kind = |bytes: Vec<u8>| TrustStore::open(bytes).map(|store| store.len()).map_err(|error| error.kind);
    for length in (0..bytes.len()).step_by(5) {
        let expected = if length < 8 { ErrorKind::UnknownContent } else { ErrorKind::TrustStoreDamaged };
        let told = kind(bytes[..length].to_vec());
        assert!(told == Err(expected) || told == Err(ErrorKind::Truncated), "{length}: {told:?}");
    }
    let mut later = bytes.clone();
    later[11] = 2;
    assert_eq!(kind(later), Err(ErrorKind::TrustStoreVersion));
    assert_eq!(kind([&bytes[..], b"x"].concat()), Err(ErrorKind::TrustStoreDamaged));
    assert_eq!(kind(bytes), Ok(2));
    assert_eq!(kind(TrustStore::new().to_bytes(time("2026-11-01")).unwrap()), Ok(0));
}

#[test]
fn a_later_list_that_leaves_an_anchor_out_is_an_event_and_takes_nothing_away() {
    let publisher = Authority::new("UT", "CSCA");
    let [one, two] = ["CSCA 1", "CSCA 2"].map(|name| Authority::new("NZ", name).root());
    let mut store = TrustStore::new();
    let list = |certificates: &[&crate::pki::Certificate], signed: &str| {
        super::list::signed_list(&publisher, certificates, time(signed))
    };
    let both = list(&[&one, &two], "2026-01-01");
    let later = list(&[&two], "2026-02-01");
    let voucher = Voucher::new("a test");
    store.import(&both, &voucher).unwrap();
    assert_eq!(store.events(), []);
    store.import(&later, &voucher).unwrap();
    let removed = |event: &Event| matches!(event, Event::Removed { anchor, .. } if *anchor == one.fingerprint());
    assert!(store.events().len() == 1 && store.events().iter().all(removed), "{:?}", store.events());
    assert_eq!(store.len(), 2, "documents under it are still in use");
    let oldest = list(&[&one, &two], "2025-01-01");
    store.import(&oldest, &voucher).unwrap();
    assert!(matches!(store.events()[1], Event::OlderList { .. }));
    let opened = TrustStore::open(store.to_bytes(time("2026-11-01")).unwrap()).unwrap();
    assert_eq!((opened.events(), opened.records()), (store.events(), store.records()));
}

#[test]
fn publishers_that_disagree_and_numbers_that_are_shared_are_told() {
    let (utopia, other) = (Authority::new("UT", "CSCA"), Authority::new("FR", "CSCA"));
    let csca = Authority::new("NZ", "CSCA");
    let [one, two] = [csca.root(), Authority::new("NZ", "CSCA").root()];
    let mut store = TrustStore::new();
    let signed = time("2026-01-01");
    for list in
        [super::list::signed_list(&utopia, &[&one, &two], signed), super::list::signed_list(&other, &[&two], signed)]
    {
        store.import(&list, &Voucher::new("a test")).unwrap();
    }
    let conflicts = store.conflicts();
    let country = country_code("NZ").unwrap();
    let missing_from = country_code("FR").unwrap();
    let disputed = Conflict::Disputed { country, anchor: one.fingerprint(), missing_from };
    assert!(conflicts.contains(&disputed), "{conflicts:?}");
    let shared = |conflict: &Conflict| matches!(conflict, Conflict::SharedSerial { anchors, .. } if anchors.len() == 2);
    assert!(conflicts.iter().any(shared), "both have the name and the number of the other");
    assert_eq!(conflicts.len(), 2);
}

/// Whoever can write the file can write the right hash as well: what is inside must not harm whoever opens it.
#[test]
fn a_directory_that_was_altered_together_with_its_hash_harms_nobody() {
    let bytes = filled().0.to_bytes(time("2026-11-01")).unwrap();
    let directory = 72 + u32::from_be_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let mut opened = 0;
    for place in (8..directory).filter(|place| !(40..72).contains(place)) {
        for change in [0x01, 0x80, 0xFF] {
            let mut altered = bytes.clone();
            altered[place] ^= change;
            let hash = crate::crypto::HashAlgorithm::Sha256.digest_parts(&[&altered[..40], &altered[72..directory]]);
            altered[40..72].copy_from_slice(hash.as_bytes());
            let Ok(store) = TrustStore::open(altered) else { continue };
            opened += 1;
            let at = time("2026-11-01");
            let _ = (store.anchors().count(), store.signers().iter().count(), store.conflicts().len());
            let _ = (store.readiness(at), store.newest(), store.to_bytes(at).is_ok());
        }
    }
    assert!(opened > 100, "{opened}");
}
