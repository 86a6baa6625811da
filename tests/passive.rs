//! Whole Utopian passports, as issued and as tampered with.
#![cfg(feature = "specimen")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use Outcome::{Aborted, Failed, NotPerformed, NotPresent, Passed, Undetermined};
use landfall::Part;
use landfall::asn1::{Profile, Reader, Tag, Tlv, Writer};
use landfall::check::{Check, CheckId, Outcome, Reason, Subject};
use landfall::date::{Date, Time};
use landfall::deviation::Deviations;
use landfall::lds::ElementaryFile;
use landfall::passive::{Terms, verify};
use landfall::pki::{TrustStore, Voucher};
use landfall::specimen::{self, DigitalSignature, Folder, Order};

/// The checks that every verification answers.
const ALL: [CheckId; 11] = [
    CheckId::SodSignature,
    CheckId::SodPath,
    CheckId::SodDataGroupHash,
    CheckId::SodValiditySignerAtIssue,
    CheckId::SodValiditySignerNow,
    CheckId::SodValidityAnchor,
    CheckId::SodRevocation,
    CheckId::SodCountry,
    CheckId::SodProfile,
    CheckId::SodDocumentType,
    CheckId::SodValidityDocument,
];

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn at() -> Time {
    time("2026-11-01T12:00:00Z")
}

fn terms(at: Time) -> Terms {
    let weak_until = Date::new(2018, 1, 1).unwrap();
    Terms { at, weak_until }
}

/// A store that trusts these certificates, as test anchors or not.
fn store(certificates: &[&[u8]], test: bool) -> TrustStore {
    let mut store = TrustStore::new();
    let voucher = Voucher { test, ..Voucher::new("the test") };
    for certificate in certificates {
        store.import(certificate, &voucher).unwrap();
    }
    store
}

fn utopian() -> TrustStore {
    store(&[specimen::anchor()], false)
}

/// Verifies files as a reader would: what has no end is not among them.
fn verify_bytes<'f>(files: impl Iterator<Item = &'f [u8]>, store: &TrustStore, at: Time) -> Vec<Check> {
    let read = |bytes| ElementaryFile::read(bytes, &mut Deviations::new()).ok();
    let files: Vec<_> = files.filter_map(read).collect();
    verify(&files, store, &terms(at), Subject::Document(1))
}

fn verify_folder(folder: &Folder, store: &TrustStore) -> Vec<Check> {
    let files = folder.files().iter().map(|file| file.bytes.as_slice());
    verify_bytes(files, store, at())
}

fn issue(kind: specimen::Kind) -> Folder {
    specimen::issue(kind, 1, at()).unwrap()
}

/// Outcome and reason of a check that was made once.
fn answer(checks: &[Check], id: CheckId) -> (Outcome, Reason) {
    let found: Vec<_> = checks.iter().filter(|check| check.id == id).collect();
    let [check] = found[..] else { panic!("{id}: {found:?}") };
    (check.outcome, check.reason)
}

/// Outcome and reason for one data group.
fn hash_of(checks: &[Check], group: u8) -> Option<(Outcome, Reason)> {
    let is_it = |check: &&Check| check.id == CheckId::SodDataGroupHash && check.evidence.part == Some(Part::Dg(group));
    let check = checks.iter().find(is_it)?;
    Some((check.outcome, check.reason))
}

/// Every check that is neither passed nor absent from the document.
fn troubles(checks: &[Check]) -> Vec<(CheckId, Option<Part>, Outcome, Reason)> {
    let is_trouble = |check: &&Check| !matches!(check.outcome, Passed | NotPresent);
    (checks.iter().filter(is_trouble))
        .map(|check| (check.id, check.evidence.part, check.outcome, check.reason))
        .collect()
}

/// The only trouble of a genuine document: no revocation list.
const UNREVOKED: (CheckId, Option<Part>, Outcome, Reason) =
    (CheckId::SodRevocation, Some(Part::Sod), NotPerformed, Reason::NoRevocationList);

#[test]
fn a_genuine_chip_passes_under_every_signature_scheme() {
    for signature in DigitalSignature::ALL {
        let mut order = Order::new(specimen::Kind::Genuine, 2, at());
        order.signature = *signature;
        let checks = verify_folder(&order.issue().unwrap().folder, &utopian());
        assert_eq!(troubles(&checks), [UNREVOKED], "{signature}");
        let way = (Passed, Reason::FoundByKeyIdentifier);
        assert_eq!(answer(&checks, CheckId::SodPath), way);
        for group in [1, 2, 11, 12, 14, 15] {
            let confirmed = Some((Passed, Reason::Confirmed));
            assert_eq!(hash_of(&checks, group), confirmed, "{signature}: {group}");
        }
        assert_eq!(hash_of(&checks, 3), None);
    }
}

