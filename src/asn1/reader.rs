//! The reader: takes elements one after another out of borrowed bytes (X.690 §8.1).
//!
//! ```
//! use landfall::Part;
//! use landfall::asn1::{Profile, Reader};
//! use landfall::deviation::{Deviation, Deviations};
//!
//! // A SEQUENCE of indefinite length with an INTEGER and a BOOLEAN.
//! let bytes = [0x30, 0x80, 0x02, 0x01, 0x05, 0x01, 0x01, 0xFF, 0x00, 0x00];
//! let mut seen = Deviations::new();
//! let mut inner = Reader::new(&bytes, Part::Input, Profile::Ber).sequence(&mut seen)?;
//! assert_eq!(inner.small_integer(&mut seen)?, 5);
//! assert!(inner.boolean(&mut seen)?);
//! inner.finish()?;
//! assert!(seen.contains(Deviation::IndefiniteLength));
//! # Ok::<(), landfall::Error>(())
//! ```

use super::tag::Tag;
use crate::bytes::Cursor;
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};
use core::fmt;

/// How many elements may stand inside one another. The deepest structure of a passport, a face of ISO/IEC 39794-5 in
/// DG2, takes 16.
pub const MAX_DEPTH: u8 = 32;

/// How many elements are looked at, at most, to find the end of one indefinite length. Elements of definite length are
/// passed in one step, whatever they hold.
pub const MAX_SCAN: usize = 1 << 16;

/// Which encodings are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// The distinguished encoding alone; everything else is `Asn1NotDer`.
    Der,
    /// The basic encoding, as field documents need it. What is not DER is noted as a deviation.
    Ber,
}

impl Profile {
    /// Notes `deviation`, or refuses it if this profile accepts nothing but DER.
    pub(super) fn tolerate(self, deviation: Deviation, part: Part, offset: usize, seen: &mut Deviations) -> Result<()> {
        match self {
            Profile::Der => Err(Error::new(ErrorKind::Asn1NotDer, part, offset)),
            Profile::Ber => {
                seen.note(deviation, part, offset);
                Ok(())
            }
        }
    }
}

/// One element.
///
/// ```text
/// raw:    30 03  02 01 05         30 80  02 01 05  00 00
///         header value            header value     (end-of-contents belongs to raw alone)
/// ```
#[derive(Clone, Copy)]
pub struct Tlv<'a> {
    /// The identifier octets.
    pub tag: Tag,
    /// How many octets identifier and length take.
    pub header: usize,
    /// The content, without the end-of-contents of an indefinite length.
    pub value: &'a [u8],
    /// The complete encoding as received, header and end-of-contents included.
    pub raw: &'a [u8],
    pub(super) profile: Profile,
    part: Part,
    offset: usize,
    depth: u8,
}

impl<'a> Tlv<'a> {
    /// Where the element begins within its part, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The part that the element belongs to.
    #[must_use]
    pub const fn part(&self) -> Part {
        self.part
    }

    /// An error of `kind` at this element.
    #[must_use]
    pub const fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.part, self.offset)
    }

    /// The elements inside, if this one is constructed.
    ///
    /// # Errors
    /// `Asn1Tag` if it is primitive, `BudgetExceeded` beyond [`MAX_DEPTH`].
    pub fn children(&self) -> Result<Reader<'a>> {
        if self.tag.is_constructed() { self.content() } else { Err(self.error(ErrorKind::Asn1Tag)) }
    }

    /// A reader over the content whatever the form: for a primitive string that holds an encoding of its own.
    ///
    /// # Errors
    /// `BudgetExceeded` beyond [`MAX_DEPTH`].
    pub fn content(&self) -> Result<Reader<'a>> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(ErrorKind::BudgetExceeded));
        }
        Ok(Reader {
            cursor: Cursor::at(self.value, self.part, self.offset + self.header),
            profile: self.profile,
            depth: self.depth + 1,
        })
    }

    /// Notes or refuses `deviation` at this element, as its profile says.
    pub(super) fn tolerate(&self, deviation: Deviation, seen: &mut Deviations) -> Result<()> {
        self.profile.tolerate(deviation, self.part, self.offset, seen)
    }

    /// Notes or refuses that the elements of this SET OF are not in ascending order (X.690 §11.6).
    ///
    /// # Errors
    /// As [`Reader::read`] for the elements; `Asn1NotDer` for the order under DER.
    pub fn check_set_order(&self, seen: &mut Deviations) -> Result<()> {
        let mut ignored = Deviations::new();
        let mut reader = self.children()?;
        let mut last: &[u8] = &[];
        while let Some(element) = reader.next(&mut ignored)? {
            if element.raw < last {
                return self.tolerate(Deviation::SetOrder, seen);
            }
            last = element.raw;
        }
        Ok(())
    }
}

