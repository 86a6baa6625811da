//! Machine-readable zones from pictures.

use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::output::{Out, TextOut};
use super::text::Text;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::image::{Picture, PixelFormat, View};
use crate::optical::{Reader, Zone};
use crate::secret;
use core::ffi::c_char;
use core::ptr;

/// The longest file of a picture that is looked at.
const MAX_FILE: usize = 64 << 20;

/// A picture in memory that stays the caller's. Set everything to 0 first, then `struct_size`, then the rest.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_image {
    /// `sizeof(landfall_image)`.
    pub struct_size: u32,
    /// How the octets of a pixel follow each other: LANDFALL_PIXEL_FORMAT_…; 0 if `pixels` is a whole file: JPEG, PNG, BMP, TIFF,
    /// WebP or JPEG 2000, up to 64 MiB. `width`, `height` and `stride` are 0 then.
    pub format: u32,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Pixels an inch; 0 if that is not known.
    pub ppi: u32,
    /// The light in which it was taken: LANDFALL_LIGHT_…; 0 for visible light.
    pub light: u32,
    /// The first octet of the first row.
    pub pixels: *const u8,
    /// How many octets there are.
    pub pixels_len: usize,
    /// Octets from the beginning of one row to that of the next; 0 if rows follow each other without a gap.
    pub stride: usize,
}

// SAFETY: six numbers of four octets, a pointer and two numbers as wide as it; the first is the size.
unsafe impl input::Structure for landfall_image {
    const DEFAULTS: Self = Self {
        struct_size: 0,
        format: 0,
        width: 0,
        height: 0,
        ppi: 0,
        light: 0,
        pixels: ptr::null(),
        pixels_len: 0,
        stride: 0,
    };
    const LEAST: usize = size_of::<Self>();
}

/// A reader of pictures, with the zones that it found in the last one. For one thread at a time.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_reader {
    _opaque: [u8; 0],
}

impl Handle for landfall_reader {
    type Value = Reading;
}

/// A reader, and the last picture's zones and barcodes with those texts of theirs that were asked for.
pub(super) struct Reading {
    pub(super) reader: Reader,
    zones: Vec<(Zone, Option<Text>, Option<Text>)>,
    #[cfg(feature = "barcode")]
    symbols: Vec<(crate::barcode::Symbol, Option<Text>)>,
}

/// A picture of the caller: its pixels, or those that its file held.
pub(super) enum Opened<'a> {
    Pixels(View<'a>),
    File(Picture),
}

impl<'a> Opened<'a> {
    /// # Safety
    /// The caller vouches for the octets that the picture names.
    ///
    /// # Errors
    /// `BadArgument` if sizes, stride and length do not fit together, `TooLarge`, and what a file gives that cannot be read.
    pub(super) unsafe fn of(image: &landfall_image) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadArgument, Part::Image, 0);
        // SAFETY: the caller vouches for it.
        let octets =
            |limit| unsafe { input::binary(image.pixels, image.pixels_len, limit, Part::Image) } as Result<&'a [u8]>;
        if image.format == 0 && (image.width, image.height, image.stride) == (0, 0, 0) && image.pixels_len > 0 {
            return Picture::read(octets(MAX_FILE)?).map(Self::File);
        }
        let format = PixelFormat::from_number(image.format).ok_or(wrong)?;
        let sides = (usize::try_from(image.width), usize::try_from(image.height));
        let (Ok(width), Ok(height)) = sides else {
            return Err(wrong);
        };
        View::new(octets(isize::MAX as usize)?, format, width, height, image.stride).map(Self::Pixels)
    }

    /// The pixels.
    ///
    /// # Errors
    /// Those of [`Picture::view`].
    pub(super) fn view(&self) -> Result<View<'_>> {
        match self {
            Self::Pixels(view) => Ok(*view),
            Self::File(picture) => picture.view(),
        }
    }
}

impl Reading {
    fn take(&mut self, view: &View<'_>) -> u32 {
        self.zones = self.reader.read(view).into_iter().map(|zone| (zone, None, None)).collect();
        u32::try_from(self.zones.len()).unwrap_or(u32::MAX)
    }

