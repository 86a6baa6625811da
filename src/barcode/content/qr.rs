//! Segments of QR codes: ISO/IEC 18004 §7.4.
//!
//! # Segments
//!
//! ```text
//! 0001   digits            three in ten bits, two in seven, one in four
//! 0010   capitals, digits  two in eleven bits, one in six
//! 0100   bytes             eight bits each
//! 1000   Kanji             thirteen bits for two bytes of Shift JIS
//! 1101   Hanzi             four bits for the set, thirteen for two bytes of GB 2312
//! 0111   an interpretation one to three bytes
//! 0011   structured append sixteen bits: which part of how many, and a parity
//! 0101   FNC1 in first, 1001 in second position (with eight bits for the application)
//! 0000   the end
//! ```
//!
//! A count follows the mode; how many bits it has depends on the version: 1 to 9, 10 to 26, 27 to 40.

use super::{Bits, Content, JAPANESE_OR_LATIN, byte};

/// The values of capitals and digits, 45 of them.
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/// Interpretation numbers of the character sets that segments imply.
const SHIFT_JIS: u32 = 20;
/// Of Hanzi.
const GB18030: u32 = 32;

/// Reads the corrected data codewords of a symbol of this version.
pub(crate) fn decode(codewords: &[u8], version: u32) -> Option<Content> {
    let mut bits = Bits::new(codewords);
    let mut content = Content::default();
    content.segment(JAPANESE_OR_LATIN);
    let mut fnc1 = false;
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, &mut content, version)?,
            2 => alphanumeric(&mut bits, &mut content, version, fnc1)?,
            3 => bits.take(16).map(|_| ())?,
            4 => bytes(&mut bits, &mut content, version)?,
            5 => fnc1 = true,
            7 => content.switch(interpretation(&mut bits)?),
            8 => kanji(&mut bits, &mut content, version)?,
            9 => {
                fnc1 = true;
                bits.take(8)?;
            }
            13 => hanzi(&mut bits, &mut content, version)?,
            _ => return None,
        }
    }
    Some(content)
}

/// How many characters follow; the width of the number grows with the version.
fn count(bits: &mut Bits<'_>, version: u32, widths: [usize; 3]) -> Option<u32> {
    let width = match version {
        0..=9 => widths[0],
        10..=26 => widths[1],
        _ => widths[2],
    };
    bits.take(width)
}

/// Digits in threes; a value that has more digits than its group is refused.
fn numeric(bits: &mut Bits<'_>, content: &mut Content, version: u32) -> Option<()> {
    let mut left = count(bits, version, [10, 12, 14])?;
    content.segment(JAPANESE_OR_LATIN);
    while left > 0 {
        let digits = left.min(3);
        let value = bits.take([0, 4, 7, 10][digits as usize])?;
        if value >= 10u32.pow(digits) {
            return None;
        }
        for place in (0..digits).rev() {
            content.push(b'0' + byte(value / 10u32.pow(place) % 10));
        }
        left -= digits;
    }
    Some(())
}

/// Characters in pairs.
fn alphanumeric(bits: &mut Bits<'_>, content: &mut Content, version: u32, fnc1: bool) -> Option<()> {
    let mut left = count(bits, version, [9, 11, 13])?;
    content.segment(JAPANESE_OR_LATIN);
    let start = content.bytes.len();
    while left > 0 {
        let value = bits.take(if left > 1 { 11 } else { 6 })?;
        if left > 1 {
            content.push(*ALPHANUMERIC.get(value as usize / 45)?);
        }
        content.push(*ALPHANUMERIC.get(value as usize % 45)?);
        left = left.saturating_sub(2);
    }
    if fnc1 {
        separators(content, start);
    }
    Some(())
}

/// Under FNC1 a percent sign separates, and two of them are one.
fn separators(content: &mut Content, start: usize) {
    let mut read = start;
    let mut out = Vec::new();
    while let Some(value) = content.bytes.get(read) {
        let doubled = content.bytes.get(read + 1) == Some(&b'%');
        match (value, doubled) {
            (b'%', true) => {
                out.push(b'%');
                read += 1;
            }
            (b'%', false) => out.push(0x1d),
            _ => out.push(*value),
        }
        read += 1;
    }
    content.bytes.truncate(start);
    content.bytes.extend(out);
}

/// Bytes as they are.
fn bytes(bits: &mut Bits<'_>, content: &mut Content, version: u32) -> Option<()> {
    let left = count(bits, version, [8, 16, 16])?;
    content.segment(JAPANESE_OR_LATIN);
    for _ in 0..left {
        content.push(byte(bits.take(8)?));
    }
    Some(())
}

/// Two bytes from one value: ISO/IEC 18004 §7.4.6.
fn kanji(bits: &mut Bits<'_>, content: &mut Content, version: u32) -> Option<()> {
    let left = count(bits, version, [8, 10, 12])?;
    content.segment(SHIFT_JIS);
    for _ in 0..left {
        let value = bits.take(13)?;
        let joined = ((value / 0xc0) << 8) + value % 0xc0;
        let joined = joined + if joined < 0x1f00 { 0x8140 } else { 0xc140 };
        content.push(byte(joined >> 8));
        content.push(byte(joined));
    }
    Some(())
}

/// Two bytes from one value: GB/T 18284.
fn hanzi(bits: &mut Bits<'_>, content: &mut Content, version: u32) -> Option<()> {
    if bits.take(4)? != 1 {
        return None;
    }
    let left = count(bits, version, [8, 10, 12])?;
    content.segment(GB18030);
    for _ in 0..left {
        let value = bits.take(13)?;
        let joined = ((value / 0x60) << 8) + value % 0x60;
        let joined = joined + if joined < 0xa00 { 0xa1a1 } else { 0xa6a1 };
        content.push(byte(joined >> 8));
        content.push(byte(joined));
    }
    Some(())
}

/// The number of an extended channel interpretation: one to three bytes.
fn interpretation(bits: &mut Bits<'_>) -> Option<u32> {
    let first = bits.take(8)?;
    match first {
        0..=0x7f => Some(first),
        0x80..=0xbf => Some((first & 0x3f) << 8 | bits.take(8)?),
        0xc0..=0xdf => Some((first & 0x1f) << 16 | bits.take(16)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_and_a_count_that_is_too_long_is_refused() {
        // Numeric 01234567 (the standard's example), then a byte segment.
        let bits = "0001 0000001000 0000001100 0101011001 1000011 0100 00000010 11111111 00000000 0000";
        let mut packed = Vec::new();
        let digits: Vec<u8> = bits.bytes().filter(|c| *c != b' ').map(|c| c - b'0').collect();
        digits
            .chunks(8)
            .for_each(|eight| packed.push(eight.iter().enumerate().fold(0, |sum, (i, bit)| sum | bit << (7 - i))));
        let content = decode(&packed, 1).unwrap();
        assert_eq!(content.bytes, b"01234567\xff\x00");
        assert!(decode(&packed[..packed.len() - 3], 1).is_none());
    }
}
