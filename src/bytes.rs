//! A bounded cursor over bytes: the only way in which this house walks through binary input.
//!
//! Every step answers with the bytes asked for or with [`ErrorKind::Truncated`] at the offset where they were
//! missing. Nothing here allocates, and no step can pass the end, however hostile the lengths that it is given.

use crate::error::{Error, ErrorKind, Part, Result};

/// Walks over borrowed bytes, remembering in which part it is and how far it came.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    part: Part,
    offset: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the first byte of `bytes`, which are all of `part`.
    #[must_use]
    pub const fn new(bytes: &'a [u8], part: Part) -> Self {
        Self { bytes, part, offset: 0 }
    }

    /// A cursor at the first byte of `bytes`, which stand in `part` from `offset` on.
    #[must_use]
    pub const fn at(bytes: &'a [u8], part: Part, offset: usize) -> Self {
        Self { bytes, part, offset }
    }

    /// The part that the bytes belong to.
    #[must_use]
    pub const fn part(&self) -> Part {
        self.part
    }

    /// The offset of the next byte within the part.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes that have not been taken.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether every byte was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next byte, without taking it.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    /// Takes the next `count` bytes.
    ///
    /// # Errors
    /// `Truncated` at the offset where the input ends.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        match self.bytes.split_at_checked(count) {
            Some((taken, rest)) => {
                self.bytes = rest;
                self.offset += count;
                Ok(taken)
            }
            None => Err(Error::new(ErrorKind::Truncated, self.part, self.offset + self.bytes.len())),
        }
    }

    /// Takes the next `N` bytes as an array.
    ///
    /// # Errors
    /// `Truncated`, as [`Cursor::take`].
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let at = self.error(ErrorKind::Truncated);
        self.take(N)?.try_into().map_err(|_| at)
    }

    /// Takes one byte.
    ///
    /// # Errors
    /// `Truncated`, as [`Cursor::take`].
    pub fn u8(&mut self) -> Result<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Takes two bytes, the most significant first.
    ///
    /// # Errors
    /// `Truncated`, as [`Cursor::take`].
    pub fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// Takes three bytes, the most significant first.
    ///
    /// # Errors
    /// `Truncated`, as [`Cursor::take`].
    pub fn u24(&mut self) -> Result<u32> {
        self.array::<3>().map(|[a, b, c]| u32::from_be_bytes([0, a, b, c]))
    }

    /// Takes four bytes, the most significant first.
    ///
    /// # Errors
    /// `Truncated`, as [`Cursor::take`].
    pub fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// An error of `kind` at the next byte.
    #[must_use]
    pub const fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.part, self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_never_passes_the_end_and_says_where_it_was() {
        let mut cursor = Cursor::new(&[1, 2, 3, 4, 5], Part::Input);
        assert_eq!(cursor.u8(), Ok(1));
        assert_eq!(cursor.u16(), Ok(0x0203));
        assert_eq!(cursor.u32(), Err(Error::new(ErrorKind::Truncated, Part::Input, 5)));
        assert_eq!(cursor.take(usize::MAX), Err(Error::new(ErrorKind::Truncated, Part::Input, 5)));
        assert_eq!((cursor.offset(), cursor.rest()), (3, &[4, 5][..]), "a failed step takes nothing");
    }

    #[test]
    fn three_bytes_are_read_most_significant_first() {
        let mut cursor = Cursor::new(&[0x31, 0x9E, 0xF5], Part::Input);
        assert_eq!(cursor.u24(), Ok(3_251_957));
        assert!(cursor.is_empty() && cursor.peek().is_none());
    }
}
