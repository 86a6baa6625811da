//! Verifying signed content (RFC 5652 §5.4, §5.6): which certificate signed, and whether the signature covers the content.
//!
//! Structure is [`cms`](crate::cms)'s, paths are those of [`TrustStore`](super::TrustStore); here one signer and one certificate come
//! together. EF.SOD, master lists and deviation lists are verified through this.
//!
//! Signers deviate, and are read as they are: attributes are tried as received and then sorted, a hash left out of
//! RSASSA-PSS parameters is the default and then the signer's digest, the two numbers of ECDSA are taken in either form, a certificate that alone can be meant is taken
//! although the signer names another: the signature decides. Each of these is noted.
//!
//! Hostile input could offer a set of attributes as content, so that a signature over attributes reads as one over
//! content (refused), leave out the digest of the content (refused), or bring several signers, of which all have to
//! be verified: whoever calls decides on that.

use super::certificate::Certificate;
use crate::asn1::{Oid, oid};
use crate::cms::is_attribute_set;
use crate::cms::{Content, SignedAttributes, SignedData, SignerIdentifier, SignerInfo};
use crate::crypto::{Defect, HashAlgorithm, Pss, PublicKey, SignatureAlgorithm};
use crate::crypto::{VerifyFailure, verify};
use crate::deviation::{Deviation, Deviations};

/// The content type of plain data, which may be signed without attributes.
const DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 1);

/// Why the signature of one signer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignerFailure {
    /// The content is kept elsewhere.
    ContentMissing,
    /// The digest algorithm is not known.
    DigestNotSupported,
    /// The signed attributes name another content type, or none.
    ContentType,
    /// The signed attributes hold no digest of the content.
    DigestMissing,
    /// The content is not the one that was signed.
    Content,
    /// The content is itself a set of attributes and has no signed ones beside it.
    AttributesAsContent,
    /// The algorithm cannot be read, or the attributes cannot be put into their canonical form.
    Malformed,
    /// The signature.
    Signature(VerifyFailure),
}

impl SignerFailure {
    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContentMissing => "content_missing",
            Self::DigestNotSupported => "digest_not_supported",
            Self::ContentType => "content_type_differs",
            Self::DigestMissing => "digest_missing",
            Self::Content => "content_altered",
            Self::AttributesAsContent => "attributes_as_content",
            Self::Malformed => "signer_malformed",
            Self::Signature(failure) => failure.name(),
        }
    }
}

/// The certificates that came along, read. They are no trust material.
#[must_use]
pub fn certificates(signed: &SignedData<'_>, seen: &mut Deviations) -> Vec<Certificate> {
    let mut read = Vec::with_capacity(signed.certificates.len());
    for tlv in &signed.certificates {
        match Certificate::parse(tlv.raw, seen) {
            Ok(certificate) => read.push(certificate),
            Err(_) => seen.note(Deviation::CmsCertificateUnreadable, tlv.part(), tlv.offset()),
        }
    }
    read
}

/// The certificate that `signer` names. Failing that the one that can be meant: the only one there is, the only one with the
/// number that the signer names, the only one of no authority.
#[must_use]
pub fn signer_certificate<'c>(
    signer: &SignerInfo<'_>,
    certificates: &'c [Certificate],
    seen: &mut Deviations,
) -> Option<&'c Certificate> {
    let named = certificates.iter().find(|certificate| is_named(&signer.identifier, certificate));
    if named.is_some() {
        return named;
    }
    let meant = only(certificates.iter())
        .or_else(|| only(certificates.iter().filter(|certificate| has_number(&signer.identifier, certificate))))
        .or_else(|| only(certificates.iter().filter(|certificate| !certificate.is_authority())))?;
    let at = &signer.digest_algorithm.tlv;
    seen.note(Deviation::CmsSignerNotNamed, at.part(), at.offset());
    Some(meant)
}

