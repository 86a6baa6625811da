//! Codewords of DataMatrix: ISO/IEC 16022 §5.2 and annex B.
//!
//! # Codewords under ASCII encodation
//!
//! ```text
//! 1 to 128     the byte one less
//! 129          padding: the data have ended
//! 130 to 229   two digits
//! 230          C40          three values in two codewords, to 254
//! 231          Base 256     bytes with their number, both disguised by their place
//! 232          FNC1
//! 233          structured append: three codewords follow
//! 234          reader programming
//! 235          upper shift: 128 is added to the next one
//! 236, 237     macros 05 and 06: a header, and a trailer at the end
//! 238          X12          three values in two codewords, to 254
//! 239          Text         as C40 with small letters for capitals
//! 240          EDIFACT      four values in three codewords, to the value 31
//! 241          an interpretation: one to three codewords
//! ```
//!
//! # Values of C40 and Text
//!
//! ```text
//! set 0    0 to 2 shift to sets 1 to 3, 3 space, 4 to 13 digits, 14 to 39 letters
//! set 1    control characters
//! set 2    punctuation, 27 FNC1, 30 upper shift
//! set 3    the other case of letters and what stands beside them
//! ```
//!
//! X12 has CR, * and > for the shifts, and no other sets.

use super::{Content, byte};

/// Reads the corrected data codewords of a symbol.
pub(crate) fn decode(codewords: &[u8]) -> Option<Content> {
    let mut reader = Reader { codewords, place: 0 };
    let mut content = Content::default();
    let mut trailer = false;
    let mut upper = 0;
    while let Some(value) = reader.next() {
        match value {
            1..=128 => {
                content.push(value - 1 + upper);
                upper = 0;
                continue;
            }
            129 => break,
            130..=229 => [(value - 130) / 10, (value - 130) % 10].iter().for_each(|digit| content.push(b'0' + digit)),
            230 => triples(&mut reader, &mut content, Set::C40)?,
            231 => bytes(&mut reader, &mut content)?,
            232 if reader.place > 1 => content.push(0x1d),
            233 => reader.place += 3,
            232 | 234 => {}
            235 => {
                upper = 128;
                continue;
            }
            236 | 237 => {
                content.bytes.extend_from_slice(if value == 236 { b"[)>\x1e05\x1d" } else { b"[)>\x1e06\x1d" });
                trailer = true;
            }
            238 => triples(&mut reader, &mut content, Set::X12)?,
            239 => triples(&mut reader, &mut content, Set::Text)?,
            240 => edifact(&mut reader, &mut content)?,
            241 => content.switch(interpretation(&mut reader)?),
            _ => return None,
        }
        upper = 0;
    }
    if trailer {
        content.bytes.extend_from_slice(b"\x1e\x04");
    }
    Some(content)
}

/// Codewords, and how many of them were read. Places count from 1 in the standard; here they are what was read so far.
struct Reader<'a> {
    codewords: &'a [u8],
    place: usize,
}

impl Reader<'_> {
    /// The next codeword.
    fn next(&mut self) -> Option<u8> {
        let value = *self.codewords.get(self.place)?;
        self.place += 1;
        Some(value)
    }

    /// How many codewords are left.
    const fn left(&self) -> usize {
        self.codewords.len().saturating_sub(self.place)
    }

    /// The next codeword, which stays.
    fn peek(&self) -> Option<u8> {
        self.codewords.get(self.place).copied()
    }
}

/// The three sets that pack three values into two codewords.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    C40,
    Text,
    X12,
}

/// The codeword by which C40, Text and X12 end.
const UNLATCH: u8 = 254;

/// Pairs of codewords, until they end or are ended. Shifts last over pairs.
fn triples(reader: &mut Reader<'_>, content: &mut Content, set: Set) -> Option<()> {
    let mut state = Shifted::default();
    while reader.left() >= 2 {
        if reader.peek() == Some(UNLATCH) {
            reader.next();
            return Some(());
        }
        let (high, low) = (reader.next()?, reader.next()?);
        let joined = (u32::from(high) * 256 + u32::from(low)).checked_sub(1)?;
        for value in [joined / 1600, joined / 40 % 40, joined % 40] {
            state.add(value, set, content)?;
        }
    }
    // A single codeword that is left is read as ASCII; an unlatch there says nothing more.
    if reader.left() == 1 && reader.peek() == Some(UNLATCH) {
        reader.next();
    }
    Some(())
}

/// Which shift holds for the next value, and whether it is an upper one.
#[derive(Default)]
struct Shifted {
    shift: u32,
    upper: u8,
}

