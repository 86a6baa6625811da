//! From BER to DER: the same element with definite lengths, strings in one piece and sets in order.
//!
//! Signatures over signed attributes are made over their DER encoding (RFC 5652 §5.4), whatever was sent. Values
//! themselves are left alone: a superfluous octet of an INTEGER stays.
//!
//! Depth and work are those of the reader: each level copies its content once, and there are at most
//! [`MAX_DEPTH`](super::MAX_DEPTH) levels.

use super::reader::Tlv;
use super::tag::{Class, Tag};
use super::writer::Writer;
use crate::deviation::Deviations;
use crate::error::Result;

impl Tlv<'_> {
    /// This element in the distinguished encoding.
    ///
    /// # Errors
    /// As [`Tlv::children`] and [`Reader::read`](super::Reader::read) for what stands inside.
    pub fn to_der(&self) -> Result<Vec<u8>> {
        let mut seen = Deviations::new();
        let mut writer = Writer::new();
        let universal = self.tag.class() == Class::Universal;
        match self.tag.number() {
            _ if !self.tag.is_constructed() => writer.primitive(self.tag, self.value),
            3 if universal => {
                let bits = self.bit_string(&mut seen)?;
                let content = [&[bits.unused], &*bits.octets].concat();
                writer.primitive(Tag::BIT_STRING, &content)
            }
            number @ (4 | 12 | 18..=28 | 30) if universal => {
                writer.primitive(Tag(number), &self.octet_string(&mut seen)?)
            }
            17 if universal => writer.set_of(self.der_children(&mut seen)?),
            _ => writer.primitive(self.tag, &self.der_children(&mut seen)?.concat()),
        };
        Ok(writer.into_bytes())
    }

    /// The elements inside, each in the distinguished encoding, in the order in which they stand.
    ///
    /// # Errors
    /// As [`Tlv::to_der`].
    pub fn der_children(&self, seen: &mut Deviations) -> Result<Vec<Vec<u8>>> {
        let mut children = Vec::new();
        let mut reader = self.children()?;
        while let Some(child) = reader.next(seen)? {
            children.push(child.to_der()?);
        }
        Ok(children)
    }
}

#[cfg(test)]
mod tests {
    use crate::asn1::{Profile, Reader};
    use crate::deviation::Deviations;
    use crate::error::Part;

    #[test]
    fn basic_encodings_become_distinguished_and_those_stay_as_they_are() {
        let rows: [(&[u8], &[u8]); 4] = [
            (&[0x30, 0x80, 5, 0x81, 0, 0, 0], &[0x30, 2, 5, 0]),
            (&[0x31, 6, 2, 1, 9, 2, 1, 3], &[0x31, 6, 2, 1, 3, 2, 1, 9]),
            (&[0xA0, 0x80, 0x24, 0x80, 4, 1, 7, 4, 1, 8, 0, 0, 0, 0], &[0xA0, 4, 4, 2, 7, 8]),
            (&[0x23, 4, 3, 2, 4, 0xF0], &[3, 2, 4, 0xF0]),
        ];
        for (basic, distinguished) in rows {
            for bytes in [basic, distinguished] {
                let mut reader = Reader::new(bytes, Part::Input, Profile::Ber);
                let tlv = reader.read(&mut Deviations::new()).unwrap();
                assert_eq!(tlv.to_der().unwrap(), distinguished);
            }
        }
    }
}
