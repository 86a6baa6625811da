//! Seals verified from outside: genuine ones pass, every tampering is caught by the check that should, mutated ones never
//! verify, and the papers of Utopia are compared with one another.
#![cfg(all(feature = "specimen", feature = "barcode"))]
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::check::{Check, CheckId, Outcome, Reason, Subject};
use landfall::date::Time;
use landfall::deviation::Deviations;
use landfall::engine::Engine;
use landfall::payload::{self, Payload};
use landfall::pki::{Certificate, TrustStore, Voucher};
use landfall::seal::{TrustLevel, trust_level, verify};
use landfall::specimen::{Folder, Papers, Sealed, papers, sealed, trust};

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").unwrap()
}

/// The store of a post that has both anchors, the bar code signers and the revocation list.
fn store() -> TrustStore {
    let mut store = TrustStore::new();
    for file in trust(at()).unwrap().files().iter().filter(|file| !file.name.ends_with(".ml")) {
        store.import(&file.bytes, &Voucher::new("a test")).unwrap();
    }
    store
}

/// Every check of an inspection of these papers.
fn checks(folder: &Folder, store: TrustStore) -> Vec<Check> {
    let engine = Engine::new().unwrap().with_trust(store);
    let mut inspection = engine.inspect(at());
    for name in ["mrz.txt", "visa.txt"] {
        inspection.read_mrz(folder.file(name).unwrap()).unwrap();
    }
    for name in ["visa-seal.bin", "boarding-pass.txt", "licence.txt"] {
        inspection.read_payload(folder.file(name).unwrap()).unwrap();
    }
    let assessment = inspection.assess();
    assert_eq!(assessment.payloads.len(), 3);
    assessment.checks
}

/// What failed, without that they are specimens.
fn failed(checks: &[Check]) -> Vec<(CheckId, Reason)> {
    let failed = checks.iter().filter(|check| check.outcome == Outcome::Failed);
    failed.filter(|check| check.id != CheckId::DocumentSpecimen).map(|check| (check.id, check.reason)).collect()
}

#[test]
fn the_papers_of_a_traveller_agree_with_one_another() {
    for seed in 1..=6 {
        let checks = checks(&papers(Papers::Genuine, seed, at()).unwrap(), store());
        assert_eq!(failed(&checks), [], "seed {seed}");
        let of = |id| checks.iter().find(|check| check.id == id).map(|check| check.outcome);
        for id in [
            CheckId::SealSignature,
            CheckId::SealPath,
            CheckId::SealValidity,
            CheckId::SealRevocation,
            CheckId::SealCountry,
            CheckId::SealDocumentType,
            CheckId::SealFormat,
            CheckId::CrossSealVisa,
            CheckId::CrossSealPassport,
            CheckId::CrossVisaPassport,
            CheckId::CrossLicencePassport,
            CheckId::CrossPassName,
            CheckId::CrossPayloadDates,
        ] {
            assert_eq!(of(id), Some(Outcome::Passed), "{id} of seed {seed}");
        }
    }
}

#[test]
fn each_tampering_is_caught_by_exactly_the_check_that_should() {
    let rows = [
        (Papers::SealAltered, CheckId::SealSignature, Reason::InvalidSignature),
        (Papers::VisaAltered, CheckId::CrossSealVisa, Reason::SealVisaMismatch),
        (Papers::OtherPassport, CheckId::CrossSealPassport, Reason::SealPassportMismatch),
        (Papers::OtherHolder, CheckId::CrossVisaPassport, Reason::SourcesDiffer),
        (Papers::RogueSigner, CheckId::SealCountry, Reason::CountriesDiffer),
        (Papers::OtherPass, CheckId::CrossPassName, Reason::SourcesDiffer),
        (Papers::OtherLicence, CheckId::CrossLicencePassport, Reason::SourcesDiffer),
    ];
    assert_eq!(rows.len() + 1, Papers::ALL.len());
    for (kind, id, reason) in rows {
        let checks = checks(&papers(kind, 1, at()).unwrap(), store());
        assert_eq!(failed(&checks), [(id, reason)], "{kind}");
    }
}

