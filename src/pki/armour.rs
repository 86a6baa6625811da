//! Text armour around certificates and lists: PEM (RFC 7468).
//!
//! ```text
//! -----BEGIN CERTIFICATE-----
//! base64, in lines
//! -----END CERTIFICATE-----
//! ```
//!
//! Blocks follow one another, with any text between them. The label is not believed: what a block holds is recognised
//! by its content. Hostile input could leave a block open or fill it with anything; both are errors, and decoding takes
//! less memory than the text.

use crate::error::{Error, ErrorKind, Part, Result};
use data_encoding::BASE64;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// Whether `bytes` are armoured: a block begins at the start of some line.
#[must_use]
pub fn is_armoured(bytes: &[u8]) -> bool {
    bytes.starts_with(BEGIN) || find(bytes, b"\n-----BEGIN ").is_some()
}

/// Every block, decoded.
///
/// # Errors
/// `TrustArmour` at the block that is not closed or not base64.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut blocks = Vec::new();
    let mut rest = bytes;
    while let Some(start) = find(rest, BEGIN) {
        let offset = bytes.len() - rest.len() + start;
        let wrong = Error::new(ErrorKind::TrustArmour, Part::Input, offset);
        let inside = rest.get(start + BEGIN.len()..).ok_or(wrong)?;
        let label = find(inside, DASHES).ok_or(wrong)?;
        let body = inside.get(label + DASHES.len()..).ok_or(wrong)?;
        let end = find(body, END).ok_or(wrong)?;
        let (text, after) = body.split_at_checked(end).ok_or(wrong)?;
        let text: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        blocks.push(BASE64.decode(&text).map_err(|_| wrong)?);
        rest = after;
    }
    Ok(blocks)
}

/// Where `needle`, which is not empty, stands first in `bytes`.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_decoded_whatever_stands_around_them() {
        let text = b"subject: Utopia\n-----BEGIN CERTIFICATE-----\r\nAQID\r\nBA==\r\n-----END CERTIFICATE-----\n\
            -----BEGIN X-----\nBQ==\n-----END X-----\n";
        assert!(is_armoured(text));
        assert_eq!(blocks(text), Ok(vec![vec![1, 2, 3, 4], vec![5]]));
        assert!(!is_armoured(&[0x30, 3, 2, 1, 5]));
        assert_eq!(blocks(b"nothing"), Ok(vec![]));
    }

    #[test]
    fn a_block_that_is_open_or_not_base64_is_an_error_where_it_begins() {
        let open = b"text\n-----BEGIN CERTIFICATE-----\nAQID\n";
        let foreign = b"text\n-----BEGIN CERTIFICATE-----\nAQ*D\n-----END CERTIFICATE-----";
        for text in [&open[..], foreign, b"text\n-----BEGIN "] {
            let expected = Error::new(ErrorKind::TrustArmour, Part::Input, 5);
            assert_eq!(blocks(text), Err(expected));
        }
    }
}
