//! Pictures from files: JPEG, PNG, BMP, TIFF and WebP through the crate `image`, JPEG 2000 through `hayro-jpeg2000`.
//!
//! The orientation that a camera wrote into EXIF is applied, so that pixels lie as they are to be seen. Not done: several pages of a
//! TIFF, colour profiles, more than eight bits a channel.
//!
//! Hostile input: the sizes that a file claims are held against [`MAX_PIXELS`] before pixels are allocated, and the decoders are given
//! a limit of memory.

use super::view::{MAX_PIXELS, PixelFormat, View};
use crate::error::{Error, ErrorKind, Part, Result};
use ::image::{ColorType, DynamicImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;

/// A decoded picture.
pub struct Picture {
    pixels: Vec<u8>,
    format: PixelFormat,
    width: usize,
    height: usize,
}

/// The first octets of a JPEG 2000 file and of its bare codestream.
const JPEG_2000: [&[u8]; 2] = [b"\x00\x00\x00\x0CjP  \r\n\x87\n", b"\xFF\x4F\xFF\x51"];

impl Picture {
    /// Reads a file.
    ///
    /// # Errors
    /// `ImageUnreadable` for what is no picture of these kinds or is cut short; `TooLarge` above [`MAX_PIXELS`].
    pub fn read(file: &[u8]) -> Result<Self> {
        if JPEG_2000.iter().any(|start| file.starts_with(start)) {
            return jpeg_2000(file);
        }
        if file.starts_with(b"\xFF\xD8") && !jpeg_ends(file) {
            return Err(unreadable());
        }
        let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| unreadable())?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(8 * MAX_PIXELS as u64);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|_| unreadable())?;
        let (width, height) = decoder.dimensions();
        within(width, height)?;
        let orientation = decoder.orientation().map_err(|_| unreadable())?;
        let grey = matches!(decoder.color_type(), ColorType::L8 | ColorType::L16);
        let mut decoded = DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
        decoded.apply_orientation(orientation);
        let (width, height) = (decoded.width() as usize, decoded.height() as usize);
        let (format, pixels) = if grey {
            (PixelFormat::Grey8, decoded.into_luma8().into_raw())
        } else {
            (PixelFormat::Rgb8, opaque(decoded))
        };
        Ok(Self { pixels, format, width, height })
    }

    /// The picture, borrowed.
    ///
    /// # Errors
    /// None that a picture which was read gives.
    pub fn view(&self) -> Result<View<'_>> {
        View::new(&self.pixels, self.format, self.width, self.height, 0)
    }
}

/// Red, green and blue; what is transparent shows white paper beneath.
fn opaque(decoded: DynamicImage) -> Vec<u8> {
    if !decoded.color().has_alpha() {
        return decoded.into_rgb8().into_raw();
    }
    let pixels = decoded.into_rgba8();
    let mut opaque = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.pixels() {
        let [channels @ .., opacity] = pixel.0;
        let paper = 255 - u16::from(opacity);
        opaque.extend(channels.map(|level| {
            let mixed = u16::from(level) * u16::from(opacity) / 255 + paper;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        }));
    }
    opaque
}

/// Whether a JPEG has its end (ISO/IEC 10918-1 §B.1.1): decoders show what is missing as grey, and a page half grey reads as a page
/// without a zone.
fn jpeg_ends(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&octet) = file.get(at) {
        let marker = file.get(at + 1).copied();
        at += match (octet, marker) {
            (0xFF, Some(0xD9)) => return true,
            // A stuffed octet, a restart, a start: nothing follows that has a length.
            (0xFF, Some(0x00 | 0x01 | 0xD0..=0xD8)) => 2,
            (0xFF, Some(0xFF) | None) => 1,
            (0xFF, Some(_)) => match file.get(at + 2..at + 4) {
                Some(&[high, low]) => 2 + usize::from(u16::from_be_bytes([high, low])).max(2),
                _ => return false,
            },
            // Coded samples, up to the next marker.
            _ => match file.get(at..).and_then(|rest| rest.iter().position(|octet| *octet == 0xFF)) {
                Some(next) => next.max(1),
                None => return false,
            },
        };
    }
    false
}

const fn unreadable() -> Error {
    Error::new(ErrorKind::ImageUnreadable, Part::Image, 0)
}

/// Holds claimed sizes against the ceiling.
fn within(width: u32, height: u32) -> Result<()> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS as u64 {
        return Err(Error::new(ErrorKind::TooLarge, Part::Image, 0));
    }
    Ok(())
}

fn jpeg_2000(file: &[u8]) -> Result<Picture> {
    let settings = hayro_jpeg2000::DecodeSettings::default();
    let image = hayro_jpeg2000::Image::new(file, &settings).map_err(|_| unreadable())?;
    within(image.width(), image.height())?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    let channels = usize::from(image.color_space().num_channels()) + usize::from(image.has_alpha());
    let mut context = hayro_jpeg2000::DecoderContext::default();
    let pixels = image.decode(&mut context).map_err(|_| unreadable())?.data_u8();
    let (format, keep) = match channels {
        1 => (PixelFormat::Grey8, 1),
        2 => (PixelFormat::Grey8, 1),
        3 => (PixelFormat::Rgb8, 3),
        4 => (PixelFormat::Rgba8, 4),
        _ => return Err(unreadable()),
    };
    let pixels =
        if keep == channels { pixels } else { pixels.chunks(channels).flat_map(|p| p.first()).copied().collect() };
    View::new(&pixels, format, width, height, 0).map_err(|_| unreadable())?;
    Ok(Picture { pixels, format, width, height })
}