#[test]
fn a_passport_that_was_misread_is_told_from_another_one() {
    let folder = papers(Papers::Genuine, 1, at()).unwrap();
    let mut passport = String::from_utf8(folder.file("mrz.txt").unwrap().to_vec()).unwrap();
    let digit = 45 + 1;
    let other = if passport.as_bytes()[digit] == b'7' { "8" } else { "7" };
    passport.replace_range(digit..=digit, other);
    let mut inspection = Engine::new().unwrap().with_trust(store()).inspect(at());
    inspection.read_mrz(passport.as_bytes()).unwrap();
    inspection.read_payload(folder.file("visa-seal.bin").unwrap()).unwrap();
    let checks = inspection.assess().checks;
    assert_eq!(answer(&checks, CheckId::CrossSealPassport), (Outcome::Failed, Reason::InvalidPassportMrz));
}

fn seal_of(kind: Papers) -> Vec<u8> {
    papers(kind, 1, at()).unwrap().file("visa-seal.bin").unwrap().to_vec()
}

fn answers(bytes: &[u8], store: &TrustStore, at: Time) -> Vec<Check> {
    verify(&payload::read(bytes).unwrap(), store, at, Subject::Payload(1))
}

fn answer(checks: &[Check], id: CheckId) -> (Outcome, Reason) {
    checks.iter().find(|check| check.id == id).map(|check| (check.outcome, check.reason)).unwrap()
}

#[test]
fn a_seal_whose_signer_is_not_at_hand_is_open_and_accuses_nobody() {
    let checks = answers(&seal_of(Papers::Genuine), &TrustStore::new(), at());
    assert_eq!(answer(&checks, CheckId::SealSignature), (Outcome::Undetermined, Reason::UnknownCertificate));
    assert!(checks.iter().all(|check| check.outcome != Outcome::Failed));
    assert_eq!(trust_level(&checks), None);
}

