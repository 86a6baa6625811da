//! DG11: more about the person than the page has room for (Doc 9303-10 §4.7.11).
//!
//! Every field is optional. Parts of a field are separated by `<`; they are not split here. Deviations of the field
//! that are read: the template named in the tag list instead of what it holds, other names outside their template,
//! both forms of the date of birth.

use super::field::{compare_tag_list, date, names, note, objects, set, set_text, text};
use super::image::Image;
use crate::asn1::Tlv;
use crate::date::PartialDate;
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;
use crate::secret::Secret;

/// The tag of another name, inside the template `A0`.
const OTHER_NAME: u32 = 0x5F0F;

/// DG11. Text is in the native script where the issuer writes it so.
#[derive(Debug, Clone, Default)]
pub struct Dg11<'a> {
    /// Full name, tag `5F0E`; primary and secondary identifier stand apart by `<<`.
    pub full_name: Option<Secret<String>>,
    /// Other names, tags `A0` and `5F0F`.
    pub other_names: Vec<Secret<String>>,
    /// Personal number, tag `5F10`.
    pub personal_number: Option<Secret<String>>,
    /// Full date of birth, tag `5F2B`: eight characters or four octets of two digits.
    pub birth_date: Option<PartialDate>,
    /// Place of birth, tag `5F11`.
    pub birth_place: Option<Secret<String>>,
    /// Permanent address, tag `5F42`.
    pub address: Option<Secret<String>>,
    /// Telephone, tag `5F12`.
    pub telephone: Option<Secret<String>>,
    /// Profession, tag `5F13`.
    pub profession: Option<Secret<String>>,
    /// Title, tag `5F14`.
    pub title: Option<Secret<String>>,
    /// Personal summary, tag `5F15`.
    pub summary: Option<Secret<String>>,
    /// Image of the proof of citizenship, tag `5F16`.
    pub citizenship_proof: Option<Image<'a>>,
    /// Numbers of other valid travel documents, tag `5F17`.
    pub other_documents: Option<Secret<String>>,
    /// Custody information, tag `5F18`.
    pub custody: Option<Secret<String>>,
    /// Elements that the standard does not know.
    pub unknown: Vec<Tlv<'a>>,
}

impl<'a> Dg11<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// Those of the ASN.1 reader; a date that is none is noted and absent.
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let objects = objects(tlv, seen)?;
        compare_tag_list(&objects, OTHER_NAME, seen)?;
        let mut dg = Self::default();
        for object in &objects {
            dg.field(object, seen)?;
        }
        Ok(dg)
    }

    /// Takes a field of text, or passes on.
    fn field(&mut self, tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<()> {
        let text_field = match tlv.tag.0 {
            0x5F0E => &mut self.full_name,
            0x5F10 => &mut self.personal_number,
            0x5F11 => &mut self.birth_place,
            0x5F42 => &mut self.address,
            0x5F12 => &mut self.telephone,
            0x5F13 => &mut self.profession,
            0x5F14 => &mut self.title,
            0x5F15 => &mut self.summary,
            0x5F17 => &mut self.other_documents,
            0x5F18 => &mut self.custody,
            _ => return self.other_field(tlv, seen),
        };
        set_text(text_field, tlv, seen)
    }

    /// Takes a field that is no plain text.
    fn other_field(&mut self, tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<()> {
        match tlv.tag.0 {
            0x5C => {}
            0xA0 => self.other_names.extend(names(tlv, OTHER_NAME, seen)?),
            OTHER_NAME => {
                note(Deviation::OutsideTemplate, tlv, seen);
                self.other_names.push(text(tlv, seen)?);
            }
            0x5F2B => {
                let date = date(tlv, seen);
                set(&mut self.birth_date, date, tlv, seen);
            }
            0x5F16 => {
                let image = Some(Image::new(tlv.value));
                set(&mut self.citizenship_proof, image, tlv, seen);
            }
            _ => {
                note(Deviation::UnknownElement, tlv, seen);
                self.unknown.push(*tlv);
            }
        }
        Ok(())
    }
}
