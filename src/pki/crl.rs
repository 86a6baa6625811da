//! Certificate revocation lists as the world's issuers write them (RFC 5280 §5, Doc 9303-12 §7.1.4).
//!
//! ```text
//! CertificateList ::= SEQUENCE { TBSCertList, signatureAlgorithm, signatureValue BIT STRING }
//! TBSCertList ::= SEQUENCE { version INTEGER {v2(1)}, signature, issuer, thisUpdate, nextUpdate,
//!   revokedCertificates SEQUENCE OF SEQUENCE { serial, revocationDate, extensions }, [0] extensions }
//! ```
//!
//! Read as certificates are: one buffer, a map of its parts, deviations noted. A list says nothing by itself; whose
//! it is and whether it counts is for [`revocation`](super::revocation).
//!
//! A list that the profile forbids may still be met: one of changes only, one for a part of the certificates, one with
//! a critical extension that is not known here. Such a list is *partial* ([`RevocationList::is_partial`]): whom it names is
//! revoked, and whom it does not name is not cleared by it.
//!
//! Hostile input could bring very many entries (a ceiling, and memory below a small multiple of the bytes), name a serial
//! number in another length (numbers are compared without leading zeros), or state no end of its own (90 days are taken).

use super::envelope::{Envelope, Span};
use super::extension::Extension;
use super::name::Name;
use crate::asn1::{Oid, Profile, Reader, Tag, Tlv, oid};
use crate::country::Code;
use crate::crypto::{PublicKey, SignatureAlgorithm, Verified, VerifyFailure, sha256, verify};
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part, Result};
use core::cmp::Ordering;
use core::fmt;

/// The largest revocation list that is read, in bytes.
pub const MAX_CRL: usize = 1 << 26;

/// How many certificates one list may revoke.
pub const MAX_REVOKED: usize = 1 << 20;

/// For how long a list counts that does not say: the longest time between two (Doc 9303-12 §7.1.4).
const LONGEST_DAYS: i64 = 90;

const CRL_NUMBER: Oid<'static> = oid!(2, 5, 29, 20);
const REASON_CODE: Oid<'static> = oid!(2, 5, 29, 21);
const DELTA_INDICATOR: Oid<'static> = oid!(2, 5, 29, 27);
const ISSUING_DISTRIBUTION_POINT: Oid<'static> = oid!(2, 5, 29, 28);
const CERTIFICATE_ISSUER: Oid<'static> = oid!(2, 5, 29, 29);
use super::extension::{AUTHORITY_KEY_IDENTIFIER, FRESHEST_CRL, ISSUER_ALTERNATIVE_NAME};

/// One revoked certificate, as places in the buffer.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The serial number without leading zeros.
    serial: Span,
    /// The name of its issuer, where the list speaks for others too.
    issuer: Option<Span>,
    since: Time,
    reason: u8,
}

#[derive(Debug, Clone)]
struct Map {
    body: Span,
    issuer: Span,
    signature: Span,
    algorithm: SignatureAlgorithm,
    this_update: Time,
    next_update: Option<Time>,
    number: Option<Span>,
    authority_key_identifier: Option<Span>,
    partial: bool,
    /// By serial number.
    entries: Box<[Entry]>,
}

/// One certificate that a list revokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// Since when.
    pub since: Time,
    /// The reason code of RFC 5280 §5.3.1; 0 if none is given.
    pub reason: u8,
}

/// A revocation list: its bytes as received, and where its parts stand in them.
#[derive(Clone)]
pub struct RevocationList {
    der: Box<[u8]>,
    map: Map,
}

