//! What the codewords of a symbol say: bytes, and the text they stand for.
//!
//! Each symbology packs text, digits and bytes in its own way; here is one decoder for each, written from corrected
//! codewords, because a document's seal is binary and must come out to the byte. Bytes are exactly what was encoded.
//! Text follows the character sets named by extended channel interpretations (ECI); without one it is UTF-8 if the bytes are valid
//! UTF-8, and Latin-1 otherwise.
//!
//! Not done: structured append (each symbol stands alone), and FNC1 beyond the separator that it stands for.
//! Hostile input: every count is held against the codewords that are left; nothing grows by more than 1088 times 3 bytes
//! for a symbol.
//!
//! # Text
//!
//! ```text
//! an interpretation was named        its character set, from here on
//! none, bytes are valid UTF-8        UTF-8
//! none, QR, looks like Shift JIS     Shift JIS: control characters of Latin-1, or half-width katakana in a row
//! none, else                         Latin-1, each byte a letter
//! ```
//!
//! Text is for people and for payloads that are text; whoever verifies a signature takes the bytes.

pub(crate) mod aztec;
pub(crate) mod datamatrix;
pub(crate) mod pdf417;
pub(crate) mod qr;

use rxing::common::{CharacterSet, Eci};
use zeroize::Zeroize;

/// Bytes, with the places where the character set changes.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// From which byte on which interpretation holds.
    switches: Vec<(usize, u32)>,
    /// A kind of segment that has its own character set without naming it, as Kanji in QR.
    guessed: bool,
}

impl Content {
    /// From here on the bytes are to be read under another interpretation.
    ///
    /// What was guessed before is forgotten: a symbol that names its character sets is believed.
    pub(crate) fn switch(&mut self, number: u32) {
        self.switches.push((self.bytes.len(), number));
        self.guessed = false;
    }

    /// A segment of its own character set, unless one was named.
    pub(crate) fn segment(&mut self, number: u32) {
        let known = self.switches.last().map(|(_, number)| *number);
        if self.switches.is_empty() || (self.guessed && known != Some(number)) {
            self.switches.push((self.bytes.len(), number));
            self.guessed = true;
        }
    }

    /// One more byte.
    pub(crate) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// The bytes as text.
    ///
    /// The copy of each part is overwritten once it has been joined.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes.len());
        let mut start = 0;
        let mut number = UNNAMED;
        for (place, next) in self.switches.iter().copied().chain([(self.bytes.len(), UNNAMED)]) {
            let part = self.bytes.get(start..place).unwrap_or(&[]);
            if !part.is_empty() {
                let mut piece = read(part, number);
                text.push_str(&piece);
                piece.zeroize();
            }
            (start, number) = (place, next);
        }
        text
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// No interpretation was named.
const UNNAMED: u32 = u32::MAX;
/// The same in a symbology whose first standard said Shift JIS, and whose writers hold to it or to Latin-1.
pub(crate) const JAPANESE_OR_LATIN: u32 = u32::MAX - 1;

/// Bytes that are control characters in Latin-1, or several half-width katakana in a row.
fn looks_japanese(bytes: &[u8]) -> bool {
    let controls = bytes.iter().any(|byte| matches!(byte, 0x80..=0x9f));
    controls || bytes.windows(3).any(|three| three.iter().all(|byte| matches!(byte, 0xa1..=0xdf)))
}

/// A part under one interpretation. What the character set does not know is shown as Latin-1, so that nothing is left out.
fn read(bytes: &[u8], number: u32) -> String {
    let latin = || bytes.iter().map(|byte| char::from(*byte)).collect();
    if number == UNNAMED {
        return core::str::from_utf8(bytes).map_or_else(|_| latin(), str::to_owned);
    }
    if number == JAPANESE_OR_LATIN {
        return match core::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) if looks_japanese(bytes) => CharacterSet::Shift_JIS.decode(bytes).unwrap_or_else(|_| latin()),
            Err(_) => latin(),
        };
    }
    match Eci::from(number) {
        Eci::ISO8859_1 | Eci::Binary | Eci::Unknown => latin(),
        known => CharacterSet::from(known).decode(bytes).unwrap_or_else(|_| latin()),
    }
}

/// Bits of bytes, the highest first.
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl<'a> Bits<'a> {
    /// All bits of the bytes.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, place: 0 }
    }

    /// How many bits are left.
    pub(crate) const fn left(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.place)
    }

    /// The next `count` bits, at most 24 of them; `None` if there are fewer.
    ///
    /// A count that is too large gives nothing and takes nothing.
    pub(crate) fn take(&mut self, count: usize) -> Option<u32> {
        if count > self.left() || count > 24 {
            return None;
        }
        let mut value = 0;
        for place in self.place..self.place + count {
            let byte = u32::from(*self.bytes.get(place / 8)?);
            value = value << 1 | byte >> (7 - place % 8) & 1;
        }
        self.place += count;
        Some(value)
    }
}

/// The last byte of a value; callers have made sure that it is one.
pub(crate) const fn byte(value: u32) -> u8 {
    (value & 0xff) as u8
}
