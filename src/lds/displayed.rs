//! DG5 and DG7: portrait and signature as displayed on the page (Doc 9303-10 §4.7.5, §4.7.7).
//!
//! Images stand without any record around them. They are given out in their order; the count that the file states is
//! given too, and noted if it is another.

use super::field::{compare_count, note, rest_of};
use super::image::Image;
use crate::asn1::{Tag, Tlv};
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;

/// Displayed images: `65 L { 02 01 n, { 5F40 L image } * n }`, and `67` with `5F43` for signatures or usual marks.
#[derive(Debug, Clone)]
pub struct DisplayedImages<'a> {
    /// How many images the file says it has.
    pub declared: u64,
    /// The images that are there.
    pub images: Vec<Image<'a>>,
}

impl<'a> DisplayedImages<'a> {
    /// Reads the file, whose images have the tag `image`.
    ///
    /// # Errors
    /// Those of the ASN.1 reader.
    pub(super) fn read(tlv: &Tlv<'a>, image: Tag, seen: &mut Deviations) -> Result<Self> {
        let mut inner = tlv.children()?;
        let declared = inner.small_integer(seen)?;
        let mut images = Vec::new();
        for object in rest_of(&mut inner, seen)? {
            if object.tag == image {
                images.push(Image::new(object.value));
            } else {
                note(Deviation::UnknownElement, &object, seen);
            }
        }
        compare_count(declared, images.len(), tlv, seen);
        Ok(Self { declared, images })
    }
}
