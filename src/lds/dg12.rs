//! DG12: more about the document (Doc 9303-10 §4.7.12).
//!
//! Every field is optional. Dates stand as characters or as two digits to an octet; both are read.
//! The date of issue matters beyond this file: it says under which signer's period of use the document was made.
//! It counts for that only once the file's hash was found in EF.SOD.

use super::field::{compare_tag_list, date, names, note, objects, set, set_text, text, time};
use super::image::Image;
use crate::asn1::Tlv;
use crate::date::{PartialDate, Time};
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;
use crate::secret::Secret;

/// The tag of another person's name, inside the template `A0`.
const OTHER_PERSON: u32 = 0x5F1A;

/// DG12.
#[derive(Debug, Clone, Default)]
pub struct Dg12<'a> {
    /// Issuing authority, tag `5F19`.
    pub authority: Option<Secret<String>>,
    /// Date of issue, tag `5F26`.
    pub issue_date: Option<PartialDate>,
    /// Other persons on the document, tags `A0` and `5F1A`.
    pub other_persons: Vec<Secret<String>>,
    /// Endorsements and observations, tag `5F1B`.
    pub endorsements: Option<Secret<String>>,
    /// Tax and exit requirements, tag `5F1C`.
    pub tax_exit: Option<Secret<String>>,
    /// Image of the front of the document, tag `5F1D`.
    pub front: Option<Image<'a>>,
    /// Image of the rear of the document, tag `5F1E`.
    pub rear: Option<Image<'a>>,
    /// When the document was personalised, tag `5F55`; no zone is stated, UTC is assumed.
    pub personalised: Option<Time>,
    /// Serial number of the personalisation system, tag `5F56`.
    pub system_serial: Option<Secret<String>>,
    /// Elements that the standard does not know.
    pub unknown: Vec<Tlv<'a>>,
}

impl<'a> Dg12<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// Those of the ASN.1 reader; a date that is none is noted and absent.
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let objects = objects(tlv, seen)?;
        compare_tag_list(&objects, OTHER_PERSON, seen)?;
        let mut dg = Self::default();
        for object in &objects {
            dg.field(object, seen)?;
        }
        Ok(dg)
    }

    /// Takes one field.
    fn field(&mut self, tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<()> {
        let image = Some(Image::new(tlv.value));
        match tlv.tag.0 {
            0x5C => {}
            0x5F19 => set_text(&mut self.authority, tlv, seen)?,
            0x5F1B => set_text(&mut self.endorsements, tlv, seen)?,
            0x5F1C => set_text(&mut self.tax_exit, tlv, seen)?,
            0x5F56 => set_text(&mut self.system_serial, tlv, seen)?,
            0x5F1D => set(&mut self.front, image, tlv, seen),
            0x5F1E => set(&mut self.rear, image, tlv, seen),
            0x5F26 => {
                let date = date(tlv, seen);
                set(&mut self.issue_date, date, tlv, seen);
            }
            0x5F55 => {
                let time = time(tlv, seen);
                set(&mut self.personalised, time, tlv, seen);
            }
            0xA0 => self.other_persons.extend(names(tlv, OTHER_PERSON, seen)?),
            OTHER_PERSON => {
                note(Deviation::OutsideTemplate, tlv, seen);
                self.other_persons.push(text(tlv, seen)?);
            }
            _ => {
                note(Deviation::UnknownElement, tlv, seen);
                self.unknown.push(*tlv);
            }
        }
        Ok(())
    }
}
