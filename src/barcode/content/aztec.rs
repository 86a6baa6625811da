//! Bits of Aztec codes: ISO/IEC 24778 §6.3.
//!
//! # Tables
//!
//! ```text
//! code  upper     lower     mixed      punctuation  digit
//! 0     PS        PS        PS         FLG          PS
//! 1     space     space     space      CR           space
//! 2..   A to Z    a to z    controls   CR LF …      0 to 9 , .
//! 14                                                UL
//! 15                                                US
//! 25..                      …DEL
//! 28    LL        US        LL
//! 29    ML        ML        UL
//! 30    DL        DL        PL
//! 31    BS        BS        BS         UL
//! ```
//!
//! L latches, S shifts for one character, B reads bytes: a count of five bits, or of eleven more if that is zero. FLG is followed by
//! three bits: 0 is FNC1, 1 to 6 the digits of an interpretation, 7 is reserved.

use super::{Content, byte};

/// Character tables; the number is that of its codes.
#[derive(Clone, Copy, PartialEq)]
enum Table {
    Upper,
    Lower,
    Mixed,
    Punctuation,
    Digit,
}

/// What a code stands for.
enum Code {
    Bytes(&'static [u8]),
    Latch(Table),
    Shift(Table),
    Binary,
    Flag,
}

/// Codes 2 to 27 of the mixed table.
const MIXED: &[u8; 26] = b"\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f@\\^_`|~\x7f";
/// Codes 6 to 30 of the punctuation table.
const PUNCTUATION: &[u8; 25] = b"!\"#$%&'()*+,-./:;<=>?[]{}";
/// Codes 1 to 5 of the punctuation table; four of them stand for two bytes.
const PAIRS: [&[u8]; 5] = [b"\r", b"\r\n", b". ", b", ", b": "];
/// Codes 2 to 27.
const UPPER: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Codes 2 to 27.
const LOWER: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
/// Codes 2 to 13.
const DIGITS: &[u8; 12] = b"0123456789,.";

/// A single byte of a table.
fn one(table: &'static [u8], index: u32) -> Option<Code> {
    let index = index as usize;
    table.get(index..=index).map(Code::Bytes)
}

/// What a code means in a table.
fn code(table: Table, value: u32) -> Option<Code> {
    use Table::{Digit, Lower, Mixed, Punctuation, Upper};
    Some(match (table, value) {
        (Upper | Lower | Mixed | Digit, 0) => Code::Shift(Punctuation),
        (Upper | Lower | Mixed | Digit, 1) => Code::Bytes(b" "),
        (Upper, 28) | (Mixed, 28) => Code::Latch(Lower),
        (Upper | Lower, 29) => Code::Latch(Mixed),
        (Upper | Lower, 30) => Code::Latch(Digit),
        (Upper | Lower | Mixed, 31) => Code::Binary,
        (Lower, 28) => Code::Shift(Upper),
        (Mixed, 29) | (Punctuation, 31) | (Digit, 14) => Code::Latch(Upper),
        (Mixed, 30) => Code::Latch(Punctuation),
        (Digit, 15) => Code::Shift(Upper),
        (Punctuation, 0) => Code::Flag,
        (Upper, _) => one(UPPER, value - 2)?,
        (Lower, _) => one(LOWER, value - 2)?,
        (Mixed, _) => one(MIXED, value - 2)?,
        (Punctuation, 1..=5) => Code::Bytes(PAIRS.get(value as usize - 1)?),
        (Punctuation, _) => one(PUNCTUATION, value - 6)?,
        (Digit, _) => one(DIGITS, value - 2)?,
    })
}

/// Reads the data bits of a symbol, stuffing taken out. What is too short for another code at the end is padding.
pub(crate) fn decode(bits: &[bool]) -> Option<Content> {
    let mut content = Content::default();
    let mut reader = Reader { bits, place: 0 };
    let (mut latched, mut table) = (Table::Upper, Table::Upper);
    while let Some(value) = reader.take(if table == Table::Digit { 4 } else { 5 }) {
        match code(table, value)? {
            Code::Bytes(bytes) => {
                content.bytes.extend_from_slice(bytes);
                table = latched;
            }
            Code::Latch(next) => (latched, table) = (next, next),
            Code::Shift(next) => {
                // A shift out of a shift returns to the shifted table.
                latched = table;
                table = next;
            }
            Code::Binary => {
                latched = table;
                if !binary(&mut reader, &mut content) {
                    break;
                }
            }
            Code::Flag => {
                flag(&mut reader, &mut content)?;
                table = latched;
            }
        }
    }
    if bits.get(..10).is_some_and(|start| *start == APPEND) {
        without_header(&mut content);
    }
    Some(content)
}

/// Two latches that lead nowhere announce a part of several symbols: mixed, and upper again.
const APPEND: [bool; 10] = [true, true, true, false, true, true, true, true, false, true];

/// Takes out which part of what a symbol is: a name between spaces, if there is one, and two letters.
fn without_header(content: &mut Content) {
    let mut start = 0;
    if content.bytes.first() == Some(&b' ') {
        start = content.bytes.iter().skip(1).position(|byte| *byte == b' ').map_or(0, |place| place + 2);
    }
    let end = (start + 2).min(content.bytes.len());
    content.bytes.drain(..end);
}

/// A run of bytes; false if the bits end within it.
fn binary(reader: &mut Reader<'_>, content: &mut Content) -> bool {
    let Some(mut count) = reader.take(5) else { return false };
    if count == 0 {
        let Some(long) = reader.take(11) else { return false };
        count = long + 31;
    }
    for _ in 0..count {
        let Some(value) = reader.take(8) else { return false };
        content.push(byte(value));
    }
    true
}

/// FNC1, or an interpretation of so many digits.
fn flag(reader: &mut Reader<'_>, content: &mut Content) -> Option<()> {
    match reader.take(3)? {
        // In first place it is a flag, and no separator.
        0 if content.bytes.is_empty() => {}
        0 => content.push(0x1d),
        7 => return None,
        digits => {
            let mut number = 0;
            for _ in 0..digits {
                number = number * 10 + reader.take(4)?.checked_sub(2).filter(|digit| *digit < 10)?;
            }
            content.switch(number);
        }
    }
    Some(())
}

/// Data bits, and how many of them were read.
struct Reader<'a> {
    bits: &'a [bool],
    place: usize,
}

impl Reader<'_> {
    /// The next bits as a number, the first one highest; nothing if there are fewer.
    fn take(&mut self, count: usize) -> Option<u32> {
        let bits = self.bits.get(self.place..self.place + count)?;
        self.place += count;
        Some(bits.iter().fold(0, |value, bit| value << 1 | u32::from(*bit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(text: &str) -> Vec<bool> {
        text.bytes().filter(|c| *c != b' ').map(|c| c == b'1').collect()
    }

    #[test]
    fn tables_shifts_and_bytes_are_told_apart() {
        // A, punctuation "!", lower a, digit 7 and back by upper shift B, two bytes.
        let text = "00010 00000 00110 11100 00010 11110 1001 1111 00011 1110 11111 00010 11111111 00000001";
        let content = decode(&bits(text)).unwrap();
        assert_eq!(content.bytes, b"A!a7B\xff\x01");
        assert_eq!(decode(&bits("00000 00000 000 00010 00000 00000 000")).unwrap().bytes, b"A\x1d");
        assert!(decode(&bits("00000 00000 111")).is_none());
    }
}
