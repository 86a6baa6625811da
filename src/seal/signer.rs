//! The signer of a seal: found by what the seal says of it, tried, and followed to an anchor.

use super::signature::verify_with;
use super::{Seal, Verdict};
use crate::asn1::Oid;
use crate::asn1::oid;
use crate::check::{Outcome, Reason};
use crate::country::by_alpha2_any_case;
use crate::crypto::HashAlgorithm;
use crate::date::Time;
use crate::deviation::Deviations;
use crate::payload::{idb, vds};
use crate::pki::{Certificate, NoPath, Path, Purposes, Standing, TrustStore, Validity};

const COMMON_NAME: Oid<'static> = oid!(2, 5, 4, 3);
const EXTENDED_KEY_USAGE: Oid<'static> = oid!(2, 5, 29, 37);
/// Signers of visible digital seals.
const VDS_SIGNER: Oid<'static> = oid!(2, 23, 136, 1, 1, 11, 1);
/// Signers of seals for non-constrained media.
const VDS_NC_SIGNER: Oid<'static> = oid!(2, 23, 136, 1, 1, 14, 2);
/// How many certificates are tried for one seal.
const MAX_CANDIDATES: usize = 16;

/// The signer of a seal, as far as it is known.
pub(super) struct Signer<'s> {
    /// Its certificate, if one was found.
    pub(super) certificate: Option<Certificate>,
    /// The answer about the signature.
    pub(super) signature: Verdict,
    /// The path of the certificate, or why there is none.
    path: Option<Result<Path<'s>, NoPath>>,
}

impl<'s> Signer<'s> {
    /// Finds the signer of `seal` and tries its signature. Of several candidates the one that signed is taken.
    pub(super) fn of(seal: Seal<'_>, store: &'s TrustStore) -> Self {
        if seal.signature().is_none() {
            return Self { certificate: None, signature: (Outcome::Failed, Reason::WrongFormat), path: None };
        }
        let candidates = match seal {
            Seal::Vds(seal) => named(seal, store),
            Seal::VdsNc(seal) => match Certificate::parse(&seal.certificate, &mut Deviations::new()) {
                Ok(certificate) => vec![certificate],
                Err(_) => {
                    return Self { certificate: None, signature: (Outcome::Failed, Reason::WrongFormat), path: None };
                }
            },
            Seal::Idb(barcode) => referred(barcode, store),
        };
        let mut best: Option<(Certificate, Verdict)> = None;
        for certificate in candidates.into_iter().take(MAX_CANDIDATES) {
            let verdict = verify_with(seal, &certificate.public_key());
            let better = best.as_ref().is_none_or(|(_, (outcome, _))| verdict.0.rank() > outcome.rank());
            if better {
                best = Some((certificate, verdict));
            }
        }
        let Some((certificate, signature)) = best else {
            return Self {
                certificate: None,
                signature: (Outcome::Undetermined, Reason::UnknownCertificate),
                path: None,
            };
        };
        let path = store.find_path(&certificate, Purposes::SEAL);
        Self { path: Some(path), certificate: Some(certificate), signature }
    }

