//! What the last call that failed had to say: status, part and offset, in a handle that the host brings along.
//!
//! There is no "last error" of a thread or of the library. A host that wants to know more than the status opens one
//! such handle, passes it to the functions that read, and asks it afterwards; it serves for any number of calls.

use super::guard::guard;
use super::handle::{self, Handle};
use super::output::{Out, TextOut};
use super::text::Text;
use crate::error::{Error, ErrorKind, Part, Result};
use core::ffi::c_char;

/// Where and why the last call failed that it was passed to.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_error {
    _opaque: [u8; 0],
}

impl Handle for landfall_error {
    type Value = Option<Failure>;
}

/// An error, and the two texts that a host may ask for.
pub(super) struct Failure {
    error: Error,
    part: Text,
    message: Text,
}

/// Keeps the error of a call, or that there was none, in the caller's handle, if it gave one.
pub(super) fn record(handle: *mut landfall_error, result: &Result<()>) -> Result<()> {
    if handle.is_null() {
        return Ok(());
    }
    handle::with(handle, |last| {
        *last = result.as_ref().err().map(|error| Failure {
            error: *error,
            part: Text::new(error.part.to_string()),
            message: Text::new(error.to_string()),
        });
        Ok(())
    })
}

/// Opens a handle for errors. It may be passed to any number of calls, one at a time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_error_new(error: *mut *mut landfall_error) -> u32 {
    let out = unsafe { Out::new(error) };
    guard(|| {
        out.required()?;
        out.put(handle::open::<landfall_error>(None));
        Ok(())
    })
}

/// Frees a handle for errors. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_error_free(error: *mut landfall_error) -> u32 {
    guard(|| handle::close(error))
}

/// The last call that `error` was passed to: its status (LANDFALL_STATUS_OK if it did not fail), the part of the
/// inspection that it failed in ("call", "mrz", "mrz line 2", "policy", "fact", "input"; NULL if it did not fail),
/// and how far into that part: bytes, or characters of a line. Each output may be NULL. The view is good until the
/// handle is passed to another call or freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_error_detail(
    error: *const landfall_error,
    status: *mut u32,
    part: *mut *const c_char,
    part_len: *mut usize,
    offset: *mut usize,
) -> u32 {
    let (status, part, offset) = unsafe { (Out::new(status), TextOut::new(part, part_len), Out::new(offset)) };
    guard(|| {
        handle::with(error, |last| {
            if let Some(failure) = last {
                status.put(failure.error.kind.number());
                part.put(&failure.part);
                offset.put(failure.error.offset);
            }
            Ok(())
        })
    })
}

/// The same as one English sentence for a log. It holds no document data.
///
/// Gives LANDFALL_STATUS_NOT_FOUND if the last call did not fail.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_error_text(
    error: *const landfall_error,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(error, |last| {
            let none = Error::new(ErrorKind::NotFound, Part::Call, 0);
            out.put(&last.as_ref().ok_or(none)?.message);
            Ok(())
        })
    })
}
