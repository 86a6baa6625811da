//! Certificates as the world's issuers write them (RFC 5280 §4.1, Doc 9303-12 §7.1.1).
//!
//! ```text
//! Certificate ::= SEQUENCE { TBSCertificate, signatureAlgorithm, signatureValue BIT STRING }
//! TBSCertificate ::= SEQUENCE { [0] version, serialNumber, signature, issuer, validity, subject,
//!   subjectPublicKeyInfo, [1] issuerUniqueID, [2] subjectUniqueID, [3] extensions }
//! ```
//!
//! A certificate is one buffer, byte for byte as received, and a small map of where its parts stand; everything is
//! read from there when asked for. Encodings other than DER are read and noted. What the *profile* of
//! Doc 9303-12 asks for beyond that is compared in [`profile`](super::profile).
//!
//! An extension whose value cannot be read counts as absent and is noted; so does the second of two of a kind.
//! Nothing about a certificate makes it trusted.

use super::envelope::{Envelope, Span};
use super::extension::{self, BasicConstraints, Extension, KeyUsage, UsagePeriod};
use super::name::Name;
use crate::asn1::{Oid, Profile, Reader, SubjectPublicKeyInfo, Tag, Tlv};
use crate::country::Code;
use crate::crypto::{PublicKey, SignatureAlgorithm, Verified, VerifyFailure, sha256, verify};
use crate::date::Time;
use crate::deviation::Deviations;
use crate::error::{Part, Result};
use core::fmt;

/// The largest certificate that is read, in bytes.
pub const MAX_CERTIFICATE: usize = 1 << 18;

/// Where the parts of a certificate stand, and the few values that every use asks for.
#[derive(Debug, Clone, Copy)]
struct Map {
    version: u64,
    body: Span,
    serial: Span,
    body_algorithm: Span,
    issuer: Span,
    subject: Span,
    key: Span,
    extensions: Span,
    subject_key_identifier: Option<Span>,
    authority_key_identifier: Option<Span>,
    algorithm_identifier: Span,
    signature: Span,
    algorithm: SignatureAlgorithm,
    not_before: Time,
    not_after: Time,
    long_times: bool,
    unique_identifier: bool,
}

/// A certificate: its bytes as received, and where its parts stand in them.
#[derive(Clone)]
pub struct Certificate {
    der: Box<[u8]>,
    map: Map,
}

impl Certificate {
    /// Reads a certificate. Bytes after it are noted and dropped.
    ///
    /// # Errors
    /// Those of the reader; `TooLarge` beyond [`MAX_CERTIFICATE`].
    pub fn parse(bytes: &[u8], seen: &mut Deviations) -> Result<Self> {
        let envelope = Envelope::read(bytes, Part::Certificate, MAX_CERTIFICATE, seen)?;
        let map = Map::read(&envelope, seen)?;
        Ok(Self { der: envelope.raw.into(), map })
    }

