//! Signed content (CMS SignedData, RFC 5652 §5) as a structure: what is signed, by whom, over which bytes.
//!
//! EF.SOD, EF.CardSecurity, master lists and deviation lists are all such structures. They are taken apart here and
//! nothing is verified: no key, no hash, no clock. What a verifier needs is kept as received: the content octets,
//! the certificates, and the signed attributes in the two encodings that signers hash
//! ([`SignedAttributes::as_received`], [`SignedAttributes::canonical`]).
//!
//! ```text
//! ContentInfo ::= SEQUENCE { 1.2.840.113549.1.7.2, [0] EXPLICIT SignedData }
//! SignedData  ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo { type, [0] EXPLICIT OCTET STRING? },
//!                            certificates [0] IMPLICIT SET?, crls [1] IMPLICIT SET?, signerInfos SET }
//! ```
//!
//! Read as BER: indefinite lengths and content in pieces are noted, not refused. Not read: content that is no OCTET
//! STRING (PKCS#7 1.5), encrypted or authenticated content, counter signatures.
//!
//! Hostile input could repeat an attribute so that two readers see two values (refused), bring thousands of
//! certificates or signers (budgets), or offer a set of attributes as content (see [`is_attribute_set`]).

mod attributes;

pub use attributes::{SignedAttributes, is_attribute_set};

use crate::asn1::{AlgorithmIdentifier, Integer, Oid, Profile, Reader, Tag, Tlv, oid};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part, Result};
use core::fmt;
use std::borrow::Cow;

/// How many certificates, and how many revocation lists, one structure may bring.
pub const MAX_CERTIFICATES: usize = 256;

/// How many signers, and how many digest algorithms, one structure may have.
pub const MAX_SIGNERS: usize = 16;

/// id-signedData.
const SIGNED_DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 2);

/// Octets of signed content: borrowed if they stand in one piece, else put together. `Debug` shows their length,
/// because even a digest or signature points to one document.
#[derive(Clone, PartialEq, Eq)]
pub struct Octets<'a>(Cow<'a, [u8]>);

impl core::ops::Deref for Octets<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Octets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Octets({})", self.0.len())
    }
}

/// What is signed.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// The octets of the eContent, without tag and length.
    pub octets: Octets<'a>,
    /// Where they begin within the part; 0 if they were put together from pieces.
    pub offset: usize,
}

/// Signed content and its signers.
///
/// ```
/// use landfall::cms::SignedData;
/// use landfall::deviation::Deviations;
/// use landfall::{ErrorKind, Part};
///
/// let no_signed_data = [0x30, 0x05, 0x06, 0x03, 0x2A, 0x03, 0x04];
/// let answer = SignedData::read(&no_signed_data, Part::MasterList, &mut Deviations::new());
/// assert_eq!(answer.map(|_| ()).map_err(|error| error.kind), Err(ErrorKind::CmsNotSignedData));
/// ```
#[derive(Debug, Clone)]
pub struct SignedData<'a> {
    /// The version: 3 for every content type but id-data.
    pub version: u64,
    /// The digest algorithms announced for all signers.
    pub digest_algorithms: Vec<AlgorithmIdentifier<'a>>,
    /// The type of the content.
    pub content_type: Oid<'a>,
    /// The content, if it is not kept elsewhere.
    pub content: Option<Content<'a>>,
    /// The certificates that came along, each whole and as received. They are no trust material.
    pub certificates: Vec<Tlv<'a>>,
    /// The revocation lists that came along, each whole and as received.
    pub crls: Vec<Tlv<'a>>,
    /// The signers.
    pub signers: Vec<SignerInfo<'a>>,
}

/// How a signer names its certificate.
#[derive(Debug, Clone)]
pub enum SignerIdentifier<'a> {
    /// By the name of the issuer (a Name, as received) and the serial number.
    IssuerAndSerial {
        /// The issuer's Name, whole.
        issuer: Tlv<'a>,
        /// The serial number.
        serial: Integer<'a>,
    },
    /// By the subject key identifier.
    KeyIdentifier(Octets<'a>),
}

/// One signer (RFC 5652 §5.3).
#[derive(Debug, Clone)]
pub struct SignerInfo<'a> {
    /// 1 with issuer and serial number, 3 with a key identifier.
    pub version: u64,
    /// Which certificate.
    pub identifier: SignerIdentifier<'a>,
    /// The digest of content and attributes.
    pub digest_algorithm: AlgorithmIdentifier<'a>,
    /// What is signed beside the content's digest; `None` if the content is signed directly.
    pub attributes: Option<SignedAttributes<'a>>,
    /// The signature algorithm with its parameters.
    pub signature_algorithm: AlgorithmIdentifier<'a>,
    /// The signature.
    pub signature: Octets<'a>,
}

impl<'a> SignedData<'a> {
    /// Reads a ContentInfo that is all of `bytes`, but for trailing bytes, which are noted.
    ///
    /// # Errors
    /// As [`SignedData::take`].
    pub fn read(bytes: &'a [u8], part: Part, seen: &mut Deviations) -> Result<Self> {
        let mut reader = Reader::new(bytes, part, Profile::Ber);
        let signed = Self::take(&mut reader, seen)?;
        reader.finish_tolerant(seen)?;
        Ok(signed)
    }