    fn zone(&mut self, index: usize) -> Result<&mut (Zone, Option<Text>, Option<Text>)> {
        self.zones.get_mut(index).ok_or(Error::new(ErrorKind::NotFound, Part::Call, index))
    }
}

/// Makes a reader. It keeps its memory from picture to picture.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_new(reader: *mut *mut landfall_reader) -> u32 {
    let out = unsafe { Out::new(reader) };
    guard(|| {
        out.required()?;
        out.put(handle::open::<landfall_reader>(Reading {
            reader: Reader::new(),
            zones: Vec::new(),
            #[cfg(feature = "barcode")]
            symbols: Vec::new(),
        }));
        Ok(())
    })
}

/// Frees a reader. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_free(reader: *mut landfall_reader) -> u32 {
    guard(|| handle::close(reader))
}

/// Reads the zones of a picture in memory, and says how many there are. Texts of the picture before are no longer good.
/// `zones` and `error` may be NULL.
///
/// A picture without a zone gives LANDFALL_STATUS_OK and 0. Gives LANDFALL_STATUS_BAD_ARGUMENT if sizes, stride and length do
/// not fit together, and LANDFALL_STATUS_TOO_LARGE above 64 million pixels.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_read(
    reader: *mut landfall_reader,
    image: *const landfall_image,
    zones: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(zones) };
    reporting(error, || {
        let image = unsafe { input::structure(image) }?;
        let opened = unsafe { Opened::of(&image) }?;
        let view = opened.view()?;
        out.put(handle::with(reader, |reading| Ok(reading.take(&view)))?);
        Ok(())
    })
}

/// The same for the bytes of a file: JPEG, PNG, BMP, TIFF, WebP or JPEG 2000, up to 64 MiB.
///
/// Gives LANDFALL_STATUS_IMAGE_UNREADABLE for anything else and for a file that is cut short.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_read_file(
    reader: *mut landfall_reader,
    bytes: *const u8,
    bytes_len: usize,
    zones: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(zones) };
    reporting(error, || {
        let file = unsafe { input::bytes(bytes.cast(), bytes_len, MAX_FILE, Part::Image) }?;
        let picture = Picture::read(file)?;
        let view = picture.view()?;
        out.put(handle::with(reader, |reading| Ok(reading.take(&view)))?);
        Ok(())
    })
}

/// A zone of the last picture, from 0, the best read first: its layout (LANDFALL_LAYOUT_…), 1 if every field is read as surely as
/// docs/reading.md promises, 1 if the document is printed wrong, and how sure the reader is on the mean, in thousandths.
/// Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_zone(
    reader: *const landfall_reader,
    index: usize,
    layout: *mut u32,
    accepted: *mut u32,
    printed_wrong: *mut u32,
    confidence: *mut u32,
) -> u32 {
    let (layout, accepted) = unsafe { (Out::new(layout), Out::new(accepted)) };
    let (printed_wrong, confidence) = unsafe { (Out::new(printed_wrong), Out::new(confidence)) };
    guard(|| {
        handle::with(reader, |reading| {
            let (zone, ..) = reading.zone(index)?;
            layout.put(zone.layout().number());
            accepted.put(zone.accepted().into());
            printed_wrong.put(zone.printed_wrong().into());
            confidence.put((zone.confidence() * 1000.0) as u32);
            Ok(())
        })
    })
}

/// The lines of a zone as they are printed, with a line feed between them. The view is good until the next picture.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_zone_text(
    reader: *const landfall_reader,
    index: usize,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(reader, |reading| {
            let (zone, lines, _) = reading.zone(index)?;
            out.put(lines.get_or_insert_with(|| Text::new(zone.lines().collect::<Vec<_>>().join("\n"))));
            Ok(())
        })
    })
}

/// Everything about a zone as one line of JSON: lines, repaired lines, fields, confidences, places. The view is good until the
/// next picture.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_zone_json(
    reader: *const landfall_reader,
    index: usize,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(reader, |reading| {
            let (zone, _, json) = reading.zone(index)?;
            out.put(json.get_or_insert_with(|| Text::new(secret::json(&*zone))));
            Ok(())
        })
    })
}