    /// The whole encoding as received.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.der
    }

    /// The SHA-256 of the whole encoding, by which certificates are told apart.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&self.der)
    }

    fn at(&self, span: Span) -> &[u8] {
        span.slice(&self.der)
    }

    /// The version: 3, or what the certificate says.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.map.version
    }

    /// The content octets of the serial number, two's complement.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        self.at(self.map.serial)
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.at(self.map.issuer))
    }

    /// Whose it is.
    #[must_use]
    pub fn subject(&self) -> Name<'_> {
        Name::new(self.at(self.map.subject))
    }

    /// The first second of its validity.
    #[must_use]
    pub const fn not_before(&self) -> Time {
        self.map.not_before
    }

    /// The last second of its validity.
    #[must_use]
    pub const fn not_after(&self) -> Time {
        self.map.not_after
    }

    /// Whether a time of its validity before 2050 stands as GeneralizedTime.
    pub(super) const fn has_long_times(&self) -> bool {
        self.map.long_times
    }

    pub(super) const fn has_unique_identifier(&self) -> bool {
        self.map.unique_identifier
    }

    /// The complete SubjectPublicKeyInfo.
    #[must_use]
    pub fn public_key_info(&self) -> &[u8] {
        self.at(self.map.key)
    }

    /// The public key. That it can be read was made sure of when the certificate was.
    #[must_use]
    pub fn public_key(&self) -> PublicKey<'_> {
        self.read_public_key(&mut Deviations::new())
    }

    /// As [`Certificate::public_key`], noting how the key deviates.
    pub(super) fn read_public_key(&self, seen: &mut Deviations) -> PublicKey<'_> {
        let offset = self.map.key.start as usize;
        let info = self.public_key_info();
        let mut reader = Reader::at(info, Part::Certificate, Profile::Ber, offset);
        SubjectPublicKeyInfo::read(&mut reader, &mut Deviations::new())
            .and_then(|info| PublicKey::of(&info, seen))
            .unwrap_or(PublicKey::Unknown)
    }

    /// The algorithm of the issuer's signature, as stated beside the signature.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.map.algorithm
    }

    /// Whether the algorithm inside the signed part is byte for byte the one beside the signature.
    #[must_use]
    pub fn algorithms_agree(&self) -> bool {
        self.at(self.map.body_algorithm) == self.at(self.map.algorithm_identifier)
    }

    /// The complete AlgorithmIdentifier beside the signature.
    pub(super) fn algorithm_identifier(&self) -> (usize, &[u8]) {
        let span = self.map.algorithm_identifier;
        (span.start as usize, self.at(span))
    }

    /// The octets of the issuer's signature.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        self.at(self.map.signature)
    }

    /// The signed part.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.at(self.map.body)
    }

    /// Verifies the signature of this certificate with the key of `issuer`. Names, times and uses are not looked at.
    ///
    /// # Errors
    /// Those of [`verify`].
    pub fn verify_issued_by(&self, issuer: &Certificate) -> core::result::Result<Verified, VerifyFailure> {
        self.verify_with(&issuer.public_key())
    }

    /// Verifies the signature of this certificate with `key`.
    ///
    /// # Errors
    /// Those of [`verify`].
    pub fn verify_with(&self, key: &PublicKey<'_>) -> core::result::Result<Verified, VerifyFailure> {
        verify(key, self.algorithm(), self.body(), self.signature())
    }

    /// The extensions in their order.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'_>> {
        let offset = self.map.extensions.start as usize;
        let content = self.at(self.map.extensions);
        let mut reader = Reader::at(content, Part::Certificate, Profile::Ber, offset);
        let mut ignored = Deviations::new();
        core::iter::from_fn(move || Extension::read(&mut reader, &mut ignored).ok())
    }

    /// The first extension of this kind.
    #[must_use]
    pub fn extension(&self, id: Oid<'_>) -> Option<Extension<'_>> {
        self.extensions().find(|extension| extension.id == id)
    }

    /// The identifier of the subject's key, if it has one.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.map.subject_key_identifier.map(|span| self.at(span))
    }

    /// The identifier of the issuer's key, if it is given.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.map.authority_key_identifier.map(|span| self.at(span))
    }

    /// What the key may be used for; `None` if that is not stated.
    #[must_use]
    pub fn key_usage(&self) -> Option<KeyUsage> {
        let extension = self.extension(extension::KEY_USAGE)?;
        extension.key_usage(&mut Deviations::new()).ok()
    }

    /// The basic constraints, if stated.
    #[must_use]
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        let extension = self.extension(extension::BASIC_CONSTRAINTS)?;
        extension.basic_constraints(&mut Deviations::new()).ok()
    }

    /// When the private key may sign, if stated.
    #[must_use]
    pub fn private_key_usage_period(&self) -> Option<UsagePeriod> {
        let extension = self.extension(extension::PRIVATE_KEY_USAGE_PERIOD)?;
        extension.private_key_usage_period(&mut Deviations::new()).ok()
    }

    /// Whether the extended key usage names this purpose.
    #[must_use]
    pub fn is_for(&self, purpose: Oid<'_>) -> bool {
        self.extension(extension::EXTENDED_KEY_USAGE)
            .and_then(|extension| extension.extended_key_usage(&mut Deviations::new()).ok())
            .is_some_and(|uses| uses.contains(&purpose))
    }

    /// The document codes that this signer may sign for (Doc 9303-12 §7.1.1.6); `None` if there is no such list.
    #[must_use]
    pub fn document_types(&self) -> Option<Vec<&str>> {
        let extension = self.extension(extension::DOCUMENT_TYPES)?;
        extension.document_types(&mut Deviations::new()).ok()
    }

    /// Whether the certificate carries the sign of a changed name (Doc 9303-12 §7.1.1.5).
    #[must_use]
    pub fn has_name_change(&self) -> bool {
        self.extension(extension::NAME_CHANGE).is_some()
    }

    /// The code of the MRZ that an alternative name gives (Doc 9303-12 §7.1.1.2); `kind` tells which of the two.
    #[must_use]
    pub fn mrz_code(&self, kind: Oid<'_>) -> Option<String> {
        let names = self.extension(kind)?.alternative_names(&mut Deviations::new());
        names.ok()?.iter().find_map(|name| name.mrz_code())
    }

    /// The directory name among the subject's alternative names (Doc 9303-12 §7.1.1.2).
    pub(super) fn alternative_directory_name(&self) -> Option<Name<'_>> {
        let names = self.extension(extension::SUBJECT_ALTERNATIVE_NAME)?.alternative_names(&mut Deviations::new());
        names.ok()?.into_iter().find_map(|name| match name {
            extension::GeneralName::Directory(name) => Some(name),
            _ => None,
        })
    }

    /// The country whose certificate this is: that of the subject, or without one that of its alternative name.
    #[must_use]
    pub fn country(&self) -> Option<Code> {
        let of_alternative_name = || {
            let code = self.mrz_code(extension::SUBJECT_ALTERNATIVE_NAME)?;
            super::name::country_code(&code)
        };
        self.subject().country().or_else(of_alternative_name)
    }

    /// Whether issuer and subject are the same, case and spacing aside.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer().as_bytes() == self.subject().as_bytes() || self.issuer().folded() == self.subject().folded()
    }

    /// Whether it is that of an authority: it says so, or its key may sign certificates.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        let marked = self.basic_constraints().is_some_and(|basic| basic.authority);
        let signs = |usage: KeyUsage| usage.contains(KeyUsage::CERTIFICATE_SIGN);
        marked || self.key_usage().is_some_and(signs)
    }
}