#[test]
fn a_test_anchor_makes_a_specimen_and_spoils_nothing_else() {
    let checks = verify_folder(&issue(specimen::Kind::Genuine), &store(&[specimen::anchor()], true));
    let specimen = (CheckId::DocumentSpecimen, Some(Part::Sod), Failed, Reason::TestAnchor);
    assert_eq!(troubles(&checks), [UNREVOKED, specimen]);
}

#[test]
fn an_altered_data_group_fails_by_its_own_hash_alone() {
    for (kind, group) in [(specimen::Kind::Altered, 11), (specimen::Kind::PhotoSwapped, 2)] {
        let checks = verify_folder(&issue(kind), &utopian());
        let wrong = (CheckId::SodDataGroupHash, Some(Part::Dg(group)), Failed, Reason::HashDiffers);
        assert_eq!(troubles(&checks), [UNREVOKED, wrong], "{kind}");
    }
}

#[test]
fn a_data_group_that_nobody_signed_fails() {
    let checks = verify_folder(&issue(specimen::Kind::UnlistedDataGroup), &utopian());
    assert_eq!(hash_of(&checks, 13), Some((Failed, Reason::NotListed)));
    assert_eq!(troubles(&checks).len(), 2);
}

#[test]
fn the_signer_of_another_country_is_not_taken_for_that_of_the_document() {
    let anchors = store(&[specimen::anchor(), specimen::second_anchor()], false);
    let checks = verify_folder(&issue(specimen::Kind::RogueSigner), &anchors);
    assert_eq!(answer(&checks, CheckId::SodSignature).0, Passed);
    assert_eq!(answer(&checks, CheckId::SodPath).0, Passed);
    assert_eq!(answer(&checks, CheckId::SodCountry), (Failed, Reason::CountriesDiffer));
}

#[test]
fn a_document_of_another_country_under_a_utopian_signer_fails_by_country() {
    let folder = issue(specimen::Kind::Genuine);
    let mut dg1 = folder.file("DG1").unwrap().to_vec();
    let place = dg1.windows(3).position(|part| part == b"UTO").unwrap();
    dg1[place..place + 3].copy_from_slice(b"NZL");
    let sod = folder.file("EF.SOD").unwrap();
    let checks = verify_bytes([sod, &dg1[..]].into_iter(), &utopian(), at());
    assert_eq!(answer(&checks, CheckId::SodCountry), (Failed, Reason::CountriesDiffer));
    assert_eq!(hash_of(&checks, 1), Some((Failed, Reason::HashDiffers)));
}

#[test]
fn a_country_without_an_anchor_and_an_anchor_nobody_published_are_told_apart() {
    let genuine = issue(specimen::Kind::Genuine);
    let checks = verify_folder(&genuine, &TrustStore::new());
    assert_eq!(answer(&checks, CheckId::SodPath), (Undetermined, Reason::NoAnchorForCountry));
    assert_eq!(answer(&checks, CheckId::SodValidityAnchor), (NotPerformed, Reason::NoPath));
    assert_eq!(answer(&checks, CheckId::SodCountry), (Undetermined, Reason::NoPath));
    assert_eq!(answer(&checks, CheckId::SodSignature).0, Passed);
    let unknown = verify_folder(&issue(specimen::Kind::UnknownAnchor), &utopian());
    assert_eq!(answer(&unknown, CheckId::SodPath), (Undetermined, Reason::NoIssuer));
    let unpublished = specimen::unpublished_anchor().unwrap();
    let vouched = verify_folder(&issue(specimen::Kind::UnknownAnchor), &store(&[&unpublished], false));
    assert_eq!(answer(&vouched, CheckId::SodPath).0, Passed);
}

#[test]
fn an_expired_signer_leaves_the_path_and_fails_by_itself() {
    let folder = issue(specimen::Kind::Genuine);
    let files = || folder.files().iter().map(|file| file.bytes.as_slice());
    let later = verify_bytes(files(), &utopian(), time("2095-01-01"));
    assert_eq!(answer(&later, CheckId::SodValiditySignerNow), (Failed, Reason::SignerExpired));
    assert_eq!(answer(&later, CheckId::SodValidityAnchor), (Passed, Reason::AnchorExpiredSince));
    assert_eq!(answer(&later, CheckId::SodValiditySignerAtIssue).0, Passed);
    assert_eq!(answer(&later, CheckId::SodPath).0, Passed);
    let earlier = verify_bytes(files(), &utopian(), time("2001-01-01"));
    assert_eq!(answer(&earlier, CheckId::SodValiditySignerNow), (Failed, Reason::SignerNotYetValid));
    assert_eq!(answer(&earlier, CheckId::SodValiditySignerAtIssue), (Undetermined, Reason::TimeBeforeMaterial));
}

