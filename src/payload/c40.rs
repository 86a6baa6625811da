//! C40 as digital seals use it (Doc 9303-13 §2.6): three characters in two bytes, without shifts.
//!
//! ```text
//! blank or <  3      0-9  4..13      A-Z  14..39
//! U = 1600 a + 40 b + c + 1, the most significant byte first
//! two characters left: c = 0      one left: FE and its ASCII code + 1
//! ```
//!
//! Blank and filler share one value; text is given with fillers where it is a machine-readable zone and with blanks
//! elsewhere. Hostile input could hold values that no character has; they end the reading where they stand.

use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;

/// What one C40 value stands for; the shifts 0, 1 and 2 for nothing.
const fn character(value: u16) -> Option<char> {
    Some(match value {
        3 => ' ',
        4..=13 => (b'0' + (value - 4) as u8) as char,
        14..=39 => (b'A' + (value - 14) as u8) as char,
        _ => return None,
    })
}

const fn value(character: char) -> Option<u16> {
    Some(match character {
        ' ' | '<' => 3,
        '0'..='9' => character as u16 - '0' as u16 + 4,
        'A'..='Z' => character as u16 - 'A' as u16 + 14,
        _ => return None,
    })
}

/// The most bytes that one text may have.
const MAX_BYTES: usize = 4096;

/// Reads C40; blanks stand where blanks or fillers were written.
///
/// # Errors
/// The offset of the first bytes that are no C40.
pub fn decode(bytes: &[u8]) -> core::result::Result<Secret<String>, usize> {
    if bytes.len() > MAX_BYTES {
        return Err(MAX_BYTES);
    }
    let mut text = String::with_capacity(bytes.len() / 2 * 3 + 1);
    for (index, pair) in bytes.chunks(2).enumerate() {
        let at = index * 2;
        let last = at + 2 >= bytes.len();
        let read = match *pair {
            // The return to ASCII, for one last character.
            [0xFE, code] if last => char::from_u32(u32::from(code.wrapping_sub(1))).filter(char::is_ascii),
            [high, low] => {
                three(u16::from_be_bytes([high, low]), last, &mut text).ok_or(at)?;
                continue;
            }
            _ => None,
        };
        let read = read.filter(|c| !c.is_ascii_control()).ok_or(at)?;
        text.push(if read == '<' { ' ' } else { read });
    }
    Ok(Secret::new(text))
}

/// Adds the characters of one pair of bytes. A zero pads the last pair, and stands nowhere else.
fn three(pair: u16, last: bool, text: &mut String) -> Option<()> {
    let sum = pair.checked_sub(1)?;
    let values = [sum / 1600, sum % 1600 / 40, sum % 40];
    let padded = values.iter().rev().take_while(|value| **value == 0).count();
    let filled = if last { 3 - padded.min(2) } else { 3 };
    values.iter().take(filled).try_for_each(|value| {
        text.push(character(*value)?);
        Some(())
    })
}

/// Writes C40. Fillers and blanks become the same.
///
/// # Errors
/// `PayloadField` at the first character that C40 without shifts cannot hold.
pub fn encode(text: &str) -> Result<Vec<u8>> {
    let wrong = |at| Error::new(ErrorKind::PayloadField, Part::Payload, at);
    let mut bytes = Vec::with_capacity(text.len().div_ceil(3) * 2);
    let characters: zeroize::Zeroizing<Vec<char>> = zeroize::Zeroizing::new(text.chars().collect());
    for (index, triple) in characters.chunks(3).enumerate() {
        let mut values = [0_u16; 3];
        for (place, (slot, character)) in values.iter_mut().zip(triple).enumerate() {
            *slot = value(*character).ok_or_else(|| wrong(index * 3 + place))?;
        }
        match triple {
            [one] => {
                let code = if *one == '<' { b' ' } else { u8::try_from(*one).unwrap_or(b' ') };
                bytes.extend([0xFE, code + 1]);
            }
            _ => {
                let [a, b, c] = values;
                bytes.extend((1600 * a + 40 * b + c + 1).to_be_bytes());
            }
        }
    }
    Ok(bytes)
}

/// How many bytes `characters` characters take.
#[must_use]
pub const fn encoded_len(characters: usize) -> usize {
    characters.div_ceil(3) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_written_and_read() {
        let rows: [(&str, &[u8]); 3] = [
            ("VISA01", &[0xDE, 0x51, 0x58, 0x26]),
            ("XK<CD", &[0xEB, 0x04, 0x66, 0xA9]),
            ("XKCD", &[0xEB, 0x11, 0xFE, 0x45]),
        ];
        for (text, bytes) in rows {
            assert_eq!(encode(text).unwrap(), bytes);
            assert_eq!(decode(bytes).unwrap().reveal(), &text.replace('<', " "));
        }
        assert_eq!(encode("UTO").unwrap(), [0xD9, 0xC5]);
    }

    #[test]
    fn a_filler_that_stands_alone_at_the_end_is_a_blank_as_any_other() {
        for bytes in [[0xDE, 0x51, 0xFE, 0x3D], [0xDE, 0x51, 0xFE, 0x21]] {
            assert_eq!(decode(&bytes).unwrap().reveal(), "VIS ");
        }
        assert_eq!(encode("VIS<").unwrap(), encode("VIS ").unwrap());
    }

    #[test]
    fn shifts_and_values_beyond_the_last_are_refused_where_they_stand() {
        assert_eq!(decode(&[0xDE, 0x51, 0xFF, 0xFF]).err(), Some(2));
        assert_eq!(decode(&[0x00, 0x00]).err(), Some(0), "no sum is less than one");
        assert_eq!(decode(&[0xFE, 0x45, 0xDE, 0x51]).err(), Some(0), "one character stands at the end only");
        assert_eq!(decode(&[0xDE, 0x51, 0x58]).err(), Some(2), "half a pair");
        assert!(encode("é").is_err() && encode("a").is_err());
    }
}