    /// Takes a ContentInfo that holds signed data.
    ///
    /// # Errors
    /// `CmsNotSignedData` for another content, `BudgetExceeded` beyond [`MAX_CERTIFICATES`] or [`MAX_SIGNERS`],
    /// `CmsAttribute` as [`SignedAttributes`] says, and those of the ASN.1 reader.
    pub fn take(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut info = reader.sequence(seen)?;
        let other = info.error(ErrorKind::CmsNotSignedData);
        if info.oid(seen)? != SIGNED_DATA {
            return Err(other);
        }
        let mut wrapped = info.explicit(0, seen)?;
        let mut inner = wrapped.sequence(seen)?;
        let signed = Self::body(&mut inner, seen)?;
        inner.finish_tolerant(seen)?;
        wrapped.finish_tolerant(seen)?;
        info.finish_tolerant(seen)?;
        Ok(signed)
    }

    /// Reads the elements of SignedData up to the signers.
    fn body(inner: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let version = inner.small_integer(seen)?;
        let mut digests = inner.set(seen)?;
        let digest_algorithms = collect(&mut digests, MAX_SIGNERS, seen, AlgorithmIdentifier::read)?;
        let (content_type, content) = encapsulated(inner, seen)?;
        let certificates = certificates(inner, seen)?;
        let crls = match inner.optional_explicit(1, seen)? {
            Some(mut crls) => collect(&mut crls, MAX_CERTIFICATES, seen, Reader::read)?,
            None => Vec::new(),
        };
        let mut infos = inner.set(seen)?;
        let signers = collect(&mut infos, MAX_SIGNERS, seen, SignerInfo::take)?;
        Ok(Self { version, digest_algorithms, content_type, content, certificates, crls, signers })
    }
}

impl<'a> SignerInfo<'a> {
    /// Takes one signer. Version 1 goes with issuer and serial number, 3 with a key identifier; others are noted.
    fn take(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let tlv = reader.take(Tag::SEQUENCE, seen)?;
        let mut inner = tlv.children()?;
        let version = inner.small_integer(seen)?;
        let identifier = SignerIdentifier::take(&mut inner, seen)?;
        let fitting = match identifier {
            SignerIdentifier::IssuerAndSerial { .. } => 1,
            SignerIdentifier::KeyIdentifier(_) => 3,
        };
        if version != fitting {
            seen.note(Deviation::CmsVersion, tlv.part(), tlv.offset());
        }
        let digest_algorithm = AlgorithmIdentifier::read(&mut inner, seen)?;
        let attributes = inner
            .optional(Tag::context_constructed(0), seen)?
            .map(|tlv| SignedAttributes::read(tlv, seen))
            .transpose()?;
        let signature_algorithm = AlgorithmIdentifier::read(&mut inner, seen)?;
        let signature = Octets(inner.octet_string(seen)?);
        // Unsigned attributes prove nothing and are passed over.
        inner.optional(Tag::context_constructed(1), seen)?;
        inner.finish_tolerant(seen)?;
        Ok(Self { version, identifier, digest_algorithm, attributes, signature_algorithm, signature })
    }
}

impl<'a> SignerIdentifier<'a> {
    /// Takes `SEQUENCE { issuer Name, serialNumber INTEGER }` or `[0]` with a key identifier.
    fn take(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        if reader.peek() != Some(Tag::SEQUENCE) {
            let identifier = reader.string(Tag::context(0), seen)?;
            let octets = identifier.octet_string(seen)?;
            return Ok(Self::KeyIdentifier(Octets(octets)));
        }
        let mut inner = reader.sequence(seen)?;
        let issuer = inner.take(Tag::SEQUENCE, seen)?;
        let serial = inner.integer(seen)?;
        inner.finish_tolerant(seen)?;
        Ok(Self::IssuerAndSerial { issuer, serial })
    }
}

/// Takes the encapContentInfo: type and, if it is there, content.
fn encapsulated<'a>(inner: &mut Reader<'a>, seen: &mut Deviations) -> Result<(Oid<'a>, Option<Content<'a>>)> {
    let mut info = inner.sequence(seen)?;
    let content_type = info.oid(seen)?;
    let Some(mut wrapped) = info.optional_explicit(0, seen)? else {
        info.finish_tolerant(seen)?;
        return Ok((content_type, None));
    };
    let tlv = wrapped.string(Tag::OCTET_STRING, seen)?;
    let octets = tlv.octet_string(seen)?;
    wrapped.finish_tolerant(seen)?;
    info.finish_tolerant(seen)?;
    let offset = match octets {
        Cow::Borrowed(_) => tlv.offset() + tlv.header,
        Cow::Owned(_) => 0,
    };
    let octets = Octets(octets);
    Ok((content_type, Some(Content { octets, offset })))
}

/// Takes the certificates; other formats of RFC 5652 §10.2.2 are passed over and noted.
fn certificates<'a>(inner: &mut Reader<'a>, seen: &mut Deviations) -> Result<Vec<Tlv<'a>>> {
    let Some(mut set) = inner.optional_explicit(0, seen)? else {
        return Ok(Vec::new());
    };
    let mut all = collect(&mut set, MAX_CERTIFICATES, seen, Reader::read)?;
    all.retain(|tlv| {
        let is_certificate = tlv.tag == Tag::SEQUENCE;
        if !is_certificate {
            seen.note(Deviation::CmsOtherCertificate, tlv.part(), tlv.offset());
        }
        is_certificate
    });
    Ok(all)
}

/// Takes everything that is left in `reader` with `take`, `most` items at most.
fn collect<'a, T>(
    reader: &mut Reader<'a>,
    most: usize,
    seen: &mut Deviations,
    take: impl Fn(&mut Reader<'a>, &mut Deviations) -> Result<T>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    while !reader.is_empty() {
        if items.len() == most {
            return Err(reader.error(ErrorKind::BudgetExceeded));
        }
        items.push(take(reader, seen)?);
    }
    Ok(items)
}

#[cfg(test)]
mod tests;