impl RevocationList {
    /// Reads a list. Bytes after it are noted and dropped.
    ///
    /// # Errors
    /// Those of the reader; `TooLarge` beyond [`MAX_CRL`], `BudgetExceeded` beyond [`MAX_REVOKED`].
    pub fn parse(bytes: &[u8], seen: &mut Deviations) -> Result<Self> {
        let envelope = Envelope::read(bytes, Part::Crl, MAX_CRL, seen)?;
        let mut map = Map::read(&envelope, seen)?;
        let der: Box<[u8]> = envelope.raw.into();
        map.entries.sort_by(|one, other| order(one.serial.slice(&der), other.serial.slice(&der)));
        Ok(Self { der, map })
    }

    /// The whole encoding as received.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.der
    }

    /// The SHA-256 of the whole encoding.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&self.der)
    }

    /// Whose list it is.
    #[must_use]
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.map.issuer.slice(&self.der))
    }

    /// The country of whoever issued it.
    #[must_use]
    pub fn country(&self) -> Option<Code> {
        self.issuer().country()
    }

    /// When it was issued.
    #[must_use]
    pub const fn this_update(&self) -> Time {
        self.map.this_update
    }

    /// When the next one is due: as stated, or else 90 days after this one.
    #[must_use]
    pub fn next_update(&self) -> Time {
        let latest = || Time::from_unix(self.map.this_update.unix().saturating_add(LONGEST_DAYS * 86_400));
        self.map.next_update.or_else(|| latest().ok()).unwrap_or(self.map.this_update)
    }

    /// The octets of its number without leading zeros, if it has one.
    #[must_use]
    pub fn number(&self) -> Option<&[u8]> {
        self.map.number.map(|span| span.slice(&self.der))
    }

    /// How its number stands to that of `other`; `None` if one of them has none.
    #[must_use]
    pub fn compare_number(&self, other: &Self) -> Option<Ordering> {
        self.number().zip(other.number()).map(|(one, other)| order(one, other))
    }

    /// The identifier of the key that signed it, if it is given.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.map.authority_key_identifier.map(|span| span.slice(&self.der))
    }

    /// Whether it does not speak of every certificate of its issuer, so that nothing follows from not being named.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.map.partial
    }

    /// How many certificates it revokes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.map.entries.len()
    }

    /// Whether it revokes nobody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.map.entries.is_empty()
    }

    /// Looks for a certificate by its serial number and the name of its issuer.
    ///
    /// The issuer counts where an entry names one; all others are of this list's issuer, under whatever name it had.
    #[must_use]
    pub fn find(&self, serial: &[u8], issuer: Name<'_>) -> Option<Revoked> {
        let (serial, entries) = (without_zeros(serial), &self.map.entries);
        let from = entries.partition_point(|entry| order(entry.serial.slice(&self.der), serial).is_lt());
        let same = entries.get(from..)?.iter().take_while(|entry| entry.serial.slice(&self.der) == serial);
        let of_issuer = |entry: &&Entry| {
            let named = entry.issuer.map(|span| Name::new(span.slice(&self.der)));
            named.is_none_or(|name| name.folded() == issuer.folded())
        };
        let mut found = same.filter(of_issuer);
        found.next().map(|entry| Revoked { since: entry.since, reason: entry.reason })
    }

    /// Verifies the signature of the list with `key`. Names and times are not looked at.
    ///
    /// # Errors
    /// Those of [`verify`].
    pub fn verify_with(&self, key: &PublicKey<'_>) -> core::result::Result<Verified, VerifyFailure> {
        let [body, signature] = [self.map.body, self.map.signature].map(|span| span.slice(&self.der));
        verify(key, self.map.algorithm, body, signature)
    }
}

impl PartialEq for RevocationList {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for RevocationList {}

impl fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RevocationList")
            .field("algorithm", &self.map.algorithm)
            .field("length", &self.der.len())
            .field("revoked", &self.len())
            .finish_non_exhaustive()
    }
}

/// Numbers without leading zeros, by their size.
fn order(one: &[u8], other: &[u8]) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn without_zeros(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    octets.get(zeros..).unwrap_or_default()
}

