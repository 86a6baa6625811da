//! What certificates and revocation lists have in common: something that is signed, and one signature over it (RFC 5280
//! §4.1, §5.1).
//!
//! ```text
//! SEQUENCE { body SEQUENCE, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
//! ```
//!
//! Both are kept as one buffer, byte for byte as received, and a map of [`Span`]s in it.

use crate::asn1::{AlgorithmIdentifier, Profile, Reader, Tag, Tlv};
use crate::deviation::Deviations;
use crate::error::{Error, ErrorKind, Part, Result};

/// Where a part stands in the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    pub(super) start: u32,
    length: u32,
}

impl Span {
    /// The whole encoding of an element that was read from the start of the buffer.
    pub(super) fn of(tlv: &Tlv<'_>) -> Self {
        Self::new(tlv.offset(), tlv.raw.len())
    }

    /// Numbers beyond 32 bits cannot come: the buffer has a limit.
    pub(super) fn new(start: usize, length: usize) -> Self {
        let [start, length] = [start, length].map(|number| u32::try_from(number).unwrap_or(0));
        Self { start, length }
    }

    pub(super) const fn len(self) -> usize {
        self.length as usize
    }

    pub(super) fn slice(self, bytes: &[u8]) -> &[u8] {
        let start = self.start as usize;
        bytes.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// The three parts.
pub(super) struct Envelope<'a> {
    /// The complete encoding, without what followed it.
    pub(super) raw: &'a [u8],
    /// What is signed.
    pub(super) body: Tlv<'a>,
    /// By which algorithm.
    pub(super) identifier: AlgorithmIdentifier<'a>,
    /// The octets of the signature.
    pub(super) signature: Span,
}

impl<'a> Envelope<'a> {
    /// Reads the parts of at most `most` bytes. Bytes after them are noted and dropped.
    ///
    /// # Errors
    /// Those of the reader; `TooLarge`.
    pub(super) fn read(bytes: &'a [u8], part: Part, most: usize, seen: &mut Deviations) -> Result<Self> {
        if bytes.len() > most {
            return Err(Error::new(ErrorKind::TooLarge, part, 0));
        }
        let mut reader = Reader::new(bytes, part, Profile::Ber);
        let whole = reader.take(Tag::SEQUENCE, seen)?;
        reader.finish_tolerant(seen)?;
        let mut parts = whole.children()?;
        let body = parts.take(Tag::SEQUENCE, seen)?;
        let identifier = AlgorithmIdentifier::read(&mut parts, seen)?;
        let signature = parts.take(Tag::BIT_STRING, seen)?;
        parts.finish_tolerant(seen)?;
        let octets = signature.bit_string(seen)?.octets.len();
        let signature = Span::new(signature.offset() + signature.raw.len() - octets, octets);
        Ok(Self { raw: whole.raw, body, identifier, signature })
    }
}