/// Files, and what comes of the signature.
type Case<'f> = (&'f [&'f [u8]], (Outcome, Reason));

#[test]
fn without_a_readable_security_object_every_check_says_so_and_none_passes() {
    let folder = issue(specimen::Kind::Genuine);
    let [sod, dg1] = ["EF.SOD", "DG1"].map(|name| folder.file(name).unwrap());
    let other = specimen::issue(specimen::Kind::Genuine, 2, at()).unwrap();
    // The header says what is there; what is inside ends too early.
    let mut short = vec![0x77, 0x81, 200];
    short.extend_from_slice(&sod[4..204]);
    let cases: [Case<'_>; 5] = [
        (&[], (Aborted, Reason::SodMissing)),
        (&[dg1], (Aborted, Reason::SodMissing)),
        (&[&sod[..sod.len() - 1], dg1], (Aborted, Reason::SodMissing)),
        (&[&short, dg1], (Undetermined, Reason::SodUnreadable)),
        (&[sod, other.file("EF.SOD").unwrap(), dg1], (Failed, Reason::FilesContradict)),
    ];
    for (files, expected) in cases {
        let checks = verify_bytes(files.iter().copied(), &utopian(), at());
        assert_eq!(answer(&checks, CheckId::SodSignature), expected);
        for id in ALL {
            let (outcome, reason) = answer(&checks, id);
            assert_eq!(reason, expected.1, "{id}");
            assert_ne!(outcome, Passed, "{id}");
        }
    }
}

#[test]
fn the_same_file_twice_is_one_file_and_two_different_ones_contradict() {
    let [one, other] = [1, 2].map(|seed| specimen::issue(specimen::Kind::Genuine, seed, at()).unwrap());
    let sod = one.file("EF.SOD").unwrap();
    let dg1 = one.file("DG1").unwrap();
    let twice = verify_bytes([sod, dg1, dg1, sod].into_iter(), &utopian(), at());
    assert_eq!(hash_of(&twice, 1), Some((Passed, Reason::Confirmed)));
    assert_eq!(answer(&twice, CheckId::SodSignature).0, Passed);
    let foreign = other.file("DG1").unwrap();
    for files in [[sod, dg1, foreign], [foreign, sod, dg1]] {
        let mixed = verify_bytes(files.into_iter(), &utopian(), at());
        assert_eq!(hash_of(&mixed, 1), Some((Failed, Reason::FilesContradict)));
    }
}

#[test]
fn a_listed_file_that_was_not_read_is_a_gap() {
    let folder = issue(specimen::Kind::Genuine);
    let sod = folder.file("EF.SOD").unwrap();
    let checks = verify_bytes([sod].into_iter(), &utopian(), at());
    let unread = Some((NotPerformed, Reason::FileNotRead));
    for group in [1, 2, 11, 12, 14, 15] {
        assert_eq!(hash_of(&checks, group), unread);
    }
    assert_eq!(answer(&checks, CheckId::SodCountry), (Undetermined, Reason::Dg1NotRead));
}

/// Whether signature, path and every hash of a file that was read passed.
fn authentic(checks: &[Check]) -> bool {
    let passed = |id| {
        let mut of = checks.iter().filter(move |check| check.id == id);
        let read = move |check: &Check| check.reason != Reason::FileNotRead;
        of.clone().any(|check| check.outcome == Passed) && of.all(|check| check.outcome == Passed || !read(check))
    };
    [CheckId::SodSignature, CheckId::SodPath, CheckId::SodDataGroupHash].into_iter().all(passed)
}

#[test]
fn no_flipped_byte_of_a_data_group_passes() {
    let folder = issue(specimen::Kind::Genuine);
    let (store, sod) = (utopian(), folder.file("EF.SOD").unwrap());
    for name in ["DG1", "DG2", "DG11", "DG12", "DG14", "DG15"] {
        let genuine = folder.file(name).unwrap();
        let checks = verify_bytes([sod, genuine].into_iter(), &store, at());
        assert!(authentic(&checks), "{name}");
        let step = genuine.len() / 400 + 1;
        for place in (0..genuine.len()).step_by(step) {
            let mut file = genuine.to_vec();
            file[place] ^= 1 << (place % 8);
            let checks = verify_bytes([sod, &file[..]].into_iter(), &store, at());
            assert!(!authentic(&checks), "{name}: byte {place}");
        }
    }
}

#[test]
fn a_flipped_byte_of_the_security_object_passes_only_where_no_signature_reaches_and_is_noted() {
    let folder = issue(specimen::Kind::Genuine);
    let store = utopian();
    let [sod, dg1] = ["EF.SOD", "DG1"].map(|name| folder.file(name).unwrap());
    let mut silent = Vec::new();
    let mut noted = 0;
    for place in 0..sod.len() {
        let mut file = sod.to_vec();
        file[place] ^= 1 << (place % 8);
        let checks = verify_bytes([&file[..], dg1].into_iter(), &store, at());
        if !authentic(&checks) {
            continue;
        }
        if answer(&checks, CheckId::SodProfile).0 == Passed {
            silent.push(place);
        } else {
            noted += 1;
        }
    }
    println!("{noted} noted, silent {silent:?} of {}", sod.len());
    assert!(silent.is_empty(), "{silent:?}");
    assert!(noted <= 100, "{noted}");
}

/// The elements inside an element, each whole.
fn inside<'a>(tlv: &Tlv<'a>) -> Vec<Tlv<'a>> {
    let mut seen = Deviations::new();
    let mut reader = tlv.children().unwrap();
    core::iter::from_fn(|| reader.next(&mut seen).unwrap()).collect()
}

