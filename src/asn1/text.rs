//! Text strings: eight types become one text, and nothing is lost on the way.
//!
//! Where the bytes are not of their type's encoding, each is read as the ISO 8859-1 character of the same number,
//! which can be turned back, and the deviation is noted. T61String is read as ISO 8859-1, as every issuer means it.
//!
//! ```text
//! 0C UTF8String        UTF-8                       16 IA5String         ASCII
//! 12 NumericString     digits and space            1A VisibleString     printable ASCII
//! 13 PrintableString   letters, digits, '()+,-./:=? and space
//! 14 T61String         ISO 8859-1                  1C UniversalString   UTF-32      1E BMPString   UTF-16
//! ```
//!
//! Nothing is normalised, folded or trimmed here; names are compared by the room that compares names. Hostile input
//! could hide differences in odd encodings: two byte strings that differ give texts that differ.

use super::reader::Tlv;
use super::tag::{Class, Tag};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use std::borrow::Cow;

impl<'a> Tlv<'a> {
    /// The text of a string of one of the universal types.
    ///
    /// # Errors
    /// `Asn1Tag` if it is of no text type; under DER `Asn1NotDer` for characters that its type does not know.
    pub fn text(&self, seen: &mut Deviations) -> Result<Cow<'a, str>> {
        match self.tag.class() {
            Class::Universal => self.text_as(Tag(self.tag.number()), seen),
            _ => Err(self.error(ErrorKind::Asn1Tag)),
        }
    }

    /// The text of a string whose type is known from elsewhere, because its tag is IMPLICIT or belongs to a data object
    /// of the chip. `kind` is one of the text tags of [`Tag`], in its primitive form.
    ///
    /// # Errors
    /// As [`Tlv::text`].
    pub fn text_as(&self, kind: Tag, seen: &mut Deviations) -> Result<Cow<'a, str>> {
        let alphabet: fn(u8) -> bool = match kind {
            Tag::PRINTABLE_STRING => is_printable,
            Tag::NUMERIC_STRING => |octet| octet.is_ascii_digit() || octet == b' ',
            Tag::IA5_STRING => |octet| octet.is_ascii(),
            Tag::VISIBLE_STRING => |octet| (0x20..0x7F).contains(&octet),
            Tag::UTF8_STRING | Tag::T61_STRING | Tag::BMP_STRING | Tag::UNIVERSAL_STRING => |_| true,
            _ => return Err(self.error(ErrorKind::Asn1Tag)),
        };
        let octets = self.octet_string(seen)?;
        if !octets.iter().all(|octet| alphabet(*octet)) {
            self.tolerate(Deviation::StringCharacter, seen)?;
        }
        let wide = match kind {
            Tag::T61_STRING => return Ok(latin1(&octets)),
            Tag::BMP_STRING => utf16(&octets).map(Cow::Owned),
            Tag::UNIVERSAL_STRING => utf32(&octets).map(Cow::Owned),
            _ => utf8(octets.clone()),
        };
        match wide {
            Some(text) => Ok(text),
            None => {
                self.tolerate(Deviation::StringEncoding, seen)?;
                Ok(latin1(&octets))
            }
        }
    }
}

/// PrintableString (X.680 §41.4).
fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&octet)
}

/// The text, without copying if the octets are borrowed.
fn utf8(octets: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match octets {
        Cow::Borrowed(octets) => core::str::from_utf8(octets).ok().map(Cow::Borrowed),
        Cow::Owned(octets) => String::from_utf8(octets).ok().map(Cow::Owned),
    }
}

/// BMPString is UCS-2; surrogate pairs are read as well, because issuers write them.
fn utf16(octets: &[u8]) -> Option<String> {
    let (units, rest) = octets.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
    char::decode_utf16(units).collect::<core::result::Result<_, _>>().ok().filter(|_| rest.is_empty())
}

/// UniversalString: four octets to a character, all of which must exist.
fn utf32(octets: &[u8]) -> Option<String> {
    let (units, rest) = octets.as_chunks::<4>();
    let chars = units.iter().map(|unit| char::from_u32(u32::from_be_bytes(*unit)));
    chars.collect::<Option<_>>().filter(|_| rest.is_empty())
}

/// One character for each octet, which can be turned back.
fn latin1<'a>(octets: &[u8]) -> Cow<'a, str> {
    Cow::Owned(octets.iter().map(|octet| char::from(*octet)).collect())
}

#[cfg(test)]
mod tests {
    use crate::asn1::{Profile, Reader};
    use crate::deviation::{Deviation, Deviations};
    use crate::error::{ErrorKind, Part};

    fn text(bytes: &[u8]) -> (String, Vec<Deviation>) {
        let mut seen = Deviations::new();
        let text = Reader::new(bytes, Part::Input, Profile::Ber).text(&mut seen).unwrap();
        (text.into_owned(), seen.iter().map(|found| found.deviation).collect())
    }

    #[test]
    fn every_text_type_becomes_the_same_text() {
        let all: [&[u8]; 5] = [
            b"\x0C\x03\xC3\x84B",
            b"\x14\x02\xC4B",
            b"\x1E\x04\x00\xC4\x00B",
            b"\x1C\x08\0\0\0\xC4\0\0\0B",
            b"\x0C\x03\xC3\x84B",
        ];
        for bytes in all {
            assert_eq!(text(bytes), ("\u{C4}B".to_owned(), vec![]));
        }
    }

    #[test]
    fn bytes_that_are_not_of_the_encoding_are_kept_as_latin_1_and_noted() {
        assert_eq!(text(b"\x0C\x02\xC4B"), ("\u{C4}B".to_owned(), vec![Deviation::StringEncoding]));
        assert_eq!(text(b"\x1E\x02\xD8\x00"), ("\u{D8}\0".to_owned(), vec![Deviation::StringEncoding]));
        assert_eq!(text(b"\x13\x03a@b"), ("a@b".to_owned(), vec![Deviation::StringCharacter]));
    }

    #[test]
    fn text_in_pieces_is_put_together_and_der_refuses_it() {
        let bytes = b"\x33\x80\x04\x01U\x24\x04\x04\x02TO\x00\x00";
        let (whole, seen) = text(bytes);
        assert_eq!(whole, "UTO");
        assert!(seen.contains(&Deviation::ConstructedString));
        let mut seen = Deviations::new();
        let strict = Reader::new(bytes, Part::Input, Profile::Der).text(&mut seen);
        assert_eq!(strict.map_err(|e| e.kind), Err(ErrorKind::Asn1NotDer));
    }
}
