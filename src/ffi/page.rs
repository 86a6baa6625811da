//! Pictures of pages into an inspection.

use super::failure::landfall_error;
use super::guard::reporting;
use super::handle;
use super::input;
use super::inspection::landfall_inspection;
use super::output::Out;
use super::read::{Opened, landfall_image, landfall_reader};
use crate::engine::Page;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::image::{Light, View};

/// The most pictures of one page: frames in visible light, and the two other lights.
const MOST_IMAGES: usize = 16;

/// Reads every zone and every barcode of one page into an inspection, from up to 16 pictures of it, each in the light that it names
/// (`light`). A zone opens a document, a barcode of a known kind is a payload. Several pictures in visible light are frames of a camera:
/// each zone is read from all of them together, barcodes and places from the first. `whole_page` is 1 if the pictures end where the
/// page ends; with it and `ppi` the place of the zone is measured, with `ppi` alone its pitch and lines are. `documents` and
/// `payloads` become how many of each were added; they and `error` may be NULL.
///
/// A page on which nothing stands gives LANDFALL_STATUS_OK and twice 0: if something should have stood there, say so with
/// landfall_inspection_could_not_read. Gives LANDFALL_STATUS_BAD_ARGUMENT for no picture, for more than 16, and for two in infrared
/// or ultraviolet light, the statuses of landfall_reader_read, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 documents or
/// payloads.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_read_page(
    inspection: *mut landfall_inspection,
    reader: *mut landfall_reader,
    images: *const landfall_image,
    images_len: usize,
    whole_page: u32,
    documents: *mut u32,
    payloads: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let (documents, payloads) = unsafe { (Out::new(documents), Out::new(payloads)) };
    reporting(error, || {
        let images = unsafe { pictures(images, images_len) }?;
        // SAFETY: the caller vouches for the octets that each picture names.
        let opened = images.iter().map(|image| unsafe { Opened::of(image) }).collect::<Result<Vec<_>>>()?;
        let lights = Lights::of(&images, &opened)?;
        let page = lights.page(whole_page != 0);
        let read = handle::with(reader, |reading| {
            handle::with(inspection, |inspection| inspection.read_page(&mut reading.reader, &page))
        })?;
        documents.put(u32::try_from(read.zones.len()).unwrap_or(u32::MAX));
        payloads.put(read.payload_count());
        Ok(())
    })
}

/// The pictures of a page by their light; none but those in visible light may be several.
#[derive(Default)]
struct Lights<'a> {
    visible: Vec<View<'a>>,
    infrared: Option<View<'a>>,
    ultraviolet: Option<View<'a>>,
    /// Of the first picture in visible light, else of that in infrared; 0 if it is not known.
    ppi: u32,
}

impl<'a> Lights<'a> {
    fn of(images: &[landfall_image], opened: &'a [Opened<'_>]) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadArgument, Part::Image, 0);
        let mut lights = Self::default();
        for (image, opened) in images.iter().zip(opened) {
            let view = opened.view()?;
            let light = if image.light == 0 { Light::Visible } else { Light::from_number(image.light).ok_or(wrong)? };
            let before = match light {
                Light::Visible => {
                    if lights.visible.is_empty() {
                        lights.ppi = image.ppi;
                    }
                    lights.visible.push(view);
                    None
                }
                Light::Infrared => {
                    if lights.visible.is_empty() {
                        lights.ppi = image.ppi;
                    }
                    lights.infrared.replace(view)
                }
                Light::Ultraviolet => lights.ultraviolet.replace(view),
            };
            if before.is_some() {
                return Err(wrong);
            }
        }
        Ok(lights)
    }

    fn page(&self, whole: bool) -> Page<'_> {
        let (visible, frames) =
            self.visible.split_first().map_or((None, &[][..]), |(first, rest)| (Some(*first), rest));
        let (infrared, ultraviolet) = (self.infrared, self.ultraviolet);
        Page { visible, frames, infrared, ultraviolet, ppi: Some(self.ppi).filter(|ppi| *ppi > 0), whole }
    }
}

/// Reads the structures one after the other; each says how long it is itself.
unsafe fn pictures(images: *const landfall_image, count: usize) -> Result<Vec<landfall_image>> {
    let wrong = Error::new(ErrorKind::BadArgument, Part::Image, 0);
    if count == 0 || count > MOST_IMAGES {
        return Err(wrong);
    }
    if images.is_null() {
        return Err(Error::new(ErrorKind::NullPointer, Part::Image, 0));
    }
    // SAFETY: the caller vouches for the first one, and every structure begins with its size.
    let size = unsafe { images.cast::<u32>().read_unaligned() } as usize;
    (0..count)
        .map(|index| {
            // SAFETY: the caller vouches for `count` structures of the size that the first one states.
            let image = unsafe { input::structure(images.byte_add(index.saturating_mul(size))) }?;
            if image.struct_size as usize == size { Ok(image) } else { Err(wrong) }
        })
        .collect()
}
