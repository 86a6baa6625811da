//! A look at the headers of a JPEG 2000 codestream before it is decoded (ISO/IEC 15444-1 annex A).
//!
//! ```text
//! FF4F  FF51 L SIZ …  FF52 L COD …  FF53 L COC …   (FF90 L SOT: tile, length  [COD, COC]  FF93 data)*   FFD9
//! ```
//!
//! Size, number of components and tiles, and the size of precincts say how much a decoder will reserve, and all of
//! them stand in headers. Whatever is not understood here is left for the decoder to refuse.
//!
//! Hostile input could chain markers or tile-parts without end: [`MAX_MARKERS`] are looked at in each header, and
//! [`MAX_TILE_PARTS`] headers.

use super::within_bounds;
use crate::bytes::Cursor;
use crate::error::{ErrorKind, Part};

const MAX_MARKERS: usize = 128;
const MAX_TILE_PARTS: usize = 4096;
const MAX_COMPONENTS: u16 = 4;
const MAX_TILES: u64 = 4096;
/// Precincts are at least 2 to this many samples on each side, below the smallest resolution.
const LEAST_PRECINCT: u8 = 4;

const START: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];
const SIZE: u16 = 0xFF51;
const COD: u16 = 0xFF52;
const COC: u16 = 0xFF53;
const START_OF_TILE_PART: u16 = 0xFF90;
const START_OF_DATA: u16 = 0xFF93;
const END: u16 = 0xFFD9;

/// Whether a decoder may be given these bytes.
///
/// # Errors
/// `TooLarge` for more pixels, components, tiles or precincts than a portrait can have, `PictureUnreadable` if there is
/// no codestream.
pub(super) fn is_bounded(bytes: &[u8]) -> Result<(), ErrorKind> {
    let starts = bytes.windows(START.len()).enumerate().filter(|(_, window)| *window == START);
    let mut found = false;
    // In a JP2 file boxes come before it. Every place at which it could begin is held to the bounds.
    for (start, _) in starts.take(16) {
        found = true;
        let rest = bytes.get(start..).unwrap_or_default();
        look(&mut Cursor::new(rest, Part::ChipFile)).unwrap_or(Ok(()))?;
    }
    if found { Ok(()) } else { Err(ErrorKind::PictureUnreadable) }
}

/// Looks at the main header and at those of the tile-parts; `None` where they end too early.
fn look(cursor: &mut Cursor<'_>) -> Option<Result<(), ErrorKind>> {
    cursor.take(2).ok()?;
    let mut components = 0;
    for _ in 0..MAX_TILE_PARTS {
        let tile_part = match header(cursor, &mut components)? {
            Ok(tile_part) => tile_part,
            Err(kind) => return Some(Err(kind)),
        };
        let passed = cursor.offset().checked_sub(tile_part.begin)?;
        // None stated means up to the end, and ends this look as well.
        cursor.take(tile_part.length.checked_sub(passed)?).ok()?;
    }
    Some(Err(ErrorKind::TooLarge))
}

/// Where a tile-part begins, and how long it says it is.
struct TilePart {
    begin: usize,
    length: usize,
}

