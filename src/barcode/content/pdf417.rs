//! Codewords of PDF417: ISO/IEC 15438 §5.4.
//!
//! # Codewords
//!
//! ```text
//! 0 to 899    data under the mode that holds
//! 900         text: two values of a codeword, in four cases
//! 901         bytes: five codewords are six bytes, the rest stand for a byte each
//! 902         digits: fifteen codewords are 44 digits
//! 913         the next codeword is a byte, once
//! 924         bytes, whose number is a multiple of six
//! 921         reader programming
//! 925 to 927  an interpretation
//! 928         a macro block: the data have ended
//! ```
//!
//! # Values of text
//!
//! ```text
//! value     upper      lower      mixed            punctuation
//! 0 to 24   A to Y     a to y     0 to 9 & CR …    ; < > …
//! 25        Z          z          punctuation      …
//! 26        space      space      space            …
//! 27        lower      upper, 1   lower            …
//! 28        mixed      mixed      upper            '
//! 29        punct., 1  punct., 1  punct., 1        upper
//! ```
//!
//! A 1 says that the case holds for one value.

use super::{Content, byte};

/// Text compaction; smaller numbers are data.
const TEXT: u32 = 900;
/// Byte compaction.
const BYTES: u32 = 901;
/// Numeric compaction.
const DIGITS: u32 = 902;
/// One byte within text.
const SHIFT_BYTE: u32 = 913;
/// Byte compaction in groups of six.
const BYTES_BY_SIX: u32 = 924;

/// Values 0 to 24 of the mixed case.
const MIXED: &[u8; 25] = b"0123456789&\r\t,:#-.$/+%*=^";
/// Values 0 to 28 of punctuation.
const PUNCTUATION: &[u8; 29] = b";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'";

#[derive(Clone, Copy, PartialEq)]
enum Case {
    Upper,
    Lower,
    Mixed,
    Punctuation,
}

/// Reads the corrected codewords of a symbol; the first one says how many there are, itself included.
pub(crate) fn decode(codewords: &[u32]) -> Option<Content> {
    let count = usize::try_from(*codewords.first()?).ok()?;
    let mut reader = Reader { codewords: codewords.get(1..count)?, place: 0 };
    let mut content = Content::default();
    let mut mode = TEXT;
    let mut case = (Case::Upper, Case::Upper);
    while let Some(value) = reader.peek() {
        match value {
            TEXT | BYTES | DIGITS | BYTES_BY_SIX => {
                (mode, case) = (value, (Case::Upper, Case::Upper));
                reader.place += 1;
            }
            SHIFT_BYTE => {
                reader.place += 1;
                content.push(u8::try_from(reader.next()?).ok()?);
            }
            // A macro block ends the data: which part of which file this is.
            928 => break,
            925..=927 => interpretation(&mut reader, &mut content)?,
            921 => reader.place += 1,
            903.. => return None,
            _ if mode == TEXT => {
                reader.place += 1;
                for half in [value / 30, value % 30] {
                    case = letter(half, case, &mut content)?;
                }
            }
            _ if mode == DIGITS => digits(&mut reader, &mut content)?,
            _ => bytes(&mut reader, &mut content, mode == BYTES_BY_SIX)?,
        }
    }
    Some(content)
}

/// Data codewords, and how many of them were read.
struct Reader<'a> {
    codewords: &'a [u32],
    place: usize,
}

impl Reader<'_> {
    /// The next codeword, which stays.
    fn peek(&self) -> Option<u32> {
        self.codewords.get(self.place).copied()
    }

    /// The next codeword.
    fn next(&mut self) -> Option<u32> {
        let value = self.peek()?;
        self.place += 1;
        Some(value)
    }

    /// Data codewords from here on, at most `count`.
    fn data(&self, count: usize) -> &[u32] {
        let rest = self.codewords.get(self.place..).unwrap_or(&[]);
        let end = rest.iter().take(count).take_while(|value| **value < TEXT).count();
        rest.get(..end).unwrap_or(&[])
    }
}

