//! Tags: the identifier octets of an element, as one number.

use core::fmt;

/// The four name spaces of tags (X.690 §8.1.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Types of ASN.1 itself.
    Universal,
    /// Types of one application: most data objects of a chip.
    Application,
    /// Meaning given by the enclosing structure.
    Context,
    /// Private use.
    Private,
}

/// The identifier octets of an element, most significant first: `30` is `Tag(0x30)`, `7F61` is `Tag(0x7F61)`.
///
/// The bit for "constructed" is part of it, so that a tag compares with what the standards print. At most four
/// octets are read, which is tag number 2,097,151.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

impl Tag {
    /// BOOLEAN.
    pub const BOOLEAN: Self = Self(0x01);
    /// INTEGER.
    pub const INTEGER: Self = Self(0x02);
    /// BIT STRING, primitive.
    pub const BIT_STRING: Self = Self(0x03);
    /// OCTET STRING, primitive.
    pub const OCTET_STRING: Self = Self(0x04);
    /// NULL.
    pub const NULL: Self = Self(0x05);
    /// OBJECT IDENTIFIER.
    pub const OID: Self = Self(0x06);
    /// ENUMERATED.
    pub const ENUMERATED: Self = Self(0x0A);
    /// UTF8String.
    pub const UTF8_STRING: Self = Self(0x0C);
    /// NumericString.
    pub const NUMERIC_STRING: Self = Self(0x12);
    /// PrintableString.
    pub const PRINTABLE_STRING: Self = Self(0x13);
    /// T61String, also called TeletexString.
    pub const T61_STRING: Self = Self(0x14);
    /// IA5String: ASCII.
    pub const IA5_STRING: Self = Self(0x16);
    /// UTCTime.
    pub const UTC_TIME: Self = Self(0x17);
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: Self = Self(0x18);
    /// VisibleString: ASCII without control characters.
    pub const VISIBLE_STRING: Self = Self(0x1A);
    /// UniversalString: UTF-32, most significant first.
    pub const UNIVERSAL_STRING: Self = Self(0x1C);
    /// BMPString: UCS-2, most significant first.
    pub const BMP_STRING: Self = Self(0x1E);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Self = Self(0x30);
    /// SET and SET OF.
    pub const SET: Self = Self(0x31);
    /// The two zero octets that end an indefinite length; never an element of its own.
    pub(crate) const END_OF_CONTENTS: Self = Self(0x00);

    /// `[number]`, primitive, for numbers below 31: an IMPLICIT primitive type.
    #[must_use]
    pub const fn context(number: u8) -> Self {
        Self(0x80 | (number & 0x1F) as u32)
    }

    /// `[number]`, constructed, for numbers below 31: EXPLICIT, or IMPLICIT over a constructed type.
    #[must_use]
    pub const fn context_constructed(number: u8) -> Self {
        Self(0xA0 | (number & 0x1F) as u32)
    }

    /// `[APPLICATION number]`, constructed, for numbers below 31.
    #[must_use]
    pub const fn application(number: u8) -> Self {
        Self(0x60 | (number & 0x1F) as u32)
    }

    /// The first identifier octet, which carries class and form.
    const fn leading(self) -> u8 {
        let bytes = self.0.to_be_bytes();
        let skip = self.0.leading_zeros() as usize / 8;
        if skip >= 4 { 0 } else { bytes[skip] }
    }

    /// The name space.
    #[must_use]
    pub const fn class(self) -> Class {
        match self.leading() >> 6 {
            0 => Class::Universal,
            1 => Class::Application,
            2 => Class::Context,
            _ => Class::Private,
        }
    }

    /// The number within the name space.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self.0.to_be_bytes() {
            [0, 0, 0, leading] => (leading & 0x1F) as u32,
            [0, 0, _, a] => (a & 0x7F) as u32,
            [0, _, a, b] => ((a & 0x7F) as u32) << 7 | (b & 0x7F) as u32,
            [_, a, b, c] => ((a & 0x7F) as u32) << 14 | ((b & 0x7F) as u32) << 7 | (c & 0x7F) as u32,
        }
    }

    /// Whether the value is a sequence of elements.
    #[must_use]
    pub const fn is_constructed(self) -> bool {
        self.leading() & 0x20 != 0
    }

    /// The same tag in its constructed form.
    #[must_use]
    pub const fn constructed(self) -> Self {
        match self.0.to_be_bytes() {
            [0, 0, 0, _] => Self(self.0 | 0x20),
            [0, 0, ..] => Self(self.0 | 0x2000),
            [0, ..] => Self(self.0 | 0x20_0000),
            _ => Self(self.0 | 0x2000_0000),
        }
    }

    /// The identifier octets: one to four.
    pub(crate) fn octets(self) -> impl Iterator<Item = u8> {
        let skip = (self.0.leading_zeros() as usize / 8).min(3);
        self.0.to_be_bytes().into_iter().skip(skip)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.octets().try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_tells_its_class_form_and_number_whatever_its_length() {
        let all = [0x30, 0xA3, 0x7F61, 0x5F1F, 0x7F8148, 0xDF_81_82_03];
        let told: Vec<_> = all.map(Tag).iter().map(|t| (t.class(), t.is_constructed(), t.number())).collect();
        assert_eq!(
            told,
            [
                (Class::Universal, true, 16),
                (Class::Context, true, 3),
                (Class::Application, true, 0x61),
                (Class::Application, false, 0x1F),
                (Class::Application, true, 200),
                (Class::Private, false, (1 << 14) | (2 << 7) | 3),
            ]
        );
    }

    #[test]
    fn the_constructed_form_changes_one_bit_of_the_leading_octet() {
        let forms = [0x04, 0x5F2E, 0x5F_81_01, 0x5F_81_81_01].map(|t| Tag(t).constructed().0);
        assert_eq!(forms, [0x24, 0x7F2E, 0x7F_81_01, 0x7F_81_81_01]);
        assert_eq!(format!("{} {}", Tag(0x5F1F), Tag(0)), "5F1F 00");
    }
}