/// The place of a number, leading zeros left out.
fn number_span(tlv: &Tlv<'_>) -> Span {
    let octets = without_zeros(tlv.value);
    Span::new(tlv.offset() + tlv.header + tlv.value.len() - octets.len(), octets.len())
}

/// Whether `bytes` begin like a revocation list: after version, algorithm and issuer there is a time, where a
/// certificate has its validity.
pub(super) fn is_list(bytes: &[u8]) -> bool {
    let mut ignored = Deviations::new();
    let mut look = || {
        let mut list = Reader::new(bytes, Part::Crl, Profile::Ber).sequence(&mut ignored)?;
        let mut body = list.sequence(&mut ignored)?;
        body.optional(Tag::INTEGER, &mut ignored)?;
        body.take(Tag::SEQUENCE, &mut ignored)?;
        body.take(Tag::SEQUENCE, &mut ignored)?;
        Ok(body.peek())
    };
    let next: Result<Option<Tag>> = look();
    next.is_ok_and(|tag| tag.is_some_and(|tag| [Tag::UTC_TIME, Tag::GENERALIZED_TIME].contains(&tag)))
}

fn note(seen: &mut Deviations, deviation: Deviation, offset: usize) {
    seen.note(deviation, Part::Crl, offset);
}

impl Map {
    fn read(envelope: &Envelope<'_>, seen: &mut Deviations) -> Result<Self> {
        let Envelope { body, identifier, signature, .. } = envelope;
        let mut fields = body.children()?;
        let version = match fields.peek() {
            Some(Tag::INTEGER) => fields.small_integer(seen)?,
            _ => 0,
        };
        if version != 1 {
            note(seen, Deviation::CrlVersion, body.offset());
        }
        if fields.take(Tag::SEQUENCE, seen)?.raw != identifier.tlv.raw {
            note(seen, Deviation::SignatureAlgorithmsDiffer, body.offset());
        }
        let issuer = fields.take(Tag::SEQUENCE, seen)?;
        Name::check(&issuer, seen)?;
        let mut map = Self {
            body: Span::of(body),
            issuer: Span::of(&issuer),
            signature: *signature,
            algorithm: SignatureAlgorithm::of(identifier, None, seen)?,
            this_update: fields.time(seen)?,
            next_update: None,
            number: None,
            authority_key_identifier: None,
            partial: false,
            entries: Box::default(),
        };
        map.read_rest(&mut fields, seen)?;
        map.compare(seen);
        Ok(map)
    }

    /// Takes the next update, the revoked certificates and the extensions.
    fn read_rest(&mut self, fields: &mut Reader<'_>, seen: &mut Deviations) -> Result<()> {
        if fields.peek().is_some_and(|tag| [Tag::UTC_TIME, Tag::GENERALIZED_TIME].contains(&tag)) {
            self.next_update = Some(fields.time(seen)?);
        }
        if let Some(revoked) = fields.optional(Tag::SEQUENCE, seen)? {
            if revoked.value.is_empty() {
                note(seen, Deviation::CrlEmptyList, revoked.offset());
            }
            self.entries = entries(revoked.children()?, seen)?;
        }
        if let Some(mut wrapper) = fields.optional_explicit(0, seen)? {
            let mut list = wrapper.sequence(seen)?;
            while !list.is_empty() {
                let extension = Extension::read(&mut list, seen)?;
                self.extension(&extension, seen);
            }
        }
        fields.finish_tolerant(seen)
    }