/// Shows tag, lengths and place; what was read may be document data.
impl fmt::Debug for Tlv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tlv")
            .field("tag", &self.tag)
            .field("offset", &self.offset)
            .field("length", &self.value.len())
            .finish_non_exhaustive()
    }
}

/// Takes elements one after another. A step that fails takes nothing.
///
/// Methods that take a value (`integer`, `oid`, `time` …) ask for the universal tag; for IMPLICIT tags take the element
/// with [`Reader::take`] or [`Reader::optional`] and ask the [`Tlv`] for its value.
/// Every method that could meet a deviation is given the collector to write it into.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    cursor: Cursor<'a>,
    profile: Profile,
    /// How many elements were opened on the way to here.
    depth: u8,
}

impl<'a> Reader<'a> {
    /// A reader at the first byte of `bytes`, which are all of `part`.
    #[must_use]
    pub const fn new(bytes: &'a [u8], part: Part, profile: Profile) -> Self {
        Self::at(bytes, part, profile, 0)
    }

    /// A reader over `bytes` that stand in `part` from `offset` on.
    #[must_use]
    pub const fn at(bytes: &'a [u8], part: Part, profile: Profile, offset: usize) -> Self {
        Self { cursor: Cursor::at(bytes, part, offset), profile, depth: 0 }
    }