/// Walks the markers up to the data of a tile-part.
fn header(cursor: &mut Cursor<'_>, components: &mut u16) -> Option<Result<TilePart, ErrorKind>> {
    let mut tile_part = TilePart { begin: 0, length: 0 };
    for _ in 0..MAX_MARKERS {
        let begin = cursor.offset();
        let marker = cursor.u16().ok()?;
        if matches!(marker, START_OF_DATA | END) {
            return Some(Ok(tile_part));
        }
        let size = usize::from(cursor.u16().ok()?).checked_sub(2)?;
        let mut segment = Cursor::new(cursor.take(size).ok()?, Part::ChipFile);
        let verdict = match marker {
            SIZE => size_of_picture(&mut segment, components)?,
            COD => style(&mut segment, 0)?,
            COC => style(&mut segment, if *components < 257 { 1 } else { 2 })?,
            START_OF_TILE_PART => {
                segment.take(2).ok()?;
                tile_part = TilePart { begin, length: usize::try_from(segment.u32().ok()?).ok()? };
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(kind) = verdict {
            return Some(Err(kind));
        }
    }
    Some(Err(ErrorKind::TooLarge))
}

/// SIZ: grid, origin, tiles and components.
fn size_of_picture(segment: &mut Cursor<'_>, components: &mut u16) -> Option<Result<(), ErrorKind>> {
    segment.take(2).ok()?;
    let mut numbers = [0_u32; 8];
    for number in &mut numbers {
        *number = segment.u32().ok()?;
    }
    let [right, bottom, left, top, tile_width, tile_height, ..] = numbers;
    let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
    if let Err(kind) = within_bounds(width, height) {
        return Some(Err(kind));
    }
    let across = u64::from(right.div_ceil(tile_width.max(1)));
    let down = u64::from(bottom.div_ceil(tile_height.max(1)));
    *components = segment.u16().ok()?;
    let too_many = across.saturating_mul(down) > MAX_TILES || *components > MAX_COMPONENTS;
    Some(if too_many { Err(ErrorKind::TooLarge) } else { Ok(()) })
}

/// COD and COC: precincts, of which hostile ones hold a sample each. `prefix` octets name the component of a COC.
fn style(segment: &mut Cursor<'_>, prefix: usize) -> Option<Result<(), ErrorKind>> {
    segment.take(prefix).ok()?;
    let own_precincts = segment.u8().ok()? & 1 != 0;
    // Progression, layers and transform of a COD; then levels, code-blocks and wavelet of both.
    segment.take(if prefix == 0 { 9 } else { 5 }).ok()?;
    let beyond_the_smallest = segment.rest().iter().skip(1);
    let small = |octet: &u8| octet & 15 < LEAST_PRECINCT || octet >> 4 < LEAST_PRECINCT;
    let hostile = own_precincts && beyond_the_smallest.copied().any(|octet| small(&octet));
    Some(if hostile { Err(ErrorKind::TooLarge) } else { Ok(()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A main header: `size` pixels a side, tiles of `tile` pixels a side, three components.
    fn header(size: u32, tile: u32, more: &[&[u8]]) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0x4F, 0xFF, 0x51, 0, 47, 0, 0];
        for number in [size, size, 0, 0, tile, tile, 0, 0] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend([0, 3, 7, 1, 1, 7, 1, 1, 7, 1, 1]);
        bytes.extend(more.concat());
        bytes
    }

    /// COD with precincts of these exponents, the smallest resolution first.
    fn cod(precincts: &[u8]) -> Vec<u8> {
        let length = 12 + precincts.len() as u8;
        let mut bytes = vec![0xFF, 0x52, 0, length, 1, 0, 0, 1, 1, precincts.len() as u8 - 1, 4, 4, 0, 1];
        bytes.extend(precincts);
        bytes
    }

    /// A tile-part with this header and four octets of data.
    fn tile_part(header: &[u8]) -> Vec<u8> {
        let length = 12 + header.len() as u32 + 2 + 4;
        let mut bytes = vec![0xFF, 0x90, 0, 10, 0, 0];
        bytes.extend(length.to_be_bytes());
        bytes.extend([0, 1]);
        bytes.extend(header);
        bytes.extend([0xFF, 0x93, 1, 2, 3, 4]);
        bytes
    }

    #[test]
    fn what_a_portrait_can_have_is_let_through_and_more_is_not() {
        let usual = cod(&[0x77, 0x88, 0x88]);
        let tiny = cod(&[0x00, 0x00, 0x88]);
        let good = tile_part(&[]);
        let hidden = tile_part(&tiny);
        for (bytes, expected) in [
            (header(500, 500, &[&usual, &good]), Ok(())),
            (header(500, 500, &[&cod(&[0x00, 0x88]), &good]), Ok(())),
            (header(500, 500, &[]), Ok(())),
            (header(5000, 5000, &[]), Err(ErrorKind::TooLarge)),
            (header(0, 500, &[]), Err(ErrorKind::PictureUnreadable)),
            (header(500, 1, &[]), Err(ErrorKind::TooLarge)),
            (header(500, 500, &[&tiny]), Err(ErrorKind::TooLarge)),
            (header(500, 500, &[&usual, &good, &good, &hidden]), Err(ErrorKind::TooLarge)),
            (header(500, 500, &[&[0xFF, 0x64, 0, 2].repeat(500)]), Err(ErrorKind::TooLarge)),
            (vec![0; 100], Err(ErrorKind::PictureUnreadable)),
        ] {
            assert_eq!(is_bounded(&bytes), expected, "{bytes:02x?}");
        }
        let boxed = [&b"\0\0\0\x0CjP  \r\n\x87\n"[..], &header(5000, 5000, &[])].concat();
        assert_eq!(is_bounded(&boxed), Err(ErrorKind::TooLarge), "whatever the box around it says");
    }
}
