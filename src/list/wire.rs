//! How numbers and texts stand in a package: bytes, 16 and 32 bits little-endian, variable-length numbers.
//!
//! ```text
//! number   7 bits a byte, the lowest first, the highest bit set while another byte follows; at most 5 bytes
//! text     number of bytes, then UTF-8
//! ```
//! Reading is total: what runs over the end or over 32 bits gives `None`.

/// Appends a variable-length number.
pub fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7F) as u8);
}

/// Appends a text.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, u32::try_from(text.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(text.as_bytes());
}

/// A place in bytes of a package.
#[derive(Debug, Clone, Copy)]
pub struct Wire<'a>(pub &'a [u8]);

impl<'a> Wire<'a> {
    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }

    /// The next two bytes as a number.
    pub fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes(2)?.try_into().ok()?))
    }

    /// The next four bytes as a number.
    pub fn long(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?))
    }

    /// The next eight bytes as a number.
    pub fn wide(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes(8)?.try_into().ok()?))
    }

    /// The next variable-length number.
    pub fn number(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for place in 0..5 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    /// The next text.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        core::str::from_utf8(self.bytes(length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_read_and_what_is_cut_is_not() {
        let mut out = Vec::new();
        for number in [0, 1, 127, 128, 300, 70_000, u32::MAX] {
            put_number(&mut out, number);
        }
        put_text(&mut out, "Ünï");
        let mut wire = Wire(&out);
        for number in [0, 1, 127, 128, 300, 70_000, u32::MAX] {
            assert_eq!(wire.number(), Some(number));
        }
        assert_eq!((wire.text(), wire.byte()), (Some("Ünï"), None));
        assert_eq!(Wire(&[0xFF; 6]).number(), None);
        assert_eq!(Wire(&[3, b'a']).text(), None);
    }
}