/// Two certificates are the same when every byte is.
impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("algorithm", &self.map.algorithm)
            .field("length", &self.der.len())
            .finish_non_exhaustive()
    }
}

impl Map {
    fn read(envelope: &Envelope<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut map = Self::read_body(&envelope.body, seen)?;
        map.algorithm_identifier = Span::of(&envelope.identifier.tlv);
        // How the algorithm deviates is the profile's to note.
        map.algorithm = SignatureAlgorithm::of(&envelope.identifier, None, &mut Deviations::new())?;
        map.signature = envelope.signature;
        Ok(map)
    }

    fn read_body(body: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut fields = body.children()?;
        let version = match fields.optional_explicit(0, seen)? {
            Some(mut inner) => inner.small_integer(seen)?.saturating_add(1),
            None => 1,
        };
        let serial = fields.take(Tag::INTEGER, seen)?;
        serial.integer(seen)?;
        let body_algorithm = Span::of(&fields.take(Tag::SEQUENCE, seen)?);
        let issuer = name(&mut fields, seen)?;
        let validity = validity(&mut fields, seen)?;
        let subject = name(&mut fields, seen)?;
        let key = SubjectPublicKeyInfo::read(&mut fields, seen)?;
        PublicKey::of(&key, &mut Deviations::new())?;
        let mut map = Self {
            version,
            body: Span::of(body),
            serial: Span::new(serial.offset() + serial.header, serial.value.len()),
            body_algorithm,
            issuer,
            subject,
            key: Span::of(&key.tlv),
            extensions: Span::default(),
            subject_key_identifier: None,
            authority_key_identifier: None,
            algorithm_identifier: Span::default(),
            signature: Span::default(),
            algorithm: SignatureAlgorithm::Unknown,
            not_before: validity.not_before,
            not_after: validity.not_after,
            long_times: validity.long_times,
            unique_identifier: false,
        };
        map.read_rest(&mut fields, seen)?;
        Ok(map)
    }

    /// Takes unique identifiers and extensions.
    fn read_rest(&mut self, fields: &mut Reader<'_>, seen: &mut Deviations) -> Result<()> {
        for number in [1, 2] {
            for tag in [Tag::context(number), Tag::context_constructed(number)] {
                self.unique_identifier |= fields.optional(tag, seen)?.is_some();
            }
        }
        if let Some(mut wrapper) = fields.optional_explicit(3, seen)? {
            let list = wrapper.take(Tag::SEQUENCE, seen)?;
            self.extensions = Span::new(list.offset() + list.header, list.value.len());
            self.read_extensions(list.children()?, seen)?;
        }
        fields.finish_tolerant(seen)
    }

    /// Makes sure that all extensions can be walked, and finds the two that paths are found by.
    fn read_extensions(&mut self, mut list: Reader<'_>, seen: &mut Deviations) -> Result<()> {
        while !list.is_empty() {
            let extension = Extension::read(&mut list, seen)?;
            let span = |octets: &[u8]| {
                let skipped = extension.value.len() - octets.len();
                Span::new(extension.offset + skipped, octets.len())
            };
            match extension.id {
                extension::SUBJECT_KEY_IDENTIFIER if self.subject_key_identifier.is_none() => {
                    let identifier = extension.key_identifier(&mut Deviations::new());
                    self.subject_key_identifier = Some(span(identifier));
                }
                extension::AUTHORITY_KEY_IDENTIFIER if self.authority_key_identifier.is_none() => {
                    let found = extension.authority_key_identifier(&mut Deviations::new());
                    self.authority_key_identifier =
                        found.ok().flatten().map(|tlv| Span::new(tlv.offset() + tlv.header, tlv.value.len()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn name(fields: &mut Reader<'_>, seen: &mut Deviations) -> Result<Span> {
    let tlv = fields.take(Tag::SEQUENCE, seen)?;
    Name::check(&tlv, seen)?;
    Ok(Span::of(&tlv))
}

struct Validity {
    not_before: Time,
    not_after: Time,
    long_times: bool,
}

fn validity(fields: &mut Reader<'_>, seen: &mut Deviations) -> Result<Validity> {
    let mut bounds = fields.sequence(seen)?;
    let mut long_times = false;
    let mut bound = || {
        let tlv = bounds.take_any(&[Tag::UTC_TIME, Tag::GENERALIZED_TIME], seen)?;
        let time = tlv.time(seen)?;
        long_times |= tlv.tag == Tag::GENERALIZED_TIME && time.date().year() < 2050;
        Ok(time)
    };
    let (not_before, not_after) = (bound()?, bound()?);
    Ok(Validity { not_before, not_after, long_times })
}
