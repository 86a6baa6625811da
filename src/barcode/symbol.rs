//! What a reader hands back: a symbol with its place, its bytes and how sure it is.
//!
//! # As JSON
//!
//! ```text
//! symbology         name
//! text              as people read it
//! bytes             lowercase hexadecimal
//! quad              four corners, each x and y
//! correction_used   percent
//! payload           what a known payload says; left out for others
//! ```

use super::content::Content;
use super::geometry::Point;
use crate::date::Date;
use crate::payload::{self, Kind, Payload};
use core::fmt;
use serde::Serialize;
use zeroize::Zeroize;

/// The kinds of symbols that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u32)]
pub enum Symbology {
    /// PDF417, ISO/IEC 15438.
    Pdf417 = 1,
    /// QR Code, ISO/IEC 18004.
    Qr = 2,
    /// Aztec Code, ISO/IEC 24778.
    Aztec = 3,
    /// Data Matrix ECC 200, ISO/IEC 16022.
    DataMatrix = 4,
    /// Code 39, ISO/IEC 16388.
    Code39 = 5,
    /// Code 128, ISO/IEC 15417.
    Code128 = 6,
    /// Interleaved 2 of 5, ISO/IEC 16390.
    Itf = 7,
}

impl Symbology {
    /// Every kind, in the order of its number.
    pub const ALL: [Self; 7] =
        [Self::Pdf417, Self::Qr, Self::Aztec, Self::DataMatrix, Self::Code39, Self::Code128, Self::Itf];

    /// The stable number, shared with C.
    #[must_use]
    pub const fn number(self) -> u32 {
        self as u32
    }

    /// The stable name, shared with JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf417 => "pdf417",
            Self::Qr => "qr",
            Self::Aztec => "aztec",
            Self::DataMatrix => "datamatrix",
            Self::Code39 => "code39",
            Self::Code128 => "code128",
            Self::Itf => "itf",
        }
    }

    /// The kind with this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Symbology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A symbol that was read. Its bytes and text are document data: they are zeroed when it is dropped, and `Debug`
/// does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    symbology: Symbology,
    bytes: Vec<u8>,
    text: String,
    quad: [(i32, i32); 4],
    used: u8,
}

impl Symbol {
    /// Rounds the corners to pixels and the correction to percent.
    pub(super) fn of(found: &Found) -> Self {
        let whole = |value: f32| value.round().clamp(-1e6, 1e6) as i32;
        let share = (found.used * 100).checked_div(found.checks).unwrap_or(0);
        Self {
            symbology: found.symbology,
            bytes: found.content.bytes.clone(),
            text: found.content.text(),
            quad: found.corners.map(|corner| (whole(corner.x), whole(corner.y))),
            used: share.min(100) as u8,
        }
    }

    /// Of which kind it is.
    #[must_use]
    pub const fn symbology(&self) -> Symbology {
        self.symbology
    }

    /// Exactly the bytes that were encoded.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes as text: by the character sets that the symbol names; else UTF-8 if they are that, or Latin-1.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its corners in pixels of the image, x and y: upper left, upper right, lower right, lower left as the symbol itself sees
    /// them; they may lie outside of the image.
    #[must_use]
    pub const fn quad(&self) -> [(i32, i32); 4] {
        self.quad
    }

    /// How much of its error correction was needed, in percent; 0 for symbols that have none.
    #[must_use]
    pub const fn correction_used(&self) -> u8 {
        self.used
    }
}

impl Symbol {
    /// The symbol as results show it, with its payload read. `on` is the day from which the years of boarding passes are
    /// reckoned.
    #[must_use]
    pub fn summary(&self, on: Option<Date>) -> Summary<'_> {
        let bytes = &self.bytes;
        let payload = payload::recognise(bytes).map(|kind| {
            payload::read(bytes).map_or(Said::Named { kind, read: false }, |mut payload| {
                if let Some(day) = on {
                    payload.resolve(day);
                }
                Said::Read(payload)
            })
        });
        Summary { symbol: self, payload }
    }
}

/// A symbol with what it says; document data.
pub struct Summary<'a> {
    symbol: &'a Symbol,
    payload: Option<Said>,
}

/// A payload that was read, or one that was recognised and not read.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Read(Payload),
    Named { kind: Kind, read: bool },
}

impl Summary<'_> {
    /// What its payload is, if anything recognises it.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        match &self.payload {
            None => None,
            Some(Said::Read(payload)) => Some(payload.kind()),
            Some(Said::Named { kind, .. }) => Some(*kind),
        }
    }
}

impl Serialize for Summary<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Symbol", 6)?;
        let symbol = self.symbol;
        out.serialize_field("symbology", symbol.symbology.name())?;
        out.serialize_field("text", symbol.text())?;
        let mut bytes = data_encoding::HEXLOWER.encode(&symbol.bytes);
        out.serialize_field("bytes", &bytes)?;
        bytes.zeroize();
        out.serialize_field("quad", &symbol.quad)?;
        out.serialize_field("correction_used", &symbol.used)?;
        if let Some(payload) = &self.payload {
            out.serialize_field("payload", payload)?;
        }
        out.end()
    }
}

impl fmt::Debug for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.symbol)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Symbol({}, {} bytes)", self.symbology, self.bytes.len())
    }
}

impl Drop for Symbol {
    fn drop(&mut self) {
        self.bytes.zeroize();
        self.text.zeroize();
    }
}

/// What a reader of one symbology has found.
pub(super) struct Found {
    pub(super) symbology: Symbology,
    pub(super) content: Content,
    pub(super) corners: [Point; 4],
    /// Check values used by the correction, and how many there were.
    pub(super) used: usize,
    pub(super) checks: usize,
}