    pub(super) fn path(&self) -> Option<&Path<'s>> {
        self.path.as_ref().and_then(|path| path.as_ref().ok())
    }

    pub(super) fn ends_at_test_anchor(&self) -> bool {
        self.path().is_some_and(|path| path.anchor.test)
    }

    /// Whether the signer leads to an anchor, and may sign seals.
    pub(super) fn path_verdict(&self, seal: Seal<'_>) -> Verdict {
        let (Some(certificate), Some(path)) = (&self.certificate, &self.path) else {
            return (Outcome::Undetermined, Reason::UnknownCertificate);
        };
        let way = match path {
            Ok(_) => (Outcome::Passed, Reason::Confirmed),
            Err(NoPath::Signature(crate::pki::FoundBy::KeyIdentifier, _) | NoPath::Distrusted(_)) => {
                (Outcome::Failed, Reason::UntrustedCertificate)
            }
            Err(_) => (Outcome::Undetermined, Reason::UntrustedCertificate),
        };
        match (way.0, may_sign(certificate, seal)) {
            (Outcome::Passed, Some(true)) if matches!(seal, Seal::Vds(seal) if !bears_name(certificate, seal)) => {
                (Outcome::Undetermined, Reason::SignerIdentifierDiffers)
            }
            (Outcome::Failed, _) | (_, Some(true)) => way,
            (_, Some(false)) => (Outcome::Failed, Reason::SignerForOtherPurpose),
            (_, None) => (Outcome::Undetermined, Reason::SealUsageNotStated),
        }
    }

    /// Whether the certificate was valid when the seal says that it was signed, or without such a day at the inspection, and its anchor when
    /// it issued the certificate.
    pub(super) fn validity(&self, seal: Seal<'_>, at: Time) -> Verdict {
        let Some(certificate) = &self.certificate else {
            return (Outcome::NotPerformed, Reason::UnknownCertificate);
        };
        let of = |validity: Validity| match validity {
            Validity::Valid => (Outcome::Passed, Reason::Confirmed),
            Validity::Expired => (Outcome::Failed, Reason::ExpiredCertificate),
            Validity::NotYet => (Outcome::Failed, Reason::SignerNotYetValid),
        };
        let anchor_at_issue = |path: &Path<'_>| path.anchor.certificate.validity_at(certificate.not_before());
        if self.path().is_some_and(|path| anchor_at_issue(path) != Validity::Valid) {
            return (Outcome::Failed, Reason::AnchorNotValidAtIssue);
        }
        let Some(day) = seal.signed_on() else {
            return match seal {
                Seal::VdsNc(_) => of(certificate.validity_at(at)),
                _ => (Outcome::Undetermined, Reason::NoSigningTime),
            };
        };
        let (Some(first), Some(last)) = (day.earliest(), day.latest()) else {
            return (Outcome::Undetermined, Reason::NoSigningTime);
        };
        let end = last.plus_days(1).map_or(Time::midnight(last), Time::midnight);
        if Time::midnight(first).unix() > at.unix().saturating_add(A_DAY) {
            return (Outcome::Undetermined, Reason::TimeBeforeMaterial);
        }
        // A day of which any moment lies within the validity is good: the seal does not say the hour.
        if end <= certificate.not_before() {
            return of(Validity::NotYet);
        }
        of(match certificate.validity_at(Time::midnight(first)) {
            Validity::Expired => Validity::Expired,
            _ => Validity::Valid,
        })
    }

    /// Whether the signer is revoked. Whoever is named fails, whenever that was.
    pub(super) fn revocation(&self, store: &TrustStore, at: Time) -> Verdict {
        let Some(certificate) = &self.certificate else {
            return (Outcome::NotPerformed, Reason::UnknownCertificate);
        };
        let Some(path) = self.path() else {
            return (Outcome::NotPerformed, Reason::NoPath);
        };
        match store.standing(certificate, path, at) {
            Standing::Revoked { .. } => (Outcome::Failed, Reason::RevokedCertificate),
            Standing::Current { .. } => (Outcome::Passed, Reason::Confirmed),
            Standing::Stale { .. } => (Outcome::NotPerformed, Reason::RevocationListStale),
            Standing::NotYetIssued { .. } => (Outcome::Undetermined, Reason::TimeBeforeMaterial),
            Standing::Partial => (Outcome::NotPerformed, Reason::RevocationListPartial),
            Standing::NeverPublished => (Outcome::NotPerformed, Reason::RevocationListNeverPublished),
            Standing::Unobtainable { waiting: true } => (Outcome::NotPerformed, Reason::RevocationListUnverified),
            Standing::Unobtainable { waiting: false } => (Outcome::NotPerformed, Reason::NoRevocationList),
        }
    }
}

/// Seconds of a day: no two clocks of the world are further apart than that and a little.
const A_DAY: i64 = 86_400;