    /// Takes the next element, whatever its tag.
    ///
    /// An end-of-contents where no indefinite length is open is `Asn1Identifier`: it is no element.
    ///
    /// # Errors
    /// `Asn1Missing` at the end, `Asn1Identifier`, `Asn1Length`, `Truncated`, `BudgetExceeded`, `Asn1NotDer`.
    pub fn read(&mut self, seen: &mut Deviations) -> Result<Tlv<'a>> {
        if self.cursor.is_empty() {
            return Err(self.error(ErrorKind::Asn1Missing));
        }
        let mut cursor = self.cursor;
        let head = Head::read(&mut cursor)?;
        if head.tag == Tag::END_OF_CONTENTS {
            return Err(self.error(ErrorKind::Asn1Identifier));
        }
        for deviation in head.deviations.into_iter().flatten() {
            let (part, offset) = (cursor.part(), self.cursor.offset());
            self.profile.tolerate(deviation, part, offset, seen)?;
        }
        let header = cursor.offset() - self.cursor.offset();
        let value = match head.length {
            Some(length) => cursor.take(length)?,
            None => self.until_end(&mut cursor)?,
        };
        let length = cursor.offset() - self.cursor.offset();
        let tlv = Tlv {
            tag: head.tag,
            header,
            value,
            raw: self.cursor.take(length)?,
            profile: self.profile,
            part: cursor.part(),
            offset: cursor.offset() - length,
            depth: self.depth,
        };
        Ok(tlv)
    }

    /// Takes everything up to the end-of-contents that belongs to a length just opened, and that too.
    ///
    /// Only headers are looked at; deviations inside are noted when the elements themselves are read.
    fn until_end(&self, cursor: &mut Cursor<'a>) -> Result<&'a [u8]> {
        let (body, begin) = (cursor.rest(), cursor.offset());
        let mut open = 1_u8;
        for _ in 0..MAX_SCAN {
            let at = cursor.offset();
            let malformed = cursor.error(ErrorKind::Asn1Identifier);
            let head = Head::read(cursor)?;
            match (head.tag, head.length) {
                (Tag::END_OF_CONTENTS, Some(0)) => open -= 1,
                (Tag::END_OF_CONTENTS, _) => return Err(malformed),
                (_, Some(length)) => cursor.take(length).map(|_| ())?,
                (_, None) if self.depth.saturating_add(open) < MAX_DEPTH => open += 1,
                _ => return Err(cursor.error(ErrorKind::BudgetExceeded)),
            }
            if open == 0 {
                return body.get(..at - begin).ok_or(malformed);
            }
        }
        Err(cursor.error(ErrorKind::BudgetExceeded))
    }

    /// Takes the next element, or answers `None` at the end.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn next(&mut self, seen: &mut Deviations) -> Result<Option<Tlv<'a>>> {
        if self.is_empty() {
            return Ok(None);
        }
        self.read(seen).map(Some)
    }

    /// The tag of the next element, if there is one that can be read.
    #[must_use]
    pub fn peek(&self) -> Option<Tag> {
        let mut cursor = self.cursor;
        identifier(&mut cursor).ok().map(|(tag, _)| tag)
    }

    /// Takes the next element, which must have this very tag.
    ///
    /// # Errors
    /// `Asn1Tag` if it has another, `Asn1Missing` at the end, and as [`Reader::read`].
    pub fn take(&mut self, tag: Tag, seen: &mut Deviations) -> Result<Tlv<'a>> {
        self.take_any(&[tag], seen)
    }

    /// Takes the next element, which must have one of these tags.
    ///
    /// # Errors
    /// As [`Reader::take`].
    pub fn take_any(&mut self, tags: &[Tag], seen: &mut Deviations) -> Result<Tlv<'a>> {
        match self.peek() {
            Some(found) if !tags.contains(&found) => Err(self.error(ErrorKind::Asn1Tag)),
            _ => self.read(seen),
        }
    }

    /// Takes the next element if it has this very tag.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn optional(&mut self, tag: Tag, seen: &mut Deviations) -> Result<Option<Tlv<'a>>> {
        if self.peek() == Some(tag) { self.read(seen).map(Some) } else { Ok(None) }
    }

    /// Takes a string in its primitive or its constructed form.
    ///
    /// # Errors
    /// As [`Reader::take`].
    pub fn string(&mut self, tag: Tag, seen: &mut Deviations) -> Result<Tlv<'a>> {
        self.take_any(&[tag, tag.constructed()], seen)
    }

    /// Takes a SEQUENCE and opens it.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::children`].
    pub fn sequence(&mut self, seen: &mut Deviations) -> Result<Reader<'a>> {
        self.take(Tag::SEQUENCE, seen)?.children()
    }

    /// Takes a SET and opens it. The order of a SET OF is not looked at; [`Tlv::check_set_order`] does that.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::children`].
    pub fn set(&mut self, seen: &mut Deviations) -> Result<Reader<'a>> {
        self.take(Tag::SET, seen)?.children()
    }

    /// Takes a constructed `[number]` and opens it.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Tlv::children`].
    pub fn explicit(&mut self, number: u8, seen: &mut Deviations) -> Result<Reader<'a>> {
        self.take(Tag::context_constructed(number), seen)?.children()
    }

    /// Takes a constructed `[number]` and opens it, if it stands next.
    ///
    /// # Errors
    /// As [`Reader::read`] and [`Tlv::children`].
    pub fn optional_explicit(&mut self, number: u8, seen: &mut Deviations) -> Result<Option<Reader<'a>>> {
        self.optional(Tag::context_constructed(number), seen)?.map(|tlv| tlv.children()).transpose()
    }

    /// Makes sure that nothing is left: for structures in which what is not understood must not pass.
    ///
    /// # Errors
    /// `Asn1Trailing` at the first byte left.
    pub const fn finish(&self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(self.error(ErrorKind::Asn1Trailing)) }
    }

    /// Notes, or refuses under DER, that elements are left which nobody asked for.
    ///
    /// # Errors
    /// `Asn1NotDer` under DER.
    pub fn finish_tolerant(&self, seen: &mut Deviations) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let (part, offset) = (self.cursor.part(), self.cursor.offset());
        self.profile.tolerate(Deviation::TrailingElement, part, offset, seen)
    }

    /// Passes over everything that is left.
    pub fn skip_rest(&mut self) {
        let rest = self.cursor.rest();
        self.cursor = Cursor::at(&[], self.cursor.part(), self.offset() + rest.len());
    }

    /// What follows the first header of `bytes`, whether or not the element is complete; nothing is checked.
    pub(crate) fn peek_value(bytes: &'a [u8]) -> Option<&'a [u8]> {
        let mut cursor = Cursor::new(bytes, Part::Input);
        Head::read(&mut cursor).ok()?;
        Some(cursor.rest())
    }

    /// Whether every element was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.cursor.is_empty()
    }

    /// The bytes that were not taken.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.cursor.rest()
    }

    /// Where the next element begins within the part, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.cursor.offset()
    }

    /// The part that is read.
    #[must_use]
    pub const fn part(&self) -> Part {
        self.cursor.part()
    }

    /// An error of `kind` at the next element.
    #[must_use]
    pub const fn error(&self, kind: ErrorKind) -> Error {
        self.cursor.error(kind)
    }
}