#[test]
fn a_signer_without_an_anchor_is_untrusted_and_its_signature_still_right() {
    let mut store = TrustStore::new();
    let signer = trust(at()).unwrap();
    store.import(signer.file("seal-signer-uto.der").unwrap(), &Voucher::new("a test")).unwrap();
    assert_eq!((store.anchors().count(), store.signers().len()), (0, 1), "a signer is no anchor");
    let checks = answers(&seal_of(Papers::Genuine), &store, at());
    assert_eq!(answer(&checks, CheckId::SealSignature), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(answer(&checks, CheckId::SealPath), (Outcome::Undetermined, Reason::UntrustedCertificate));
}

#[test]
fn the_three_trust_levels_of_the_standard_follow_from_the_checks() {
    let level = |kind, at| trust_level(&answers(&seal_of(kind), &store(), at));
    assert_eq!(level(Papers::Genuine, at()), Some(TrustLevel::Trustable));
    assert_eq!(level(Papers::SealAltered, at()), Some(TrustLevel::HighFraudPotential));
    assert_eq!(level(Papers::RogueSigner, at()), Some(TrustLevel::HighFraudPotential));
}

#[test]
fn nothing_is_trusted_while_a_decisive_check_is_open() {
    let seal = seal_of(Papers::Genuine);
    let mut without_list = TrustStore::new();
    for file in trust(at()).unwrap().files().iter().filter(|file| file.name.ends_with(".der")) {
        without_list.import(&file.bytes, &Voucher::new("a test")).unwrap();
    }
    let checks = answers(&seal, &without_list, at());
    assert_eq!(answer(&checks, CheckId::SealRevocation), (Outcome::NotPerformed, Reason::NoRevocationList));
    assert_eq!(trust_level(&checks), None, "nobody said that the signer is not revoked");
    let mut longer = seal.clone();
    longer.extend(b"more");
    let checks = answers(&longer, &store(), at());
    assert_eq!(answer(&checks, CheckId::SealFormat).0, Outcome::Undetermined);
    assert_eq!(trust_level(&checks), None, "what stands behind the signature was not signed");
    let signature = seal.len() - 66;
    assert_eq!(seal[signature..signature + 2], [0xFF, 64]);
    let mut long_form = seal[..=signature].to_vec();
    long_form.push(0x81);
    long_form.extend(&seal[signature + 1..]);
    let checks = answers(&long_form, &store(), at());
    assert_eq!(answer(&checks, CheckId::SealFormat).0, Outcome::Undetermined, "a length longer than it has to be");
}

#[test]
fn a_day_that_does_not_exist_is_a_fault_of_the_seal_and_no_other_layout() {
    let genuine = seal_of(Papers::Genuine);
    let read = |bytes: &[u8]| match payload::read(bytes) {
        Ok(Payload::Vds(seal)) => seal,
        other => panic!("no seal: {other:?}"),
    };
    let whole = read(&genuine);
    // Three octets of the header hold the day: month, day and year as one number.
    let day = whole.header.signature_date.unwrap();
    let number = u32::from(day.month()) * 1_000_000 + u32::from(day.day()) * 10_000 + u32::from(day.year());
    let octets = &number.to_be_bytes()[1..];
    let places: Vec<_> = (0..40).filter(|at| genuine[*at..].starts_with(octets)).collect();
    assert!(!places.is_empty(), "the day stands in the header");
    for at_day in places {
        let mut tampered = genuine.clone();
        tampered[at_day..at_day + 3].fill(0);
        let seal = read(&tampered);
        assert!(seal.header.signature_date.is_none() || seal.header.issue_date.is_none());
        assert_eq!(
            seal.header.certificate_reference, whole.header.certificate_reference,
            "the layout is the declared one"
        );
        let checks = answers(&tampered, &store(), at());
        assert_eq!(answer(&checks, CheckId::SealSignature), (Outcome::Failed, Reason::InvalidSignature));
    }
}

#[test]
fn a_seal_that_is_cut_short_leaves_a_trace_and_a_feature_that_stands_twice_is_told() {
    let seal = seal_of(Papers::Genuine);
    let mut inspection = Engine::new().unwrap().inspect(at());
    assert!(inspection.read_payload(&seal[..seal.len() - 10]).is_err());
    let checks = inspection.assess().checks;
    assert_eq!(answer(&checks, CheckId::EngineInput), (Outcome::Undetermined, Reason::Unreadable));
    let Payload::Vds(read) = payload::read(&seal).unwrap() else { panic!("a seal") };
    let tag = read.features.last().unwrap().tag;
    let end = seal.len() - 66;
    let twice = [&seal[..end], &[tag, 1, 9], &seal[end..]].concat();
    let checks = answers(&twice, &store(), at());
    assert_eq!(answer(&checks, CheckId::SealFormat).0, Outcome::Undetermined);
    assert_eq!(answer(&checks, CheckId::SealSignature).0, Outcome::Failed);
}

#[test]
fn a_licence_without_a_day_of_birth_is_compared_with_nothing() {
    let folder = papers(Papers::Genuine, 1, at()).unwrap();
    let licence = String::from_utf8(folder.file("licence.txt").unwrap().to_vec()).unwrap();
    let (before, rest) = licence.split_once("DBB").unwrap();
    let unknown = format!("{before}DBB99999999{}", &rest[8..]);
    let mut inspection = Engine::new().unwrap().inspect(at());
    inspection.read_mrz(folder.file("mrz.txt").unwrap()).unwrap();
    inspection.read_payload(unknown.as_bytes()).unwrap();
    let checks = inspection.assess().checks;
    assert_eq!(answer(&checks, CheckId::CrossLicencePassport), (Outcome::Undetermined, Reason::DateMissing));
}

#[test]
fn numbers_that_are_not_signed_exactly_are_refused() {
    let of = |number: &str| {
        format!(
            r#"{{"data":{{"hdr":{{"t":"icao.test","v":1,"is":"UTO"}},"msg":{{"n":{number}}}}},"sig":{{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}}}"#
        )
    };
    assert!(payload::read(of("9007199254740991").as_bytes()).is_ok());
    assert!(payload::read(of("9007199254740993").as_bytes()).is_err());
    assert!(payload::read(of("-9007199254740992").as_bytes()).is_err());
}

#[test]
fn a_seal_without_its_signature_fails() {
    let bytes = seal_of(Papers::Genuine);
    let end = bytes.len() - 66;
    let checks = answers(&bytes[..end], &store(), at());
    assert_eq!(answer(&checks, CheckId::SealSignature), (Outcome::Failed, Reason::WrongFormat));
}

/// A stream of numbers that is the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// 10⁶ mutated seals in a release build: none verifies, unless the mutation gave the very same signed bytes.
#[test]
fn no_mutated_seal_verifies() {
    let rounds: u32 = if cfg!(debug_assertions) { 1_500 } else { 1_000_000 };
    let genuine = seal_of(Papers::Genuine);
    let store = store();
    let Payload::Vds(original) = payload::read(&genuine).unwrap() else { panic!("a seal") };
    let same = |payload: &Payload| match payload {
        Payload::Vds(seal) => seal.signed_bytes() == original.signed_bytes() && seal.signature == original.signature,
        _ => false,
    };
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut tried) = (0, 0);
    for _ in 0..rounds {
        let mut bytes = genuine.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(8) {
                0 => bytes.truncate(at.max(20)),
                1 => bytes.insert(at, u8::try_from(dice.below(256)).unwrap()),
                2 => drop(bytes.remove(at)),
                _ => bytes[at] ^= 1 << dice.below(8),
            }
        }
        let Ok(payload) = payload::read(&bytes) else { continue };
        read += 1;
        let checks = verify(&payload, &store, at(), Subject::Payload(1));
        let Some(check) = checks.iter().find(|check| check.id == CheckId::SealSignature) else { continue };
        tried += 1;
        assert!(check.outcome != Outcome::Passed || same(&payload), "{}", data_encoding::HEXLOWER.encode(&bytes));
    }
    println!("{rounds} mutated, {read} read, {tried} tried, none verified");
    assert!(read > rounds / 10 && tried > rounds / 10);
}