/// The only one of several.
fn only<T>(mut several: impl Iterator<Item = T>) -> Option<T> {
    let first = several.next();
    first.filter(|_| several.next().is_none())
}

fn has_number(identifier: &SignerIdentifier<'_>, certificate: &Certificate) -> bool {
    match identifier {
        SignerIdentifier::IssuerAndSerial { serial, .. } => certificate.serial() == serial.octets(),
        SignerIdentifier::KeyIdentifier(_) => false,
    }
}

fn is_named(identifier: &SignerIdentifier<'_>, certificate: &Certificate) -> bool {
    match identifier {
        SignerIdentifier::IssuerAndSerial { issuer, serial } => {
            let name = super::name::Name::new(issuer.raw);
            certificate.serial() == serial.octets()
                && (certificate.issuer().as_bytes() == issuer.raw || certificate.issuer().folded() == name.folded())
        }
        SignerIdentifier::KeyIdentifier(identifier) => certificate.subject_key_identifier() == Some(&**identifier),
    }
}

/// Verifies that `signer` signed the content of `signed` with the key of `certificate`. Answers the algorithm with which it did,
/// which may be another than it names.
///
/// # Errors
/// The reason, if the signature does not count. What was tolerated is in `seen`.
pub fn verify_signer(
    signed: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    seen: &mut Deviations,
) -> Result<SignatureAlgorithm, SignerFailure> {
    let digest = HashAlgorithm::from_oid(signer.digest_algorithm.oid).ok_or(SignerFailure::DigestNotSupported)?;
    let content = signed.content.as_ref().ok_or(SignerFailure::ContentMissing)?;
    let key = certificate.public_key();
    let algorithms = algorithms(signer, digest, seen)?;
    note_digests(signed, signer, digest, algorithms, seen);
    let check = Check { key: &key, algorithms, signature: &signer.signature };
    let algorithm = match &signer.attributes {
        Some(attributes) => {
            covers(attributes, signed.content_type, content, digest)?;
            check.attributes(attributes, signer, seen)
        }
        None => {
            if is_attribute_set(&content.octets) {
                return Err(SignerFailure::AttributesAsContent);
            }
            if signed.content_type != DATA {
                note(signer, Deviation::CmsAttributesMissing, seen);
            }
            check.message(&content.octets, signer, seen)
        }
    }?;
    let pkcs1 = matches!(algorithms.named, SignatureAlgorithm::RsaPkcs1(_));
    if pkcs1 && matches!(key, PublicKey::Rsa(key) if key.pss_only) {
        note(signer, Deviation::PssKeyUsedOtherwise, seen);
    }
    Ok(algorithm)
}

fn note(signer: &SignerInfo<'_>, deviation: Deviation, seen: &mut Deviations) {
    let at = &signer.signature_algorithm.tlv;
    seen.note(deviation, at.part(), at.offset());
}

/// The algorithm that a signer names and those that it may have meant.
#[derive(Clone, Copy)]
struct Algorithms {
    named: SignatureAlgorithm,
    meant: [SignatureAlgorithm; 2],
}

/// What may be meant otherwise than it is named: RSASSA-PSS with the signer's digest where none is named, its salt as long as
/// the digest or as stated; ECDSA with its numbers in the other form.
fn algorithms(
    signer: &SignerInfo<'_>,
    digest: HashAlgorithm,
    seen: &mut Deviations,
) -> Result<Algorithms, SignerFailure> {
    let mut of_algorithm = Deviations::new();
    let named = SignatureAlgorithm::of(&signer.signature_algorithm, Some(digest), &mut of_algorithm);
    seen.absorb(&of_algorithm);
    let named = named.map_err(|_| SignerFailure::Malformed)?;
    let hash_left_out = of_algorithm.contains(Deviation::PssHashDefaulted)
        || of_algorithm.contains(Deviation::AlgorithmParametersAbsent);
    let meant = match named {
        SignatureAlgorithm::RsaPss(pss) if hash_left_out => {
            let with_digest = Pss::with(digest);
            [with_digest, Pss { salt_len: pss.salt_len, ..with_digest }].map(SignatureAlgorithm::RsaPss)
        }
        SignatureAlgorithm::Ecdsa(hash) => [SignatureAlgorithm::EcdsaPlain(hash); 2],
        SignatureAlgorithm::EcdsaPlain(hash) => [SignatureAlgorithm::Ecdsa(hash); 2],
        other => [other; 2],
    };
    Ok(Algorithms { named, meant })
}