/// Identifier and length of an element.
struct Head {
    tag: Tag,
    /// `None` is indefinite.
    length: Option<usize>,
    deviations: [Option<Deviation>; 2],
}

impl Head {
    fn read(cursor: &mut Cursor<'_>) -> Result<Self> {
        let (tag, long_tag) = identifier(cursor)?;
        let at = cursor.error(ErrorKind::Asn1Length);
        let (length, long_length) = length(cursor)?;
        if length.is_none() && !tag.is_constructed() {
            return Err(at);
        }
        let of_length = match length {
            None => Some(Deviation::IndefiniteLength),
            Some(_) => long_length.then_some(Deviation::LongLength),
        };
        Ok(Self { tag, length, deviations: [long_tag.then_some(Deviation::LongTag), of_length] })
    }
}

/// Takes identifier octets (X.690 §8.1.2); the second value says whether the number has leading zero groups.
///
/// Numbers below 31 in the long form (`5F0E`) are usual for the data objects of chips (ISO/IEC 7816-4).
fn identifier(cursor: &mut Cursor<'_>) -> Result<(Tag, bool)> {
    let at = cursor.error(ErrorKind::Asn1Identifier);
    let first = cursor.u8()?;
    let mut tag = u32::from(first);
    if first & 0x1F != 0x1F {
        return Ok((Tag(tag), false));
    }
    let long = cursor.peek() == Some(0x80);
    for _ in 0..3 {
        let octet = cursor.u8()?;
        tag = tag << 8 | u32::from(octet);
        if octet < 0x80 {
            return Ok((Tag(tag), long));
        }
    }
    Err(at)
}

/// Takes length octets (X.690 §8.1.3): `None` is indefinite; the second value says whether fewer octets would have done.
///
/// Up to eight octets are read, so that leading zeros are no trouble; FF is reserved and refused.
fn length(cursor: &mut Cursor<'_>) -> Result<(Option<usize>, bool)> {
    let at = cursor.error(ErrorKind::Asn1Length);
    let first = cursor.u8()?;
    match first {
        0..0x80 => Ok((Some(usize::from(first)), false)),
        0x80 => Ok((None, false)),
        0x81..=0x88 => {
            let octets = cursor.take(usize::from(first & 0x7F))?;
            let value = octets.iter().fold(0_u64, |value, octet| value << 8 | u64::from(*octet));
            let long = value < 0x80 || octets.first() == Some(&0);
            let value = usize::try_from(value).map_err(|_| at)?;
            Ok((Some(value), long))
        }
        _ => Err(at),
    }
}

/// The tags of a tag list (data object `5C`, ISO/IEC 7816-4 §8.5.1): identifier octets one after another.
///
/// # Errors
/// `Asn1Identifier` or `Truncated` at the tag that cannot be read.
pub fn tag_list(list: &Tlv<'_>) -> Result<Vec<Tag>> {
    let mut cursor = Cursor::at(list.value, list.part, list.offset + list.header);
    let mut tags = Vec::new();
    while !cursor.is_empty() {
        tags.push(identifier(&mut cursor)?.0);
    }
    Ok(tags)
}
