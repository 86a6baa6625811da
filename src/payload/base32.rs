//! Base32 of RFC 4648 without padding, as the ICAO data structure for barcodes uses it.
//!
//! Readers hand over padding or small letters now and then: both are accepted and reported.

use super::Problems;
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use data_encoding::BASE32_NOPAD;

/// The bytes of `text`, which begins `base` characters into the payload.
pub(super) fn decode(text: &[u8], base: usize, problems: &mut Problems) -> Result<Vec<u8>> {
    let given = text.len();
    let unpadded = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let text = text.get(..unpadded).unwrap_or(text);
    let upper = text.to_ascii_uppercase();
    if upper != text || unpadded != given {
        problems.note(Deviation::ArmourForm, "payload", base);
    }
    let wrong = |at: usize| Error::new(ErrorKind::PayloadArmour, Part::Payload, base.saturating_add(at));
    BASE32_NOPAD.decode(&upper).map_err(|error| wrong(error.position))
}

/// The text of `bytes`.
pub(super) fn encode(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes)
}
