//! Visible digital seals, versions 3 and 4 (Doc 9303-13 §2, BSI TR-03137).
//!
//! ```text
//! DC | version 02 or 03 | country C40 2 | signer 4 characters and certificate reference C40 | issue date 3 |
//! signature date 3 | definition reference 1 | category 1 | (tag 1 | length | value)* | FF | length | r s
//! ```
//!
//! Version byte 02 is version 3: nine characters of signer and reference, lengths of one byte. Version byte 03 is
//! version 4: the reference has a length of two characters, hexadecimal for every signer but `DEZV`, which writes it in
//! decimal, and lengths of features are DER. Seals exist that mix the two: the layout is taken with which the seal reads
//! to its last byte, the declared one first, and any other choice is a problem.
//!
//! A document type that is in no list is read all the same, its features as bytes, so that its signature can be verified.
//!
//! Hostile input could claim any length: none is followed beyond the end, and a seal has at most [`MAX_FEATURES`].

mod feature;
mod frame;
mod header;
mod profile;
mod write;

pub use feature::{Feature, Stay, Value};
pub use header::{DocumentType, Header, Version};
pub use profile::{Coding, FeatureSpec, Profile, profile};
pub(super) use write::der_length;
pub use write::write;

pub(super) use feature::value as read_value;
pub(super) use header::{date as read_date, date_bytes};
pub(super) use profile::{MRV_A, MRV_B, TD2};

use super::Problems;
use super::text::Text;
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;
use serde::Serialize;

/// The most features that are read of one seal.
pub const MAX_FEATURES: usize = 64;
/// The first byte of every seal.
pub const MAGIC: u8 = 0xDC;

/// A seal that was read. Whether it is genuine is asked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// Who issued it, when, and for what.
    #[serde(flatten)]
    pub header: Header,
    /// What it says, in the order of the seal.
    pub features: Vec<Feature>,
    /// The signature, `r` and `s` of equal length; `None` if the seal has none.
    #[serde(serialize_with = "hex_option")]
    pub signature: Option<Vec<u8>>,
    /// Header and message: what is signed.
    #[serde(skip)]
    pub(super) signed: Secret<Vec<u8>>,
    /// What is not as the format asks.
    pub problems: Problems,
}

/// Bytes as lowercase hexadecimal.
pub(super) fn hex_option<S: serde::Serializer>(
    bytes: &Option<Vec<u8>>,
    serializer: S,
) -> core::result::Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => serializer.collect_str(&data_encoding::HEXLOWER.encode_display(bytes)),
        None => serializer.serialize_none(),
    }
}

impl Seal {
    /// Header and message: the bytes that the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> &[u8] {
        self.signed.reveal()
    }

    /// The first feature with this tag.
    #[must_use]
    pub fn feature(&self, tag: u8) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.tag == tag)
    }

    /// The first feature that the profile calls so.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.name == Some(name))
    }

    /// The machine-readable zone in it, as lines; of visas with the second line filled up to its length.
    #[must_use]
    pub fn zone(&self) -> Option<&Secret<String>> {
        self.features.iter().find_map(|feature| match &feature.value {
            Value::Zone(text) => Some(text),
            _ => None,
        })
    }

    /// The number that the seal carries beside the zone: of a visa that of the passport it is for.
    #[must_use]
    pub fn number(&self) -> Option<&Secret<String>> {
        let names = ["passport_number", "document_number", "azr_number", "sheet_number"];
        names.iter().find_map(|name| match &self.named(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }
}

/// Reads a seal.
///
/// # Errors
/// `PayloadHeader` if there is no header of either version, `PayloadLength` if no way of reading lengths leads
/// through the message.
pub fn read(bytes: &[u8]) -> Result<Seal> {
    let mut problems = Problems::default();
    let binary = binary(bytes, &mut problems);
    frame::read(&binary, problems)
}

/// Whether this is a seal, as bytes or in a text form that readers make of them.
pub(super) fn is_seal(bytes: &[u8]) -> bool {
    let binary = binary(bytes, &mut Problems::default());
    matches!(**binary, [MAGIC, 0x02 | 0x03, ..])
        && (frame::read(&binary, Problems::default()).is_ok() || begins_as_seal(&binary))
}

/// Whether an issuing country and a signer stand where the header has them: a seal that is cut short is a seal that cannot be read, and
/// not nothing.
fn begins_as_seal(binary: &[u8]) -> bool {
    let letters = |range| {
        let text = binary.get(range).and_then(|bytes| crate::payload::c40::decode(bytes).ok());
        text.is_some_and(|text| {
            let text = text.reveal().trim_end_matches(['<', ' ']);
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase())
        })
    };
    binary.len() >= 16 && letters(2..4) && letters(4..6)
}

/// The bytes of the seal. Readers that can only hand over text write each byte as a character, or as hexadecimal.
fn binary(bytes: &[u8], problems: &mut Problems) -> zeroize::Zeroizing<Vec<u8>> {
    if let Some(unwrapped) = from_text(bytes) {
        problems.note(Deviation::BytesAsText, "seal", 0);
        return unwrapped;
    }
    let text = bytes.trim_ascii();
    let marked = text.get(..2).is_some_and(|magic| magic.eq_ignore_ascii_case(b"dc"));
    if let Some(decoded) = data_encoding::HEXLOWER_PERMISSIVE.decode(text).ok().filter(|_| marked) {
        problems.note(Deviation::BytesAsHexadecimal, "seal", 0);
        return zeroize::Zeroizing::new(decoded);
    }
    zeroize::Zeroizing::new(bytes.to_vec())
}

/// The bytes of UTF-8 text whose characters are bytes, the first of them the magic one.
fn from_text(bytes: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    if !bytes.starts_with("\u{DC}".as_bytes()) || core::str::from_utf8(bytes).is_err() {
        return None;
    }
    let text = Text::of(bytes);
    let mut unwrapped = zeroize::Zeroizing::new(Vec::with_capacity(text.characters().len()));
    for character in text.characters() {
        unwrapped.push(u8::try_from(u32::from(*character)).ok()?);
    }
    Some(unwrapped)
}

/// An error of the seal at `offset`.
pub(super) const fn error(kind: ErrorKind, offset: usize) -> Error {
    Error::new(kind, Part::Seal, offset)
}

#[cfg(test)]
mod tests;