/// Notes hashes that do not agree with one another.
fn note_digests(
    signed: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    digest: HashAlgorithm,
    algorithms: Algorithms,
    seen: &mut Deviations,
) {
    let [meant, _] = algorithms.meant;
    if meant.hash().is_some_and(|hash| hash != digest) {
        note(signer, Deviation::CmsDigestsDiffer, seen);
    }
    let announced = signed.digest_algorithms.iter().any(|algorithm| algorithm.oid == digest.oid());
    if !announced {
        note(signer, Deviation::CmsDigestNotAnnounced, seen);
    }
}

/// Whether the attributes speak of this content.
fn covers(
    attributes: &SignedAttributes<'_>,
    content_type: Oid<'_>,
    content: &Content<'_>,
    digest: HashAlgorithm,
) -> Result<(), SignerFailure> {
    if attributes.content_type != Some(content_type) {
        return Err(SignerFailure::ContentType);
    }
    let stated = attributes.message_digest.as_deref().ok_or(SignerFailure::DigestMissing)?;
    if stated == digest.digest(&content.octets).as_bytes() { Ok(()) } else { Err(SignerFailure::Content) }
}

/// One signature and what it may have been made with.
struct Check<'a> {
    key: &'a PublicKey<'a>,
    algorithms: Algorithms,
    signature: &'a [u8],
}

impl Check<'_> {
    /// Tries the attributes as received, then in canonical form if that is another.
    fn attributes(
        &self,
        attributes: &SignedAttributes<'_>,
        signer: &SignerInfo<'_>,
        seen: &mut Deviations,
    ) -> Result<SignatureAlgorithm, SignerFailure> {
        let received = attributes.as_received();
        let failure = match self.message(&received, signer, seen) {
            Err(failure) if is_wrong(failure) => failure,
            told => return told,
        };
        let canonical = attributes.canonical().map_err(|_| SignerFailure::Malformed)?;
        if canonical == received {
            return Err(failure);
        }
        let algorithm = self.message(&canonical, signer, seen)?;
        note(signer, Deviation::CmsAttributesSorted, seen);
        Ok(algorithm)
    }

    /// Tries the algorithm that is named, then the one that may have been meant.
    fn message(
        &self,
        message: &[u8],
        signer: &SignerInfo<'_>,
        seen: &mut Deviations,
    ) -> Result<SignatureAlgorithm, SignerFailure> {
        let Algorithms { named, meant } = self.algorithms;
        let told = verify(self.key, named, message, self.signature);
        let wrong = match told {
            Err(failure) if meant != [named; 2] => failure,
            told => return told.map(|_| named).map_err(SignerFailure::Signature),
        };
        let fits = |one: &&SignatureAlgorithm| verify(self.key, **one, message, self.signature).is_ok();
        let meant = *meant.iter().find(fits).ok_or(SignerFailure::Signature(wrong))?;
        let deviation = match meant {
            SignatureAlgorithm::RsaPss(_) => Deviation::CmsPssHashFromDigest,
            _ => Deviation::CmsSignatureForm,
        };
        note(signer, deviation, seen);
        Ok(meant)
    }
}

fn is_wrong(failure: SignerFailure) -> bool {
    failure == SignerFailure::Signature(VerifyFailure::Bad(Defect::Signature))
}