/// Set 2 of C40 and Text.
const PUNCTUATION: &[u8; 27] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_";

impl Shifted {
    /// Takes a value: a character, or a shift for the next one.
    fn add(&mut self, value: u32, set: Set, content: &mut Content) -> Option<()> {
        let own = match (self.shift, value) {
            (0, 3) => b' ',
            (0, 4..=13) => b'0' + byte(value - 4),
            (0, 14..=39) if set == Set::Text => b'a' + byte(value - 14),
            (0, 14..=39) => b'A' + byte(value - 14),
            (0, 0..=2) if set == Set::X12 => *b"\r*>".get(value as usize)?,
            (0, 0..=2) => {
                self.shift = value + 1;
                return Some(());
            }
            (1, 0..=31) => byte(value),
            (2, 27) => 0x1d,
            (2, 30) => {
                (self.shift, self.upper) = (0, 128);
                return Some(());
            }
            (2, _) => *PUNCTUATION.get(value as usize)?,
            (3, 1..=26) if set == Set::Text => b'A' + byte(value - 1),
            (3, 0..=31) => 96 + byte(value),
            _ => return None,
        };
        content.push(own | self.upper);
        (self.shift, self.upper) = (0, 0);
        Some(())
    }
}

/// Four values of six bits in three codewords.
fn edifact(reader: &mut Reader<'_>, content: &mut Content) -> Option<()> {
    while reader.left() > 2 {
        let mut joined = 0u32;
        let start = reader.place;
        for _ in 0..3 {
            joined = joined << 8 | u32::from(reader.next()?);
        }
        for index in 0..4 {
            let value = joined >> (18 - 6 * index) & 0x3f;
            if value == 0x1f {
                // The unlatch fills its codeword.
                reader.place = start + (index * 6 + 6usize).div_ceil(8);
                return Some(());
            }
            content.push(byte(if value & 0x20 == 0 { value | 0x40 } else { value }));
        }
    }
    Some(())
}

/// Bytes with their number before them, both disguised by their place.
fn bytes(reader: &mut Reader<'_>, content: &mut Content) -> Option<()> {
    let plain = |reader: &mut Reader<'_>| {
        let value = i32::from(reader.next()?);
        let mask = (149 * reader.place) % 255 + 1;
        Some(((value - mask as i32) & 0xff) as u8)
    };
    let first = usize::from(plain(reader)?);
    let count = match first {
        0 => reader.left(),
        1..=249 => first,
        _ => 250 * (first - 249) + usize::from(plain(reader)?),
    };
    if count > reader.left() {
        return None;
    }
    for _ in 0..count {
        let value = plain(reader)?;
        content.push(value);
    }
    Some(())
}

/// The number of an interpretation: ISO/IEC 16022 §5.4.
fn interpretation(reader: &mut Reader<'_>) -> Option<u32> {
    let first = u32::from(reader.next()?);
    let mut next = || reader.next().and_then(|value| u32::from(value).checked_sub(1));
    match first {
        1..=127 => Some(first - 1),
        128..=191 => Some((first - 128) * 254 + next()? + 127),
        192..=207 => Some((first - 192) * 64_516 + next()? * 254 + next()? + 16_383),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(values: &[u8], from: usize) -> Vec<u8> {
        let mask = |(index, value): (usize, &u8)| value.wrapping_add(((149 * (from + index)) % 255 + 1) as u8);
        values.iter().enumerate().map(mask).collect()
    }

    #[test]
    fn every_encodation_comes_back_to_the_byte() {
        assert_eq!(decode(&[142, 164, 186, 129, 70]).unwrap().bytes, b"123456");
        assert_eq!(decode(&[235, 33, 66]).unwrap().bytes, b"\xa0A");
        assert_eq!(decode(&[230, 91, 11, 91, 11, 254, 66]).unwrap().bytes, b"AIMAIMA");
        assert_eq!(decode(&[239, 91, 11, 254]).unwrap().bytes, b"aim");
        assert_eq!(decode(&[238, 89, 233, 254]).unwrap().bytes, b"ABC");
        assert_eq!(decode(&[240, 16, 21, 1 << 6 | 0x1f, 66]).map(|c| c.bytes.len()), Some(4));
        let mut raw = vec![231];
        raw.extend(masked(&[3, 0xdc, 0x03, 0xff], 2));
        assert_eq!(decode(&raw).unwrap().bytes, b"\xdc\x03\xff");
        raw.pop();
        assert!(decode(&raw).is_none(), "fewer bytes than were announced");
    }
}