/// Whether the certificate says that it is for such seals; `None` if it does not say what it is for.
fn may_sign(certificate: &Certificate, seal: Seal<'_>) -> Option<bool> {
    certificate.extension(EXTENDED_KEY_USAGE)?;
    let wanted: &[Oid<'_>] = match seal {
        Seal::Vds(_) => &[VDS_SIGNER],
        Seal::VdsNc(_) => &[VDS_NC_SIGNER],
        Seal::Idb(_) => &[VDS_SIGNER, VDS_NC_SIGNER],
    };
    Some(!certificate.is_authority() && wanted.iter().any(|oid| certificate.is_for(*oid)))
}

/// Whether the common name is the one that the seal names: the last two letters of its signer identifier (Doc 9303-13 §2.3).
fn bears_name(certificate: &Certificate, seal: &vds::Seal) -> bool {
    let own = certificate.subject().first(COMMON_NAME);
    own.zip(seal.header.signer.get(2..4)).is_some_and(|(own, name)| own.trim().eq_ignore_ascii_case(name))
}

/// The certificates that the header of a seal can mean: of the signer's country, with its two characters as common name
/// and the reference as serial number or as hash; those with the name first.
fn named(seal: &vds::Seal, store: &TrustStore) -> Vec<Certificate> {
    let signer = &seal.header.signer;
    let Some(letters) = signer.get(..2) else {
        return Vec::new();
    };
    let Some(country) = by_alpha2_any_case(letters).map(|entry| entry.code) else {
        return Vec::new();
    };
    let fits = |certificate: &&Certificate| refers(&seal.header.certificate_reference, certificate);
    let own = |certificate: &&Certificate| certificate.subject().country() == Some(country);
    let reference = &seal.header.certificate_reference;
    let even = format!("{}{reference}", if reference.len() % 2 == 1 { "0" } else { "" });
    let serial = data_encoding::HEXUPPER_PERMISSIVE.decode(even.trim().as_bytes()).unwrap_or_default();
    let signers = store.signers();
    let mut found: Vec<_> = signers.with_serial(&serial).filter(own).cloned().collect();
    if found.is_empty() {
        // A reference that is a hash and no serial number: few issuers write it so.
        found = signers.iter().filter(own).filter(fits).cloned().collect();
    }
    found.sort_by_key(|certificate| !bears_name(certificate, seal));
    found
}

/// Whether a reference means the certificate: by its serial number in hexadecimal, or by a hash that identifies it.
fn refers(reference: &str, certificate: &Certificate) -> bool {
    let hex = |bytes: &[u8]| data_encoding::HEXUPPER.encode(bytes);
    let reference = reference.trim().to_ascii_uppercase();
    let bare = |text: &str| text.trim_start_matches('0').to_owned();
    let serial = hex(certificate.serial());
    let hash = HashAlgorithm::Sha1.digest(certificate.as_bytes());
    let key = certificate.subject_key_identifier().map(hex);
    !reference.is_empty()
        && (bare(&serial) == bare(&reference) || hex(hash.as_bytes()) == reference || key == Some(reference))
}

/// The certificates that an ICAO barcode refers to by the end of their SHA-1: the one that came along, and those of the
/// store.
fn referred(barcode: &idb::Barcode, store: &TrustStore) -> Vec<Certificate> {
    let Some(signing) = &barcode.signing else {
        return Vec::new();
    };
    let fits = |certificate: &Certificate| {
        HashAlgorithm::Sha1.digest(certificate.as_bytes()).as_bytes().ends_with(&signing.certificate_reference)
    };
    let brought = barcode.certificate.as_ref();
    let brought = brought.and_then(|bytes| Certificate::parse(bytes, &mut Deviations::new()).ok());
    let known = store.signers().iter().filter(|certificate| fits(certificate)).cloned();
    brought.into_iter().filter(|certificate| fits(certificate)).chain(known).collect()
}
