//! DG1: the machine-readable zone on the chip (Doc 9303-10 §4.7.1).
//!
//! Here it is cut into lines by its length and nothing else; the room that knows zones takes it from there. Characters,
//! check digits and layout are not looked at. A length that no layout has is `LdsMrzLength`.
//!
//! ```text
//! 5A  90 = 3 × 30   TD1        48  72 = 2 × 36   TD2        58  88 = 2 × 44   TD3
//! ```

use crate::asn1::{Tag, Tlv};
use crate::deviation::Deviations;
use crate::error::{ErrorKind, Result};
use core::fmt;

/// DG1: `61 L 5F1F L mrz`, the lines one after another without separators.
#[derive(Clone, Copy)]
pub struct Dg1<'a> {
    mrz: &'a [u8],
    /// How many octets a line has.
    line: usize,
}

impl<'a> Dg1<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// `LdsMrzLength`, and those of the ASN.1 reader.
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut inner = tlv.children()?;
        let mrz = inner.take(Tag(0x5F1F), seen)?;
        inner.finish_tolerant(seen)?;
        let line = match mrz.value.len() {
            90 => 30,
            72 => 36,
            88 => 44,
            _ => return Err(mrz.error(ErrorKind::LdsMrzLength)),
        };
        Ok(Self { mrz: mrz.value, line })
    }

    /// The whole zone: 90 octets for TD1, 72 for TD2, 88 for TD3.
    #[must_use]
    pub const fn mrz(&self) -> &'a [u8] {
        self.mrz
    }

    /// The lines: three of 30 (TD1), two of 36 (TD2) or two of 44 (TD3) octets.
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> {
        self.mrz.chunks_exact(self.line)
    }
}

/// Shows the layout alone.
impl fmt::Debug for Dg1<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dg1").field("length", &self.mrz.len()).finish_non_exhaustive()
    }
}