/// One or two codewords after the one that announces it.
fn interpretation(reader: &mut Reader<'_>, content: &mut Content) -> Option<()> {
    match (reader.next()?, reader.next()?) {
        (927, number) => content.switch(number),
        (926, group) => content.switch((group + 1) * 900 + reader.next()?),
        (_, user) => content.switch(810_900 + user),
    }
    Some(())
}

/// Half a codeword of text; gives the latched case and the one for the next half.
fn letter(value: u32, (latched, case): (Case, Case), content: &mut Content) -> Option<(Case, Case)> {
    use Case::{Lower, Mixed, Punctuation, Upper};
    let latch = |case| Some((case, case));
    match (case, value) {
        (Upper, 27) | (Mixed, 27) => return latch(Lower),
        (Upper | Lower, 28) => return latch(Mixed),
        (Lower, 27) => return Some((Lower, Upper)),
        (Mixed, 28) | (Punctuation, 29) => return latch(Upper),
        (Mixed, 25) => return latch(Punctuation),
        (_, 29) => return Some((case, Punctuation)),
        (Upper | Lower | Mixed, 26) => content.push(b' '),
        (Upper, _) => content.push(b'A' + byte(value)),
        (Lower, _) => content.push(b'a' + byte(value)),
        (Mixed, _) => content.push(*MIXED.get(value as usize)?),
        (Punctuation, _) => content.push(*PUNCTUATION.get(value as usize)?),
    }
    Some((latched, latched))
}

/// Five codewords are six bytes; what is left over stands for a byte each.
fn bytes(reader: &mut Reader<'_>, content: &mut Content, by_six: bool) -> Option<()> {
    loop {
        let group = reader.data(6);
        if group.is_empty() {
            return Some(());
        }
        if group.len() > 5 || (by_six && group.len() == 5) {
            let joined = group.iter().take(5).fold(0u64, |sum, value| sum * 900 + u64::from(*value));
            if joined >> 48 != 0 {
                return None;
            }
            joined.to_be_bytes().iter().skip(2).for_each(|value| content.push(*value));
            reader.place += 5;
        } else {
            let count = group.len();
            for _ in 0..count {
                content.push(u8::try_from(reader.next()?).ok()?);
            }
        }
    }
}

/// Fifteen codewords are up to 44 digits after a leading one.
fn digits(reader: &mut Reader<'_>, content: &mut Content) -> Option<()> {
    loop {
        let group = reader.data(15);
        if group.is_empty() {
            return Some(());
        }
        let mut number = vec![0u8];
        for value in group {
            let mut carry = *value;
            for digit in number.iter_mut() {
                let sum = u32::from(*digit) * 900 + carry;
                *digit = byte(sum % 10);
                carry = sum / 10;
            }
            while carry > 0 {
                number.push(byte(carry % 10));
                carry /= 10;
            }
        }
        if number.pop() != Some(1) {
            return None;
        }
        number.iter().rev().for_each(|digit| content.push(b'0' + digit));
        let count = group.len();
        reader.place += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_bytes_and_digits_come_back() {
        // "Ab1;" in text: A, latch lower b, latch mixed 1, shift to punctuation ;
        let text = [5, 27, 30 + 28, 30 + 29, 29];
        assert_eq!(decode(&text).unwrap().bytes, b"Ab1;");
        // The example of the standard: 000213298174000 in numeric compaction.
        assert_eq!(decode(&[8, 902, 1, 624, 434, 632, 282, 200]).unwrap().bytes, b"000213298174000");
        assert_eq!(decode(&[7, 924, 0, 0, 0, 1, 1]).unwrap().bytes, [0, 0, 0, 0, 3, 0x85]);
        assert_eq!(decode(&[7, 901, 1, 2, 3, 4, 255]).unwrap().bytes, [1, 2, 3, 4, 255]);
        assert!(decode(&[7, 901, 1, 2, 3, 4, 256]).is_none() && decode(&[9, 900]).is_none());
    }
}
