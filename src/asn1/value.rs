//! Values of the simple types: what an element holds once its tag is known.
//!
//! The methods of [`Tlv`] look at the content alone, so that they serve IMPLICIT tags too; those of [`Reader`]
//! take an element of the universal tag and then do the same.

use super::oid::Oid;
use super::reader::{Reader, Tlv};
use super::tag::Tag;
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use core::fmt;
use std::borrow::Cow;

/// An INTEGER: two's complement, most significant octet first, at least one octet. `Debug` shows its length.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Integer<'a>(&'a [u8]);

impl<'a> Integer<'a> {
    /// The content octets as received.
    #[must_use]
    pub const fn octets(self) -> &'a [u8] {
        self.0
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.first().is_some_and(|octet| *octet >= 0x80)
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.iter().all(|octet| *octet == 0)
    }

    /// The octets of an unsigned number without leading zeros (none for zero); `None` if it is negative.
    #[must_use]
    pub fn magnitude(self) -> Option<&'a [u8]> {
        let zeros = self.0.iter().take_while(|octet| **octet == 0).count();
        self.0.get(zeros..).filter(|_| !self.is_negative())
    }

    /// The number, if it is not negative and fits.
    #[must_use]
    pub fn to_u64(self) -> Option<u64> {
        let octets = self.magnitude().filter(|octets| octets.len() <= 8)?;
        Some(octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)))
    }
}

/// A BIT STRING. `Debug` shows its length.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BitString<'a> {
    /// How many bits of the last octet do not count, 0 to 7.
    pub unused: u8,
    /// The octets, the first bit being the most significant of the first octet.
    pub octets: Cow<'a, [u8]>,
}

impl BitString<'_> {
    /// Whether bit `index` is set, counted from 0 as named bits are; bits beyond the end are not set.
    #[must_use]
    pub fn bit(&self, index: usize) -> bool {
        self.octets.get(index / 8).is_some_and(|octet| octet & (0x80 >> (index % 8)) != 0)
    }
}

impl fmt::Debug for Integer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Integer({} octets)", self.0.len())
    }
}

impl fmt::Debug for BitString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BitString({} octets)", self.octets.len())
    }
}

impl<'a> Tlv<'a> {
    /// The content as an INTEGER.
    ///
    /// # Errors
    /// `Asn1Value` if it is empty; `Asn1NotDer` under DER for a superfluous octet.
    pub fn integer(&self, seen: &mut Deviations) -> Result<Integer<'a>> {
        match self.value {
            [] => return Err(self.error(ErrorKind::Asn1Value)),
            [0, second, ..] if *second < 0x80 => self.tolerate(Deviation::LongInteger, seen)?,
            [0xFF, second, ..] if *second >= 0x80 => {
                self.tolerate(Deviation::LongInteger, seen)?;
            }
            _ => {}
        }
        Ok(Integer(self.value))
    }

    /// The content as a BOOLEAN.
    ///
    /// # Errors
    /// `Asn1Value` if it is not one octet; `Asn1NotDer` under DER for another octet than 00 and FF.
    pub fn boolean(&self, seen: &mut Deviations) -> Result<bool> {
        match self.value {
            [0] => Ok(false),
            [0xFF] => Ok(true),
            [_] => self.tolerate(Deviation::BooleanValue, seen).map(|()| true),
            _ => Err(self.error(ErrorKind::Asn1Value)),
        }
    }

    /// Makes sure that the content is a NULL.
    ///
    /// # Errors
    /// `Asn1NotDer` under DER if there is content.
    pub fn null(&self, seen: &mut Deviations) -> Result<()> {
        if self.value.is_empty() { Ok(()) } else { self.tolerate(Deviation::NullContent, seen) }
    }

    /// The content as an OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// `Asn1Value` if it is empty or its last arc is not ended.
    pub fn oid(&self, seen: &mut Deviations) -> Result<Oid<'a>> {
        let oid = Oid::from_content(self.value).ok_or(self.error(ErrorKind::Asn1Value))?;
        if oid.has_long_arc() {
            self.tolerate(Deviation::LongOidArc, seen)?;
        }
        Ok(oid)
    }

    /// The content as an OCTET STRING: borrowed if it stands in one piece, else put together.
    ///
    /// # Errors
    /// As [`Reader::read`] for the pieces; `Asn1Tag` if a piece is none.
    pub fn octet_string(&self, seen: &mut Deviations) -> Result<Cow<'a, [u8]>> {
        self.joined(Tag::OCTET_STRING, seen)
    }

    /// The content of a string type, its pieces (all of tag `piece`) put together.
    pub(super) fn joined(&self, piece: Tag, seen: &mut Deviations) -> Result<Cow<'a, [u8]>> {
        if !self.tag.is_constructed() {
            return Ok(Cow::Borrowed(self.value));
        }
        self.tolerate(Deviation::ConstructedString, seen)?;
        let mut out = Vec::new();
        self.join_into(&mut out, piece, seen)?;
        Ok(Cow::Owned(out))
    }

    /// Appends the pieces, which may be in pieces themselves: the depth of [`Tlv::children`] ends that.
    fn join_into(&self, out: &mut Vec<u8>, piece: Tag, seen: &mut Deviations) -> Result<()> {
        let mut pieces = self.children()?;
        while let Some(tlv) = pieces.next(seen)? {
            if tlv.tag == piece {
                out.extend_from_slice(tlv.value);
            } else if tlv.tag == piece.constructed() {
                tlv.join_into(out, piece, seen)?;
            } else {
                return Err(tlv.error(ErrorKind::Asn1Tag));
            }
        }
        Ok(())
    }

    /// The content as a BIT STRING.
    ///
    /// # Errors
    /// `Asn1Value` if the count of unused bits cannot be right; `Asn1NotDer` under DER if unused bits are set or
    /// it stands in pieces.
    pub fn bit_string(&self, seen: &mut Deviations) -> Result<BitString<'a>> {
        if self.tag.is_constructed() {
            self.tolerate(Deviation::ConstructedString, seen)?;
            return self.bit_pieces(seen);
        }
        let wrong = self.error(ErrorKind::Asn1Value);
        let (unused, octets) = self.value.split_first().ok_or(wrong)?;
        let last = octets.last().copied();
        if *unused > 7 || (*unused > 0 && last.is_none()) {
            return Err(wrong);
        }
        if last.is_some_and(|last| last.trailing_zeros() < u32::from(*unused)) {
            self.tolerate(Deviation::BitPadding, seen)?;
        }
        Ok(BitString { unused: *unused, octets: Cow::Borrowed(octets) })
    }

    /// Puts a BIT STRING in pieces together; only the last piece may have unused bits (X.690 §8.6.4).
    fn bit_pieces(&self, seen: &mut Deviations) -> Result<BitString<'a>> {
        let mut whole = BitString { unused: 0, octets: Cow::Owned(Vec::new()) };
        let mut pieces = self.children()?;
        while let Some(tlv) = pieces.next(seen)? {
            if tlv.tag != Tag::BIT_STRING || whole.unused != 0 {
                return Err(tlv.error(ErrorKind::Asn1Tag));
            }
            let piece = tlv.bit_string(seen)?;
            whole.unused = piece.unused;
            whole.octets.to_mut().extend_from_slice(&piece.octets);
        }
        Ok(whole)
    }
}