/// EF.SOD with other elements in its SignedData: version, digests, content, certificates, signers.
fn edited(sod: &[u8], edit: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut reader = Reader::new(sod, Part::Sod, Profile::Ber);
    let file = reader.read(&mut Deviations::new()).unwrap();
    let info = inside(&inside(&file)[0]);
    let mut elements: Vec<_> = (inside(&inside(&info[1])[0]).iter()).map(|element| element.raw.to_vec()).collect();
    assert_eq!(elements.len(), 5);
    edit(&mut elements);
    let mut writer = Writer::new();
    writer.constructed(Tag(0x77), |file| {
        file.constructed(Tag::SEQUENCE, |out| {
            out.raw(info[0].raw);
            out.constructed(Tag::context_constructed(0), |out| {
                out.constructed(Tag::SEQUENCE, |out| {
                    for element in &elements {
                        out.raw(element);
                    }
                });
            });
        });
    });
    writer.into_bytes()
}

/// A SET of these encodings.
fn set(elements: &[&[u8]]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SET, |out| {
        for element in elements {
            out.raw(element);
        }
    });
    writer.into_bytes()
}

#[test]
fn a_security_object_that_nobody_signed_fails() {
    let folder = issue(specimen::Kind::Genuine);
    let [sod, dg1] = ["EF.SOD", "DG1"].map(|name| folder.file(name).unwrap());
    let untouched = edited(sod, |_| {});
    assert!(untouched == sod, "taking apart and putting together is exact");
    let unsigned = edited(sod, |elements| elements[4] = set(&[]));
    let checks = verify_bytes([&unsigned[..], dg1].into_iter(), &utopian(), at());
    let nobody = |outcome| (outcome, Reason::SodUnsigned);
    assert_eq!(answer(&checks, CheckId::SodSignature), nobody(Failed));
    assert_eq!(answer(&checks, CheckId::SodPath), nobody(Undetermined));
    assert_eq!(answer(&checks, CheckId::SodCountry), nobody(NotPerformed));
}

#[test]
fn a_signer_without_its_certificate_is_open_and_every_signer_has_to_hold() {
    let folder = issue(specimen::Kind::Genuine);
    let [sod, dg1] = ["EF.SOD", "DG1"].map(|name| folder.file(name).unwrap());
    let judged = |sod: &[u8]| verify_bytes([sod, dg1].into_iter(), &utopian(), at());
    let bare = judged(&edited(sod, |elements| {
        elements.remove(3);
    }));
    let missing = (Undetermined, Reason::SignerCertificateMissing);
    assert_eq!(answer(&bare, CheckId::SodSignature), missing);
    assert_eq!(answer(&bare, CheckId::SodPath), missing);
    let with_second = |spoil: u8| {
        judged(&edited(sod, |elements| {
            let mut reader = Reader::new(&elements[4], Part::Sod, Profile::Ber);
            let signers = reader.read(&mut Deviations::new()).unwrap();
            let first = signers.value.to_vec();
            let mut second = first.clone();
            *second.last_mut().unwrap() ^= spoil;
            elements[4] = set(&[&first, &second]);
        }))
    };
    let twice = with_second(0);
    assert_eq!(answer(&twice, CheckId::SodSignature), (Passed, Reason::Confirmed));
    let spoilt = with_second(1);
    assert_eq!(answer(&spoilt, CheckId::SodSignature), (Failed, Reason::SignatureWrong));
}