/// Reads the barcodes of a picture, from top to bottom, and says how many there are. `symbologies` are the kinds to look for, a 1 shifted
/// left by LANDFALL_SYMBOLOGY_… for each; 0 for all. Texts of the barcodes before are no longer good; zones stay. `count` and `error`
/// may be NULL.
///
/// A picture without a barcode gives LANDFALL_STATUS_OK and 0. Gives the statuses of landfall_reader_read, and
/// LANDFALL_STATUS_NOT_IN_THIS_BUILD.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_read_barcodes(
    reader: *mut landfall_reader,
    image: *const landfall_image,
    symbologies: u32,
    count: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(count) };
    reporting(error, || {
        let image = unsafe { input::structure(image) }?;
        let opened = unsafe { Opened::of(&image) }?;
        let view = opened.view()?;
        out.put(handle::with(reader, |reading| symbols::take(reading, &view, symbologies))?);
        Ok(())
    })
}

/// A barcode of the last picture, from 0: its symbology (LANDFALL_SYMBOLOGY_…) and exactly its bytes, which are good until the next
/// picture. Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_barcode(
    reader: *const landfall_reader,
    index: usize,
    symbology: *mut u32,
    bytes: *mut *const u8,
    bytes_len: *mut usize,
) -> u32 {
    let (symbology, bytes, length) = unsafe { (Out::new(symbology), Out::new(bytes), Out::new(bytes_len)) };
    guard(|| {
        handle::with(reader, |reading| {
            let (kind, octets) = symbols::of(reading, index)?;
            symbology.put(kind);
            bytes.put(octets.as_ptr());
            length.put(octets.len());
            Ok(())
        })
    })
}

/// Everything about a barcode as one line of JSON: symbology, text, bytes in hexadecimal, place, and what its payload says. The view is
/// good until the next picture.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_reader_barcode_json(
    reader: *const landfall_reader,
    index: usize,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(reader, |reading| {
            out.put(symbols::json(reading, index)?);
            Ok(())
        })
    })
}

/// What builds with barcodes do for these functions.
#[cfg(feature = "barcode")]
mod symbols {
    use super::{Error, ErrorKind, Part, Reading, Result, Text, View, secret};
    use crate::barcode::{Options, Symbology, read};

    pub(super) fn take(reading: &mut Reading, view: &View<'_>, wanted: u32) -> Result<u32> {
        let mut options = Options::default();
        if wanted != 0 {
            let bit = |kind: &Symbology| 1_u32.checked_shl(kind.number()).unwrap_or(0);
            options.symbologies.retain(|kind| wanted & bit(kind) != 0);
            let known = Symbology::ALL.iter().map(bit).fold(0, |all, bit| all | bit);
            if wanted & !known != 0 {
                return Err(Error::new(ErrorKind::BadArgument, Part::Call, 0));
            }
        }
        reading.symbols = read(view, &options).into_iter().map(|symbol| (symbol, None)).collect();
        Ok(u32::try_from(reading.symbols.len()).unwrap_or(u32::MAX))
    }

    const fn missing(index: usize) -> Error {
        Error::new(ErrorKind::NotFound, Part::Call, index)
    }

    pub(super) fn of(reading: &Reading, index: usize) -> Result<(u32, &[u8])> {
        let (symbol, _) = reading.symbols.get(index).ok_or(missing(index))?;
        Ok((symbol.symbology().number(), symbol.bytes()))
    }

    pub(super) fn json(reading: &mut Reading, index: usize) -> Result<&Text> {
        let (symbol, text) = reading.symbols.get_mut(index).ok_or(missing(index))?;
        Ok(text.get_or_insert_with(|| Text::new(secret::json(&symbol.summary(None)))))
    }
}

/// The same without.
#[cfg(not(feature = "barcode"))]
mod symbols {
    use super::{Error, ErrorKind, Part, Reading, Result, Text, View};

    const NOT_HERE: Error = Error::new(ErrorKind::NotInThisBuild, Part::Image, 0);

    pub(super) const fn take(_: &mut Reading, _: &View<'_>, _: u32) -> Result<u32> {
        Err(NOT_HERE)
    }

    pub(super) const fn of(_: &Reading, _: usize) -> Result<(u32, &[u8])> {
        Err(NOT_HERE)
    }

    pub(super) const fn json(_: &mut Reading, _: usize) -> Result<&Text> {
        Err(NOT_HERE)
    }
}