impl<'a> Reader<'a> {
    /// Takes an INTEGER.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::integer`].
    pub fn integer(&mut self, seen: &mut Deviations) -> Result<Integer<'a>> {
        self.take(Tag::INTEGER, seen)?.integer(seen)
    }

    /// Takes an INTEGER that must not be negative and fit into 64 bits.
    ///
    /// # Errors
    /// `Asn1Range` if it does not, and as [`Reader::integer`].
    pub fn small_integer(&mut self, seen: &mut Deviations) -> Result<u64> {
        let range = self.error(ErrorKind::Asn1Range);
        self.integer(seen)?.to_u64().ok_or(range)
    }

    /// Takes a BOOLEAN.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::boolean`].
    pub fn boolean(&mut self, seen: &mut Deviations) -> Result<bool> {
        self.take(Tag::BOOLEAN, seen)?.boolean(seen)
    }

    /// Takes a NULL.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::null`].
    pub fn null(&mut self, seen: &mut Deviations) -> Result<()> {
        self.take(Tag::NULL, seen)?.null(seen)
    }

    /// Takes an OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::oid`].
    pub fn oid(&mut self, seen: &mut Deviations) -> Result<Oid<'a>> {
        self.take(Tag::OID, seen)?.oid(seen)
    }

    /// Takes an OCTET STRING in either form.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::octet_string`].
    pub fn octet_string(&mut self, seen: &mut Deviations) -> Result<Cow<'a, [u8]>> {
        self.string(Tag::OCTET_STRING, seen)?.octet_string(seen)
    }

    /// Takes a BIT STRING in either form.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::bit_string`].
    pub fn bit_string(&mut self, seen: &mut Deviations) -> Result<BitString<'a>> {
        self.string(Tag::BIT_STRING, seen)?.bit_string(seen)
    }

    /// Takes a text string of any type.
    ///
    /// # Errors
    /// As [`Reader::read`] and [`Tlv::text`].
    pub fn text(&mut self, seen: &mut Deviations) -> Result<Cow<'a, str>> {
        self.read(seen)?.text(seen)
    }

    /// Takes a UTCTime or a GeneralizedTime.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::time`].
    pub fn time(&mut self, seen: &mut Deviations) -> Result<Time> {
        self.take_any(&[Tag::UTC_TIME, Tag::GENERALIZED_TIME], seen)?.time(seen)
    }
}
