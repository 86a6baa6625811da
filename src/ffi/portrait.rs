//! Pictures of the chip, as they are and as PNG, and the bytes in which they leave the library.

use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::inspection::landfall_inspection;
use super::output::Out;
use crate::engine::{Inspection, Picture};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;

/// A picture in the bytes in which the chip holds it.
pub const LANDFALL_PICTURE_ORIGINAL: u32 = 0;
/// A picture as PNG.
pub const LANDFALL_PICTURE_PNG: u32 = 1;

/// Bytes that a function made: document data, overwritten with zeros when it is freed.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_bytes {
    _opaque: [u8; 0],
}

impl Handle for landfall_bytes {
    type Value = Secret<Vec<u8>>;
}

/// Gives the bytes of a handle. The view is good until the handle is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_bytes_view(
    handle: *const landfall_bytes,
    bytes: *mut *const u8,
    bytes_len: *mut usize,
) -> u32 {
    let (out, len) = unsafe { (Out::new(bytes), Out::new(bytes_len)) };
    guard(|| {
        out.required()?;
        len.required()?;
        handle::with(handle, |bytes| {
            out.put(bytes.reveal().as_ptr());
            len.put(bytes.reveal().len());
            Ok(())
        })
    })
}

/// Frees bytes. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_bytes_free(bytes: *mut landfall_bytes) -> u32 {
    guard(|| handle::close(bytes))
}

/// Gives a picture of the chip of document `document`, counted from 1. `index` counts from 0 over those of DG2, then DG5
/// and DG7: 0 is the portrait to show, if the chip has one. `form` is LANDFALL_PICTURE_ORIGINAL or LANDFALL_PICTURE_PNG.
/// `data_group` becomes the number of the data group that it stands in, 0 for none; it and `error` may be NULL. Whether
/// that file is the one that was signed is said by the check sod.data_group_hash.
///
/// Gives LANDFALL_STATUS_NOT_FOUND if there is no such picture, LANDFALL_STATUS_PICTURE_FORMAT,
/// LANDFALL_STATUS_PICTURE_UNREADABLE or LANDFALL_STATUS_TOO_LARGE for one of which no PNG can be made, and
/// LANDFALL_STATUS_NOT_IN_THIS_BUILD for PNG from a library without the feature `emrtd`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_picture(
    inspection: *const landfall_inspection,
    document: u32,
    index: usize,
    form: u32,
    data_group: *mut u32,
    bytes: *mut *mut landfall_bytes,
    error: *mut landfall_error,
) -> u32 {
    let (group, out) = unsafe { (Out::new(data_group), Out::new(bytes)) };
    reporting(error, || {
        out.required()?;
        let (number, made) = handle::with(inspection, |inspection| picture(inspection, document, index, form))?;
        group.put(number);
        out.put(handle::open::<landfall_bytes>(made));
        Ok(())
    })
}

fn picture(inspection: &Inspection, document: u32, index: usize, form: u32) -> Result<(u32, Secret<Vec<u8>>)> {
    let missing = Error::new(ErrorKind::NotFound, Part::Dg(2), index);
    let document = u8::try_from(document).map_err(|_| missing)?;
    let pictures = inspection.pictures(document);
    let picture = pictures.get(index).ok_or(missing)?;
    let group = match picture.file {
        Part::Dg(number) => number.into(),
        _ => 0,
    };
    let made = match form {
        LANDFALL_PICTURE_ORIGINAL => Secret::new(picture.image.bytes().to_vec()),
        LANDFALL_PICTURE_PNG => png(picture)?,
        _ => return Err(Error::new(ErrorKind::BadArgument, Part::Call, 0)),
    };
    Ok((group, made))
}

#[cfg(feature = "emrtd")]
fn png(picture: &Picture<'_>) -> Result<Secret<Vec<u8>>> {
    crate::portrait::png(&picture.image, picture.file)
}

#[cfg(not(feature = "emrtd"))]
fn png(picture: &Picture<'_>) -> Result<Secret<Vec<u8>>> {
    Err(Error::new(ErrorKind::NotInThisBuild, picture.file, 0))
}