#[test]
fn each_seal_of_an_assessment_has_its_level_and_the_policy_a_ground_for_it() {
    let levels = |kind: Papers, at: Time| {
        let folder = papers(kind, 1, self::at()).unwrap();
        let engine = Engine::new().unwrap().with_trust(store());
        let mut inspection = engine.inspect(at);
        for name in ["mrz.txt", "visa.txt"] {
            inspection.read_mrz(folder.file(name).unwrap()).unwrap();
        }
        for name in ["visa-seal.bin", "boarding-pass.txt"] {
            inspection.read_payload(folder.file(name).unwrap()).unwrap();
        }
        let assessment = inspection.assess();
        let grounds = assessment.verdict.grounds.iter().map(|found| found.ground.name());
        let grounds: Vec<_> = grounds.filter(|name| name.starts_with("seal")).collect();
        let levels: Vec<_> = assessment.payloads.iter().map(|read| read.trust_level).collect();
        (levels, grounds)
    };
    use TrustLevel::{HighFraudPotential, Trustable};
    assert_eq!(levels(Papers::Genuine, at()), (vec![Some(Trustable), None], vec![]));
    for kind in [Papers::SealAltered, Papers::VisaAltered, Papers::OtherPassport, Papers::RogueSigner] {
        let expected = (vec![Some(HighFraudPotential), None], vec!["seal_high_fraud_potential"]);
        assert_eq!(levels(kind, at()), expected, "{kind}");
    }
}

#[test]
fn a_seal_by_a_signer_that_had_expired_is_of_medium_fraud_potential() {
    let check =
        |reason| Check { reason, outcome: Outcome::Failed, ..answers(&seal_of(Papers::Genuine), &store(), at())[2] };
    let expired = check(Reason::ExpiredCertificate);
    assert_eq!(expired.id, CheckId::SealValidity);
    assert_eq!(trust_level(&[expired]), Some(TrustLevel::MediumFraudPotential));
    assert_eq!(trust_level(&[expired, check(Reason::SignerNotYetValid)]), Some(TrustLevel::HighFraudPotential));
}

/// Every check of an inspection of a sealed paper beside the zone that it belongs to.
fn checks_of(kind: Sealed, seed: u64) -> Vec<Check> {
    let folder = sealed(kind, seed, at()).unwrap();
    let engine = Engine::new().unwrap().with_trust(store());
    let mut inspection = engine.inspect(at());
    inspection.read_mrz(folder.file("mrz.txt").unwrap()).unwrap();
    inspection.read_payload(seal_in(&folder)).unwrap();
    inspection.assess().checks
}

