//! Real master lists, where they are at hand: how much of the world is read and verifies.
//!
//! The folder that `LANDFALL_CORPUS` names holds what cannot be part of the project. Every number here is a minimum
//! that may be raised and never lowered.

use landfall::ErrorKind;
use landfall::deviation::Deviations;
use landfall::pki::{Audit, Certificate, Kind, ListFate, MasterList, Purposes, TrustStore, Voucher, audit};
use std::fs;
use std::path::PathBuf;

/// The lists and roots of the corpus, or a printed reason why they are not looked at.
struct Corpus(PathBuf);

impl Corpus {
    fn open() -> Option<Self> {
        let folder = std::env::var_os("LANDFALL_CORPUS").map(PathBuf::from);
        let lists = folder.map(|folder| folder.join("pki/masterlists"));
        let found = lists.filter(|lists| lists.is_dir());
        if found.is_none() {
            println!("skipped: LANDFALL_CORPUS names no folder with pki/masterlists");
        }
        found.map(Self)
    }

    /// The one file whose name begins and ends so.
    fn file(&self, begin: &str, end: &str) -> Vec<u8> {
        let mut names: Vec<_> = fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with(begin) && name.ends_with(end))
            .collect();
        names.sort();
        fs::read(self.0.join(&names[0])).unwrap()
    }

    fn lists(&self) -> [Vec<u8>; 3] {
        [self.file("DE_ML_", ".ml"), self.file("NL_ML_", ".ml"), self.file("DE_bare_", ".der")]
    }

    fn root(&self, begin: &str) -> Certificate {
        Certificate::parse(&self.file(begin, ".cer"), &mut Deviations::new()).unwrap()
    }
}

fn look(lists: &[Vec<u8>]) -> Audit {
    audit(lists.iter().map(Vec::as_slice))
}

#[test]
fn every_certificate_of_three_master_lists_is_read_and_verifies_if_its_issuer_is_among_them() {
    let Some(corpus) = Corpus::open() else { return };
    let audit = look(&corpus.lists());
    assert_eq!((audit.occurrences, audit.certificates), (1580, 645));
    assert_eq!(audit.parsed, 645);
    let signatures = &audit.signatures;
    println!("{} verified, {:?}", signatures.verified, signatures.by);
    assert!(signatures.verified >= 634, "{signatures:?}");
    let others = |reason: &str| reason != "no_issuer";
    assert!(!signatures.unverified.iter().any(|one| others(&one.reason)));
    assert_eq!(signatures.verified + signatures.unverified.len(), 645);
}

#[test]
fn what_deviates_in_the_lists_is_reported_with_its_clause() {
    let Some(corpus) = Corpus::open() else { return };
    let audit = look(&corpus.lists());
    let minimums = [
        ("serial_negative", 3),
        ("serial_zero", 1),
        ("country_lower_case", 14),
        ("countries_differ", 2),
        ("names_differ_in_case", 2),
        ("generalized_time_before_2050", 1),
        ("algorithm_parameters_absent", 5),
        ("not_marked_authority", 7),
        ("path_length_missing", 24),
        ("path_length_not_zero", 10),
        ("curve_coefficient_length", 10),
        ("named_curve", 5),
        ("weak_hash", 45),
    ];
    for (name, minimum) in minimums {
        let found = audit.deviations.get(name);
        assert!(found.is_some_and(|row| row.certificates >= minimum), "{name}: {found:?}");
    }
    assert!(audit.deviations.values().all(|row| !row.clause.is_empty()));
}

#[test]
fn both_signed_lists_verify_to_their_roots_and_to_no_other() {
    let Some(corpus) = Corpus::open() else { return };
    let [german, dutch, bare] = corpus.lists();
    let roots = [corpus.root("DE_ROOT"), corpus.root("NL_ROOT")];
    for (list, root, other) in [(&german, &roots[0], &roots[1]), (&dutch, &roots[1], &roots[0])] {
        let seen = &mut Deviations::new();
        let list = MasterList::read(list, seen).unwrap();
        assert!(list.verify(root, seen).unwrap().signing_time.is_some());
        let refused = list.verify(other, seen).map_err(|error| error.kind);
        assert_eq!(refused, Err(ErrorKind::TrustListSignature));
    }
    let bare = MasterList::read(&bare, &mut Deviations::new()).unwrap();
    assert!(bare.verify(&roots[0], &mut Deviations::new()).is_err());
}

#[test]
fn the_lists_make_one_store_that_remembers_every_source() {
    let Some(corpus) = Corpus::open() else { return };
    let root = corpus.root("NL_ROOT");
    let [german, dutch, bare] = corpus.lists();
    let mut store = TrustStore::new();
    let word = Voucher::new("test");
    let signed = Voucher { root: Some(&root), ..word };
    let rows = [
        (&german, &word, Kind::SignedList, 588),
        (&dutch, &signed, Kind::SignedList, 411),
        (&bare, &word, Kind::BareList, 581),
    ];
    for (file, voucher, kind, certificates) in rows {
        let imported = store.import(file, voucher).unwrap();
        assert_eq!((imported.kind, imported.certificates), (kind, certificates));
        assert_eq!(imported.signer.is_some(), voucher.root.is_some());
        assert!(imported.refused.is_empty());
    }
    assert_eq!(store.len(), 645);
    let sources: usize = store.anchors().map(|anchor| anchor.sources.len()).sum();
    assert_eq!(sources, 1580);
}

#[test]
fn anchors_find_their_own_issuers_inside_their_country() {
    let Some(corpus) = Corpus::open() else { return };
    let mut store = TrustStore::new();
    for list in corpus.lists() {
        store.import(&list, &Voucher::new("test")).unwrap();
    }
    let found =
        store.anchors().filter(|anchor| store.find_path(&anchor.certificate, Purposes::DOCUMENT).is_ok()).count();
    println!("{found} of {} have a path", store.len());
    // Two are signed by the authority of another country.
    assert!(found >= 632, "{found}");
}

#[test]
fn a_real_revocation_list_is_verified_by_an_anchor_of_its_country() {
    let Some(corpus) = Corpus::open() else { return };
    let list = fs::read(corpus.0.join("../crl/IT.crl")).unwrap();
    let mut store = TrustStore::new();
    let voucher = Voucher::new("the corpus");
    store.import(&corpus.file("DE_ML_", ".ml"), &voucher).unwrap();
    let imported = store.import(&list, &voucher).unwrap();
    assert_eq!(imported.kind, Kind::RevocationList);
    assert_eq!(imported.revocation_lists, [ListFate::New]);
    let kept = &store.revocation_lists().kept()[0];
    println!("{} deviations, found by {}", imported.deviations.iter().count(), kept.found_by.name());
    assert_eq!((kept.list.len(), kept.list.number()), (2, Some(&[44][..])));
}