    fn extension(&mut self, extension: &Extension<'_>, seen: &mut Deviations) {
        match extension.id {
            AUTHORITY_KEY_IDENTIFIER => {
                let found = extension.authority_key_identifier(seen).ok().flatten();
                self.authority_key_identifier = found.map(|tlv| Span::new(tlv.offset() + tlv.header, tlv.value.len()));
            }
            CRL_NUMBER => {
                let mut value = Reader::at(extension.value, Part::Crl, Profile::Ber, extension.offset);
                self.number = value.take(Tag::INTEGER, seen).ok().map(|tlv| number_span(&tlv));
            }
            DELTA_INDICATOR | ISSUING_DISTRIBUTION_POINT => {
                note(seen, Deviation::CrlExtensionForbidden, extension.offset);
                self.partial = true;
            }
            FRESHEST_CRL => note(seen, Deviation::CrlExtensionForbidden, extension.offset),
            ISSUER_ALTERNATIVE_NAME => {}
            _ if extension.critical => {
                note(seen, Deviation::ExtensionUnknownCritical, extension.offset);
                self.partial = true;
            }
            _ => {}
        }
    }

    /// What the profile asks for beyond the encoding (Doc 9303-12 §7.1.4).
    fn compare(&self, seen: &mut Deviations) {
        let lasts = |next: Time| next.unix().saturating_sub(self.this_update.unix());
        let long = self.next_update.is_some_and(|next| lasts(next) > LONGEST_DAYS * 86_400);
        let rows = [
            (self.next_update.is_none(), Deviation::CrlNextUpdateMissing),
            (long, Deviation::CrlPeriodTooLong),
            (self.number.is_none(), Deviation::CrlNumberMissing),
            (self.number.is_some_and(|span| span.len() > 20), Deviation::CrlNumberTooLong),
            (self.authority_key_identifier.is_none(), Deviation::AuthorityKeyIdentifierMissing),
        ];
        for (_, deviation) in rows.into_iter().filter(|(condition, _)| *condition) {
            note(seen, deviation, 0);
        }
    }
}

/// Takes every revoked certificate. An issuer that an entry names holds for those after it (RFC 5280 §5.3.3).
fn entries(mut list: Reader<'_>, seen: &mut Deviations) -> Result<Box<[Entry]>> {
    let mut out = Vec::new();
    let mut issuer = None;
    while !list.is_empty() {
        if out.len() == MAX_REVOKED {
            return Err(list.error(ErrorKind::BudgetExceeded));
        }
        let mut fields = list.sequence(seen)?;
        let serial = fields.take(Tag::INTEGER, seen)?;
        serial.integer(seen)?;
        let mut entry = Entry { serial: number_span(&serial), issuer, since: fields.time(seen)?, reason: 0 };
        if let Some(extensions) = fields.optional(Tag::SEQUENCE, seen)? {
            note(seen, Deviation::CrlEntryExtension, extensions.offset());
            entry.read_extensions(extensions.children()?, seen)?;
        }
        fields.finish_tolerant(seen)?;
        issuer = entry.issuer;
        out.push(entry);
    }
    Ok(out.into_boxed_slice())
}

impl Entry {
    /// Takes reason and issuer. An issuer that cannot be read leaves the entry to speak for the list's own.
    fn read_extensions(&mut self, mut list: Reader<'_>, seen: &mut Deviations) -> Result<()> {
        while !list.is_empty() {
            let extension = Extension::read(&mut list, seen)?;
            let mut value = Reader::at(extension.value, Part::Crl, Profile::Ber, extension.offset);
            match extension.id {
                REASON_CODE => {
                    let code = value.take(Tag::ENUMERATED, seen).ok().and_then(|tlv| tlv.value.last().copied());
                    self.reason = code.unwrap_or(0);
                }
                CERTIFICATE_ISSUER => self.issuer = directory_name(value, seen).or(self.issuer),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The first directory name among general names.
fn directory_name(mut value: Reader<'_>, seen: &mut Deviations) -> Option<Span> {
    let mut names = value.sequence(seen).ok()?;
    while let Ok(Some(tlv)) = names.next(seen) {
        if tlv.tag == Tag::context_constructed(4) {
            let name = tlv.children().ok()?.take(Tag::SEQUENCE, seen).ok()?;
            Name::check(&name, seen).ok()?;
            return Some(Span::of(&name));
        }
    }
    None
}