fn seal_in(folder: &Folder) -> &[u8] {
    ["seal.bin", "proof.txt", "authorisation.txt"].into_iter().find_map(|name| folder.file(name)).unwrap()
}

#[test]
fn other_sealed_papers_verify_and_belong_to_their_holder() {
    for seed in 1..=6 {
        for (kind, document_type, compared) in [
            (Sealed::EmergencyDocument, Outcome::Passed, CheckId::CrossSealDocument),
            (Sealed::Proof, Outcome::Passed, CheckId::CrossSealPassport),
            (Sealed::Authorisation, Outcome::NotPresent, CheckId::CrossSealPassport),
        ] {
            let checks = checks_of(kind, seed);
            assert_eq!(failed(&checks), [], "{kind} of seed {seed}");
            for id in [
                CheckId::SealSignature,
                CheckId::SealPath,
                CheckId::SealValidity,
                CheckId::SealCountry,
                CheckId::SealFormat,
                compared,
            ] {
                assert_eq!(answer(&checks, id), (Outcome::Passed, Reason::Confirmed), "{id} of {kind} of seed {seed}");
            }
            assert_eq!(answer(&checks, CheckId::SealDocumentType).0, document_type, "{kind}");
        }
    }
}

#[test]
fn a_sealed_paper_beside_a_zone_that_it_does_not_belong_to_fails_there_and_nowhere_else() {
    for (kind, id, reason) in [
        (Sealed::EmergencyDocumentAltered, CheckId::CrossSealDocument, Reason::SealDocumentMismatch),
        (Sealed::ProofOther, CheckId::CrossSealPassport, Reason::SealPassportMismatch),
        (Sealed::AuthorisationOther, CheckId::CrossSealPassport, Reason::SealPassportMismatch),
    ] {
        assert_eq!(failed(&checks_of(kind, 1)), [(id, reason)], "{kind}");
    }
}

/// Whether two proofs differ in nothing but what frames the certificate: its algorithm stands a second time outside of what
/// its issuer signed.
fn says_the_same(one: &Payload, other: &Payload) -> bool {
    let (Payload::VdsNc(one), Payload::VdsNc(other)) = (one, other) else { return false };
    let body = |certificate: &[u8]| {
        let parsed = Certificate::parse(certificate, &mut Deviations::new()).ok()?;
        Some((parsed.body().to_vec(), parsed.signature().to_vec()))
    };
    let same = one.signed_bytes() == other.signed_bytes() && one.signature == other.signature;
    same && one.algorithm == other.algorithm && body(&one.certificate) == body(&other.certificate)
}

#[test]
fn no_flipped_bit_of_a_proof_or_an_authorisation_verifies() {
    let store = store();
    for kind in [Sealed::EmergencyDocument, Sealed::Proof, Sealed::Authorisation] {
        let folder = sealed(kind, 1, at()).unwrap();
        let bytes = seal_in(&folder);
        let genuine = payload::read(bytes).unwrap();
        let mut refused = 0;
        for at_byte in (0..bytes.len()).step_by(if cfg!(debug_assertions) { 7 } else { 1 }) {
            for bit in 0..8 {
                let mut mutated = bytes.to_vec();
                mutated[at_byte] ^= 1 << bit;
                let Ok(payload) = payload::read(&mutated) else { continue };
                // Members that stand outside of what is signed and say nothing; and base 32 knows no case.
                let is_text = kind == Sealed::Authorisation;
                if payload == genuine
                    || is_text && mutated.eq_ignore_ascii_case(bytes)
                    || says_the_same(&payload, &genuine)
                {
                    continue;
                }
                let checks = verify(&payload, &store, at(), Subject::Payload(1));
                let trusted = trust_level(&checks) == Some(TrustLevel::Trustable);
                let said = checks.iter().find(|check| check.id == CheckId::SealSignature).map(|check| check.outcome);
                let path = checks.iter().find(|check| check.id == CheckId::SealPath).map(|check| check.outcome);
                let verified = (said, path) == (Some(Outcome::Passed), Some(Outcome::Passed));
                assert!(!trusted && !verified, "{kind}: bit {bit} of byte {at_byte}");
                refused += 1;
            }
        }
        assert!(refused > 100, "{kind}: {refused}");
    }
}
