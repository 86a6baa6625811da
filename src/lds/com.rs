//! EF.COM: versions and the list of data groups (Doc 9303-10 §4.6.1).
//!
//! The file is not signed. What it says may be compared with EF.SOD and must not be relied upon: an attacker who leaves
//! a data group out of this list must not make anybody forget to look for it.
//! Versions are optional for the reader, the list is not.

use super::field::{find, note, objects};
use super::file::DataGroup;
use crate::asn1::{Tag, Tlv, tag_list};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};

/// EF.COM.
///
/// ```text
/// 60 L { 5F01 04 "aabb"  5F36 06 "aabbcc"  5C L tags }
///   60 16 5F01 04 30313037  5F36 06 303430303030  5C 04 6175766C    LDS 1.7, Unicode 4.0.0, DG1, DG2, DG4, DG12
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Com {
    /// The version of the data structure: `[1, 7]` for 1.7.
    pub lds_version: Option<[u8; 2]>,
    /// The version of Unicode: `[4, 0, 0]`.
    pub unicode_version: Option<[u8; 3]>,
    /// The data groups listed, in the order of the list.
    pub data_groups: Vec<DataGroup>,
    /// Tags in the list that belong to no data group.
    pub other_tags: Vec<Tag>,
}

impl Com {
    /// Reads the file; missing or odd versions and foreign tags are noted.
    ///
    /// # Errors
    /// `Asn1Missing` without a tag list, and those of the ASN.1 reader.
    pub(super) fn read(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let objects = objects(tlv, seen)?;
        let mut com = Self {
            lds_version: version(find(&objects, 0x5F01), tlv, seen),
            unicode_version: version(find(&objects, 0x5F36), tlv, seen),
            data_groups: Vec::new(),
            other_tags: Vec::new(),
        };
        let list = find(&objects, 0x5C).ok_or(tlv.error(ErrorKind::Asn1Missing))?;
        for tag in tag_list(list)? {
            match DataGroup::from_tag(tag) {
                Some(group) if com.data_groups.contains(&group) => {
                    note(Deviation::RepeatedElement, list, seen);
                }
                Some(group) => com.data_groups.push(group),
                None => {
                    note(Deviation::UnknownElement, list, seen);
                    com.other_tags.push(tag);
                }
            }
        }
        Ok(com)
    }
}

/// A version of `N` parts of two digits each.
fn version<const N: usize>(tlv: Option<&Tlv<'_>>, com: &Tlv<'_>, seen: &mut Deviations) -> Option<[u8; N]> {
    let Some(tlv) = tlv else {
        note(Deviation::MissingElement, com, seen);
        return None;
    };
    let version = parts(tlv.value);
    if version.is_none() {
        note(Deviation::VersionText, tlv, seen);
    }
    version
}

/// The numbers that pairs of digits are, if there are exactly `N` pairs.
fn parts<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_chunks::<2>();
    let fits = pairs.len() == N && rest.is_empty() && text.iter().all(u8::is_ascii_digit);
    let mut out = [0; N];
    for (part, [tens, ones]) in out.iter_mut().zip(pairs) {
        *part = (tens & 0x0F) * 10 + (ones & 0x0F);
    }
    fits.then_some(out)
}
