//! Signers of seals that may not sign what they signed: revoked, of another purpose, for other documents, below an
//! authority that nobody knows.

use super::*;
use crate::check::{CheckId, Outcome, Reason, Subject};
use crate::payload;
use crate::pki::{TrustStore, Voucher};
use crate::seal::{TrustLevel, trust_level, verify};
use crate::specimen::certificate::{Issuer, Period, Request, Role, certificate, revocation_list, serial};
use crate::specimen::key::{SigningKey, p256};
use crate::specimen::seed::Seed;
use crate::specimen::trust::Csca;

/// A signer below `csca`, with the certificate that `role` gives it.
struct Signer {
    key: SigningKey,
    certificate: Vec<u8>,
    serial: [u8; 16],
}

fn period() -> Period {
    Period { from: Time::parse("2024-07-20").unwrap(), until: Time::parse("2038-07-20").unwrap() }
}

fn signer(csca: Csca, role: Role) -> Signer {
    let key = SigningKey::EcdsaP256(p256(&Seed::of("test signer of seals", 0)).unwrap());
    let public = key.public();
    let request = Request { role, common_name: "TS", validity: period(), key_use: period(), public: &public };
    let authority = csca.key().unwrap();
    let issuer = Issuer { authority: csca.authority(), key: &authority };
    Signer { certificate: certificate(&issuer, &request).unwrap(), serial: serial(&request), key }
}

impl Signer {
    /// The seal of a visa.
    fn seal(&self) -> Vec<u8> {
        let zone = Bearer::of(1).visa(Time::parse("2027-01-01").unwrap().date()).unwrap();
        let issued = Some(Time::parse("2026-10-01").unwrap().date());
        let header = payload::vds::Header {
            version: payload::vds::Version::V4,
            issuing_country: "UTO".into(),
            signer: "UTTS".into(),
            certificate_reference: data_encoding::HEXUPPER.encode(&self.serial),
            issue_date: issued,
            signature_date: issued,
            definition_reference: 0x5D,
            category: 1,
            document_type: Some(payload::vds::DocumentType::Visa),
        };
        let stored = format!("{}{}", zone[0], &zone[1][..28]);
        let number = payload::c40::encode("U00000001").unwrap();
        let features = [(1, payload::c40::encode(&stored).unwrap()), (3, vec![1]), (4, vec![30, 0, 0]), (5, number)];
        payload::vds::write(&header, &features, |signed| self.key.sign_plain(signed)).unwrap()
    }
}

/// Every answer about a seal of this signer, with its certificate, Utopia's anchor and its revocation list at hand.
fn answers(signer: &Signer, revoked: &[[u8; 16]]) -> Vec<crate::check::Check> {
    let authority = Csca::Utopia.key().unwrap();
    let issuer = Issuer { authority: Csca::Utopia.authority(), key: &authority };
    let day = |text| Time::parse(text).unwrap();
    let current = Period { from: day("2026-10-20"), until: day("2026-12-20") };
    let revoked: Vec<_> = revoked.iter().map(|serial| (*serial, day("2026-10-10"))).collect();
    let list = revocation_list(&issuer, 7, current, &revoked).unwrap();
    let mut store = TrustStore::new();
    for file in [trust::UTOPIA, &list, &signer.certificate] {
        store.import(file, &Voucher::new("a test")).unwrap();
    }
    verify(&payload::read(&signer.seal()).unwrap(), &store, day("2026-11-01"), Subject::Payload(1))
}

fn of(checks: &[crate::check::Check], id: CheckId) -> (Outcome, Reason) {
    checks.iter().find(|check| check.id == id).map(|check| (check.outcome, check.reason)).unwrap()
}

#[test]
fn a_signer_in_order_is_taken() {
    let checks = answers(&signer(Csca::Utopia, Role::BarCodeSigner), &[[1; 16]]);
    for id in [CheckId::SealSignature, CheckId::SealPath, CheckId::SealRevocation, CheckId::SealDocumentType] {
        assert_eq!(of(&checks, id), (Outcome::Passed, Reason::Confirmed), "{id}");
    }
}

#[test]
fn a_revoked_signer_fails_and_its_signature_is_still_right() {
    let signer = signer(Csca::Utopia, Role::BarCodeSigner);
    let checks = answers(&signer, &[signer.serial]);
    assert_eq!(of(&checks, CheckId::SealRevocation), (Outcome::Failed, Reason::RevokedCertificate));
    assert_eq!(of(&checks, CheckId::SealSignature).0, Outcome::Passed);
    assert_ne!(trust_level(&checks), Some(TrustLevel::Trustable));
}

#[test]
fn a_signer_for_another_purpose_fails() {
    for role in [Role::ProofSigner, Role::MasterListSigner, Role::DeviationListSigner] {
        let checks = answers(&signer(Csca::Utopia, role), &[]);
        assert_eq!(of(&checks, CheckId::SealPath), (Outcome::Failed, Reason::SignerForOtherPurpose));
        assert_ne!(trust_level(&checks), Some(TrustLevel::Trustable));
    }
}

#[test]
fn a_signer_that_does_not_say_its_purpose_is_open() {
    let checks = answers(&signer(Csca::Utopia, Role::DocumentSigner), &[]);
    assert_eq!(of(&checks, CheckId::SealPath), (Outcome::Undetermined, Reason::SealUsageNotStated));
    assert_ne!(trust_level(&checks), Some(TrustLevel::Trustable));
}

#[test]
fn a_signer_of_emergency_documents_may_not_sign_visas() {
    let checks = answers(&signer(Csca::Utopia, Role::EmergencySealSigner), &[]);
    assert_eq!(of(&checks, CheckId::SealDocumentType), (Outcome::Failed, Reason::InvalidDocumentType));
    assert_eq!(of(&checks, CheckId::SealPath).0, Outcome::Passed);
    assert_ne!(trust_level(&checks), Some(TrustLevel::Trustable));
}

#[test]
fn a_signer_below_an_authority_that_nobody_knows_is_not_trusted() {
    let checks = answers(&signer(Csca::Unpublished, Role::BarCodeSigner), &[]);
    assert_eq!(of(&checks, CheckId::SealPath), (Outcome::Undetermined, Reason::UntrustedCertificate));
    assert_eq!(of(&checks, CheckId::SealRevocation).0, Outcome::NotPerformed);
    assert_eq!(trust_level(&checks), None);
}
