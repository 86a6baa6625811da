//! Names of issuers and subjects, as written and folded for comparison.
//!
//! ```text
//! Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
//! ```
//!
//! Doc 9303-12 §7.1.1.1 asks for a country of two capital letters and a common name. Issuers write the same name in
//! several ways, so names are compared *folded*: string type, case, and spaces at the ends or in a row do not count
//! (RFC 5280 §7.1, in the part that matters for the scripts used here: no Unicode normalisation).
//!
//! A name may be long and of any content; it is walked, never indexed, and folding takes a small multiple of its size.

use crate::asn1::{Oid, Profile, Reader, Tag, Tlv, oid};
use crate::country::{self, Code};
use crate::deviation::Deviations;
use crate::error::{Part, Result};
use std::borrow::Cow;

/// Attribute `countryName`.
pub const COUNTRY: Oid<'static> = oid!(2, 5, 4, 6);
/// Attribute `commonName`.
pub const COMMON_NAME: Oid<'static> = oid!(2, 5, 4, 3);
/// Attribute `serialNumber`.
pub const SERIAL_NUMBER: Oid<'static> = oid!(2, 5, 4, 5);
/// Attribute `localityName`: in alternative names the code of the MRZ (Doc 9303-12 §7.1.1.2).
pub const LOCALITY: Oid<'static> = oid!(2, 5, 4, 7);
/// Attribute `stateOrProvinceName`: in alternative names what tells issuers with one code apart.
pub const STATE: Oid<'static> = oid!(2, 5, 4, 8);
/// Attribute `emailAddress` (PKCS #9), an IA5String.
pub const EMAIL: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 1);

/// One attribute of a name.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// What it is.
    pub kind: Oid<'a>,
    /// Its value, in most cases a string.
    pub value: Tlv<'a>,
}

impl<'a> Attribute<'a> {
    /// The value as text; empty if it is no string.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        self.value.text(&mut Deviations::new()).unwrap_or_default()
    }
}

/// A name, borrowed from its encoding.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a>(&'a [u8]);

impl<'a> Name<'a> {
    /// The name with this complete encoding.
    #[must_use]
    pub const fn new(encoding: &'a [u8]) -> Self {
        Self(encoding)
    }

    /// The complete encoding.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The attributes in their order. What cannot be read ends them; a certificate with such a name is refused
    /// before it comes here.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'a>> {
        let mut seen = Deviations::new();
        let mut outer = Reader::new(self.0, Part::Certificate, Profile::Ber).sequence(&mut seen).ok();
        let mut set: Option<Reader<'a>> = None;
        core::iter::from_fn(move || {
            while set.as_ref().is_none_or(Reader::is_empty) {
                set = Some(outer.as_mut()?.set(&mut seen).ok()?);
            }
            attribute(set.as_mut()?, &mut seen).ok()
        })
    }

    /// Makes sure that the whole name can be walked.
    ///
    /// # Errors
    /// Those of the reader.
    pub(super) fn check(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<()> {
        let mut sets = tlv.children()?;
        while !sets.is_empty() {
            let mut set = sets.set(seen)?;
            while !set.is_empty() {
                attribute(&mut set, seen)?;
            }
        }
        Ok(())
    }

    /// The text of the first attribute of this kind.
    #[must_use]
    pub fn first(self, kind: Oid<'_>) -> Option<Cow<'a, str>> {
        self.attributes().find(|attribute| attribute.kind == kind).map(|attribute| attribute.text())
    }

    /// The country as a code, whatever its case or length; `None` if there is none or it is no code at all.
    #[must_use]
    pub fn country(self) -> Option<Code> {
        self.first(COUNTRY).and_then(|text| country_code(&text))
    }

    /// The form in which names are compared.
    #[must_use]
    pub fn folded(self) -> FoldedName {
        let mut out = Vec::with_capacity(self.0.len());
        for attribute in self.attributes() {
            out.extend_from_slice(attribute.kind.content());
            out.push(b'=');
            fold(&attribute.text(), &mut out);
            out.push(b'\n');
        }
        FoldedName(out.into_boxed_slice())
    }
}

fn attribute<'a>(set: &mut Reader<'a>, seen: &mut Deviations) -> Result<Attribute<'a>> {
    let mut pair = set.sequence(seen)?;
    Ok(Attribute { kind: pair.oid(seen)?, value: pair.read(seen)? })
}

