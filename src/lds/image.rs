//! Images as they come off the chip: original bytes, format by signature, size by header. Nothing is decoded.
//!
//! ```text
//! JPEG       FF D8 FF                    size in the frame header (SOF0 to SOF15)
//! JPEG 2000  00 00 00 0C 6A 50 20 20     size in the box ihdr, inside the box jp2h
//!            FF 4F FF 51                 size in the marker SIZ: grid less offset
//! PNG        89 50 4E 47 0D 0A 1A 0A     size in the chunk IHDR
//! ```
//!
//! Doc 9303-10 allows JPEG and JPEG 2000 for portraits. A size from a header is a claim: whoever decodes holds it against
//! a ceiling of their own first. Hostile input could chain segments or boxes without end: at most [`MAX_STEPS`] are
//! looked at, each of which takes bytes.

use crate::bytes::Cursor;
use crate::error::Part;
use crate::numbered::numbered;
use core::fmt;

/// How many boxes or segments are looked at to find the size of an image.
const MAX_STEPS: usize = 256;

/// How the formats begin.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
const JP2: &[u8] = b"\0\0\0\x0CjP  ";
const CODESTREAM: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];

numbered! {
    /// The format of an image, told by its first octets.
    pub enum ImageFormat {
        /// JPEG (ISO/IEC 10918-1).
        Jpeg = 1, "jpeg";
        /// JPEG 2000 (ISO/IEC 15444-1), as a JP2 file or as a bare codestream.
        Jpeg2000 = 2, "jpeg2000";
        /// PNG (ISO/IEC 15948).
        Png = 3, "png";
        /// Something else.
        Other = 4, "other";
    }
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageSize {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// An image in the bytes in which the chip holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Image<'a>(&'a [u8]);

impl<'a> Image<'a> {
    /// An image of these bytes, whatever they are.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The original bytes.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The format that the first octets show.
    #[must_use]
    pub fn format(&self) -> ImageFormat {
        match self.0 {
            bytes if bytes.starts_with(JPEG) => ImageFormat::Jpeg,
            bytes if bytes.starts_with(JP2) || bytes.starts_with(CODESTREAM) => ImageFormat::Jpeg2000,
            bytes if bytes.starts_with(PNG) => ImageFormat::Png,
            _ => ImageFormat::Other,
        }
    }

    /// The size that the image's own header states, if it can be found.
    #[must_use]
    pub fn size(&self) -> Option<ImageSize> {
        let mut cursor = Cursor::new(self.0, Part::ChipFile);
        let (width, height) = match self.format() {
            ImageFormat::Jpeg => jpeg_frame(&mut cursor)?,
            ImageFormat::Jpeg2000 if self.0.starts_with(JP2) => jp2_header(&mut cursor)?,
            ImageFormat::Jpeg2000 => codestream_size(&mut cursor)?,
            ImageFormat::Png => png_header(&mut cursor)?,
            ImageFormat::Other => return None,
        };
        (width > 0 && height > 0).then_some(ImageSize { width, height })
    }
}

/// Format and length; the picture is document data.
impl fmt::Debug for Image<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image").field("format", &self.format()).field("length", &self.0.len()).finish_non_exhaustive()
    }
}

/// Walks the segments of a JPEG up to its frame header (ISO/IEC 10918-1 §B.2.2).
fn jpeg_frame(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    cursor.take(2).ok()?;
    for _ in 0..MAX_STEPS {
        if cursor.u8().ok()? != 0xFF {
            return None;
        }
        match cursor.u8().ok()? {
            0xFF => return None,
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => {
                let [_, _, _, a, b, c, d] = cursor.array::<7>().ok()?;
                let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                return Some((side(c, d), side(a, b)));
            }
            // The scan begins: no frame header came before it.
            0xD9 | 0xDA => return None,
            _ => {}
        }
        let length = usize::from(cursor.u16().ok()?);
        cursor.take(length.checked_sub(2)?).ok()?;
    }
    None
}

/// Walks the boxes of a JP2 file up to its image header (ISO/IEC 15444-1 §I.5.3.1).
fn jp2_header(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    for _ in 0..MAX_STEPS {
        let length = usize::try_from(cursor.u32().ok()?).ok()?;
        match &cursor.array::<4>().ok()? {
            // A super box: what follows are its boxes.
            b"jp2h" => {}
            b"ihdr" => {
                let (height, width) = (cursor.u32().ok()?, cursor.u32().ok()?);
                return Some((width, height));
            }
            _ => cursor.take(length.checked_sub(8)?).map(|_| ()).ok()?,
        }
    }
    None
}

/// Reads the SIZ marker of a codestream (ISO/IEC 15444-1 §A.5.1).
fn codestream_size(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    cursor.take(8).ok()?;
    let sides = [cursor.u32().ok()?, cursor.u32().ok()?];
    let origin = [cursor.u32().ok()?, cursor.u32().ok()?];
    let [width, height] = sides;
    let [left, top] = origin;
    Some((width.checked_sub(left)?, height.checked_sub(top)?))
}

/// Reads the IHDR chunk, which is always the first.
fn png_header(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    cursor.take(16).ok()?;
    Some((cursor.u32().ok()?, cursor.u32().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> (ImageFormat, Option<(u32, u32)>) {
        let image = Image::new(bytes);
        let size = image.size().map(|size| (size.width, size.height));
        (image.format(), size)
    }

    #[test]
    fn format_and_size_are_told_by_the_headers() {
        let jpeg = [
            &[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 2][..],
            &[0xFF, 0xC2, 0, 17, 8, 0x02, 0x13, 0x01, 0x9D, 3],
        ]
        .concat();
        assert_eq!(told(&jpeg), (ImageFormat::Jpeg, Some((413, 531))));
        let jp2 = [
            b"\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2Djp2h".as_slice(),
            b"\0\0\0\x16ihdr\0\0\x02\x13\0\0\x01\x9D\0\x03\x07\x07\0\0",
        ]
        .concat();
        assert_eq!(told(&jp2), (ImageFormat::Jpeg2000, Some((413, 531))));
        let codestream =
            [&[0xFF, 0x4F, 0xFF, 0x51, 0, 47, 0, 0][..], &[0, 0, 1, 0x9D, 0, 0, 2, 0x13, 0, 0, 0, 13, 0, 0, 0, 31]]
                .concat();
        assert_eq!(told(&codestream), (ImageFormat::Jpeg2000, Some((400, 500))));
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x9D\0\0\x02\x13";
        assert_eq!(told(png), (ImageFormat::Png, Some((413, 531))));
    }

    #[test]
    fn headers_that_end_early_or_never_come_give_no_size() {
        for bytes in [
            &[0xFF, 0xD8, 0xFF][..],
            &[0xFF, 0xD8, 0xFF, 0xE0, 0, 1],
            &[0xFF, 0xD8, 0xFF, 0xDA, 0, 2],
            b"\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x07abcd",
            b"",
        ] {
            assert_eq!(told(bytes).1, None);
        }
        let endless = [JP2, b"\r\n\x87\n", &b"\0\0\0\x08free".repeat(100_000)].concat();
        assert_eq!(told(&endless), (ImageFormat::Jpeg2000, None));
    }
}
