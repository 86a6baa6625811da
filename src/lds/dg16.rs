//! DG16: persons to notify (Doc 9303-10 §4.7.16).
//!
//! The one group that may change after issue in older versions of the standard, and the one that is about other people:
//! whoever shows or keeps it needs a reason of their own.

use super::field::{compare_count, date, note, objects, rest_of, set, set_text};
use crate::asn1::{Class, Tlv};
use crate::date::PartialDate;
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;
use crate::secret::Secret;

/// DG16: `70 L { 02 01 n, A1 … An }`.
#[derive(Debug, Clone)]
pub struct Dg16 {
    /// The persons, in the order of the file.
    pub persons: Vec<PersonToNotify>,
}

/// One person to notify.
#[derive(Debug, Clone, Default)]
pub struct PersonToNotify {
    /// When this was recorded, tag `5F50`.
    pub recorded: Option<PartialDate>,
    /// Name, tag `5F51`.
    pub name: Option<Secret<String>>,
    /// Telephone, tag `5F52`.
    pub telephone: Option<Secret<String>>,
    /// Address, tag `5F53`.
    pub address: Option<Secret<String>>,
}

impl Dg16 {
    /// Reads the file; elements that are no template are noted.
    ///
    /// # Errors
    /// Those of the ASN.1 reader.
    pub(super) fn read(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut inner = tlv.children()?;
        let declared = inner.small_integer(seen)?;
        let mut persons = Vec::new();
        for object in rest_of(&mut inner, seen)? {
            if object.tag.class() == Class::Context && object.tag.is_constructed() {
                persons.push(PersonToNotify::read(&object, seen)?);
            } else {
                note(Deviation::UnknownElement, &object, seen);
            }
        }
        compare_count(declared, persons.len(), tlv, seen);
        Ok(Self { persons })
    }
}

impl PersonToNotify {
    /// Reads one template, `A1` to `An`.
    fn read(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut person = Self::default();
        for object in objects(tlv, seen)? {
            match object.tag.0 {
                0x5F50 => {
                    let date = date(&object, seen);
                    set(&mut person.recorded, date, &object, seen);
                }
                0x5F51 => set_text(&mut person.name, &object, seen)?,
                0x5F52 => set_text(&mut person.telephone, &object, seen)?,
                0x5F53 => set_text(&mut person.address, &object, seen)?,
                _ => note(Deviation::UnknownElement, &object, seen),
            }
        }
        Ok(person)
    }
}