/// The country that a certificate names: one code for each State or organisation, however it is written.
#[must_use]
pub fn country_code(text: &str) -> Option<Code> {
    match country::read_certificate_country(text.trim()) {
        country::Reading::Unknown(code) => Some(code),
        reading => reading.entry().map(|entry| entry.code),
    }
}

/// Appends `text` in lower case, spaces in a row as one and those at the ends left out.
fn fold(text: &str, out: &mut Vec<u8>) {
    let mut buffer = [0; 4];
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        for character in word.chars().flat_map(char::to_lowercase) {
            out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
        }
    }
}

/// A name folded for comparison: equal for names that mean the same issuer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FoldedName(Box<[u8]>);

impl FoldedName {
    /// The folded form, as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The string types that Doc 9303-12 §7.1.1 allows for an attribute.
#[must_use]
pub fn allowed_string_types(kind: Oid<'_>) -> &'static [Tag] {
    match kind {
        COUNTRY | SERIAL_NUMBER => &[Tag::PRINTABLE_STRING],
        EMAIL => &[Tag::IA5_STRING],
        _ => &[Tag::PRINTABLE_STRING, Tag::UTF8_STRING],
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::asn1::Writer;

    /// A name of these attributes, each in a set of its own.
    pub fn write(attributes: &[(Oid<'_>, Tag, &str)]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |name| {
            for (kind, tag, text) in attributes {
                name.constructed(Tag::SET, |set| {
                    set.constructed(Tag::SEQUENCE, |pair| {
                        pair.oid(*kind).text(*tag, text);
                    });
                });
            }
        });
        writer.into_bytes()
    }

    const UTF8: Tag = Tag::UTF8_STRING;
    const PRINTABLE: Tag = Tag::PRINTABLE_STRING;

    #[test]
    fn string_type_case_and_spacing_do_not_make_another_name() {
        let one = write(&[(COUNTRY, PRINTABLE, "UT"), (COMMON_NAME, UTF8, "CSCA  Utopia ")]);
        let other = write(&[(COUNTRY, UTF8, "ut"), (COMMON_NAME, PRINTABLE, "csca utopia")]);
        assert_eq!(Name::new(&one).folded(), Name::new(&other).folded());
    }

    #[test]
    fn another_attribute_value_or_order_makes_another_name() {
        let name = write(&[(COUNTRY, UTF8, "UT"), (COMMON_NAME, UTF8, "CSCA")]);
        let others = [
            write(&[(COMMON_NAME, UTF8, "CSCA"), (COUNTRY, UTF8, "UT")]),
            write(&[(COUNTRY, UTF8, "UT"), (LOCALITY, UTF8, "CSCA")]),
            write(&[(COUNTRY, UTF8, "UT"), (COMMON_NAME, UTF8, "CS CA")]),
            write(&[(COUNTRY, UTF8, "UT")]),
        ];
        for other in others {
            assert_ne!(Name::new(&name).folded(), Name::new(&other).folded());
        }
    }

    #[test]
    fn a_country_is_one_code_in_whatever_form_it_stands() {
        for (text, code) in [("UT", "UTO"), ("ut", "UTO"), ("UTO", "UTO"), ("DE", "D"), ("QQ", "QQ")] {
            let name = write(&[(COUNTRY, PRINTABLE, text)]);
            let found = Name::new(&name).country().unwrap();
            assert_eq!(found.to_string(), code);
        }
        for text in ["", "U", "UTOPIA", "U7"] {
            let name = write(&[(COUNTRY, PRINTABLE, text)]);
            assert_eq!(Name::new(&name).country(), None, "{text}");
        }
        assert_eq!(Name::new(&write(&[])).country(), None);
    }

    #[test]
    fn a_broken_name_ends_where_it_breaks() {
        let name = write(&[(COUNTRY, UTF8, "UT"), (COMMON_NAME, UTF8, "CSCA")]);
        for length in 0..name.len() {
            let cut = Name::new(&name[..length]);
            assert!(cut.attributes().count() <= 2);
        }
    }
}
