//! A small writer of DER, for the specimen issuer, for requests to a chip, and for tests.
//!
//! It writes what it is told: order of SET OF and choice of string type are the caller's, except where a method
//! says otherwise. [`Writer::indefinite`] writes BER on purpose, for specimens of what the field does.
//! Content is written from the inside out into one buffer for each level, which is fast enough for what is written
//! here: requests, specimens, tests.

use super::oid::Oid;
use super::tag::Tag;
use crate::date::Time;

/// Builds an encoding from the outside in.
///
/// ```
/// use landfall::asn1::{Tag, Writer};
/// let mut writer = Writer::new();
/// writer.constructed(Tag::SEQUENCE, |inner| {
///     inner.integer(5);
///     inner.null();
/// });
/// assert_eq!(writer.into_bytes(), [0x30, 5, 2, 1, 5, 5, 0]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// A writer that has written nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { out: Vec::new() }
    }

    /// What was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes bytes that are an encoding already.
    pub fn raw(&mut self, encoding: &[u8]) -> &mut Self {
        self.out.extend_from_slice(encoding);
        self
    }

    /// Writes one element with this content; the tag is taken as it is.
    pub fn primitive(&mut self, tag: Tag, content: &[u8]) -> &mut Self {
        self.out.extend(tag.octets());
        self.length(content.len());
        self.raw(content)
    }

    /// Writes one element whose content `fill` writes; the tag is taken as it is.
    pub fn constructed(&mut self, tag: Tag, fill: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::new();
        fill(&mut inner);
        self.primitive(tag, &inner.out)
    }

    /// Writes one element of indefinite length, which is BER and not DER.
    pub fn indefinite(&mut self, tag: Tag, fill: impl FnOnce(&mut Self)) -> &mut Self {
        self.out.extend(tag.octets());
        self.out.push(0x80);
        fill(self);
        self.raw(&[0, 0])
    }

    /// Writes a SET OF, its elements (complete encodings) put into the order that DER asks for.
    pub fn set_of(&mut self, mut elements: Vec<Vec<u8>>) -> &mut Self {
        elements.sort();
        self.primitive(Tag::SET, &elements.concat())
    }

    /// Writes length octets, as few as possible (X.690 §10.1).
    fn length(&mut self, length: usize) {
        if let Ok(short @ 0..0x80) = u8::try_from(length) {
            self.out.push(short);
            return;
        }
        let octets = length.to_be_bytes();
        let zeros = length.leading_zeros() as usize / 8;
        let count = octets.len() - zeros;
        self.out.push(0x80 | count as u8);
        self.out.extend(octets.iter().skip(zeros));
    }

    /// Writes an INTEGER that is not negative.
    pub fn integer(&mut self, value: u64) -> &mut Self {
        self.unsigned(&value.to_be_bytes())
    }

    /// Writes an INTEGER from the octets of an unsigned number; leading zeros are left out.
    pub fn unsigned(&mut self, magnitude: &[u8]) -> &mut Self {
        let significant = magnitude.iter().skip_while(|octet| **octet == 0);
        let mut content: Vec<u8> = significant.copied().collect();
        if content.first().is_none_or(|octet| *octet >= 0x80) {
            content.insert(0, 0);
        }
        self.primitive(Tag::INTEGER, &content)
    }

    /// Writes a BOOLEAN.
    pub fn boolean(&mut self, value: bool) -> &mut Self {
        self.primitive(Tag::BOOLEAN, &[if value { 0xFF } else { 0 }])
    }

    /// Writes a NULL.
    pub fn null(&mut self) -> &mut Self {
        self.primitive(Tag::NULL, &[])
    }

    /// Writes an OBJECT IDENTIFIER.
    pub fn oid(&mut self, oid: Oid<'_>) -> &mut Self {
        self.primitive(Tag::OID, oid.content())
    }

    /// Writes an OCTET STRING.
    pub fn octet_string(&mut self, content: &[u8]) -> &mut Self {
        self.primitive(Tag::OCTET_STRING, content)
    }

    /// Writes a BIT STRING of whole octets.
    pub fn bit_string(&mut self, octets: &[u8]) -> &mut Self {
        self.constructed(Tag::BIT_STRING, |inner| {
            inner.raw(&[0]).raw(octets);
        })
    }

    /// Writes a text string of type `kind`, for which `text` must be fit: UTF-8 bytes are written.
    pub fn text(&mut self, kind: Tag, text: &str) -> &mut Self {
        self.primitive(kind, text.as_bytes())
    }

    /// Writes a moment as certificates do: UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280 §4.1.2.5).
    pub fn time(&mut self, time: Time) -> &mut Self {
        let long = digits(time);
        match (time.date().year(), long.get(2..)) {
            (1950..=2049, Some(short)) => self.text(Tag::UTC_TIME, short),
            _ => self.text(Tag::GENERALIZED_TIME, &long),
        }
    }

    /// Writes a moment as GeneralizedTime, with the tag given.
    pub fn generalized_time(&mut self, tag: Tag, time: Time) -> &mut Self {
        self.text(tag, &digits(time))
    }
}

/// `YYYYMMDDHHMMSSZ`.
fn digits(time: Time) -> String {
    time.to_string().replace(['-', ':', 'T'], "")
}
