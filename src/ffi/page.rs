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
use crate::image::Light;

/// The lights of one page.
const MOST_IMAGES: usize = 3;

/// Reads every zone and every barcode of one page into an inspection, from up to three pictures of it, each in its own light
/// (`light`). A zone opens a document, a barcode of a known kind is a payload. `whole_page` is 1 if the pictures end where the page
/// ends; with it and `ppi` the place of the zone is measured, with `ppi` alone its pitch and lines are. `documents` and `payloads`
/// become how many of each were added; they and `error` may be NULL.
///
/// A page on which nothing stands gives LANDFALL_STATUS_OK and twice 0: if something should have stood there, say so with
/// landfall_inspection_could_not_read. Gives LANDFALL_STATUS_BAD_ARGUMENT for no picture, for more than three, and for two in one
/// light, the statuses of landfall_reader_read, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 documents or payloads.
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
        let mut shots: [Option<(Light, u32, Opened<'_>)>; MOST_IMAGES] = [const { None }; MOST_IMAGES];
        let images = unsafe { pictures(images, images_len) }?;
        for (slot, image) in shots.iter_mut().zip(&images) {
            let wrong = Error::new(ErrorKind::BadArgument, Part::Image, 0);
            let light = if image.light == 0 { Light::Visible } else { Light::from_number(image.light).ok_or(wrong)? };
            *slot = Some((light, image.ppi, unsafe { Opened::of(image) }?));
        }
        let of = |light| shots.iter().flatten().find(|(of, ..)| *of == light);
        let lights = [Light::Visible, Light::Infrared, Light::Ultraviolet].map(of);
        if lights.iter().flatten().count() != images.len() {
            return Err(Error::new(ErrorKind::BadArgument, Part::Image, 0));
        }
        let [visible, infrared, ultraviolet] = lights;
        let page = Page {
            visible: visible.map(|(_, _, opened)| opened.view()).transpose()?,
            infrared: infrared.map(|(_, _, opened)| opened.view()).transpose()?,
            ultraviolet: ultraviolet.map(|(_, _, opened)| opened.view()).transpose()?,
            ppi: visible.or(infrared).map(|(_, ppi, _)| *ppi).filter(|ppi| *ppi > 0),
            whole: whole_page != 0,
        };
        let read = handle::with(reader, |reading| {
            handle::with(inspection, |inspection| inspection.read_page(&mut reading.reader, &page))
        })?;
        documents.put(u32::try_from(read.zones.len()).unwrap_or(u32::MAX));
        payloads.put(read.payload_count());
        Ok(())
    })
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
