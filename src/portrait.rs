//! Pictures of the chip as people see them: the original bytes decoded, and written as PNG (ISO/IEC 15948).
//!
//! [`png`] takes a picture of DG2, DG5 or DG7 as [`lds`](crate::lds) gives it: JPEG (ISO/IEC 10918-1), JPEG 2000
//! (ISO/IEC 15444-1, as JP2 file or bare codestream) or PNG. The result holds samples of 8 bits, grey or red, green and
//! blue, and nothing else: no profile, no comment, no thumbnail. Decoders and encoder are `image` and `hayro-jpeg2000`.
//!
//! Not done: CMYK and colour profiles (a picture with one is taken for sRGB), transparency (it is left out), other
//! formats. A picture proves nothing: whether its file is the one that was signed is passive authentication's to say.
//!
//! Hostile input could state sizes that nobody can hold: [`MAX_PIXELS`] is compared before anything is decoded, and the
//! codestream's own header counts, whatever the box around it says. It could cut a JPEG 2000 picture into millions of
//! parts: the header of every tile is looked at first. And it could find a defect of a decoder: a panic in one is
//! caught and reads as [`ErrorKind::PictureUnreadable`].

mod codestream;

use crate::error::{Error, ErrorKind, Part, Result};
use crate::lds::{Image, ImageFormat};
use crate::secret::Secret;
use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext};
use image::{ExtendedColorType, ImageDecoder, ImageEncoder, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most pixels that a picture may have: more than any portrait of a document, 35 by 45 mm at 800 pixels per inch.
pub const MAX_PIXELS: u64 = 2 << 20;

/// The most bytes that a decoder may take beside its input, where it can be told.
const MAX_WORK: u64 = 64 << 20;

/// Samples of 8 bits, row after row.
struct Raster {
    width: u32,
    height: u32,
    colour: ExtendedColorType,
    samples: Secret<Vec<u8>>,
}

/// Writes a picture of the file `part` as PNG.
///
/// ```
/// use landfall::error::{ErrorKind, Part};
/// use landfall::lds::Image;
///
/// let text = landfall::portrait::png(&Image::new(b"no picture"), Part::Dg(2));
/// assert_eq!(text.err().map(|error| error.kind), Some(ErrorKind::PictureFormat));
/// ```
///
/// # Errors
/// `PictureFormat` for a format or colour model that is not read, `TooLarge` for more than [`MAX_PIXELS`],
/// `PictureUnreadable` for a picture that its decoder refuses.
pub fn png(picture: &Image<'_>, part: Part) -> Result<Secret<Vec<u8>>> {
    let contained = catch_unwind(AssertUnwindSafe(|| decode(picture).and_then(|raster| encode(&raster))));
    let result = contained.unwrap_or(Err(ErrorKind::PictureUnreadable));
    result.map_err(|kind| Error::new(kind, part, 0))
}

/// What happened, without a place: decoders do not tell theirs.
type Decoded = core::result::Result<Raster, ErrorKind>;

fn decode(picture: &Image<'_>) -> Decoded {
    let bytes = Cursor::new(picture.bytes());
    let unreadable = |_| ErrorKind::PictureUnreadable;
    match picture.format() {
        ImageFormat::Jpeg => whole(image::codecs::jpeg::JpegDecoder::new(bytes).map_err(unreadable)?),
        ImageFormat::Png => whole(image::codecs::png::PngDecoder::new(bytes).map_err(unreadable)?),
        ImageFormat::Jpeg2000 => jpeg2000(picture.bytes()),
        _ => Err(ErrorKind::PictureFormat),
    }
}

fn within_bounds(width: u32, height: u32) -> core::result::Result<(), ErrorKind> {
    match u64::from(width) * u64::from(height) {
        0 => Err(ErrorKind::PictureUnreadable),
        pixels if pixels > MAX_PIXELS => Err(ErrorKind::TooLarge),
        _ => Ok(()),
    }
}

/// Decodes what one of the decoders of `image` reads.
fn whole(mut decoder: impl ImageDecoder) -> Decoded {
    let (width, height) = decoder.dimensions();
    within_bounds(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_WORK);
    decoder.set_limits(limits).map_err(|_| ErrorKind::TooLarge)?;
    let decoded = image::DynamicImage::from_decoder(decoder).map_err(|_| ErrorKind::PictureUnreadable)?;
    let grey = !decoded.color().has_color();
    let (colour, samples) = match grey {
        true => (ExtendedColorType::L8, decoded.into_luma8().into_raw()),
        false => (ExtendedColorType::Rgb8, decoded.into_rgb8().into_raw()),
    };
    Ok(Raster { width, height, colour, samples: Secret::new(samples) })
}

fn jpeg2000(bytes: &[u8]) -> Decoded {
    let unreadable = |_| ErrorKind::PictureUnreadable;
    codestream::is_bounded(bytes)?;
    let picture = hayro_jpeg2000::Image::new(bytes, &DecodeSettings::default()).map_err(unreadable)?;
    let (width, height) = (picture.width(), picture.height());
    within_bounds(width, height)?;
    let channels = usize::from(picture.color_space().num_channels());
    let colour = match (picture.color_space(), channels) {
        (ColorSpace::CMYK, _) => return Err(ErrorKind::PictureFormat),
        (_, 1) => ExtendedColorType::L8,
        (_, 3) => ExtendedColorType::Rgb8,
        _ => return Err(ErrorKind::PictureFormat),
    };
    let stride = channels + usize::from(picture.has_alpha());
    let mut context = DecoderContext::default();
    let decoded = picture.decode(&mut context).map_err(unreadable)?;
    let interleaved = Secret::new(decoded.data_u8());
    let pixels = interleaved.reveal().chunks_exact(stride);
    let samples: Vec<u8> = pixels.flat_map(|pixel| pixel.iter().take(channels)).copied().collect();
    Ok(Raster { width, height, colour, samples: Secret::new(samples) })
}

fn encode(raster: &Raster) -> core::result::Result<Secret<Vec<u8>>, ErrorKind> {
    let mut out = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut out);
    let written = encoder.write_image(raster.samples.reveal(), raster.width, raster.height, raster.colour);
    written.map(|()| Secret::new(out)).map_err(|_| ErrorKind::PictureUnreadable)
}
